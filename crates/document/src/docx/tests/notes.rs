//! Comments put into files.

use std::io::{Cursor, Read as _};

use content::{Block, Place};
use zip::ZipArchive;

use super::{W, file, p, pack, proptest, sample, shared, tc};
use crate::docx::{Annotation, annotate, read, write};
use crate::ooxml::xml::{Node, Xml};
use crate::{Limits, ReadError};

fn note(place: Place, quote: &str) -> Annotation {
    Annotation {
        place,
        quote: quote.into(),
        author: "公开<检查>".into(),
        text: "合计应为 5\n请核对".into(),
    }
}

fn line(line: u32) -> Place {
    Place {
        line: Some(line),
        ..Place::default()
    }
}

fn cell(table: u32, row: u32, column: u32) -> Place {
    Place {
        table: Some(table),
        row: Some(row),
        column: Some(column),
        ..Place::default()
    }
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        parts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    parts
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut parts = parts(bytes).into_iter();
    let found = parts.find(|(stored, _)| stored == name);
    found.map(|(_, text)| text).unwrap_or_default()
}

/// The words of the text that each comment stands at, by the number of the comment.
fn marked(document: &str) -> Vec<(String, String)> {
    let mut xml = Xml::new(document, 200);
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut in_text = false;
    loop {
        match xml.next().unwrap() {
            Node::Open(element) => {
                let id = crate::ooxml::xml::attribute(&element, "id").unwrap_or_default();
                in_text = element.local_name().into_inner() == "t";
                match element.local_name().into_inner() {
                    "commentRangeStart" => {
                        open.push(found.len());
                        found.push((id, String::new()));
                    }
                    "commentRangeEnd" => open.retain(|index| found[*index].0 != id),
                    _ => {}
                }
            }
            Node::Text(text) if in_text => {
                for index in &open {
                    found[*index].1.push_str(&text);
                }
            }
            Node::Text(_) => {}
            Node::Close => in_text = false,
            Node::End => {
                assert!(open.is_empty());
                return found;
            }
        }
    }
}

/// Annotates, and checks what must always hold.
fn annotated(original: &[u8], notes: &[Annotation]) -> Vec<u8> {
    let limits = Limits::default();
    let bytes = annotate(original, notes).unwrap();
    assert_eq!(bytes, annotate(original, notes).unwrap());
    let mut before = read(original, &limits).unwrap();
    let mut after = read(&bytes, &limits).unwrap();
    // Runs that were split are one again; only where they were of one kind anyway.
    for content in [&mut before, &mut after] {
        for block in &mut content.blocks {
            if let Block::Heading { runs, .. } | Block::Paragraph(runs) = block {
                runs.retain(|run| !run.text.is_empty());
            }
        }
    }
    assert_eq!(before, after);
    let parts = parts(&bytes);
    for (name, text) in parts.iter().filter(|(name, _)| !name.ends_with('/')) {
        let mut xml = Xml::new(text, 200);
        while !matches!(xml.next().unwrap(), Node::End) {}
        assert!(!text.is_empty(), "{name}");
    }
    // Each comment has its start, its end, its reference and its text.
    let document = part(&bytes, "word/document.xml");
    for mark in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
        assert!(document.matches(mark).count() >= notes.len(), "{mark}");
    }
    bytes
}

fn texts(bytes: &[u8]) -> Vec<String> {
    let marked = marked(&part(bytes, "word/document.xml"));
    marked.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn a_comment_stands_at_the_words() {
    let body = "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"3\"/></w:rPr><w:t>进驻率 93</w:t></w:r>\
        <w:hyperlink><w:r><w:t>.36&amp;%</w:t><w:tab/><w:t>其中</w:t></w:r></w:hyperlink><w:r><w:t>末</w:t></w:r></w:p>";
    let original = file(body, &[]);
    let at = |quote: &str| texts(&annotated(&original, &[note(line(1), quote)]))[0].clone();
    assert_eq!(at("93.36"), "93.36");
    assert_eq!(at("93.36&% 其"), "93.36&%其");
    assert_eq!(at("&"), "&");
    assert_eq!(at("末"), "末");
    assert_eq!(at("进驻率"), "进驻率");
    assert_eq!(at("率93.36&%其中末"), "率 93.36&%其中末");
    assert_eq!(at("没有"), "进驻率 93.36&%其中末");
    assert_eq!(at(""), "进驻率 93.36&%其中末");

    let bytes = annotated(&original, &[note(line(1), "93.36")]);
    let document = part(&bytes, "word/document.xml");
    // The halves of a run keep its ways, and the space at the cut is kept.
    assert!(document.contains(
        "<w:r><w:rPr><w:sz w:val=\"3\"/></w:rPr><w:t xml:space=\"preserve\">进驻率 </w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:rPr><w:sz w:val=\"3\"/></w:rPr><w:t xml:space=\"preserve\">93</w:t></w:r>"
    ), "{document}");
    let comments = part(&bytes, "word/comments.xml");
    assert!(comments.contains("w:author=\"公开&lt;检查&gt;\""));
    assert!(comments.contains("请核对") && comments.matches("<w:p>").count() == 2);
    assert!(part(&bytes, "word/_rels/document.xml.rels").contains("/relationships/comments"));
    assert!(part(&bytes, "[Content_Types].xml").contains("/word/comments.xml"));
}

#[test]
fn many_comments_in_one_run() {
    let original = file(&p("甲 3 件，乙 4 件，共 9 件。"), &[]);
    let quotes = [
        "共 9 件",
        "甲3件",
        "3件，乙4",
        "。",
        "甲 3 件，乙 4 件，共 9 件。",
        "乙",
    ];
    let notes = quotes.map(|quote| note(line(1), quote));
    let mut found = texts(&annotated(&original, &notes));
    let mut expect = [
        "共 9 件",
        "甲 3 件",
        "3 件，乙 4",
        "。",
        "甲 3 件，乙 4 件，共 9 件。",
        "乙",
    ]
    .map(String::from)
    .to_vec();
    found.sort();
    expect.sort();
    assert_eq!(found, expect);
}

#[test]
fn cells_lines_and_nowhere() {
    let table = |figure: &str| {
        format!(
            "<w:tbl><w:tr>{}{}<w:tc><w:p w:rsid=\"1\"/></w:tc></w:tr></w:tbl>",
            tc("<w:gridSpan w:val=\"2\"/>", "项"),
            tc("", figure)
        )
    };
    let body = [p("共 5 件"), table("5"), p("另 5 件"), table("7")].concat();
    let original = file(&body, &[]);
    let order = |note: Annotation| {
        let bytes = annotated(&original, &[note]);
        let document = part(&bytes, "word/document.xml");
        let before = document.split("<w:commentRangeStart").next().unwrap();
        let text: String = texts(&bytes).remove(0);
        (before.matches("<w:t>").count(), text)
    };
    assert_eq!(order(note(cell(1, 1, 3), "5")).1, "5");
    assert_eq!(order(note(cell(2, 1, 3), "9")), (5, "7".into()));
    assert_eq!(order(note(cell(2, 1, 4), "")), (6, String::new()));
    assert_eq!(order(note(cell(2, 1, 4), "项")), (6, String::new()));
    // A row without a column is searched for the words.
    let row = Place {
        column: None,
        ..cell(2, 1, 1)
    };
    assert_eq!(order(note(row, "7")).1, "7");
    assert_eq!(order(note(line(2), "5")).1, "5");
    assert_eq!(order(note(Place::default(), "另")).1, "另");
    // Lost places: the words anywhere, else the first paragraph.
    assert_eq!(order(note(line(9), "另 5")).1, "另 5");
    assert_eq!(order(note(cell(9, 9, 9), "")), (0, "共 5 件".into()));
}

#[test]
fn many_comments_in_many_lines() {
    let body: String = (0..20_000).map(|at| p(&format!("第 {at} 行"))).collect();
    let original = file(&body, &[]);
    let start = std::time::Instant::now();
    let notes: Vec<Annotation> = (0..1_003)
        .map(|at| match at % 2 {
            0 => note(Place::default(), &format!("第{}行", 19_999 - at)),
            _ => note(line(20_000 - at), "行"),
        })
        .collect();
    let bytes = annotate(&original, &notes).unwrap();
    let found = texts(&bytes);
    // Those that are left out are told, and the rest is there.
    assert_eq!(found.len(), 1_001);
    assert_eq!(found[0], "第 0 行");
    assert!(found.contains(&"第 19999 行".to_owned()));
    let comments = part(&bytes, "word/comments.xml");
    assert_eq!(comments.matches("<w:comment ").count(), 1_001);
    assert!(comments.contains("另有 3 条没有写入"));
    assert!(
        start.elapsed() < std::time::Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn comments_of_others_are_kept() {
    let comments = format!(
        "<w:comments {W}><w:comment w:id=\"4\" w:author=\"甲\"><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let body = "<w:p><w:commentRangeStart w:id=\"4\"/><w:r><w:t>共 5 件</w:t></w:r><w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r></w:p>";
    let original = file(body, &[("comments", &comments)]);
    let bytes = annotated(&original, &[note(line(1), "5 件")]);
    let found = marked(&part(&bytes, "word/document.xml"));
    assert_eq!(
        found,
        [("4".into(), "共 5 件".into()), ("5".into(), "5 件".into())]
    );
    let comments = part(&bytes, "word/comments.xml");
    assert!(comments.contains("旧") && comments.contains("w:id=\"5\""));
    // Once more, on top.
    let again = annotated(&bytes, &[note(line(1), "共")]);
    assert!(part(&again, "word/comments.xml").contains("w:id=\"6\""));
    let none = file(body, &[("comments", &format!("<w:comments {W}/>"))]);
    let bytes = annotated(&none, &[note(line(1), "")]);
    assert!(part(&bytes, "word/comments.xml").ends_with("</w:comment></w:comments>"));
}

#[test]
fn other_prefixes_encodings_and_boxes() {
    // No prefix at all, another encoding, and nothing that lists relations.
    let text = "<?xml version=\"1.0\" encoding=\"GBK\"?>\n<document xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><body><p><r><t>共 5 件</t></r></p></body></document>";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", crate::docx::write::options())
        .unwrap();
    std::io::Write::write_all(&mut zip, &gbk).unwrap();
    let original = zip.finish().unwrap().into_inner();
    let bytes = annotated(&original, &[note(line(1), "5")]);
    assert_eq!(texts(&bytes), ["5"]);
    assert!(
        part(&bytes, "word/document.xml").starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"")
    );
    assert!(
        part(&bytes, "word/_rels/document.xml.rels")
            .contains("purl.oclc.org/ooxml/officeDocument/relationships/comments")
    );
    assert!(
        part(&bytes, "word/comments.xml").contains("purl.oclc.org/ooxml/wordprocessingml/main")
    );

    // A text box cannot hold a comment: the paragraph that holds the box does.
    let boxed = format!(
        "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r><w:r><w:t>外</w:t></w:r></w:p>",
        p("框 3 件")
    );
    let bytes = annotated(&file(&boxed, &[]), &[note(line(2), "3 件")]);
    let document = part(&bytes, "word/document.xml");
    assert!(
        document.find("commentRangeStart") < document.find("txbxContent"),
        "{document}"
    );
    assert!(document.find("commentRangeEnd") > document.find("外"));
}

#[test]
fn nothing_to_say_changes_nothing_and_broken_files_say_why() {
    let original = file(&p("一"), &[]);
    assert_eq!(annotate(&original, &[]).unwrap(), original);
    assert!(matches!(
        annotate(b"PK", &[]),
        Err(ReadError::Damaged { .. })
    ));
    let empty = pack(&[("word/document.xml", "<w:document><w:body/></w:document>")]);
    let notes = [note(line(1), "")];
    assert!(matches!(
        annotate(&empty, &notes),
        Err(ReadError::Damaged { .. })
    ));
}

#[test]
fn the_national_form_with_comments() {
    let Some(original) = shared("template-2021.docx") else {
        return;
    };
    let content = read(&original, &Limits::default()).unwrap();
    let mut notes = Vec::new();
    for table in content.tables() {
        for cell in table.rows.iter().flatten() {
            notes.push(note(cell.place.unwrap(), &cell.text()));
        }
    }
    let bytes = annotated(&original, &notes);
    let (before, after) = (parts(&original), parts(&bytes));
    for (name, text) in before {
        if ![
            "word/document.xml",
            "word/_rels/document.xml.rels",
            "[Content_Types].xml",
        ]
        .contains(&name.as_str())
        {
            assert!(after.contains(&(name, text)));
        }
    }
}

proptest! {
    /// Any words at any place keep the text as it is.
    #[test]
    fn any_comment(lines in proptest::collection::vec(0u32..9, 0..6), from in 0usize..40, length in 0usize..20, row in 0u32..8, column in 0u32..8) {
        let original = write(&sample());
        let plain: Vec<char> = read(&original, &Limits::default()).unwrap().plain().chars().collect();
        let quote: String = plain.iter().skip(from).take(length).collect();
        let mut notes: Vec<Annotation> = lines.into_iter().map(|at| note(line(at), &quote)).collect();
        notes.push(note(cell(1, row, column), ""));
        annotated(&original, &notes);
    }
}
