//! What is entered live beside documents and requests: repeals, decisions, fee income, ends of
//! entries, settings, amendments.

use crate::harness::in_both;
use crate::office::{actor, county, drafting, refused};
use office::documents::{Doing, Kind, Verb};
use office::figures::{DecisionKind, Period, Selection, indicators};
use office::people::Role;
use office::permissions::Actor;
use office::registers::register;
use serde_json::json;
use statute::Date;
use statute::applicant::ApplicantKind;
use statute::case::{CaseResult, Track};
use statute::channel::RequestChannel;
use statute::clock::{Event, EventKind};
use statute::editions::Edition;
use store::cases::{self, Filter};
use store::registers::DecisionChange;
use store::requests::{self, Amendment, Applicant, NewRequest};
use store::{Store, StoreError, calendar, documents, figures, import, registers};

async fn last_detail(store: &Store, action: &str) -> serde_json::Value {
    let entries = store
        .journal_page(None, 50, &store::journal::Filter::default())
        .await
        .unwrap();
    let entry = entries.iter().find(|it| it.action == action).unwrap();
    serde_json::from_str(&entry.detail).unwrap()
}

#[test]
fn a_document_in_force_is_repealed_with_its_basis() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let approver = actor("p-approver", Role::Approver, "u1");
        let paper = documents::Drafting {
            kind: Kind::Normative,
            in_force_from: Some(Date::constant(2024, 2, 29)),
            ..drafting("u1")
        };
        let id = documents::draft(&store, &actor("p-clerk", Role::Clerk, "u1"), paper, "s")
            .await
            .unwrap();
        let day = store.today();
        let try_on = async |who: &Actor, on, reason: &str| {
            let seen = documents::find(&store, &id).await.unwrap().unwrap().seq;
            documents::repeal(&store, who, &id, on, reason, seen).await
        };
        assert_eq!(
            refused(try_on(&approver, day, "新办法").await),
            ["not-repealable"]
        );
        for (who, role, verb) in [
            ("p-clerk", Role::Clerk, Verb::Submit),
            ("p-reviewer", Role::Reviewer, Verb::Review),
            ("p-secrecy", Role::SecrecyReviewer, Verb::Clear),
            ("p-approver", Role::Approver, Verb::Approve),
        ] {
            let seen = documents::find(&store, &id).await.unwrap().unwrap().seq;
            let who = actor(who, role, "u1");
            documents::act(&store, &who, &id, verb, &Doing::default(), seen)
                .await
                .unwrap();
        }
        let early = Date::constant(2024, 2, 28);
        assert_eq!(
            refused(try_on(&approver, early, " ").await),
            ["repealed-before-in-force", "reason-empty"]
        );
        let tomorrow = day.tomorrow().unwrap();
        assert_eq!(
            refused(try_on(&approver, tomorrow, "新办法").await),
            ["in-future"]
        );
        for other in [
            actor("c", Role::Clerk, "u1"),
            actor("a", Role::Approver, "u2"),
        ] {
            let got = try_on(&other, day, "新办法").await;
            assert!(matches!(got, Err(StoreError::Forbidden(_))), "{got:?}");
        }
        try_on(&approver, day, "清民发〔2026〕1号").await.unwrap();
        let found = documents::find_public(&store, &id).await.unwrap().unwrap();
        assert_eq!(found.repealed_on, Some(day));
        assert_eq!(
            refused(try_on(&approver, day, "新办法").await),
            ["repealed-already"]
        );
        // A mistyped day is put right; the journal has both.
        let before = day.yesterday().unwrap();
        try_on(&approver, before, "日期登错").await.unwrap();
        let detail = last_detail(&store, "document.repeal").await;
        assert_eq!(detail["from"], day.to_string());
        assert_eq!(detail["repealed_on"], before.to_string());
        let stale = documents::repeal(&store, &approver, &id, day, "新办法", 1).await;
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
    });
}

#[test]
fn decisions_and_fees_are_entered_and_an_entry_ends() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let clerk = actor("p-clerk", Role::Clerk, "u1");
        let day = store.today();
        let year = day.year();
        for _ in 0..2 {
            registers::record_decisions(&store, &clerk, "u1", DecisionKind::License, day, 3, "k")
                .await
                .unwrap();
        }
        let of = async |unit: &str, year| {
            let who = actor("a", Role::Auditor, "u0");
            registers::list_decisions(&store, &who, unit, year, 1, 10)
                .await
                .unwrap()
                .total
        };
        assert_eq!(
            (
                of("u0", year).await,
                of("u2", year).await,
                of("u1", year - 1).await
            ),
            (3, 0, 0)
        );
        let record = async |who: &Actor, on, count| {
            let kind = DecisionKind::Penalty;
            registers::record_decisions(&store, who, "u1", kind, on, count, "k2").await
        };
        let tomorrow = day.tomorrow().unwrap();
        assert_eq!(
            refused(record(&clerk, tomorrow, 0).await),
            ["in-future", "count-out-of-bounds"]
        );
        let other = record(&actor("c", Role::Clerk, "u2"), day, 1).await;
        assert!(matches!(other, Err(StoreError::Forbidden(_))));

        let save = async |fen, seen| {
            registers::save_fee_income(&store, &clerk, "u1", year, fen, seen).await
        };
        save(4600, 0).await.unwrap();
        save(4600, 0).await.unwrap();
        assert!(matches!(save(4700, 0).await, Err(StoreError::Stale { .. })));
        let stored = registers::list_fee_income(&store, &clerk, "u1", year)
            .await
            .unwrap();
        save(4700, stored[0].seq).await.unwrap();
        assert_eq!(
            last_detail(&store, "fee-income.save").await,
            json!({"unit": "u1", "year": year, "from": 4600, "to": 4700})
        );
        let late = registers::save_fee_income(&store, &clerk, "u1", year + 1, 1, 0).await;
        assert_eq!(refused(late), ["year-out-of-bounds"]);
        let line = format!(r#"{{"type":"fee-income","unit":"u1","year":{year},"fen":4600}}"#);
        let told = import::lines(&store, &Actor::operator(), line.as_bytes()).await;
        let Err(import::ImportError::Lines(told)) = told else {
            panic!("{told:?}")
        };
        assert!(told[0].text.contains("4700 分") && told[0].text.contains("收费收入页修改"));

        let ledger = register("reading-point").unwrap();
        let fields = json!({"opened_on": "2020-05-01", "place": "一楼大厅"});
        let fields = fields.as_object().unwrap().clone();
        let id = registers::record(&store, &clerk, "u1", ledger, fields, "e")
            .await
            .unwrap();
        let end = async |on| {
            let seen = registers::find(&store, &clerk, &id).await.unwrap().seq;
            registers::end(&store, &clerk, &id, on, seen).await
        };
        assert_eq!(
            refused(end(Date::constant(2020, 4, 30)).await),
            ["end-before-begin"]
        );
        assert_eq!(refused(end(tomorrow).await), ["in-future"]);
        end(day).await.unwrap();
        let entry = registers::find(&store, &clerk, &id).await.unwrap();
        assert_eq!(entry.ended_on, Some(day));
        assert_eq!(entry.fields["closed_on"], day.to_string());
        let ledger = register("training").unwrap();
        let fields = json!({"held_on": "2020-05-01", "attendees": 3});
        let fields = fields.as_object().unwrap().clone();
        let id = registers::record(&store, &clerk, "u1", ledger, fields, "t")
            .await
            .unwrap();
        let seen = registers::find(&store, &clerk, &id).await.unwrap().seq;
        let endless = registers::end(&store, &clerk, &id, day, seen).await;
        assert_eq!(refused(endless), ["no-end"]);
    });
}

#[test]
fn what_concerns_the_site_takes_a_right_at_a_head() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        // A second government in the same database must not take the right from the first.
        let second = r#"{"type":"unit","id":"v0","name":"清河县人民政府","kind":"government"}"#;
        let told = import::lines(&store, &Actor::operator(), second.as_bytes())
            .await
            .unwrap();
        assert!(told.remarks[0].text.contains("同名"), "{:?}", told.remarks);
        let notice = "2027-01-01 off 元旦\n";
        let below = actor("o", Role::DisclosureOffice, "u1");
        let got = calendar::load(&store, &below, calendar::NATIONAL, notice).await;
        assert!(matches!(got, Err(StoreError::Forbidden(_))), "{got:?}");
        let head = actor("o", Role::DisclosureOffice, "u0");
        let got = calendar::load(&store, &head, calendar::NATIONAL, notice).await;
        assert!(got.is_ok(), "{got:?}");

        let mut settings = store.settings().await.unwrap();
        settings.site_name = "清河县人民政府".into();
        for (role, unit) in [(Role::Administrator, "u1"), (Role::DisclosureOffice, "u0")] {
            let got = store
                .save_settings(&actor("a", role, unit), &settings)
                .await;
            assert!(matches!(got, Err(StoreError::Forbidden(_))), "{got:?}");
        }
        let admin = actor("a", Role::Administrator, "u0");
        store.save_settings(&admin, &settings).await.unwrap();
        settings.site_id_code = "12".into();
        settings.email = "nobody".into();
        assert_eq!(
            refused(store.save_settings(&admin, &settings).await),
            ["site-id-code-malformed", "email-malformed"]
        );
    });
}

#[test]
fn a_paper_request_is_amended_and_its_ending_without_reply_is_no_late_reply() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let clerk = actor("p-clerk", Role::Clerk, "u1");
        let new = NewRequest {
            unit: "u1".into(),
            number: None,
            channel: RequestChannel::Counter,
            applicant_kind: ApplicantKind::Natural,
            applicant: Applicant {
                name: "李某".into(),
                ..Applicant::default()
            },
            subject: "低保名单".into(),
            on: store.today(),
            confirmed: None,
            submission: "s".into(),
        };
        let receipt = requests::register(&store, &clerk, new).await.unwrap();
        assert_eq!(
            last_detail(&store, "request.register").await["lacking"],
            json!(["identity", "contact"])
        );
        let amendment = |reason: &str| Amendment {
            applicant: Applicant {
                name: "李某某".into(),
                phone: "0953-1".into(),
                ..Applicant::default()
            },
            subject: "2025 年低保名单".into(),
            reason: reason.into(),
        };
        let seen = async || {
            requests::find(&store, &clerk, &receipt.id)
                .await
                .unwrap()
                .request
                .seq
        };
        let amend = async |who: &Actor, reason: &str| {
            requests::amend(&store, who, &receipt.id, amendment(reason), seen().await).await
        };
        assert_eq!(refused(amend(&clerk, "").await), ["reason-malformed"]);
        let other = amend(&actor("x", Role::Approver, "u1"), "录入时抄错").await;
        assert!(matches!(other, Err(StoreError::Forbidden(_))));
        amend(&clerk, "录入时抄错").await.unwrap();
        let stored = requests::find(&store, &clerk, &receipt.id).await.unwrap();
        let opened = requests::open(&store, &clerk, &stored).await.unwrap();
        assert_eq!(opened.subject.as_deref(), Some("2025 年低保名单"));
        assert_eq!(opened.applicant.unwrap().name, "李某某");
        let detail = last_detail(&store, "request.amend").await;
        assert_eq!(detail, json!({"unit": "u1", "reason": "录入时抄错"}));
        // An answer under article 36 is given to the applicant, not closed away.
        let close = |key: &str| {
            let outcome = statute::Outcome::from_key(key);
            Event::new(store.today(), EventKind::Closed { outcome })
        };
        let granted = close("granted");
        let got = requests::record_event(&store, &clerk, &receipt.id, granted, "", seen().await);
        assert_eq!(refused(got.await), ["outcome-takes-reply"]);
        let other = close("other.other");
        requests::record_event(&store, &clerk, &receipt.id, other, "", seen().await)
            .await
            .unwrap();
        // An administrator who may not read it finds it by number, and nothing of the applicant.
        let admin = actor("admin", Role::Administrator, "u0");
        let found = requests::find_erasable(&store, &admin, "u1", &receipt.number)
            .await
            .unwrap()
            .unwrap();
        assert!(!found.erased && found.closed_on.is_some());
        requests::erase_applicant(&store, &admin, &found.id, found.seq)
            .await
            .unwrap();
        assert!(
            requests::erasable(&store, &admin, &found.id)
                .await
                .unwrap()
                .erased
        );
        assert_eq!(refused(amend(&clerk, "再改").await), ["applicant-erased"]);
    });
}

#[test]
fn a_mistyped_decision_is_put_right_or_withdrawn_and_nothing_is_lost() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let clerk = actor("p-clerk", Role::Clerk, "u1");
        let (license, penalty) = (DecisionKind::License, DecisionKind::Penalty);
        let day = store.today();
        let (year, earlier) = (day.year(), day.yesterday().unwrap());
        registers::record_decisions(&store, &clerk, "u1", license, day, 3, "k")
            .await
            .unwrap();
        let all = async || {
            registers::list_decisions(&store, &clerk, "u1", year, 1, 10)
                .await
                .unwrap()
                .items
        };
        let counted = async |kind| {
            let counting = indicators(Edition::Format2021)
                .into_iter()
                .find(|it| it.plus == Selection::Decisions { kind })
                .unwrap();
            let scope = figures::Scope::Own("u1".into());
            let period = Period::year(year, day).unwrap();
            let alone = figures::count(&store, &scope, period, &counting)
                .await
                .unwrap();
            let together = figures::count_all(&store, &scope, period, &[counting])
                .await
                .unwrap();
            assert_eq!(together, [alone]);
            alone
        };
        let change = async |who: &Actor, id: &str, change, reason, seen| {
            registers::change_decision(&store, who, id, change, reason, seen).await
        };
        let [a, b, c] = all().await.try_into().unwrap();
        assert_eq!(counted(license).await, 3);

        // Another kind and day.
        let right = DecisionChange::Correct(penalty, earlier);
        change(&clerk, &a.id, right, "种类选错，电话 13912345678", a.seq)
            .await
            .unwrap();
        assert_eq!((counted(license).await, counted(penalty).await), (2, 1));
        let detail = last_detail(&store, "decision.correct").await;
        assert_eq!(detail["from"]["kind"], license.key());
        assert_eq!(detail["to"]["decided_on"], earlier.to_string());
        assert!(!detail["reason"].as_str().unwrap().contains("13912345678"));

        // One that was entered twice: it stays in the list and counts nowhere.
        change(&clerk, &b.id, DecisionChange::Withdraw, "重复登记", b.seq)
            .await
            .unwrap();
        assert_eq!((counted(license).await, counted(penalty).await), (1, 1));
        let there = all().await;
        let withdrawn: Vec<_> = there.iter().filter(|d| d.withdrawn).collect();
        assert_eq!((there.len(), withdrawn.len()), (3, 1));
        let detail = last_detail(&store, "decision.withdraw").await;
        assert_eq!(detail["reason"], "重复登记");

        // What is refused changes nothing.
        let again = registers::find_decision(&store, &clerk, &b.id)
            .await
            .unwrap();
        let (head, _) = store.journal_head().await.unwrap();
        let same = DecisionChange::Correct(license, day);
        let tomorrow = DecisionChange::Correct(license, day.tomorrow().unwrap());
        for (id, what, reason, seen, codes) in [
            (
                &b.id,
                DecisionChange::Withdraw,
                "x",
                again.seq,
                vec!["withdrawn-already"],
            ),
            (
                &c.id,
                same,
                " ",
                c.seq,
                vec!["reason-empty", "nothing-changed"],
            ),
            (&c.id, tomorrow, "x", c.seq, vec!["in-future"]),
        ] {
            assert_eq!(refused(change(&clerk, id, what, reason, seen).await), codes);
        }
        let stale = change(&clerk, &a.id, DecisionChange::Withdraw, "x", a.seq).await;
        assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
        for who in [
            actor("c", Role::Clerk, "u2"),
            actor("a", Role::Auditor, "u0"),
        ] {
            let other = change(&who, &c.id, DecisionChange::Withdraw, "x", c.seq).await;
            assert!(matches!(other, Err(StoreError::Forbidden(_))), "{other:?}");
        }
        assert_eq!(store.journal_head().await.unwrap().0, head);
        assert!(store.verify().await.unwrap().is_empty());
    });
}

#[test]
fn who_opens_an_applicant_is_noted_once_a_day() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let line = "{\"type\":\"request\",\"id\":\"r1\",\"unit\":\"u1\",\"number\":\"1\",\"applicant\":\"natural\",\
            \"subject\":\"青石沟蓄水记录\",\"channel\":\"online\",\"events\":[{\"on\":\"2024-02-26\",\"event\":\"received\"}]}\n";
        import::lines(&store, &Actor::operator(), line.as_bytes())
            .await
            .unwrap();
        let clerk = actor("p-clerk", Role::Clerk, "u1");
        let stored = requests::find(&store, &clerk, "r1").await.unwrap();
        let notes = async || {
            let all = store
                .journal_page(None, 50, &store::journal::Filter::default())
                .await
                .unwrap();
            all.into_iter()
                .filter(|entry| entry.action == "applicant.read")
                .collect::<Vec<_>>()
        };
        // Seeing what is asked for tells nothing of who asks.
        let subject = requests::open_subject(&store, &clerk, &stored)
            .await
            .unwrap();
        assert_eq!(subject.as_deref(), Some("青石沟蓄水记录"));
        assert!(notes().await.is_empty());

        for _ in 0..2 {
            requests::open(&store, &clerk, &stored).await.unwrap();
        }
        let reviewer = actor("p-reviewer", Role::Reviewer, "u1");
        requests::open(&store, &reviewer, &stored).await.unwrap();
        let office = actor("zwgk", Role::DisclosureOffice, "u0");
        assert!(requests::open(&store, &office, &stored).await.is_err());
        let found = notes().await;
        let who: Vec<&str> = found.iter().map(|entry| entry.actor.as_str()).collect();
        assert_eq!(who, ["p-reviewer", "p-clerk"]);
        assert_eq!(found[0].record, stored.request.applicant);
        let detail: serde_json::Value = serde_json::from_str(&found[0].detail).unwrap();
        assert_eq!(detail, json!({"unit": "u1", "request": "r1"}));

        // The next day it is noted anew.
        store.clock.advance(24 * 60 * 60 * 1000);
        requests::open(&store, &clerk, &stored).await.unwrap();
        assert_eq!(notes().await.len(), 3);
        // The request is as it was.
        let after = requests::find(&store, &clerk, "r1").await.unwrap();
        assert_eq!(after.request.seq, stored.request.seq);
        assert!(store.verify().await.unwrap().is_empty());
    });
}

#[test]
fn cases_are_listed_where_their_requests_may_be_seen() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let mut lines = String::new();
        for (id, unit) in [("r1", "u1"), ("r2", "u2")] {
            lines += &format!(
                "{{\"type\":\"request\",\"id\":\"{id}\",\"unit\":\"{unit}\",\"number\":\"{id}_2023\",\"applicant\":\"natural\",\
                 \"subject\":\"x\",\"channel\":\"online\",\"events\":[{{\"on\":\"2023-02-01\",\"event\":\"received\"}}]}}\n"
            );
        }
        for (id, request, track, filed, end) in [
            (
                "c1",
                "r1",
                "review",
                "2023-03-01",
                ",\"closed_on\":\"2023-05-01\",\"result\":\"upheld\"",
            ),
            ("c2", "r1", "lit_after_review", "2023-06-01", ""),
            ("c3", "r2", "review", "2024-01-05", ""),
        ] {
            lines += &format!(
                "{{\"type\":\"case\",\"id\":\"{id}\",\"request\":\"{request}\",\"track\":\"{track}\",\"filed_on\":\"{filed}\"{end}}}\n"
            );
        }
        import::lines(&store, &Actor::operator(), lines.as_bytes())
            .await
            .unwrap();
        let auditor = actor("a", Role::Auditor, "u0");
        let clerk = actor("c", Role::Clerk, "u1");
        let of = async |who: &Actor, filter: Filter| {
            let page = cases::list(&store, who, &filter, 1, 10).await.unwrap();
            assert_eq!(page.total, i64::try_from(page.items.len()).unwrap());
            page.items
                .into_iter()
                .map(|it| it.case.id)
                .collect::<Vec<_>>()
        };
        let all = Filter::default;
        // Open ones first, then the newest.
        assert_eq!(of(&auditor, all()).await, ["c3", "c2", "c1"]);
        assert_eq!(of(&clerk, all()).await, ["c2", "c1"]);
        assert!(
            of(&actor("x", Role::Administrator, "u0"), all())
                .await
                .is_empty()
        );
        let unit = |unit: &str| Some(unit.to_owned());
        for (filter, wanted) in [
            (
                Filter {
                    unit: unit("u2"),
                    ..all()
                },
                vec!["c3"],
            ),
            (
                Filter {
                    unit: unit("u0"),
                    open: Some(true),
                    ..all()
                },
                vec!["c3", "c2"],
            ),
            (
                Filter {
                    open: Some(false),
                    ..all()
                },
                vec!["c1"],
            ),
            (
                Filter {
                    track: Some(Track::Review),
                    ..all()
                },
                vec!["c3", "c1"],
            ),
            (
                Filter {
                    result: Some(CaseResult::Upheld),
                    ..all()
                },
                vec!["c1"],
            ),
            (
                Filter {
                    year: Some(2024),
                    ..all()
                },
                vec!["c3"],
            ),
            (
                Filter {
                    number: Some("r1_2".into()),
                    ..all()
                },
                vec!["c2", "c1"],
            ),
            (
                Filter {
                    number: Some("%".into()),
                    ..all()
                },
                vec![],
            ),
        ] {
            assert_eq!(of(&auditor, filter.clone()).await, wanted, "{filter:?}");
        }
        // A unit of others is not opened by asking for it.
        assert!(
            of(
                &clerk,
                Filter {
                    unit: unit("u2"),
                    ..all()
                }
            )
            .await
            .is_empty()
        );
        // The second page goes on where the first ends.
        let second = cases::list(&store, &auditor, &all(), 2, 2).await.unwrap();
        assert_eq!((second.total, second.items[0].case.id.as_str()), (3, "c1"));
    });
}
