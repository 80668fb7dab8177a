//! Units.

use crate::app::App;
use crate::error::{PortalError, Result};
use crate::urls;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use office::units::Unit;
use serde_json::{Value, json};

fn value(unit: &Unit) -> Value {
    json!({
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind.key(),
        "parent": unit.parent,
        "code": unit.code,
        "page": urls::unit(&unit.id),
    })
}

/// Every unit, in the order of the tree.
pub async fn list(State(app): State<App>) -> Result {
    let site = app.site().await?;
    let items: Vec<Value> = site.units.iter().map(value).collect();
    Ok(Json(json!({"items": items})).into_response())
}

/// One unit with its guide.
pub async fn one(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let site = app.site().await?;
    let unit = site.unit(&id).ok_or(PortalError::NotFound)?;
    let guide = &unit.guide;
    let mut object = value(unit);
    if let Some(object) = object.as_object_mut() {
        // The rules of a guide are ids, some of which may not be public any more.
        let mut rules = Vec::new();
        for id in &guide.rules {
            if let Some(rule) = store::documents::find_public(app.store(), id).await? {
                rules.push(json!({"id": rule.id, "title": rule.title}));
            }
        }
        object.insert(
            "guide".into(),
            json!({
                "classification": guide.classification,
                "arrangement": guide.arrangement,
                "access": guide.access,
                "office": guide.office,
                "address": guide.address,
                "hours": guide.hours,
                "phone": guide.phone,
                "fax": guide.fax,
                "internet": guide.internet,
                "rules": rules,
            }),
        );
    }
    Ok(Json(object).into_response())
}
