//! Rows and tables that stand there other than once: three rows as one, a table twice.

use statute::editions::Edition;

use super::layouts::{Layout, differences, filled, key, read_text, rules, text};
use super::odd::{cell, row};
use crate::model::Cell;
use crate::{Decimal, Level, Report};

const HEAD: &str = "三、收到和处理政府信息公开申请情况\n";
const END: &str = "五、存在的主要问题及改进情况\n公开的内容还不够细致，明年改进。\n";

#[test]
fn other_handling_in_one_row() {
    let check = |value: &str, expect: &str| {
        let text = format!(
            "第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n\
             {HEAD}一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3\n\
             （六）其他处理 | {value} | 0 | 0 | 0 | 0 | 0 | {value}\n（七）总计 | 3 | 0 | 0 | 0 | 0 | 0 | 3\n{END}"
        );
        let reading = read_text(&text);
        for part in ["other.no_correction", "other.unpaid", "other.other"] {
            assert_eq!(row(&reading, "t3", part), expect);
        }
    };
    check("0", "0 0 0 0 0 0 0");
    check("2", "- 0 0 0 0 0 -");
}

/// Where the three rows of 其他处理 are one, the sum of the column counts that one.
#[test]
fn other_handling_in_one_row_is_part_of_the_total() {
    let check = |total: u8| {
        let mut report = filled(Edition::Format2021);
        for cell in report.edition.cells() {
            report.tables.set(cell.key, Cell::Number(Decimal::ZERO));
        }
        let mut set = |row, value| {
            for column in ["natural", "total"] {
                let value = Cell::Number(Decimal::whole(value).unwrap());
                report.tables.set(key("t3", row, column), value);
            }
        };
        set("granted", 5);
        set("result_total", i64::from(total));
        set("new", i64::from(total));
        let rows = text(&report, Layout::BarsBare);
        let merged: String = rows
            .lines()
            .filter(|line| !line.contains("收费通知要求") && !line.contains("3.其他"))
            .map(|line| match line.contains("逾期不补正") {
                true => "（六）其他处理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n".to_owned(),
                false => format!("{line}\n"),
            })
            .collect();
        let reading = read_text(&merged);
        assert_eq!(
            cell(&reading, "t3", "other.other", "natural"),
            "-",
            "{merged}"
        );
        let checkup = crate::check(&reading);
        let sum = checkup.checked.into_iter().find(|checked| {
            checked.place.cell() == Some(key("t3", "result_total", "natural"))
                && checked.explanation.is_some()
        });
        sum.unwrap_or_else(|| panic!("{:?} {merged}", reading.report.findings))
    };
    let sum = check(7);
    assert!(sum.holds, "{sum:?}");
    assert_eq!(sum.expected, "7");
    let sum = check(8);
    assert!(!sum.holds, "{sum:?}");
}

#[test]
fn a_second_table_is_not_mixed_into_the_first() {
    let report = filled(Edition::Format2021);
    let mut other = filled(Edition::Format2021);
    for cell in report.edition.cells() {
        let figure = report.tables.number(cell.key).unwrap();
        let more = figure.checked_add(Decimal::whole(50_000).unwrap()).unwrap();
        other.tables.set(cell.key, Cell::Number(more));
    }
    for layout in [
        Layout::BarsTrailing,
        Layout::Tabs,
        Layout::Pdf,
        Layout::Lines,
    ] {
        let both = format!("{}\n{}", text(&report, layout), text(&other, layout));
        let reading = read_text(&both);
        let wrong = differences(report.edition, &report.tables, &reading.report.tables);
        assert!(wrong.is_empty(), "{layout:?}\n{}", wrong.join("\n"));
        let found = &reading.report.findings;
        let twice: Vec<_> = found.iter().filter(|f| f.rule == "table-twice").collect();
        assert_eq!(twice.len(), 3, "{layout:?} {found:?}");
        assert!(twice.iter().all(|finding| finding.level == Level::Warning));
        // A table that is there twice with the same figures is worth a word, but no warning.
        let both = format!("{}\n{}", text(&report, layout), text(&report, layout));
        let reading = read_text(&both);
        let found = &reading.report.findings;
        let twice: Vec<_> = found.iter().filter(|f| f.rule == "table-twice").collect();
        assert_eq!(twice.len(), 3, "{layout:?} {found:?}");
        assert!(twice.iter().all(|finding| finding.level == Level::Info));
    }
}

/// A form that is printed once more with nothing in it takes no row from the one before.
#[test]
fn an_empty_second_table_is_no_second_table() {
    let report = filled(Edition::Format2021);
    let mut empty = Report::new(Edition::Format2021, "test");
    empty.year = report.year;
    for layout in [Layout::BarsTrailing, Layout::Tabs] {
        let both = format!("{}\n{}", text(&report, layout), text(&empty, layout));
        let reading = read_text(&both);
        let wrong = differences(report.edition, &report.tables, &reading.report.tables);
        assert!(wrong.is_empty(), "{layout:?}\n{}", wrong.join("\n"));
        let names = rules(&reading);
        assert!(!names.contains("table-twice"), "{layout:?} {names:?}");
    }
}

/// A line of wrapped text that begins as a row of the form does.
#[test]
fn a_wrapped_line_that_begins_as_a_row_stays_text() {
    let start = "云岭县2022年政府信息公开工作年度报告\n一、总体情况\n\
                 全年办结申请 30 件，其中予以公开 12 件（40.0%），属重复申请等\n\
                 不予处理 8 件（26.7%），其他处理 10 件（33.3%，含申请人\n主动撤回 4 件）。\n";
    let mut report = filled(Edition::Format2021);
    report.unit = Some("云岭县".to_owned());
    for layout in Layout::ALL {
        let whole = text(&report, layout);
        let rest = whole
            .find("二、主动公开")
            .and_then(|at| whole.get(at..))
            .unwrap();
        let reading = read_text(&format!("{start}{rest}"));
        let prose: String = reading
            .prose
            .paragraphs
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        assert!(
            prose.contains("不予处理8件（26.7%），其他处理10件"),
            "{layout:?}: {prose}"
        );
        assert_eq!(reading.report.tables, report.tables, "{layout:?}");
    }
}
