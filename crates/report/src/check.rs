//! Checking a report: every relation is examined, and what does not hold is a finding.

use crate::finding::{Checked, Finding};
use crate::reading::Reading;
use crate::rules;

/// What checking one report gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkup {
    /// What is wrong, or worth knowing, in the order of the report.
    pub findings: Vec<Finding>,
    /// Every relation that was examined, once, also those that hold.
    pub checked: Vec<Checked>,
}

/// Examines one report by itself.
pub fn check(reading: &Reading) -> Checkup {
    let mut sink = rules::Sink::default();
    sink.findings
        .extend(reading.report.findings.iter().cloned());
    rules::examine(reading, &mut sink);
    sink.settle()
}
