//! What a report compiled from records lacks, or has too much, for its form.

use statute::editions::Level;

use super::Rule;

/// A figure for which the form has no cell.
pub(crate) const FIGURE_OUTSIDE_FORM: Rule = Rule {
    name: "figure-outside-form",
    code: "S101",
    level: Level::Error,
    summary: "指标有数，报告的格式里却没有这一格",
    english: "an indicator has a figure but the form has no cell for it",
    article: None,
    page: include_str!("pages/figure-outside-form.md"),
};

/// Cells of the form without a figure.
pub(crate) const FIGURE_MISSING: Rule = Rule {
    name: "figure-missing",
    code: "S102",
    level: Level::Warning,
    summary: "由记录生成的报告有单元格没有数",
    english: "a report made from records has cells without a figure",
    article: Some("条例 §50"),
    page: include_str!("pages/figure-missing.md"),
};

pub(super) const RULES: &[&Rule] = &[&FIGURE_OUTSIDE_FORM, &FIGURE_MISSING];
