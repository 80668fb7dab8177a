//! The page cache may never show what is no longer there, whoever changed it.

use crate::app::{TestApp, with_options, with_portal};
use axum::http::StatusCode;
use office::documents::{Doing, Verb};
use portal::Options;

async fn withdraw(portal: &TestApp, store: &store::Store, id: &str) {
    let actor = portal.actor("disclosure").await;
    let seen = store::documents::find(store, id)
        .await
        .unwrap()
        .unwrap()
        .seq;
    let doing = Doing {
        remark: "内容有误",
        ..Doing::default()
    };
    store::documents::act(store, &actor, id, Verb::Withdraw, &doing, seen)
        .await
        .unwrap();
}

#[test]
fn a_withdrawal_shows_in_the_very_next_request() {
    for page_cache in [true, false] {
        let options = Options {
            page_cache,
            ..Options::default()
        };
        with_options(options, async |portal| {
            let mut reader = portal.anonymous();
            for round in 0..20 {
                let id = format!("d{round}");
                portal
                    .publish(&id, &format!("第{round}号记号"), "正文")
                    .await;
                let path = format!("/documents/{id}");
                for _ in 0..2 {
                    reader.get(&path).await.ok();
                    assert!(reader.get("/").await.ok().has(&format!("第{round}号记号")));
                }
                withdraw(portal, &portal.store, &id).await;
                assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
                for path in [
                    "/",
                    "/documents",
                    "/units/edu",
                    "/feed.atom",
                    "/sitemap.xml",
                ] {
                    let page = reader.get(path).await.ok();
                    assert!(!page.has(&format!("第{round}号记号")), "{path}");
                }
            }
        });
    }
}

#[test]
fn a_page_is_kept_while_nothing_changes_and_made_anew_after() {
    with_portal(async |portal| {
        portal.publish("d1", "通告", "正文").await;
        let mut reader = portal.anonymous();
        let first = reader.get("/documents/d1").await.ok();
        // A change that leaves no entry is not noticed: that is how one sees that the page is kept.
        let sql = "UPDATE document SET title = '改过的' WHERE id = 'd1'";
        portal.store.db.execute(sql, store::args![]).await.unwrap();
        let kept = reader.get("/documents/d1").await.ok();
        assert_eq!(first.bytes, kept.bytes);
        assert!(kept.headers.contains_key("content-security-policy"));
        // Somebody who is signed in gets a page of their own; another address is another page.
        let mut clerk = portal.clerk().await;
        assert!(clerk.get("/documents/d1").await.ok().has("改过的"));
        assert!(reader.get("/documents/d1").await.ok().has("改过的"));
    });
}

#[test]
fn a_document_of_tomorrow_appears_at_midnight_without_an_entry() {
    with_portal(async |portal| {
        let line = r#"{"type":"document","id":"d1","unit":"edu","kind":"notice","title":"明天的通告","written_on":"2026-11-20","attribute":"proactive","published_on":"2026-11-21","channels":["website"],"body":"正文"}"#;
        portal.import(line).await;
        let mut reader = portal.anonymous();
        assert!(!reader.get("/documents").await.ok().has("明天的通告"));
        assert_eq!(
            reader.get("/documents/d1").await.status,
            StatusCode::NOT_FOUND
        );
        portal.clock.advance(24 * 60 * 60 * 1000);
        assert!(reader.get("/documents").await.ok().has("明天的通告"));
        reader.get("/documents/d1").await.ok();
    });
}

#[test]
fn a_page_with_the_secret_of_a_form_is_never_kept() {
    with_portal(async |portal| {
        let mut one = portal.anonymous();
        let mut two = portal.anonymous();
        let first = one.get("/requests/new").await.ok();
        let second = two.get("/requests/new").await.ok();
        assert_ne!(first.hidden("csrf"), second.hidden("csrf"));
        assert_ne!(first.hidden("submission"), second.hidden("submission"));
        // With its cookie the page sets none, and still it is one person's.
        let third = one.get("/requests/new").await.ok();
        assert_eq!(third.hidden("csrf"), first.hidden("csrf"));
        assert_ne!(third.hidden("submission"), first.hidden("submission"));
        assert_eq!(
            two.get("/requests/track").await.ok().hidden("csrf"),
            second.hidden("csrf")
        );
    });
}
