//! Units in the office: the tree, a new one, what a guide says.

mod add;
mod guide;
mod list;

use crate::app::App;
use axum::Router;
use axum::routing::get;

/// The addresses of units in the office.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/office/units", get(list::page))
        .route("/office/units/new", get(add::form).post(add::add))
        .route(
            "/office/units/{unit}/guide",
            get(guide::form).post(guide::save),
        )
}
