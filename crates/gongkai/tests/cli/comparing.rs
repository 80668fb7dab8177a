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
