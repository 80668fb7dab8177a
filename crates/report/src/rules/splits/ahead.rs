//! Totals behind their parts: `甲3条、乙5条，合计8条`.

use super::aspect::Aspect;
use super::outline::{Item, Mark};
use super::units::{self, Fit};
use super::{Agreement, Finder, Found, Head, Introducer};
use crate::quantity::{ONE, Quantity, Sort};
use crate::words::{has, words};

/// The most parts of a total.
const PARTS: usize = 64;

/// The parts ahead of a total that is called one.
pub(super) fn find(finder: &Finder, head: &Head) -> Option<Found> {
    let item = finder.outline.item(head.index)?;
    if !item.words.total {
        return None;
    }
    // The last of a list may make up by chance what the clerk forgot to change.
    apart(finder, head, item).or_else(|| equal(finder, head, item))
}

/// The parts that make up the total: the most of them, whatever stands between.
fn equal(finder: &Finder, head: &Head, item: Item) -> Option<Found> {
    let outline = finder.outline;
    let (quantity, unit) = (head.quantity, head.unit);
    let mut sum = 0_i128;
    let mut counted = 0;
    let mut loose = false;
    let mut parts: Vec<usize> = Vec::new();
    let mut best: Option<(usize, bool, usize)> = None;
    for before in (0..head.index).rev().take(PARTS) {
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
        // 网上104件，信函0件，共计104件.
        let noughts = counted == 1 && parts.len() >= 2 && gap_is_short(finder, head);
        if sum == quantity.value && (counted >= 2 || noughts) {
            best = Some((parts.len(), loose, counted));
        }
    }
    let (length, loose, counted) = best?;
    // Two of other units make up a large total only if they are meant to.
    if loose && counted < 3 && quantity.value < 1000 * ONE {
        return None;
    }
    parts.truncate(length);
    parts.reverse();
    Some(made(finder, head, parts, Agreement::Equal(None), false))
}

/// A list that stands right ahead of its total, from where its sentence or clause begins, and does
/// not make it up.
fn apart(finder: &Finder, head: &Head, item: Item) -> Option<Found> {
    let outline = finder.outline;
    let (last, told) = counted(finder, head)?;
    let mut parts: Vec<usize> = Vec::new();
    let mut mixed = false;
    let mut next = item;
    let mut index = last;
    loop {
        let (other, part) = (outline.item(index)?, outline.quantity(index)?);
        let begins = other.sentence != item.sentence || next.mark >= Mark::Semicolon;
        if begins && !parts.is_empty() {
            break;
        }
        let fits = units::fit(
            head.unit,
            head.quantity.sort,
            outline.slice(part.unit.clone()),
            part.sort,
        );
        mixed |= fits == Fit::Loose;
        let words = other.words;
        if begins
            || other.bracket != item.bracket
            || fits == Fit::No
            || !part.is_exact()
            || words.foreign
            || words.among
            || words.compared
            || words.cumulated
            || words.total
            || words.far
            || parts.len() == PARTS
        {
            return None;
        }
        parts.push(index);
        next = other;
        let ahead = index
            .checked_sub(1)
            .and_then(|index| outline.quantity(index));
        let gap = ahead.map_or("", |ahead| outline.slice(ahead.span.end..part.span.start));
        // 平台：网站1个，微信2个: the list begins behind the colon.
        if gap.contains('：') {
            break;
        }
        let Some(before) = index.checked_sub(1) else {
            break;
        };
        index = before;
    }
    parts.reverse();
    let values = || parts.iter().filter_map(|part| outline.quantity(*part));
    let sum = values().fold(0_i128, |sum, part| sum.saturating_add(part.value));
    let whole = head.quantity.value;
    let lacking = whole.checked_sub(sum)?;
    let near = lacking.abs() <= whole / 10;
    // 开设3个，新增1个，共计9个: two figures and a third need not be parts and their total.
    let meant = told == Some(parts.len())
        || (told.is_none() && near && (parts.len() >= 3 || whole >= 20 * ONE));
    let meant = meant && (!mixed || (near && whole >= 20 * ONE));
    if parts.len() < 2 || lacking == 0 || !meant || !is_one_list(finder, &parts) {
        return None;
    }
    let channels = finder.channels(head, &parts);
    let agreement = match lacking > 0 {
        true => Agreement::Below,
        false if channels => return None,
        false => Agreement::Above,
    };
    let doubtful = parts.len() < 3 && told.is_none();
    Some(made(finder, head, parts, agreement, doubtful))
}

/// Whether nothing but the words that call it a total stands between a total and its last part.
fn gap_is_short(finder: &Finder, head: &Head) -> bool {
    counted(finder, head).is_some_and(|(last, _)| last + 1 == head.index)
}

/// The last part ahead of a total, and how many the text says there are: `，两项合计9条`. None where
/// more stands between than the words that call it a total.
fn counted(finder: &Finder, head: &Head) -> Option<(usize, Option<usize>)> {
    let outline = finder.outline;
    let last = head.index.checked_sub(1)?;
    let part = outline.quantity(last)?;
    let gap = outline.slice(part.span.end..head.quantity.span.start);
    let unit = outline.slice(part.unit.clone());
    if part.words && matches!(unit, "项" | "类" | "者") {
        let told = usize::try_from(part.value / ONE).ok()?;
        return (gap.len() <= 9 && !gap.contains('，'))
            .then_some((last.checked_sub(1)?, Some(told)));
    }
    let clause = gap.rsplit(['，', '、', '；']).next().unwrap_or_default();
    let clause = ["以上", "总共", "全年", "各项", "两者", "二者", "三者"]
        .iter()
        .find_map(|word| clause.strip_prefix(word))
        .unwrap_or(clause);
    let called = matches!(
        clause,
        "合计" | "共计" | "总计" | "小计" | "共" | "总数" | "="
    );
    (called && !gap.contains(['。', '（', '）'])).then_some((last, None))
}

/// Whether parts are of one list: nothing is done to some of them only, and they sort by one thing.
fn is_one_list(finder: &Finder, parts: &[usize]) -> bool {
    let items = || parts.iter().filter_map(|part| finder.outline.item(*part));
    let mut activities = items()
        .map(|item| item.words.activity)
        .filter(|done| *done != 0);
    let first = activities.next();
    let aspects = || items().filter_map(|item| item.words.aspect);
    let one = aspects().next();
    let labels = || {
        parts
            .iter()
            .map(|part| finder.outline.slice(finder.outline.label(*part)))
    };
    activities.all(|done| Some(done) == first)
        && aspects().all(|aspect| {
            one.is_some_and(|one| one.stands_beside(aspect))
                && !matches!(aspect, Aspect::Person | Aspect::Form | Aspect::Stage)
        })
        && !labels().any(|label| {
            has(
                label,
                words!["新增", "结转", "上年", "去年", "原有", "现有"],
            )
        })
}

fn made(
    finder: &Finder,
    head: &Head,
    parts: Vec<usize>,
    agreement: Agreement,
    doubtful: bool,
) -> Found {
    let span = |quantity: &Quantity| quantity.span.start;
    let start = parts
        .first()
        .and_then(|first| finder.outline.quantity(*first))
        .map_or(head.quantity.span.start, span);
    Found {
        introducer: Introducer::After,
        doubtful,
        agreement,
        ..Found::whole(head.index, parts, start..head.quantity.span.end)
    }
}
