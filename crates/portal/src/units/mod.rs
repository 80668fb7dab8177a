//! Units: the public list, and the page of each with its four parts.

mod list;
mod office;
mod page;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/units", get(list::show))
        .route("/units/{id}", get(page::show))
        .merge(office::routes())
}
