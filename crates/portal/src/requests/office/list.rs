//! The list of requests: open ones in order of their due date.

use super::dates;
use crate::app::App;
use crate::error::Result;
use crate::extract::Office;
use crate::shell::{self, Shell};
use crate::views::{Choice, Due, Pager, Tab};
use crate::{pick, reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use office::permissions::Action;
use serde::Deserialize;
use statute::Date;
use statute::clock::State;
use std::collections::BTreeMap;
use store::requests::{self, Filter, Listed};

const SIZE: u32 = 50;

/// The address of the list.
pub(super) fn routes() -> Router<App> {
    Router::new().route(urls::OFFICE_REQUESTS, get(list))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    show: String,
    whose: String,
    number: String,
    unit: String,
    state: String,
    page: String,
}

/// Which requests are shown: key and words.
const SHOWN: &[(&str, &str)] = &[
    ("open", "办理中"),
    ("late", "已逾期"),
    ("today", "今日到期"),
    ("near", "三个工作日内"),
    ("later", "以后，或等对方"),
    ("closed", "已办结"),
    ("all", "全部"),
];
/// Shown where asked for, without a tab of its own: today and the three working days after it.
const SOON: (&str, &str) = ("soon", "今天和三个工作日内");

/// Whose requests are shown: key and words.
const WHOSE: &[(&str, &str)] = &[("me", "我经办的"), ("waiting", "等我办理的（含未指定）")];

struct Row {
    href: String,
    number: String,
    about: String,
    unit: String,
    received_on: String,
    state: String,
    due: Due,
}

#[derive(Template)]
#[template(path = "requests/office_list.html")]
struct Page {
    shell: Shell,
    may_register: bool,
    register_href: &'static str,
    tabs: Vec<Tab>,
    action: &'static str,
    show: &'static str,
    whose: &'static str,
    everyone: Vec<Choice>,
    number: String,
    units: Vec<Choice>,
    unit: String,
    states: Vec<Choice>,
    state: String,
    caption: String,
    items: Vec<Row>,
    pager: Pager,
}

/// The filter of what is shown and whose; the tallies of one's own work and of supervision count with
/// the same.
pub fn narrowed(office: &Office, show: &str, whose: &str, base: Filter) -> Filter {
    let today = office.store().today();
    let near = office.shell.site.calendar.add_working_days(today, 3);
    let open = Some(true);
    let me = || Some(office.actor.id.clone());
    let base = match whose {
        "me" => Filter {
            handler: me(),
            ..base
        },
        "waiting" => Filter {
            waiting_for: me(),
            ..base
        },
        _ => base,
    };
    match show {
        "late" => Filter {
            due_by: today.yesterday().ok(),
            open,
            ..base
        },
        "today" => Filter {
            due_from: Some(today),
            due_by: Some(today),
            open,
            ..base
        },
        "near" => Filter {
            due_from: today.tomorrow().ok(),
            due_by: Some(near),
            open,
            ..base
        },
        "soon" => Filter {
            due_from: Some(today),
            due_by: Some(near),
            open,
            ..base
        },
        "later" => Filter {
            due_after: Some(near),
            open,
            ..base
        },
        "closed" => Filter {
            open: Some(false),
            ..base
        },
        "all" => base,
        _ => Filter { open, ..base },
    }
}

fn row(office: &Office, listed: &Listed, names: &BTreeMap<String, String>, today: Date) -> Row {
    let handler = match &listed.handler {
        Some(id) => format!("经办 {}", reach::name_of(names, Some(id))),
        None => "未指定经办".to_owned(),
    };
    let state = match listed.outcome {
        Some(outcome) => format!("{}：{}", listed.state.label(), outcome.label()),
        None => listed.state.label().to_owned(),
    };
    Row {
        href: urls::office_request(&listed.id),
        number: listed.number.clone(),
        about: format!(
            "{}，{}，{handler}",
            listed.applicant_kind.label(),
            listed.channel.label()
        ),
        unit: listed.unit_name.clone(),
        received_on: listed
            .received_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        state,
        due: dates::due(
            &office.shell.site.calendar,
            today,
            listed.state,
            listed.due_on,
            listed.late,
            &urls::office_request_why(&listed.id),
        ),
    }
}

async fn list(office: Office, Query(asked): Query<Asked>) -> Result {
    office.needs(Action::RequestRead)?;
    let (show, words) = SHOWN
        .iter()
        .chain([&SOON])
        .find(|(key, _)| *key == asked.show)
        .copied()
        .unwrap_or(("open", "办理中"));
    let (whose, whose_words) = WHOSE
        .iter()
        .find(|(key, _)| *key == asked.whose)
        .copied()
        .unwrap_or(("", ""));
    let base = Filter {
        unit: Some(asked.unit.clone()).filter(|unit| !unit.is_empty()),
        state: State::from_key(&asked.state),
        number: Some(asked.number.trim().to_owned()).filter(|number| !number.is_empty()),
        ..Filter::default()
    };
    let filter = narrowed(&office, show, whose, base);
    let number = pick::page(&asked.page);
    let store = office.store();
    let page = requests::list(store, &office.actor, &filter, number, SIZE).await?;
    let handlers = page.items.iter().filter_map(|item| item.handler.as_deref());
    let names = reach::names(store, handlers).await?;
    let today = store.today();
    let query = |show: &str, page: &str| {
        urls::with_query(
            urls::OFFICE_REQUESTS,
            &[
                ("show", show),
                ("whose", whose),
                ("number", &asked.number),
                ("unit", &asked.unit),
                ("state", &asked.state),
                ("page", page),
            ],
        )
    };
    let order = if show == "closed" {
        "最近办结的在前"
    } else {
        "按到期先后"
    };
    let whose_words = if whose.is_empty() {
        String::new()
    } else {
        format!("{whose_words}，")
    };
    let caption = format!("{whose_words}{words}，{order}，共 {} 件", page.total);
    shell::render(&Page {
        shell: shell::office(&office, "requests", "申请"),
        may_register: office.actor.can_somewhere(Action::RequestRegister),
        register_href: urls::OFFICE_REQUEST_NEW,
        tabs: SHOWN
            .iter()
            .map(|(key, label)| Tab {
                label: (*label).to_owned(),
                href: query(key, ""),
                current: *key == show,
                count: -1,
            })
            .collect(),
        action: urls::OFFICE_REQUESTS,
        show,
        whose,
        everyone: WHOSE
            .iter()
            .map(|(key, label)| Choice::new(*key, *label))
            .collect(),
        units: pick::units(&office.shell.site, &office.actor, Action::RequestRead),
        states: State::ALL
            .iter()
            .map(|state| Choice::new(state.key(), state.label()))
            .collect(),
        caption,
        items: page
            .items
            .iter()
            .map(|listed| row(&office, listed, &names, today))
            .collect(),
        pager: Pager::new(number, SIZE, page.total, "件", |page| {
            query(show, &page.to_string())
        }),
        number: asked.number.clone(),
        unit: asked.unit.clone(),
        state: asked.state.clone(),
    })
}
