//! Registers: entries of the typed ledgers, decisions and fee income.

use crate::args;
use crate::db::Row;
use crate::documents::{PAGE_LIMIT, Page};
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::Reason;
use office::figures::DecisionKind;
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
const INSERT_DECISION: &str =
    "INSERT INTO decision (site, id, unit, kind, decided_on, seq) VALUES ($1, $2, $3, $4, $5, $6)";
const INSERT_FEE: &str =
    "INSERT INTO fee_income (site, unit, year, fen, seq) VALUES ($1, $2, $3, $4, $5)";

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
    let projection = registers::project(register, &fields).map_err(|problems| {
        StoreError::NotAllowed(
            problems
                .into_iter()
                .map(|text| Reason::new("entry-malformed", text))
                .collect(),
        )
    })?;
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

pub(crate) async fn insert_decision(
    tx: &mut Tx,
    id: &str,
    unit: &str,
    kind: DecisionKind,
    on: Date,
) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(
        INSERT_DECISION,
        args![site.as_str(), id, unit, kind.key(), on, seq],
    )
    .await?;
    Ok(())
}

pub(crate) async fn insert_fee_income(tx: &mut Tx, unit: &str, year: i16, fen: i64) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(INSERT_FEE, args![site.as_str(), unit, year, fen, seq])
        .await?;
    Ok(())
}
