//! Content as text without style.

use crate::{Block, Content, Run, Table};

pub(crate) fn content(content: &Content) -> String {
    let mut out = String::new();
    if !content.title.is_empty() {
        line(&mut out, &content.title);
    }
    for block in &content.blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph(runs) => line(&mut out, &text(runs)),
            Block::Table(table) => rows(&mut out, table),
        }
    }
    out
}

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// With a sound grid every row has all its columns, a merged cell being written at its first place
/// and left empty at the others; without one the cells are written as they come.
fn rows(out: &mut String, table: &Table) {
    if let Some(caption) = &table.caption {
        line(out, caption);
    }
    let flat = |cell: &crate::Cell| cell.text().replace(['\n', '\t'], " ");
    let Ok(grid) = table.grid() else {
        for row in &table.rows {
            line(out, &row.iter().map(flat).collect::<Vec<_>>().join("\t"));
        }
        return;
    };
    let mut before = None;
    for (y, places) in grid.places.iter().enumerate() {
        let mut cells = Vec::with_capacity(places.len());
        for &(row, index) in places {
            let first = row == y && before != Some((row, index));
            before = Some((row, index));
            let cell = table
                .rows
                .get(row)
                .and_then(|row| row.get(index))
                .filter(|_| first);
            cells.push(cell.map(flat).unwrap_or_default());
        }
        line(out, &cells.join("\t"));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Cell, Content, Table};

    #[test]
    fn plain_text() {
        let mut content = Content::titled("某局年度报告");
        content.heading(1, "一、总体情况");
        content.paragraph("本年主动公开 12 条。");
        let tall = Cell {
            rowspan: 2,
            ..Cell::new("合并")
        };
        let wide = Cell {
            colspan: 2,
            ..Cell::new("宽")
        };
        content.blocks.push(Block::Table(Table {
            caption: Some("表".into()),
            rows: vec![vec![tall, wide], vec![Cell::new("a\nb"), Cell::new("2")]],
        }));
        assert_eq!(
            content.plain(),
            "某局年度报告\n一、总体情况\n本年主动公开 12 条。\n表\n合并\t宽\t\n\ta b\t2\n"
        );
        assert_eq!(content.tables().count(), 1);
    }

    #[test]
    fn plain_text_of_a_broken_table() {
        let broken = Cell {
            colspan: 0,
            ..Cell::new("x")
        };
        let table = Table {
            caption: None,
            rows: vec![vec![broken, Cell::new("y")]],
        };
        let content = Content {
            blocks: vec![Block::Table(table)],
            ..Content::default()
        };
        assert_eq!(content.plain(), "x\ty\n");
    }
}
