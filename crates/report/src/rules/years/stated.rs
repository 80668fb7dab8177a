//! Last year's figures as this year's text states them: 比上年的48件增长, （2022年为48件）.

use super::bases::{Bases, label};
use super::{LAST_YEAR_GROWTH_MISMATCH, Pair};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::Sort;
use crate::rules::Sink;
use crate::rules::growth::against_base;
use crate::rules::shares::rate;
use crate::rules::shares::terms;

/// A figure of last year that a sentence states, beside the one of this year.
pub(super) struct Named {
    /// The figure of this year.
    current: usize,
    /// The figure of last year.
    base: usize,
}

/// The figures of last year that a paragraph states.
pub(super) fn bases(pair: &Pair<'_>, paragraph: &Paragraph) -> Vec<Named> {
    let Some(year) = pair.previous.report.year else {
        return Vec::new();
    };
    (0..paragraph.quantities.len())
        .filter_map(|at| against_base(paragraph, at))
        .filter(|(current, base)| is_of(paragraph, *current, *base, year))
        .map(|(current, base)| Named { current, base })
        .collect()
}

/// Whether the words between two figures say last year, and no other year.
fn is_of(paragraph: &Paragraph, current: usize, base: usize, year: i16) -> bool {
    let words = terms::lead(paragraph, base);
    if let Some(at) = words.rfind("20") {
        return words
            .get(at..)
            .is_some_and(|rest| rest.starts_with(&format!("{year}年")));
    }
    current < base
        && ["上年", "去年", "上一年", "同期"]
            .iter()
            .any(|word| words.contains(word))
        && !["年初", "年末", "年底"]
            .iter()
            .any(|word| words.contains(word))
}

/// Compares a stated figure of last year with last year's report.
pub(super) fn judge<'a>(
    pair: &Pair<'_>,
    paragraph: &'a Paragraph,
    named: &Named,
    bases: &Bases<'a>,
    sink: &mut Sink,
) {
    let (Some(current), Some(stated)) = (
        paragraph.quantities.get(named.current),
        paragraph.quantities.get(named.base),
    ) else {
        return;
    };
    let label = label(paragraph, named.current);
    let plain = current.is_exact() && stated.is_exact() && stated.sort == Sort::Count;
    if !plain || rate::slack(stated) > 0 || label.chars().count() < 4 {
        return;
    }
    let unit = terms::unit(paragraph, current);
    let Some(base) = bases
        .get(pair, &label, unit, current)
        .filter(|base| base.slack == 0)
    else {
        return;
    };
    let holds = base.value == stated.value;
    let place = paragraph.place(current.span.start..stated.span.end.max(current.span.end));
    let expected = print(base.value);
    sink.examined(Checked::equal(
        CheckedKind::CrossYear,
        holds,
        stated.figure(),
        &*expected,
        &*expected,
        place.clone(),
    ));
    if holds {
        return;
    }
    let message = format!(
        "正文写上年是 {}，而{}报告的同一项是 {expected}；请核对两年的口径和数。",
        stated.figure(),
        pair.last_year()
    );
    sink.find(
        LAST_YEAR_GROWTH_MISMATCH
            .finding(place, message)
            .with_figures(stated.figure(), expected.clone(), expected)
            .with_related(vec![pair.earlier(base.place)]),
    );
}
