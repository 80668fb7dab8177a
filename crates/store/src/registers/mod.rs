//! Registers: entries of the typed ledgers, decisions and fee income.

mod decisions;
mod fee_income;

pub(crate) use decisions::insert as insert_decision;
pub use decisions::{
    Decision, DecisionChange, change as change_decision, find as find_decision,
    list as list_decisions, record as record_decisions, standing as standing_decisions,
};
pub(crate) use fee_income::insert as insert_fee_income;
pub use fee_income::{FeeIncome, list as list_fee_income, save as save_fee_income};

use crate::args;
use crate::db::Row;
use crate::documents::{PAGE_LIMIT, Page};
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::Reason;
use office::permissions::{Action, Actor};
use office::registers::{self, Projection, Register};
use serde_json::{Map, Value, json};
use statute::Date;

const INSERT: &str = "INSERT INTO entry (site, id, unit, register, fields, occurred_on, ended_on, \
    quantity, tag, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const BY_ID: &str = "SELECT id, unit, register, fields, occurred_on, ended_on, quantity, seq FROM entry \
    WHERE site = $1 AND id = $2";
const LIST: &str = "SELECT e.id, e.unit, e.register, e.fields, e.occurred_on, e.ended_on, e.quantity, e.seq \
    FROM entry e WHERE e.site = $1 AND e.register = $2 AND e.occurred_on BETWEEN $3 AND $4 AND EXISTS \
    (SELECT 1 FROM unit_above a WHERE a.site = e.site AND a.unit = e.unit AND a.ancestor = $5) \
    ORDER BY e.occurred_on DESC, e.id DESC LIMIT $6 OFFSET $7";
const COUNT: &str = "SELECT COUNT(*) FROM entry e WHERE e.site = $1 AND e.register = $2 AND \
    e.occurred_on BETWEEN $3 AND $4 AND EXISTS (SELECT 1 FROM unit_above a WHERE a.site = e.site \
    AND a.unit = e.unit AND a.ancestor = $5)";
const UPDATE: &str = "UPDATE entry SET fields = $3, occurred_on = $4, ended_on = $5, quantity = $6, \
    tag = $7, seq = $8 WHERE site = $1 AND id = $2 AND seq = $9";

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id.
    pub id: String,
    /// Unit that keeps the register.
    pub unit: String,
    /// Key of the register.
    pub register: String,
    /// Its fields.
    pub fields: Map<String, Value>,
    /// When it happened or began.
    pub occurred_on: Date,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// Weight in sums.
    pub quantity: i64,
    /// Journal entry that last changed it.
    pub seq: i64,
}

fn read(row: &Row) -> Result<Entry> {
    let id = row.text(0)?;
    Ok(Entry {
        unit: row.text(1)?,
        register: row.text(2)?,
        fields: serde_json::from_str(&row.text(3)?)
            .map_err(|_| StoreError::inconsistent("entry", "fields", &id))?,
        occurred_on: row.date(4)?,
        ended_on: row.date_opt(5)?,
        quantity: row.int(6)?,
        seq: row.int(7)?,
        id,
    })
}

/// Entries of a register kept at or below a unit, of a year or of all years, newest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    register: &Register,
    below: &str,
    year: Option<i16>,
    page: u32,
    size: u32,
) -> Result<Page<Entry>> {
    units::authorize_read(store, actor, Action::RegisterRead, below).await?;
    let (from, to) = match year {
        Some(year) => (format!("{year:04}-01-01"), format!("{year:04}-12-31")),
        None => ("0000-01-01".to_owned(), "9999-12-31".to_owned()),
    };
    let total = store
        .db
        .one(
            COUNT,
            args![
                store.site(),
                register.key,
                from.as_str(),
                to.as_str(),
                below
            ],
        )
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    let offset = i64::from(page.clamp(1, PAGE_LIMIT) - 1) * i64::from(size);
    let rows = store
        .db
        .all(
            LIST,
            args![
                store.site(),
                register.key,
                from.as_str(),
                to.as_str(),
                below,
                i64::from(size),
                offset
            ],
        )
        .await?;
    Ok(Page {
        items: rows.iter().map(read).collect::<Result<_>>()?,
        total,
    })
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: &str,
    unit: &str,
    register: &Register,
    fields: &Map<String, Value>,
    projection: &Projection,
) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            id,
            unit,
            register.key,
            Value::Object(fields.clone()).to_string(),
            projection.occurred_on,
            projection.ended_on,
            projection.quantity,
            projection.tag.clone(),
            seq,
        ],
    )
    .await?;
    Ok(())
}

/// Records an entry. `submission` is the form's own key: the same form sent twice makes one entry.
pub async fn record(
    store: &Store,
    actor: &Actor,
    unit: &str,
    register: &Register,
    fields: Map<String, Value>,
    submission: &str,
) -> Result<String> {
    let mut tx = store.begin(actor).await?;
    units::authorize(&mut tx, actor, Action::RegisterRecord, unit).await?;
    let projection = project(register, &fields)?;
    let id = format!("e-{}", crate::keys::short_digest(submission));
    let site = tx.site().to_owned();
    if tx
        .one(BY_ID, args![site.as_str(), id.as_str()])
        .await?
        .is_some()
    {
        return Ok(id);
    }
    insert(&mut tx, &id, unit, register, &fields, &projection).await?;
    tx.commit(Done::new(
        "entry.record",
        "entry",
        &id,
        json!({"unit": unit, "register": register.key, "fields": masked(&fields)}),
    ))
    .await?;
    Ok(id)
}

/// The entry of this id, for an actor who may read its register.
pub async fn find(store: &Store, actor: &Actor, id: &str) -> Result<Entry> {
    let row = store.db.one(BY_ID, args![store.site(), id]).await?;
    let entry = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("entry", id))?;
    units::authorize_read(store, actor, Action::RegisterRead, &entry.unit).await?;
    Ok(entry)
}

/// Says on which day what an entry stands for ended: an agency was dissolved, somebody left. A day
/// said before is put right; the journal keeps both. `seen` is the version the form was made from.
///
/// # Errors
/// A register without an end; a day in the future or before the beginning.
pub async fn end(store: &Store, actor: &Actor, id: &str, on: Date, seen: i64) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let site = tx.site().to_owned();
    let row = tx.one(BY_ID, args![site.as_str(), id]).await?;
    let mut entry = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("entry", id))?;
    units::authorize(&mut tx, actor, Action::RegisterRecord, &entry.unit).await?;
    if entry.seq != seen {
        return Err(StoreError::Stale { noun: "台账" });
    }
    let register = registers::register(&entry.register)
        .ok_or_else(|| StoreError::inconsistent("entry", "register", id))?;
    let Some(key) = register.ended else {
        return Err(StoreError::refused(
            "no-end",
            format!("{}的记录没有结束日期，不能登记结束。", register.label),
        ));
    };
    if on > store.today() {
        return Err(Reason::at(
            "on",
            "in-future",
            format!(
                "结束日期 {on} 晚于今天 {}，还没有结束的不能登记。",
                store.today()
            ),
        )
        .into());
    }
    if on < entry.occurred_on {
        return Err(Reason::at(
            "on",
            "end-before-begin",
            format!("结束日期 {on} 早于开始日期 {}，请核对。", entry.occurred_on),
        )
        .into());
    }
    let before = entry.ended_on;
    entry.fields.insert(key.to_owned(), on.to_string().into());
    let projection = project(register, &entry.fields)?;
    let changed = tx
        .execute(
            UPDATE,
            args![
                site.as_str(),
                id,
                Value::Object(entry.fields).to_string(),
                projection.occurred_on,
                projection.ended_on,
                projection.quantity,
                projection.tag,
                tx.seq(),
                seen,
            ],
        )
        .await?;
    Tx::expect_fresh("台账", changed)?;
    tx.commit(Done::new(
        "entry.end",
        "entry",
        id,
        json!({"unit": entry.unit, "register": register.key,
               "from": before.map(|day| day.to_string()), "to": on.to_string()}),
    ))
    .await?;
    Ok(())
}

fn project(register: &Register, fields: &Map<String, Value>) -> Result<Projection> {
    registers::project(register, fields).map_err(|problems| {
        StoreError::NotAllowed(
            problems
                .into_iter()
                .map(|text| Reason::new("entry-malformed", text))
                .collect(),
        )
    })
}

/// The fields as the journal keeps them: numbers of persons in remarks masked.
fn masked(fields: &Map<String, Value>) -> Value {
    fields
        .iter()
        .map(|(key, value)| match value {
            Value::String(text) => (key.clone(), office::masking::mask(text).into()),
            other => (key.clone(), other.clone()),
        })
        .collect::<Map<_, _>>()
        .into()
}
