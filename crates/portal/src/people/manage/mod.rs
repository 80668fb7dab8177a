//! People of a part of the tree: inviting them, their roles, leave, a lost password, handing over.

mod detail;
mod handover;
mod invite;
mod leave;
mod list;
mod reset;
mod roles;

use crate::app::App;
use crate::error::Result;
use axum::Router;
use axum::routing::{get, post};
use office::people::{AccountState, Person};

/// The addresses of managing people.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/office/people", get(list::page))
        .route("/office/people/new", get(invite::form).post(invite::invite))
        .route("/office/people/{person}", get(detail::page))
        .route("/office/people/{person}/roles", post(roles::set))
        .route("/office/people/{person}/leave", post(leave::leave))
        .route("/office/people/{person}/return", post(leave::come_back))
        .route("/office/people/{person}/reset", post(reset::reset))
        .route(
            "/office/people/{person}/handover",
            post(handover::hand_over),
        )
}

/// The state of an account in words. One who was at work already and whose password was taken away
/// is no newcomer: a new password is waited for.
async fn state_words(store: &store::Store, person: &Person) -> Result<&'static str> {
    if person.state != AccountState::Invited {
        return Ok(person.state.label());
    }
    let entries = store.journal_of("person", &person.id).await?;
    let known = entries.iter().any(|entry| entry.action == "person.reset");
    Ok(if known {
        "待设新密码"
    } else {
        person.state.label()
    })
}

/// The mark of an account's state.
fn mark(state: AccountState) -> &'static str {
    match state {
        AccountState::Invited => "draft",
        AccountState::Active => "ok",
        AccountState::OnLeave => "half",
        AccountState::Left => "stop",
    }
}
