//! Reading a line: every fault at once, in Chinese.

use super::{
    CaseRecord, DecisionRecord, DocumentRecord, EntryRecord, FeeIncomeRecord, ID_LIMIT, LINE_LIMIT,
    Record, RequestRecord, UnitRecord,
};
use crate::documents::{Attribute, BODY_LIMIT, Kind, TITLE_LIMIT};
use crate::figures::DecisionKind;
use crate::registers;
use crate::requests::{EVENTS_LIMIT, SUBJECT_LIMIT};
use crate::units::{NAME_LIMIT, UnitKind};
use serde_json::{Map, Value};
use statute::applicant::ApplicantKind;
use statute::case::{CaseResult, Track};
use statute::channel::{PublicationChannel, RequestChannel};
use statute::clock::{self, Event};
use statute::{Date, parse_date};

/// Keys of each type, as the contract lists them.
const KEYS: &[(&str, &[&str])] = &[
    ("unit", &["type", "id", "name", "kind", "parent", "code"]),
    (
        "document",
        &[
            "type",
            "id",
            "unit",
            "kind",
            "title",
            "number",
            "written_on",
            "attribute",
            "basis",
            "published_on",
            "channels",
            "in_force_from",
            "repealed_on",
            "explains",
            "body",
        ],
    ),
    ("decision", &["type", "id", "unit", "kind", "decided_on"]),
    ("fee-income", &["type", "unit", "year", "fen"]),
    (
        "request",
        &[
            "type",
            "id",
            "unit",
            "number",
            "applicant",
            "applicant_ref",
            "subject",
            "channel",
            "events",
        ],
    ),
    (
        "case",
        &[
            "type",
            "id",
            "request",
            "track",
            "filed_on",
            "closed_on",
            "result",
        ],
    ),
    ("entry", &["type", "id", "unit", "register", "fields"]),
];

pub(super) fn record(line: &str) -> Result<Record, Vec<String>> {
    if line.len() > LINE_LIMIT {
        return Err(vec![format!(
            "这一行有 {} 字节，最多 {LINE_LIMIT} 字节，请拆分正文。",
            line.len()
        )]);
    }
    let value: Value = serde_json::from_str(line).map_err(|error| {
        vec![format!(
            "不是完整的 JSON（第 {} 列附近），应为一行一个对象。",
            error.column()
        )]
    })?;
    let Value::Object(object) = value else {
        return Err(vec!["不是对象，应为一行一个 {…}。".to_owned()]);
    };
    let Some(kind) = object.get("type").and_then(Value::as_str) else {
        return Err(vec![format!("缺少“type”，应为 {} 之一。", types())]);
    };
    let Some((_, keys)) = KEYS.iter().find(|(key, _)| *key == kind) else {
        return Err(vec![format!("类型“{kind}”不认识，应为 {} 之一。", types())]);
    };
    let mut fields = Fields {
        object: &object,
        problems: Vec::new(),
    };
    for key in object.keys().filter(|key| !keys.contains(&key.as_str())) {
        fields.problems.push(format!(
            "{kind} 没有“{key}”这一项，可用的有 {}。",
            keys.join("、")
        ));
    }
    let record = match kind {
        "unit" => unit(&mut fields),
        "document" => document(&mut fields),
        "decision" => decision(&mut fields),
        "fee-income" => fee_income(&mut fields),
        "request" => request(&mut fields),
        "case" => case(&mut fields),
        _ => entry(&mut fields),
    };
    match record {
        Some(record) if fields.problems.is_empty() => Ok(record),
        _ => Err(fields.problems),
    }
}

fn types() -> String {
    KEYS.iter()
        .map(|(key, _)| *key)
        .collect::<Vec<_>>()
        .join("、")
}

fn unit(fields: &mut Fields) -> Option<Record> {
    let id = fields.id("id");
    let name = fields.required_text("name", NAME_LIMIT);
    let kind = fields.word(
        "kind",
        UnitKind::from_key,
        &keys_of(UnitKind::ALL, UnitKind::key),
    );
    let parent = fields.optional_id("parent");
    let code = fields.filled("code", 50);
    if parent.is_some() && parent == id {
        fields
            .problems
            .push("“parent”指向自己，上级单位应是另一个单位。".to_owned());
    }
    Some(Record::Unit(UnitRecord {
        id: id?,
        name: name?,
        kind: kind?,
        parent,
        code,
    }))
}

fn document(fields: &mut Fields) -> Option<Record> {
    let id = fields.id("id");
    let unit = fields.id("unit");
    let kind = fields.word("kind", Kind::from_key, &keys_of(Kind::ALL, Kind::key));
    let title = fields.required_text("title", TITLE_LIMIT);
    let number = fields.filled("number", 100);
    let written_on = fields.required_day("written_on");
    let attribute = fields.word(
        "attribute",
        Attribute::from_key,
        &keys_of(Attribute::ALL, Attribute::key),
    );
    let basis = fields.filled("basis", 1000);
    let published_on = fields.day("published_on");
    let channels = fields.channels();
    let in_force_from = fields.day("in_force_from");
    let repealed_on = fields.day("repealed_on");
    let explains = fields.optional_id("explains");
    let body = fields.text("body", BODY_LIMIT).unwrap_or_default();
    if let (Some(from), Some(repealed)) = (in_force_from.or(written_on), repealed_on)
        && repealed < from
    {
        fields.problems.push(format!(
            "废止日期 {repealed} 早于施行（成文）日期 {from}，这样的先后不可能。"
        ));
    }
    if attribute.is_some_and(|a| a != Attribute::Proactive) && published_on.is_some() {
        fields
            .problems
            .push("公开属性不是“主动公开”，却有发布日期；请改属性或去掉 published_on。".to_owned());
    }
    if explains.is_some() && explains == id {
        fields
            .problems
            .push("“explains”指向自己，应是被解读的另一份文件。".to_owned());
    }
    Some(Record::Document(DocumentRecord {
        id: id?,
        unit: unit?,
        kind: kind?,
        title: title?,
        number,
        written_on: written_on?,
        attribute: attribute?,
        basis,
        published_on,
        channels,
        in_force_from,
        repealed_on,
        explains,
        body,
    }))
}

fn decision(fields: &mut Fields) -> Option<Record> {
    let id = fields.id("id");
    let unit = fields.id("unit");
    let kind = fields.word(
        "kind",
        DecisionKind::from_key,
        &keys_of(DecisionKind::ALL, DecisionKind::key),
    );
    let decided_on = fields.required_day("decided_on");
    Some(Record::Decision(DecisionRecord {
        id: id?,
        unit: unit?,
        kind: kind?,
        decided_on: decided_on?,
    }))
}

fn fee_income(fields: &mut Fields) -> Option<Record> {
    let unit = fields.id("unit");
    let year = fields
        .integer("year", 1949, 2200)
        .and_then(|year| i16::try_from(year).ok());
    let fen = fields.integer("fen", 0, 1_000_000_000_000_000);
    Some(Record::FeeIncome(FeeIncomeRecord {
        unit: unit?,
        year: year?,
        fen: fen?,
    }))
}

fn request(fields: &mut Fields) -> Option<Record> {
    let id = fields.id("id");
    let unit = fields.id("unit");
    let number = fields.filled("number", 100);
    let applicant = fields.word(
        "applicant",
        ApplicantKind::from_key,
        &keys_of(ApplicantKind::ALL, ApplicantKind::key),
    );
    let applicant_ref = fields.optional_id("applicant_ref");
    let subject = fields.text("subject", SUBJECT_LIMIT).unwrap_or_default();
    let channel = fields.word(
        "channel",
        RequestChannel::from_key,
        &keys_of(RequestChannel::ALL, RequestChannel::key),
    );
    let events = fields.events(channel);
    Some(Record::Request(RequestRecord {
        id: id?,
        unit: unit?,
        number,
        applicant: applicant?,
        applicant_ref,
        subject,
        channel: channel?,
        events: events?,
    }))
}

fn case(fields: &mut Fields) -> Option<Record> {
    let id = fields.id("id");
    let request = fields.id("request");
    let track = fields.word("track", Track::from_key, &keys_of(Track::ALL, Track::key));
    let filed_on = fields.required_day("filed_on");
    let closed_on = fields.day("closed_on");
    let result = match fields.object.get("result") {
        None | Some(Value::Null) => None,
        Some(_) => fields.word(
            "result",
            CaseResult::from_key,
            &keys_of(CaseResult::ALL, CaseResult::key),
        ),
    };
    match (filed_on, closed_on, result) {
        (Some(filed), Some(closed), _) if closed < filed => fields.problems.push(format!(
            "审结日期 {closed} 早于提起日期 {filed}，这样的先后不可能。"
        )),
        (_, Some(_), None) => {
            fields
                .problems
                .push("有审结日期“closed_on”，缺少结果“result”。".to_owned());
        }
        (_, None, Some(_)) => {
            fields
                .problems
                .push("有结果“result”，缺少审结日期“closed_on”。".to_owned());
        }
        _ => {}
    }
    Some(Record::Case(CaseRecord {
        id: id?,
        request: request?,
        track: track?,
        filed_on: filed_on?,
        closed_on,
        result,
    }))
}

fn entry(fields: &mut Fields) -> Option<Record> {
    let id = fields.id("id");
    let unit = fields.id("unit");
    let key = fields.required_text("register", 100)?;
    let Some(register) = registers::register(&key) else {
        let known: Vec<&str> = registers::REGISTERS.iter().map(|r| r.key).collect();
        fields
            .problems
            .push(format!("没有台账“{key}”，应为 {} 之一。", known.join("、")));
        return None;
    };
    let Some(Value::Object(object)) = fields.object.get("fields") else {
        fields
            .problems
            .push("缺少“fields”，应为一个对象。".to_owned());
        return None;
    };
    if let Err(problems) = registers::project(register, object) {
        fields.problems.extend(problems);
    }
    Some(Record::Entry(EntryRecord {
        id: id?,
        unit: unit?,
        register: key,
        fields: object.clone(),
    }))
}

fn keys_of<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> String {
    all.iter()
        .map(|word| key(*word))
        .collect::<Vec<_>>()
        .join("、")
}

/// The object of a line, and what was found wrong with it so far.
struct Fields<'a> {
    object: &'a Map<String, Value>,
    problems: Vec<String>,
}

impl Fields<'_> {
    fn id(&mut self, key: &str) -> Option<String> {
        match self.object.get(key) {
            Some(value) => self.check_id(key, value),
            None => {
                self.problems.push(format!("缺少“{key}”。"));
                None
            }
        }
    }

    fn optional_id(&mut self, key: &str) -> Option<String> {
        match self.object.get(key) {
            None | Some(Value::Null) => None,
            Some(value) => self.check_id(key, value),
        }
    }

    fn check_id(&mut self, key: &str, value: &Value) -> Option<String> {
        let fits = value.as_str().filter(|id| {
            (1..=ID_LIMIT).contains(&id.chars().count())
                && id.trim() == *id
                && !id.chars().any(char::is_control)
        });
        if fits.is_none() {
            self.problems.push(format!(
                "“{key}”是 {}，应为 1 到 {ID_LIMIT} 字的文字，前后没有空格。",
                short(value)
            ));
        }
        fits.map(str::to_owned)
    }

    fn required_text(&mut self, key: &str, limit: usize) -> Option<String> {
        let text = self.text(key, limit);
        let absent = matches!(self.object.get(key), None | Some(Value::Null));
        let blank = text.as_ref().is_some_and(|text| text.trim().is_empty());
        if absent || blank {
            self.problems.push(format!("缺少“{key}”或内容为空。"));
            return None;
        }
        text
    }

    /// Text that says something; blank is absent.
    fn filled(&mut self, key: &str, limit: usize) -> Option<String> {
        self.text(key, limit).filter(|text| !text.trim().is_empty())
    }

    fn text(&mut self, key: &str, limit: usize) -> Option<String> {
        match self.object.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => {
                let length = text.chars().count();
                if length > limit {
                    self.problems
                        .push(format!("“{key}”有 {length} 个字，最多 {limit} 个字。"));
                    return None;
                }
                Some(text.clone())
            }
            Some(other) => {
                self.problems
                    .push(format!("“{key}”是 {}，应为文字。", short(other)));
                None
            }
        }
    }

    fn required_day(&mut self, key: &str) -> Option<Date> {
        if matches!(self.object.get(key), None | Some(Value::Null)) {
            self.problems
                .push(format!("缺少“{key}”，应为日期，如 2018-03-01。"));
            return None;
        }
        self.day(key)
    }

    fn day(&mut self, key: &str) -> Option<Date> {
        let value = match self.object.get(key) {
            None | Some(Value::Null) => return None,
            Some(value) => value,
        };
        let day = value
            .as_str()
            .and_then(parse_date)
            .filter(|day| (1949..=2200).contains(&day.year()));
        if day.is_none() {
            self.problems.push(format!(
                "“{key}”是 {}，不是可用的日期；应为 1949 到 2200 年之间的日期，如 2018-03-01。",
                short(value)
            ));
        }
        day
    }

    fn integer(&mut self, key: &str, least: i64, most: i64) -> Option<i64> {
        let number = self
            .object
            .get(key)
            .and_then(Value::as_i64)
            .filter(|n| (least..=most).contains(n));
        if number.is_none() {
            let found = self.object.get(key).map_or("没有填写".to_owned(), short);
            self.problems.push(format!(
                "“{key}”{found}，应为 {least} 到 {most} 之间的整数。"
            ));
        }
        number
    }

    fn word<T>(&mut self, key: &str, from: fn(&str) -> Option<T>, expected: &str) -> Option<T> {
        let word = self.object.get(key).and_then(Value::as_str).and_then(from);
        if word.is_none() {
            let found = self
                .object
                .get(key)
                .map_or("没有填写".to_owned(), |v| format!("是 {}", short(v)));
            self.problems
                .push(format!("“{key}”{found}，应为 {expected} 之一。"));
        }
        word
    }

    fn channels(&mut self) -> Vec<PublicationChannel> {
        let list = match self.object.get("channels") {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(list)) => list,
            Some(other) => {
                self.problems
                    .push(format!("“channels”是 {}，应为数组。", short(other)));
                return Vec::new();
            }
        };
        let mut channels = Vec::new();
        for value in list {
            match value.as_str().and_then(PublicationChannel::from_key) {
                // The same channel twice is one channel.
                Some(channel) if channels.contains(&channel) => {}
                Some(channel) => channels.push(channel),
                None => self.problems.push(format!(
                    "渠道 {} 不认识，应为 {} 之一。",
                    short(value),
                    keys_of(PublicationChannel::ALL, PublicationChannel::key)
                )),
            }
        }
        channels
    }

    fn events(&mut self, channel: Option<RequestChannel>) -> Option<Vec<Event>> {
        let Some(Value::Array(list)) = self.object.get("events") else {
            self.problems
                .push("缺少“events”，应为事件的数组。".to_owned());
            return None;
        };
        if list.is_empty() {
            self.problems
                .push("“events”是空的，至少要有收到申请(received)一件。".to_owned());
            return None;
        }
        if list.len() > EVENTS_LIMIT {
            self.problems.push(format!(
                "“events”有 {} 个事件，最多 {EVENTS_LIMIT} 个，请核对是否混入了别的申请。",
                list.len()
            ));
            return None;
        }
        let mut events = Vec::with_capacity(list.len());
        let before = self.problems.len();
        for (index, value) in list.iter().enumerate() {
            match Event::from_json(value) {
                Ok(event) => events.push(event),
                Err(problems) => self.problems.extend(
                    problems
                        .into_iter()
                        .map(|p| format!("第 {} 个事件：{p}", index + 1)),
                ),
            }
        }
        if self.problems.len() > before {
            return None;
        }
        if let Some(channel) = channel {
            let whole = crate::requests::with_channel(&events, channel);
            self.problems.extend(clock::check_order(&whole));
        }
        Some(events)
    }
}

/// A value as it is quoted in a message: never longer than 40 characters.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 {
        return text;
    }
    text.chars().take(40).chain(['…']).collect()
}
