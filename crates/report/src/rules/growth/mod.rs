//! Change in sentences: 由A精简为B, 较上年的A增长…%, 比上年增加D件.
//!
//! Only a change whose two figures stand in the sentence, or follow from it, is examined. Growth
//! against a figure that is not stated needs the earlier report.

mod balance;
mod claims;
mod figures;
mod find;
mod forms;
mod paired;
#[cfg(test)]
mod tests;

use statute::editions::Level;

use super::shares::rate::{self, Fit, Ratio};
use super::shares::terms::{joined, kin, lead};
use super::{Rule, Sink};
use crate::finding::CheckedKind;
use crate::prose::Paragraph;
use crate::quantity::{Bound, Quantity, Sort};
use crate::reading::Reading;
use figures::Figures;
use find::{Change, Form};

/// A rate of change between two stated figures that does not come out.
pub(crate) const RATE_MISMATCH: Rule = Rule {
    name: "rate-mismatch",
    code: "N204",
    level: Level::Error,
    summary: "变化率与前后两个数不符",
    english: "a rate of change differs from the figures before and after",
    article: None,
    page: include_str!("../pages/rate-mismatch.md"),
};

/// Growth against last year's stated figure that does not come out.
pub(crate) const GROWTH_MISMATCH: Rule = Rule {
    name: "growth-mismatch",
    code: "N701",
    level: Level::Error,
    summary: "与上年相比的增减数或者增减率与两年的数不符",
    english: "a change against last year differs from the figures of the two years",
    article: None,
    page: include_str!("../pages/growth-mismatch.md"),
};

/// What came and went does not make what is there now.
pub(crate) const BALANCE_OF_CHANGE: Rule = Rule {
    name: "change-out-of-balance",
    code: "N702",
    level: Level::Error,
    summary: "原有、增减和现有的数，或者总数、已办和其余的数对不上",
    english: "what was there, what came and went and what is left do not add up",
    article: None,
    page: include_str!("../pages/change-out-of-balance.md"),
};

pub(crate) const RULES: &[&Rule] = &[&RATE_MISMATCH, &GROWTH_MISMATCH, &BALANCE_OF_CHANGE];

/// Examines every change of the text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    for paragraph in &reading.prose.paragraphs {
        let mut at = 0;
        while at < paragraph.quantities.len() {
            at += match find::at(paragraph, at) {
                Some(change) => {
                    judge(paragraph, &change, sink);
                    change.length.max(1)
                }
                None => 1,
            };
        }
        balance::examine(paragraph, sink);
        for change in paired::changes(paragraph) {
            judge(paragraph, &change, sink);
        }
    }
}

fn judge(paragraph: &Paragraph, change: &Change, sink: &mut Sink) {
    let quantity = |index: usize| paragraph.quantities.get(index);
    let (Some(first), Some(second)) = (quantity(change.first), quantity(change.second)) else {
        return;
    };
    let first = match change.form {
        Form::Difference { up } if !change.paired => match current(paragraph, change, up) {
            Some(current) => current,
            None => return,
        },
        _ => first,
    };
    let exact = |bound: Bound| bound == Bound::Exact;
    if !exact(first.bound) || !exact(second.bound) {
        return;
    }
    let figures = Figures {
        paragraph,
        change,
        start: first.span.start.min(second.span.start),
        end: first.span.end.max(second.span.end),
        rule: if change.yearly {
            &GROWTH_MISMATCH
        } else {
            &RATE_MISMATCH
        },
        kind: if change.yearly {
            CheckedKind::Growth
        } else {
            CheckedKind::NarrativeRatio
        },
    };
    if figures.turned(first, second, sink) {
        return;
    }
    for claim in &change.claims {
        let Some(stated) = quantity(claim.quantity) else {
            continue;
        };
        if figures.contrary(first, second, stated, claim, sink) {
            continue;
        }
        match stated.sort {
            Sort::Percent if is_share(first) => figures.points(first, second, stated, claim, sink),
            Sort::Percent => figures.rate(first, second, stated, claim, sink),
            Sort::Points => figures.points(first, second, stated, claim, sink),
            Sort::Count | Sort::Money => figures.difference(first, second, stated, claim, sink),
        }
    }
}

/// The figure of a year and the one of the year before, where a sentence measures the one that
/// stands at a quantity by the other: by their places.
pub(super) fn against_base(paragraph: &Paragraph, at: usize) -> Option<(usize, usize)> {
    let change = find::at(paragraph, at)?;
    let of_year = change.yearly && change.form == Form::AgainstBase;
    of_year.then_some((change.first, change.second))
}

/// The figure that a difference belongs to: 收到25件，办结20件，较上年减少5件. The nearest before it,
/// unless one further back in the sentence gives the rate; where several could be meant and none
/// does, none.
fn current<'a>(paragraph: &'a Paragraph, change: &Change, up: bool) -> Option<&'a Quantity> {
    let nearest = paragraph.quantities.get(change.first)?;
    let difference = paragraph.quantities.get(change.second)?;
    let stated = change
        .claims
        .iter()
        .filter_map(|claim| paragraph.quantities.get(claim.quantity))
        .find(|stated| is_share(stated))?;
    let mut others = 0;
    for back in 0..5 {
        let index = change.first.checked_sub(back);
        let Some((index, now)) =
            index.and_then(|index| Some((index, paragraph.quantities.get(index)?)))
        else {
            break;
        };
        if kin(paragraph, now, paragraph, difference) {
            let before = if up {
                now.value.checked_sub(difference.value)?
            } else {
                now.value.checked_add(difference.value)?
            };
            let ratio = Ratio {
                numerator: difference.value,
                base: before,
                numerator_slack: rate::slack(difference),
                base_slack: rate::slack(now) + rate::slack(difference),
                arithmetic: String::new(),
            };
            if before > 0 && matches!(ratio.fit(stated), Some(Fit::Rounded | Fit::Within)) {
                return Some(now);
            }
            others += 1;
        }
        if !joined(paragraph, index) || lead(paragraph, index).contains('；') {
            break;
        }
    }
    (others == 1).then_some(nearest)
}

fn is_share(quantity: &Quantity) -> bool {
    matches!(quantity.sort, Sort::Percent)
}
