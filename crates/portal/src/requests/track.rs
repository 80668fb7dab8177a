//! The applicant looks how far a request is, by its number and the code of the receipt.

use super::form::{day_in_words, unstored};
use super::office::dates;
use crate::error::Result;
use crate::extract::{Fields, Visitor};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Due, FieldError, FormErrors, HistoryItem, Link, Step};
use askama::Template;
use office::requests::with_channel;
use statute::Date;
use statute::clock::{self, Answer, Event, EventKind, State};
use store::requests::Tracked;

/// Look-ups from one address in a quarter of an hour.
const LIMIT: i64 = 30;
const WINDOW_MS: i64 = 15 * 60 * 1000;

#[derive(Template)]
#[template(path = "requests/track.html")]
struct TrackPage {
    shell: Shell,
    trail: Vec<Link>,
    errors: FormErrors,
    number: String,
}

#[derive(Template)]
#[template(path = "requests/tracked.html")]
struct TrackedPage {
    shell: Shell,
    number: String,
    unit: String,
    subject: String,
    reply: String,
    channel: &'static str,
    received_on: String,
    state_kind: &'static str,
    state: String,
    wanted: String,
    due: Due,
    closed: bool,
    remedy: &'static str,
    events: Vec<HistoryItem>,
    steps: Vec<Step>,
    warning: String,
    phone: String,
}

fn form(visitor: &Visitor, number: String, errors: FormErrors) -> Result<TrackPage> {
    let mut shell = shell::public(visitor, "track", "查办理进度");
    shell.csrf = visitor.csrf()?;
    Ok(TrackPage {
        trail: vec![Link::new("首页", urls::HOME)],
        shell,
        errors,
        number,
    })
}

pub(super) async fn show(visitor: Visitor) -> Result {
    let page = form(&visitor, String::new(), FormErrors::default())?;
    Ok(unstored(shell::render(&page)?))
}

pub(super) async fn look_up(visitor: Visitor, fields: Fields) -> Result {
    visitor.limit("track", WINDOW_MS, LIMIT).await?;
    let number = fields.text("number").trim().to_owned();
    let code = fields.text("code");
    let error = |field, message: &str| FormErrors {
        list: vec![FieldError {
            field,
            message: message.to_owned(),
        }],
    };
    let errors = if number.is_empty() {
        error("number", "请填写编号，例如 2026-0058。")
    } else if code.trim().is_empty() {
        error("code", "请填写查询码，在提交申请后的回执上。")
    } else {
        let tracked = store::requests::track(visitor.store(), code).await?;
        match tracked.filter(|tracked| tracked.request.number == number) {
            Some(tracked) => {
                return Ok(unstored(shell::render(&tracked_page(&visitor, tracked)?)?));
            }
            // Which of the two is wrong is not told.
            None => error(
                "code",
                "没有找到这件申请。请核对编号和查询码；忘记查询码的，请带身份证件到受理机构查询。",
            ),
        }
    };
    Ok(unstored(shell::refused(&form(&visitor, number, errors)?)?))
}

/// What the applicant reads of an event beyond its name.
fn note(event: &Event) -> String {
    match &event.kind {
        EventKind::Received { .. } => "答复期限从收到的第二天起算（条例第三十三条）".into(),
        EventKind::SupplementAsked { reply_by } => match reply_by {
            Some(day) => format!("请在 {day} 以前补正，补正后重新计算期限（条例第三十条）"),
            None => "请按告知书补正，补正后重新计算期限（条例第三十条）".into(),
        },
        EventKind::ThirdPartyAsked | EventKind::JointMakerAsked => {
            "所需时间不计入答复期限（条例第三十三条）".into()
        }
        EventKind::Extended { days: Some(days) } => {
            format!("延长 {days} 个工作日（条例第三十三条）")
        }
        EventKind::Delayed { until } => format!("延迟到 {until} 以前（条例第三十五条）"),
        EventKind::FeeNotified => "缴费后重新计算期限".into(),
        _ => String::new(),
    }
}

fn events(answer: &Answer, standing: &[Event]) -> Vec<HistoryItem> {
    let mut items = Vec::new();
    for event in standing {
        items.push(HistoryItem {
            on: event.on.to_string(),
            what: event.kind.label().to_owned(),
            note: note(event),
            ..HistoryItem::default()
        });
        if let EventKind::Received {
            confirmed: Some(day),
            ..
        } = event.kind
        {
            items.push(HistoryItem {
                on: day.to_string(),
                what: "确认收到".into(),
                note: "以双方确认之日为收到之日（条例第三十一条）".into(),
                ..HistoryItem::default()
            });
        }
    }
    if let (None, Some(due)) = (answer.closed, answer.due_on) {
        items.push(HistoryItem {
            on: format!("{due} 前"),
            what: "作出答复".into(),
            note: "答复会在本页显示，并按您选择的方式送达".into(),
            future: true,
            ..HistoryItem::default()
        });
    }
    items
}

/// What the applicant has to do now.
fn wanted(answer: &Answer) -> String {
    match answer.state {
        State::SupplementAsked => match answer.supplement_reply_by {
            Some(day) => format!("请您在 {} 以前补正。", day_in_words(day)),
            None => "请您按补正告知书补正。".into(),
        },
        State::ReasonAsked => "请您说明申请的理由（条例第三十五条）。".into(),
        State::FeeNotified => "请您按收费通知缴费。".into(),
        _ => String::new(),
    }
}

fn state(answer: &Answer) -> (&'static str, String) {
    match answer.closed {
        Some(closing) => {
            let word = if closing.replied {
                "已答复"
            } else {
                "已办结"
            };
            let words = match closing.outcome {
                Some(outcome) => format!("{word}：{}", outcome.label()),
                None => word.to_owned(),
            };
            ("ok", words)
        }
        None => ("half", answer.state.label().to_owned()),
    }
}

fn remedy(answer: &Answer, today: Date) -> &'static str {
    let outcome = answer.closed.and_then(|closing| closing.outcome);
    if outcome.is_some_and(|outcome| outcome.needs_reconsideration_first()) {
        return "对不予公开的决定不服的，自收到答复之日起六十日内先申请行政复议；对复议决定不服的，再提起行政诉讼（行政复议法第二十条、第二十三条）。";
    }
    if answer.closed.is_some() {
        return "对答复不服的，自收到答复之日起六十日内可以申请行政复议，或者六个月内提起行政诉讼（条例第五十一条、行政复议法第二十条、行政诉讼法第四十六条）。";
    }
    if answer.due_on.is_some_and(|due| due < today) {
        return "已经过了答复期限。您可以向上一级机关或者政务公开办投诉，也可以申请行政复议（条例第四十七条、第五十一条）。";
    }
    "期限届满没有答复的，可以投诉，也可以申请行政复议（条例第四十七条、第五十一条）。"
}

fn tracked_page(visitor: &Visitor, tracked: Tracked) -> Result<TrackedPage> {
    let site = &visitor.shell.site;
    let today = visitor.shell.today;
    let request = &tracked.request;
    let all = with_channel(&request.events, request.channel);
    let answer = clock::replay(&site.calendar, &all, Some(today));
    let standing = clock::standing_events(&all);
    let (state_kind, state) = state(&answer);
    let late = answer.closed.is_some() && answer.overdue == Some(true);
    // Of the clock's warnings only this one is the applicant's business.
    let warning = match (answer.closed, answer.due_on) {
        (None, Some(due)) => shell::uncovered_words(site, today, due),
        _ => String::new(),
    };
    let page = TrackedPage {
        number: request.number.clone(),
        unit: tracked.unit_name,
        subject: tracked.opened.subject.unwrap_or_default(),
        reply: match answer.closed {
            Some(_) => tracked.opened.reply.unwrap_or_default(),
            None => String::new(),
        },
        channel: request.channel.label(),
        received_on: answer
            .received_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        state_kind,
        state,
        wanted: wanted(&answer),
        due: dates::due(
            &site.calendar,
            today,
            answer.state,
            answer.due_on,
            late,
            "#why",
        ),
        closed: answer.closed.is_some(),
        remedy: remedy(&answer, today),
        events: events(&answer, &standing),
        steps: dates::steps(&answer.steps),
        warning,
        phone: site
            .unit(&request.unit)
            .map(|unit| unit.guide.phone.clone())
            .unwrap_or_default(),
        shell: shell::public(visitor, "track", &format!("申请 {}", request.number)),
    };
    Ok(page)
}
