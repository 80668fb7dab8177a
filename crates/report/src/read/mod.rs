//! Reading a report from the content of any file, in every layout met in the wild.
//!
//! Nothing is invented: a cell is a figure, absent, or unreadable with its text. What cannot be read
//! is one finding of the report, not a cascade.

pub(crate) mod sections;
pub(crate) mod title;

use content::Content;
use statute::editions::Edition;

use crate::model::Report;
use crate::prose::Prose;
use crate::reading::Reading;

/// Reads a report. `source` names the file in findings and answers.
pub fn read(content: &Content, source: &str) -> Reading {
    let prose = Prose::of_content(content);
    let mut report = Report::new(Edition::Narrative, source);
    let head = title::find(content, &prose);
    report.title = head.title;
    report.unit = head.unit;
    report.year = head.year;
    report.sections = sections::of(&prose);
    report
        .findings
        .extend(crate::rules::pages_unread(&content.unread));
    Reading {
        report,
        prose,
        cells: std::collections::BTreeMap::new(),
    }
}
