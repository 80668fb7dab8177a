//! Figures of the tables among themselves: the identities of the form.

use statute::editions::Level;

use super::{Rule, Sink};
use crate::identities::check_identities;
use crate::model::Cell;
use crate::reading::Reading;

/// A figure that cannot stand in its cell.
pub(crate) const FIGURE_NOT_COUNT: Rule = Rule {
    name: "figure-not-count",
    code: "T190",
    level: Level::Error,
    summary: "单元格填的不是能填在这里的数",
    english: "a cell holds what cannot be a figure there",
    article: Some("条例 §50"),
    page: include_str!("pages/figure-not-count.md"),
};

/// The identities of the forms are rules as well; they are data of `statute::editions`.
pub(super) const RULES: &[&Rule] = &[&FIGURE_NOT_COUNT];

/// Examines every identity, with the places of the source.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let (mut findings, mut checked) = check_identities(&reading.report);
    // What reading could not make out it has said itself (cell-unreadable).
    findings.retain(|finding| {
        let unread = finding.place.cell().is_some_and(|key| {
            let cell = reading.report.tables.get(key);
            matches!(cell, Cell::Unreadable(_)) && reading.cells.get(key).is_some()
        });
        finding.rule != FIGURE_NOT_COUNT.name || !unread
    });
    let located = |place: &mut crate::finding::Place| {
        if let Some(key) = place.cell() {
            *place = reading.cell_place(key);
        }
    };
    for finding in &mut findings {
        located(&mut finding.place);
        finding.related.iter_mut().for_each(located);
    }
    for relation in &mut checked {
        located(&mut relation.place);
    }
    sink.findings.extend(findings);
    sink.checked.extend(checked);
}
