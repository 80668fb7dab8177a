//! Shares in a list whose other shares agree with one base: of that base they are wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::Spot;
use super::phrase::{Share, is_generic};
use super::portion::Bench;
use super::rate::{Fit, Ratio};
use super::terms::{kin, lead};
use crate::decimal::print;
use crate::prose::Paragraph;
use crate::quantity::Quantity;
use crate::words::{has, words};

/// The longest list that is looked at.
const LONGEST: usize = 40;

impl Bench<'_> {
    /// Judges the shares for which no base was sure by that of the shares beside them.
    pub(super) fn beside(&mut self, shares: &[Share], open: &mut Vec<&Share>) {
        if open.is_empty() {
            return;
        }
        let held = self.bases_held();
        let waiting: BTreeSet<usize> = open.iter().map(|share| share.percent).collect();
        let mut settled = BTreeSet::new();
        for list in shares.chunk_by(|one, next| go_on(self.paragraph, one, next)) {
            let Some(base) = self.base_of(list, &held) else {
                continue;
            };
            for share in list.iter().filter(|share| waiting.contains(&share.percent)) {
                if self.judge_beside(share, &base).is_some() {
                    settled.insert(share.percent);
                }
            }
        }
        open.retain(|share| !settled.contains(&share.percent));
    }

    /// The base that all judged shares of a list were held against: two of them, or one where the
    /// numbers of the list make up the base.
    fn base_of(
        &self,
        list: &[Share],
        held: &BTreeMap<usize, (Option<Spot>, i128)>,
    ) -> Option<Base> {
        if !(2..=LONGEST).contains(&list.len()) {
            return None;
        }
        let numerators = list
            .iter()
            .filter_map(|share| self.paragraph.quantities.get(share.numerator));
        let parts = numerators
            .clone()
            .fold(0_i128, |sum, part| sum.saturating_add(part.value));
        let mut judged = list.iter().filter_map(|share| held.get(&share.percent));
        let (spot, value) = *judged.next()?;
        let mut known = 1;
        for (_, other) in judged {
            known += 1;
            if *other != value {
                return None;
            }
        }
        if parts > value || (known < 2 && parts != value) {
            return None;
        }
        // A base that stands in a table or behind its parts has no number of its own here.
        let quantity = match spot.and_then(|spot| self.quantity(spot)) {
            Some(quantity) => quantity.clone(),
            None => Quantity {
                value,
                ..numerators.clone().next()?.clone()
            },
        };
        quantity.is_exact().then_some(Base {
            spot,
            quantity,
            parts,
        })
    }

    fn judge_beside(&mut self, share: &Share, base: &Base) -> Option<()> {
        let paragraph = self.paragraph;
        let home = base
            .spot
            .and_then(|spot| self.paragraphs.get(spot.paragraph))
            .unwrap_or(paragraph);
        let part = paragraph.quantities.get(share.numerator)?;
        let percent = paragraph.quantities.get(share.percent)?;
        if !part.is_exact() || !percent.is_exact() || !kin(paragraph, part, home, &base.quantity) {
            return None;
        }
        let ratio = Ratio::of(part, &base.quantity)?;
        let fit = ratio.fit(percent)?;
        if fit == Fit::Apart {
            // Where the total itself is wrong, shares may be right of what its parts make.
            let of_sum = Ratio {
                base: base.parts,
                arithmetic: format!("{}/{}", part.figure(), print(base.parts)),
                ..ratio.clone()
            };
            if of_sum.fit(percent)? == Fit::Rounded {
                let note = Some("以各项之和为总数".to_owned());
                self.settle(share, None, &of_sum, Fit::Rounded, note);
                return Some(());
            }
        }
        self.settle(share, base.spot, &ratio, fit, None);
        Some(())
    }
}

/// The base of a list of shares.
struct Base {
    spot: Option<Spot>,
    quantity: Quantity,
    /// The numbers of the list together.
    parts: i128,
}

/// Whether a share stands right behind another in one list and is called a share of the same.
fn go_on(paragraph: &Paragraph, one: &Share, next: &Share) -> bool {
    let adjacent = one.base.is_none()
        && next.base.is_none()
        && !one.second
        && !next.second
        && one.percent == one.numerator + 1
        && next.numerator == one.percent + 1
        && next.percent == next.numerator + 1;
    let between = lead(paragraph, next.numerator);
    adjacent
        && (one.phrase == next.phrase || (is_generic(&one.phrase) && is_generic(&next.phrase)))
        && !has(between, words!["其中", "包括"])
        && between.rfind('（') <= between.rfind('）')
}
