//! Reading HTML.

use content::{Block, Content};
use encoding_rs::Encoding;

use super::embedded::{self, Embedded};
use super::walk::Walk;
use crate::decode::decode;
use crate::{Limits, ReadError};

/// A page with fewer Chinese characters is a frame that something else fills in.
const BARE: usize = 200;

/// Reads HTML: headings, paragraphs and tables with the lines where they begin.
///
/// A line break begins a new paragraph, since that is what it is used for. A table that only lays
/// out the page gives way to what stands in it. Scripts, styles and navigation are left out; but if
/// the page itself holds no table, or next to no text, HTML that stands in the strings of its
/// scripts and attributes is read after it.
///
/// # Errors
/// [`ReadError::NotText`] and [`ReadError::TooLarge`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    page(&decode(bytes, declared(bytes))?, limits)
}

fn page(html: &str, limits: &Limits) -> Result<Content, ReadError> {
    let mut content = walk(html, limits)?;
    let (tables, characters) = size(&content);
    if tables > 0 && characters >= BARE {
        return Ok(content);
    }
    let found = embedded::find(html);
    let all: usize = found.iter().map(|one| embedded::chinese(&one.html)).sum();
    let holds_table = |one: &Embedded| one.html.to_ascii_lowercase().contains("<td");
    if all <= characters && (tables > 0 || !found.iter().any(holds_table)) {
        return Ok(content);
    }
    let mut left = limits.clone();
    for Embedded { html, line } in found {
        let inner = Walk::new(&left, Some(line), true).run(&html)?.content;
        // The strings of a page together may cost what a page may.
        left.text = left.text.saturating_sub(html.len());
        left.lines = left.lines.saturating_sub(inner.blocks.len());
        left.cells = left.cells.saturating_sub(cells(&inner));
        append(&mut content, inner);
    }
    Ok(content)
}

fn walk(html: &str, limits: &Limits) -> Result<Content, ReadError> {
    let walked = Walk::new(limits, None, false).run(html)?;
    if walked.cut {
        return Ok(Walk::new(limits, None, true).run(html)?.content);
    }
    Ok(walked.content)
}

/// Number of tables, and of Chinese characters in all.
fn size(content: &Content) -> (usize, usize) {
    (
        content.tables().count(),
        embedded::chinese(&content.plain()),
    )
}

fn cells(content: &Content) -> usize {
    content
        .tables()
        .flat_map(|table| &table.rows)
        .map(Vec::len)
        .sum()
}

/// Appends, tables numbered on.
fn append(content: &mut Content, more: Content) {
    let before = content.tables().count() as u32;
    if content.title.is_empty() {
        content.title = more.title;
    }
    for mut block in more.blocks {
        if let Block::Table(table) = &mut block {
            for cell in table.rows.iter_mut().flatten() {
                let runs = cell.runs.iter_mut().filter_map(|run| run.place.as_mut());
                for place in cell.place.as_mut().into_iter().chain(runs) {
                    place.table = place.table.map(|number| number + before);
                }
            }
        }
        content.blocks.push(block);
    }
}

/// The encoding that the file states for itself near its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const LABEL: &[u8] = b"charset";
    let head = bytes.get(..4096).unwrap_or(bytes);
    let at = head
        .windows(LABEL.len())
        .position(|window| window.eq_ignore_ascii_case(LABEL))?;
    let rest = head.get(at + LABEL.len()..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or(rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let end = |byte: &u8| !(byte.is_ascii_alphanumeric() || b"-_".contains(byte));
    let length = rest.iter().position(end).unwrap_or(rest.len());
    Encoding::for_label(rest.get(..length)?)
}

#[cfg(test)]
mod tests;
