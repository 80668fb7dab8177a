//! Everything of the answer but the due date itself.

use super::*;
use crate::Outcome;

const LETTER: &str = "2022-09-30 received registered-mail";

/// The example of the contract.
#[test]
fn the_example_of_the_contract() {
    let input = ClockInput::parse(
        r#"{"calendar":"national","today":"2022-12-02","events":[
        {"on":"2022-09-30","event":"received","channel":"registered-mail"},
        {"on":"2022-10-09","event":"supplement-asked","reply_by":"2022-10-20"},
        {"on":"2022-10-18","event":"supplemented"},
        {"on":"2022-10-20","event":"third-party-asked"},
        {"on":"2022-10-28","event":"third-party-answered"},
        {"on":"2022-11-10","event":"extended","days":20},
        {"on":"2022-11-20","event":"fee-notified"},{"on":"2022-11-22","event":"fee-paid"},
        {"on":"2022-12-01","event":"replied","outcome":"granted","by":"post"}]}"#,
    )
    .unwrap();
    let answer = replay(&Calendar::national(), &input.events, input.today);
    let json = answer.to_json();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
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
    assert_eq!(json["received_on"], "2022-09-30");
    // Twenty working days after the payment; the extension before it is dropped.
    assert_eq!(json["due_on"], "2022-12-20");
    assert_eq!(json["supplement_notice_due_on"], "2022-10-14");
    assert_eq!(json["overdue"], false);
    // The fee notice of Sunday 20 November is the only thing to look at.
    let warnings = json["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0]
            .as_str()
            .unwrap()
            .contains("2022-11-20（周日）不是工作日")
    );
    let counted: Vec<&Value> = json["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| s["counted"] == true)
        .collect();
    assert_eq!(counted.len(), 20);
    assert_eq!(
        *counted[0],
        json!({"date":"2022-11-23","counted":true,"day":1,"why":"周三，第 1 个工作日","article":"条例 §33"})
    );
    assert_eq!(counted[19]["date"], "2022-12-20");
    assert_eq!(answer.state, State::Closed);
    assert_eq!(answer.supplement_reply_by, Some(d("2022-10-20")));
    assert!(answer.extended);
    let closing = Closing {
        on: d("2022-12-01"),
        outcome: Some(Outcome::Granted),
        replied: true,
    };
    assert_eq!(answer.closed, Some(closing));
}

#[test]
fn steps_list_every_day_with_its_reason() {
    let steps = answer(&format!(
        "{LETTER}; 2022-10-13 third-party-asked; 2022-10-14 third-party-answered"
    ))
    .steps;
    let why = |date: &str| -> Vec<String> {
        let of: Vec<_> = steps.iter().filter(|s| s.date == d(date)).collect();
        of.iter().map(|s| s.why.clone()).collect()
    };
    assert_eq!(
        why("2022-09-30"),
        [
            "收到申请（邮寄（签收）），当日为收到之日",
            "第 0 日：收到申请之日，当日不计，次日起算"
        ]
    );
    assert_eq!(why("2022-10-01"), ["周六，国庆节放假"]);
    assert_eq!(why("2022-10-07"), ["周五，国庆节放假"]);
    assert_eq!(
        why("2022-10-08"),
        ["周六，第 1 个工作日（国庆节调休，上班）"]
    );
    assert_eq!(
        why("2022-10-14")[1],
        "周五，暂停：征求第三方意见，不计入答复期限"
    );
    assert_eq!(why("2022-10-15"), ["周六，周末"]);
    assert_eq!(why("2022-11-03"), ["周四，第 20 个工作日，答复期限届满"]);
    // One line for each day after day 0, and one for day 0 and each event.
    assert_eq!(steps.len(), 34 + 1 + 3);
    assert!(steps.windows(2).all(|w| w[0].date <= w[1].date));
    assert!(steps.iter().all(|s| s.counted == s.day.is_some()));
    assert!(steps.iter().all(|s| s.article.is_some()));
}

#[test]
fn counted_days_are_the_term() {
    for (script, term) in [
        (LETTER.to_owned(), 20),
        (format!("{LETTER}; 2022-10-25 extended 20"), 40),
        (
            format!("{LETTER}; 2022-10-25 extended 7; 2022-10-26 joint-maker-asked"),
            27,
        ),
        ("2018-02-12 received counter".to_owned(), 15),
        (
            "2018-02-12 received counter; 2018-03-01 third-party-asked".to_owned(),
            15,
        ),
    ] {
        let answer = answer(&script);
        let days: Vec<u32> = answer.steps.iter().filter_map(|s| s.day).collect();
        assert_eq!(days, (1..=term).collect::<Vec<u32>>(), "{script}");
        let last = answer.steps.iter().rfind(|s| s.counted).unwrap();
        assert_eq!(Some(last.date), answer.due_on, "{script}");
    }
}

#[test]
fn overdue_compares_the_closing_else_today() {
    let check = |script: &str, today: Option<&str>, expect: Option<bool>| {
        let answer = replay(&Calendar::national(), &events(script), today.map(d));
        assert_eq!(answer.overdue, expect, "{script} {today:?}");
    };
    check(LETTER, None, None);
    check(LETTER, Some("2022-11-02"), Some(false));
    check(LETTER, Some("2022-11-03"), Some(true));
    check(
        &format!("{LETTER}; 2022-11-02 replied granted by=post"),
        Some("2023-01-01"),
        Some(false),
    );
    check(
        &format!("{LETTER}; 2022-11-03 replied granted by=hand"),
        None,
        Some(true),
    );
    check(
        &format!("{LETTER}; 2022-11-03 closed other.unpaid"),
        None,
        Some(true),
    );
    check(
        &format!("{LETTER}; 2022-10-10 withdrawn"),
        Some("2023-01-01"),
        Some(false),
    );
    check("2022-09-30 received fax", Some("2023-01-01"), None);
}

#[test]
fn states() {
    let check = |more: &str, today: Option<&str>, expect: State| {
        let script = if more.is_empty() {
            LETTER.to_owned()
        } else {
            format!("{LETTER}; {more}")
        };
        let answer = replay(&Calendar::national(), &events(&script), today.map(d));
        assert_eq!(answer.state, expect, "{script}");
    };
    check("", None, State::Open);
    check("2022-10-09 supplement-asked", None, State::SupplementAsked);
    check(
        "2022-10-09 supplement-asked; 2022-10-18 supplemented",
        None,
        State::Open,
    );
    check("2022-10-09 third-party-asked", None, State::Consulting);
    check(
        "2022-10-09 joint-maker-asked",
        Some("2022-10-12"),
        State::Consulting,
    );
    // Fifteen working days after 9 October are over on the 28th: the unit goes on.
    check(
        "2022-10-09 joint-maker-asked",
        Some("2022-10-31"),
        State::Open,
    );
    check(
        "2022-10-09 third-party-asked; 2022-10-12 third-party-answered",
        None,
        State::Open,
    );
    check("2022-10-09 reason-asked", None, State::ReasonAsked);
    check(
        "2022-10-09 reason-asked; 2022-10-12 reason-given",
        None,
        State::Open,
    );
    check(
        "2022-10-09 reason-asked; 2022-10-12 delayed 2022-12-01",
        None,
        State::Delayed,
    );
    check("2022-10-09 fee-notified", None, State::FeeNotified);
    check(
        "2022-10-09 fee-notified; 2022-10-12 fee-paid",
        None,
        State::Open,
    );
    check("2022-10-09 replied granted", None, State::Closed);
    check("2022-10-09 closed other.no_correction", None, State::Closed);
    check("2022-10-09 withdrawn", None, State::Closed);
    assert_eq!(
        answer("2022-09-30 received ordinary-mail").state,
        State::Unconfirmed
    );
    let nothing = replay(&Calendar::national(), &[], None);
    assert_eq!((nothing.state, nothing.due_on), (State::Unconfirmed, None));
}

fn check_warning(script: &str, says: &str) {
    let warnings = answer(script).warnings;
    assert!(
        warnings.iter().any(|w| w.contains(says)),
        "{script}: {warnings:?}"
    );
}

#[test]
fn warnings() {
    let more = |events: &str, says: &str| check_warning(&format!("{LETTER}; {events}"), says);
    check_warning(
        "2022-09-30 received ordinary-mail",
        "2022-09-30 到达的平常信函尚未与申请人确认",
    );
    check_warning("2022-09-30 received fax", "收到之日未定");
    check_warning("2022-09-30 received", "没有写渠道");
    check_warning(
        "2022-10-01 received online",
        "2022-10-01（周六，国庆节）不是工作日",
    );
    check_warning("2027-01-04 received counter", "2027 年放假安排未导入");
    check_warning("2026-12-15 received counter", "2027 年放假安排未导入");
    check_warning(
        "2011-12-20 received counter; 2028-01-04 replied granted",
        "2011 年至 2012 年放假安排未导入",
    );
    more("2022-10-17 supplement-asked", "已过 2022-10-14");
    more(
        "2022-10-09 supplement-asked; 2022-10-10 supplemented; 2022-10-11 supplement-asked",
        "一次性",
    );
    more(
        "2022-10-09 supplement-asked 2022-10-12; 2022-10-13 supplemented",
        "已过补正期限 2022-10-12",
    );
    more("2022-10-25 extended 21", "21 个工作日超过法定上限");
    more(
        "2022-10-25 extended 5; 2022-10-26 extended 5",
        "此前已延长过一次",
    );
    more("2022-10-25 extended", "没有写延长天数");
    more("2022-11-03 extended 20", "答复期限已于 2022-11-02 届满");
    more(
        "2022-11-03 third-party-asked",
        "答复期限已于 2022-11-02 届满",
    );
    more("2022-11-03 fee-notified", "答复期限已于 2022-11-02 届满");
    more(
        "2022-10-11 fee-notified; 2022-11-09 fee-paid",
        "已过缴费期限 2022-11-08",
    );
    more(
        "2022-10-09 supplement-asked; 2022-11-03 closed other.no_correction",
        "申请人尚未补正",
    );
    more(
        "2022-10-09 fee-notified; 2022-11-07 closed other.unpaid",
        "申请人尚未缴费",
    );
    more("2022-10-20 delayed 2022-12-01", "没有要求说明理由");
    more("2022-10-20 replied by=post", "没有写办理结果");
    more(
        "2022-10-20 replied granted; 2022-10-21 extended 5",
        "其后不应再有事件",
    );
    check_warning(
        "2018-02-12 received counter; 2018-03-01 extended 16",
        "最长 15 个工作日（条例(2008) §24）",
    );
}

#[test]
fn a_blameless_life_has_no_warnings() {
    for script in [
        "2022-09-30 received counter; 2022-11-02 replied granted by=post",
        "2022-09-29 received fax confirmed=2022-09-30; 2022-10-14 supplement-asked 2022-10-21; 2022-10-20 supplemented; 2022-11-01 replied deny.secret",
        "2022-09-30 received online; 2022-10-20 third-party-asked; 2022-10-28 third-party-answered; 2022-11-10 extended 20; 2022-12-01 replied partial",
        "2018-02-12 received counter; 2018-03-09 replied C3.4b",
    ] {
        assert_eq!(answer(script).warnings, Vec::<String>::new(), "{script}");
    }
}

#[test]
fn what_comes_after_the_closing_changes_nothing() {
    let script = format!("{LETTER}; 2022-10-20 replied granted");
    let due = answer(&script).due_on;
    let later = format!(
        "{script}; 2022-10-21 fee-paid; 2022-10-24 extended 20; 2022-10-25 replied partial"
    );
    assert_eq!(answer(&later).due_on, due);
    assert_eq!(answer(&later).closed.unwrap().on, d("2022-10-20"));
}

#[test]
fn the_supplement_notice_has_no_term_under_2008() {
    assert_eq!(
        answer("2018-02-12 received counter").supplement_notice_due_on,
        None
    );
    assert_eq!(
        answer(LETTER).supplement_notice_due_on,
        Some(d("2022-10-14"))
    );
}

#[test]
fn a_region_moves_the_due_date() {
    let notice = crate::Notice::parse("2022-10-10 off 地方节日").unwrap();
    let calendar = Calendar::national().with_region("ningxia", &notice);
    let answer = replay(&calendar, &events(LETTER), None);
    assert_eq!(answer.due_on, Some(d("2022-11-03")));
}

#[test]
fn a_century_typed_by_mistake_is_not_spelled_out() {
    let answer = answer(&format!(
        "{LETTER}; 2022-10-09 reason-asked; 2022-10-10 delayed 9999-12-31"
    ));
    assert_eq!(answer.due_on, Some(d("9999-12-31")));
    assert!(answer.steps.len() < 1000, "{}", answer.steps.len());
    assert!(answer.steps.iter().any(|s| s.why.contains("不逐日列出")));
}
