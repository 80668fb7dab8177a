//! Putting right what a clerk mistyped of a paper request: the applicant's details and the subject,
//! sealed anew. The journal says that, who and why; never what.

use super::register::check_lengths;
use super::seal::key_of;
use super::{Applicant, load_in};
use crate::args;
use crate::{Done, Result, Store, StoreError, keys, units};
use office::Reason;
use office::masking::mask;
use office::permissions::{Action, Actor};
use office::requests;
use serde_json::json;
use statute::channel::RequestChannel;

const SAVE_APPLICANT: &str =
    "UPDATE applicant SET details = $3, seq = $4 WHERE site = $1 AND id = $2";
const SAVE_SUBJECT: &str = "UPDATE request SET subject = $3, seq = $4 WHERE site = $1 AND id = $2";

/// What is put in the place of what was typed.
#[derive(Clone)]
pub struct Amendment {
    /// Who asks.
    pub applicant: Applicant,
    /// What is asked for.
    pub subject: String,
    /// Why it was wrong; without personal data.
    pub reason: String,
}

impl std::fmt::Debug for Amendment {
    /// Personal data never reaches a log by accident.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Amendment(…)")
    }
}

/// Whether the words of a request may be amended: those that a clerk typed. What an applicant wrote
/// online is theirs.
pub fn amendable(channel: RequestChannel) -> bool {
    channel != RequestChannel::Online
}

/// Seals the applicant's details and the subject anew. `seen` is the version the form was made from.
///
/// # Errors
/// No right to correct, or to read the applicant; a request that was filed online; no reason.
pub async fn amend(
    store: &Store,
    actor: &Actor,
    id: &str,
    amendment: Amendment,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let stored = load_in(&mut tx, id, seen).await?;
    let request = &stored.request;
    for action in [Action::RequestCorrect, Action::ApplicantRead] {
        units::authorize(&mut tx, actor, action, &request.unit).await?;
    }
    let mut reasons = requests::check_subject(&amendment.subject);
    reasons.extend(check_lengths(&amendment.applicant));
    if !amendable(request.channel) {
        reasons.push(Reason::new(
            "filed-online",
            "这件申请是申请人自己在网上填写的，不能代为改写；请申请人补正（条例 §30）。",
        ));
    }
    if amendment.applicant.name.trim().is_empty() {
        reasons.push(Reason::at(
            "name",
            "name-empty",
            "没有写申请人姓名或名称（条例 §29），请填写。",
        ));
    }
    let length = amendment.reason.trim().chars().count();
    if length == 0 || length > requests::REASON_LIMIT {
        reasons.push(Reason::at(
            "reason",
            "reason-malformed",
            format!(
                "更正的理由应为 1 到 {} 个字，不要写个人信息。",
                requests::REASON_LIMIT
            ),
        ));
    }
    if !reasons.is_empty() {
        return Err(reasons.into());
    }
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let applicant = request.applicant.as_str();
    let key = key_of(store, &mut tx, applicant).await?;
    let details = serde_json::to_vec(&amendment.applicant)
        .map_err(|_| StoreError::inconsistent("applicant", "details", applicant))?;
    let details = key.seal(&keys::bound_to(&site, "applicant", applicant), &details)?;
    let subject = key.seal(
        &keys::bound_to(&site, "subject", id),
        amendment.subject.as_bytes(),
    )?;
    tx.execute(
        SAVE_APPLICANT,
        args![site.as_str(), applicant, details, seq],
    )
    .await?;
    tx.execute(SAVE_SUBJECT, args![site.as_str(), id, subject, seq])
        .await?;
    tx.commit(Done::new(
        "request.amend",
        "request",
        id,
        json!({"unit": request.unit, "reason": mask(amendment.reason.trim())}),
    ))
    .await?;
    Ok(())
}
