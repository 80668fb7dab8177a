//! Copies of Word files with a comment at every finding.

use crate::check::examine::{Examined, Opened};
use crate::check::marks;
use crate::check::walk::ANNOTATED;
use crate::check::words;
use crate::language::Language;
use crate::output;
use content::{Block, Content};
use document::docx::{Annotation, annotate};
use report::Finding;
use statute::editions::Edition;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Writes the copies.
pub struct Annotator {
    /// The folder for all of them; without one each goes beside its original.
    folder: Option<PathBuf>,
    language: Language,
    /// Names that are taken, since originals of one name lie in several folders.
    taken: Mutex<HashSet<PathBuf>>,
}

impl Annotator {
    /// An annotator that writes into a folder, or beside the originals.
    pub fn new(folder: Option<PathBuf>, language: Language) -> Annotator {
        Annotator {
            folder,
            language,
            taken: Mutex::new(HashSet::new()),
        }
    }

    /// Writes the copy of a Word file in which something was found. What could not be done is told.
    pub fn write(&self, path: &Path, opened: &Opened, examined: &Examined) -> Option<String> {
        let is_docx = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("docx"));
        if !is_docx || examined.findings.is_empty() {
            return None;
        }
        let notes: Vec<Annotation> = examined
            .findings
            .iter()
            .map(|finding| self.note(finding, opened))
            .collect();
        let target = self.target(path);
        let bytes = match annotate(&opened.bytes, &notes) {
            Ok(bytes) => bytes,
            Err(error) => return Some(format!("{} 没有写成批注本：{error}。", path.display())),
        };
        match output::deliver(Some(&target), &bytes) {
            Ok(()) => Some(format!("批注本：{}", target.display())),
            Err(failure) => Some(failure.text),
        }
    }

    fn target(&self, path: &Path) -> PathBuf {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => path.parent().map(Path::to_path_buf).unwrap_or_default(),
        };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut target = folder.join(format!("{stem}{ANNOTATED}"));
        let mut number = 2;
        while !taken.insert(target.clone()) {
            target = folder.join(format!("{stem}-{number}{ANNOTATED}"));
            number += 1;
        }
        target
    }

    fn note(&self, finding: &Finding, opened: &Opened) -> Annotation {
        let level = words::level(finding.level, self.language);
        let edition = Some(opened.reading.report.edition);
        let place = anchor(finding, edition, &opened.content);
        let quote = if place.row.is_some() {
            finding.stated.clone().unwrap_or_default()
        } else {
            figures(finding)
        };
        let (code, rule, message) = (&finding.code, &finding.rule, &finding.message);
        let text = match words::english(rule, self.language) {
            Some(fault) => format!("{level}[{code}] {rule}: {fault}. {message}"),
            None => format!("{level}[{code}] {rule}：{message}"),
        };
        Annotation {
            place,
            quote,
            author: "gongkai check".to_owned(),
            text,
        }
    }
}

/// The stretch of the quote from its first to its last figure; the whole quote where that would be
/// too short to be found again for sure.
fn figures(finding: &Finding) -> String {
    const SURE: usize = 8;
    let quote = finding.place.quote.as_deref().unwrap_or_default();
    let marks = marks::find(finding, None);
    let all = || marks.terms.iter().chain(&marks.stated);
    let start = all().map(|range| range.start).min();
    let end = all().map(|range| range.end).max();
    match (start, end) {
        (Some(start), Some(end)) => quote
            .get(start..end)
            .filter(|stretch| stretch.chars().count() >= SURE)
            .unwrap_or(quote)
            .to_owned(),
        _ => quote.to_owned(),
    }
}

/// Where in the file the finding stands: for a cell of a table the cell whose row is quoted and
/// whose text is the figure, else page and line.
fn anchor(finding: &Finding, edition: Option<Edition>, content: &Content) -> content::Place {
    let plain = content::Place {
        page: finding.place.page,
        line: finding.place.line,
        ..content::Place::default()
    };
    let (Some(quote), true) = (&finding.place.quote, finding.place.table.is_some()) else {
        return plain;
    };
    let quote = bare(quote);
    for block in &content.blocks {
        let Block::Table(table) = block else { continue };
        for row in &table.rows {
            let whole: String = row.iter().map(|cell| bare(&cell.text())).collect();
            if whole.is_empty() || !(quote.contains(&whole) || whole.contains(&quote)) {
                continue;
            }
            let column = edition
                .zip(finding.place.cell())
                .and_then(|(edition, key)| report::columns_from_end(edition, key, row.len()))
                .and_then(|back| row.len().checked_sub(back));
            let cell = column.and_then(|at| row.get(at)).filter(|cell| {
                finding
                    .stated
                    .as_ref()
                    .is_none_or(|stated| bare(&cell.text()) == bare(stated))
            });
            let by_figure = || {
                row.iter().find(|cell| {
                    finding
                        .stated
                        .as_ref()
                        .is_some_and(|stated| bare(&cell.text()) == bare(stated))
                })
            };
            if let Some(place) = cell.or_else(by_figure).and_then(|cell| cell.place) {
                return place;
            }
        }
    }
    plain
}

/// Without white space and what separates the cells of a quoted row.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '|')
        .collect()
}
