//! What stands in a Word file, before places are counted: paragraphs and tables within tables.

use std::collections::HashMap;

use content::{Align, Block, Cell, Place, Row, Run, Table};

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) runs: Vec<Piece>,
    pub(super) heading: Option<u8>,
    pub(super) align: Align,
    /// Where its element begins in the part, to put a comment there; None outside the main part.
    pub(super) origin: Option<usize>,
}

/// A stretch of text on one page.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) page: Option<u32>,
}

/// A part of the flow.
#[derive(Debug)]
pub(super) enum Item {
    Paragraph(Paragraph),
    Table(Vec<Line>),
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) cells: Vec<Slot>,
    pub(super) header: bool,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) items: Vec<Item>,
    /// Column where it begins, from 0.
    pub(super) column: usize,
    /// Columns that it covers, at least 1.
    pub(super) span: usize,
    pub(super) merge: Merge,
    pub(super) page: Option<u32>,
}

/// Whether a cell is one with the cell above.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merge {
    /// It stands alone.
    #[default]
    None,
    /// Cells below may join it.
    Begin,
    /// It joins the one above.
    Join,
}

/// Where a paragraph's element begins, for each place of the content.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub(super) place: Place,
    pub(super) origin: usize,
    pub(super) text: String,
}

/// Counts the places and makes blocks.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) blocks: Vec<Block>,
    /// Filled if wanted.
    pub(super) anchors: Option<Vec<Anchor>>,
    pub(super) lines: u32,
    pub(super) tables: u32,
}

impl Layout {
    pub(super) fn items(&mut self, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Paragraph(paragraph) => self.paragraph(paragraph),
                Item::Table(lines) if lines.is_empty() => {}
                Item::Table(lines) if is_frame(&lines) => {
                    for cell in lines.into_iter().flat_map(|line| line.cells) {
                        self.items(cell.items);
                    }
                }
                Item::Table(lines) => self.table(lines),
            }
        }
    }

    /// A paragraph of its own for each line: a manual line break ends a line of the text as the end
    /// of a paragraph does. Lines without text are left out and not counted.
    fn paragraph(&mut self, paragraph: Paragraph) {
        let mut runs = Vec::new();
        for piece in paragraph.runs {
            let mut parts = piece.text.split('\n');
            for (at, text) in parts.by_ref().enumerate() {
                if at > 0 {
                    self.line(
                        std::mem::take(&mut runs),
                        paragraph.heading,
                        paragraph.origin,
                    );
                }
                if !text.is_empty() {
                    runs.push((text.to_owned(), piece.bold, piece.page));
                }
            }
        }
        self.line(runs, paragraph.heading, paragraph.origin);
    }

    fn line(
        &mut self,
        pieces: Vec<(String, bool, Option<u32>)>,
        heading: Option<u8>,
        origin: Option<usize>,
    ) {
        if pieces.iter().all(|(text, ..)| text.trim().is_empty()) {
            return;
        }
        self.lines = self.lines.saturating_add(1);
        let line = Some(self.lines);
        let runs: Vec<Run> = pieces
            .into_iter()
            .map(|(text, bold, page)| Run {
                text,
                bold,
                place: Some(Place {
                    page,
                    line,
                    ..Place::default()
                }),
            })
            .collect();
        let place = runs.first().and_then(|run| run.place).unwrap_or_default();
        self.anchor(place, origin, || {
            runs.iter().map(|run| run.text.as_str()).collect()
        });
        self.blocks.push(match heading {
            Some(level) => Block::Heading { level, runs },
            None => Block::Paragraph(runs),
        });
    }

    fn anchor(&mut self, place: Place, origin: Option<usize>, text: impl FnOnce() -> String) {
        if let (Some(anchors), Some(origin)) = (&mut self.anchors, origin) {
            anchors.push(Anchor {
                place,
                origin,
                text: text(),
            });
        }
    }

    /// A table whose cells begin where their merged region begins.
    fn table(&mut self, lines: Vec<Line>) {
        self.tables = self.tables.saturating_add(1);
        let table = Some(self.tables);
        let mut rows: Vec<Row> = Vec::with_capacity(lines.len());
        // By column: the cell that may be joined from the next row, and its width.
        let mut above: HashMap<usize, (usize, usize, usize)> = HashMap::new();
        for (y, line) in lines.into_iter().enumerate() {
            let mut row = Row::with_capacity(line.cells.len());
            let mut open = HashMap::new();
            for cell in line.cells {
                let joined = above
                    .get(&cell.column)
                    .filter(|(_, _, span)| cell.merge == Merge::Join && *span == cell.span);
                if let Some(&(top, index, span)) = joined
                    && let Some(first) = rows.get_mut(top).and_then(|row| row.get_mut(index))
                {
                    first.rowspan = first.rowspan.saturating_add(1);
                    open.insert(cell.column, (top, index, span));
                    continue;
                }
                if cell.merge != Merge::None {
                    open.insert(cell.column, (y, row.len(), cell.span));
                }
                let place = Place {
                    page: cell.page,
                    line: None,
                    table,
                    row: count(y),
                    column: count(cell.column),
                };
                row.push(self.cell(cell, place, line.header));
            }
            above = open;
            rows.push(row);
        }
        self.blocks.push(Block::Table(Table {
            caption: None,
            rows,
        }));
    }

    fn cell(&mut self, cell: Slot, place: Place, header: bool) -> Cell {
        let mut paragraphs = Vec::new();
        flatten(cell.items, &mut paragraphs);
        let align = paragraphs.first().map_or(Align::Start, |first| first.align);
        let mut runs: Vec<Run> = Vec::new();
        for paragraph in paragraphs {
            let text = || {
                paragraph
                    .runs
                    .iter()
                    .map(|run| run.text.as_str())
                    .collect::<String>()
            };
            self.anchor(place, paragraph.origin, text);
            if text().trim().is_empty() {
                continue;
            }
            if let Some(last) = runs.last_mut() {
                last.text.push('\n');
            }
            runs.extend(paragraph.runs.into_iter().map(|piece| Run {
                text: piece.text,
                bold: piece.bold,
                place: Some(Place {
                    page: piece.page.or(place.page),
                    ..place
                }),
            }));
        }
        Cell {
            runs,
            colspan: u16::try_from(cell.span).unwrap_or(u16::MAX),
            header,
            align,
            place: Some(place),
            ..Cell::default()
        }
    }
}

/// A number from 1 for an index from 0.
fn count(index: usize) -> Option<u32> {
    u32::try_from(index).ok()?.checked_add(1)
}

/// Whether a table only frames others, as those do that are pasted from web pages: one cell in a
/// row, and a table in one of them. What is framed is then read as if there were no frame.
fn is_frame(lines: &[Line]) -> bool {
    let cells = || lines.iter().flat_map(|line| &line.cells);
    let tables = |cell: &Slot| cell.items.iter().any(|item| matches!(item, Item::Table(_)));
    lines.iter().all(|line| line.cells.len() <= 1) && cells().any(tables)
}

/// The paragraphs of a cell, those of tables within it cell by cell.
fn flatten(items: Vec<Item>, out: &mut Vec<Paragraph>) {
    for item in items {
        match item {
            Item::Paragraph(paragraph) => out.push(paragraph),
            Item::Table(lines) => {
                for cell in lines.into_iter().flat_map(|line| line.cells) {
                    flatten(cell.items, out);
                }
            }
        }
    }
}
