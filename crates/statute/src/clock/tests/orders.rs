//! Orders that cannot be, and corrections.

use super::*;

const LETTER: &str = "2022-09-30 received registered-mail";

fn check(script: &str, says: &str) {
    let problems = check_order(&events(script));
    assert!(
        problems.iter().any(|p| p.contains(says)),
        "{script}: {problems:?}"
    );
}

#[test]
fn orders_that_cannot_be() {
    let more = |events: &str, says: &str| check(&format!("{LETTER}; {events}"), says);
    check("2022-10-01 replied granted", "没有“收到申请”");
    more("2022-09-29 replied granted", "早于收到申请之日");
    more(
        "2022-09-29 extended 5",
        "2022-09-29 延长答复期限：早于收到申请之日",
    );
    more("2022-10-08 received counter", "只能收到一次");
    more(
        "2022-10-08 supplemented; 2022-10-09 supplement-asked 2022-10-20",
        "此前没有“告知补正”",
    );
    more(
        "2022-10-08 fee-paid; 2022-10-09 fee-notified",
        "此前没有“发出收费通知”",
    );
    more(
        "2022-10-08 withdrawn; 2022-10-09 extended 5",
        "以“申请人撤回”办结",
    );
    more(
        "2022-10-08 replied granted; 2022-10-09 extended 5",
        "于 2022-10-08 以“作出答复”办结",
    );
    more(
        "2022-10-08 replied granted; 2022-10-09 closed other.other",
        "再次办结",
    );
    more(
        "2022-10-08 reason-asked; 2022-10-09 delayed 2022-10-08",
        "早于当日",
    );
    more("2022-10-08 supplement-asked 2022-10-07", "早于当日");
    check(
        "2022-09-30 received fax confirmed=2022-09-29",
        "确认日 2022-09-29 早于到达日",
    );
}

#[test]
fn an_answer_without_its_asking_is_incomplete_not_impossible() {
    for (event, first) in [
        ("supplemented", "告知补正"),
        ("third-party-answered", "征求第三方意见"),
        ("joint-maker-answered", "征求共同制作机关意见"),
        ("reason-given", "要求说明理由"),
        ("fee-paid", "发出收费通知"),
    ] {
        let list = events(&format!("{LETTER}; 2022-10-08 {event}"));
        assert_eq!(check_order(&list), Vec::<String>::new(), "{event}");
        let missing = missing_askings(&list);
        assert!(
            missing.len() == 1 && missing[0].contains(first),
            "{missing:?}"
        );
        assert!(
            replay(&Calendar::national(), &list, None)
                .warnings
                .contains(&missing[0])
        );
    }
    let mixed = events(&format!(
        "{LETTER}; 2022-10-08 joint-maker-asked; 2022-10-09 third-party-answered"
    ));
    assert_eq!(missing_askings(&mixed).len(), 1);
}

#[test]
fn a_closing_puts_day_and_outcome_to_a_withdrawal() {
    let list = events(&format!(
        "{LETTER}; 2022-10-08 withdrawn; 2022-10-09 closed other.other"
    ));
    assert_eq!(check_order(&list), Vec::<String>::new());
    let closed = replay(&Calendar::national(), &list, None).closed.unwrap();
    assert_eq!(closed.on, Date::constant(2022, 10, 9));
    let list = events(&format!(
        "{LETTER}; 2022-10-08 withdrawn; 2022-10-09 closed other.other; 2022-10-10 closed other.other"
    ));
    assert!(check_order(&list)[0].contains("再次办结"));
}

#[test]
fn orders_that_can_be() {
    for script in [
        LETTER,
        "2022-09-30 received ordinary-mail",
        // Listed backwards, dated forwards.
        "2022-10-08 replied granted; 2022-09-30 received counter",
        "2022-09-30 replied granted; 2022-09-30 received counter",
        // Late, and yet it happened.
        "2022-09-30 received counter; 2023-09-30 replied granted",
        "2022-09-30 received counter; 2022-10-08 third-party-asked; 2022-10-09 third-party-asked; 2022-10-10 third-party-answered; 2022-10-11 third-party-answered",
        "2022-09-30 received counter; 2022-10-08 delayed 2022-12-01",
    ] {
        assert_eq!(
            check_order(&events(script)),
            Vec::<String>::new(),
            "{script}"
        );
    }
}

/// The due date and warnings of a letter of 2022-09-30, extended on 2022-10-25, then corrected.
fn corrected(correction: Value) -> (String, Vec<String>) {
    let mut list = events(&format!("{LETTER}; 2022-10-25 extended 20"));
    list.push(Event::from_json(&correction).unwrap());
    let answer = replay(&Calendar::national(), &list, None);
    assert_eq!(
        check_order(&list),
        answer.warnings,
        "only the correction can be at fault"
    );
    (
        answer.due_on.map(|d| d.to_string()).unwrap_or_default(),
        answer.warnings,
    )
}

#[test]
fn a_correction_recomputes_everything() {
    let on = "2022-10-26";
    let check = |correction: Value, due: &str| {
        assert_eq!(corrected(correction), (due.to_owned(), vec![]));
    };
    // The event directly before.
    check(
        json!({"on":on,"event":"corrected","reason":"误录"}),
        "2022-11-02",
    );
    check(
        json!({"on":on,"event":"corrected","index":1,"reason":"误录"}),
        "2022-11-02",
    );
    check(
        json!({"on":on,"event":"corrected","of":"extended","reason":"误录"}),
        "2022-11-02",
    );
    // The right one in its place.
    check(
        json!({"on":on,"event":"corrected","of":"extended","index":1,"reason":"天数误录",
               "to":{"on":"2022-10-25","event":"extended","days":5}}),
        "2022-11-09",
    );
    check(
        json!({"on":on,"event":"corrected","index":0,"reason":"日期误录",
               "to":{"on":"2022-09-29","event":"received","channel":"counter"}}),
        "2022-11-29",
    );
    // A date corrected to a later day takes its place by date, not by list.
    check(
        json!({"on":on,"event":"corrected","of":"received","reason":"日期误录",
               "to":{"on":"2022-10-10","event":"received","channel":"counter"}}),
        "2022-12-05",
    );
}

#[test]
fn a_correction_of_nothing_is_ignored_and_said() {
    for (correction, says) in [
        (
            json!({"on":"2022-10-26","event":"corrected","index":7,"reason":"误录"}),
            "index 7 不是",
        ),
        (
            json!({"on":"2022-10-26","event":"corrected","index":2,"reason":"误录"}),
            "index 2 不是",
        ),
        (
            json!({"on":"2022-10-26","event":"corrected","index":0,"of":"extended","reason":"误录"}),
            "与 of 所写“extended”不符",
        ),
        (
            json!({"on":"2022-10-26","event":"corrected","of":"fee-paid","reason":"误录"}),
            "没有仍然有效",
        ),
    ] {
        let (due, warnings) = corrected(correction);
        assert_eq!(due, "2022-11-30");
        assert!(
            warnings.len() == 1 && warnings[0].contains(says),
            "{warnings:?}"
        );
    }
}

#[test]
fn corrections_without_a_place_walk_backwards() {
    let mut list = events(&format!(
        "{LETTER}; 2022-10-20 third-party-asked; 2022-10-25 extended 20"
    ));
    let undo = json!({"on":"2022-10-26","event":"corrected","reason":"误录"});
    list.push(Event::from_json(&undo).unwrap());
    list.push(Event::from_json(&undo).unwrap());
    let answer = replay(&Calendar::national(), &list, None);
    assert_eq!(answer.due_on, Some(d("2022-11-02")));
    assert!(!answer.extended);
    // A correction cannot be corrected.
    list.push(
        Event::from_json(&json!({"on":"2022-10-26","event":"corrected","index":3,"reason":"误录"}))
            .unwrap(),
    );
    assert!(check_order(&list)[0].contains("更正不能再更正"));
}
