//! Lists without a word that introduces them, and totals behind their parts. They are believed only
//! when they add up.

use std::collections::BTreeSet;

use super::introduce::Introduction;
use super::outline::Mark;
use super::units::Fit;
use super::words::Aspect;
use super::{Agreement, Finder, Found, Head, Introducer, agree, list, units};
use crate::quantity::{ONE, Quantity, Sort};
use crate::words::{has, words};

/// Finds bare splits of totals that have none yet.
pub(super) fn find(finder: &Finder, found: &mut Vec<Found>) {
    let agreeing = || found.iter().filter(|found| found.agrees());
    let done: BTreeSet<usize> = agreeing().map(|found| found.head).collect();
    let taken: BTreeSet<usize> = agreeing()
        .flat_map(|found| found.parts.iter().copied())
        .collect();
    for index in 0..finder.outline.items.len() {
        for sort in [Sort::Count, Sort::Money] {
            let Some(head) = finder.head(index, sort) else {
                continue;
            };
            if head.quantity.value <= 0 {
                continue;
            }
            // A part among other parts is no total of those that follow it.
            let among = taken.contains(&index) && taken.contains(&(index + 1));
            if !done.contains(&index) && !among {
                behind(finder, &head, found);
            }
            found.extend(ahead(finder, index, head.quantity, head.unit));
        }
    }
}

/// The parts behind a total, once for each thing by which a text sorts them.
fn behind(finder: &Finder, head: &Head, found: &mut Vec<Found>) {
    let outline = finder.outline;
    let Some(item) = outline.item(head.index) else {
        return;
    };
    let from = head.quantity.span.end;
    let list = Introduction {
        kind: Introducer::Bare,
        at: from,
        from,
        bracket: item.bracket,
        partial: false,
        faint: false,
    };
    let mut entries = list::entries(outline, &list, head.quantity.sort);
    // A list begins soon, behind a mark.
    let first = entries.first().and_then(|entry| outline.item(entry.index));
    if first.is_none_or(|first| first.mark == Mark::None) {
        return;
    }
    for _ in 0..4 {
        if entries.len() < 2 {
            return;
        }
        let verdict = agree::judge(outline, head.told(), &entries);
        if !matches!(verdict.agreement, Agreement::Equal(_))
            || !is_believable(finder, head, &entries, &verdict)
        {
            return;
        }
        let split = finder.made(&list, head, &entries, &verdict, true);
        let series = finder.series(&split);
        found.push(split);
        found.extend(series);
        let last = verdict.parts.last().copied().unwrap_or_default();
        entries.drain(..=last.min(entries.len() - 1));
    }
}

/// Two figures that happen to add up to a third are many: there must be three, or two of a figure
/// that is called a total.
fn is_believable(
    finder: &Finder,
    head: &Head,
    entries: &[list::Entry],
    verdict: &agree::Verdict,
) -> bool {
    let outline = finder.outline;
    let parts = || {
        verdict
            .parts
            .iter()
            .filter_map(|at| entries.get(*at))
            .filter_map(|entry| outline.quantity(entry.index))
    };
    let counted = parts().filter(|part| part.value > 0).count();
    let called_total = outline
        .item(head.index)
        .is_some_and(|item| item.words.total)
        || names_total(outline.slice(outline.label(head.index)));
    let same = parts().all(|part| {
        let unit = outline.slice(part.unit.clone());
        units::fit(head.unit, head.quantity.sort, unit, part.sort) == Fit::Same
    });
    let mut aspects = verdict
        .parts
        .iter()
        .filter_map(|at| entries.get(*at))
        .map(|entry| entry.words.aspect);
    let first = aspects.next().flatten();
    let sorted = first.is_some_and(|first| {
        aspects.all(|aspect| aspect.is_some_and(|aspect| first.stands_beside(aspect)))
    });
    // 受理180.00万件，办结150.25万件，办理中29.75万件: what is done and what waits, even none.
    let waits = verdict
        .parts
        .iter()
        .filter_map(|at| entries.get(*at))
        .any(|entry| entry.words.aspect == Some(Aspect::Pending));
    let plain = verdict.agreement == Agreement::Equal(None);
    let done = same && sorted && waits && counted >= 1;
    // Two large figures right behind a third seldom make it up by chance.
    let adjoining = head.quantity.value >= 100 * ONE
        && parts().all(|part| part.value >= 10 * ONE)
        && verdict
            .parts
            .iter()
            .filter_map(|at| entries.get(*at))
            .all(|entry| entry.sentence == 0 && !entry.words.foreign && !entry.words.cumulated);
    let pair = counted == 2 && same && (called_total || sorted || adjoining);
    done || (plain && (counted >= 3 || pair))
}

fn names_total(label: &str) -> bool {
    has(label, words!["共", "总", "累计", "合计", "全部", "全年"])
}

/// The parts ahead of a total that is called one.
fn ahead(finder: &Finder, index: usize, quantity: &Quantity, unit: &str) -> Option<Found> {
    let outline = finder.outline;
    let item = outline.item(index)?;
    if !item.words.total {
        return None;
    }
    let mut sum = 0_i128;
    let mut counted = 0;
    let mut loose = false;
    let mut parts: Vec<usize> = Vec::new();
    let mut best: Option<(usize, bool, usize)> = None;
    for before in (0..index).rev().take(64) {
        let (Some(other), Some(part)) = (outline.item(before), outline.quantity(before)) else {
            break;
        };
        if other.sentence != item.sentence {
            break;
        }
        if other.bracket != item.bracket || part.sort == Sort::Percent {
            continue;
        }
        let fit = units::fit(
            unit,
            quantity.sort,
            outline.slice(part.unit.clone()),
            part.sort,
        );
        if fit == Fit::No || !part.is_exact() {
            continue;
        }
        loose |= fit == Fit::Loose;
        sum = sum.checked_add(part.value)?;
        counted += usize::from(part.value > 0);
        parts.push(before);
        if sum > quantity.value {
            break;
        }
        if sum == quantity.value && counted >= 2 {
            best = Some((parts.len(), loose, counted));
        }
    }
    let (length, loose, counted) = best?;
    if loose && counted < 3 {
        return None;
    }
    parts.truncate(length);
    parts.reverse();
    let start = parts
        .first()
        .and_then(|first| outline.quantity(*first))
        .map_or(quantity.span.start, |first| first.span.start);
    Some(Found {
        head: index,
        parts,
        introducer: Introducer::After,
        closed: true,
        told_whole: true,
        sure: true,
        doubtful: false,
        channels: false,
        withdrawn: Vec::new(),
        agreement: Agreement::Equal(None),
        range: start..quantity.span.end,
    })
}
