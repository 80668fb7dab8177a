//! Shares of one total in a row: together they cannot be more than the whole.

use super::rate::{WHOLE, print_percent, stated};
use super::{Judged, SHARES_ABOVE_WHOLE, Spot};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::rules::Sink;

/// A run of shares with one base, over as many paragraphs as the list takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    base: Option<Spot>,
    /// Paragraph and place of each percentage.
    shares: Vec<Spot>,
    /// Whether a share of them is wrong.
    wrong: bool,
    /// Whether a share of them is right.
    right: bool,
    /// The numbers of the shares together, and the base.
    parts: i128,
    whole: i128,
    /// By how much the shares come to less when each wrong one is put right.
    excess: i128,
}

/// The most shares of one run.
const LONGEST: usize = 40;

impl Run {
    /// Takes the shares of a paragraph.
    pub(super) fn take(&mut self, paragraphs: &[Paragraph], found: &[Judged], sink: &mut Sink) {
        for share in found {
            let percent = paragraphs
                .get(share.paragraph)
                .and_then(|paragraph| paragraph.quantities.get(share.percent));
            let Some(percent) = percent else {
                continue;
            };
            let nought = percent.value == 0;
            if share.base.is_none()
                || share.base != self.base
                || (!nought && self.is_full(paragraphs))
            {
                self.settle(paragraphs, sink);
                self.base = share.base;
            }
            if self.base.is_some() && self.shares.len() < LONGEST {
                self.right |= share.holds();
                self.parts = self.parts.saturating_add(share.ratio.numerator);
                self.whole = share.ratio.base;
                if !share.holds() {
                    self.wrong = true;
                    self.excess += percent.value - share.ratio.percent().unwrap_or(0);
                }
                self.shares.push(Spot {
                    paragraph: share.paragraph,
                    quantity: share.percent,
                });
            }
        }
    }

    /// Whether the shares so far make up the whole: what follows divides it in another way.
    fn is_full(&self, paragraphs: &[Paragraph]) -> bool {
        !self.wrong
            && self
                .sum(paragraphs)
                .is_some_and(|(sum, slack)| (sum - WHOLE).abs() <= slack)
    }

    fn sum(&self, paragraphs: &[Paragraph]) -> Option<(i128, i128)> {
        let (mut sum, mut slack) = (0_i128, 0_i128);
        for spot in &self.shares {
            let percent = paragraphs
                .get(spot.paragraph)?
                .quantities
                .get(spot.quantity)?;
            sum = sum.checked_add(percent.value)?;
            slack = slack.checked_add(percent.step / 2)?;
        }
        Some((sum, slack))
    }

    /// Closes the run: reports it if it comes to more than the whole and a share in it was wrong.
    /// Where each share agrees with its own number, one thing was counted under two heads.
    pub(super) fn settle(&mut self, paragraphs: &[Paragraph], sink: &mut Sink) {
        let run = std::mem::take(self);
        let Some((sum, slack)) = run.sum(paragraphs) else {
            return;
        };
        let (Some(first), Some(last)) = (run.shares.first(), run.shares.last()) else {
            return;
        };
        // Where the right shares would come to the whole, those that are wrong were named already.
        // Where some are right and the numbers themselves come to more than the base, one thing has
        // several of the qualities that are listed.
        let shared = run.right && run.parts > run.whole;
        let above = sum > WHOLE + slack && sum - run.excess > WHOLE + slack && !shared;
        let full = (sum - WHOLE).abs() <= slack;
        if run.shares.len() < 2 || !(full || (above && run.wrong)) {
            return;
        }
        let Some(home) = paragraphs.get(last.paragraph) else {
            return;
        };
        let percents = run.shares.iter().filter_map(|spot| {
            let paragraph = paragraphs.get(spot.paragraph)?;
            Some(stated(paragraph, paragraph.quantities.get(spot.quantity)?))
        });
        let arithmetic = percents
            .map(|percent| percent.trim_end_matches('%').to_owned())
            .collect::<Vec<_>>()
            .join("+");
        let span = |spot: &Spot| {
            home.quantities
                .get(spot.quantity)
                .map(|percent| percent.span.clone())
        };
        let Some(end) = span(last) else {
            return;
        };
        let start = if first.paragraph == last.paragraph {
            span(first).map_or(end.start, |first| first.start)
        } else {
            end.start
        };
        let place = home.place(start..end.end);
        let total = print_percent(sum, smallest(paragraphs, &run.shares));
        let mut checked = Checked::equal(
            CheckedKind::NarrativeRatio,
            full,
            "100%",
            total.clone(),
            &arithmetic,
            place.clone(),
        );
        if full && sum != WHOLE {
            checked.explanation = Some("各项四舍五入的尾差".to_owned());
        }
        sink.examined(checked);
        if above {
            sink.find(
                SHARES_ABOVE_WHOLE
                    .finding(
                        place,
                        format!(
                            "同一总数的各项占比相加为{total}，超过100%；请核对各项占比以哪个数为总数"
                        ),
                    )
                    .with_figures("100%", total, arithmetic),
            );
        }
    }
}

/// The finest digit that one of the shares shows.
fn smallest(paragraphs: &[Paragraph], shares: &[Spot]) -> i128 {
    shares
        .iter()
        .filter_map(|spot| {
            let percent = paragraphs
                .get(spot.paragraph)?
                .quantities
                .get(spot.quantity)?;
            Some(percent.step)
        })
        .min()
        .unwrap_or(WHOLE)
}
