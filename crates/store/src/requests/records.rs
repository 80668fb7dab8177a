//! Requests as records that are exported and imported.

use super::seal::{erased_in, key_of, subject};
use super::{BY_ID, NUMBER_TAKEN, read};
use crate::args;
use crate::db::Connection;
use crate::{Result, Store, StoreError, Tx, keys};
use office::records::RequestRecord;

/// Of a year: received by its end and not ended before it, or with a case that counts in it.
const CHUNK: &str = "SELECT r.id, r.unit, r.number, r.channel, r.applicant_kind, r.applicant, \
    r.events, r.handler, r.seq, r.subject, r.reply, r.tracking, a.wrapped_key FROM request r \
    JOIN applicant a ON a.site = r.site AND a.id = r.applicant \
    WHERE r.site = $1 AND r.id > $4 AND (((r.received_on IS NULL OR r.received_on <= $3) \
    AND (r.closed_on IS NULL OR r.closed_on >= $2)) OR EXISTS (SELECT 1 FROM legal_case c \
    WHERE c.site = r.site AND c.request = r.id AND c.filed_on <= $3 AND (c.filed_on >= $2 \
    OR c.closed_on IS NULL OR c.closed_on >= $2))) ORDER BY r.id LIMIT $5";

/// Requests between two days as they are exported, after an id: subjects with personal numbers
/// masked, empty where the applicant was erased.
pub(crate) async fn records_in(
    store: &Store,
    held: &mut Connection,
    (from, to): (&str, &str),
    after: &str,
    size: i64,
) -> Result<Vec<RequestRecord>> {
    let values = args![store.site(), from, to, after, size];
    let rows = held.all(CHUNK, values).await?;
    rows.iter()
        .map(|row| {
            let stored = read(row)?;
            let subject = subject(store, &stored, row.bytes_opt(12)?)?.unwrap_or_default();
            Ok(crate::export::request_record(
                &stored,
                office::masking::mask(&subject),
            ))
        })
        .collect()
}

/// The request as an import would have to repeat it. Of an erased applicant nobody knows any more
/// what was asked: what the line says (`told`) then counts as the same.
pub(crate) async fn record_in(
    store: &Store,
    tx: &mut Tx,
    id: &str,
    told: &str,
) -> Result<Option<RequestRecord>> {
    let site = tx.site().to_owned();
    let Some(row) = tx.one(BY_ID, args![site.as_str(), id]).await? else {
        return Ok(None);
    };
    let stored = read(&row)?;
    if erased_in(tx, &stored.request.applicant).await? {
        return Ok(Some(crate::export::request_record(
            &stored,
            told.to_owned(),
        )));
    }
    let key = key_of(store, tx, &stored.request.applicant).await?;
    let subject = key.open(&keys::bound_to(&site, "subject", id), &stored.subject)?;
    let subject = String::from_utf8(subject)
        .map_err(|_| StoreError::inconsistent("request", "subject", id))?;
    Ok(Some(crate::export::request_record(&stored, subject)))
}

pub(crate) async fn exists_in(tx: &mut Tx, id: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    Ok(tx.one(BY_ID, args![site.as_str(), id]).await?.is_some())
}

pub(crate) async fn number_taken_in(tx: &mut Tx, unit: &str, number: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    Ok(tx
        .one(NUMBER_TAKEN, args![site.as_str(), unit, number])
        .await?
        .is_some())
}
