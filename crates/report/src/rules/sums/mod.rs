//! Totals and their parts in sentences, and the balance of applications.

mod balance;
mod far;
mod figures;
mod parts;
#[cfg(test)]
mod tests;
mod within;

use super::{Rule, Sink, splits};
use crate::reading::Reading;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &parts::PARTS_DIFFER_FROM_TOTAL,
    &parts::PART_ABOVE_TOTAL,
    &balance::BALANCE_MISMATCH,
];

/// Examines every total of the text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let splits = splits::find(&reading.prose);
    parts::examine(&reading.prose, &splits, sink);
    let told = told(&splits);
    far::examine(&reading.prose, &told, sink);
    balance::examine(&reading.prose, &splits, sink);
    within::examine(&reading.prose, &told, sink);
}

/// The parts of totals that agree, by paragraph and quantity, in order.
fn told(splits: &[splits::Split]) -> Vec<(usize, usize)> {
    let mut told: Vec<(usize, usize)> = splits
        .iter()
        .filter(|split| matches!(split.agreement, splits::Agreement::Equal(_)))
        .flat_map(|split| &split.parts)
        .map(|part| (part.paragraph, part.quantity))
        .collect();
    told.sort_unstable();
    told
}
