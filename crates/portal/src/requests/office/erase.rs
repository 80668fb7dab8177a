//! Destroying what an applicant said: the right to be forgotten, after the request has ended. Whoever
//! may do it need not be able to read it: these pages show nothing of the applicant.

use crate::app::App;
use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::views::{Choice, FieldError, FormErrors, Link};
use crate::{reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::permissions::Action;
use store::StoreError;
use store::requests::{self, Erasable};

/// The addresses of the forms.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/office/requests/{id}/erase", get(form).post(erase))
        .route(urls::OFFICE_PEOPLE_ERASE, get(look_up))
}

#[derive(Template)]
#[template(path = "requests/office_erase.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    unit: String,
    closed_on: String,
    erased: bool,
    stale: bool,
    errors: FormErrors,
    action: String,
    seen: i64,
    back: String,
}

/// Where one goes back to: the request for those who may see it.
fn back(office: &Office, found: &Erasable) -> String {
    let site = &office.shell.site;
    if reach::may(&office.actor, site, Action::RequestRead, &found.unit) {
        urls::office_request(&found.id)
    } else {
        urls::OFFICE_PEOPLE_ERASE.to_owned()
    }
}

fn page(office: &Office, found: &Erasable, errors: FormErrors, stale: bool) -> Page {
    let href = back(office, found);
    Page {
        shell: shell::office(office, "people", "销毁申请人信息"),
        trail: vec![Link::new("销毁申请人信息", urls::OFFICE_PEOPLE_ERASE)],
        number: found.number.clone(),
        unit: office.shell.site.unit_name(&found.unit).to_owned(),
        closed_on: found
            .closed_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        erased: found.erased,
        stale,
        errors,
        action: urls::office_request_form(&found.id, "erase"),
        seen: found.seq,
        back: href,
    }
}

async fn form(office: Office, Path(id): Path<String>) -> Result {
    let found = requests::erasable(office.store(), &office.actor, &id).await?;
    shell::render(&page(&office, &found, FormErrors::default(), false))
}

async fn erase(office: Office, Path(id): Path<String>, fields: Fields) -> Result {
    let seen = fields.seen()?;
    let found = requests::erasable(office.store(), &office.actor, &id).await?;
    match requests::erase_applicant(office.store(), &office.actor, &id, seen).await {
        Ok(()) => {
            office.flash("done", "申请人信息已经销毁。");
            Ok(shell::redirect(&back(&office, &found)))
        }
        Err(StoreError::NotAllowed(reasons)) => {
            shell::refused(&page(&office, &found, reasons.into(), false))
        }
        Err(StoreError::Stale { .. }) => {
            let page = page(&office, &found, FormErrors::default(), true);
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "people/erase.html")]
struct LookUp {
    shell: Shell,
    trail: Vec<Link>,
    here: &'static str,
    units: Vec<Choice>,
    unit: String,
    number: String,
    errors: FormErrors,
}

/// Finding the request by unit and number: an administrator sees no list of requests.
async fn look_up(office: Office, asked: Asked) -> Result {
    let units = pick::units(&office.shell.site, &office.actor, Action::ApplicantErase);
    if units.is_empty() {
        return Err(StoreError::forbidden(Action::ApplicantErase).into());
    }
    let unit = pick::chosen(&units, asked.text("unit"));
    let number = asked.text("number");
    let mut errors = FormErrors::default();
    if !number.is_empty() {
        let store = office.store();
        match requests::find_erasable(store, &office.actor, &unit, number).await? {
            Some(found) => {
                let href = urls::office_request_form(&found.id, "erase");
                return Ok(shell::redirect(&href));
            }
            None => errors.list.push(FieldError {
                field: "number",
                message: format!("这个单位没有登记编号为“{number}”的申请，请核对单位和编号。"),
            }),
        }
    }
    shell::render(&LookUp {
        shell: shell::office(&office, "people", "销毁申请人信息"),
        trail: vec![Link::new("人员", urls::OFFICE_PEOPLE)],
        here: urls::OFFICE_PEOPLE_ERASE,
        units,
        unit,
        number: number.to_owned(),
        errors,
    })
}
