//! One published report, for everybody.

use super::sheet::{self, Part};
use crate::error::{PortalError, Result};
use crate::extract::Visitor;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Link;
use askama::Template;
use axum::extract::Path;
use store::reports;

#[derive(Template)]
#[template(path = "reports/public.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    sheet: Sheet,
}

struct Sheet {
    unit: String,
    title: String,
    state: String,
    html: String,
    json: String,
    others: String,
    hash: String,
    parts: Vec<Part>,
}

/// The report as it was published, each figure a link to what it counts.
pub async fn page(visitor: Visitor, Path((unit, year)): Path<(String, i16)>) -> Result {
    let published = reports::find(visitor.app.store(), &unit, year)
        .await?
        .ok_or(PortalError::NotFound)?;
    let site = visitor.app.site().await?;
    let on = published.published_on;
    let link =
        |key: statute::editions::CellKey| Some(urls::report_figure(&unit, year, &key.path()));
    let mut shell = shell::public(&visitor, "reports", &published.report.title);
    shell.meta = vec![
        ("ColumnName", "政府信息公开年报".into()),
        ("ArticleTitle", published.report.title.clone()),
        ("PubDate", on.to_string()),
        ("ContentSource", site.unit_name(&unit).to_owned()),
    ];
    shell::render(&Page {
        shell,
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("年度报告", urls::REPORTS),
        ],
        sheet: Sheet {
            unit: site.unit_name(&unit).to_owned(),
            title: published.edition.title(year),
            state: format!("{}年{}月{}日公布", on.year(), on.month(), on.day()),
            html: urls::report_file(&unit, year, "html"),
            json: urls::report_file(&unit, year, "json"),
            others: urls::unit_part(&unit, "reports"),
            hash: published.hash.clone(),
            parts: sheet::parts(&published.report, &link),
        },
    })
}
