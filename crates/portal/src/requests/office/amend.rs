//! Putting right what a clerk mistyped of a paper request: who asks, and for what.

use super::load;
use crate::app::App;
use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{FormErrors, Link};
use crate::{reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::permissions::Action;
use store::StoreError;
use store::requests::{self, Amendment, Applicant, Stored};

/// The address of the form.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/office/requests/{id}/amend", get(form).post(amend))
}

/// Whether the button is shown.
pub(super) fn offered(office: &Office, stored: &Stored) -> bool {
    let may = |action| {
        let unit = &stored.request.unit;
        reach::may(&office.actor, &office.shell.site, action, unit)
    };
    requests::amendable(stored.request.channel)
        && may(Action::RequestCorrect)
        && may(Action::ApplicantRead)
}

#[derive(Template)]
#[template(path = "requests/office_amend.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    action: String,
    back: String,
    seen: i64,
    v: Applicant,
    subject: String,
    reason: String,
    stale: bool,
    errors: FormErrors,
}

fn page(
    office: &Office,
    stored: &Stored,
    typed: (Applicant, String, String),
    errors: FormErrors,
) -> Page {
    let request = &stored.request;
    let href = urls::office_request(&request.id);
    Page {
        shell: shell::office(office, "requests", "更正申请内容"),
        trail: vec![
            Link::new("申请", urls::OFFICE_REQUESTS),
            Link::new(request.number.as_str(), href.as_str()),
        ],
        number: request.number.clone(),
        action: urls::office_request_form(&request.id, "amend"),
        back: href,
        seen: request.seq,
        v: typed.0,
        subject: typed.1,
        reason: typed.2,
        stale: false,
        errors,
    }
}

/// The request and what it says now, for one who may read and correct it.
async fn opened(office: &Office, id: &str) -> Result<(Stored, Applicant, String)> {
    let stored = load(office, id, Action::RequestCorrect).await?;
    let opened = requests::open(office.store(), &office.actor, &stored).await?;
    let refused = |code, text| Err(StoreError::refused(code, text).into());
    if !requests::amendable(stored.request.channel) {
        return refused(
            "filed-online",
            "这件申请是申请人自己在网上填写的，不能代为改写；请申请人补正（条例 §30）。",
        );
    }
    match (opened.applicant, opened.subject) {
        (Some(applicant), Some(subject)) => Ok((stored, applicant, subject)),
        _ => refused(
            "applicant-erased",
            "申请人信息已经销毁，不能再写入这件申请的内容。",
        ),
    }
}

async fn form(office: Office, Path(id): Path<String>) -> Result {
    let (stored, applicant, subject) = opened(&office, &id).await?;
    let typed = (applicant, subject, String::new());
    shell::render(&page(&office, &stored, typed, FormErrors::default()))
}

async fn amend(office: Office, Path(id): Path<String>, fields: Fields) -> Result {
    let (stored, before, _) = opened(&office, &id).await?;
    let seen = fields.seen()?;
    let text = |name: &str| fields.text(name).trim().to_owned();
    let amendment = Amendment {
        applicant: Applicant {
            name: text("name"),
            identity_number: text("identity_number"),
            phone: text("phone"),
            address: text("address"),
            email: text("email"),
            // What the form does not ask stays as it was.
            ..before
        },
        subject: fields
            .text("subject")
            .replace("\r\n", "\n")
            .trim()
            .to_owned(),
        reason: text("reason"),
    };
    let typed = (
        amendment.applicant.clone(),
        amendment.subject.clone(),
        amendment.reason.clone(),
    );
    match requests::amend(office.store(), &office.actor, &id, amendment, seen).await {
        Ok(()) => {
            office.flash("done", "已更正，重新加密保存。");
            Ok(shell::redirect(&urls::office_request(&id)))
        }
        Err(StoreError::NotAllowed(reasons)) => {
            let mut page = page(&office, &stored, typed, reasons.into());
            page.seen = seen;
            shell::refused(&page)
        }
        Err(StoreError::Stale { .. }) => {
            let mut page = page(&office, &stored, typed, FormErrors::default());
            page.stale = true;
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
