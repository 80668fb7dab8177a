//! Compiling, rolling up, JSON and layout.

use std::collections::BTreeMap;

use statute::editions::Edition;

use super::{city, county, key, number, rules, sound, trial};
use crate::*;

#[test]
fn compiling_names_what_does_not_fit() {
    let mut given = city();
    given.insert(key("stats2014.A1"), number("5"));
    let report = compile(Edition::Format2021, "某市", 2021, &given, Vec::new());
    assert_eq!(rules(&report), ["figure-outside-form"]);
    assert_eq!(report.title, "某市 2021 年政府信息公开工作年度报告");
    let empty = compile(
        Edition::Format2021,
        "某市",
        2021,
        &BTreeMap::new(),
        Vec::new(),
    );
    assert!(empty.blank);
    assert_eq!(rules(&empty), ["figure-missing"; 3]);
}

#[test]
fn rolling_up() {
    let one = compile(Edition::Format2021, "甲局", 2021, &city(), Vec::new());
    let note = Note {
        cell: Some(key("t2.fee.amount_wan")),
        text: "含上年补缴".to_owned(),
    };
    let two = compile(Edition::Format2021, "乙局", 2021, &city(), vec![note]);
    let whole = roll_up(&[one.clone(), two.clone()])
        .unwrap()
        .with_unit("某市");
    assert_eq!(whole.findings, []);
    assert_eq!(
        whole.tables.number(key("t3.new.total")),
        Some(number("28138"))
    );
    assert_eq!(
        whole.tables.number(key("t2.fee.amount_wan")),
        Some(number("25"))
    );
    assert_eq!(whole.notes[0].text, "乙局：含上年补缴");
    assert_eq!(whole.unit.as_deref(), Some("某市"));

    let mut poor = two.clone();
    poor.tables.set(key("t3.new.natural"), Cell::Absent);
    poor.tables
        .set(key("t4.review.total"), Cell::Unreadable("若干".to_owned()));
    let whole = roll_up(&[one.clone(), poor]).unwrap();
    assert_eq!(
        whole.tables.number(key("t3.new.natural")),
        Some(number("13612"))
    );
    assert_eq!(
        *whole.tables.get(key("t4.review.total")),
        Cell::Unreadable("若干".to_owned())
    );
    let found = rules(&whole);
    for rule in [
        "child-figure-missing",
        "child-figure-unreadable",
        "request-balance-mismatch",
    ] {
        assert!(found.contains(&rule), "{rule} in {found:?}");
    }

    assert_eq!(
        rules(&roll_up(&[one.clone(), one.clone()]).unwrap()),
        ["child-counted-twice"]
    );
    assert_eq!(roll_up(&[]), Err(RollUpError::Nothing));
    let old = compile(Edition::Trial2019, "丙局", 2021, &trial(), Vec::new());
    let clash = RollUpError::Editions(Edition::Format2021, Edition::Trial2019);
    assert_eq!(roll_up(&[one.clone(), old]), Err(clash));
    let later = compile(Edition::Format2021, "丙局", 2022, &city(), Vec::new());
    assert_eq!(
        roll_up(&[one, later]),
        Err(RollUpError::Years(Some(2021), Some(2022)))
    );
}

#[test]
fn json_keys_are_those_of_the_contract() {
    let json = compile(Edition::Format2021, "某市", 2021, &city(), Vec::new()).to_json();
    let columns = [
        "natural", "business", "research", "charity", "legal", "other", "total",
    ];
    let row = json["tables"]["t3"]["deny.secret"].as_object().unwrap();
    assert_eq!(row.keys().collect::<Vec<_>>(), columns);
    assert_eq!(json["tables"]["t3"]["result_total"]["natural"], 13364);
    assert_eq!(
        json["tables"]["t2"]["fee"]["amount_wan"].to_string(),
        "12.5"
    );
    assert_eq!(json["tables"]["t4"]["lit_direct"]["pending"], 27);
    assert_eq!(json["edition"], "format2021");
    assert_eq!(json.get("blank"), None);
    let json = compile(Edition::Stats2014, "某县", 2018, &county(), Vec::new()).to_json();
    assert_eq!(json["tables"]["stats2014"]["H3.1"], 67);
    assert_eq!(json["tables"]["stats2014"]["H4"].to_string(), "97");
    let json = compile(Edition::Trial2019, "某县", 2019, &trial(), Vec::new()).to_json();
    assert_eq!(json["tables"]["t2"]["license"]["change"], -4);
    assert_eq!(json["tables"]["t3"]["other"]["natural"], 767);
    assert!(json["tables"]["t3"].get("other.other").is_none());
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "source", "title", "unit", "year", "edition", "sections", "tables", "notes", "findings"
        ]
    );
}

#[test]
fn json_that_is_no_report() {
    let good = compile(Edition::Format2021, "某市", 2021, &city(), Vec::new()).to_json();
    assert!(Report::from_json(&good).is_ok());
    let check = |pointer: &str, key: &str, value: serde_json::Value, expect: &str| {
        let mut bad = good.clone();
        let object = bad.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        object.insert(key.to_owned(), value);
        let error = Report::from_json(&bad).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    check("", "colour", 1.into(), "colour");
    check("", "edition", "2022".into(), "format2021");
    check("", "year", "MMXXI".into(), "year");
    check("/tables", "t9", serde_json::json!({}), "tables.t9");
    check(
        "/tables/t3",
        "deny.whim",
        serde_json::json!({}),
        "deny.whim",
    );
    check("/tables/t3/new", "martian", 1.into(), "martian");
    check(
        "/tables/t3/new",
        "natural",
        "5".into(),
        "tables.t3[\"new\"].natural",
    );
    check(
        "/tables/t3/new",
        "natural",
        serde_json::json!({"unreadable": 5}),
        "unreadable",
    );
    check("/tables/t3", "new", 5.into(), "对象");
    check(
        "",
        "notes",
        serde_json::json!([{"cell": "t3.x.y", "text": "…"}]),
        "t3.x.y",
    );
    let missing = serde_json::json!({"edition": "narrative", "tables": {}, "notes": []});
    assert_eq!(
        Report::from_json(&missing),
        Err(JsonError::Missing("source"))
    );
}

#[test]
fn layouts_tile_and_carry_every_figure_once() {
    for (edition, year, values) in sound() {
        let report = compile(edition, "某市", year, &values, Vec::new());
        let content = layout(&report, &|key| Some(format!("/f/{}", key.path())));
        let mut links = Vec::new();
        for table in content.tables() {
            table.grid().unwrap();
            let cells = table.rows.iter().flatten();
            links.extend(cells.filter_map(|cell| Some((cell.link.clone()?, cell.text()))));
        }
        let expect: Vec<(String, String)> = edition
            .cells()
            .map(|cell| {
                (
                    format!("/f/{}", cell.key.path()),
                    values[&cell.key].to_string(),
                )
            })
            .collect();
        assert_eq!(links, expect, "{edition}");
        let bare = layout(&report, &|_| None);
        assert!(
            bare.tables()
                .flat_map(|t| t.rows.iter().flatten())
                .all(|c| c.link.is_none())
        );
    }
}

#[test]
fn layout_of_text() {
    let section = |number: &str, heading: &str, level, text: &str| Section {
        number: number.to_owned(),
        heading: heading.to_owned(),
        level,
        paragraphs: vec![text.to_owned()],
    };
    let mut report = compile(Edition::Format2021, "某局", 2021, &city(), Vec::new());
    report.sections = vec![
        section("", "", 1, "引言。"),
        section("一", "总体情况", 1, "概述。"),
        section("", "（一）主动公开", 2, "细目。"),
        section("六", "其他需要报告的事项", 1, "没有收取信息处理费。"),
        section("七", "附记", 1, "多出的一章。"),
    ];
    let plain = layout(&report, &|_| None).plain();
    let lines: Vec<&str> = plain.lines().filter(|line| !line.contains('\t')).collect();
    assert_eq!(
        lines,
        [
            "某局 2021 年政府信息公开工作年度报告",
            "引言。",
            "一、总体情况",
            "概述。",
            "（一）主动公开",
            "细目。",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
            "没有收取信息处理费。",
            "七、附记",
            "多出的一章。",
        ]
    );
    let county = compile(Edition::Stats2014, "某县", 2018, &county(), Vec::new());
    let plain = layout(&county, &|_| None).plain();
    assert!(plain.contains("附件\n2018 年度政府信息公开情况统计表\n填报单位（盖章）：某县\n"));
    assert!(plain.contains("2.兼职人员数\t个\t49\n"));
}
