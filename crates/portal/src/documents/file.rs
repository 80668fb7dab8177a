//! A file of a public document.

use crate::error::{PortalError, Result};
use crate::extract::Visitor;
use crate::urls;
use axum::body::Body;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::response::{IntoResponse, Response};
use store::attachments::{self, Attachment};

/// A file as an answer: always to be saved, never run on our pages.
pub(crate) fn answer(attachment: &Attachment, bytes: Vec<u8>) -> Response {
    let mut response = Body::from(bytes).into_response();
    let name = format!(
        "attachment; filename*=UTF-8''{}",
        urls::encode(&attachment.name)
    );
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(&attachment.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_TYPE, kind);
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    // It may be withdrawn at any moment.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

pub(super) async fn send(visitor: Visitor, Path(id): Path<String>) -> Result {
    let found = attachments::find_public(visitor.store(), &id).await?;
    let (attachment, bytes) = found.ok_or(PortalError::NotFound)?;
    Ok(answer(&attachment, bytes))
}
