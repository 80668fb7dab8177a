//! Requests: filed and tracked by the public, handled in the office.

mod form;
pub(crate) mod office;
mod track;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/requests/new", get(form::show).post(form::submit))
        .route("/requests/track", get(track::show).post(track::look_up))
        .merge(office::routes())
}
