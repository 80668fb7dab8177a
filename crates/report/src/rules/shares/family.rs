//! Shares of one total looked at together: where all that disagree with the printed total agree with
//! the sum of their own numbers, the total is wrong and not one of them.

use std::collections::BTreeMap;

use super::rate::{Fit, Ratio, WHOLE};
use super::{Blame, Judged, Spot};
use crate::prose::Paragraph;
use crate::quantity::ONE;

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
        let explained = of_their_sum(paragraphs, judged, family);
        if explained.is_empty()
            && let Some(whole) = of_another(paragraphs, judged, family)
        {
            blame_together(judged, family, whole);
        }
        for (at, ratio, fit) in explained {
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

/// A total that stands nowhere and that all shares of a family agree with. Where the text announces
/// the total, and for a few shares without decimals, that is no excuse.
fn of_another(paragraphs: &[Paragraph], judged: &[Judged], family: &[usize]) -> Option<i128> {
    let (mut least, mut most) = (ONE, i128::MAX);
    let mut sharp = family.len() >= 3;
    let mut wrong = 0;
    for one in family.iter().filter_map(|at| judged.get(*at)) {
        let percent = paragraphs.get(one.paragraph)?.quantities.get(one.percent)?;
        let (value, half) = (percent.value, percent.step / 2);
        if one.announced || value <= half {
            return None;
        }
        let part = one.ratio.numerator.checked_mul(WHOLE)?;
        least = least.max(part / (value + half));
        most = most.min(part / (value - half));
        sharp |= percent.step < ONE;
        wrong += usize::from(!one.holds());
    }
    // The greatest whole number that the shares allow.
    let whole = most - most % ONE;
    (sharp && wrong >= 2 && whole >= least).then_some(whole)
}

/// Says it once for a family, and as a warning.
fn blame_together(judged: &mut [Judged], family: &[usize], whole: i128) {
    let mut blame = Blame::Warning;
    for at in family {
        if let Some(one) = judged.get_mut(*at)
            && !one.holds()
        {
            one.blame = blame;
            let whole = crate::decimal::print(whole);
            one.note = Some(format!("各项占比都像是以{whole}为总数算的"));
            blame = Blame::Said;
        }
    }
}
