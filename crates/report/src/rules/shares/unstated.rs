//! Rates whose numerator is not stated: sums of the parts that the paragraph lists are tried.

use super::put;
use super::rate::{Fit, Ratio};
use super::terms::{kin, unit};
use crate::prose::Paragraph;
use crate::quantity::{ONE, Quantity, Sort};
use crate::rules::Sink;

/// The most parts whose sums are tried: 4,096 of them.
const PARTS: usize = 12;
/// The most quantities looked at before a rate.
const BACK: usize = 32;

/// A sum of parts that gives the rate.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    ratio: Ratio,
    fit: Fit,
    /// How many parts were taken, or left out where that is fewer.
    effort: u32,
    terms: String,
}

/// Looks for the sum that fits; none accuses nobody.
pub(super) fn examine(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    name: &str,
    sink: &mut Sink,
) -> Option<bool> {
    // Two decimals tell one sum from another; fewer would fit anything.
    if percent.step * 100 > ONE
        || percent.value == 0
        || percent.value >= super::rate::WHOLE
        || super::named::is_measured(name)
    {
        return None;
    }
    let (base_at, base) = whole(paragraph, index)?;
    let parts: Vec<&Quantity> = paragraph
        .quantities
        .get(base_at + 1..index)?
        .iter()
        .filter(|part| {
            part.sort == Sort::Count
                && part.is_exact()
                && part.value > 0
                && part.value < base.value
                && unit(paragraph, part) == unit(paragraph, base)
        })
        .take(PARTS + 1)
        .collect();
    if parts.len() < 2 || parts.len() > PARTS {
        return None;
    }
    let hit = search(base, &parts, percent)?;
    let note = format!("分子未写明，{}相符", hit.terms);
    put(
        paragraph,
        percent,
        percent.span.start,
        &hit.ratio,
        hit.fit,
        Some(note),
        sink,
    );
    Some(true)
}

/// The total of the paragraph before a rate: the greatest exact count with a unit of its own.
fn whole(paragraph: &Paragraph, index: usize) -> Option<(usize, &Quantity)> {
    let (at, base) = paragraph
        .quantities
        .iter()
        .enumerate()
        .take(index)
        .skip(index.saturating_sub(BACK))
        .filter(|(_, base)| base.sort == Sort::Count && base.is_exact() && !base.unit.is_empty())
        .max_by_key(|(at, base)| (base.value, usize::MAX - at))?;
    let enough = base.value >= 20 * ONE && kin(paragraph, base, paragraph, base);
    enough.then_some((at, base))
}

fn search(base: &Quantity, parts: &[&Quantity], percent: &Quantity) -> Option<Hit> {
    let mut best: Option<Hit> = None;
    let count = u32::try_from(parts.len()).ok()?;
    for taken in 1..(1_u32 << count) {
        let chosen = || {
            parts
                .iter()
                .enumerate()
                .filter(move |(at, _)| taken >> at & 1 == 1)
                .map(|(_, part)| *part)
        };
        let sum: i128 = chosen()
            .map(|part| part.value)
            .fold(0, i128::saturating_add);
        if sum > base.value {
            continue;
        }
        let mut ratio = Ratio {
            numerator: sum,
            base: base.value,
            numerator_slack: 0,
            base_slack: 0,
            arithmetic: String::new(),
        };
        let fit = ratio.fit(percent)?;
        if !matches!(fit, Fit::Rounded | Fit::Truncated) {
            continue;
        }
        let all: i128 = parts
            .iter()
            .map(|part| part.value)
            .fold(0, i128::saturating_add);
        let (few, left) = (taken.count_ones(), count - taken.count_ones());
        // What is left out explains the rate only where the parts make up the whole.
        let (effort, terms) = if all == base.value && left < few {
            let dropped: Vec<String> = parts
                .iter()
                .enumerate()
                .filter(|(at, _)| taken >> at & 1 == 0)
                .map(|(_, part)| part.figure())
                .collect();
            (left, format!("{}-{}", base.figure(), dropped.join("-")))
        } else {
            let terms: Vec<String> = chosen().map(|part| part.figure()).collect();
            (few, terms.join("+"))
        };
        let better = best.as_ref().is_none_or(|best| {
            (fit == Fit::Truncated, effort) < (best.fit == Fit::Truncated, best.effort)
        });
        if better {
            ratio.arithmetic = format!("{}/{}", crate::decimal::print(sum), base.figure());
            best = Some(Hit {
                ratio,
                fit,
                effort,
                terms,
            });
        }
    }
    best
}
