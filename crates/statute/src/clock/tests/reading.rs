//! JSON in and out.

use super::*;

fn check_bad(value: Value, says: &str) {
    let problems = Event::from_json(&value).unwrap_err();
    assert!(
        problems.iter().any(|p| p.contains(says)),
        "{value}: {problems:?}"
    );
}

#[test]
fn malformed_events_are_refused_in_chinese() {
    check_bad(json!("received"), "事件应为一个对象");
    check_bad(json!({"event":"received"}), "缺 on");
    check_bad(json!({"on":null,"event":"received"}), "缺 on");
    check_bad(json!({"on":"2022-09-30"}), "缺 event");
    check_bad(json!({"on":"2022-09-31","event":"received"}), "没有这一天");
    check_bad(json!({"on":"2022-9-30","event":"received"}), "读不出来");
    check_bad(json!({"on":"20220930","event":"received"}), "读不出来");
    check_bad(json!({"on":20220930,"event":"received"}), "20220930");
    check_bad(
        json!({"on":"2022-09-30","event":"arrived"}),
        "事件“arrived”不认识",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"received","chanel":"fax"}),
        "没有“chanel”",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"received","channel":"pigeon"}),
        "counter、",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"supplemented","days":5}),
        "没有“days”",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"extended","days":-1}),
        "非负整数",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"extended","days":1.5}),
        "非负整数",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"extended","days":0}),
        "1 到 1000",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"extended","days":u64::MAX}),
        "1 到 1000",
    );
    check_bad(json!({"on":"2022-09-30","event":"delayed"}), "缺 until");
    check_bad(
        json!({"on":"2022-09-30","event":"replied","outcome":"yes"}),
        "不认识",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"replied","by":"pigeon"}),
        "hand、post",
    );
    check_bad(json!({"on":"2022-09-30","event":"corrected"}), "缺 reason");
    check_bad(
        json!({"on":"2022-09-30","event":"corrected","reason":" "}),
        "不能为空",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"corrected","reason":"误","of":"x"}),
        "of“x”",
    );
    check_bad(
        json!({"on":"2022-09-30","event":"corrected","reason":"误","to":{"event":"received"}}),
        "to:缺 on",
    );
    let correction = json!({"on":"2022-09-30","event":"corrected","reason":"误"});
    check_bad(
        json!({"on":"2022-09-30","event":"corrected","reason":"误","to":correction}),
        "不能又是更正",
    );
}

#[test]
fn several_problems_are_reported_at_once() {
    let problems =
        Event::from_json(&json!({"event":"replied","outcome":"yes","why":1})).unwrap_err();
    assert_eq!(problems.len(), 3, "{problems:?}");
}

#[test]
fn every_kind_of_event_comes_back_as_written() {
    let mut seen = Vec::new();
    for value in [
        json!({"on":"2022-09-30","event":"received","channel":"fax","confirmed":"2022-10-08"}),
        json!({"on":"2022-09-30","event":"received"}),
        json!({"on":"2022-09-30","event":"supplement-asked","reply_by":"2022-10-20"}),
        json!({"on":"2022-09-30","event":"supplemented"}),
        json!({"on":"2022-09-30","event":"third-party-asked"}),
        json!({"on":"2022-09-30","event":"third-party-answered"}),
        json!({"on":"2022-09-30","event":"joint-maker-asked"}),
        json!({"on":"2022-09-30","event":"joint-maker-answered"}),
        json!({"on":"2022-09-30","event":"extended","days":20}),
        json!({"on":"2022-09-30","event":"reason-asked"}),
        json!({"on":"2022-09-30","event":"reason-given"}),
        json!({"on":"2022-09-30","event":"delayed","until":"2022-12-01"}),
        json!({"on":"2022-09-30","event":"fee-notified"}),
        json!({"on":"2022-09-30","event":"fee-paid"}),
        json!({"on":"2022-09-30","event":"transferred"}),
        json!({"on":"2022-09-30","event":"withdrawn"}),
        json!({"on":"2022-09-30","event":"replied","outcome":"C3.4","by":"hand"}),
        json!({"on":"2022-09-30","event":"closed","outcome":"other.unpaid"}),
        json!({"on":"2022-09-30","event":"corrected","of":"received","index":0,"reason":"误",
               "to":{"on":"2022-09-29","event":"received","channel":"counter"}}),
    ] {
        let event = Event::from_json(&value).unwrap();
        assert_eq!(event.to_json(), value);
        assert_eq!(
            serde_json::from_str::<Event>(&value.to_string()).unwrap(),
            event
        );
        seen.push(event.kind.key());
    }
    seen.dedup();
    assert_eq!(seen, EventKind::KEYS);
}

#[test]
fn a_clock_file() {
    let input = ClockInput::parse(r#"{"events":[]}"#).unwrap();
    assert_eq!((input.calendar.as_str(), input.today), ("national", None));
    let check = |text: &str, says: &str| {
        let problems = ClockInput::parse(text).unwrap_err();
        assert!(
            problems.iter().any(|p| p.contains(says)),
            "{text}: {problems:?}"
        );
    };
    check("{", "不是合法的 JSON");
    check("[]", "应为一个对象");
    check("{}", "缺 events");
    check(r#"{"events":{}}"#, "应为事件的列表");
    check(r#"{"events":[],"now":"2022-01-01"}"#, "没有“now”");
    check(r#"{"events":[],"today":"yesterday"}"#, "today 的日期");
    check(r#"{"events":[],"calendar":1}"#, "calendar 应为文字");
    check(
        r#"{"events":[{"on":"2022-01-04","event":"received"},{"on":"x","event":"received"}]}"#,
        "events[1]:on",
    );
}

#[test]
fn a_channel_is_filled_in_only_where_none_is_written() {
    use crate::RequestChannel::{Counter, Fax};
    let fill = |script: &str| events(script).remove(0).with_channel(Fax).kind;
    let received = |channel| EventKind::Received {
        channel: Some(channel),
        confirmed: None,
    };
    assert_eq!(fill("2022-09-30 received"), received(Fax));
    assert_eq!(fill("2022-09-30 received counter"), received(Counter));
    assert_eq!(fill("2022-09-30 supplemented"), EventKind::Supplemented);
}
