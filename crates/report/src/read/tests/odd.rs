//! What stands in real tables and in no form.

use content::{Block, Content, Run};
use statute::editions::{CellKey, Edition};

use super::layouts::{Layout, differences, filled, key, read_text, rules, text};
use crate::model::Cell;
use crate::{Level, Reading, read};

/// A cell that holds no figure is said once, not also as a figure that is no count.
#[test]
fn an_unreadable_cell_is_one_finding() {
    let reading = read_text(
        "第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n\
         行政规范性文件 | 若干 | 1 | -4\n第二十条第（五）项\n信息内容 | 本年处理决定数量\n行政许可 | 5\n",
    );
    let checkup = crate::check(&reading);
    let found: Vec<(&str, Option<&str>)> = checkup
        .findings
        .iter()
        .filter(|finding| finding.level < Level::Info)
        .map(|finding| (finding.rule.as_str(), finding.stated.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("cell-unreadable", Some("若干")),
            ("figure-not-count", Some("-4"))
        ]
    );
}

/// The head of the table of requests, in bars.
const HEAD: &str = "三、收到和处理政府信息公开申请情况\n\
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |\n\
自然人 | 法人或其他组织 | 总计 |\n\
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n";

const END: &str = "五、存在的主要问题及改进情况\n公开的内容还不够细致，明年改进。\n";

pub(super) fn cell(reading: &Reading, table: &str, row: &str, column: &str) -> String {
    match reading.report.tables.get(key(table, row, column)) {
        Cell::Number(figure) => figure.to_string(),
        Cell::Absent => "-".to_owned(),
        Cell::Unreadable(text) => format!("“{text}”"),
    }
}

/// The cells of a row in order.
pub(super) fn row(reading: &Reading, table: &str, name: &str) -> String {
    let edition = reading.report.edition;
    let row = edition.table(table).unwrap().row(name).unwrap();
    let cells = row
        .columns
        .iter()
        .map(|column| cell(reading, table, name, column.key));
    cells.collect::<Vec<_>>().join(" ")
}

#[test]
fn spellings_of_values() {
    let check = |spelled: &str, expect: &str| {
        let text = format!(
            "第二十条第（五）项\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n\
             行政许可 | 5 | {spelled} | 7\n其他对外管理服务事项 | 1 | 2 | 3\n"
        );
        let reading = read_text(&text);
        assert_eq!(
            cell(&reading, "t2", "license", "change"),
            expect,
            "{spelled}"
        );
        assert_eq!(
            cell(&reading, "t2", "license", "decisions"),
            "7",
            "{spelled}"
        );
    };
    for (spelled, expect) in [
        ("21", "21"),
        ("+21", "21"),
        ("-3", "-3"),
        ("－3", "-3"),
        ("增1558", "1558"),
        ("增加 12", "12"),
        ("减38", "-38"),
        ("减少4", "-4"),
        ("1,234,567", "1234567"),
        ("１２", "12"),
        ("3 项", "3"),
        ("1（新闻通气会）", "1"),
        ("0", "0"),
        ("", "-"),
        ("/", "-"),
        ("／", "-"),
        ("—", "-"),
        ("——", "-"),
        ("无", "-"),
        ("&nbsp;", "-"),
        ("若干", "“若干”"),
        ("12,34", "“12,34”"),
        ("1 2", "“1 2”"),
        ("见附件", "“见附件”"),
        ("9999999999999999999999", "“9999999999999999999999”"),
    ] {
        check(spelled, expect);
    }
}

#[test]
fn amounts_in_other_measures_are_converted_and_noted() {
    let check = |spelled: &str, expect: &str, noted: bool| {
        let text = format!(
            "第二十条第（八）项\n信息内容 | 本年收费金额（单位：万元）\n行政事业性收费 | {spelled}\n\
             第二十条第（六）项\n信息内容 | 本年处理决定数量\n行政处罚 | 3\n"
        );
        let reading = read_text(&text);
        assert_eq!(
            cell(&reading, "t2", "fee", "amount_wan"),
            expect,
            "{spelled}"
        );
        assert_eq!(!reading.report.notes.is_empty(), noted, "{spelled}");
    };
    check("18.8710", "18.871", false);
    check("251000元", "25.1", true);
    check("2601.953875万", "2601.953875", false);
    check("97万元", "97", false);
    check("1.2亿元", "12000", false);
    check("1,808.5", "1808.5", false);
}

#[test]
fn a_head_in_yuan_is_heeded() {
    let reading = read_text(
        "第二十条第（八）项\n信息内容 | 本年收费金额（单位：元）\n行政事业性收费 | 31500\n\
         第二十条第（六）项\n信息内容 | 本年处理决定数量\n行政处罚 | 3\n",
    );
    assert_eq!(cell(&reading, "t2", "fee", "amount_wan"), "3.15");
    assert_eq!(reading.report.notes.len(), 1);
}

#[test]
fn a_remark_in_a_line_of_its_own_is_a_note() {
    let reading = read_text(
        "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n\
         行政规范性文件\n22\n（其中修订 16 件）\n3\n41\n第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n9\n五、其他\n完。\n",
    );
    assert_eq!(row(&reading, "t2", "norms"), "22 3 41");
    assert_eq!(row(&reading, "t2", "license"), "9");
    assert_eq!(reading.report.notes.len(), 1);
    let note = &reading.report.notes[0];
    assert_eq!(note.cell, Some(CellKey::new("t2", "norms", "issued")));
    assert_eq!(note.text, "其中修订 16 件");
}

#[test]
fn spellings_of_labels() {
    let check = |label: &str, name: &str, misprinted: bool| {
        let text = format!(
            "{HEAD}一、本年新收政府信息公开申请数量 | 9 | 8 | 7 | 6 | 5 | 4 | 39 |\n\
             {label} | 11 | 12 | 13 | 14 | 15 | 16 | 81 |\n{END}"
        );
        let reading = read_text(&text);
        assert_eq!(row(&reading, "t3", name), "11 12 13 14 15 16 81", "{label}");
        assert_eq!(
            rules(&reading).contains("label-misprinted"),
            misprinted,
            "{label}"
        );
    };
    check("3.危机“三安全一稳定”", "deny.safety", true);
    check("1、属于国家机密", "deny.secret", true);
    check("1. 属于国家秘密", "deny.secret", false);
    check("2.其他法律行政止公开", "deny.law", true);
    check("2．其他法律、行政法规禁止公开", "deny.law", false);
    check(
        "(二) 部分公开(区分处理的, 只计这一情形, 不计其他情形)",
        "partial",
        false,
    );
    check("（二）部分公开", "partial", false);
    check("7.屬於行政執法案卷", "deny.enforcement", false);
    check("6.属于四类过程性性信息", "deny.process", true);
    check("8.属于行政查询事项（据(jù)实填写）", "deny.query", false);
    check("1.逾期不补正", "other.no_correction", false);
    check("（三）不予公开1.属于国家秘密", "deny.secret", false);
    check("三、本年度办理结果（一）予以公开", "granted", false);
    check("（五）不予处理 | 2.重复申请", "reject.repeat", false);
    check("行政机关确认或重新出具已获取信", "reject.confirm", false);
}

/// An extractor that drops repeated lines leaves the first nought of many.
#[test]
fn dropped_repeats_are_refused() {
    let full = text(&filled(Edition::Format2021), Layout::Lines);
    let mut seen = std::collections::HashSet::new();
    let dropped: String = full
        .lines()
        .map(|line| {
            if line.parse::<u32>().is_ok() {
                "0"
            } else {
                line
            }
        })
        .filter(|line| !line.is_empty() && seen.insert(*line))
        .map(|line| format!("{line}\n"))
        .collect();
    let reading = read_text(&dropped);
    assert!(
        reading.report.tables.is_empty(),
        "{:?}",
        reading.report.tables
    );
    let found: Vec<&str> = reading
        .report
        .findings
        .iter()
        .map(|f| f.rule.as_str())
        .collect();
    assert_eq!(found, ["table-unreadable"]);
    assert!(!reading.report.blank);
}

#[test]
fn labels_without_values_are_one_finding() {
    let bare: String = text(&filled(Edition::Format2021), Layout::Lines)
        .lines()
        .filter(|line| line.parse::<f64>().is_err())
        .map(|line| format!("{line}\n"))
        .collect();
    let reading = read_text(&bare);
    assert!(reading.report.tables.is_empty());
    assert_eq!(reading.report.findings.len(), 1);
    assert_eq!(reading.report.findings[0].rule, "table-unreadable");
}

#[test]
fn merged_noughts_are_the_total_alone() {
    // In a file: one cell over the seven columns.
    let mut table = content::Table::default();
    let wide = |text: &str, colspan| content::Cell {
        colspan,
        ..content::Cell::new(text)
    };
    let figures = |figures: &str| {
        figures
            .split(' ')
            .map(content::Cell::new)
            .collect::<Vec<_>>()
    };
    let line = |label: &str, rest: Vec<content::Cell>| {
        let mut cells = vec![wide(label, 3)];
        cells.extend(rest);
        cells
    };
    table.rows = vec![
        line("", vec![wide("申请人情况", 7)]),
        line(
            "一、本年新收政府信息公开申请数量",
            figures("1 2 3 4 5 6 21"),
        ),
        line("二、上年结转政府信息公开申请数量", vec![wide("0", 7)]),
        line("（一）予以公开", vec![wide("12", 7)]),
        line("（七）总计", vec![wide("7", 1), wide("0", 5), wide("7", 1)]),
        line("四、结转下年度继续办理", figures("9 8 7 6 5 4 39")),
    ];
    let content = Content {
        blocks: vec![
            Block::Table(table),
            Block::Paragraph(vec![Run::new("公开的内容还不够细致。")]),
        ],
        ..Content::default()
    };
    let reading = read(&content, "test");
    assert_eq!(row(&reading, "t3", "new"), "1 2 3 4 5 6 21");
    assert_eq!(row(&reading, "t3", "carried_in"), "- - - - - - 0");
    assert_eq!(row(&reading, "t3", "granted"), "- - - - - - -");
    assert_eq!(row(&reading, "t3", "result_total"), "7 - - - - - 7");
    assert_eq!(row(&reading, "t3", "carried_out"), "9 8 7 6 5 4 39");
    let unreadable = reading
        .report
        .findings
        .iter()
        .filter(|f| f.rule == "cell-unreadable");
    assert_eq!(unreadable.count(), 1, "{:?}", reading.report.findings);
}

#[test]
fn cells_merged_over_rows_are_not_guessed() {
    let tall = |text: &str| content::Cell {
        rowspan: 2,
        ..content::Cell::new(text)
    };
    let cells = |texts: &str| texts.split(' ').map(content::Cell::new).collect::<Vec<_>>();
    let mut first = cells("一、本年新收政府信息公开申请数量 1 2 3 4 5");
    first.extend([tall("0"), content::Cell::new("15")]);
    let rows = vec![
        cells("申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"),
        first,
        cells("二、上年结转政府信息公开申请数量 11 12 13 14 15 65"),
        cells("四、结转下年度继续办理 21 22 23 24 25 26 141"),
    ];
    let table = content::Table {
        caption: None,
        rows,
    };
    let content = Content {
        blocks: vec![Block::Table(table)],
        ..Content::default()
    };
    let reading = read(&content, "test");
    assert_eq!(row(&reading, "t3", "new"), "1 2 3 4 5 0 15");
    assert_eq!(row(&reading, "t3", "carried_in"), "11 12 13 14 15 - 65");
    assert_eq!(row(&reading, "t3", "carried_out"), "21 22 23 24 25 26 141");
}

#[test]
fn a_missing_last_cell_is_absent() {
    let text = format!(
        "{HEAD}| 一、本年新收政府信息公开申请数量 | 9 | 8 | 7 | 6 | 5 | 4 | 39 |\n\
         | 四、结转下年度继续办理 | 1 | 2 | 3 | 4 | 5 | 6 |  |\n{END}"
    );
    let reading = read_text(&text);
    assert_eq!(row(&reading, "t3", "carried_out"), "1 2 3 4 5 6 -");
}

#[test]
fn six_values_of_seven_are_not_guessed() {
    for gap in [" ", "    ", "\n"] {
        let values = ["11", "12", "13", "14", "15", "16"].join(gap);
        let more = (1..=7).map(|n| n.to_string()).collect::<Vec<_>>().join(gap);
        let text = format!(
            "{HEAD}一、本年新收政府信息公开申请数量{gap}{values}\n二、上年结转政府信息公开申请数量{gap}{more}\n\
             四、结转下年度继续办理{gap}{more}\n{END}"
        );
        let reading = read_text(&text);
        assert_eq!(row(&reading, "t3", "new"), "- - - - - - -", "{gap:?}");
        assert_eq!(
            row(&reading, "t3", "carried_in"),
            "1 2 3 4 5 6 7",
            "{gap:?}"
        );
        assert!(rules(&reading).contains("cell-unreadable"), "{gap:?}");
    }
}

#[test]
fn six_cells_with_a_blank_one_keep_their_columns() {
    let text = format!(
        "{HEAD}一、本年新收政府信息公开申请数量 | 11 | 12 |  | 14 | 15 | 16 | 68 | | |\n\
         二、上年结转政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | | |\n{END}"
    );
    let reading = read_text(&text);
    assert_eq!(row(&reading, "t3", "new"), "11 12 - 14 15 16 68");
}

#[test]
fn the_last_seven_of_shifted_values_count() {
    let text = "三、收到和处理政府信息公开申请情况\n\t申请人情况\t\t\t\t\t\t\n\t自然人\t法人或其他组织\t\t\t\t\t总计\n\
        一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n\
        （七）总计\t\t0\t11\t12\t13\t14\t15\t16\t81\t\n四、结转下年度继续办理\t\t7\t6\t5\t4\t3\t2\t27\n";
    let reading = read_text(text);
    assert_eq!(row(&reading, "t3", "result_total"), "11 12 13 14 15 16 81");
    assert_eq!(row(&reading, "t3", "carried_out"), "7 6 5 4 3 2 27");
}

/// Broken Markdown: some rows have lost their labels, which stand elsewhere.
fn without_labels(drop: bool) -> String {
    let report = filled(Edition::Format2021);
    let mut lost: Vec<String> = Vec::new();
    let mut out = String::new();
    for line in text(&report, Layout::BarsBare).lines() {
        let torn = [
            "（二）部分公开",
            "2.其他法律",
            "1.本机关不掌握",
            "5.要求行政",
            "4.无正当",
        ]
        .iter()
        .find(|label| line.contains(**label));
        let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
        if drop && line.contains("3.要求提供公开出版物") {
            continue;
        }
        match torn {
            Some(_) if cells.len() >= 8 => {
                let (labels, values) = cells.split_at(cells.len() - 7);
                lost.push(labels.concat());
                out.push_str(&format!(
                    "| {} |\n|---|---|---|---|---|---|---|\n",
                    values.join(" | ")
                ));
            }
            _ => out.push_str(&format!("{line}\n")),
        }
        if line.contains("7.属于行政执法案卷") {
            for label in lost.drain(..) {
                let cut = label
                    .char_indices()
                    .nth(9)
                    .map_or(label.len(), |(at, _)| at);
                out.push_str(&format!("{}\n{}\n", &label[..cut], &label[cut..]));
            }
        }
    }
    out
}

#[test]
fn rows_without_labels_are_told_by_their_order() {
    let report = filled(Edition::Format2021);
    let reading = read_text(&without_labels(false));
    let wrong = differences(report.edition, &report.tables, &reading.report.tables);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let found: Vec<(&str, Level)> = reading
        .report
        .findings
        .iter()
        .map(|finding| (finding.rule.as_str(), finding.level))
        .collect();
    assert_eq!(found, [("rows-by-order", Level::Info)]);
}

#[test]
fn order_tells_nothing_where_a_row_is_missing() {
    let report = filled(Edition::Format2021);
    let reading = read_text(&without_labels(true));
    for cell in report.edition.cells() {
        let found = reading.report.tables.get(cell.key);
        assert!(
            found == &Cell::Absent || found == report.tables.get(cell.key),
            "{}: {found:?}",
            cell.key
        );
    }
    assert!(!rules(&reading).contains("rows-by-order"));
    assert_eq!(row(&reading, "t3", "partial"), "- - - - - - -");
}

#[test]
fn headers_and_page_numbers_between_rows() {
    let report = filled(Edition::Format2021);
    let page = "\n          -4-\n\n（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况\n\
                                  自然人      法人或其他组织        总计\n\
                      商业   科研   社会公益 法律服务 其他\n                      企业   机构   组织   机构\n";
    let mut out = String::new();
    for line in text(&report, Layout::Pdf).lines() {
        if line.contains("3.补正后申请内容") || line.contains("4.保护第三方") {
            out.push_str(page);
        }
        out.push_str(line);
        out.push('\n');
    }
    let reading = read_text(&out);
    let wrong = differences(report.edition, &report.tables, &reading.report.tables);
    assert!(wrong.is_empty(), "{}\n{out}", wrong.join("\n"));
}

/// The labels of groups stand upright beside the rows, a piece in each line.
#[test]
fn scattered_labels_of_groups() {
    let report = filled(Edition::Format2021);
    let upright: Vec<char> = "三、本年度办理结果".chars().collect();
    let groups = [
        "（三）",
        "不予",
        "公开",
        "",
        "（四）",
        "无法",
        "提供",
        "",
        "（五）",
        "不予",
        "处理",
    ];
    let mut inside = false;
    let mut out = String::new();
    for (at, line) in text(&report, Layout::Pdf).lines().enumerate() {
        let mut rest = line.trim().to_owned();
        for group in [
            "三、本年度办理结果   ",
            "（三）不予公开   ",
            "（四）无法提供   ",
            "（五）不予处理   ",
            "（六）其他处理   ",
        ] {
            rest = rest.replace(group, "");
        }
        inside |= rest.starts_with("（一）予以公开");
        inside &= !rest.starts_with("四、结转");
        if inside {
            let own = upright[at % upright.len()];
            out.push_str(&format!(
                "  {own}     {}      {rest}\n",
                groups[at % groups.len()]
            ));
        } else {
            out.push_str(&format!("  {rest}\n"));
        }
    }
    let reading = read_text(&out);
    let wrong = differences(report.edition, &report.tables, &reading.report.tables);
    assert!(wrong.is_empty(), "{}\n{out}", wrong.join("\n"));
}

/// A sheet of a workbook is one table with everything in it.
#[test]
fn a_report_in_one_sheet() {
    let report = filled(Edition::Format2021);
    let laid = crate::layout(&report, &|_| None);
    let mut rows: Vec<content::Row> = Vec::new();
    for block in laid.blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph(runs) => {
                rows.push(vec![content::Cell {
                    runs,
                    ..content::Cell::default()
                }]);
            }
            Block::Table(table) => rows.extend(table.rows),
        }
    }
    rows.push(vec![content::Cell::new("这一年收到的申请都按期办结了。")]);
    let content = Content {
        blocks: vec![Block::Table(content::Table {
            caption: None,
            rows,
        })],
        ..Content::default()
    };
    let reading = read(&content, "test");
    let wrong = differences(report.edition, &report.tables, &reading.report.tables);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let prose: String = reading
        .prose
        .paragraphs
        .iter()
        .map(|p| p.text.as_str())
        .collect();
    assert!(
        prose.contains("四、政府信息公开行政复议、行政诉讼情况"),
        "{prose}"
    );
    assert!(prose.ends_with("按期办结了。"), "{prose}");
}

/// Other tables of a report are neither text nor figures of the form.
#[test]
fn tables_of_other_things_are_left_alone() {
    let row = |texts: &[&str]| texts.iter().map(|text| content::Cell::new(*text)).collect();
    let rows = vec![
        row(&["序号", "公开内容", "条数"]),
        row(&["1", "工作动态", "121"]),
        row(&["2", "通知公告", "87"]),
        row(&["3", "行政许可", "16"]),
    ];
    let table = content::Table {
        caption: None,
        rows,
    };
    let content = Content {
        blocks: vec![
            Block::Paragraph(vec![Run::new("公开的内容如下表。")]),
            Block::Table(table),
        ],
        ..Content::default()
    };
    let reading = read(&content, "test");
    assert_eq!(reading.report.edition, Edition::Narrative);
    assert!(reading.report.tables.is_empty() && rules(&reading).is_empty());
    let text = read_text("序号 | 公开内容 | 条数\n1 | 工作动态 | 121\n2 | 行政处罚 | 87\n");
    assert_eq!(text.report.edition, Edition::Narrative);
}

#[test]
fn a_text_that_ends_in_a_table_gives_what_is_there() {
    let report = filled(Edition::Format2021);
    for layout in Layout::ALL {
        let whole = text(&report, layout);
        let start = whole.find("第二十条").unwrap();
        let places: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
        for at in places.into_iter().filter(|at| *at > start).step_by(17) {
            let reading = read_text(&whole[..at]);
            for cell in report.edition.cells() {
                let found = reading.report.tables.get(cell.key);
                let right = found == &Cell::Absent || found == report.tables.get(cell.key);
                let edition = reading.report.edition;
                let last = edition
                    .table(cell.key.table)
                    .and_then(|table| table.rows.last());
                let last = last.is_some_and(|row| {
                    row.key == cell.key.row && row.columns.last().unwrap().key == cell.key.column
                });
                assert!(
                    right || last || edition != report.edition,
                    "{layout:?} {}: {found:?}\n{}",
                    cell.key,
                    &whole[..at]
                );
            }
        }
    }
}

#[test]
fn an_older_form_is_told_by_its_heads() {
    let mut report = filled(Edition::Trial2019);
    report.year = Some(2023);
    let reading = read_text(&text(&report, Layout::BarsBare));
    assert_eq!(reading.report.edition, Edition::Trial2019);
    assert_eq!(reading.report.year, Some(2023));
}

#[test]
fn sentences_that_use_the_words_of_the_forms_stay_text() {
    let text = "一、总体情况\n行政许可 12 件，行政处罚 5 件。\n其他\n（一）行政复议\n收到申请数 3 件，都已办结。\n\
        全年新收政府信息公开申请 3 件，予以公开 2 件，\n部分公开 1 件。\n总计 3 件。\n规章\n";
    let reading = read_text(text);
    assert_eq!(reading.report.edition, Edition::Narrative);
    let prose: String = reading
        .prose
        .paragraphs
        .iter()
        .map(|p| p.text.as_str())
        .collect();
    assert!(
        prose.contains("予以公开2件") && prose.contains("行政处罚5件"),
        "{prose}"
    );
}

#[test]
fn a_page_that_ends_behind_a_heading_below_a_table() {
    let report = filled(Edition::Format2021);
    let whole = text(&report, Layout::BarsBare);
    let heading = "五、存在的主要问题及改进情况\n";
    assert!(whole.contains(heading), "{whole}");
    let cut = whole.replace(heading, &format!("{heading}— 3 —\n基层更新不够及时。\n"));
    let reading = read_text(&cut);
    let mut sections = reading.report.sections.iter();
    let section = sections.find(|section| section.number == "五").unwrap();
    let first = section.paragraphs.first().map(String::as_str);
    assert_eq!(first, Some("基层更新不够及时。"));
}
