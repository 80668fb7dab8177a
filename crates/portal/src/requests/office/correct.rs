//! Correcting a mistyped entry: the first one stays, every date is reckoned anew.

use super::page::{detail, standing};
use super::{OutcomeGroup, applicant_kind_choices, channel_choices, load, outcome_groups};
use crate::app::App;
use crate::error::{PortalError, Result};
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FieldError, FormErrors, Link};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::permissions::Action;
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use statute::clock::{Delivery, Event, EventKind};
use statute::{Date, Outcome};
use store::StoreError;
use store::requests::{self, Correction, Stored};

/// The address of the form.
pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/office/requests/{id}/correct/{index}",
        get(form).post(correct),
    )
}

#[derive(Default)]
struct Typed {
    how: String,
    on: String,
    channel: String,
    confirmed: String,
    applicant_kind: String,
    reply_by: String,
    days: String,
    until: String,
    outcome: String,
    by: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "requests/office_correct.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    now: String,
    stale: bool,
    errors: FormErrors,
    action: String,
    seen: i64,
    removable: bool,
    hows: Vec<Choice>,
    v: Typed,
    receipt: bool,
    channels: Vec<Choice>,
    applicant_kinds: Vec<Choice>,
    asks_reply_by: bool,
    asks_days: bool,
    asks_until: bool,
    asks_outcome: bool,
    outcomes: Vec<OutcomeGroup>,
    asks_by: bool,
    deliveries: Vec<Choice>,
    back: String,
}

/// The event that stands at a place of the list.
fn event_at(stored: &Stored, index: usize) -> Result<Event> {
    let request = &stored.request;
    let events = office::requests::with_channel(&request.events, request.channel);
    standing(&events)
        .into_iter()
        .nth(index)
        .flatten()
        .ok_or(PortalError::NotFound)
}

fn typed_of_event(stored: &Stored, event: &Event) -> Typed {
    let day = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut typed = Typed {
        how: "change".into(),
        on: event.on.to_string(),
        applicant_kind: stored.request.applicant_kind.key().into(),
        channel: stored.request.channel.key().into(),
        ..Typed::default()
    };
    match &event.kind {
        EventKind::Received { channel, confirmed } => {
            if let Some(channel) = channel {
                typed.channel = channel.key().into();
            }
            typed.confirmed = day(confirmed);
        }
        EventKind::SupplementAsked { reply_by } => typed.reply_by = day(reply_by),
        EventKind::Extended { days } => {
            typed.days = days.map(|days| days.to_string()).unwrap_or_default();
        }
        EventKind::Delayed { until } => typed.until = until.to_string(),
        EventKind::Replied { outcome, by } => {
            typed.outcome = outcome.map_or("", Outcome::key).into();
            typed.by = by.map_or("", Delivery::key).into();
        }
        EventKind::Closed { outcome } => typed.outcome = outcome.map_or("", Outcome::key).into(),
        _ => {}
    }
    typed
}

fn page(
    office: &Office,
    stored: &Stored,
    index: usize,
    event: &Event,
    typed: Typed,
    errors: FormErrors,
) -> Page {
    let request = &stored.request;
    let href = urls::office_request(&request.id);
    let more = detail(event);
    let now = format!("{} {}", event.on, event.kind.label());
    let receipt = matches!(event.kind, EventKind::Received { .. });
    let ends = matches!(
        event.kind,
        EventKind::Replied { .. } | EventKind::Closed { .. }
    );
    let replied = matches!(event.kind, EventKind::Replied { .. });
    Page {
        shell: shell::office(office, "requests", "更正登记"),
        trail: vec![
            Link::new("申请", urls::OFFICE_REQUESTS),
            Link::new(request.number.as_str(), href.as_str()),
        ],
        number: request.number.clone(),
        now: if more.is_empty() {
            now
        } else {
            format!("{now}，{more}")
        },
        stale: false,
        errors,
        action: urls::office_request_correct(&request.id, index),
        seen: request.seq,
        // A request that never arrived is none.
        removable: !receipt,
        hows: vec![
            Choice::new("change", "改成下面填的内容"),
            Choice::new("remove", "撤销这一项").hint("实际上没有发生，是误登的"),
        ],
        v: typed,
        receipt,
        channels: channel_choices(),
        applicant_kinds: applicant_kind_choices(),
        asks_reply_by: matches!(event.kind, EventKind::SupplementAsked { .. }),
        asks_days: matches!(event.kind, EventKind::Extended { .. }),
        asks_until: matches!(event.kind, EventKind::Delayed { .. }),
        asks_outcome: ends,
        outcomes: if ends {
            outcome_groups(|_| true)
        } else {
            Vec::new()
        },
        asks_by: replied,
        deliveries: Delivery::ALL
            .iter()
            .map(|delivery| Choice::new(delivery.key(), delivery.label()))
            .collect(),
        back: href,
    }
}

async fn form(office: Office, Path((id, index)): Path<(String, usize)>) -> Result {
    let stored = load(&office, &id, Action::RequestCorrect).await?;
    let event = event_at(&stored, index)?;
    let typed = typed_of_event(&stored, &event);
    shell::render(&page(
        &office,
        &stored,
        index,
        &event,
        typed,
        FormErrors::default(),
    ))
}

fn typed_of(fields: &Fields) -> Typed {
    let text = |name| fields.text(name).to_owned();
    Typed {
        how: text("how"),
        on: text("on"),
        channel: text("channel"),
        confirmed: text("confirmed"),
        applicant_kind: text("applicant_kind"),
        reply_by: text("reply_by"),
        days: text("days"),
        until: text("until"),
        outcome: text("outcome"),
        by: text("by"),
        reason: text("reason"),
    }
}

/// The correction that was typed: the same kind of event with other words.
fn correction_of(
    fields: &Fields,
    index: usize,
    event: &Event,
) -> std::result::Result<Correction, FormErrors> {
    let mut errors = FormErrors::default();
    let mut wrong = |field, message: String| errors.list.push(FieldError { field, message });
    let mut day = |name: &'static str| match fields.date(name) {
        Ok(day) => day,
        Err(reason) => {
            wrong(name, reason.text);
            None
        }
    };
    let (on, confirmed, reply_by, until) =
        (day("on"), day("confirmed"), day("reply_by"), day("until"));
    let receipt = matches!(event.kind, EventKind::Received { .. });
    let remove = fields.text("how") == "remove" && !receipt;
    let reason = fields.text("reason").trim().to_owned();
    if reason.is_empty() {
        wrong("reason", "没有写更正的理由，请写明。".into());
    }
    if remove {
        // What the other fields hold does not matter then.
        errors.list.retain(|error| error.field == "reason");
        return if errors.is_empty() {
            Ok(Correction {
                index,
                to: None,
                reason,
                channel: None,
                applicant_kind: None,
            })
        } else {
            Err(errors)
        };
    }
    if on.is_none() && fields.text("on").trim().is_empty() {
        wrong("on", "没有填正确的日期，请填写。".into());
    }
    let channel = RequestChannel::from_key(fields.text("channel"));
    let applicant_kind = ApplicantKind::from_key(fields.text("applicant_kind"));
    let kind = match &event.kind {
        EventKind::Received { .. } => {
            if channel.is_none() {
                wrong("channel", "没有选提交方式，请选一种。".into());
            }
            if applicant_kind.is_none() {
                wrong("applicant_kind", "没有选申请人类型，请选一种。".into());
            }
            if let (Some(on), Some(confirmed)) = (on, confirmed)
                && confirmed < on
            {
                wrong(
                    "confirmed",
                    format!("确认日期 {confirmed} 早于到达日期 {on}，请核对。"),
                );
            }
            EventKind::Received { channel, confirmed }
        }
        EventKind::SupplementAsked { .. } => EventKind::SupplementAsked { reply_by },
        EventKind::Extended { .. } => {
            let days = match fields.int("days") {
                Ok(Some(days)) if (1..=20).contains(&days) => u32::try_from(days).ok(),
                Ok(_) => {
                    wrong(
                        "days",
                        "延长的天数应为 1 到 20 个工作日（条例 §33），请重填。".into(),
                    );
                    None
                }
                Err(reason) => {
                    wrong("days", reason.text);
                    None
                }
            };
            EventKind::Extended { days }
        }
        EventKind::Delayed { until: was } => {
            if until.is_none() && fields.text("until").trim().is_empty() {
                wrong("until", "没有填延迟到哪一天，请填写。".into());
            }
            EventKind::Delayed {
                until: until.unwrap_or(*was),
            }
        }
        EventKind::Replied { .. } => EventKind::Replied {
            outcome: Outcome::from_key(fields.text("outcome")),
            by: Delivery::from_key(fields.text("by")),
        },
        EventKind::Closed { .. } => EventKind::Closed {
            outcome: Outcome::from_key(fields.text("outcome")),
        },
        other => other.clone(),
    };
    if let EventKind::Replied { outcome: None, .. } | EventKind::Closed { outcome: None } = &kind {
        wrong("outcome", "没有选办理结果，请从法定结果中选一项。".into());
    }
    match on {
        Some(on) if errors.is_empty() => Ok(Correction {
            index,
            to: Some(Event::new(on, kind)),
            reason,
            channel: channel.filter(|_| receipt),
            applicant_kind: applicant_kind.filter(|_| receipt),
        }),
        _ => Err(errors),
    }
}

async fn correct(
    office: Office,
    Path((id, index)): Path<(String, usize)>,
    fields: Fields,
) -> Result {
    let seen = fields.seen()?;
    let stored = load(&office, &id, Action::RequestCorrect).await?;
    let event = event_at(&stored, index)?;
    let again = |errors| page(&office, &stored, index, &event, typed_of(&fields), errors);
    let refused = |errors| {
        let mut page = again(errors);
        page.seen = seen;
        shell::refused(&page)
    };
    let correction = match correction_of(&fields, index, &event) {
        Ok(correction) => correction,
        Err(errors) => return refused(errors),
    };
    match requests::correct(office.store(), &office.actor, &id, correction, seen).await {
        Ok(()) => {
            office.flash("done", "已更正，所有日期已经重新计算。");
            Ok(shell::redirect(&urls::office_request(&id)))
        }
        Err(StoreError::NotAllowed(reasons)) => refused(reasons.into()),
        Err(StoreError::Stale { .. }) => {
            let mut page = again(FormErrors::default());
            page.stale = true;
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
