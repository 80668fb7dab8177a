//! Documents in the back office: the list, drafting, files, and the way to publication.

mod act;
mod files;
mod form;
mod list;
mod page;
mod repeal;

use crate::app::App;
use axum::Router;
use office::documents::Status;

/// The addresses of documents in the back office.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(list::routes())
        .merge(form::routes())
        .merge(page::routes())
        .merge(files::routes())
        .merge(act::routes())
        .merge(repeal::routes())
}

/// The mark of a state; see `templates/components/marks.html`.
pub fn mark(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::InReview | Status::InSecrecyReview | Status::AwaitingApproval => "half",
        Status::Published => "ok",
        Status::Filed => "lock",
        Status::Withdrawn => "stop",
    }
}
