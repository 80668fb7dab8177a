//! Headers, limits and error pages that hold for every room.

use crate::app::with_portal;
use axum::http::StatusCode;

#[test]
fn every_answer_carries_the_security_headers() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        for path in ["/", "/nothing-here", "/assets/gongkai.css", "/office"] {
            let answer = client.get(path).await;
            let csp = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"));
            assert_eq!(answer.headers["x-content-type-options"], "nosniff");
            assert_eq!(answer.headers["referrer-policy"], "same-origin");
            assert_eq!(answer.headers["cross-origin-opener-policy"], "same-origin");
            assert!(!answer.headers.contains_key("strict-transport-security"));
        }
    });
}

#[test]
fn a_wrong_address_gets_a_chinese_page_and_the_api_an_object() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        let page = client.get("/nothing-here").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.has("没有找到这个页面") && page.has("某县人民政府"));
        let object = client.get("/api/nothing-here").await;
        assert_eq!(object.status, StatusCode::NOT_FOUND);
        let value: serde_json::Value = serde_json::from_slice(&object.bytes).unwrap();
        assert_eq!(value["error"]["code"], "not-found");
        let long = client.get(&format!("/{}", "a".repeat(5000))).await;
        assert_eq!(long.status, StatusCode::URI_TOO_LONG);
        assert!(long.has("地址太长"));
    });
}
