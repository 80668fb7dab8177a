//! What every page knows, how a page is written, and where one is sent after an action.

use crate::app::{App, Site};
use crate::assets;
use crate::error::Result;
use crate::extract::{Office, Visitor};
use crate::reach;
use crate::urls;
use askama::Template;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use office::permissions::{Action, Actor};
use statute::Date;
use statute::calendar::{plus_days, weekday_label};
use std::sync::Arc;

/// What every page knows; see the head of `base_public.html`.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Shell {
    pub site_name: String,
    pub site_domain: String,
    pub site_id_code: String,
    pub demo: bool,
    pub noindex: bool,
    pub nav: &'static str,
    pub csrf: String,
    pub person: Option<PersonView>,
    pub office_nav: Vec<NavItem>,
    pub flash: Option<Flash>,
    pub today: String,
    pub calendar_warning: String,
    pub calendar_link: &'static str,
    pub page_title: String,
    pub meta: Vec<(&'static str, String)>,
    pub search_query: String,
    pub large_type: bool,
    pub return_to: String,
    pub asset_version: &'static str,
    pub footer_host: String,
    pub footer_contact: String,
    pub footer_address: String,
    pub footer_hours: String,
    pub footer_icp: String,
    pub footer_police: String,
}

/// Who is signed in. `roles` is ready to print: `经办、审核`.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct PersonView {
    pub name: String,
    pub unit: String,
    pub roles: String,
}

/// One entry of the office menu; `count` 0 is not shown.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct NavItem {
    pub key: &'static str,
    pub label: &'static str,
    pub href: &'static str,
    pub count: u64,
}

/// A message after an action. `kind`: `done`, `warn` or `error`.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Flash {
    pub kind: &'static str,
    pub text: String,
}

/// What an extractor has gathered for the shell of a page.
#[derive(Debug, Clone)]
pub struct Base {
    /// The site.
    pub site: Arc<Site>,
    /// The day.
    pub today: Date,
    /// Large type is on.
    pub large_type: bool,
    /// This address, percent-encoded.
    pub return_to: String,
    /// A message of the action before.
    pub flash: Option<Flash>,
}

/// The office menu: its words and addresses, and what one must be allowed somewhere to see it.
const MENU: &[(&str, &str, &str, Option<Action>)] = &[
    ("work", "我的工作", "/office", None),
    (
        "requests",
        "申请",
        "/office/requests",
        Some(Action::RequestRead),
    ),
    (
        "cases",
        "复议诉讼",
        "/office/cases",
        Some(Action::RequestRead),
    ),
    (
        "documents",
        "文件",
        "/office/documents",
        Some(Action::DocumentRead),
    ),
    (
        "registers",
        "台账",
        "/office/registers",
        Some(Action::RegisterRead),
    ),
    (
        "figures",
        "指标",
        "/office/figures",
        Some(Action::ReportRead),
    ),
    (
        "reports",
        "年度报告",
        "/office/reports",
        Some(Action::ReportRead),
    ),
    (
        "supervision",
        "监督",
        "/office/supervision",
        Some(Action::ReportPublish),
    ),
    ("units", "单位", "/office/units", Some(Action::GuideEdit)),
    ("people", "人员", "/office/people", Some(Action::PersonRead)),
    (
        "calendar",
        "日历",
        "/office/calendar",
        Some(Action::CalendarLoad),
    ),
    (
        "settings",
        "站点设置",
        "/office/settings",
        Some(Action::SiteManage),
    ),
    (
        "journal",
        "日志",
        "/office/journal",
        Some(Action::JournalRead),
    ),
];

/// How far ahead dates are reckoned from today: about two terms of a request with their pauses.
const AHEAD_DAYS: i64 = 90;

/// The day in words: 2026年11月20日 星期五.
pub fn day_words(day: Date) -> String {
    let weekday = weekday_label(day).trim_start_matches(['周', '星', '期']);
    format!(
        "{}年{}月{}日 星期{weekday}",
        day.year(),
        day.month(),
        day.day()
    )
}

/// A sentence while dates reach past the loaded calendar; empty when they do not.
pub fn calendar_warning(site: &Site, today: Date) -> String {
    let until = plus_days(today, AHEAD_DAYS).unwrap_or(today);
    uncovered_words(site, today, until)
}

/// The same for the days from `from` to `until`.
pub fn uncovered_words(site: &Site, from: Date, until: Date) -> String {
    let years: Vec<String> = (from.year()..=until.year())
        .filter(|year| !site.calendar.covers(Date::new(*year, 1, 1).unwrap_or(from)))
        .map(|year| year.to_string())
        .collect();
    if years.is_empty() {
        return String::new();
    }
    format!(
        "{} 年的放假安排还没有导入，相关日期按周一至周五推算。",
        years.join("、")
    )
}

/// The shell of a page that has no more than the site.
pub fn bare(app: &App, site: &Site, title: &str) -> Shell {
    let settings = &site.settings;
    let name = match settings.site_name.as_str() {
        "" => "政府信息公开",
        name => name,
    };
    let host = match settings.organizer.as_str() {
        "" => name,
        organizer => organizer,
    };
    let mut contact = settings.phone.clone();
    if !settings.email.is_empty() {
        if !contact.is_empty() {
            contact.push('，');
        }
        contact.push_str(&settings.email);
    }
    // The working body of the government itself answers for the site.
    let guide = site
        .units
        .iter()
        .find(|unit| unit.parent.is_none())
        .map(|unit| &unit.guide);
    Shell {
        site_name: name.to_owned(),
        site_domain: settings.site_domain.clone(),
        site_id_code: settings.site_id_code.clone(),
        demo: settings.demo,
        page_title: title.to_owned(),
        today: day_words(app.store().today()),
        return_to: urls::encode("/"),
        asset_version: assets::VERSION,
        footer_host: host.to_owned(),
        footer_contact: contact,
        footer_address: guide.map(|guide| guide.address.clone()).unwrap_or_default(),
        footer_hours: guide.map(|guide| guide.hours.clone()).unwrap_or_default(),
        footer_icp: settings.icp.clone(),
        footer_police: settings.police.clone(),
        ..Shell::default()
    }
}

fn with_base(app: &App, base: &Base, nav: &'static str, title: &str) -> Shell {
    Shell {
        nav,
        today: day_words(base.today),
        large_type: base.large_type,
        return_to: base.return_to.clone(),
        flash: base.flash.clone(),
        ..bare(app, &base.site, title)
    }
}

/// The shell of a public page. A page with a form sets `csrf` from [`Visitor::csrf`].
pub fn public(visitor: &Visitor, nav: &'static str, title: &str) -> Shell {
    with_base(&visitor.app, &visitor.shell, nav, title)
}

/// The shell of a page of the back office.
pub fn office(office: &Office, nav: &'static str, title: &str) -> Shell {
    let base = &office.shell;
    let mut roles: Vec<&str> = Vec::new();
    for grant in &office.actor.grants {
        if !roles.contains(&grant.role.label()) {
            roles.push(grant.role.label());
        }
    }
    Shell {
        noindex: true,
        csrf: office.session.csrf.clone(),
        person: Some(PersonView {
            name: office.person.name.clone(),
            unit: base.site.unit_name(&office.person.unit).to_owned(),
            roles: roles.join("、"),
        }),
        office_nav: menu(&office.actor, &base.site),
        calendar_warning: calendar_warning(&base.site, base.today),
        // Whoever may not load a notice is led to the calendar all the same, to see what is counted.
        calendar_link: if reach::may_at_a_head(&office.actor, &base.site, Action::CalendarLoad) {
            "导入放假安排"
        } else {
            "看工作日日历"
        },
        ..with_base(&office.app, base, nav, title)
    }
}

fn menu(actor: &Actor, site: &Site) -> Vec<NavItem> {
    let may = |action| match action {
        Action::JournalRead | Action::SiteManage => reach::may_at_a_head(actor, site, action),
        action => actor.can_somewhere(action),
    };
    MENU.iter()
        .filter(|(.., needs)| needs.is_none_or(may))
        .map(|(key, label, href, _)| NavItem {
            key,
            label,
            href,
            count: 0,
        })
        .collect()
}

/// Writes a page.
pub fn render<T: Template>(template: &T) -> Result {
    Ok(Html(template.render()?).into_response())
}

/// Writes a page that says what must be corrected (422).
pub fn refused<T: Template>(template: &T) -> Result {
    let page = Html(template.render()?);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Sends the browser on after an action (303).
pub fn redirect(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = if urls::is_local(to) { to } else { "/" };
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A form's own key: the same form sent twice does its action once.
pub fn submission() -> Result<String> {
    Ok(store::keys::random_hex::<16>()?)
}
