//! Annual reports: compiled from counted figures in the office, published with a hash, read by
//! everybody.

mod download;
mod list;
pub mod office_compile;
pub mod order;
mod public_report;
mod publish;
pub mod sheet;

use crate::app::App;
use axum::Router;
use axum::routing::get;

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/office/reports", get(office_compile::page))
        .route("/office/reports/{file}", get(download::compiled))
        .route(
            "/office/reports/publish",
            get(publish::confirm).post(publish::publish),
        )
        .route("/reports", get(list::published))
        .route("/reports/{unit}/{year}", get(public_report::page))
        .route("/reports/{unit}/{year}/{file}", get(download::published))
}
