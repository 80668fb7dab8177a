//! One document in the office: what it says, where it is, what can be done, what was done.

use super::mark;
use crate::app::App;
use crate::error::Result;
use crate::extract::Office;
use crate::shell::{self, Shell};
use crate::views::{FormErrors, HistoryItem, Link, size_words};
use crate::{history, reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use office::documents::{self as rules, Document, Doing, Status, Verb};
use office::permissions::Action;
use office::visibility;
use serde_json::Value;
use statute::Date;
use std::collections::BTreeMap;
use store::attachments::{self, Attachment};
use store::documents;

/// The address of a document.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/office/documents/{id}", get(page))
}

struct Act {
    label: &'static str,
    href: String,
    class: &'static str,
}

struct File {
    href: String,
    name: String,
    kind: String,
    size: String,
    remove: String,
}

struct Stage {
    class: &'static str,
    label: &'static str,
    who: String,
}

#[derive(Template)]
#[template(path = "documents/office_page.html")]
pub(super) struct Page {
    shell: Shell,
    trail: Vec<Link>,
    kind: &'static str,
    number: String,
    title: String,
    acts: Vec<Act>,
    mark: &'static str,
    status: String,
    waiting: String,
    remark: String,
    remark_label: &'static str,
    public_href: String,
    paragraphs: Vec<String>,
    errors: FormErrors,
    files: Vec<File>,
    may_attach: bool,
    attach_action: String,
    attach_help: String,
    seen: i64,
    history: Vec<HistoryItem>,
    id: String,
    index_number: String,
    unit: String,
    written_on: String,
    attribute: &'static str,
    basis: String,
    channels: String,
    published_on: String,
    in_force_from: String,
    repealed_on: String,
    explains: String,
    explains_href: String,
    path: Vec<Stage>,
}

async fn page(office: Office, Path(id): Path<String>) -> Result {
    shell::render(&build(&office, &id, FormErrors::default()).await?)
}

/// The page, with what was wrong with an upload.
pub(super) async fn build(office: &Office, id: &str, errors: FormErrors) -> Result<Page> {
    let store = office.store();
    let site = &office.shell.site;
    let document = documents::find_office(store, &office.actor, id).await?;
    let today = store.today();
    let people = [
        &document.drafter,
        &document.reviewer,
        &document.secrecy_reviewer,
        &document.approver,
    ];
    let names = reach::names(store, people.into_iter().filter_map(|id| id.as_deref())).await?;
    let files = attachments::of_document(store, id).await?;
    let may_edit = document.status == Status::Draft
        && reach::may(&office.actor, site, Action::DocumentDraft, &document.unit);
    let explained = match &document.explains {
        Some(explained) => documents::find_office(store, &office.actor, explained)
            .await
            .map(|found| (found.title, urls::office_document(&found.id)))
            .unwrap_or_else(|_| (explained.clone(), urls::document(explained))),
        None => (String::new(), String::new()),
    };
    let (status_mark, status) = status_words(&document, today);
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    Ok(Page {
        shell: shell::office(office, "documents", &document.title),
        trail: vec![Link::new("文件", urls::OFFICE_DOCUMENTS)],
        kind: document.kind.label(),
        number: document.number.clone().unwrap_or_default(),
        title: document.title.clone(),
        acts: acts(office, &document, may_edit),
        mark: status_mark,
        status,
        waiting: waiting(office, &document, today),
        remark: document.remark.clone().unwrap_or_default(),
        remark_label: if document.status == Status::Withdrawn {
            "撤下原因"
        } else {
            "退回原因"
        },
        public_href: if visibility::is_public(&document, today) {
            urls::document(id)
        } else {
            String::new()
        },
        paragraphs: document
            .body
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        errors,
        files: files.iter().map(|file| file_row(id, file)).collect(),
        may_attach: may_edit,
        attach_action: urls::office_document_files(id),
        attach_help: attach_help(),
        seen: document.seq,
        history: history::of(store, "document", id, note).await?,
        index_number: document.index_number.clone(),
        unit: site.unit_name(&document.unit).to_owned(),
        written_on: document.written_on.to_string(),
        attribute: document.attribute.label(),
        basis: document.basis.clone().unwrap_or_default(),
        channels: document
            .channels
            .iter()
            .map(|channel| channel.label())
            .collect::<Vec<_>>()
            .join("、"),
        published_on: day(document.published_on),
        in_force_from: day(document.in_force_from),
        repealed_on: day(document.repealed_on),
        explains: explained.0,
        explains_href: explained.1,
        path: path(&document, &names),
        id: document.id,
    })
}

fn status_words(document: &Document, today: Date) -> (&'static str, String) {
    match document.published_on {
        Some(day)
            if document.status == Status::Published
                && day > today
                && visibility::is_public(document, day) =>
        {
            ("note", format!("定于 {day} 公开"))
        }
        _ => (mark(document.status), document.status.label().to_owned()),
    }
}

/// The obstacle that no form can remove: who did another step of the same document.
fn obstacle(office: &Office, document: &Document, verb: Verb, today: Date) -> Option<String> {
    let doing = Doing {
        actor: &office.actor.id,
        remark: "-",
        publish_on: None,
    };
    rules::can(document, verb, &doing, today)
        .into_iter()
        .find(|reason| reason.field.is_none())
        .map(|reason| reason.text)
}

fn acts(office: &Office, document: &Document, may_edit: bool) -> Vec<Act> {
    let today = office.store().today();
    let mut acts: Vec<Act> = rules::verbs(document.status)
        .filter(|(verb, action)| {
            reach::may(&office.actor, &office.shell.site, *action, &document.unit)
                && obstacle(office, document, *verb, today).is_none()
        })
        .map(|(verb, _)| Act {
            label: verb.label(),
            href: urls::office_document_act(&document.id, verb.key()),
            class: match verb {
                Verb::Approve => "btn-seal",
                Verb::Submit | Verb::Review | Verb::Clear => "btn-primary",
                Verb::Return | Verb::Withdraw => "",
            },
        })
        .collect();
    if super::repeal::offered(office, document) {
        acts.push(Act {
            label: if document.repealed_on.is_some() {
                "更正废止日期"
            } else {
                "废止"
            },
            href: urls::office_document_repeal(&document.id),
            class: "",
        });
    }
    // The way on stands last, where the hand is.
    acts.reverse();
    if may_edit {
        acts.insert(
            0,
            Act {
                label: "修改",
                href: urls::office_document_edit(&document.id),
                class: "",
            },
        );
    }
    acts
}

/// Who is waited for, and why it is not the one who looks.
fn waiting(office: &Office, document: &Document, today: Date) -> String {
    let (verb, whom) = match document.status {
        Status::Draft => return String::new(),
        Status::InReview => (Verb::Review, "等审核人审核"),
        Status::InSecrecyReview => (Verb::Clear, "等保密审查员审查"),
        Status::AwaitingApproval => (Verb::Approve, "等签发人签发"),
        Status::Published | Status::Filed | Status::Withdrawn => return String::new(),
    };
    let may = rules::permission(document.status, verb).is_some_and(|action| {
        reach::may(&office.actor, &office.shell.site, action, &document.unit)
    });
    match obstacle(office, document, verb, today) {
        Some(text) if may => format!("{whom}。{text}"),
        _ => whom.to_owned(),
    }
}

fn path(document: &Document, names: &BTreeMap<String, String>) -> Vec<Stage> {
    let place = match document.status {
        Status::Draft => 0,
        Status::InReview => 1,
        Status::InSecrecyReview => 2,
        Status::AwaitingApproval => 3,
        Status::Published | Status::Filed | Status::Withdrawn => 5,
    };
    let last = match document.status {
        Status::Filed => "归档，不主动公开",
        Status::Withdrawn => "公开，后来撤下",
        _ if document.attribute == rules::Attribute::Proactive => "公开",
        _ => "归档，不主动公开",
    };
    let stages = [
        ("起草", &document.drafter),
        ("审核", &document.reviewer),
        ("保密审查", &document.secrecy_reviewer),
        ("签发", &document.approver),
        (last, &None),
    ];
    stages
        .into_iter()
        .enumerate()
        .map(|(i, (label, who))| Stage {
            class: match i.cmp(&place) {
                std::cmp::Ordering::Less => "path-done",
                std::cmp::Ordering::Equal => "path-now",
                std::cmp::Ordering::Greater => "",
            },
            label,
            who: reach::name_of(names, who.as_deref()),
        })
        .collect()
}

/// What a person reads under an entry of the journal.
fn note(action: &str, detail: &Value) -> String {
    let text = |key: &str| detail.get(key).and_then(Value::as_str).unwrap_or_default();
    match action {
        "document.return" | "document.withdraw" => text("remark").to_owned(),
        "document.approve" if !text("published_on").is_empty() => {
            format!("发布日期 {}", text("published_on"))
        }
        "document.repeal" => format!("{} 起废止：{}", text("repealed_on"), text("reason")),
        "document.attach" | "document.detach" => text("name").to_owned(),
        _ => String::new(),
    }
}

/// How the ending of a file reads.
pub(super) fn file_kind(name: &str) -> String {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    match ending.as_str() {
        "doc" | "docx" => "Word".into(),
        "xls" | "xlsx" => "Excel".into(),
        "png" | "jpg" | "jpeg" => "图片".into(),
        "txt" => "文本".into(),
        other => other.to_ascii_uppercase(),
    }
}

fn file_row(document: &str, file: &Attachment) -> File {
    File {
        href: urls::office_file(&file.id),
        name: file.name.clone(),
        kind: file_kind(&file.name),
        size: size_words(file.size),
        remove: urls::office_document_file_remove(document, &file.id),
    }
}

fn attach_help() -> String {
    let endings: Vec<&str> = attachments::TYPES
        .iter()
        .map(|(ending, _)| *ending)
        .collect();
    format!(
        "{}，一次合计不超过 {} MB，最多 {} 个。图片请在正文里写明内容。",
        endings.join("、"),
        attachments::SIZE_LIMIT / 1024 / 1024,
        attachments::COUNT_LIMIT
    )
}
