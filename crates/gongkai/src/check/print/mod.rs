//! One result, several printers.
//!
//! A printer turns one file at a time into text, so that a folder of any size is printed in order
//! while it is being checked and nothing is kept.

mod html;
mod json;
mod sarif;
mod text;

use crate::check::examine::Examined;
use crate::check::tally::Tally;
use crate::check::terminal::Terminal;
use crate::cli::CheckFormat;
use crate::language::Language;

/// A file in which something was found, all that is kept of it.
pub struct Listed {
    /// Its number among the files, from 1.
    pub number: usize,
    /// Its path.
    pub source: String,
    /// What it came to.
    pub tally: Tally,
}

/// What one format is made of. A piece is rendered beside the checking, on any thread.
pub trait Printer: Sync {
    /// What stands before the first file.
    fn head(&self) -> String {
        String::new()
    }

    /// One file; may be empty.
    fn report(&self, examined: &Examined) -> String;

    /// What stands between two files that are not empty.
    fn between(&self) -> &'static str {
        ""
    }

    /// What stands after the last file; `listed` are the files in which something was found.
    fn foot(&self, tally: &Tally, listed: &[Listed]) -> String;
}

/// The printer of a format. The terminal only matters to text.
pub fn printer(
    format: CheckFormat,
    language: Language,
    terminal: Option<Terminal>,
) -> Box<dyn Printer> {
    match format {
        CheckFormat::Text => Box::new(text::Text::new(language, terminal)),
        CheckFormat::Json => Box::new(json::Json),
        CheckFormat::Sarif => Box::new(sarif::Sarif),
        CheckFormat::Html => Box::new(html::Html::new(language)),
    }
}
