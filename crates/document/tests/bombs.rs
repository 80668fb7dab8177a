//! Files made to exhaust the reader: each ends in a refusal or a bounded result, soon and small.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says so"
)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use content::Content;
use document::{Limits, ReadError, read};
use zip::write::SimpleFileOptions;

/// What a bomb may end in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// A refusal for its size.
    TooLarge,
    /// Any refusal.
    Refused,
    /// A refusal, or a content no larger than the limits.
    Bounded,
}

/// Bombs go off one after another, for the memory that they cost is that of the whole process.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The most memory that this process has had, in MiB; Linux tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib >> 10)
}

/// How long one may take. The promise is for the optimised program; tests of the other kind, beside
/// others on a busy machine, only must not hang.
fn patience() -> Duration {
    Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 })
}

/// Reads a bomb and looks at its end.
fn check(what: &str, name: &str, bytes: &[u8], end: End) {
    let limits = Limits::default();
    let start = Instant::now();
    let result = read(name, bytes, &limits);
    let took = start.elapsed();
    let peak = peak().unwrap_or_default();
    println!("{what}: {took:?}, {} bytes in, {peak} MiB", bytes.len());
    assert!(peak < 512, "{what}: {peak} MiB");
    assert!(took < patience(), "{what}: {took:?}");
    match (result, end) {
        (Err(ReadError::TooLarge { .. }), _) => {}
        (Err(_), End::Refused | End::Bounded) => {}
        (Ok(content), End::Bounded) => assert!(is_bounded(&content, &limits), "{what}"),
        (other, _) => {
            let other = other.map(|content| content.blocks.len());
            panic!("{what}: {other:?}");
        }
    }
}

fn is_bounded(content: &Content, limits: &Limits) -> bool {
    let rows = || content.tables().flat_map(|table| &table.rows);
    rows().all(|row| row.len() <= limits.columns)
        && rows().map(Vec::len).sum::<usize>() <= limits.cells
        && content.plain().chars().count() <= limits.text * 2
}

/// A packed file; a part is made of a head, a piece so many times, and a tail.
fn packed(parts: &[(&str, &str, &str, usize, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, head, piece, times, tail) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(head.as_bytes()).unwrap();
        // Pieces are gathered, for the packer is slow with small ones.
        let per = (1 << 20) / piece.len().max(1) + 1;
        let many = piece.repeat(per);
        for _ in 0..times / per {
            zip.write_all(many.as_bytes()).unwrap();
        }
        zip.write_all(piece.repeat(times % per).as_bytes()).unwrap();
        zip.write_all(tail.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const DOCX: (&str, &str, &str, usize, &str) = (
    "_rels/.rels",
    "<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" \
     Target=\"word/document.xml\"/></Relationships>",
    "",
    0,
    "",
);

/// A Word file whose text is a head, a piece so many times, and a tail.
fn docx(head: &str, piece: &str, times: usize, tail: &str) -> Vec<u8> {
    packed(&[DOCX, ("word/document.xml", head, piece, times, tail)])
}

/// A workbook of one sheet and shared texts.
fn xlsx(sheet: (&str, usize), strings: (&str, &str, usize)) -> Vec<u8> {
    packed(&[
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"a\" r:id=\"a\"/></sheets></workbook>",
            "",
            0,
            "",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"a.xml\"/>\
             <Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"s.xml\"/></Relationships>",
            "",
            0,
            "",
        ),
        (
            "xl/a.xml",
            "<worksheet><sheetData><row>",
            sheet.0,
            sheet.1,
            "</row></sheetData></worksheet>",
        ),
        ("xl/s.xml", strings.0, strings.1, strings.2, "</sst>"),
    ])
}

/// Ten entities, each ten times the one before: a billion laughs.
fn laughs() -> String {
    let mut out = String::from("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for at in 1..10 {
        let inner = format!("&a{};", at - 1).repeat(10);
        write!(out, "<!ENTITY a{at} \"{inner}\">").unwrap();
    }
    out + "]>"
}

#[test]
fn packed_much_into_little() {
    let _alone = alone();
    const MANY: usize = 200 << 20;
    let bytes = docx(
        "<w:document><w:body><w:p><w:r><w:t>",
        "0",
        MANY,
        "</w:t></w:r></w:p></w:body></w:document>",
    );
    check("docx of zeros", "a.docx", &bytes, End::TooLarge);
    check("docx under another name", "a.txt", &bytes, End::TooLarge);
    let bytes = xlsx(("", 0), ("<sst><si><t>", "0", MANY));
    check("xlsx of zeros", "a.xlsx", &bytes, End::TooLarge);
    let part = |name| (name, "<a>", "0", 40 << 20, "</a>");
    let bytes = packed(&[
        DOCX,
        part("word/styles.xml"),
        part("word/numbering.xml"),
        part("word/document.xml"),
    ]);
    check("docx of three large parts", "a.docx", &bytes, End::Bounded);
}

#[test]
fn many_small_things() {
    let _alone = alone();
    const SPACE: usize = 60 << 20;
    let bytes = docx(
        "<w:document><w:body>",
        "<w:p/>",
        SPACE / 6,
        "</w:body></w:document>",
    );
    check("docx of empty paragraphs", "a.docx", &bytes, End::Bounded);
    let bytes = docx(
        "<w:document><w:body><w:p>",
        "<w:r/>",
        SPACE / 6,
        "</w:p></w:body></w:document>",
    );
    check("docx of empty runs", "a.docx", &bytes, End::Bounded);
    let bytes = docx(
        "<w:document><w:body><w:tbl>",
        "<w:tr/>",
        SPACE / 7,
        "</w:tbl></w:body></w:document>",
    );
    check("docx of empty rows", "a.docx", &bytes, End::Bounded);
    let bytes = xlsx(("<c/>", SPACE / 4), ("<sst>", "", 0));
    check("xlsx of empty cells", "a.xlsx", &bytes, End::TooLarge);
    let bytes = xlsx(("", 0), ("<sst>", "<si/>", SPACE / 5));
    check("xlsx of empty texts", "a.xlsx", &bytes, End::TooLarge);
    let bytes = xlsx(
        ("<c t=\"s\"><v>0</v></c>", 900),
        ("<sst><si><t>", "公", 5 << 20),
    );
    check("xlsx of one long text", "a.xlsx", &bytes, End::Refused);
}

#[test]
fn entities_of_entities() {
    let _alone = alone();
    let body = "<w:document><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>";
    let bytes = docx(&laughs(), "", 0, body);
    check("docx of laughs", "a.docx", &bytes, End::Bounded);
    let bytes = xlsx(
        ("<c t=\"s\"><v>0</v></c>", 1),
        (&(laughs() + "<sst><si><t>&a9;</t></si>"), "", 0),
    );
    check("xlsx of laughs", "a.xlsx", &bytes, End::Bounded);
    let page = format!(
        "<!DOCTYPE html>{}<html><body><p>&a9;</p></body></html>",
        laughs()
    );
    check("html of laughs", "a.html", page.as_bytes(), End::Bounded);
}

#[test]
fn deep_nesting() {
    let _alone = alone();
    const DEEP: usize = 1_000_000;
    let bytes = docx("", "<w:a>", DEEP, "");
    check("docx that only opens", "a.docx", &bytes, End::Refused);
    let table = "<w:tbl><w:tr><w:tc>";
    let close = "</w:tc></w:tr></w:tbl>".repeat(1000);
    let bytes = docx(
        "<w:document><w:body>",
        table,
        1000,
        &(close + "</w:body></w:document>"),
    );
    check("docx of tables in tables", "a.docx", &bytes, End::TooLarge);
    let bytes = xlsx(("<c><is>", DEEP), ("<sst>", "", 0));
    check("xlsx that only opens", "a.xlsx", &bytes, End::Refused);
    for tag in [
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<table>",
        "<font><p>",
        "<a href=x>",
        "<svg><p>",
    ] {
        let page = format!(
            "<!DOCTYPE html><html><body>{}公开 131 条",
            tag.repeat(100_000)
        );
        check(
            &format!("html of {tag}"),
            "a.html",
            page.as_bytes(),
            End::Bounded,
        );
    }
    let mut pdf = b"%PDF-1.4\n1 0 obj\n".to_vec();
    pdf.resize(pdf.len() + DEEP, b'[');
    check("pdf of brackets", "a.pdf", &pdf, End::Refused);
}

#[test]
fn wide_tables() {
    let _alone = alone();
    const WIDE: usize = 10_000;
    let cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>";
    let bytes = docx(
        "<w:document><w:body><w:tbl><w:tr>",
        cell,
        WIDE,
        "</w:tr></w:tbl></w:body></w:document>",
    );
    check("docx of columns", "a.docx", &bytes, End::TooLarge);
    let bytes = xlsx(("<c><v>1</v></c>", WIDE), ("<sst>", "", 0));
    check("xlsx of columns", "a.xlsx", &bytes, End::TooLarge);
    let page = |cells: &str| format!("<!DOCTYPE html><html><body><table><tr>{cells}</tr></table>");
    check(
        "html of columns",
        "a.html",
        page(&"<td>1".repeat(WIDE)).as_bytes(),
        End::TooLarge,
    );
    let spans = "<td colspan=65534 rowspan=65534>1".repeat(WIDE / 20);
    check(
        "html of spans",
        "a.html",
        page(&spans).as_bytes(),
        End::Bounded,
    );
    let spans = "<w:tc><w:tcPr><w:gridSpan w:val=\"60000\"/></w:tcPr><w:p/></w:tc>";
    let bytes = docx(
        "<w:document><w:body><w:tbl><w:tr>",
        spans,
        900,
        "</w:tr></w:tbl></w:body></w:document>",
    );
    check("docx of spans", "a.docx", &bytes, End::Bounded);
    let rows = "<tr><td>1<td>2".repeat(300_000);
    check(
        "html of rows",
        "a.html",
        page(&rows).as_bytes(),
        End::TooLarge,
    );
}

/// A Word file with another part that the text points at.
fn docx_with(part: (&str, &str, &str, usize, &str), piece: &str, times: usize) -> Vec<u8> {
    let kind = part.0;
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"x/{kind}\" Target=\"{kind}.xml\"/></Relationships>"
    );
    let name = format!("word/{kind}.xml");
    packed(&[
        DOCX,
        ("word/_rels/document.xml.rels", &relations, "", 0, ""),
        (&name, part.1, part.2, part.3, part.4),
        (
            "word/document.xml",
            "<w:document><w:body>",
            piece,
            times,
            "</w:body></w:document>",
        ),
    ])
}

/// Each look at a name costs its length, or each look for it all names.
#[test]
fn names_looked_at_often() {
    let _alone = alone();
    let styled = "<w:p><w:r><w:pPr><w:pStyle w:val=\"a\"/></w:pPr></w:r></w:p>";
    let style = "<styles><style styleId=\"a\"><name val=\"";
    let part = ("styles", style, "N", 20 << 20, "\"/></style></styles>");
    let bytes = docx_with(part, styled, 400_000);
    check("docx of a long style", "a.docx", &bytes, End::Bounded);
    let mut chain = String::from("<styles>");
    for at in 0..40_000 {
        let name = if at == 0 {
            "a".to_owned()
        } else {
            at.to_string()
        };
        let (id, next) = (name, at + 1);
        write!(
            chain,
            "<style styleId=\"{id}\"><basedOn val=\"{next}\"/></style>"
        )
        .unwrap();
    }
    let part = ("styles", chain.as_str(), "", 0, "</styles>");
    let bytes = docx_with(part, styled, 400_000);
    check("docx of heirs", "a.docx", &bytes, End::Bounded);
    let lists = "<numbering><num numId=\"1\"><abstractNumId val=\"0\"/></num>\
        <abstractNum abstractNumId=\"0\"><lvl ilvl=\"0\"><lvlText val=\"";
    let part = (
        "numbering",
        lists,
        "N",
        8 << 20,
        "\"/></lvl></abstractNum></numbering>",
    );
    let hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:pPr><w:numPr><w:numId w:val=\"1\"/>\
        </w:numPr></w:pPr></w:r></w:p>";
    let bytes = docx_with(part, hidden, 300_000);
    check("docx of a long label", "a.docx", &bytes, End::Bounded);

    // A thousand sheets whose part is stored under another case, among very many parts.
    let (mut sheets, mut relations) = (String::new(), String::new());
    for at in 0..1000 {
        write!(sheets, "<sheet name=\"{at}\" r:id=\"{at}\"/>").unwrap();
        let relation = format!("Id=\"{at}\" Type=\"x/worksheet\" Target=\"A.xml\"");
        write!(relations, "<Relationship {relation}/>").unwrap();
    }
    let names: Vec<String> = (0..60_000).map(|at| format!("{at:x}")).collect();
    let mut parts: Vec<(&str, &str, &str, usize, &str)> = names
        .iter()
        .map(|name| (name.as_str(), "", "", 0, ""))
        .collect();
    let sheets = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    parts.push(("xl/workbook.xml", &sheets, "", 0, ""));
    parts.push(("xl/_rels/workbook.xml.rels", &relations, "", 0, ""));
    parts.push(("xl/a.xml", sheet, "", 0, ""));
    check(
        "xlsx of many parts",
        "a.xlsx",
        &packed(&parts),
        End::Bounded,
    );
    let script = format!("<!DOCTYPE html><script>{}", "=/[".repeat(6 << 20));
    check(
        "html of patterns",
        "a.html",
        script.as_bytes(),
        End::Bounded,
    );
}

#[test]
fn much_text() {
    let _alone = alone();
    let digits = "1234567890".repeat(10 << 20);
    check(
        "100 MB of digits",
        "a.txt",
        digits.as_bytes(),
        End::TooLarge,
    );
    let some = digits.get(..19 << 20).unwrap().to_owned();
    drop(digits);
    check("19 MB of digits", "a.txt", some.as_bytes(), End::TooLarge);
    let page = format!("<!DOCTYPE html><html><body><p>{some}");
    check(
        "19 MB of digits in html",
        "a.html",
        page.as_bytes(),
        End::TooLarge,
    );
    check(
        "lines",
        "a.txt",
        "1\n".repeat(9 << 20).as_bytes(),
        End::TooLarge,
    );
    check(
        "bars",
        "a.txt",
        "|".repeat(8 << 20).as_bytes(),
        End::Bounded,
    );
    check(
        "form feeds",
        "a.txt",
        "1\u{c}".repeat(4 << 20).as_bytes(),
        End::Bounded,
    );
    check("zeros", "a.txt", &vec![0; 19 << 20], End::Refused);
    check("lead bytes", "a.txt", &vec![0x81; 19 << 20], End::Bounded);
}

#[test]
fn hostile_files_for_converters() {
    let _alone = alone();
    let mut pdf = b"%PDF-1.7\n".to_vec();
    pdf.resize(19 << 20, 0);
    check("pdf of zeros", "a.pdf", &pdf, End::Refused);
    // A page that is its own parent, and a count that is not.
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999/Parent 2 0 R>>endobj\n\
        trailer<</Root 1 0 R/Size 3>>";
    check("pdf of itself", "a.pdf", pdf, End::Bounded);
    // Two bytes stand for 128 of the pairs that stand for 128 spaces each: gigabytes of nothing.
    let mut pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n\
        4 0 obj<</Length 2000000/Filter[/RunLengthDecode/RunLengthDecode]>>stream\n"
        .to_vec();
    pdf.extend(b"\x81\x81\x81\x20".repeat(500_000));
    pdf.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>");
    check("pdf of spaces", "a.pdf", &pdf, End::Refused);
    let mut doc = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    doc.resize(2 << 20, 0xFF);
    check("doc of nothing", "a.doc", &doc, End::Bounded);
}
