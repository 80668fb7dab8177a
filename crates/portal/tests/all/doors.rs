//! A document that is not public is nowhere: every door of the public side is tried, for a document
//! in every hidden state. One that becomes public appears behind all of them, and is gone again from
//! all of them in the next request after it is withdrawn, with the page cache on.

use crate::app::{Client, TestApp, with_portal};
use office::documents::{Attribute, Doing, Kind, Verb};
use statute::{Date, PublicationChannel};
use store::documents::{self, Drafting};
use store::reports::{self, Order};
use store::{attachments, export};

/// A word in the text of every document of this test.
const SHARED: &str = "灌溉水权";

/// What the doors are asked for.
struct Sought {
    id: String,
    /// Stands in its title, number, text and file name, and in those of no other.
    mark: String,
    file: Option<String>,
    /// A public document that it interprets.
    explains: &'static str,
}

/// How far a document is brought along.
#[derive(Clone, Copy, PartialEq)]
enum Until {
    Drafted,
    Submitted,
    Reviewed,
    Cleared,
    Approved,
    Withdrawn,
}

async fn act(portal: &TestApp, account: &str, id: &str, verb: Verb, publish_on: Option<Date>) {
    let actor = portal.actor(account).await;
    let seen = documents::find(&portal.store, id)
        .await
        .unwrap()
        .unwrap()
        .seq;
    let doing = Doing {
        actor: &actor.id,
        remark: "内容有误",
        publish_on,
    };
    documents::act(&portal.store, &actor, id, verb, &doing, seen)
        .await
        .unwrap();
}

async fn make(portal: &TestApp, mark: &str, attribute: Attribute, until: Until) -> Sought {
    make_on(portal, mark, attribute, until, None).await
}

async fn make_on(
    portal: &TestApp,
    mark: &str,
    attribute: Attribute,
    until: Until,
    publish_on: Option<Date>,
) -> Sought {
    let clerk = portal.actor("clerk").await;
    let drafting = Drafting {
        unit: "edu".into(),
        kind: Kind::Normative,
        title: format!("{mark}关于{SHARED}的规定"),
        number: Some(format!("{mark}发〔2025〕1号")),
        written_on: Date::constant(2025, 6, 2),
        attribute,
        basis: (attribute != Attribute::Proactive).then(|| format!("条例 §16，{mark}")),
        channels: vec![PublicationChannel::Website],
        in_force_from: None,
        explains: Some("d-base".into()),
        body: format!("{mark}。{SHARED}按户分配。"),
    };
    let id = documents::draft(&portal.store, &clerk, drafting, mark)
        .await
        .unwrap();
    let seen = documents::find(&portal.store, &id)
        .await
        .unwrap()
        .unwrap()
        .seq;
    let name = format!("{mark}.txt");
    let bytes = format!("{mark}附件").into_bytes();
    let file = attachments::add(&portal.store, &clerk, &id, &name, bytes, seen)
        .await
        .unwrap();
    let steps = [
        (Until::Submitted, "clerk", Verb::Submit),
        (Until::Reviewed, "reviewer", Verb::Review),
        (Until::Cleared, "secrecy", Verb::Clear),
        (Until::Approved, "approver", Verb::Approve),
        (Until::Withdrawn, "approver", Verb::Withdraw),
    ];
    if until != Until::Drafted {
        for (reached, account, verb) in steps {
            let day = publish_on.filter(|_| verb == Verb::Approve);
            act(portal, account, &id, verb, day).await;
            if reached == until {
                break;
            }
        }
    }
    Sought {
        id,
        mark: mark.to_owned(),
        file: Some(file),
        explains: "d-base",
    }
}

/// Every address behind which a document may stand, and the words by which it is known there.
fn doors(sought: &Sought) -> Vec<(String, &str)> {
    let (id, mark) = (&sought.id, sought.mark.as_str());
    let q = portal::urls::encode(SHARED);
    let mut doors: Vec<(String, &str)> = [
        "/",
        "/documents",
        "/documents?unit=edu",
        "/documents?kind=normative",
        "/documents?year=2026",
        "/documents?unit=edu&kind=normative&year=2026",
        "/units/edu?part=content",
        "/feed.atom",
        "/api/v1/documents",
        "/api/v1/documents?unit=edu",
        "/api/v1/documents?below=gov",
        "/api/v1/documents?kind=normative",
        "/api/v1/documents?year=2026",
        "/reports/edu/2025/figures/t2/norms/issued",
    ]
    .iter()
    .map(|path| ((*path).to_owned(), mark))
    .collect();
    doors.extend([
        (format!("/documents?q={q}"), mark),
        (format!("/search?q={q}"), mark),
        (format!("/api/v1/documents?q={q}"), mark),
        (format!("/documents/{id}"), mark),
        (format!("/api/v1/documents/{id}"), mark),
        // The one it interprets names it.
        (format!("/documents/{}", sought.explains), mark),
        (format!("/api/v1/documents/{}", sought.explains), mark),
        ("/sitemap.xml".to_owned(), id.as_str()),
    ]);
    if let Some(file) = &sought.file {
        doors.push((format!("/files/{file}"), mark));
    }
    doors
}

/// Addresses where a public document need not stand, and a hidden one must not.
const OTHER: &[&str] = &[
    "/units",
    "/units/edu",
    "/units/edu?part=guide",
    "/units/edu?part=rules",
    "/units/edu?part=reports",
    "/documents?kind=notice",
    "/documents?year=2025",
    "/documents?unit=civil",
    "/documents/d-pointer",
    "/api/v1/documents/d-pointer",
    "/api/v1/units/edu",
    "/reports",
    "/reports/edu/2025",
    "/reports/edu/2025/report.html",
    "/reports/edu/2025/report.json",
    "/reports/edu/2025/figures/t2/norms/valid",
    "/api/v1/reports/edu/2025",
    "/sitemap",
    "/open-data",
];

async fn exported(portal: &TestApp) -> String {
    let mut text = String::new();
    let choice = export::Choice {
        year: None,
        public: true,
    };
    export::records(&portal.store, choice, |record| {
        text.push_str(&record.to_line());
        text.push('\n');
        Ok(())
    })
    .await
    .unwrap();
    text
}

async fn is_nowhere(portal: &TestApp, client: &mut Client, sought: &Sought) {
    let others = OTHER.iter().map(|path| (*path).to_owned());
    let paths = doors(sought)
        .into_iter()
        .map(|(path, _)| path)
        .chain(others);
    for path in paths {
        let answer = client.get(&path).await;
        let text = answer.text();
        assert!(!text.contains(&sought.mark), "{} at {path}", sought.mark);
        let asked_for_it = path.contains(&sought.id);
        assert!(
            asked_for_it || !text.contains(&sought.id),
            "{} at {path}",
            sought.id
        );
        let itself = asked_for_it || path.starts_with("/files/");
        let status = answer.status.as_u16();
        assert_eq!(status, if itself { 404 } else { 200 }, "{path}\n{text}");
    }
    // A search that names it finds nothing that leads to it.
    let search = format!("/search?q={}", portal::urls::encode(&sought.mark));
    let answer = client.get(&search).await.ok();
    assert!(!answer.has(&sought.id), "{search}");
    let text = exported(portal).await;
    assert!(!text.contains(&sought.mark) && !text.contains(&sought.id));
}

async fn is_everywhere(portal: &TestApp, client: &mut Client, sought: &Sought) {
    for (path, words) in doors(sought) {
        let answer = client.get(&path).await.ok();
        assert!(answer.has(words), "no {words} at {path}\n{}", answer.text());
    }
    assert!(exported(portal).await.contains(&sought.mark));
}

/// A public document, a published report that counts some of the hidden ones, and one of every
/// hidden state.
async fn county(portal: &TestApp) -> Vec<Sought> {
    let base = serde_json::json!({
        "type": "document", "id": "d-base", "unit": "edu", "kind": "normative",
        "title": "灌溉管理办法", "written_on": "2025-02-03", "attribute": "proactive",
        "published_on": "2025-02-05", "channels": ["website"], "body": "总则",
    });
    portal.import(&base.to_string()).await;
    let mut hidden = vec![
        make(portal, "暗号草稿", Attribute::Proactive, Until::Drafted).await,
        make(portal, "暗号待审核", Attribute::Proactive, Until::Submitted).await,
        make(
            portal,
            "暗号在保密审查",
            Attribute::Proactive,
            Until::Reviewed,
        )
        .await,
        make(portal, "暗号待签发", Attribute::Proactive, Until::Cleared).await,
        make(portal, "暗号不予公开", Attribute::Withheld, Until::Approved).await,
        make(
            portal,
            "暗号依申请公开",
            Attribute::OnRequest,
            Until::Approved,
        )
        .await,
        make(portal, "暗号已撤下", Attribute::Proactive, Until::Withdrawn).await,
    ];
    let tomorrow = portal.store.today().tomorrow().unwrap();
    hidden.push(
        make_on(
            portal,
            "暗号明日发布",
            Attribute::Proactive,
            Until::Approved,
            Some(tomorrow),
        )
        .await,
    );
    // Hidden ones of history, and a public one that points to a hidden one.
    let past = [
        ("d-past-withheld", "withheld", serde_json::Value::Null),
        ("d-past-request", "on-request", serde_json::Value::Null),
        ("d-past-future", "proactive", "2026-12-25".into()),
    ];
    for (id, attribute, published_on) in past {
        let mark = format!("暗号历史{attribute}");
        let line = serde_json::json!({
            "type": "document", "id": id, "unit": "edu", "kind": "normative",
            "title": format!("{mark}关于{SHARED}"), "written_on": "2025-06-02",
            "attribute": attribute, "basis": mark, "published_on": published_on,
            "channels": ["website"], "explains": "d-base", "body": format!("{mark}{SHARED}"),
        });
        portal.import(&line.to_string()).await;
        hidden.push(Sought {
            id: id.into(),
            mark,
            file: None,
            explains: "d-base",
        });
    }
    let pointer = serde_json::json!({
        "type": "document", "id": "d-pointer", "unit": "edu", "kind": "interpretation",
        "title": "解读", "written_on": "2025-06-03", "attribute": "proactive",
        "published_on": "2025-06-04", "explains": "d-past-withheld", "body": "说明",
    });
    portal.import(&pointer.to_string()).await;
    let order = Order {
        unit: "edu".into(),
        year: 2025,
        edition: None,
        roll_up: false,
    };
    let office = portal.actor("disclosure").await;
    reports::publish(&portal.store, &office, &order)
        .await
        .unwrap();
    hidden
}

#[test]
fn what_is_not_public_is_nowhere() {
    with_portal(async |portal| {
        let hidden = county(portal).await;
        let mut client = portal.anonymous();
        // The second time out of the cache.
        for _ in 0..2 {
            for sought in &hidden {
                is_nowhere(portal, &mut client, sought).await;
            }
        }
        // Somebody who works here finds no more on the public side.
        let mut clerk = portal.clerk().await;
        for sought in &hidden {
            is_nowhere(portal, &mut clerk, sought).await;
        }
        // Counted they are: the number says so, and the list says what it does not show.
        let list = client
            .get("/reports/edu/2025/figures/t2/norms/issued")
            .await
            .ok();
        assert!(list.has("一份不在网上公开的文件"));
        assert!(list.has("灌溉管理办法"));
    });
}

#[test]
fn what_becomes_public_is_everywhere_and_gone_when_withdrawn() {
    with_portal(async |portal| {
        let hidden = county(portal).await;
        let sought = hidden.iter().find(|of| of.mark == "暗号待签发").unwrap();
        let mut client = portal.anonymous();
        is_nowhere(portal, &mut client, sought).await;
        act(portal, "approver", &sought.id, Verb::Approve, None).await;
        for _ in 0..2 {
            is_everywhere(portal, &mut client, sought).await;
        }
        // Not through a page of this portal: the cache hears of it from the journal alone.
        act(portal, "disclosure", &sought.id, Verb::Withdraw, None).await;
        is_nowhere(portal, &mut client, sought).await;
    });
}

#[test]
fn a_document_of_tomorrow_appears_at_midnight() {
    with_portal(async |portal| {
        let hidden = county(portal).await;
        let sought = hidden.iter().find(|of| of.mark == "暗号明日发布").unwrap();
        let mut client = portal.anonymous();
        is_nowhere(portal, &mut client, sought).await;
        portal.clock.advance(24 * 60 * 60 * 1000);
        is_everywhere(portal, &mut client, sought).await;
    });
}
