//! Reading `.doc` and `.wps`: Word 97, WPS and RTF files, by a converter if one is installed.
//!
//! LibreOffice comes first: it alone keeps merged cells, automatic numbers and the lines within a
//! cell, at the price of a second for each file. `antiword` prints a table as lines with bars, in
//! which a long label goes on in the next line; `catdoc` prints tabs, and breaks a row where a cell
//! holds two paragraphs.

use content::Content;

use crate::compound::is_compound;
use crate::external::{self, Clock, Output, Program};
use crate::{Limits, ReadError, docx, text};

/// What to install, for a message.
const PROGRAMS: &str = "LibreOffice、antiword、catdoc";

/// Reads a `.doc` or `.wps` file, be it RTF inside.
///
/// # Errors
/// No converter is installed, or none of those that are could read it: what the last one said.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::TooLarge {
            what: "文件",
            limit: format!("{} MB", limits.bytes >> 20),
        });
    }
    // One clock for all: a file that stops one of them shall not stop the next for as long.
    let clock = Clock::start(limits);
    let mut refused = None;
    for way in [soffice, antiword] {
        match way(bytes, limits, &clock) {
            None => {}
            Some(Err(fault @ (ReadError::Encrypted { .. } | ReadError::TooLarge { .. }))) => {
                return Err(fault);
            }
            // That the time was up says more than what another made of the file in the rest of it.
            Some(Err(_)) if matches!(refused, Some(ReadError::Timeout { .. })) => {}
            Some(Err(fault)) => refused = Some(fault),
            Some(Ok(content)) => return Ok(content),
        }
    }
    match refused {
        // RTF is no compound file. What the others found broken `catdoc` would print in part, or as noise.
        Some(fault) if is_compound(bytes) => Err(fault),
        refused => catdoc(bytes, limits, &clock).unwrap_or(Err(refused.unwrap_or(
            ReadError::NoConverter {
                kind: "doc",
                programs: PROGRAMS,
            },
        ))),
    }
}

fn antiword(bytes: &[u8], limits: &Limits, clock: &Clock) -> Option<Result<Content, ReadError>> {
    // Width 0: a paragraph is a line.
    let args = ["-w", "0", "-m", "UTF-8.txt", "input.doc"];
    printed(&Program::Antiword, &args, bytes, limits, clock)
}

fn catdoc(bytes: &[u8], limits: &Limits, clock: &Clock) -> Option<Result<Content, ReadError>> {
    let args = ["-w", "-d", "utf-8", "input.doc"];
    let made = printed(&Program::Catdoc, &args, bytes, limits, clock)?;
    Some(made.and_then(|content| {
        // It prints whatever it is given; what it makes of other files is not Chinese.
        let (mut han, mut other) = (0_usize, 0_usize);
        for c in content.plain().chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' => {
                    han += 1
                }
                _ => other += 1,
            }
        }
        if han <= other {
            return Err(ReadError::ConverterFailed {
                program: Program::Catdoc.name().into(),
                why: "转换结果不是中文文字".into(),
            });
        }
        Ok(content)
    }))
}

/// A converter that prints the text.
fn printed(
    program: &Program,
    args: &[&str],
    bytes: &[u8],
    limits: &Limits,
    clock: &Clock,
) -> Option<Result<Content, ReadError>> {
    let run = external::run(program, args, "input.doc", bytes, limits, clock)?;
    Some(run.and_then(|output| {
        let complaint = output.complaints.to_ascii_lowercase();
        if complaint.contains("encrypted") {
            return Err(ReadError::Encrypted { kind: "doc" });
        }
        if !output.status.success() || output.text.trim_ascii().is_empty() {
            return Err(failed(program, &output));
        }
        text::lines(&String::from_utf8_lossy(&output.text), limits)
    }))
}

fn soffice(bytes: &[u8], limits: &Limits, clock: &Clock) -> Option<Result<Content, ReadError>> {
    // Left to guess, LibreOffice takes anything for text and makes a document of noise.
    let filter = if is_compound(bytes) {
        "MS Word 97"
    } else if bytes.starts_with(b"{\\rtf") {
        "Rich Text Format"
    } else {
        return None;
    };
    let made = match office(bytes, "input.doc", filter, "docx", limits, clock)? {
        Ok(made) => docx::read(&made, limits),
        Err(fault) => Err(fault),
    };
    Some(made.and_then(|content| {
        if content.blocks.is_empty() {
            return Err(ReadError::ConverterFailed {
                program: Program::Soffice.name().into(),
                why: "转换结果中没有文字".into(),
            });
        }
        Ok(content)
    }))
}

/// The file that LibreOffice makes of `bytes`, read by its filter of that name, in the format `to`;
/// `None` if it is not installed.
pub(crate) fn office(
    bytes: &[u8],
    input: &str,
    filter: &str,
    to: &str,
    limits: &Limits,
    clock: &Clock,
) -> Option<Result<Vec<u8>, ReadError>> {
    let filter = format!("--infilter={filter}");
    let profile = format!("-env:UserInstallation=file://{}/profile", external::FOLDER);
    let args = [
        // A profile of its own: two that share one would answer each other's calls.
        &profile,
        "--headless",
        "--norestore",
        &filter,
        "--convert-to",
        to,
        input,
    ];
    let run = external::run(&Program::Soffice, &args, input, bytes, limits, clock)?;
    Some(run.and_then(|output| {
        let name = format!("input.{to}");
        output
            .file(&name, limits.unpacked)
            .filter(|_| output.status.success())
            .ok_or_else(|| failed(&Program::Soffice, &output))
    }))
}

fn failed(program: &Program, output: &Output) -> ReadError {
    ReadError::ConverterFailed {
        program: program.name().into(),
        why: output.why(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::Block;

    /// An invented report of LibreOffice's making: two headings, a table with merged cells.
    const REPORT: &[u8] = include_bytes!("../tests/files/report.doc");

    const WORDS: [&str; 4] = [
        "云溪县水务局 2023 年政府信息公开工作年度报告",
        "一、总体情况",
        "131条，其中工作动态84条、通知公告47条",
        "二〇二四年一月二十日",
    ];

    type Way = fn(&[u8], &Limits, &Clock) -> Option<Result<Content, ReadError>>;

    /// What one of the converters makes of it, said aloud if it is not installed.
    fn made(way: Way, name: &str) -> Option<Content> {
        let limits = Limits::default();
        let made = way(REPORT, &limits, &Clock::start(&limits));
        if made.is_none() {
            eprintln!("SKIPPED: {name} is not installed");
        }
        let content = made?.unwrap();
        let text = content.plain();
        for word in WORDS {
            assert!(text.contains(word), "{name}: {word} in {text}");
        }
        Some(content)
    }

    #[test]
    fn libreoffice_keeps_the_table() {
        let Some(content) = made(soffice, "soffice") else {
            return;
        };
        let table = content.tables().next().unwrap();
        let first = &table.rows[0];
        assert_eq!(
            (first[0].text().as_str(), first[0].rowspan),
            ("信息内容", 2)
        );
        assert_eq!(
            (first[1].text().as_str(), first[1].colspan),
            ("第二十条第（一）项", 2)
        );
        let last: Vec<String> = table.rows[3].iter().map(content::Cell::text).collect();
        assert_eq!(last, ["行政规范性文件", "3", "17"]);
    }

    #[test]
    fn rtf_and_wps_are_read_too() {
        let coded = |text: &str| -> String {
            let units = text.encode_utf16();
            units
                .map(|unit| format!("\\u{}?", unit.cast_signed()))
                .collect()
        };
        let rtf = format!(
            "{{\\rtf1\\ansi {}\\par \\trowd\\cellx2000\\cellx4000\\intbl {}\\cell 5\\cell\\row\\pard\\par}}",
            coded("本年收到申请5件。"),
            coded("新收")
        );
        let limits = Limits::default();
        let Some(content) = soffice(rtf.as_bytes(), &limits, &Clock::start(&limits)) else {
            eprintln!("SKIPPED: soffice is not installed");
            return;
        };
        let content = content.unwrap();
        assert!(content.plain().contains("本年收到申请5件。"));
        let cells = content.tables().flat_map(|table| &table.rows).flatten();
        let cells: Vec<String> = cells.map(content::Cell::text).collect();
        assert_eq!(cells, ["新收", "5"]);
        assert_eq!(crate::read("a.doc", rtf.as_bytes(), &limits), Ok(content));
        // Kingsoft's files are those of Word under another name.
        assert_eq!(crate::read("a.wps", REPORT, &limits), read(REPORT, &limits));
    }

    #[test]
    fn nothing_is_fetched() {
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        server.set_nonblocking(true).unwrap();
        let port = server.local_addr().unwrap().port();
        let name = "urn:oasis:names:tc:opendocument:xmlns";
        let linked = format!(
            "<office:document xmlns:office='{name}:office:1.0' xmlns:text='{name}:text:1.0' \
             xmlns:draw='{name}:drawing:1.0' xmlns:xlink='http://www.w3.org/1999/xlink' \
             xmlns:svg='{name}:svg-compatible:1.0' office:version='1.2' \
             office:mimetype='application/vnd.oasis.opendocument.text'><office:body><office:text>\
             <text:p>5<draw:frame svg:width='3cm' svg:height='3cm' text:anchor-type='as-char'>\
             <draw:image xlink:href='http://127.0.0.1:{port}/a.png' xlink:type='simple' \
             xlink:show='embed' xlink:actuate='onLoad'/></draw:frame></text:p></office:text>\
             </office:body></office:document>"
        );
        let filter = "OpenDocument Text Flat XML";
        let limits = Limits::default();
        let bytes = linked.as_bytes();
        let Some(made) = office(
            bytes,
            "input.fodt",
            filter,
            "docx",
            &limits,
            &Clock::start(&limits),
        ) else {
            eprintln!("SKIPPED: soffice is not installed");
            return;
        };
        assert!(made.is_ok(), "{made:?}");
        let asked = server.accept().map_err(|fault| fault.kind());
        assert_eq!(asked.err(), Some(std::io::ErrorKind::WouldBlock));
    }

    #[test]
    fn two_at_once_do_not_meet() {
        let both = [1, 2].map(|_| std::thread::spawn(|| made(soffice, "soffice")));
        let both = both.map(|thread| thread.join().unwrap());
        assert_eq!(both[0], both[1]);
    }

    #[test]
    fn antiword_keeps_bars_and_places() {
        let Some(content) = made(antiword, "antiword") else {
            return;
        };
        let [Block::Paragraph(runs)] = content.blocks.as_slice() else {
            panic!("{content:?}");
        };
        let row = runs.iter().find(|run| run.text.contains("规章")).unwrap();
        let cells: Vec<&str> = row.text.split('|').map(str::trim).collect();
        assert_eq!(cells, ["", "规章", "0", "0", ""]);
        assert!(row.place.unwrap().line > Some(3));
    }

    #[test]
    fn catdoc_keeps_tabs() {
        let Some(content) = made(catdoc, "catdoc") else {
            return;
        };
        assert!(content.plain().contains("行政规范性文件\t3\t17"));
    }

    #[test]
    fn what_no_converter_reads_is_said() {
        let limits = Limits::default();
        let cut = &REPORT[..REPORT.len() / 3];
        for bytes in [&b""[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", cut] {
            let fault = read(bytes, &limits);
            let said = matches!(
                fault,
                Err(ReadError::ConverterFailed { .. } | ReadError::NoConverter { .. })
            );
            assert!(said, "{fault:?}");
        }
        let small = Limits {
            bytes: 100,
            ..Limits::default()
        };
        let fault = read(REPORT, &small).unwrap_err();
        assert!(matches!(fault, ReadError::TooLarge { what: "文件", .. }));
    }
}
