//! A report against the same unit's report of the year before.
//!
//! Editions differ, so only what means the same in both is compared: requests carried over, the
//! stock of valid documents, pending cases, and growth whose base stands in last year's report.

mod bases;
mod carried;
mod growth;
mod names;
mod stated;
mod stock;
#[cfg(test)]
mod tests;

use statute::editions::{CellKey, Level};

use super::{Rule, Sink};
use crate::check::Checkup;
use crate::finding::{Finding, Place};
use crate::reading::Reading;

pub use names::{Earlier, pair_previous};

pub(super) use names::bare;

/// Requests carried into the year that are not those carried out of the year before.
pub(crate) const CARRIED_OVER_MISMATCH: Rule = Rule {
    name: "carried-over-mismatch",
    code: "Y101",
    level: Level::Error,
    summary: "上年结转的申请数与上年报告的结转下年度数不符",
    english: "requests carried in differ from those carried over in last year's report",
    article: Some("条例 §50(二)"),
    page: include_str!("../pages/carried-over-mismatch.md"),
};

/// A stock of valid documents that last year's stock, what was made and what was repealed do not
/// give.
pub(crate) const VALID_STOCK_MISMATCH: Rule = Rule {
    name: "valid-stock-mismatch",
    code: "Y102",
    level: Level::Warning,
    summary: "现行有效件数与上年现行有效件数加本年制发减本年废止不符",
    english: "documents in force differ from last year's plus issued less repealed",
    article: Some("条例 §20(一)"),
    page: include_str!("../pages/valid-stock-mismatch.md"),
};

/// Fewer cases than were pending at the end of the year before.
pub(crate) const PENDING_CASES_LOST: Rule = Rule {
    name: "pending-cases-lost",
    code: "Y103",
    level: Level::Warning,
    summary: "本年复议或诉讼的总计少于上年尚未审结的件数",
    english: "cases are fewer than those pending in last year's report",
    article: Some("条例 §50(三)"),
    page: include_str!("../pages/pending-cases-lost.md"),
};

/// The trial form's number of last year, which last year's report does not give.
pub(crate) const LAST_YEAR_ITEMS_MISMATCH: Rule = Rule {
    name: "last-year-items-mismatch",
    code: "Y104",
    level: Level::Info,
    summary: "上一年项目数量在上年报告中找不到对应的数",
    english: "the items of last year are not found in last year's report",
    article: Some("国办公开办函〔2019〕60号"),
    page: include_str!("../pages/last-year-items-mismatch.md"),
};

/// Growth that last year's figure does not give.
pub(crate) const LAST_YEAR_GROWTH_MISMATCH: Rule = Rule {
    name: "last-year-growth-mismatch",
    code: "Y105",
    level: Level::Warning,
    summary: "同比增减与上年报告中的数不符",
    english: "a change against last year differs from last year's report",
    article: None,
    page: include_str!("../pages/last-year-growth-mismatch.md"),
};

/// A report for which the report of the year before was not given.
pub(crate) const PREVIOUS_REPORT_MISSING: Rule = Rule {
    name: "previous-report-missing",
    code: "Y190",
    level: Level::Info,
    summary: "没有给出同一单位上一年度的报告",
    english: "the same body's report of the year before was not given",
    article: None,
    page: include_str!("../pages/previous-report-missing.md"),
};

pub(super) const RULES: &[&Rule] = &[
    &CARRIED_OVER_MISMATCH,
    &VALID_STOCK_MISMATCH,
    &PENDING_CASES_LOST,
    &LAST_YEAR_ITEMS_MISMATCH,
    &LAST_YEAR_GROWTH_MISMATCH,
    &PREVIOUS_REPORT_MISSING,
];

/// Examines a report against one of the year before. The findings are those of `current`; places
/// of the other report stand among the related ones.
///
/// Whether `previous` is of the same unit and of the year before is asked again: where that is not
/// sure, nothing is more than a warning.
pub fn check_against_previous(current: &Reading, previous: &Reading) -> Checkup {
    let mut sink = Sink::default();
    if current.report.blank || previous.report.blank {
        return sink.settle();
    }
    if !is_the_year_before(current, previous, &mut sink) {
        return sink.settle();
    }
    let pair = Pair {
        current,
        previous,
        sure: is_sure(current, previous),
    };
    carried::examine(&pair, &mut sink);
    stock::examine(&pair, &mut sink);
    growth::examine(&pair, &mut sink);
    sink.settle()
}

/// Whether a report may be the one of the year before; what is doubtful of it is said.
fn is_the_year_before(current: &Reading, previous: &Reading, sink: &mut Sink) -> bool {
    let (now, before) = (&current.report, &previous.report);
    let given = format!("给出的上年报告“{}”", before.source);
    let other_unit = match (&now.unit, &before.unit) {
        (Some(one), Some(two)) => !names::is_near(one, two),
        _ => false,
    };
    let wanted = now.year.and_then(|year| year.checked_sub(1));
    let (level, message) = match (wanted.zip(before.year), &before.unit) {
        (Some((wanted, year)), _) if wanted != year && other_unit => {
            sink.find(previous_missing(current));
            return false;
        }
        (Some((wanted, year)), _) if wanted != year => (
            Level::Warning,
            format!(
                "{given}是 {year} 年的，应为 {wanted} 年的，没有作跨年核对；请换成上一年度的报告。"
            ),
        ),
        (_, Some(unit)) if other_unit => (
            Level::Info,
            format!(
                "{given}是{unit}的，按更名以前的报告核对；不是同一单位的，请换成本单位的报告。"
            ),
        ),
        (None, _) if before.year.is_none() => (
            Level::Info,
            format!("{given}认不出年度，当作上一年度的报告核对；不是的，请换成上一年度的报告。"),
        ),
        _ => return true,
    };
    sink.find(
        PREVIOUS_REPORT_MISSING
            .finding(Place::default(), message)
            .at_level(level),
    );
    level != Level::Warning
}

/// The finding of a report whose predecessor was not among those that were given.
pub fn previous_missing(current: &Reading) -> Finding {
    let report = &current.report;
    let message = match (&report.unit, report.year) {
        (Some(unit), Some(year)) => format!(
            "给出的上年报告里没有{unit} {} 年的报告，没有作跨年核对；请补上这份报告。",
            year - 1
        ),
        _ => {
            "认不出这份报告的单位或者年度，没有作跨年核对；请单独给出它上一年度的报告。".to_owned()
        }
    };
    PREVIOUS_REPORT_MISSING.finding(Place::default(), message)
}

/// Two reports, the later first.
struct Pair<'a> {
    current: &'a Reading,
    previous: &'a Reading,
    /// Whether they are surely of one unit and of years that follow each other.
    sure: bool,
}

fn is_sure(current: &Reading, previous: &Reading) -> bool {
    let (now, before) = (&current.report, &previous.report);
    let unit = match (&now.unit, &before.unit) {
        (Some(one), Some(two)) => bare(one) == bare(two),
        _ => false,
    };
    let year = match (now.year, before.year) {
        (Some(year), Some(earlier)) => year.checked_sub(1) == Some(earlier),
        _ => false,
    };
    unit && year
}

impl Pair<'_> {
    /// The figure of a cell of the later report, in millionths.
    fn now(&self, key: CellKey) -> Option<i128> {
        self.current.report.tables.number(key).map(|it| it.micros())
    }

    /// The figure of a cell of the earlier report, in millionths.
    fn before(&self, key: CellKey) -> Option<i128> {
        let tables = &self.previous.report.tables;
        tables.number(key).map(|it| it.micros())
    }

    /// The earlier year in words, to stand behind others.
    fn last_year(&self) -> String {
        match self.previous.report.year {
            Some(year) => format!(" {year} 年"),
            None => "上年".to_owned(),
        }
    }

    /// A place of the earlier report as it is named beside the later one, whose lines and pages are
    /// others.
    fn earlier(&self, place: Place) -> Place {
        let year = self.last_year();
        let report = format!("{}报告", year.trim_start());
        Place {
            section: Some(match place.section {
                Some(section) => format!("{report}，{section}"),
                None => report,
            }),
            page: None,
            line: None,
            ..place
        }
    }

    /// A sentence about `topic`, or a note, of the later report that says why its figures do not
    /// follow from last year's: the word in it that says so.
    fn reason(&self, topic: &'static str, words: &'static [&'static str]) -> Option<&'static str> {
        let notes = self.current.report.notes.iter().map(|note| &*note.text);
        let prose = self.current.prose.paragraphs.iter().flat_map(|paragraph| {
            paragraph
                .sentences()
                .map(|range| paragraph.slice(range))
                .filter(|sentence| sentence.contains(topic))
        });
        notes
            .chain(prose)
            .find_map(|text| words.iter().copied().find(|word| text.contains(word)))
    }
}
