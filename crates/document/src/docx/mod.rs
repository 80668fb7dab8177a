//! Word files (`.docx`): reading, writing, and comments at places.

mod annotate;
mod flow;
mod numbering;
mod numeral;
mod read;
mod rows;
mod styles;
#[cfg(test)]
mod tests;
mod walk;
mod write;

pub use annotate::{Annotation, annotate};
pub use read::read;
pub use write::write;

use crate::ReadError;

fn damaged(why: &str) -> ReadError {
    ReadError::damaged("docx", why)
}
