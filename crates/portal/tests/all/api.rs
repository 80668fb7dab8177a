//! The public API. What it must not give is tried in `doors`.

use crate::app::{Client, with_portal};
use serde_json::Value;

async fn json(client: &mut Client, path: &str) -> Value {
    serde_json::from_slice(&client.get(path).await.ok().bytes).unwrap()
}

#[test]
fn documents_are_listed_narrowed_and_read() {
    with_portal(async |portal| {
        for n in 1..=5 {
            portal
                .publish(&format!("d{n}"), &format!("关于招生的通知之{n}"), "正文")
                .await;
        }
        let mut client = portal.anonymous();
        let list = json(&mut client, "/api/v1/documents?size=2&page=2").await;
        assert_eq!(
            (&list["total"], list["items"].as_array().unwrap().len()),
            (&5.into(), 2)
        );
        let found = json(
            &mut client,
            "/api/v1/documents?q=%E4%B9%8B3&unit=edu&kind=notice&year=2026",
        )
        .await;
        assert_eq!(found["items"][0]["id"], "d3");
        let one = json(&mut client, "/api/v1/documents/d3").await;
        assert_eq!(one["body"], "正文");
        assert_eq!(one["unit_name"], "某县教育局");
        assert_eq!(one["page"], "/documents/d3");
        let units = json(&mut client, "/api/v1/units").await;
        assert_eq!(units["items"].as_array().unwrap().len(), 3);
    });
}

#[test]
fn what_cannot_be_answered_is_one_envelope() {
    with_portal(async |portal| {
        let mut client = portal.anonymous();
        for (path, status, code) in [
            ("/api/v1/documents/none", 404, "not-found"),
            ("/api/v1/units/none", 404, "not-found"),
            ("/api/v1/reports/edu/2024", 404, "not-found"),
            ("/api/v1/nothing", 404, "not-found"),
            ("/api/v1/documents?kind=x", 400, "bad-request"),
            ("/api/v1/documents?year=20x6", 400, "bad-request"),
            ("/api/v1/documents?size=1000", 400, "bad-request"),
        ] {
            let answer = client.get(path).await;
            assert_eq!(answer.status, status, "{path}");
            let value: Value = serde_json::from_slice(&answer.bytes).unwrap();
            assert_eq!(value["error"]["code"], code, "{path}");
            assert!(!value["error"]["message"].as_str().unwrap().is_empty());
            assert!(!answer.headers.contains_key("access-control-allow-origin"));
        }
    });
}

/// Which schema an answer of an address must have.
fn schema<'a>(description: &'a Value, path: &str) -> &'a Value {
    &description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
}

/// Every property that is promised is there, and none beside them.
pub fn fits(description: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return fits(
            description,
            &description["components"]["schemas"][name],
            value,
            place,
        );
    }
    let (mut required, mut properties) = (Vec::new(), serde_json::Map::new());
    let mut parts = vec![schema];
    while let Some(part) = parts.pop() {
        if let Some(name) = part["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap();
            parts.push(&description["components"]["schemas"][name]);
        }
        parts.extend(part["allOf"].as_array().into_iter().flatten());
        required.extend(part["required"].as_array().into_iter().flatten());
        properties.extend(part["properties"].as_object().cloned().unwrap_or_default());
    }
    match value {
        Value::Array(items) => {
            for item in items {
                fits(description, &schema["items"], item, place);
            }
        }
        Value::Object(object) if !properties.is_empty() => {
            for key in required {
                assert!(
                    object.contains_key(key.as_str().unwrap()),
                    "{place}: no {key}"
                );
            }
            for (key, value) in object {
                let inner = properties
                    .get(key)
                    .unwrap_or_else(|| panic!("{place}: {key}"));
                fits(description, inner, value, &format!("{place}.{key}"));
            }
        }
        _ => {}
    }
}

#[test]
fn the_answers_are_as_they_are_described() {
    with_portal(async |portal| {
        portal.publish("d1", "关于甲的通知", "正文").await;
        let order = store::reports::Order {
            unit: "edu".into(),
            year: 2025,
            edition: None,
            roll_up: false,
        };
        let office = portal.actor("disclosure").await;
        store::reports::publish(&portal.store, &office, &order)
            .await
            .unwrap();
        let mut client = portal.anonymous();
        let description = json(&mut client, "/api/v1/openapi.json").await;
        assert_eq!(description, portal::openapi());
        for (path, template) in [
            ("/units", "/units"),
            ("/units/edu", "/units/{id}"),
            ("/documents", "/documents"),
            ("/documents/d1", "/documents/{id}"),
            ("/reports", "/reports"),
            ("/reports/edu/2025", "/reports/{unit}/{year}"),
        ] {
            let value = json(&mut client, &format!("/api/v1{path}")).await;
            fits(&description, schema(&description, template), &value, path);
        }
    });
}

/// The description as it was last agreed to: a change of it is a change of the contract.
/// `cargo xtask generate` writes it anew.
#[test]
fn the_description_is_the_one_that_was_agreed_to() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/reference/openapi.json"
    );
    let text = serde_json::to_string_pretty(&portal::openapi()).unwrap() + "\n";
    assert_eq!(std::fs::read_to_string(file).unwrap(), text);
}
