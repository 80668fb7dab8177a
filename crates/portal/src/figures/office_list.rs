//! The records under a figure, for one who works here.

use super::counted::{self, Around, Asking, Row};
use crate::error::{PortalError, Result};
use crate::extract::Office;
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Link;
use askama::Template;
use axum::extract::Path;
use office::figures::Period;
use office::permissions::Action;
use statute::editions::Edition;
use store::units;

#[derive(Template)]
#[template(path = "figures/office.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    figure: String,
    remark: String,
    rows: Vec<Row>,
    around: Around,
}

/// The list.
pub async fn list(
    office: Office,
    Path((unit, year, cell)): Path<(String, i16, String)>,
    asked: Asked,
) -> Result {
    let store = office.app.store();
    units::authorize_read(store, &office.actor, Action::ReportRead, &unit).await?;
    let site = office.app.site().await?;
    let name = site.unit(&unit).ok_or(PortalError::NotFound)?.name.clone();
    let edition = match asked.text("edition") {
        "" => Edition::for_year(year),
        key => Edition::from_key(key).ok_or(PortalError::NotFound)?,
    };
    let roll_up = asked.text("roll_up") == "on";
    let period = Period::year(year, store.today()).ok_or(PortalError::NotFound)?;
    let asking = Asking::new(edition, &unit, roll_up, period, &cell)?;
    let page = pick::page(asked.text("page"));
    let list = counted::read(store, &asking, page).await?;
    let key = asked.text("edition");
    let path = asking.cell.key.path();
    let here = urls::office_figure(&unit, year, &path, key, roll_up);
    let around = counted::around(&asking, &site, &list, page, |page| {
        urls::with_query(&here, &[("page", &page.to_string())])
    });
    let rows = list.records.iter().map(|record| {
        let href = match record.noun {
            "document" => urls::office_document(&record.id),
            "request" => urls::office_request(&record.id),
            _ => String::new(),
        };
        counted::row(&asking, &site, record, href, record.label.clone())
    });
    shell::render(&Page {
        shell: shell::office(&office, "reports", &around.indicator),
        trail: vec![
            Link::new("年度报告", urls::OFFICE_REPORTS),
            Link::new(
                format!("{name} {year}"),
                urls::office_report("", &unit, year, key, roll_up),
            ),
        ],
        figure: asking.written(list.sum),
        remark: String::new(),
        rows: rows.collect(),
        around,
    })
}
