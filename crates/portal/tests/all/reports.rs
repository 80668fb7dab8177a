//! Annual reports in the office and in public.

use crate::app::{TestApp, with_portal};
use axum::http::StatusCode;

async fn some_requests(portal: &TestApp) {
    let mut lines = String::new();
    for n in 1..=3 {
        let kind = if n == 3 { "business" } else { "natural" };
        lines.push_str(&format!(
            "{{\"type\":\"request\",\"id\":\"r{n}\",\"unit\":\"edu\",\"number\":\"2025-{n}\",\"applicant\":\"{kind}\",\
             \"subject\":\"秘密的内容{n}\",\"channel\":\"online\",\"events\":[{{\"on\":\"2025-03-0{n}\",\"event\":\"received\"}},\
             {{\"on\":\"2025-03-2{n}\",\"event\":\"replied\",\"outcome\":\"granted\",\"by\":\"online\"}}]}}\n"
        ));
    }
    portal.import(&lines).await;
}

#[test]
fn a_report_is_compiled_checked_published_and_then_stands() {
    with_portal(async |portal| {
        some_requests(portal).await;
        let mut office = portal.signed_in("disclosure").await;
        let page = office
            .get("/office/reports?unit=gov&year=2025&roll_up=on")
            .await
            .ok();
        assert!(page.has("全部相符"), "{}", page.text());
        assert!(page.has("/office/figures/gov/2025/t3/granted/natural?roll_up=on\">2</a>"));
        let address = "/office/reports/publish?unit=gov&year=2025&roll_up=on";
        let done = office.submit(address, address, &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(done.location(), "/reports/gov/2025");
        // A second time it is refused.
        let again = office.submit(address, address, &[]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.has("已经公布"));

        let mut anybody = portal.anonymous();
        assert!(anybody.get("/reports").await.ok().has("/reports/gov/2025"));
        let report = anybody.get("/reports/gov/2025").await.ok();
        let figure = "/reports/gov/2025/figures/t3/granted/natural";
        assert!(report.has(&format!("href=\"{figure}\">2</a>")));
        let list = anybody.get(figure).await.ok();
        assert!(list.has("<span class=\"figure\">2</span>"));
        // Counted, not named.
        assert!(list.has("一件政府信息公开申请"));
        assert!(!list.has("2025-1") && !list.has("秘密"));
        let json = anybody.get("/reports/gov/2025/report.json").await.ok();
        let value: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
        assert_eq!(value["tables"]["t3"]["granted"]["natural"], 2, "{value}");
        let html = anybody.get("/reports/gov/2025/report.html").await.ok();
        assert!(html.has("予以公开") && html.has("<style>"));
        let policy = &html.headers["content-security-policy"];
        assert!(!policy.to_str().unwrap().contains("script-src"));

        // What is recorded later does not change it, and the list says so.
        let late = r#"{"type":"request","id":"r9","unit":"edu","number":"2025-9","applicant":"natural","subject":"x","channel":"online","events":[{"on":"2025-04-01","event":"received"},{"on":"2025-04-20","event":"replied","outcome":"granted","by":"online"}]}"#;
        portal.import(late).await;
        let report = anybody.get("/reports/gov/2025").await.ok();
        assert!(report.has(&format!("href=\"{figure}\">2</a>")));
        let list = anybody.get(figure).await.ok();
        assert!(list.has("<span class=\"figure\">2</span>") && list.has("现在按记录数出来是 3"));
    });
}

#[test]
fn the_pages_under_a_number_add_up_to_it() {
    with_portal(async |portal| {
        let mut lines = String::new();
        for n in 0..120 {
            lines.push_str(&format!(
                "{{\"type\":\"entry\",\"id\":\"e{n}\",\"unit\":\"edu\",\"register\":\"training\",\"fields\":{{\"held_on\":\"2018-04-02\",\"attendees\":{n}}}}}\n"
            ));
        }
        portal.import(&lines).await;
        let mut clerk = portal.clerk().await;
        let mut sum = 0;
        for page in 1..=3 {
            let path = format!("/office/figures/edu/2018/stats2014/I3?page={page}");
            let text = clerk.get(&path).await.ok().text();
            assert!(text.contains("<span class=\"figure\">7140</span>"));
            for part in text.split("data-label=\"计数\">").skip(1) {
                sum += part.split('<').next().unwrap().parse::<i64>().unwrap();
            }
        }
        assert_eq!(sum, 7140);
    });
}

#[test]
fn a_report_is_not_for_everybody_and_not_before_its_time() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let publish = "/office/reports/publish?unit=edu&year=2025";
        assert_eq!(clerk.get(publish).await.status, StatusCode::FORBIDDEN);
        let mut stranger = portal.signed_in("edu-clerk").await;
        for path in [
            "/office/reports?unit=civil&year=2025",
            "/office/reports/report.json?unit=civil&year=2025",
            "/office/figures/civil/2025/t3/new/total",
        ] {
            assert_eq!(
                stranger.get(path).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
        }
        let mut office = portal.signed_in("disclosure").await;
        let this_year = "/office/reports/publish?unit=edu&year=2026";
        let early = office.submit(this_year, this_year, &[]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.has("还没有结束"));
        let mut anybody = portal.anonymous();
        for path in [
            "/reports/edu/2025",
            "/reports/edu/2025/report.json",
            "/reports/edu/2025/figures/t3/new/total",
            "/reports/edu/x",
            "/office/figures/edu/2025/t9/none/none",
        ] {
            let status = anybody.get(path).await.status;
            let wanted = if path.starts_with("/office") {
                303
            } else {
                404
            };
            let bad = path.ends_with("/x") && status == StatusCode::BAD_REQUEST;
            assert!(status.as_u16() == wanted || bad, "{path} {status}");
        }
    });
}

#[test]
fn publishing_is_offered_when_it_can_be_done_and_else_the_reasons_stand_there() {
    with_portal(async |portal| {
        let mut office = portal.signed_in("disclosure").await;
        let link = "/office/reports/publish?unit=edu";
        let over = "/office/reports?unit=edu&year=2025";
        assert!(office.get(over).await.ok().has(link));
        let running = office.get("/office/reports?unit=edu&year=2026").await.ok();
        assert!(!running.has(link) && running.has("还没有结束"));
        let other = office
            .get("/office/reports?unit=edu&year=2025&edition=stats2014")
            .await
            .ok();
        assert!(!other.has(link) && other.has("应使用国办公开办函〔2021〕30号的格式"));
        // A bound is told as a bound.
        let line = r#"{"type":"request","id":"r18","unit":"edu","number":"2018-1","applicant":"natural","subject":"x","channel":"online","events":[{"on":"2018-03-01","event":"received"},{"on":"2018-03-20","event":"replied","outcome":"granted","by":"online"}]}"#;
        portal.import(line).await;
        let bounds = office.get("/office/reports?unit=edu&year=2018").await.ok();
        assert!(bounds.has("不大于 1</td>"), "{}", bounds.text());
        let page = office
            .get("/office/reports/publish?unit=edu&year=2026&edition=stats2014")
            .await
            .ok();
        assert!(page.has("还没有结束") && page.has("应使用") && !page.has("先不做"));
        let address = "/office/reports/publish?unit=edu&year=2025";
        assert_eq!(
            office.submit(address, address, &[]).await.status,
            StatusCode::SEE_OTHER
        );
        assert!(!office.get(over).await.ok().has(link));
        assert!(office.get(address).await.ok().has("已经公布"));
    });
}

#[test]
fn what_in_an_address_is_none_is_said() {
    with_portal(async |portal| {
        let mut office = portal.signed_in("disclosure").await;
        for (query, words) in [
            ("unit=edu&year=20x5", "“20x5”不是可用的年度"),
            ("unit=edu", "没有选年度"),
            ("unit=nobody&year=2025", "没有“nobody”这个单位"),
            ("year=2025", "没有选单位"),
            (
                "unit=edu&year=2025&edition=best",
                "“best”不是有统计表的格式",
            ),
            (
                "unit=edu&year=2007&edition=narrative",
                "“narrative”不是有统计表的格式",
            ),
        ] {
            for path in ["/office/reports", "/office/reports/report.json"] {
                let page = office.get(&format!("{path}?{query}")).await;
                assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}?{query}");
                assert!(page.has(words), "{query}: {}", page.text());
            }
        }
    });
}

#[test]
fn every_indicator_is_explained() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        for (edition, words) in [
            ("format2021", "行政规范性文件"),
            ("trial2019", "政府集中采购"),
            ("stats2014", "接受培训人员数"),
        ] {
            let path = format!("/office/figures?edition={edition}");
            let page = clerk.get(&path).await.ok();
            assert!(page.has(words), "{edition}");
        }
    });
}
