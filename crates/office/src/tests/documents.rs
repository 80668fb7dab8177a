use crate::documents::*;
use statute::Date;
use statute::channel::PublicationChannel;

const TODAY: Date = Date::constant(2024, 3, 1);

fn document(status: Status) -> Document {
    Document {
        id: "d".into(),
        unit: "u".into(),
        kind: Kind::Normative,
        title: "办法".into(),
        number: None,
        index_number: "u/2024-00001".into(),
        written_on: Date::constant(2024, 2, 1),
        attribute: Attribute::Proactive,
        basis: None,
        status,
        published_on: None,
        channels: vec![PublicationChannel::Website],
        in_force_from: None,
        repealed_on: None,
        explains: None,
        body: "一条。".into(),
        drafter: Some("drafter".into()),
        reviewer: None,
        secrecy_reviewer: None,
        approver: None,
        remark: None,
        seq: 1,
    }
}

#[test]
fn from_each_state_only_the_listed_verbs_lead_on() {
    let doing = Doing {
        actor: "other",
        remark: "原因",
        publish_on: None,
    };
    for status in Status::ALL.iter().copied() {
        for verb in Verb::ALL.iter().copied() {
            let listed = TRANSITIONS
                .iter()
                .find(|(from, v, ..)| (*from, *v) == (status, verb));
            let done = apply(document(status), verb, &doing, TODAY);
            match listed {
                Some((_, _, to, _)) => assert_eq!(done.unwrap().status, *to, "{status:?} {verb:?}"),
                None => assert_eq!(
                    done.unwrap_err()[0].code,
                    "wrong-state",
                    "{status:?} {verb:?}"
                ),
            }
        }
    }
}

#[test]
fn the_drafter_takes_no_later_step_and_the_secrecy_reviewer_does_not_approve() {
    let drafter = Doing {
        actor: "drafter",
        remark: "原因",
        publish_on: None,
    };
    for (status, verb) in [
        (Status::InReview, Verb::Review),
        (Status::InSecrecyReview, Verb::Clear),
        (Status::AwaitingApproval, Verb::Approve),
    ] {
        assert_eq!(
            can(&document(status), verb, &drafter, TODAY)[0].code,
            "own-draft",
            "{verb:?}"
        );
    }
    let mut cleared = document(Status::AwaitingApproval);
    cleared.secrecy_reviewer = Some("secrecy".into());
    let secrecy = Doing {
        actor: "secrecy",
        ..Doing::default()
    };
    assert_eq!(
        can(&cleared, Verb::Approve, &secrecy, TODAY)[0].code,
        "own-review"
    );
}

#[test]
fn approval_publishes_today_or_later_and_files_what_is_not_proactive() {
    let boss = Doing {
        actor: "boss",
        ..Doing::default()
    };
    let published = apply(
        document(Status::AwaitingApproval),
        Verb::Approve,
        &boss,
        TODAY,
    )
    .unwrap();
    assert_eq!(
        (published.status, published.published_on),
        (Status::Published, Some(TODAY))
    );
    let early = Doing {
        publish_on: Some(Date::constant(2024, 2, 29)),
        ..boss
    };
    assert_eq!(
        can(
            &document(Status::AwaitingApproval),
            Verb::Approve,
            &early,
            TODAY
        )[0]
        .code,
        "published-in-past"
    );
    let mut kept = document(Status::AwaitingApproval);
    kept.attribute = Attribute::Withheld;
    kept.basis = Some("条例 §16".into());
    let filed = apply(kept, Verb::Approve, &boss, TODAY).unwrap();
    assert_eq!((filed.status, filed.published_on), (Status::Filed, None));
}

#[test]
fn what_a_document_says_is_checked() {
    let faults = |change: &dyn Fn(&mut Document)| {
        let mut changed = document(Status::Draft);
        change(&mut changed);
        check(&changed, TODAY)
            .into_iter()
            .map(|reason| reason.code)
            .collect::<Vec<_>>()
    };
    assert!(faults(&|_| {}).is_empty());
    assert_eq!(faults(&|d| d.title = " ".into()), ["title-empty"]);
    assert_eq!(
        faults(&|d| d.title = "题".repeat(TITLE_LIMIT + 1)),
        ["title-too-long"]
    );
    assert_eq!(
        faults(&|d| d.body = "字".repeat(BODY_LIMIT + 1)),
        ["body-too-long"]
    );
    assert_eq!(
        faults(&|d| d.written_on = Date::constant(2024, 3, 2)),
        ["written-in-future"]
    );
    assert_eq!(
        faults(&|d| d.attribute = Attribute::OnRequest),
        ["basis-missing"]
    );
    assert_eq!(faults(&|d| d.body = "机密★ 10年".into()), ["secret-mark"]);
    assert_eq!(
        faults(&|d| {
            d.in_force_from = Some(Date::constant(2024, 1, 2));
            d.repealed_on = Some(Date::constant(2024, 1, 1));
        }),
        ["repealed-before-in-force"]
    );
}

#[test]
fn validity_turns_on_its_days() {
    let mut d = document(Status::Published);
    d.published_on = Some(Date::constant(2024, 3, 1));
    d.repealed_on = Some(Date::constant(2025, 1, 1));
    let on = |y, m, day| d.validity(Date::constant(y, m, day)).unwrap();
    assert_eq!(on(2024, 2, 29), Validity::NotYetInForce);
    assert_eq!(on(2024, 3, 1), Validity::InForce);
    assert_eq!(on(2024, 12, 31), Validity::InForce);
    assert_eq!(on(2025, 1, 1), Validity::Repealed);
    d.kind = Kind::News;
    assert_eq!(d.validity(TODAY), None);
}
