//! Leave with a stand-in, and handing over for good.

use super::{CLEAR_GRANTS, END_SESSIONS, actor_in, manage};
use crate::args;
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::people::{AccountState, Grant, Person, Role};
use office::permissions::{Action, Actor};
use serde_json::json;

const SET_STATE: &str =
    "UPDATE person SET state = $3, stand_in = $4, seq = $5 WHERE site = $1 AND id = $2";
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

const OTHER_ADMINISTRATORS: &str = "SELECT COUNT(*) FROM role_grant g JOIN person p \
    ON p.site = g.site AND p.id = g.person WHERE g.site = $1 AND g.role = 'administrator' \
    AND g.unit = $2 AND p.id <> $3 AND p.state IN ('active', 'on-leave')";

/// Refuses to leave a head of the tree without an administrator: nobody could then invite people or
/// give roles there.
pub(super) async fn keep_an_administrator(
    tx: &mut Tx,
    person: &Person,
    lost: &[Grant],
) -> Result<()> {
    let site = tx.site().to_owned();
    for grant in lost.iter().filter(|it| it.role == Role::Administrator) {
        let unit = units::find_in(tx, &grant.unit).await?;
        let Some(head) = unit.filter(|unit| unit.parent.is_none()) else {
            continue;
        };
        let others = tx
            .one(
                OTHER_ADMINISTRATORS,
                args![site.as_str(), head.id.as_str(), person.id.as_str()],
            )
            .await?
            .map_or(Ok(0), |row| row.int(0))?;
        if others == 0 {
            return Err(StoreError::refused(
                "last-administrator",
                format!(
                    "{}是{}唯一的系统管理；请先给另一位在岗的同事系统管理角色，再办理。",
                    person.name, head.name
                ),
            ));
        }
    }
    Ok(())
}

/// Everybody in office who may take over a person's open drafts and requests: whom
/// [`hand_over`] takes as `to`.
///
/// # Errors
/// Those of the store.
pub async fn takers(store: &Store, id: &str) -> Result<Vec<Person>> {
    let mut takers: Option<Vec<Person>> = None;
    for (sql, action) in [
        (OPEN_DRAFT_UNITS, Action::DocumentDraft),
        (OPEN_REQUEST_UNITS, Action::RequestHandle),
    ] {
        for row in &store.db.all(sql, args![store.site(), id]).await? {
            let lineage = units::lineage(store, &row.text(0)?).await?;
            let able = super::able(store, action, &lineage).await?;
            takers = Some(match takers {
                None => able,
                Some(known) => known
                    .into_iter()
                    .filter(|person| able.contains(person))
                    .collect(),
            });
        }
    }
    let mut takers = match takers {
        Some(takers) => takers,
        // No open work: anybody in office.
        None => super::in_office(store).await?,
    };
    takers.retain(|person| person.id != id);
    Ok(takers)
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
    let held = super::grants_in(&mut tx, id).await?;
    keep_an_administrator(&mut tx, &person, &held).await?;
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
