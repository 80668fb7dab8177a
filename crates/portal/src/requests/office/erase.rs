//! Destroying what an applicant said: the right to be forgotten, after the request has ended.

use super::load;
use crate::app::App;
use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{FormErrors, Link};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::permissions::Action;
use store::StoreError;
use store::requests::{self, Stored};

/// The address of the form.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/office/requests/{id}/erase", get(form).post(erase))
}

#[derive(Template)]
#[template(path = "requests/office_erase.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    stale: bool,
    errors: FormErrors,
    action: String,
    seen: i64,
    back: String,
}

fn page(office: &Office, stored: &Stored, errors: FormErrors, stale: bool) -> Page {
    let request = &stored.request;
    let href = urls::office_request(&request.id);
    Page {
        shell: shell::office(office, "requests", "销毁申请人信息"),
        trail: vec![
            Link::new("申请", urls::OFFICE_REQUESTS),
            Link::new(request.number.as_str(), href.as_str()),
        ],
        number: request.number.clone(),
        stale,
        errors,
        action: urls::office_request_form(&request.id, "erase"),
        seen: request.seq,
        back: href,
    }
}

async fn form(office: Office, Path(id): Path<String>) -> Result {
    let stored = load(&office, &id, Action::ApplicantErase).await?;
    shell::render(&page(&office, &stored, FormErrors::default(), false))
}

async fn erase(office: Office, Path(id): Path<String>, fields: Fields) -> Result {
    let seen = fields.seen()?;
    let stored = load(&office, &id, Action::ApplicantErase).await?;
    match requests::erase_applicant(office.store(), &office.actor, &id, seen).await {
        Ok(()) => {
            office.flash("done", "申请人信息已经销毁。");
            Ok(shell::redirect(&urls::office_request(&id)))
        }
        Err(StoreError::NotAllowed(reasons)) => {
            shell::refused(&page(&office, &stored, reasons.into(), false))
        }
        Err(StoreError::Stale { .. }) => {
            let page = page(&office, &stored, FormErrors::default(), true);
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
