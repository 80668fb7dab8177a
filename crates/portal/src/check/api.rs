//! The same for programs: a report in, the contract of `gongkai check --format json` out.

use super::examine::{self, FILE_LIMIT, TIMES, WINDOW_MS};
use super::outcome::Tally;
use crate::error::{PortalError, Result};
use crate::extract::{self, Visitor};
use crate::pick::Asked;
use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use bytes::Bytes;
use report::{Checkup, Reading};
use serde_json::{Value, json};

/// A file, and some room for the boundaries of a form around it.
const BODY_LIMIT: usize = FILE_LIMIT + (64 << 10);

/// Checks the file of the request: its body, or the first file of a form. It changes nothing, so it
/// asks for no secret; a browser that another site made send it is turned away all the same.
pub(super) async fn check(visitor: Visitor, asked: Asked, request: Request) -> Result {
    visitor.limit("check", WINDOW_MS, TIMES).await?;
    if extract::is_foreign(request.headers()) {
        return Err(PortalError::Csrf);
    }
    let _place = visitor.app.checker().upload().await?;
    let form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.get(..19)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"multipart/form-data"))
    });
    let (name, bytes) = if form {
        first_file(request, &visitor).await?
    } else {
        let bytes = extract::body_of(request.into_body(), BODY_LIMIT).await?;
        (asked.text("name").to_owned(), bytes)
    };
    let name = examine::plain_name(&name);
    let examined = examine::file(&visitor.app, name, bytes, false).await?;
    Ok((
        [(CACHE_CONTROL, "no-store")],
        Json(answer(&examined.reading, &examined.checkup)),
    )
        .into_response())
}

async fn first_file(request: Request, visitor: &Visitor) -> Result<(String, Bytes)> {
    let (parts, body) = request.into_parts();
    let body = Body::new(http_body_util::Limited::new(body, BODY_LIMIT));
    let request = Request::from_parts(parts, body);
    let bad = || {
        PortalError::Bad(
            "请求里没有文件。请用 multipart/form-data 发送一个文件，或者把文件作为请求的正文。"
                .into(),
        )
    };
    let mut form = Multipart::from_request(request, &visitor.app)
        .await
        .map_err(|_| bad())?;
    while let Some(field) = form.next_field().await.map_err(extract::unreadable)? {
        if let Some(name) = field.file_name().map(str::to_owned) {
            let bytes = field.bytes().await.map_err(extract::unreadable)?;
            return Ok((name, bytes));
        }
    }
    Err(bad())
}

/// The contract of `gongkai check --format json`.
pub(super) fn answer(reading: &Reading, checkup: &Checkup) -> Value {
    let report = &reading.report;
    json!({
        "reports": [{
            "source": report.source,
            "title": report.title,
            "unit": report.unit,
            "year": report.year,
            "edition": report.edition.key(),
            "findings": checkup.findings,
            "checked": checkup.checked,
        }],
        "summary": Tally::of(checkup),
    })
}
