//! Any figures, any text.

use content::{Block, Content};
use proptest::prelude::*;
use statute::editions::{CellKey, Edition};

use super::layouts::{FORMS, Layout, content, read_text, text};
use crate::model::Cell;
use crate::{Decimal, Report, layout, read};

/// A report with any whole figures; some cells are empty.
fn report(edition: Edition, figures: &[Option<i64>]) -> Report {
    let mut report = super::layouts::filled(edition);
    for (cell, figure) in edition.cells().zip(figures.iter().cycle()) {
        let cell_of = match figure {
            Some(figure) => Cell::Number(Decimal::whole(*figure).unwrap()),
            None => Cell::Absent,
        };
        report.tables.set(cell.key, cell_of);
    }
    report
}

fn figures() -> impl Strategy<Value = Vec<Option<i64>>> {
    let figure = prop_oneof![
        4 => (0_i64..20).prop_map(Some),
        4 => (0_i64..100_000_000).prop_map(Some),
        1 => Just(None),
    ];
    proptest::collection::vec(figure, 200..=200)
}

/// Whether nought is the only figure in the row of a cell. It may then stand for the merged cells of
/// the whole row, and is read as its total.
fn is_lone_nought(report: &Report, key: CellKey) -> bool {
    let row = report
        .edition
        .cells()
        .filter(|cell| cell.key.row == key.row);
    let mut stated = row.filter_map(|cell| report.tables.number(cell.key));
    stated.next() == Some(Decimal::ZERO) && stated.next().is_none()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// In no layout a cell gets another figure than its own; where no cell is empty, each gets it.
    #[test]
    fn never_another_figure(figures in figures(), full: bool) {
        let figures: Vec<_> = figures
            .into_iter()
            .map(|figure| if full { figure.or(Some(3)) } else { figure })
            .collect();
        for edition in FORMS {
            let report = report(edition, &figures);
            for layout in Layout::ALL {
                let text = text(&report, layout);
                let reading = read_text(&text);
                prop_assert_eq!(reading.report.edition, edition);
                for cell in edition.cells() {
                    let (found, stated) =
                        (reading.report.tables.get(cell.key), report.tables.get(cell.key));
                    let right = found == stated
                        || (!full && found == &Cell::Absent)
                        || (found == &Cell::Number(Decimal::ZERO) && is_lone_nought(&report, cell.key));
                    prop_assert!(right, "{} {:?} {}: {:?} for {:?}", edition, layout, cell.key, found, stated);
                }
            }
        }
    }

    /// A form of ours comes back just as it was, empty cells and all.
    #[test]
    fn a_form_of_ours_comes_back(figures in figures()) {
        for edition in FORMS {
            let report = report(edition, &figures);
            let reading = read(&layout(&report, &|_| None), "test");
            prop_assert_eq!(&reading.report.tables, &report.tables);
        }
    }

    /// Lines dropped from a report in which each cell is a line give no wrong figure.
    #[test]
    fn dropped_lines_shift_nothing(figures in figures(), dropped in proptest::collection::vec(0_usize..400, 1..12)) {
        let edition = Edition::Format2021;
        let figures: Vec<_> = figures.into_iter().map(|figure| figure.or(Some(3))).collect();
        let mut distinct = report(edition, &figures);
        for (at, cell) in edition.cells().enumerate() {
            distinct.tables.set(cell.key, Cell::Number(Decimal::whole(5000 + at as i64).unwrap()));
        }
        let lines: Vec<String> = text(&distinct, Layout::Lines)
            .lines()
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        let values = |line: &String| line.parse::<u32>().is_ok();
        let kept: String = lines
            .iter()
            .enumerate()
            .filter(|(at, line)| !(dropped.contains(at) && values(line)))
            .map(|(_, line)| format!("{line}\n"))
            .collect();
        let reading = read_text(&kept);
        for cell in edition.cells() {
            let found = reading.report.tables.get(cell.key);
            prop_assert!(
                found == &Cell::Absent || found == distinct.tables.get(cell.key),
                "{}: {:?}\n{}", cell.key, found, kept
            );
        }
    }

    #[test]
    fn any_text_is_read(text in ".{0,400}") {
        let _ = read_text(&text);
    }

    #[test]
    fn any_words_of_the_forms_are_read(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "第二十条第（一）项", "信息内容", "规章", "行政许可", "其他", "总计", "|", "||", "\n", "\n",
                "\t", "  ", "0", "12", "/", "一、本年新收政府信息公开申请数量", "3.其他", "（六）其他处理",
                "申请人情况", "结果维持", "尚未审结", "行政复议", "统计指标", "（一）收到申请数", "件",
                "（其中修订", "开", "-4-", "。", "四、结转下年度继续办理", "2.其他法律行政法规禁止公",
            ]),
            0..120,
        ),
    ) {
        let text: String = words.concat();
        let reading = read_text(&text);
        let _ = crate::check(&reading);
    }

    /// Any table of a file, however ragged.
    #[test]
    fn any_table_is_read(
        rows in proptest::collection::vec(
            proptest::collection::vec(
                (0_u16..5, 0_u16..9, proptest::sample::select(vec![
                    "", "0", "7", "规章", "行政许可", "（七）总计", "一、本年新收政府信息公开申请数量",
                    "申请人情况", "信息内容", "本年制发件数", "复议后起诉", "结果维持", "无",
                ])),
                0..12,
            ),
            0..20,
        ),
    ) {
        let rows = rows
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|(rowspan, colspan, text)| content::Cell {
                        rowspan,
                        colspan,
                        ..content::Cell::new(text)
                    })
                    .collect()
            })
            .collect();
        let content = Content {
            blocks: vec![Block::Table(content::Table { caption: None, rows })],
            ..Content::default()
        };
        let _ = read(&content, "test");
    }
}

/// Hostile files end soon: the bounds are on columns, pieces and runs.
#[test]
fn hostile_tables_end() {
    let wide = "0 | ".repeat(10_000);
    let head = "第二十条第（一）项\n信息内容 | 本年制发件数\n规章 | 0 | 0 | 0\n行政许可 | 3\n行政处罚 | 4\n";
    let _ = read_text(&format!("{head}{}", format!("{wide}\n").repeat(20)));
    let _ = read_text(&format!("{head}{}", "0\n".repeat(100_000)));
    let _ = read_text(&format!("{head}{}", "规章\n".repeat(20_000)));
    let _ = read_text(&format!("{head}{}", "规章 | 1 | 2 | 3\n".repeat(20_000)));
    let _ = read_text(&format!("{head}{}", "开\n".repeat(50_000)));
    let _ = read_text(&format!(
        "{head}{}",
        "（二）部分公\n1 2 3 4 5 6 7\n".repeat(20_000)
    ));
    let row = vec![
        content::Cell {
            rowspan: u16::MAX,
            colspan: u16::MAX,
            ..content::Cell::new("规章")
        };
        2_000
    ];
    let table = content::Table {
        caption: None,
        rows: vec![row; 50],
    };
    let _ = read(
        &Content {
            blocks: vec![Block::Table(table)],
            ..content("")
        },
        "test",
    );
}
