//! One decision that was mistyped: put right, or its entry withdrawn.

use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::pick;
use crate::shell::{self, Shell};
use crate::views::{Choice, FieldError, FormErrors, HistoryItem, Link};
use crate::{history, reach, urls};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use office::figures::DecisionKind;
use office::permissions::Action;
use serde_json::Value;
use store::StoreError;
use store::registers::{self, Decision, DecisionChange};

#[derive(Template)]
#[template(path = "registers/decision.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    unit: String,
    now: String,
    withdrawn: bool,
    history: Vec<HistoryItem>,
    here: String,
    back: String,
    seen: i64,
    hows: Vec<Choice>,
    kinds: Vec<Choice>,
    v: Typed,
    stale: bool,
    errors: FormErrors,
}

struct Typed {
    how: String,
    kind: String,
    on: String,
    reason: String,
}

/// The decision, for one who may record in its register.
async fn load(office: &Office, id: &str) -> Result<Decision> {
    let decision = registers::find_decision(office.store(), &office.actor, id).await?;
    let site = &office.shell.site;
    if !reach::may(&office.actor, site, Action::RegisterRecord, &decision.unit) {
        return Err(StoreError::forbidden(Action::RegisterRecord).into());
    }
    Ok(decision)
}

/// Where the list is that shows it.
fn list(decision: &Decision) -> String {
    let year = decision.decided_on.year().to_string();
    let pairs = [("unit", decision.unit.as_str()), ("year", year.as_str())];
    urls::with_query(urls::OFFICE_DECISIONS, &pairs)
}

async fn page(
    office: &Office,
    decision: &Decision,
    typed: Typed,
    errors: FormErrors,
) -> Result<Page> {
    let back = list(decision);
    let withdraw = Choice::new("withdraw", "撤回这条登记")
        .hint("登记重了，或者没有这件决定。不再计数，登记留在台账和日志里。");
    Ok(Page {
        shell: shell::office(office, "registers", "更正行政决定的登记"),
        trail: vec![
            Link::new("台账", urls::OFFICE_REGISTERS),
            Link::new("行政决定", back.as_str()),
        ],
        unit: office.shell.site.unit_name(&decision.unit).to_owned(),
        now: format!("{}，{}", decision.kind.label(), decision.decided_on),
        withdrawn: decision.withdrawn,
        history: history::of(office.store(), "decision", &decision.id, note).await?,
        here: urls::office_decision(&decision.id),
        back,
        seen: decision.seq,
        hows: vec![Choice::new("correct", "改正种类或日期"), withdraw],
        kinds: DecisionKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.key(), kind.label()))
            .collect(),
        v: typed,
        stale: false,
        errors,
    })
}

/// What stood before, what stands now, and why.
fn note(_: &str, detail: &Value) -> String {
    let said = |of: &str| {
        let text = |name: &str| detail[of][name].as_str().unwrap_or_default();
        let kind = DecisionKind::from_key(text("kind"))?;
        Some(format!("{} {}", kind.label(), text("decided_on")))
    };
    let change = match (said("from"), said("to")) {
        (Some(from), Some(to)) => format!("{from} 改为 {to}；"),
        (Some(from), None) => format!("{from}；"),
        _ => String::new(),
    };
    format!("{change}{}", detail["reason"].as_str().unwrap_or_default())
}

/// The form, filled with what is recorded.
pub async fn form(office: Office, Path(id): Path<String>) -> Result {
    let decision = load(&office, &id).await?;
    let typed = Typed {
        how: "correct".to_owned(),
        kind: decision.kind.key().to_owned(),
        on: decision.decided_on.to_string(),
        reason: String::new(),
    };
    shell::render(&page(&office, &decision, typed, FormErrors::default()).await?)
}

/// Puts right what was typed.
pub async fn save(office: Office, Path(id): Path<String>, form: Fields) -> Result {
    let decision = load(&office, &id).await?;
    let seen = form.seen()?;
    let errors = match change(&form) {
        Err(errors) => errors,
        Ok(change) => {
            let reason = form.text("reason");
            let (store, actor) = (office.store(), &office.actor);
            match registers::change_decision(store, actor, &id, change, reason, seen).await {
                Ok(()) => {
                    office.flash(
                        "done",
                        match change {
                            DecisionChange::Correct(..) => "已更正，原来的登记留在日志里。",
                            DecisionChange::Withdraw => "已撤回，不再计数。",
                        },
                    );
                    return Ok(shell::redirect(&list(&decision)));
                }
                Err(StoreError::Stale { .. }) => {
                    let mut page =
                        page(&office, &decision, typed(&form), FormErrors::default()).await?;
                    page.stale = true;
                    return Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response());
                }
                Err(error) => pick::form_errors(error)?,
            }
        }
    };
    let mut page = page(&office, &decision, typed(&form), errors).await?;
    page.seen = seen;
    shell::refused(&page)
}

fn typed(form: &Fields) -> Typed {
    let text = |name| form.text(name).to_owned();
    Typed {
        how: text("how"),
        kind: text("kind"),
        on: text("on"),
        reason: text("reason"),
    }
}

/// What is to be put right, as it was typed.
fn change(form: &Fields) -> std::result::Result<DecisionChange, FormErrors> {
    if form.text("how") == "withdraw" {
        return Ok(DecisionChange::Withdraw);
    }
    let mut list = Vec::new();
    let mut wrong = |field, message: String| list.push(FieldError { field, message });
    if form.text("how") != "correct" {
        wrong("how", "没有选怎样更正，请选一种。".into());
    }
    let kind = DecisionKind::from_key(form.text("kind"));
    if kind.is_none() {
        wrong("kind", "没有选决定的种类，请选一种。".into());
    }
    let on = match form.date("on") {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            wrong("on", "没有填决定日期，请填写。".into());
            None
        }
        Err(reason) => {
            wrong("on", reason.text);
            None
        }
    };
    match (kind, on) {
        (Some(kind), Some(on)) if list.is_empty() => Ok(DecisionChange::Correct(kind, on)),
        _ => Err(FormErrors { list }),
    }
}
