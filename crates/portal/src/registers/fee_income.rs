//! Income from administrative fees: each unit's figure of a year, entered and put right.

use super::{fen, yuan};
use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::views::{Choice, FieldError, FormErrors, Link};
use crate::{reach, urls};
use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use office::permissions::Action;
use store::{StoreError, registers};

#[derive(Template)]
#[template(path = "registers/fee_income.html")]
struct List {
    shell: Shell,
    trail: Vec<Link>,
    here: &'static str,
    new: String,
    units: Vec<Choice>,
    unit: String,
    year: String,
    caption: String,
    rows: Vec<Row>,
}

struct Row {
    unit: String,
    yuan: String,
    edit: String,
}

fn edit_href(unit: &str, year: i16) -> String {
    let year = year.to_string();
    urls::with_query(
        urls::OFFICE_FEE_INCOME_EDIT,
        &[("unit", unit), ("year", &year)],
    )
}

/// The figures of a year.
pub async fn list(office: Office, asked: Asked) -> Result {
    let store = office.app.store();
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::RegisterRead);
    let unit = pick::chosen(&units, asked.text("unit"));
    if unit.is_empty() {
        return Err(StoreError::forbidden(Action::RegisterRead).into());
    }
    let year = pick::year(asked.text("year")).unwrap_or(store.today().year());
    let may = |unit: &str| reach::may(&office.actor, &site, Action::RegisterRecord, unit);
    let incomes = registers::list_fee_income(store, &office.actor, &unit, year).await?;
    shell::render(&List {
        shell: shell::office(&office, "registers", "收费收入"),
        trail: vec![Link::new("台账", urls::OFFICE_REGISTERS)],
        here: urls::OFFICE_FEE_INCOME,
        new: if may(&unit) {
            edit_href(&unit, year)
        } else {
            String::new()
        },
        caption: format!("{year} 年，共 {} 个单位登记", incomes.len()),
        rows: incomes
            .iter()
            .map(|income| Row {
                unit: site.unit_name(&income.unit).to_owned(),
                yuan: yuan(income.fen),
                edit: if may(&income.unit) {
                    edit_href(&income.unit, year)
                } else {
                    String::new()
                },
            })
            .collect(),
        units,
        unit,
        year: year.to_string(),
    })
}

#[derive(Template)]
#[template(path = "registers/fee_income_edit.html")]
struct Form {
    shell: Shell,
    trail: Vec<Link>,
    here: &'static str,
    back: String,
    unit: String,
    unit_name: String,
    year: String,
    before: String,
    seen: i64,
    yuan: String,
    stale: bool,
    errors: FormErrors,
}

/// The form, filled with what is entered now.
pub async fn form(office: Office, asked: Asked) -> Result {
    let year = pick::year(asked.text("year")).unwrap_or(office.store().today().year());
    let page = page(&office, asked.text("unit"), year).await?;
    shell::render(&page)
}

/// Saves the figure.
pub async fn save(office: Office, form: Fields) -> Result {
    let unit = form.text("unit");
    let year = pick::year(form.text("year")).unwrap_or_default();
    let seen = form.seen()?;
    let typed = form.text("yuan").trim();
    let (errors, stale) = match fen(typed) {
        None => {
            let message = format!("金额写的是“{typed}”，应为元，如 4600 或 46.50。");
            let list = vec![FieldError {
                field: "yuan",
                message,
            }];
            (FormErrors { list }, false)
        }
        Some(fen) => {
            let store = office.store();
            match registers::save_fee_income(store, &office.actor, unit, year, fen, seen).await {
                Ok(()) => {
                    office.flash("done", &format!("{year} 年的收费收入登记为 {typed} 元。"));
                    let year = year.to_string();
                    let pairs = [("unit", unit), ("year", year.as_str())];
                    let list = urls::with_query(urls::OFFICE_FEE_INCOME, &pairs);
                    return Ok(shell::redirect(&list));
                }
                Err(StoreError::Stale { .. }) => (FormErrors::default(), true),
                Err(error) => (pick::form_errors(error)?, false),
            }
        }
    };
    let mut page = page(&office, unit, year).await?;
    page.yuan = typed.to_owned();
    page.errors = errors;
    if stale {
        page.stale = true;
        return Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response());
    }
    page.seen = seen;
    shell::refused(&page)
}

async fn page(office: &Office, unit: &str, year: i16) -> Result<Form> {
    let site = &office.shell.site;
    if !reach::may(&office.actor, site, Action::RegisterRecord, unit) {
        return Err(StoreError::forbidden(Action::RegisterRecord).into());
    }
    let incomes = registers::list_fee_income(office.store(), &office.actor, unit, year).await?;
    let own = incomes.iter().find(|income| income.unit == unit);
    let text = year.to_string();
    let pairs = [("unit", unit), ("year", text.as_str())];
    Ok(Form {
        shell: shell::office(office, "registers", "登记收费收入"),
        trail: vec![
            Link::new("台账", urls::OFFICE_REGISTERS),
            Link::new("收费收入", urls::OFFICE_FEE_INCOME),
        ],
        here: urls::OFFICE_FEE_INCOME_EDIT,
        back: urls::with_query(urls::OFFICE_FEE_INCOME, &pairs),
        unit: unit.to_owned(),
        unit_name: site.unit_name(unit).to_owned(),
        before: own.map(|income| yuan(income.fen)).unwrap_or_default(),
        seen: own.map_or(0, |income| income.seq),
        yuan: own.map(|income| yuan(income.fen)).unwrap_or_default(),
        year: text,
        stale: false,
        errors: FormErrors::default(),
    })
}
