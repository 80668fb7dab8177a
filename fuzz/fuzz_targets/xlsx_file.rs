//! A workbook, damaged as a whole or in its sheet, is read without a panic.
#![no_main]

use document::{Limits, xlsx};
use libfuzzer_sys::fuzz_target;

const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let _ = document::read("a.xlsx", bytes, &limits);
    // The first byte says how much of the rest is the sheet; what follows are the styles.
    let Some((first, rest)) = bytes.split_first() else { return };
    let (sheet, styles) = rest.split_at(rest.len() * usize::from(*first) / 256);
    let book = fuzz::zip(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/styles.xml", styles),
    ]);
    if let Ok(content) = xlsx::read(&book, &limits) {
        let _ = report::check(&report::read(&content, "a.xlsx"));
    }
});
