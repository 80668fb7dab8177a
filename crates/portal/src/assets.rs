//! The stylesheet, the script and the seal, held in the program. Their address carries a stamp of
//! their content, so that a browser may keep them for good.

use crate::app::App;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, RawQuery};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;

const CSS: &[u8] = include_bytes!("../../../assets/gongkai.css");
const JS: &[u8] = include_bytes!("../../../assets/gongkai.js");
const SEAL: &[u8] = include_bytes!("../../../assets/seal.svg");

/// Stamp of the assets: changes when any of them does.
pub const VERSION: &str = {
    const HASH: u64 = fnv(fnv(fnv(0xcbf2_9ce4_8422_2325, CSS), JS), SEAL);
    const DIGITS: [u8; 16] = digits(HASH);
    match std::str::from_utf8(&DIGITS) {
        Ok(text) => text,
        Err(_) => "0",
    }
};

/// FNV-1a, which can run while compiling.
const fn fnv(mut hash: u64, mut bytes: &[u8]) -> u64 {
    while let [first, rest @ ..] = bytes {
        hash = (hash ^ *first as u64).wrapping_mul(0x0000_0100_0000_01b3);
        bytes = rest;
    }
    hash
}

const fn digits(hash: u64) -> [u8; 16] {
    let mut out = [0; 16];
    let mut at = 0;
    while at < 16 {
        let digit = ((hash >> (60 - 4 * at)) & 15) as u8;
        out[at] = if digit < 10 {
            b'0' + digit
        } else {
            b'a' + digit - 10
        };
        at += 1;
    }
    out
}

/// The stylesheet, for a page that is saved without us.
pub(crate) fn style() -> &'static str {
    std::str::from_utf8(CSS).unwrap_or_default()
}

fn find(name: &str) -> Option<(&'static [u8], &'static str)> {
    match name {
        "gongkai.css" => Some((CSS, "text/css; charset=utf-8")),
        "gongkai.js" => Some((JS, "text/javascript; charset=utf-8")),
        "seal.svg" => Some((SEAL, "image/svg+xml")),
        _ => None,
    }
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(asset))
}

async fn asset(
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some((bytes, kind)) = find(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{VERSION}\"");
    let stamped = query.as_deref().and_then(|q| q.strip_prefix("v=")) == Some(VERSION);
    let keep = if stamped {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    let known = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Body::from(Bytes::from_static(bytes)).into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}
