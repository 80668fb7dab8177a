//! Repealing a rule, a normative or an official document that is in force.

use super::{find_in, update};
use crate::{Done, Result, Store, StoreError, units};
use office::documents;
use office::masking::mask;
use office::permissions::{Action, Actor};
use serde_json::json;
use statute::Date;

/// Repeals a document from a day on; repealed before, the day is put right. It stays public and says
/// so. `seen` is the version the form was made from.
///
/// # Errors
/// No right to approve; a kind or state that is not in force; a day before it came into force or in
/// the future; no reason.
pub async fn repeal(
    store: &Store,
    actor: &Actor,
    id: &str,
    on: Date,
    reason: &str,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut document = find_in(&mut tx, id)
        .await?
        .ok_or_else(|| StoreError::not_found("document", id))?;
    units::authorize(&mut tx, actor, Action::DocumentApprove, &document.unit).await?;
    if document.seq != seen {
        return Err(StoreError::Stale { noun: "文件" });
    }
    let reasons = documents::check_repeal(&document, on, reason, store.today());
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let before = document.repealed_on.replace(on);
    update(&mut tx, &document, None).await?;
    tx.commit(Done::new(
        "document.repeal",
        "document",
        id,
        json!({"unit": document.unit, "from": before.map(|day| day.to_string()),
               "repealed_on": on.to_string(), "reason": mask(reason.trim())}),
    ))
    .await?;
    Ok(())
}
