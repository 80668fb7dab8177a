//! The reckoning laid open: every day from day 0 to the due date, and every event.

use super::answer::Step;
use super::event::{Event, EventKind};
use super::replay::{Pause, Reckoning};
use crate::article::{Article, Regulation, articles};
use crate::calendar::weekday_label;
use crate::{Date, calendar::Day};

/// Days listed one by one. The longest lawful term is far below; a century typed by mistake is
/// not spelled out.
const MOST_DAYS: usize = 800;

/// All steps by date, the events of a day before the day itself.
pub(super) fn all(reckoning: &Reckoning<'_>, facts: &[Event], events: &[Event]) -> Vec<Step> {
    let corrections = events
        .iter()
        .filter(|e| matches!(e.kind, EventKind::Corrected { .. }));
    let mut steps: Vec<Step> = facts
        .iter()
        .chain(corrections)
        .map(|e| of_event(reckoning, e))
        .collect();
    steps.extend(days(reckoning));
    // Stable: events were put first.
    steps.sort_by_key(|step| step.date);
    steps
}

fn note(date: Date, why: String, article: Option<Article>) -> Step {
    Step {
        date,
        counted: false,
        day: None,
        why,
        article,
    }
}

/// The days of the running term.
fn days(reckoning: &Reckoning<'_>) -> Vec<Step> {
    let (Some(day0), Some(due)) = (reckoning.day0, reckoning.due_on()) else {
        return Vec::new();
    };
    let Some(regulation) = reckoning.regulation else {
        return Vec::new();
    };
    let term = reckoning.term_days();
    let pauses = reckoning.pauses();
    let first = format!("第 0 日：{}，当日不计，次日起算", day0.what);
    let mut steps = vec![note(day0.on, first, Some(day0.article))];
    let mut day = 0u32;
    let mut date = day0.on;
    while date < due {
        let Ok(next) = date.tomorrow() else { break };
        date = next;
        if steps.len() > MOST_DAYS {
            let why = format!("日期过多，此后至 {due} 不逐日列出");
            steps.push(note(date, why, None));
            break;
        }
        let pause = pauses.iter().find(|p| p.after < date && date <= p.through);
        if !reckoning.calendar.is_working_day(date) {
            steps.push(off(reckoning.calendar.day(date)));
        } else if let Some(pause) = pause {
            steps.push(paused(date, pause));
        } else if reckoning.delayed.is_some() || day < term {
            day = day.saturating_add(1);
            steps.push(counted(reckoning, regulation, date, day, due));
        } else {
            let why = "期限已届满，此后征求意见的时间仍按规则顺延".to_owned();
            steps.push(note(date, why, Some(regulation.reply().article)));
        }
    }
    if let (Some(until), Some(last)) = (reckoning.delayed, steps.last_mut())
        && last.date == until
    {
        last.why = format!("{}；延迟答复的期限", last.why);
        last.article = Some(articles::EXCESSIVE);
    }
    steps
}

fn off(day: Day) -> Step {
    let name = day.name.unwrap_or_default();
    let (what, article) = match name.as_str() {
        "周末" => (name, articles::WEEKEND),
        _ => (format!("{name}放假"), articles::HOLIDAYS),
    };
    let why = format!("{}，{what}", weekday_label(day.date));
    note(day.date, why, Some(article))
}

fn paused(date: Date, pause: &Pause) -> Step {
    let why = format!(
        "{}，暂停：{}，不计入答复期限",
        weekday_label(date),
        pause.why
    );
    note(date, why, Some(pause.article))
}

fn counted(
    reckoning: &Reckoning<'_>,
    regulation: Regulation,
    date: Date,
    day: u32,
    due: Date,
) -> Step {
    let mut why = format!("{}，第 {day} 个工作日", weekday_label(date));
    if let Some(name) = reckoning.calendar.day(date).name {
        why = format!("{why}（{name}，上班）");
    }
    if reckoning.delayed.is_none() && day > regulation.reply().days {
        why.push_str("，延长期");
    }
    if date == due {
        why.push_str("，答复期限届满");
    }
    Step {
        date,
        counted: true,
        day: Some(day),
        why,
        article: Some(regulation.reply().article),
    }
}

/// What an event means for the term.
fn of_event(reckoning: &Reckoning<'_>, event: &Event) -> Step {
    let regulation = reckoning
        .regulation
        .unwrap_or_else(|| Regulation::on(event.on));
    let reply = regulation.reply();
    let label = event.kind.label();
    let (why, article) = match &event.kind {
        EventKind::Received { channel, confirmed } => {
            let by = channel.map_or("", |c| c.label());
            let way = if by.is_empty() {
                String::new()
            } else {
                format!("（{by}）")
            };
            let then = match (event.receipt(), confirmed) {
                (None, _) => "待与申请人确认，确认之日为收到之日".to_owned(),
                (Some(day), Some(_)) if day != event.on => format!("确认之日 {day} 为收到之日"),
                (Some(_), _) => "当日为收到之日".to_owned(),
            };
            let article = channel.map_or(articles::RECEIPT_COUNTER, |c| c.article());
            (format!("{label}{way}，{then}"), Some(article))
        }
        EventKind::SupplementAsked { reply_by } => {
            let by = reply_by
                .map(|d| format!("，限 {d} 前补正"))
                .unwrap_or_default();
            let why = format!(
                "{label}{by}；收到补正之日起重新计算 {} 个工作日",
                reply.days
            );
            (why, Some(regulation.supplement()))
        }
        EventKind::Supplemented => (
            format!("{label}，答复期限重新计算"),
            Some(regulation.supplement()),
        ),
        EventKind::ThirdPartyAsked => (
            format!("{label}，次日起所需时间不计入期限"),
            Some(regulation.third_party()),
        ),
        EventKind::ThirdPartyAnswered => (
            format!("{label}，次日起继续计算"),
            Some(regulation.third_party()),
        ),
        EventKind::JointMakerAsked => (
            format!("{label}，次日起所需时间不计入期限"),
            Some(regulation.joint_maker()),
        ),
        EventKind::JointMakerAnswered => (
            format!("{label}，次日起继续计算"),
            Some(regulation.joint_maker()),
        ),
        EventKind::Extended { days } => {
            let days = days.map(|d| format!(" {d} 个工作日")).unwrap_or_default();
            (
                format!("{label}{days}"),
                Some(regulation.extension_max().article),
            )
        }
        EventKind::ReasonAsked | EventKind::ReasonGiven => {
            (label.to_owned(), Some(articles::EXCESSIVE))
        }
        EventKind::Delayed { until } => (format!("{label}，至 {until}"), Some(articles::EXCESSIVE)),
        EventKind::FeeNotified => {
            let last = reckoning.calendar.add_working_days(event.on, 20);
            let why = format!("{label}，应于 {last} 前缴纳；完成缴费后重新计算期限");
            (why, Some(articles::FEE_PAYMENT))
        }
        EventKind::FeePaid => (
            format!("{label}，答复期限重新计算"),
            Some(articles::FEE_PAYMENT),
        ),
        EventKind::Transferred => (format!("{label}，不影响期限"), Some(articles::REGISTRATION)),
        EventKind::Withdrawn => (label.to_owned(), None),
        EventKind::Replied { outcome, by } => {
            let by = by.map(|b| format!("（{}）", b.label())).unwrap_or_default();
            let outcome = outcome
                .map(|o| format!("：{}", o.label()))
                .unwrap_or_default();
            (format!("{label}{by}{outcome}"), Some(articles::SERVICE))
        }
        EventKind::Closed { outcome } => {
            let article = outcome.and_then(|o| o.article());
            let outcome = outcome
                .map(|o| format!("：{}", o.label()))
                .unwrap_or_default();
            (format!("{label}{outcome}"), article)
        }
        EventKind::Corrected { reason, to, .. } => {
            let to = match to {
                Some(to) => format!("改为 {} {}", to.on, to.kind.label()),
                None => "撤销".to_owned(),
            };
            (format!("{label}：{to}；理由：{reason}"), None)
        }
    };
    note(event.on, why, article)
}
