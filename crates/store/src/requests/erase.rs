//! Erasing a person: the key is destroyed, the counts and the journal stay.

use super::load_in;
use crate::args;
use crate::db::Row;
use crate::{Done, Result, Store, StoreError, units};
use office::permissions::{Action, Actor};
use serde_json::json;
use statute::Date;

const OF_APPLICANT: &str = "SELECT unit, CAST(SUM(CASE WHEN closed_on IS NULL THEN 1 ELSE 0 END) AS BIGINT) FROM request \
    WHERE site = $1 AND applicant = $2 GROUP BY unit ORDER BY unit";
const ERASABLE: &str = "SELECT r.id, r.unit, r.number, r.closed_on, r.seq, \
    CASE WHEN a.wrapped_key IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END FROM request r \
    JOIN applicant a ON a.site = r.site AND a.id = r.applicant WHERE r.site = $1 AND r.id = $2";
const ERASABLE_NUMBER: &str = "SELECT r.id, r.unit, r.number, r.closed_on, r.seq, \
    CASE WHEN a.wrapped_key IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END FROM request r \
    JOIN applicant a ON a.site = r.site AND a.id = r.applicant WHERE r.site = $1 AND r.unit = $2 \
    AND r.number = $3";
const ERASE_APPLICANT: &str =
    "UPDATE applicant SET wrapped_key = $3, seq = $4 WHERE site = $1 AND id = $2";

/// What one who may erase, and may not read, sees of a request: nothing that the applicant said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasable {
    /// Id.
    pub id: String,
    /// Unit asked.
    pub unit: String,
    /// 登记编号.
    pub number: String,
    /// Day of reply or closing.
    pub closed_on: Option<Date>,
    /// Whether it was done before.
    pub erased: bool,
    /// Journal entry that last changed the request.
    pub seq: i64,
}

fn read_erasable(row: &Row) -> Result<Erasable> {
    Ok(Erasable {
        id: row.text(0)?,
        unit: row.text(1)?,
        number: row.text(2)?,
        closed_on: row.date_opt(3)?,
        seq: row.int(4)?,
        erased: row.int(5)? == 0,
    })
}

/// The request of this id, for one who may erase its applicant.
pub async fn erasable(store: &Store, actor: &Actor, id: &str) -> Result<Erasable> {
    let row = store.db.one(ERASABLE, args![store.site(), id]).await?;
    let found = row
        .as_ref()
        .map(read_erasable)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("request", id))?;
    units::authorize_read(store, actor, Action::ApplicantErase, &found.unit).await?;
    Ok(found)
}

/// The request of a unit and a 登记编号, for one who may erase its applicant.
pub async fn find_erasable(
    store: &Store,
    actor: &Actor,
    unit: &str,
    number: &str,
) -> Result<Option<Erasable>> {
    units::authorize_read(store, actor, Action::ApplicantErase, unit).await?;
    store
        .db
        .one(ERASABLE_NUMBER, args![store.site(), unit, number])
        .await?
        .as_ref()
        .map(read_erasable)
        .transpose()
}

/// Destroys an applicant's key: what the applicant said can no longer be read, here and in every
/// backup that is restored with a later state; the journal and the counts stay valid.
pub async fn erase_applicant(store: &Store, actor: &Actor, request: &str, seen: i64) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let stored = load_in(&mut tx, request, seen).await?;
    units::authorize(&mut tx, actor, Action::ApplicantErase, &stored.request.unit).await?;
    let site = tx.site().to_owned();
    let applicant = stored.request.applicant.as_str();
    // One applicant may stand behind requests to several units: the key is the key of all of them.
    for row in tx
        .all(OF_APPLICANT, args![site.as_str(), applicant])
        .await?
    {
        units::authorize(&mut tx, actor, Action::ApplicantErase, &row.text(0)?).await?;
        if row.int(1)? > 0 {
            return Err(StoreError::refused(
                "applicant-has-open-requests",
                "这位申请人还有没办结的申请，销毁后就不能答复；请先办结。",
            ));
        }
    }
    let seq = tx.seq();
    tx.execute(
        ERASE_APPLICANT,
        args![
            site.as_str(),
            stored.request.applicant.as_str(),
            None::<Vec<u8>>,
            seq
        ],
    )
    .await?;
    tx.commit(Done::new(
        "applicant.erase",
        "applicant",
        &stored.request.applicant,
        json!({"request": request}),
    ))
    .await?;
    Ok(())
}
