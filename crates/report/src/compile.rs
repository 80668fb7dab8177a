//! A report from counted figures.

use std::collections::BTreeMap;

use statute::editions::{CellKey, Edition};

use crate::decimal::Decimal;
use crate::finding::{Finding, Place};
use crate::identities::{check_identities, words};
use crate::model::{Cell, Note, Report};
use crate::rules::compiling::{FIGURE_MISSING, FIGURE_OUTSIDE_FORM};

/// Compiles the report of a unit from its counted figures.
///
/// Every figure is taken as counted; totals are not made up from parts, so that the identities check
/// the counting. What is wrong stands in the report's findings: figures that the form has no cell
/// for, cells without a figure, identities that do not hold.
pub fn compile(
    edition: Edition,
    unit: &str,
    year: i16,
    values: &BTreeMap<CellKey, Decimal>,
    notes: Vec<Note>,
) -> Report {
    let mut report = Report::new(edition, "compiled");
    report.year = Some(year);
    report.notes = notes;
    let mut findings = Vec::new();
    for (key, figure) in values {
        if edition.cell(*key).is_some() {
            report.tables.set(*key, Cell::Number(*figure));
        } else {
            findings.push(outside(edition, *key, *figure));
        }
    }
    report.blank = report.tables.is_empty() && !edition.tables().is_empty();
    findings.extend(missing(&report));
    findings.extend(check_identities(&report).0);
    report.findings = findings;
    report.with_unit(unit)
}

fn outside(edition: Edition, key: CellKey, figure: Decimal) -> Finding {
    let message = format!(
        "指标“{key}”的数是 {figure}，但 {}规定的表格没有这一格，没有填入；请核对报告年度和格式。",
        edition.source()
    );
    let mut finding = FIGURE_OUTSIDE_FORM.finding(Place::of_cell(edition, key), message);
    finding.stated = Some(figure.to_string());
    finding
}

/// One finding for each table with cells that no figure was given for.
fn missing(report: &Report) -> Vec<Finding> {
    let edition = report.edition;
    let tables = edition.tables().iter().filter_map(|table| {
        let absent: Vec<Place> = edition
            .cells()
            .filter(|cell| cell.key.table == table.key)
            .filter(|cell| *report.tables.get(cell.key) == Cell::Absent)
            .map(|cell| Place::of_cell(edition, cell.key))
            .collect();
        let first = absent.first()?;
        let name = first
            .cell()
            .map(|key| words(edition, key))
            .unwrap_or_default();
        let message = format!(
            "“{}”表有 {} 格没有数，第一格是{name}；请补上，没有发生的填 0。",
            table.title,
            absent.len()
        );
        let others = absent.iter().skip(1).cloned().collect();
        Some(
            FIGURE_MISSING
                .finding(first.clone(), message)
                .with_related(others),
        )
    });
    tables.collect()
}
