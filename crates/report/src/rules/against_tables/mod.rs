//! Sentences against the cells of the tables.
//!
//! A number in a sentence is compared with a cell only when the words beside it name what the cell
//! counts. Each number has readings in order, the plain one first; a reading that agrees is recorded
//! with its name. What agrees with none is an error only where words and cell mean the same, the
//! sentence speaks of the whole year and of the whole report, and the table agrees with itself.

mod clause;
mod disputes;
mod documents;
mod doubts;
mod figures;
mod outcomes;
mod received;
mod requests;
mod rows;
mod stats;
#[cfg(test)]
mod tests;
mod verdict;

use statute::editions::{Edition, Level};

use super::{Rule, Sink};
use crate::reading::Reading;
use clause::Context;
use doubts::Doubts;
use figures::Figures;
use verdict::Verdicts;

pub(super) const TEXT_DIFFERS_FROM_TABLE: Rule = Rule {
    name: "text-differs-from-table",
    code: "X101",
    level: Level::Error,
    summary: "正文的数字与表中同一项的数字不同",
    english: "a figure in the text differs from the same item in the table",
    article: Some("条例 §50"),
    page: include_str!("../pages/text-differs-from-table.md"),
};

pub(super) const TEXT_UNLIKE_TABLE: Rule = Rule {
    name: "text-unlike-table",
    code: "X102",
    level: Level::Warning,
    summary: "正文的数字与表中相近一项的数字不同，口径或范围可能不同",
    english: "a figure in the text differs from a similar item in the table",
    article: None,
    page: include_str!("../pages/text-unlike-table.md"),
};

pub(super) const TEXT_RECONCILES_WITH_TABLE: Rule = Rule {
    name: "text-reconciles-with-table",
    code: "X103",
    level: Level::Info,
    summary: "正文的数字与表不同，加上表中另一项正好相等",
    english: "a figure in the text equals the table's once another item is added",
    article: None,
    page: include_str!("../pages/text-reconciles-with-table.md"),
};

pub(super) const WORDS_AGAINST_FIGURES: Rule = Rule {
    name: "words-against-figures",
    code: "X104",
    level: Level::Warning,
    summary: "文字说全部办结，数字却有结转",
    english: "the text says that all were closed but figures show some carried over",
    article: None,
    page: include_str!("../pages/words-against-figures.md"),
};

pub(super) const RULES: &[&Rule] = &[
    &TEXT_DIFFERS_FROM_TABLE,
    &TEXT_UNLIKE_TABLE,
    &TEXT_RECONCILES_WITH_TABLE,
    &WORDS_AGAINST_FIGURES,
];

/// Examines every sentence with a number, or with words for none, against the tables.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    if reading.report.blank {
        return;
    }
    let figures = Figures::new(reading, sink);
    let mut context = Context::new(reading);
    let mut doubts = Doubts::default();
    for paragraph in &reading.prose.paragraphs {
        context.enter(paragraph);
        for range in paragraph.sentences() {
            let Some(sentence) = context.sentence(paragraph, range) else {
                continue;
            };
            let mut verdicts = Verdicts::new(&figures, &sentence);
            requests::examine(&sentence, &figures, &mut verdicts);
            disputes::examine(&sentence, &figures, &mut verdicts);
            if reading.report.edition == Edition::Stats2014 {
                stats::examine(&sentence, &figures, &mut verdicts);
                rows::examine(&sentence, &figures, &mut verdicts);
            } else {
                documents::examine(&sentence, &figures, &mut verdicts);
            }
            verdicts.settle(&mut doubts, sink);
            context.leave(&sentence);
        }
    }
    doubts.settle(&figures, sink);
}
