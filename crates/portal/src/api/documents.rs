//! Documents: only what is public today.

use super::{number, year};
use crate::app::App;
use crate::error::{PortalError, Result};
use crate::pick::Asked;
use crate::urls;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use office::documents::Kind;
use serde_json::{Value, json};
use statute::Date;
use store::attachments;
use store::documents::{self, Filter, Listed, PAGE_LIMIT, WORDS_LIMIT};

/// Most records of a page.
pub const SIZE_LIMIT: u32 = 100;
/// Records of a page where none is asked for.
pub const SIZE: u32 = 20;

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn listed(of: &Listed) -> Value {
    json!({
        "id": of.id,
        "unit": of.unit,
        "unit_name": of.unit_name,
        "kind": of.kind.key(),
        "title": of.title,
        "number": of.number,
        "index_number": of.index_number,
        "written_on": of.written_on.to_string(),
        "published_on": day(of.published_on),
        "repealed_on": day(of.repealed_on),
        "page": urls::document(&of.id),
    })
}

/// A page of the list.
pub async fn list(State(app): State<App>, asked: Asked) -> Result {
    let opt = |name: &str| Some(asked.text(name).to_owned()).filter(|text| !text.is_empty());
    let kind = match asked.text("kind") {
        "" => None,
        key => Some(Kind::from_key(key).ok_or_else(|| {
            PortalError::Bad(format!(
                "参数 kind 的值“{key}”不对，应为 {} 之一。",
                Kind::keys()
            ))
        })?),
    };
    let page = number(&asked, "page", (1, PAGE_LIMIT), 1)?;
    let size = number(&asked, "size", (1, SIZE_LIMIT), SIZE)?;
    let words = asked.text("q").split_whitespace().take(WORDS_LIMIT);
    let filter = Filter {
        unit: opt("unit"),
        below: opt("below"),
        kind,
        year: year(&asked)?,
        status: None,
        words: words.map(str::to_owned).collect(),
        ..Filter::default()
    };
    let found = documents::list_public(app.store(), &filter, page, size).await?;
    let items: Vec<Value> = found.items.iter().map(listed).collect();
    let body = json!({"items": items, "total": found.total, "page": page, "size": size});
    Ok(Json(body).into_response())
}

/// One document with its text, files and links.
pub async fn one(State(app): State<App>, Path(id): Path<String>) -> Result {
    let store = app.store();
    let document = documents::find_public(store, &id)
        .await?
        .ok_or(PortalError::NotFound)?;
    let site = app.site().await?;
    // What it explains may itself not be public.
    let explains = match &document.explains {
        Some(of) => documents::find_public(store, of).await?.map(|of| of.id),
        None => None,
    };
    let files: Vec<Value> = attachments::of_document(store, &id)
        .await?
        .iter()
        .map(|file| {
            json!({
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "href": urls::file(&file.id),
            })
        })
        .collect();
    let interpretations: Vec<Value> = documents::interpretations(store, &id)
        .await?
        .iter()
        .map(listed)
        .collect();
    let channels: Vec<&str> = document.channels.iter().map(|of| of.key()).collect();
    let body = json!({
        "id": document.id,
        "unit": document.unit,
        "unit_name": site.unit_name(&document.unit),
        "kind": document.kind.key(),
        "title": document.title,
        "number": document.number,
        "index_number": document.index_number,
        "written_on": document.written_on.to_string(),
        "published_on": day(document.published_on),
        "in_force_from": day(document.in_force_from),
        "repealed_on": day(document.repealed_on),
        "page": urls::document(&document.id),
        "channels": channels,
        "explains": explains,
        "body": document.body,
        "files": files,
        "interpretations": interpretations,
    });
    Ok(Json(body).into_response())
}
