//! A report as the parts of a page: the layout of the printed form, in our own table component.

use crate::views::{Cell, StatutoryTable};
use content::{Align, Block};
use report::Report;
use statute::editions::{CellKey, SlotContent, Table};

/// A part of the page.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Part {
    Heading(String),
    Under(String),
    Paragraph(String),
    Table(StatutoryTable),
}

/// Lays a report out; `link` gives where a figure leads.
pub fn parts(report: &Report, link: &dyn Fn(CellKey) -> Option<String>) -> Vec<Part> {
    marked(report, link, &|_| false)
}

/// The same with the cells marked that are `wrong`.
pub fn marked(
    report: &Report,
    link: &dyn Fn(CellKey) -> Option<String>,
    wrong: &dyn Fn(CellKey) -> bool,
) -> Vec<Part> {
    let content = report::layout(report, link);
    let mut forms = report.edition.tables().iter();
    let mut parts = Vec::new();
    for block in &content.blocks {
        match block {
            Block::Heading { level, runs } => {
                let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                parts.push(if *level <= 1 {
                    Part::Heading(text)
                } else {
                    Part::Under(text)
                });
            }
            Block::Paragraph(runs) => {
                let text = runs.iter().map(|run| run.text.as_str()).collect();
                parts.push(Part::Paragraph(text));
            }
            // The layout prints the tables of the form in their order.
            Block::Table(table) => {
                if let Some(form) = forms.next() {
                    parts.push(Part::Table(statutory(report, table, form, wrong)));
                }
            }
        }
    }
    parts
}

fn statutory(
    report: &Report,
    table: &content::Table,
    form: &'static Table,
    wrong: &dyn Fn(CellKey) -> bool,
) -> StatutoryTable {
    let class = match form.key {
        "t2" => "t2",
        "t3" => "t3",
        "t4" => "t4",
        _ => "stats",
    };
    let mut measures: Vec<&str> = report
        .edition
        .cells()
        .filter(|cell| cell.key.table == form.key)
        .map(|cell| cell.measure)
        .collect();
    measures.dedup();
    let mut rows = Vec::new();
    // How many more rows each column is covered by a cell from above.
    let mut covered: Vec<u16> = Vec::new();
    for (row, line) in table.rows.iter().zip(&form.lines) {
        let all_heads = row.iter().all(|cell| cell.header);
        let has_figure = line
            .iter()
            .any(|slot| matches!(slot.content, SlotContent::Figure(_)));
        let mut cells = Vec::new();
        let mut column = 0;
        for (cell, slot) in row.iter().zip(line) {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let place = Place {
                table: class,
                column,
                alone: row.len() == 1,
                all_heads,
                has_figure,
                wrong: matches!(slot.content, SlotContent::Figure(key) if wrong(key)),
            };
            cells.push(one(cell, &slot.content, &place));
            let end = column + usize::from(cell.colspan);
            if covered.len() < end {
                covered.resize(end, 0);
            }
            for rows in covered.iter_mut().take(end).skip(column) {
                *rows = cell.rowspan;
            }
            column = end;
        }
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
        rows.push((all_heads, cells));
    }
    let top = if class == "t2" {
        // Each part of table 2 has its own heads.
        0
    } else {
        rows.iter().take_while(|(heads, _)| *heads).count()
    };
    let body = rows.split_off(top);
    let mut head: Vec<Vec<Cell>> = rows
        .into_iter()
        .map(|(_, cells)| cells.into_iter().map(top_head).collect())
        .collect();
    if class == "t4" {
        for cell in head.last_mut().into_iter().flatten() {
            cell.class = "tall";
        }
    }
    StatutoryTable {
        caption: form.title.to_owned(),
        unit_of_measure: match measures.as_slice() {
            [one] => (*one).to_owned(),
            _ => String::new(),
        },
        class,
        head,
        body: body.into_iter().map(|(_, cells)| cells).collect(),
    }
}

struct Place {
    table: &'static str,
    column: usize,
    alone: bool,
    all_heads: bool,
    has_figure: bool,
    wrong: bool,
}

fn one(cell: &content::Cell, slot: &SlotContent, place: &Place) -> Cell {
    let (class, scope) = if cell.header {
        head_look(cell, place)
    } else {
        let class = match slot {
            SlotContent::Figure(key) if key.column == "total" && place.wrong => "fig total wrong",
            SlotContent::Figure(_) if place.wrong => "fig wrong",
            SlotContent::Figure(key) if key.column == "total" => "fig total",
            SlotContent::Figure(_) => "fig",
            _ if cell.align == Align::End => "fig",
            _ => "",
        };
        (class, "")
    };
    let id = match slot {
        SlotContent::Figure(key) if place.wrong => cell_id(*key),
        _ => String::new(),
    };
    Cell {
        id,
        text: cell.text(),
        href: cell.link.clone().unwrap_or_default(),
        head: cell.header,
        scope,
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        class,
    }
}

/// Where in the page a marked cell is.
pub fn cell_id(key: CellKey) -> String {
    format!("cell-{}", key.path().replace('/', "-"))
}

fn head_look(cell: &content::Cell, place: &Place) -> (&'static str, &'static str) {
    if place.all_heads {
        return if place.alone {
            ("band", "rowgroup")
        } else {
            ("", "col")
        };
    }
    if cell.rowspan > 1 {
        return if place.column == 0 {
            ("group outer", "rowgroup")
        } else {
            ("group", "rowgroup")
        };
    }
    match place.table {
        "stats" if !place.has_figure && cell.indent == 0 => ("band", "rowgroup"),
        "stats" if cell.indent > 0 => ("sub", "row"),
        "t3" if place.column >= 2 => ("leaf", "row"),
        _ => ("", "row"),
    }
}

/// A head above the columns: which of them it heads, and that narrow ones stand upright.
fn top_head(cell: Cell) -> Cell {
    let corner = cell.colspan > 1 && cell.rowspan > 1 && cell.text.contains('（');
    let (class, scope) = if corner {
        ("corner", "")
    } else if cell.colspan > 1 {
        ("", "colgroup")
    } else {
        ("", "col")
    };
    Cell {
        class,
        scope,
        ..cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::Decimal;
    use statute::editions::Edition;
    use std::collections::BTreeMap;

    #[test]
    fn every_figure_of_every_form_is_printed_once_and_leads_to_its_records() {
        for edition in [Edition::Stats2014, Edition::Trial2019, Edition::Format2021] {
            let values: BTreeMap<CellKey, Decimal> = edition
                .cells()
                .zip(1..)
                .filter_map(|(cell, n)| Some((cell.key, Decimal::whole(n)?)))
                .collect();
            let report = report::compile(edition, "某局", 2021, &values, Vec::new());
            let parts = parts(&report, &|key| Some(format!("/f/{}", key.path())));
            let mut found = BTreeMap::new();
            for part in &parts {
                let Part::Table(table) = part else { continue };
                for cell in table.head.iter().chain(&table.body).flatten() {
                    if !cell.href.is_empty() {
                        assert!(cell.class.starts_with("fig"), "{edition} {}", cell.text);
                        assert!(found.insert(cell.href.clone(), cell.text.clone()).is_none());
                    }
                }
            }
            for (key, value) in &values {
                assert_eq!(found[&format!("/f/{}", key.path())], value.to_string());
            }
            assert_eq!(found.len(), values.len());
        }
    }
}
