//! Whether parts and total agree, and under which reading.

use super::aspect::Aspect;
use super::list::Entry;
use super::outline::{Mark, Outline};
use super::units::{self, Fit};
use super::{Agreement, Shape};
use crate::quantity::{Bound, ONE, Quantity, Sort};

/// What a list says about a total.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) agreement: Agreement,
    /// The entries that are the parts, as places in the list.
    pub(super) parts: Vec<usize>,
    pub(super) shape: Shape,
    /// What brackets behind parts take off the sum, as places in the paragraph.
    pub(super) withdrawn: Vec<usize>,
}

/// Lowest and highest value of a number, or of a sum.
#[derive(Debug, Clone, Copy)]
struct Span {
    low: i128,
    high: i128,
}

impl Span {
    const NOUGHT: Span = Span { low: 0, high: 0 };

    /// What a number may stand for; rounded ones only where `rounded` says so.
    fn of(quantity: &Quantity, rounded: bool) -> Span {
        let value = quantity.value;
        let slack = quantity.round_step();
        let (low, high) = match quantity.bound {
            Bound::Exact if rounded && is_rounded(quantity) => {
                (value - quantity.step / 2, value + quantity.step / 2)
            }
            Bound::Exact => (value, value),
            Bound::AtLeast => (value, value + slack - 1),
            Bound::AtMost => (value - slack + 1, value),
            Bound::About => (value - slack, value + slack),
        };
        Span { low, high }
    }

    fn plus(self, other: Span) -> Span {
        Span {
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
        }
    }

    fn meets(self, other: Span) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// Whether a number was written in 万 with few digits, so that it may be rounded.
fn is_rounded(quantity: &Quantity) -> bool {
    match quantity.sort {
        Sort::Money => quantity.step > ONE / 100,
        _ => quantity.step > ONE,
    }
}

/// Judges a list against a total. `parts_of` gives for each entry how its unit fits the total's.
pub(super) fn judge(outline: &Outline, head: (usize, &Quantity, &str), list: &[Entry]) -> Verdict {
    // What has come together over the years is no part of what came in one.
    let years = outline
        .item(head.0)
        .is_some_and(|item| item.words.cumulated);
    let adjusted: Vec<Entry>;
    let list = if list.iter().any(|entry| entry.words.cumulated) {
        adjusted = list
            .iter()
            .map(|entry| {
                let mut entry = *entry;
                entry.words.foreign |= entry.words.cumulated && !years;
                entry.words.total &= !(entry.words.cumulated && years);
                entry
            })
            .collect();
        adjusted.as_slice()
    } else {
        list
    };
    let (_, head, head_unit) = head;
    let fits: Vec<Fit> = list
        .iter()
        .map(|entry| fit(outline, head, head_unit, entry))
        .collect();
    let core = Core::of(outline, head, list, &fits);
    let mut verdict = Verdict {
        agreement: Agreement::Unclear,
        parts: core.parts.clone(),
        shape: core.shape,
        withdrawn: Vec::new(),
    };
    if let Some((parts, explanation)) = find_equal(outline, head, list, &fits) {
        verdict.agreement = Agreement::Equal(explanation);
        verdict.parts = parts;
        return verdict;
    }
    let sum = total(outline, list, &core.parts, false);
    let whole = Span::of(head, false);
    let withdrawn: Vec<usize> = core
        .parts
        .iter()
        .filter_map(|at| list.get(*at)?.withdrawn)
        .collect();
    let off: i128 = withdrawn
        .iter()
        .filter_map(|index| outline.quantity(*index))
        .fold(0, |sum: i128, part| sum.saturating_add(part.value));
    if off > 0 && core.parts.len() >= 2 && sum.low.saturating_sub(off) == whole.low {
        verdict.agreement = Agreement::Equal(Some("扣除括号内撤销的信息后相符".to_owned()));
        verdict.withdrawn = withdrawn;
        return verdict;
    }
    // 调整N条 behind the list, counted in it as well.
    let excess = sum.low.saturating_sub(whole.high);
    verdict.shape.doubtful = core
        .parts
        .last()
        .and_then(|last| list.get(last + 1))
        .and_then(|entry| outline.quantity(entry.index))
        .is_some_and(|next| excess > 0 && next.value == excess);
    let pieces = || {
        let part = core.parts.first().and_then(|at| list.get(*at));
        let part = part.and_then(|entry| outline.quantity(entry.index));
        head_unit == "条"
            && part.is_some_and(|part| {
                matches!(outline.slice(part.unit.clone()), "篇" | "份" | "则" | "期")
            })
    };
    if !core.parts.is_empty() {
        verdict.agreement = match sum.low > whole.high {
            // Of other units there is nothing to say but that 条 hold 篇.
            above if verdict.shape.loose && (above || (core.parts.len() == 1 && !pieces())) => {
                Agreement::Unclear
            }
            true => Agreement::Above,
            false => Agreement::Below,
        };
    }
    verdict
}

fn fit(outline: &Outline, head: &Quantity, head_unit: &str, entry: &Entry) -> Fit {
    outline.quantity(entry.index).map_or(Fit::No, |part| {
        units::fit(
            head_unit,
            head.sort,
            outline.slice(part.unit.clone()),
            part.sort,
        )
    })
}

fn total(outline: &Outline, list: &[Entry], parts: &[usize], rounded: bool) -> Span {
    parts
        .iter()
        .filter_map(|at| list.get(*at))
        .filter_map(|entry| outline.quantity(entry.index))
        .fold(Span::NOUGHT, |sum, part| sum.plus(Span::of(part, rounded)))
}

/// The run of entries that surely belong to one list.
struct Core {
    parts: Vec<usize>,
    shape: Shape,
}

impl Core {
    fn of(outline: &Outline, head: &Quantity, list: &[Entry], fits: &[Fit]) -> Core {
        let mut core = Core {
            parts: Vec::new(),
            shape: Shape {
                clean: true,
                whole: true,
                mixed: false,
                exact: true,
                open: false,
                rest: false,
                loose: false,
                doubtful: false,
            },
        };
        // The list goes on over marks as strong as its first one.
        let mut strongest = Mark::Comma;
        let mut templated = true;
        let mut stops = false;
        let mut behind_mark: Option<usize> = None;
        let mut activity = 0;
        let mut first_aspect: Option<Option<Aspect>> = None;
        for (at, (entry, fit)) in list.iter().zip(fits).enumerate() {
            if entry.nested {
                continue;
            }
            if core.parts.len() == 1 && entry.mark <= Mark::Semicolon {
                strongest = entry.mark.max(Mark::Comma);
            }
            // 1318起，其中甲402起；乙811起，丙9000起: what is more than all is no part, and what a
            // semicolon joins with it is none.
            if entry.mark >= Mark::Semicolon && !core.parts.is_empty() {
                behind_mark.get_or_insert(core.parts.len());
            }
            if let Some(kept) = behind_mark
                && outline
                    .quantity(entry.index)
                    .is_some_and(|part| part.value > head.value)
            {
                core.parts.truncate(kept);
                break;
            }
            stops |= core.parts.len() == 1 && entry.mark == Mark::Stop;
            let goes_on = entry.mark <= strongest
                || (templated && stops && entry.share.is_some() && begins(outline, entry));
            if !core.parts.is_empty() && !goes_on {
                break;
            }
            // A list of books, pages and files of a total in 件 is no more than a bound.
            let odd = *fit == Fit::Loose && (core.parts.is_empty() || core.shape.loose);
            core.shape.loose |= odd;
            if (*fit != Fit::Same && !odd)
                || entry.words.total
                || (entry.words.foreign && !core.parts.is_empty())
            {
                core.shape.whole = false;
                break;
            }
            if core.parts.is_empty() && (entry.words.foreign || odd) {
                core.shape.clean = false;
            }
            if core.parts.is_empty() {
                activity = entry.words.activity;
            } else if entry.words.activity != 0 && entry.words.activity != activity {
                core.shape.whole = false;
                break;
            }
            // 网络12件，信函9件，办结20件: the same pieces, sorted by something else.
            let sorts = |aspect| matches!(aspect, Some(Aspect::Way | Aspect::Applicant));
            if core.parts.len() >= 2
                && !core.shape.mixed
                && first_aspect.is_some_and(sorts)
                && entry.words.aspect.is_some()
                && Some(entry.words.aspect) != first_aspect
            {
                break;
            }
            templated &= entry.share.is_some();
            core.parts.push(at);
            core.shape.exact &= outline
                .quantity(entry.index)
                .is_some_and(|part| part.bound == Bound::Exact);
            if !entry.words.rest {
                let aspect = entry.words.aspect;
                let first = *first_aspect.get_or_insert(aspect);
                core.shape.mixed |= match (first, aspect) {
                    (Some(first), Some(aspect)) => {
                        !first.stands_beside(aspect)
                            || matches!(aspect, Aspect::Person | Aspect::Form | Aspect::Stage)
                    }
                    (first, aspect) => first != aspect,
                };
            }
            core.shape.open |= entry.words.open;
            core.shape.rest |= entry.words.rest;
        }
        core
    }
}

/// Whether an entry stands near the beginning of its sentence or clause: `。“不予公开”的1件`.
fn begins(outline: &Outline, entry: &Entry) -> bool {
    outline.quantity(entry.index).is_some_and(|quantity| {
        outline
            .slice(0..quantity.span.start)
            .chars()
            .rev()
            .take(30)
            .any(|c| Mark::of(c) >= Mark::Semicolon)
    })
}

/// The first reading under which the parts make up the total, with what it is, where it is not the
/// plain one.
fn find_equal(
    outline: &Outline,
    head: &Quantity,
    list: &[Entry],
    fits: &[Fit],
) -> Option<(Vec<usize>, Option<String>)> {
    let pick = |keep: &dyn Fn(&Entry, Fit) -> bool| -> Vec<usize> {
        list.iter()
            .zip(fits)
            .enumerate()
            .filter(|(_, (entry, fit))| **fit != Fit::No && keep(entry, **fit))
            .map(|(at, _)| at)
            .collect()
    };
    let plain = pick(&|entry, _| !entry.nested);
    let near = pick(&|entry, _| !entry.nested && !entry.words.foreign);
    let same = pick(&|entry, fit| !entry.nested && fit == Fit::Same);
    let strict = pick(&|entry, fit| !entry.nested && fit == Fit::Same && !entry.words.foreign);
    let all = pick(&|_, _| true);
    let parts_only = pick(&|entry, _| !entry.nested && !entry.words.total);
    // Where no number is written in 万, rounding changes nothing.
    let rounds = is_rounded(head)
        || all
            .iter()
            .filter_map(|at| outline.quantity(list.get(*at)?.index))
            .any(is_rounded);
    let readings = [&plain, &near, &same, &strict, &parts_only];
    for rounded in [false, true] {
        if rounded && !rounds {
            break;
        }
        let whole = Span::of(head, rounded);
        for (at, picked) in readings.iter().enumerate() {
            // Most readings leave out nothing, and are read once.
            if readings.iter().take(at).any(|other| other == picked) {
                continue;
            }
            if let Some(count) = longest_prefix(outline, list, picked, whole, rounded) {
                let parts = picked.get(..count)?.to_vec();
                let explanation = explain(outline, head, list, &parts, rounded);
                return Some((parts, explanation));
            }
        }
        if list.len() <= 24
            && let Some((parts, subtotal)) = without_children(outline, list, &plain, whole, rounded)
                .or_else(|| without_children(outline, list, &all, whole, rounded))
        {
            let name = list
                .get(subtotal)
                .and_then(|entry| outline.quantity(entry.index))
                .map_or("", |part| outline.slice(part.span.clone()));
            return Some((parts, Some(format!("“{name}”已含其后列出的各项"))));
        }
        if all.len() > plain.len()
            && let Some(count) = longest_prefix(outline, list, &all, whole, rounded)
        {
            let parts = all.get(..count)?.to_vec();
            return Some((parts, Some("“其中”或冒号后的各项也单独计入".to_owned())));
        }
    }
    None
}

fn explain(
    outline: &Outline,
    head: &Quantity,
    list: &[Entry],
    parts: &[usize],
    rounded: bool,
) -> Option<String> {
    let exact = |quantity: &Quantity| quantity.bound == Bound::Exact;
    let all_exact = parts
        .iter()
        .filter_map(|at| list.get(*at))
        .filter_map(|entry| outline.quantity(entry.index))
        .all(exact);
    if !all_exact || !exact(head) {
        return Some("含“余”“近”等概数，在其允许的范围内相符".to_owned());
    }
    rounded.then(|| "以万为单位，四舍五入后相符".to_owned())
}

/// How many entries from the beginning make up the whole: the most, at least two, and no sentence
/// but the first half taken.
fn longest_prefix(
    outline: &Outline,
    list: &[Entry],
    picked: &[usize],
    whole: Span,
    rounded: bool,
) -> Option<usize> {
    let mut sum = Span::NOUGHT;
    let mut found = None;
    // Parts that all have a share make one list to their end, or to 从…看 of another side.
    let mut templated = true;
    let (mut shares, mut slack) = (0_i128, 0_i128);
    for (count, at) in picked.iter().enumerate() {
        let (Some(entry), Some(part)) = (
            list.get(*at),
            list.get(*at)
                .and_then(|entry| outline.quantity(entry.index)),
        ) else {
            break;
        };
        sum = sum.plus(Span::of(part, rounded));
        if sum.low > whole.high {
            break;
        }
        let part_end = part.span.end;
        let next = picked.get(count + 1).and_then(|at| list.get(*at));
        templated &= entry.share.is_some();
        if let Some(share) = entry.share.and_then(|share| outline.quantity(share)) {
            shares = shares.saturating_add(share.value);
            slack = slack.saturating_add(share.step);
        }
        // Shares of a hundred per cent end a list, unless it goes on sorting by the same thing.
        let hundred = (shares - 100 * ONE).abs() <= slack.min(ONE)
            && next.is_none_or(|next| {
                entry.words.aspect.is_none() || next.words.aspect != entry.words.aspect
            });
        let ends = (entry.sentence == 0
            || next
                .is_none_or(|next| next.sentence > entry.sentence || next.mark >= Mark::Semicolon))
            && !next.is_some_and(|next| is_more(outline, entry, next, whole))
            && !(templated
                && count >= 1
                && !hundred
                && next.is_some_and(|next| {
                    // What is as large as the whole is told anew, not a part.
                    let part = outline.quantity(next.index);
                    let gap = part.map_or("", |next| outline.slice(part_end..next.span.start));
                    next.share.is_some()
                        && !gap.contains("看，")
                        && begins(outline, next)
                        && part.is_some_and(|part| part.value < whole.high)
                }));
        if count >= 1 && ends && sum.meets(whole) {
            found = Some(count + 1);
        }
    }
    found
}

/// Whether what follows a part is surely a part as well, so that the list does not end between
/// them: `网络6件、信函2件、当面1件`.
fn is_more(outline: &Outline, entry: &Entry, next: &Entry, whole: Span) -> bool {
    let of_kind = match (entry.words.aspect, next.words.aspect) {
        (Some(Aspect::Way), Some(Aspect::Way))
        | (Some(Aspect::Applicant), Some(Aspect::Applicant))
        | (Some(Aspect::Outcome), Some(Aspect::Outcome)) => true,
        // 维持5件、纠正2件，尚未审结1件.
        (_, Some(Aspect::Pending)) => {
            let label = outline.slice(outline.label(next.index));
            next.words.rest || label.contains("审结")
        }
        _ => next.words.rest,
    };
    let unit = |entry: &Entry| {
        let quantity = outline.quantity(entry.index)?;
        Some((outline.slice(quantity.unit.clone()), quantity.value))
    };
    let (Some((own, _)), Some((other, value))) = (unit(entry), unit(next)) else {
        return false;
    };
    of_kind
        && next.mark == Mark::Comma
        && next.sentence == entry.sentence
        && !next.nested
        && !next.words.foreign
        && !next.words.total
        && own == other
        && value > 0
        && value < whole.high
}

/// The entries without those that one of them sums up, if the rest then makes up the whole.
fn without_children(
    outline: &Outline,
    list: &[Entry],
    picked: &[usize],
    whole: Span,
    rounded: bool,
) -> Option<(Vec<usize>, usize)> {
    let span = |at: usize| {
        list.get(at)
            .and_then(|entry| outline.quantity(entry.index))
            .map_or(Span::NOUGHT, |part| Span::of(part, rounded))
    };
    for (place, parent) in picked.iter().enumerate() {
        let own = span(*parent);
        let mut sum = Span::NOUGHT;
        for (last, child) in picked.iter().enumerate().skip(place + 1) {
            sum = sum.plus(span(*child));
            if sum.low > own.high {
                break;
            }
            if last > place + 1 && sum.meets(own) && own.low > 0 {
                let kept: Vec<usize> = picked
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at <= place || *at > last)
                    .map(|(_, part)| *part)
                    .collect();
                if let Some(count) = longest_prefix(outline, list, &kept, whole, rounded)
                    && count > place
                {
                    return Some((kept.get(..count)?.to_vec(), *parent));
                }
            }
        }
    }
    None
}

/// What the shares behind the parts of a list say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shares {
    /// How many of them are the part's share in the total.
    pub(super) fitting: usize,
    /// Every part has one, and together they are the whole.
    pub(super) complete: bool,
    /// They are far more than the whole, and most of them are right: the parts overlap.
    pub(super) overlap: bool,
}

/// Holds the shares behind parts against a total.
pub(super) fn shares(
    outline: &Outline,
    head: &Quantity,
    list: &[Entry],
    parts: &[usize],
) -> Shares {
    let hundred = 100 * ONE;
    let (mut fitting, mut sum, mut slack, mut every) = (0, 0_i128, 0_i128, parts.len() >= 2);
    for entry in parts.iter().filter_map(|at| list.get(*at)) {
        let (Some(part), Some(share)) = (
            outline.quantity(entry.index),
            entry.share.and_then(|share| outline.quantity(share)),
        ) else {
            every = false;
            continue;
        };
        sum = sum.saturating_add(share.value);
        slack = slack.saturating_add(share.step);
        let fits = part
            .value
            .checked_mul(hundred)
            .and_then(|product| product.checked_div(head.value))
            .is_some_and(|percent| (percent - share.value).abs() <= share.step);
        fitting += usize::from(fits && part.value > 0);
    }
    Shares {
        fitting,
        complete: every && (sum - hundred).abs() <= slack.min(ONE),
        overlap: every && fitting * 2 >= parts.len() && sum - hundred > slack.max(5 * ONE),
    }
}
