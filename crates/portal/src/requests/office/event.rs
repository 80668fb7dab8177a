//! Entering what happened to a request: confirmation of receipt, supplement, consultation,
//! extension, fee, closing; and the reply.

use super::event_kinds::{CONFIRM, Kind, REPLY, kind_of};
use super::{OutcomeGroup, answer_of, lines, load, outcome_groups};
use crate::app::App;
use crate::error::{PortalError, Result};
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{Choice, FieldError, FormErrors, Link};
use crate::{reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::permissions::Action;
use statute::channel::RequestChannel;
use statute::clock::{Answer, Delivery, Event, EventKind};
use statute::outcome::Outcome;
use statute::{Date, Regulation, fee};
use store::StoreError;
use store::requests::{self, Reply, Stored};

/// A reply of 20,000 characters, each three bytes that a form writes with nine.
const LIMIT: usize = 256 << 10;

/// The addresses of the forms.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/office/requests/{id}/events/{event}",
            get(form).post(record),
        )
        .route(
            "/office/requests/{id}/reply",
            get(reply_form).post(reply_record),
        )
        .route(
            "/office/requests/{id}/confirm",
            get(confirm_form).post(confirm_record),
        )
}

/// The words of an event that has a form here; the reply and the confirmation stand elsewhere.
pub(super) fn label(key: &str) -> Option<&'static str> {
    kind_of(key).map(|kind| kind.label)
}

#[derive(Default)]
struct Typed {
    on: String,
    reply_by: String,
    days: String,
    until: String,
    outcome: String,
    by: String,
    text: String,
    late_reason: String,
}

impl Typed {
    fn of(fields: &Fields<LIMIT>) -> Typed {
        let text = |name| fields.text(name).to_owned();
        Typed {
            on: text("on"),
            reply_by: text("reply_by"),
            days: text("days"),
            until: text("until"),
            outcome: text("outcome"),
            by: text("by"),
            text: text("text"),
            late_reason: text("late_reason"),
        }
    }
}

#[derive(Template)]
#[template(path = "requests/office_event.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    state: &'static str,
    due_words: String,
    label: &'static str,
    lead: &'static str,
    stale: bool,
    errors: FormErrors,
    action: String,
    seen: i64,
    on_label: &'static str,
    v: Typed,
    asks_reply_by: bool,
    asks_days: bool,
    days_help: String,
    asks_until: bool,
    asks_outcome: bool,
    outcomes: Vec<OutcomeGroup>,
    asks_by: bool,
    deliveries: Vec<Choice>,
    asks_text: bool,
    asks_late: bool,
    late_help: String,
    late_required: bool,
    consequences: Vec<&'static str>,
    button: &'static str,
    button_class: &'static str,
    back: String,
    subject: Vec<String>,
    rules: Vec<String>,
}

/// A request as a form shows it.
struct Case<'a> {
    office: &'a Office,
    stored: &'a Stored,
    kind: &'static Kind,
    answer: Answer,
    subject: Vec<String>,
}

impl<'a> Case<'a> {
    async fn of(office: &'a Office, stored: &'a Stored, kind: &'static Kind) -> Result<Case<'a>> {
        let may = reach::may(
            &office.actor,
            &office.shell.site,
            Action::ApplicantRead,
            &stored.request.unit,
        );
        let subject = if may {
            let subject = requests::open_subject(office.store(), &office.actor, stored).await?;
            subject.as_deref().map(lines).unwrap_or_default()
        } else {
            Vec::new()
        };
        Ok(Case {
            office,
            stored,
            kind,
            answer: answer_of(office, &stored.request),
            subject,
        })
    }

    fn action(&self) -> String {
        let id = &self.stored.request.id;
        match self.kind.key {
            "replied" => urls::office_request_form(id, "reply"),
            "confirm" => urls::office_request_form(id, "confirm"),
            event => urls::office_request_event(id, event),
        }
    }

    fn page(self, typed: Typed, errors: FormErrors, stale: bool) -> Page {
        let key = self.kind.key;
        let request = &self.stored.request;
        let today = self.office.store().today();
        let replied = key == "replied";
        let ends = matches!(key, "replied" | "closed");
        let late = self.answer.due_on.is_some_and(|due| today > due);
        let href = urls::office_request(&request.id);
        let longest = self
            .answer
            .regulation
            .map_or(20, |regulation| regulation.extension_max().days);
        Page {
            shell: shell::office(self.office, "requests", self.kind.label),
            trail: vec![
                Link::new("申请", urls::OFFICE_REQUESTS),
                Link::new(request.number.as_str(), href.as_str()),
            ],
            number: request.number.clone(),
            state: self.answer.state.label(),
            due_words: match self.answer.due_on {
                Some(due) => format!("答复期限 {due}"),
                None => "期限未起算".into(),
            },
            label: self.kind.label,
            lead: self.kind.lead,
            stale,
            errors,
            action: self.action(),
            seen: request.seq,
            on_label: self.kind.on_label,
            v: typed,
            asks_reply_by: key == "supplement-asked",
            asks_days: key == "extended",
            days_help: format!("1 到 {longest}"),
            asks_until: key == "delayed",
            asks_outcome: ends,
            outcomes: match key {
                "replied" => outcome_groups(|_| true),
                // Without a reply a request ends only in the ways of the last group.
                "closed" => outcome_groups(office::requests::ends_without_reply),
                _ => Vec::new(),
            },
            asks_by: replied,
            deliveries: if replied { deliveries() } else { Vec::new() },
            asks_text: replied,
            asks_late: ends,
            late_help: match self.answer.due_on {
                Some(due) => format!("答复期限是 {due}。在期限以后才办结的要写，原因留在日志里"),
                None => "在期限以后才办结的要写，原因留在日志里".into(),
            },
            late_required: late,
            consequences: match key {
                "replied" => vec![
                    "申请人凭编号和查询码可以看到办理结果和答复内容。",
                    "这件申请办结，结果计入本年度报告的表三。",
                    "写错了可以更正，原来的登记会留下。",
                ],
                "withdrawn" | "closed" => vec!["这件申请办结，不再计算期限。"],
                _ => Vec::new(),
            },
            button: self.kind.button,
            button_class: if ends || key == "withdrawn" {
                "btn-seal"
            } else {
                "btn-primary"
            },
            back: href,
            subject: self.subject,
            rules: rules(key, self.answer.regulation),
        }
    }
}

/// What helps to decide, beside the form.
fn rules(key: &str, regulation: Option<Regulation>) -> Vec<String> {
    match key {
        "fee-notified" => {
            let example = |n| {
                fee::by_items(n)
                    .map(|fee| fee.to_string())
                    .unwrap_or_default()
            };
            vec![
                "按件：1 至 10 件（含）不收费，11 至 30 件每件 100 元，31 件以上每增加 10 件，单价每件提高 100 元。".into(),
                format!("例如 42 件：{}", example(42)),
            ]
        }
        "extended" => match regulation {
            Some(Regulation::Of2008) => {
                vec!["按 2008 年条例受理的申请，最长延长 15 个工作日。".into()]
            }
            _ => Vec::new(),
        },
        "replied" => Outcome::ALL
            .iter()
            .filter(|outcome| matches!(outcome.key(), "granted" | "partial" | "unable.not_held"))
            .filter_map(|outcome| {
                let article = outcome.article()?;
                Some(format!("{}：{article}", outcome.label()))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn deliveries() -> Vec<Choice> {
    Delivery::ALL
        .iter()
        .map(|delivery| Choice::new(delivery.key(), delivery.label()))
        .collect()
}

/// The reply goes out as the request came in, until somebody chooses otherwise.
fn delivery_like(channel: RequestChannel) -> Delivery {
    match channel {
        RequestChannel::Counter => Delivery::Hand,
        RequestChannel::RegisteredMail | RequestChannel::OrdinaryMail | RequestChannel::Fax => {
            Delivery::Post
        }
        RequestChannel::Online => Delivery::Online,
        RequestChannel::Email => Delivery::Email,
    }
}

/// A form as it is first shown: today.
async fn show(office: &Office, id: &str, kind: &'static Kind, action: Action) -> Result {
    let stored = load(office, id, action).await?;
    let case = Case::of(office, &stored, kind).await?;
    let state = case.answer.state;
    if !office::requests::next_steps(state).contains(&kind.key) {
        let text = format!("申请现在是“{}”，不能登记“{}”。", state.label(), kind.label);
        office.flash("warn", &text);
        return Ok(shell::redirect(&urls::office_request(id)));
    }
    let typed = Typed {
        on: office.store().today().to_string(),
        by: delivery_like(stored.request.channel).key().into(),
        ..Typed::default()
    };
    shell::render(&case.page(typed, FormErrors::default(), false))
}

/// Ends an entry: back to the request, or the form again with what is wrong.
async fn end(
    office: &Office,
    id: &str,
    kind: &'static Kind,
    action: Action,
    fields: &Fields<LIMIT>,
    done: std::result::Result<(), FormOr>,
) -> Result {
    let (errors, stale) = match done {
        Ok(()) => {
            office.flash("done", kind.done);
            return Ok(shell::redirect(&urls::office_request(id)));
        }
        Err(FormOr::Form(errors)) => (errors, false),
        Err(FormOr::Store(StoreError::NotAllowed(reasons))) => (reasons.into(), false),
        Err(FormOr::Store(StoreError::Stale { .. })) => (FormErrors::default(), true),
        Err(FormOr::Store(error)) => return Err(error.into()),
    };
    let stored = load(office, id, action).await?;
    let case = Case::of(office, &stored, kind).await?;
    // The same form sent twice: what it entered is there.
    if stale && !office::requests::next_steps(case.answer.state).contains(&kind.key) {
        let text = format!("申请现在是“{}”，没有重复登记。", case.answer.state.label());
        office.flash("warn", &text);
        return Ok(shell::redirect(&urls::office_request(id)));
    }
    let mut page = case.page(Typed::of(fields), errors, stale);
    if stale {
        return Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response());
    }
    page.seen = fields.seen()?;
    shell::refused(&page)
}

/// What stands against an entry: a field that makes no sense, or the store.
enum FormOr {
    Form(FormErrors),
    Store(StoreError),
}

impl From<StoreError> for FormOr {
    fn from(error: StoreError) -> FormOr {
        FormOr::Store(error)
    }
}

/// Reads fields and gathers what is wrong with them.
struct Reader<'a> {
    fields: &'a Fields<LIMIT>,
    errors: FormErrors,
}

impl Reader<'_> {
    fn wrong(&mut self, field: &'static str, message: impl Into<String>) {
        self.errors.list.push(FieldError {
            field,
            message: message.into(),
        });
    }

    fn day(&mut self, name: &'static str) -> Option<Date> {
        match self.fields.date(name) {
            Ok(day) => day,
            Err(reason) => {
                self.wrong(name, reason.text);
                None
            }
        }
    }

    fn needed_day(&mut self, name: &'static str, what: &str) -> Option<Date> {
        let day = self.day(name);
        if day.is_none() && self.fields.text(name).trim().is_empty() {
            self.wrong(name, format!("没有填{what}，请填写。"));
        }
        day
    }

    fn outcome(&mut self) -> Option<Outcome> {
        let outcome = Outcome::from_key(self.fields.text("outcome"));
        if outcome.is_none() {
            self.wrong("outcome", "没有选办理结果，请从法定结果中选一项。");
        }
        outcome
    }

    fn kind(&mut self, key: &str) -> Option<EventKind> {
        Some(match key {
            "supplement-asked" => EventKind::SupplementAsked {
                reply_by: self.needed_day("reply_by", "补正期限"),
            },
            "supplemented" => EventKind::Supplemented,
            "third-party-asked" => EventKind::ThirdPartyAsked,
            "third-party-answered" => EventKind::ThirdPartyAnswered,
            "joint-maker-asked" => EventKind::JointMakerAsked,
            "joint-maker-answered" => EventKind::JointMakerAnswered,
            "extended" => {
                let days = match self.fields.int("days") {
                    Ok(days) => days.map(|days| u32::try_from(days).unwrap_or(0)),
                    Err(reason) => {
                        self.wrong("days", reason.text);
                        None
                    }
                };
                EventKind::Extended { days }
            }
            "reason-asked" => EventKind::ReasonAsked,
            "reason-given" => EventKind::ReasonGiven,
            "delayed" => EventKind::Delayed {
                until: self.needed_day("until", "延迟到的日期")?,
            },
            "fee-notified" => EventKind::FeeNotified,
            "fee-paid" => EventKind::FeePaid,
            "transferred" => EventKind::Transferred,
            "withdrawn" => EventKind::Withdrawn,
            "closed" => EventKind::Closed {
                outcome: self.outcome(),
            },
            _ => return None,
        })
    }
}

async fn form(office: Office, Path((id, event)): Path<(String, String)>) -> Result {
    let kind = kind_of(&event).ok_or(PortalError::NotFound)?;
    show(&office, &id, kind, Action::RequestHandle).await
}

async fn record(
    office: Office,
    Path((id, event)): Path<(String, String)>,
    fields: Fields<LIMIT>,
) -> Result {
    let kind = kind_of(&event).ok_or(PortalError::NotFound)?;
    let seen = fields.seen()?;
    let done = enter(&office, &id, kind, &fields, seen).await;
    end(&office, &id, kind, Action::RequestHandle, &fields, done).await
}

async fn enter(
    office: &Office,
    id: &str,
    kind: &Kind,
    fields: &Fields<LIMIT>,
    seen: i64,
) -> std::result::Result<(), FormOr> {
    let mut reader = Reader {
        fields,
        errors: FormErrors::default(),
    };
    let on = reader.needed_day("on", kind.on_label);
    let what = reader.kind(kind.key);
    let (Some(on), Some(what), true) = (on, what, reader.errors.is_empty()) else {
        return Err(FormOr::Form(reader.errors));
    };
    let event = Event::new(on, what);
    let late_reason = fields.text("late_reason");
    requests::record_event(office.store(), &office.actor, id, event, late_reason, seen).await?;
    Ok(())
}

async fn reply_form(office: Office, Path(id): Path<String>) -> Result {
    show(&office, &id, &REPLY, Action::RequestReply).await
}

async fn reply_record(office: Office, Path(id): Path<String>, fields: Fields<LIMIT>) -> Result {
    let seen = fields.seen()?;
    let done = reply(&office, &id, &fields, seen).await;
    end(&office, &id, &REPLY, Action::RequestReply, &fields, done).await
}

async fn reply(
    office: &Office,
    id: &str,
    fields: &Fields<LIMIT>,
    seen: i64,
) -> std::result::Result<(), FormOr> {
    let mut reader = Reader {
        fields,
        errors: FormErrors::default(),
    };
    let on = reader.needed_day("on", "答复日期");
    let outcome = reader.outcome();
    let by = Delivery::from_key(fields.text("by"));
    if by.is_none() {
        reader.wrong("by", "没有选送达方式，请选一种。");
    }
    if fields.text("text").trim().is_empty() {
        reader.wrong(
            "text",
            "没有写答复内容，请写明决定、理由和依据（条例 §36）。",
        );
    }
    let (Some(on), Some(outcome), Some(by), true) = (on, outcome, by, reader.errors.is_empty())
    else {
        return Err(FormOr::Form(reader.errors));
    };
    let reply = Reply {
        on,
        outcome,
        by,
        text: fields.text("text").replace("\r\n", "\n"),
        late_reason: fields.text("late_reason").to_owned(),
    };
    requests::reply(office.store(), &office.actor, id, reply, seen).await?;
    Ok(())
}

async fn confirm_form(office: Office, Path(id): Path<String>) -> Result {
    show(&office, &id, &CONFIRM, Action::RequestHandle).await
}

async fn confirm_record(office: Office, Path(id): Path<String>, fields: Fields<LIMIT>) -> Result {
    let seen = fields.seen()?;
    let done = confirm(&office, &id, &fields, seen).await;
    end(&office, &id, &CONFIRM, Action::RequestHandle, &fields, done).await
}

async fn confirm(
    office: &Office,
    id: &str,
    fields: &Fields<LIMIT>,
    seen: i64,
) -> std::result::Result<(), FormOr> {
    let mut reader = Reader {
        fields,
        errors: FormErrors::default(),
    };
    let on = reader.needed_day("on", "确认日期");
    let Some(on) = on else {
        return Err(FormOr::Form(reader.errors));
    };
    requests::confirm(office.store(), &office.actor, id, on, seen).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use statute::clock::State;

    #[test]
    fn every_next_step_has_a_form() {
        for state in State::ALL {
            for key in office::requests::next_steps(*state) {
                let known = matches!(*key, "replied" | "confirm") || kind_of(key).is_some();
                assert!(known, "{state:?} leads to {key}, which has no form");
            }
        }
    }

    #[test]
    fn every_form_enters_the_event_it_names() {
        let fields = Fields::<LIMIT>::default();
        for kind in crate::requests::office::event_kinds::KINDS {
            let mut reader = Reader {
                fields: &fields,
                errors: FormErrors::default(),
            };
            match reader.kind(kind.key) {
                Some(event) => assert_eq!(event.key(), kind.key),
                None => assert_eq!(kind.key, "delayed", "{}", kind.key),
            }
        }
    }
}
