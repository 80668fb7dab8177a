//! Rates that are claimed one by one of figures before them: 收到50件、办结45件，比上年增加10件、9件，分别
//! 增长25%和25%.

use super::find::{self, Change, Claim, Form, Weight, alike};
use super::forms::{blank, direction, direction_of};
use crate::prose::Paragraph;
use crate::quantity::Sort;
use crate::rules::shares::terms::{is_mark, joined, lead};
use crate::words::{has, words};

/// The most rates that are claimed at once.
const MOST: usize = 4;

/// The changes of a paragraph whose rates are claimed one by one.
pub(super) fn changes(paragraph: &Paragraph) -> Vec<Change> {
    let mut found = Vec::new();
    for at in 2..paragraph.quantities.len() {
        let is_rate = |at: usize| {
            paragraph
                .quantities
                .get(at)
                .is_some_and(|rate| rate.sort == Sort::Percent && rate.is_exact())
        };
        if !is_rate(at) || is_rate(at - 1) || !lead(paragraph, at).contains("分别") {
            continue;
        }
        let Some(up) = direction(lead(paragraph, at)) else {
            continue;
        };
        let rates = (at + 1..at + MOST)
            .take_while(|next| is_rate(*next) && is_joint(lead(paragraph, *next)))
            .count()
            + 1;
        if rates >= 2 {
            let changes = one_by_one(paragraph, at, rates, up)
                .or_else(|| from_to_each(paragraph, at, rates))
                .unwrap_or_default();
            found.extend(changes);
        }
    }
    found
}

/// 由8个减少到3个，由20份减少到9份，分别减少62.5%和55%.
fn from_to_each(paragraph: &Paragraph, at: usize, rates: usize) -> Option<Vec<Change>> {
    let start = at.checked_sub(2 * rates)?;
    (0..rates)
        .map(|place| {
            let change = find::at(paragraph, start + 2 * place)?;
            let plain = change.form == Form::FromTo
                && change.claims.is_empty()
                && joined(paragraph, change.second + 1);
            plain.then(|| Change {
                claims: vec![claim(at + place, change.up)],
                paired: true,
                ..change
            })
        })
        .collect()
}

fn claim(quantity: usize, up: Option<bool>) -> Claim {
    Claim {
        quantity,
        of_former: false,
        up,
        weight: Weight::Sure,
    }
}

/// Whether words only join figures.
fn is_joint(words: &str) -> bool {
    matches!(words, "、" | "和" | "，" | "与" | "及" | "以及")
}

/// The changes of `rates` figures with as many bases or differences, both in the order of the rates.
fn one_by_one(paragraph: &Paragraph, at: usize, rates: usize, up: bool) -> Option<Vec<Change>> {
    let second = at.checked_sub(rates)?;
    let first = second.checked_sub(rates)?;
    let words = lead(paragraph, second);
    let clear = (first + 1..=at).all(|index| joined(paragraph, index))
        && lead(paragraph, at).chars().count() <= 12
        && words.chars().count() <= 16
        && has(words, words!["同比", "比", "较"])
        && (second + 1..at).all(|index| {
            let joint = lead(paragraph, index);
            joint.chars().count() <= 5 && !has(joint, words!["年"])
        });
    if !clear {
        return None;
    }
    let ends = words.trim_end_matches(is_mark);
    let form = match direction_of(words) {
        // 比上年增加10件、9件.
        Some(said) if said == up => Form::Difference { up },
        Some(_) => return None,
        // 比上年的40件、36件.
        None if ends.ends_with(['的', '年', '期', '为']) => Form::AgainstBase,
        None => return None,
    };
    (0..rates)
        .map(|place| {
            let (now, other) = (first + place, second + place);
            let (one, two) = (
                paragraph.quantities.get(now)?,
                paragraph.quantities.get(other)?,
            );
            (one.sort == two.sort && one.sort == Sort::Count && alike(paragraph, one, two)).then(
                || Change {
                    first: now,
                    second: other,
                    claims: vec![claim(at + place, Some(up))],
                    paired: true,
                    ..blank(form, None, true)
                },
            )
        })
        .collect()
}
