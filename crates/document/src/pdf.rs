//! Reading `.pdf` that holds text.
//!
//! `pdftotext` (poppler) keeps the layout, and with it the columns of tables; where it is absent, the
//! crate `pdf-extract` reads in a process of its own, for it may panic or run away on odd files.
//! Where a page has ruled tables (`ruling`), their cells come from the lines and from the place of
//! each word (`grid`, `page`): an empty cell shifts no other, and a figure broken in a narrow cell
//! is whole. A page without text is scanned or empty: it is named in [`Content::unread`], never
//! guessed.

use std::io::{Read, Write};

use content::{Block, Content, Run};

use crate::external::{self, Clock, Output, Program};
use crate::{Limits, ReadError, text};

mod grid;
mod page;
mod ruling;
mod words;

/// What to install, for a message.
const PROGRAMS: &str = "pdftotext（Debian 的软件包 poppler-utils）";

/// The hidden command by which this program reads a PDF with [`pdf_child`].
pub const CHILD: &str = "pdf-child";

/// Exit status of [`pdf_child`]: the file wants a password.
const ENCRYPTED: i32 = 3;
/// Exit status of [`pdf_child`]: the file is broken.
const DAMAGED: i32 = 4;
/// Exit status of [`pdf_child`]: built without the feature `pdf-extract`.
const NOT_BUILT: i32 = 5;

/// Reads a `.pdf` file: a paragraph with a run for each line, as `pdftotext -layout` lays them
/// out, with page and line; of pages with ruled tables the tables and the lines between them. Pages
/// without text are listed in [`Content::unread`].
///
/// # Errors
/// Encrypted, damaged, too many pages, no text at all ([`ReadError::Scanned`]), or no program at
/// hand that reads it.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    let clock = Clock::start(limits);
    let text = match pdftotext(bytes, limits, &clock) {
        Some(text) => text?,
        None => child(bytes, limits, &clock).ok_or(ReadError::NoConverter {
            kind: "pdf",
            programs: PROGRAMS,
        })??,
    };
    // The text is whole without it: a file of which the lines cannot be had is read by its text.
    let drawn = drawn(bytes, limits, &clock);
    let drawn = drawn
        .as_ref()
        .map(|(words, lines)| (words.as_str(), lines.as_slice()));
    written(&text, drawn, limits)
}

/// The content out of what the programs wrote: `layout` by `pdftotext -layout`, and where there are
/// lines the words by `pdftotext -bbox` and the PostScript by `pdftocairo`. Whoever made the file
/// steers all three; this is public so that they can be fuzzed without the programs.
///
/// # Errors
/// As [`read`]: no page, too many pages or cells, no text at all.
pub fn written(
    layout: &str,
    drawn: Option<(&str, &[u8])>,
    limits: &Limits,
) -> Result<Content, ReadError> {
    let mut content = pages(layout, limits)?;
    if let Some((words, postscript)) = drawn {
        let words = words::pages(words);
        let sizes: Vec<(i64, i64)> = words.iter().map(|page| page.size).collect();
        let ruling = ruling::pages(postscript, &sizes);
        tables(&mut content, &words, &ruling, limits)?;
    }
    Ok(content)
}

/// The words of each page with their places, and its lines as PostScript draws them.
fn drawn(bytes: &[u8], limits: &Limits, clock: &Clock) -> Option<(String, Vec<u8>)> {
    let last = limits.pages.to_string();
    let name = "input.pdf";
    let args = ["-bbox", "-enc", "UTF-8", "-l", &last, name, "-"];
    let run = external::run(&Program::Pdftotext, &args, name, bytes, limits, clock)?.ok()?;
    let words = String::from_utf8_lossy(&run.text).into_owned();
    let made = "lines.ps";
    let args = ["-ps", "-level3", "-origpagesizes", "-l", &last, name, made];
    let run = external::run(&Program::Pdftocairo, &args, name, bytes, limits, clock)?.ok()?;
    Some((words, run.file(made, limits.unpacked)?))
}

/// Puts tables in the place of the lines of pages that have ruled ones.
fn tables(
    content: &mut Content,
    words: &[words::Page],
    ruling: &[ruling::Ruling],
    limits: &Limits,
) -> Result<(), ReadError> {
    let mut runs: Vec<Run> = Vec::new();
    for block in content.blocks.drain(..) {
        if let Block::Paragraph(lines) = block {
            runs.extend(lines);
        }
    }
    // A file of one page does not say which it is.
    let page_of = |run: &Run| run.place.and_then(|place| place.page).unwrap_or(1);
    let texts: Vec<&[Run]> = runs
        .chunk_by(|one, next| page_of(one) == page_of(next))
        .collect();
    let mut cells = 0_usize;
    let mut pages: Vec<Option<Vec<page::Piece>>> = Vec::with_capacity(texts.len());
    for lines in &texts {
        let at = lines.first().map_or(1, page_of).saturating_sub(1) as usize;
        let drawn = words.get(at).zip(ruling.get(at));
        let pieces =
            drawn.and_then(|(page, ruling)| page::pieces(&page.words, grid::frames(ruling)));
        cells += pieces
            .iter()
            .flatten()
            .map(page::Piece::cells)
            .sum::<usize>();
        if cells > limits.cells {
            return Err(ReadError::TooLarge {
                what: "表格的单元格数",
                limit: format!("{} 个", limits.cells),
            });
        }
        pages.push(pieces);
    }
    page::mend(&mut pages);
    let mut blocks = Vec::new();
    let mut count = page::Count {
        page: 1,
        line: 1,
        table: 0,
    };
    for (lines, pieces) in texts.iter().zip(pages) {
        count.page = lines.first().map_or(1, page_of);
        count.line = lines
            .first()
            .and_then(|run| run.place?.line)
            .unwrap_or_default();
        let made = match pieces {
            Some(pieces) => page::blocks(pieces, &mut count),
            None => vec![Block::Paragraph(lines.to_vec())],
        };
        blocks.extend(made);
    }
    content.blocks = blocks;
    Ok(())
}

/// The text as poppler lays it out, a form feed after each page; `None` if it is not installed.
fn pdftotext(bytes: &[u8], limits: &Limits, clock: &Clock) -> Option<Result<String, ReadError>> {
    // One page more than allowed tells that there are too many.
    let last = limits.pages.saturating_add(1).to_string();
    let args = ["-layout", "-enc", "UTF-8", "-l", &last, "input.pdf", "-"];
    let run = external::run(
        &Program::Pdftotext,
        &args,
        "input.pdf",
        bytes,
        limits,
        clock,
    )?;
    Some(run.and_then(|output| told(&output)))
}

/// What `pdftotext` says by its exit status and complaints.
fn told(output: &Output) -> Result<String, ReadError> {
    let complaints = output.complaints.to_ascii_lowercase();
    if complaints.contains("missing language pack") {
        return Err(ReadError::ConverterFailed {
            program: Program::Pdftotext.name().into(),
            why: "缺少中文字符映射表，请安装软件包 poppler-data 后重试".into(),
        });
    }
    // Status 3: the file forbids copying, and this poppler heeds it.
    if complaints.contains("incorrect password") || output.status.code() == Some(3) {
        return Err(ReadError::Encrypted { kind: "pdf" });
    }
    match output.status.code() {
        Some(0) => Ok(String::from_utf8_lossy(&output.text).into_owned()),
        Some(1) => Err(ReadError::Damaged {
            kind: "pdf",
            why: output.why(),
        }),
        _ => Err(ReadError::ConverterFailed {
            program: Program::Pdftotext.name().into(),
            why: output.why(),
        }),
    }
}

/// The text by a child process of this program; `None` if there is no such reader.
fn child(bytes: &[u8], limits: &Limits, clock: &Clock) -> Option<Result<String, ReadError>> {
    let program = Program::PdfChild(limits.pdf_child.clone()?);
    let run = external::run(&program, &[CHILD], "input.pdf", bytes, limits, clock)?;
    let output = match run {
        Ok(output) => output,
        Err(fault) => return Some(Err(fault)),
    };
    match output.status.code() {
        Some(0) => Some(Ok(String::from_utf8_lossy(&output.text).into_owned())),
        Some(ENCRYPTED) => Some(Err(ReadError::Encrypted { kind: "pdf" })),
        Some(NOT_BUILT) => None,
        Some(DAMAGED) => Some(Err(ReadError::Damaged {
            kind: "pdf",
            why: output.why(),
        })),
        _ => Some(Err(ReadError::ConverterFailed {
            program: program.name().into(),
            why: output.why(),
        })),
    }
}

/// Makes the content of the text of pages, each ended by a form feed.
fn pages(text: &str, limits: &Limits) -> Result<Content, ReadError> {
    // The text of a page may hold form feeds as well: no more parts are looked at than there may
    // be pages, and one that tells of too many.
    let most = (limits.pages as usize).saturating_add(2);
    let mut pages: Vec<&str> = text.split('\u{c}').take(most).collect();
    if pages.last().is_some_and(|rest| rest.trim().is_empty()) {
        pages.pop();
    }
    if pages.is_empty() {
        return Err(ReadError::Damaged {
            kind: "pdf",
            why: "一页也没有".into(),
        });
    }
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    if count > limits.pages {
        return Err(ReadError::TooLarge {
            what: "PDF 的页数",
            limit: format!("{} 页", limits.pages),
        });
    }
    let unread: Vec<u32> = (1..)
        .zip(&pages)
        .filter_map(|(number, page)| (!legible(page)).then_some(number))
        .collect();
    if unread.len() == pages.len() {
        return Err(ReadError::Scanned { pages: count });
    }
    let clean: Vec<String> = pages.iter().map(|page| cleaned(page)).collect();
    let mut content = text::lines(&clean.join("\u{c}"), limits)?;
    content.unread = unread;
    Ok(content)
}

/// Whether a page holds text: characters that are not white space, and for the greater part such
/// as mean something. A font without a map to Unicode gives private ones.
fn legible(page: &str) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for c in page.chars() {
        match c {
            c if c.is_whitespace() => {}
            '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => bad += 1,
            c if c.is_control() => bad += 1,
            _ => good += 1,
        }
    }
    good > bad
}

/// The page without control characters, which some producers leave for spaces and marks. Of a page
/// that is not legible only the line ends are left, so that the lines after it keep their numbers.
fn cleaned(page: &str) -> String {
    let legible = legible(page);
    page.chars()
        .filter(|c| match c {
            '\n' => true,
            '\t' => legible,
            c => legible && !c.is_control(),
        })
        .collect()
}

/// Reads a PDF from `input` and writes its text to `output`, a form feed after each page; the
/// reader behind the hidden command `pdf-child`. The number is the exit status for the process.
///
/// Memory and time are limited by the process that started this one. The last page that can be
/// read is not the end: a page that fails makes the whole fail, lest figures be lost unseen.
#[cfg(feature = "pdf-extract")]
pub fn pdf_child(input: impl Read, mut output: impl Write) -> i32 {
    let mut bytes = Vec::new();
    let most = Limits::default().bytes.saturating_add(1);
    if input.take(most).read_to_end(&mut bytes).is_err() {
        return DAMAGED;
    }
    // The library panics on odd files; this process has nothing else to lose.
    let text = std::panic::catch_unwind(|| extract(&bytes)).unwrap_or(Err(DAMAGED));
    match text {
        Ok(text) => match output
            .write_all(text.as_bytes())
            .and_then(|()| output.flush())
        {
            Ok(()) => 0,
            Err(_) => 1,
        },
        Err(status) => status,
    }
}

#[cfg(feature = "pdf-extract")]
fn extract(bytes: &[u8]) -> Result<String, i32> {
    use pdf_extract::{Document, PlainTextOutput, output_doc_page};
    // Loading tries the empty password; where that is wrong it leaves the objects out and says
    // nothing.
    let document = Document::load_mem(bytes).map_err(|_| DAMAGED)?;
    if document.trailer.get(b"Encrypt").is_ok() && !document.was_encrypted() {
        return Err(ENCRYPTED);
    }
    let mut text = String::new();
    for page in document.get_pages().into_keys() {
        let mut layout = PlainTextOutput::new(&mut text);
        output_doc_page(&document, &mut layout, page).map_err(|_| DAMAGED)?;
        text.push('\u{c}');
    }
    Ok(text)
}

/// Says that this build cannot read a PDF by itself.
#[cfg(not(feature = "pdf-extract"))]
pub fn pdf_child(_: impl Read, _: impl Write) -> i32 {
    NOT_BUILT
}

#[cfg(test)]
mod tests;
