//! Figures of the tables among themselves: the identities of the form.

use super::Sink;
use crate::identities::check_identities;
use crate::reading::Reading;

/// Examines every identity, with the places of the source.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let (mut findings, mut checked) = check_identities(&reading.report);
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
