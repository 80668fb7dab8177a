//! Totals and their parts in sentences, and the balance of applications.

mod balance;
mod figures;
mod parts;
#[cfg(test)]
mod tests;
mod within;

use super::{Rule, Sink};
use crate::reading::Reading;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &parts::PARTS_DIFFER_FROM_TOTAL,
    &parts::PART_ABOVE_TOTAL,
    &balance::BALANCE_MISMATCH,
];

/// Examines every total of the text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    parts::examine(&reading.prose, sink);
    balance::examine(&reading.prose, sink);
    within::examine(&reading.prose, sink);
}
