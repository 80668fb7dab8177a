//! The checker: anybody gives a report and is told what in it does not agree; the office asks the
//! same of a report that it compiles. Nothing of what is given is kept: no record, no file, no word
//! of it in the log.

mod api;
mod download;
mod examine;
mod form;
mod office;
mod outcome;
mod rules;

pub(crate) use examine::Checker;

use crate::app::App;
use crate::urls;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The addresses of this room.
pub fn routes() -> Router<App> {
    // Uploads have limits of their own.
    let form = post(form::check).layer(DefaultBodyLimit::disable());
    let api = post(api::check).layer(DefaultBodyLimit::disable());
    Router::new()
        .route(urls::CHECK, get(form::show).merge(form))
        .route("/api/v1/check", api)
        .route(urls::CHECK_RULES, get(rules::list))
        .route("/check/rules/{name}", get(rules::one))
        .route("/office/reports/check", get(office::page))
}
