//! Whole files: read, written, read again.

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use content::{Align, Block, Cell, Content, Place, Run, Table};
use proptest::prelude::*;
use zip::ZipWriter;

use super::write::options;
use super::{read, write};
use crate::{Limits, ReadError};

mod notes;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

pub(super) fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, options()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A file with a body, and other parts beside it that it points at.
pub(super) fn file(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let mut relations = String::from("<Relationships>");
    let mut parts = vec![("word/document.xml".to_owned(), document)];
    for (name, text) in others {
        relations.push_str(&format!(
            "<Relationship Id=\"r{name}\" Type=\"http://x/{name}\" Target=\"{name}.xml\"/>"
        ));
        parts.push((format!("word/{name}.xml"), (*text).to_owned()));
    }
    relations.push_str("</Relationships>");
    parts.push(("word/_rels/document.xml.rels".to_owned(), relations));
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    pack(&parts)
}

fn content(body: &str) -> Content {
    read(&file(body, &[]), &Limits::default()).unwrap()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(ways: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{ways}</w:tcPr>{}</w:tc>", p(text))
}

/// Text of the cells with their spans, row by row.
fn cells(table: &Table) -> Vec<Vec<(String, u16, u16)>> {
    let cell = |cell: &Cell| (cell.text(), cell.rowspan, cell.colspan);
    let rows = table.rows.iter();
    rows.map(|row| row.iter().map(cell).collect()).collect()
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("GONGKAI_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let bytes = std::fs::read(root.join("reports").join(name)).ok();
    if bytes.is_none() {
        eprintln!("SKIPPED: {name} is not in the folder of shared samples");
    }
    bytes
}

#[test]
fn text_of_paragraphs() {
    let body = r#"
        <w:p><w:r><w:t>收到</w:t></w:r><w:r><w:t xml:space="preserve"> 4</w:t></w:r><w:r><w:t>2&lt;件</w:t></w:r></w:p>
        <w:p><w:r><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:noBreakHyphen/><w:t>1</w:t><w:sym w:char="F0A7"/></w:r></w:p>
        <w:p/>
        <w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>
            <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>
            <w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>
            <w:r><w:fldChar w:fldCharType="begin"/><w:instrText>SUM</w:instrText></w:r>
            <w:sdt><w:sdtPr><w:alias w:val="x"/><w:t>没有</w:t></w:sdtPr><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>
            <w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>
        <w:sdt><w:sdtContent><w:p><w:r><w:t>块</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    assert_eq!(
        content(body).plain(),
        "收到 42<件\n\t甲\n乙-1\n新链7控字\n块\n"
    );
}

#[test]
fn runs_of_one_kind_are_one_and_lines_are_counted() {
    let body = r#"<w:p/><w:p><w:r><w:t>共</w:t></w:r><w:r><w:t>12</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>条</w:t></w:r>
        <w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>。</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>"#;
    let content = content(body);
    let run = |text: &str, bold, line| Run {
        text: text.into(),
        bold,
        place: Some(Place {
            line: Some(line),
            ..Place::default()
        }),
    };
    assert_eq!(
        content.blocks,
        [
            Block::Paragraph(vec![
                run("共12", false, 1),
                run("条", true, 1),
                run("。", false, 1)
            ]),
            Block::Paragraph(vec![run("二", false, 2)]),
        ]
    );
}

#[test]
fn alternatives_and_boxes() {
    let body = format!(
        r#"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:posOffset>99</wp:posOffset><wps:txbx><w:txbxContent>{box_}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>
        <mc:Fallback><w:pict><v:textbox><w:txbxContent>{box_}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:t>备用</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
        box_ = p("框内 3 件"),
    );
    assert_eq!(content(&body).plain(), "正文\n框内 3 件\n备用\n");
}

#[test]
fn figures_that_must_not_join() {
    let body = r#"<w:p><w:r><w:t>收到12</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1注</w:t></w:r><w:r><w:t>件，</w:t></w:r>
        <m:oMath><m:f><m:num><m:r><m:t>73</m:t></m:r></m:num><m:den><m:r><m:t>78</m:t></m:r></m:den></m:f></m:oMath></w:p>"#;
    assert_eq!(content(body).plain(), "收到12¹注件，73/78\n");
}

#[test]
fn a_deleted_end_joins_paragraphs() {
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>{}{}",
        p("后"),
        p("末")
    );
    assert_eq!(content(&body).plain(), "前后\n末\n");
}

#[test]
fn headings_numbering_and_contents() {
    let styles = r#"<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:styleId="t"><w:name w:val="toc 1"/></w:style></w:styles>"#;
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let styled = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        styled("t", "一、总体情况 1"),
        styled("1", "总体情况"),
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>主动公开</w:t></w:r></w:p>".into(),
        styled("1", "其他"),
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>附</w:t></w:r></w:p>".into(),
        "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>节</w:t></w:r></w:p>".into(),
    ]
    .concat();
    let bytes = file(&body, &[("styles", styles), ("numbering", numbering)]);
    let content = read(&bytes, &Limits::default()).unwrap();
    let found: Vec<(u8, String)> = content
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, runs } => (*level, runs[0].text.clone()),
            Block::Paragraph(runs) => (0, runs[0].text.clone()),
            Block::Table(_) => (99, String::new()),
        })
        .collect();
    let expect = [
        (1, "一、总体情况"),
        (0, "（一）主动公开"),
        (1, "二、其他"),
        (1, "附"),
        (2, "节"),
    ];
    assert_eq!(found, expect.map(|(level, text)| (level, text.to_owned())));
}

#[test]
fn merged_cells() {
    let body = format!(
        "{}<w:tbl><w:tblGrid/><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr>
        <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
        p("前"),
        tc("<w:vMerge w:val=\"restart\"/>", "项"),
        tc("<w:gridSpan w:val=\"2\"/>", "数"),
        tc("<w:vMerge/>", ""),
        tc("<w:hMerge w:val=\"restart\"/>", "并"),
        tc("<w:hMerge/>", ""),
        tc("<w:vMerge/>", "孤"),
        tc("<w:vMerge w:val=\"continue\"/>", "5"),
        tc("", "删"),
    );
    let content = content(&body);
    let table = content.tables().next().unwrap();
    let text = |text: &str, rows, columns| (text.to_owned(), rows, columns);
    assert_eq!(
        cells(table),
        [
            vec![text("项", 2, 1), text("数", 1, 2)],
            vec![text("并", 1, 2)],
            vec![text("", 1, 1), text("孤", 1, 1), text("5", 1, 1)],
        ]
    );
    assert_eq!(table.grid().unwrap().width, 3);
    let place = |row, column| Place {
        table: Some(1),
        row: Some(row),
        column: Some(column),
        ..Place::default()
    };
    assert_eq!(table.rows[1][0].place, Some(place(2, 2)));
    assert_eq!(table.rows[2][2].runs[0].place, Some(place(3, 3)));
}

#[test]
fn cells_of_many_paragraphs_and_frames() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "1"), tc("", "2"));
    let many = format!("<w:tc>{}<w:p/>{}{inner}<w:p/></w:tc>", p("甲"), p("乙"));
    let table = format!("<w:tbl><w:tr>{many}{}</w:tr></w:tbl>", tc("", "3"));
    let content = content(&table);
    let read = cells(content.tables().next().unwrap());
    assert_eq!(read[0][0].0, "甲\n乙\n1\n2");
    // A table that only frames others is looked through.
    let framed = format!(
        "<w:tbl><w:tr><w:tc>{}{table}{inner}</w:tc></w:tr></w:tbl>",
        p("题")
    );
    let content = self::content(&framed);
    assert_eq!(content.blocks.len(), 3);
    let second = content.tables().nth(1).unwrap();
    assert_eq!(second.rows[0][1].place.unwrap().table, Some(2));
}

#[test]
fn pages() {
    let turned = "<w:lastRenderedPageBreak/>";
    let row = format!(
        "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r><w:r>{turned}<w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>{turned}<w:t>c</w:t></w:r></w:p></w:tc></w:tr>"
    );
    let body = format!(
        "{}<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p><w:r>{turned}<w:t>二</w:t></w:r></w:p><w:tbl>{row}</w:tbl>{}",
        p("一"),
        p("三"),
    );
    let content = content(&body);
    let mut pages = Vec::new();
    for block in &content.blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph(runs) => {
                pages.push(runs[0].place.unwrap().page)
            }
            Block::Table(table) => {
                let runs = table.rows[0].iter().flat_map(|cell| &cell.runs);
                pages.extend(runs.map(|run| run.place.unwrap().page));
            }
        }
    }
    assert_eq!(pages, [1, 2, 2, 3, 3, 3].map(Some));
    let unknown = self::content(&format!(
        "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>{}",
        p("一")
    ));
    assert!(
        matches!(&unknown.blocks[0], Block::Paragraph(runs) if runs[0].place.unwrap().page.is_none())
    );
}

#[test]
fn footnotes() {
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote><w:footnote w:id=\"1\">{}</w:footnote></w:footnotes>",
        p("线"),
        p("含下属单位 3 件。"),
    );
    let body = "<w:p><w:r><w:t>共</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>";
    let bytes = file(body, &[("footnotes", &notes)]);
    let content = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(content.plain(), "共\n含下属单位 3 件。\n");
}

#[test]
fn the_text_under_another_name() {
    let document = format!(
        "<d:document><d:body>{}</d:body></d:document>",
        p("一").replace("w:", "d:")
    );
    let relations = "<Relationships><Relationship Id=\"1\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/Doc/Main.xml\"/></Relationships>";
    let by_relation = pack(&[("_rels/.rels", relations), ("doc/main.xml", &document)]);
    let types = "<Types><Override PartName=\"/a/b.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let by_type = pack(&[("[Content_Types].xml", types), ("a/b.xml", &document)]);
    let by_name = pack(&[("word\\document.xml", &document)]);
    for bytes in [by_relation, by_type, by_name] {
        assert_eq!(read(&bytes, &Limits::default()).unwrap().plain(), "一\n");
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let limits = Limits::default();
    let why = |bytes: &[u8]| read(bytes, &limits).unwrap_err();
    let is_damaged = |bytes: &[u8]| assert!(matches!(why(bytes), ReadError::Damaged { .. }));
    is_damaged(b"PK\x03\x04");
    is_damaged(b"");
    is_damaged(&pack(&[("a.txt", "")]));
    is_damaged(&pack(&[("word/document.xml", "<w:styles/>")]));
    is_damaged(&pack(&[("word/document.xml", "<w:document><w:body>")]));
    let whole = file(&p("一"), &[]);
    is_damaged(&whole[..whole.len() / 2]);

    let unsupported = |body: &str, word: &str| {
        let error = why(&file(body, &[]));
        assert!(matches!(error, ReadError::Unsupported { .. }), "{error:?}");
        assert!(error.to_string().contains(word), "{error}");
    };
    unsupported(
        "<w:p><w:r><w:drawing><a:blip r:embed=\"1\"/></w:drawing></w:r></w:p>",
        "图片",
    );
    unsupported("<w:altChunk r:id=\"1\"/>", "片段");
    assert_eq!(content("<w:p/>"), Content::default());

    let mut ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    is_damaged(&ole);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(why(&ole), ReadError::Encrypted { kind: "docx" });
}

#[test]
fn bounds() {
    let too_large = |body: &str, limits: Limits| {
        let error = read(&file(body, &[]), &limits).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { .. }), "{error:?}");
    };
    let limits = Limits::default;
    too_large(&"<w:sdt>".repeat(300), limits());
    too_large(
        &format!(
            "<w:tbl><w:tr>{}</w:tr></w:tbl>",
            tc("<w:gridSpan w:val=\"4294967295\"/>", "")
        ),
        limits(),
    );
    too_large(
        &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", "").repeat(20)),
        Limits {
            columns: 10,
            ..limits()
        },
    );
    too_large(
        &format!(
            "<w:tbl>{}</w:tbl>",
            format!("<w:tr>{}</w:tr>", tc("", "")).repeat(20)
        ),
        Limits {
            cells: 10,
            ..limits()
        },
    );
    too_large(
        &p("一二三四"),
        Limits {
            text: 3,
            ..limits()
        },
    );
    too_large(
        &p(&"9".repeat(100_000)),
        Limits {
            unpacked: 50_000,
            ..limits()
        },
    );
    too_large(&"<w:p/>".repeat(600_000), limits());
    // References that expand to references are not expanded.
    let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    let bytes = pack(&[("word/document.xml", laughs)]);
    assert_eq!(read(&bytes, &limits()).unwrap().plain(), "&b;\n");
}

/// A table like the third one of the form: groups over rows, groups over columns.
fn sample() -> Content {
    let head = |text: &str, rowspan, colspan| Cell {
        rowspan,
        colspan,
        header: true,
        align: Align::Center,
        ..Cell::new(text)
    };
    let label = |text: &str| Cell {
        header: true,
        indent: 1,
        ..Cell::new(text)
    };
    let figure = |text: &str| Cell {
        align: Align::End,
        ..Cell::new(text)
    };
    let mut content = Content::titled("某县水务局 2023 年政府信息公开工作年度报告");
    content.heading(1, "一、总体情况");
    content.paragraph("全年收到申请 3 件，<其中>自然人 2 件。");
    content.heading(2, "（一）依申请公开");
    content.blocks.push(Block::Table(Table {
        caption: Some("办理情况".into()),
        rows: vec![
            vec![head("项目", 3, 3), head("申请人情况", 1, 4)],
            vec![head("自然人", 2, 1), head("法人", 1, 2), head("总计", 2, 1)],
            vec![head("企业", 1, 1), head("其他", 1, 1)],
            vec![
                head("一、新收", 1, 3),
                figure("2"),
                figure("1"),
                figure(""),
                figure("3"),
            ],
            vec![
                head("三、结果", 2, 1),
                head("（一）\n不予", 2, 1),
                label("1.国家秘密"),
                figure("0"),
                figure("0"),
                figure("0"),
                figure("0"),
            ],
            vec![
                label("2.其他"),
                figure("1"),
                figure("0"),
                figure("0"),
                figure("1"),
            ],
        ],
    }));
    content
}

#[test]
fn written_and_read_again() {
    let content = sample();
    let bytes = write(&content);
    assert_eq!(bytes, write(&content));
    let again = read(&bytes, &Limits::default()).unwrap();
    let (before, after) = (
        content.tables().next().unwrap(),
        again.tables().next().unwrap(),
    );
    assert_eq!(cells(before), cells(after));
    assert_eq!(before.grid().unwrap(), after.grid().unwrap());
    for (before, after) in before
        .rows
        .iter()
        .flatten()
        .zip(after.rows.iter().flatten())
    {
        assert_eq!(before.align, after.align);
    }
    assert!(after.rows[2].iter().all(|cell| cell.header) && !after.rows[3][1].header);
    assert_eq!(again.plain(), content.plain());
    assert!(matches!(&again.blocks[1], Block::Heading { level: 1, .. }));
    assert!(matches!(&again.blocks[3], Block::Heading { level: 2, .. }));
    // Two tables in a row stay two, and one that tiles nothing is written as it comes.
    let mut two = Content::default();
    let wide = Cell {
        colspan: 2,
        rowspan: 9,
        ..Cell::new("宽")
    };
    let ragged = Table {
        caption: None,
        rows: vec![vec![wide], vec![Cell::new("a"), Cell::new("b")], vec![]],
    };
    two.blocks = vec![
        Block::Table(before.clone()),
        Block::Table(ragged),
        Block::Table(Table::default()),
    ];
    let again = read(&write(&two), &Limits::default()).unwrap();
    assert_eq!(again.tables().count(), 2);
    assert_eq!(again.tables().nth(1).unwrap().rows[1][1].text(), "b");
}

#[test]
fn lines_of_a_text_are_written_as_paragraphs() {
    let line = |text: &str, line| Run {
        place: Some(Place {
            line: Some(line),
            ..Place::default()
        }),
        ..Run::new(text)
    };
    let runs = vec![
        line("一、", 1),
        line("总体", 1),
        line("共 3\u{0}\u{B}件\t。", 4),
    ];
    let content = Content {
        blocks: vec![Block::Paragraph(runs)],
        ..Content::default()
    };
    let again = read(&write(&content), &Limits::default()).unwrap();
    assert_eq!(again.plain(), "一、总体\n共 3件\t。\n");
}

#[test]
fn the_national_form() {
    let Some(bytes) = shared("template-2021.docx") else {
        return;
    };
    let content = read(&bytes, &Limits::default()).unwrap();
    let tables: Vec<&Table> = content.tables().collect();
    assert_eq!(tables.len(), 3);
    for table in &tables {
        table.grid().unwrap();
    }
    let sizes: Vec<(usize, usize)> = tables
        .iter()
        .map(|table| (table.rows.len(), table.grid().unwrap().width))
        .collect();
    assert_eq!(sizes, [(14, 4), (28, 10), (4, 15)]);
    // Again after writing.
    let again = read(&write(&content), &Limits::default()).unwrap();
    for (before, after) in content.tables().zip(again.tables()) {
        assert_eq!(cells(before), cells(after));
    }
}

proptest! {
    /// Any bytes, packed or not, in any part give content or an error.
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200), part in 0usize..4) {
        let _ = read(&bytes, &Limits::default());
        let text = String::from_utf8_lossy(&bytes);
        let mut parts = [("styles", "<a/>"), ("numbering", "<a/>"), ("footnotes", "<a/>")];
        let body = if part == 3 { text.as_ref() } else {
            parts[part].1 = &text;
            "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:footnoteReference/></w:r></w:p>"
        };
        let _ = read(&file(body, &parts), &Limits::default());
    }

    /// Whatever cells are merged, the same cells are read again.
    #[test]
    fn any_merged_cells(merges in proptest::collection::vec((0usize..6, 0usize..6, 1usize..4, 1usize..4), 0..8)) {
        // Rectangles are laid while they fit, what is left is filled with single cells.
        let mut taken = [[false; 6]; 6];
        let mut rows: Vec<Vec<(usize, Cell)>> = vec![Vec::new(); 6];
        let single = (0..36).map(|at| (at / 6, at % 6, 1, 1));
        for (number, (y, x, rows_covered, columns)) in merges.into_iter().chain(single).enumerate() {
            let places = || (y..y + rows_covered).flat_map(|y| (x..x + columns).map(move |x| (y, x)));
            if places().any(|(y, x)| y > 5 || x > 5 || taken[y][x]) {
                continue;
            }
            places().for_each(|(y, x)| taken[y][x] = true);
            let cell = Cell {
                rowspan: rows_covered as u16,
                colspan: columns as u16,
                ..Cell::new(number.to_string())
            };
            rows[y].push((x, cell));
        }
        for row in &mut rows {
            row.sort_by_key(|(x, _)| *x);
        }
        let rows = rows.into_iter().map(|row| row.into_iter().map(|(_, cell)| cell).collect()).collect();
        let table = Table { caption: None, rows };
        let content = Content { blocks: vec![Block::Table(table.clone())], ..Content::default() };
        let again = read(&write(&content), &Limits::default()).unwrap();
        let again = again.tables().next().unwrap();
        prop_assert_eq!(cells(&table), cells(again));
        prop_assert_eq!(table.grid(), again.grid());
    }

    /// A damaged packed file does no harm.
    #[test]
    fn damaged_file(at in 0usize..100_000, byte: u8) {
        let mut bytes = write(&sample());
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(&bytes, &Limits::default());
    }

    /// Any shuffle of elements gives content or an error.
    #[test]
    fn any_elements(names in proptest::collection::vec(0usize..24, 0..60)) {
        const NAMES: [&str; 24] = [
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
            "<w:tc>", "</w:tc>", "<w:tcPr><w:vMerge/></w:tcPr>", "<w:tcPr><w:gridSpan w:val=\"3\"/><w:hMerge/></w:tcPr>",
            "<w:txbxContent>", "</w:txbxContent>", "文", "<w:br/>", "<w:lastRenderedPageBreak/>", "<w:pPr>", "</w:pPr>",
            "<w:rPr><w:del/></w:rPr>", "<w:AlternateContent>", "</w:AlternateContent>",
        ];
        // Ends that do not fit are left out, beginnings are closed, so that most are well formed.
        let mut open: Vec<&str> = Vec::new();
        let mut body = String::new();
        for name in names.into_iter().map(|name| NAMES[name]) {
            if let Some(end) = name.strip_prefix("</") {
                if open.last().is_some_and(|last| *last == end) {
                    open.pop();
                    body.push_str(name);
                }
            } else {
                body.push_str(name);
                if name.starts_with('<') && !name.contains('/') {
                    open.push(&name[1..]);
                }
            }
        }
        for name in open.iter().rev() {
            body.push_str("</");
            body.push_str(name);
        }
        let content = read(&file(&body, &[]), &Limits::default()).unwrap();
        let _ = read(&write(&content), &Limits::default()).unwrap();
    }
}
