//! Figures stated twice, and words that figures contradict.
//!
//! Two figures are held to be the same quantity only where channel, notion, scope and unit agree;
//! anything weaker is left alone, for reports give many figures of nearly the same things.

mod differ;
pub(super) mod mention;
mod notions;
mod same;
#[cfg(test)]
mod tests;
mod words;

use statute::editions::Level;

use super::{Rule, Sink};
use crate::reading::Reading;
use mention::Mention;

/// One quantity with two figures.
pub(crate) const REPEATED_FIGURE_DIFFERS: Rule = Rule {
    name: "repeated-figure-differs",
    code: "N501",
    level: Level::Warning,
    summary: "同一事项在正文中写了两个不同的数",
    english: "the same quantity is stated as two different figures",
    article: None,
    page: include_str!("../pages/repeated-figure-differs.md"),
};

/// Words that a figure contradicts.
pub(crate) const STATEMENT_CONTRADICTED: Rule = Rule {
    name: "statement-contradicted",
    code: "N502",
    level: Level::Warning,
    summary: "没有附表的报告，正文的表述与所写的数相反",
    english: "a statement in a report without tables contradicts its figures",
    article: None,
    page: include_str!("../pages/statement-contradicted.md"),
};

/// Two notions of the law with one figure.
pub(crate) const NOTIONS_CONFUSED: Rule = Rule {
    name: "notions-confused",
    code: "N503",
    level: Level::Warning,
    summary: "规范性文件与公文的件数相同，可能混用了概念",
    english: "counts of normative and of official documents are the same, perhaps confused",
    article: None,
    page: include_str!("../pages/notions-confused.md"),
};

pub(crate) const RULES: &[&Rule] = &[
    &REPEATED_FIGURE_DIFFERS,
    &STATEMENT_CONTRADICTED,
    &NOTIONS_CONFUSED,
];

/// Examines figures and words that stand in more than one place.
pub(super) fn examine(reading: &Reading, mentions: &[Mention<'_>], sink: &mut Sink) {
    same::examine(mentions, sink);
    let tables = !reading.report.tables.is_empty();
    differ::examine(mentions, tables, sink);
    // Where the tables are there, the words are held against them, and once is enough.
    if !tables {
        words::examine(&reading.prose.paragraphs, mentions, sink);
    }
    notions::examine(mentions, sink);
}

/// The quantities of the running text with the words that say what they are.
pub(super) fn mentions(reading: &Reading) -> Vec<Mention<'_>> {
    reading
        .prose
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| paragraph.heading.is_none())
        .flat_map(|(at, paragraph)| mention::mentions(at, paragraph))
        .collect()
}
