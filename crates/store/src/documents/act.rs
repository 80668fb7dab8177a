//! The way of a document: submit, review, clear, return, approve, withdraw.

use super::{detail, find_in, update};
use crate::args;
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::documents::{self, Document, Doing, Status, Verb};
use office::permissions::{Action, Actor};

const WROTE: &str = "SELECT seq FROM journal WHERE site = $1 AND noun = 'document' AND record = $2 \
    AND actor = $3 AND action IN ('document.draft', 'document.edit', 'document.attach', \
    'document.detach') LIMIT 1";

/// Whether the actor ever wrote on the document: the text, or its files.
async fn wrote(tx: &mut Tx, actor: &Actor, id: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    let row = tx
        .one(WROTE, args![site.as_str(), id, actor.id.as_str()])
        .await?;
    Ok(row.is_some())
}

/// Moves a document on its way: submit, review, clear, return, approve, withdraw.
pub async fn act(
    store: &Store,
    actor: &Actor,
    id: &str,
    verb: Verb,
    doing: &Doing<'_>,
    seen: i64,
) -> Result<Document> {
    let mut tx = store.begin(actor).await?;
    let document = find_in(&mut tx, id)
        .await?
        .ok_or_else(|| StoreError::not_found("document", id))?;
    if document.seq != seen {
        return Err(StoreError::Stale { noun: "文件" });
    }
    let permission = documents::permission(document.status, verb).unwrap_or(Action::DocumentRead);
    units::authorize(&mut tx, actor, permission, &document.unit).await?;
    let doing = Doing {
        actor: &actor.id,
        ..*doing
    };
    let mut reasons = documents::can(&document, verb, &doing, store.today());
    if matches!(verb, Verb::Review | Verb::Clear | Verb::Approve)
        && !reasons.iter().any(|reason| reason.code == "own-draft")
        && wrote(&mut tx, actor, id).await?
    {
        // `drafter` names the last hand only; the journal knows every one.
        reasons.push(office::Reason::new(
            "own-draft",
            "您起草或改动过这份文件，不能再由您审核、作保密审查或签发，请由其他人员办理。",
        ));
    }
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let mut document =
        documents::apply(document, verb, &doing, store.today()).map_err(StoreError::NotAllowed)?;
    let published_at = (document.status == Status::Published).then(|| store.now_ms());
    update(&mut tx, &document, published_at).await?;
    document.seq = tx.seq();
    let action = match verb {
        Verb::Submit => "document.submit",
        Verb::Review => "document.review",
        Verb::Clear => "document.clear",
        Verb::Return => "document.return",
        Verb::Approve => "document.approve",
        Verb::Withdraw => "document.withdraw",
    };
    tx.commit(Done::new(action, "document", id, detail(&document)))
        .await?;
    Ok(document)
}
