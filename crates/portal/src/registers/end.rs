//! The day on which what an entry stands for ended.

use crate::error::{PortalError, Result};
use crate::extract::{Fields, Office};
use crate::pick;
use crate::shell::{self, Shell};
use crate::views::{FieldError, FormErrors, Link};
use crate::{reach, urls};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use office::permissions::Action;
use office::registers::{Register, register};
use store::StoreError;
use store::registers::{self, Entry};

#[derive(Template)]
#[template(path = "registers/end.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    label: &'static str,
    unit: String,
    facts: Vec<(String, String)>,
    end_label: &'static str,
    here: String,
    back: String,
    seen: i64,
    on: String,
    stale: bool,
    errors: FormErrors,
}

/// The entry, for one who may record in its register.
async fn load(office: &Office, id: &str) -> Result<(Entry, &'static Register)> {
    let entry = registers::find(office.store(), &office.actor, id).await?;
    if !reach::may(
        &office.actor,
        &office.shell.site,
        Action::RegisterRecord,
        &entry.unit,
    ) {
        return Err(StoreError::forbidden(Action::RegisterRecord).into());
    }
    let register = register(&entry.register).ok_or(PortalError::NotFound)?;
    if register.ended.is_none() {
        return Err(PortalError::NotFound);
    }
    Ok((entry, register))
}

fn page(
    office: &Office,
    entry: &Entry,
    register: &'static Register,
    on: &str,
    errors: FormErrors,
) -> Page {
    let list = urls::office_register(register.key, &entry.unit, "");
    Page {
        shell: shell::office(office, "registers", "登记结束"),
        trail: vec![
            Link::new("台账", urls::OFFICE_REGISTERS),
            Link::new(register.label, list.as_str()),
        ],
        label: register.label,
        unit: office.shell.site.unit_name(&entry.unit).to_owned(),
        facts: register
            .fields
            .iter()
            .map(|field| {
                let text = super::shown(field, entry.fields.get(field.key));
                (super::label(field), text)
            })
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        end_label: register
            .fields
            .iter()
            .find(|field| register.ended == Some(field.key))
            .map_or("结束日期", |field| field.label),
        here: urls::office_entry_end(&entry.id),
        back: list,
        seen: entry.seq,
        on: on.to_owned(),
        stale: false,
        errors,
    }
}

/// The form: today, or the day that was said before.
pub async fn form(office: Office, Path(id): Path<String>) -> Result {
    let (entry, register) = load(&office, &id).await?;
    let on = entry.ended_on.unwrap_or(office.store().today()).to_string();
    shell::render(&page(&office, &entry, register, &on, FormErrors::default()))
}

/// Records the day.
pub async fn save(office: Office, Path(id): Path<String>, form: Fields) -> Result {
    let (entry, register) = load(&office, &id).await?;
    let seen = form.seen()?;
    let errors = match form.date("on") {
        Ok(None) => FormErrors {
            list: vec![FieldError {
                field: "on",
                message: "没有填日期，请填写。".into(),
            }],
        },
        Err(reason) => vec![reason].into(),
        Ok(Some(on)) => match registers::end(office.store(), &office.actor, &id, on, seen).await {
            Ok(()) => {
                office.flash("done", "已登记结束。");
                let list = urls::office_register(register.key, &entry.unit, "");
                return Ok(shell::redirect(&list));
            }
            Err(StoreError::Stale { .. }) => {
                let mut page = page(
                    &office,
                    &entry,
                    register,
                    form.text("on"),
                    FormErrors::default(),
                );
                page.stale = true;
                return Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response());
            }
            Err(error) => pick::form_errors(error)?,
        },
    };
    let mut page = page(&office, &entry, register, form.text("on"), errors);
    page.seen = seen;
    shell::refused(&page)
}
