//! Rates by name: 进驻率, 办结率, 公开率.

use crate::words::{WordSet, first_chars, has, last_chars, words};
use std::collections::BTreeSet;

use super::rate::{Fit, Ratio, WHOLE};
use super::terms::{clause, is_mark, joined, kin, lead, share_word, trail};
use super::{phrase, put, turned, unstated};
use crate::prose::Paragraph;
use crate::quantity::{ONE, Quantity, Sort};
use crate::rules::Sink;

/// Rates that are asked of people or measured, not counted from the figures of a report.
const MEASURED: &WordSet = words![
    "满意", "知晓", "好评", "支持", "评价", "认可", "覆盖", "达标", "准确", "差评", "信任", "参与",
    "普及", "转化",
];

/// The most quantities looked at before a rate.
const BACK: usize = 8;
/// The most rates of one paragraph for which sums of parts are tried.
const SEARCHES: usize = 8;

/// Examines the rates of a paragraph that were not already taken as shares.
pub(super) fn examine(paragraph: &Paragraph, shares: &BTreeSet<usize>, sink: &mut Sink) {
    let mut searches = SEARCHES;
    for (index, percent) in paragraph.quantities.iter().enumerate() {
        if percent.sort != Sort::Percent || shares.contains(&index) {
            continue;
        }
        if let Some(name) = name(paragraph, index) {
            if rate(paragraph, index, percent, name, sink).is_none() && searches > 0 {
                searches -= 1;
                unstated::examine(paragraph, index, percent, name, sink);
            }
        } else if of_matters(paragraph, index, percent, sink).is_none() {
            by_noun(paragraph, index, percent, sink);
        }
    }
}

/// The name of the rate that stands before its figure: 进驻率 in `进驻率达到`, and of the second figure
/// 满意率 in `办结率和满意率分别达到`.
fn name(paragraph: &Paragraph, index: usize) -> Option<&str> {
    let (first, count) = phrase::run(paragraph, index);
    let text = lead(paragraph, first).trim_end_matches(['：', '“']);
    let text = without_copula(text).trim_end_matches('”');
    let named = match text
        .strip_suffix("分别")
        .or_else(|| text.strip_suffix("均"))
    {
        Some(list) if count > 1 => {
            let names: Vec<&str> = list
                .rsplitn(count + 1, ['、', '和', '及', '与', '，'])
                .collect();
            let at = (count + first).checked_sub(index + 1)?;
            names.get(at).copied().filter(|_| names.len() >= count)?
        }
        _ => clause(without_copula(
            clause(lead(paragraph, index)).trim_end_matches(['：', '“', '”']),
        )),
    };
    let is_rate = named.ends_with('率') || named.ends_with("占比");
    (is_rate && !has(named, phrase::CHANGE)).then_some(named)
}

fn without_copula(mut text: &str) -> &str {
    const COPULAS: [&str; 12] = [
        "达到了",
        "达到",
        "高达",
        "已达",
        "约为",
        "仅为",
        "达",
        "为",
        "是",
        "约",
        "到",
        "超过",
    ];
    while let Some(rest) = COPULAS.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest;
    }
    text
}

/// Judges a rate; none when nothing is known that it could be taken of.
fn rate(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    name: &str,
    sink: &mut Sink,
) -> Option<bool> {
    if let Some(holds) = turned::planned(paragraph, index, percent, sink) {
        return Some(holds);
    }
    if percent.value > WHOLE {
        return None;
    }
    let stem = last_chars(name.trim_end_matches('率'), 8);
    let measured = is_measured(stem);
    let place = |at: usize| paragraph.quantities.get(at);
    let adjacent = index
        .checked_sub(2)
        .filter(|_| joined(paragraph, index) && joined(paragraph, index - 1))
        .and_then(|base| Some((base, place(base)?, place(index - 1)?)))
        .filter(|(_, base, part)| kin(paragraph, part, paragraph, base));
    if let Some((base_at, base, part)) = adjacent {
        let from = base.span.start;
        let related = names(stem, label(paragraph, index - 1))
            || names(stem, noun_behind(paragraph, index - 1));
        let inverse = names(stem, label(paragraph, base_at))
            && has(label(paragraph, index - 1), words!["应", "需", "共", "总"]);
        let plain = Ratio::of(part, base).and_then(|ratio| Some((ratio.fit(percent)?, ratio)));
        let turned = Ratio::of(base, part).and_then(|ratio| Some((ratio.fit(percent)?, ratio)));
        // 已进驻73项，应进驻78项: the whole may stand last.
        if base.value < part.value || inverse {
            if let Some((fit, ratio)) = turned
                && fit != Fit::Apart
                && base.value <= part.value
                && (related || inverse)
            {
                put(paragraph, percent, from, &ratio, fit, None, sink);
                return Some(true);
            }
        } else if let Some((fit, ratio)) = plain {
            // Two numbers right before the rate that give it to the digit are its terms.
            let exact = fit == Fit::Rounded && percent.value < WHOLE;
            let telling = related || (!measured && (percent.step < ONE || exact));
            if fit != Fit::Apart && telling {
                put(paragraph, percent, from, &ratio, fit, None, sink);
                return Some(true);
            }
            if let Some((ratio, note)) = of_run(paragraph, index, percent) {
                put(
                    paragraph,
                    percent,
                    from,
                    &ratio,
                    Fit::Rounded,
                    Some(note),
                    sink,
                );
                return Some(true);
            }
            // Where the whole did it as well, 公开信息40条，其中公开公文2条，公开率100%, the rate is of
            // something else.
            let due = has(
                label(paragraph, base_at),
                words!["应", "需", "拟", "计划", "待"],
            );
            if does(paragraph, index - 1, stem)
                && (due || !does(paragraph, base_at, stem))
                && !measured
                && !is_beside(paragraph, index - 1)
                && base.is_exact()
                && part.is_exact()
                && percent.is_exact()
                && !percent.words
                && !excused(paragraph, stem, percent)
                && of_these(paragraph, [base_at, index - 1], stem)
                && !has(lead(paragraph, index), words!["均", "平均"])
                && elsewhere(paragraph, index, percent, stem, sink).is_none()
            {
                put(paragraph, percent, from, &ratio, Fit::Apart, None, sink);
                return Some(false);
            }
        }
    }
    if let Some(holds) = turned::examine(paragraph, index, percent, stem, sink) {
        return Some(holds);
    }
    elsewhere(paragraph, index, percent, stem, sink)
        .or_else(|| of_the_only(paragraph, index, percent, stem, sink))
}

/// `收到留言140条，平均3个工作日办结，公开答复90条，公开率64.3%`: the number right before says what the
/// rate does, and all others of its kind in the sentence are one and the same.
fn of_the_only(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    stem: &str,
    sink: &mut Sink,
) -> Option<bool> {
    let part_at = index.checked_sub(1)?;
    let part = paragraph.quantities.get(part_at)?;
    let plain = part.sort == Sort::Count && part.is_exact() && percent.is_exact() && !percent.words;
    if !plain
        || percent.value >= WHOLE
        || is_measured(stem)
        || is_beside(paragraph, part_at)
        || !joined(paragraph, index)
        || !does(paragraph, part_at, stem)
    {
        return None;
    }
    let mut base: Option<(usize, &Quantity)> = None;
    for at in (part_at.saturating_sub(BACK)..part_at).rev() {
        if !joined(paragraph, at + 1) {
            break;
        }
        let other = paragraph.quantities.get(at)?;
        if !kin(paragraph, part, paragraph, other) {
            continue;
        }
        if base.is_some_and(|(_, base)| base.value != other.value) || does(paragraph, at, stem) {
            return None;
        }
        base = Some((at, other));
    }
    let (base_at, base) = base.filter(|(at, _)| super::base::is_total(paragraph, *at))?;
    if base.value < part.value
        || !base.is_exact()
        || excused(paragraph, stem, percent)
        || !of_these(paragraph, [base_at, part_at], stem)
    {
        return None;
    }
    let ratio = Ratio::of(part, base)?;
    let fit = ratio.fit(percent)?;
    let from = part.span.start;
    put(paragraph, percent, from, &ratio, fit, None, sink);
    Some(fit != Fit::Apart)
}

/// Whether the name of a rate and the words at a number share a word.
fn names(stem: &str, words: &str) -> bool {
    // 未参加13家 is no numerator of 参检率.
    !has(words, words!["未", "不", "没", "无", "免", "缓"])
        && (share_word(stem, words) || (stem.contains("公开") && words.contains("公开")))
}

/// Whether a rate is asked or measured, not counted.
pub(super) fn is_measured(name: &str) -> bool {
    has(name, MEASURED)
}

/// Whether the words at a number say what the rate says was done: 办结 for 按时办结率. A rate that only
/// names the same things, 网络申请办结率 behind 网络申请12件, is a rate of them.
pub(super) fn does(paragraph: &Paragraph, index: usize, stem: &str) -> bool {
    let action = last_chars(stem.trim_end_matches("占比"), 2);
    let said = |words: &str| words.contains(action) && names(stem, words);
    said(label(paragraph, index)) || said(noun_behind(paragraph, index))
}

/// Whether a number stands beside the one before it as another part, 限时办结30件、当场办结20件.
fn is_beside(paragraph: &Paragraph, index: usize) -> bool {
    lead(paragraph, index).starts_with(['、', '和', '及', '与'])
}

/// A rate of the sum of parts that stand side by side right before it, where a number before them
/// gives it to the digit.
fn of_run(paragraph: &Paragraph, index: usize, percent: &Quantity) -> Option<(Ratio, String)> {
    let mut at = index.checked_sub(1)?;
    let mut terms = Vec::new();
    let mut sum = 0_i128;
    let last = paragraph.quantities.get(at)?;
    for _ in 0..BACK {
        let part = paragraph.quantities.get(at)?;
        if !kin(paragraph, last, paragraph, part) {
            return None;
        }
        sum = sum.checked_add(part.value)?;
        terms.insert(0, part.figure());
        let beside = is_beside(paragraph, at);
        at = at.checked_sub(1)?;
        if beside {
            continue;
        }
        let base = paragraph.quantities.get(at)?;
        let fits = terms.len() > 1
            && kin(paragraph, last, paragraph, base)
            && base.value >= sum
            && base.is_exact();
        let ratio = fits.then(|| Ratio {
            numerator: sum,
            base: base.value,
            numerator_slack: 0,
            base_slack: 0,
            arithmetic: format!("({})/{}", terms.join("+"), base.figure()),
        })?;
        return (ratio.fit(percent)? == Fit::Rounded)
            .then(|| (ratio, "分子为前几项之和".to_owned()));
    }
    None
}

/// A rate of those that were due may be 100 % while others are still under way.
fn excused(paragraph: &Paragraph, stem: &str, percent: &Quantity) -> bool {
    const DUE: &WordSet = words!["按时", "及时", "按期", "限时", "到期"];
    const UNDER_WAY: &WordSet = words!["结转", "正在", "期限内", "未到期", "其余", "延期"];
    let (before, behind) = (
        0..percent.span.start,
        percent.span.end..paragraph.text.len(),
    );
    let near = [
        last_chars(paragraph.slice(before), 60),
        first_chars(paragraph.slice(behind), 60),
    ];
    percent.value == WHOLE && (has(stem, DUE) || near.iter().any(|words| has(words, UNDER_WAY)))
}

/// Whether what the name of a rate says more than was done, 公文 in 公文公开率, is said at one of its
/// numbers as well.
fn of_these(paragraph: &Paragraph, numbers: [usize; 2], stem: &str) -> bool {
    let action = last_chars(stem, 2);
    let of = stem.strip_suffix(action).unwrap_or_default();
    let said = |words: &str| words.contains(last_chars(of, 2)) || share_word(of, words);
    of.is_empty()
        || numbers
            .iter()
            .any(|at| said(label(paragraph, *at)) || said(noun_behind(paragraph, *at)))
}

/// The words before a number in its own clause.
fn label(paragraph: &Paragraph, index: usize) -> &str {
    clause(lead(paragraph, index).trim_end_matches(is_mark))
}

/// The words behind a number in its own clause.
fn noun_behind(paragraph: &Paragraph, index: usize) -> &str {
    let text = trail(paragraph, index);
    text.find(is_mark)
        .and_then(|end| text.get(..end))
        .unwrap_or_default()
}

/// A rate whose base stands further back: only recorded where the decimals leave no doubt, or the words
/// say that this was done and of how many.
fn elsewhere(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    stem: &str,
    sink: &mut Sink,
) -> Option<bool> {
    let coarse = percent.step >= ONE || is_measured(stem);
    for part_at in (index.saturating_sub(BACK)..index).rev() {
        let part = paragraph.quantities.get(part_at)?;
        let named = if coarse {
            does(paragraph, part_at, stem)
        } else {
            names(stem, label(paragraph, part_at))
        };
        if !named || part.value == 0 {
            continue;
        }
        for base_at in (part_at.saturating_sub(BACK)..part_at).rev() {
            let base = paragraph.quantities.get(base_at)?;
            if base.value < part.value
                || !kin(paragraph, part, paragraph, base)
                || (coarse && !super::base::is_total(paragraph, base_at))
            {
                continue;
            }
            let ratio = Ratio::of(part, base)?;
            if ratio.fit(percent)? == Fit::Rounded {
                let note = Some(format!("以{}为总数", base.figure()));
                put(
                    paragraph,
                    percent,
                    part.span.start,
                    &ratio,
                    Fit::Rounded,
                    note,
                    sink,
                );
                return Some(true);
            }
        }
    }
    None
}

/// 专职35名、兼职120名，共155名，其中专职占22.6%: the numerator stands further back under the same noun.
fn by_noun(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    sink: &mut Sink,
) -> Option<bool> {
    let (noun, phrase) = clause(lead(paragraph, index)).rsplit_once('占')?;
    let noun = noun
        .trim_start_matches("其中")
        .trim_end_matches(['的', '约']);
    if noun.chars().count() < 2
        || phrase.chars().count() > 8
        || has(noun, phrase::CHANGE)
        || is_measured(noun)
        || !percent.is_exact()
    {
        return None;
    }
    let back = index.saturating_sub(BACK + 4)..index;
    let of = |at: usize| paragraph.quantities.get(at);
    let part_at = back.clone().rev().find(|at| {
        label(paragraph, *at).contains(noun) && of(*at).is_some_and(|part| part.sort == Sort::Count)
    })?;
    let part = of(part_at)?;
    back.rev()
        .filter(|at| *at != part_at && super::base::is_total(paragraph, *at))
        .find_map(|at| {
            let base = of(at)?;
            if base.value < part.value || !kin(paragraph, part, paragraph, base) {
                return None;
            }
            let ratio = Ratio::of(part, base)?;
            if ratio.fit(percent)? != Fit::Rounded {
                return None;
            }
            let note = Some(format!("以{}为总数", base.figure()));
            put(
                paragraph,
                percent,
                percent.span.start,
                &ratio,
                Fit::Rounded,
                note,
                sink,
            );
            Some(true)
        })
}

/// `963项，实现80%的事项不见面办理`: the share of matters, where the number of all stands before.
fn of_matters(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    sink: &mut Sink,
) -> Option<bool> {
    let behind = trail(paragraph, index).strip_prefix("的")?;
    if !joined(paragraph, index) || !percent.is_exact() || percent.value >= WHOLE {
        return None;
    }
    let noun = first_chars(behind, 4);
    let part_at = index.checked_sub(1)?;
    let part = paragraph.quantities.get(part_at)?;
    if !clause(lead(paragraph, index)).contains("实现")
        || !share_word(noun, label(paragraph, part_at))
    {
        return None;
    }
    for base_at in (part_at.saturating_sub(BACK)..part_at).rev() {
        let base = paragraph.quantities.get(base_at)?;
        if base.value < part.value
            || !kin(paragraph, part, paragraph, base)
            || !share_word(noun, label(paragraph, base_at))
        {
            continue;
        }
        let ratio = Ratio::of(part, base)?;
        let fit = ratio.fit(percent)?;
        if fit != Fit::Apart && fit != Fit::Truncated {
            let note = Some(format!("以{}为总数", base.figure()));
            put(paragraph, percent, part.span.start, &ratio, fit, note, sink);
            return Some(true);
        }
    }
    None
}
