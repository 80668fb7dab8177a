//! Lists without a word that introduces them, and totals behind their parts. They are believed only
//! when they add up.

use std::collections::BTreeSet;

use super::introduce::Introduction;
use super::outline::Mark;
use super::units::Fit;
use super::{Agreement, Finder, Found, Introducer, agree, list, units};
use crate::quantity::{Quantity, Sort};

/// Finds bare splits of totals that have none yet.
pub(super) fn find(finder: &Finder, done: &BTreeSet<usize>, found: &mut Vec<Found>) {
    for index in 0..finder.outline.items.len() {
        for sort in [Sort::Count, Sort::Money] {
            let Some(head) = finder.head(index, sort) else {
                continue;
            };
            if head.quantity.value <= 0 {
                continue;
            }
            if !done.contains(&index) {
                found.extend(behind(finder, index, head.quantity, head.unit));
            }
            found.extend(ahead(finder, index, head.quantity, head.unit));
        }
    }
}

/// The parts behind a total.
fn behind(finder: &Finder, index: usize, quantity: &Quantity, unit: &str) -> Option<Found> {
    let outline = finder.outline;
    let item = outline.item(index)?;
    let list = Introduction {
        kind: Introducer::Bare,
        at: quantity.span.end,
        from: quantity.span.end,
        bracket: item.bracket,
        partial: false,
    };
    let entries = list::entries(outline, &list, quantity.sort);
    // A list begins soon, behind a mark.
    let first = entries
        .first()
        .and_then(|entry| outline.item(entry.index))?;
    if first.mark == Mark::None || entries.len() < 2 {
        return None;
    }
    let verdict = agree::judge(outline, quantity, unit, &entries);
    let Agreement::Equal(None) = verdict.agreement else {
        return None;
    };
    let parts: Vec<&list::Entry> = verdict
        .parts
        .iter()
        .filter_map(|at| entries.get(*at))
        .collect();
    let quantities = || {
        parts
            .iter()
            .filter_map(|entry| outline.quantity(entry.index))
    };
    let counted = quantities().filter(|part| part.value > 0).count();
    // Two figures that happen to add up to a third are many.
    let called_total = item.words.total || names_total(outline.slice(outline.label(index)));
    if counted < 2 || (counted == 2 && !called_total) {
        return None;
    }
    let same = quantities().all(|part| {
        units::fit(
            unit,
            quantity.sort,
            outline.slice(part.unit.clone()),
            part.sort,
        ) == Fit::Same
    });
    if !same && counted < 3 {
        return None;
    }
    Some(finder.made(
        &list,
        &finder.head(index, quantity.sort)?,
        &entries,
        &verdict,
        true,
    ))
}

fn names_total(label: &str) -> bool {
    ["共", "总", "累计", "合计", "全部", "全年"]
        .iter()
        .any(|word| label.contains(word))
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
        sure: true,
        channels: false,
        agreement: Agreement::Equal(None),
        range: start..quantity.span.end,
    })
}
