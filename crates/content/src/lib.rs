//! Text and tables with places: what every file becomes, and what every output is laid out from.
//!
//! A [`Content`] is a title and a list of [`Block`]s. Readers of files fill in the [`Place`] of each
//! run and cell, so that a finding can point at the page and line; layouts of our own leave it out.
//! Nothing here can panic, whatever the input: a table whose spans do not fit gives a
//! [`TilingFault`] from [`Table::grid`].

mod plain;
mod table;

pub use table::{Align, Cell, Grid, Row, Table, TilingFault};

/// A text with its title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Title of the whole; may be empty.
    pub title: String,
    /// What follows, in the order of reading.
    pub blocks: Vec<Block>,
    /// Pages of the file that hold no text, as scanned ones do: nothing was read from them. They
    /// count from 1 and rise.
    pub unread: Vec<u32>,
}

/// A piece of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading within the text.
    Heading {
        /// 1 for a chapter, 2 for a section of it, and so on.
        level: u8,
        /// The words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A table.
    Table(Table),
}

/// A stretch of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Whether it is emphasised.
    pub bold: bool,
    /// Where it stood in the file that it was read from.
    pub place: Option<Place>,
}

/// Where something stood in a file; every part counts from 1 and may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Page.
    pub page: Option<u32>,
    /// Line of the text.
    pub line: Option<u32>,
    /// Table, in the order of the file.
    pub table: Option<u32>,
    /// Row of the table.
    pub row: Option<u32>,
    /// Column of the table.
    pub column: Option<u32>,
}

impl Run {
    /// Plain text without a place.
    pub fn new(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            bold: false,
            place: None,
        }
    }
}

impl Content {
    /// An empty content with a title.
    pub fn titled(title: impl Into<String>) -> Content {
        Content {
            title: title.into(),
            ..Content::default()
        }
    }

    /// Appends a heading; `level` 1 is a chapter.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading {
            level,
            runs: vec![Run::new(text)],
        });
    }

    /// Appends a paragraph of plain text.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(vec![Run::new(text)]));
    }

    /// The tables in the order of reading.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading { .. } | Block::Paragraph(_) => None,
        })
    }

    /// The text without style: a line for each heading and paragraph, for a table a line for each
    /// row with tabs between the cells, a merged cell written once at its first place.
    pub fn plain(&self) -> String {
        plain::content(self)
    }
}
