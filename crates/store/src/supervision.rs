//! Supervision: how the units of a part of the tree stand (条例 §46, §47).

use crate::args;
use crate::{Result, Store};
use office::permissions::{Action, Actor};
use statute::Date;

const STANDING: &str = "SELECT u.id, u.name, \
    (SELECT COUNT(*) FROM request r WHERE r.site = u.site AND r.unit = u.id AND r.closed_on IS NULL), \
    (SELECT COUNT(*) FROM request r WHERE r.site = u.site AND r.unit = u.id AND r.closed_on IS NULL \
     AND r.due_on BETWEEN $3 AND $4 AND r.state NOT IN ('supplement-asked', 'fee-notified')), \
    (SELECT COUNT(*) FROM request r WHERE r.site = u.site AND r.unit = u.id AND r.closed_on IS NULL \
     AND r.due_on < $3 AND r.state NOT IN ('supplement-asked', 'fee-notified')), \
    (SELECT COUNT(*) FROM document d WHERE d.site = u.site AND d.unit = u.id AND d.status = 'published' \
     AND d.attribute = 'proactive' AND d.published_on BETWEEN $5 AND $3), \
    (SELECT MAX(d.published_on) FROM document d WHERE d.site = u.site AND d.unit = u.id \
     AND d.status = 'published' AND d.attribute = 'proactive' AND d.published_on <= $3) \
    FROM unit u JOIN unit_above a ON a.site = u.site AND a.unit = u.id \
    WHERE u.site = $1 AND a.ancestor = $2 ORDER BY u.position, u.id";

/// How one unit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Requests that are open.
    pub open: i64,
    /// Open ones, not waiting for the applicant, due from today to the end of the time looked ahead.
    pub due: i64,
    /// Open ones, not waiting for the applicant, whose last day has passed.
    pub overdue: i64,
    /// Documents made public this year that still are.
    pub published: i64,
    /// When it last made one public.
    pub last_published: Option<Date>,
}

/// Every unit in the parts of the tree whose requests and documents the actor may read. `soon` is
/// the last day that is looked ahead to.
///
/// # Errors
/// One who may read nothing of either is refused.
pub async fn standings(store: &Store, actor: &Actor, soon: Date) -> Result<Vec<Standing>> {
    let documents = actor.scope(Action::DocumentRead);
    let heads: Vec<String> = actor
        .scope(Action::RequestRead)
        .into_iter()
        .filter(|head| documents.contains(head))
        .collect();
    if heads.is_empty() {
        return Err(crate::StoreError::forbidden(Action::RequestRead));
    }
    let today = store.today();
    let new_year = format!("{:04}-01-01", today.year());
    let mut standings: Vec<Standing> = Vec::new();
    for head in &heads {
        let values = args![store.site(), head.as_str(), today, soon, new_year.as_str()];
        for row in &store.db.all(STANDING, values).await? {
            let unit = row.text(0)?;
            // Heads may lie below one another.
            if standings.iter().any(|known| known.unit == unit) {
                continue;
            }
            standings.push(Standing {
                unit,
                name: row.text(1)?,
                open: row.int(2)?,
                due: row.int(3)?,
                overdue: row.int(4)?,
                published: row.int(5)?,
                last_published: row.date_opt(6)?,
            });
        }
    }
    Ok(standings)
}
