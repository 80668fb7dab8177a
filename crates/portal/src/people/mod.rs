//! People: signing in and out, the first sign-in, one's own password, and managing colleagues.

mod enter;
mod manage;
mod password;
mod sign_in;

use crate::app::App;
use axum::Router;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(enter::routes())
        .merge(password::routes())
        .merge(manage::routes())
}
