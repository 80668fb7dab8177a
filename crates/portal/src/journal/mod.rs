//! The journal, for the auditor.

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
use serde_json::Value;
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
    let names = reach::names(store, entries.iter().map(|entry| entry.actor.as_str())).await?;
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
        detail: pairs(&entry.detail),
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

/// The beginning of a long text; the whole stands in the database.
fn clipped(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit).chain(['…']).collect()
}

/// The words for the names in an entry's details; a name without a word stands as it is.
const NAMES: &[(&str, &str)] = &[
    ("account", "账号"),
    ("applicant", "申请人类型"),
    ("attribute", "公开属性"),
    ("by", "送达方式"),
    ("bytes", "字节"),
    ("channel", "渠道"),
    ("confirmed", "确认日期"),
    ("count", "条数"),
    ("days", "天数"),
    ("documents", "文件"),
    ("due_on", "期限"),
    ("edition", "格式"),
    ("event", "环节"),
    ("events", "环节"),
    ("fields", "内容"),
    ("file", "文件"),
    ("from", "原来"),
    ("handler", "经办"),
    ("hash", "校验值"),
    ("index", "第几个"),
    ("kind", "种类"),
    ("late_reason", "逾期原因"),
    ("name", "名称"),
    ("number", "编号"),
    ("on", "日期"),
    ("outcome", "结果"),
    ("reason", "理由"),
    ("received_on", "收到之日"),
    ("register", "台账"),
    ("reply_by", "补正期限"),
    ("requests", "申请"),
    ("roles", "角色"),
    ("roll_up", "汇总"),
    ("stand_in", "代办人"),
    ("status", "状态"),
    ("title", "标题"),
    ("to", "改为"),
    ("track", "途径"),
    ("unit", "单位"),
    ("until", "延迟至"),
    ("year", "年度"),
    ("years", "年度"),
];

/// Most pairs of one entry that are shown.
const PAIRS: usize = 12;

/// The details of an entry, one thing to a line.
fn pairs(detail: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    match serde_json::from_str(detail) {
        Ok(value) => gather("", &value, &mut out),
        Err(_) => out.push((String::new(), clipped(detail, 200))),
    }
    if out.len() > PAIRS {
        let rest = out.len() - PAIRS;
        out.truncate(PAIRS);
        out.push((String::new(), format!("另有 {rest} 项")));
    }
    out
}

fn gather(name: &str, value: &Value, out: &mut Vec<(String, String)>) {
    let word = |key: &str| {
        let found = NAMES.iter().find(|(known, _)| *known == key);
        found.map_or_else(|| key.to_owned(), |(_, word)| (*word).to_owned())
    };
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (key, value) in fields {
                let whole = if name.is_empty() {
                    word(key)
                } else {
                    format!("{name} {}", word(key))
                };
                gather(&whole, value, out);
            }
        }
        // Two of a kind are what was and what is.
        Value::Array(both) if both.len() == 2 && !both.iter().any(Value::is_object) => {
            if both.first() != both.last() {
                let words: Vec<String> = both.iter().map(plain).collect();
                out.push((name.to_owned(), words.join(" → ")));
            }
        }
        Value::Array(items) => {
            let words: Vec<String> = items.iter().map(plain).collect();
            if !words.is_empty() {
                out.push((name.to_owned(), clipped(&words.join("、"), 200)));
            }
        }
        other => out.push((name.to_owned(), clipped(&plain(other), 200))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Null => "无".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn details_are_read_as_pairs() {
        let shown = pairs(
            r#"{"event":{"on":"2026-11-02","event":"extended","days":5},"late_reason":null,"due_on":["2026-11-20","2026-11-27"],"channel":["online","online"],"unit":"edu"}"#,
        );
        let text: Vec<String> = shown.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert!(text.contains(&"环节 天数=5".to_owned()), "{text:?}");
        assert!(text.contains(&"期限=2026-11-20 → 2026-11-27".to_owned()));
        assert!(
            text.contains(&"单位=edu".to_owned()) && text.len() == 5,
            "{text:?}"
        );
        assert!(pairs("{}").is_empty());
        assert_eq!(pairs("no json").len(), 1);
    }
}
