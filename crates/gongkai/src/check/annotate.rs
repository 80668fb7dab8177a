//! Copies of Word files with a comment at every finding.

use crate::check::examine::{Examined, Opened};
use crate::check::walk::ANNOTATED;
use crate::check::words;
use crate::language::Language;
use crate::output;
use document::docx::{Annotation, annotate};
use report::{Anchors, Finding};
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
        let edition = opened.reading.report.edition;
        let anchors = Anchors::of(&opened.content);
        let notes: Vec<Annotation> = examined
            .findings
            .iter()
            .map(|finding| self.note(finding, anchors.anchor(finding, Some(edition))))
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

    fn note(&self, finding: &Finding, (place, quote): (content::Place, String)) -> Annotation {
        let level = words::level(finding.level, self.language);
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
