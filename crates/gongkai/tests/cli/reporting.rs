//! `report` over the county of `county.rs`, whose figures are counted here by hand.

use crate::harness::{Place, run};
use serde_json::{Value, json};

fn report(data: &str, args: &[&str]) -> Value {
    run(&[&["report", "--data", data][..], args].concat())
        .ends(0)
        .json()
}

/// Figures that are given, and zero in all others of the table.
#[track_caller]
fn exactly(rows: &Value, given: &[(&str, Value)]) {
    for (key, value) in rows.as_object().unwrap() {
        let expected = given
            .iter()
            .find(|(of, _)| of == key)
            .map(|(_, value)| value);
        assert_eq!(value, expected.unwrap_or(&json!(0)), "{key}");
    }
    for (key, _) in given {
        assert!(rows.get(*key).is_some(), "{key} is no row");
    }
}

#[test]
fn the_form_of_2014_counts_what_the_county_has() {
    let place = Place::new();
    let data = place.county();
    let all = report(
        &data,
        &["--unit", "青河县人民政府", "--year", "2018", "--roll-up"],
    );
    assert_eq!(all["edition"], "stats2014");
    assert_eq!(all["year"], 2018);
    assert_eq!(all["unit"], "青河县人民政府");
    exactly(
        &all["tables"]["stats2014"],
        &[
            ("A1", json!(5)),      // d1 d2 d3 d4 d6
            ("A1a", json!(1)),     // d1
            ("A1b", json!(2)),     // d1 d5
            ("A2.1", json!(1)),    // d6
            ("A2.2", json!(4)),    // d1 d2 d4 d6
            ("A2.3", json!(1)),    // d3
            ("A2.4", json!(1)),    // d1
            ("A2.5", json!(1)),    // d2
            ("B2.3", json!(1)),    // d4
            ("C1", json!(3)),      // r1 r2 r3
            ("C1.1", json!(1)),    // r2
            ("C1.3", json!(1)),    // r1
            ("C1.4", json!(1)),    // r3
            ("C2", json!(2)),      // r1 r2
            ("C2.1", json!(1)),    // r1
            ("C2.2", json!(1)),    // r2
            ("C3", json!(2)),      // r1 r2
            ("C3.2", json!(1)),    // r1
            ("C3.4", json!(1)),    // r2
            ("C3.4c", json!(1)),   // r2
            ("D", json!(1)),       // k1
            ("D.1", json!(1)),     // k1
            ("H2", json!(1)),      // e4
            ("H3", json!(1)),      // e5; e6 left in June
            ("H3.1", json!(1)),    // e5
            ("H4", json!(1.2345)), // e3: 1,234,500 fen are 1.2345 万元
            ("I2", json!(2)),      // e1 e2
            ("I3", json!(81)),     // 51 + 30
        ],
    );
    // Without the units below, by id.
    let own = report(&data, &["--unit", "u1", "--year", "2018"]);
    let table = &own["tables"]["stats2014"];
    for (key, value) in [
        ("A1", 3),
        ("A2.2", 3),
        ("C1", 2),
        ("C2", 1),
        ("I3", 30),
        ("H3", 0),
    ] {
        assert_eq!(table[key], json!(value), "{key}");
    }
}

#[test]
fn the_trial_form_counts_what_the_county_has() {
    let place = Place::new();
    let data = place.county();
    let all = report(&data, &["--unit", "u0", "--year", "2020", "--roll-up"]);
    assert_eq!(all["edition"], "trial2019");
    let t2 = &all["tables"]["t2"];
    assert_eq!(t2["norms"], json!({"made": 1, "published": 1, "total": 2})); // d7; with d1
    assert_eq!(
        t2["license"],
        json!({"last_year": 1, "change": 1, "decisions": 1})
    ); // e7, e8, x1
    assert_eq!(t2["procurement"]["items"], 0);
    let t3 = &all["tables"]["t3"];
    let row = |natural: i64, legal: i64| {
        json!({"natural": natural, "business": 0, "research": 0, "charity": 0, "legal": legal,
               "other": 0, "total": natural + legal})
    };
    assert_eq!(t3["new"], row(1, 1)); // r4 r5
    assert_eq!(t3["carried_in"], row(0, 0));
    assert_eq!(t3["granted"], row(1, 0)); // r4
    assert_eq!(t3["result_total"], row(1, 0));
    assert_eq!(t3["carried_out"], row(0, 1)); // r5
    // 2019 finds r3 open and closes it.
    let t3 =
        report(&data, &["--unit", "u0", "--year", "2019", "--roll-up"])["tables"]["t3"].clone();
    assert_eq!(t3["carried_in"], row(1, 0));
    assert_eq!(t3["unable.not_held"], row(1, 0));
    assert_eq!(t3["carried_out"], row(0, 0));
}

#[test]
fn the_form_of_2021_counts_what_the_county_has() {
    let place = Place::new();
    let data = place.county();
    let all = report(
        &data,
        &[
            "--unit",
            "u0",
            "--year",
            "2021",
            "--roll-up",
            "--edition",
            "format2021",
        ],
    );
    assert_eq!(all["edition"], "format2021");
    let t2 = &all["tables"]["t2"];
    // d8 made, d7 repealed in June, d1 and d8 in force.
    assert_eq!(t2["norms"], json!({"issued": 1, "repealed": 1, "valid": 2}));
    assert_eq!(t2["license"]["decisions"], 1); // x2
    assert_eq!(t2["penalty"]["decisions"], 2); // x3 x4
    assert_eq!(t2["coercion"]["decisions"], 0);
    assert_eq!(t2["fee"]["amount_wan"], json!(0.97)); // 970,000 fen
    let t3 = &all["tables"]["t3"];
    assert_eq!(t3["new"]["natural"], 1); // r6
    assert_eq!(t3["carried_in"]["legal"], 1); // r5
    assert_eq!(t3["partial"]["natural"], 1); // r6
    assert_eq!(t3["deny.process"]["legal"], 1); // r5
    assert_eq!(t3["result_total"]["total"], 2);
    assert_eq!(t3["carried_out"]["total"], 0);
    let t4 = &all["tables"]["t4"];
    let pending = json!({"upheld": 0, "corrected": 0, "other": 0, "pending": 1, "total": 1});
    assert_eq!(t4["lit_direct"], pending); // k2
    assert_eq!(t4["review"]["total"], 0);
    // Still pending in the year after.
    let later = report(&data, &["--unit", "u0", "--year", "2022", "--roll-up"]);
    assert_eq!(later["tables"]["t4"]["lit_direct"], pending);
}

#[test]
fn html_is_a_whole_page_and_a_file_gets_the_bytes() {
    let place = Place::new();
    let data = place.county();
    let base = [
        "report", "--unit", "u0", "--year", "2021", "--data", &data, "--format", "html",
    ];
    let page = run(&base).ends(0).out;
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("行政规范性文件"),
        "{page}"
    );
    let file = place.text("report.html");
    let ran = run(&[&base[..], &["--output", &file]].concat()).ends(0);
    assert_eq!(ran.out, "");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), page);
    let nowhere = place.text("none/report.html");
    run(&[&base[..], &["--output", &nowhere]].concat())
        .ends(1)
        .says("写不进去");
}

#[test]
fn an_unknown_unit_is_named_and_ends_with_1() {
    let place = Place::new();
    let data = place.county();
    let ran = run(&[
        "report",
        "--unit",
        "无此局",
        "--year",
        "2021",
        "--data",
        &data,
    ])
    .ends(1);
    let ran = ran.says("无此局");
    assert_eq!(ran.out, "");
}
