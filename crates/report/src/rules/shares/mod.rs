//! Shares and rates in sentences: 占…%, N件（…%）, …率…%.
//!
//! A percentage is examined only where its numerator stands right before it, or, for a rate with two
//! decimals, where sums of the listed parts can be tried. Its base is the number that the sentence
//! names, the head of the list, or the only number that makes sense; a percentage for which no base is
//! sure is left alone.

mod base;
mod named;
mod phrase;
mod portion;
#[cfg(test)]
mod properties;
pub(super) mod rate;
mod readings;
pub(super) mod terms;
#[cfg(test)]
pub(super) mod tests;
mod unstated;
mod whole;

use super::{Rule, Sink};
use crate::finding::CheckedKind;
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::reading::Reading;
use rate::{Fit, Ratio};
use statute::editions::Level;

/// A share or rate that neither rounding nor truncation explains.
pub(crate) const SHARE_MISMATCH: Rule = Rule {
    name: "share-mismatch",
    code: "N201",
    level: Level::Error,
    summary: "占比或者比率与正文中的数字不符",
    article: None,
    page: include_str!("../pages/share-mismatch.md"),
};

/// A share that was cut off instead of rounded.
pub(crate) const SHARE_TRUNCATED: Rule = Rule {
    name: "share-truncated",
    code: "N202",
    level: Level::Warning,
    summary: "百分比截去了尾数，没有四舍五入",
    article: None,
    page: include_str!("../pages/share-truncated.md"),
};

/// Shares of one total that come to more than the whole.
pub(crate) const SHARES_ABOVE_WHOLE: Rule = Rule {
    name: "shares-above-whole",
    code: "N203",
    level: Level::Error,
    summary: "同一总数的各项占比相加超过100%",
    article: None,
    page: include_str!("../pages/shares-above-whole.md"),
};

pub(crate) const RULES: &[&Rule] = &[&SHARE_MISMATCH, &SHARE_TRUNCATED, &SHARES_ABOVE_WHOLE];

/// A quantity by its paragraph and its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) paragraph: usize,
    pub(super) quantity: usize,
}

/// Examines every percentage of the text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let paragraphs = &reading.prose.paragraphs;
    let mut scope = base::Scope::default();
    let mut run = whole::Run::default();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        scope.enter(paragraphs, at);
        run.enter(paragraph);
        if !paragraph
            .quantities
            .iter()
            .any(|quantity| quantity.sort == Sort::Percent)
        {
            continue;
        }
        let mut found = portion::examine(reading, at, &scope, sink);
        run.take(paragraphs, at, &found, sink);
        named::examine(paragraph, &mut found, sink);
    }
    run.settle(paragraphs, sink);
}

/// What was found out about one percentage.
#[derive(Debug, Clone)]
struct Verdict {
    /// The percentage, by its place among the quantities of the paragraph.
    percent: usize,
    /// What it is a share of, if that is known.
    base: Option<Spot>,
    /// Whether it agrees.
    holds: bool,
}

/// Puts a relation and, where it is due, a finding.
fn put(
    paragraph: &Paragraph,
    percent: &Quantity,
    from: usize,
    ratio: &Ratio,
    fit: Fit,
    note: Option<String>,
    sink: &mut Sink,
) {
    let (Some(expected), Some(exact)) = (ratio.shown(percent), ratio.exact()) else {
        return;
    };
    let stated = rate::stated(paragraph, percent);
    let start = from.min(percent.span.start);
    let place = paragraph.place(start..percent.span.end);
    let mut checked = rate::relation(
        CheckedKind::NarrativeRatio,
        fit,
        &stated,
        &expected,
        ratio,
        place.clone(),
    );
    if fit != Fit::Apart {
        checked.explanation = match (note.clone(), checked.explanation.take()) {
            (Some(note), Some(why)) => Some(format!("{note}；{why}")),
            (note, why) => note.or(why),
        };
    }
    sink.examined(checked);
    let arithmetic = &ratio.arithmetic;
    let hint = note.map(|note| format!("（{note}）")).unwrap_or_default();
    match fit {
        Fit::Apart => sink.find(
            SHARE_MISMATCH
                .finding(
                    place,
                    format!(
                        "正文写{stated}，而{arithmetic}={exact}，应为{expected}{hint}；请核对分子、总数和百分比"
                    ),
                )
                .with_figures(stated, expected, arithmetic.clone()),
        ),
        Fit::Truncated => sink.find(
            SHARE_TRUNCATED
                .finding(
                    place,
                    format!(
                        "正文写{stated}，{arithmetic}={exact}，四舍五入应为{expected}{hint}；尾数是截去的，建议改为{expected}"
                    ),
                )
                .with_figures(stated, expected, arithmetic.clone()),
        ),
        Fit::Rounded | Fit::Loose | Fit::Within => {}
    }
}
