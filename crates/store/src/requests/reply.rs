//! The reply: outcome, text, delivery.

use super::seal::key_of;
use super::{load_in, note, update};
use crate::{Done, Result, Store, StoreError, calendar, keys, units};
use office::Reason;
use office::permissions::{Action, Actor};
use office::requests;
use serde_json::json;
use statute::clock::{self, Event, EventKind};
use statute::{Date, Outcome};

/// The decision goes out: outcome, text, how it was delivered.
#[derive(Clone)]
pub struct Reply {
    /// Day it went out.
    pub on: Date,
    /// The decision.
    pub outcome: Outcome,
    /// How it was delivered.
    pub by: clock::Delivery,
    /// Its text, for the applicant.
    pub text: String,
    /// Why it is late, when it is.
    pub late_reason: String,
}

/// Records the reply.
pub async fn reply(store: &Store, actor: &Actor, id: &str, reply: Reply, seen: i64) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, Action::RequestReply, &stored.request.unit).await?;
    let calendar = calendar::effective_in(&mut tx).await?;
    let event = Event::new(
        reply.on,
        EventKind::Replied {
            outcome: Some(reply.outcome),
            by: Some(reply.by),
        },
    );
    let mut reasons = requests::check_next(
        &stored.request.events,
        &event,
        &calendar,
        store.today(),
        &reply.late_reason,
    );
    let length = reply.text.chars().count();
    if reply.text.trim().is_empty() {
        reasons.push(Reason::at(
            "text",
            "reply-empty",
            "没有写答复内容，请写明决定、理由和依据（条例 §36）。",
        ));
    } else if length > requests::REPLY_LIMIT {
        reasons.push(Reason::at(
            "text",
            "reply-too-long",
            format!(
                "答复有 {length} 个字，最多 {} 个字，请缩短或另附材料。",
                requests::REPLY_LIMIT
            ),
        ));
    }
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let key = key_of(store, &mut tx, &stored.request.applicant).await?;
    stored.reply = Some(key.seal(
        &keys::bound_to(store.site(), "reply", id),
        reply.text.as_bytes(),
    )?);
    let detail = json!({"event": event.to_json(), "late_reason": note(&reply.late_reason)});
    stored.request.events.push(event);
    let standing = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &standing).await?;
    tx.commit(Done::new("request.reply", "request", id, detail))
        .await?;
    Ok(())
}
