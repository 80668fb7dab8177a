//! Recording an entry: the form is made from the register's own fields.

use super::{fen, label};
use crate::error::{PortalError, Result};
use crate::extract::{Fields, Office};
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FieldError, FormErrors, Link};
use askama::Template;
use axum::extract::Path;
use office::permissions::Action;
use office::registers::{Field, FieldKind, Register, register};
use serde_json::{Map, Value};

#[derive(Template)]
#[template(path = "registers/entry.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    label: &'static str,
    purpose: &'static str,
    here: String,
    back: String,
    submission: String,
    units: Vec<Choice>,
    unit: String,
    fields: Vec<FieldView>,
    errors: FormErrors,
}

struct FieldView {
    key: &'static str,
    label: String,
    kind: &'static str,
    required: bool,
    help: &'static str,
    value: String,
    choices: Vec<Choice>,
}

fn view(field: &Field, value: &str) -> FieldView {
    let (kind, help) = match field.kind {
        FieldKind::Day => ("date", "如 2026-04-02。"),
        FieldKind::Count => ("number", ""),
        FieldKind::Fen => ("number", "单位是元，最多两位小数。"),
        FieldKind::Text => ("text", ""),
        FieldKind::Choice(_) => ("choice", ""),
    };
    FieldView {
        key: field.key,
        label: label(field),
        kind,
        required: field.required,
        help,
        value: value.to_owned(),
        choices: match field.kind {
            FieldKind::Choice(of) => of
                .iter()
                .map(|(key, label)| Choice::new(*key, *label))
                .collect(),
            _ => Vec::new(),
        },
    }
}

/// An empty form.
pub async fn form(office: Office, Path(key): Path<String>, asked: Asked) -> Result {
    let register = register(&key).ok_or(PortalError::NotFound)?;
    let submission = shell::submission()?;
    let unit = asked.text("unit");
    page(
        &office,
        register,
        unit,
        submission,
        None,
        FormErrors::default(),
    )
    .await
}

/// Records what was typed.
pub async fn save(office: Office, Path(key): Path<String>, form: Fields) -> Result {
    let register = register(&key).ok_or(PortalError::NotFound)?;
    let unit = form.text("unit").to_owned();
    let errors = match read(register, &form) {
        Err(errors) => errors,
        Ok(fields) => {
            let recorded = store::registers::record(
                office.app.store(),
                &office.actor,
                &unit,
                register,
                fields,
                form.submission()?,
            );
            match recorded.await {
                Ok(_) => {
                    let list = urls::office_register(register.key, &unit, "");
                    office.flash("done", "登记了一条。");
                    return Ok(shell::redirect(&list));
                }
                Err(error) => pick::form_errors(error)?,
            }
        }
    };
    let submission = form.submission()?.to_owned();
    page(&office, register, &unit, submission, Some(&form), errors).await
}

/// The typed fields as an entry's; what cannot be is told at its field.
fn read(register: &Register, form: &Fields) -> std::result::Result<Map<String, Value>, FormErrors> {
    let mut fields = Map::new();
    let mut errors = FormErrors::default();
    for field in register.fields {
        let text = form.text(field.key).trim();
        let mut wrong = |message: String| {
            errors.list.push(FieldError {
                field: field.key,
                message,
            });
        };
        let label = label(field);
        if text.is_empty() {
            if field.required {
                wrong(format!("“{label}”没有填写，请填写。"));
            }
            continue;
        }
        let value = match field.kind {
            FieldKind::Day => statute::parse_date(text).map(|day| Value::from(day.to_string())),
            FieldKind::Count => text
                .parse::<i64>()
                .ok()
                .filter(|n| *n >= 0)
                .map(Value::from),
            FieldKind::Fen => fen(text).map(Value::from),
            FieldKind::Text | FieldKind::Choice(_) => Some(Value::from(text)),
        };
        match (value, field.kind) {
            (Some(value), _) => {
                fields.insert(field.key.to_owned(), value);
            }
            (None, FieldKind::Day) => wrong(format!(
                "“{label}”写的是“{text}”，不是日期；请按 2026-04-02 的样子填写。"
            )),
            (None, FieldKind::Fen) => wrong(format!(
                "“{label}”写的是“{text}”，应为金额，如 4600 或 46.50。"
            )),
            (None, _) => wrong(format!("“{label}”写的是“{text}”，应为不小于 0 的整数。")),
        }
    }
    if errors.is_empty() {
        Ok(fields)
    } else {
        Err(errors)
    }
}

async fn page(
    office: &Office,
    register: &'static Register,
    unit: &str,
    submission: String,
    typed: Option<&Fields>,
    errors: FormErrors,
) -> Result {
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::RegisterRecord);
    if units.is_empty() {
        return Err(store::StoreError::forbidden(Action::RegisterRecord).into());
    }
    let unit = pick::chosen(&units, unit);
    let list = urls::office_register(register.key, &unit, "");
    let fields = register
        .fields
        .iter()
        .map(|field| view(field, typed.map_or("", |form| form.text(field.key))));
    let refused = !errors.is_empty();
    let page = Page {
        shell: shell::office(office, "registers", &format!("登记{}", register.label)),
        trail: vec![
            Link::new("台账", urls::OFFICE_REGISTERS),
            Link::new(register.label, list.as_str()),
        ],
        label: register.label,
        purpose: register.purpose,
        here: urls::office_register_new(register.key, ""),
        back: list,
        submission,
        units,
        unit,
        fields: fields.collect(),
        errors,
    };
    if refused {
        shell::refused(&page)
    } else {
        shell::render(&page)
    }
}
