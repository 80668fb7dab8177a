//! People: invitation, first sign-in, sign-in and lock, roles, leave and handover.

mod enter;
mod leave;
mod password;
mod sign_in;

use crate::args;
use crate::db::Row;
use crate::{Done, Result, Store, StoreError, Tx, units};
pub use enter::{Invitation, enroll, enter, invite, reset};
pub use leave::{come_back, hand_over, leave, takers};
use office::people::{AccountState, Grant, Person, Role};
use office::permissions::{Action, Actor};
pub use password::change_password;
use serde_json::json;
pub use sign_in::{SignIn, sign_in, sign_out};
use std::collections::{HashMap, HashSet};

const BY_ID: &str = "SELECT id, account, name, unit, state, stand_in, seq FROM person \
    WHERE site = $1 AND id = $2";
const ALL: &str = "SELECT id, account, name, unit, state, stand_in, seq FROM person \
    WHERE site = $1 ORDER BY unit, account";
const BY_ACCOUNT: &str = "SELECT id, state, password, failures, locked_until FROM person \
    WHERE site = $1 AND account = $2";
const GRANTS: &str =
    "SELECT role, unit FROM role_grant WHERE site = $1 AND person = $2 ORDER BY role, unit";
const ALL_GRANTS: &str =
    "SELECT role, unit, person FROM role_grant WHERE site = $1 ORDER BY person, role, unit";
const GRANTS_STOOD_IN: &str = "SELECT g.role, g.unit FROM role_grant g JOIN person p \
    ON p.site = g.site AND p.id = g.person WHERE g.site = $1 AND p.stand_in = $2 \
    AND p.state = 'on-leave' ORDER BY g.role, g.unit";
const INSERT_GRANT: &str =
    "INSERT INTO role_grant (site, person, role, unit) VALUES ($1, $2, $3, $4)";
const CLEAR_GRANTS: &str = "DELETE FROM role_grant WHERE site = $1 AND person = $2";
const SET_PASSWORD: &str = "UPDATE person SET password = $3, state = $4, invitation = NULL, \
    invitation_until = NULL, failures = 0, locked_until = NULL, seq = $5 WHERE site = $1 AND id = $2";
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

async fn authorize_grants(tx: &mut Tx, actor: &Actor, unit: &str, grants: &[Grant]) -> Result<()> {
    units::authorize(tx, actor, Action::PersonManage, unit).await?;
    for grant in grants {
        units::authorize(tx, actor, Action::PersonManage, &grant.unit).await?;
    }
    Ok(())
}

fn grants_json(unit: &str, grants: &[Grant]) -> serde_json::Value {
    json!({"unit": unit, "roles": grants.iter().map(|g| format!("{}@{}", g.role.key(), g.unit)).collect::<Vec<_>>()})
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

pub(crate) async fn grants_in(tx: &mut Tx, id: &str) -> Result<Vec<Grant>> {
    let site = tx.site().to_owned();
    let rows = tx.all(GRANTS, args![site.as_str(), id]).await?;
    rows.iter().map(read_grant).collect()
}

/// Everybody in office.
pub(crate) async fn in_office(store: &Store) -> Result<Vec<Person>> {
    let rows = store.db.all(ALL, args![store.site()]).await?;
    let everybody = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(everybody
        .into_iter()
        .filter(|person| person.state == AccountState::Active)
        .collect())
}

/// Sets the roles of a person.
pub async fn set_roles(store: &Store, actor: &Actor, id: &str, grants: &[Grant]) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let person = manage(&mut tx, actor, id).await?;
    authorize_grants(&mut tx, actor, &person.unit, grants).await?;
    let mut lost = grants_in(&mut tx, id).await?;
    lost.retain(|grant| !grants.contains(grant));
    leave::keep_an_administrator(&mut tx, &person, &lost).await?;
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
