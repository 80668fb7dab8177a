//! Reading plain text and Markdown.
//!
//! Every line that is not blank becomes a run of its own, verbatim and with its number; joining
//! lines and cutting them at bars is left to those who know reports. A form feed begins a page.

use content::{Block, Content, Place, Run};

use crate::decode::decode;
use crate::{Limits, ReadError};

/// Reads plain text in UTF-8, UTF-16, GB18030 or Big5.
///
/// The result is one paragraph with a run for each line that is not blank; blank lines count. Pages
/// are given if the text holds form feeds.
///
/// # Errors
/// [`ReadError::NotText`] and [`ReadError::TooLarge`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    lines(&decode(bytes, None)?, limits)
}

/// Text that was decoded, or that a converter wrote, as [`read`] gives it.
///
/// # Errors
/// [`ReadError::TooLarge`].
pub(crate) fn lines(text: &str, limits: &Limits) -> Result<Content, ReadError> {
    // No text has more characters than bytes, so that counting is seldom needed.
    if text.len() > limits.text && text.chars().count() > limits.text {
        return Err(ReadError::TooLarge {
            what: "文本",
            limit: format!("{} 字", limits.text),
        });
    }
    let paged = text.contains('\u{C}');
    let (mut page, mut number) = (1, 1);
    let mut runs = Vec::new();
    for Line {
        text,
        ends_page,
        counts,
    } in Lines(text)
    {
        if !text.trim().is_empty() {
            if runs.len() == limits.lines {
                return Err(ReadError::TooLarge {
                    what: "文本的行数",
                    limit: format!("{} 行", limits.lines),
                });
            }
            runs.push(Run {
                text: text.to_owned(),
                bold: false,
                place: Some(Place {
                    page: paged.then_some(page),
                    line: Some(number),
                    ..Place::default()
                }),
            });
        }
        page += u32::from(ends_page);
        number += u32::from(counts);
    }
    let blocks = if runs.is_empty() {
        Vec::new()
    } else {
        vec![Block::Paragraph(runs)]
    };
    Ok(Content {
        title: String::new(),
        blocks,
        ..Content::default()
    })
}

/// A line without its end.
struct Line<'a> {
    text: &'a str,
    /// Whether a form feed ended it.
    ends_page: bool,
    /// Whether the next line has another number: a form feed right before a line end, or at the
    /// beginning of a line as `pdftotext` writes it, adds none.
    counts: bool,
}

/// Cuts at `\n`, `\r\n`, `\r`, U+2028, U+2029 and form feeds.
struct Lines<'a>(&'a str);

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let text = self.0;
        if text.is_empty() {
            return None;
        }
        let bytes = text.as_bytes();
        let end = |(at, byte): (usize, &u8)| match byte {
            b'\n' | 0x0C => Some((at, 1)),
            b'\r' => Some((at, 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')))),
            0xE2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9])) => Some((at, 3)),
            _ => None,
        };
        let (at, length) = bytes
            .iter()
            .enumerate()
            .find_map(end)
            .unwrap_or((text.len(), 0));
        let ends_page = bytes.get(at) == Some(&0x0C);
        self.0 = text.get(at + length..).unwrap_or("");
        Some(Line {
            text: text.get(..at).unwrap_or(""),
            ends_page,
            counts: !ends_page,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as `page:line:text`; a page of 0 is none.
    fn check(text: &str, expect: &[&str]) {
        let content = lines(text, &Limits::default()).unwrap();
        let mut found = Vec::new();
        for block in &content.blocks {
            let Block::Paragraph(runs) = block else {
                panic!("{block:?}");
            };
            for run in runs {
                let place = run.place.unwrap();
                let (page, line) = (place.page.unwrap_or(0), place.line.unwrap());
                found.push(format!("{page}:{line}:{}", run.text));
            }
        }
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn lines_keep_their_numbers_and_spaces() {
        check("", &[]);
        check(" \n\u{3000}\n", &[]);
        check("a\n\n  b | c\t", &["0:1:a", "0:3:  b | c\t"]);
        check(
            "a\r\nb\rc\u{2028}d\u{2029}e",
            &["0:1:a", "0:2:b", "0:3:c", "0:4:d", "0:5:e"],
        );
        check("“一”\n…\n", &["0:1:“一”", "0:2:…"]);
    }

    #[test]
    fn form_feeds_begin_pages() {
        check(
            "a\n-1-\n\u{C}b\nc\n\u{C}",
            &["1:1:a", "1:2:-1-", "2:3:b", "2:4:c"],
        );
        check("a\u{C}\nb", &["1:1:a", "2:2:b"]);
    }

    #[test]
    fn too_much_is_refused() {
        let limits = Limits {
            text: 10,
            lines: 3,
            ..Limits::default()
        };
        let check = |text: &str, fits: bool| {
            assert_eq!(lines(text, &limits).is_ok(), fits, "{text}");
        };
        check("一二三四五六七八九十", true);
        check("一二三四五六七八九十一", false);
        check("1\n2\n3\n", true);
        check("1\n2\n3\n4", false);
    }

    #[test]
    fn the_samples_are_read() {
        let root = std::env::var("GONGKAI_SHARED")
            .unwrap_or_else(|_| format!("{}/../../../shared", env!("CARGO_MANIFEST_DIR")));
        let Ok(folder) = std::fs::read_dir(format!("{root}/reports")) else {
            eprintln!("SKIPPED: no sample reports in {root}/reports; set GONGKAI_SHARED");
            return;
        };
        let mut seen = 0;
        for entry in folder {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|end| end != "txt") {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let content = read(&bytes, &Limits::default()).unwrap();
            let [Block::Paragraph(runs)] = content.blocks.as_slice() else {
                panic!("{path:?}");
            };
            // Places lead back to the line of the file.
            let source = String::from_utf8(bytes).unwrap();
            let source: Vec<&str> = source.lines().collect();
            if !source
                .iter()
                .any(|line| line.contains(['\u{C}', '\u{2028}', '\r']))
            {
                for run in runs {
                    let line = run.place.unwrap().line.unwrap() as usize;
                    assert_eq!(source.get(line - 1), Some(&run.text.as_str()), "{path:?}");
                }
            }
            seen += 1;
        }
        assert!(seen > 0);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>) {
            let _ = read(&bytes, &Limits::default());
        }
    }
}
