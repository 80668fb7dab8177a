//! A report laid out as text and tables, the tables exactly like the printed form.

use content::{Align, Block, Content};
use statute::editions::{CellKey, Slot, SlotContent, Table};

use crate::model::{Cell, Report, Section};

/// Lays a report out. `link` gives where a figure leads, such as the list of what it counts.
///
/// A form with fixed chapters prints all their headings; a chapter of text that nothing was written
/// for has its heading alone. The table of 2014 is annexed to the text.
pub fn layout(report: &Report, link: &dyn Fn(CellKey) -> Option<String>) -> Content {
    let mut out = Content::titled(&report.title);
    let (opening, chapters) = split(&report.sections);
    text(&mut out, opening);
    let fixed = report
        .edition
        .chapters()
        .iter()
        .any(|chapter| chapter.table.is_some());
    let mut printed = vec![false; chapters.len()];
    if fixed {
        for chapter in report.edition.chapters() {
            out.heading(1, chapter.heading());
            for (sections, done) in chapters.iter().zip(printed.iter_mut()) {
                let Some((head, rest)) = sections.split_first() else {
                    continue;
                };
                if head.number != chapter.number || *done {
                    continue;
                }
                paragraphs(&mut out, head);
                text(&mut out, rest);
                *done = true;
            }
            let table = chapter.table.and_then(|key| report.edition.table(key));
            if let Some(table) = table {
                annex(&mut out, report, table, link);
            }
        }
    }
    // Chapters that the form does not know stand behind those that it does.
    for (sections, done) in chapters.iter().zip(printed) {
        if !done {
            text(&mut out, sections);
        }
    }
    if !fixed {
        for table in report.edition.tables() {
            out.heading(1, "附件");
            let title = match report.year {
                Some(year) => format!("{year} 年度{}", table.title),
                None => table.title.to_owned(),
            };
            out.heading(2, title);
            annex(&mut out, report, table, link);
        }
    }
    out
}

/// The text before the first chapter, and the chapters with what belongs to them.
fn split(sections: &[Section]) -> (&[Section], Vec<&[Section]>) {
    let start = sections
        .iter()
        .position(|section| section.level <= 1 && named(section));
    let (opening, rest) = sections.split_at(start.unwrap_or(sections.len()));
    let mut chapters: Vec<&[Section]> = Vec::new();
    let mut rest = rest;
    while let Some((_, after)) = rest.split_first() {
        let next = after
            .iter()
            .position(|section| section.level <= 1 && named(section));
        let (chapter, others) = rest.split_at(next.map_or(rest.len(), |next| next + 1));
        chapters.push(chapter);
        rest = others;
    }
    (opening, chapters)
}

fn named(section: &Section) -> bool {
    !section.heading.is_empty() || !section.number.is_empty()
}

fn text(out: &mut Content, sections: &[Section]) {
    for section in sections {
        if named(section) {
            let heading = if section.number.is_empty() {
                section.heading.clone()
            } else {
                format!("{}、{}", section.number, section.heading)
            };
            out.heading(section.level.max(1), heading);
        }
        paragraphs(out, section);
    }
}

fn paragraphs(out: &mut Content, section: &Section) {
    for paragraph in &section.paragraphs {
        out.paragraph(paragraph);
    }
}

/// The table with the fields over and under it. It has no caption: as in the printed form the heading
/// before it is its title.
fn annex(
    out: &mut Content,
    report: &Report,
    table: &Table,
    link: &dyn Fn(CellKey) -> Option<String>,
) {
    for field in table.above {
        out.paragraph(format!(
            "{field}{}",
            report.unit.as_deref().unwrap_or_default()
        ));
    }
    let rows = table.lines.iter().map(|line| {
        let heads_only = line
            .iter()
            .all(|slot| matches!(slot.content, SlotContent::Head(_)));
        line.iter()
            .map(|slot| cell(report, slot, heads_only, link))
            .collect()
    });
    out.blocks.push(Block::Table(content::Table {
        caption: None,
        rows: rows.collect(),
    }));
    if !table.below.is_empty() {
        out.paragraph(table.below.join("　　　　"));
    }
}

fn cell(
    report: &Report,
    slot: &Slot,
    heads_only: bool,
    link: &dyn Fn(CellKey) -> Option<String>,
) -> content::Cell {
    let (text, header, align, link) = match slot.content {
        SlotContent::Head(text) => {
            // Heads of columns and merged heads are centred, labels of rows are not.
            let centred = heads_only || slot.rowspan > 1;
            (
                text.to_owned(),
                true,
                if centred { Align::Center } else { Align::Start },
                None,
            )
        }
        SlotContent::Text(text) => (text.to_owned(), false, Align::Center, None),
        SlotContent::Figure(key) => match report.tables.get(key) {
            Cell::Number(figure) => (figure.to_string(), false, Align::End, link(key)),
            Cell::Absent => (String::new(), false, Align::End, None),
            Cell::Unreadable(text) => (text.clone(), false, Align::End, None),
        },
    };
    content::Cell {
        rowspan: slot.rowspan,
        colspan: slot.colspan,
        header,
        align,
        indent: slot.level,
        link,
        ..content::Cell::new(text)
    }
}
