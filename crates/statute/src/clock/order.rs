//! The events that stand after corrections, and the orders that cannot be.

use super::event::{Event, EventKind};
use std::collections::BTreeMap;

/// The events that stand, in the order they happened, and what is wrong with the corrections.
///
/// Events are ordered by date; on the same day a receipt comes first and a closing last, the rest
/// stay as listed.
pub(super) fn settle(events: &[Event]) -> (Vec<Event>, Vec<String>) {
    let mut problems = Vec::new();
    // Place in the list -> the event that stands there, `None` for one that was undone.
    let mut standing: BTreeMap<usize, Option<Event>> = BTreeMap::new();
    for (place, event) in events.iter().enumerate() {
        let EventKind::Corrected { index, of, to, .. } = &event.kind else {
            standing.insert(place, Some(event.clone()));
            continue;
        };
        match target(&standing, events, place, *index, of.as_deref()) {
            Ok(target) => {
                standing.insert(target, to.as_deref().cloned());
            }
            Err(problem) => problems.push(format!("{} 的更正：{problem}", event.on)),
        }
    }
    let mut facts: Vec<Event> = standing.into_values().flatten().collect();
    facts.sort_by_key(|event| {
        let rank = match event.kind {
            EventKind::Received { .. } => 0u8,
            _ if event.kind.closes() => 2,
            _ => 1,
        };
        (event.on, rank)
    });
    (facts, problems)
}

/// The events that stand after the corrections among them, in the order they happened.
pub fn standing_events(events: &[Event]) -> Vec<Event> {
    settle(events).0
}

/// Which event a correction undoes.
fn target(
    standing: &BTreeMap<usize, Option<Event>>,
    events: &[Event],
    place: usize,
    index: Option<usize>,
    of: Option<&str>,
) -> Result<usize, String> {
    if let Some(index) = index {
        let Some(target) = events.get(index).filter(|_| index < place) else {
            return Err(format!(
                "index {index} 不是它之前的事件，应为 0 到 {place} 之间（不含）"
            ));
        };
        if matches!(target.kind, EventKind::Corrected { .. }) {
            return Err(format!(
                "index {index} 本身是一条更正，更正不能再更正，请重新登记该事件"
            ));
        }
        let Some(Some(current)) = standing.get(&index) else {
            return Err(format!("index {index} 的事件此前已被更正撤销"));
        };
        return match of {
            Some(of) if of != current.kind.key() => Err(format!(
                "index {index} 是“{}”，与 of 所写“{of}”不符",
                current.kind.key()
            )),
            _ => Ok(index),
        };
    }
    let last = standing.iter().rev().find_map(|(place, event)| {
        let event = event.as_ref()?;
        of.is_none_or(|of| of == event.kind.key()).then_some(*place)
    });
    last.ok_or_else(|| match of {
        Some(of) => format!("它之前没有仍然有效的“{of}”事件可以更正"),
        None => "它之前没有可以更正的事件".to_owned(),
    })
}

/// Says what cannot have happened in this order, in Chinese; empty if all can: an event before the
/// receipt or after the closing, two closings, an answer dated before its asking. What is late or
/// incomplete is no matter for this; see [`missing_askings`] and the warnings of [`super::replay`].
pub fn check_order(events: &[Event]) -> Vec<String> {
    let (facts, problems) = settle(events);
    faults(&facts, problems, |fault| {
        matches!(fault, Fault::Impossible(_))
    })
}

/// Says which answers have no asking on record, in Chinese: history that is incomplete and may come
/// in by import, but that a live door asks to complete first.
pub fn missing_askings(events: &[Event]) -> Vec<String> {
    let (facts, _) = settle(events);
    let mut missing = faults(&facts, Vec::new(), |fault| {
        matches!(fault, Fault::Incomplete(_))
    });
    missing.retain(|text| text != NOT_RECEIVED);
    missing
}

/// Everything wrong with events already settled.
pub(super) fn check_facts(facts: &[Event], problems: Vec<String>) -> Vec<String> {
    faults(facts, problems, |_| true)
}

const NOT_RECEIVED: &str = "没有“收到申请”(received)事件，无从起算";

/// What is wrong with an event.
enum Fault {
    /// It cannot have happened so.
    Impossible(String),
    /// What must have gone before is not on record.
    Incomplete(String),
}

fn faults(facts: &[Event], mut problems: Vec<String>, wanted: fn(&Fault) -> bool) -> Vec<String> {
    let mut seen = Seen::default();
    for event in facts {
        let Some(fault) = seen.problem(event, facts) else {
            continue;
        };
        if wanted(&fault) {
            let (Fault::Impossible(text) | Fault::Incomplete(text)) = fault;
            problems.push(text);
        }
    }
    if !seen.received {
        problems.push(NOT_RECEIVED.to_owned());
    }
    problems
}

/// What has happened so far.
#[derive(Default)]
struct Seen<'a> {
    received: bool,
    closed: Option<&'a Event>,
    supplements: u32,
    third_parties: u32,
    joint_makers: u32,
    reasons: u32,
    fees: u32,
}

impl<'a> Seen<'a> {
    fn problem(&mut self, event: &'a Event, facts: &[Event]) -> Option<Fault> {
        let on = event.on;
        let label = event.kind.label();
        let impossible = |text: String| Some(Fault::Impossible(text));
        if let Some(closed) = self.closed.filter(|closed| !settles(closed, event)) {
            let what = if event.kind.closes() {
                "再次办结"
            } else {
                label
            };
            return impossible(format!(
                "{on} {what}：申请已于 {} 以“{}”办结，其后不应再有事件",
                closed.on,
                closed.kind.label()
            ));
        }
        if let EventKind::Received { confirmed, .. } = &event.kind {
            if self.received {
                return impossible(format!("{on} 收到申请：同一申请只能收到一次"));
            }
            self.received = true;
            return confirmed.filter(|c| *c < on).map(|c| {
                Fault::Impossible(format!("{on} 收到申请：确认日 {c} 早于到达日，请核对"))
            });
        }
        let early = (!self.received).then(|| format!("{on} {label}：早于收到申请之日"));
        let unasked = match &event.kind {
            EventKind::SupplementAsked { .. } => add(&mut self.supplements),
            EventKind::ThirdPartyAsked => add(&mut self.third_parties),
            EventKind::JointMakerAsked => add(&mut self.joint_makers),
            EventKind::ReasonAsked => add(&mut self.reasons),
            EventKind::FeeNotified => add(&mut self.fees),
            EventKind::Supplemented => take(&mut self.supplements, "告知补正"),
            EventKind::ThirdPartyAnswered => take(&mut self.third_parties, "征求第三方意见"),
            EventKind::JointMakerAnswered => take(&mut self.joint_makers, "征求共同制作机关意见"),
            EventKind::ReasonGiven => take(&mut self.reasons, "要求说明理由"),
            EventKind::FeePaid => take(&mut self.fees, "发出收费通知"),
            _ => None,
        };
        if event.kind.closes() {
            self.closed = Some(event);
        }
        let backwards = match &event.kind {
            EventKind::Delayed { until } if *until < on => {
                Some(format!("{on} {label}：所定期限 {until} 早于当日"))
            }
            EventKind::SupplementAsked { reply_by: Some(by) } if *by < on => {
                Some(format!("{on} {label}：补正期限 {by} 早于当日"))
            }
            _ => None,
        };
        if let Some(text) = early.or(backwards) {
            return impossible(text);
        }
        let first = unasked?;
        let text = format!("{on} {label}：此前没有“{first}”");
        // An asking that comes later makes the order wrong; one that is nowhere was not recorded.
        if facts
            .iter()
            .any(|fact| fact.on > on && fact.kind.label() == first)
        {
            Some(Fault::Impossible(text))
        } else {
            Some(Fault::Incomplete(text))
        }
    }
}

/// Whether this closing puts an outcome to a withdrawal before it, as offices record both.
pub(super) fn settles(closed: &Event, event: &Event) -> bool {
    matches!(closed.kind, EventKind::Withdrawn)
        && matches!(
            event.kind,
            EventKind::Closed { .. } | EventKind::Replied { .. }
        )
}

fn add(count: &mut u32) -> Option<&'static str> {
    *count = count.saturating_add(1);
    None
}

/// Takes one asking off; says which event is missing when there is none.
fn take(count: &mut u32, asking: &'static str) -> Option<&'static str> {
    match count.checked_sub(1) {
        Some(left) => {
            *count = left;
            None
        }
        None => Some(asking),
    }
}
