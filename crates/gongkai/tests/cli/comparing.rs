//! `check` with other reports beside: last year's, and those of the units below.

use crate::harness::{Place, run};
use serde_json::Value;
use std::fs;

/// Compiles the report of a unit into a Word file.
fn compile(place: &Place, data: &str, unit: &str, year: &str, more: &[&str], name: &str) -> String {
    let file = place.text(name);
    let base = [
        "report", "--unit", unit, "--year", year, "--data", data, "--format", "docx", "--output",
        &file,
    ];
    run(&[&base[..], more].concat()).ends(0);
    file
}

fn check(args: &[&str]) -> Value {
    run(&[&["check", "--format", "json"], args].concat()).json()["reports"][0].clone()
}

#[track_caller]
fn codes<'a>(report: &'a Value, letter: &str) -> Vec<&'a str> {
    let findings = report["findings"].as_array().unwrap();
    let codes = findings.iter().map(|it| it["code"].as_str().unwrap());
    codes.filter(|code| code.starts_with(letter)).collect()
}

fn examined(report: &Value, kind: &str) -> usize {
    let checked = report["checked"].as_array().unwrap();
    checked
        .iter()
        .filter(|it| it["kind"] == kind && it["holds"] == true)
        .count()
}

#[test]
fn a_report_is_held_against_that_of_the_year_before() {
    let place = Place::new();
    let data = place.county();
    fs::create_dir(place.path("2020")).unwrap();
    let before = compile(&place, &data, "u2", "2020", &[], "2020/town.docx");
    compile(&place, &data, "u1", "2020", &[], "2020/bureau.docx");
    let town = compile(&place, &data, "u2", "2021", &[], "town.docx");
    // One request was open at the end of 2020.
    let folder = place.text("2020");
    for previous in [&before, &folder] {
        let report = check(&[&town, "--previous", previous]);
        assert_eq!(codes(&report, "Y"), [""; 0], "{previous}");
        assert!(examined(&report, "cross-year") > 0, "{report}");
    }
    // Without the option nothing is compared, and a report of nobody's last year is said.
    assert_eq!(examined(&check(&[&town]), "cross-year"), 0);
    let county = compile(&place, &data, "u0", "2021", &[], "county.docx");
    assert_eq!(
        codes(&check(&[&county, "--previous", &folder]), "Y"),
        ["Y190"]
    );
    run(&["check", &town, "--previous", &place.text("none")])
        .ends(2)
        .says("none");
    fs::create_dir(place.path("empty")).unwrap();
    run(&["check", &town, "--previous", &place.text("empty")])
        .ends(2)
        .says("--previous");
}

#[test]
fn a_report_is_held_against_those_of_the_units_below() {
    let place = Place::new();
    let data = place.county();
    fs::create_dir(place.path("below")).unwrap();
    for unit in ["u0", "u1", "u2"] {
        compile(
            &place,
            &data,
            unit,
            "2021",
            &[],
            &format!("below/{unit}.docx"),
        );
    }
    let whole = compile(&place, &data, "u0", "2021", &["--roll-up"], "whole.docx");
    let below = place.text("below");
    let report = check(&[&whole, "--children", &below]);
    assert_eq!(codes(&report, "R"), [""; 0], "{report}");
    assert!(examined(&report, "roll-up") > 100, "{report}");
    // A town that is not there is missed in the sums.
    fs::remove_file(place.path("below/u2.docx")).unwrap();
    let report = check(&[&whole, "--children", &below]);
    assert!(codes(&report, "R").contains(&"R104"), "{report}");
    fs::write(place.path("below/u3.docx"), "PK\u{3}\u{4}broken").unwrap();
    let report = check(&[&whole, "--children", &below]);
    let unread = report["findings"].as_array().unwrap().iter();
    let unread: Vec<&Value> = unread.filter(|it| it["code"] == "F101").collect();
    assert_eq!(unread.len(), 1);
    assert!(
        unread[0]["message"].as_str().unwrap().contains("u3.docx"),
        "{report}"
    );
}

/// Texts with nothing in them that the form has everybody say.
const LAMPS: &str = "路灯坏了没人修的事今年写进了公示栏，哪一盏坏了、报给了谁、谁去修、几天修好，都由值班的人当天写上去，修好以后再拍一张照片贴在旁边，住在附近的老人看一眼就知道该找谁。";
const PONDS: &str = "三个村的水塘承包期去年到期，村里把旧合同、新报价和评议会的记录一起贴在戏台后墙，字放大到能隔着马路看清，贴满一个月才撤，撤下来的装订成册放在阅览室任人翻看。";
const BOOKS: &str = "便民大厅新添了一排矮柜，放着历年的预算和决算，按年份和部门贴了颜色不同的标签，谁都可以坐下来慢慢翻，看不懂的数字可以写在旁边的本子上，十天之内由会计当面讲清楚。";

#[test]
fn shared_passages_are_shown_side_by_side() {
    let place = Place::new();
    fs::create_dir(place.path("town")).unwrap();
    let report = |name: &str, unit: &str, year: i16, parts: &[&str]| {
        let text = format!(
            "{unit}{year}年政府信息公开工作年度报告\n一、总体情况\n{}\n",
            parts.join("\n")
        );
        fs::write(place.path(name), text).unwrap();
        place.text(name)
    };
    let green = report("town/a.txt", "青岩镇人民政府", 2021, &[LAMPS, PONDS, BOOKS]);
    report("town/b.txt", "白水镇人民政府", 2021, &[PONDS, LAMPS, BOOKS]);
    report("town/c.txt", "黑石镇人民政府", 2021, &[BOOKS]);
    let folder = place.text("town");
    let all = run(&["check", "--format", "json", "--copies", &folder]).json();
    let codes: Vec<String> = all["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|report| codes(report, "P4").join(" "))
        .collect();
    // One paragraph of eighty characters proves nothing.
    assert_eq!(codes, ["P402", "P402", ""]);
    let findings = all["reports"][0]["findings"].as_array().unwrap();
    let copied = findings.iter().find(|it| it["code"] == "P402").unwrap();
    let quote = |place: &Value| place["quote"].as_str().unwrap().to_owned();
    let shown = quote(&copied["place"]);
    let begins = |part: &&str| shown.starts_with(&part[..60]);
    assert!([LAMPS, PONDS, BOOKS].iter().any(begins), "{shown}");
    assert_eq!(quote(&copied["related"][0]), shown);
    assert!(copied["message"].as_str().unwrap().contains("b.txt"));
    // Without the option nobody looks.
    let none = run(&["check", "--format", "json", &folder]).json();
    assert!(!none.to_string().contains("P402"));
    // The report of last year may come from elsewhere.
    let before = report("before.txt", "青岩镇人民政府", 2020, &[LAMPS, PONDS]);
    let one = check(&[&green, "--copies", "--previous", &before]);
    assert_eq!(self::codes(&one, "P4"), ["P401"]);
    let text = run(&["check", &green, "--copies", "--previous", &before]);
    assert!(
        text.out.contains("本文") && text.out.contains("对方"),
        "{}",
        text.out
    );
    let page = run(&[
        "check",
        &green,
        "--copies",
        "--previous",
        &before,
        "--format",
        "html",
    ]);
    assert!(page.out.contains("class=\"passages\""), "{}", page.out);
    // One report alone, and standard input, cannot be compared.
    run(&["check", "--copies", &green]).ends(2).says("--copies");
    run(&["check", "--copies", "-", &folder])
        .ends(2)
        .says("--copies");
}
