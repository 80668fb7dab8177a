//! Erasing a person: the key is destroyed, the counts and the journal stay.

use super::load_in;
use crate::args;
use crate::{Done, Result, Store, StoreError, units};
use office::permissions::{Action, Actor};
use serde_json::json;

const OF_APPLICANT: &str = "SELECT unit, CAST(SUM(CASE WHEN closed_on IS NULL THEN 1 ELSE 0 END) AS BIGINT) FROM request \
    WHERE site = $1 AND applicant = $2 GROUP BY unit ORDER BY unit";
const ERASE_APPLICANT: &str =
    "UPDATE applicant SET wrapped_key = $3, seq = $4 WHERE site = $1 AND id = $2";

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
