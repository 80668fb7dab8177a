//! Units: the tree of public bodies.

use crate::args;
use crate::db::{Connection, Row};
use crate::{Done, Result, Store, StoreError, Tx};
use office::permissions::{Action, Actor};
use office::units::{Guide, Unit, UnitKind};
use serde_json::json;

const HEADS: &str = "SELECT id FROM unit WHERE site = $1 AND parent IS NULL ORDER BY id";
const ALL: &str = "SELECT id, name, kind, parent, code, guide, position, seq FROM unit \
                   WHERE site = $1 ORDER BY position, id";
const BY_ID: &str = "SELECT id, name, kind, parent, code, guide, position, seq FROM unit \
                     WHERE site = $1 AND id = $2";
const BY_NAME: &str = "SELECT id, name, kind, parent, code, guide, position, seq FROM unit \
                       WHERE site = $1 AND name = $2 ORDER BY id";
const LINEAGE: &str = "SELECT ancestor FROM unit_above WHERE site = $1 AND unit = $2";
const BELOW: &str = "SELECT unit FROM unit_above WHERE site = $1 AND ancestor = $2";
const INSERT: &str = "INSERT INTO unit (site, id, name, kind, parent, code, guide, position, seq) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const UPDATE: &str = "UPDATE unit SET name = $3, kind = $4, parent = $5, code = $6, guide = $7, \
                      position = $8, seq = $9 WHERE site = $1 AND id = $2";
const INSERT_ABOVE: &str = "INSERT INTO unit_above (site, unit, ancestor) VALUES ($1, $2, $3)";
const INHERIT_ABOVE: &str = "INSERT INTO unit_above (site, unit, ancestor) \
                             SELECT site, $2, ancestor FROM unit_above WHERE site = $1 AND unit = $3";

fn read(row: &Row) -> Result<Unit> {
    let kind = row.text(2)?;
    let id = row.text(0)?;
    Ok(Unit {
        kind: UnitKind::from_key(&kind)
            .ok_or_else(|| StoreError::inconsistent("unit", "kind", &id))?,
        name: row.text(1)?,
        parent: row.text_opt(3)?,
        code: row.text_opt(4)?,
        guide: serde_json::from_str(&row.text(5)?)
            .map_err(|_| StoreError::inconsistent("unit", "guide", &id))?,
        position: row.int(6)?,
        seq: row.int(7)?,
        id,
    })
}

/// Every unit of the site, in the order of the tree's positions.
pub async fn all(store: &Store) -> Result<Vec<Unit>> {
    store
        .db
        .all(ALL, args![store.site()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// [`all`] as a held state of the database has it.
pub(crate) async fn all_in(held: &mut Connection, site: &str) -> Result<Vec<Unit>> {
    held.all(ALL, args![site]).await?.iter().map(read).collect()
}

/// The unit of this id.
pub async fn find(store: &Store, id: &str) -> Result<Option<Unit>> {
    store
        .db
        .one(BY_ID, args![store.site(), id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The unit of this id or full name; a name that several units bear is refused.
pub async fn find_by_id_or_name(store: &Store, text: &str) -> Result<Unit> {
    if let Some(unit) = find(store, text).await? {
        return Ok(unit);
    }
    let rows = store.db.all(BY_NAME, args![store.site(), text]).await?;
    match rows.as_slice() {
        [row] => read(row),
        [] => Err(StoreError::not_found("unit", text)),
        several => Err(StoreError::refused(
            "unit-ambiguous",
            format!("有 {} 个单位都叫“{text}”，请改用单位编号。", several.len()),
        )),
    }
}

/// The unit and everything above it: what a permission is asked for.
pub async fn lineage(store: &Store, unit: &str) -> Result<Vec<String>> {
    store
        .db
        .all(LINEAGE, args![store.site(), unit])
        .await?
        .iter()
        .map(|row| row.text(0))
        .collect()
}

/// The unit and everything below it.
pub async fn below(store: &Store, unit: &str) -> Result<Vec<String>> {
    store
        .db
        .all(BELOW, args![store.site(), unit])
        .await?
        .iter()
        .map(|row| row.text(0))
        .collect()
}

/// Refuses unless the actor may do this in the unit. The one place where a permission is asked; the
/// operator, who holds the database in hand, is let through here and nowhere else.
pub(crate) async fn authorize(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    unit: &str,
) -> Result<()> {
    let site = tx.site().to_owned();
    let rows = tx.all(LINEAGE, args![site.as_str(), unit]).await?;
    let lineage = rows
        .iter()
        .map(|row| row.text(0))
        .collect::<Result<Vec<_>>>()?;
    if actor.is_operator() || actor.can(action, &lineage) {
        Ok(())
    } else {
        Err(StoreError::forbidden(action))
    }
}

/// [`authorize`] for reading, outside a transaction.
pub async fn authorize_read(
    store: &Store,
    actor: &Actor,
    action: Action,
    unit: &str,
) -> Result<()> {
    let lineage = lineage(store, unit).await?;
    if actor.is_operator() || actor.can(action, &lineage) {
        Ok(())
    } else {
        Err(StoreError::forbidden(action))
    }
}

/// Whether the actor may do what concerns the whole site: the right is held at a unit without one
/// above it, or at the machine.
pub(crate) async fn authorize_at_a_head(tx: &mut Tx, actor: &Actor, action: Action) -> Result<()> {
    if actor.is_operator() {
        return Ok(());
    }
    let site = tx.site().to_owned();
    for head in tx.all(HEADS, args![site.as_str()]).await? {
        if actor.can(action, &[head.text(0)?]) {
            return Ok(());
        }
    }
    Err(StoreError::forbidden(action))
}

pub(crate) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<Unit>> {
    let site = tx.site().to_owned();
    tx.one(BY_ID, args![site.as_str(), id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Adds a unit under one that exists.
pub(crate) async fn insert(tx: &mut Tx, unit: &Unit) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            unit.id.as_str(),
            unit.name.as_str(),
            unit.kind.key(),
            unit.parent.clone(),
            unit.code.clone(),
            json!(unit.guide).to_string(),
            unit.position,
            seq,
        ],
    )
    .await?;
    tx.execute(
        INSERT_ABOVE,
        args![site.as_str(), unit.id.as_str(), unit.id.as_str()],
    )
    .await?;
    if let Some(parent) = &unit.parent {
        tx.execute(
            INHERIT_ABOVE,
            args![site.as_str(), unit.id.as_str(), parent.as_str()],
        )
        .await?;
    }
    Ok(())
}

async fn update(tx: &mut Tx, unit: &Unit) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let changed = tx
        .execute(
            UPDATE,
            args![
                site.as_str(),
                unit.id.as_str(),
                unit.name.as_str(),
                unit.kind.key(),
                unit.parent.clone(),
                unit.code.clone(),
                json!(unit.guide).to_string(),
                unit.position,
                seq,
            ],
        )
        .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::not_found("unit", &unit.id))
    }
}

/// Adds a unit below `parent`.
pub async fn add(store: &Store, actor: &Actor, unit: &Unit) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let parent = unit
        .parent
        .as_deref()
        .ok_or_else(|| StoreError::refused("parent-missing", "没有选上级单位，请选择。"))?;
    authorize(&mut tx, actor, Action::UnitManage, parent).await?;
    let mut reasons = office::units::check(&unit.name, unit.code.as_deref());
    reasons.extend(office::units::check_id(&unit.id));
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    if find_in(&mut tx, &unit.id).await?.is_some() {
        return Err(StoreError::refused(
            "unit-id-taken",
            format!("单位编号“{}”已经用过，请换一个。", unit.id),
        ));
    }
    insert(&mut tx, unit).await?;
    tx.commit(Done::new(
        "unit.save",
        "unit",
        &unit.id,
        json!({"name": unit.name, "kind": unit.kind.key(), "parent": unit.parent}),
    ))
    .await?;
    Ok(())
}

/// Changes what the disclosure guide says (条例 §12).
pub async fn save_guide(
    store: &Store,
    actor: &Actor,
    id: &str,
    guide: Guide,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    authorize(&mut tx, actor, Action::GuideEdit, id).await?;
    let mut unit = find_in(&mut tx, id)
        .await?
        .ok_or_else(|| StoreError::not_found("unit", id))?;
    if unit.seq != seen {
        return Err(StoreError::Stale {
            noun: "公开指南"
        });
    }
    let reasons = office::units::check_guide(&guide);
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    unit.guide = guide;
    update(&mut tx, &unit).await?;
    tx.commit(Done::new(
        "unit.guide",
        "unit",
        id,
        json!({"guide": unit.guide}),
    ))
    .await?;
    Ok(())
}
