//! Decisions in the office: a year of them, and the form for new ones.

use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::views::{Choice, FieldError, FormErrors, Link, Pager};
use crate::{reach, urls};
use askama::Template;
use office::figures::DecisionKind;
use office::permissions::Action;
use store::{StoreError, registers};

const SIZE: u32 = 30;

#[derive(Template)]
#[template(path = "registers/decisions.html")]
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
    pager: Pager,
}

struct Row {
    unit: String,
    kind: &'static str,
    on: String,
    withdrawn: bool,
    /// The form that puts it right; empty for one who may not.
    change: String,
}

/// Decisions of a year, newest first.
pub async fn list(office: Office, asked: Asked) -> Result {
    let store = office.app.store();
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::RegisterRead);
    let unit = pick::chosen(&units, asked.text("unit"));
    if unit.is_empty() {
        return Err(StoreError::forbidden(Action::RegisterRead).into());
    }
    let year = pick::year(asked.text("year")).unwrap_or(store.today().year());
    let number = pick::page(asked.text("page"));
    let page = registers::list_decisions(store, &office.actor, &unit, year, number, SIZE).await?;
    let standing = registers::standing_decisions(store, &office.actor, &unit, year).await?;
    shell::render(&List {
        shell: shell::office(&office, "registers", "行政决定"),
        trail: vec![Link::new("台账", urls::OFFICE_REGISTERS)],
        here: urls::OFFICE_DECISIONS,
        new: if reach::may(&office.actor, &site, Action::RegisterRecord, &unit) {
            urls::with_query(urls::OFFICE_DECISIONS_NEW, &[("unit", &unit)])
        } else {
            String::new()
        },
        caption: match page.total - standing {
            0 => format!("{year} 年共 {standing} 件，从新到旧"),
            withdrawn => format!("{year} 年共 {standing} 件，另有 {withdrawn} 件已撤回，从新到旧"),
        },
        rows: page
            .items
            .iter()
            .map(|decision| {
                let may = reach::may(&office.actor, &site, Action::RegisterRecord, &decision.unit);
                Row {
                    unit: site.unit_name(&decision.unit).to_owned(),
                    kind: decision.kind.label(),
                    on: decision.decided_on.to_string(),
                    withdrawn: decision.withdrawn,
                    change: if may && !decision.withdrawn {
                        urls::office_decision(&decision.id)
                    } else {
                        String::new()
                    },
                }
            })
            .collect(),
        pager: Pager::new(number, SIZE, page.total, "件", |number| {
            urls::with_query(
                urls::OFFICE_DECISIONS,
                &[
                    ("unit", &unit),
                    ("year", &year.to_string()),
                    ("page", &number.to_string()),
                ],
            )
        }),
        units,
        unit,
        year: year.to_string(),
    })
}

#[derive(Template)]
#[template(path = "registers/decision_new.html")]
struct Form {
    shell: Shell,
    trail: Vec<Link>,
    here: &'static str,
    back: String,
    submission: String,
    units: Vec<Choice>,
    unit: String,
    kinds: Vec<Choice>,
    kind: String,
    on: String,
    number: String,
    errors: FormErrors,
}

/// An empty form.
pub async fn form(office: Office, asked: Asked) -> Result {
    let today = office.store().today().to_string();
    let typed = Typed {
        unit: asked.text("unit"),
        kind: "",
        on: &today,
        count: "1",
    };
    shell::render(&page(
        &office,
        &typed,
        shell::submission()?,
        FormErrors::default(),
    )?)
}

struct Typed<'a> {
    unit: &'a str,
    kind: &'a str,
    on: &'a str,
    count: &'a str,
}

/// Records what was typed.
pub async fn save(office: Office, form: Fields) -> Result {
    let typed = Typed {
        unit: form.text("unit"),
        kind: form.text("kind"),
        on: form.text("on"),
        count: form.text("count"),
    };
    let mut errors = FormErrors::default();
    let mut wrong = |field, message: &str| {
        errors.list.push(FieldError {
            field,
            message: message.to_owned(),
        });
    };
    let kind = DecisionKind::from_key(typed.kind);
    if kind.is_none() {
        wrong("kind", "没有选决定的种类，请选一种。");
    }
    let on = match form.date("on") {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            wrong("on", "没有填决定日期，请填写。");
            None
        }
        Err(reason) => {
            wrong("on", &reason.text);
            None
        }
    };
    let count: Option<i64> = typed.count.trim().parse().ok();
    if count.is_none() {
        let text = format!("件数写的是“{}”，应为整数，如 1。", typed.count);
        wrong("count", &text);
    }
    if let (Some(kind), Some(on), Some(count)) = (kind, on, count) {
        let done = registers::record_decisions(
            office.store(),
            &office.actor,
            typed.unit,
            kind,
            on,
            count,
            form.submission()?,
        );
        match done.await {
            Ok(()) => {
                let text = format!("登记了 {count} 件{}。", kind.label());
                office.flash("done", &text);
                let year = on.year().to_string();
                let pairs = [("unit", typed.unit), ("year", year.as_str())];
                return Ok(shell::redirect(&urls::with_query(
                    urls::OFFICE_DECISIONS,
                    &pairs,
                )));
            }
            Err(error) => errors = pick::form_errors(error)?,
        }
    }
    let submission = form.submission()?.to_owned();
    shell::refused(&page(&office, &typed, submission, errors)?)
}

fn page(
    office: &Office,
    typed: &Typed<'_>,
    submission: String,
    errors: FormErrors,
) -> Result<Form> {
    let units = pick::units(&office.shell.site, &office.actor, Action::RegisterRecord);
    if units.is_empty() {
        return Err(StoreError::forbidden(Action::RegisterRecord).into());
    }
    let unit = pick::chosen(&units, typed.unit);
    Ok(Form {
        shell: shell::office(office, "registers", "登记行政决定"),
        trail: vec![
            Link::new("台账", urls::OFFICE_REGISTERS),
            Link::new("行政决定", urls::OFFICE_DECISIONS),
        ],
        here: urls::OFFICE_DECISIONS_NEW,
        back: urls::with_query(urls::OFFICE_DECISIONS, &[("unit", &unit)]),
        submission,
        units,
        unit,
        kinds: DecisionKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.key(), kind.label()))
            .collect(),
        kind: typed.kind.to_owned(),
        on: typed.on.to_owned(),
        number: typed.count.to_owned(),
        errors,
    })
}
