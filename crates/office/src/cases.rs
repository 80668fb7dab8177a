//! Reconsideration and litigation over a request (复议诉讼).

use crate::Reason;
use statute::Date;
use statute::case::{CaseResult, Track};

/// A case over one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalCase {
    /// Id.
    pub id: String,
    /// The request it is about.
    pub request: String,
    /// Reconsideration, a suit brought directly, or one after reconsideration.
    pub track: Track,
    /// Day it was filed.
    pub filed_on: Date,
    /// Day it ended.
    pub closed_on: Option<Date>,
    /// How it ended, as table 4 tells it.
    pub result: Option<CaseResult>,
    /// Journal entry that last changed it.
    pub seq: i64,
}

/// What stands against a case as it is entered: an order of dates that cannot be, or an end
/// without a result.
pub fn check(case: &LegalCase, today: Date) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if case.filed_on.year() < crate::requests::FIRST_YEAR {
        reasons.push(Reason::at(
            "filed_on",
            "too-early",
            format!("提起日期 {} 太早，请核对年份。", case.filed_on),
        ));
    }
    if case.filed_on > today {
        reasons.push(Reason::at(
            "filed_on",
            "filed-in-future",
            format!("提起日期 {} 晚于今天 {today}，请核对。", case.filed_on),
        ));
    }
    match (case.closed_on, case.result) {
        (Some(closed), _) if closed < case.filed_on => reasons.push(Reason::at(
            "closed_on",
            "closed-before-filed",
            format!("审结日期 {closed} 早于提起日期 {}，请核对。", case.filed_on),
        )),
        (Some(closed), _) if closed > today => reasons.push(Reason::at(
            "closed_on",
            "closed-in-future",
            format!("审结日期 {closed} 晚于今天 {today}，请核对。"),
        )),
        (Some(_), None) => reasons.push(Reason::at(
            "result",
            "closed-without-result",
            "填了审结日期，没有选结果；请选结果维持、结果纠正或其他结果。",
        )),
        (None, Some(_)) => reasons.push(Reason::at(
            "closed_on",
            "result-without-day",
            "选了结果，没有填审结日期；请补填，未审结的不选结果。",
        )),
        _ => {}
    }
    reasons
}
