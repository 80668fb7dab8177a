//! Giving a request to the one who handles it.

use super::load;
use crate::app::App;
use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{Choice, FieldError, FormErrors, Link};
use crate::{pick, urls};
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
    Router::new().route("/office/requests/{id}/assign", get(form).post(assign))
}

#[derive(Template)]
#[template(path = "requests/office_assign.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    stale: bool,
    errors: FormErrors,
    action: String,
    seen: i64,
    people: Vec<Choice>,
    handler: String,
    back: String,
}

async fn page(office: &Office, stored: &Stored, handler: &str, errors: FormErrors) -> Result<Page> {
    let request = &stored.request;
    let lineage = pick::lineage(&office.shell.site, &request.unit);
    let people = store::people::able(office.store(), Action::RequestHandle, &lineage).await?;
    let href = urls::office_request(&request.id);
    Ok(Page {
        shell: shell::office(office, "requests", "指定经办人"),
        trail: vec![
            Link::new("申请", urls::OFFICE_REQUESTS),
            Link::new(request.number.as_str(), href.as_str()),
        ],
        number: request.number.clone(),
        stale: false,
        errors,
        action: urls::office_request_form(&request.id, "assign"),
        seen: request.seq,
        people: people
            .into_iter()
            .map(|person| {
                let unit = office.shell.site.unit_name(&person.unit);
                Choice::new(person.id, person.name).hint(unit)
            })
            .collect(),
        handler: handler.to_owned(),
        back: href,
    })
}

async fn form(office: Office, Path(id): Path<String>) -> Result {
    let stored = load(&office, &id, Action::RequestHandle).await?;
    let handler = stored
        .request
        .handler
        .clone()
        .unwrap_or_else(|| office.actor.id.clone());
    shell::render(&page(&office, &stored, &handler, FormErrors::default()).await?)
}

async fn assign(office: Office, Path(id): Path<String>, fields: Fields) -> Result {
    let seen = fields.seen()?;
    let stored = load(&office, &id, Action::RequestHandle).await?;
    let handler = fields.text("handler");
    if handler.is_empty() {
        let errors = FormErrors {
            list: vec![FieldError {
                field: "handler",
                message: "没有选经办人，请选一位。".into(),
            }],
        };
        return shell::refused(&page(&office, &stored, "", errors).await?);
    }
    match requests::assign(office.store(), &office.actor, &id, handler, seen).await {
        Ok(()) => {
            office.flash("done", "经办人已经指定。");
            Ok(shell::redirect(&urls::office_request(&id)))
        }
        Err(StoreError::NotAllowed(reasons)) => {
            shell::refused(&page(&office, &stored, handler, reasons.into()).await?)
        }
        Err(StoreError::Stale { .. }) => {
            let mut page = page(&office, &stored, handler, FormErrors::default()).await?;
            page.stale = true;
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
