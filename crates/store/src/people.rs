//! People: invitation, first sign-in, sign-in and lock, roles, leave and handover.

use crate::args;
use crate::db::Row;
use crate::{Done, Result, Store, StoreError, Tx, keys, units};
use office::Reason;
use office::people::{
    self, AccountState, FAILURES_BEFORE_LOCK, Grant, INVITATION_MS, LOCK_MS, Person, Role,
};
use office::permissions::{Action, Actor};
use serde_json::json;
use std::collections::{HashMap, HashSet};

const BY_ID: &str = "SELECT id, account, name, unit, state, stand_in, seq FROM person \
    WHERE site = $1 AND id = $2";
const ALL: &str = "SELECT id, account, name, unit, state, stand_in, seq FROM person \
    WHERE site = $1 ORDER BY unit, account";
const BY_ACCOUNT: &str = "SELECT id, state, password, failures, locked_until FROM person \
    WHERE site = $1 AND account = $2";
const BY_INVITATION: &str = "SELECT id, account, invitation_until, state FROM person \
    WHERE site = $1 AND invitation = $2";
const ACCOUNT_TAKEN: &str = "SELECT id FROM person WHERE site = $1 AND account = $2";
const GRANTS: &str =
    "SELECT role, unit FROM role_grant WHERE site = $1 AND person = $2 ORDER BY role, unit";
const ALL_GRANTS: &str =
    "SELECT role, unit, person FROM role_grant WHERE site = $1 ORDER BY person, role, unit";
const GRANTS_STOOD_IN: &str = "SELECT g.role, g.unit FROM role_grant g JOIN person p \
    ON p.site = g.site AND p.id = g.person WHERE g.site = $1 AND p.stand_in = $2 \
    AND p.state = 'on-leave' ORDER BY g.role, g.unit";
const INSERT: &str = "INSERT INTO person (site, id, account, name, unit, state, password, invitation, \
    invitation_until, failures, locked_until, stand_in, seq) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, NULL, NULL, $10)";
const INSERT_GRANT: &str =
    "INSERT INTO role_grant (site, person, role, unit) VALUES ($1, $2, $3, $4)";
const CLEAR_GRANTS: &str = "DELETE FROM role_grant WHERE site = $1 AND person = $2";
const SET_PASSWORD: &str = "UPDATE person SET password = $3, state = $4, invitation = NULL, \
    invitation_until = NULL, failures = 0, locked_until = NULL, seq = $5 WHERE site = $1 AND id = $2";
const SET_INVITATION: &str = "UPDATE person SET password = NULL, state = 'invited', invitation = $3, \
    invitation_until = $4, failures = 0, locked_until = NULL, seq = $5 WHERE site = $1 AND id = $2";
const SET_STATE: &str =
    "UPDATE person SET state = $3, stand_in = $4, seq = $5 WHERE site = $1 AND id = $2";
const COUNT_TRY: &str =
    "UPDATE person SET failures = failures + 1 WHERE site = $1 AND id = $2 RETURNING failures";
const LOCK: &str =
    "UPDATE person SET failures = 0, locked_until = $3, seq = $4 WHERE site = $1 AND id = $2";
const CLEAR_FAILURES: &str =
    "UPDATE person SET failures = 0, locked_until = NULL WHERE site = $1 AND id = $2";
const HAND_DRAFTS: &str = "UPDATE document SET drafter = $3, seq = $4 WHERE site = $1 AND drafter = $2 \
    AND status IN ('draft', 'in-review', 'in-secrecy-review', 'awaiting-approval')";
const HAND_REQUESTS: &str = "UPDATE request SET handler = $3, seq = $4 WHERE site = $1 AND handler = $2 \
    AND closed_on IS NULL";
const FORGET: &str = "UPDATE person SET password = NULL, invitation = NULL, \
    invitation_until = NULL WHERE site = $1 AND id = $2";
const STANDS_IN: &str =
    "SELECT name FROM person WHERE site = $1 AND stand_in = $2 AND state = 'on-leave' ORDER BY id";
const OPEN_DRAFT_UNITS: &str = "SELECT DISTINCT unit FROM document WHERE site = $1 AND drafter = $2 \
    AND status IN ('draft', 'in-review', 'in-secrecy-review', 'awaiting-approval')";
const OPEN_REQUEST_UNITS: &str = "SELECT DISTINCT unit FROM request WHERE site = $1 AND handler = $2 \
    AND closed_on IS NULL";
const STATE: &str = "SELECT state FROM person WHERE site = $1 AND id = $2";
const END_SESSIONS: &str = "DELETE FROM session WHERE site = $1 AND person = $2";

fn read(row: &Row) -> Result<Person> {
    let id = row.text(0)?;
    Ok(Person {
        account: row.text(1)?,
        name: row.text(2)?,
        unit: row.text(3)?,
        state: AccountState::from_key(&row.text(4)?)
            .ok_or_else(|| StoreError::inconsistent("person", "state", &id))?,
        stand_in: row.text_opt(5)?,
        seq: row.int(6)?,
        id,
    })
}

fn read_grant(row: &Row) -> Result<Grant> {
    let role = row.text(0)?;
    Ok(Grant {
        role: Role::from_key(&role)
            .ok_or_else(|| StoreError::inconsistent("role_grant", "role", &role))?,
        unit: row.text(1)?,
    })
}

/// The person of this id.
pub async fn find(store: &Store, id: &str) -> Result<Option<Person>> {
    store
        .db
        .one(BY_ID, args![store.site(), id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Roles a person holds in their own right.
pub async fn grants(store: &Store, id: &str) -> Result<Vec<Grant>> {
    store
        .db
        .all(GRANTS, args![store.site(), id])
        .await?
        .iter()
        .map(read_grant)
        .collect()
}

async fn all_grants(store: &Store) -> Result<HashMap<String, Vec<Grant>>> {
    let mut held: HashMap<String, Vec<Grant>> = HashMap::new();
    for row in &store.db.all(ALL_GRANTS, args![store.site()]).await? {
        held.entry(row.text(2)?).or_default().push(read_grant(row)?);
    }
    Ok(held)
}

/// Everybody in the parts of the tree that the actor may see.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<(Person, Vec<Grant>)>> {
    let mut seen = HashSet::new();
    for head in actor.scope(Action::PersonRead) {
        seen.extend(units::below(store, &head).await?);
    }
    let mut held = all_grants(store).await?;
    let mut people = Vec::new();
    for row in &store.db.all(ALL, args![store.site()]).await? {
        let person = read(row)?;
        if seen.contains(&person.unit) {
            let grants = held.remove(&person.id).unwrap_or_default();
            people.push((person, grants));
        }
    }
    Ok(people)
}

/// Everybody in office whose own roles allow this in a unit, given the unit and everything above
/// it: whom work can be given to.
pub async fn able(store: &Store, action: Action, lineage: &[String]) -> Result<Vec<Person>> {
    let mut held = all_grants(store).await?;
    let mut able = Vec::new();
    for row in &store.db.all(ALL, args![store.site()]).await? {
        let person = read(row)?;
        if person.state != AccountState::Active {
            continue;
        }
        let actor = Actor {
            id: person.id.clone(),
            name: person.name.clone(),
            grants: held.remove(&person.id).unwrap_or_default(),
        };
        if actor.can(action, lineage) {
            able.push(person);
        }
    }
    Ok(able)
}

/// The person as one who acts: own roles, and those of everybody on leave whom they stand in for.
pub async fn actor(store: &Store, id: &str) -> Result<Option<Actor>> {
    let Some(person) = find(store, id).await? else {
        return Ok(None);
    };
    if person.state != AccountState::Active {
        return Ok(None);
    }
    let mut held = grants(store, id).await?;
    let rows = store
        .db
        .all(GRANTS_STOOD_IN, args![store.site(), id])
        .await?;
    held.extend(rows.iter().map(read_grant).collect::<Result<Vec<_>>>()?);
    Ok(Some(Actor {
        id: person.id,
        name: person.name,
        grants: held,
    }))
}

pub(crate) async fn actor_in(tx: &mut Tx, id: &str) -> Result<Actor> {
    let site = tx.site().to_owned();
    let row = tx.one(BY_ID, args![site.as_str(), id]).await?;
    let person = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("person", id))?;
    if person.state != AccountState::Active {
        return Err(StoreError::refused(
            "person-away",
            format!(
                "{}现在是“{}”，请选在岗的人员。",
                person.name,
                person.state.label()
            ),
        ));
    }
    let rows = tx.all(GRANTS, args![site.as_str(), id]).await?;
    Ok(Actor {
        id: person.id,
        name: person.name,
        grants: rows.iter().map(read_grant).collect::<Result<_>>()?,
    })
}

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
    let tried = store
        .db
        .execute_returning(COUNT_TRY, args![store.site(), id.as_str()])
        .await?;
    let tries = tried.first().map_or(Ok(1), |row| row.int(0))?;
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

async fn lock(store: &Store, id: &str) -> Result<SignIn> {
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

async fn authorize_grants(tx: &mut Tx, actor: &Actor, unit: &str, grants: &[Grant]) -> Result<()> {
    if actor.id == "operator" {
        return Ok(());
    }
    units::authorize(tx, actor, Action::PersonManage, unit).await?;
    for grant in grants {
        units::authorize(tx, actor, Action::PersonManage, &grant.unit).await?;
    }
    Ok(())
}

fn grants_json(unit: &str, grants: &[Grant]) -> serde_json::Value {
    json!({"unit": unit, "roles": grants.iter().map(|g| format!("{}@{}", g.role.key(), g.unit)).collect::<Vec<_>>()})
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

async fn manage(tx: &mut Tx, actor: &Actor, id: &str) -> Result<Person> {
    let site = tx.site().to_owned();
    let row = tx.one(BY_ID, args![site.as_str(), id]).await?;
    let person = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("person", id))?;
    // Whoever holds a role beyond the manager's reach is beyond it too: a new password or a stand-in
    // would hand that role on.
    let rows = tx.all(GRANTS, args![site.as_str(), id]).await?;
    let held = rows.iter().map(read_grant).collect::<Result<Vec<_>>>()?;
    authorize_grants(tx, actor, &person.unit, &held).await?;
    Ok(person)
}

/// Changes one's own password; ends every session of the person.
pub async fn change_password(store: &Store, actor: &Actor, old: &str, new: &str) -> Result<()> {
    let person = find(store, &actor.id)
        .await?
        .ok_or_else(|| StoreError::not_found("person", &actor.id))?;
    let row = store
        .db
        .one(BY_ACCOUNT, args![store.site(), person.account.as_str()])
        .await?;
    let hash = row.map_or(Ok(None), |row| row.text_opt(2))?;
    if !store.keys.verify_password(old, hash.as_deref()).await? {
        return Err(StoreError::NotAllowed(vec![Reason::at(
            "old",
            "old-wrong",
            "原密码不对，请重填。",
        )]));
    }
    let reasons = people::check_password(new, &person.account);
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
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

/// Sets the roles of a person.
pub async fn set_roles(store: &Store, actor: &Actor, id: &str, grants: &[Grant]) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let person = manage(&mut tx, actor, id).await?;
    authorize_grants(&mut tx, actor, &person.unit, grants).await?;
    let site = tx.site().to_owned();
    tx.execute(CLEAR_GRANTS, args![site.as_str(), id]).await?;
    for grant in grants {
        tx.execute(
            INSERT_GRANT,
            args![site.as_str(), id, grant.role.key(), grant.unit.as_str()],
        )
        .await?;
    }
    tx.commit(Done::new(
        "person.roles",
        "person",
        id,
        grants_json(&person.unit, grants),
    ))
    .await?;
    Ok(())
}

/// Sends a person on leave; somebody in office stands in and holds the roles meanwhile.
pub async fn leave(store: &Store, actor: &Actor, id: &str, stand_in: &str) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let person = manage(&mut tx, actor, id).await?;
    if stand_in == id {
        return Err(StoreError::refused(
            "stand-in-self",
            "代办人不能是本人，请另选一位在岗的同事。",
        ));
    }
    if person.state != AccountState::Active {
        return Err(StoreError::refused(
            "not-active",
            format!(
                "{}现在是“{}”，不能办理休假。",
                person.name,
                person.state.label()
            ),
        ));
    }
    stands_in_for_nobody(&mut tx, &person).await?;
    actor_in(&mut tx, stand_in).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    tx.execute(
        SET_STATE,
        args![
            site.as_str(),
            id,
            AccountState::OnLeave.key(),
            stand_in,
            seq
        ],
    )
    .await?;
    tx.execute(END_SESSIONS, args![site.as_str(), id]).await?;
    tx.commit(Done::new(
        "person.leave",
        "person",
        id,
        json!({"stand_in": stand_in}),
    ))
    .await?;
    Ok(())
}

/// Brings a person back from leave.
pub async fn come_back(store: &Store, actor: &Actor, id: &str) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let person = manage(&mut tx, actor, id).await?;
    if person.state != AccountState::OnLeave {
        return Err(StoreError::refused(
            "not-on-leave",
            format!("{}没有在休假。", person.name),
        ));
    }
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    tx.execute(
        SET_STATE,
        args![
            site.as_str(),
            id,
            AccountState::Active.key(),
            None::<String>,
            seq
        ],
    )
    .await?;
    tx.commit(Done::new("person.return", "person", id, json!({})))
        .await?;
    Ok(())
}

/// Refuses when colleagues on leave rely on this person: their work would lie.
async fn stands_in_for_nobody(tx: &mut Tx, person: &Person) -> Result<()> {
    let site = tx.site().to_owned();
    let rows = tx
        .all(STANDS_IN, args![site.as_str(), person.id.as_str()])
        .await?;
    let names = rows
        .iter()
        .map(|row| row.text(0))
        .collect::<Result<Vec<_>>>()?;
    if names.is_empty() {
        return Ok(());
    }
    Err(StoreError::refused(
        "stands-in",
        format!(
            "{}正在代办 {} 的工作，请先为他们销假或另定代办人。",
            person.name,
            names.join("、")
        ),
    ))
}

/// Refuses when the taker holds no role for the work that is handed over.
async fn able_to_take(tx: &mut Tx, from: &str, taker: &Actor) -> Result<()> {
    let site = tx.site().to_owned();
    for (sql, action) in [
        (OPEN_DRAFT_UNITS, Action::DocumentDraft),
        (OPEN_REQUEST_UNITS, Action::RequestHandle),
    ] {
        for row in tx.all(sql, args![site.as_str(), from]).await? {
            let unit = row.text(0)?;
            match units::authorize(tx, taker, action, &unit).await {
                Err(StoreError::Forbidden(action)) => {
                    return Err(StoreError::refused(
                        "taker-without-role",
                        format!(
                            "{}在单位“{unit}”没有“{}”的权限，接不了手上的工作；请另选接手人，或先给他角色。",
                            taker.name,
                            action.label()
                        ),
                    ));
                }
                other => other?,
            }
        }
    }
    Ok(())
}

/// A person leaves for good: open drafts and requests go to another, sessions end, roles go.
pub async fn hand_over(store: &Store, actor: &Actor, id: &str, to: &str) -> Result<(u64, u64)> {
    let mut tx = store.begin(actor).await?;
    let person = manage(&mut tx, actor, id).await?;
    if to == id {
        return Err(StoreError::refused(
            "taker-self",
            "接手人不能是本人，请另选一位在岗的同事。",
        ));
    }
    if person.state == AccountState::Left {
        return Err(StoreError::refused(
            "person-left",
            format!("{}已经离岗。", person.name),
        ));
    }
    stands_in_for_nobody(&mut tx, &person).await?;
    let taker = actor_in(&mut tx, to).await?;
    able_to_take(&mut tx, id, &taker).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let drafts = tx
        .execute(HAND_DRAFTS, args![site.as_str(), id, to, seq])
        .await?;
    let requests = tx
        .execute(HAND_REQUESTS, args![site.as_str(), id, to, seq])
        .await?;
    tx.execute(
        SET_STATE,
        args![
            site.as_str(),
            id,
            AccountState::Left.key(),
            None::<String>,
            seq
        ],
    )
    .await?;
    // Neither the password nor a code not yet used opens the account again.
    tx.execute(FORGET, args![site.as_str(), id]).await?;
    tx.execute(CLEAR_GRANTS, args![site.as_str(), id]).await?;
    tx.execute(END_SESSIONS, args![site.as_str(), id]).await?;
    tx.commit(Done::new(
        "person.handover",
        "person",
        id,
        json!({"to": to, "documents": drafts, "requests": requests}),
    ))
    .await?;
    Ok((drafts, requests))
}
