//! What stands in the way of summing the reports of the units below.

use statute::editions::Level;

use super::Rule;

/// Cells that the report of a unit below has no figure for.
pub(crate) const CHILD_FIGURE_MISSING: Rule = Rule {
    name: "child-figure-missing",
    code: "R101",
    level: Level::Warning,
    summary: "下级报告有单元格没有数，汇总没有计入",
    english: "a report from below lacks a figure, and the roll-up leaves it out",
    article: None,
    page: include_str!("pages/child-figure-missing.md"),
};

/// Cells of a unit below that hold something that is no figure.
pub(crate) const CHILD_FIGURE_UNREADABLE: Rule = Rule {
    name: "child-figure-unreadable",
    code: "R102",
    level: Level::Error,
    summary: "下级报告有单元格填的不是数，汇总无法相加",
    english: "a report from below has a cell that is no number and cannot be added",
    article: None,
    page: include_str!("pages/child-figure-unreadable.md"),
};

/// A unit whose report was given more than once.
pub(crate) const CHILD_COUNTED_TWICE: Rule = Rule {
    name: "child-counted-twice",
    code: "R103",
    level: Level::Error,
    summary: "同一单位的报告在汇总中出现不止一次",
    english: "a unit is counted more than once in the roll-up",
    article: None,
    page: include_str!("pages/child-counted-twice.md"),
};

pub(super) const RULES: &[&Rule] = &[
    &CHILD_FIGURE_MISSING,
    &CHILD_FIGURE_UNREADABLE,
    &CHILD_COUNTED_TWICE,
];
