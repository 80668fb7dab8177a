//! All registers, and the entries of one.

use super::{label, shown};
use crate::error::{PortalError, Result};
use crate::extract::Office;
use crate::pick::{self, Asked};
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, Link, Pager};
use askama::Template;
use axum::extract::Path;
use office::permissions::Action;
use office::registers::{FieldKind, REGISTERS, register};
use store::registers;

const SIZE: u32 = 30;

#[derive(Template)]
#[template(path = "registers/index.html")]
struct Index {
    shell: Shell,
    here: &'static str,
    units: Vec<Choice>,
    unit: String,
    year: String,
    rows: Vec<IndexRow>,
    elsewhere: Vec<Other>,
}

/// What is kept by year and has a page of its own.
struct Other {
    label: &'static str,
    purpose: &'static str,
    href: String,
    words: String,
}

struct IndexRow {
    label: &'static str,
    purpose: &'static str,
    href: String,
    new: String,
    this_year: i64,
    all: i64,
}

/// Every register with how many entries it has.
pub async fn index(office: Office, asked: Asked) -> Result {
    let store = office.app.store();
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::RegisterRead);
    let unit = pick::chosen(&units, asked.text("unit"));
    if unit.is_empty() {
        return Err(store::StoreError::forbidden(Action::RegisterRead).into());
    }
    let year = pick::year(asked.text("year")).unwrap_or(store.today().year());
    let may_record = reach::may(&office.actor, &site, Action::RegisterRecord, &unit);
    let mut rows = Vec::new();
    for register in REGISTERS {
        let count = async |year| {
            registers::list(store, &office.actor, register, &unit, year, 1, 1)
                .await
                .map(|page| page.total)
        };
        rows.push(IndexRow {
            label: register.label,
            purpose: register.purpose,
            href: urls::office_register(register.key, &unit, ""),
            new: if may_record {
                urls::office_register_new(register.key, &unit)
            } else {
                String::new()
            },
            this_year: count(Some(year)).await?,
            all: count(None).await?,
        });
    }
    let count = async |year| registers::standing_decisions(store, &office.actor, &unit, year).await;
    let this_year = year.to_string();
    let pairs = [("unit", unit.as_str()), ("year", this_year.as_str())];
    let incomes = registers::list_fee_income(store, &office.actor, &unit, year).await?;
    let elsewhere = vec![
        Other {
            label: "行政决定",
            purpose: "行政许可、行政处罚、行政强制（条例 §20(五)(六)）；年度报告 表二",
            href: urls::with_query(urls::OFFICE_DECISIONS, &pairs),
            words: format!("{} 件", count(year).await?),
        },
        Other {
            label: "收费收入",
            purpose: "行政事业性收费收入（条例 §20(八)）；年度报告 表二",
            href: urls::with_query(urls::OFFICE_FEE_INCOME, &pairs),
            words: format!("{} 个单位", incomes.len()),
        },
    ];
    shell::render(&Index {
        elsewhere,
        shell: shell::office(&office, "registers", "台账"),
        here: urls::OFFICE_REGISTERS,
        units,
        unit,
        year: year.to_string(),
        rows,
    })
}

#[derive(Template)]
#[template(path = "registers/list.html")]
struct List {
    shell: Shell,
    trail: Vec<Link>,
    here: String,
    new: String,
    label: &'static str,
    purpose: &'static str,
    units: Vec<Choice>,
    unit: String,
    year: String,
    caption: String,
    ends: bool,
    heads: Vec<Head>,
    rows: Vec<Row>,
    pager: Pager,
}

struct Head {
    label: String,
    num: bool,
}

struct Row {
    unit: String,
    cells: Vec<Cell>,
    end: String,
}

struct Cell {
    label: String,
    text: String,
    num: bool,
}

/// The entries of a register.
pub async fn entries(office: Office, Path(key): Path<String>, asked: Asked) -> Result {
    let register = register(&key).ok_or(PortalError::NotFound)?;
    let store = office.app.store();
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::RegisterRead);
    let unit = pick::chosen(&units, asked.text("unit"));
    if unit.is_empty() {
        return Err(store::StoreError::forbidden(Action::RegisterRead).into());
    }
    let year = pick::year(asked.text("year"));
    let number = pick::page(asked.text("page"));
    let page = registers::list(store, &office.actor, register, &unit, year, number, SIZE).await?;
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let num = |kind| matches!(kind, FieldKind::Count | FieldKind::Fen);
    let rows = page.items.iter().map(|entry| Row {
        unit: site.unit_name(&entry.unit).to_owned(),
        cells: register
            .fields
            .iter()
            .map(|field| Cell {
                label: label(field),
                text: shown(field, entry.fields.get(field.key)),
                num: num(field.kind),
            })
            .collect(),
        end: if register.ended.is_some()
            && reach::may(&office.actor, &site, Action::RegisterRecord, &entry.unit)
        {
            urls::office_entry_end(&entry.id)
        } else {
            String::new()
        },
    });
    let may_record = reach::may(&office.actor, &site, Action::RegisterRecord, &unit);
    shell::render(&List {
        shell: shell::office(&office, "registers", register.label),
        trail: vec![Link::new("台账", urls::OFFICE_REGISTERS)],
        here: urls::office_register(register.key, "", ""),
        new: if may_record {
            urls::office_register_new(register.key, &unit)
        } else {
            String::new()
        },
        label: register.label,
        purpose: register.purpose,
        caption: format!("{}，共 {} 条，从新到旧", register.label, page.total),
        ends: register.ended.is_some(),
        heads: register
            .fields
            .iter()
            .map(|field| Head {
                label: label(field),
                num: num(field.kind),
            })
            .collect(),
        rows: rows.collect(),
        pager: Pager::new(number, SIZE, page.total, "条", |number| {
            urls::with_query(
                &urls::office_register(register.key, &unit, &year),
                &[("page", &number.to_string())],
            )
        }),
        units,
        unit,
        year,
    })
}
