//! `clock` and `fee`: the contract's own vectors.

use crate::harness::{Place, feed, run};
use serde_json::json;

const PLAN: &str = r#"{"calendar":"national","today":"2022-12-02","events":[{"on":"2022-09-30","event":"received","channel":"registered-mail"},
 {"on":"2022-10-09","event":"supplement-asked","reply_by":"2022-10-20"},{"on":"2022-10-18","event":"supplemented"},
 {"on":"2022-10-20","event":"third-party-asked"},{"on":"2022-10-28","event":"third-party-answered"},
 {"on":"2022-11-10","event":"extended","days":20},{"on":"2022-11-20","event":"fee-notified"},{"on":"2022-11-22","event":"fee-paid"},
 {"on":"2022-12-01","event":"replied","outcome":"granted","by":"post"}]}"#;

#[test]
fn a_letter_signed_for_on_the_eve_of_national_day() {
    let text = r#"{"calendar":"national","events":[{"on":"2022-09-30","event":"received","channel":"registered-mail"}]}"#;
    let ran = feed(&["clock", "-"], text).ends(0);
    let answer = ran.json();
    assert_eq!(answer["received_on"], "2022-09-30");
    assert_eq!(answer["due_on"], "2022-11-02");
    assert_eq!(answer["overdue"], json!(null));
    assert_eq!(answer["warnings"], json!([]));
    let counted: Vec<_> = answer["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["counted"] == json!(true))
        .collect();
    assert_eq!(counted.len(), 20);
    assert_eq!(counted[19]["date"], "2022-11-02");
    assert_eq!(counted[19]["day"], 20);
    assert!(
        counted
            .iter()
            .all(|step| step["article"].as_str().is_some_and(|a| !a.is_empty()))
    );
    assert_eq!(ran.err, "");
}

#[test]
fn the_example_of_the_plan_restarts_with_the_payment() {
    let place = Place::new();
    let file = place.file("plan.json", PLAN);
    let answer = run(&["clock", &file]).ends(0).json();
    let keys: Vec<_> = answer.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        keys,
        [
            "received_on",
            "due_on",
            "supplement_notice_due_on",
            "overdue",
            "warnings",
            "steps"
        ]
    );
    // Paid on Tuesday 2022-11-22, then twenty working days without a holiday among them.
    assert_eq!(answer["due_on"], "2022-12-20");
    assert_eq!(answer["received_on"], "2022-09-30");
    assert_eq!(answer["overdue"], json!(false));
}

#[test]
fn a_regional_calendar_is_taken_from_the_data_or_refused() {
    let place = Place::new();
    let data = place.text("data");
    let text = r#"{"calendar":"ningxia","events":[{"on":"2026-03-02","event":"received","channel":"counter"}]}"#;
    feed(&["clock", "-"], text).ends(1).says("ningxia");
    feed(&["clock", "-", "--data", &data], text)
        .ends(1)
        .says("calendar load");
    let notice = place.file("notice", "# year: 2026\n2026-03-20 off 开斋节\n");
    run(&[
        "calendar", "load", &notice, "--region", "ningxia", "--data", &data,
    ])
    .ends(0);
    let regional = feed(&["clock", "-", "--data", &data], text).ends(0).json();
    let national = feed(
        &["clock", "-", "--data", &data],
        &text.replace("ningxia", "national"),
    );
    assert_eq!(national.ends(0).json()["due_on"], "2026-03-30");
    assert_eq!(regional["due_on"], "2026-03-31");
}

#[test]
fn wrong_events_end_with_1_and_every_problem_is_named() {
    let ran = feed(
        &["clock", "-"],
        r#"{"calender":"x","events":[{"on":"2022-02-30","event":"received"},{"on":"2022-03-01","event":"recieved"}]}"#,
    )
    .ends(1)
    .says("calender")
    .says("2022-02-30")
    .says("recieved");
    assert_eq!(ran.out, "");
    feed(&["clock", "-"], "{").ends(1).says("JSON");
    feed(&["clock", "-"], "").ends(1);
}

#[test]
fn fees_stand_first_with_their_arithmetic_and_article() {
    for (args, fee, sum, article) in [
        (
            ["fee", "requests", "42"],
            "4600 元",
            "10×0 + 20×100 + 10×200 + 2×300",
            "第四条",
        ),
        (
            ["fee", "pages", "250"],
            "4700 元",
            "30×0 + 70×10 + 100×20 + 50×40",
            "第五条",
        ),
        (["fee", "requests", "10"], "0 元", "10×0", "第四条"),
        (["fee", "requests", "0"], "0 元", "0 = 0", "第四条"),
        (["fee", "pages", "31"], "10 元", "30×0 + 1×10", "第五条"),
    ] {
        let ran = run(&args).ends(0);
        assert_eq!(ran.out.lines().next(), Some(fee), "{args:?}");
        assert!(
            ran.out.contains(sum) && ran.out.contains(article),
            "{}",
            ran.out
        );
        assert_eq!(ran.err, "");
    }
}
