//! Units: the public list, and the page of each with its four parts.

mod list;
mod office;
mod page;
mod settings;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/units", get(list::show))
        .route("/units/{id}", get(page::show))
        .route(
            crate::urls::OFFICE_SETTINGS,
            get(settings::form).post(settings::save),
        )
        .merge(office::routes())
}
