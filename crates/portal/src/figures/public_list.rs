//! The records under a figure of a published report, for everybody: a document that is not public
//! is counted and not named, and what concerns a person is only counted.

use super::counted::{self, Around, Asking, Row};
use crate::error::{PortalError, Result};
use crate::extract::Visitor;
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Link;
use askama::Template;
use axum::extract::Path;
use office::figures::Period;
use store::figures::Counted;
use store::{Store, documents, reports};

#[derive(Template)]
#[template(path = "figures/public.html")]
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
    visitor: Visitor,
    Path((unit, year, cell)): Path<(String, i16, String)>,
    asked: Asked,
) -> Result {
    let store = visitor.app.store();
    let published = reports::find(store, &unit, year)
        .await?
        .ok_or(PortalError::NotFound)?;
    let site = visitor.app.site().await?;
    let period = Period::year(year, published.published_on).ok_or(PortalError::NotFound)?;
    let asking = Asking::new(published.edition, &unit, published.roll_up, period, &cell)?;
    let page = pick::page(asked.text("page"));
    let list = counted::read(store, &asking, page).await?;
    let here = urls::report_figure(&unit, year, &asking.cell.key.path());
    let around = counted::around(&asking, &site, &list, page, |page| {
        urls::with_query(&here, &[("page", &page.to_string())])
    });
    let figure = published
        .report
        .tables
        .number(asking.cell.key)
        .map(|figure| figure.to_string())
        .unwrap_or_default();
    let now = asking.written(list.sum);
    let remark = if figure == now {
        String::new()
    } else {
        format!(
            "报告在 {} 公布时这个数是 {figure}；此后记录有变动，现在按记录数出来是 {now}。已公布的数不随记录改变。",
            published.published_on
        )
    };
    let mut rows = Vec::new();
    for record in &list.records {
        let (href, label) = shown(store, record).await?;
        rows.push(counted::row(&asking, &site, record, href, label));
    }
    shell::render(&Page {
        shell: shell::public(&visitor, "reports", &around.indicator),
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("年度报告", urls::REPORTS),
            Link::new(published.report.title.as_str(), urls::report(&unit, year)),
        ],
        figure,
        remark,
        rows,
        around,
    })
}

/// What everybody may see of a counted record: where it can be read, and what it is called.
async fn shown(store: &Store, record: &Counted) -> Result<(String, String)> {
    Ok(match record.noun {
        "document" => match documents::find_public(store, &record.id).await? {
            Some(document) => (urls::document(&document.id), document.title),
            None => (String::new(), "一份不在网上公开的文件".to_owned()),
        },
        "request" => (String::new(), "一件政府信息公开申请".to_owned()),
        "case" | "decision" | "fee-income" => (String::new(), record.label.clone()),
        // What an entry is about may be somebody's own affair.
        _ => (String::new(), "一条台账记录".to_owned()),
    })
}
