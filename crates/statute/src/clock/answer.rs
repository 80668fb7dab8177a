//! The answer of the clock.

use crate::keyed::keyed;
use crate::{Article, Date, Outcome, Regulation};
use serde_json::{Map, Value, json};

keyed! {
    /// Where a request is.
    State, "办理状态" {
        Unconfirmed = "unconfirmed", "待确认收到";
        Open = "open", "办理中";
        SupplementAsked = "supplement-asked", "待补正";
        Consulting = "consulting", "征求意见中";
        ReasonAsked = "reason-asked", "待说明理由";
        FeeNotified = "fee-notified", "待缴费";
        Delayed = "delayed", "延迟答复";
        Closed = "closed", "已办结";
    }
}

/// How and when a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Closing {
    /// The day.
    pub on: Date,
    /// The outcome, if recorded.
    pub outcome: Option<Outcome>,
    /// Whether a reply went out.
    pub replied: bool,
}

/// One line of the reckoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub date: Date,
    /// Whether it counts towards the term.
    pub counted: bool,
    /// Its number among the counted days; `None` if it does not count.
    pub day: Option<u32>,
    /// Why, in Chinese.
    pub why: String,
    /// Where that stands.
    pub article: Option<Article>,
}

/// Everything that follows from the events of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The edition of the regulation that governs; `None` before any receipt.
    pub regulation: Option<Regulation>,
    /// The statutory day of receipt (条例 §31); `None` if unconfirmed.
    pub received_on: Option<Date>,
    /// The day the running term is counted from: receipt, supplement or payment.
    pub day0: Option<Date>,
    /// The last day for the reply.
    pub due_on: Option<Date>,
    /// The last day to ask for a supplement (条例 §30).
    pub supplement_notice_due_on: Option<Date>,
    /// The day the applicant was given to supplement by.
    pub supplement_reply_by: Option<Date>,
    /// Working days of extension that count.
    pub extension_days: u32,
    /// Working days the consultations of the running term do not count.
    pub suspended_days: u32,
    /// Whether the reply came, or is, after the due date; `None` if that cannot be said.
    pub overdue: Option<bool>,
    /// How it ended.
    pub closed: Option<Closing>,
    /// Where it is.
    pub state: State,
    /// Whether the reply was ever put off (延期办结 in the forms), also in a term that a supplement
    /// or a payment has since restarted.
    pub extended: bool,
    /// What a person should look at, in Chinese.
    pub warnings: Vec<String>,
    /// The reckoning, by date.
    pub steps: Vec<Step>,
}

impl Step {
    fn to_json(&self) -> Value {
        json!({
            "date": self.date.to_string(),
            "counted": self.counted,
            "day": self.day,
            "why": self.why,
            "article": self.article.map(|a| a.to_string()),
        })
    }
}

impl Answer {
    /// The answer as the `clock` command prints it.
    pub fn to_json(&self) -> Value {
        let date = |d: Option<Date>| d.map(|d| d.to_string()).into();
        let mut map = Map::new();
        map.insert("received_on".to_owned(), date(self.received_on));
        map.insert("due_on".to_owned(), date(self.due_on));
        map.insert(
            "supplement_notice_due_on".to_owned(),
            date(self.supplement_notice_due_on),
        );
        map.insert("overdue".to_owned(), self.overdue.into());
        map.insert("warnings".to_owned(), self.warnings.clone().into());
        map.insert(
            "steps".to_owned(),
            self.steps.iter().map(Step::to_json).collect(),
        );
        Value::Object(map)
    }
}
