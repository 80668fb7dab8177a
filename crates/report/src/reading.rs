//! A report that was read, with what rules need beside its figures: the text and the places.

use std::collections::BTreeMap;

use statute::editions::CellKey;

use crate::finding::Place;
use crate::model::Report;
use crate::prose::Prose;

/// A report with its running text and the place of every figure cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The report; what could not be read stands in its findings.
    pub report: Report,
    /// The text without the statutory tables.
    pub prose: Prose,
    /// Where the figure cells stood in the source; empty for a report of our own.
    pub cells: Places,
}

/// Where the figure cells of a report stood. The cells of a row stand together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    rows: Vec<Place>,
    of: BTreeMap<CellKey, usize>,
}

impl Places {
    /// The places of rows, and for each cell the row that it stands in.
    pub(crate) fn new(rows: Vec<Place>, of: impl IntoIterator<Item = (CellKey, usize)>) -> Places {
        let of = of.into_iter().collect();
        Places { rows, of }
    }

    /// Where a cell stood, if it was read.
    pub fn get(&self, key: CellKey) -> Option<&Place> {
        self.of.get(&key).and_then(|row| self.rows.get(*row))
    }
}

impl Reading {
    /// A report of our own, compiled or rolled up: its sections are the text.
    pub fn of_report(report: Report) -> Reading {
        let mut strips = Vec::new();
        for section in &report.sections {
            let heading = if section.number.is_empty() {
                section.heading.clone()
            } else {
                format!("{}、{}", section.number, section.heading)
            };
            strips.push(crate::prose::Strip {
                heading: Some(section.level.max(1)),
                text: heading,
                place: content::Place::default(),
            });
            strips.extend(
                section
                    .paragraphs
                    .iter()
                    .map(|paragraph| crate::prose::Strip {
                        text: paragraph.clone(),
                        ..crate::prose::Strip::default()
                    }),
            );
        }
        Reading {
            prose: Prose::of_strips(&strips),
            cells: Places::default(),
            report,
        }
    }

    /// The place of a figure cell: in the source where it was read, else in the form.
    pub fn cell_place(&self, key: CellKey) -> Place {
        let form = Place::of_cell(self.report.edition, key);
        match self.cells.get(key) {
            Some(read) => Place {
                page: read.page,
                line: read.line,
                quote: read.quote.clone(),
                ..form
            },
            None => form,
        }
    }
}
