//! The description of the API (OpenAPI 3.1). Kinds and editions are those that the program knows.

use super::documents::{SIZE, SIZE_LIMIT};
use office::documents::Kind;
use office::units::UnitKind;
use serde_json::{Value, json};
use statute::editions::Edition;
use store::documents::PAGE_LIMIT;

/// The description, as it is served and as `docs/reference/openapi.json` keeps it.
pub fn openapi() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "政府信息公开接口",
            "version": "1",
            "summary": "公开网站上能看到的内容，以 JSON 给出；只读，不需要登录。另可校验一份年度报告。",
        },
        "servers": [{"url": crate::urls::API}],
        "paths": paths(),
        "components": {
            "parameters": {
                "unit": query("unit", "机关编号", json!({"type": "string"})),
                "year": query("year", "年份", json!({"type": "integer", "minimum": 1949, "maximum": 2200})),
            },
            "responses": {"Error": {
                "description": "没有给出内容：说明原因和怎么办",
                "content": {"application/json": {"schema": reference("Error")}},
            }},
            "schemas": schemas(),
        },
    })
}

fn paths() -> Value {
    let unit = json!({"$ref": "#/components/parameters/unit"});
    let year = json!({"$ref": "#/components/parameters/year"});
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
    json!({
        "/units": read("全部机关", &[], items("Unit")),
        "/units/{id}": read("一个机关和它的公开指南", &[path("id", "string")], reference("UnitWithGuide")),
        "/check": check(),
        "/documents": read(
            "公开的政府信息，从新到旧",
            &[
                unit.clone(),
                query("below", "机关编号：只要这个机关和它下属的", json!({"type": "string"})),
                query("kind", "种类", json!({"enum": kinds})),
                year.clone(),
                query("q", "标题或正文里都要有的词，用空格分开", json!({"type": "string"})),
                query("page", "第几页", json!({"type": "integer", "minimum": 1, "maximum": PAGE_LIMIT, "default": 1})),
                query("size", "每页几条", json!({"type": "integer", "minimum": 1, "maximum": SIZE_LIMIT, "default": SIZE})),
            ],
            reference("DocumentPage"),
        ),
        "/documents/{id}": read("一份政府信息", &[path("id", "string")], reference("DocumentWithText")),
        "/reports": read("已公布的年度报告", &[unit, year], items("Report")),
        "/reports/{unit}/{year}": read(
            "一份年度报告",
            &[path("unit", "string"), path("year", "integer")],
            reference("ReportWithFigures"),
        ),
    })
}

fn schemas() -> Value {
    let text = || json!({"type": "string"});
    let maybe = || json!({"type": ["string", "null"]});
    let count = || json!({"type": "integer", "minimum": 0});
    let day = || json!({"type": "string", "format": "date"});
    let no_day = || json!({"type": ["string", "null"], "format": "date"});
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
    let unit_kinds: Vec<&str> = UnitKind::ALL.iter().map(|kind| kind.key()).collect();
    let editions: Vec<&str> = Edition::ALL.iter().map(|edition| edition.key()).collect();
    let guide = [
        "classification",
        "arrangement",
        "access",
        "office",
        "address",
        "hours",
        "phone",
        "fax",
        "internet",
    ];
    let mut guide: serde_json::Map<String, Value> = guide
        .iter()
        .map(|key| ((*key).to_owned(), text()))
        .collect();
    guide.insert(
        "rules".into(),
        json!({"type": "array", "items": object(json!({"id": text(), "title": text()}))}),
    );
    json!({
        "Checkup": object(json!({
            "reports": {"type": "array", "items": reference("CheckedReport")},
            "summary": object(json!({
                "reports": count(), "errors": count(), "warnings": count(), "info": count(),
                "checked": count(), "nontrivial": count(),
            })),
        })),
        "CheckedReport": object(json!({
            "source": text(), "title": text(), "unit": maybe(), "year": {"type": ["integer", "null"]},
            "edition": {"enum": editions},
            "findings": {"type": "array", "items": reference("Finding")},
            "checked": {"type": "array", "items": reference("Checked")},
        })),
        "Finding": partly(
            json!({
                "rule": text(), "code": text(), "level": {"enum": ["error", "warning", "info"]},
                "message": text(), "place": reference("Place"),
            }),
            json!({
                "stated": text(), "expected": text(), "arithmetic": text(),
                "related": {"type": "array", "items": reference("Place")},
            }),
        ),
        "Checked": partly(
            json!({
                "kind": text(), "holds": {"type": "boolean"}, "trivial": {"type": "boolean"},
                "stated": text(), "relation": text(), "expected": text(), "arithmetic": text(),
                "place": reference("Place"),
            }),
            json!({"explanation": text()}),
        ),
        "Place": partly(json!({}), json!({
            "section": text(), "table": text(), "row": text(), "column": text(),
            "page": count(), "line": count(), "quote": text(),
        })),
        "Unit": object(json!({
            "id": text(), "name": text(), "kind": {"enum": unit_kinds}, "parent": maybe(),
            "code": maybe(), "page": text(),
        })),
        "UnitWithGuide": with("Unit", json!({"guide": object(Value::Object(guide))})),
        "Document": object(json!({
            "id": text(), "unit": text(), "unit_name": text(), "kind": {"enum": kinds},
            "title": text(), "number": maybe(), "index_number": text(), "written_on": day(),
            "published_on": day(), "repealed_on": no_day(), "page": text(),
        })),
        "DocumentPage": object(json!({
            "items": {"type": "array", "items": reference("Document")},
            "total": {"type": "integer"}, "page": {"type": "integer"}, "size": {"type": "integer"},
        })),
        "DocumentWithText": with("Document", json!({
            "in_force_from": no_day(),
            "channels": {"type": "array", "items": text()},
            "explains": maybe(),
            "body": text(),
            "files": {"type": "array", "items": object(json!({
                "name": text(), "media_type": text(), "size": {"type": "integer"}, "href": text(),
            }))},
            "interpretations": {"type": "array", "items": reference("Document")},
        })),
        "Report": object(json!({
            "unit": text(), "unit_name": text(), "year": {"type": "integer"},
            "edition": {"enum": editions}, "roll_up": {"type": "boolean"}, "published_on": day(),
            "hash": text(), "page": text(),
        })),
        "ReportWithFigures": with("Report", json!({"report": {"type": "object"}})),
        "Error": object(json!({"error": object(json!({
            "code": text(),
            "message": text(),
            "reasons": {"type": "array", "items": object(json!({
                "code": text(), "field": maybe(), "text": text(),
            }))},
        }))})),
    })
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

/// An object whose properties are all there.
fn object(properties: Value) -> Value {
    let required: Vec<String> = properties
        .as_object()
        .map(|of| of.keys().cloned().collect())
        .unwrap_or_default();
    json!({"type": "object", "properties": properties, "required": required})
}

/// An object of which some properties may be absent.
fn partly(required: Value, optional: Value) -> Value {
    let mut schema = object(required);
    if let (Some(all), Value::Object(more)) = (schema["properties"].as_object_mut(), optional) {
        all.extend(more);
    }
    schema
}

fn with(schema: &str, properties: Value) -> Value {
    json!({"allOf": [reference(schema), object(properties)]})
}

fn items(schema: &str) -> Value {
    object(json!({"items": {"type": "array", "items": reference(schema)}}))
}

fn query(name: &str, description: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "description": description, "schema": schema})
}

fn path(name: &str, kind: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": kind}})
}

/// The one address to which something is sent. It is only looked at.
fn check() -> Value {
    let file = json!({"type": "string", "format": "binary"});
    let form = json!({"type": "object", "properties": {"file": file}, "required": ["file"]});
    json!({"post": {
        "summary": "校验一份年度报告：发来一个文件（不超过 10 MB），给出问题和核对过的关系；文件不保存",
        "parameters": [query(
            "name",
            "文件名，只用来帮助判断种类；文件作为正文发来时用",
            json!({"type": "string"}),
        )],
        "requestBody": {
            "required": true,
            "content": {
                "multipart/form-data": {"schema": form},
                "application/octet-stream": {"schema": file},
            },
        },
        "responses": {
            "200": {
                "description": "校验结果，与命令行 gongkai check --format json 相同",
                "content": {"application/json": {"schema": reference("Checkup")}},
            },
            "default": {"$ref": "#/components/responses/Error"},
        },
    }})
}

fn read(summary: &str, parameters: &[Value], schema: Value) -> Value {
    json!({"get": {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "内容",
                "content": {"application/json": {"schema": schema}},
            },
            "default": {"$ref": "#/components/responses/Error"},
        },
    }})
}
