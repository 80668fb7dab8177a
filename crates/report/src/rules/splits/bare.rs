//! Lists without a word that introduces them. They are believed only when they add up, or when their
//! parts are known to sort all there is.

use std::collections::BTreeSet;

use super::aspect::Aspect;
use super::introduce::Introduction;
use super::outline::Mark;
use super::units::Fit;
use super::{Agreement, Finder, Found, Head, Introducer, agree, ahead, list, units};
use crate::quantity::{ONE, Sort};
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
            found.extend(ahead::find(finder, &head));
        }
    }
    let told: BTreeSet<usize> = found
        .iter()
        .flat_map(|split| split.parts.iter().filter(|_| split.agrees()))
        .copied()
        .chain(found.iter().map(|split| split.head))
        .collect();
    for index in 0..finder.outline.items.len() {
        let head = finder.head(index, Sort::Count);
        if let Some(head) = head.filter(|_| !told.contains(&index)) {
            found.extend(apart(finder, &head));
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

/// What a bare list sorts a total by, where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// By who asked, by how, or by what came of it.
    Aspect(Aspect),
    /// Staff: 专职, 兼职.
    Staff,
    /// Documents by whether they are published: 主动公开, 依申请公开, 不予公开.
    Openness,
}

/// The classes that are all there is, of which each label holds one word.
const STAFF: &[&str] = &["专职", "兼职"];
const OPENNESS: &[&str] = &["主动公开", "依申请公开", "不予公开"];

/// A bare list of known classes that does not make up the total before it:
/// `收到申请89件，自然人提交75件，法人提交13件`.
fn apart(finder: &Finder, head: &Head) -> Option<Found> {
    let outline = finder.outline;
    let item = outline.item(head.index)?;
    let first = outline.item(head.index + 1)?;
    let alone = head.index.checked_sub(1).is_none_or(|before| {
        outline
            .item(before)
            .is_none_or(|other| other.sentence != item.sentence)
    });
    let words = item.words;
    if !alone
        || !head.quantity.is_exact()
        || item.bracket.is_some()
        || words.foreign
        || words.compared
        || words.aspect.is_some()
        || first.mark != Mark::Comma
    {
        return None;
    }
    let label = |index: usize| outline.slice(outline.label(index));
    if STAFF.iter().any(|class| label(head.index).contains(class)) {
        return None;
    }
    let mut kind: Option<Kind> = None;
    let mut parts: Vec<usize> = Vec::new();
    let mut rest = false;
    for index in head.index + 1..outline.items.len().min(head.index + 24) {
        let (other, part) = (outline.item(index)?, outline.quantity(index)?);
        if other.sentence != item.sentence || other.mark >= Mark::Semicolon {
            break;
        }
        if other.bracket.is_some() || part.sort == Sort::Percent {
            continue;
        }
        let own = if STAFF.iter().any(|class| label(index).contains(class)) {
            Some(Kind::Staff)
        } else if kind != Some(Kind::Aspect(Aspect::Outcome))
            && OPENNESS.iter().any(|class| label(index).contains(class))
        {
            Some(Kind::Openness)
        } else {
            match other.words.aspect {
                Some(aspect @ (Aspect::Applicant | Aspect::Way | Aspect::Outcome)) => {
                    Some(Kind::Aspect(aspect))
                }
                // 其他结果2件，尚未审结1件.
                Some(Aspect::Pending) if label(index).contains("审结") => kind,
                None if other.words.rest => kind,
                _ => None,
            }
        };
        let fits = units::fit(
            head.unit,
            head.quantity.sort,
            outline.slice(part.unit.clone()),
            part.sort,
        ) == Fit::Same;
        if own.is_none() || other.words.total || (kind.is_some() && own != kind) {
            break;
        }
        if !fits || !part.is_exact() || other.words.foreign || other.words.far || other.words.open {
            return None;
        }
        rest |= other.words.rest;
        kind = own;
        parts.push(index);
    }
    let kind = kind?;
    let holds = |class: &&str| parts.iter().any(|part| label(*part).contains(class));
    let persons = || ["自然人", "公民", "个人"].iter().any(&holds);
    let bodies = || ["法人", "组织", "单位"].iter().any(&holds);
    let review = || has(label(head.index), words!["复议", "诉讼"]);
    let complete = match kind {
        Kind::Staff => STAFF.iter().all(&holds),
        Kind::Openness => OPENNESS.iter().all(&holds),
        Kind::Aspect(Aspect::Applicant) => persons() && bodies(),
        Kind::Aspect(Aspect::Outcome) => rest && review(),
        Kind::Aspect(_) => false,
    };
    let sum = parts
        .iter()
        .filter_map(|part| outline.quantity(*part))
        .fold(0_i128, |sum, part| sum.saturating_add(part.value));
    let above = sum > head.quantity.value;
    let last = parts.last().and_then(|last| outline.quantity(*last))?;
    // Of applications some may have come from the year before, or go on to the next.
    let balanced = kind == Kind::Aspect(Aspect::Outcome) && !review();
    let closes = outline
        .slice(last.span.end..outline.text().len())
        .chars()
        .take(60)
        .any(|c| Mark::of(c) >= Mark::Semicolon);
    let enough = parts.len() >= 3 || matches!(kind, Kind::Staff | Kind::Aspect(Aspect::Applicant));
    if parts.len() < 2
        || !enough
        || balanced
        || !closes
        || sum == head.quantity.value
        || !(above || complete)
    {
        return None;
    }
    Some(Found {
        doubtful: kind == Kind::Openness,
        agreement: if above {
            Agreement::Above
        } else {
            Agreement::Below
        },
        ..Found::whole(head.index, parts, head.quantity.span.end..last.span.end)
    })
}
