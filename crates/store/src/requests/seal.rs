//! What is sealed: the applicant's details under a key of their own, and what was asked and said.

use super::{Applicant, Opened, Stored, events_json};
use crate::args;
use crate::{Done, Result, Store, StoreError, Tx, keys, units};
use office::permissions::{Action, Actor};
use office::requests::{Request, Standing};
use serde_json::json;
use statute::Date;
use statute::applicant::ApplicantKind;

const INSERT: &str = "INSERT INTO request (site, id, unit, number, channel, applicant_kind, applicant, \
    subject, reply, events, state, received_on, due_on, closed_on, outcome, replied, extended, late, \
    handler, tracking, submission, created_at, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
    $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
const INSERT_APPLICANT: &str = "INSERT INTO applicant (site, id, kind, wrapped_key, details, seq) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const APPLICANT: &str =
    "SELECT kind, wrapped_key, details FROM applicant WHERE site = $1 AND id = $2";
const NOTED: &str = "SELECT seq FROM journal WHERE site = $1 AND noun = 'applicant' AND record = $2 AND \
    action = 'applicant.read' AND actor = $3 AND at >= $4 LIMIT 1";

/// What the applicant said, for an actor who may read it. The journal notes who opened which
/// request, once a day; without the note nothing is opened.
pub async fn open(store: &Store, actor: &Actor, stored: &Stored) -> Result<Opened> {
    units::authorize_read(store, actor, Action::ApplicantRead, &stored.request.unit).await?;
    let opened = unseal(store, stored).await?;
    if opened.applicant.is_some() {
        note_reading(store, actor, stored).await?;
    }
    Ok(opened)
}

/// What was asked for, without who asked, for an actor who may read it; none when the applicant's
/// key was destroyed.
pub async fn open_subject(store: &Store, actor: &Actor, stored: &Stored) -> Result<Option<String>> {
    units::authorize_read(store, actor, Action::ApplicantRead, &stored.request.unit).await?;
    let applicant = stored.request.applicant.as_str();
    let row = store
        .db
        .one(APPLICANT, args![store.site(), applicant])
        .await?
        .ok_or_else(|| StoreError::inconsistent("request", "applicant", &stored.request.id))?;
    subject(store, stored, row.bytes_opt(1)?)
}

/// Who opened the applicant of which request: one entry for each person, request and day in China.
async fn note_reading(store: &Store, actor: &Actor, stored: &Stored) -> Result<()> {
    let applicant = stored.request.applicant.as_str();
    let noted = |day: Date| {
        args![
            store.site(),
            applicant,
            actor.id.as_str(),
            crate::clock::start_of(day)
        ]
    };
    if store.db.one(NOTED, noted(store.today())).await?.is_some() {
        return Ok(());
    }
    let mut tx = store.begin(actor).await?;
    if tx.one(NOTED, noted(tx.today())).await?.is_some() {
        // Noted by another window meanwhile.
        return Ok(());
    }
    let request = &stored.request;
    tx.commit(Done::new(
        "applicant.read",
        "applicant",
        applicant,
        json!({"unit": request.unit, "request": request.id}),
    ))
    .await?;
    Ok(())
}

pub(super) async fn unseal(store: &Store, stored: &Stored) -> Result<Opened> {
    let applicant = &stored.request.applicant;
    let row = store
        .db
        .one(APPLICANT, args![store.site(), applicant.as_str()])
        .await?
        .ok_or_else(|| StoreError::inconsistent("request", "applicant", &stored.request.id))?;
    let Some(wrapped) = row.bytes_opt(1)? else {
        return Ok(Opened {
            subject: None,
            reply: None,
            applicant: None,
        });
    };
    let site = store.site();
    let key = store
        .keys
        .data_key(&keys::bound_to(site, "applicant-key", applicant), &wrapped)?;
    let details = row.bytes_opt(2)?.unwrap_or_default();
    let text = |bytes: &[u8], part: &str| -> Result<String> {
        let opened = key.open(&keys::bound_to(site, part, &stored.request.id), bytes)?;
        String::from_utf8(opened)
            .map_err(|_| StoreError::inconsistent("request", "subject", &stored.request.id))
    };
    let details = key.open(&keys::bound_to(site, "applicant", applicant), &details)?;
    Ok(Opened {
        subject: Some(text(&stored.subject, "subject")?),
        reply: stored
            .reply
            .as_deref()
            .map(|bytes| text(bytes, "reply"))
            .transpose()?,
        applicant: Some(
            serde_json::from_slice(&details)
                .map_err(|_| StoreError::inconsistent("applicant", "details", applicant))?,
        ),
    })
}

/// The parts of a request that are written once.
pub(crate) struct Sealing<'a> {
    pub(crate) subject: &'a str,
    pub(crate) tracking: Option<&'a str>,
    pub(crate) submission: Option<&'a str>,
}

pub(crate) async fn seal_applicant(
    store: &Store,
    tx: &mut Tx,
    id: &str,
    kind: ApplicantKind,
    details: &Applicant,
) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let (key, wrapped) = store
        .keys
        .new_data_key(&keys::bound_to(&site, "applicant-key", id))?;
    let bytes = serde_json::to_vec(details)
        .map_err(|_| StoreError::inconsistent("applicant", "details", id))?;
    let sealed = key.seal(&keys::bound_to(&site, "applicant", id), &bytes)?;
    tx.execute(
        INSERT_APPLICANT,
        args![site.as_str(), id, kind.key(), wrapped, sealed, seq],
    )
    .await?;
    Ok(())
}

pub(super) async fn key_of(store: &Store, tx: &mut Tx, applicant: &str) -> Result<keys::DataKey> {
    let site = tx.site().to_owned();
    let row = tx
        .one(APPLICANT, args![site.as_str(), applicant])
        .await?
        .ok_or_else(|| StoreError::not_found("applicant", applicant))?;
    let wrapped = row.bytes_opt(1)?.ok_or_else(|| {
        StoreError::refused(
            "applicant-erased",
            "申请人信息已经销毁，不能再写入这件申请的内容。",
        )
    })?;
    store
        .keys
        .data_key(&keys::bound_to(&site, "applicant-key", applicant), &wrapped)
}

pub(crate) async fn insert(
    store: &Store,
    tx: &mut Tx,
    request: &Request,
    standing: &Standing,
    sealing: Sealing<'_>,
) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let key = key_of(store, tx, &request.applicant).await?;
    let subject = key.seal(
        &keys::bound_to(&site, "subject", &request.id),
        sealing.subject.as_bytes(),
    )?;
    let r = request;
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            r.id.as_str(),
            r.unit.as_str(),
            r.number.as_str(),
            r.channel.key(),
            r.applicant_kind.key(),
            r.applicant.as_str(),
            subject,
            None::<Vec<u8>>,
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
            sealing.tracking.map(str::to_owned),
            sealing.submission.map(str::to_owned),
            store.now_ms(),
            seq,
        ],
    )
    .await?;
    Ok(())
}

/// What was asked for; none when the applicant's key was destroyed.
pub(super) fn subject(
    store: &Store,
    stored: &Stored,
    wrapped: Option<Vec<u8>>,
) -> Result<Option<String>> {
    let Some(wrapped) = wrapped else {
        return Ok(None);
    };
    let request = &stored.request;
    let bound = keys::bound_to(store.site(), "applicant-key", &request.applicant);
    let key = store.keys.data_key(&bound, &wrapped)?;
    let bound = keys::bound_to(store.site(), "subject", &request.id);
    String::from_utf8(key.open(&bound, &stored.subject)?)
        .map(Some)
        .map_err(|_| StoreError::inconsistent("request", "subject", &request.id))
}

/// Whether the applicant's key was destroyed.
pub(crate) async fn erased_in(tx: &mut Tx, id: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    match tx.one(APPLICANT, args![site.as_str(), id]).await? {
        Some(row) => Ok(row.bytes_opt(1)?.is_none()),
        None => Ok(false),
    }
}

pub(crate) async fn applicant_exists_in(tx: &mut Tx, id: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    Ok(tx.one(APPLICANT, args![site.as_str(), id]).await?.is_some())
}
