//! SARIF 2.1.0, for what shows findings of many tools in one place.

use super::{Listed, Printer};
use crate::check::examine::Examined;
use crate::check::tally::Tally;
use report::{Finding, Level, Place, rules};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The language of everything but the translation.
const LANGUAGE: &str = "zh-CN";

/// The folder from which relative paths go.
const BASE: &str = "SRCROOT";

pub(super) struct Sarif;

impl Printer for Sarif {
    fn head(&self) -> String {
        let rules: Vec<Value> = rules().iter().map(rule).collect();
        let driver = json!({
            "name": "gongkai",
            "version": env!("CARGO_PKG_VERSION"),
            "language": LANGUAGE,
            "rules": rules,
        });
        let translations = json!([english()]);
        // Where a relative path begins is the reader's business; the folders of the machine on which
        // the check ran are not.
        let bases =
            json!({ BASE: { "description": { "text": "运行 gongkai check 时的当前目录" } } });
        format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\
             \"tool\":{{\"driver\":{driver}}},\"language\":\"{LANGUAGE}\",\
             \"translations\":{translations},\"originalUriBaseIds\":{bases},\
             \"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
        )
    }

    fn report(&self, examined: &Examined) -> String {
        let found = examined
            .findings
            .iter()
            .map(|finding| result(&examined.source, finding));
        let waived = examined.waived.iter().map(|waived| {
            let mut result = result(&examined.source, &waived.finding);
            let justification = format!("{}（{}，{}）", waived.reason, waived.who, waived.when);
            put(
                &mut result,
                "suppressions",
                json!([{ "kind": "external", "status": "accepted", "justification": justification }]),
            );
            result
        });
        let lines: Vec<String> = found
            .chain(waived)
            .map(|result| result.to_string())
            .collect();
        lines.join(",\n")
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn foot(&self, tally: &Tally, _: &[Listed]) -> String {
        format!("\n],\"properties\":{}}}]}}\n", json!({ "summary": tally }))
    }
}

/// The rules in English. A run speaks one language, that of the reports and of what is said of
/// them; what else a rule has is in the component that this one translates.
fn english() -> Value {
    let rules: Vec<Value> = rules()
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "name": rule.name,
                "shortDescription": { "text": format!("{}.", rule.english) },
            })
        })
        .collect();
    json!({
        "name": "gongkai",
        "version": env!("CARGO_PKG_VERSION"),
        "language": "en",
        "contents": ["localizedData"],
        "translationMetadata": { "name": "gongkai rules in English" },
        "rules": rules,
    })
}

fn rule(rule: &report::Rule) -> Value {
    let text = match rule.article {
        Some(article) => format!("{}。依据：{article}。", rule.summary),
        None => format!("{}。", rule.summary),
    };
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": text },
        "help": { "text": rule.explained(), "markdown": rule.explained() },
        "defaultConfiguration": { "level": level(rule.level) },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn result(source: &str, finding: &Finding) -> Value {
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.level),
        "message": { "text": finding.message },
        "locations": [location(source, &finding.place)],
        "partialFingerprints": { "finding/v1": fingerprint(finding) },
    });
    if let Some(index) = rules().iter().position(|rule| rule.code == finding.code) {
        put(&mut result, "ruleIndex", json!(index));
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|place| location(source, place));
        put(&mut result, "relatedLocations", related.collect());
    }
    let figures: Map<String, Value> = [
        ("stated", &finding.stated),
        ("expected", &finding.expected),
        ("arithmetic", &finding.arithmetic),
    ]
    .into_iter()
    .filter_map(|(key, figure)| Some((key.to_owned(), json!(figure.as_ref()?))))
    .collect();
    if !figures.is_empty() {
        put(&mut result, "properties", Value::Object(figures));
    }
    result
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

fn location(source: &str, place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(source) });
    let mut region = Map::new();
    if let Some(line) = place.line {
        region.insert("startLine".to_owned(), json!(line));
        if let Some(quote) = &place.quote {
            region.insert("snippet".to_owned(), json!({ "text": quote }));
        }
    }
    if !region.is_empty() {
        put(&mut physical, "region", Value::Object(region));
    }
    let mut location = json!({ "physicalLocation": physical });
    let cell: Vec<&str> = [&place.table, &place.row, &place.column]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let logical = match (cell.as_slice(), &place.section) {
        ([], None) => None,
        ([], Some(section)) => Some(json!({ "name": section, "kind": "section" })),
        (cell, _) => Some(json!({ "fullyQualifiedName": cell.join("/"), "kind": "cell" })),
    };
    if let Some(logical) = logical {
        put(&mut location, "logicalLocations", json!([logical]));
    }
    if let Some(page) = place.page {
        put(&mut location, "properties", json!({ "page": page }));
    }
    location
}

/// A file: a relative path as it was given, from the folder in which the check ran; standard input
/// has no address.
fn artifact(source: &str) -> Value {
    if source == "-" {
        return json!({ "description": { "text": "标准输入" } });
    }
    let uri = uri(source);
    // An address that leads above its base may have none (SARIF 2.1.0, 3.4.4).
    let mut parts = uri.split('/');
    if uri.starts_with("file:") || parts.any(|part| part == "..") {
        json!({ "uri": uri })
    } else {
        json!({ "uri": uri, "uriBaseId": BASE })
    }
}

/// The same for the same fault while lines come and go above it.
fn fingerprint(finding: &Finding) -> String {
    let place = &finding.place;
    let parts = [
        Some(finding.rule.as_str()),
        place.table.as_deref(),
        place.row.as_deref(),
        place.column.as_deref(),
        place.quote.as_deref(),
        finding.stated.as_deref(),
        finding.expected.as_deref(),
    ];
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.unwrap_or_default().as_bytes());
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A path as a URI reference: relative as it was given, or `file:` for an absolute one.
fn uri(source: &str) -> String {
    let mut uri = String::new();
    let path = source.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if drive {
        uri.push_str("file:///");
    }
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b':' if drive && at == 1 => uri.push(':'),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri() {
        for (path, expect) in [
            ("a.txt", "a.txt"),
            ("-", "-"),
            ("./b.txt", "b.txt"),
            ("dir/某 局.docx", "dir/%E6%9F%90%20%E5%B1%80.docx"),
            ("/srv/a:b.txt", "file:///srv/a%3Ab.txt"),
            ("C:\\r\\a.txt", "file:///C:/r/a.txt"),
        ] {
            assert_eq!(uri(path), expect, "{path}");
        }
    }

    #[test]
    fn only_a_path_below_the_folder_has_a_base() {
        for (path, base) in [
            ("a.txt", true),
            ("a..b/c.txt", true),
            ("../a.txt", false),
            ("a/../../b.txt", false),
            ("/srv/a.txt", false),
            ("-", false),
        ] {
            assert_eq!(artifact(path).get("uriBaseId").is_some(), base, "{path}");
        }
    }
}
