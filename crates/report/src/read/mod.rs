//! Reading a report from the content of any file, in every layout met in the wild.
//!
//! Nothing is invented: a cell is a figure, absent, or unreadable with its text. What cannot be read
//! is one finding of the report, not a cascade.

mod assign;
mod cases;
mod edition;
mod fit;
mod lexicon;
mod line;
mod record;
mod region;
pub(crate) mod sections;
mod tables;
#[cfg(test)]
mod tests;
pub(crate) mod title;
mod troubles;
mod value;
mod words;

use crate::words::{has, words};
use content::Content;
use statute::editions::Edition;

use crate::model::Report;
use crate::prose::{Prose, Strip};
use crate::reading::{Places, Reading};
use lexicon::Kind;
use line::Line;

/// Reads a report. `source` names the file in findings and answers.
pub fn read(content: &Content, source: &str) -> Reading {
    let lines = line::of_content(content);
    let of = region::find(&lines);
    let prose = Prose::of_strips(&strips(&lines, &of));
    let head = title::find(content, &prose);
    let chosen = edition::choose(&lines, &of, head.year);
    let mut report = Report::new(chosen.unwrap_or(Edition::Narrative), source);
    report.title = head.title;
    report.unit = head.unit;
    report.year = head.year;
    report.sections = sections::of(&prose);
    report
        .findings
        .extend(crate::rules::pages_unread(&content.unread));
    let mut cells = Places::default();
    if let Some(edition) = chosen {
        let found = tables::read(&lines, &of, edition);
        report.blank = found.tables.is_empty() && is_blank(&lines, &of, &prose);
        if report.blank {
            report.findings.push(troubles::empty(edition));
        } else {
            let findings = &mut report.findings;
            findings.extend(troubles::refused(&found.refused, edition));
            findings.extend(troubles::findings(&found.troubles, edition));
        }
        report.tables = found.tables;
        report.notes = found.notes;
        cells = found.cells;
    }
    Reading {
        report,
        prose,
        cells,
    }
}

/// What is no table, for the text.
fn strips(lines: &[Line<'_>], of: &[Option<Kind>]) -> Vec<Strip> {
    lines
        .iter()
        .zip(of)
        .filter(|(line, of)| of.is_none() && line.is_text())
        .map(|(line, _)| Strip {
            heading: line.heading,
            text: line.text.clone().into_owned(),
            place: line.place,
        })
        .collect()
}

/// Whether a form has nothing but its headings and hints, `（文字描述）`, and no figure in its tables.
fn is_blank(lines: &[Line<'_>], of: &[Option<Kind>], prose: &Prose) -> bool {
    let has_figure = lines
        .iter()
        .zip(of)
        .filter(|(_, of)| of.is_some())
        .flat_map(|(line, _)| &line.cells)
        .any(|cell| matches!(cell.value, value::Value::Number(_)));
    let is_hint = |text: &str| {
        text.starts_with('（') && text.ends_with('）')
            || has(
                text,
                words!["报告", "文字描述", "填报单位", "单位负责人", "附件"],
            )
    };
    !has_figure
        && prose
            .paragraphs
            .iter()
            .all(|paragraph| paragraph.heading.is_some() || is_hint(&paragraph.text))
}
