//! Word files (`.docx`): reading, writing, and comments at places.

mod annotate;
mod flow;
mod numbering;
mod numeral;
pub(crate) mod package;
mod read;
mod rows;
mod styles;
#[cfg(test)]
mod tests;
mod walk;
mod write;
pub(crate) mod xml;

pub use annotate::{Annotation, annotate};
pub use read::read;
pub use write::write;

use crate::ReadError;

/// Whether the bytes are a compound file, as Word 97 and encrypted files of all kinds are.
fn is_ole(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Whether a compound file holds an encrypted Word, Excel or PowerPoint file of today: one of its
/// entries has the name of the encrypted part.
pub(crate) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    is_ole(bytes) && bytes.windows(name.len()).any(|window| window == name)
}

fn damaged(why: &str) -> ReadError {
    ReadError::damaged("docx", why)
}

/// As [`damaged`], with the name of the part.
fn damaged_at(why: &str, part: &str) -> ReadError {
    damaged(&format!("{why}（{part}）"))
}
