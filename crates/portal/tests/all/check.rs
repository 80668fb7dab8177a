//! The checker: what anybody gives is read, checked, shown and forgotten.

use crate::api::fits;
use crate::app::{Answer, Client, TestApp, with_portal};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use report::{Cell, Decimal, Report};
use serde_json::Value;
use statute::editions::{CellKey, Edition};
use std::collections::BTreeMap;

const REPORT: &str = "云岭县民政局2018年政府信息公开工作年度报告\n一、总体情况\n\
    全年共收到政府信息公开申请80件，其中网络申请52件，占68.5%；信函申请28件，占35%。\n";

/// A form of today in which the total of one row is one too many.
fn with_a_wrong_total() -> Report {
    let values: BTreeMap<CellKey, Decimal> = Edition::Format2021
        .cells()
        .filter_map(|cell| Some((cell.key, Decimal::whole(0)?)))
        .collect();
    let mut report = report::compile(
        Edition::Format2021,
        "云岭县水务局",
        2022,
        &values,
        Vec::new(),
    );
    let key = CellKey::find("t3", "new", "total").unwrap();
    report
        .tables
        .set(key, Cell::Number(Decimal::whole(7).unwrap()));
    report
}

async fn paste(client: &mut Client, text: &str) -> Answer {
    let csrf = client.get("/check").await.ok().hidden("csrf");
    let fields = [("csrf", csrf.as_str()), ("text", text)];
    client.upload("/check", &fields, ("file", "", b"")).await
}

async fn send(client: &mut Client, name: &str, bytes: &[u8]) -> Answer {
    let csrf = client.get("/check").await.ok().hidden("csrf");
    client
        .upload("/check", &[("csrf", csrf.as_str())], ("file", name, bytes))
        .await
}

#[test]
fn a_pasted_text_is_checked_and_each_finding_says_what_where_and_how() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        let page = paste(&mut client, REPORT).await.ok();
        for words in [
            "云岭县民政局2018年政府信息公开工作年度报告",
            "有 1 处错误",
            "请先逐条改正，再公布",
            "网络申请<u>52</u>件，占<mark>68.5%</mark>",
            "算出 52/80 = <strong>65.0%</strong>",
            "href=\"/check/rules/share-mismatch\"",
            "第 3 行",
            "个含非零数",
            "<details",
            "占比和比率",
        ] {
            assert!(page.has(words), "{words}\n{}", page.text());
        }
        assert_eq!(page.headers["cache-control"], "no-store");
        // The rule that is named has a page, by its code too.
        for name in ["share-mismatch", "N201"] {
            let rule = client.get(&format!("/check/rules/{name}")).await.ok();
            assert!(rule.has("报告这一条") && rule.has("<pre"), "{name}");
        }
        let all = client.get("/check/rules").await.ok();
        for rule in report::rules() {
            assert!(
                all.has(&portal::urls::check_rule(rule.name)),
                "{}",
                rule.name
            );
        }
        let none = client.get("/check/rules/no-such-rule").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_file_of_any_kind_is_read_and_its_wrong_cell_marked() {
    with_portal(async |portal| {
        let report = with_a_wrong_total();
        let content = report::layout(&report, &|_| None);
        let page = document::html::page(&content);
        let docx = document::docx::write(&content);
        let mut client = portal.anonymous();
        for (name, bytes) in [("a.html", page.as_bytes()), ("年报.docx", &docx)] {
            let answer = send(&mut client, name, bytes).await.ok();
            let text = answer.text();
            assert!(answer.has(name) && answer.has("云岭县水务局"), "{text}");
            let cells: Vec<&str> = text.split("class=\"fig total wrong\">").skip(1).collect();
            for cell in &cells {
                let (cell, _) = cell.split_once("</td>").unwrap();
                let (_, target) = cell.split_once("href=\"#").unwrap();
                let (target, _) = target.split_once('"').unwrap();
                assert!(text.contains(&format!("<li class=\"finding\" id=\"{target}\">")));
            }
            let shown: Vec<bool> = cells
                .iter()
                .map(|cell| cell.contains(">7</a></td>"))
                .collect();
            assert!(shown.contains(&true), "{text}");
            // From the finding one comes to the cell, and back.
            assert!(answer.has("<a href=\"#cell-t3-new-total\">"), "{text}");
            assert!(answer.has("<td id=\"cell-t3-new-total\""), "{text}");
            // Only those that a finding is about.
            assert!(cells.len() <= text.matches("<li class=\"finding\"").count());
        }
        let plain = send(&mut client, "a.txt", REPORT.as_bytes()).await.ok();
        assert!(plain.has("68.5%") && !plain.has("读出的表"));
    });
}

/// The file that a link of the page holds, by its name.
fn taken(page: &str, name: &str) -> Vec<u8> {
    use base64::Engine as _;
    let (before, _) = page
        .split_once(&format!("\" download=\"{name}\""))
        .unwrap_or_else(|| panic!("no {name} in {page}"));
    let (_, address) = before.rsplit_once("href=\"data:").unwrap();
    let (_, data) = address.split_once(";base64,").unwrap();
    // The page writes signs that mean something to HTML as references.
    let data = data.replace("&#43;", "+").replace("&#x2B;", "+");
    base64::engine::general_purpose::STANDARD
        .decode(data)
        .unwrap()
}

#[test]
fn a_result_is_taken_home_out_of_the_page_itself() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        let docx = document::docx::write(&report::layout(&with_a_wrong_total(), &|_| None));
        let page = send(&mut client, "水务局年报.docx", &docx)
            .await
            .ok()
            .text();
        let copy = taken(&page, "水务局年报.批注.docx");
        let part = |bytes: &[u8]| bytes.windows(17).any(|some| some == b"word/comments.xml");
        assert!(part(&copy) && !part(&docx));
        // The copy is still the report that it was.
        let limits = document::Limits::default();
        let [before, after] = [&docx, &copy].map(|bytes| {
            let content = document::read("a.docx", bytes, &limits).unwrap();
            report::read(&content, "a.docx").report
        });
        assert_eq!(before, after);
        let value: Value =
            serde_json::from_slice(&taken(&page, "水务局年报.校验结果.json")).unwrap();
        let (findings, summary) = (&value["reports"][0]["findings"], &value["summary"]);
        assert!(summary["errors"].as_u64().unwrap() > 0, "{value:#}");
        let saved = taken(&page, "水务局年报.校验结果.html");
        let saved = String::from_utf8(saved).unwrap();
        for finding in findings.as_array().unwrap() {
            let code = finding["code"].as_str().unwrap();
            assert!(saved.contains(code), "{code} {saved}");
        }
        // It stands alone.
        for outside in ["href=\"/", "src=", "<link", "<script", "http:", "https:"] {
            assert!(!saved.contains(outside), "{outside}");
        }
        // A text has no Word copy.
        let plain = send(&mut client, "a.txt", REPORT.as_bytes()).await.ok();
        assert!(!plain.has(".批注.docx") && plain.has("download=\"a.校验结果.html\""));
    });
}

#[test]
fn what_cannot_be_checked_is_refused_with_the_reason_at_the_field() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat();
        let large = vec![b' '; (10 << 20) + 1];
        let larger = vec![b' '; 20 << 20];
        for (name, bytes, status, words) in [
            ("a.docx", &b"PK\x03\x04broken"[..], 422, "docx 文件已损坏"),
            (
                "a.bin",
                &[0, 1, 2, 3, 0, 0, 7, 0].repeat(64),
                422,
                "这不是文本文件",
            ),
            ("a.png", &picture, 422, "不支持 图片 文件"),
            ("a.txt", b"", 422, "文件是空的"),
            ("a.txt", &large, 413, "超过了上限（10 MB）"),
            ("a.txt", &larger, 413, "超过了上限（10 MB）"),
        ] {
            let answer = send(&mut client, name, bytes).await;
            assert_eq!(answer.status.as_u16(), status, "{name} {}", answer.text());
            assert!(
                answer.has(words) && answer.has("id=\"f-file-error\""),
                "{words}: {}",
                answer.text()
            );
        }
        let nothing = paste(&mut client, " \n ").await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.has("没有选文件，也没有粘贴文字"));
        let long = paste(&mut client, &"长".repeat((1 << 20) + 1)).await;
        assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(long.has("id=\"f-text-error\""));
        // What was typed is given back.
        let odd = paste(&mut client, "MIME-Version: 1.0\n粘贴了别的").await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(odd.has("粘贴了别的</textarea>"), "{}", odd.text());
    });
}

#[test]
fn nothing_that_was_sent_runs_or_steers() {
    with_portal(async |portal| {
        let evil = "\"'><script>evil()</script><img src=x onerror=evil()>";
        let text = format!(
            "{evil}局2018年政府信息公开工作年度报告\n一、{evil}\n{evil}申请80件，其中网络申请52件，占68.5%{evil}。\n"
        );
        let mut client = portal.anonymous();
        let name = "..%2F<img src=x onerror=evil()>.txt";
        for answer in [
            paste(&mut client, &text).await.ok(),
            send(&mut client, name, text.as_bytes()).await.ok(),
        ] {
            let page = answer.text();
            assert!(
                !page.contains("<script>evil") && !page.contains("<img src=x"),
                "{page}"
            );
            assert!(page.contains("68.5%"));
        }
        let steering = send(&mut client, "a\u{202E}txt.exe.txt", REPORT.as_bytes()).await;
        assert!(!steering.ok().has("\u{202E}"));
    });
}

fn holds(folder: &std::path::Path, word: &str) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, word);
        }
        let bytes = std::fs::read(&path).unwrap();
        bytes
            .windows(word.len())
            .any(|some| some == word.as_bytes())
    })
}

#[test]
fn nothing_of_what_was_sent_is_kept() {
    with_portal(async |portal| {
        let (head, hash) = portal.store.journal_head().await.unwrap();
        let mut client = portal.anonymous();
        let word = "暗号青石沟";
        let text = format!("{word}\n{REPORT}");
        assert!(paste(&mut client, &text).await.ok().has("68.5%"));
        assert!(
            send(&mut client, &format!("{word}.txt"), text.as_bytes())
                .await
                .ok()
                .has(word)
        );
        api(&mut client, "/api/v1/check", text.as_bytes())
            .await
            .ok();
        assert_eq!(portal.store.journal_head().await.unwrap(), (head, hash));
        assert!(!holds(portal.folder(), word));
        // Nor does anybody else get it.
        for path in ["/check", "/", "/reports"] {
            assert!(!portal.anonymous().get(path).await.ok().has(word));
        }
    });
}

#[test]
fn one_address_cannot_keep_the_checker_busy() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        client.address = Some("192.0.2.7:1".parse().unwrap());
        for _ in 0..60 {
            api(&mut client, "/api/v1/check", b"text").await.ok();
        }
        let refused = api(&mut client, "/api/v1/check", b"text").await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.headers.contains_key("retry-after"));
        assert_eq!(
            paste(&mut client, REPORT).await.status,
            StatusCode::TOO_MANY_REQUESTS
        );
        client.address = Some("192.0.2.8:1".parse().unwrap());
        paste(&mut client, REPORT).await.ok();
    });
}

async fn api(client: &mut Client, path: &str, bytes: &[u8]) -> Answer {
    let request = Request::post(path).body(Body::from(bytes.to_vec()));
    client.send(request.unwrap()).await
}

#[test]
fn programs_get_the_contract() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        let description = portal::openapi();
        let schema = &description["paths"]["/check"]["post"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let docx = document::docx::write(&report::layout(&with_a_wrong_total(), &|_| None));
        for (answer, source, rule) in [
            (
                api(&mut client, "/api/v1/check?name=a.txt", REPORT.as_bytes()).await,
                "a.txt",
                "share-mismatch",
            ),
            (
                client
                    .upload("/api/v1/check", &[], ("file", "x/年报.docx", &docx))
                    .await,
                "年报.docx",
                "applicant-total-mismatch",
            ),
        ] {
            let answer = answer.ok();
            assert_eq!(answer.headers["cache-control"], "no-store");
            assert!(!answer.headers.contains_key("access-control-allow-origin"));
            let value: Value = serde_json::from_slice(&answer.bytes).unwrap();
            fits(&description, schema, &value, "/check");
            let report = &value["reports"][0];
            assert_eq!(report["source"], source);
            let findings = report["findings"].as_array().unwrap();
            assert!(
                findings.iter().any(|finding| finding["rule"] == rule),
                "{value:#}"
            );
            let errors = findings.iter().filter(|it| it["level"] == "error").count();
            assert_eq!(value["summary"]["errors"], errors);
            let checked = report["checked"].as_array().unwrap();
            assert!(!checked.is_empty());
            assert_eq!(value["summary"]["checked"], checked.len());
        }
        for (bytes, status, code) in [
            (&b"PK\x03\x04broken"[..], 422, "unreadable"),
            (b"", 422, "unreadable"),
            (&vec![b' '; 11 << 20], 413, "too-large"),
        ] {
            let answer = api(&mut client, "/api/v1/check", bytes).await;
            assert_eq!(answer.status.as_u16(), status);
            let value: Value = serde_json::from_slice(&answer.bytes).unwrap();
            assert_eq!(value["error"]["code"], code);
        }
        let foreign = Request::post("/api/v1/check")
            .header("sec-fetch-site", "cross-site")
            .body(Body::from(REPORT))
            .unwrap();
        assert_eq!(client.send(foreign).await.status, StatusCode::FORBIDDEN);
    });
}

async fn open_request(portal: &TestApp, id: &str) {
    let line = format!(
        "{{\"type\":\"request\",\"id\":\"{id}\",\"unit\":\"edu\",\"number\":\"{id}\",\"applicant\":\"natural\",\"subject\":\"x\",\
         \"channel\":\"online\",\"events\":[{{\"on\":\"2024-12-30\",\"event\":\"received\"}},\
         {{\"on\":\"2025-01-10\",\"event\":\"replied\",\"outcome\":\"granted\",\"by\":\"online\"}}]}}\n"
    );
    portal.import(&line).await;
}

#[test]
fn the_office_checks_its_own_report_against_the_one_before() {
    with_portal(async |portal| {
        open_request(portal, "r1").await;
        let mut office = portal.signed_in("disclosure").await;
        let address = "/office/reports/check?unit=edu&year=2025";
        let compiled = office.get("/office/reports?unit=edu&year=2025").await.ok();
        assert!(compiled.has("href=\"/office/reports/check?unit=edu&#38;year=2025\""));
        let alone = office.get(address).await.ok();
        assert!(
            alone.has("没有跨年核对") && alone.has("表内勾稽"),
            "{}",
            alone.text()
        );
        assert!(alone.has("/office/figures/edu/2025/t3/carried_in/natural\">1</a>"));
        // Published with one carried over; then one more is found.
        let order = store::reports::Order {
            unit: "edu".into(),
            year: 2024,
            edition: None,
            roll_up: false,
        };
        let actor = portal.actor("disclosure").await;
        store::reports::publish(&portal.store, &actor, &order)
            .await
            .unwrap();
        let agreeing = office.get(address).await.ok();
        assert!(agreeing.has("已与公布的 2024 年报告核对"));
        assert!(
            !agreeing.has("carried-over-mismatch"),
            "{}",
            agreeing.text()
        );
        open_request(portal, "r2").await;
        let page = office.get(address).await.ok();
        assert!(page.has("carried-over-mismatch"), "{}", page.text());
        assert!(page.has("<a href=\"/office/figures/edu/2025/t3/carried_in/natural\">看这个数"));
        // Counted in another scope, that report says nothing.
        let other = office.get(&format!("{address}&roll_up=on")).await.ok();
        assert!(other.has("没有跨年核对") && !other.has("carried-over-mismatch"));
        let (none, bad) = ("/office/reports/check", format!("{address}&edition=best"));
        assert_eq!(office.get(none).await.status, StatusCode::NOT_FOUND);
        assert_eq!(office.get(&bad).await.status, StatusCode::BAD_REQUEST);
    });
}
