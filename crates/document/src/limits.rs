//! How much a file may cost.

use std::path::PathBuf;
use std::time::Duration;

/// Bounds on what reading one file may cost; far above any real annual report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of all parts of a packed file together, counted while unpacking.
    pub unpacked: u64,
    /// Pages of a PDF.
    pub pages: u32,
    /// Cells of all tables together.
    pub cells: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Depth of nested elements.
    pub depth: usize,
    /// Characters of the whole text.
    pub text: usize,
    /// Lines of a text that has no structure but lines; each costs far more than its characters.
    pub lines: usize,
    /// Wall time of all external converters together for a file, LibreOffice, which has to be
    /// started first, included.
    pub external: Duration,
    /// Wall time of the small converters, which take a tenth of a second; `external` bounds it too.
    pub quick: Duration,
    /// The program that reads a PDF in a process of its own where `pdftotext` is absent: this
    /// program itself, which answers the hidden command `pdf-child`. None: no such reader.
    pub pdf_child: Option<PathBuf>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 20 << 20,
            unpacked: 64 << 20,
            pages: 500,
            cells: 200_000,
            columns: 1_000,
            depth: 200,
            text: 8 << 20,
            lines: 200_000,
            external: Duration::from_secs(20),
            quick: Duration::from_secs(4),
            pdf_child: None,
        }
    }
}
