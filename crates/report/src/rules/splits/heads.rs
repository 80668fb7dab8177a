//! Totals that a list may belong to.

use super::introduce::Introduction;
use super::{Finder, Found, Introducer, agree, list, outline, units};
use crate::quantity::{Quantity, Sort};

/// A total that a list may belong to.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    pub(super) index: usize,
    pub(super) quantity: &'a Quantity,
    pub(super) unit: &'a str,
    /// It is only a difference from another figure, which 其中 seldom splits.
    pub(super) compared: bool,
    /// It stands several sentences before the list.
    pub(super) far: bool,
}

impl<'a> Head<'a> {
    pub(super) fn told(&self) -> (usize, &'a Quantity, &'a str) {
        (self.index, self.quantity, self.unit)
    }
}

impl<'a> Finder<'a> {
    /// Whether another figure of the sentence is large enough to be the total instead.
    pub(super) fn another_fits(
        &self,
        list: &Introduction,
        head: &Head,
        heads: &[Head],
        entries: &[list::Entry],
        verdict: &agree::Verdict,
        found: &[Found],
    ) -> bool {
        let outline = self.outline;
        let sum: i128 = verdict
            .parts
            .iter()
            .filter_map(|at| entries.get(*at))
            .filter_map(|entry| outline.quantity(entry.index))
            .fold(0, |sum: i128, part| sum.saturating_add(part.value));
        let sentence = outline.sentence_at(list.at);
        // 收到40件，转入2件。其中，…: a list that begins a sentence may belong to any total before it.
        let home = outline
            .item(head.index)
            .map_or(sentence, |item| item.sentence);
        // A total with its parts, parted from this one: 甲类90条（新60条，旧30条）；乙类50条，其中….
        let settled = |other: &Head| {
            let between = other.quantity.span.end..head.quantity.span.start;
            outline.slice(between).contains('；')
                && found.iter().any(|split| {
                    split.agrees()
                        && (split.head == other.index || split.parts.contains(&other.index))
                })
        };
        let fitting = || {
            heads
                .iter()
                .filter(|other| !settled(other))
                .filter(|other| {
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
                            .is_some_and(|item| item.sentence == sentence || item.sentence == home)
                })
        };
        let together = fitting().fold(0, |sum: i128, other| {
            sum.saturating_add(other.quantity.value)
        });
        fitting().any(|other| other.index != head.index && other.quantity.value >= sum)
            || (fitting().count() >= 2 && together >= sum)
    }

    /// The totals that a list may belong to, the nearest first.
    pub(super) fn heads(&self, list: &Introduction, sort: Sort) -> Vec<Head<'a>> {
        let outline = self.outline;
        let sentence = outline.sentence_at(list.at);
        let mut found = Vec::new();
        let mut before = outline.first_after(list.at);
        // Sentences without figures do not part a total from its list.
        let last = before.checked_sub(1).and_then(|last| outline.item(last));
        let floor = last.map_or(sentence, |last| sentence.min(last.sentence + 1));
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
            if looked > 40 || item.sentence + 3 < floor || found.len() >= 6 {
                break;
            }
            if item.bracket != bracket && !lone {
                continue;
            }
            let head = self.head(index, sort);
            if let Some(head) = head {
                let far = item.sentence + 1 < floor
                    || list.at.saturating_sub(head.quantity.span.end) > 900;
                found.push(Head { far, ..head });
            }
            // 资助120万元，惠及30人：甲类80万元，乙类40万元.
            let passed = list.kind == Introducer::Colon
                && head.is_none_or(|head| !self.is_of(&head, list))
                && item.sentence == sentence
                && item.mark < outline::Mark::Semicolon;
            if (matches!(list.kind, Introducer::Colon | Introducer::Brackets) && !passed)
                // 49条，占98%（其中…）: a share between is no total.
                || (lone && head.is_some())
            {
                break;
            }
        }
        found
    }

    /// Whether the first figure of a list could be a part of a total.
    fn is_of(&self, head: &Head, list: &Introduction) -> bool {
        let first = self.outline.quantity(self.outline.first_after(list.from));
        first.is_none_or(|first| {
            let unit = self.outline.slice(first.unit.clone());
            units::fit(head.unit, head.quantity.sort, unit, first.sort) != units::Fit::No
        })
    }

    pub(super) fn head(&self, index: usize, sort: Sort) -> Option<Head<'a>> {
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
            far: false,
        })
    }

    /// Whether nothing stands between the total and the words that introduce the list which could
    /// be meant instead.
    pub(super) fn is_direct(&self, list: &Introduction, head: &Head) -> bool {
        let outline = self.outline;
        let bracket = |index: usize| outline.item(index).and_then(|item| item.bracket);
        let next = head.index + 1..outline.first_after(list.at);
        list.at.saturating_sub(head.quantity.span.end) <= 360
            && next.clone().all(|index| {
                bracket(index) != bracket(head.index)
                    || outline.quantity(index).is_none_or(|other| {
                        let unit = outline.slice(other.unit.clone());
                        let counts = units::counts(other, unit);
                        !counts || (other.sort != head.quantity.sort && self.is_of(head, list))
                    })
            })
    }
}
