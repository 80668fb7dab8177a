//! Totals with their parts: what a sentence splits, into what, and whether that adds up.
//!
//! The analysis is shared by the rules on sums and on shares. It reads 其中, colon lists, brackets,
//! 包括, 分别为, `在…中，` and bare lists, over commas, semicolons and full stops; lists within lists
//! belong to the part that they split.

mod agree;
mod bare;
mod group;
mod introduce;
mod list;
mod outline;
mod units;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::prose::Prose;
use crate::quantity::{Bound, Quantity, Sort};
use introduce::Introduction;
use outline::Outline;

/// How a list of parts is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Introducer {
    /// 其中.
    Among,
    /// A colon right behind the total.
    Colon,
    /// Brackets right behind the total.
    Brackets,
    /// 包括, 涉及, 含.
    Including,
    /// 分别为, 分为.
    Respectively,
    /// `在…中，`.
    OfThese,
    /// Nothing but a mark.
    Bare,
    /// The parts stand before their total: `…，共计N`.
    After,
}

/// A part of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The paragraph that it stands in.
    pub(crate) paragraph: usize,
    /// Its quantity.
    pub(crate) quantity: usize,
    /// The words that name it.
    pub(crate) label: Range<usize>,
}

/// Whether the parts make up the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// They do, under a reading that is named where it is not the plain one.
    Equal(Option<String>),
    /// They are less than the total.
    Below,
    /// They are more than the total.
    Above,
    /// There is nothing to compare.
    Unclear,
}

/// How firmly a list is a list of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The parts are of one kind, joined directly, in the unit of the total.
    pub(crate) clean: bool,
    /// The list ends where the sentence or its clause does, not in something else.
    pub(crate) whole: bool,
    /// The parts sort by several things, or by one that leaves a piece in two of them.
    pub(crate) mixed: bool,
    /// All numbers are exact.
    pub(crate) exact: bool,
    /// 等 or the like leaves the list open.
    pub(crate) open: bool,
    /// A part is called 其他, so that the list means to be whole.
    pub(crate) rest: bool,
}

/// A total with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    /// The paragraph of the total.
    pub(crate) paragraph: usize,
    /// The quantity of the total.
    pub(crate) head: usize,
    /// The parts, in the order of the text.
    pub(crate) parts: Vec<Part>,
    /// How the list is introduced.
    pub(crate) introducer: Introducer,
    /// Whether the list means to be whole.
    pub(crate) closed: bool,
    /// Whether it is sure which total is meant and that the parts are its parts.
    pub(crate) sure: bool,
    /// Whether the parts name channels, on which one piece may be published twice.
    pub(crate) channels: bool,
    /// Whether it adds up.
    pub(crate) agreement: Agreement,
    /// The list in the paragraph of its parts.
    pub(crate) range: Range<usize>,
}

/// The most introductions of a paragraph that are looked at.
const INTRODUCTIONS: usize = 200;

/// Every total with its parts, in the order of the text. A total may be split several times.
pub(crate) fn find(prose: &Prose) -> Vec<Split> {
    let mut found = Vec::new();
    for group in group::groups(prose) {
        let outline = Outline::of(&group);
        found.append(&mut Finder { outline: &outline }.find());
    }
    found
}

struct Finder<'a> {
    outline: &'a Outline<'a>,
}

/// A split in terms of its group.
struct Found {
    head: usize,
    parts: Vec<usize>,
    introducer: Introducer,
    closed: bool,
    sure: bool,
    channels: bool,
    agreement: Agreement,
    range: Range<usize>,
}

impl Found {
    fn agrees(&self) -> bool {
        matches!(self.agreement, Agreement::Equal(_))
    }
}

/// A total that a list may belong to.
#[derive(Clone, Copy)]
struct Head<'a> {
    index: usize,
    quantity: &'a Quantity,
    unit: &'a str,
    /// It is only a difference from another figure, which 其中 seldom splits.
    compared: bool,
}

impl<'a> Finder<'a> {
    fn find(&self) -> Vec<Split> {
        let mut found: Vec<Found> = Vec::new();
        for list in introduce::introductions(self.outline)
            .iter()
            .take(INTRODUCTIONS)
        {
            for sort in [Sort::Count, Sort::Money] {
                self.split(list, sort, &mut found);
            }
        }
        bare::find(self, &mut found);
        drop_doubles(&mut found);
        found.into_iter().map(|found| self.placed(found)).collect()
    }

    /// A split in terms of its paragraphs.
    fn placed(&self, found: Found) -> Split {
        let group = self.outline.group;
        let (paragraph, head) = group.quantity(found.head);
        let parts = found.parts.iter().map(|part| {
            let label = self.outline.label(*part);
            let (paragraph, quantity) = group.quantity(*part);
            let (_, start) = group.place(label.start);
            Part {
                paragraph,
                quantity,
                label: start..start + label.len(),
            }
        });
        let (_, start) = group.place(found.range.start);
        Split {
            paragraph,
            head,
            parts: parts.collect(),
            introducer: found.introducer,
            closed: found.closed,
            sure: found.sure,
            channels: found.channels,
            agreement: found.agreement,
            range: start..start + found.range.len(),
        }
    }

    fn split(&self, list: &Introduction, sort: Sort, found: &mut Vec<Found>) {
        let mut entries = list::entries(self.outline, list, sort);
        // The list begins in the sentence that introduces it.
        if entries.first().is_none_or(|entry| entry.sentence > 0) {
            return;
        }
        let heads = self.heads(list, sort);
        for (order, head) in heads.iter().enumerate() {
            // One kind of split after another: by applicant; by outcome.
            let mut equal = false;
            for _ in 0..3 {
                let verdict = agree::judge(self.outline, head.quantity, head.unit, &entries);
                if !matches!(verdict.agreement, Agreement::Equal(_)) {
                    break;
                }
                equal = true;
                let last = verdict.parts.last().copied().unwrap_or_default();
                found.push(self.made(list, head, &entries, &verdict, true));
                entries.drain(..=last.min(entries.len().saturating_sub(1)));
                if let Some(first) = entries.first_mut() {
                    first.nested = false;
                }
            }
            if equal {
                return;
            }
            // Far heads are believed only when the sum agrees.
            if order == 5 {
                break;
            }
        }
        for head in heads.iter().filter(|head| !head.compared).take(3) {
            let verdict = agree::judge(self.outline, head.quantity, head.unit, &entries);
            if verdict.agreement != Agreement::Unclear {
                let sure = !list.partial
                    && self.is_direct(list, head)
                    && !(verdict.agreement == Agreement::Above
                        && self.another_fits(list, head, &heads, &entries, &verdict));
                found.push(self.made(list, head, &entries, &verdict, sure));
                return;
            }
        }
    }

    /// Whether another figure of the sentence is large enough to be the total instead.
    fn another_fits(
        &self,
        list: &Introduction,
        head: &Head,
        heads: &[Head],
        entries: &[list::Entry],
        verdict: &agree::Verdict,
    ) -> bool {
        let outline = self.outline;
        let sum: i128 = verdict
            .parts
            .iter()
            .filter_map(|at| entries.get(*at))
            .filter_map(|entry| outline.quantity(entry.index))
            .fold(0, |sum: i128, part| sum.saturating_add(part.value));
        let sentence = outline.sentence_at(list.at);
        let fitting = || {
            heads.iter().filter(|other| {
                let fit = units::fit(
                    other.unit,
                    other.quantity.sort,
                    head.unit,
                    head.quantity.sort,
                );
                fit != units::Fit::No
                    && !other.compared
                    && outline
                        .item(other.index)
                        .is_some_and(|item| item.sentence == sentence)
            })
        };
        let together = fitting().fold(0, |sum: i128, other| {
            sum.saturating_add(other.quantity.value)
        });
        fitting().any(|other| other.index != head.index && other.quantity.value >= sum)
            || (fitting().count() >= 2 && together == sum)
    }

    /// The totals that a list may belong to, the nearest first.
    fn heads(&self, list: &Introduction, sort: Sort) -> Vec<Head<'a>> {
        let outline = self.outline;
        let sentence = outline.sentence_at(list.at);
        let mut found = Vec::new();
        let mut before = outline.first_after(list.at);
        // A list in brackets behind the total, with or without a word that introduces it.
        let bracket = match list.kind {
            Introducer::Brackets => outline
                .item(before.saturating_sub(1))
                .and_then(|item| item.bracket),
            _ => list.bracket,
        };
        let inner = |index: usize| {
            outline
                .item(index)
                .is_some_and(|item| item.bracket == bracket)
        };
        let lone = list.bracket.is_some()
            && list.kind != Introducer::Brackets
            && !before.checked_sub(1).is_some_and(inner);
        let mut looked = 0;
        while let Some(index) = before.checked_sub(1) {
            before = index;
            looked += 1;
            let Some(item) = outline.item(index) else {
                break;
            };
            if looked > 40 || item.sentence + 1 < sentence || found.len() >= 6 {
                break;
            }
            if item.bracket != bracket && !lone {
                continue;
            }
            if let Some(head) = self.head(index, sort) {
                found.push(head);
            }
            if matches!(list.kind, Introducer::Colon | Introducer::Brackets) || lone {
                break;
            }
        }
        found
    }

    fn head(&self, index: usize, sort: Sort) -> Option<Head<'a>> {
        let quantity = self.outline.quantity(index)?;
        let unit = self.outline.slice(quantity.unit.clone());
        (quantity.sort == sort && units::counts(quantity, unit)).then_some(Head {
            index,
            quantity,
            unit,
            compared: self
                .outline
                .item(index)
                .is_some_and(|item| item.words.compared),
        })
    }

    /// Whether nothing stands between the total and the words that introduce the list which could
    /// be meant instead.
    fn is_direct(&self, list: &Introduction, head: &Head) -> bool {
        let outline = self.outline;
        let bracket = |index: usize| outline.item(index).and_then(|item| item.bracket);
        let next = head.index + 1..outline.first_after(list.at);
        list.at.saturating_sub(head.quantity.span.end) <= 360
            && next.clone().all(|index| {
                bracket(index) != bracket(head.index)
                    || outline
                        .quantity(index)
                        .is_none_or(|other| matches!(other.sort, Sort::Percent | Sort::Points))
            })
    }

    fn made(
        &self,
        list: &Introduction,
        head: &Head,
        entries: &[list::Entry],
        verdict: &agree::Verdict,
        sure: bool,
    ) -> Found {
        let parts: Vec<usize> = verdict
            .parts
            .iter()
            .filter_map(|at| entries.get(*at))
            .map(|entry| entry.index)
            .collect();
        let end = parts
            .last()
            .and_then(|part| self.outline.quantity(*part))
            .map_or(list.from, |part| part.span.end);
        let shape = verdict.shape;
        let above = verdict.agreement == Agreement::Above;
        let closes = shape.rest
            || matches!(
                list.kind,
                Introducer::Colon | Introducer::Respectively | Introducer::OfThese
            );
        Found {
            head: head.index,
            introducer: list.kind,
            closed: closes && !shape.open && !list.partial && parts.len() >= 2,
            sure: sure
                && shape.clean
                && (above || shape.whole)
                && shape.exact
                && (!shape.mixed || parts.len() == 1)
                && !shape.open
                && head.quantity.bound == Bound::Exact,
            channels: self.channels(head, &parts),
            agreement: verdict.agreement.clone(),
            range: list.at..end.max(list.at),
            parts,
        }
    }

    /// Whether two parts or more are named by where they were published.
    fn channels(&self, head: &Head, parts: &[usize]) -> bool {
        let named = |part: &&usize| {
            self.outline
                .item(**part)
                .is_some_and(|item| item.words.aspect == Some(words::Aspect::Channel))
        };
        // Accounts and offices are no pieces of information.
        !matches!(head.unit, "个" | "家" | "人" | "名") && parts.iter().filter(named).count() >= 2
    }
}

/// A split that was found by two introductions counts once; where a total agrees with one list,
/// other readings of its parts do not count.
fn drop_doubles(found: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    found.retain(|split| seen.insert((split.head, split.parts.clone())));
    let agreeing = || found.iter().filter(|split| split.agrees());
    let heads: BTreeSet<usize> = agreeing().map(|split| split.head).collect();
    let taken: BTreeSet<usize> = agreeing()
        .flat_map(|split| split.parts.iter().copied())
        .collect();
    found.retain(|split| {
        let apart = || !split.parts.iter().any(|part| taken.contains(part));
        let lone = || split.parts.len() == 1 && split.agreement == Agreement::Below && apart();
        split.agrees()
            || lone()
            || !(heads.contains(&split.head) || split.parts.iter().all(|part| taken.contains(part)))
    });
}
