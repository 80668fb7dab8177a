//! Reports as files: text in the layouts that are met, Word, web pages.

use crate::random::Random;
use crate::{figures, story};
use content::{Block, Content};
use report::Report;
use statute::editions::Edition;
use std::io;
use std::path::Path;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Docx,
    Html,
}

impl Kind {
    pub fn of(word: &str) -> Option<Kind> {
        match word {
            "text" => Some(Kind::Text),
            "docx" => Some(Kind::Docx),
            "html" => Some(Kind::Html),
            _ => None,
        }
    }
}

/// Writes `n` reports, a file each.
pub fn write(kind: Kind, n: u64, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for number in 0..n {
        let content = report::layout(&invent(number), &|_| None);
        let (ending, bytes) = match kind {
            Kind::Text => ("txt", text(&content, number).into_bytes()),
            Kind::Docx => ("docx", document::docx::write(&content)),
            Kind::Html => ("html", document::html::page(&content).into_bytes()),
        };
        std::fs::write(folder.join(format!("{number:05}.{ending}")), bytes)?;
    }
    Ok(())
}

/// The report of that number.
pub fn invent(number: u64) -> Report {
    let mut random = Random::of(number);
    let (edition, year) = match number % 8 {
        0 => (Edition::Narrative, 2013),
        1 | 2 => (Edition::Stats2014, 2017),
        3 => (Edition::Trial2019, 2020),
        _ => (Edition::Format2021, 2022),
    };
    let mut report = Report::new(edition, "invented");
    report.year = Some(year);
    let mut report = report.with_unit(&story::body(number));
    let told = figures::fill(&mut report, &mut random);
    story::write(&mut report, &told, &mut random);
    report
}

/// The layouts of tables in text files.
#[derive(Clone, Copy)]
enum Layout {
    /// A row a line, bars between.
    Pipes,
    /// A row a line, tabs between.
    Tabs,
    /// A cell a line.
    Cells,
}

fn text(content: &Content, number: u64) -> String {
    let layout = match number % 3 {
        0 => Layout::Pipes,
        1 => Layout::Tabs,
        _ => Layout::Cells,
    };
    let mut out = format!("{}\n\n", content.title);
    for block in &content.blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph(runs) => {
                runs.iter().for_each(|run| out.push_str(&run.text));
                out.push('\n');
            }
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(content::Cell::text).collect();
                    out.push_str(&match layout {
                        Layout::Pipes => cells.join(" | "),
                        Layout::Tabs => cells.join("\t"),
                        Layout::Cells => cells.join("\n\n"),
                    });
                    out.push('\n');
                }
            }
        }
    }
    out
}
