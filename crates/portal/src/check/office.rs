//! The checker asked about a report of our own, before it is published.

use super::outcome::Outcome;
use crate::error::{PortalError, Result};
use crate::extract::Office;
use crate::pick::Asked;
use crate::reports::{office_compile, order};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Link;
use askama::Template;
use office::permissions::Action;
use report::{Checkup, Reading, Report};
use statute::editions::Edition;
use store::reports::{self, Order};

#[derive(Template)]
#[template(path = "check/office.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    unit: String,
    title: String,
    scope: &'static str,
    previous: String,
    outcome: Outcome,
}

/// Compiles the report and checks it, against the published one of the year before where there is
/// one.
pub(super) async fn page(office: Office, asked: Asked) -> Result {
    office.needs(Action::ReportRead)?;
    let site = office.app.site().await?;
    let order = order::read(&site, &asked)?.ok_or(PortalError::NotFound)?;
    if order.edition() == Edition::Narrative {
        let text = format!("{} 年的格式没有统计表，请另选年度或格式。", order.year);
        return Err(PortalError::Bad(text));
    }
    let report = office_compile::compile(&office, &order).await?;
    let before = before(&office, &order).await?;
    let previous = match &before {
        Some(of) => format!("已与公布的 {} 年报告核对", of.year.unwrap_or_default()),
        None => format!(
            "{} 年的报告没有以同样的范围公布过，没有跨年核对",
            order.year.saturating_sub(1)
        ),
    };
    let (reading, checkup) = office
        .app
        .checker()
        .work(move |_| examine(report, before))
        .await?;
    let link = |key| Some(order::link(&order, key));
    shell::render(&Page {
        shell: shell::office(&office, "reports", "校验年度报告"),
        trail: vec![
            Link::new("年度报告", urls::OFFICE_REPORTS),
            Link::new(
                format!("{} {} 年", site.unit_name(&order.unit), order.year),
                order::address(&order, ""),
            ),
        ],
        unit: site.unit_name(&order.unit).to_owned(),
        title: order.edition().title(order.year),
        scope: order::scope_words(order.roll_up),
        previous,
        outcome: Outcome::of(&reading, &checkup, &link),
    })
}

/// The report of the year before as it was published, in the same scope: that of a unit alone says
/// nothing of a whole county.
async fn before(office: &Office, order: &Order) -> Result<Option<Report>> {
    let Some(year) = order.year.checked_sub(1) else {
        return Ok(None);
    };
    let found = reports::find(office.store(), &order.unit, year).await?;
    Ok(found
        .filter(|of| of.roll_up == order.roll_up)
        .map(|of| of.report))
}

fn examine(report: Report, before: Option<Report>) -> (Reading, Checkup) {
    let reading = Reading::of_report(report);
    let mut checkup = report::check(&reading);
    if let Some(before) = before {
        let across = report::check_against_previous(&reading, &Reading::of_report(before));
        checkup.findings.extend(across.findings);
        checkup.checked.extend(across.checked);
    }
    (reading, checkup)
}
