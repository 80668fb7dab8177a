//! The public API: what the public side shows, as JSON. Everything goes through the same functions
//! as the pages, so that nothing can be read here that is not on the site.

mod documents;
mod openapi;
mod reports;
mod units;

pub use openapi::openapi;

use crate::app::App;
use crate::error::{PortalError, Result};
use crate::pick::Asked;
use axum::routing::get;
use axum::{Json, Router};

/// The addresses of the API.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/openapi.json", get(async || Json(openapi())))
        .route("/api/v1/units", get(units::list))
        .route("/api/v1/units/{id}", get(units::one))
        .route("/api/v1/documents", get(documents::list))
        .route("/api/v1/documents/{id}", get(documents::one))
        .route("/api/v1/reports", get(reports::list))
        .route("/api/v1/reports/{unit}/{year}", get(reports::one))
}

/// A parameter that is a whole number within bounds; `usual` where it is not given.
fn number(asked: &Asked, name: &str, bounds: (u32, u32), usual: u32) -> Result<u32> {
    let text = asked.text(name);
    if text.is_empty() {
        return Ok(usual);
    }
    let (least, most) = bounds;
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            PortalError::Bad(format!(
                "参数 {name} 的值“{text}”不对，应为 {least} 到 {most} 的整数。"
            ))
        })
}

/// The year of a parameter; none where it is not given.
fn year(asked: &Asked) -> Result<Option<i16>> {
    let text = asked.text("year");
    if text.is_empty() {
        return Ok(None);
    }
    crate::pick::year(text).map(Some).ok_or_else(|| {
        PortalError::Bad(format!(
            "参数 year 的值“{text}”不对，应为 1949 到 2200 的年份。"
        ))
    })
}
