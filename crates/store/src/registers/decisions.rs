//! Decisions: licences, penalties, coercion (条例 §20(五)(六)); table 2 of the report counts them.

use crate::args;
use crate::db::Row;
use crate::documents::{PAGE_LIMIT, Page};
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::Reason;
use office::figures::DecisionKind;
use office::masking::mask;
use office::permissions::{Action, Actor};
use serde_json::json;
use statute::Date;

const INSERT: &str =
    "INSERT INTO decision (site, id, unit, kind, decided_on, seq) VALUES ($1, $2, $3, $4, $5, $6)";
const INSERT_PREFIX: &str = "INSERT INTO decision (site, id, unit, kind, decided_on, seq)";
const BY_ID: &str = "SELECT id FROM decision WHERE site = $1 AND id = $2";
const WHOLE: &str = "SELECT id, unit, kind, decided_on, withdrawn, seq FROM decision WHERE site = $1 AND \
    id = $2";
const CORRECT: &str =
    "UPDATE decision SET kind = $3, decided_on = $4, seq = $5 WHERE site = $1 AND id = $2";
const WITHDRAW: &str = "UPDATE decision SET withdrawn = 1, seq = $3 WHERE site = $1 AND id = $2";
const LIST: &str = "SELECT d.id, d.unit, d.kind, d.decided_on, d.withdrawn, d.seq FROM decision d WHERE d.site = $1 AND \
    d.decided_on BETWEEN $2 AND $3 AND EXISTS (SELECT 1 FROM unit_above a WHERE a.site = d.site AND \
    a.unit = d.unit AND a.ancestor = $4) ORDER BY d.decided_on DESC, d.id DESC LIMIT $5 OFFSET $6";
const COUNT: &str = "SELECT COUNT(*) FROM decision d WHERE d.site = $1 AND d.decided_on BETWEEN $2 AND \
    $3 AND EXISTS (SELECT 1 FROM unit_above a WHERE a.site = d.site AND a.unit = d.unit AND \
    a.ancestor = $4)";

const STANDING: &str = "SELECT COUNT(*) FROM decision d WHERE d.site = $1 AND d.decided_on BETWEEN $2 AND \
    $3 AND d.withdrawn = 0 AND EXISTS (SELECT 1 FROM unit_above a WHERE a.site = d.site AND \
    a.unit = d.unit AND a.ancestor = $4)";

/// Most decisions of one kind and day entered at once.
const AT_ONCE: i64 = 1000;
/// No decision entered at a page is older.
const FIRST_YEAR: i16 = 1949;

/// A decision as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Id.
    pub id: String,
    /// Unit that decided.
    pub unit: String,
    /// Kind.
    pub kind: DecisionKind,
    /// Day of the decision.
    pub decided_on: Date,
    /// Whether its entry was withdrawn: it is kept and counts nowhere.
    pub withdrawn: bool,
    /// Journal entry that last changed it.
    pub seq: i64,
}

/// What is put right about a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionChange {
    /// It is of another kind or day.
    Correct(DecisionKind, Date),
    /// It was entered twice, or never made.
    Withdraw,
}

fn read(row: &Row) -> Result<Decision> {
    let id = row.text(0)?;
    Ok(Decision {
        unit: row.text(1)?,
        kind: DecisionKind::from_key(&row.text(2)?)
            .ok_or_else(|| StoreError::inconsistent("decision", "kind", &id))?,
        decided_on: row.date(3)?,
        withdrawn: row.int(4)? != 0,
        seq: row.int(5)?,
        id,
    })
}

/// What stands against a day of decision.
fn check_day(on: Date, today: Date) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if on > today {
        let text = format!("决定日期 {on} 晚于今天 {today}，请核对。");
        reasons.push(Reason::at("on", "in-future", text));
    }
    if on.year() < FIRST_YEAR {
        let text = format!("决定日期 {on} 早于 {FIRST_YEAR} 年，请核对。");
        reasons.push(Reason::at("on", "too-early", text));
    }
    reasons
}

/// How many decisions of a year at or below a unit count: those that are not withdrawn.
pub async fn standing(store: &Store, actor: &Actor, below: &str, year: i16) -> Result<i64> {
    units::authorize_read(store, actor, Action::RegisterRead, below).await?;
    let (from, to) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    let of = args![store.site(), from, to, below];
    let row = store.db.one(STANDING, of).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Decisions of a year at or below a unit, newest first, withdrawn ones among them.
pub async fn list(
    store: &Store,
    actor: &Actor,
    below: &str,
    year: i16,
    page: u32,
    size: u32,
) -> Result<Page<Decision>> {
    units::authorize_read(store, actor, Action::RegisterRead, below).await?;
    let (from, to) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    let of = args![store.site(), from.as_str(), to.as_str(), below];
    let total = store
        .db
        .one(COUNT, of)
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    let offset = i64::from(page.clamp(1, PAGE_LIMIT) - 1) * i64::from(size);
    let rows = store
        .db
        .all(
            LIST,
            args![
                store.site(),
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

/// Records `count` decisions of one kind and day. `submission` is the form's own key: the same form
/// sent twice records them once.
///
/// # Errors
/// A day in the future; a count that is not 1 to 1000.
pub async fn record(
    store: &Store,
    actor: &Actor,
    unit: &str,
    kind: DecisionKind,
    on: Date,
    count: i64,
    submission: &str,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    units::authorize(&mut tx, actor, Action::RegisterRecord, unit).await?;
    let mut reasons = check_day(on, store.today());
    if !(1..=AT_ONCE).contains(&count) {
        let text = format!("件数是 {count}，一次应为 1 到 {AT_ONCE} 件，请核对。");
        reasons.push(Reason::at("count", "count-out-of-bounds", text));
    }
    if !reasons.is_empty() {
        return Err(reasons.into());
    }
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let id = format!("x-{}", crate::keys::short_digest(submission));
    if tx
        .one(BY_ID, args![site.as_str(), format!("{id}-1")])
        .await?
        .is_some()
    {
        return Ok(());
    }
    let rows = (1..=count)
        .map(|n| {
            let id = format!("{id}-{n}");
            args![site.as_str(), id, unit, kind.key(), on, seq]
        })
        .collect();
    tx.insert_many(INSERT_PREFIX, rows).await?;
    tx.commit(Done::new(
        "decision.record",
        "decision",
        &id,
        json!({"unit": unit, "kind": kind.key(), "decided_on": on.to_string(), "count": count}),
    ))
    .await?;
    Ok(())
}

/// The decision of this id, for an actor who may read its register.
pub async fn find(store: &Store, actor: &Actor, id: &str) -> Result<Decision> {
    let row = store.db.one(WHOLE, args![store.site(), id]).await?;
    let decision = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("decision", id))?;
    units::authorize_read(store, actor, Action::RegisterRead, &decision.unit).await?;
    Ok(decision)
}

/// Puts right what was mistyped of a decision, or withdraws its entry. Nothing is deleted: the
/// journal holds what stood before, and why it was wrong. `seen` is the version the form was made
/// from.
///
/// # Errors
/// No reason; a day in the future; nothing that differs; one withdrawn already; one changed
/// meanwhile by somebody else.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: &str,
    change: DecisionChange,
    reason: &str,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let row = tx.one(WHOLE, args![site.as_str(), id]).await?;
    let there = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("decision", id))?;
    units::authorize(&mut tx, actor, Action::RegisterRecord, &there.unit).await?;
    if there.seq != seen {
        return Err(StoreError::Stale {
            noun: "行政决定"
        });
    }
    let mut reasons = office::requests::check_reason(reason);
    if there.withdrawn {
        reasons.push(Reason::new(
            "withdrawn-already",
            "这条登记已经撤回，不能再改；确有这件决定的，请重新登记。",
        ));
    }
    if let DecisionChange::Correct(kind, on) = change {
        reasons.extend(check_day(on, store.today()));
        if (kind, on) == (there.kind, there.decided_on) {
            reasons.push(Reason::new(
                "nothing-changed",
                "种类和日期与登记的一样，没有要更正的；登记多了的，请选撤回。",
            ));
        }
    }
    if !reasons.is_empty() {
        return Err(reasons.into());
    }
    let reason = mask(reason.trim());
    let said =
        |kind: DecisionKind, on: Date| json!({"kind": kind.key(), "decided_on": on.to_string()});
    let before = said(there.kind, there.decided_on);
    let (action, detail) = match change {
        DecisionChange::Correct(kind, on) => {
            tx.execute(CORRECT, args![site.as_str(), id, kind.key(), on, seq])
                .await?;
            let detail =
                json!({"unit": there.unit, "from": before, "to": said(kind, on), "reason": reason});
            ("decision.correct", detail)
        }
        DecisionChange::Withdraw => {
            tx.execute(WITHDRAW, args![site.as_str(), id, seq]).await?;
            let detail = json!({"unit": there.unit, "from": before, "reason": reason});
            ("decision.withdraw", detail)
        }
    };
    tx.commit(Done::new(action, "decision", id, detail)).await?;
    Ok(())
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: &str,
    unit: &str,
    kind: DecisionKind,
    on: Date,
) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(INSERT, args![site.as_str(), id, unit, kind.key(), on, seq])
        .await?;
    Ok(())
}
