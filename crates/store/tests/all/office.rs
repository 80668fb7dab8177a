//! The office at work: documents on their way, requests with their clock, people.

use crate::harness::in_both;
use office::documents::{Attribute, Doing, Kind, Status, Verb};
use office::people::{AccountState, Grant, Role};
use office::permissions::Actor;
use statute::applicant::ApplicantKind;
use statute::channel::{PublicationChannel, RequestChannel};
use statute::clock::{Delivery, Event, EventKind};
use statute::{Date, Outcome};
use store::documents::{self, Drafting, Filter};
use store::people::{self, Invitation, SignIn};
use store::requests::{self, Applicant, Correction, NewRequest, Reply};
use store::{Clock, Store, StoreError, calendar, import};

const UNITS: &str = r#"
{"type":"unit","id":"u0","name":"清河县人民政府","kind":"government"}
{"type":"unit","id":"u1","name":"清河县民政局","kind":"department","parent":"u0"}
{"type":"unit","id":"u2","name":"柳林镇人民政府","kind":"township","parent":"u0"}
"#;

pub async fn county(store: &Store) {
    import::lines(store, &Actor::operator(), UNITS.as_bytes())
        .await
        .unwrap();
}

pub fn actor(id: &str, role: Role, unit: &str) -> Actor {
    Actor {
        id: id.into(),
        name: id.into(),
        grants: vec![Grant {
            role,
            unit: unit.into(),
        }],
    }
}

pub fn drafting(unit: &str) -> Drafting {
    Drafting {
        unit: unit.into(),
        kind: Kind::Notice,
        title: "关于发放冬季取暖补助的通知".into(),
        number: Some("清民发〔2024〕3号".into()),
        written_on: Date::constant(2024, 2, 28),
        attribute: Attribute::Proactive,
        basis: None,
        channels: vec![PublicationChannel::Website],
        in_force_from: None,
        explains: None,
        body: "各村：\n现将有关事项通知如下。".into(),
    }
}

pub async fn seq(store: &Store, id: &str) -> i64 {
    documents::find(store, id).await.unwrap().unwrap().seq
}

pub fn refused(result: Result<impl std::fmt::Debug, StoreError>) -> Vec<&'static str> {
    match result {
        Err(StoreError::NotAllowed(reasons)) => reasons.iter().map(|r| r.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn a_document_goes_from_draft_to_the_public_by_four_hands() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let clerk = actor("clerk", Role::Clerk, "u1");
        let id = documents::draft(&store, &clerk, drafting("u1"), "form-1")
            .await
            .unwrap();
        // The same form again is the same draft.
        assert_eq!(
            documents::draft(&store, &clerk, drafting("u1"), "form-1")
                .await
                .unwrap(),
            id
        );
        let taken = documents::draft(&store, &clerk, drafting("u1"), "form-2").await;
        assert_eq!(refused(taken), ["number-taken"]);
        let elsewhere = documents::draft(&store, &clerk, drafting("u2"), "form-3").await;
        assert!(matches!(elsewhere, Err(StoreError::Forbidden(_))));

        let all = Actor {
            id: "clerk".into(),
            name: "一人".into(),
            grants: [
                Role::Clerk,
                Role::Reviewer,
                Role::SecrecyReviewer,
                Role::Approver,
            ]
            .map(|role| Grant {
                role,
                unit: "u1".into(),
            })
            .to_vec(),
        };
        let steps = [
            (
                Verb::Submit,
                actor("clerk", Role::Clerk, "u1"),
                "",
                Status::InReview,
            ),
            (
                Verb::Review,
                actor("rev", Role::Reviewer, "u0"),
                "own-draft",
                Status::InSecrecyReview,
            ),
            (
                Verb::Clear,
                actor("sec", Role::SecrecyReviewer, "u1"),
                "own-draft",
                Status::AwaitingApproval,
            ),
            (
                Verb::Approve,
                actor("boss", Role::Approver, "u1"),
                "own-draft",
                Status::Published,
            ),
        ];
        for (verb, by, own, status) in steps {
            let now = seq(&store, &id).await;
            let doing = Doing::default();
            assert!(documents::find_public(&store, &id).await.unwrap().is_none());
            if !own.is_empty() {
                assert_eq!(
                    refused(documents::act(&store, &all, &id, verb, &doing, now).await),
                    [own]
                );
            }
            let stale = documents::act(&store, &by, &id, verb, &doing, now - 1).await;
            assert!(matches!(stale, Err(StoreError::Stale { .. })));
            let stranger = documents::act(
                &store,
                &actor("x", Role::Auditor, "u0"),
                &id,
                verb,
                &doing,
                now,
            )
            .await;
            assert!(matches!(stranger, Err(StoreError::Forbidden(_))));
            let after = documents::act(&store, &by, &id, verb, &doing, now)
                .await
                .unwrap();
            assert_eq!(after.status, status);
        }
        let public = documents::find_public(&store, &id).await.unwrap().unwrap();
        assert_eq!(public.published_on, Some(store.today()));
        let found = documents::list_public(
            &store,
            &Filter {
                words: vec!["取暖".into()],
                ..Filter::default()
            },
            1,
            20,
        )
        .await
        .unwrap();
        assert_eq!(found.total, 1);

        let office = actor("zwgk", Role::DisclosureOffice, "u0");
        let now = seq(&store, &id).await;
        assert_eq!(
            refused(
                documents::act(&store, &office, &id, Verb::Withdraw, &Doing::default(), now).await
            ),
            ["remark-missing"]
        );
        let why = Doing {
            remark: "含个人信息",
            ..Doing::default()
        };
        documents::act(&store, &office, &id, Verb::Withdraw, &why, now)
            .await
            .unwrap();
        assert!(documents::find_public(&store, &id).await.unwrap().is_none());
        assert_eq!(
            documents::list_public(&store, &Filter::default(), 1, 20)
                .await
                .unwrap()
                .total,
            0
        );
    });
}

#[test]
fn lists_and_the_one_rule_of_visibility_agree_for_every_combination() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let today = store.today();
        let days = [
            None,
            Some(today.yesterday().unwrap()),
            Some(today),
            Some(today.tomorrow().unwrap()),
        ];
        let mut tx = store.begin(&Actor::operator()).await.unwrap();
        let mut expected = Vec::new();
        let mut n = 0;
        for status in Status::ALL {
            for attribute in Attribute::ALL {
                for day in days {
                    n += 1;
                    let id = format!("d{n:03}");
                    tx.execute(
                        "INSERT INTO document (site, id, unit, kind, title, index_number, written_on, attribute, \
                         status, published_on, body, seq) VALUES ($1, $2, 'u1', 'news', '题', $2, '2024-01-02', $3, $4, $5, '', 1)",
                        store::args!["县", id.as_str(), attribute.key(), status.key(), day],
                    )
                    .await
                    .unwrap();
                    if office::visibility::facts_are_public(*status, *attribute, day, today) {
                        expected.push(id);
                    }
                }
            }
        }
        tx.commit(store::Done::new(
            "records.import",
            "import",
            "x",
            serde_json::json!({}),
        ))
        .await
        .unwrap();
        assert_eq!(expected.len(), 2);
        let listed = documents::list_public(&store, &Filter::default(), 1, 1000)
            .await
            .unwrap();
        let mut ids: Vec<String> = listed.items.into_iter().map(|item| item.id).collect();
        ids.sort();
        assert_eq!(ids, expected);
        for i in 1..=n {
            let id = format!("d{i:03}");
            let seen = documents::find_public(&store, &id).await.unwrap().is_some();
            assert_eq!(seen, expected.contains(&id), "{id}");
        }
    });
}

pub fn new_request(unit: &str, channel: RequestChannel, on: Date, submission: &str) -> NewRequest {
    NewRequest {
        unit: unit.into(),
        number: None,
        channel,
        applicant_kind: ApplicantKind::Natural,
        applicant: Applicant {
            name: "演示甲".into(),
            identity_number: "000000000000000000".into(),
            phone: "00000000000".into(),
            ..Applicant::default()
        },
        subject: "2023 年低保资金发放情况".into(),
        on,
        confirmed: None,
        submission: submission.into(),
    }
}

pub async fn stored(store: &Store, actor: &Actor, id: &str) -> requests::Stored {
    requests::find(store, actor, id).await.unwrap()
}

#[test]
fn a_request_is_filed_answered_and_tracked_by_its_code_alone() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let today = store.today();
        let receipt = requests::submit(
            &store,
            new_request("u1", RequestChannel::Online, today, "s1"),
        )
        .await
        .unwrap();
        let again = requests::submit(
            &store,
            new_request("u1", RequestChannel::Online, today, "s1"),
        )
        .await
        .unwrap();
        assert_eq!(receipt, again);
        assert!(
            requests::track(&store, "AAAA-BBBB-CCCC-DDDD")
                .await
                .unwrap()
                .is_none()
        );
        let tracked = requests::track(&store, &receipt.code.to_lowercase())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(tracked.opened.reply, None);
        assert_eq!(tracked.unit_name, "清河县民政局");

        let clerk = actor("clerk", Role::Clerk, "u1");
        let other = actor("other", Role::Clerk, "u2");
        assert!(matches!(
            requests::find(&store, &other, &receipt.id).await,
            Err(StoreError::Forbidden(_))
        ));
        let office = actor("zwgk", Role::DisclosureOffice, "u0");
        let seen = stored(&store, &office, &receipt.id).await;
        // The supervising office sees the progress, not the applicant.
        assert!(matches!(
            requests::open(&store, &office, &seen).await,
            Err(StoreError::Forbidden(_))
        ));
        let opened = requests::open(&store, &clerk, &seen).await.unwrap();
        assert_eq!(opened.applicant.unwrap().name, "演示甲");

        let reply = Reply {
            on: today,
            outcome: Outcome::Granted,
            by: Delivery::Online,
            text: "您申请的信息见附表。".into(),
            late_reason: String::new(),
        };
        let future = Reply {
            on: today.tomorrow().unwrap(),
            ..reply.clone()
        };
        let now = seen.request.seq;
        assert_eq!(
            refused(requests::reply(&store, &clerk, &receipt.id, future, now).await),
            ["in-future"]
        );
        let unpaid = Reply {
            outcome: Outcome::from_key("other.unpaid").unwrap(),
            ..reply.clone()
        };
        assert_eq!(
            refused(requests::reply(&store, &clerk, &receipt.id, unpaid, now).await),
            ["no-fee-notice"]
        );
        requests::reply(&store, &clerk, &receipt.id, reply, now)
            .await
            .unwrap();
        let tracked = requests::track(&store, &receipt.code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            tracked.opened.reply.as_deref(),
            Some("您申请的信息见附表。")
        );

        // Nothing of the applicant stands in the journal or anywhere in the open.
        for table in ["journal", "request", "applicant"] {
            let sql = match table {
                "journal" => "SELECT detail FROM journal",
                "request" => "SELECT events FROM request",
                _ => "SELECT id FROM applicant",
            };
            for row in store.db.all(sql, store::args![]).await.unwrap() {
                let text = row.text(0).unwrap();
                assert!(
                    !text.contains("演示甲") && !text.contains("低保资金"),
                    "{table}: {text}"
                );
            }
        }
        assert!(store.verify().await.unwrap().is_empty());

        let admin = actor("admin", Role::Administrator, "u0");
        let now = stored(&store, &clerk, &receipt.id).await.request.seq;
        requests::erase_applicant(&store, &admin, &receipt.id, now)
            .await
            .unwrap();
        let seen = stored(&store, &clerk, &receipt.id).await;
        let opened = requests::open(&store, &clerk, &seen).await.unwrap();
        assert!(opened.applicant.is_none() && opened.subject.is_none());
    });
}

#[test]
fn a_mistyped_registration_keeps_its_first_entry_and_moves_every_date() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let clerk = actor("clerk", Role::Clerk, "u1");
        let day = Date::constant(2024, 2, 20);
        let receipt = requests::register(
            &store,
            &clerk,
            new_request("u1", RequestChannel::OrdinaryMail, day, "s"),
        )
        .await
        .unwrap();
        let before = stored(&store, &clerk, &receipt.id).await.request;
        let list = requests::list(&store, &clerk, &requests::Filter::default(), 1, 10)
            .await
            .unwrap();
        assert_eq!(list.items[0].due_on, None);
        let right = Event::new(
            Date::constant(2024, 2, 19),
            EventKind::Received {
                channel: Some(RequestChannel::RegisteredMail),
                confirmed: None,
            },
        );
        let correction = Correction {
            index: 0,
            to: Some(right),
            reason: "挂号信登成平信".into(),
            channel: Some(RequestChannel::RegisteredMail),
            applicant_kind: Some(ApplicantKind::Business),
        };
        requests::correct(&store, &clerk, &receipt.id, correction, before.seq)
            .await
            .unwrap();
        let after = stored(&store, &clerk, &receipt.id).await.request;
        assert_eq!(after.events[0], before.events[0]);
        assert_eq!(
            (after.channel, after.applicant_kind),
            (RequestChannel::RegisteredMail, ApplicantKind::Business)
        );
        let list = requests::list(&store, &clerk, &requests::Filter::default(), 1, 10)
            .await
            .unwrap();
        assert_eq!(list.items[0].received_on, Some(Date::constant(2024, 2, 19)));
        assert_eq!(list.items[0].due_on, Some(Date::constant(2024, 3, 18)));
        let entries = store.journal_of("request", &receipt.id).await.unwrap();
        assert!(
            entries
                .iter()
                .any(|e| e.action == "request.register" && e.detail.contains("2024-02-20"))
        );
        assert!(
            entries
                .iter()
                .any(|e| e.action == "request.correct" && e.detail.contains("2024-03-18"))
        );
    });
}

#[test]
fn a_holiday_notice_moves_open_requests_and_clears_the_warning() {
    in_both(async |place| {
        place
            .clock
            .set(Clock::on(Date::constant(2026, 12, 20)).now_ms());
        let store = place.open().await;
        county(&store).await;
        let clerk = actor("clerk", Role::Clerk, "u1");
        let day = Date::constant(2026, 12, 18);
        let receipt = requests::register(
            &store,
            &clerk,
            new_request("u1", RequestChannel::Counter, day, "s"),
        )
        .await
        .unwrap();
        let due = |list: documents::Page<requests::Listed>| list.items[0].due_on;
        let all = requests::Filter::default();
        assert_eq!(
            due(requests::list(&store, &clerk, &all, 1, 9).await.unwrap()),
            Some(Date::constant(2027, 1, 15))
        );
        let events = stored(&store, &clerk, &receipt.id).await.request.events;
        let warns = |calendar: &statute::Calendar| {
            statute::clock::replay(calendar, &events, None)
                .warnings
                .iter()
                .any(|w| w.contains("2027"))
        };
        assert!(warns(&calendar::effective(&store).await.unwrap()));

        let notice = "2027-01-01\toff\t元旦\n2027-01-04\toff\t元旦\n2027-01-09\twork\t元旦调休\n";
        let moved = calendar::preview(&store, "national", notice).await.unwrap();
        assert_eq!(moved.len(), 1);
        let boss = actor("zwgk", Role::DisclosureOffice, "u0");
        assert!(matches!(
            calendar::load(&store, &clerk, "national", notice).await,
            Err(StoreError::Forbidden(_))
        ));
        assert_eq!(
            calendar::load(&store, &boss, "national", notice)
                .await
                .unwrap(),
            moved
        );
        // Two days off and one made up: one working day later.
        assert_eq!(
            due(requests::list(&store, &clerk, &all, 1, 9).await.unwrap()),
            Some(Date::constant(2027, 1, 18))
        );
        assert!(!warns(&calendar::effective(&store).await.unwrap()));
        let bad = calendar::load(&store, &boss, "national", "2027-01-02\toff\t元旦\n").await;
        assert_eq!(refused(bad), ["notice-line"]);
    });
}

#[test]
fn people_come_are_locked_out_go_on_leave_and_hand_over() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let hash = store.keys.hash_password("Kai-fang-2024").await.unwrap();
        let boss = Invitation {
            account: "admin".into(),
            name: "管理员".into(),
            unit: "u0".into(),
            grants: vec![Grant {
                role: Role::Administrator,
                unit: "u0".into(),
            }],
        };
        let ids = people::enroll(&store, &[(boss, hash)]).await.unwrap();
        let admin = people::actor(&store, &ids[0]).await.unwrap().unwrap();
        let invite = |account: &str, unit: &str| Invitation {
            account: account.into(),
            name: "经办人".into(),
            unit: unit.into(),
            grants: vec![Grant {
                role: Role::Clerk,
                unit: unit.into(),
            }],
        };
        let (first, code) = people::invite(&store, &admin, &invite("jia", "u1"))
            .await
            .unwrap();
        let (second, other) = people::invite(&store, &admin, &invite("yi", "u1"))
            .await
            .unwrap();
        assert_eq!(
            refused(people::invite(&store, &admin, &invite("jia", "u1")).await),
            ["account-taken"]
        );
        assert!(people::actor(&store, &first).await.unwrap().is_none());
        assert_eq!(
            refused(people::enter(&store, &code, "short").await)[0],
            "password-short"
        );
        people::enter(&store, &code, "Kai-fang-2025").await.unwrap();
        people::enter(&store, &other, "Kai-fang-2026")
            .await
            .unwrap();
        assert_eq!(
            refused(people::enter(&store, &code, "Kai-fang-2027").await),
            ["code-refused"]
        );

        assert!(matches!(
            people::sign_in(&store, "jia", "Kai-fang-2025")
                .await
                .unwrap(),
            SignIn::Welcome(_)
        ));
        assert_eq!(
            people::sign_in(&store, "nobody", "x").await.unwrap(),
            SignIn::Refused
        );
        for _ in 0..4 {
            assert_eq!(
                people::sign_in(&store, "jia", "wrong").await.unwrap(),
                SignIn::Refused
            );
        }
        assert!(matches!(
            people::sign_in(&store, "jia", "wrong").await.unwrap(),
            SignIn::Locked(_)
        ));
        assert!(matches!(
            people::sign_in(&store, "jia", "Kai-fang-2025")
                .await
                .unwrap(),
            SignIn::Locked(_)
        ));
        place.clock.advance(office::people::LOCK_MS + 1);
        assert!(matches!(
            people::sign_in(&store, "jia", "Kai-fang-2025")
                .await
                .unwrap(),
            SignIn::Welcome(_)
        ));

        let clerk = people::actor(&store, &first).await.unwrap().unwrap();
        let id = documents::draft(&store, &clerk, drafting("u1"), "f")
            .await
            .unwrap();
        assert!(matches!(
            people::leave(&store, &clerk, &second, &first).await,
            Err(StoreError::Forbidden(_))
        ));
        people::leave(&store, &admin, &first, &second)
            .await
            .unwrap();
        assert_eq!(
            people::find(&store, &first).await.unwrap().unwrap().state,
            AccountState::OnLeave
        );
        assert!(people::actor(&store, &first).await.unwrap().is_none());
        people::come_back(&store, &admin, &first).await.unwrap();
        assert_eq!(
            people::hand_over(&store, &admin, &first, &second)
                .await
                .unwrap(),
            (1, 0)
        );
        assert_eq!(
            documents::find(&store, &id)
                .await
                .unwrap()
                .unwrap()
                .drafter
                .as_deref(),
            Some(second.as_str())
        );
        assert_eq!(
            people::sign_in(&store, "jia", "Kai-fang-2025")
                .await
                .unwrap(),
            SignIn::Refused
        );
    });
}
