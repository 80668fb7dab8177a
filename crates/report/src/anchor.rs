//! Where in the file that was read a finding stands: for a comment beside the figure.

use content::{Block, Content};
use statute::editions::Edition;

use crate::finding::Finding;
use crate::marks::find_marks;

/// The places of a content, to point findings at: its tables are read once for all findings.
#[derive(Debug)]
pub struct Anchors {
    rows: Vec<Vec<Cell>>,
    /// The cells of each row together, [`bare`].
    wholes: Vec<String>,
}

#[derive(Debug)]
struct Cell {
    bare: String,
    place: Option<content::Place>,
}

impl Anchors {
    /// Of the content that findings were found in.
    pub fn of(content: &Content) -> Anchors {
        let tables = content.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let (rows, wholes) = tables
            .flat_map(|table| &table.rows)
            .map(|row| {
                let cells = row.iter().map(|cell| Cell {
                    bare: bare(&cell.text()),
                    place: cell.place,
                });
                let cells: Vec<Cell> = cells.collect();
                let whole: String = cells.iter().map(|cell| cell.bare.as_str()).collect();
                (cells, whole)
            })
            .filter(|(_, whole)| !whole.is_empty())
            .unzip();
        Anchors { rows, wholes }
    }

    /// The place of a finding, and the words that it is about there.
    ///
    /// For a cell of a table it is the cell whose row is quoted and whose text is the figure, and its
    /// words are the figure; else it is page and line, and the stretch of the quote from its first to
    /// its last figure.
    pub fn anchor(&self, finding: &Finding, edition: Option<Edition>) -> (content::Place, String) {
        let place = self.place(finding, edition);
        let words = if place.row.is_some() {
            finding.stated.clone().unwrap_or_default()
        } else {
            figures(finding)
        };
        (place, words)
    }

    fn place(&self, finding: &Finding, edition: Option<Edition>) -> content::Place {
        let plain = content::Place {
            page: finding.place.page,
            line: finding.place.line,
            ..content::Place::default()
        };
        let (Some(quote), true) = (&finding.place.quote, finding.place.table.is_some()) else {
            return plain;
        };
        let quote = bare(quote);
        let stated = finding.stated.as_deref().map(bare);
        let is_stated = |cell: &Cell| stated.as_ref().map(|stated| cell.bare == *stated);
        let key = edition.zip(finding.place.cell());
        for (row, whole) in self.rows.iter().zip(&self.wholes) {
            if !(quote.contains(whole) || whole.contains(&quote)) {
                continue;
            }
            let cell = key
                .and_then(|(edition, key)| crate::columns_from_end(edition, key, row.len()))
                .and_then(|back| row.len().checked_sub(back))
                .and_then(|at| row.get(at))
                .filter(|cell| is_stated(cell).unwrap_or(true));
            let by_figure = || row.iter().find(|cell| is_stated(cell) == Some(true));
            if let Some(place) = cell.or_else(by_figure).and_then(|cell| cell.place) {
                return place;
            }
        }
        plain
    }
}

/// The stretch of the quote from its first to its last figure; the whole quote where that would be
/// too short to be found again for sure.
fn figures(finding: &Finding) -> String {
    const SURE: usize = 8;
    let quote = finding.place.quote.as_deref().unwrap_or_default();
    let marks = find_marks(finding, None);
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

/// Without white space and what separates the cells of a quoted row.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '|')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use statute::editions::Level;

    fn finding(quote: &str, stated: &str, arithmetic: &str) -> Finding {
        Finding {
            rule: "sum-mismatch".into(),
            code: "N101".into(),
            level: Level::Error,
            message: String::new(),
            place: Place {
                line: Some(3),
                quote: Some(quote.into()),
                ..Place::default()
            },
            expected: None,
            stated: Some(stated.into()),
            arithmetic: Some(arithmetic.into()),
            related: Vec::new(),
        }
    }

    #[test]
    fn a_sentence_is_pointed_at_from_its_first_to_its_last_figure() {
        let nowhere = Anchors::of(&Content::default());
        let found = finding("全年共收到申请9件，其中网络5件，信函3件。", "9", "5+3");
        let (place, words) = nowhere.anchor(&found, None);
        assert_eq!((place.line, place.row), (Some(3), None));
        assert_eq!(words, "9件，其中网络5件，信函3");
        // Too little to be found again: the whole sentence.
        let found = finding("收到申请9件。", "9", "");
        assert_eq!(nowhere.anchor(&found, None).1, "收到申请9件。");
    }

    #[test]
    fn a_figure_of_a_table_is_pointed_at_in_the_row_that_is_quoted() {
        let row = |at: u32, texts: [&str; 3]| -> content::Row {
            let cell = |(column, text): (u32, &str)| content::Cell {
                place: Some(content::Place {
                    row: Some(at),
                    column: Some(column),
                    ..content::Place::default()
                }),
                ..content::Cell::new(text)
            };
            (1..).zip(texts).map(cell).collect()
        };
        let table = content::Table {
            caption: None,
            rows: vec![
                row(1, ["", "", ""]),
                row(2, ["予以公开", "3", "4"]),
                row(3, ["总 计", "4", "7"]),
            ],
        };
        let content = Content {
            blocks: vec![Block::Table(table)],
            ..Content::default()
        };
        let anchors = Anchors::of(&content);
        let mut found = finding("总计 | 4 | 7", "7", "");
        found.place.table = Some("requests".into());
        let (place, words) = anchors.anchor(&found, None);
        assert_eq!(
            (place.row, place.column, words.as_str()),
            (Some(3), Some(3), "7")
        );
        // No cell of that row holds the figure: the line.
        found.stated = Some("3".into());
        let (place, _) = anchors.anchor(&found, None);
        assert_eq!((place.row, place.line), (None, Some(3)));
    }
}
