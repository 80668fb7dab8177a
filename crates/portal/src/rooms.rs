//! The router: every room, and the layers around them.

use crate::app::App;
use crate::{assets, error, expired, page_cache, scope, security};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// Longest time for an answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The portal as a service; tests ask it directly.
pub fn router(app: App) -> Router {
    let rooms = Router::new()
        .merge(assets::routes())
        .merge(crate::about::routes())
        .merge(crate::cases::routes())
        .merge(crate::check::routes())
        .merge(crate::documents::routes())
        .merge(crate::feeds::routes())
        .merge(crate::home::routes())
        .merge(crate::requests::routes())
        .merge(crate::search::routes())
        .merge(crate::units::routes())
        .merge(crate::calendar::routes())
        .merge(crate::journal::routes())
        .merge(crate::people::routes())
        .merge(crate::api::routes())
        .merge(crate::registers::routes())
        .merge(crate::figures::routes())
        .merge(crate::reports::routes())
        .merge(crate::supervision::routes())
        .merge(crate::work::routes());
    rooms
        .fallback(async || StatusCode::NOT_FOUND)
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            TIMEOUT,
        ))
        .layer(from_fn_with_state(app.clone(), expired::layer))
        .layer(axum::middleware::from_fn(security::limit))
        .layer(from_fn_with_state(app.clone(), error::layer))
        .layer(from_fn_with_state(app.clone(), scope::layer))
        .layer(from_fn_with_state(app.clone(), security::layer))
        .layer(from_fn_with_state(app.clone(), page_cache::layer))
        .with_state(app)
}

/// A programming error ends one request, not the program; what it says is for the log.
fn panicked(panic: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("panic");
    let error = store::StoreError::inconsistent("program", "panic", said);
    axum::response::IntoResponse::into_response(error::PortalError::Store(error))
}
