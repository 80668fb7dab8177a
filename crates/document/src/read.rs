//! Of which kind a file is, and its reader.

use std::borrow::Cow;
use std::io::Cursor;

use content::Content;

use crate::compound::{self, is_compound, is_encrypted};
use crate::{Limits, ReadError, doc, docx, html, pdf, text, xlsx};

/// Kind of a file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text or Markdown.
    Text,
    /// HTML.
    Html,
    /// Word since 2007.
    Docx,
    /// A workbook since 2007.
    Xlsx,
    /// PDF.
    Pdf,
    /// Word 97, WPS, or RTF.
    Doc,
    /// A workbook of Excel 97.
    Xls,
}

/// Reads a file of any kind.
///
/// `name` is its name or path, which decides only where the bytes leave a doubt.
///
/// # Errors
/// Why it could not be read, for people.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::TooLarge {
            what: "文件",
            limit: format!("{} MB", limits.bytes >> 20),
        });
    }
    match kind(name, bytes)? {
        Kind::Text => text::read(bytes, limits),
        Kind::Html => html::read(bytes, limits),
        Kind::Docx => docx::read(bytes, limits),
        Kind::Xlsx | Kind::Xls => xlsx::read(bytes, limits),
        Kind::Pdf => pdf::read(bytes, limits),
        Kind::Doc => doc::read(bytes, limits),
    }
}

/// Bytes at the beginning that may tell the kind.
const HEAD: usize = 1024;

/// Tells the kind by what stands in the file, and by its name only where that leaves a doubt.
///
/// # Errors
/// [`ReadError::Unsupported`], [`ReadError::Encrypted`], [`ReadError::Damaged`] and
/// [`ReadError::UnknownKind`], if the kind is known to be none that can be read.
pub fn kind(name: &str, bytes: &[u8]) -> Result<Kind, ReadError> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let ending = ending(name);
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return packed(&ending, bytes);
    }
    if is_compound(head) {
        return old(&ending, bytes);
    }
    // Some servers put blanks or a mark before it, which every reader forgives.
    let start = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .trim_ascii_start();
    if start.starts_with(b"%PDF-") || ending == "pdf" && find(head, b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    // Many a `.doc` is RTF inside.
    if start.starts_with(b"{\\rtf") {
        return Ok(Kind::Doc);
    }
    for (mark, kind, hint) in OTHERS {
        if start.starts_with(mark) {
            return Err(ReadError::Unsupported { kind, hint });
        }
    }
    if is_html(&ending, head) {
        return Ok(Kind::Html);
    }
    Ok(Kind::Text)
}

/// Beginnings of files that offices send and that hold no text to be read here.
const OTHERS: [(&[u8], &str, &str); 9] = [
    (b"\x89PNG", "图片", PICTURE),
    (b"\xFF\xD8\xFF", "图片", PICTURE),
    (b"GIF8", "图片", PICTURE),
    (b"II*\0", "图片", PICTURE),
    (b"MM\0*", "图片", PICTURE),
    (
        b"MIME-Version:",
        "MHTML 网页存档",
        "请把网页另存为 html 后再检查",
    ),
    (b"Rar!\x1A", "RAR 压缩包", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "7z 压缩包", UNPACK),
    (b"\x1F\x8B\x08", "gzip 压缩包", UNPACK),
];

const PICTURE: &str = "图片里的文字不作猜测，请提供可选中文字的 PDF 或 Word 原件";
const SAVE: &str = "请另存为 docx 后再检查";
const UNPACK: &str = "请解压后检查其中的文件";

/// What follows the last point of a name, in lower case.
fn ending(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match last.rsplit_once('.') {
        Some((_, ending)) => ending.to_ascii_lowercase(),
        None => String::new(),
    }
}

/// A zip file: by its members.
fn packed(ending: &str, bytes: &[u8]) -> Result<Kind, ReadError> {
    let archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            let kind = match ending {
                "docx" => "docx",
                "xlsx" => "xlsx",
                _ => "zip",
            };
            let why = format!("压缩包的目录读不出来（{error}）");
            return Err(ReadError::Damaged { kind, why });
        }
    };
    let holds = |wanted: fn(&str) -> bool| {
        let mut names = archive.file_names().filter_map(Result::ok);
        names.any(|name| wanted(&name))
    };
    if holds(|name| name.starts_with("xl/")) && !holds(|name| name.starts_with("word/")) {
        return Ok(Kind::Xlsx);
    }
    if holds(|name| name.starts_with("word/") || name == "[Content_Types].xml") {
        return Ok(Kind::Docx);
    }
    if holds(|name| name == "OFD.xml") {
        return Err(ReadError::Unsupported {
            kind: "OFD",
            hint: "请用版式阅读软件转换为 PDF 或 Word 后再检查",
        });
    }
    if holds(|name| name == "META-INF/manifest.xml") && holds(|name| name == "content.xml") {
        return Err(ReadError::Unsupported {
            kind: "OpenDocument",
            hint: SAVE,
        });
    }
    if archive.is_empty() {
        return Err(ReadError::UnknownKind);
    }
    Err(ReadError::Unsupported {
        kind: "zip 压缩包",
        hint: UNPACK,
    })
}

/// A compound file: by the names in its directory, which are UTF-16.
fn old(ending: &str, bytes: &[u8]) -> Result<Kind, ReadError> {
    if is_encrypted(bytes) {
        let kind = if ending == "xlsx" { "xlsx" } else { "docx" };
        return Err(ReadError::Encrypted { kind });
    }
    match ending {
        "doc" | "wps" | "dot" => return Ok(Kind::Doc),
        "xls" | "et" => return Ok(Kind::Xls),
        _ => {}
    }
    if compound::holds(bytes, "WordDocument") {
        return Ok(Kind::Doc);
    }
    if compound::holds(bytes, "Workbook") {
        return Ok(Kind::Xls);
    }
    Err(ReadError::UnknownKind)
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some(first) = wanted.first() else {
        return true;
    };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = rest.get(at..).unwrap_or(&[]);
        if rest.starts_with(wanted) {
            return true;
        }
        rest = rest.get(1..).unwrap_or(&[]);
    }
    false
}

/// Whether it is HTML: by a beginning that nothing else has, be it after some lines of another
/// kind; by any tag, if the name says so. Zero bytes are passed over, so that UTF-16 is told too.
fn is_html(ending: &str, head: &[u8]) -> bool {
    let narrow: Cow<'_, [u8]> = if head.contains(&0) {
        head.iter().copied().filter(|byte| *byte != 0).collect()
    } else {
        head.into()
    };
    let begins = |line: &[u8], mark: &[u8]| {
        let start = line.get(..mark.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
    };
    let page = |line: &[u8]| {
        let line = line
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(line)
            .trim_ascii_start();
        let line = line.strip_prefix(b"\xFF\xFE").unwrap_or(line);
        begins(line, b"<!doctype html") || begins(line, b"<html")
    };
    if narrow.split(|byte| *byte == b'\n').any(page) {
        return true;
    }
    let tags = narrow.windows(2);
    let tag = |pair: &[u8]| matches!(pair, [b'<', b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?']);
    match ending {
        "html" | "htm" | "shtml" | "xhtml" | "jsp" | "jspx" | "asp" | "aspx" | "php" => {
            tags.into_iter().any(tag)
        }
        // A piece of a page that somebody pasted.
        "" | "txt" | "-" => {
            let start = narrow.trim_ascii_start();
            [
                &b"<div"[..],
                b"<p>",
                b"<p ",
                b"<table",
                b"<body",
                b"<meta",
                b"<head",
                b"<script",
            ]
            .into_iter()
            .any(|mark| begins(start, mark))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn check(name: &str, bytes: &[u8], expect: Kind) {
        assert_eq!(kind(name, bytes), Ok(expect), "{name}");
    }

    fn refused(name: &str, bytes: &[u8], expect: &str) {
        let message = kind(name, bytes).unwrap_err().to_string();
        assert!(message.contains(expect), "{message}");
    }

    fn zip(members: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for member in members {
            zip.start_file(*member, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(b"x").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn compound(name: &str) -> Vec<u8> {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes);
        let start = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied();
        start.chain([0; 512]).chain(name).collect()
    }

    #[test]
    fn content_comes_before_the_name() {
        check("a.txt", "一、总体情况".as_bytes(), Kind::Text);
        check("a.txt", b"", Kind::Text);
        check("a.md", b"<table>", Kind::Text);
        check("a.txt", b"\xEF\xBB\xBF\r\n <!DOCTYPE html><p>", Kind::Html);
        check("a.txt", b"# source\n<HTML>", Kind::Html);
        check("a.docx", b"<html>", Kind::Html);
        check("", b"<table><tr>", Kind::Html);
        let wide: Vec<u8> = "\u{FEFF}<html>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check("a.html", &wide, Kind::Html);
        check("a.HTML", "<i>一".as_bytes(), Kind::Html);
        check("a.html", "一、总体情况\n1 < 2".as_bytes(), Kind::Text);
        check("a.txt", b"%PDF-1.4", Kind::Pdf);
        check("a.pdf", b"junk%PDF-1.4", Kind::Pdf);
        check(
            "a.doc",
            &zip(&["[Content_Types].xml", "word/document.xml"]),
            Kind::Docx,
        );
        check(
            "a",
            &zip(&["[Content_Types].xml", "xl/workbook.xml"]),
            Kind::Xlsx,
        );
        check("a", &zip(&["[Content_Types].xml", "other.xml"]), Kind::Docx);
        check("a", &compound("WordDocument"), Kind::Doc);
        check("a", &compound("Workbook"), Kind::Xls);
        check("a.wps", &compound("?"), Kind::Doc);
        check("a.doc", b"{\\rtf1", Kind::Doc);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        refused("a.png", b"\x89PNG\r\n", "图片");
        refused("a.zip", &zip(&["a.txt"]), "解压");
        refused("a.ofd", &zip(&["OFD.xml", "Doc_0/Document.xml"]), "OFD");
        refused(
            "a.odt",
            &zip(&["content.xml", "META-INF/manifest.xml"]),
            "OpenDocument",
        );
        refused("a.docx", b"PK\x03\x04broken", "docx 文件已损坏");
        refused("a.docx", &compound("EncryptedPackage"), "已加密");
        refused("a", &compound("?"), "认不出");
    }

    #[test]
    fn a_file_too_large_is_refused_unread() {
        let limits = Limits::default();
        let digits = vec![b'1'; 100 << 20];
        let error = read("a.txt", &digits, &limits).unwrap_err();
        assert_eq!(
            error.to_string(),
            "文件超过上限（20 MB），没有读取；请拆分文件，或确认它是不是年度报告"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_have_a_kind_or_none(name in ".{0,8}", bytes: Vec<u8>) {
            let _ = kind(&name, &bytes);
            let _ = kind(&name, &[b"PK\x03\x04", bytes.as_slice()].concat());
        }
    }
}
