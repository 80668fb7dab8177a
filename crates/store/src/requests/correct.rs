//! Correction of a mistyped registration.

use super::{load_in, update};
use crate::{Done, Result, Store, StoreError, calendar, units};
use office::Reason;
use office::masking::mask;
use office::permissions::{Action, Actor};
use office::requests;
use serde_json::json;
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use statute::clock::{self, Event, EventKind};

/// What puts a mistyped registration right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Which event of the list is undone, from 0.
    pub index: usize,
    /// The right event; none: it did not happen.
    pub to: Option<Event>,
    /// Why.
    pub reason: String,
    /// The right channel of the request, when that was mistyped.
    pub channel: Option<RequestChannel>,
    /// The right kind of applicant, when that was mistyped.
    pub applicant_kind: Option<ApplicantKind>,
}

/// Corrects a mistyped registration: the first entry stays in the journal and in the list of
/// events, and every date is reckoned anew.
pub async fn correct(
    store: &Store,
    actor: &Actor,
    id: &str,
    correction: Correction,
    seen: i64,
) -> Result<()> {
    correct_as(store, actor, id, correction, seen, Action::RequestCorrect).await
}

pub(super) async fn correct_as(
    store: &Store,
    actor: &Actor,
    id: &str,
    correction: Correction,
    seen: i64,
    action: Action,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, action, &stored.request.unit).await?;
    let calendar = calendar::effective_in(&mut tx).await?;
    let before = requests::standing(&calendar, &stored.request.events);
    let was = (stored.request.channel, stored.request.applicant_kind);
    let to = correction
        .to
        .map(|event| event.with_channel(correction.channel.unwrap_or(was.0)));
    let reasons = requests::check_correction(
        &stored.request.events,
        correction.index,
        to.as_ref(),
        &correction.reason,
        &calendar,
        store.today(),
    );
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let event = Event::new(
        store.today(),
        EventKind::Corrected {
            index: Some(correction.index),
            of: None,
            reason: mask(correction.reason.trim()),
            to: to.map(Box::new),
        },
    );
    stored.request.events.push(event.clone());
    // The channel of the request is the one of the receipt that stands, or counts and dates would
    // speak of two different requests.
    let standing = clock::standing_events(&stored.request.events);
    let of_receipt = standing.iter().find_map(|event| match event.kind {
        EventKind::Received { channel, .. } => channel,
        _ => None,
    });
    if let (Some(asked), Some(stands)) = (correction.channel, of_receipt)
        && asked != stands
    {
        return Err(StoreError::NotAllowed(vec![Reason::at(
            "channel",
            "channel-differs",
            format!(
                "渠道“{}”与收到申请这一环节的“{}”不符，请更正收到申请的环节。",
                asked.label(),
                stands.label()
            ),
        )]));
    }
    stored.request.channel = correction.channel.or(of_receipt).unwrap_or(was.0);
    stored.request.applicant_kind = correction.applicant_kind.unwrap_or(was.1);
    let after = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &after).await?;
    tx.commit(Done::new(
        match action {
            Action::RequestHandle => "request.confirm",
            _ => "request.correct",
        },
        "request",
        id,
        json!({"event": event.to_json(),
               "channel": [was.0.key(), stored.request.channel.key()],
               "applicant": [was.1.key(), stored.request.applicant_kind.key()],
               "received_on": [before.received_on, after.received_on],
               "due_on": [before.due_on, after.due_on]}),
    ))
    .await?;
    Ok(())
}
