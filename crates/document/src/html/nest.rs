//! Tables while they are read: tables within tables, and which of them only lay out a page.

use content::{Block, Cell, Place, Run, Table};

/// What stands in a cell, or in the page.
#[derive(Debug)]
pub(super) enum Piece {
    Block(Block),
    Table(Nest),
}

/// A table whose cells hold pieces.
#[derive(Debug, Default)]
pub(super) struct Nest {
    pub caption: Option<String>,
    pub rows: Vec<Vec<Part>>,
    /// Whether the last row takes more cells.
    pub row_open: bool,
    /// Whether the last cell takes more text.
    pub cell_open: bool,
}

/// A cell of a [`Nest`].
#[derive(Debug)]
pub(super) struct Part {
    pub pieces: Vec<Piece>,
    /// As stated, at most 65,534; 0 is all rows that follow.
    pub rowspan: u16,
    /// From 1.
    pub colspan: u16,
    pub header: bool,
    pub line: u32,
}

/// A cell with more characters holds part of a page, not an entry of a form.
const LONG: usize = 800;

/// Columns whose spans are followed; far more than any form has, so that hostile spans cost little.
const WIDEST: usize = 1_000;

impl Nest {
    /// Number of its own cells.
    fn cells(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// The cell that takes text now.
    pub(super) fn open_cell(&mut self) -> Option<&mut Part> {
        if !self.cell_open {
            return None;
        }
        self.rows.last_mut()?.last_mut()
    }

    /// Whether it only lays out a page: a single cell, a cell as long as a text, or a cell with a
    /// table larger than this one.
    fn lays_out(&self) -> bool {
        let own = self.cells();
        let larger = |piece: &Piece| matches!(piece, Piece::Table(inner) if inner.cells() > own);
        own <= 1
            || self.rows.iter().flatten().any(|part| {
                part.pieces.iter().any(larger)
                    || part.pieces.iter().map(length).sum::<usize>() >= LONG
            })
    }

    /// What a closed table is to the place around it: its pieces, if it only lays them out.
    pub(super) fn unwrap(self) -> Vec<Piece> {
        if !self.lays_out() {
            return vec![Piece::Table(self)];
        }
        let caption = self
            .caption
            .map(|text| Piece::Block(Block::Paragraph(vec![Run::new(text)])));
        let parts = self.rows.into_iter().flatten();
        caption
            .into_iter()
            .chain(parts.flat_map(|part| part.pieces))
            .collect()
    }

    /// The table of a content; `number` is its place among the tables of the file.
    ///
    /// Rows without a cell count for nothing: cells that span them become shorter, and none
    /// reaches below the last row.
    pub(super) fn table(self, number: u32) -> Table {
        let mut kept = vec![0usize];
        for row in &self.rows {
            let before = kept.last().copied().unwrap_or(0);
            kept.push(before + usize::from(!row.is_empty()));
        }
        let last = self.rows.len();
        let mut free_from: Vec<usize> = Vec::new();
        let mut rows = Vec::new();
        for (at, parts) in self.rows.into_iter().enumerate() {
            if parts.is_empty() {
                continue;
            }
            let row = rows.len();
            let mut column = 0;
            let mut cells = Vec::with_capacity(parts.len());
            for part in parts {
                let end = match part.rowspan {
                    0 => last,
                    span => (at + usize::from(span)).min(last),
                };
                let kept = |at: usize| kept.get(at).copied().unwrap_or(0);
                let rowspan = (kept(end) - kept(at)).max(1);
                while free_from.get(column).is_some_and(|free| *free > row) {
                    column += 1;
                }
                let place = Place {
                    page: None,
                    line: Some(part.line),
                    table: Some(number),
                    row: Some(row as u32 + 1),
                    column: Some(column as u32 + 1),
                };
                let right = (column + usize::from(part.colspan)).min(WIDEST);
                if free_from.len() < right {
                    free_from.resize(right, 0);
                }
                for free in free_from.iter_mut().take(right).skip(column) {
                    *free = (*free).max(row + rowspan);
                }
                column = right.max(column);
                cells.push(Cell {
                    runs: part.runs(place),
                    rowspan: u16::try_from(rowspan).unwrap_or(u16::MAX),
                    colspan: part.colspan,
                    header: part.header,
                    place: Some(place),
                    ..Cell::default()
                });
            }
            rows.push(cells);
        }
        Table {
            caption: self.caption,
            rows,
        }
    }
}

impl Part {
    /// All of its text as one run, paragraphs and inner cells on lines of their own.
    fn runs(&self, place: Place) -> Vec<Run> {
        let mut text = String::new();
        let mut bold = true;
        for piece in &self.pieces {
            flatten(piece, &mut text, &mut bold);
        }
        if text.is_empty() {
            return Vec::new();
        }
        vec![Run {
            text,
            bold,
            place: Some(place),
        }]
    }
}

fn flatten(piece: &Piece, out: &mut String, bold: &mut bool) {
    match piece {
        Piece::Block(block) => {
            for run in runs(block) {
                line(out, &run.text);
                *bold &= run.bold;
            }
        }
        // As deep as tables stand in tables, which the reader bounds.
        Piece::Table(inner) => {
            if let Some(caption) = &inner.caption {
                line(out, caption);
            }
            for piece in inner.rows.iter().flatten().flat_map(|part| &part.pieces) {
                flatten(piece, out, bold);
            }
        }
    }
}

fn line(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
}

fn runs(block: &Block) -> &[Run] {
    match block {
        Block::Heading { runs, .. } | Block::Paragraph(runs) => runs,
        Block::Table(_) => &[],
    }
}

fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Block(block) => runs(block).iter().map(|run| run.text.chars().count()).sum(),
        Piece::Table(_) => 0,
    }
}
