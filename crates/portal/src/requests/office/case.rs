//! Reconsideration and litigation over a request: recording a case, and how it ended.

use super::load;
use crate::app::App;
use crate::error::{PortalError, Result};
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FieldError, FormErrors, Link};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::cases::LegalCase;
use office::permissions::Action;
use statute::Date;
use statute::case::{CaseResult, Track};
use store::requests::Stored;
use store::{StoreError, cases};

/// The address of the form; the case `new` is one to record.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/office/requests/{id}/cases/{case}", get(form).post(record))
}

#[derive(Default)]
struct Typed {
    track: String,
    filed_on: String,
    closed_on: String,
    result: String,
}

#[derive(Template)]
#[template(path = "requests/office_case.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    heading: &'static str,
    stale: bool,
    errors: FormErrors,
    action: String,
    seen: i64,
    submission: String,
    tracks: Vec<Choice>,
    results: Vec<Choice>,
    v: Typed,
    back: String,
}

fn page(
    office: &Office,
    stored: &Stored,
    case: Option<&LegalCase>,
    typed: Typed,
    submission: String,
    errors: FormErrors,
) -> Page {
    let request = &stored.request;
    let href = urls::office_request(&request.id);
    let heading = if case.is_some() {
        "登记复议诉讼结果"
    } else {
        "登记复议诉讼"
    };
    Page {
        shell: shell::office(office, "requests", heading),
        trail: vec![
            Link::new("申请", urls::OFFICE_REQUESTS),
            Link::new(request.number.as_str(), href.as_str()),
        ],
        number: request.number.clone(),
        heading,
        stale: false,
        errors,
        action: urls::office_case(&request.id, case.map_or("new", |case| case.id.as_str())),
        seen: case.map_or(0, |case| case.seq),
        submission,
        tracks: Track::ALL
            .iter()
            .map(|track| Choice::new(track.key(), track.label()))
            .collect(),
        results: CaseResult::ALL
            .iter()
            .map(|result| Choice::new(result.key(), result.label()))
            .collect(),
        v: typed,
        back: href,
    }
}

async fn find(office: &Office, request: &str, case: &str) -> Result<Option<LegalCase>> {
    if case == "new" {
        return Ok(None);
    }
    let found = cases::of_request(office.store(), &office.actor, request).await?;
    found
        .into_iter()
        .find(|found| found.id == case)
        .map(Some)
        .ok_or(PortalError::NotFound)
}

async fn form(office: Office, Path((id, case)): Path<(String, String)>) -> Result {
    let stored = load(&office, &id, Action::CaseRecord).await?;
    let case = find(&office, &id, &case).await?;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let typed = match &case {
        Some(case) => Typed {
            track: case.track.key().into(),
            filed_on: case.filed_on.to_string(),
            closed_on: day(case.closed_on),
            result: case.result.map_or("", CaseResult::key).into(),
        },
        None => Typed::default(),
    };
    shell::render(&page(
        &office,
        &stored,
        case.as_ref(),
        typed,
        shell::submission()?,
        FormErrors::default(),
    ))
}

/// The case that was typed.
fn case_of(
    fields: &Fields,
    request: &str,
    id: String,
) -> std::result::Result<LegalCase, FormErrors> {
    let mut errors = FormErrors::default();
    let mut wrong = |field, message: String| errors.list.push(FieldError { field, message });
    let track = Track::from_key(fields.text("track"));
    if track.is_none() {
        wrong("track", "没有选途径，请选一种。".into());
    }
    let mut day = |name| match fields.date(name) {
        Ok(day) => day,
        Err(reason) => {
            wrong(name, reason.text);
            None
        }
    };
    let (filed_on, closed_on) = (day("filed_on"), day("closed_on"));
    if filed_on.is_none() && fields.text("filed_on").trim().is_empty() {
        wrong("filed_on", "没有填提起日期，请填写。".into());
    }
    match (track, filed_on) {
        (Some(track), Some(filed_on)) if errors.is_empty() => Ok(LegalCase {
            id,
            request: request.to_owned(),
            track,
            filed_on,
            closed_on,
            result: CaseResult::from_key(fields.text("result")),
            seq: 0,
        }),
        _ => Err(errors),
    }
}

async fn record(
    office: Office,
    Path((id, case)): Path<(String, String)>,
    fields: Fields,
) -> Result {
    let submission = fields.submission()?.to_owned();
    let seen = fields.seen()?;
    let stored = load(&office, &id, Action::CaseRecord).await?;
    let known = find(&office, &id, &case).await?;
    let again = |errors| {
        let typed = Typed {
            track: fields.text("track").to_owned(),
            filed_on: fields.text("filed_on").to_owned(),
            closed_on: fields.text("closed_on").to_owned(),
            result: fields.text("result").to_owned(),
        };
        page(
            &office,
            &stored,
            known.as_ref(),
            typed,
            submission.clone(),
            errors,
        )
    };
    let refused = |errors| {
        let mut page = again(errors);
        page.seen = seen;
        shell::refused(&page)
    };
    // The same form sent twice records one case.
    let case_id = known.as_ref().map_or_else(
        || format!("c-{}", store::keys::short_digest(&submission)),
        |known| known.id.clone(),
    );
    let case = match case_of(&fields, &id, case_id) {
        Ok(case) => case,
        Err(errors) => return refused(errors),
    };
    let seen_case = known.as_ref().map(|_| seen);
    match cases::record(office.store(), &office.actor, case, seen_case).await {
        Ok(()) => {
            office.flash("done", "复议诉讼已经登记。");
            Ok(shell::redirect(&urls::office_request(&id)))
        }
        Err(StoreError::NotAllowed(reasons)) => refused(reasons.into()),
        Err(StoreError::Stale { .. }) => {
            let mut page = again(FormErrors::default());
            page.stale = true;
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
