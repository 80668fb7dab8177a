//! Signing in and out, and the lock after failures.

use super::{BY_ACCOUNT, find};
use crate::args;
use crate::{Done, Result, Store, StoreError};
use office::people::{AccountState, FAILURES_BEFORE_LOCK, LOCK_MS, Person};
use office::permissions::Actor;
use serde_json::json;

const COUNT_TRY: &str =
    "UPDATE person SET failures = failures + 1 WHERE site = $1 AND id = $2 RETURNING failures";
const LOCK: &str =
    "UPDATE person SET failures = 0, locked_until = $3, seq = $4 WHERE site = $1 AND id = $2";
const CLEAR_FAILURES: &str =
    "UPDATE person SET failures = 0, locked_until = NULL WHERE site = $1 AND id = $2";

/// How a sign-in went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// The person is who they say.
    Welcome(Person),
    /// Account or password is wrong, or the account cannot be used; which is not told.
    Refused,
    /// Too many failures; until when, in milliseconds.
    Locked(i64),
}

/// Checks account and password; five failures lock the account for a quarter of an hour.
pub async fn sign_in(store: &Store, account: &str, password: &str) -> Result<SignIn> {
    let row = store
        .db
        .one(BY_ACCOUNT, args![store.site(), account])
        .await?;
    let Some(row) = row else {
        // The same work as for an account that exists, so that time tells nothing.
        store.keys.verify_password(password, None).await?;
        return Ok(SignIn::Refused);
    };
    let id = row.text(0)?;
    let usable = row.text(1)? == AccountState::Active.key();
    let hash = row.text_opt(2)?;
    if let Some(until) = row.int_opt(4)?.filter(|until| *until > store.now_ms()) {
        return Ok(SignIn::Locked(until));
    }
    // Counted before the password is looked at: tries that run side by side count too. A count is
    // no record: it stands outside the journal, like an attempt.
    let tries = count_try(store, &id).await?;
    if tries > FAILURES_BEFORE_LOCK {
        return lock(store, &id).await;
    }
    let right = store
        .keys
        .verify_password(password, hash.as_deref().filter(|_| usable))
        .await?;
    if right {
        let person = find(store, &id)
            .await?
            .ok_or_else(|| StoreError::not_found("person", &id))?;
        let actor = Actor {
            id: id.clone(),
            name: person.name.clone(),
            grants: Vec::new(),
        };
        let mut tx = store.begin(&actor).await?;
        let site = tx.site().to_owned();
        tx.execute(CLEAR_FAILURES, args![site.as_str(), id.as_str()])
            .await?;
        tx.commit(Done::new("person.sign-in", "person", &id, json!({})))
            .await?;
        return Ok(SignIn::Welcome(person));
    }
    if tries >= FAILURES_BEFORE_LOCK {
        return lock(store, &id).await;
    }
    Ok(SignIn::Refused)
}

/// Counts one try with a password; how many there were since the last right one.
pub(super) async fn count_try(store: &Store, id: &str) -> Result<i64> {
    let tried = store
        .db
        .execute_returning(COUNT_TRY, args![store.site(), id])
        .await?;
    tried.first().map_or(Ok(1), |row| row.int(0))
}

pub(super) async fn lock(store: &Store, id: &str) -> Result<SignIn> {
    let until = store.now_ms() + LOCK_MS;
    let mut tx = store.begin(&Actor::public()).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    tx.execute(LOCK, args![site.as_str(), id, until, seq])
        .await?;
    tx.commit(Done::new(
        "person.lock",
        "person",
        id,
        json!({"until": until}),
    ))
    .await?;
    Ok(SignIn::Locked(until))
}

/// Ends the session of this token: signing out.
pub async fn sign_out(store: &Store, actor: &Actor, token: &str) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    tx.end_session(token).await?;
    tx.commit(Done::new("person.sign-out", "person", &actor.id, json!({})))
        .await?;
    Ok(())
}
