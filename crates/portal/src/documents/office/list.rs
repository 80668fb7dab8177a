//! The list of documents in every state.

use super::mark;
use crate::app::App;
use crate::error::Result;
use crate::extract::Office;
use crate::shell::{self, Shell};
use crate::views::{Choice, Pager};
use crate::{pick, urls};
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use office::documents::{Attribute, Kind, Status};
use office::permissions::Action;
use serde::Deserialize;
use statute::Date;
use store::documents::{self, Filter};

const SIZE: u32 = 30;

/// The address of the list.
pub(super) fn routes() -> Router<App> {
    Router::new().route(urls::OFFICE_DOCUMENTS, get(list))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    q: String,
    unit: String,
    status: String,
    kind: String,
    year: String,
    public: String,
    page: String,
}

impl Asked {
    /// The address of a page of the same list.
    fn page_href(&self, page: u32) -> String {
        urls::with_query(
            urls::OFFICE_DOCUMENTS,
            &[
                ("q", &self.q),
                ("unit", &self.unit),
                ("status", &self.status),
                ("kind", &self.kind),
                ("year", &self.year),
                ("public", &self.public),
                ("page", &page.to_string()),
            ],
        )
    }
}

struct Row {
    href: String,
    title: String,
    about: String,
    unit: String,
    written_on: String,
    attribute: &'static str,
    mark: &'static str,
    status: String,
}

#[derive(Template)]
#[template(path = "documents/office_list.html")]
struct Page {
    shell: Shell,
    may_draft: bool,
    draft_href: &'static str,
    action: &'static str,
    q: String,
    units: Vec<Choice>,
    unit: String,
    statuses: Vec<Choice>,
    status: String,
    kinds: Vec<Choice>,
    kind: String,
    year: String,
    public: String,
    items: Vec<Row>,
    pager: Pager,
}

/// The state in words; one that is to be public on a later day says when.
fn status_words(
    status: Status,
    attribute: Attribute,
    published_on: Option<Date>,
    today: Date,
) -> (&'static str, String) {
    match (status, published_on) {
        (Status::Published, Some(day)) if day > today && attribute == Attribute::Proactive => {
            ("note", format!("定于 {day} 公开"))
        }
        _ => (mark(status), status.label().to_owned()),
    }
}

fn row(listed: documents::Listed, today: Date) -> Row {
    let (mark, status) = status_words(listed.status, listed.attribute, listed.published_on, today);
    let number = listed.number.unwrap_or_default();
    Row {
        href: urls::office_document(&listed.id),
        about: if number.is_empty() {
            listed.kind.label().to_owned()
        } else {
            format!("{}，{number}", listed.kind.label())
        },
        title: listed.title,
        unit: listed.unit_name,
        written_on: listed.written_on.to_string(),
        attribute: listed.attribute.label(),
        mark,
        status,
    }
}

async fn list(office: Office, Query(asked): Query<Asked>) -> Result {
    office.needs(Action::DocumentRead)?;
    let filter = Filter {
        unit: Some(asked.unit.clone()).filter(|unit| !unit.is_empty()),
        kind: Kind::from_key(&asked.kind),
        year: pick::year(&asked.year),
        public_in: pick::year(&asked.public),
        status: Status::from_key(&asked.status),
        words: asked.q.split_whitespace().map(str::to_owned).collect(),
        ..Filter::default()
    };
    let number = pick::page(&asked.page);
    let store = office.store();
    let page = documents::list_office(store, &office.actor, &filter, number, SIZE).await?;
    let today = store.today();
    let pager = Pager::new(number, SIZE, page.total, "份", |page| {
        asked.page_href(page)
    });
    shell::render(&Page {
        shell: shell::office(&office, "documents", "文件"),
        may_draft: office.actor.can_somewhere(Action::DocumentDraft),
        draft_href: urls::OFFICE_DOCUMENT_NEW,
        action: urls::OFFICE_DOCUMENTS,
        units: pick::units(&office.shell.site, &office.actor, Action::DocumentRead),
        statuses: Status::ALL
            .iter()
            .map(|status| Choice::new(status.key(), status.label()))
            .collect(),
        kinds: Kind::ALL
            .iter()
            .map(|kind| Choice::new(kind.key(), kind.label()))
            .collect(),
        items: page
            .items
            .into_iter()
            .map(|listed| row(listed, today))
            .collect(),
        pager,
        q: asked.q,
        unit: asked.unit,
        status: asked.status,
        kind: asked.kind,
        year: asked.year,
        public: asked.public,
    })
}
