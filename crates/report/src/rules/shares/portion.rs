//! Shares: 占…%, （…%）, 占比…%, 分别占….

use super::base::{self, Candidate, Scope};
use super::phrase::{Share, is_generic, share};
use super::rate::{Fit, Ratio};
use super::terms::{kin, lead, share_word, trail};
use super::{Blame, Judged, Spot};
use crate::model::Report;
use crate::prose::Paragraph;
use crate::quantity::{Bound, ONE, Quantity};
use crate::reading::Reading;
use crate::words::{has, last_chars, words};
use std::collections::BTreeMap;

/// How far a share is looked at beside others of its list.
pub(super) const WINDOW: usize = 24;

/// Examines the shares of a paragraph and says what came of each.
pub(super) fn examine(reading: &Reading, at: usize, scope: &Scope) -> Vec<Judged> {
    let paragraphs = &reading.prose.paragraphs;
    let Some(paragraph) = paragraphs.get(at) else {
        return Vec::new();
    };
    let shares: Vec<Share> = (0..paragraph.quantities.len())
        .filter_map(|percent| share(paragraph, percent))
        .collect();
    let mut bench = Bench {
        report: &reading.report,
        paragraphs,
        at,
        paragraph,
        held: Vec::new(),
        judged: Vec::new(),
    };
    let mut open = Vec::new();
    for share in &shares {
        if !bench.judge(share, scope) {
            open.push(share);
        }
    }
    bench.moved(&mut open);
    bench.beside(&shares, &mut open);
    bench.of_their_sum(&open);
    bench.judged.sort_by_key(|one| one.percent);
    bench.judged
}

pub(super) struct Bench<'a> {
    pub(super) report: &'a Report,
    pub(super) paragraphs: &'a [Paragraph],
    pub(super) at: usize,
    pub(super) paragraph: &'a Paragraph,
    /// Bases that shares of this paragraph agreed with, and how often.
    pub(super) held: Vec<(Spot, usize)>,
    judged: Vec<Judged>,
}

impl Bench<'_> {
    pub(super) fn quantity(&self, spot: Spot) -> Option<&Quantity> {
        self.paragraphs
            .get(spot.paragraph)?
            .quantities
            .get(spot.quantity)
    }

    /// The percentage of a share; 约占 makes it an approximate one.
    fn percent(&self, share: &Share) -> Option<Quantity> {
        let percent = self.paragraph.quantities.get(share.percent)?;
        let words = lead(self.paragraph, share.percent);
        let about = words
            .rfind('占')
            .and_then(|at| words.get(..at))
            .is_some_and(|before| last_chars(before, 2).contains('约'));
        let bound = if about && percent.is_exact() {
            Bound::About
        } else {
            percent.bound
        };
        Some(Quantity {
            bound,
            ..percent.clone()
        })
    }

    pub(super) fn settle(
        &mut self,
        share: &Share,
        base: Option<Spot>,
        ratio: &Ratio,
        fit: Fit,
        note: Option<String>,
    ) {
        let paragraph = self.paragraph;
        let Some(percent) = paragraph.quantities.get(share.percent) else {
            return;
        };
        let from = paragraph
            .quantities
            .get(share.numerator)
            .map_or(percent.span.start, |numerator| numerator.span.start);
        if let Some(spot) = base
            && fit != Fit::Apart
        {
            let room = self.held.len() < WINDOW;
            match self.held.iter_mut().find(|(held, _)| *held == spot) {
                Some((_, count)) => *count += 1,
                None if room => self.held.push((spot, 1)),
                None => {}
            }
        }
        self.judged.push(Judged {
            paragraph: self.at,
            percent: share.percent,
            from,
            base,
            ratio: ratio.clone(),
            fit,
            note,
            announced: false,
            blame: Blame::Error,
        });
    }

    /// The base that each judged share was held against, and its value, by the place of the share.
    pub(super) fn bases_held(&self) -> BTreeMap<usize, (Option<Spot>, i128)> {
        let judged = self.judged.iter();
        judged
            .map(|one| (one.percent, (one.base, one.ratio.base)))
            .collect()
    }

    /// Judges one share; false when nothing is known that it could be a share of.
    fn judge(&mut self, share: &Share, scope: &Scope) -> bool {
        let paragraph = self.paragraph;
        let (Some(percent), Some(numerator)) = (
            self.percent(share),
            paragraph.quantities.get(share.numerator),
        ) else {
            return true;
        };
        let here = |quantity: usize| Spot {
            paragraph: self.at,
            quantity,
        };
        let fit_of = |base: &Quantity| {
            let ratio = Ratio::of(numerator, base)?;
            let fit = ratio.fit(&percent)?;
            Some((ratio, fit))
        };
        // The sentence names the base.
        if let Some(index) = share.base {
            if let Some(base) = paragraph.quantities.get(index)
                && let Some((ratio, fit)) = fit_of(base)
                && base.is_exact()
                && numerator.is_exact()
                && (numerator.value <= base.value || percent.value > super::rate::WHOLE)
            {
                self.settle(share, Some(here(index)), &ratio, fit, None);
            }
            return true;
        }
        let candidates = base::candidates(self.paragraphs, here(share.numerator));
        if share.second {
            self.second(share, &candidates, &percent, numerator);
            return true;
        }
        if self.announced(share, scope, &candidates) {
            return true;
        }
        let primary = self.primary(&candidates, numerator);
        let mut best: Option<(Candidate, Ratio, Fit)> = None;
        // Another total of the paragraph that gives the share to the digit speaks against a plain one
        // that gives it cut off.
        let rank = |fit: Fit, first: bool, total: bool| match (fit, first) {
            (Fit::Rounded, true) => 6,
            (Fit::Rounded, false) if total && percent.step < ONE => 5,
            (Fit::Truncated | Fit::Loose | Fit::Within, true) => 4,
            (Fit::Rounded, false) => 3,
            (Fit::Within | Fit::Truncated, false) => 2,
            (Fit::Loose, false) => 1,
            (Fit::Apart, _) => 0,
        };
        let mut score = 0;
        for candidate in primary.iter().chain(&candidates) {
            let Some(base) = self.quantity(candidate.spot) else {
                continue;
            };
            let Some((ratio, fit)) = fit_of(base) else {
                continue;
            };
            let first = primary.is_some_and(|primary| primary.spot == candidate.spot);
            let total = candidate.spot.paragraph == self.at && (candidate.total || candidate.opens);
            if rank(fit, first, total) > score {
                score = rank(fit, first, total);
                best = Some((*candidate, ratio, fit));
            }
        }
        if let Some((candidate, ratio, fit)) = best {
            let first = primary.is_some_and(|primary| primary.spot == candidate.spot);
            let note = (!first).then(|| {
                let base = self.quantity(candidate.spot).map(Quantity::figure);
                format!("以{}为总数", base.unwrap_or_default())
            });
            self.settle(share, Some(candidate.spot), &ratio, fit, note);
            return true;
        }
        let Some(plain) = paragraph.quantities.get(share.percent) else {
            return true;
        };
        if let Some((ratio, note)) = self
            .of_two(&candidates, numerator, plain)
            .or_else(|| self.of_later(share, numerator, plain))
            .or_else(|| self.of_others(share, &candidates, plain))
            .or_else(|| self.of_tables(numerator, plain))
        {
            self.settle(share, None, &ratio, Fit::Rounded, Some(note));
            return true;
        }
        if let Some((spot, ratio, note)) = self.of_far(numerator, plain) {
            self.settle(share, Some(spot), &ratio, Fit::Rounded, Some(note));
            return true;
        }
        let Some(primary) = primary else {
            return false;
        };
        let Some(base) = self.quantity(primary.spot) else {
            return false;
        };
        // 答复80件（100%） is a rate of its own.
        if share.phrase.is_empty() && percent.value == super::rate::WHOLE {
            return true;
        }
        let Some((ratio, fit)) = fit_of(base) else {
            return true;
        };
        if let Some(note) = self.rounded_to_whole(share, &ratio, &percent) {
            self.settle(
                share,
                Some(primary.spot),
                &ratio,
                Fit::Truncated,
                Some(note),
            );
            return true;
        }
        if !self.is_sure(share, primary, &candidates, numerator, base) {
            return false;
        }
        self.settle(share, Some(primary.spot), &ratio, fit, None);
        true
    }

    /// Judges the second share of a number, which is of the total: of one that gives it to the digit, or
    /// of that of the shares before.
    fn second(
        &mut self,
        share: &Share,
        candidates: &[Candidate],
        percent: &Quantity,
        numerator: &Quantity,
    ) {
        let of = |spot: Spot| {
            let ratio = Ratio::of(numerator, self.quantity(spot)?)?;
            Some((ratio.fit(percent)?, ratio))
        };
        let found = candidates
            .iter()
            .filter_map(|candidate| of(candidate.spot))
            .find(|(fit, _)| *fit == Fit::Rounded);
        let held = self.held.iter().filter(|(_, count)| *count >= 2);
        let held = held.max_by_key(|(_, count)| *count);
        if let Some((fit, ratio)) = found.or_else(|| held.and_then(|(spot, _)| of(*spot))) {
            self.settle(share, None, &ratio, fit, None);
        }
    }

    /// Judges a share by the base that was announced for it, unless a list with a total of its own has
    /// begun since.
    fn announced(&mut self, share: &Share, scope: &Scope, candidates: &[Candidate]) -> bool {
        let paragraph = self.paragraph;
        let (Some(percent), Some(numerator)) = (
            self.percent(share),
            paragraph.quantities.get(share.numerator),
        ) else {
            return false;
        };
        let spot = Spot {
            paragraph: self.at,
            quantity: share.numerator,
        };
        let mut tried = Vec::new();
        let announced: Vec<Spot> = scope.of(spot).collect();
        for base_spot in announced.iter().copied() {
            let (Some(base), Some(home)) = (
                self.quantity(base_spot),
                self.paragraphs.get(base_spot.paragraph),
            ) else {
                continue;
            };
            let superseded = candidates.iter().any(|candidate| {
                candidate.spot.paragraph == self.at
                    && (candidate.opens || candidate.total)
                    && !announced.contains(&candidate.spot)
                    && (base_spot.paragraph != self.at
                        || candidate.spot.quantity > base_spot.quantity)
            });
            if superseded || numerator.value > base.value || !kin(paragraph, numerator, home, base)
            {
                continue;
            }
            if let Some(ratio) = Ratio::of(numerator, base)
                && let Some(fit) = ratio.fit(&percent)
            {
                tried.push((base_spot, ratio, fit));
            }
        }
        let last = tried.first().filter(|(_, _, fit)| *fit != Fit::Apart);
        let found = last
            .or_else(|| tried.iter().find(|(_, _, fit)| *fit == Fit::Rounded))
            .or_else(|| {
                tried
                    .first()
                    .filter(|(spot, ..)| self.is_named(share, *spot))
            });
        let Some((spot, ratio, fit)) = found.cloned() else {
            return false;
        };
        let plain = tried.first().is_some_and(|(first, _, _)| *first == spot);
        let note = match fit {
            Fit::Apart => self.other_base(share, &ratio),
            _ if plain => None,
            _ => Some(format!("以{}为总数", crate::decimal::print(ratio.base))),
        };
        self.settle(share, Some(spot), &ratio, fit, note);
        if let Some(one) = self.judged.last_mut() {
            one.announced = true;
        }
        true
    }

    /// Whether a share is said to be of an announced base: 占总数的, or 占来信的 behind 来信603件中.
    fn is_named(&self, share: &Share, base: Spot) -> bool {
        let home = self.paragraphs.get(base.paragraph);
        is_generic(&share.phrase)
            || home.is_some_and(|home| {
                let words = super::terms::clause(lead(home, base.quantity));
                let named = share.phrase.trim_end_matches(['的', '约']);
                !named.is_empty() && words == named
            })
    }

    /// The base that the text makes the plain one: that of the shares before, else the nearest number
    /// behind which a list opens.
    fn primary(&self, candidates: &[Candidate], numerator: &Quantity) -> Option<Candidate> {
        let listed = candidates
            .iter()
            .find(|candidate| candidate.opens && candidate.spot.paragraph == self.at);
        let held = self
            .held
            .iter()
            .filter(|(spot, _)| {
                self.quantity(*spot)
                    .is_some_and(|base| base.value >= numerator.value)
                    && listed.is_none_or(|listed| {
                        spot.paragraph < listed.spot.paragraph
                            || spot.quantity >= listed.spot.quantity
                            || self.held_after(listed.spot)
                    })
            })
            .max_by_key(|(_, count)| *count)
            .map(|(spot, _)| *spot);
        if let Some(spot) = held {
            return candidates
                .iter()
                .find(|candidate| candidate.spot == spot)
                .copied();
        }
        listed
            .or_else(|| {
                candidates
                    .iter()
                    .find(|candidate| candidate.total && candidate.spot.paragraph == self.at)
            })
            .or_else(|| candidates.first())
            .copied()
    }

    /// Whether a share was already judged behind a place: then a list that opened there went on.
    fn held_after(&self, spot: Spot) -> bool {
        spot.paragraph == self.at
            && self
                .judged
                .iter()
                .rev()
                .take(WINDOW)
                .any(|one| one.percent > spot.quantity + 1 && one.holds())
    }

    /// Whether the base is beyond doubt, so that a share of it may be called wrong.
    fn is_sure(
        &self,
        share: &Share,
        primary: Candidate,
        candidates: &[Candidate],
        numerator: &Quantity,
        base: &Quantity,
    ) -> bool {
        if !base.is_exact()
            || !numerator.is_exact()
            || primary.spot.paragraph != self.at
            || self.is_beside(share, primary)
        {
            return false;
        }
        let held = self.held.iter().any(|(spot, _)| *spot == primary.spot);
        let listed = primary.opens && primary.total;
        let only = candidates
            .iter()
            .filter(|candidate| candidate.spot.paragraph == self.at)
            .count()
            == 1;
        let named = is_generic(&share.phrase)
            || share_word(&share.phrase, lead(self.paragraph, primary.spot.quantity))
            || share_word(&share.phrase, trail(self.paragraph, primary.spot.quantity));
        let total = only && (primary.total || primary.opens);
        (held || listed || total) && named
    }

    /// Whether a number stands beside its supposed base, 网站公开320条，公众号公开180条: both did the
    /// same, and nothing calls the first one all there is.
    fn is_beside(&self, share: &Share, base: Candidate) -> bool {
        let (one, two) = (
            lead(self.paragraph, base.spot.quantity),
            lead(self.paragraph, share.numerator),
        );
        !two.contains("其中")
            && !has(
                one,
                words!["共", "总", "合计", "累计", "全年", "本年", "全部"],
            )
            && ["公开", "发布", "受理", "收到", "办理", "办结", "答复"]
                .iter()
                .any(|verb| one.contains(verb) && two.contains(verb))
    }
}
