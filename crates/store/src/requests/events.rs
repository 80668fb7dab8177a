//! What happens to a request on its way, and who handles it.

use super::correct::{Correction, correct_as};
use super::{find, load_in, note, update};
use crate::{Done, Result, Store, StoreError, calendar, units};
use office::Reason;
use office::permissions::{Action, Actor};
use office::requests;
use serde_json::json;
use statute::Date;
use statute::clock::{self, Event, EventKind};

/// The reason under which a confirmation of receipt (条例 §31) is entered as a correction.
pub const CONFIRMED: &str = "与申请人确认收到";

/// Records what happened to a request: supplement, consultation, extension, fee, closing …
/// A reply goes through [`reply`].
pub async fn record_event(
    store: &Store,
    actor: &Actor,
    id: &str,
    event: Event,
    late_reason: &str,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, Action::RequestHandle, &stored.request.unit).await?;
    if matches!(
        event.kind,
        EventKind::Corrected { .. } | EventKind::Replied { .. }
    ) {
        return Err(StoreError::refused(
            "other-door",
            "更正和答复各有自己的页面，请从那里办理。",
        ));
    }
    let calendar = calendar::effective_in(&mut tx).await?;
    let reasons = requests::check_next(
        &stored.request.events,
        &event,
        &calendar,
        store.today(),
        late_reason,
    );
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    requests::check_room(&stored.request.events).map_err(StoreError::from)?;
    let detail = json!({"event": event.to_json(), "late_reason": note(late_reason)});
    stored.request.events.push(event);
    let standing = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &standing).await?;
    tx.commit(Done::new("request.event", "request", id, detail))
        .await?;
    Ok(())
}

/// Confirms receipt with the applicant (条例 §31): puts the day of confirmation into the receipt.
pub async fn confirm(store: &Store, actor: &Actor, id: &str, on: Date, seen: i64) -> Result<()> {
    let stored = find(store, actor, id).await?;
    let receipt = |event: &Event| matches!(event.kind, EventKind::Received { .. });
    let events = &stored.request.events;
    // The place in the list is that of the first entry; day and channel are those that stand after
    // corrections.
    let (Some(index), Some(first)) = (
        events.iter().position(receipt),
        clock::standing_events(events).into_iter().find(receipt),
    ) else {
        return Err(StoreError::inconsistent("request", "events", id));
    };
    let EventKind::Received { channel, .. } = first.kind else {
        return Err(StoreError::inconsistent("request", "events", id));
    };
    if on < first.on || on > store.today() {
        return Err(StoreError::NotAllowed(vec![Reason::at(
            "on",
            "confirmed-impossible",
            format!(
                "确认日期 {on} 应在到达日期 {} 和今天 {} 之间（条例 §31）。",
                first.on,
                store.today()
            ),
        )]));
    }
    let to = Event::new(
        first.on,
        EventKind::Received {
            channel,
            confirmed: Some(on),
        },
    );
    let correction = Correction {
        index,
        to: Some(to),
        reason: CONFIRMED.to_owned(),
        channel: None,
        applicant_kind: None,
    };
    correct_as(store, actor, id, correction, seen, Action::RequestHandle).await
}

/// Gives a request to a person of the same part of the tree.
pub async fn assign(
    store: &Store,
    actor: &Actor,
    id: &str,
    handler: &str,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, Action::RequestHandle, &stored.request.unit).await?;
    let taker = crate::people::actor_in(&mut tx, handler).await?;
    units::authorize(&mut tx, &taker, Action::RequestHandle, &stored.request.unit).await?;
    stored.request.handler = Some(handler.to_owned());
    let calendar = calendar::effective_in(&mut tx).await?;
    let standing = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &standing).await?;
    tx.commit(Done::new(
        "request.assign",
        "request",
        id,
        json!({"handler": handler}),
    ))
    .await?;
    Ok(())
}
