//! The public side: what a reader finds, and what the headers and tags of its pages say.

use crate::app::{TestApp, with_portal};
use axum::http::StatusCode;

const RECORDS: &str = r#"
{"type":"document","id":"d1","unit":"edu","kind":"normative","title":"招生片区划分办法","number":"某教发〔2026〕1号","written_on":"2026-10-30","attribute":"proactive","published_on":"2026-11-09","in_force_from":"2027-01-01","channels":["website"],"body":"第一章 总则\n第一条 就近入学。"}
{"type":"document","id":"d2","unit":"edu","kind":"interpretation","title":"为什么修订划片办法","written_on":"2026-11-09","attribute":"proactive","published_on":"2026-11-09","explains":"d1","channels":["website"],"body":"怎样读这份办法。"}
{"type":"document","id":"d3","unit":"civil","kind":"notice","title":"冬季取暖补贴<发放>通知","written_on":"2025-11-01","attribute":"proactive","published_on":"2025-11-02","repealed_on":"2026-05-01","channels":["website","wechat"],"body":"补贴标准见附件。"}
"#;

#[test]
fn a_reader_finds_a_document_by_every_way() {
    with_portal(async |portal| {
        portal.import(RECORDS).await;
        let mut reader = portal.anonymous();
        for path in [
            "/",
            "/documents",
            "/documents?unit=edu&kind=normative&year=2026",
            "/search?q=%E5%B0%B1%E8%BF%91",
            "/search?q=%E6%9F%90%E6%95%99%E5%8F%91",
            "/units/edu",
            "/feed.atom",
        ] {
            let page = reader.get(path).await.ok();
            assert!(page.has("招生片区划分办法"), "{path}");
        }
        assert!(reader.get("/sitemap.xml").await.ok().has("/documents/d1<"));
        for path in [
            "/documents?unit=civil",
            "/documents?kind=news",
            "/documents?year=2025",
            "/search?q=zzz",
            "/units/civil",
        ] {
            let page = reader.get(path).await.ok();
            assert!(!page.has("招生片区划分办法"), "{path}");
        }
    });
}

#[test]
fn a_document_says_everything_of_itself() {
    with_portal(async |portal| {
        portal.import(RECORDS).await;
        let mut reader = portal.anonymous();
        let page = reader.get("/documents/d1").await.ok();
        for words in [
            "某教发〔2026〕1号",
            "某县教育局",
            "2026-10-30",
            "2026-11-09",
            "尚未施行",
            "<h2>第一章 总则</h2>",
            "<p>第一条 就近入学。</p>",
            "为什么修订划片办法",
            "<meta name=\"SiteIDCode\" content=\"6400000001\">",
            "<meta name=\"ColumnName\" content=\"行政规范性文件\">",
            "<meta name=\"ArticleTitle\" content=\"招生片区划分办法\">",
            "<meta name=\"PubDate\" content=\"2026-11-09 00:00\">",
            "<meta name=\"ContentSource\" content=\"某县教育局\">",
        ] {
            assert!(page.has(words), "{words} is missing");
        }
        let other = reader.get("/documents/d2").await.ok();
        assert!(other.has("href=\"/documents/d1\"") && !other.has("有效性"));
        let repealed = reader.get("/documents").await.ok();
        assert!(repealed.has("已废止") && repealed.has("&#60;发放&#62;"));
        assert!(!repealed.has("<发放>"));
    });
}

#[test]
fn a_list_goes_from_page_to_page_and_keeps_its_filter() {
    with_portal(async |portal| {
        for i in 0..45 {
            portal
                .publish(&format!("n{i:02}"), &format!("第{i}号通告"), "正文")
                .await;
        }
        let mut reader = portal.anonymous();
        let first = reader.get("/documents?unit=edu").await.ok();
        assert!(first.has("第 1–20 条，共 45 条") && first.has("/documents?unit=edu&#38;page=2"));
        let last = reader.get("/documents?unit=edu&page=3").await.ok();
        assert!(last.has("第 41–45 条") && last.has("rel=\"prev\"") && !last.has("rel=\"next\""));
        let beyond = reader.get("/documents?page=99999999999").await;
        assert_eq!(beyond.status, StatusCode::OK);
    });
}

#[test]
fn a_unit_has_its_four_parts_whether_filled_or_not() {
    with_portal(async |portal| {
        let mut reader = portal.anonymous();
        for part in ["guide", "rules", "content", "reports"] {
            let page = reader.get(&format!("/units/edu?part={part}")).await.ok();
            for label in ["公开指南", "公开制度", "法定主动公开内容", "年度报告"]
            {
                assert!(page.has(label), "{part}: {label}");
            }
        }
        let none = reader.get("/units/nobody").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    });
}

async fn demo(portal: &TestApp, on: bool) {
    let mut settings = portal.store.settings().await.unwrap();
    settings.demo = on;
    let operator = office::permissions::Actor::operator();
    portal
        .store
        .save_settings(&operator, &settings)
        .await
        .unwrap();
}

#[test]
fn invented_records_say_so_and_stay_out_of_every_index() {
    with_portal(async |portal| {
        portal.import(RECORDS).await;
        let mut reader = portal.anonymous();
        assert!(!reader.get("/").await.ok().has("noindex"));
        assert!(reader.get("/robots.txt").await.ok().has("Sitemap: "));
        demo(portal, true).await;
        for path in [
            "/",
            "/documents",
            "/documents/d1",
            "/units",
            "/requests/new",
        ] {
            let page = reader.get(path).await.ok();
            assert!(page.has("演示数据") && page.has("noindex"), "{path}");
        }
        assert!(reader.get("/robots.txt").await.ok().has("Disallow: /\n"));
    });
}

#[test]
fn large_type_is_remembered_and_leads_nowhere_else() {
    with_portal(async |portal| {
        let mut reader = portal.anonymous();
        assert!(!reader.get("/units").await.ok().has("class=\"large\""));
        let back = reader.get("/display?type=large&back=%2Funits").await;
        assert_eq!(
            (back.status, back.location()),
            (StatusCode::SEE_OTHER, "/units")
        );
        assert!(reader.get("/units").await.ok().has("class=\"large\""));
        reader.get("/display?type=normal&back=%2Funits").await;
        assert!(!reader.get("/units").await.ok().has("class=\"large\""));
        for evil in [
            "https%3A%2F%2Fevil.example",
            "%2F%2Fevil.example",
            "%2F%5Cevil.example",
        ] {
            let back = reader
                .get(&format!("/display?type=large&back={evil}"))
                .await;
            assert_eq!(back.location(), "/", "{evil}");
        }
    });
}
