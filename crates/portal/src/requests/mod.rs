//! Requests: filed and tracked by the public, handled in the office.

pub(crate) mod office;

use crate::app::App;
use axum::Router;

pub(crate) fn routes() -> Router<App> {
    Router::new().merge(office::routes())
}
