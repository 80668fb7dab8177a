//! What the law rules out.

mod phrases;
mod powers;
#[cfg(test)]
mod tests;

use super::{Rule, Sink};
use crate::reading::Reading;

pub(super) const RULES: &[&Rule] = &[
    &powers::RULES_WITHOUT_POWER,
    &phrases::REPEALED_PHRASE,
    &phrases::REPEALED_DEADLINE,
];

/// Examines figures that cannot be by law, and words of the law that was repealed.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    powers::examine(reading, sink);
    phrases::examine(reading, sink);
}
