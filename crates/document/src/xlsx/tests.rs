use std::io::{Cursor, Write};

use super::*;
use content::Table;

/// A workbook of the given sheets: name, whether hidden, and the XML within `worksheet`.
fn book(sheets: &[(&str, bool, &str)], strings: &str) -> Vec<u8> {
    let (mut list, mut relations) = (String::new(), String::new());
    for (at, (name, hidden, _)) in (1..).zip(sheets) {
        let state = if *hidden { "hidden" } else { "visible" };
        list +=
            &format!("<sheet name=\"{name}\" sheetId=\"{at}\" state=\"{state}\" r:id=\"r{at}\"/>");
        relations += &format!(
            "<Relationship Id=\"r{at}\" Type=\"http://x/worksheet\" Target=\"worksheets/s{at}.xml\"/>"
        );
    }
    let mut parts = vec![
        (
            "_rels/.rels".to_owned(),
            "<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>"
                .to_owned(),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook><sheets>{list}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships>{relations}\
                 <Relationship Id=\"s\" Type=\"http://x/sharedStrings\" Target=\"sharedStrings.xml\"/>\
                 <Relationship Id=\"t\" Type=\"http://x/styles\" Target=\"/xl/styles.xml\"/>\
                 </Relationships>"
            ),
        ),
        (
            "xl/sharedStrings.xml".to_owned(),
            format!("<sst>{strings}</sst>"),
        ),
        (
            "xl/styles.xml".to_owned(),
            "<styleSheet><numFmts><numFmt numFmtId=\"176\" \
             formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>\
             <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"176\"/></cellXfs>\
             </styleSheet>"
                .to_owned(),
        ),
    ];
    for (at, (_, _, inner)) in (1..).zip(sheets) {
        let name = format!("xl/worksheets/s{at}.xml");
        parts.push((name, format!("<worksheet>{inner}</worksheet>")));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn only(inner: &str, strings: &str) -> Result<Table, ReadError> {
    let bytes = book(&[("表", false, inner)], strings);
    let content = read(&bytes, &Limits::default())?;
    Ok(content.tables().next().cloned().unwrap_or_default())
}

/// The cells as `row,column rows×columns text`, without a span of one.
fn cells(table: &Table) -> Vec<String> {
    let mut out = Vec::new();
    for cell in table.rows.iter().flatten() {
        let place = cell.place.unwrap();
        let span = match (cell.rowspan, cell.colspan) {
            (1, 1) => String::new(),
            (rows, columns) => format!("{rows}×{columns} "),
        };
        let (row, column) = (place.row.unwrap(), place.column.unwrap());
        out.push(format!("{row},{column} {span}{}", cell.text()));
    }
    out
}

#[test]
fn values_come_as_people_see_them() {
    let table = only(
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
         <c r=\"B1\"><f>SUM(C1:D1)</f><v>131</v></c><c r=\"C1\"><v>0.30000000000000004</v></c>\
         <c r=\"D1\" s=\"1\"><v>0.93589743589743590</v></c><c r=\"E1\" s=\"2\"><v>45311</v></c>\
         <c r=\"F1\" t=\"inlineStr\"><is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙</t></r></is></c>\
         <c r=\"G1\" t=\"str\"><f>A1</f><v>1&lt;2</v></c><c r=\"H1\" t=\"e\"><v>#DIV/0!</v></c>\
         <c r=\"I1\" t=\"b\"><v>1</v></c><c r=\"J1\" s=\"1\"/><c r=\"K1\" s=\"99\"><v>7.0</v></c>\
         </row></sheetData>",
        "<si><t xml:space=\"preserve\"> 规章 </t></si>",
    );
    let expect = [
        "1,1  规章 ",
        "1,2 131",
        "1,3 0.3",
        "1,4 93.589744%",
        "1,5 2024-01-20",
        "1,6 甲乙",
        "1,7 1<2",
        "1,8 #DIV/0!",
        "1,9 TRUE",
        "1,11 7",
    ];
    assert_eq!(cells(&table.unwrap()), expect);
}

#[test]
fn merged_regions_are_spans_and_the_table_tiles() {
    let table = only(
        "<sheetData><row r=\"2\"><c r=\"B2\" t=\"str\"><v>总表</v></c></row>\
         <row r=\"5\"><c r=\"B5\" t=\"str\"><v>类</v></c><c r=\"C5\"><v>1</v></c><c r=\"E5\"><v>2</v></c></row>\
         <row r=\"6\"><c r=\"C6\"><v>3</v></c><c r=\"E6\"><v>4</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"B2:E3\"/><mergeCell ref=\"B5:B6\"/><mergeCell ref=\"C6:E6\"/>\
         <mergeCell ref=\"B6:C6\"/><mergeCell ref=\"x\"/><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
        "",
    )
    .unwrap();
    // Rows 3 and 4 and columns A and D hold nothing. What a merged cell hides is hidden.
    let expect = ["2,2 1×3 总表", "5,2 2×1 类", "5,3 1", "5,5 2", "6,3 1×2 3"];
    assert_eq!(cells(&table), expect);
    assert!(table.grid().is_ok());
    assert_eq!(table.caption.as_deref(), Some("表"));
}

#[test]
fn numbers_of_rows_and_columns_may_be_left_out() {
    let table = only(
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c r=\"C2\"><v>3</v></c>\
         <c><v>4</v></c></row></sheetData>",
        "",
    );
    let expect = [
        "1,1 1", "1,2 2", "1,3 ", "1,4 ", "2,1 ", "2,2 ", "2,3 3", "2,4 4",
    ];
    assert_eq!(cells(&table.unwrap()), expect);
}

#[test]
fn hidden_sheets_are_read_and_empty_ones_left_out() {
    let one = "<sheetData><row><c><v>1</v></c></row></sheetData>";
    let empty = "<sheetData><row><c s=\"1\"/></row></sheetData>";
    let bytes = book(
        &[("一", false, one), ("空", false, empty), ("二", true, one)],
        "",
    );
    let content = read(&bytes, &Limits::default()).unwrap();
    let captions: Vec<_> = content
        .tables()
        .map(|table| table.caption.clone().unwrap())
        .collect();
    assert_eq!(captions, ["一", "二〔隐藏〕"]);
    let last = content.tables().nth(1).unwrap();
    assert_eq!(last.rows[0][0].place.unwrap().table, Some(2));
}

#[test]
fn far_cells_cost_nothing() {
    let far = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row><c r=\"A1\"><v>1</v></c></row>\
               <row r=\"1048576\"><c r=\"ALL1048576\"><v>2</v></c></row></sheetData>";
    let expect = ["1,1 1", "1,1000 ", "1048576,1 ", "1048576,1000 2"];
    assert_eq!(cells(&only(far, "").unwrap()), expect);
    let wide = |name: &str| {
        let inner = format!("<sheetData><row><c r=\"{name}\"><v>1</v></c></row></sheetData>");
        only(&inner, "").unwrap_err()
    };
    assert!(matches!(
        wide("XFD1"),
        ReadError::TooLarge {
            what: "表格的列数",
            ..
        }
    ));
    for name in ["A1048577", "A0", "A", "1", "", "ZZZZZZZZZ1", "A99999999999"] {
        assert!(
            matches!(wide(name), ReadError::Damaged { kind: "xlsx", .. }),
            "{name}"
        );
    }
}

#[test]
fn a_lone_diagonal_is_refused_before_it_is_unfolded() {
    let mut inner = String::from("<sheetData>");
    for at in 1..=1000 {
        inner += &format!(
            "<row r=\"{at}\">{}<c><v>1</v></c></row>",
            "<c/>".repeat(at - 1)
        );
    }
    let fault = only(&(inner + "</sheetData>"), "").unwrap_err();
    assert!(matches!(
        fault,
        ReadError::TooLarge {
            what: "表格的单元格数",
            ..
        }
    ));
}

#[test]
fn a_text_that_many_cells_share_counts_in_each() {
    let shared = format!("<si><t>{}</t></si>", "长".repeat(100_000));
    let cell = "<c t=\"s\"><v>0</v></c>";
    let inner = format!("<sheetData><row>{}</row></sheetData>", cell.repeat(200));
    let fault = only(&inner, &shared).unwrap_err();
    assert!(matches!(
        fault,
        ReadError::TooLarge {
            what: "表格的文字",
            ..
        }
    ));
}

#[test]
fn what_is_broken_is_said() {
    let damaged = |inner: &str| {
        assert!(
            matches!(
                only(inner, ""),
                Err(ReadError::Damaged { kind: "xlsx", .. })
            ),
            "{inner}"
        );
    };
    damaged("<sheetData><row><c t=\"s\"><v>5</v></c></row></sheetData>");
    damaged("<sheetData><row><c><v>5</c></row></sheetData>");
    damaged("<sheetData>");
    let limits = Limits::default();
    assert!(matches!(
        read(b"PK\x03\x04", &limits),
        Err(ReadError::Damaged { kind: "xlsx", .. })
    ));
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let fault = read(&locked, &limits).unwrap_err();
    assert_eq!(fault, ReadError::Encrypted { kind: "xlsx" });
}

proptest::proptest! {
    #[test]
    fn any_sheet_ends_and_tiles(
        cells in proptest::collection::vec((0_u32..30, 0_u32..30, 0_u32..20, 0_u32..20), 0..40),
    ) {
        let letter = |column: u32| char::from(b'A' + u8::try_from(column % 26).unwrap());
        let (mut rows, mut merged) = (String::new(), String::new());
        for (row, column, high, wide) in cells {
            let (row, last) = (row + 1, row + 1 + high);
            let (from, to) = (letter(column), letter(column.max(column + wide)));
            rows += &format!("<row r=\"{row}\"><c r=\"{from}{row}\"><v>{row}</v></c></row>");
            merged += &format!("<mergeCell ref=\"{from}{row}:{to}{last}\"/>");
        }
        let table = only(&format!("<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>"), "");
        proptest::prop_assert!(table.unwrap().grid().is_ok());
    }

    #[test]
    fn any_markup_ends(inner in "(<sheetData>|<row>|</row>|<c>|<c r=\"B2\">|</c>|<v>|</v>|<is>|</is>|1|<f/>|&x;|.){0,40}") {
        let _ = only(&inner, &inner);
    }

    #[test]
    fn any_bytes_end(bytes: Vec<u8>) {
        let _ = read(&bytes, &Limits::default());
    }
}

#[test]
fn old_workbooks_are_read_by_libreoffice() {
    let limits = Limits::default();
    // Comma, quote, UTF-8, from the first line.
    let filter = "Text - txt - csv (StarCalc):44,34,76,1";
    let rows = "规章,131,50%\n合计,,0.25\n".as_bytes();
    let Some(made) = doc::office(
        rows,
        "input.csv",
        filter,
        "xls",
        &limits,
        &Clock::start(&limits),
    ) else {
        eprintln!("SKIPPED: LibreOffice is not installed (Debian: libreoffice-calc-nogui)");
        return;
    };
    // A LibreOffice without its spreadsheet cannot make one.
    let Ok(made) = made else {
        eprintln!("SKIPPED: LibreOffice cannot write a workbook: {made:?}");
        return;
    };
    let content = read(&made, &limits).unwrap();
    let table = content.tables().next().unwrap();
    let expect = [
        "1,1 规章",
        "1,2 131",
        "1,3 50%",
        "2,1 合计",
        "2,2 ",
        "2,3 0.25",
    ];
    assert_eq!(cells(table), expect);
}
