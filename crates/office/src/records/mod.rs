//! Records as JSON Lines: one object a line, unknown keys are errors, ids are the sender's own and
//! make import repeatable. The contract stands in `docs/reference/records.md`.
//!
//! Reading keeps history as it happened: [`Record::parse`] refuses what is malformed or cannot be,
//! all faults of the line at once; what is merely late or incomplete comes in and is told by
//! [`Record::remarks`].

mod read;
mod write;

use crate::documents::{Attribute, Kind};
use crate::figures::DecisionKind;
use crate::units::UnitKind;
use serde_json::{Map, Value};
use statute::applicant::ApplicantKind;
use statute::calendar::Calendar;
use statute::case::{CaseResult, Track};
use statute::channel::{PublicationChannel, RequestChannel};
use statute::clock::{self, Event};
use statute::{Date, Outcome};

/// Longest line read, in bytes; a longer one is refused before it is parsed.
pub const LINE_LIMIT: usize = 4 * 1024 * 1024;
/// Longest id, in characters.
pub const ID_LIMIT: usize = 100;

/// One line of an import or export.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A public body.
    Unit(UnitRecord),
    /// An information item.
    Document(DocumentRecord),
    /// A licence, penalty or coercion decision.
    Decision(DecisionRecord),
    /// Income from administrative fees of a unit in a year.
    FeeIncome(FeeIncomeRecord),
    /// A request with its events.
    Request(RequestRecord),
    /// A case over a request.
    Case(CaseRecord),
    /// An entry of a register.
    Entry(EntryRecord),
}

/// `{"type":"unit"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRecord {
    /// Sender's id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Unit above.
    pub parent: Option<String>,
    /// 统一社会信用代码.
    pub code: Option<String>,
}

/// `{"type":"document"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Sender's id.
    pub id: String,
    /// Unit that made or keeps it.
    pub unit: String,
    /// Kind.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// 文号.
    pub number: Option<String>,
    /// 成文日期.
    pub written_on: Date,
    /// 公开属性.
    pub attribute: Attribute,
    /// Reason in law.
    pub basis: Option<String>,
    /// 发布日期.
    pub published_on: Option<Date>,
    /// Channels.
    pub channels: Vec<PublicationChannel>,
    /// 施行日期.
    pub in_force_from: Option<Date>,
    /// 废止日期.
    pub repealed_on: Option<Date>,
    /// The document it interprets.
    pub explains: Option<String>,
    /// Text.
    pub body: String,
}

/// `{"type":"decision"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRecord {
    /// Sender's id.
    pub id: String,
    /// Unit that decided.
    pub unit: String,
    /// Kind.
    pub kind: DecisionKind,
    /// Day of the decision.
    pub decided_on: Date,
}

/// `{"type":"fee-income"}`; its identity is unit and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeIncomeRecord {
    /// Unit.
    pub unit: String,
    /// Year.
    pub year: i16,
    /// Income in fen.
    pub fen: i64,
}

/// `{"type":"request"}`.
#[derive(Clone, PartialEq)]
pub struct RequestRecord {
    /// Sender's id.
    pub id: String,
    /// Unit asked.
    pub unit: String,
    /// 登记编号; made when absent.
    pub number: Option<String>,
    /// Kind of applicant.
    pub applicant: ApplicantKind,
    /// Opaque reference: the same applicant has the same reference.
    pub applicant_ref: Option<String>,
    /// What is asked for.
    pub subject: String,
    /// How it arrived.
    pub channel: RequestChannel,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// `{"type":"case"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord {
    /// Sender's id.
    pub id: String,
    /// The request it is about.
    pub request: String,
    /// Track.
    pub track: Track,
    /// Day filed.
    pub filed_on: Date,
    /// Day closed.
    pub closed_on: Option<Date>,
    /// Result.
    pub result: Option<CaseResult>,
}

/// `{"type":"entry"}`.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRecord {
    /// Sender's id.
    pub id: String,
    /// Unit that keeps the register.
    pub unit: String,
    /// Key of the register.
    pub register: String,
    /// The entry's fields.
    pub fields: Map<String, Value>,
}

impl Record {
    /// Reads one line.
    ///
    /// # Errors
    /// Every fault of the line, in Chinese, each with what was found and what was expected.
    pub fn parse(line: &str) -> Result<Record, Vec<String>> {
        read::record(line)
    }

    /// The line as it is exported, in the contract's order of keys.
    pub fn to_line(&self) -> String {
        Value::Object(write::record(self)).to_string()
    }

    /// The word in `type`.
    pub fn noun(&self) -> &'static str {
        match self {
            Record::Unit(_) => "unit",
            Record::Document(_) => "document",
            Record::Decision(_) => "decision",
            Record::FeeIncome(_) => "fee-income",
            Record::Request(_) => "request",
            Record::Case(_) => "case",
            Record::Entry(_) => "entry",
        }
    }

    /// What identifies the record among those of its type.
    pub fn id(&self) -> String {
        match self {
            Record::Unit(r) => r.id.clone(),
            Record::Document(r) => r.id.clone(),
            Record::Decision(r) => r.id.clone(),
            Record::FeeIncome(r) => format!("{} {}", r.unit, r.year),
            Record::Request(r) => r.id.clone(),
            Record::Case(r) => r.id.clone(),
            Record::Entry(r) => r.id.clone(),
        }
    }

    /// Facts that are late or incomplete: they come in as they happened, and are told.
    pub fn remarks(&self, calendar: &Calendar) -> Vec<String> {
        match self {
            Record::Document(document) => document_remarks(document),
            Record::Request(request) => request_remarks(request, calendar),
            _ => Vec::new(),
        }
    }
}

/// The latest day on which something of the record happened; plans (a publication, an entry into
/// force, a repeal) may lie ahead.
pub fn latest_fact(record: &Record) -> Option<Date> {
    match record {
        Record::Document(document) => Some(document.written_on),
        Record::Decision(decision) => Some(decision.decided_on),
        Record::Request(request) => request.events.iter().map(|event| event.on).max(),
        Record::Case(case) => case.closed_on.max(Some(case.filed_on)),
        Record::Unit(_) | Record::FeeIncome(_) | Record::Entry(_) => None,
    }
}

fn document_remarks(document: &DocumentRecord) -> Vec<String> {
    let mut remarks = Vec::new();
    if document.attribute != Attribute::Proactive && document.basis.is_none() {
        remarks.push(format!(
            "公开属性是“{}”，没有写理由（条例 §5、§13）。",
            document.attribute.label()
        ));
    }
    if document.published_on.is_some() && document.channels.is_empty() {
        remarks.push("有发布日期，没有写公开渠道，各渠道的条数里不会有它。".to_owned());
    }
    if document
        .published_on
        .is_some_and(|day| day < document.written_on)
    {
        remarks.push("发布日期早于成文日期，请核对。".to_owned());
    }
    remarks
}

fn request_remarks(request: &RequestRecord, calendar: &Calendar) -> Vec<String> {
    let events = request.events_with_channel();
    let answer = clock::replay(calendar, &events, None);
    let mut remarks = answer.warnings.clone();
    if answer.overdue == Some(true)
        && let (Some(due), Some(closed)) = (answer.due_on, answer.closed.as_ref())
    {
        remarks.push(format!("期限是 {due},{} 才办结，已逾期。", closed.on));
    }
    if let Some(closing) = answer.closed.as_ref()
        && let Some(outcome) = closing.outcome
    {
        if crate::requests::of_the_old_form(outcome) != (closing.on.year() < 2019) {
            remarks.push(format!(
                "{} 办结的结果“{}”不在当年年报的表格里，只计入合计，不计入分项。",
                closing.on,
                outcome.key()
            ));
        }
        remarks.extend(
            crate::requests::missing_steps(&events, outcome, closing.on)
                .into_iter()
                .map(|r| r.text),
        );
    }
    remarks
}

impl std::fmt::Debug for RequestRecord {
    /// What was asked for may name a person; it never reaches a log by accident.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RequestRecord({}, {:?})", self.id, self.events)
    }
}

impl RequestRecord {
    /// The events with the request's own channel put in where a receipt left it out.
    pub fn events_with_channel(&self) -> Vec<Event> {
        crate::requests::with_channel(&self.events, self.channel)
    }

    /// The outcome the events end with, if they end.
    pub fn outcome(&self, calendar: &Calendar) -> Option<Outcome> {
        clock::replay(calendar, &self.events_with_channel(), None)
            .closed
            .and_then(|closing| closing.outcome)
    }
}
