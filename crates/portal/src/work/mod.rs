//! My work: what waits for the one who is signed in, in order of urgency, each with its next step.

use crate::app::{App, Site};
use crate::error::Result;
use crate::extract::Office;
use crate::requests::office as requests_office;
use crate::shell::{self, Shell};
use crate::views::Due;
use crate::{documents::office as documents_office, reach, urls};
use askama::Template;
use axum::Router;
use axum::routing::get;
use office::documents::{Status, Verb};
use office::permissions::Action;
use std::sync::Arc;
use store::{documents, requests};

/// Most requests listed; the rest is a link.
const SHOWN: u32 = 100;
/// Most documents listed of each stage.
const MOST_DOCUMENTS: u32 = 50;

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new().route(urls::OFFICE, get(page))
}

struct Count {
    kind: &'static str,
    words: &'static str,
    count: i64,
    href: String,
}

struct RequestRow {
    due: Due,
    href: String,
    number: String,
    title: String,
    about: String,
    state: &'static str,
    step: &'static str,
    step_href: String,
    first: bool,
}

struct DocumentRow {
    href: String,
    title: String,
    about: String,
    drafter: String,
    kind: &'static str,
    state: &'static str,
    step: &'static str,
    step_href: String,
}

#[derive(Template)]
#[template(path = "work/work.html")]
struct Page {
    shell: Shell,
    may_register: bool,
    may_draft: bool,
    register_href: &'static str,
    draft_href: &'static str,
    requests_href: &'static str,
    waiting_href: String,
    documents_href: &'static str,
    has_requests: bool,
    tally: Vec<Count>,
    requests: Vec<RequestRow>,
    requests_caption: String,
    requests_total: i64,
    more: bool,
    has_documents: bool,
    documents: Vec<DocumentRow>,
    documents_caption: String,
}

async fn page(office: Office) -> Result {
    let site = Arc::clone(&office.shell.site);
    let actor = &office.actor;
    let has_requests = actor.can_somewhere(Action::RequestHandle);
    let (open, total) = if has_requests {
        open_requests(&office).await?
    } else {
        (Vec::new(), 0)
    };
    let tally = if has_requests {
        tally(&office).await?
    } else {
        Vec::new()
    };
    let mut rows = Vec::new();
    for listed in &open {
        rows.push(request_row(&office, &site, listed).await?);
    }
    // The most urgent one carries the one filled button of the list.
    if let Some(row) = rows.iter_mut().find(|row| !row.step.is_empty()) {
        row.first = true;
    }
    let has_documents = [
        Action::DocumentDraft,
        Action::DocumentReview,
        Action::DocumentSecrecyReview,
        Action::DocumentApprove,
    ]
    .iter()
    .any(|action| actor.can_somewhere(*action));
    let documents = waiting_documents(&office, &site).await?;
    let may_draft = actor.can_somewhere(Action::DocumentDraft);
    let page = Page {
        shell: shell::office(&office, "work", "我的工作"),
        may_register: actor.can_somewhere(Action::RequestRegister),
        may_draft,
        register_href: urls::OFFICE_REQUEST_NEW,
        draft_href: urls::OFFICE_DOCUMENT_NEW,
        requests_href: urls::OFFICE_REQUESTS,
        waiting_href: urls::office_requests_shown("open", "waiting"),
        documents_href: urls::OFFICE_DOCUMENTS,
        has_requests,
        tally,
        requests_caption: format!("待办申请，按到期先后，共 {total} 件"),
        requests_total: total,
        more: rows.len() < usize::try_from(total).unwrap_or(0),
        requests: rows,
        has_documents,
        documents_caption: format!("共 {} 件", documents.len()),
        documents,
    };
    shell::render(&page)
}

/// Most urgent first: the open requests that wait for this person, and how many there are.
async fn open_requests(office: &Office) -> Result<(Vec<requests::Listed>, i64)> {
    let filter = requests_office::narrowed(office, "open", "waiting", requests::Filter::default());
    let page = requests::list(office.store(), &office.actor, &filter, 1, SHOWN).await?;
    Ok((page.items, page.total))
}

/// How many of them are how urgent; each opens the list that it counts.
async fn tally(office: &Office) -> Result<Vec<Count>> {
    let mut counts = Vec::new();
    for (kind, words, show) in [
        ("late", "已逾期", "late"),
        ("today", "今日到期", "today"),
        ("half", "三个工作日内", "near"),
        ("note", "以后，或等对方", "later"),
    ] {
        let filter =
            requests_office::narrowed(office, show, "waiting", requests::Filter::default());
        let page = requests::list(office.store(), &office.actor, &filter, 1, 0).await?;
        counts.push(Count {
            kind,
            words,
            count: page.total,
            href: urls::office_requests_shown(show, "waiting"),
        });
    }
    Ok(counts)
}

async fn request_row(
    office: &Office,
    site: &Site,
    listed: &requests::Listed,
) -> Result<RequestRow> {
    let today = office.store().today();
    let href = urls::office_request(&listed.id);
    let title = requests_office::title_of(office, site, &listed.id, &listed.unit)
        .await?
        .unwrap_or_else(|| format!("申请 {}", listed.number));
    let step = requests_office::next_step(listed.state);
    let shown = step.is_some_and(|step| reach::may(&office.actor, site, step.action, &listed.unit));
    let who = if listed.handler.is_none() {
        "，未指定经办"
    } else {
        ""
    };
    Ok(RequestRow {
        due: requests_office::dates::due(
            &site.calendar,
            today,
            listed.state,
            listed.due_on,
            listed.late,
            &urls::office_request_why(&listed.id),
        ),
        about: format!(
            "申请 {}，{}，{}，{}{who}",
            listed.number,
            listed.unit_name,
            listed.applicant_kind.label(),
            listed.channel.label()
        ),
        number: listed.number.clone(),
        state: listed.state.label(),
        step: step.filter(|_| shown).map_or("", |step| step.label),
        step_href: step.map_or_else(String::new, |step| (step.href)(&listed.id)),
        first: false,
        href,
        title,
    })
}

/// Documents at a stage that this person may carry on: never the own draft for review.
async fn waiting_documents(office: &Office, site: &Site) -> Result<Vec<DocumentRow>> {
    let store = office.store();
    let mut rows = Vec::new();
    for (status, verb, action) in [
        (
            Status::AwaitingApproval,
            Verb::Approve,
            Action::DocumentApprove,
        ),
        (
            Status::InSecrecyReview,
            Verb::Clear,
            Action::DocumentSecrecyReview,
        ),
        (Status::InReview, Verb::Review, Action::DocumentReview),
        (Status::Draft, Verb::Submit, Action::DocumentDraft),
    ] {
        if !office.actor.can_somewhere(action) {
            continue;
        }
        let filter = documents::Filter {
            status: Some(status),
            ..documents::Filter::default()
        };
        let page = documents::list_office(store, &office.actor, &filter, 1, MOST_DOCUMENTS).await?;
        let mine: Vec<_> = page
            .items
            .into_iter()
            .filter(|listed| {
                let own = listed.drafter.as_deref() == Some(office.actor.id.as_str());
                own == (status == Status::Draft)
                    && reach::may(&office.actor, site, action, &listed.unit)
            })
            .collect();
        let names = reach::names(
            store,
            mine.iter().filter_map(|listed| listed.drafter.as_deref()),
        )
        .await?;
        rows.extend(mine.into_iter().map(|listed| DocumentRow {
            href: urls::office_document(&listed.id),
            about: format!("{}，{}", listed.kind.label(), listed.unit_name),
            drafter: reach::name_of(&names, listed.drafter.as_deref()),
            kind: documents_office::mark(status),
            state: status.label(),
            step: match verb {
                Verb::Submit => "修改",
                Verb::Review => "审核",
                Verb::Clear => "保密审查",
                _ => "签发",
            },
            step_href: if verb == Verb::Submit {
                urls::office_document_edit(&listed.id)
            } else {
                urls::office_document(&listed.id)
            },
            title: listed.title,
        }));
    }
    Ok(rows)
}
