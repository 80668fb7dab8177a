//! Shares: 占…%, （…%）, 占比…%, 分别占….

use super::base::{self, Candidate, Scope};
use super::rate::{Fit, Ratio};
use super::terms::{clause, first_chars, has, joined, kin, lead, share_word, trail};
use super::{Spot, Verdict, put};
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::rules::Sink;

/// A share as the sentence puts it, by places among the quantities of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Share {
    percent: usize,
    numerator: usize,
    /// The base where the sentence names it: 占总数1499件的….
    base: Option<usize>,
    /// What it is called a share of: 总数, 全部申请.
    phrase: String,
}

/// How far a share is looked at beside others of its list.
const WINDOW: usize = 24;

/// Words that say that a percentage tells of change, not of a share.
pub(super) const CHANGE: [&str; 24] = [
    "同比",
    "环比",
    "增长",
    "增加",
    "上升",
    "下降",
    "减少",
    "降低",
    "提升",
    "增幅",
    "降幅",
    "压缩",
    "缩减",
    "精简",
    "较上",
    "比上",
    "比去",
    "较去",
    "较20",
    "比20",
    "缩短",
    "压减",
    "提速",
    "提高了",
];

/// Examines the shares of a paragraph and says what came of each.
pub(super) fn examine(
    paragraphs: &[Paragraph],
    at: usize,
    scope: &Scope,
    sink: &mut Sink,
) -> Vec<Verdict> {
    let Some(paragraph) = paragraphs.get(at) else {
        return Vec::new();
    };
    let shares: Vec<Share> = (0..paragraph.quantities.len())
        .filter_map(|percent| share(paragraph, percent))
        .collect();
    let mut bench = Bench {
        paragraphs,
        at,
        paragraph,
        held: Vec::new(),
        verdicts: Vec::new(),
    };
    let mut open = Vec::new();
    for share in &shares {
        if !bench.judge(share, scope, sink) {
            open.push(share);
        }
    }
    bench.of_their_sum(&open, sink);
    bench.verdicts
}

/// The share that a percentage is, if its numerator stands before it.
fn share(paragraph: &Paragraph, percent: usize) -> Option<Share> {
    let quantity = paragraph.quantities.get(percent)?;
    if quantity.sort != Sort::Percent || quantity.value > super::rate::WHOLE {
        return None;
    }
    if !joined(paragraph, percent) {
        return None;
    }
    let gap = lead(paragraph, percent);
    if let Some(found) = respective(paragraph, percent) {
        return Some(found);
    }
    // 占申请总数1499件的86.92%.
    if let Some(numerator) = percent.checked_sub(2)
        && is_count(paragraph, percent - 1)
        && is_count(paragraph, numerator)
        && joined(paragraph, percent - 1)
        && closes_base(gap)
        && let Some(phrase) = phrase_of(lead(paragraph, percent - 1))
    {
        return Some(Share {
            percent,
            numerator,
            base: Some(percent - 1),
            phrase: phrase.to_owned(),
        });
    }
    let numerator = percent.checked_sub(1)?;
    if !is_count(paragraph, numerator) {
        return None;
    }
    let phrase = phrase_of(gap)?;
    // 占总数的10%的…, 50%以上 and the like are shares as well; 占地 and 占用 are none.
    if has(phrase, &CHANGE) || phrase.starts_with(['地', '用', '道']) {
        return None;
    }
    Some(Share {
        percent,
        numerator,
        base: None,
        phrase: phrase.to_owned(),
    })
}

fn is_count(paragraph: &Paragraph, index: usize) -> bool {
    paragraph
        .quantities
        .get(index)
        .is_some_and(|quantity| matches!(quantity.sort, Sort::Count | Sort::Money))
}

/// Whether the words between a base and its percentage say so: 的, 总数的, ）的.
fn closes_base(gap: &str) -> bool {
    let gap = gap.trim_start_matches('）');
    gap.chars().count() <= 10
        && !gap.contains(['，', '；', '、', '（', '：'])
        && (gap.ends_with('的') || gap.ends_with("的比例为") || gap.ends_with("的比重为"))
}

/// What a share is a share of, if the words between numerator and percentage make it one.
fn phrase_of(gap: &str) -> Option<&str> {
    let bare = gap.trim_end_matches(['约', '近', '为', '的', '到', '达']);
    if matches!(
        bare,
        "（" | "（约" | "（占" | "（占比" | "（占比：" | "（比例"
    ) {
        return Some("");
    }
    let cut = gap.rfind('占').or_else(|| {
        ["比例", "比重"]
            .iter()
            .filter_map(|word| gap.rfind(word))
            .next_back()
    })?;
    let before = gap.get(..cut)?;
    let phrase = gap.get(cut..)?.trim_start_matches('占');
    let last = clause(before).trim_start_matches('）');
    let adverb = strip(
        last,
        &[
            "约", "大约", "大概", "共", "均", "合计", "总共", "已", "仅", "只", "所", "总计",
            "分别", "将近", "约共", "其", "申请", "信息", "数量",
        ],
    );
    let head = before.get(..before.len() - last.len())?;
    let head_chars = head.chars().filter(|c| !super::terms::is_mark(*c)).count();
    let direct = head.is_empty() && last.chars().count() <= 8;
    ((adverb.is_empty() || direct) && head_chars <= 12 && phrase.chars().count() <= 24)
        .then_some(phrase)
}

/// A text without the words at its start and end.
fn strip<'a>(mut text: &'a str, words: &[&str]) -> &'a str {
    loop {
        let before = text;
        for word in words {
            text = text.strip_prefix(word).unwrap_or(text);
            text = text.strip_suffix(word).unwrap_or(text);
        }
        if text == before {
            return text;
        }
    }
}

/// `分别为120件、20件、10件，分别占80%、13.3%、6.7%`: the percentages run beside the numbers.
fn respective(paragraph: &Paragraph, percent: usize) -> Option<Share> {
    const LONGEST: usize = 12;
    let sort = |index: usize| paragraph.quantities.get(index).map(|q| q.sort);
    let mut first = percent;
    while percent - first < LONGEST
        && first > 0
        && sort(first - 1) == Some(Sort::Percent)
        && is_joint(lead(paragraph, first))
    {
        first -= 1;
    }
    let gap = lead(paragraph, first);
    let stated = has(gap, &["分别", "各占", "依次"]) && has(gap, &["占", "比例", "比重"]);
    if !stated {
        return None;
    }
    let mut end = first;
    while end - first < LONGEST
        && sort(end + 1) == Some(Sort::Percent)
        && is_joint(lead(paragraph, end + 1))
    {
        end += 1;
    }
    let count = end - first + 1;
    if count < 2 {
        return None;
    }
    let start = first.checked_sub(count)?;
    // As many numbers before as percentages, all alike, and no more of them.
    let one = paragraph.quantities.get(start)?;
    let alike = (start..first).all(|index| {
        is_count(paragraph, index)
            && paragraph
                .quantities
                .get(index)
                .is_some_and(|other| kin(paragraph, one, paragraph, other))
    });
    alike.then(|| Share {
        percent,
        numerator: start + (percent - first),
        base: None,
        phrase: gap
            .rfind('占')
            .and_then(|cut| gap.get(cut..))
            .unwrap_or_default()
            .trim_start_matches('占')
            .to_owned(),
    })
}

fn is_joint(gap: &str) -> bool {
    matches!(gap, "、" | "和" | "，" | "及" | "以及" | "与")
}

struct Bench<'a> {
    paragraphs: &'a [Paragraph],
    at: usize,
    paragraph: &'a Paragraph,
    /// Bases that shares of this paragraph agreed with, and how often.
    held: Vec<(Spot, usize)>,
    verdicts: Vec<Verdict>,
}

impl Bench<'_> {
    fn quantity(&self, spot: Spot) -> Option<&Quantity> {
        self.paragraphs
            .get(spot.paragraph)?
            .quantities
            .get(spot.quantity)
    }

    fn settle(
        &mut self,
        share: &Share,
        base: Option<Spot>,
        ratio: &Ratio,
        fit: Fit,
        note: Option<String>,
        sink: &mut Sink,
    ) {
        let paragraph = self.paragraph;
        let Some(percent) = paragraph.quantities.get(share.percent) else {
            return;
        };
        let from = paragraph
            .quantities
            .get(share.numerator)
            .map_or(percent.span.start, |numerator| numerator.span.start);
        put(paragraph, percent, from, ratio, fit, note, sink);
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
        self.verdicts.push(Verdict {
            percent: share.percent,
            base,
            holds: fit != Fit::Apart,
        });
    }

    /// Judges one share; false when nothing is known that it could be a share of.
    fn judge(&mut self, share: &Share, scope: &Scope, sink: &mut Sink) -> bool {
        let paragraph = self.paragraph;
        let (Some(percent), Some(numerator)) = (
            paragraph.quantities.get(share.percent),
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
            let fit = ratio.fit(percent)?;
            Some((ratio, fit))
        };
        // The sentence names the base.
        if let Some(index) = share.base {
            if let Some(base) = paragraph.quantities.get(index)
                && let Some((ratio, fit)) = fit_of(base)
                && base.is_exact()
                && numerator.is_exact()
                && numerator.value <= base.value
            {
                self.settle(share, Some(here(index)), &ratio, fit, None, sink);
            }
            return true;
        }
        if let Some(spot) = scope.of(here(share.numerator))
            && let Some(base) = self.quantity(spot)
            && let Some((ratio, fit)) = fit_of(base)
            && self
                .paragraphs
                .get(spot.paragraph)
                .is_some_and(|home| kin(paragraph, numerator, home, base))
            && numerator.value <= base.value
            && is_generic(&share.phrase)
        {
            let note = (fit == Fit::Apart)
                .then(|| self.other_base(share, &ratio))
                .flatten();
            self.settle(share, Some(spot), &ratio, fit, note, sink);
            return true;
        }
        let candidates = base::candidates(self.paragraphs, here(share.numerator));
        let primary = self.primary(&candidates, numerator);
        let mut best: Option<(Candidate, Ratio, Fit)> = None;
        let rank = |fit: Fit, first: bool| match (fit, first) {
            (Fit::Rounded, true) => 5,
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
            if rank(fit, first) > score {
                score = rank(fit, first);
                best = Some((*candidate, ratio, fit));
            }
        }
        if let Some((candidate, ratio, fit)) = best {
            let plain = primary.is_some_and(|primary| primary.spot == candidate.spot);
            let note = (!plain).then(|| {
                let base = self.quantity(candidate.spot).map(Quantity::figure);
                format!("以{}为总数", base.unwrap_or_default())
            });
            self.settle(share, Some(candidate.spot), &ratio, fit, note, sink);
            return true;
        }
        if let Some((ratio, note)) = self.of_two(&candidates, numerator, percent) {
            self.settle(share, None, &ratio, Fit::Rounded, Some(note), sink);
            return true;
        }
        let Some(primary) = primary else {
            return false;
        };
        let Some(base) = self.quantity(primary.spot) else {
            return false;
        };
        if !self.is_sure(share, primary, &candidates, numerator, base) {
            return false;
        }
        if let Some((ratio, fit)) = fit_of(base) {
            let note = self.rounded_to_whole(share, &ratio, percent);
            let fit = if note.is_some() { Fit::Truncated } else { fit };
            self.settle(share, Some(primary.spot), &ratio, fit, note, sink);
        }
        true
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
                .verdicts
                .iter()
                .rev()
                .take(WINDOW)
                .any(|verdict| verdict.percent > spot.quantity + 1 && verdict.holds)
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
        if !base.is_exact() || !numerator.is_exact() || primary.spot.paragraph != self.at {
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

    /// A base elsewhere that the share would agree with: worth saying, no excuse.
    fn other_base(&self, share: &Share, wrong: &Ratio) -> Option<String> {
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

    /// A base that is the sum of two numbers: 新收 and 结转.
    fn of_two(
        &self,
        candidates: &[Candidate],
        numerator: &Quantity,
        percent: &Quantity,
    ) -> Option<(Ratio, String)> {
        if percent.step >= crate::quantity::ONE && numerator.value < 20 * crate::quantity::ONE {
            return None;
        }
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
                    &["结转", "上年", "转入", "往年"],
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
    fn rounded_to_whole(&self, share: &Share, ratio: &Ratio, percent: &Quantity) -> Option<String> {
        let expected = ratio.numerator.checked_mul(super::rate::WHOLE)? / ratio.base.max(1);
        if (expected - percent.value).abs() > percent.step + percent.step / 2 {
            return None;
        }
        let mut sum = 0_i128;
        let mut count = 0;
        let window = share.percent.saturating_sub(WINDOW)..share.percent + WINDOW;
        for index in window {
            let Some(quantity) = self.paragraph.quantities.get(index) else {
                continue;
            };
            if quantity.sort == Sort::Percent
                && (index == share.percent || self::share(self.paragraph, index).is_some())
            {
                sum = sum.checked_add(quantity.value)?;
                count += 1;
            }
        }
        (count >= 3 && sum == super::rate::WHOLE)
            .then(|| "尾数似为使各项合计为100%而调整".to_owned())
    }

    /// Shares whose total is not stated: of the sum of their own numbers.
    fn of_their_sum(&mut self, open: &[&Share], sink: &mut Sink) {
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
            self.settle(share, None, ratio, fit, note, sink);
        }
    }
}

/// Whether the words behind 占 name nothing but the whole: 总数的, 全部申请的, 比.
fn is_generic(phrase: &str) -> bool {
    let rest = strip(
        first_chars(phrase, 24),
        &[
            "总",
            "数",
            "量",
            "全部",
            "所有",
            "比",
            "例",
            "重",
            "到",
            "了",
            "的",
            "约",
            "其",
            "中",
            "总体",
            "合计",
            "为",
            "达",
            "申请",
            "全年",
            "本年度",
            "件",
            "率",
            "信息",
            "公开",
            "受理",
            "收到",
            "答复",
            "办结",
            "政府",
            "主动",
            "：",
            "依",
            "本年",
            "年度",
            "当年",
            "以上",
            "回复",
            "处理",
            "已",
        ],
    );
    rest.is_empty()
}
