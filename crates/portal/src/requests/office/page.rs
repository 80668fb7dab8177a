//! One request: what is asked, when the reply is due and why, what happened, what can be done.

use super::{answer_of, brief, dates, lines, next_step};
use crate::app::App;
use crate::error::Result;
use crate::extract::Office;
use crate::shell::{self, Shell};
use crate::views::{Due, HistoryItem, Link, Step};
use crate::{history, reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use office::cases::LegalCase;
use office::permissions::Action;
use serde_json::Value;
use statute::clock::{Event, EventKind, State};
use store::cases;
use store::requests::{self, Opened, Stored};

/// The address of a request.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/office/requests/{id}", get(page))
}

struct Act {
    label: String,
    href: String,
    class: &'static str,
    /// Why it cannot be done now; empty when it can.
    reason: String,
}

struct EventRow {
    on: String,
    label: &'static str,
    detail: String,
    undone: bool,
    correct: String,
}

struct CaseRow {
    track: &'static str,
    filed_on: String,
    closed_on: String,
    result: &'static str,
    href: String,
}

#[derive(Default)]
struct Person {
    name: String,
    identity: String,
    phone: String,
    address: String,
    email: String,
    form: String,
    delivery: String,
    assistance: String,
}

#[derive(Template)]
#[template(path = "requests/office_page.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    heading: String,
    acts: Vec<Act>,
    mark: &'static str,
    state: &'static str,
    outcome: String,
    due: Due,
    warnings: Vec<String>,
    locked: &'static str,
    subject: Vec<String>,
    reply: Vec<String>,
    events_to_record: Vec<Act>,
    steps: Vec<Step>,
    no_steps: &'static str,
    events: Vec<EventRow>,
    has_cases: bool,
    cases: Vec<CaseRow>,
    case_href: String,
    history: Vec<HistoryItem>,
    unit: String,
    received_on: String,
    channel: &'static str,
    applicant_kind: &'static str,
    handler: String,
    closed_on: String,
    has_applicant: bool,
    a: Person,
    links: Vec<Link>,
}

async fn page(office: Office, Path(id): Path<String>) -> Result {
    let store = office.store();
    let stored = requests::find(store, &office.actor, &id).await?;
    let request = &stored.request;
    let may = |action| reach::may(&office.actor, &office.shell.site, action, &request.unit);
    let opened = if may(Action::ApplicantRead) {
        Some(requests::open(store, &office.actor, &stored).await?)
    } else {
        None
    };
    let answer = answer_of(&office, request);
    let handler = reach::names(store, request.handler.as_deref().into_iter()).await?;
    let cases = cases::of_request(store, &office.actor, &id).await?;
    let today = store.today();
    let closed = answer.state == State::Closed;
    let late = closed && answer.overdue == Some(true);
    let acts = acts(&office, &stored, answer.state);
    // A reply that was entered by mistake and undone is none.
    let replied = answer.closed.is_some_and(|closing| closing.replied);
    let (locked, subject, reply) = asked(opened.as_ref(), replied);
    let applicant = opened
        .as_ref()
        .and_then(|opened| opened.applicant.as_ref())
        .map(person);
    let outcome = match answer.closed {
        Some(closing) => match (closing.outcome, closing.replied) {
            (Some(outcome), true) => format!("{} 答复：{}", closing.on, outcome.label()),
            (Some(outcome), false) => format!("{} 办结：{}", closing.on, outcome.label()),
            (None, _) => format!("{} 办结", closing.on),
        },
        None => String::new(),
    };
    let may_record = may(Action::CaseRecord);
    shell::render(&Page {
        shell: shell::office(&office, "requests", &format!("申请 {}", request.number)),
        trail: vec![
            Link::new("我的工作", urls::OFFICE),
            Link::new("申请", urls::OFFICE_REQUESTS),
        ],
        number: request.number.clone(),
        heading: opened
            .as_ref()
            .and_then(|opened| opened.subject.as_deref())
            .map_or_else(|| format!("申请 {}", request.number), brief),
        events_to_record: events_to_record(&office, &stored, answer.state, &acts),
        acts,
        mark: match answer.state {
            State::Closed => "ok",
            State::Open | State::Unconfirmed => "half",
            _ => "note",
        },
        state: answer.state.label(),
        outcome,
        due: dates::due(
            &office.shell.site.calendar,
            today,
            answer.state,
            answer.due_on,
            late,
            "#why",
        ),
        locked,
        subject,
        reply,
        steps: dates::steps(&answer.steps),
        no_steps: "还没有收到之日，期限没有开始计算。",
        warnings: answer.warnings,
        events: event_rows(&id, &request.events, may(Action::RequestCorrect)),
        has_cases: may_record || !cases.is_empty(),
        cases: cases
            .iter()
            .map(|case| case_row(&id, case, may_record))
            .collect(),
        case_href: if may_record {
            urls::office_case(&id, "new")
        } else {
            String::new()
        },
        history: history::of(store, "request", &id, note).await?,
        unit: office.shell.site.unit_name(&request.unit).to_owned(),
        received_on: answer
            .received_on
            .map_or_else(|| "待与申请人确认".to_owned(), |day| day.to_string()),
        channel: request.channel.label(),
        applicant_kind: request.applicant_kind.label(),
        handler: match &request.handler {
            Some(id) => reach::name_of(&handler, Some(id)),
            None => "未指定".to_owned(),
        },
        closed_on: answer
            .closed
            .map(|closing| closing.on.to_string())
            .unwrap_or_default(),
        has_applicant: applicant.is_some(),
        a: applicant.unwrap_or_default(),
        links: links(&office, &stored, closed, opened.as_ref()),
    })
}

/// What may be shown of what the applicant said, and the reply.
fn asked(opened: Option<&Opened>, replied: bool) -> (&'static str, Vec<String>, Vec<String>) {
    match opened {
        None => (
            "申请内容和申请人信息只有经办、审核和签发人可以看",
            Vec::new(),
            Vec::new(),
        ),
        Some(Opened { subject: None, .. }) => (
            "申请人信息已经销毁，申请内容不能再打开",
            Vec::new(),
            Vec::new(),
        ),
        Some(opened) => (
            "",
            opened.subject.as_deref().map(lines).unwrap_or_default(),
            opened
                .reply
                .as_deref()
                .filter(|_| replied)
                .map(lines)
                .unwrap_or_default(),
        ),
    }
}

fn person(applicant: &requests::Applicant) -> Person {
    let identity = [
        applicant.identity_kind.as_str(),
        applicant.identity_number.as_str(),
    ];
    Person {
        name: applicant.name.clone(),
        identity: identity.join(" ").trim().to_owned(),
        phone: applicant.phone.clone(),
        address: applicant.address.clone(),
        email: applicant.email.clone(),
        form: applicant.form.clone(),
        delivery: applicant.delivery.clone(),
        assistance: if applicant.assistance {
            "需要协助（条例 §43）".into()
        } else {
            String::new()
        },
    }
}

fn acts(office: &Office, stored: &Stored, state: State) -> Vec<Act> {
    let request = &stored.request;
    let may = |action| reach::may(&office.actor, &office.shell.site, action, &request.unit);
    let mut acts = Vec::new();
    let steps = office::requests::next_steps(state);
    let next = next_step(state);
    // While others are waited for, the reply may still be written, but is not the next step.
    let reply_waits = !matches!(state, State::Open | State::Delayed);
    if steps.contains(&"replied") && reply_waits && may(Action::RequestReply) {
        acts.push(Act {
            label: "写答复".into(),
            href: urls::office_request_form(&request.id, "reply"),
            class: "",
            reason: String::new(),
        });
    }
    if state == State::Consulting && may(Action::RequestHandle) {
        let event = awaited(&request.events);
        acts.push(Act {
            label: "登记意见".into(),
            href: urls::office_request_event(&request.id, event),
            class: "btn-primary",
            reason: String::new(),
        });
    } else if let Some(step) = next
        && may(step.action)
    {
        acts.push(Act {
            label: step.label.into(),
            href: (step.href)(&request.id),
            class: "btn-primary",
            reason: String::new(),
        });
    }
    acts
}

/// Whose answer is waited for: the one asked last who has not answered.
fn awaited(events: &[Event]) -> &'static str {
    let mut waiting: Vec<&'static str> = Vec::new();
    for event in statute::clock::standing_events(events) {
        match event.kind {
            EventKind::ThirdPartyAsked => waiting.push("third-party-answered"),
            EventKind::JointMakerAsked => waiting.push("joint-maker-answered"),
            EventKind::ThirdPartyAnswered => waiting.retain(|key| *key != "third-party-answered"),
            EventKind::JointMakerAnswered => waiting.retain(|key| *key != "joint-maker-answered"),
            _ => {}
        }
    }
    waiting.last().copied().unwrap_or("third-party-answered")
}

/// The events that can be entered next, but for those that stand as buttons at the top; one that the
/// rules refuse now says why.
fn events_to_record(office: &Office, stored: &Stored, state: State, acts: &[Act]) -> Vec<Act> {
    let request = &stored.request;
    if !reach::may(
        &office.actor,
        &office.shell.site,
        Action::RequestHandle,
        &request.unit,
    ) {
        return Vec::new();
    }
    office::requests::next_steps(state)
        .iter()
        .filter_map(|key| super::event::label(key).map(|label| (*key, label)))
        .map(|(key, label)| Act {
            label: label.to_owned(),
            href: urls::office_request_event(&request.id, key),
            class: "",
            reason: office::requests::obstacle(
                &office::requests::with_channel(&request.events, request.channel),
                key,
                &office.shell.site.calendar,
                office.store().today(),
            )
            .map_or_else(String::new, |reason| reason.text),
        })
        .filter(|act| acts.iter().all(|other| other.href != act.href))
        .collect()
}

fn links(office: &Office, stored: &Stored, closed: bool, opened: Option<&Opened>) -> Vec<Link> {
    let request = &stored.request;
    let may = |action| reach::may(&office.actor, &office.shell.site, action, &request.unit);
    let mut links = Vec::new();
    if may(Action::RequestHandle) && !closed {
        links.push(Link::new(
            "指定经办人",
            urls::office_request_form(&request.id, "assign"),
        ));
    }
    if may(Action::RequestCorrect) {
        links.push(Link::new(
            "更正登记",
            urls::office_request_correct(&request.id, 0),
        ));
    }
    let erased = opened.is_some_and(|opened| opened.subject.is_none());
    if super::amend::offered(office, stored) && !erased {
        links.push(Link::new(
            "更正申请内容",
            urls::office_request_form(&request.id, "amend"),
        ));
    }
    if may(Action::ApplicantErase) && closed && !erased {
        links.push(Link::new(
            "销毁申请人信息",
            urls::office_request_form(&request.id, "erase"),
        ));
    }
    links
}

/// What stands now at each place of the list of events: nothing where it was undone, and at a
/// correction itself.
pub(super) fn standing(events: &[Event]) -> Vec<Option<Event>> {
    let mut places: Vec<Option<Event>> = Vec::new();
    for event in events {
        let EventKind::Corrected { index, of, to, .. } = &event.kind else {
            places.push(Some(event.clone()));
            continue;
        };
        let target = index.or_else(|| {
            places.iter().rposition(|place| {
                place
                    .as_ref()
                    .is_some_and(|event| of.as_deref().is_none_or(|of| of == event.kind.key()))
            })
        });
        if let Some(place) = target.and_then(|target| places.get_mut(target)) {
            *place = to.as_deref().cloned();
        }
        places.push(None);
    }
    places
}

/// What an event says beyond its name.
pub(super) fn detail(event: &Event) -> String {
    match &event.kind {
        EventKind::Received { channel, confirmed } => {
            let way = channel.map_or("", |channel| channel.label());
            match confirmed {
                Some(day) => format!("{way}，{day} 与申请人确认"),
                None => way.to_owned(),
            }
        }
        EventKind::SupplementAsked { reply_by } => reply_by
            .map(|day| format!("限 {day} 前补正"))
            .unwrap_or_default(),
        EventKind::Extended { days } => days
            .map(|days| format!("{days} 个工作日"))
            .unwrap_or_default(),
        EventKind::Delayed { until } => format!("至 {until}"),
        EventKind::Replied { outcome, by } => {
            let outcome = outcome.map_or("没有写结果", |outcome| outcome.label());
            match by {
                Some(by) => format!("{outcome}，{}送达", by.label()),
                None => outcome.to_owned(),
            }
        }
        EventKind::Closed { outcome } => outcome
            .map_or("没有写结果", |outcome| outcome.label())
            .to_owned(),
        EventKind::Corrected { reason, to, .. } => match to {
            Some(to) => {
                let more = detail(to);
                let more = if more.is_empty() {
                    more
                } else {
                    format!("（{more}）")
                };
                format!("改为 {} {}{more}。理由：{reason}", to.on, to.kind.label())
            }
            None => format!("撤销。理由：{reason}"),
        },
        _ => String::new(),
    }
}

fn event_rows(id: &str, events: &[Event], may_correct: bool) -> Vec<EventRow> {
    let places = standing(events);
    let rows = events.iter().zip(&places).enumerate();
    rows.map(|(index, (event, now))| {
        let correction = matches!(event.kind, EventKind::Corrected { .. });
        let confirmed = confirmation(event);
        // The receipt itself was right; only its confirmation came later.
        let same = now.as_ref().is_some_and(|now| {
            now == event
                || (confirmed_later(event).is_some()
                    && confirmed_later(event) == confirmed_later(now))
        });
        EventRow {
            on: event.on.to_string(),
            label: match confirmed {
                Some(_) => "确认收到",
                None => event.kind.label(),
            },
            detail: match confirmed {
                Some(day) => format!("{day} 与申请人确认"),
                None => detail(event),
            },
            undone: !correction && !same,
            correct: if may_correct && now.is_some() {
                urls::office_request_correct(id, index)
            } else {
                String::new()
            },
        }
    })
    .collect()
}

/// The day of a confirmation of receipt (条例 §31), which is entered as a correction of the receipt.
fn confirmation(event: &Event) -> Option<statute::Date> {
    match &event.kind {
        EventKind::Corrected {
            to: Some(to),
            reason,
            ..
        } if reason == store::requests::CONFIRMED => match to.kind {
            EventKind::Received { confirmed, .. } => confirmed,
            _ => None,
        },
        _ => None,
    }
}

/// The day and way of a receipt, whenever it was confirmed; none for other events.
fn confirmed_later(event: &Event) -> Option<(statute::Date, Option<&'static str>)> {
    match event.kind {
        EventKind::Received { channel, .. } => {
            Some((event.on, channel.map(|channel| channel.key())))
        }
        _ => None,
    }
}

fn case_row(request: &str, case: &LegalCase, may: bool) -> CaseRow {
    CaseRow {
        track: case.track.label(),
        filed_on: case.filed_on.to_string(),
        closed_on: case
            .closed_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        result: case.result.map_or("尚未审结", |result| result.label()),
        href: if may {
            urls::office_case(request, &case.id)
        } else {
            String::new()
        },
    }
}

/// What a person reads under an entry of the journal.
fn note(action: &str, entry: &Value) -> String {
    let mut notes = Vec::new();
    if let Some(event) = entry
        .get("event")
        .and_then(|event| Event::from_json(event).ok())
    {
        let more = detail(&event);
        if let Some(day) = confirmation(&event) {
            return format!("{day} 与申请人确认");
        }
        let what = match action {
            "request.correct" => String::new(),
            _ => format!("{} {}", event.on, event.kind.label()),
        };
        notes.push(match (what.is_empty(), more.is_empty()) {
            (true, _) => more,
            (false, true) => what,
            (false, false) => format!("{what}，{more}"),
        });
    }
    if let Some(reason) = entry.get("late_reason").and_then(Value::as_str) {
        notes.push(format!("逾期原因：{reason}"));
    }
    if action == "request.correct"
        && let Some(days) = entry.get("due_on").and_then(Value::as_array)
        && let [was, now] = days.as_slice()
        && was != now
    {
        let day = |day: &Value| day.as_str().unwrap_or("未起算").to_owned();
        notes.push(format!("答复期限由 {} 改为 {}", day(was), day(now)));
    }
    notes.join("；")
}

#[cfg(test)]
mod tests {
    use super::*;
    use statute::Date;
    use statute::channel::RequestChannel;

    fn received(day: i8) -> Event {
        Event::new(
            Date::constant(2026, 11, day),
            EventKind::Received {
                channel: Some(RequestChannel::Counter),
                confirmed: None,
            },
        )
    }

    #[test]
    fn a_corrected_place_holds_the_right_event_and_the_list_keeps_the_wrong_one() {
        let events = [
            received(2),
            Event::new(
                Date::constant(2026, 11, 5),
                EventKind::Corrected {
                    index: Some(0),
                    of: None,
                    reason: "看错日期".into(),
                    to: Some(Box::new(received(3))),
                },
            ),
        ];
        assert_eq!(standing(&events), [Some(received(3)), None]);
        let rows = event_rows("r1", &events, true);
        assert!(rows[0].undone && !rows[0].correct.is_empty());
        assert!(!rows[1].undone && rows[1].correct.is_empty());
        assert!(rows[1].detail.contains("2026-11-03") && rows[1].detail.contains("看错日期"));
    }

    #[test]
    fn who_was_asked_last_and_did_not_answer_is_waited_for() {
        let on = Date::constant(2026, 11, 5);
        let events = [
            received(2),
            Event::new(on, EventKind::ThirdPartyAsked),
            Event::new(on, EventKind::JointMakerAsked),
        ];
        assert_eq!(awaited(&events), "joint-maker-answered");
        assert_eq!(awaited(&events[..2]), "third-party-answered");
    }
}
