//! Rows and cells of tables in a Word file.

use super::flow::{Line, Merge, Slot};
use super::walk::Walk;
use crate::ReadError;
use crate::ooxml::xml::{Node, attribute, number, on};

/// What a row says of itself.
#[derive(Default)]
struct RowWays {
    before: usize,
    after: usize,
    header: bool,
    deleted: bool,
}

/// What a cell says of itself.
#[derive(Default)]
pub(super) struct CellWays {
    /// Columns that it covers; 0 where it does not say.
    span: usize,
    merge: Merge,
    joins_left: bool,
    deleted: bool,
}

impl Walk<'_> {
    /// A table up to its end.
    pub(super) fn table(&mut self) -> Result<Vec<Line>, ReadError> {
        let mut lines = Vec::new();
        self.rows(&mut lines)?;
        Ok(lines)
    }

    /// Rows stand in the table itself, or in content controls and marks of changes within it.
    fn rows(&mut self, lines: &mut Vec<Line>) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.local_name().into_inner() {
                    "tr" => {
                        let mut ways = RowWays::default();
                        let mut line = Line::default();
                        let page = self.page;
                        self.row(&mut line, &mut ways, page)?;
                        self.fill(&mut line, ways.after)?;
                        line.header = ways.header;
                        if !ways.deleted && !line.cells.is_empty() {
                            lines.push(line);
                        }
                    }
                    "tblPr" | "tblGrid" | "sdtPr" | "sdtEndPr" | "customXmlPr" | "del"
                    | "moveFrom" => self.xml.skip()?,
                    _ => self.rows(lines)?,
                },
                Node::Text(_) => {}
                Node::Close | Node::End => return Ok(()),
            }
        }
    }

    /// The cells of a row. Each begins on the page where the row does.
    fn row(
        &mut self,
        line: &mut Line,
        ways: &mut RowWays,
        page: Option<u32>,
    ) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.local_name().into_inner() {
                    "trPr" => {
                        self.row_ways(ways)?;
                        self.fill(line, ways.before)?;
                    }
                    "tc" => {
                        let furthest = self.page;
                        self.page = page;
                        self.cell(line)?;
                        self.page = self.page.max(furthest);
                    }
                    "tblPrEx" | "sdtPr" | "sdtEndPr" | "customXmlPr" => self.xml.skip()?,
                    _ => self.row(line, ways, page)?,
                },
                Node::Text(_) => {}
                Node::Close | Node::End => return Ok(()),
            }
        }
    }

    fn row_ways(&mut self, ways: &mut RowWays) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => {
                    let columns = || number(&element, "val").unwrap_or(0) as usize;
                    match element.local_name().into_inner() {
                        "gridBefore" => ways.before = columns(),
                        "gridAfter" => ways.after = columns(),
                        "tblHeader" => ways.header = on(&element),
                        "del" => ways.deleted = true,
                        _ => {}
                    }
                    self.xml.skip()?;
                }
                Node::Text(_) => {}
                Node::Close | Node::End => return Ok(()),
            }
        }
    }

    /// An empty cell where a row leaves columns out.
    fn fill(&mut self, line: &mut Line, columns: usize) -> Result<(), ReadError> {
        if columns == 0 {
            return Ok(());
        }
        let cell = Slot {
            span: columns,
            page: self.page,
            ..Slot::default()
        };
        self.add(line, cell)
    }

    fn cell(&mut self, line: &mut Line) -> Result<(), ReadError> {
        let page = self.page;
        // What the cell says of itself stands before its text, where `items` meets it.
        let outer = std::mem::take(&mut self.ways);
        let mut items = Vec::new();
        self.items(&mut items)?;
        let ways = std::mem::replace(&mut self.ways, outer);
        if ways.deleted {
            return Ok(());
        }
        let span = ways.span.max(1);
        if ways.joins_left
            && let Some(left) = line.cells.last_mut()
        {
            left.span += span;
            left.items.append(&mut items);
            return self.check_width(line);
        }
        let cell = Slot {
            items,
            span,
            merge: ways.merge,
            page,
            ..Slot::default()
        };
        self.add(line, cell)
    }

    /// Reads what the cell says of itself.
    pub(super) fn cell_ways(&mut self) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => {
                    let value = || attribute(&element, "val");
                    match element.local_name().into_inner() {
                        "gridSpan" => {
                            self.ways.span = number(&element, "val").unwrap_or(1) as usize;
                        }
                        "vMerge" => {
                            self.ways.merge = match value().as_deref() {
                                Some("restart") => Merge::Begin,
                                _ => Merge::Join,
                            }
                        }
                        "hMerge" => self.ways.joins_left = value().as_deref() != Some("restart"),
                        "cellDel" => self.ways.deleted = true,
                        _ => {}
                    }
                    self.xml.skip()?;
                }
                Node::Text(_) => {}
                Node::Close | Node::End => return Ok(()),
            }
        }
    }

    fn add(&mut self, line: &mut Line, mut cell: Slot) -> Result<(), ReadError> {
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(ReadError::TooLarge {
                what: "表格的单元格数",
                limit: format!("{} 格", self.limits.cells),
            });
        }
        cell.column = width(line);
        line.cells.push(cell);
        self.check_width(line)
    }

    fn check_width(&self, line: &Line) -> Result<(), ReadError> {
        if width(line) > self.limits.columns {
            return Err(ReadError::TooLarge {
                what: "表格的列数",
                limit: format!("{} 列", self.limits.columns),
            });
        }
        Ok(())
    }
}

/// Columns that the cells so far cover.
fn width(line: &Line) -> usize {
    line.cells.last().map_or(0, |last| last.column + last.span)
}
