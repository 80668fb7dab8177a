//! Documents: the public list, the page and the files of each; the way to them in the office.

mod file;
pub mod item;
pub(crate) mod list;
pub(crate) mod office;
mod page;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/documents", get(list::show))
        .route("/documents/{id}", get(page::show))
        .route("/files/{id}", get(file::send))
        .merge(office::routes())
}
