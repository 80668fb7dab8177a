//! Reports end to end: compile, check, roll up, JSON, layout.

use std::collections::BTreeMap;

use proptest::prelude::*;
use statute::editions::{CellKey, Edition, Level, Relation};

use crate::*;

fn key(text: &str) -> CellKey {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// All cells of an edition at nought, but for the given ones.
fn values(edition: Edition, given: &[(&str, &str)]) -> BTreeMap<CellKey, Decimal> {
    let mut values: BTreeMap<_, _> = edition.cells().map(|c| (c.key, Decimal::ZERO)).collect();
    values.extend(
        given
            .iter()
            .map(|(cell, figure)| (key(cell), number(figure))),
    );
    values
}

fn all_nought(edition: Edition) -> BTreeMap<CellKey, Decimal> {
    values(edition, &[])
}

/// A report of a whole city. The total column and the cases are those of a published one
/// (13612 + 535 = 13364 + 783 for natural persons, 14069 + 560 = 13810 + 819 in all).
fn city() -> BTreeMap<CellKey, Decimal> {
    let edition = Edition::Format2021;
    let outcomes = [
        5548, 2168, 13, 30, 11, 51, 104, 85, 286, 150, 3222, 180, 19, 203, 148, 0, 101, 5, 318,
        203, 965,
    ];
    let mut values = values(
        edition,
        &[
            ("t2.rules.issued", "3"),
            ("t2.rules.repealed", "1"),
            ("t2.rules.valid", "2"),
            ("t2.norms.issued", "9"),
            ("t2.norms.repealed", "4"),
            ("t2.norms.valid", "5"),
            ("t2.fee.amount_wan", "12.5"),
            ("t3.new.natural", "13612"),
            ("t3.new.business", "252"),
            ("t3.new.other", "205"),
            ("t3.new.total", "14069"),
            ("t3.carried_in.natural", "535"),
            ("t3.carried_in.business", "6"),
            ("t3.carried_in.other", "19"),
            ("t3.carried_in.total", "560"),
            ("t3.result_total.natural", "13364"),
            ("t3.result_total.business", "252"),
            ("t3.result_total.other", "194"),
            ("t3.result_total.total", "13810"),
            ("t3.carried_out.natural", "783"),
            ("t3.carried_out.business", "6"),
            ("t3.carried_out.other", "30"),
            ("t3.carried_out.total", "819"),
            ("t3.granted.business", "252"),
            ("t3.granted.other", "194"),
            ("t4.review.upheld", "376"),
            ("t4.review.corrected", "97"),
            ("t4.review.other", "196"),
            ("t4.review.pending", "121"),
            ("t4.review.total", "790"),
            ("t4.lit_direct.upheld", "16"),
            ("t4.lit_direct.corrected", "1"),
            ("t4.lit_direct.other", "12"),
            ("t4.lit_direct.pending", "27"),
            ("t4.lit_direct.total", "56"),
            ("t4.lit_after_review.upheld", "74"),
            ("t4.lit_after_review.corrected", "1"),
            ("t4.lit_after_review.other", "30"),
            ("t4.lit_after_review.pending", "51"),
            ("t4.lit_after_review.total", "156"),
        ],
    );
    let rows = edition.table("t3").unwrap().rows.iter().map(|row| row.key);
    let rows =
        rows.filter(|row| !["new", "carried_in", "result_total", "carried_out"].contains(row));
    for (row, total) in rows.zip(outcomes) {
        // What organisations did not ask for, natural persons did.
        let others = if row == "granted" { 252 + 194 } else { 0 };
        let whole = |count| Decimal::whole(count).unwrap();
        values.insert(CellKey::new("t3", row, "total"), whole(total));
        values.insert(CellKey::new("t3", row, "natural"), whole(total - others));
    }
    values
}

/// The trial form: 821 + 18 = 767 + 72 for natural persons, 859 + 18 = 805 + 72 in all.
fn trial() -> BTreeMap<CellKey, Decimal> {
    values(
        Edition::Trial2019,
        &[
            ("t2.norms.made", "7"),
            ("t2.norms.published", "6"),
            ("t2.norms.total", "6"),
            ("t2.license.last_year", "4"),
            ("t2.license.change", "-4"),
            ("t2.procurement.amount_wan", "0.000001"),
            ("t3.new.natural", "821"),
            ("t3.new.business", "38"),
            ("t3.new.total", "859"),
            ("t3.carried_in.natural", "18"),
            ("t3.carried_in.total", "18"),
            ("t3.granted.business", "38"),
            ("t3.granted.total", "38"),
            ("t3.other.natural", "767"),
            ("t3.other.total", "767"),
            ("t3.result_total.natural", "767"),
            ("t3.result_total.business", "38"),
            ("t3.result_total.total", "805"),
            ("t3.carried_out.natural", "72"),
            ("t3.carried_out.total", "72"),
        ],
    )
}

/// A county's table of 2018 whose counted total is what its channels allow.
fn county() -> BTreeMap<CellKey, Decimal> {
    let given = [
        ("A1", "16078"),
        ("A1a", "6"),
        ("A1b", "6"),
        ("A2.1", "17"),
        ("A2.2", "5701"),
        ("A2.3", "230"),
        ("A2.4", "1870"),
        ("A2.5", "8260"),
        ("B1", "38"),
        ("B2.1", "1"),
        ("B2.1a", "1"),
        ("B2.2", "6"),
        ("B2.2a", "6"),
        ("B2.3", "12"),
        ("B2.4", "18"),
        ("B2.5", "1"),
        ("C1", "10"),
        ("C1.1", "1"),
        ("C1.2", "2"),
        ("C1.3", "3"),
        ("C1.4", "4"),
        ("C2", "10"),
        ("C2.1", "8"),
        ("C2.2", "2"),
        ("C3", "10"),
        ("C3.1", "1"),
        ("C3.2", "1"),
        ("C3.3", "1"),
        ("C3.4", "6"),
        ("C3.4a", "1"),
        ("C3.4b", "1"),
        ("C3.4c", "1"),
        ("C3.4d", "1"),
        ("C3.4e", "1"),
        ("C3.4f", "1"),
        ("C3.8", "1"),
        ("D", "3"),
        ("D.1", "1"),
        ("D.2", "1"),
        ("D.3", "1"),
        ("E", "2"),
        ("E.1", "2"),
        ("H1", "33"),
        ("H3", "116"),
        ("H3.1", "67"),
        ("H3.2", "49"),
        ("H4", "97"),
        ("I3", "232"),
    ];
    let cell = |(row, figure): (&str, &str)| (format!("stats2014[\"{row}\"]"), figure.to_owned());
    let given: Vec<(String, String)> = given.into_iter().map(cell).collect();
    let given: Vec<(&str, &str)> = given
        .iter()
        .map(|(cell, figure)| (cell.as_str(), figure.as_str()))
        .collect();
    values(Edition::Stats2014, &given)
}

fn sound() -> Vec<(Edition, i16, BTreeMap<CellKey, Decimal>)> {
    vec![
        (Edition::Format2021, 2021, city()),
        (Edition::Trial2019, 2019, trial()),
        (Edition::Stats2014, 2018, county()),
    ]
}

fn rules(report: &Report) -> Vec<&str> {
    report
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect()
}

#[test]
fn sound_figures_have_no_findings() {
    for (edition, year, values) in sound() {
        let report = compile(edition, "某市", year, &values, Vec::new());
        assert_eq!(report.findings, [], "{edition}");
        assert!(!report.blank);
        let (_, checked) = check_identities(&report);
        let equations: usize = edition.identities().iter().map(|i| i.equations.len()).sum();
        assert_eq!(checked.len(), equations, "{edition}");
        assert!(checked.iter().all(|relation| relation.holds));
        assert!(checked.iter().any(|relation| !relation.trivial));

        let nothing = compile(edition, "某市", year, &all_nought(edition), Vec::new());
        let (findings, checked) = check_identities(&nothing);
        assert_eq!(findings, [], "an office without any case, {edition}");
        assert!(
            checked
                .iter()
                .all(|relation| relation.holds && relation.trivial)
        );
    }
}

/// Every cell of every equation: one more or one less breaks the equations that it takes part in;
/// of an inequality, which these figures meet with room, only if the room is used up.
#[test]
fn one_off_in_any_cell_is_found() {
    for (edition, year, values) in sound() {
        for identity in edition.identities() {
            for equation in &identity.equations {
                for cell in equation.cells() {
                    let mut found = 0;
                    for step in [-1, 1] {
                        let mut wrong = values.clone();
                        let figure = wrong.get_mut(&cell).unwrap();
                        *figure = figure.checked_add(Decimal::whole(step).unwrap()).unwrap();
                        let report = compile(edition, "某市", year, &wrong, Vec::new());
                        let about = |finding: &&Finding| {
                            finding.rule == identity.name
                                && finding.place.cell() == Some(equation.stated)
                        };
                        found += report.findings.iter().filter(about).count();
                    }
                    let room = |cell: CellKey| values[&cell].micros() / 1_000_000;
                    let sum: i128 = equation
                        .expected
                        .iter()
                        .map(|term| i128::from(term.coefficient) * room(term.cell))
                        .sum();
                    let expect = match equation.relation {
                        Relation::Equal => 2,
                        _ if room(equation.stated) == sum => 1,
                        _ => 0,
                    };
                    assert_eq!(found, expect, "{edition} {} {cell}", identity.name);
                }
            }
        }
    }
}

#[test]
fn inequalities_at_their_edge() {
    // Every inequality is met with equality somewhere in the sound figures, or is broken here.
    let check = |edition, year, cell: &str, figure: &str, rule: &str, level: Level| {
        let base = sound()
            .into_iter()
            .find(|(known, ..)| *known == edition)
            .unwrap()
            .2;
        let mut wrong = base;
        wrong.insert(key(cell), number(figure));
        let report = compile(edition, "某市", year, &wrong, Vec::new());
        let found = report.findings.iter().find(|finding| finding.rule == rule);
        assert_eq!(
            found.map(|finding| finding.level),
            Some(level),
            "{rule}: {report:?}"
        );
    };
    use Edition::{Format2021, Stats2014, Trial2019};
    check(
        Format2021,
        2021,
        "t2.norms.valid",
        "4",
        "valid-below-net-issued",
        Level::Warning,
    );
    check(
        Trial2019,
        2019,
        "t2.norms.published",
        "7",
        "published-above-total",
        Level::Warning,
    );
    check(
        Trial2019,
        2019,
        "t2.license.change",
        "-5",
        "items-below-zero",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.A1",
        "16084",
        "disclosed-above-channels",
        Level::Error,
    );
    check(
        Stats2014,
        2018,
        "stats2014.A1",
        "8259",
        "disclosed-below-channel",
        Level::Error,
    );
    check(
        Stats2014,
        2018,
        "stats2014[\"B2.1a\"]",
        "2",
        "leader-share-above-total",
        Level::Error,
    );
    check(
        Stats2014,
        2018,
        "stats2014.A1a",
        "7",
        "normative-above-made",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.B1",
        "39",
        "responses-above-channels",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.C2",
        "11",
        "replies-below-closed",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.C2",
        "11",
        "closed-above-received",
        Level::Info,
    );
}

#[test]
fn a_finding_says_what_where_and_how() {
    let mut wrong = city();
    wrong.insert(key("t3.result_total.business"), number("251"));
    let report = compile(Edition::Format2021, "某市", 2021, &wrong, Vec::new());
    let finding = &report.findings[0];
    assert_eq!(
        (finding.rule.as_str(), finding.code.as_str()),
        ("request-balance-mismatch", "T101")
    );
    assert_eq!(finding.level, Level::Error);
    assert_eq!(finding.stated.as_deref(), Some("251"));
    assert_eq!(finding.expected.as_deref(), Some("252"));
    assert_eq!(finding.arithmetic.as_deref(), Some("252+6-6"));
    assert_eq!(
        finding.message,
        "“收到和处理政府信息公开申请情况”表“（七）总计（商业企业）”为 251，应等于 252+6-6 = 252，\
         相差 1：第一项加第二项之和，应等于第三项加第四项之和（条例 §50(二)，表内勾稽关系说明）。\
         请核对这些单元格，更正填错的一格。"
    );
    assert_eq!(
        finding.place.section.as_deref(),
        Some("三、收到和处理政府信息公开申请情况")
    );
    assert_eq!(finding.place.cell(), Some(key("t3.result_total.business")));
    let related: Vec<_> = finding.related.iter().filter_map(Place::cell).collect();
    assert_eq!(
        related,
        [
            "t3.new.business",
            "t3.carried_in.business",
            "t3.carried_out.business"
        ]
        .map(key)
    );
}

#[test]
fn open_cases_in_words_ease_the_table_of_2014() {
    let mut open = county();
    open.insert(key("stats2014.D"), number("4"));
    let level = |values: &_, notes| {
        let report = compile(Edition::Stats2014, "某县", 2018, values, notes);
        report
            .findings
            .iter()
            .find(|f| f.rule == "review-total-mismatch")
            .map(|f| f.level)
    };
    let note = || {
        vec![Note {
            cell: None,
            text: "年末尚有 1 件行政复议未审结".to_owned(),
        }]
    };
    assert_eq!(level(&open, Vec::new()), Some(Level::Error));
    assert_eq!(level(&open, note()), Some(Level::Warning));
    open.insert(key("stats2014.D"), number("2"));
    assert_eq!(
        level(&open, note()),
        Some(Level::Error),
        "fewer than the results: no reading"
    );
}

#[test]
fn absent_cells_skip_the_identity() {
    let mut values = county();
    values.remove(&key("stats2014[\"E.3\"]"));
    let report = compile(Edition::Stats2014, "某县", 2018, &values, Vec::new());
    assert_eq!(rules(&report), ["figure-missing"]);
    assert_eq!(
        report.findings[0].place.cell(),
        Some(key("stats2014[\"E.3\"]"))
    );
    let (_, checked) = check_identities(&report);
    let litigation = |relation: &&Checked| relation.place.row.as_deref() == Some("E");
    assert_eq!(checked.iter().filter(litigation).count(), 0);
}

#[test]
fn figures_that_cannot_stand_in_their_cell() {
    let check = |cell: &str, figure: &str, expect: bool| {
        let mut report = Report::new(Edition::Trial2019, "test");
        report.tables.set(key(cell), Cell::Number(number(figure)));
        let (findings, _) = check_identities(&report);
        assert_eq!(
            findings.iter().any(|f| f.rule == "figure-not-count"),
            expect,
            "{cell} {figure}"
        );
    };
    check("t3.new.natural", "5", false);
    check("t3.new.natural", "-5", true);
    check("t3.new.natural", "0.5", true);
    check("t2.fee.change", "-5", false);
    check("t2.fee.change", "-0.5", true);
    check("t2.procurement.amount_wan", "0.5", false);
    check("t2.procurement.amount_wan", "-0.5", true);
}

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

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        4 => (0i64..1_000_000_000_000_000).prop_map(|fen| {
            Decimal::wan_from_fen(fen).map_or(Cell::Absent, Cell::Number)
        }),
        4 => (-1_000_000i64..1_000_000).prop_map(|count| {
            Decimal::whole(count).map_or(Cell::Absent, Cell::Number)
        }),
        1 => Just(Cell::Absent),
        1 => ".{0,8}".prop_map(Cell::Unreadable),
    ]
}

fn any_report(edition: Edition) -> impl Strategy<Value = Report> {
    let cells = proptest::collection::vec(any_cell(), edition.cells().count());
    (
        cells,
        proptest::option::of(".{0,6}"),
        ".{0,9}",
        any::<bool>(),
    )
        .prop_map(move |(cells, unit, text, blank)| {
            let mut report = Report::new(edition, text.clone());
            for (cell, value) in edition.cells().zip(cells) {
                report.tables.set(cell.key, value);
            }
            report.unit = unit;
            report.year = Some(2021);
            report.blank = blank;
            report.notes = edition
                .cells()
                .take(2)
                .map(|cell| Note {
                    cell: Some(cell.key),
                    text: text.clone(),
                })
                .collect();
            report.sections = vec![Section {
                heading: text,
                level: 2,
                ..Section::default()
            }];
            report.findings = check_identities(&report).0;
            report
        })
}

fn any_edition() -> impl Strategy<Value = Edition> {
    proptest::sample::select(Edition::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_report_survives_json(report in any_edition().prop_flat_map(any_report)) {
        let text = report.to_json().to_string();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(Report::from_json(&value), Ok(report));
    }

    #[test]
    fn rolling_up_does_not_depend_on_the_order(
        reports in any_edition()
            .prop_flat_map(|edition| proptest::collection::vec(any_report(edition), 1..5)),
        turn in 0usize..5,
    ) {
        let mut turned = reports.clone();
        turned.rotate_left(turn % reports.len());
        prop_assert_eq!(roll_up(&reports), roll_up(&turned));
        turned.reverse();
        prop_assert_eq!(roll_up(&reports), roll_up(&turned));
    }

    #[test]
    fn any_report_is_laid_out_on_sound_tables(report in any_edition().prop_flat_map(any_report)) {
        for table in layout(&report, &|_| None).tables() {
            prop_assert!(table.grid().is_ok());
        }
    }
}
