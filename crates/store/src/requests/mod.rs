//! Requests: registration, the dated events, the reply. What the applicant said is sealed under a
//! key of the applicant's own; the journal holds none of it.

mod amend;
mod correct;
mod erase;
mod events;
mod list;
mod recompute;
mod records;
mod register;
mod reply;
mod seal;
mod track;

pub use amend::{Amendment, amend, amendable};
pub use correct::{Correction, correct};
pub use erase::{Erasable, erasable, erase_applicant, find_erasable};
pub use events::{CONFIRMED, assign, confirm, record_event};
pub(crate) use list::containing;
pub use list::{Filter, Listed, list};
pub use recompute::{Moved, preview};
pub(crate) use recompute::{recompute, verify};
pub(crate) use records::{exists_in, number_taken_in, record_in, records_in};
pub use register::{NewRequest, Receipt, check_applicant, lacking, register, submit};
pub(crate) use register::{next_number, own_form};
pub use reply::{Reply, reply};
pub(crate) use seal::{Sealing, applicant_exists_in, erased_in, insert, seal_applicant};
pub use seal::{open, open_subject};
pub use track::{Tracked, track};

use crate::args;
use crate::db::Row;
use crate::{Result, Store, StoreError, Tx, units};
use office::masking::mask;
use office::permissions::{Action, Actor};
use office::requests::{Request, Standing};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use statute::clock::Event;

const COLUMNS: &str = "id, unit, number, channel, applicant_kind, applicant, events, handler, seq, \
    subject, reply, tracking";
const BY_ID: &str = "SELECT id, unit, number, channel, applicant_kind, applicant, events, handler, \
    seq, subject, reply, tracking FROM request WHERE site = $1 AND id = $2";
const NUMBER_TAKEN: &str = "SELECT id FROM request WHERE site = $1 AND unit = $2 AND number = $3";
const UPDATE: &str = "UPDATE request SET channel = $3, applicant_kind = $4, reply = $5, events = $6, \
    state = $7, received_on = $8, due_on = $9, closed_on = $10, outcome = $11, replied = $12, \
    extended = $13, late = $14, handler = $15, seq = $16 WHERE site = $1 AND id = $2";

/// What an applicant says of themselves (条例 §29: name, proof of identity, contact, and the form
/// wanted); sealed at rest.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applicant {
    /// 姓名或名称.
    pub name: String,
    /// Kind of identity document.
    pub identity_kind: String,
    /// Its number.
    pub identity_number: String,
    /// Telephone.
    pub phone: String,
    /// Postal address.
    pub address: String,
    /// E-mail address.
    pub email: String,
    /// In which form the information is wanted.
    pub form: String,
    /// How it should be delivered.
    pub delivery: String,
    /// 需要协助 (条例 §43).
    pub assistance: bool,
}

impl std::fmt::Debug for Applicant {
    /// Personal data never reaches a log by accident.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Applicant(…)")
    }
}

/// A request with its sealed parts opened, for those who may read them.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// What is asked for; none when the applicant's data were erased.
    pub subject: Option<String>,
    /// The text of the reply.
    pub reply: Option<String>,
    /// Who asks; none when erased.
    pub applicant: Option<Applicant>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opened(…)")
    }
}

/// A stored request: the open part, and the sealed one as it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The open part.
    pub request: Request,
    subject: Vec<u8>,
    reply: Option<Vec<u8>>,
    tracking: Option<String>,
}

pub(super) fn read(row: &Row) -> Result<Stored> {
    let id = row.text(0)?;
    let bad = |column| StoreError::inconsistent("request", column, &id);
    let events: Value = serde_json::from_str(&row.text(6)?).map_err(|_| bad("events"))?;
    let events = events
        .as_array()
        .ok_or_else(|| bad("events"))?
        .iter()
        .map(|event| Event::from_json(event).map_err(|_| bad("events")))
        .collect::<Result<_>>()?;
    Ok(Stored {
        request: Request {
            unit: row.text(1)?,
            number: row.text(2)?,
            channel: RequestChannel::from_key(&row.text(3)?).ok_or_else(|| bad("channel"))?,
            applicant_kind: ApplicantKind::from_key(&row.text(4)?)
                .ok_or_else(|| bad("applicant_kind"))?,
            applicant: row.text(5)?,
            events,
            handler: row.text_opt(7)?,
            seq: row.int(8)?,
            id: id.clone(),
        },
        subject: row.bytes_opt(9)?.ok_or_else(|| bad("subject"))?,
        reply: row.bytes_opt(10)?,
        tracking: row.text_opt(11)?,
    })
}

pub(super) fn events_json(events: &[Event]) -> String {
    Value::Array(events.iter().map(Event::to_json).collect()).to_string()
}

/// The request for an actor who may see its progress.
pub async fn find(store: &Store, actor: &Actor, id: &str) -> Result<Stored> {
    let row = store.db.one(BY_ID, args![store.site(), id]).await?;
    let stored = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("request", id))?;
    units::authorize_read(store, actor, Action::RequestRead, &stored.request.unit).await?;
    Ok(stored)
}

pub(super) async fn update(tx: &mut Tx, stored: &Stored, standing: &Standing) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let r = &stored.request;
    tx.execute(
        UPDATE,
        args![
            site.as_str(),
            r.id.as_str(),
            r.channel.key(),
            r.applicant_kind.key(),
            stored.reply.clone(),
            events_json(&r.events),
            standing.state.key(),
            standing.received_on,
            standing.due_on,
            standing.closed_on,
            standing.outcome.map(|o| o.key().to_owned()),
            standing.replied,
            standing.extended,
            standing.late,
            r.handler.clone(),
            seq,
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn load_in(tx: &mut Tx, id: &str, seen: i64) -> Result<Stored> {
    let site = tx.site().to_owned();
    let row = tx.one(BY_ID, args![site.as_str(), id]).await?;
    let stored = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("request", id))?;
    if stored.request.seq != seen {
        return Err(StoreError::Stale { noun: "申请" });
    }
    Ok(stored)
}

pub(super) fn note(text: &str) -> Option<String> {
    Some(mask(text.trim())).filter(|text| !text.is_empty())
}

/// Whether the request was filed at the public door and can be tracked.
pub fn is_tracked(stored: &Stored) -> bool {
    stored.tracking.is_some()
}
