//! `calendar`: a year shown, a notice loaded.

use crate::harness::{Place, feed, run};
use serde_json::json;

const NOTICE: &str =
    "# year: 2027\n2027-01-01 off 元旦\n2027-02-08 off 春节\n2027-02-13 work 春节调休\n";
const OPEN: &str = r#"{"today":"2026-12-21","events":[{"on":"2026-12-14","event":"received","channel":"counter"}]}"#;

#[test]
fn a_known_year_is_shown_alone_on_standard_output() {
    let ran = run(&["calendar", "show", "2022"]).ends(0);
    assert_eq!(ran.err, "");
    assert!(ran.out.contains("2022-10-08\twork\t"), "{}", ran.out);
    assert!(ran.out.contains("2022-10-03\toff\t国庆节"), "{}", ran.out);
    let ran = run(&["calendar", "show", "2031"]).ends(0).says("2031");
    assert!(!ran.out.contains("# year:"), "{}", ran.out);
    run(&["calendar", "show", "2022", "--region", "ningxia"]).ends(2);
}

#[test]
fn loading_2027_clears_the_warnings_it_should() {
    let place = Place::new();
    let data = place.text("data");
    let before = feed(&["clock", "-", "--data", &data], OPEN).ends(0).json();
    let warnings = before["warnings"].as_array().unwrap();
    assert!(
        warnings
            .iter()
            .any(|w| w.as_str().unwrap().contains("2027")),
        "{warnings:?}"
    );
    let file = place.file("2027", NOTICE);
    let ran = run(&["calendar", "load", &file, "--data", &data])
        .ends(0)
        .says("2027");
    assert_eq!(ran.out, "");
    let after = feed(&["clock", "-", "--data", &data], OPEN).ends(0).json();
    assert_eq!(after["warnings"], json!([]));
    // New Year is a day off now, so the last day moves from Monday the 11th to Tuesday the 12th.
    assert_eq!(before["due_on"], "2027-01-11");
    assert_eq!(after["due_on"], "2027-01-12");
    let shown = run(&["calendar", "show", "2027", "--data", &data]).ends(0);
    assert!(
        shown.out.contains("2027-02-13\twork\t春节调休"),
        "{}",
        shown.out
    );
    assert_eq!(shown.err, "", "the year is known now");
}

#[test]
fn a_notice_reckons_open_requests_anew_and_leaves_closed_ones() {
    let place = Place::new();
    let data = place.text("data");
    let lines = r#"{"type":"unit","id":"u","name":"某县","kind":"government"}
{"type":"request","id":"open","unit":"u","number":"甲一","applicant":"natural","channel":"counter","events":[{"on":"2026-12-14","event":"received"}]}
{"type":"request","id":"shut","unit":"u","number":"甲二","applicant":"natural","channel":"counter","events":[{"on":"2026-12-14","event":"received"},{"on":"2026-12-16","event":"replied","outcome":"granted"}]}
"#;
    feed(&["import", "-", "--data", &data], lines).ends(0);
    let ran = feed(&["calendar", "load", "-", "--data", &data], NOTICE).ends(0);
    let ran = ran.says("1 件").says("甲一：2027-01-11 → 2027-01-12");
    assert!(!ran.err.contains("甲二"), "{}", ran.err);
    run(&["verify", "--data", &data]).ends(0);
}

#[test]
fn a_wrong_notice_is_refused_with_its_lines() {
    let place = Place::new();
    let data = place.text("data");
    let text =
        "2027-01-01 off 元旦\n2027-13-01 off 无\n2027-01-02 off 元旦\n2027-01-04 free 元旦\n";
    let ran = feed(&["calendar", "load", "-", "--data", &data], text).ends(1);
    let ran = ran.says("第 2 行").says("第 3 行").says("第 4 行");
    assert!(!ran.err.contains("第 1 行"), "{}", ran.err);
    run(&["calendar", "show", "2027", "--data", &data])
        .ends(0)
        .says("没有 2027 年");
    feed(
        &["calendar", "load", "-", "--region", "宁夏", "--data", &data],
        NOTICE,
    )
    .ends(1);
}

#[test]
fn the_first_region_becomes_the_sites_and_another_does_not() {
    let place = Place::new();
    let data = place.text("data");
    let load = |region: &str, day: &str| {
        let text = format!("# year: 2026\n{day} off 地方节日\n");
        feed(
            &["calendar", "load", "-", "--region", region, "--data", &data],
            &text,
        )
        .ends(0)
    };
    load("ningxia", "2026-03-20").says("本站点的地区设为“ningxia”");
    load("xizang", "2026-08-12").says("只供");
    let shown = run(&["calendar", "show", "2026", "--data", &data])
        .ends(0)
        .out;
    assert!(
        shown.contains("2026-03-20") && !shown.contains("2026-08-12"),
        "{shown}"
    );
    let other = run(&[
        "calendar", "show", "2026", "--region", "xizang", "--data", &data,
    ])
    .ends(0)
    .out;
    assert!(
        other.contains("2026-08-12") && !other.contains("2026-03-20"),
        "{other}"
    );
}
