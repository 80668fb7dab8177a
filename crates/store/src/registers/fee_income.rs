//! Income from administrative fees: one figure a unit and year (条例 §20(八); table 2 of the report).

use crate::args;
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::Reason;
use office::permissions::{Action, Actor};
use serde_json::json;

const INSERT: &str =
    "INSERT INTO fee_income (site, unit, year, fen, seq) VALUES ($1, $2, $3, $4, $5)";
const UPDATE: &str =
    "UPDATE fee_income SET fen = $4, seq = $5 WHERE site = $1 AND unit = $2 AND year = $3";
const BY_ID: &str = "SELECT fen, seq FROM fee_income WHERE site = $1 AND unit = $2 AND year = $3";
const LIST: &str = "SELECT f.unit, f.fen, f.seq FROM fee_income f JOIN unit u ON u.site = f.site AND \
    u.id = f.unit WHERE f.site = $1 AND f.year = $2 AND EXISTS (SELECT 1 FROM unit_above a WHERE \
    a.site = f.site AND a.unit = f.unit AND a.ancestor = $3) ORDER BY u.position, f.unit";

/// Largest income, in fen; the same as in every register.
const MOST: i64 = 1_000_000_000_000_000;

/// Income as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeIncome {
    /// Unit.
    pub unit: String,
    /// Income in fen.
    pub fen: i64,
    /// Journal entry that last changed it: what a form has seen; 0 where nothing was entered.
    pub seq: i64,
}

/// Incomes of a year at or below a unit, in the order of the tree.
pub async fn list(store: &Store, actor: &Actor, below: &str, year: i16) -> Result<Vec<FeeIncome>> {
    units::authorize_read(store, actor, Action::RegisterRead, below).await?;
    let rows = store.db.all(LIST, args![store.site(), year, below]).await?;
    rows.iter()
        .map(|row| {
            Ok(FeeIncome {
                unit: row.text(0)?,
                fen: row.int(1)?,
                seq: row.int(2)?,
            })
        })
        .collect()
}

/// Enters a unit's income of a year, in the place of what was entered before; the journal keeps
/// both. `seen` is the version the form was made from, 0 for none.
///
/// # Errors
/// A year to come; a figure out of bounds; a figure entered meanwhile by somebody else.
pub async fn save(
    store: &Store,
    actor: &Actor,
    unit: &str,
    year: i16,
    fen: i64,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    units::authorize(&mut tx, actor, Action::RegisterRecord, unit).await?;
    let mut reasons = Vec::new();
    let this_year = store.today().year();
    if !(1949..=this_year).contains(&year) {
        let text = format!("年度是 {year}，应为 1949 到 {this_year} 之间的年份，请核对。");
        reasons.push(Reason::at("year", "year-out-of-bounds", text));
    }
    if !(0..=MOST).contains(&fen) {
        let text = "金额应为 0 到 10 万亿元之间的数，请核对。";
        reasons.push(Reason::at("yuan", "fen-out-of-bounds", text));
    }
    if !reasons.is_empty() {
        return Err(reasons.into());
    }
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let row = tx.one(BY_ID, args![site.as_str(), unit, year]).await?;
    let before = match &row {
        Some(row) => Some((row.int(0)?, row.int(1)?)),
        None => None,
    };
    if before.is_some_and(|(was, _)| was == fen) {
        // The same form sent twice, or the same figure again: nothing to record.
        return Ok(());
    }
    if before.map_or(0, |(_, seq)| seq) != seen {
        return Err(StoreError::Stale {
            noun: "行政事业性收费收入",
        });
    }
    match before {
        Some(_) => {
            tx.execute(UPDATE, args![site.as_str(), unit, year, fen, seq])
                .await?;
        }
        None => insert(&mut tx, unit, year, fen).await?,
    }
    tx.commit(Done::new(
        "fee-income.save",
        "fee-income",
        &format!("{unit}/{year}"),
        json!({"unit": unit, "year": year, "from": before.map(|(was, _)| was), "to": fen}),
    ))
    .await?;
    Ok(())
}

pub(crate) async fn insert(tx: &mut Tx, unit: &str, year: i16, fen: i64) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(INSERT, args![site.as_str(), unit, year, fen, seq])
        .await?;
    Ok(())
}
