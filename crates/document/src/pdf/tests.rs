use super::*;
use content::{Block, Run};

/// A PDF with a page for each text, in lines; the characters are ASCII, as its font has no more.
fn pdf(pages: &[&str], trailer: &str) -> Vec<u8> {
    let stream = |text: &&str| {
        let mut stream = String::from("BT /F 12 Tf 72 720 Td 14 TL\n");
        for line in text.lines() {
            stream += &format!("({line}) Tj T*\n");
        }
        stream + "ET"
    };
    let streams: Vec<String> = pages.iter().map(stream).collect();
    drawn_pdf(&streams, trailer)
}

/// A PDF with a page for each of what is drawn.
fn drawn_pdf(pages: &[String], trailer: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
    ];
    let mut kids = String::new();
    for stream in pages {
        let at = objects.len() + 1;
        kids += &format!("{at} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>",
            at + 1
        ));
        let length = stream.len();
        objects.push(format!(
            "<< /Length {length} >>\nstream\n{stream}\nendstream"
        ));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let mut out = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (at, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{at} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out += &format!(
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n\
         startxref\n{start}\n%%EOF\n"
    );
    out.into_bytes()
}

#[test]
fn form_feeds_in_the_text_are_bounded() {
    let text = "1\u{c}".repeat(2_000_000);
    let fault = super::pages(&text, &Limits::default()).unwrap_err();
    assert!(matches!(
        fault,
        ReadError::TooLarge {
            what: "PDF 的页数",
            ..
        }
    ));
    let at_most = Limits::default().pages as usize;
    let fits = super::pages(&"1\u{c}".repeat(at_most), &Limits::default());
    assert!(fits.is_ok());
}

/// An encrypted PDF whose password nobody knows.
fn locked() -> Vec<u8> {
    let key = "0123456789abcdef".repeat(4);
    let encrypt = format!(
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -44 >> \
         /ID [<00> <00>]"
    );
    pdf(&["secret"], &encrypt)
}

/// Whether poppler is at hand, said aloud if not.
fn poppler() -> bool {
    let found = {
        let limits = Limits::default();
        pdftotext(&pdf(&["x"], ""), &limits, &Clock::start(&limits)).is_some()
    };
    if !found {
        eprintln!("SKIPPED: pdftotext is not installed (Debian: poppler-utils)");
    }
    found
}

/// Limits with the child built by `cargo test` beside this test, said aloud if it is not there.
fn with_child() -> Option<Limits> {
    let test = std::env::current_exe().unwrap();
    let child = test.parent()?.parent()?.join("examples/pdf-child");
    if !child.is_file() || !cfg!(feature = "pdf-extract") {
        eprintln!("SKIPPED: no child; run: cargo test -p document --features pdf-extract");
        return None;
    }
    Some(Limits {
        pdf_child: Some(child),
        ..Limits::default()
    })
}

/// The lines as `page:line:text` without the spaces around them.
fn lines(content: &Content) -> Vec<String> {
    let runs = |block: &Block| match block {
        Block::Paragraph(runs) => runs.clone(),
        other => panic!("{other:?}"),
    };
    let show = |run: Run| {
        let place = run.place.unwrap();
        let (page, line) = (place.page.unwrap(), place.line.unwrap());
        format!("{page}:{line}:{}", run.text.trim())
    };
    content.blocks.iter().flat_map(runs).map(show).collect()
}

#[test]
fn lines_have_pages_and_pages_without_text_are_named() {
    if !poppler() {
        return;
    }
    let bytes = pdf(&["open 131\nof 84 and 47", "", "last 3"], "");
    let content = read(&bytes, &Limits::default()).unwrap();
    let expect = ["1:1:open 131", "1:2:of 84 and 47", "3:3:last 3"];
    assert_eq!(lines(&content), expect);
    assert_eq!(content.unread, [2]);
}

#[test]
fn what_cannot_be_read_is_said() {
    if !poppler() {
        return;
    }
    let limits = Limits::default();
    let fault = |bytes: &[u8]| read(bytes, &limits).unwrap_err();
    assert_eq!(fault(&pdf(&["", ""], "")), ReadError::Scanned { pages: 2 });
    assert_eq!(fault(&locked()), ReadError::Encrypted { kind: "pdf" });
    for broken in [&b"%PDF-1.4\n"[..], b"%PDF-1.7\n1 0 obj\n<<", b""] {
        assert!(matches!(
            fault(broken),
            ReadError::Damaged { kind: "pdf", .. }
        ));
    }
    // The folder of the run is nobody's business.
    assert!(!fault(b"%PDF-1.4\n").to_string().contains("tmp"));
}

#[test]
fn pages_are_limited() {
    if !poppler() {
        return;
    }
    let limits = Limits {
        pages: 3,
        ..Limits::default()
    };
    assert!(read(&pdf(&["a"; 3], ""), &limits).is_ok());
    let fault = read(&pdf(&["a"; 4], ""), &limits).unwrap_err();
    assert!(matches!(
        fault,
        ReadError::TooLarge {
            what: "PDF 的页数",
            ..
        }
    ));
}

#[test]
fn the_child_reads_where_poppler_is_absent() {
    let Some(limits) = with_child() else { return };
    let text = |bytes: &[u8]| child(bytes, &limits, &Clock::start(&limits)).unwrap();
    let content = pages(
        &text(&pdf(&["open 131", "", "last 3"], "")).unwrap(),
        &limits,
    )
    .unwrap();
    let found: Vec<String> = lines(&content);
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("1:") && line.ends_with("open 131"))
    );
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("3:") && line.ends_with("last 3"))
    );
    assert_eq!(content.unread, [2]);
    assert_eq!(text(&locked()), Err(ReadError::Encrypted { kind: "pdf" }));
    let broken = text(b"%PDF-1.4\n");
    assert!(
        matches!(broken, Err(ReadError::Damaged { .. })),
        "{broken:?}"
    );
}

#[test]
fn without_a_child_there_is_no_reader() {
    let limits = Limits::default();
    assert!(child(b"%PDF-1.4\n", &limits, &Clock::start(&limits)).is_none());
}

#[test]
fn pages_that_are_not_legible() {
    let limits = Limits::default();
    let content = pages(
        "甲\u{1}乙\n\u{c}\u{e001}\u{e002}\n\u{fffd}\n\u{c} \u{c}丙\n\u{c}",
        &limits,
    );
    let content = content.unwrap();
    assert_eq!(lines(&content), ["1:1:甲乙", "4:4:丙"]);
    assert_eq!(content.unread, [2, 3]);
    let scanned = |pages| Err(ReadError::Scanned { pages });
    assert!(matches!(pages("", &limits), Err(ReadError::Damaged { .. })));
    assert_eq!(pages("\u{c}\n\u{c}", &limits), scanned(2));
}

#[test]
fn the_sample_gives_the_same_words_as_its_text() {
    let root = std::env::var("GONGKAI_SHARED")
        .unwrap_or_else(|_| format!("{}/../../../shared", env!("CARGO_MANIFEST_DIR")));
    let file = |name: &str| std::fs::read(format!("{root}/reports/{name}"));
    let (Ok(bytes), Ok(text)) = (file("096.pdf"), file("096.txt")) else {
        eprintln!("SKIPPED: no 096.pdf in {root}/reports; set GONGKAI_SHARED");
        return;
    };
    if !poppler() {
        return;
    }
    let content = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(content.unread, [0; 0]);
    let squeeze = |line: &str| line.split_whitespace().collect::<String>();
    let text = String::from_utf8(text).unwrap();
    // The first line of a sample tells where it is from.
    let expect: String = text.lines().skip(1).map(squeeze).collect();
    // Words of a table come in the order of its cells: all characters are there, none twice.
    let sorted = |text: &str| {
        let mut all: Vec<char> = text.chars().collect();
        all.sort_unstable();
        all
    };
    assert_eq!(sorted(&squeeze(&content.plain())), sorted(&expect));
    assert_eq!(content.tables().count(), 5);
}

/// A table that is drawn: right ends of its columns, and its rows from above, 30 points high. A cell
/// is lines of text, each at the left end of its cell with 4 points before it.
fn table(columns: &[i32], rows: &[&[&str]]) -> String {
    let (left, top) = (50, 800);
    let mut out = String::from("0.5 w\n");
    let below = top - 30 * rows.len() as i32;
    for x in std::iter::once(&left).chain(columns) {
        out += &format!("{x} {top} m {x} {below} l S\n");
    }
    for row in 0..=rows.len() as i32 {
        let (y, right) = (top - 30 * row, columns.last().unwrap());
        out += &format!("{left} {y} m {right} {y} l S\n");
    }
    for (row, cells) in (0..).zip(rows) {
        let starts = std::iter::once(&left).chain(columns);
        for (cell, x) in cells.iter().zip(starts) {
            for (line, words) in (0..).zip(cell.lines()) {
                let (x, y) = (x + 4, top - 30 * row - 12 - 12 * line);
                out += &format!("BT /F 10 Tf {x} {y} Td ({words}) Tj ET\n");
            }
        }
    }
    out
}

/// The cells of each table.
fn cells(content: &Content) -> Vec<Vec<Vec<String>>> {
    let row = |row: &content::Row| row.iter().map(content::Cell::text).collect();
    let table = |table: &content::Table| table.rows.iter().map(row).collect();
    content.tables().map(table).collect()
}

/// What is read of pages that are drawn; none where a program is missing, which is said.
fn tables_of(pages: &[String]) -> Option<Content> {
    let limits = Limits::default();
    let bytes = drawn_pdf(pages, "");
    let clock = Clock::start(&limits);
    if !poppler() || drawn(&bytes, &limits, &clock).is_none() {
        eprintln!("SKIPPED: pdftocairo is not installed (Debian: poppler-utils)");
        return None;
    }
    Some(read(&bytes, &limits).unwrap())
}

#[test]
fn ruled_tables_keep_empty_cells_and_whole_figures() {
    // A digit is 6 points wide: columns of 26 have room for three between two margins of 4.
    let columns = [150, 176, 202, 228];
    let rows: [&[&str]; 4] = [
        &["heads", "a", "b", "c"],
        &["granted", "", "7", ""],
        &["refused", "241\n778", "", "0"],
        // Two figures, for a third digit would have fitted: they are not one.
        &["noted", "12\n34", "1", ""],
    ];
    let page = table(&columns, &rows) + "BT /F 12 Tf 72 500 Td (below) Tj ET";
    let Some(content) = tables_of(&[page]) else {
        return;
    };
    let expect = vec![
        vec!["heads", "a", "b", "c"],
        vec!["granted", "", "7", ""],
        vec!["refused", "241778", "", "0"],
        vec!["noted", "12\n34", "1", ""],
    ];
    assert_eq!(cells(&content), [expect]);
    let Some(Block::Paragraph(below)) = content.blocks.get(1) else {
        panic!()
    };
    assert_eq!(below[0].text.trim(), "below");
    let place = content.tables().next().unwrap().rows[2][1].place.unwrap();
    assert_eq!(
        (place.page, place.row, place.column),
        (Some(1), Some(3), Some(2))
    );
}

#[test]
fn a_row_that_the_end_of_a_page_cuts_is_mended() {
    let columns = [150, 176, 202];
    let first = table(&columns, &[&["heads", "a", "b"], &["granted", "241", "12"]]);
    let second = table(
        &columns,
        &[
            &["heads", "a", "b"],
            &["", "778", ""],
            &["refused", "1", "2"],
        ],
    );
    let Some(content) = tables_of(&[first.clone(), second]) else {
        return;
    };
    let expect = [
        vec![vec!["heads", "a", "b"], vec!["granted", "241778", "12"]],
        vec![
            vec!["heads", "a", "b"],
            vec!["", "", ""],
            vec!["refused", "1", "2"],
        ],
    ];
    assert_eq!(cells(&content), expect);
    // A row of its own is none that goes on.
    let other = table(
        &columns,
        &[
            &["heads", "a", "b"],
            &["1.other", "778", ""],
            &["refused", "1", "2"],
        ],
    );
    let content = tables_of(&[first, other]).unwrap();
    assert_eq!(cells(&content)[1][1], ["1.other", "778", ""]);
}

#[test]
fn figures_across_a_line_are_not_guessed() {
    // `12345` stands across the line between two columns, and not at the end of a digit.
    let columns = [150, 163, 228];
    let page = table(
        &columns,
        &[
            &["heads", "", "b"],
            &["granted", "12345", ""],
            &["x", "", "1"],
        ],
    );
    let Some(content) = tables_of(&[page]) else {
        return;
    };
    assert_eq!(content.tables().count(), 0);
    assert!(content.plain().contains("12345"));
}
