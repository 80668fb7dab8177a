//! Published reports, for everybody.

use crate::error::Result;
use crate::extract::Visitor;
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Choice;
use askama::Template;
use store::reports;

#[derive(Template)]
#[template(path = "reports/list.html")]
struct Page {
    shell: Shell,
    here: &'static str,
    check: &'static str,
    units: Vec<Choice>,
    unit: String,
    years: Vec<Choice>,
    year: String,
    caption: String,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    href: String,
    year: i16,
    on: String,
    html: String,
    json: String,
}

/// The list, narrowed to a unit or a year.
pub async fn published(visitor: Visitor, asked: Asked) -> Result {
    let site = visitor.app.site().await?;
    let all = reports::all(visitor.app.store()).await?;
    let unit = asked.text("unit");
    let year = pick::year(asked.text("year"));
    let mut years: Vec<i16> = all.iter().map(|of| of.year).collect();
    years.dedup();
    let units = site
        .units
        .iter()
        .filter(|unit| all.iter().any(|of| of.unit == unit.id))
        .map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str()));
    let rows: Vec<Row> = all
        .iter()
        .filter(|of| unit.is_empty() || of.unit == unit)
        .filter(|of| year.is_none_or(|year| of.year == year))
        .map(|of| Row {
            title: of.report.title.clone(),
            href: urls::report(&of.unit, of.year),
            year: of.year,
            on: of.published_on.to_string(),
            html: urls::report_file(&of.unit, of.year, "html"),
            json: urls::report_file(&of.unit, of.year, "json"),
        })
        .collect();
    shell::render(&Page {
        shell: shell::public(&visitor, "reports", "年度报告"),
        here: urls::REPORTS,
        check: urls::CHECK,
        units: units.collect(),
        unit: unit.to_owned(),
        years: years
            .iter()
            .map(|year| Choice::new(year.to_string(), format!("{year} 年")))
            .collect(),
        year: year.map(|year| year.to_string()).unwrap_or_default(),
        caption: format!("已公布的年度报告，共 {} 份", rows.len()),
        rows,
    })
}
