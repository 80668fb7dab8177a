use statute::editions::{CellKey, Edition};

use super::*;
use crate::model::Cell;
use crate::rules::cases::reading;

fn report(unit: &str, cells: &[(&str, &str)], text: &str) -> Reading {
    let mut made = reading(text, unit);
    made.report.edition = Edition::Format2021;
    made.report.unit = Some(unit.to_owned());
    made.report.year = Some(2021);
    for (key, figure) in cells {
        let key: CellKey = key.parse().unwrap();
        assert!(made.report.edition.cell(key).is_some(), "{key}");
        let cell = match figure.parse() {
            Ok(figure) => Cell::Number(figure),
            Err(_) => Cell::Unreadable((*figure).to_owned()),
        };
        made.report.tables.set(key, cell);
    }
    made
}

fn shown(parent: &Reading, children: &[Reading]) -> String {
    let checkup = check_children(parent, children);
    let mut parts: Vec<String> = checkup
        .checked
        .iter()
        .map(|it| {
            let mark = match (it.holds, &it.explanation) {
                (true, None) => "",
                (true, Some(_)) => "~",
                (false, None) => "!",
                (false, Some(_)) => "?",
            };
            format!("{mark}{}={}", it.stated, it.arithmetic)
        })
        .collect();
    parts.extend(
        checkup
            .findings
            .iter()
            .map(|it| format!("{} {}", it.code, it.level.key())),
    );
    parts.join(", ")
}

const NEW: &str = "t3/new/natural";
const SUM: &str = "t3/new/total";
const FEE: &str = "t2/fee/amount_wan";
const PARENT: &str = "云岭县人民政府";

#[test]
fn a_parent_is_the_sum_of_its_children() {
    let children = [
        report("云岭县民政局", &[(NEW, "3"), (FEE, "1.25")], ""),
        report("青岩镇人民政府", &[(NEW, "4"), (FEE, "0.05")], ""),
    ];
    let check = |new: &str, fee: &str, expect: &str| {
        let parent = report(PARENT, &[(NEW, new), (FEE, fee)], "");
        assert_eq!(shown(&parent, &children), expect);
    };
    check("7", "1.3", "1.3=1.25+0.05, 7=3+4");
    // Less than the children together is never right.
    check("6", "1.3", "1.3=1.25+0.05, !6=3+4, R104 error");
    // More may be the government's own.
    check("9", "1.3", "1.3=1.25+0.05, ?9=3+4, R104 warning");
}

#[test]
fn with_its_own_level_nothing_explains_what_is_more() {
    let parent = report(PARENT, &[(NEW, "9"), (SUM, "9")], "");
    let mut children = vec![
        report("云岭县民政局", &[(NEW, "3"), (SUM, "3")], ""),
        report("云岭县人民政府办公室", &[(NEW, "5"), (SUM, "5")], ""),
    ];
    // One wrong figure moves the total: one finding.
    assert_eq!(shown(&parent, &children), "!9=3+5, !9=3+5, R104 error");
    // The parent itself lies in the folder as well.
    children.push(parent.clone());
    assert_eq!(shown(&parent, &children), "!9=3+5, !9=3+5, R104 error");
}

#[test]
fn an_absent_figure_is_not_nought() {
    let parent = report(PARENT, &[(NEW, "7")], "");
    let with = |cells: &[(&str, &str)]| {
        let children = [
            report("云岭县民政局", &[(NEW, "3")], ""),
            report("青岩镇人民政府", cells, ""),
        ];
        shown(&parent, &children)
    };
    assert_eq!(with(&[]), "~7=3, R101 warning");
    assert!(with(&[(NEW, "见附件")]).contains("R102 warning"));
    // What is there is already too much.
    assert!(with(&[(NEW, "5"), (SUM, "x")]).contains("!7=3+5"));
}

#[test]
fn another_year_another_form_and_twice() {
    let parent = report(PARENT, &[(NEW, "7")], "");
    let one = report("云岭县民政局", &[(NEW, "3")], "");
    let mut older = report("青岩镇人民政府", &[(NEW, "4")], "");
    older.report.year = Some(2020);
    let codes = |children: &[Reading]| {
        let findings = check_children(&parent, children).findings;
        let found: Vec<String> = findings
            .iter()
            .filter(|it| it.code != "R101")
            .map(|it| format!("{} {}", it.code, it.level.key()))
            .collect();
        found.join(", ")
    };
    assert_eq!(codes(&[one.clone(), older.clone()]), "R106 error");
    older.report.year = Some(2021);
    older.report.edition = Edition::Trial2019;
    assert_eq!(codes(&[one.clone(), older]), "R106 warning");
    let town = report("青岩镇人民政府", &[(NEW, "4")], "");
    assert_eq!(
        codes(&[one.clone(), town.clone(), town.clone()]),
        "R103 info"
    );
    let mut draft = report("青岩镇人民政府", &[(NEW, "5")], "");
    draft.report.source = "draft.txt".to_owned();
    assert_eq!(codes(&[one, town, draft]), "R103 error");
}

#[test]
fn the_preamble_says_how_many() {
    let text = "云岭县人民政府2021年政府信息公开工作年度报告\n本报告由云岭县人民政府办公室根据2个乡镇、1个部门的报告汇总编制。";
    let parent = report(PARENT, &[(NEW, "7")], text);
    let units = ["青岩镇人民政府", "白水镇人民政府", "云岭县民政局"];
    let children = |count: usize| -> Vec<Reading> {
        units[..count]
            .iter()
            .map(|unit| report(unit, &[(NEW, "2")], ""))
            .collect()
    };
    let show = |children: &[Reading]| {
        let shown = shown(&parent, children);
        shown
            .split(", ")
            .filter(|part| !part.starts_with("R101"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(show(&children(3)), "3=2+1, ?7=2+2+2, R104 warning");
    // A missing report explains what is more, and is named as such.
    assert_eq!(show(&children(2)), "!2=2+1, ~7=2+2, R105 warning");
    // Without tables there is nothing to add up.
    let mut bare = parent.clone();
    bare.report.edition = Edition::Narrative;
    let codes: Vec<String> = check_children(&bare, &children(2))
        .findings
        .into_iter()
        .map(|it| it.code)
        .collect();
    assert_eq!(codes, ["R105"]);
    let mut four = children(3);
    four.push(report("云岭县人民政府办公室", &[(NEW, "1")], ""));
    assert_eq!(show(&four), "~4=2+1, 7=2+2+2+1");
}

#[test]
fn missing_units_are_named_where_the_preamble_lists_them() {
    let text = "云岭县人民政府2021年政府信息公开工作年度报告\n本报告汇总了3个单位的情况：云岭县民政局、云岭县财政局、青岩镇人民政府。";
    let parent = report(PARENT, &[(NEW, "7")], text);
    let children = [
        report("云岭县民政局", &[(NEW, "3")], ""),
        report("青岩镇", &[(NEW, "4")], ""),
    ];
    let findings = check_children(&parent, &children).findings;
    let missing = findings.iter().find(|it| it.code == "R105").unwrap();
    assert!(
        missing.message.contains("云岭县财政局"),
        "{}",
        missing.message
    );
    assert!(!missing.message.contains("青岩镇"), "{}", missing.message);
    // The last of them before the number.
    let text = "云岭县人民政府2021年政府信息公开工作年度报告\n本报告汇总云岭县民政局、青岩镇人民政府、云岭县财政局3个单位的情况。";
    let parent = report(PARENT, &[(NEW, "7")], text);
    let findings = check_children(&parent, &children).findings;
    let missing = findings.iter().find(|it| it.code == "R105").unwrap();
    assert!(
        missing.message.contains("没有的是云岭县财政局；"),
        "{}",
        missing.message
    );
}

#[test]
fn what_cannot_be_added_is_told_once() {
    let text = "云岭县人民政府2021年政府信息公开工作年度报告\n本报告汇总了2个单位的情况。";
    let parent = report(PARENT, &[(NEW, "7")], text);
    let one = report("云岭县民政局", &[(NEW, "3")], "");
    let two = report("青岩镇人民政府", &[(NEW, "4")], "");
    let messages = |children: &[Reading]| {
        let findings = check_children(&parent, children).findings;
        let told: Vec<String> = findings
            .into_iter()
            .filter(|it| it.code != "R101")
            .map(|it| format!("{} {}", it.code, it.message))
            .collect();
        told.join("\n")
    };
    assert_eq!(messages(&[one.clone(), two.clone()]), "");
    // Another county's report is named, and not added; a letter is no report.
    let mut letter = report("", &[], "请于一月底以前报送。");
    letter.report.unit = None;
    letter.report.year = None;
    letter.report.edition = Edition::Narrative;
    let foreign = report("青河县民政局", &[(NEW, "9")], "");
    let told = messages(&[one.clone(), two.clone(), foreign, letter]);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(
        told.contains("青河县民政局的报告从名称看不属于云岭县"),
        "{told}"
    );
    // A town may be called after a county of its own.
    let town = report("古原县镇人民政府", &[(NEW, "4")], "");
    assert_eq!(messages(&[one.clone(), town]), "");
    // One wrong year is one fault.
    let older = |mut child: Reading| {
        child.report.year = Some(2020);
        child
    };
    let told = messages(&[older(one), older(two)]);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(
        told.contains("云岭县民政局、青岩镇人民政府这 2 个单位"),
        "{told}"
    );
}
