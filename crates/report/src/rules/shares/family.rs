//! Shares of one total looked at together: where all that disagree with the printed total agree with
//! the sum of their own numbers, the total is wrong and not one of them.

use std::collections::BTreeMap;

use super::rate::{Fit, Ratio};
use super::{Judged, Spot};
use crate::prose::Paragraph;

/// The most shares of one family.
const LONGEST: usize = 64;

/// Judges the shares anew that disagree with their total in company.
pub(super) fn reconsider(paragraphs: &[Paragraph], judged: &mut [Judged]) {
    let mut families: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let wrong = judged.iter().filter(|one| !one.holds());
    for Spot {
        paragraph,
        quantity,
    } in wrong.filter_map(|one| one.base)
    {
        families.entry((paragraph, quantity)).or_default();
    }
    for (at, one) in judged.iter().enumerate() {
        let family = one
            .base
            .and_then(|base| families.get_mut(&(base.paragraph, base.quantity)));
        if let Some(family) = family {
            family.push(at);
        }
    }
    for family in families.values().filter(|family| family.len() <= LONGEST) {
        for (at, ratio, fit) in of_their_sum(paragraphs, judged, family) {
            if let Some(one) = judged.get_mut(at) {
                (one.base, one.ratio, one.fit) = (None, ratio, fit);
                one.note = Some("以各项之和为总数".to_owned());
            }
        }
    }
}

/// The wrong shares of a family with the sum of all its numbers as their base, if that explains every
/// one of them.
fn of_their_sum(
    paragraphs: &[Paragraph],
    judged: &[Judged],
    family: &[usize],
) -> Vec<(usize, Ratio, Fit)> {
    let members = || family.iter().filter_map(|at| Some((*at, judged.get(*at)?)));
    let base = members().fold(0_i128, |sum, (_, one)| {
        sum.saturating_add(one.ratio.numerator)
    });
    let slack = members().map(|(_, one)| one.ratio.numerator_slack).sum();
    let terms: Vec<&str> = members().map(|(_, one)| one.ratio.part()).collect();
    let terms = terms.join("+");
    let mut out = Vec::new();
    for (at, one) in members().filter(|(_, one)| !one.holds()) {
        let percent = paragraphs
            .get(one.paragraph)
            .and_then(|paragraph| paragraph.quantities.get(one.percent));
        let ratio = Ratio {
            base,
            base_slack: slack,
            arithmetic: format!("{}/({terms})", one.ratio.part()),
            ..one.ratio.clone()
        };
        match percent.and_then(|percent| ratio.fit(percent)) {
            Some(Fit::Apart) | None => return Vec::new(),
            Some(fit) => out.push((at, ratio, fit)),
        }
    }
    // A single share agrees with a sum by chance.
    let rounded = out.iter().filter(|(_, _, fit)| *fit == Fit::Rounded);
    if rounded.count() < 2 {
        out.clear();
    }
    out
}
