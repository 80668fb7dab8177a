//! A citizen files a request and tracks it; what is wrong is said, and nothing typed is lost.

use crate::app::{Client, with_options, with_portal};
use axum::http::StatusCode;
use portal::Options;

const GOOD: &[(&str, &str)] = &[
    ("unit", "edu"),
    ("subject", "二〇二六年招生片区图"),
    ("form", "electronic"),
    ("delivery", "online"),
    ("kind", "natural"),
    ("name", "测试人丁一"),
    ("identity_kind", "id-card"),
    ("identity_number", "640323199001010017"),
    ("phone", "13900000000"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = GOOD.to_vec();
    for (name, value) in changes {
        fields.retain(|(given, _)| given != name);
        fields.push((name, value));
    }
    fields
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).expect(before);
    rest.split(after).next().unwrap()
}

async fn track(client: &mut Client, number: &str, code: &str) -> crate::app::Answer {
    let fields = [("number", number), ("code", code)];
    client
        .submit("/requests/track", "/requests/track", &fields)
        .await
}

#[test]
fn a_request_is_filed_once_and_found_by_number_and_code() {
    with_portal(async |portal| {
        let mut citizen = portal.anonymous();
        let form = citizen.get("/requests/new?unit=edu").await.ok();
        assert!(form.has("<option value=\"edu\" selected>"));
        let (csrf, submission) = (form.hidden("csrf"), form.hidden("submission"));
        let mut fields = GOOD.to_vec();
        fields.push(("csrf", &csrf));
        fields.push(("submission", &submission));
        let receipt = citizen.post_raw("/requests/new", &fields).await.ok();
        assert_eq!(receipt.headers["cache-control"], "no-store");
        let text = receipt.text();
        let number = between(&text, "<h1>申请 ", " ");
        let code = between(&text, "class=\"receipt-code\">", "<");
        // Twenty working days after 2026-11-20, a Friday.
        assert!(receipt.has("2026年12月18日"));
        let again = citizen.post_raw("/requests/new", &fields).await.ok();
        assert!(again.has(code) && again.has(&format!("申请 {number} ")));
        let head = portal
            .store
            .journal_page(None, 50, &Default::default())
            .await
            .unwrap();
        let filed = head.iter().filter(|e| e.action == "request.submit").count();
        assert_eq!(filed, 1, "one form, one request");

        let mut other = portal.anonymous();
        let found = track(&mut other, number, &code.to_lowercase().replace('-', " "))
            .await
            .ok();
        assert!(
            found.has("二〇二六年招生片区图") && found.has("办理中") && found.has("2026-12-18")
        );
        assert!(!found.has("已答复") && !found.has("640323199001010017"));
        assert_eq!(found.headers["cache-control"], "no-store");
        for (number, code) in [
            (number, "AAAA-AAAA-AAAA-AAAA"),
            ("2026-9999", code),
            (number, ""),
        ] {
            let wrong = track(&mut other, number, code).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(!wrong.has("二〇二六年招生片区图"));
        }
    });
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    with_portal(async |portal| {
        let mut citizen = portal.anonymous();
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[("unit", "")], "f-unit-error"),
            (&[("subject", "")], "f-subject-error"),
            (&[("name", " ")], "f-name-error"),
            (&[("identity_number", "")], "f-identity_number-error"),
            (&[("phone", "")], "f-phone-error"),
            (&[("delivery", "email")], "f-email-error"),
            (&[("delivery", "post")], "f-address-error"),
            (&[("email", "nobody")], "f-email-error"),
        ];
        for (changes, place) in cases {
            let answer = citizen
                .submit("/requests/new", "/requests/new", &with(changes))
                .await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
            assert!(
                answer.has(place) && answer.has("有 1 处需要改正"),
                "{place}"
            );
            if *place != "f-subject-error" {
                assert!(answer.has("二〇二六年招生片区图"), "{place}");
            }
        }
        let long = "长".repeat(6000);
        let answer = citizen
            .submit(
                "/requests/new",
                "/requests/new",
                &with(&[("subject", &long)]),
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has("f-subject-error") && answer.has(&long));
        let huge = "长".repeat(40_000);
        let answer = citizen
            .submit(
                "/requests/new",
                "/requests/new",
                &with(&[("subject", &huge)]),
            )
            .await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}

#[test]
fn a_form_of_another_site_is_refused_and_what_was_typed_is_shown() {
    with_portal(async |portal| {
        let mut citizen = portal.anonymous();
        let answer = citizen.post_raw("/requests/new", GOOD).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.has("表单已失效") && answer.has("二〇二六年招生片区图"));
        citizen.get("/requests/new").await.ok();
        let wrong = with(&[("csrf", "00000000000000000000000000000000")]);
        let answer = citizen.post_raw("/requests/new", &wrong).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let head = portal
            .store
            .journal_page(None, 50, &Default::default())
            .await
            .unwrap();
        assert!(head.iter().all(|entry| entry.action != "request.submit"));
    });
}

#[test]
fn one_address_may_not_try_codes_for_ever_and_others_still_may() {
    let options = Options {
        trusted_proxies: vec!["10.0.0.1".parse().unwrap()],
        ..Options::default()
    };
    with_options(options, async |portal| {
        let mut guesser = portal.anonymous();
        guesser.address = Some("192.0.2.7:1000".parse().unwrap());
        let mut last = StatusCode::OK;
        for _ in 0..31 {
            last = track(&mut guesser, "2026-0001", "AAAA-AAAA-AAAA-AAAA")
                .await
                .status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        // A word about another address counts only from a proxy of ours.
        let mut forger = guesser.clone();
        let page = forger.get("/requests/track").await.ok();
        let body = format!("csrf={}&number=1&code=2", page.hidden("csrf"));
        let ask = |body: String| {
            axum::http::Request::post("/requests/track")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("x-forwarded-for", "198.51.100.9")
                .body(axum::body::Body::from(body))
                .unwrap()
        };
        let answer = forger.send(ask(body.clone())).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.headers.contains_key("retry-after") && answer.has("操作太频繁"));
        forger.address = Some("10.0.0.1:1000".parse().unwrap());
        let answer = forger.send(ask(body)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
