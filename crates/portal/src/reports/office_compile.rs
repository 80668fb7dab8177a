//! Compiling a report and looking at it, before anything is published.

use super::order;
use super::sheet::{self, Part};
use crate::app::Site;
use crate::error::{PortalError, Result};
use crate::extract::Office;
use crate::figures::FORMS;
use crate::pick::{self, Asked};
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Choice;
use askama::Template;
use office::permissions::Action;
use report::{Checked, Report};
use statute::editions::Edition;
use store::reports::{self, Order, Published};
use store::units;

#[derive(Template)]
#[template(path = "reports/office.html")]
struct Page {
    shell: Shell,
    here: &'static str,
    units: Vec<Choice>,
    unit: String,
    year: String,
    editions: Vec<Choice>,
    edition: &'static str,
    roll_up: bool,
    sheet: Option<Sheet>,
    published: Vec<Row>,
}

struct Sheet {
    unit: String,
    title: String,
    state: String,
    html: String,
    json: String,
    check: String,
    public: String,
    publish: String,
    /// Why it cannot be published now, for one who otherwise could; none for what the page says anyway.
    not_now: Vec<String>,
    findings: Vec<String>,
    checked_words: String,
    checked: Vec<Line>,
    parts: Vec<Part>,
}

struct Line {
    place: String,
    arithmetic: String,
    demand: String,
    stated: String,
    holds: bool,
}

struct Row {
    unit: String,
    href: String,
    year: i16,
    on: String,
    scope: &'static str,
}

/// The choice of a report, and the report when one is chosen.
pub async fn page(office: Office, asked: Asked) -> Result {
    office.needs(Action::ReportRead)?;
    let store = office.app.store();
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::ReportRead);
    let order = order::read(&site, &asked)?;
    let sheet = match &order {
        None => None,
        Some(order) => Some(compiled(&office, &site, order).await?),
    };
    let published = if sheet.is_none() {
        reports::all(store).await?
    } else {
        Vec::new()
    };
    let last_year = store.today().year().saturating_sub(1);
    let editions = FORMS
        .iter()
        .map(|(form, years)| Choice::new(form.key(), format!("{years}（{}）", form.source())));
    shell::render(&Page {
        shell: shell::office(&office, "reports", "年度报告"),
        here: urls::OFFICE_REPORTS,
        unit: pick::chosen(&units, asked.text("unit")),
        units,
        year: order
            .as_ref()
            .map_or(last_year, |order| order.year)
            .to_string(),
        editions: editions.collect(),
        edition: order.as_ref().map_or("", order::edition_key),
        roll_up: order.as_ref().is_some_and(|order| order.roll_up),
        sheet,
        published: published
            .iter()
            .filter(|of| reach::may(&office.actor, &site, Action::ReportRead, &of.unit))
            .map(|of| row(&site, of))
            .collect(),
    })
}

fn row(site: &Site, of: &Published) -> Row {
    Row {
        unit: site.unit_name(&of.unit).to_owned(),
        href: urls::report(&of.unit, of.year),
        year: of.year,
        on: of.published_on.to_string(),
        scope: order::scope_words(of.roll_up),
    }
}

/// Compiles for one who may read it.
pub async fn compile(office: &Office, order: &Order) -> Result<Report> {
    let store = office.app.store();
    units::authorize_read(store, &office.actor, Action::ReportRead, &order.unit).await?;
    Ok(reports::compile(store, order).await?)
}

async fn compiled(office: &Office, site: &Site, order: &Order) -> Result<Sheet> {
    let store = office.app.store();
    if order.edition() == Edition::Narrative {
        let text = format!("{} 年的格式没有统计表，请另选年度或格式。", order.year);
        return Err(PortalError::Bad(text));
    }
    let report = compile(office, order).await?;
    let (findings, checked) = report::check_identities(&report);
    let published = reports::find(store, &order.unit, order.year).await?;
    let may_publish = reach::may(&office.actor, site, Action::ReportPublish, &order.unit);
    let mut against = reports::objections(store, order).await?;
    against.extend(reports::errors_of(&report));
    let trivial = checked.iter().filter(|one| one.trivial).count();
    let checked_words = if findings.is_empty() {
        format!(
            "检查了 {} 条勾稽关系（其中 {trivial} 条各项都是 0）",
            checked.len()
        )
    } else {
        format!(
            "检查了 {} 条勾稽关系，发现 {} 个问题{}：",
            checked.len(),
            findings.len(),
            if reports::errors_of(&report).is_empty() {
                "，请核对"
            } else {
                "，改正以前不能公布"
            }
        )
    };
    let state = match &published {
        Some(of) => format!(
            "{} 年的报告已在 {} 公布；下面是今天按记录重新数出来的",
            order.year, of.published_on
        ),
        None => format!(
            "{}，数到 {}，还没有公布",
            order::scope_words(order.roll_up),
            store.today()
        ),
    };
    let link = |key| Some(order::link(order, key));
    Ok(Sheet {
        unit: site.unit_name(&order.unit).to_owned(),
        title: order.edition().title(order.year),
        state,
        html: order::address(order, "/report.html"),
        json: order::address(order, "/report.json"),
        check: order::address(order, "/check"),
        public: published
            .as_ref()
            .map(|of| urls::report(&of.unit, of.year))
            .unwrap_or_default(),
        publish: if may_publish && against.is_empty() {
            order::address(order, "/publish")
        } else {
            String::new()
        },
        not_now: if may_publish && published.is_none() {
            against
                .into_iter()
                .filter(|reason| reason.code != "report-error")
                .map(|reason| reason.text)
                .collect()
        } else {
            Vec::new()
        },
        findings: findings
            .into_iter()
            .map(|finding| finding.message)
            .collect(),
        checked_words,
        checked: checked
            .iter()
            .filter(|one| !one.trivial || !one.holds)
            .map(|one| line(order.edition(), one))
            .collect(),
        parts: sheet::parts(&report, &link),
    })
}

fn line(edition: Edition, one: &Checked) -> Line {
    let cell = one.place.cell().and_then(|key| edition.cell(key));
    Line {
        place: cell.map(|cell| cell.label()).unwrap_or_default(),
        arithmetic: one.arithmetic.clone(),
        demand: format!("{} {}", one.relation, one.expected),
        stated: one.stated.clone(),
        holds: one.holds,
    }
}
