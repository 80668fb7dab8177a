//! What holds for every life of a request.

use super::*;
use crate::calendar::plus_days;
use crate::{Outcome, RequestChannel};
use proptest::prelude::*;

/// Any date there is.
fn any_date() -> impl Strategy<Value = Date> {
    prop_oneof![
        3 => (0i64..5000).prop_map(|n| plus_days(d("2014-01-01"), n).unwrap()),
        1 => (-4_371_587i64..=2_932_896)
            .prop_map(|n| plus_days(d("1970-01-01"), n).unwrap_or(Date::MIN)),
        1 => Just(Date::MAX),
        1 => Just(Date::MIN),
    ]
}

/// A day the calendar covers, with room for a whole life after it.
fn covered_date() -> impl Strategy<Value = Date> {
    (0i64..4000).prop_map(|n| plus_days(d("2014-01-01"), n).unwrap())
}

fn fact() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        (
            prop::option::of(prop::sample::select(RequestChannel::ALL)),
            prop::option::of(any_date())
        )
            .prop_map(|(channel, confirmed)| EventKind::Received { channel, confirmed }),
        prop::option::of(any_date()).prop_map(|reply_by| EventKind::SupplementAsked { reply_by }),
        Just(EventKind::Supplemented),
        Just(EventKind::ThirdPartyAsked),
        Just(EventKind::ThirdPartyAnswered),
        Just(EventKind::JointMakerAsked),
        Just(EventKind::JointMakerAnswered),
        prop::option::of(any::<u32>()).prop_map(|days| EventKind::Extended { days }),
        Just(EventKind::ReasonAsked),
        Just(EventKind::ReasonGiven),
        any_date().prop_map(|until| EventKind::Delayed { until }),
        Just(EventKind::FeeNotified),
        Just(EventKind::FeePaid),
        Just(EventKind::Transferred),
        Just(EventKind::Withdrawn),
        prop::option::of(prop::sample::select(Outcome::ALL))
            .prop_map(|outcome| EventKind::Replied { outcome, by: None }),
        Just(EventKind::Closed { outcome: None }),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let plain = (any_date(), fact()).prop_map(|(on, kind)| Event::new(on, kind));
    let correction = (
        any_date(),
        prop::option::of(0usize..12),
        prop::option::of(prop::sample::select(EventKind::KEYS)),
        prop::option::of((any_date(), fact())),
    )
        .prop_map(|(on, index, of, to)| {
            let to = to.map(|(on, kind)| Box::new(Event::new(on, kind)));
            let of = of.map(str::to_owned);
            Event::new(
                on,
                EventKind::Corrected {
                    index,
                    of,
                    reason: "误录".to_owned(),
                    to,
                },
            )
        });
    prop_oneof![6 => plain, 1 => correction]
}

fn received(on: Date) -> Event {
    Event::new(
        on,
        EventKind::Received {
            channel: Some(RequestChannel::Counter),
            confirmed: None,
        },
    )
}

fn due(events: &[Event]) -> Date {
    replay(&Calendar::national(), events, None).due_on.unwrap()
}

proptest! {
    #[test]
    fn nothing_panics_and_nothing_depends_on_chance(
        list in prop::collection::vec(any_event(), 0..14),
        today in prop::option::of(any_date()),
    ) {
        let calendar = Calendar::national();
        let answer = replay(&calendar, &list, today);
        prop_assert_eq!(&answer, &replay(&calendar, &list, today));
        prop_assert_eq!(answer.to_json().as_object().unwrap().len(), 6);
        prop_assert!(answer.steps.len() <= 900);
        for problem in check_order(&list) {
            prop_assert!(answer.warnings.contains(&problem), "{}", problem);
        }
        if let Some(due) = answer.due_on && answer.state != State::Closed {
            prop_assert!(answer.day0.is_some());
            prop_assert!(answer.overdue == today.map(|t| t > due));
        }
    }

    #[test]
    fn events_survive_json(event in any_event()) {
        // Years outside 0-9999 and extensions beyond sense are not written in files.
        let text = event.to_json().to_string();
        if let Ok(back) = Event::from_json(&serde_json::from_str(&text).unwrap()) {
            prop_assert_eq!(back, event);
        }
    }

    #[test]
    fn a_later_receipt_is_never_due_earlier(a in covered_date(), b in covered_date()) {
        // Within one edition: the first day of the longer term is no ordinary day.
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(due(&[received(a)]) <= due(&[received(b)]));
        prop_assert!(due(&[received(a)]) > a);
    }

    #[test]
    fn more_days_are_never_due_earlier(day0 in any_date(), n in 0u32..5000, m in 0u32..5000) {
        let calendar = Calendar::national();
        let (n, m) = (n.min(m), n.max(m));
        prop_assert!(calendar.add_working_days(day0, n) <= calendar.add_working_days(day0, m));
    }

    #[test]
    fn adding_and_counting_are_one(day0 in covered_date(), n in 1u32..300) {
        let calendar = Calendar::national();
        let end = calendar.add_working_days(day0, n);
        prop_assert!(calendar.is_working_day(end));
        prop_assert_eq!(calendar.working_days_between(day0, end), n);
        prop_assert_eq!(calendar.working_days_between(day0, calendar.previous(end)), n - 1);
    }

    #[test]
    fn pausing_n_working_days_moves_the_due_date_by_n(
        day0 in covered_date(), asked in 1u32..14, n in 0u32..=15, joint: bool,
    ) {
        let calendar = Calendar::national();
        let from = calendar.add_working_days(day0, asked);
        let until = calendar.add_working_days(from, n);
        let (ask, answer) = if joint {
            (EventKind::JointMakerAsked, EventKind::JointMakerAnswered)
        } else {
            (EventKind::ThirdPartyAsked, EventKind::ThirdPartyAnswered)
        };
        let plain = due(&[received(day0)]);
        let list = [received(day0), Event::new(from, ask), Event::new(until, answer)];
        prop_assert_eq!(due(&list), calendar.add_working_days(plain, n));
    }

    #[test]
    fn extending_by_n_moves_the_due_date_by_n(day0 in covered_date(), n in 1u32..=15) {
        let plain = due(&[received(day0)]);
        let extended = Event::new(day0, EventKind::Extended { days: Some(n) });
        let expect = Calendar::national().add_working_days(plain, n);
        prop_assert_eq!(due(&[received(day0), extended]), expect);
    }

    #[test]
    fn a_notice_of_any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = crate::Notice::parse(&text);
    }

    #[test]
    fn dates_in_any_text_never_panic(text in "\\PC{0,12}") {
        if let Some(date) = parse_date(&text) {
            prop_assert_eq!(date.to_string(), text);
        }
    }
}
