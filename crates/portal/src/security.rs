//! What every answer says to the browser, and how much of a request is taken.

use crate::app::App;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Longest address, in bytes.
pub(crate) const URL_LIMIT: usize = 4096;
/// Most header lines.
pub(crate) const HEADERS_LIMIT: usize = 64;
/// Longest head of a request, in bytes.
pub(crate) const HEAD_LIMIT: usize = 32 << 10;

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Puts the headers on an answer. One that comes out of the page cache has them already.
pub(crate) fn protect(response: &mut Response, secure: bool) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    if secure {
        headers.insert(
            HeaderName::from_static("strict-transport-security"),
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
}

/// Refuses an address that no page of ours has. Within the error pages, so that it gets one.
pub(crate) async fn limit(request: Request, next: Next) -> Response {
    let long = request
        .uri()
        .path_and_query()
        .is_some_and(|address| address.as_str().len() > URL_LIMIT);
    if long {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    // A NUL is no text, and PostgreSQL fails on it.
    let nul = request
        .uri()
        .path_and_query()
        .is_some_and(|address| address.as_str().contains("%00"));
    if nul {
        return StatusCode::BAD_REQUEST.into_response();
    }
    next.run(request).await
}

/// The layer around everything but the page cache.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let office = request.uri().path().starts_with("/office");
    let mut response = next.run(request).await;
    if office {
        // What somebody saw in the office stays in no cache on the way.
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    protect(&mut response, app.options().secure_cookies);
    response
}
