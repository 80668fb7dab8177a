//! Publishing a report: what will happen, then the act.

use super::office_compile::compile;
use super::order;
use crate::error::{PortalError, Result, reasons};
use crate::extract::{Fields, Office};
use crate::pick::Asked;
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{FormErrors, Link};
use askama::Template;
use office::permissions::Action;
use store::StoreError;
use store::reports::{self, Order};

#[derive(Template)]
#[template(path = "reports/publish.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    errors: FormErrors,
    title: String,
    action: String,
    scope: String,
    checked: String,
    /// Whether nothing stands against it.
    possible: bool,
    /// What does.
    against: Vec<String>,
    back: String,
}

fn asked_order(office: &Office, asked: &Asked) -> Result<Order> {
    order::read(&office.shell.site, asked)?
        .ok_or_else(|| PortalError::Bad("没有选单位或年度。请从年度报告页选好再公布。".into()))
}

/// What will happen.
pub async fn confirm(office: Office, asked: Asked) -> Result {
    let order = asked_order(&office, &asked)?;
    shell::render(&page(&office, &order, FormErrors::default()).await?)
}

/// The act.
pub async fn publish(office: Office, asked: Asked, _: Fields) -> Result {
    let order = asked_order(&office, &asked)?;
    let done = reports::publish(office.app.store(), &office.actor, &order).await;
    match reasons(done)? {
        Ok(()) => {
            office.flash("done", "年度报告已经公布。");
            Ok(shell::redirect(&urls::report(&order.unit, order.year)))
        }
        Err(reasons) => shell::refused(&page(&office, &order, reasons.into()).await?),
    }
}

async fn page(office: &Office, order: &Order, errors: FormErrors) -> Result<Page> {
    let site = office.app.site().await?;
    if !reach::may(&office.actor, &site, Action::ReportPublish, &order.unit) {
        return Err(StoreError::forbidden(Action::ReportPublish).into());
    }
    let report = compile(office, order).await?;
    let (_, checked) = report::check_identities(&report);
    let mut against = reports::objections(office.store(), order).await?;
    against.extend(reports::errors_of(&report));
    if !errors.is_empty() {
        against.retain(|reason| errors.list.iter().all(|error| error.message != reason.text));
    }
    let possible = against.is_empty() && errors.is_empty();
    Ok(Page {
        shell: shell::office(office, "reports", "公布年度报告"),
        trail: vec![
            Link::new("年度报告", urls::OFFICE_REPORTS),
            Link::new(report.title.as_str(), order::address(order, "")),
        ],
        errors,
        title: report.title,
        action: order::address(order, "/publish"),
        scope: format!("{}。", order::scope_words(order.roll_up)),
        checked: format!("{} 条勾稽关系全部检查过，没有错误。", checked.len()),
        possible,
        against: against.into_iter().map(|reason| reason.text).collect(),
        back: order::address(order, ""),
    })
}
