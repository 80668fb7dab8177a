use crate::requests::*;
use serde_json::json;
use statute::calendar::Calendar;
use statute::clock::Event;
use statute::{Date, Outcome};

const TODAY: Date = Date::constant(2024, 4, 30);

fn event(value: serde_json::Value) -> Event {
    Event::from_json(&value).unwrap()
}

fn received() -> Vec<Event> {
    vec![event(
        json!({"on":"2024-03-01","event":"received","channel":"counter"}),
    )]
}

/// What stands against `next` after `before`, by code.
fn check(
    before: &[serde_json::Value],
    next: serde_json::Value,
    late_reason: &str,
) -> Vec<&'static str> {
    let mut events = received();
    events.extend(before.iter().cloned().map(event));
    check_next(
        &events,
        &event(next),
        &Calendar::national(),
        TODAY,
        late_reason,
    )
    .into_iter()
    .map(|reason| reason.code)
    .collect()
}

#[test]
fn a_live_door_takes_what_can_be_and_refuses_the_rest() {
    let none: [&str; 0] = [];
    // Received 2024-03-01: due 2024-03-29.
    let granted = |on: &str| json!({"on":on,"event":"replied","outcome":"granted","by":"post"});
    assert_eq!(check(&[], granted("2024-03-29"), ""), none);
    assert_eq!(check(&[], granted("2024-04-01"), ""), ["reply-late"]);
    assert_eq!(check(&[], granted("2024-04-01"), "经办人病休"), none);
    assert_eq!(check(&[], granted("2024-05-06"), "原因"), ["in-future"]);
    assert_eq!(check(&[], granted("2024-02-29"), ""), ["order"]);
    assert_eq!(
        check(&[], json!({"on":"2024-03-05","event":"replied"}), ""),
        ["no-outcome"]
    );
    assert_eq!(
        check(&[granted("2024-03-05")], granted("2024-03-06"), ""),
        ["order"]
    );

    let extended = |on: &str, days: u32| json!({"on":on,"event":"extended","days":days});
    assert_eq!(check(&[], extended("2024-03-20", 20), ""), none);
    assert_eq!(
        check(&[], extended("2024-03-20", 21), ""),
        ["extension-out-of-bounds"]
    );
    assert_eq!(check(&[], extended("2024-04-01", 5), ""), ["extended-late"]);
    assert_eq!(
        check(&[extended("2024-03-20", 5)], extended("2024-03-21", 5), ""),
        ["extended-twice"]
    );

    let asked = json!({"on":"2024-03-05","event":"supplement-asked","reply_by":"2024-03-20"});
    assert_eq!(check(&[], asked.clone(), ""), none);
    assert_eq!(
        check(
            &[],
            json!({"on":"2024-03-05","event":"supplement-asked"}),
            ""
        ),
        ["no-supplement-term"]
    );
    let supplemented = json!({"on":"2024-03-10","event":"supplemented"});
    assert_eq!(check(&[], supplemented.clone(), ""), ["asking-missing"]);
    assert_eq!(
        check(
            &[asked.clone(), supplemented],
            json!({"on":"2024-03-12","event":"supplement-asked","reply_by":"2024-03-20"}),
            ""
        ),
        ["supplement-twice"]
    );
}

#[test]
fn an_outcome_takes_its_steps() {
    let codes = |before: &[serde_json::Value], outcome: &str, on: &str| {
        let mut events = received();
        events.extend(before.iter().cloned().map(event));
        let outcome = Outcome::from_key(outcome).unwrap();
        missing_steps(&events, outcome, on.parse().unwrap())
            .into_iter()
            .map(|reason| reason.code)
            .collect::<Vec<_>>()
    };
    let asked = json!({"on":"2024-03-05","event":"supplement-asked","reply_by":"2024-03-20"});
    assert_eq!(
        codes(&[], "other.no_correction", "2024-03-20"),
        ["no-supplement-asked"]
    );
    assert_eq!(
        codes(
            std::slice::from_ref(&asked),
            "other.no_correction",
            "2024-03-20"
        ),
        ["supplement-term-open"]
    );
    assert!(
        codes(
            std::slice::from_ref(&asked),
            "other.no_correction",
            "2024-03-21"
        )
        .is_empty()
    );
    assert_eq!(
        codes(&[], "unable.unclear", "2024-03-20"),
        ["no-supplement-asked"]
    );
    assert!(codes(&[asked], "unable.unclear", "2024-03-20").is_empty());
    assert_eq!(codes(&[], "other.unpaid", "2024-03-20"), ["no-fee-notice"]);
    assert_eq!(
        codes(&[], "reject.excessive", "2024-03-20"),
        ["no-reason-asked"]
    );
    for outcome in Outcome::ALL.iter().filter(|o| o.key().starts_with("deny")) {
        assert!(codes(&[], outcome.key(), "2024-03-20").is_empty());
    }
}

#[test]
fn a_standing_follows_from_the_events() {
    let stands = standing(&Calendar::national(), &received());
    assert_eq!(stands.due_on, Some(Date::constant(2024, 3, 29)));
    assert!(stands.closed_on.is_none() && !stands.late && !stands.extended);
    let mut events = received();
    events.push(event(
        json!({"on":"2024-04-01","event":"replied","outcome":"granted"}),
    ));
    let stands = standing(&Calendar::national(), &events);
    assert!(stands.late && stands.replied);
    assert_eq!(stands.outcome, Some(Outcome::Granted));
}

#[test]
fn an_ending_that_waits_for_the_applicant_is_no_late_reply() {
    use statute::channel::RequestChannel;
    let calendar = statute::Calendar::national();
    let events = |key: &str| {
        let outcome = statute::Outcome::from_key(key);
        [
            statute::clock::Event::new(
                statute::Date::constant(2021, 3, 1),
                statute::clock::EventKind::Received {
                    channel: Some(RequestChannel::Counter),
                    confirmed: None,
                },
            ),
            statute::clock::Event::new(
                statute::Date::constant(2021, 6, 1),
                statute::clock::EventKind::Closed { outcome },
            ),
        ]
    };
    for (key, late) in [
        ("other.no_correction", false),
        ("other.unpaid", false),
        ("other.other", true),
    ] {
        let standing = crate::requests::standing(&calendar, &events(key));
        assert_eq!(standing.late, late, "{key}");
    }
}
