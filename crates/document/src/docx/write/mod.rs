//! Content into a Word file: A4, the margins and faces of official documents (GB/T 9704—2012).
//!
//! Equal content gives equal bytes: no clock, no random ids. Addresses that cells lead to are left
//! out, as they mean nothing on paper.

mod parts;
mod table;

use std::io::{Cursor, Write};

use content::{Block, Content, Run};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes a `.docx` file.
pub fn write(content: &Content) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", parts::TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(&content.title)),
        ("word/document.xml", document(content)),
        (
            "word/_rels/document.xml.rels",
            parts::DOCUMENT_RELATIONS.to_owned(),
        ),
        ("word/styles.xml", parts::styles()),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/footer1.xml", parts::FOOTER.to_owned()),
    ];
    // Writing into memory has nothing to fail at.
    pack(&parts).unwrap_or_default()
}

fn pack(parts: &[(&str, String)]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, options())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// How parts of our own are packed: always with the same date.
pub(super) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
}

fn document(content: &Content) -> String {
    let mut out = String::from(parts::DOCUMENT_HEAD);
    if !content.title.is_empty() {
        paragraph(
            &mut out,
            "<w:pStyle w:val=\"Title\"/>",
            &[Run::new(&content.title)],
        );
    }
    let mut after_table = false;
    for block in &content.blocks {
        let table = matches!(block, Block::Table(_));
        // Two tables without anything between them would become one.
        if after_table && table {
            paragraph(&mut out, "<w:pStyle w:val=\"TableText\"/>", &[]);
        }
        after_table = table;
        match block {
            Block::Heading { level, runs } => {
                let style = format!("<w:pStyle w:val=\"Heading{}\"/>", (*level).clamp(1, 6));
                paragraph(&mut out, &style, runs);
            }
            // Of a text that was read line by line each line stays one.
            Block::Paragraph(runs) => {
                for line in runs.chunk_by(|a, b| line_of(a) == line_of(b)) {
                    paragraph(&mut out, "<w:pStyle w:val=\"BodyText\"/>", line);
                }
            }
            Block::Table(table) => table::write(&mut out, table),
        }
    }
    if after_table {
        paragraph(&mut out, "<w:pStyle w:val=\"TableText\"/>", &[]);
    }
    out.push_str(parts::DOCUMENT_TAIL);
    out
}

fn line_of(run: &Run) -> Option<u32> {
    run.place.and_then(|place| place.line)
}

/// Writes a paragraph with its properties.
fn paragraph(out: &mut String, properties: &str, runs: &[Run]) {
    out.push_str("<w:p><w:pPr>");
    out.push_str(properties);
    out.push_str("</w:pPr>");
    for run in runs {
        self::run(out, &run.text, run.bold);
    }
    out.push_str("</w:p>");
}

fn run(out: &mut String, text: &str, bold: bool) {
    if text.is_empty() {
        return;
    }
    out.push_str("<w:r>");
    if bold {
        out.push_str("<w:rPr><w:b/><w:bCs/></w:rPr>");
    }
    pieces(out, text, "w:");
    out.push_str("</w:r>");
}

/// Writes text within a run; line ends and tabs are elements. `w` is the prefix of their names.
pub(super) fn pieces(out: &mut String, text: &str, w: &str) {
    for (line, words) in text.split('\n').enumerate() {
        if line > 0 {
            out.push_str(&format!("<{w}br/>"));
        }
        for (at, part) in words.split('\t').enumerate() {
            if at > 0 {
                out.push_str(&format!("<{w}tab/>"));
            }
            if !part.is_empty() {
                out.push_str(&format!("<{w}t xml:space=\"preserve\">"));
                escape(out, part);
                out.push_str(&format!("</{w}t>"));
            }
        }
    }
}

/// Writes text as XML, also within quotes. Characters that XML cannot hold are left out.
pub(super) fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            character => out.push(character),
        }
    }
}
