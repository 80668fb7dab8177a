//! Annual reports: compiled from counted figures, published with a hash.

use crate::args;
use crate::db::Row;
use crate::figures::{self, Scope};
use crate::{Done, Result, Store, StoreError, keys, units};
use office::Reason;
use office::figures::{Indicator, Measure, Period, indicators};
use office::permissions::{Action, Actor};
use office::units::Unit;
use report::{Decimal, Note, Report};
use serde_json::json;
use statute::Date;
use statute::editions::{CellKey, Edition};
use std::collections::BTreeMap;

const BY_UNIT: &str = "SELECT unit, year, edition, roll_up, published_on, content, hash, seq \
    FROM annual_report WHERE site = $1 AND unit = $2 ORDER BY year DESC";
const ONE: &str = "SELECT unit, year, edition, roll_up, published_on, content, hash, seq \
    FROM annual_report WHERE site = $1 AND unit = $2 AND year = $3";
const ALL: &str = "SELECT r.unit, r.year, r.edition, r.roll_up, r.published_on, r.content, r.hash, r.seq \
    FROM annual_report r WHERE r.site = $1 ORDER BY r.year DESC, r.unit LIMIT 1000";
const INSERT: &str = "INSERT INTO annual_report (site, unit, year, edition, roll_up, published_on, \
    content, hash, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// What a report is compiled of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Unit.
    pub unit: String,
    /// Year.
    pub year: i16,
    /// Form; none: the one of the year.
    pub edition: Option<Edition>,
    /// Whether the units below are counted in.
    pub roll_up: bool,
}

impl Order {
    /// The form the report is made in.
    pub fn edition(&self) -> Edition {
        self.edition.unwrap_or_else(|| Edition::for_year(self.year))
    }

    /// Whose records are counted.
    pub fn scope(&self) -> Scope {
        if self.roll_up {
            Scope::RollUp(self.unit.clone())
        } else {
            Scope::Own(self.unit.clone())
        }
    }

    /// The year, counted today.
    ///
    /// # Errors
    /// A year that no report can be of.
    pub fn period(&self, today: Date) -> Result<Period> {
        Period::year(self.year, today).ok_or_else(|| {
            StoreError::refused(
                "year-out-of-bounds",
                format!("年度 {} 不可用，应为 1949 到 2200 之间。", self.year),
            )
        })
    }
}

/// Counts every figure of the form and compiles the report; nothing is stored.
pub async fn compile(store: &Store, order: &Order) -> Result<Report> {
    let unit = units::find(store, &order.unit)
        .await?
        .ok_or_else(|| StoreError::not_found("unit", &order.unit))?;
    compile_for(store, &unit, order).await
}

async fn compile_for(store: &Store, unit: &Unit, order: &Order) -> Result<Report> {
    let edition = order.edition();
    let period = order.period(store.today())?;
    let scope = order.scope();
    let mut values: BTreeMap<CellKey, Decimal> = BTreeMap::new();
    let mut notes = Vec::new();
    let indicators = indicators(edition);
    // All figures of one report are of one moment, whatever is written meanwhile.
    let mut held = store.db.snapshot().await?;
    let numbers = figures::count_all_in(store, &mut held, &scope, period, &indicators).await?;
    for (indicator, number) in indicators.iter().zip(numbers) {
        let value = match indicator.measure() {
            Measure::Fen => Decimal::wan_from_fen(number),
            Measure::Count | Measure::Quantity => Decimal::whole(number),
        };
        let value = value.ok_or_else(|| {
            StoreError::refused(
                "figure-too-large",
                format!(
                    "指标 {} 的数 {number} 超出了表格能写的范围。",
                    indicator.cell
                ),
            )
        })?;
        values.insert(indicator.cell, value);
        for text in figures::remarks_in(store, &mut held, &scope, period, indicator).await? {
            notes.push(Note {
                cell: Some(indicator.cell),
                text,
            });
        }
    }
    Ok(report::compile(
        edition, &unit.name, order.year, &values, notes,
    ))
}

/// A report that was published.
#[derive(Debug, Clone)]
pub struct Published {
    /// Unit.
    pub unit: String,
    /// Year.
    pub year: i16,
    /// Form.
    pub edition: Edition,
    /// Whether the units below are counted in.
    pub roll_up: bool,
    /// Day of publication.
    pub published_on: Date,
    /// The report as it was compiled that day.
    pub report: Report,
    /// Hash of its text.
    pub hash: String,
    /// Journal entry.
    pub seq: i64,
}

fn read(row: &Row) -> Result<Published> {
    let unit = row.text(0)?;
    let bad = |column| StoreError::inconsistent("annual_report", column, &unit);
    let text = row.text(5)?;
    if keys::sha256_hex(text.as_bytes()) != row.text(6)? {
        return Err(bad("hash"));
    }
    let value = serde_json::from_str(&text).map_err(|_| bad("content"))?;
    Ok(Published {
        year: i16::try_from(row.int(1)?).map_err(|_| bad("year"))?,
        edition: Edition::from_key(&row.text(2)?).ok_or_else(|| bad("edition"))?,
        roll_up: row.int(3)? != 0,
        published_on: row.date(4)?,
        report: Report::from_json(&value).map_err(|_| bad("content"))?,
        hash: row.text(6)?,
        seq: row.int(7)?,
        unit,
    })
}

/// Published reports of a unit, newest first.
pub async fn of_unit(store: &Store, unit: &str) -> Result<Vec<Published>> {
    store
        .db
        .all(BY_UNIT, args![store.site(), unit])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The published report of a unit and year.
pub async fn find(store: &Store, unit: &str, year: i16) -> Result<Option<Published>> {
    store
        .db
        .one(ONE, args![store.site(), unit, i64::from(year)])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// All published reports, newest first.
pub async fn all(store: &Store) -> Result<Vec<Published>> {
    store
        .db
        .all(ALL, args![store.site()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// What stands against publishing a report however its figures count: its year is not over (条例
/// §49), its form is that of other years, it is published already. Empty when nothing does.
///
/// # Errors
/// Those of the store.
pub async fn objections(store: &Store, order: &Order) -> Result<Vec<Reason>> {
    let mut reasons = Vec::new();
    if order.year >= store.today().year() {
        reasons.push(Reason::new(
            "year-not-over",
            format!(
                "{} 年还没有结束，年度报告应在次年公布（条例 §49）。",
                order.year
            ),
        ));
    }
    let right = Edition::for_year(order.year);
    if order.edition() != right {
        reasons.push(Reason::new(
            "edition-of-other-year",
            format!(
                "{} 年的年度报告应使用{}的格式，不能用{}的格式公布；请把格式改为“按年度”。",
                order.year,
                right.source(),
                order.edition().source()
            ),
        ));
    }
    if find(store, &order.unit, order.year).await?.is_some() {
        reasons.push(already_published(order));
    }
    Ok(reasons)
}

fn already_published(order: &Order) -> Reason {
    Reason::new(
        "report-published",
        format!(
            "{} 年的年度报告已经公布，不能重复公布；更正另行办理。",
            order.year
        ),
    )
}

/// What the figures of a compiled report say against publishing it: every finding that is an error.
pub fn errors_of(compiled: &Report) -> Vec<Reason> {
    compiled
        .findings
        .iter()
        .filter(|finding| finding.level == statute::editions::Level::Error)
        .map(|finding| Reason::new("report-error", finding.message.clone()))
        .collect()
}

/// Publishes a report as it counts today: its text and hash are kept, and later changes of records
/// do not change it. A report with an identity that fails, or of a year that has not ended, is
/// refused (条例 §49, §50).
pub async fn publish(store: &Store, actor: &Actor, order: &Order) -> Result<()> {
    let today = store.today();
    // Asked before the counting, and again inside the action.
    units::authorize_read(store, actor, Action::ReportPublish, &order.unit).await?;
    let reasons = objections(store, order).await?;
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let compiled = compile(store, order).await?;
    let errors = errors_of(&compiled);
    if !errors.is_empty() {
        return Err(StoreError::NotAllowed(errors));
    }
    let text = compiled.to_json().to_string();
    let hash = keys::sha256_hex(text.as_bytes());
    let mut tx = store.begin(actor).await?;
    units::authorize(&mut tx, actor, Action::ReportPublish, &order.unit).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    if tx
        .one(
            ONE,
            args![site.as_str(), order.unit.as_str(), i64::from(order.year)],
        )
        .await?
        .is_some()
    {
        return Err(StoreError::NotAllowed(vec![already_published(order)]));
    }
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            order.unit.as_str(),
            i64::from(order.year),
            order.edition().key(),
            order.roll_up,
            today,
            text,
            hash.as_str(),
            seq,
        ],
    )
    .await?;
    let record = format!("{} {}", order.unit, order.year);
    tx.commit(Done::new(
        "report.publish",
        "report",
        &record,
        json!({"unit": order.unit, "year": order.year, "edition": order.edition().key(), "roll_up": order.roll_up, "hash": hash}),
    ))
    .await?;
    Ok(())
}

/// The indicator of a cell in the form of an order.
pub fn indicator(order: &Order, cell: CellKey) -> Option<Indicator> {
    office::figures::indicator(order.edition(), cell)
}
