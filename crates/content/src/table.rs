//! Tables with merged cells, and the grid that the cells tile.

use std::fmt;

use crate::{Place, Run};

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Words over the table.
    pub caption: Option<String>,
    /// The rows; a cell stands in the row where it begins.
    pub rows: Vec<Row>,
}

/// The cells that begin in a row, from left to right.
pub type Row = Vec<Cell>;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub runs: Vec<Run>,
    /// Rows that it covers, at least 1.
    pub rowspan: u16,
    /// Columns that it covers, at least 1.
    pub colspan: u16,
    /// Whether it heads rows or columns.
    pub header: bool,
    /// Where its text stands.
    pub align: Align,
    /// Depth of indentation of the text.
    pub indent: u8,
    /// Where the text leads: a path or an address.
    pub link: Option<String>,
    /// Where it stood in the file that it was read from.
    pub place: Option<Place>,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left: labels and text.
    #[default]
    Start,
    /// In the middle: heads of columns.
    Center,
    /// At the right: figures.
    End,
}

impl Default for Cell {
    fn default() -> Cell {
        Cell {
            runs: Vec::new(),
            rowspan: 1,
            colspan: 1,
            header: false,
            align: Align::Start,
            indent: 0,
            link: None,
            place: None,
        }
    }
}

impl Cell {
    /// A data cell with plain text.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell {
            runs: vec![Run::new(text)],
            ..Cell::default()
        }
    }

    /// The text of all runs.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// Why the cells of a table do not cover a rectangle. Rows and columns count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TilingFault {
    /// A cell spans no row or no column.
    EmptySpan {
        /// Row where the cell begins.
        row: usize,
    },
    /// Two cells cover one place.
    Overlap {
        /// Row of the place.
        row: usize,
        /// Column of the place.
        column: usize,
    },
    /// No cell covers a place.
    Gap {
        /// Row of the place.
        row: usize,
        /// Column of the place.
        column: usize,
    },
    /// A cell reaches below the last row or beyond the first row's width.
    Outside {
        /// Row where the cell begins.
        row: usize,
    },
    /// The table would have more places than [`Grid::LIMIT`].
    TooLarge,
}

impl fmt::Display for TilingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TilingFault::EmptySpan { row } => {
                write!(f, "表格第 {row} 行有单元格的跨行数或跨列数为 0，至少应为 1")
            }
            TilingFault::Overlap { row, column } => {
                write!(
                    f,
                    "表格第 {row} 行第 {column} 列被两个单元格占用，请检查合并单元格"
                )
            }
            TilingFault::Gap { row, column } => {
                write!(
                    f,
                    "表格第 {row} 行第 {column} 列没有单元格，请补全或检查合并单元格"
                )
            }
            TilingFault::Outside { row } => {
                write!(f, "表格第 {row} 行有单元格超出表格范围，请检查合并单元格")
            }
            TilingFault::TooLarge => {
                write!(f, "表格超过 {} 格，无法处理，请拆分表格", Grid::LIMIT)
            }
        }
    }
}

impl std::error::Error for TilingFault {}

/// A table unfolded: which cell covers each place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Number of columns.
    pub width: usize,
    /// Row by row, for each place the row and the index in it of the covering cell, from 0.
    pub places: Vec<Vec<(usize, usize)>>,
}

impl Grid {
    /// The most places that a table may have; far above any real table, so that hostile spans
    /// cannot eat the memory.
    pub const LIMIT: usize = 1 << 20;
}

impl Table {
    /// Unfolds the merged cells.
    ///
    /// # Errors
    /// The first fault, in the order of reading, if the cells do not tile a rectangle.
    pub fn grid(&self) -> Result<Grid, TilingFault> {
        let height = self.rows.len();
        let width: usize = self
            .rows
            .first()
            .map_or(0, |row| row.iter().map(|c| usize::from(c.colspan)).sum());
        if width.saturating_mul(height) > Grid::LIMIT {
            return Err(TilingFault::TooLarge);
        }
        let mut places: Vec<Vec<Option<(usize, usize)>>> = vec![vec![None; width]; height];
        for (at, row) in self.rows.iter().enumerate() {
            let mut column = 0;
            for (index, cell) in row.iter().enumerate() {
                if cell.rowspan == 0 || cell.colspan == 0 {
                    return Err(TilingFault::EmptySpan { row: at + 1 });
                }
                let free = |column: &usize| {
                    places
                        .get(at)
                        .and_then(|line| line.get(*column))
                        .is_some_and(Option::is_some)
                };
                while free(&column) {
                    column += 1;
                }
                let (end, bottom) = (
                    column + usize::from(cell.colspan),
                    at + usize::from(cell.rowspan),
                );
                if end > width || bottom > height {
                    return Err(TilingFault::Outside { row: at + 1 });
                }
                for (y, line) in places.iter_mut().enumerate().take(bottom).skip(at) {
                    for (x, place) in line.iter_mut().enumerate().take(end).skip(column) {
                        if place.is_some() {
                            return Err(TilingFault::Overlap {
                                row: y + 1,
                                column: x + 1,
                            });
                        }
                        *place = Some((at, index));
                    }
                }
                column = end;
            }
        }
        let unfolded = places.into_iter().enumerate().map(|(y, line)| {
            let full = line.into_iter().enumerate();
            full.map(|(x, place)| {
                place.ok_or(TilingFault::Gap {
                    row: y + 1,
                    column: x + 1,
                })
            })
            .collect::<Result<Vec<_>, _>>()
        });
        Ok(Grid {
            width,
            places: unfolded.collect::<Result<Vec<_>, _>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a table from rows of (rowspan, colspan).
    fn table(rows: &[&[(u16, u16)]]) -> Table {
        let cell = |&(rowspan, colspan): &(u16, u16)| Cell {
            rowspan,
            colspan,
            ..Cell::default()
        };
        let rows = rows
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect();
        Table {
            caption: None,
            rows,
        }
    }

    #[test]
    fn tiling() {
        let check = |rows: &[&[(u16, u16)]], expect: Result<usize, TilingFault>| {
            assert_eq!(
                table(rows).grid().map(|grid| grid.width),
                expect,
                "{rows:?}"
            );
        };
        check(&[], Ok(0));
        check(&[&[(1, 1), (1, 2)], &[(1, 3)]], Ok(3));
        check(&[&[(3, 1), (1, 2)], &[(2, 1), (1, 1)], &[(1, 1)]], Ok(3));
        check(
            &[&[(1, 2)], &[(1, 1)]],
            Err(TilingFault::Gap { row: 2, column: 2 }),
        );
        check(
            &[&[(1, 1)], &[(1, 2)]],
            Err(TilingFault::Outside { row: 2 }),
        );
        check(&[&[(2, 1)]], Err(TilingFault::Outside { row: 1 }));
        check(&[&[(0, 1)]], Err(TilingFault::EmptySpan { row: 1 }));
        check(
            &[&[(1, 1), (2, 1), (1, 1)], &[(1, 2), (1, 1)]],
            Err(TilingFault::Overlap { row: 2, column: 2 }),
        );
    }

    #[test]
    fn hostile_spans_cost_nothing() {
        let wide: Vec<(u16, u16)> = vec![(u16::MAX, u16::MAX); 17];
        assert_eq!(table(&[&wide]).grid(), Err(TilingFault::TooLarge));
        assert_eq!(
            table(&[&[(u16::MAX, 4)]]).grid(),
            Err(TilingFault::Outside { row: 1 })
        );
    }

    #[test]
    fn grid_names_the_covering_cell() {
        let grid = table(&[&[(2, 1), (1, 1)], &[(1, 1)]]).grid().unwrap();
        assert_eq!(grid.places, [[(0, 0), (0, 1)], [(0, 0), (1, 0)]]);
    }

    proptest::proptest! {
        /// Any spans give a grid in which each cell covers just its places, or a fault; and the
        /// plain text comes about either way.
        #[test]
        fn any_spans_tile_or_are_a_fault(
            rows in proptest::collection::vec(
                proptest::collection::vec((0u16..4, 0u16..4), 0..4),
                0..5,
            ),
        ) {
            let rows: Vec<&[(u16, u16)]> = rows.iter().map(Vec::as_slice).collect();
            let table = table(&rows);
            if let Ok(grid) = table.grid() {
                for (y, row) in table.rows.iter().enumerate() {
                    for (x, cell) in row.iter().enumerate() {
                        let places = grid.places.iter().flatten().filter(|at| **at == (y, x));
                        let area = usize::from(cell.rowspan) * usize::from(cell.colspan);
                        proptest::prop_assert_eq!(places.count(), area);
                    }
                }
            }
            let content = crate::Content {
                blocks: vec![crate::Block::Table(table)],
                ..crate::Content::default()
            };
            proptest::prop_assert_eq!(content.plain().lines().count(), rows.len());
        }
    }
}
