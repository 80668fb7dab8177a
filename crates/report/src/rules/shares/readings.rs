//! Readings that make a share agree, tried before it is called wrong.

use super::Spot;
use super::base::{Candidate, is_total};
use super::phrase::{self, Share};
use super::portion::{Bench, WINDOW};
use super::rate::{Fit, Ratio};
use super::terms::{kin, lead};
use crate::quantity::{ONE, Quantity, Sort};
use crate::words::{has, words};
use statute::editions::CellKey;

/// How many paragraphs and quantities back a total is looked for.
const FAR: usize = 30;
const FAR_QUANTITIES: usize = 120;

/// Cells whose sum is a total of requests.
const TOTALS: [&[(&str, &str, &str)]; 6] = [
    &[("t3", "new", "total")],
    &[("t3", "new", "total"), ("t3", "carried_in", "total")],
    &[("t3", "result_total", "total")],
    &[("stats2014", "C1", CellKey::VALUE)],
    &[("stats2014", "C2", CellKey::VALUE)],
    &[("stats2014", "C3", CellKey::VALUE)],
];

impl Bench<'_> {
    /// A base elsewhere that the share would agree with: worth saying, no excuse.
    pub(super) fn other_base(&self, share: &Share, wrong: &Ratio) -> Option<String> {
        let paragraph = self.paragraph;
        let percent = paragraph.quantities.get(share.percent)?;
        let numerator = paragraph.quantities.get(share.numerator)?;
        let here = Spot {
            paragraph: self.at,
            quantity: share.numerator,
        };
        // The paragraph that announced the base may stand some paragraphs back.
        for back in 0..=8 {
            let at = self.at.checked_sub(back)?;
            let origin = if back == 0 {
                here
            } else {
                Spot {
                    paragraph: at,
                    quantity: self.paragraphs.get(at)?.quantities.len(),
                }
            };
            let home = self.paragraphs.get(origin.paragraph)?;
            if home.chapter != paragraph.chapter {
                return None;
            }
            for base in home.quantities.iter().take(origin.quantity.min(64)) {
                if base.value != wrong.base
                    && base.value >= numerator.value
                    && kin(paragraph, numerator, home, base)
                    && Ratio::of(numerator, base)?.fit(percent)? == Fit::Rounded
                {
                    return Some(format!("原数像是以{}为总数算的", base.figure()));
                }
            }
        }
        None
    }

    /// A numerator that is the sum of the numbers joined right before, 专职3人、兼职6人，占20%, or,
    /// where the decimals leave no doubt, a number further back.
    pub(super) fn of_others(
        &self,
        share: &Share,
        candidates: &[Candidate],
        percent: &Quantity,
    ) -> Option<(Ratio, String)> {
        let paragraph = self.paragraph;
        let last = paragraph.quantities.get(share.numerator)?;
        let (mut sum, mut terms) = (last.value, vec![last.figure()]);
        let mut run = true;
        for back in 1..=6 {
            let index = share.numerator.checked_sub(back)?;
            let other = paragraph.quantities.get(index)?;
            if !kin(paragraph, last, paragraph, other) {
                run = false;
                continue;
            }
            let joint = lead(paragraph, index + 1);
            run &= joint.starts_with(['、', '和', '及', '，', '与']) && joint.chars().count() <= 16;
            if run {
                sum = sum.checked_add(other.value)?;
                terms.insert(0, other.figure());
            }
            for candidate in candidates {
                let Some(base) = self.quantity(candidate.spot) else {
                    continue;
                };
                let of = |value: i128, figures: &str| {
                    let ratio = Ratio {
                        numerator: value,
                        base: base.value,
                        numerator_slack: 0,
                        base_slack: 0,
                        arithmetic: format!("{figures}/{}", base.figure()),
                    };
                    let fits = value < base.value && ratio.fit(percent) == Some(Fit::Rounded);
                    fits.then_some(ratio)
                };
                if run
                    && candidate.spot.quantity < index
                    && let Some(ratio) = of(sum, &format!("({})", terms.join("+")))
                {
                    return Some((ratio, "分子为前几项之和".to_owned()));
                }
                if percent.step < ONE
                    && candidate.spot.quantity < index
                    && let Some(ratio) = of(other.value, &other.figure())
                {
                    return Some((ratio, format!("分子为{}", other.figure())));
                }
            }
        }
        None
    }

    /// A total further back in the report, where the decimals leave no doubt.
    pub(super) fn of_far(
        &self,
        numerator: &Quantity,
        percent: &Quantity,
    ) -> Option<(Spot, Ratio, String)> {
        if percent.step >= ONE || numerator.value < 3 * ONE {
            return None;
        }
        let mut left = FAR_QUANTITIES;
        for at in (self.at.saturating_sub(FAR)..self.at).rev() {
            let home = self.paragraphs.get(at)?;
            for (index, base) in home.quantities.iter().enumerate() {
                left = left.checked_sub(1)?;
                if base.value < numerator.value
                    || !kin(self.paragraph, numerator, home, base)
                    || (percent.step * 100 > ONE && !is_total(home, index))
                {
                    continue;
                }
                let ratio = Ratio::of(numerator, base)?;
                if ratio.fit(percent)? == Fit::Rounded {
                    let spot = Spot {
                        paragraph: at,
                        quantity: index,
                    };
                    return Some((spot, ratio, format!("以前文的{}为总数", base.figure())));
                }
            }
        }
        None
    }

    /// A total that stands behind its parts: …，共办结32件.
    pub(super) fn of_later(
        &self,
        share: &Share,
        numerator: &Quantity,
        percent: &Quantity,
    ) -> Option<(Ratio, String)> {
        let paragraph = self.paragraph;
        let later = paragraph.quantities.iter().enumerate();
        later
            .skip(share.percent + 1)
            .take(WINDOW * 2)
            .filter(|(index, base)| {
                base.value >= numerator.value
                    && kin(paragraph, numerator, paragraph, base)
                    && has(lead(paragraph, *index), words!["共", "总", "合计", "累计"])
            })
            .find_map(|(_, base)| {
                let ratio = Ratio::of(numerator, base)?;
                let note = format!("以{}为总数", base.figure());
                (ratio.fit(percent)? == Fit::Rounded).then_some((ratio, note))
            })
    }

    /// A total that stands in the tables: requests received, carried in and answered.
    pub(super) fn of_tables(
        &self,
        numerator: &Quantity,
        percent: &Quantity,
    ) -> Option<(Ratio, String)> {
        let unit = self.paragraph.slice(numerator.unit.clone());
        if !["件", "宗", "份", "条", ""].contains(&unit) || numerator.sort != Sort::Count {
            return None;
        }
        let figure = |(table, row, column): &(&str, &str, &str)| {
            let key = CellKey::find(table, row, column)?;
            Some(self.report.tables.number(key)?.micros())
        };
        TOTALS.iter().find_map(|cells| {
            let base = cells
                .iter()
                .try_fold(0_i128, |sum, cell| sum.checked_add(figure(cell)?))?;
            if base < numerator.value || base <= 0 {
                return None;
            }
            let ratio = Ratio {
                numerator: numerator.value,
                base,
                numerator_slack: 0,
                base_slack: 0,
                arithmetic: format!("{}/{}", numerator.figure(), crate::decimal::print(base)),
            };
            let note = format!("以表中的{}为总数", crate::decimal::print(base));
            (ratio.fit(percent)? == Fit::Rounded).then_some((ratio, note))
        })
    }

    /// A base that is the sum of two numbers: 新收 and 结转.
    pub(super) fn of_two(
        &self,
        candidates: &[Candidate],
        numerator: &Quantity,
        percent: &Quantity,
    ) -> Option<(Ratio, String)> {
        let first = candidates
            .iter()
            .map(|candidate| candidate.spot)
            .rfind(|spot| spot.paragraph == self.at)?;
        let whole = self.quantity(first)?;
        for index in 0..self.paragraph.quantities.len().min(24) {
            let other = self.paragraph.quantities.get(index)?;
            if index == first.quantity
                || !has(
                    lead(self.paragraph, index),
                    words!["结转", "上年", "转入", "往年"],
                )
                || !kin(self.paragraph, whole, self.paragraph, other)
            {
                continue;
            }
            let base = whole.value.checked_add(other.value)?;
            let (one, two) = if index < first.quantity {
                (other, whole)
            } else {
                (whole, other)
            };
            let ratio = Ratio {
                numerator: numerator.value,
                base,
                numerator_slack: 0,
                base_slack: 0,
                arithmetic: format!("{}/({}+{})", numerator.figure(), one.figure(), two.figure()),
            };
            if ratio.fit(percent)? == Fit::Rounded {
                return Some((ratio, "以新收与结转之和为总数".to_owned()));
            }
        }
        None
    }

    /// Whether the last digit was moved by one so that all shares come to 100 %.
    pub(super) fn rounded_to_whole(
        &self,
        share: &Share,
        ratio: &Ratio,
        percent: &Quantity,
    ) -> Option<String> {
        let expected = ratio.percent()?;
        if (expected - percent.value).abs() > percent.step + percent.step / 2 {
            return None;
        }
        let window = share.percent.saturating_sub(WINDOW)..share.percent + WINDOW;
        let percents: Vec<(usize, i128)> = window
            .filter_map(|index| Some((index, self.paragraph.quantities.get(index)?)))
            .filter(|(index, quantity)| {
                quantity.sort == Sort::Percent
                    && (*index == share.percent || phrase::share(self.paragraph, *index).is_some())
            })
            .map(|(index, quantity)| (index, quantity.value))
            .collect();
        // Another list of the paragraph has a whole of its own.
        let own = percents
            .iter()
            .position(|(index, _)| *index == share.percent)?;
        let is_whole = |first: usize| {
            let mut sum = 0_i128;
            percents
                .iter()
                .enumerate()
                .skip(first)
                .any(|(at, (_, value))| {
                    sum = sum.saturating_add(*value);
                    sum == super::rate::WHOLE && at >= own && at - first >= 2
                })
        };
        (0..=own)
            .any(is_whole)
            .then(|| "尾数似为使各项合计为100%而调整".to_owned())
    }

    /// Shares that were moved by one unit, of the total that the others of their paragraph agree with.
    pub(super) fn moved(&mut self, open: &mut Vec<&Share>) {
        let Some((spot, _)) = self.held.iter().max_by_key(|(_, count)| *count).copied() else {
            return;
        };
        open.retain(|share| {
            let ratio = self.quantity(spot).and_then(|base| {
                let numerator = self.paragraph.quantities.get(share.numerator)?;
                Ratio::of(numerator, base)
            });
            let percent = self.paragraph.quantities.get(share.percent);
            let Some((ratio, percent)) = ratio.zip(percent) else {
                return true;
            };
            let note = self.rounded_to_whole(share, &ratio, percent);
            if note.is_some() {
                self.settle(share, Some(spot), &ratio, Fit::Truncated, note.clone());
            }
            note.is_none()
        });
    }

    /// Shares whose total is not stated: of the sum of their own numbers.
    pub(super) fn of_their_sum(&mut self, open: &[&Share]) {
        if open.len() < 2 || open.len() > 24 || !self.held.is_empty() {
            return;
        }
        let paragraph = self.paragraph;
        let numerators: Vec<&Quantity> = open
            .iter()
            .filter_map(|share| paragraph.quantities.get(share.numerator))
            .collect();
        let Some(first) = numerators.first() else {
            return;
        };
        if numerators.len() != open.len()
            || !numerators
                .iter()
                .all(|other| other.is_exact() && kin(paragraph, first, paragraph, other))
        {
            return;
        }
        let sum: Option<i128> = numerators
            .iter()
            .try_fold(0_i128, |sum, next| sum.checked_add(next.value));
        let Some(base) = sum.filter(|sum| *sum > 0) else {
            return;
        };
        let terms: Vec<String> = numerators.iter().map(|next| next.figure()).collect();
        let ratios: Vec<Ratio> = numerators
            .iter()
            .zip(&terms)
            .map(|(numerator, figure)| Ratio {
                numerator: numerator.value,
                base,
                numerator_slack: 0,
                base_slack: 0,
                arithmetic: format!("{figure}/({})", terms.join("+")),
            })
            .collect();
        let fits: Option<Vec<Fit>> = ratios
            .iter()
            .zip(open)
            .map(|(ratio, share)| ratio.fit(paragraph.quantities.get(share.percent)?))
            .collect();
        let Some(fits) = fits else {
            return;
        };
        if fits.iter().any(|fit| *fit != Fit::Rounded) {
            return;
        }
        for ((share, ratio), fit) in open.iter().zip(&ratios).zip(fits) {
            let note = Some("总数未写明，以各项之和为总数".to_owned());
            self.settle(share, None, ratio, fit, note);
        }
    }
}
