//! Tables of a Word file. A merged cell is written in every row that it covers.

use content::{Align, Cell, Grid, Run, Table};

use super::parts::TEXT_WIDTH;
use super::{paragraph, run};

/// From this number of columns on a table is set in the smaller size.
const WIDE: usize = 8;

const HEAD: &str = concat!(
    r#"<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblBorders>"#,
    r#"<w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>"#,
    r#"<w:left w:val="single" w:sz="8" w:space="0" w:color="000000"/>"#,
    r#"<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>"#,
    r#"<w:right w:val="single" w:sz="8" w:space="0" w:color="000000"/>"#,
    r#"<w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#,
    r#"<w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#,
    r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>"#,
);

/// A cell in one of the rows that it covers.
struct Part<'a> {
    cell: &'a Cell,
    column: usize,
    span: usize,
    /// Whether the row is the first one that it covers.
    first: bool,
    /// Whether it covers more than one.
    merged: bool,
}

/// Writes a table with its caption over it; a table without rows is left out.
pub(super) fn write(out: &mut String, table: &Table) {
    if let Some(caption) = &table.caption {
        paragraph(out, "<w:pStyle w:val=\"Caption\"/>", &[Run::new(caption)]);
    }
    let rows = match table.grid() {
        Ok(grid) => tiled(table, &grid),
        Err(_) => ragged(table),
    };
    let end = |row: &Vec<Part>| row.last().map_or(0, |part| part.column + part.span);
    let columns = rows.iter().map(end).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    let widths = widths(&rows, columns, columns >= WIDE);
    out.push_str(HEAD);
    out.push_str("<w:tblGrid>");
    for width in &widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
    let heads = heads(&rows);
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        out.push_str(if at < heads { "<w:tblHeader/>" } else { "" });
        out.push_str("</w:trPr>");
        for part in row {
            let all = widths.iter().skip(part.column).take(part.span);
            self::part(out, part, all.sum(), columns >= WIDE);
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// The cells of each row by the grid that they tile.
fn tiled<'a>(table: &'a Table, grid: &Grid) -> Vec<Vec<Part<'a>>> {
    let row = |(y, places): (usize, &Vec<(usize, usize)>)| {
        let mut row: Vec<Part<'a>> = Vec::new();
        let mut before = None;
        for (column, &(top, index)) in places.iter().enumerate() {
            if before == Some((top, index)) {
                if let Some(last) = row.last_mut() {
                    last.span += 1;
                }
                continue;
            }
            before = Some((top, index));
            if let Some(cell) = table.rows.get(top).and_then(|row| row.get(index)) {
                row.push(Part {
                    cell,
                    column,
                    span: 1,
                    first: top == y,
                    merged: cell.rowspan > 1,
                });
            }
        }
        row
    };
    grid.places.iter().enumerate().map(row).collect()
}

/// The cells as they come, where they tile nothing: each in its own row only.
fn ragged(table: &Table) -> Vec<Vec<Part<'_>>> {
    table
        .rows
        .iter()
        .map(|row| {
            let mut column = 0;
            let part = |cell| {
                let part = Part {
                    cell,
                    column,
                    span: 1,
                    first: true,
                    merged: false,
                };
                column += 1;
                part
            };
            row.iter().map(part).collect()
        })
        .collect()
}

/// Rows of heads at the top are repeated on every page, unless they are all there is.
fn heads(rows: &[Vec<Part<'_>>]) -> usize {
    let head = |row: &&Vec<Part<'_>>| row.iter().all(|part| part.cell.header);
    let heads = rows.iter().take_while(head).count();
    let inside = rows.iter().take(heads).enumerate().all(|(y, row)| {
        row.iter()
            .all(|part| !part.first || y + usize::from(part.cell.rowspan) <= heads)
    });
    if inside && heads < rows.len() {
        heads
    } else {
        0
    }
}

/// Width of a digit in twentieths of a point, in the sizes that tables are set in; broad faces, which
/// stand in for those that a machine lacks, have digits of 0.64 of the size.
const DIGIT: usize = 134;
const WIDE_DIGIT: usize = 115;
/// Digits that the space at both sides of a cell has room for.
const SIDES: usize = 1;
/// The least room for labels of rows, in digits: seven ideographs to the line.
const LABEL: usize = 12;

/// Shares the width of the page among the columns by what stands in them.
///
/// A figure must never be broken: whoever reads the printed form, or the PDF of it, takes the pieces
/// for figures of their own. What labels and heads want beyond that gives way, for they may wrap.
fn widths(rows: &[Vec<Part<'_>>], columns: usize, wide: bool) -> Vec<usize> {
    let mut wanted = vec![4usize; columns];
    let mut needed = vec![4usize; columns];
    for part in rows
        .iter()
        .flatten()
        .filter(|part| part.first && part.span == 1)
    {
        let text = part.cell.text();
        let width = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        let width: usize = text.lines().map(width).max().unwrap_or(0);
        let figure = text
            .chars()
            .all(|c| c.is_ascii_digit() || ",.-".contains(c));
        // Heads of figures and of groups may wrap, labels of rows should not have to.
        let (need, want) = match part.cell.align {
            _ if figure && !text.is_empty() => (width + SIDES, width + SIDES),
            _ if part.cell.rowspan > 2 => (4, width.min(4)),
            Align::Start => (width.min(LABEL), width.min(28)),
            Align::Center | Align::End => (4, width.min(8)),
        };
        for (most, value) in [(&mut wanted, want), (&mut needed, need)] {
            if let Some(most) = most.get_mut(part.column) {
                *most = (*most).max(value);
            }
        }
    }
    let room = TEXT_WIDTH / if wide { WIDE_DIGIT } else { DIGIT };
    let (least, most): (usize, usize) = (needed.iter().sum(), wanted.iter().sum());
    // A table that fits is as wide as the page; of one that does not, first what is only wanted goes.
    let scale = room.saturating_sub(least);
    let shares: Vec<usize> = needed
        .iter()
        .zip(&wanted)
        .map(|(need, want)| {
            let beyond = want.saturating_sub(*need);
            if most <= room {
                (need + beyond) * SHARE
            } else {
                need * SHARE + beyond * SHARE * scale / most.saturating_sub(least).max(1)
            }
        })
        .collect();
    let total: usize = shares.iter().sum();
    let mut before = 0;
    let mut reached = 0;
    let share = |wanted: usize| {
        reached += wanted;
        let right = TEXT_WIDTH * reached / total.max(1);
        let width = right - before;
        before = right;
        width.max(1)
    };
    shares.into_iter().map(share).collect()
}

/// Parts of a digit's width that are counted.
const SHARE: usize = 64;

fn part(out: &mut String, part: &Part<'_>, width: usize, wide: bool) {
    let cell = part.cell;
    out.push_str(&format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"
    ));
    if part.span > 1 {
        out.push_str(&format!("<w:gridSpan w:val=\"{}\"/>", part.span));
    }
    if part.merged {
        let merge = if part.first { " w:val=\"restart\"" } else { "" };
        out.push_str(&format!("<w:vMerge{merge}/>"));
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr>");
    let style = if wide { "WideTableText" } else { "TableText" };
    out.push_str(&format!("<w:pStyle w:val=\"{style}\"/>"));
    if cell.indent > 0 {
        out.push_str(&format!(
            "<w:ind w:left=\"{}\"/>",
            120 * u32::from(cell.indent)
        ));
    }
    out.push_str(match cell.align {
        Align::Start => "",
        Align::Center => "<w:jc w:val=\"center\"/>",
        Align::End => "<w:jc w:val=\"right\"/>",
    });
    out.push_str("</w:pPr>");
    if part.first {
        for piece in &cell.runs {
            run(out, &piece.text, piece.bold);
        }
    }
    out.push_str("</w:p></w:tc>");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Widths of the columns of a table with a long label and these figures, under heads of four
    /// characters.
    fn widths_for(figures: &[&str]) -> Vec<usize> {
        let cell = |text: &str, align: Align| Cell {
            align,
            ..Cell::new(text)
        };
        let label = "行政机关不再处理其政府信息公开申请的";
        let mut heads = vec![cell("信息内容", Align::Center)];
        let mut row = vec![cell(label, Align::Start)];
        for figure in figures {
            heads.push(cell("商业企业", Align::Center));
            row.push(cell(figure, Align::End));
        }
        let table = Table {
            caption: None,
            rows: vec![heads, row],
        };
        let grid = table.grid().unwrap();
        let columns = figures.len() + 1;
        widths(&tiled(&table, &grid), columns, columns >= WIDE)
    }

    #[test]
    fn figures_are_never_broken() {
        let check = |figures: &[&str], digit: usize| {
            let widths = widths_for(figures);
            assert_eq!(widths.iter().sum::<usize>(), TEXT_WIDTH, "{widths:?}");
            // 57 at each side of a cell.
            for (figure, width) in figures.iter().zip(widths.iter().skip(1)) {
                assert!(*width >= figure.len() * digit + 114, "{figure}: {widths:?}");
            }
            assert!(widths[0] >= 6 * 180, "{widths:?}");
        };
        check(&["123456"; 7], WIDE_DIGIT);
        check(
            &["1", "23", "241778", "2", "3", "4", "2517", "3", "12345678"],
            WIDE_DIGIT,
        );
        check(&["123"; 15], 90);
        check(&["1234567", "16238.57", "-12"], DIGIT);
    }
}
