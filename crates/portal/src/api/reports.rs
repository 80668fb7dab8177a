//! Published annual reports.

use super::year;
use crate::app::{App, Site};
use crate::error::{PortalError, Result};
use crate::pick::Asked;
use crate::urls;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde_json::{Value, json};
use store::reports::{self, Published};

fn value(site: &Site, of: &Published) -> Value {
    json!({
        "unit": of.unit,
        "unit_name": site.unit_name(&of.unit),
        "year": of.year,
        "edition": of.edition.key(),
        "roll_up": of.roll_up,
        "published_on": of.published_on.to_string(),
        "hash": of.hash,
        "page": urls::report(&of.unit, of.year),
    })
}

/// The list, narrowed to a unit or a year.
pub async fn list(State(app): State<App>, asked: Asked) -> Result {
    let site = app.site().await?;
    let (unit, year) = (asked.text("unit"), year(&asked)?);
    let items: Vec<Value> = reports::all(app.store())
        .await?
        .iter()
        .filter(|of| unit.is_empty() || of.unit == unit)
        .filter(|of| year.is_none_or(|year| of.year == year))
        .map(|of| value(&site, of))
        .collect();
    Ok(Json(json!({"items": items})).into_response())
}

/// One report with its figures, in the form that the command line prints.
pub async fn one(State(app): State<App>, Path((unit, year)): Path<(String, i16)>) -> Result {
    let found = reports::find(app.store(), &unit, year)
        .await?
        .ok_or(PortalError::NotFound)?;
    let site = app.site().await?;
    let mut body = value(&site, &found);
    if let Some(object) = body.as_object_mut() {
        object.insert("report".into(), found.report.to_json());
    }
    Ok(Json(body).into_response())
}
