//! Reading in every layout: invented figures, all different, so that a shifted column is seen.

mod layouts;
mod more;
mod narrow;
mod odd;
mod properties;

use layouts::{FORMS, Layout, content, differences, filled, read_text, rules, text};

use crate::reading::Places;
use crate::{Report, layout, read};

#[test]
fn every_layout_gives_the_same_cells() {
    for edition in FORMS {
        let report = filled(edition);
        for layout in Layout::ALL {
            let text = text(&report, layout);
            let reading = read_text(&text);
            assert_eq!(reading.report.edition, edition, "{layout:?}\n{text}");
            let wrong = differences(edition, &report.tables, &reading.report.tables);
            assert!(
                wrong.is_empty(),
                "{edition} {layout:?}\n{}\n{text}",
                wrong.join("\n")
            );
            assert!(
                rules(&reading).is_empty(),
                "{edition} {layout:?} {:?}",
                reading.report.findings
            );
            assert!(reading.report.notes.is_empty());
        }
    }
}

#[test]
fn the_text_keeps_what_is_no_table() {
    for edition in FORMS {
        let report = filled(edition);
        for layout in Layout::ALL {
            let reading = read_text(&text(&report, layout));
            let prose: Vec<&str> = reading
                .prose
                .paragraphs
                .iter()
                .map(|paragraph| paragraph.text.as_str())
                .collect();
            let mut rest = prose.concat();
            for chapter in edition.chapters() {
                rest = rest.replace(&chapter.heading(), "");
            }
            for known in [
                "这一年的工作都按照要求完成了，公开的内容比往年细致。",
                "政府信息公开情况统计表",
                "附件",
                "单位负责人：某某",
            ] {
                rest = rest.replace(known, "");
            }
            let title = format!("青禾县{}年政府信息公开工作年度报告", report.year.unwrap());
            assert_eq!(rest, title, "{edition} {layout:?}");
        }
    }
}

/// What we lay out is read back, as it is written to Word and read from it.
#[test]
fn a_form_of_ours_is_read_back() {
    for edition in FORMS {
        let report = filled(edition).with_unit("青禾县人民政府");
        let reading = read(&layout(&report, &|_| None), "test.docx");
        assert_eq!(reading.report.edition, edition);
        let wrong = differences(edition, &report.tables, &reading.report.tables);
        assert!(wrong.is_empty(), "{edition}\n{}", wrong.join("\n"));
        assert!(rules(&reading).is_empty(), "{:?}", reading.report.findings);
    }
}

#[test]
fn an_empty_form_is_blank() {
    for edition in FORMS {
        let report = Report::new(edition, "test");
        let reading = read(&layout(&report, &|_| None), "test.docx");
        assert_eq!(reading.report.edition, edition);
        assert!(
            reading.report.blank && reading.report.tables.is_empty(),
            "{edition}"
        );
        assert!(rules(&reading).into_iter().eq(["form-empty"]), "{edition}");
    }
}

#[test]
fn a_cell_knows_its_place() {
    let report = filled(FORMS[2]);
    let source = text(&report, Layout::BarsBare);
    let reading = read_text(&source);
    let place = reading.cell_place(layouts::key("t3", "deny.law", "natural"));
    let line = source
        .lines()
        .position(|line| line.contains("其他法律行政法规禁止公开"))
        .unwrap();
    assert_eq!(place.line, Some(line as u32 + 1));
    assert_eq!(
        place.quote.as_deref(),
        source.lines().nth(line).map(str::trim)
    );
    assert_eq!(place.row.as_deref(), Some("deny.law"));
    let reading = read(&content("全年公开信息 31 条。"), "test");
    assert_eq!(reading.cells, Places::default());
}
