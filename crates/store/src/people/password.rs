//! Changing one's own password.

use super::sign_in::{count_try, lock};
use super::{BY_ACCOUNT, END_SESSIONS, SET_PASSWORD, find};
use crate::args;
use crate::{Done, Result, Store, StoreError};
use office::Reason;
use office::people::{self, AccountState, FAILURES_BEFORE_LOCK};
use office::permissions::Actor;
use serde_json::json;

const STATE: &str = "SELECT state FROM person WHERE site = $1 AND id = $2";

fn locked() -> StoreError {
    Reason::at(
        "old",
        "account-locked",
        "原密码多次不对，账号已锁定 15 分钟，期间不能修改密码，也不能登录；请稍后再试。",
    )
    .into()
}

/// Changes one's own password; ends every session of the person.
///
/// # Errors
/// A wrong old password, which counts like a failed sign-in and locks the account after five; a new
/// one that is too weak.
pub async fn change_password(store: &Store, actor: &Actor, old: &str, new: &str) -> Result<()> {
    let person = find(store, &actor.id)
        .await?
        .ok_or_else(|| StoreError::not_found("person", &actor.id))?;
    let row = store
        .db
        .one(BY_ACCOUNT, args![store.site(), person.account.as_str()])
        .await?;
    let (hash, locked_until) = match &row {
        Some(row) => (row.text_opt(2)?, row.int_opt(4)?),
        None => (None, None),
    };
    if locked_until.is_some_and(|until| until > store.now_ms()) {
        return Err(locked());
    }
    let reasons = people::check_password(new, &person.account);
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    // An open session is no place to guess the password without end: each try counts as one at the
    // sign-in does.
    let tries = count_try(store, &actor.id).await?;
    if tries > FAILURES_BEFORE_LOCK {
        lock(store, &actor.id).await?;
        return Err(locked());
    }
    if !store.keys.verify_password(old, hash.as_deref()).await? {
        if tries >= FAILURES_BEFORE_LOCK {
            lock(store, &actor.id).await?;
            return Err(locked());
        }
        return Err(StoreError::NotAllowed(vec![Reason::at(
            "old",
            "old-wrong",
            "原密码不对，请重填。",
        )]));
    }
    let hash = store.keys.hash_password(new).await?;
    let mut tx = store.begin(actor).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    // Sent on leave or gone meanwhile: a new password must not bring the account back.
    let state = tx
        .one(STATE, args![site.as_str(), actor.id.as_str()])
        .await?;
    if state.map_or(Ok(String::new()), |row| row.text(0))? != AccountState::Active.key() {
        return Err(StoreError::refused(
            "not-active",
            "账号已不在岗，不能修改密码；请联系系统管理员。",
        ));
    }
    tx.execute(
        SET_PASSWORD,
        args![
            site.as_str(),
            actor.id.as_str(),
            hash,
            AccountState::Active.key(),
            seq
        ],
    )
    .await?;
    tx.execute(END_SESSIONS, args![site.as_str(), actor.id.as_str()])
        .await?;
    tx.commit(Done::new("person.password", "person", &actor.id, json!({})))
        .await?;
    Ok(())
}
