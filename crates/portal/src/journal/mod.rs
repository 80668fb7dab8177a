//! The journal, for the auditor.

mod detail;

use self::detail::{Known, clipped, pairs};
use crate::app::App;
use crate::error::Result;
use crate::extract::Office;
use crate::pick::Asked;
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Choice;
use askama::Template;
use axum::Router;
use axum::routing::get;
use office::journal::{ACTIONS, action_label};
use office::permissions::Action;
use store::journal::Filter;

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new().route("/office/journal", get(page))
}

const SIZE: i64 = 50;

#[derive(Template)]
#[template(path = "journal/page.html")]
struct Page {
    shell: Shell,
    here: &'static str,
    head: i64,
    hash: String,
    actor: String,
    actions: Vec<Choice>,
    action: String,
    record: String,
    rows: Vec<Row>,
    older: String,
}

struct Row {
    seq: i64,
    at: String,
    actor: String,
    action: String,
    record: String,
    detail: Vec<(String, String)>,
}

async fn page(office: Office, asked: Asked) -> Result {
    // Its entries name the records of every unit.
    reach::needs_at_a_head(&office, Action::JournalRead)?;
    let store = office.app.store();
    let opt = |name: &str| Some(asked.text(name).to_owned()).filter(|text| !text.is_empty());
    let filter = Filter {
        actor: actor_of(&office, asked.text("actor")).await?,
        action: opt("action"),
        record: opt("record"),
        ..Filter::default()
    };
    let before = asked.text("before").parse().ok();
    let entries = store.journal_page(before, SIZE, &filter).await?;
    let mut named: Vec<String> = entries.iter().map(|entry| entry.actor.clone()).collect();
    named.extend(
        entries
            .iter()
            .flat_map(|entry| detail::people(&entry.detail)),
    );
    let names = reach::names(store, named.iter().map(String::as_str)).await?;
    let known = Known {
        site: &office.shell.site,
        people: &names,
    };
    let (head, hash) = store.journal_head().await?;
    let older = match entries.last() {
        Some(last) if entries.len() == usize::try_from(SIZE).unwrap_or(0) => urls::with_query(
            urls::OFFICE_JOURNAL,
            &[
                ("actor", asked.text("actor")),
                ("action", asked.text("action")),
                ("record", asked.text("record")),
                ("before", &last.seq.to_string()),
            ],
        ),
        _ => String::new(),
    };
    let rows = entries.iter().map(|entry| Row {
        seq: entry.seq,
        at: crate::history::moment(entry.at),
        actor: reach::name_of(&names, Some(&entry.actor)),
        action: action_label(&entry.action).to_owned(),
        record: clipped(&entry.record, 40),
        detail: pairs(&entry.detail, &known),
    });
    shell::render(&Page {
        shell: shell::office(&office, "journal", "日志"),
        here: urls::OFFICE_JOURNAL,
        head,
        hash: hash.chars().take(16).collect(),
        actor: asked.text("actor").to_owned(),
        actions: ACTIONS
            .iter()
            .map(|(key, label)| Choice::new(*key, *label))
            .collect(),
        action: asked.text("action").to_owned(),
        record: asked.text("record").to_owned(),
        rows: rows.collect(),
        older,
    })
}

/// Who is looked for: an account, a name, or an id as it stands.
async fn actor_of(office: &Office, text: &str) -> Result<Option<String>> {
    if text.is_empty() {
        return Ok(None);
    }
    let people = store::people::list(office.app.store(), &office.actor).await?;
    let found = people
        .into_iter()
        .find(|(person, _)| person.account == text || person.name == text);
    Ok(Some(
        found.map_or_else(|| text.to_owned(), |(person, _)| person.id),
    ))
}
