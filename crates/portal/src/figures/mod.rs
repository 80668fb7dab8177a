//! Figures: what each indicator means, and the records under a number.

mod counted;
mod index;
mod office_list;
mod public_list;

pub use index::FORMS;

use crate::app::App;
use axum::Router;
use axum::routing::get;

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/office/figures", get(index::index))
        .route(
            "/office/figures/{unit}/{year}/{*cell}",
            get(office_list::list),
        )
        .route(
            "/reports/{unit}/{year}/figures/{*cell}",
            get(public_list::list),
        )
}
