//! Invitation, first sign-in, and a code for a new password.

use super::{END_SESSIONS, INSERT_GRANT, SET_PASSWORD, authorize_grants, grants_json, manage};
use crate::args;
use crate::{Done, Result, Store, StoreError, Tx, keys};
use office::Reason;
use office::people::{self, AccountState, Grant, INVITATION_MS};
use office::permissions::Actor;
use serde_json::json;

const BY_INVITATION: &str = "SELECT id, account, invitation_until, state FROM person \
    WHERE site = $1 AND invitation = $2";
const ACCOUNT_TAKEN: &str = "SELECT id FROM person WHERE site = $1 AND account = $2";
const INSERT: &str = "INSERT INTO person (site, id, account, name, unit, state, password, invitation, \
    invitation_until, failures, locked_until, stand_in, seq) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, NULL, NULL, $10)";
const SET_INVITATION: &str = "UPDATE person SET password = NULL, state = 'invited', invitation = $3, \
    invitation_until = $4, failures = 0, locked_until = NULL, seq = $5 WHERE site = $1 AND id = $2";

/// What is said of a new colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Account name.
    pub account: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Roles; each within the reach of the one who invites.
    pub grants: Vec<Grant>,
}

/// Invites a colleague: the code for the first sign-in, shown once and kept only as a hash.
pub async fn invite(
    store: &Store,
    actor: &Actor,
    invitation: &Invitation,
) -> Result<(String, String)> {
    let mut tx = store.begin(actor).await?;
    authorize_grants(&mut tx, actor, &invitation.unit, &invitation.grants).await?;
    let mut reasons = people::check_account(&invitation.account);
    if invitation.name.trim().is_empty() || invitation.name.chars().count() > 40 {
        reasons.push(Reason::at(
            "name",
            "name-malformed",
            "姓名应为 1 到 40 个字，请填写。",
        ));
    }
    let site = tx.site().to_owned();
    if tx
        .one(
            ACCOUNT_TAKEN,
            args![site.as_str(), invitation.account.as_str()],
        )
        .await?
        .is_some()
    {
        reasons.push(Reason::at(
            "account",
            "account-taken",
            format!("账号“{}”已经有人使用，请换一个。", invitation.account),
        ));
    }
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let id = format!("p-{}", keys::random_hex::<8>()?);
    let code = insert_invited(&mut tx, &id, invitation).await?;
    tx.commit(Done::new(
        "person.invite",
        "person",
        &id,
        grants_json(&invitation.unit, &invitation.grants),
    ))
    .await?;
    Ok((id, code))
}

async fn insert_invited(tx: &mut Tx, id: &str, invitation: &Invitation) -> Result<String> {
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let code = keys::random_code(4)?;
    let until = tx.now_ms() + INVITATION_MS;
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            id,
            invitation.account.as_str(),
            invitation.name.trim(),
            invitation.unit.as_str(),
            AccountState::Invited.key(),
            None::<String>,
            hash_code(&code),
            until,
            seq,
        ],
    )
    .await?;
    for grant in &invitation.grants {
        tx.execute(
            INSERT_GRANT,
            args![site.as_str(), id, grant.role.key(), grant.unit.as_str()],
        )
        .await?;
    }
    Ok(code)
}

fn hash_code(code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    keys::sha256_hex(plain.as_bytes())
}

/// Enrols people who can sign in at once, each with a password hash: for `init`, which makes the
/// first administrator, and for the demo, whose accounts are printed. Their ids, in order.
///
/// # Errors
/// An account that is taken.
pub async fn enroll(store: &Store, people: &[(Invitation, String)]) -> Result<Vec<String>> {
    let mut tx = store.begin(&Actor::operator()).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let mut ids = Vec::new();
    for (invitation, hash) in people {
        let id = format!("p-{}", keys::random_hex::<8>()?);
        insert_invited(&mut tx, &id, invitation).await?;
        let active = AccountState::Active.key();
        tx.execute(
            SET_PASSWORD,
            args![site.as_str(), id.as_str(), hash.as_str(), active, seq],
        )
        .await?;
        ids.push(id);
    }
    tx.commit(Done::new(
        "person.invite",
        "person",
        &ids.join(" "),
        json!({"count": ids.len()}),
    ))
    .await?;
    Ok(ids)
}

/// First sign-in, or after a reset: the code and a new password. The account, once done.
pub async fn enter(store: &Store, code: &str, password: &str) -> Result<String> {
    let refused = || {
        StoreError::NotAllowed(vec![Reason::at(
            "code",
            "code-refused",
            "首次登录码不对或已过期；请核对后重填，或请管理员重新发给。",
        )])
    };
    let row = store
        .db
        .one(BY_INVITATION, args![store.site(), hash_code(code)])
        .await?
        .ok_or_else(refused)?;
    let (id, account) = (row.text(0)?, row.text(1)?);
    if row.int_opt(2)?.is_none_or(|until| until < store.now_ms())
        || row.text(3)? != AccountState::Invited.key()
    {
        return Err(refused());
    }
    let reasons = people::check_password(password, &account);
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let hash = store.keys.hash_password(password).await?;
    let actor = Actor {
        id: id.clone(),
        name: String::new(),
        grants: Vec::new(),
    };
    let mut tx = store.begin(&actor).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    // Used meanwhile by another form: nothing is found and nothing happens.
    if tx
        .one(BY_INVITATION, args![site.as_str(), hash_code(code)])
        .await?
        .map_or(Ok(true), |row| {
            Ok::<_, StoreError>(row.text(3)? != AccountState::Invited.key())
        })?
    {
        return Err(refused());
    }
    tx.execute(
        SET_PASSWORD,
        args![
            site.as_str(),
            id.as_str(),
            hash,
            AccountState::Active.key(),
            seq
        ],
    )
    .await?;
    tx.commit(Done::new("person.enter", "person", &id, json!({})))
        .await?;
    Ok(account)
}

/// Takes a person's password away and gives a code for a new one; ends every session.
pub async fn reset(store: &Store, actor: &Actor, id: &str) -> Result<String> {
    let mut tx = store.begin(actor).await?;
    let person = manage(&mut tx, actor, id).await?;
    if person.state == AccountState::Left {
        return Err(StoreError::refused(
            "person-left",
            "这位人员已经离岗，不能重置密码。",
        ));
    }
    if person.state == AccountState::OnLeave {
        // A new password would end the leave, and with it the roles of the one who stands in.
        return Err(StoreError::refused(
            "person-on-leave",
            format!("{}正在休假，请先办理销假，再重置密码。", person.name),
        ));
    }
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let code = keys::random_code(4)?;
    let until = tx.now_ms() + INVITATION_MS;
    tx.execute(
        SET_INVITATION,
        args![site.as_str(), id, hash_code(&code), until, seq],
    )
    .await?;
    tx.execute(END_SESSIONS, args![site.as_str(), id]).await?;
    tx.commit(Done::new("person.reset", "person", id, json!({})))
        .await?;
    Ok(code)
}
