//! Dates reckoned anew when the calendar changes, and checked against the events.

use super::{COLUMNS, Stored, read, update};
use crate::args;
use crate::db::AssertSqlSafe;
use crate::{Result, Store, Tx, calendar};
use office::requests;
use statute::calendar::Calendar;
use statute::{Date, Outcome};

/// One open request whose due date a changed calendar moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Id.
    pub id: String,
    /// 登记编号.
    pub number: String,
    /// Due date before.
    pub from: Option<Date>,
    /// Due date after.
    pub to: Option<Date>,
}

/// Reckons every open request anew under a calendar and writes what changed; closed ones stay.
pub(crate) async fn recompute(tx: &mut Tx, calendar: &Calendar) -> Result<Vec<Moved>> {
    let mut moved = Vec::new();
    for stored in open_ones(tx).await? {
        let standing = requests::standing(calendar, &stored.1.request.events);
        if standing.due_on != stored.0 {
            moved.push(Moved {
                id: stored.1.request.id.clone(),
                number: stored.1.request.number.clone(),
                from: stored.0,
                to: standing.due_on,
            });
            update(tx, &stored.1, &standing).await?;
        }
    }
    Ok(moved)
}

async fn open_ones(tx: &mut Tx) -> Result<Vec<(Option<Date>, Stored)>> {
    let site = tx.site().to_owned();
    let sql = format!(
        "SELECT {COLUMNS}, due_on FROM request WHERE site = $1 AND closed_on IS NULL ORDER BY id"
    );
    let rows = tx.all(AssertSqlSafe(sql), args![site.as_str()]).await?;
    rows.iter()
        .map(|row| Ok((row.date_opt(12)?, read(row)?)))
        .collect()
}

/// Which open requests a calendar would move, without changing anything.
pub async fn preview(store: &Store, calendar: &Calendar) -> Result<Vec<Moved>> {
    let sql = format!(
        "SELECT {COLUMNS}, due_on FROM request WHERE site = $1 AND closed_on IS NULL ORDER BY id"
    );
    let rows = store
        .db
        .all(AssertSqlSafe(sql), args![store.site()])
        .await?;
    let mut moved = Vec::new();
    for row in &rows {
        let stored = read(row)?;
        let from = row.date_opt(12)?;
        let to = requests::standing(calendar, &stored.request.events).due_on;
        if from != to {
            moved.push(Moved {
                id: stored.request.id,
                number: stored.request.number,
                from,
                to,
            });
        }
    }
    Ok(moved)
}

/// Requests whose stored standing differs from what their events say: id, version and a sentence,
/// for `verify`.
pub(crate) async fn verify(store: &Store) -> Result<Vec<(String, i64, String)>> {
    let calendar = calendar::effective(store).await?;
    let sql = format!(
        "SELECT {COLUMNS}, state, due_on, closed_on, outcome, received_on FROM request WHERE site = $1 ORDER BY id"
    );
    let rows = store
        .db
        .all(AssertSqlSafe(sql), args![store.site()])
        .await?;
    let mut faults = Vec::new();
    for row in &rows {
        let stored = read(row)?;
        let standing = requests::standing(&calendar, &stored.request.events);
        let same = row.text(12)? == standing.state.key()
            && row.date_opt(14)? == standing.closed_on
            && row.text_opt(15)?.as_deref() == standing.outcome.map(Outcome::key)
            && row.date_opt(16)? == standing.received_on
            // A notice loaded after the closing never moves a closed request.
            && (standing.closed_on.is_some() || row.date_opt(13)? == standing.due_on);
        if !same {
            let text = format!(
                "申请 {}（登记编号 {}）保存的状态或日期与它的办理环节不符。",
                stored.request.id, stored.request.number
            );
            faults.push((stored.request.id, stored.request.seq, text));
        }
    }
    Ok(faults)
}
