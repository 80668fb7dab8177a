//! The report itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use statute::editions::{CellKey, Edition};

use crate::decimal::Decimal;
use crate::finding::Finding;

/// An annual report of one unit about one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The file that it was read from, or what made it: `compiled`, `roll-up`.
    pub source: String,
    /// Title.
    pub title: String,
    /// Name of the unit, if known.
    pub unit: Option<String>,
    /// The year reported on, if known.
    pub year: Option<i16>,
    /// The form.
    pub edition: Edition,
    /// The text.
    pub sections: Vec<Section>,
    /// The figures.
    pub tables: Tables,
    /// Remarks on figures.
    pub notes: Vec<Note>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// Whether it is an empty form.
    pub blank: bool,
}

/// What stands in a figure cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// A figure.
    Number(Decimal),
    /// Nothing.
    #[default]
    Absent,
    /// Something that is no figure, verbatim.
    Unreadable(String),
}

/// The figures of a report. A cell that was never set is [`Cell::Absent`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables(BTreeMap<CellKey, Cell>);

/// A heading with the paragraphs up to the next heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Ordinal of a chapter, `一`; empty for a section without one.
    #[serde(default)]
    pub number: String,
    /// The heading without the ordinal; empty for text before the first heading.
    pub heading: String,
    /// 1 for a chapter, 2 for a section of it, and so on.
    pub level: u8,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
}

/// A remark on a figure, or on the report where no cell is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The cell.
    pub cell: Option<CellKey>,
    /// The remark.
    pub text: String,
}

/// The row of （六）其他处理 in the form of 2019, and in reports that print the three rows of the
/// later form as one.
pub(crate) const OTHER_MERGED: &str = "other";
/// The three rows of the later form.
pub(crate) const OTHER_PARTS: [&str; 3] = ["other.no_correction", "other.unpaid", "other.other"];

static ABSENT: Cell = Cell::Absent;

impl Tables {
    /// What stands in a cell.
    pub fn get(&self, key: CellKey) -> &Cell {
        self.0.get(&key).unwrap_or(&ABSENT)
    }

    /// The figure of a cell, if there is one.
    pub fn number(&self, key: CellKey) -> Option<Decimal> {
        match self.get(key) {
            Cell::Number(figure) => Some(*figure),
            Cell::Absent | Cell::Unreadable(_) => None,
        }
    }

    /// Puts something into a cell. A cell that the report's form does not have is neither checked by
    /// itself, laid out nor written as JSON; `other` of the table of requests counts in the sums of a
    /// form that has three rows in its place, where those are absent.
    pub fn set(&mut self, key: CellKey, cell: Cell) {
        match cell {
            // Absent cells are not kept, so that equal tables compare equal.
            Cell::Absent => self.0.remove(&key),
            cell => self.0.insert(key, cell),
        };
    }

    /// The cells that hold something, in the order of their keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (CellKey, &Cell)> {
        self.0.iter().map(|(key, cell)| (*key, cell))
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(CellKey, Cell)> for Tables {
    /// Of cells that are there twice the last one counts. Cells in the order of their keys are the
    /// fastest.
    fn from_iter<I: IntoIterator<Item = (CellKey, Cell)>>(cells: I) -> Tables {
        let filled = cells.into_iter().filter(|(_, cell)| *cell != Cell::Absent);
        Tables(filled.collect())
    }
}

impl Report {
    /// An empty report in a form.
    pub fn new(edition: Edition, source: impl Into<String>) -> Report {
        Report {
            source: source.into(),
            title: String::new(),
            unit: None,
            year: None,
            edition,
            sections: Vec::new(),
            tables: Tables::default(),
            notes: Vec::new(),
            findings: Vec::new(),
            blank: false,
        }
    }

    /// The same report as that of a unit, titled accordingly.
    #[must_use]
    pub fn with_unit(mut self, unit: &str) -> Report {
        self.title = match self.year {
            Some(year) => format!("{unit} {}", self.edition.title(year)),
            None => format!("{unit}政府信息公开工作年度报告"),
        };
        self.unit = Some(unit.to_owned());
        self
    }
}
