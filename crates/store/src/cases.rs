//! Reconsideration and litigation.

use crate::args;
use crate::clause::Clause;
use crate::db::{AssertSqlSafe, Row};
use crate::documents::{PAGE_LIMIT, Page};
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::cases::{self, LegalCase};
use office::permissions::{Action, Actor};
use serde_json::json;
use statute::case::{CaseResult, Track};

const OF_REQUEST: &str = "SELECT id, request, track, filed_on, closed_on, result, seq FROM legal_case \
    WHERE site = $1 AND request = $2 ORDER BY filed_on, id";
const BY_ID: &str = "SELECT id, request, track, filed_on, closed_on, result, seq FROM legal_case \
    WHERE site = $1 AND id = $2";
const UNIT: &str = "SELECT unit, received_on FROM request WHERE site = $1 AND id = $2";
const INSERT: &str = "INSERT INTO legal_case (site, id, request, track, filed_on, closed_on, result, seq) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const UPDATE: &str = "UPDATE legal_case SET track = $3, filed_on = $4, closed_on = $5, result = $6, \
    seq = $7 WHERE site = $1 AND id = $2";

/// A case as a list shows it, with no word of who brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The case.
    pub case: LegalCase,
    /// 登记编号 of its request.
    pub number: String,
    /// Unit of the request.
    pub unit: String,
}

/// What a list of cases is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only over requests of this unit or of one below it.
    pub unit: Option<String>,
    /// Only open ones (`Some(true)`) or closed ones.
    pub open: Option<bool>,
    /// Only on this track.
    pub track: Option<Track>,
    /// Only with this result.
    pub result: Option<CaseResult>,
    /// Only filed in this year.
    pub year: Option<i16>,
    /// Only over requests with this number, or a part of it.
    pub number: Option<String>,
}

/// The cases over requests that an actor may see: open ones first, then the newest.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
    size: u32,
) -> Result<Page<Listed>> {
    let mut clause = Clause::new("c.site = $1", args![store.site()]);
    let heads = actor.scope(Action::RequestRead);
    clause.below("r", heads.iter().map(String::as_str));
    if let Some(unit) = &filter.unit {
        clause.below("r", [unit.as_str()]);
    }
    match filter.open {
        Some(true) => clause.and("c.closed_on IS NULL"),
        Some(false) => clause.and("c.closed_on IS NOT NULL"),
        None => {}
    }
    let keys = [
        ("track", filter.track.map(|track| track.key())),
        ("result", filter.result.map(|result| result.key())),
    ];
    for (column, key) in keys {
        if let Some(key) = key {
            let value = clause.bind(key);
            clause.and(&format!("c.{column} = {value}"));
        }
    }
    if let Some(year) = filter.year {
        let from = clause.bind(format!("{year:04}-01-01"));
        let to = clause.bind(format!("{year:04}-12-31"));
        clause.and(&format!("c.filed_on BETWEEN {from} AND {to}"));
    }
    if let Some(number) = &filter.number {
        let pattern = crate::requests::containing(number);
        let value = clause.bind(pattern);
        clause.and(&format!("r.number LIKE {value} ESCAPE '!'"));
    }
    let Clause { sql, mut args } = clause;
    let from = "FROM legal_case c JOIN request r ON r.site = c.site AND r.id = c.request WHERE";
    let total = store
        .db
        .one(
            AssertSqlSafe(format!("SELECT COUNT(*) {from} {sql}")),
            args.clone(),
        )
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    args.push(i64::from(size).into());
    args.push((i64::from(page.clamp(1, PAGE_LIMIT) - 1) * i64::from(size)).into());
    let rows = store
        .db
        .all(
            AssertSqlSafe(format!(
                "SELECT c.id, c.request, c.track, c.filed_on, c.closed_on, c.result, c.seq, r.number, \
                 r.unit {from} {sql} ORDER BY CASE WHEN c.closed_on IS NULL THEN 0 ELSE 1 END, \
                 c.filed_on DESC, c.id LIMIT ${} OFFSET ${}",
                args.len() - 1,
                args.len()
            )),
            args,
        )
        .await?;
    let listed = rows.iter().map(|row| {
        Ok(Listed {
            case: read(row)?,
            number: row.text(7)?,
            unit: row.text(8)?,
        })
    });
    Ok(Page {
        items: listed.collect::<Result<_>>()?,
        total,
    })
}

fn read(row: &Row) -> Result<LegalCase> {
    let id = row.text(0)?;
    let bad = |column| StoreError::inconsistent("legal_case", column, &id);
    Ok(LegalCase {
        request: row.text(1)?,
        track: Track::from_key(&row.text(2)?).ok_or_else(|| bad("track"))?,
        filed_on: row.date(3)?,
        closed_on: row.date_opt(4)?,
        result: match row.text_opt(5)? {
            Some(key) => Some(CaseResult::from_key(&key).ok_or_else(|| bad("result"))?),
            None => None,
        },
        seq: row.int(6)?,
        id,
    })
}

/// The cases over a request the actor may see.
pub async fn of_request(store: &Store, actor: &Actor, request: &str) -> Result<Vec<LegalCase>> {
    requests_unit(store, actor, request).await?;
    store
        .db
        .all(OF_REQUEST, args![store.site(), request])
        .await?
        .iter()
        .map(read)
        .collect()
}

async fn requests_unit(store: &Store, actor: &Actor, request: &str) -> Result<()> {
    let row = store.db.one(UNIT, args![store.site(), request]).await?;
    let unit = row
        .ok_or_else(|| StoreError::not_found("request", request))?
        .text(0)?;
    units::authorize_read(store, actor, Action::RequestRead, &unit).await
}

pub(crate) async fn insert(tx: &mut Tx, case: &LegalCase) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            case.id.as_str(),
            case.request.as_str(),
            case.track.key(),
            case.filed_on,
            case.closed_on,
            case.result.map(|result| result.key().to_owned()),
            seq,
        ],
    )
    .await?;
    Ok(())
}

/// Records a case over a request, or the result of one that is there.
pub async fn record(
    store: &Store,
    actor: &Actor,
    case: LegalCase,
    seen: Option<i64>,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let site = tx.site().to_owned();
    let row = tx
        .one(UNIT, args![site.as_str(), case.request.as_str()])
        .await?;
    let row = row.ok_or_else(|| StoreError::not_found("request", &case.request))?;
    let unit = row.text(0)?;
    units::authorize(&mut tx, actor, Action::CaseRecord, &unit).await?;
    let mut reasons = cases::check(&case, store.today());
    if let Some(received) = row.date_opt(1)?.filter(|day| case.filed_on < *day) {
        reasons.push(office::Reason::at(
            "filed_on",
            "filed-before-request",
            format!(
                "提起日期 {} 早于收到申请的 {received}，请核对。",
                case.filed_on
            ),
        ));
    }
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let there = tx
        .one(BY_ID, args![site.as_str(), case.id.as_str()])
        .await?
        .as_ref()
        .map(read)
        .transpose()?;
    let action = match (there, seen) {
        (None, None) => {
            insert(&mut tx, &case).await?;
            "case.record"
        }
        // The same form sent twice.
        (Some(there), None) if there.request == case.request => return Ok(()),
        (Some(there), Some(seen)) if there.seq == seen && there.request == case.request => {
            let seq = tx.seq();
            tx.execute(
                UPDATE,
                args![
                    site.as_str(),
                    case.id.as_str(),
                    case.track.key(),
                    case.filed_on,
                    case.closed_on,
                    case.result.map(|result| result.key().to_owned()),
                    seq,
                ],
            )
            .await?;
            "case.close"
        }
        _ => return Err(StoreError::Stale { noun: "案件" }),
    };
    tx.commit(Done::new(
        action,
        "case",
        &case.id,
        json!({"request": case.request, "track": case.track.key(), "filed_on": case.filed_on,
               "closed_on": case.closed_on, "result": case.result.map(|r| r.key())}),
    ))
    .await?;
    Ok(())
}
