//! Shares without their numbers: 咨询类占70.5%，求助类占20%，其他占9.5% make up the whole.

use crate::words::{has, words};
use std::collections::BTreeSet;

use super::rate::{WHOLE, print_percent, stated};
use super::terms::{joined, lead};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::Sort;
use crate::rules::Sink;

/// The most shares of one list.
const LONGEST: usize = 40;

/// Looks for lists of shares that come to the whole; others say nothing, they may be selective.
pub(super) fn examine(paragraph: &Paragraph, shares: &BTreeSet<usize>, sink: &mut Sink) {
    let is_share = |index: usize| {
        let Some(quantity) = paragraph.quantities.get(index) else {
            return false;
        };
        quantity.sort == Sort::Percent
            && quantity.is_exact()
            && quantity.value < WHOLE
            && !shares.contains(&index)
            && !has(lead(paragraph, index), super::phrase::CHANGE)
    };
    let mut next = 0;
    while next < paragraph.quantities.len() {
        let first = next;
        next += 1;
        if !is_share(first) || !has(lead(paragraph, first), words!["占", "比例", "比重"]) {
            continue;
        }
        while next - first < LONGEST && joined(paragraph, next) && is_share(next) {
            next += 1;
        }
        whole(paragraph, first..next, sink);
    }
}

/// Puts the sum of a list of at least three shares, if it is the whole.
fn whole(paragraph: &Paragraph, list: std::ops::Range<usize>, sink: &mut Sink) {
    let Some(percents) = paragraph.quantities.get(list) else {
        return;
    };
    let sum = percents
        .iter()
        .fold(0_i128, |sum, one| sum.saturating_add(one.value));
    let slack: i128 = percents.iter().map(|one| one.step / 2).sum();
    let (Some(first), Some(last)) = (percents.first(), percents.last()) else {
        return;
    };
    if percents.len() < 3 || (sum - WHOLE).abs() > slack {
        return;
    }
    let terms: Vec<String> = percents
        .iter()
        .map(|one| stated(paragraph, one).trim_end_matches('%').to_owned())
        .collect();
    let step = percents.iter().map(|one| one.step).min().unwrap_or(WHOLE);
    let mut checked = Checked::equal(
        CheckedKind::NarrativeRatio,
        true,
        "100%",
        print_percent(sum, step),
        terms.join("+"),
        paragraph.place(first.span.start..last.span.end),
    );
    if sum != WHOLE {
        checked.explanation = Some("各项四舍五入的尾差".to_owned());
    }
    sink.examined(checked);
}
