//! What somebody who means ill sends, and what they must not get for it.

use crate::app::{Answer, Client, PASSWORD, TestApp, with_options, with_portal};
use crate::authorization::{filled, records, rules};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use portal::Options;

/// Words that would run if a page did not escape them.
const EVIL: &str = "\"'><script>evil()</script><img src=x onerror=evil()>";

fn ask(method: Method, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

fn cache_control(answer: &Answer) -> &str {
    let value = answer.headers.get(header::CACHE_CONTROL);
    value.map_or("", |value| value.to_str().unwrap())
}

#[test]
fn no_page_runs_what_was_typed() {
    with_portal(async |portal| {
        let unit = serde_json::json!({"type": "unit", "id": "evil", "name": EVIL, "kind": "department", "parent": "gov"});
        portal.import(&unit.to_string()).await;
        let hash = portal.store.keys.hash_password(PASSWORD).await.unwrap();
        let records = records(portal, "evil", EVIL, &hash).await;
        portal.publish("evil-public", EVIL, EVIL).await;
        let mut pages: Vec<String> = rules()
            .iter()
            .filter(|rule| rule.method == "GET")
            .map(|rule| filled(rule.address, &records))
            .collect();
        pages.push("/documents/evil-public".into());
        for path in [
            "/search?q=",
            "/documents?q=",
            "/documents?unit=",
            "/office/sign-in?return=",
            "/office/requests?number=",
            "/office/journal?record=",
        ] {
            pages.push(format!("{path}{}", portal::urls::encode(EVIL)));
        }
        for account in ["clerk", "admin", "disclosure", "auditor"] {
            let mut client = portal.signed_in(account).await;
            for path in &pages {
                let answer = client.get(path).await;
                let kind = answer
                    .headers
                    .get(header::CONTENT_TYPE)
                    .map_or("", |kind| kind.to_str().unwrap());
                // What is data is not read as a page, whatever it holds.
                assert_eq!(answer.headers["x-content-type-options"], "nosniff");
                if kind.starts_with("text/html") || kind.contains("xml") {
                    assert!(
                        !answer.has("<script>evil") && !answer.has("<img src=x"),
                        "{path}"
                    );
                    assert!(!answer.has("\"'>"), "{path}");
                }
            }
        }
        let mut client = portal.anonymous();
        let fields = [
            ("submission", "0123456789abcdef0123456789abcdef"),
            ("unit", EVIL),
            ("subject", EVIL),
            ("name", EVIL),
            ("email", EVIL),
            ("kind", EVIL),
        ];
        let refused = client
            .submit("/requests/new", "/requests/new", &fields)
            .await;
        assert!(!refused.has("<script>evil") && refused.has("evil()"));
    });
}

#[test]
fn a_page_with_a_secret_of_its_visitor_is_in_no_cache() {
    with_portal(async |portal| {
        let hash = portal.store.keys.hash_password(PASSWORD).await.unwrap();
        let records = records(portal, "edu", "某", &hash).await;
        for rule in rules().iter().filter(|rule| rule.method == "GET") {
            for mut client in [portal.anonymous(), portal.clerk().await] {
                let path = filled(rule.address, &records);
                let answer = client.get(&path).await;
                let own =
                    answer.has("name=\"csrf\"") || answer.headers.contains_key(header::SET_COOKIE);
                if own || path.starts_with("/office") {
                    assert_eq!(cache_control(&answer), "no-store", "{path}");
                }
            }
        }
    });
}

#[test]
fn nobody_puts_another_page_into_the_cache() {
    with_portal(async |portal| {
        portal.publish("d1", "通告", "正文").await;
        let mut plain = portal.anonymous();
        // Cookies that only look like large type, before anybody has asked.
        for cookie in [
            "gk-display=",
            "__Host-gk-display=large",
            "xgk-display=large",
        ] {
            let mut client = portal.anonymous();
            client
                .send(ask(Method::GET, "/documents", &[("cookie", cookie)]))
                .await
                .ok();
        }
        let mut large = portal.anonymous();
        large.cookies.insert("gk-display".into(), "large".into());
        let small = plain.get("/documents").await.ok();
        let big = large.get("/documents").await.ok();
        assert_ne!(small.bytes, big.bytes);
        assert!(!small.has("evil.example"));
        // No header of the visitor is written into a page that others get.
        let headers = [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "host=evil.example"),
            ("accept", "application/json"),
            ("accept-language", "evil.example"),
            ("if-none-match", "*"),
        ];
        for path in [
            "/units",
            "/feed.atom",
            "/sitemap.xml",
            "/robots.txt",
            "/api/v1/units",
        ] {
            let mut client = portal.anonymous();
            let first = client.send(ask(Method::GET, path, &headers)).await.ok();
            assert!(!first.has("evil.example"), "{path}");
            assert_eq!(first.bytes, client.get(path).await.ok().bytes, "{path}");
        }
        // A head without a body is not kept for those who want one.
        let mut client = portal.anonymous();
        client
            .send(ask(Method::HEAD, "/accessibility", &[]))
            .await
            .ok();
        assert!(client.get("/accessibility").await.ok().has("无障碍"));
        // Neither is a message for one visitor.
        let mut flashed = portal.clerk().await;
        flashed.submit("/office", "/office/sign-out", &[]).await;
        assert!(flashed.cookies.contains_key("gk-flash"));
        assert!(flashed.get("/open-data").await.ok().has("您已退出"));
        assert!(
            !portal
                .anonymous()
                .get("/open-data")
                .await
                .ok()
                .has("您已退出")
        );
    });
}

#[test]
fn words_in_a_forged_message_are_not_shown() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        for forged in ["done%7Cevil-words.0000", "done|evil-words", "evil-words."] {
            client.cookies.insert("gk-flash".into(), forged.into());
            assert!(!client.get("/").await.ok().has("evil-words"));
        }
        // Nor what another site makes the browser send.
        let request = Request::post("/requests/track")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .body(Body::from("number=evil-words&code=evil-words"))
            .unwrap();
        let answer = client.send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!answer.has("evil-words"));
        // Nor is it offered to somebody at work for sending once more.
        let not_ours: [&[(&str, &str)]; 4] = [
            &[],
            &[("sec-fetch-site", "same-site")],
            &[
                ("origin", "https://evil.example"),
                ("host", "www.example.gov.cn"),
            ],
            &[("origin", "null"), ("host", "null")],
        ];
        for headers in not_ours {
            for mut browser in [portal.anonymous(), portal.clerk().await] {
                let mut request = ask(Method::POST, "/office/documents/new", headers);
                let form = "application/x-www-form-urlencoded".parse().unwrap();
                request.headers_mut().insert(header::CONTENT_TYPE, form);
                *request.body_mut() = Body::from("title=evil-words");
                let answer = browser.send(request).await;
                assert!(!answer.has("name=\"title\""), "{headers:?}");
            }
        }
    });
}

#[test]
fn cookies_over_https_are_of_this_host_alone() {
    let options = Options {
        secure_cookies: true,
        ..Options::default()
    };
    with_options(options, async |portal| {
        let mut client = portal.anonymous();
        let form = client.get("/office/sign-in").await.ok();
        let csrf = form.hidden("csrf");
        let fields = [
            ("csrf", csrf.as_str()),
            ("account", "clerk"),
            ("password", PASSWORD),
        ];
        let done = client.post_raw("/office/sign-in", &fields).await;
        assert_eq!(done.location(), "/office", "{}", done.text());
        let mut cookies = 0;
        for answer in [&form, &done] {
            for cookie in answer.headers.get_all(header::SET_COOKIE) {
                let cookie = cookie.to_str().unwrap();
                assert!(cookie.starts_with("__Host-gk-"), "{cookie}");
                for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                    assert!(cookie.contains(flag), "{cookie}");
                }
                assert!(!cookie.contains("Domain"), "{cookie}");
                cookies += 1;
            }
            assert!(answer.headers.contains_key("strict-transport-security"));
        }
        assert_eq!(cookies, 2);
        client.get("/office").await.ok();
        // A cookie without the prefix, which a neighbour could have set, is none of ours.
        let mut neighbour = portal.anonymous();
        let token = client.cookies["__Host-gk-session"].clone();
        neighbour.cookies.insert("gk-session".into(), token);
        assert_eq!(neighbour.get("/office").await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_session_is_never_one_that_somebody_chose_and_ends_in_time() {
    with_portal(async |portal| {
        let fields = [("account", "clerk"), ("password", PASSWORD)];
        let sign_in = "/office/sign-in";
        // A token planted before signing in is not the one after it.
        let mut victim = portal.anonymous();
        victim.cookies.insert("gk-session".into(), "f".repeat(64));
        victim.submit(sign_in, sign_in, &fields).await;
        assert_ne!(victim.cookies["gk-session"], "f".repeat(64));
        let secret = victim.get("/office/me").await.ok().hidden("csrf");
        // Signing in over a session ends it, and its forms.
        let mut planted = portal.signed_in("clerk2").await;
        let attacker = planted.clone();
        let csrf = planted.get("/office/me").await.ok().hidden("csrf");
        let all = [("csrf", csrf.as_str()), fields[0], fields[1]];
        assert_eq!(planted.post_raw(sign_in, &all).await.location(), "/office");
        assert_eq!(
            attacker.clone().get("/office").await.status,
            StatusCode::SEE_OTHER
        );
        let mine = planted.get("/office/me").await.ok().hidden("csrf");
        assert!(mine != csrf && mine != secret);
        // Idle for half an hour, or begun twelve hours ago.
        let mut idle = portal.clerk().await;
        portal.clock.advance(office::people::SESSION_IDLE_MS - 1);
        idle.get("/office").await.ok();
        portal.clock.advance(office::people::SESSION_IDLE_MS);
        assert_eq!(idle.get("/office").await.status, StatusCode::SEE_OTHER);
        let mut long = portal.clerk().await;
        let step = office::people::SESSION_IDLE_MS / 2;
        for _ in 0..office::people::SESSION_MAX_MS / step - 1 {
            portal.clock.advance(step);
            long.get("/office").await.ok();
        }
        portal.clock.advance(step);
        assert_eq!(long.get("/office").await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_reset_and_leaving_end_every_session_at_once() {
    with_portal(async |portal| {
        for act in ["reset", "handover"] {
            let account = if act == "reset" { "clerk" } else { "edu-clerk" };
            let mut at_work = portal.signed_in(account).await;
            at_work.get("/office").await.ok();
            let page = format!("/office/people/{}", portal.person(account));
            let to = portal.person("clerk2").to_owned();
            let mut admin = portal.signed_in("admin").await;
            let done = admin
                .submit(&page, &format!("{page}/{act}"), &[("to", &to)])
                .await;
            assert!(!done.status.is_client_error(), "{}", done.text());
            // And not round in a circle between the office and its door.
            let away = at_work.get("/office").await;
            assert_eq!(away.status, StatusCode::SEE_OTHER);
            at_work.get(away.location()).await.ok();
        }
    });
}

/// The status of the last of some look-ups, each with its own list of forwarding hops.
async fn looked_up(portal: &TestApp, peer: [u8; 4], hops: impl Fn(usize) -> String) -> StatusCode {
    let mut client = portal.anonymous();
    client.address = Some((peer, 1).into());
    let csrf = client.get("/requests/track").await.ok().hidden("csrf");
    let mut last = StatusCode::OK;
    for i in 0..32 {
        let request = Request::post("/requests/track")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", hops(i))
            .body(Body::from(format!(
                "csrf={csrf}&number=2026-0001&code=ABCDEFGHJKMN"
            )))
            .unwrap();
        last = client.send(request).await.status;
    }
    last
}

#[test]
fn an_address_is_believed_only_of_our_own_proxies() {
    let options = Options {
        trusted_proxies: vec![[10, 0, 0, 1].into(), [10, 0, 0, 2].into()],
        ..Options::default()
    };
    with_options(options, async |portal| {
        let limited = StatusCode::TOO_MANY_REQUESTS;
        // Not a proxy of ours: what it says of others is nothing.
        assert_eq!(
            looked_up(portal, [192, 0, 2, 1], |i| format!("198.51.100.{i}")).await,
            limited
        );
        // Written by the visitor, left of what the proxy saw.
        assert_eq!(
            looked_up(portal, [10, 0, 0, 1], |i| format!(
                "198.51.100.{i}, 203.0.113.1"
            ))
            .await,
            limited
        );
        assert_eq!(
            looked_up(portal, [10, 0, 0, 1], |i| format!(
                "198.51.100.{i}, 203.0.113.2:80, ::ffff:10.0.0.2"
            ))
            .await,
            limited
        );
        // A hop that cannot be read hides nobody.
        assert_eq!(
            looked_up(portal, [10, 0, 0, 1], |i| format!(
                "198.51.100.{i}, unknown"
            ))
            .await,
            limited
        );
        // A household cannot leave its /64.
        assert_eq!(
            looked_up(portal, [10, 0, 0, 2], |i| format!("2001:db8:1:2::{i:x}")).await,
            limited
        );
        // Two visitors behind one proxy are two.
        assert_eq!(
            looked_up(portal, [10, 0, 0, 1], |i| format!("198.51.100.{i}")).await,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    });
}

async fn attach(client: &mut Client, page: &str, name: &str) -> Answer {
    let shown = client.get(page).await.ok();
    let (csrf, seen) = (shown.hidden("csrf"), shown.hidden("seen"));
    let own = [("csrf", csrf.as_str()), ("seen", seen.as_str())];
    client
        .upload(
            &format!("{page}/files"),
            &own,
            ("file", name, b"<script>evil()</script>"),
        )
        .await
}

#[test]
fn an_uploaded_file_is_only_ever_saved() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let new = "/office/documents/new";
        let fields = [
            ("unit", "edu"),
            ("title", "通告"),
            ("kind", "notice"),
            ("written_on", "2026-11-02"),
            ("attribute", "proactive"),
            ("channels", "website"),
            ("body", "正文"),
        ];
        let page = clerk.submit(new, new, &fields).await.location().to_owned();
        for name in ["a.html", "a.svg", "a.txt.js", "a", ".txt/", "a.xhtml"] {
            let refused = attach(&mut clerk, &page, name).await;
            assert_eq!(
                refused.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{name} {}",
                refused.text()
            );
        }
        for name in ["../../master.key.txt", "..\\..\\evil.txt", "说明.txt"] {
            let added = attach(&mut clerk, &page, name).await;
            assert_eq!(
                added.status,
                StatusCode::SEE_OTHER,
                "{name} {}",
                added.text()
            );
        }
        let shown = clerk.get(&page).await.ok().text();
        assert!(!shown.contains("../"));
        let files: Vec<&str> = shown
            .split("href=\"/office/files/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert!(files.len() >= 3, "{shown}");
        for id in files {
            let file = clerk.get(&format!("/office/files/{id}")).await.ok();
            assert_eq!(file.headers["content-type"], "text/plain; charset=utf-8");
            assert_eq!(file.headers["x-content-type-options"], "nosniff");
            let disposition = file.headers["content-disposition"].to_str().unwrap();
            assert!(
                disposition.starts_with("attachment;") && !disposition.contains(".."),
                "{disposition}"
            );
            assert!(
                file.headers["content-security-policy"]
                    .to_str()
                    .unwrap()
                    .contains("sandbox")
            );
        }
    });
}

#[test]
fn odd_requests_get_a_plain_refusal_with_every_header() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        for path in [
            "/documents/%00",
            "/documents?unit=%00",
            "/search?q=%00",
            "/units/%ff",
            "/documents/%2e%2e%2f",
            "/files/..%2fmaster.key",
            "/reports/x/99999",
            "/api/v1/documents/%00",
            "/api/v1/documents?page=99999999999",
            "/office/sign-in?return=a&return=b",
            "/nothing",
        ] {
            let answer = client.get(path).await;
            assert!(answer.status.is_client_error(), "{path} {}", answer.status);
            assert!(
                answer.headers.contains_key("content-security-policy"),
                "{path}"
            );
            assert_eq!(cache_control(&answer), "no-store", "{path}");
        }
        for method in ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"] {
            for path in ["/", "/office", "/api/v1/units", "/requests/new"] {
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                let answer = client.send(ask(method, path, &[])).await;
                assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
                assert!(answer.headers.contains_key(header::ALLOW), "{path}");
                assert!(
                    answer.headers.contains_key("content-security-policy"),
                    "{path}"
                );
            }
        }
        for path in [
            "//evil.example",
            "/%5C%5Cevil.example",
            "https://evil.example",
            "%0d%0aSet-Cookie:%20a=b",
        ] {
            let back = format!("/display?type=large&back={path}");
            let answer = client.get(&back).await;
            assert_eq!(answer.location(), "/", "{path}");
            assert_eq!(
                answer.headers.get_all(header::SET_COOKIE).iter().count(),
                1,
                "{path}"
            );
        }
        let many = "a=1&".repeat(20_000);
        let request = Request::post("/requests/track")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(many))
            .unwrap();
        assert_eq!(
            client.send(request).await.status,
            StatusCode::PAYLOAD_TOO_LARGE
        );
    });
}

#[test]
fn a_fault_of_ours_says_nothing_of_the_database() {
    with_portal(async |portal| {
        portal.publish("d1", "通告", "正文").await;
        let sql = "ALTER TABLE document RENAME TO document_gone";
        portal.store.db.execute(sql, store::args![]).await.unwrap();
        let mut client = portal.anonymous();
        for path in ["/documents/d1", "/api/v1/documents/d1"] {
            let answer = client.get(path).await;
            assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
            let text = answer.text().to_lowercase();
            for word in [
                "select",
                "no such table",
                "relation",
                "sqlite",
                "postgres",
                "panicked",
                ".rs:",
            ] {
                assert!(!text.contains(word), "{path}: {word}");
            }
            assert!(answer.has("编号"));
            assert_eq!(cache_control(&answer), "no-store");
        }
    });
}
