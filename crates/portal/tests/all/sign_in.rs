//! Signing in and out, the first sign-in, and one's own password.

use crate::app::{PASSWORD, with_portal};
use axum::http::StatusCode;
use office::people::{Grant, Role};
use store::people::Invitation;

const SIGN_IN: &str = "/office/sign-in";

#[test]
fn the_right_password_opens_the_office_and_goes_on_to_where_one_wanted_to_be() {
    with_portal(async |portal| {
        let mut browser = portal.anonymous();
        let asked = browser.get("/office/requests?show=late").await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
        let sign_in = asked.location().to_owned();
        assert!(sign_in.starts_with(SIGN_IN), "{sign_in}");
        let form = browser.get(&sign_in).await.ok();
        let fields = [
            ("account", "clerk"),
            ("password", PASSWORD),
            ("return", &form.hidden("return")),
        ];
        let done = browser.submit(&sign_in, SIGN_IN, &fields).await;
        assert_eq!(done.location(), "/office/requests?show=late");
        assert!(browser.cookies["gk-session"].len() >= 64);
        browser.get("/office").await.ok();
    });
}

#[test]
fn a_wrong_password_says_nothing_of_the_account_and_five_lock_it() {
    with_portal(async |portal| {
        let mut browser = portal.anonymous();
        let mut tell = async |account: &str| {
            let fields = [("account", account), ("password", "wrong-Password-1")];
            browser.submit(SIGN_IN, SIGN_IN, &fields).await
        };
        let known = tell("reviewer").await;
        let unknown = tell("nobody-here").await;
        assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(known.has("账号或密码不对") && unknown.has("账号或密码不对"));
        assert!(!known.has("wrong-Password-1"), "a password is given back");
        for _ in 0..3 {
            tell("reviewer").await;
            tell("nobody-here").await;
        }
        let locked = tell("reviewer").await;
        assert!(locked.has("账号已锁定"));
        // Nor does the lock tell who has an account.
        let words = |answer: &crate::app::Answer, name| answer.text().replace(name, "");
        let csrf = |answer: &crate::app::Answer| answer.hidden("csrf");
        let unknown = tell("nobody-here").await;
        assert_eq!(csrf(&unknown), csrf(&locked));
        assert_eq!(words(&unknown, "nobody-here"), words(&locked, "reviewer"));
        // The right one does not help until the lock ends.
        let fields = [("account", "reviewer"), ("password", PASSWORD)];
        let locked = browser.submit(SIGN_IN, SIGN_IN, &fields).await;
        assert!(locked.has("锁定"), "{}", locked.text());
        portal.clock.advance(office::people::LOCK_MS + 1);
        let done = browser.submit(SIGN_IN, SIGN_IN, &fields).await;
        assert_eq!(done.location(), "/office", "{}", done.text());
    });
}

#[test]
fn one_account_is_not_tried_from_many_addresses_without_end() {
    with_portal(async |portal| {
        let mut last = StatusCode::OK;
        for i in 0..25 {
            let mut browser = portal.anonymous();
            browser.address = Some(([10, 0, 0, i], 1).into());
            let fields = [("account", "nobody"), ("password", "x")];
            last = browser.submit(SIGN_IN, SIGN_IN, &fields).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    });
}

#[test]
fn signing_in_makes_a_new_session_and_signing_out_ends_it() {
    with_portal(async |portal| {
        let mut browser = portal.anonymous();
        let fields = [("account", "clerk"), ("password", PASSWORD)];
        browser.submit(SIGN_IN, SIGN_IN, &fields).await;
        let stolen = browser.clone();
        // Signed in already: sent on.
        assert_eq!(browser.get(SIGN_IN).await.location(), "/office");
        let out = browser.submit("/office", "/office/sign-out", &[]).await;
        assert_eq!(out.location(), SIGN_IN);
        for mut old in [browser, stolen] {
            assert_eq!(old.get("/office").await.status, StatusCode::SEE_OTHER);
        }
        let entries = portal
            .store
            .journal_of("person", portal.person("clerk"))
            .await
            .unwrap();
        let actions: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["person.sign-in", "person.sign-out"]);
    });
}

#[test]
fn after_signing_in_nobody_is_sent_to_another_site() {
    with_portal(async |portal| {
        let mut browser = portal.anonymous();
        for bad in [
            "//evil.example/office",
            "https://evil.example",
            "/documents",
        ] {
            let fields = [
                ("account", "clerk"),
                ("password", PASSWORD),
                ("return", bad),
            ];
            let mut fresh = browser.clone();
            let done = fresh.submit(SIGN_IN, SIGN_IN, &fields).await;
            assert_eq!(done.location(), "/office", "{bad}");
        }
        let form = browser
            .get("/office/sign-in?return=%2F%2Fevil.example")
            .await
            .ok();
        assert!(!form.has("evil.example"));
    });
}

#[test]
fn a_colleague_enters_with_the_code_once() {
    with_portal(async |portal| {
        let admin = portal.actor("admin").await;
        let invitation = Invitation {
            account: "new-clerk".into(),
            name: "新同事".into(),
            unit: "edu".into(),
            grants: vec![Grant {
                role: Role::Clerk,
                unit: "edu".into(),
            }],
        };
        let (_, code) = store::people::invite(&portal.store, &admin, &invitation)
            .await
            .unwrap();
        let mut browser = portal.anonymous();
        let enter = "/office/enter";
        let differ = [
            ("code", code.as_str()),
            ("password", "Long-enough-1"),
            ("again", "Long-enough-2"),
        ];
        let refused = browser.submit(enter, enter, &differ).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("不一样") && refused.has(&code));
        let short = [
            ("code", code.as_str()),
            ("password", "short"),
            ("again", "short"),
        ];
        assert!(browser.submit(enter, enter, &short).await.has("至少 10 位"));
        let right = [
            ("code", code.as_str()),
            ("password", "Long-enough-1"),
            ("again", "Long-enough-1"),
        ];
        let done = browser.submit(enter, enter, &right).await;
        assert_eq!(done.location(), SIGN_IN);
        assert!(browser.get(SIGN_IN).await.has("new-clerk"));
        let again = portal.anonymous().submit(enter, enter, &right).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("account", "new-clerk"), ("password", "Long-enough-1")];
        assert_eq!(
            browser.submit(SIGN_IN, SIGN_IN, &fields).await.location(),
            "/office"
        );
    });
}

#[test]
fn a_new_password_takes_the_old_one_and_ends_every_session() {
    with_portal(async |portal| {
        let mut browser = portal.signed_in("approver").await;
        let mut other = portal.signed_in("approver").await;
        let page = "/office/password";
        let wrong = [
            ("old", "not-it"),
            ("password", "Other-pass-77"),
            ("again", "Other-pass-77"),
        ];
        assert!(browser.submit(page, page, &wrong).await.has("原密码不对"));
        let right = [
            ("old", PASSWORD),
            ("password", "Other-pass-77"),
            ("again", "Other-pass-77"),
        ];
        assert_eq!(browser.submit(page, page, &right).await.location(), SIGN_IN);
        for client in [&mut browser, &mut other] {
            assert_eq!(client.get("/office").await.status, StatusCode::SEE_OTHER);
        }
        let fields = [("account", "approver"), ("password", "Other-pass-77")];
        assert_eq!(
            browser.submit(SIGN_IN, SIGN_IN, &fields).await.location(),
            "/office"
        );
        let me = browser.get("/office/me").await.ok();
        assert!(me.has("签发和公布文件") && me.has("某县人民政府及其下属单位"));
    });
}

#[test]
fn a_form_sent_after_the_session_ended_comes_back_whole_and_can_be_sent_again() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let path = "/office/documents/new";
        let shown = clerk.get(path).await.ok();
        let secret = shown.hidden("csrf");
        let submission = shown.hidden("submission");
        clerk.submit("/office", "/office/sign-out", &[]).await;
        let body = "第一段。\r\n第二段<b>。";
        let fields = [
            ("csrf", secret.as_str()),
            ("submission", &submission),
            ("unit", "civil"),
            ("kind", "other"),
            ("title", "写了一个下午的标题"),
            ("body", body),
            ("attribute", "proactive"),
            ("written_on", "2026-11-02"),
            ("do", "save"),
        ];
        let lost = clerk.post_raw(path, &fields).await;
        assert_eq!(lost.status, StatusCode::FORBIDDEN);
        assert!(lost.has("登录已过期，没有保存") && lost.has("写了一个下午的标题"));
        assert!(lost.has("target=\"_blank\"") && !lost.has(&secret));
        assert_eq!(lost.hidden("submission"), submission);
        assert!(
            lost.has("第一段。\r\n第二段&#60;b&#62;。"),
            "{}",
            lost.text()
        );
        let sign_in = [("account", "clerk"), ("password", PASSWORD), ("return", "")];
        clerk.submit(SIGN_IN, SIGN_IN, &sign_in).await;
        let mut again = fields;
        again[0].1 = "";
        let asked = clerk.post_raw(path, &again).await;
        assert_eq!(asked.status, StatusCode::FORBIDDEN);
        // Within the frame of the office, with the secret of the new session.
        assert!(asked.has("再提交一次") && asked.has("class=\"office-nav\""));
        let fresh = asked.text();
        let fresh = fresh.split("再提交一次").next().expect("a form");
        let fresh = fresh
            .rsplit("name=\"csrf\" value=\"")
            .next()
            .expect("a field");
        let fresh = fresh.split('"').next().expect("a secret").to_owned();
        again[0].1 = &fresh;
        let done = clerk.post_raw(path, &again).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let kept = clerk.get(done.location()).await.ok();
        assert!(kept.has("写了一个下午的标题"));
    });
}

#[test]
fn an_expired_form_gives_back_no_password_and_nothing_to_another_site() {
    with_portal(async |portal| {
        let mut nobody = portal.anonymous();
        let fields = [("old", "Secret-Old-1"), ("password", "Secret-New-1")];
        let answer = nobody.post_raw("/office/password", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        // Nothing was typed: just to the sign-in.
        let answer = nobody
            .post_raw("/office/documents/new", &[("csrf", "x")])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    });
}
