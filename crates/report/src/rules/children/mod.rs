//! The report of a government against the reports of the units below: every cell must be their sum.

mod cells;
mod hindered;
mod named;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use statute::editions::Level;

use super::rolling_up::CHILD_COUNTED_TWICE;
use super::years::bare;
use super::{Rule, Sink};
use crate::check::Checkup;
use crate::finding::Place;
use crate::reading::Reading;

/// A cell of the government's report that is not the sum of its units'.
pub(crate) const CHILD_SUM_MISMATCH: Rule = Rule {
    name: "child-sum-mismatch",
    code: "R104",
    level: Level::Error,
    summary: "汇总报告的数与下级报告之和不符",
    english: "a figure of the roll-up differs from the sum of the reports from below",
    article: Some("条例 §49"),
    page: include_str!("../pages/child-sum-mismatch.md"),
};

/// Fewer, or more, reports of units than the preamble says were summed.
pub(crate) const CHILD_REPORTS_MISSING: Rule = Rule {
    name: "child-reports-missing",
    code: "R105",
    level: Level::Warning,
    summary: "下级报告的份数与引言所说的汇总范围不符",
    english: "the number of reports from below differs from the scope in the preamble",
    article: Some("条例 §49"),
    page: include_str!("../pages/child-reports-missing.md"),
};

/// A unit's report of another year, or in another form.
pub(crate) const CHILD_NOT_COMPARABLE: Rule = Rule {
    name: "child-not-comparable",
    code: "R106",
    level: Level::Error,
    summary: "下级报告的年度或者格式与汇总报告不同，不能相加",
    english: "a report from below is of another year or form and cannot be added",
    article: None,
    page: include_str!("../pages/child-not-comparable.md"),
};

pub(super) const RULES: &[&Rule] = &[
    &CHILD_SUM_MISMATCH,
    &CHILD_REPORTS_MISSING,
    &CHILD_NOT_COMPARABLE,
];

/// Examines a government's report against those of the units below it. Only figures, unit, year and
/// places of the children are looked at; their text may have been let go.
///
/// A child's absent cell is not nought: it explains a difference, and is named. The parent's own
/// report among the children is left out.
pub fn check_children(parent: &Reading, children: &[Reading]) -> Checkup {
    let mut sink = Sink::default();
    if parent.report.blank || children.is_empty() {
        return sink.settle();
    }
    if parent.report.edition.tables().is_empty() {
        // Nothing that could be a sum; who is missing can be said.
        let others = children.iter().filter(|child| !is_itself(child, parent));
        named::examine(parent, &others.collect::<Vec<_>>(), 0, &mut sink);
        return sink.settle();
    }
    let others: Vec<&Reading> = children
        .iter()
        .filter(|child| !is_itself(child, parent))
        .collect();
    let (mut summed, left_out) = hindered::sort_out(parent, &others, &mut sink);
    let twice = counted_twice(&mut summed, &mut sink);
    let missing = named::examine(parent, &summed, left_out, &mut sink);
    let gap = Gap {
        missing: missing + left_out,
        twice,
        own: summed.iter().any(|child| is_own_level(child, parent)),
    };
    cells::examine(parent, &summed, &gap, &mut sink);
    sink.settle()
}

/// What explains that a parent's figure is not the sum.
struct Gap {
    /// Reports that are not there, or that could not be added.
    missing: usize,
    /// Whether the sum leaves open which of two reports of one unit counts.
    twice: bool,
    /// Whether a report of the parent's own level is among the children.
    own: bool,
}

/// How a child is called in messages.
fn name(child: &Reading) -> String {
    let report = &child.report;
    match &report.unit {
        Some(unit) => unit.clone(),
        None => format!("“{}”", report.source),
    }
}

/// The parent's own report, in the folder of the children as well.
fn is_itself(child: &Reading, parent: &Reading) -> bool {
    let (one, two) = (&child.report, &parent.report);
    one.source == two.source
        || (one.unit == two.unit
            && one.unit.is_some()
            && one.year == two.year
            && one.edition == two.edition
            && one.tables == two.tables)
}

/// A report of the parent's own office, or of its own level apart from the units below.
fn is_own_level(child: &Reading, parent: &Reading) -> bool {
    let (Some(child), Some(parent)) = (&child.report.unit, &parent.report.unit) else {
        return false;
    };
    // 云岭县人民政府办公室 and 云岭县人民政府 are both bare 云岭县.
    bare(child) == bare(parent)
        || ["本级", "政府办公室", "政府办公厅", "政府办"]
            .iter()
            .any(|end| child.ends_with(end))
}

/// Leaves out reports that are given again with the same figures, and names units with two that
/// differ. Answers whether there are such.
fn counted_twice(summed: &mut Vec<&Reading>, sink: &mut Sink) -> bool {
    let mut first: BTreeMap<String, &Reading> = BTreeMap::new();
    let mut differ = false;
    summed.retain(|child| {
        let Some(unit) = &child.report.unit else {
            return true;
        };
        let key: String = unit.split_whitespace().collect();
        let Some(other) = first.get(&key) else {
            first.insert(key, child);
            return true;
        };
        let same = other.report.tables == child.report.tables;
        differ |= !same;
        let message = if same {
            format!("{unit}的报告给了不止一份，数相同，只计入了一份。")
        } else {
            format!(
                "{unit}的报告给了不止一份，数不同，只计入了先给的一份（{}）；请只保留定稿。",
                other.report.source
            )
        };
        let finding = CHILD_COUNTED_TWICE.finding(Place::default(), message);
        sink.find(if same {
            finding.at_level(Level::Info)
        } else {
            finding
        });
        false
    });
    differ
}
