//! Requests as records that are exported and imported.

use super::seal::{erased_in, key_of, unseal};
use super::{BY_ID, NUMBER_TAKEN, read};
use crate::args;
use crate::{Result, Store, StoreError, Tx, keys};
use office::records::RequestRecord;

/// The request as it is exported, its subject with personal numbers masked.
pub(crate) async fn record(store: &Store, id: &str) -> Result<Option<RequestRecord>> {
    let row = store.db.one(BY_ID, args![store.site(), id]).await?;
    let Some(stored) = row.as_ref().map(read).transpose()? else {
        return Ok(None);
    };
    let subject = unseal(store, &stored).await?.subject.unwrap_or_default();
    Ok(Some(crate::export::request_record(
        &stored,
        office::masking::mask(&subject),
    )))
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
