//! Rates whose numerator stands behind them: 解决率97.6%（解决1220件）.

use super::put;
use super::rate::{Fit, Ratio};
use super::terms::{joined, kin, lead, trail};
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::rules::Sink;
use crate::words::first_chars;

/// The most quantities looked at before a rate.
const BACK: usize = 8;
/// The most parts of a bracket: 满意144件，基本满意2件.
const PARTS: usize = 6;

/// Looks for the numbers behind a rate that give it to the digit; others accuse nobody.
pub(super) fn examine(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    stem: &str,
    sink: &mut Sink,
) -> Option<bool> {
    let first = paragraph.quantities.get(index + 1)?;
    let gap = lead(paragraph, index + 1);
    let bracket = gap.starts_with('（') && !gap.contains('）');
    let told = gap.starts_with('，') && super::named::does(paragraph, index + 1, stem);
    if !joined(paragraph, index + 1) || first.sort != Sort::Count || !(bracket || told) {
        return None;
    }
    let more = (index + 2..index + 1 + PARTS)
        .take_while(|at| bracket && joined(paragraph, *at) && !lead(paragraph, *at).contains('）'))
        .map_while(|at| paragraph.quantities.get(at))
        .filter(|part| kin(paragraph, first, paragraph, part));
    let parts: Vec<&Quantity> = std::iter::once(first).chain(more).collect();
    let bases = (index.saturating_sub(BACK)..index).rev();
    let bases = bases.filter_map(|at| paragraph.quantities.get(at));
    let bases = bases.filter(|base| base.is_exact() && kin(paragraph, first, paragraph, base));
    for base in bases {
        for count in [parts.len(), 1] {
            let ratio = of_sum(parts.get(..count)?, base)?;
            if ratio.numerator <= ratio.base && ratio.fit(percent)? == Fit::Rounded {
                let from = percent.span.start;
                put(paragraph, percent, from, &ratio, Fit::Rounded, None, sink);
                return Some(true);
            }
        }
    }
    None
}

/// `征收86万元，征收率95.6%（应征90万元）`: what was aimed at stands behind, in brackets.
pub(super) fn planned(
    paragraph: &Paragraph,
    index: usize,
    percent: &Quantity,
    sink: &mut Sink,
) -> Option<bool> {
    let part = paragraph.quantities.get(index.checked_sub(1)?)?;
    let aim = paragraph.quantities.get(index + 1)?;
    let words = lead(paragraph, index + 1).strip_prefix('（')?;
    let aimed = [
        "应",
        "目标",
        "任务",
        "计划",
        "年度目标",
        "年度计划",
        "年度任务",
    ]
    .iter()
    .any(|word| words.starts_with(word));
    // 1800对）: words of measure that are not known as such are short.
    let alone = first_chars(trail(paragraph, index + 1), 2).contains('）');
    if !aimed
        || !alone
        || words.chars().count() > 8
        || !joined(paragraph, index)
        || !joined(paragraph, index + 1)
        || lead(paragraph, index).contains(['；', '、'])
        || !part.is_exact()
        || !aim.is_exact()
        || !percent.is_exact()
        || !kin(paragraph, part, paragraph, aim)
    {
        return None;
    }
    let ratio = Ratio::of(part, aim)?;
    let fit = ratio.fit(percent)?;
    put(paragraph, percent, part.span.start, &ratio, fit, None, sink);
    Some(fit != Fit::Apart)
}

fn of_sum(parts: &[&Quantity], base: &Quantity) -> Option<Ratio> {
    let mut ratio = Ratio::of(parts.first()?, base)?;
    if parts.len() > 1 {
        let terms: Vec<String> = parts.iter().map(|part| part.figure()).collect();
        ratio.numerator = parts
            .iter()
            .try_fold(0_i128, |sum, part| sum.checked_add(part.value))?;
        ratio.arithmetic = format!("({})/{}", terms.join("+"), base.figure());
    }
    Some(ratio)
}
