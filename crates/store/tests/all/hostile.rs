//! Ways around the rules that are closed, on both engines.

use crate::harness::in_both;
use crate::office::{actor, county, drafting, new_request, refused, seq, stored};
use office::documents::{Doing, Status, Verb};
use office::people::{Grant, Role};
use office::permissions::Actor;
use statute::channel::RequestChannel;
use statute::clock::{Delivery, Event, EventKind};
use statute::{Date, Outcome};
use store::people::{self, Invitation, SignIn};
use store::requests::{self, Correction, Reply};
use store::{Store, StoreError, calendar, documents, import, reports};

async fn enrolled(store: &Store, account: &str, roles: &[(Role, &str)]) -> String {
    let hash = store.keys.hash_password("长密码 Abc 123456").await.unwrap();
    let invitation = Invitation {
        account: account.into(),
        name: account.into(),
        unit: "u1".into(),
        grants: roles
            .iter()
            .map(|(role, unit)| Grant {
                role: *role,
                unit: (*unit).into(),
            })
            .collect(),
    };
    people::enroll(store, &[(invitation, hash)])
        .await
        .unwrap()
        .remove(0)
}

fn forbidden<T: std::fmt::Debug>(result: Result<T, StoreError>) {
    assert!(
        matches!(result, Err(StoreError::Forbidden(_))),
        "{result:?}"
    );
}

#[test]
fn a_manager_never_gets_hold_of_a_role_beyond_reach() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let admin = actor("admin", Role::Administrator, "u1");
        let boss = enrolled(&store, "boss", &[(Role::Approver, "u0")]).await;
        let clerk = enrolled(&store, "clerk", &[(Role::Clerk, "u1")]).await;
        forbidden(people::reset(&store, &admin, &boss).await);
        forbidden(people::leave(&store, &admin, &boss, &clerk).await);
        forbidden(people::hand_over(&store, &admin, &boss, &clerk).await);
        forbidden(people::set_roles(&store, &admin, &boss, &[]).await);
        let code = people::reset(&store, &admin, &clerk).await.unwrap();
        // Who has left does not come back by a code that was not used.
        people::hand_over(&store, &admin, &clerk, &boss)
            .await
            .unwrap();
        assert_eq!(
            refused(people::enter(&store, &code, "另一个密码 Xyz 987").await),
            ["code-refused"]
        );
    });
}

#[test]
fn work_goes_only_to_those_who_can_do_it() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let admin = actor("admin", Role::Administrator, "u0");
        let clerk = enrolled(&store, "clerk", &[(Role::Clerk, "u1")]).await;
        let other = enrolled(&store, "other", &[(Role::Clerk, "u2")]).await;
        let third = enrolled(&store, "third", &[(Role::Clerk, "u0")]).await;
        let acting = people::actor(&store, &clerk).await.unwrap().unwrap();
        documents::draft(&store, &acting, drafting("u1"), "f")
            .await
            .unwrap();
        assert_eq!(
            refused(people::hand_over(&store, &admin, &clerk, &other).await),
            ["taker-without-role"]
        );
        people::leave(&store, &admin, &other, &clerk).await.unwrap();
        assert_eq!(
            refused(people::hand_over(&store, &admin, &clerk, &third).await),
            ["stands-in"]
        );
        assert_eq!(
            refused(people::reset(&store, &admin, &other).await),
            ["person-on-leave"]
        );
        people::come_back(&store, &admin, &other).await.unwrap();
        let (drafts, _) = people::hand_over(&store, &admin, &clerk, &third)
            .await
            .unwrap();
        assert_eq!(drafts, 1);
        // The session's holder was sent away between the page and the form.
        let late =
            people::change_password(&store, &acting, "长密码 Abc 123456", "新密码 Abc 765432")
                .await;
        assert!(late.is_err());
        let known = people::able(
            &store,
            office::permissions::Action::DocumentDraft,
            &["u0".into()],
        )
        .await
        .unwrap();
        assert_eq!(known.len(), 1);
    });
}

#[test]
fn wrong_passwords_side_by_side_are_all_counted() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        enrolled(&store, "clerk", &[]).await;
        let tries = (0..9).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { people::sign_in(&store, "clerk", "x").await.unwrap() })
        });
        let mut refusals = 0;
        for done in tries.collect::<Vec<_>>() {
            refusals += i32::from(done.await.unwrap() == SignIn::Refused);
        }
        assert!(refusals <= 8, "{refusals}");
        let after = people::sign_in(&store, "clerk", "长密码 Abc 123456")
            .await
            .unwrap();
        assert!(matches!(after, SignIn::Locked(_)), "{after:?}");
    });
}

#[test]
fn whoever_wrote_on_a_document_clears_it_never() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let mut first = actor("a", Role::Clerk, "u1");
        for role in [Role::Reviewer, Role::SecrecyReviewer, Role::Approver] {
            first.grants.push(Grant {
                role,
                unit: "u1".into(),
            });
        }
        let second = actor("b", Role::Clerk, "u1");
        let id = documents::draft(&store, &first, drafting("u1"), "f")
            .await
            .unwrap();
        // Somebody else's comma does not make it somebody else's text.
        documents::edit(&store, &second, &id, drafting("u1"), seq(&store, &id).await)
            .await
            .unwrap();
        let doing = Doing::default();
        documents::act(
            &store,
            &second,
            &id,
            Verb::Submit,
            &doing,
            seq(&store, &id).await,
        )
        .await
        .unwrap();
        let own = documents::act(
            &store,
            &first,
            &id,
            Verb::Review,
            &doing,
            seq(&store, &id).await,
        )
        .await;
        assert_eq!(refused(own), ["own-draft"]);
        let reviewer = actor("c", Role::Reviewer, "u1");
        documents::act(
            &store,
            &reviewer,
            &id,
            Verb::Review,
            &doing,
            seq(&store, &id).await,
        )
        .await
        .unwrap();
        let own = documents::act(
            &store,
            &first,
            &id,
            Verb::Clear,
            &doing,
            seq(&store, &id).await,
        )
        .await;
        assert_eq!(refused(own), ["own-draft"]);
        let secret = actor("d", Role::SecrecyReviewer, "u1");
        documents::act(
            &store,
            &secret,
            &id,
            Verb::Clear,
            &doing,
            seq(&store, &id).await,
        )
        .await
        .unwrap();
        let far = Doing {
            publish_on: Some(Date::constant(2999, 1, 1)),
            ..Doing::default()
        };
        let boss = actor("e", Role::Approver, "u1");
        let refusal = documents::act(
            &store,
            &boss,
            &id,
            Verb::Approve,
            &far,
            seq(&store, &id).await,
        )
        .await;
        assert_eq!(refused(refusal), ["year-out-of-bounds"]);
        let done = documents::act(
            &store,
            &boss,
            &id,
            Verb::Approve,
            &doing,
            seq(&store, &id).await,
        )
        .await
        .unwrap();
        assert_eq!(done.status, Status::Published);
    });
}

#[test]
fn the_calendar_of_the_site_is_loaded_at_its_head_only() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let township = actor("z", Role::DisclosureOffice, "u2");
        forbidden(calendar::load(&store, &township, calendar::NATIONAL, NOTICE).await);
        let office = actor("z", Role::DisclosureOffice, "u0");
        calendar::load(&store, &office, calendar::NATIONAL, NOTICE)
            .await
            .unwrap();
    });
}

const NOTICE: &str = "2027-01-01\toff\t元旦\n";

#[test]
fn a_receipt_is_given_to_the_one_who_filed_the_form() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let today = store.today();
        let mine = new_request("u1", RequestChannel::Online, today, "1");
        let mut theirs = mine.clone();
        theirs.subject = "别的事情".into();
        let a = requests::submit(&store, mine.clone()).await.unwrap();
        let b = requests::submit(&store, theirs).await.unwrap();
        assert!(a.id != b.id && a.code != b.code);
        assert_eq!(requests::submit(&store, mine.clone()).await.unwrap(), a);
        assert!(!format!("{mine:?}").contains("低保"));
        let mut long = mine;
        long.applicant.delivery = "邮".repeat(201);
        long.number = Some("号".repeat(101));
        let clerk = actor("c", Role::Clerk, "u1");
        assert_eq!(
            refused(requests::register(&store, &clerk, long).await),
            ["too-long", "number-too-long"]
        );
    });
}

fn reply(on: Date) -> Reply {
    Reply {
        on,
        outcome: Outcome::Granted,
        by: Delivery::Online,
        text: "见附表。".into(),
        late_reason: String::new(),
    }
}

#[test]
fn a_correction_is_no_way_around_the_steps() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let clerk = actor("c", Role::Clerk, "u1");
        let today = store.today();
        let receipt = requests::submit(
            &store,
            new_request("u1", RequestChannel::Online, today, "1"),
        )
        .await
        .unwrap();
        let id = receipt.id.as_str();
        let now = async || stored(&store, &clerk, id).await.request.seq;
        let correct = async |index, to: Option<EventKind>, channel| {
            let correction = Correction {
                index,
                to: to.map(|kind| Event::new(today, kind)),
                reason: "登错，电话13800138000".into(),
                channel,
                applicant_kind: None,
            };
            requests::correct(&store, &clerk, id, correction, now().await).await
        };
        let extended = EventKind::Extended { days: Some(20) };
        requests::record_event(
            &store,
            &clerk,
            id,
            Event::new(today, extended),
            "",
            now().await,
        )
        .await
        .unwrap();
        let granted = EventKind::Replied {
            outcome: Some(Outcome::Granted),
            by: None,
        };
        assert_eq!(
            refused(correct(1, Some(granted), None).await),
            ["kind-changed"]
        );
        let long = EventKind::Extended { days: Some(60) };
        assert_eq!(
            refused(correct(1, Some(long), None).await),
            ["extension-out-of-bounds"]
        );
        assert_eq!(
            refused(correct(1, None, Some(RequestChannel::Fax)).await),
            ["channel-differs"]
        );
        assert_eq!(refused(correct(0, None, None).await), ["order", "order"]);
        correct(1, None, None).await.unwrap();

        // An old result is history's; a reply undone is none for the applicant.
        let old = Reply {
            outcome: Outcome::from_key("C3.2").unwrap(),
            ..reply(today)
        };
        assert_eq!(
            refused(requests::reply(&store, &clerk, id, old, now().await).await),
            ["outcome-of-old-form"]
        );
        requests::reply(&store, &clerk, id, reply(today), now().await)
            .await
            .unwrap();
        correct(3, None, None).await.unwrap();
        let seen = requests::track(&store, &receipt.code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.opened.reply, None);
        let by_fax = EventKind::Received {
            channel: Some(RequestChannel::Fax),
            confirmed: None,
        };
        correct(0, Some(by_fax), None).await.unwrap();
        assert_eq!(
            stored(&store, &clerk, id).await.request.channel,
            RequestChannel::Fax
        );
        requests::confirm(&store, &clerk, id, today, now().await)
            .await
            .unwrap();
        let list = requests::list(&store, &clerk, &requests::Filter::default(), 1, 9)
            .await
            .unwrap();
        assert_eq!(list.items[0].received_on, Some(today));
        assert_eq!(list.items[0].channel, RequestChannel::Fax);
        for row in store
            .db
            .all("SELECT detail FROM journal", store::args![])
            .await
            .unwrap()
        {
            assert!(!row.text(0).unwrap().contains("13800138000"));
        }
        assert!(store.verify().await.unwrap().is_empty());
    });
}

#[test]
fn erasing_asks_every_unit_and_waits_for_the_answer() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let line = |id: &str, unit: &str, end: &str| {
            format!(
                "{{\"type\":\"request\",\"id\":\"{id}\",\"unit\":\"{unit}\",\"applicant\":\"natural\",\"applicant_ref\":\"x\",\"subject\":\"某\",\"channel\":\"online\",\"events\":[{{\"on\":\"2023-03-01\",\"event\":\"received\"}}{end}]}}\n"
            )
        };
        let ended = ",{\"on\":\"2023-03-20\",\"event\":\"replied\",\"outcome\":\"granted\"}";
        let text = line("r1", "u1", ended) + &line("r2", "u2", ended) + &line("r3", "u1", "");
        let operator = Actor::operator();
        import::lines(&store, &operator, text.as_bytes())
            .await
            .unwrap();
        let reader = actor("a", Role::Auditor, "u0");
        let now = async |id: &str| stored(&store, &reader, id).await.request.seq;
        let admin = actor("b", Role::Administrator, "u1");
        let head = actor("b", Role::Administrator, "u0");
        forbidden(requests::erase_applicant(&store, &admin, "r2", now("r2").await).await);
        assert_eq!(
            refused(requests::erase_applicant(&store, &head, "r1", now("r1").await).await),
            ["applicant-has-open-requests"]
        );
        let clerk = actor("c", Role::Clerk, "u1");
        let late = Reply {
            late_reason: "补登".into(),
            ..reply(store.today())
        };
        requests::reply(&store, &clerk, "r3", late, now("r3").await)
            .await
            .unwrap();
        forbidden(requests::erase_applicant(&store, &admin, "r1", now("r1").await).await);
        requests::erase_applicant(&store, &head, "r1", now("r1").await)
            .await
            .unwrap();
        // What was there repeats; a new request of somebody erased is named with its line.
        let again = line("r1", "u1", ended) + &line("r2", "u2", ended);
        let same = import::lines(&store, &operator, again.as_bytes())
            .await
            .unwrap();
        assert_eq!(same.same, 2);
        let Err(import::ImportError::Lines(told)) =
            import::lines(&store, &operator, line("r9", "u1", ended).as_bytes()).await
        else {
            panic!("an erased applicant came back")
        };
        assert!(
            told[0].line == 1 && told[0].text.contains("销毁"),
            "{told:?}"
        );
        forbidden_import(&store).await;
    });
}

async fn forbidden_import(store: &Store) {
    let nobody = import::lines(store, &actor("x", Role::Administrator, "u0"), &b""[..]).await;
    assert!(
        matches!(nobody, Err(import::ImportError::Store(_))),
        "{nobody:?}"
    );
}

#[test]
fn a_case_lies_after_its_request_and_a_report_has_the_form_of_its_year() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        let today = store.today();
        let receipt = requests::submit(
            &store,
            new_request("u1", RequestChannel::Online, today, "1"),
        )
        .await
        .unwrap();
        let clerk = actor("c", Role::Clerk, "u1");
        let case = office::cases::LegalCase {
            id: "c1".into(),
            request: receipt.id,
            track: statute::case::Track::Review,
            filed_on: today.yesterday().unwrap(),
            closed_on: None,
            result: None,
            seq: 0,
        };
        assert_eq!(
            refused(store::cases::record(&store, &clerk, case, None).await),
            ["filed-before-request"]
        );
        let order = reports::Order {
            unit: "u1".into(),
            year: 2023,
            edition: Some(statute::editions::Edition::Stats2014),
            roll_up: false,
        };
        let office = actor("o", Role::DisclosureOffice, "u2");
        forbidden(reports::publish(&store, &office, &order).await);
        let office = actor("o", Role::DisclosureOffice, "u0");
        assert_eq!(
            refused(reports::publish(&store, &office, &order).await),
            ["edition-of-other-year"]
        );
    });
}

#[test]
fn a_zero_byte_finds_nothing_and_breaks_nothing() {
    in_both(async |place| {
        let store = place.open().await;
        county(&store).await;
        assert!(documents::find(&store, "a\0b").await.unwrap().is_none());
        let filter = documents::Filter {
            words: vec!["\0".into()],
            unit: Some("u1\0".into()),
            ..documents::Filter::default()
        };
        let found = documents::list_public(&store, &filter, 1, 10)
            .await
            .unwrap();
        assert_eq!(found.total, 0);
        assert!(matches!(
            people::sign_in(&store, "a\0", "x").await.unwrap(),
            SignIn::Refused
        ));
    });
}
