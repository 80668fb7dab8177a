//! The cells of a sheet, and the table that they make.

use std::collections::{BTreeMap, BTreeSet};

use content::{Cell, Place, Run, Table};

use super::style::Format;
use super::{Book, Budget, damaged};
use crate::ooxml::xml::{Node, Xml, attribute, number};
use crate::{Limits, ReadError};

/// The last row that a sheet can have (Excel's bound).
const ROWS: u32 = 1_048_576;

/// The cells of a sheet that hold text, by row and column from 1, and its merged regions.
#[derive(Default)]
pub(super) struct Cells {
    texts: BTreeMap<(u32, u32), String>,
    merged: Vec<Region>,
}

/// A merged region, its first and last row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Region {
    first: (u32, u32),
    last: (u32, u32),
}

/// Reads a sheet.
pub(super) fn read(
    text: &str,
    book: &Book,
    limits: &Limits,
    left: &mut Budget,
) -> Result<Cells, ReadError> {
    let mut xml = Xml::new(text, limits.depth);
    let mut cells = Cells::default();
    // Writers may leave the numbers out: then a row follows the one before, as does a cell.
    let mut at = (0_u32, 0_u32);
    // Empty cells keep their style and are many, but not that many.
    let mut seen = 0_usize;
    loop {
        match xml.next()? {
            Node::Open(element) => match element.local_name().as_ref() {
                "row" => {
                    let next = at.0.saturating_add(1);
                    at = (number(&element, "r").unwrap_or(next), 0);
                }
                "c" => {
                    seen += 1;
                    if seen > limits.cells.saturating_mul(8) {
                        left.take_places(seen)?;
                    }
                    let next = (at.0.max(1), at.1.saturating_add(1));
                    at = match attribute(&element, "r") {
                        Some(name) => position(&name)?,
                        None => next,
                    };
                    let kind = attribute(&element, "t");
                    let style = number(&element, "s");
                    let Some(text) = value(&mut xml, kind.as_deref(), style, book)? else {
                        continue;
                    };
                    if usize::try_from(at.1).unwrap_or(usize::MAX) > limits.columns {
                        return Err(ReadError::TooLarge {
                            what: "表格的列数",
                            limit: format!("{} 列", limits.columns),
                        });
                    }
                    if at.0 > ROWS {
                        return Err(damaged(&format!("单元格的行号 {} 超出范围", at.0)));
                    }
                    left.take_text(&text)?;
                    cells.texts.insert(at, text);
                    if cells.texts.len() > limits.cells {
                        left.take_places(cells.texts.len())?;
                    }
                }
                "mergeCell" => {
                    if cells.merged.len() == limits.cells {
                        left.take_places(limits.cells.saturating_add(1))?;
                    }
                    let name = attribute(&element, "ref").unwrap_or_default();
                    cells.merged.extend(region(&name));
                }
                _ => {}
            },
            Node::Close | Node::Text(_) => {}
            Node::End => return Ok(cells),
        }
    }
}

/// The text of a cell that was just opened, up to its end; `None` if it is empty.
fn value(
    xml: &mut Xml<'_>,
    kind: Option<&str>,
    style: Option<u32>,
    book: &Book,
) -> Result<Option<String>, ReadError> {
    let mut stored = String::new();
    let mut inline = None;
    let mut depth = 1_usize;
    let mut reading = false;
    while depth > 0 {
        match xml.next()? {
            Node::Open(element) => match element.local_name().as_ref() {
                "is" => inline = Some(rich(xml)?),
                "v" => {
                    reading = true;
                    depth += 1;
                }
                // The formula: its value is stored beside it.
                _ => xml.skip()?,
            },
            Node::Close => {
                reading = false;
                depth -= 1;
            }
            Node::Text(text) if reading => stored.push_str(&text),
            Node::Text(_) => {}
            Node::End => return Err(damaged("工作表中途断掉")),
        }
    }
    let text = match (inline, kind) {
        (Some(text), _) => text,
        (None, Some("s")) => {
            if stored.trim().is_empty() {
                return Ok(None);
            }
            let index = stored.trim().parse::<usize>().ok();
            index
                .and_then(|index| book.strings.get(index))
                .ok_or_else(|| damaged(&format!("单元格引用的共享文字“{stored}”不存在")))?
                .clone()
        }
        (None, Some("b")) => match stored.trim() {
            "0" | "false" => "FALSE".into(),
            "1" | "true" => "TRUE".into(),
            _ => stored,
        },
        (None, None | Some("n")) => {
            let format = style
                .and_then(|style| book.formats.get(usize::try_from(style).ok()?))
                .copied()
                .unwrap_or(Format::Plain);
            format.show(&stored, book.late)
        }
        // Text of a formula, an error as #DIV/0!, a date as ISO.
        (None, Some(_)) => stored.replace("_x000D_", ""),
    };
    Ok((!text.trim().is_empty()).then_some(text))
}

/// The text of a rich string that was just opened, up to its end, without its readings.
pub(super) fn rich(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut out = String::new();
    let mut depth = 1_usize;
    // Depth at which text counts.
    let mut text_at = None;
    while depth > 0 {
        match xml.next()? {
            Node::Open(element) => match element.local_name().as_ref() {
                "rPh" | "phoneticPr" | "rPr" => xml.skip()?,
                "t" => {
                    depth += 1;
                    text_at = Some(depth);
                }
                _ => depth += 1,
            },
            Node::Close => {
                if text_at == Some(depth) {
                    text_at = None;
                }
                depth -= 1;
            }
            Node::Text(text) if text_at == Some(depth) => out.push_str(&text),
            Node::Text(_) => {}
            Node::End => return Err(damaged("文字中途断掉")),
        }
    }
    // A carriage return that Excel wrote as an escape; the line feed stands beside it.
    if out.contains("_x000D_") {
        out = out.replace("_x000D_", "");
    }
    Ok(out)
}

/// Row and column of a name as `AB12`.
fn position(name: &str) -> Result<(u32, u32), ReadError> {
    parse(name).ok_or_else(|| {
        let name: String = name.chars().take(20).collect();
        damaged(&format!("单元格的位置“{name}”应形如 B12"))
    })
}

fn parse(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = letter
            .is_ascii_alphabetic()
            .then(|| letter.to_ascii_uppercase() - b'A')?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    let row: u32 = row.parse().ok()?;
    (row > 0 && column > 0).then_some((row, column))
}

/// A region as `A1:C3`; `None` if it is none, or a single cell.
fn region(name: &str) -> Option<Region> {
    let (first, last) = name.split_once(':')?;
    let (a, b) = (parse(first)?, parse(last)?);
    let first = (a.0.min(b.0), a.1.min(b.1));
    let last = (a.0.max(b.0), a.1.max(b.1));
    (first != last).then_some(Region { first, last })
}

impl Cells {
    /// The cells as a table that tiles, the `order`th of the file; `None` without any text.
    ///
    /// A region over another, or over more rows than a cell can span, is left as single cells.
    pub(super) fn table(self, order: u32, left: &mut Budget) -> Result<Option<Table>, ReadError> {
        let rows: Vec<u32> = self
            .texts
            .keys()
            .map(|at| at.0)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let columns: Vec<u32> = self
            .texts
            .keys()
            .map(|at| at.1)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let (height, width) = (rows.len(), columns.len());
        if height == 0 {
            return Ok(None);
        }
        left.take_places(height.saturating_mul(width))?;
        let spans = self.spans(&rows, &columns, left);
        let mut texts = self.texts;
        let mut table = Table::default();
        for (y, row) in rows.iter().enumerate() {
            let mut cells = Vec::new();
            for (x, column) in columns.iter().enumerate() {
                let (rowspan, colspan) = match spans.get(y * width + x) {
                    Some(Span::Covered) => continue,
                    Some(Span::Begins(rows, columns)) => (*rows, *columns),
                    Some(Span::Single) | None => (1, 1),
                };
                let place = Some(Place {
                    table: Some(order),
                    row: Some(*row),
                    column: Some(*column),
                    ..Place::default()
                });
                let text = texts.remove(&(*row, *column));
                cells.push(Cell {
                    runs: text
                        .map(|text| Run {
                            text,
                            bold: false,
                            place,
                        })
                        .into_iter()
                        .collect(),
                    rowspan,
                    colspan,
                    place,
                    ..Cell::default()
                });
            }
            table.rows.push(cells);
        }
        Ok(Some(table))
    }

    /// For each place of the table how the merged regions cover it.
    fn spans(&self, rows: &[u32], columns: &[u32], left: &Budget) -> Vec<Span> {
        let width = columns.len();
        let mut spans = vec![Span::Single; rows.len() * width];
        // Overlapping regions may be many and large: looking at them ends somewhere.
        let mut looks = left.limits.cells.saturating_mul(8);
        for region in &self.merged {
            let ys = between(rows, region.first.0, region.last.0);
            let xs = between(columns, region.first.1, region.last.1);
            let (Ok(high @ 1..), Ok(wide @ 1..)) =
                (u16::try_from(ys.len()), u16::try_from(xs.len()))
            else {
                continue;
            };
            if (high, wide) == (1, 1) {
                continue;
            }
            let Some(rest) = looks.checked_sub(ys.len() * xs.len()) else {
                return spans;
            };
            looks = rest;
            let places = || {
                ys.clone()
                    .flat_map(|y| xs.clone().map(move |x| y * width + x))
            };
            if !places().all(|at| spans.get(at) == Some(&Span::Single)) {
                continue;
            }
            for (order, at) in places().enumerate() {
                if let Some(span) = spans.get_mut(at) {
                    *span = if order == 0 {
                        Span::Begins(high, wide)
                    } else {
                        Span::Covered
                    };
                }
            }
        }
        spans
    }
}

/// How a place of the table is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Single,
    Begins(u16, u16),
    Covered,
}

/// The indices of the numbers from `first` to `last` in a rising list.
fn between(numbers: &[u32], first: u32, last: u32) -> std::ops::Range<usize> {
    let start = numbers.partition_point(|number| *number < first);
    start..numbers.partition_point(|number| *number <= last)
}
