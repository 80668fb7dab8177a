//! Forms written out in the layouts met in the wild.

use std::collections::BTreeSet;

use content::{Block, Content, Place, Run};
use statute::editions::{CellKey, Edition, Slot, SlotContent, Table};

use crate::model::{Cell, Report, Tables};
use crate::{Decimal, Reading};

/// The layouts, by what keeps their cells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Bars, what merged cells leave out at the end of the row.
    BarsTrailing,
    /// Bars, only the cells that there are.
    BarsBare,
    /// Markdown, what merged cells cover is an empty cell.
    Markdown,
    /// Tabs, empty cells behind the merged ones.
    Tabs,
    /// One cell a line, blank lines between, heads of columns cut in two.
    Lines,
    /// One cell a line with a bar behind it; bars alone for the rest of the row.
    LineBars,
    /// The same with a bar in a line of its own before each row.
    BarBefore,
    /// Text of a PDF, long labels wrapped around the line of their values.
    Pdf,
    /// Label and values in a line with single spaces.
    RunTogether,
}

impl Layout {
    pub(super) const ALL: [Layout; 9] = [
        Layout::BarsTrailing,
        Layout::BarsBare,
        Layout::Markdown,
        Layout::Tabs,
        Layout::Lines,
        Layout::LineBars,
        Layout::BarBefore,
        Layout::Pdf,
        Layout::RunTogether,
    ];

    /// Whether an empty cell leaves a trace.
    pub(super) fn shows_empty(self) -> bool {
        !matches!(self, Layout::Lines | Layout::Pdf | Layout::RunTogether)
    }
}

pub(super) const FORMS: [Edition; 3] =
    [Edition::Stats2014, Edition::Trial2019, Edition::Format2021];

/// A report in which every cell has a figure of its own.
pub(super) fn filled(edition: Edition) -> Report {
    let mut report = Report::new(edition, "test");
    report.year = Some(match edition {
        Edition::Stats2014 => 2016,
        Edition::Trial2019 => 2020,
        _ => 2022,
    });
    for (at, cell) in edition.cells().enumerate() {
        let figure = if cell.is_money() {
            format!("{}.{:02}", 70 + at, at % 90 + 10).parse().unwrap()
        } else {
            Decimal::whole(1001 + 7 * at as i64).unwrap()
        };
        report.tables.set(cell.key, Cell::Number(figure));
    }
    report
}

/// The text of a form: its chapters and tables, with a sentence in each chapter of text.
pub(super) fn text(report: &Report, layout: Layout) -> String {
    let year = report.year.unwrap();
    let mut out = format!("青禾县{year}年政府信息公开工作年度报告\n");
    let sentence = "这一年的工作都按照要求完成了，公开的内容比往年细致。\n";
    if report.edition == Edition::Stats2014 {
        out.push_str(sentence);
        out.push_str("附件\n政府信息公开情况统计表\n");
        for table in report.edition.tables() {
            write(&mut out, report, table, layout);
        }
        out.push_str("单位负责人：某某\n");
        return out;
    }
    for chapter in report.edition.chapters() {
        out.push_str(&chapter.heading());
        out.push('\n');
        match chapter.table.and_then(|key| report.edition.table(key)) {
            Some(table) => write(&mut out, report, table, layout),
            None => out.push_str(sentence),
        }
    }
    out
}

fn words(report: &Report, slot: &Slot, layout: Layout) -> String {
    match slot.content {
        SlotContent::Head(text) | SlotContent::Text(text) => text.to_owned(),
        SlotContent::Figure(key) => match report.tables.get(key) {
            Cell::Number(figure) => figure.to_string(),
            Cell::Absent if layout.shows_empty() => String::new(),
            Cell::Absent => "/".to_owned(),
            Cell::Unreadable(text) => text.clone(),
        },
    }
}

fn write(out: &mut String, report: &Report, table: &Table, layout: Layout) {
    let width: usize = table.lines.first().map_or(0, |line| {
        line.iter().map(|slot| usize::from(slot.colspan)).sum()
    });
    // Columns that a cell from above covers, with the rows left.
    let mut above: Vec<u16> = vec![0; width];
    for line in &table.lines {
        let mut grid: Vec<String> = Vec::new();
        let mut cells: Vec<String> = Vec::new();
        let mut next: Vec<u16> = above.iter().map(|n| n.saturating_sub(1)).collect();
        let mut column = 0;
        let skip = |column: &mut usize, grid: &mut Vec<String>| {
            while above.get(*column).is_some_and(|n| *n > 0) {
                grid.push(String::new());
                *column += 1;
            }
        };
        for slot in line {
            skip(&mut column, &mut grid);
            let text = words(report, slot, layout);
            cells.push(text.clone());
            grid.push(text);
            let wide = usize::from(slot.colspan);
            for left in next.iter_mut().skip(column).take(wide) {
                *left = (*left).max(slot.rowspan - 1);
            }
            grid.extend((1..wide).map(|_| String::new()));
            column += usize::from(slot.colspan);
        }
        skip(&mut column, &mut grid);
        above = next;
        let missing = width - cells.len();
        match layout {
            Layout::BarsTrailing => {
                out.push_str(&cells.join(" | "));
                out.push_str(" |");
                out.push_str(&" |".repeat(missing));
                out.push('\n');
            }
            Layout::BarsBare => out.push_str(&format!("{} |\n", cells.join(" | "))),
            Layout::Markdown => {
                out.push_str(&format!("| {} |\n", grid.join(" | ")));
                out.push_str(&format!("|{}\n", "---|".repeat(width)));
            }
            Layout::Tabs => out.push_str(&format!("{}\n", grid.join("\t"))),
            Layout::Lines => {
                for cell in &cells {
                    out.push_str(&cut_in_two(cell));
                    out.push_str("\n\n");
                }
            }
            Layout::LineBars => {
                for cell in &cells {
                    out.push_str(&if cell.is_empty() {
                        "|\n".to_owned()
                    } else {
                        format!("{cell} |\n")
                    });
                }
                if missing > 0 {
                    out.push_str(&format!("{}\n", "|".repeat(missing)));
                }
            }
            Layout::BarBefore => {
                out.push_str("|\n");
                let (last, rest) = cells.split_last().unwrap();
                for cell in rest {
                    out.push_str(&if cell.is_empty() {
                        "|\n".to_owned()
                    } else {
                        format!("{cell} |\n")
                    });
                }
                out.push_str(&format!("{last} |{}\n", "|".repeat(missing)));
            }
            Layout::Pdf | Layout::RunTogether => printed(out, report, line, layout),
        }
    }
}

/// Heads of columns are cut over lines.
fn cut_in_two(cell: &str) -> String {
    for head in ["商业企业", "科研机构", "本年新制作数量", "本年新公开数量"] {
        if cell == head {
            let cut = cell.char_indices().nth(cell.chars().count() / 2).unwrap().0;
            return format!("{}\n{}", &cell[..cut], &cell[cut..]);
        }
    }
    cell.to_owned()
}

/// A row as `pdftotext -layout` writes it.
fn printed(out: &mut String, report: &Report, line: &[Slot], layout: Layout) {
    let is_figure = |slot: &&Slot| matches!(slot.content, SlotContent::Figure(_));
    let heads: Vec<String> = line
        .iter()
        .filter(|slot| !is_figure(slot))
        .map(|slot| words(report, slot, layout))
        .filter(|text| !text.is_empty())
        .collect();
    let figures: Vec<String> = line
        .iter()
        .filter(is_figure)
        .map(|slot| words(report, slot, layout))
        .collect();
    if figures.is_empty() {
        out.push_str(&format!("      {}\n", heads.join("    ")));
        return;
    }
    if layout == Layout::RunTogether {
        out.push_str(&format!("{} {}\n", heads.join(" "), figures.join(" ")));
        return;
    }
    let values = figures.join("     ");
    // The unit of the table of 2014 stands right of the label.
    let (unit, labels): (Vec<&String>, Vec<&String>) = heads
        .iter()
        .partition(|head| crate::read::words::is_unit(head));
    let unit = unit.first().map_or("", |unit| unit.as_str());
    let Some((label, groups)) = labels.split_last() else {
        out.push_str(&format!("   {values}\n"));
        return;
    };
    let groups: String = groups.iter().map(|group| format!("{group}   ")).collect();
    let characters: Vec<char> = label.chars().collect();
    let parts: Vec<String> = characters
        .chunks(14)
        .map(|part| part.iter().collect())
        .collect();
    match parts.as_slice() {
        [only] => out.push_str(&format!("   {groups}{only}      {unit}    {values}\n")),
        [first, last] if last.chars().count() <= 2 => {
            // A short rest stands in the line of the values.
            out.push_str(&format!("   {groups}{first}\n"));
            out.push_str(&format!("      {last}        {unit}    {values}\n"));
        }
        parts => {
            let middle = parts.len() / 2;
            for (at, part) in parts.iter().enumerate() {
                if at == middle {
                    out.push_str(&format!("                  {unit}      {values}\n"));
                }
                let groups = if at == 0 { groups.as_str() } else { "" };
                out.push_str(&format!("      {groups}{part}\n"));
            }
        }
    }
}

/// The content of a text file.
pub(super) fn content(text: &str) -> Content {
    let runs = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| Run {
            text: line.to_owned(),
            bold: false,
            place: Some(Place {
                line: Some(at as u32 + 1),
                ..Place::default()
            }),
        });
    Content {
        blocks: vec![Block::Paragraph(runs.collect())],
        ..Content::default()
    }
}

pub(super) fn read_text(text: &str) -> Reading {
    crate::read(&content(text), "test.txt")
}

/// The cells that differ, in words.
pub(super) fn differences(edition: Edition, expected: &Tables, found: &Tables) -> Vec<String> {
    edition
        .cells()
        .filter(|cell| expected.get(cell.key) != found.get(cell.key))
        .map(|cell| {
            format!(
                "{}: expected {:?}, found {:?}",
                cell.key,
                expected.get(cell.key),
                found.get(cell.key)
            )
        })
        .collect()
}

/// The rules that reading reported.
pub(super) fn rules(reading: &Reading) -> BTreeSet<&str> {
    reading
        .report
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect()
}

pub(super) fn key(table: &str, row: &str, column: &str) -> CellKey {
    CellKey::find(table, row, column).unwrap()
}
