//! What is loaded, and the form for a notice.

use super::DayLine;
use crate::error::Result;
use crate::extract::Office;
use crate::pick::{self, Asked};
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FormErrors, Tab};
use askama::Template;
use office::permissions::Action;
use statute::calendar::Notice;
use store::calendar::{self, NATIONAL};

#[derive(Template)]
#[template(path = "calendar/page.html")]
struct Page {
    shell: Shell,
    covered: String,
    years: Vec<Tab>,
    caption: String,
    days: Vec<DayLine>,
    notices: Vec<NoticeLine>,
    may_load: bool,
    preview: &'static str,
    errors: FormErrors,
    regions: Vec<Choice>,
    region: String,
    notice: String,
}

struct NoticeLine {
    name: String,
    region: String,
    days: usize,
}

/// What a form was filled with.
#[derive(Debug, Default)]
pub struct Typed {
    /// `national` or the region of the site.
    pub region: String,
    /// The notice.
    pub text: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// The page.
pub async fn page(office: Office, asked: Asked) -> Result {
    let year = pick::year(asked.text("year"));
    show(&office, year, Typed::default()).await
}

/// The page with what was typed.
pub async fn show(office: &Office, year: Option<i16>, typed: Typed) -> Result {
    let store = office.app.store();
    let site = office.app.site().await?;
    let this_year = store.today().year();
    let year = year.unwrap_or(this_year);
    let covered = site.calendar.covered_years();
    let tabs = [
        this_year.saturating_sub(1),
        this_year,
        this_year.saturating_add(1),
    ];
    let notices = calendar::notices(store).await?;
    let region = site.settings.region.as_str();
    let mut regions = vec![Choice::new(NATIONAL, "全国（国务院办公厅通知）")];
    if !region.is_empty() {
        regions.push(Choice::new(region, format!("只在本地区（{region}）")));
    }
    let refused = !typed.errors.is_empty();
    let days: Vec<DayLine> = site
        .calendar
        .exceptions_of(year)
        .iter()
        .map(DayLine::of)
        .collect();
    let page = Page {
        shell: shell::office(office, "calendar", "工作日日历"),
        covered: match (covered.first(), covered.last()) {
            (Some(first), Some(last))
                if covered.len() == usize::from(first.abs_diff(*last)) + 1 =>
            {
                format!("{first} 年至 {last} 年")
            }
            _ => covered
                .iter()
                .map(i16::to_string)
                .collect::<Vec<_>>()
                .join("、"),
        },
        years: tabs
            .iter()
            .map(|tab| Tab {
                label: format!("{tab} 年"),
                href: urls::with_query(urls::OFFICE_CALENDAR, &[("year", &tab.to_string())]),
                current: *tab == year,
                count: -1,
            })
            .collect(),
        caption: format!(
            "{year} 年的放假和补班，全年 {} 个工作日",
            site.calendar.working_days_in(year)
        ),
        days: if covered.contains(&year) {
            days
        } else {
            Vec::new()
        },
        notices: notices
            .iter()
            .map(|of| NoticeLine {
                name: of.name.clone(),
                region: if of.region == NATIONAL {
                    "全国".to_owned()
                } else {
                    of.region.clone()
                },
                days: Notice::parse(&of.text).map_or(0, |notice| notice.days().len()),
            })
            .collect(),
        may_load: reach::may_at_a_head(&office.actor, &site, Action::CalendarLoad),
        preview: urls::OFFICE_CALENDAR_PREVIEW,
        errors: typed.errors,
        region: if typed.region.is_empty() {
            NATIONAL.to_owned()
        } else {
            typed.region
        },
        regions,
        notice: typed.text,
    };
    if refused {
        shell::refused(&page)
    } else {
        shell::render(&page)
    }
}
