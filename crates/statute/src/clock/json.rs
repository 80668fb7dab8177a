//! Events as JSON, and the whole `clock` file.
//!
//! An event is `{"on":"2022-09-30","event":"received","channel":"fax","confirmed":"2022-10-08"}`:
//! the day, the key of the event and the fields of its kind. Unknown keys are refused.
//!
//! | event | fields |
//! |---|---|
//! | `received` | `channel`, `confirmed` (date) |
//! | `supplement-asked` | `reply_by` (date) |
//! | `extended` | `days` (1 to 1000 working days; absent: the longest the law allows) |
//! | `delayed` | `until` (date, required) |
//! | `replied` | `outcome`, `by` (`hand`, `post`, `online`, `email`) |
//! | `closed` | `outcome` |
//! | `corrected` | `reason` (required), `index`, `of`, `to` |
//! | all others | none |
//!
//! A correction `{"on":"…","event":"corrected","of":"received","index":0,"reason":"…","to":{…}}`
//! undoes the event at `index` (from 0); without it the last event named `of` before the
//! correction; without both the event directly before that still stands. `to` is the right event,
//! put in its place; absent, the wrong one is simply removed. Everything is recomputed.

use super::event::{Delivery, Event, EventKind};
use crate::calendar::parse_date;
use crate::{Date, Outcome, RequestChannel};
use serde_json::{Map, Value, json};

/// A `clock` file: `{"calendar":"national","today":"2022-12-02","events":[…]}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockInput {
    /// `national` (also when absent), or the name of a regional layer the caller has loaded.
    pub calendar: String,
    /// The day to compare with while the request is open.
    pub today: Option<Date>,
    /// What happened.
    pub events: Vec<Event>,
}

impl ClockInput {
    /// Reads a `clock` file; every problem is reported.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        let value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|e| vec![format!("不是合法的 JSON:{e}")])?;
        Self::from_json(&value)
    }

    /// Reads the value of a `clock` file.
    pub fn from_json(value: &Value) -> Result<Self, Vec<String>> {
        let Some(map) = value.as_object() else {
            return Err(vec![
                "应为一个对象，例如 {\"calendar\":\"national\",\"events\":[…]}".to_owned(),
            ]);
        };
        let mut fields = Fields {
            map,
            used: Vec::new(),
            problems: Vec::new(),
        };
        let calendar = fields.text("calendar");
        let today = fields.date("today");
        let list = fields.take("events").cloned();
        let mut problems = fields.finish("文件");
        let mut events = Vec::new();
        match list {
            Some(Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    match Event::from_json(item) {
                        Ok(event) => events.push(event),
                        Err(found) => problems
                            .extend(found.into_iter().map(|p| format!("events[{index}]:{p}"))),
                    }
                }
            }
            Some(_) => problems.push("events 应为事件的列表 […]".to_owned()),
            None => problems.push("缺 events，应为事件的列表 […]".to_owned()),
        }
        if problems.is_empty() {
            let calendar = calendar.unwrap_or_else(|| "national".to_owned());
            Ok(Self {
                calendar,
                today,
                events,
            })
        } else {
            Err(problems)
        }
    }
}

/// The fields of an object, remembering which were asked for.
struct Fields<'a> {
    map: &'a Map<String, Value>,
    used: Vec<&'static str>,
    problems: Vec<String>,
}

impl<'a> Fields<'a> {
    /// The field, if present and not null.
    fn take(&mut self, key: &'static str) -> Option<&'a Value> {
        self.used.push(key);
        self.map.get(key).filter(|v| !v.is_null())
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text.clone()),
            other => {
                self.problems
                    .push(format!("{key} 应为文字，写的是 {}", shown(other)));
                None
            }
        }
    }

    fn date(&mut self, key: &'static str) -> Option<Date> {
        let value = self.take(key)?;
        let date = value.as_str().and_then(parse_date);
        if date.is_none() {
            self.problems.push(format!(
                "{key} 的日期 {} 读不出来或没有这一天，应写成 2022-09-30 的样子",
                shown(value)
            ));
        }
        date
    }

    fn number(&mut self, key: &'static str) -> Option<u64> {
        let value = self.take(key)?;
        let number = value.as_u64();
        if number.is_none() {
            self.problems
                .push(format!("{key} 应为非负整数，写的是 {}", shown(value)));
        }
        number
    }

    fn keyed<T>(
        &mut self,
        key: &'static str,
        from_key: impl Fn(&str) -> Option<T>,
        expected: impl Fn() -> String,
    ) -> Option<T> {
        let value = self.take(key)?;
        let found = value.as_str().and_then(from_key);
        if found.is_none() {
            self.problems.push(format!(
                "{key} {} 不认识，应为 {} 之一",
                shown(value),
                expected()
            ));
        }
        found
    }

    /// A field that must be there; `read` reads it and reports what is wrong with it.
    fn required<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Self, &'static str) -> Option<T>,
    ) -> Option<T> {
        if self.map.get(key).is_none_or(Value::is_null) {
            self.used.push(key);
            self.problems.push(format!("缺 {key}"));
            return None;
        }
        read(self, key)
    }

    /// The problems, with the fields nobody asked for.
    fn finish(mut self, whole: &str) -> Vec<String> {
        for key in self.map.keys() {
            if !self.used.contains(&key.as_str()) {
                self.problems.push(format!(
                    "{whole}里没有“{}”这一项，可写 {}",
                    clip(key),
                    self.used.join("、")
                ));
            }
        }
        self.problems
    }
}

/// A value as shown in a message, cut to a bearable length.
fn shown(value: &Value) -> String {
    clip(&value.to_string())
}

fn clip(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

impl Event {
    /// Reads one event. Unknown keys, dates that cannot be and missing fields are problems, in
    /// Chinese; all of them are reported.
    pub fn from_json(value: &Value) -> Result<Self, Vec<String>> {
        read(value, true)
    }

    /// The event as JSON, absent fields left out.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("on".to_owned(), json!(self.on.to_string()));
        map.insert("event".to_owned(), json!(self.kind.key()));
        let mut put = |key: &str, value: Value| {
            if !value.is_null() {
                map.insert(key.to_owned(), value);
            }
        };
        match &self.kind {
            EventKind::Received { channel, confirmed } => {
                put("channel", channel.map(|c| c.key()).into());
                put("confirmed", confirmed.map(|d| d.to_string()).into());
            }
            EventKind::SupplementAsked { reply_by } => {
                put("reply_by", reply_by.map(|d| d.to_string()).into());
            }
            EventKind::Extended { days } => put("days", (*days).into()),
            EventKind::Delayed { until } => put("until", until.to_string().into()),
            EventKind::Replied { outcome, by } => {
                put("outcome", outcome.map(|o| o.key()).into());
                put("by", by.map(|b| b.key()).into());
            }
            EventKind::Closed { outcome } => put("outcome", outcome.map(|o| o.key()).into()),
            EventKind::Corrected {
                index,
                of,
                reason,
                to,
            } => {
                put("of", of.clone().into());
                put("index", (*index).into());
                put("reason", reason.clone().into());
                put("to", to.as_ref().map(|e| e.to_json()).into());
            }
            EventKind::Supplemented
            | EventKind::ThirdPartyAsked
            | EventKind::ThirdPartyAnswered
            | EventKind::JointMakerAsked
            | EventKind::JointMakerAnswered
            | EventKind::ReasonAsked
            | EventKind::ReasonGiven
            | EventKind::FeeNotified
            | EventKind::FeePaid
            | EventKind::Transferred
            | EventKind::Withdrawn => {}
        }
        Value::Object(map)
    }
}

impl serde::Serialize for Event {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Event {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_json(&value).map_err(|problems| serde::de::Error::custom(problems.join(";")))
    }
}

fn read(value: &Value, may_correct: bool) -> Result<Event, Vec<String>> {
    let Some(map) = value.as_object() else {
        return Err(vec![format!(
            "事件应为一个对象，例如 {{\"on\":\"2022-09-30\",\"event\":\"received\"}}，写的是 {}",
            shown(value)
        )]);
    };
    let mut f = Fields {
        map,
        used: Vec::new(),
        problems: Vec::new(),
    };
    let on = f.required("on", Fields::date);
    let key = f.required("event", Fields::text);
    let kind = key.as_deref().and_then(|key| {
        if !EventKind::KEYS.contains(&key) {
            f.problems.push(format!(
                "事件“{}”不认识，应为 {} 之一",
                clip(key),
                EventKind::KEYS.join("、")
            ));
            // What else it may hold is unknown: do not call its fields wrong as well.
            return None;
        }
        read_kind(key, &mut f, may_correct)
    });
    let known = key.as_deref().is_some_and(|k| EventKind::KEYS.contains(&k));
    let problems = if known {
        f.finish("这一事件")
    } else {
        f.problems
    };
    match (on, kind) {
        (Some(on), Some(kind)) if problems.is_empty() => Ok(Event { on, kind }),
        _ => Err(problems),
    }
}

fn outcome(f: &mut Fields<'_>) -> Option<Outcome> {
    f.keyed("outcome", Outcome::from_key, Outcome::keys)
}

/// The fields of one kind; `None` when a field that must be there is not.
fn read_kind(key: &str, f: &mut Fields<'_>, may_correct: bool) -> Option<EventKind> {
    Some(match key {
        "received" => EventKind::Received {
            channel: f.keyed("channel", RequestChannel::from_key, RequestChannel::keys),
            confirmed: f.date("confirmed"),
        },
        "supplement-asked" => EventKind::SupplementAsked {
            reply_by: f.date("reply_by"),
        },
        "supplemented" => EventKind::Supplemented,
        "third-party-asked" => EventKind::ThirdPartyAsked,
        "third-party-answered" => EventKind::ThirdPartyAnswered,
        "joint-maker-asked" => EventKind::JointMakerAsked,
        "joint-maker-answered" => EventKind::JointMakerAnswered,
        "extended" => {
            let days = f.number("days");
            // Whatever is beyond the law is kept and warned about; whatever is beyond sense is not.
            let days = match days.map(u32::try_from) {
                None => None,
                Some(Ok(days @ 1..=1000)) => Some(days),
                Some(_) => {
                    f.problems
                        .push("days 应为 1 到 1000 的整数（工作日）".to_owned());
                    None
                }
            };
            EventKind::Extended { days }
        }
        "reason-asked" => EventKind::ReasonAsked,
        "reason-given" => EventKind::ReasonGiven,
        "delayed" => EventKind::Delayed {
            until: f.required("until", Fields::date)?,
        },
        "fee-notified" => EventKind::FeeNotified,
        "fee-paid" => EventKind::FeePaid,
        "transferred" => EventKind::Transferred,
        "withdrawn" => EventKind::Withdrawn,
        "replied" => EventKind::Replied {
            outcome: outcome(f),
            by: f.keyed("by", Delivery::from_key, Delivery::keys),
        },
        "closed" => EventKind::Closed {
            outcome: outcome(f),
        },
        _ => return read_corrected(f, may_correct),
    })
}

fn read_corrected(f: &mut Fields<'_>, may_correct: bool) -> Option<EventKind> {
    let index = f.number("index").and_then(|n| usize::try_from(n).ok());
    let of = f.text("of");
    if let Some(of) = &of
        && !EventKind::KEYS.contains(&of.as_str())
    {
        f.problems.push(format!(
            "of“{}”不认识，应为被更正事件的名称，例如 received",
            clip(of)
        ));
    }
    let reason = f.required("reason", Fields::text);
    if reason.as_deref().is_some_and(|r| r.trim().is_empty()) {
        f.problems
            .push("reason 不能为空，请写明更正的理由".to_owned());
    }
    if !may_correct {
        f.problems
            .push("更正里的 to 应为改正后的事件，不能又是更正".to_owned());
        return None;
    }
    let to = match f.take("to") {
        None => None,
        Some(value) => match read(value, false) {
            Ok(event) => Some(Box::new(event)),
            Err(found) => {
                f.problems
                    .extend(found.into_iter().map(|p| format!("to:{p}")));
                None
            }
        },
    };
    Some(EventKind::Corrected {
        index,
        of,
        reason: reason?,
        to,
    })
}
