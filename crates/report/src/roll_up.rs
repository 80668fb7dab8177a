//! The report of a government from those of its units: cell by cell, then checked again.

use std::collections::BTreeSet;

use statute::editions::Edition;

use crate::decimal::Decimal;
use crate::finding::{Finding, Place};
use crate::identities::{check_identities, words};
use crate::model::{Cell, Note, Report};
use crate::rules::Rule;
use crate::rules::rolling_up::{
    CHILD_COUNTED_TWICE, CHILD_FIGURE_MISSING, CHILD_FIGURE_UNREADABLE,
};

/// Why reports cannot be summed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RollUpError {
    /// There is no report.
    #[error("没有可以汇总的报告，请先收齐下级报告")]
    Nothing,
    /// The forms differ, so the cells do not mean the same.
    #[error("报告的格式不同（{0}、{1}），口径不同不能相加；请只汇总同一格式的报告")]
    Editions(Edition, Edition),
    /// The years differ.
    #[error("报告的年度不同（{}、{}），请只汇总同一年度的报告", year(.0), year(.1))]
    Years(Option<i16>, Option<i16>),
}

fn year(year: &Option<i16>) -> String {
    year.map_or_else(|| "不明".to_owned(), |year| year.to_string())
}

/// Sums reports of one form and year cell by cell and checks the sums again. The result has no unit
/// yet ([`Report::with_unit`]) and does not depend on the order of the reports.
///
/// A cell that one report has no figure for is not taken as 0 without a word: the sum is that of the
/// others, and a finding names the unit. A cell that one report has something unreadable in stays
/// unreadable.
///
/// # Errors
/// No report, or reports of different forms or years.
pub fn roll_up(reports: &[Report]) -> Result<Report, RollUpError> {
    let first = reports.first().ok_or(RollUpError::Nothing)?;
    for other in reports {
        if other.edition != first.edition {
            return Err(RollUpError::Editions(first.edition, other.edition));
        }
        if other.year != first.year {
            return Err(RollUpError::Years(first.year, other.year));
        }
    }
    let edition = first.edition;
    let mut whole = Report::new(edition, "roll-up");
    whole.year = first.year;
    whole.title = match first.year {
        Some(year) => edition.title(year),
        None => "政府信息公开工作年度报告".to_owned(),
    };
    for cell in edition.cells() {
        whole.tables.set(
            cell.key,
            sum(reports.iter().map(|report| report.tables.get(cell.key))),
        );
    }
    whole.blank = whole.tables.is_empty() && !edition.tables().is_empty();
    whole.notes = reports.iter().flat_map(notes).collect();
    whole.notes.sort();

    let mut findings: Vec<Finding> = reports.iter().flat_map(gaps).collect();
    findings.extend(twice(reports));
    findings.sort();
    findings.extend(check_identities(&whole).0);
    whole.findings = findings;
    Ok(whole)
}

fn sum<'a>(cells: impl Iterator<Item = &'a Cell>) -> Cell {
    let mut total: Option<i128> = None;
    let mut unreadable = BTreeSet::new();
    for cell in cells {
        match cell {
            Cell::Number(figure) => total = Some(total.unwrap_or(0) + figure.micros()),
            Cell::Absent => {}
            Cell::Unreadable(text) => {
                unreadable.insert(text.as_str());
            }
        }
    }
    if !unreadable.is_empty() {
        return Cell::Unreadable(unreadable.into_iter().collect::<Vec<_>>().join("；"));
    }
    match total {
        None => Cell::Absent,
        Some(micros) => match Decimal::from_micros(micros) {
            Some(figure) => Cell::Number(figure),
            None => Cell::Unreadable(crate::decimal::print(micros)),
        },
    }
}

fn name(report: &Report) -> &str {
    report.unit.as_deref().unwrap_or("未署名单位")
}

/// The notes with the unit's name before each, since the whole has many.
fn notes(report: &Report) -> impl Iterator<Item = Note> {
    report.notes.iter().map(|note| Note {
        cell: note.cell,
        text: format!("{}：{}", name(report), note.text),
    })
}

fn found(rule: &Rule, message: String, places: Vec<Place>) -> Finding {
    let mut places = places.into_iter();
    let first = places.next().unwrap_or_default();
    rule.finding(first, message).with_related(places.collect())
}

/// What a unit's report lacks.
fn gaps(report: &Report) -> Vec<Finding> {
    let edition = report.edition;
    let unit = name(report);
    let mut findings = Vec::new();
    for table in edition.tables() {
        let (mut absent, mut unreadable) = (Vec::new(), Vec::new());
        for cell in edition.cells().filter(|cell| cell.key.table == table.key) {
            match report.tables.get(cell.key) {
                Cell::Number(_) => {}
                Cell::Absent => absent.push(cell.key),
                Cell::Unreadable(_) => unreadable.push(cell.key),
            }
        }
        let places = |keys: &[_]| {
            keys.iter()
                .map(|key| Place::of_cell(edition, *key))
                .collect()
        };
        if let Some(first) = absent.first() {
            findings.push(found(
                &CHILD_FIGURE_MISSING,
                format!(
                    "“{unit}”的报告有 {} 格没有数，第一格是{}；汇总没有计入，请该单位补报。",
                    absent.len(),
                    words(edition, *first)
                ),
                places(&absent),
            ));
        }
        if let Some(first) = unreadable.first() {
            findings.push(found(
                &CHILD_FIGURE_UNREADABLE,
                format!(
                    "“{unit}”的报告有 {} 格填的不是数，第一格是{}；汇总无法相加，请该单位更正。",
                    unreadable.len(),
                    words(edition, *first)
                ),
                places(&unreadable),
            ));
        }
    }
    findings
}

/// Units whose report was given more than once.
fn twice(reports: &[Report]) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let units = reports.iter().filter_map(|report| report.unit.as_deref());
    let repeated: BTreeSet<&str> = units.filter(|unit| !seen.insert(*unit)).collect();
    let finding = |unit: &str| {
        let message = format!("“{unit}”的报告在汇总中出现了不止一次，数会重复计入；请只保留一份。");
        found(&CHILD_COUNTED_TWICE, message, Vec::new())
    };
    repeated.into_iter().map(finding).collect()
}
