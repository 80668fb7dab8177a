//! How many units the preamble says were summed, and which.

use super::{CHILD_REPORTS_MISSING, name};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::{ONE, Sort};
use crate::read::title::{is_body, tail};
use crate::reading::Reading;
use crate::rules::Sink;
use crate::rules::shares::terms;
use crate::words::{first_chars, has, words};

/// Paragraphs among which the preamble stands.
const HEAD: usize = 12;
/// More units than any government has; a greater number counts something else.
const UNITS: i128 = 2000;
/// What the preamble counts: `13个乡镇、32个部门`.
const KINDS: [&str; 14] = [
    "乡镇",
    "乡（镇）",
    "镇",
    "乡",
    "街道",
    "部门",
    "单位",
    "直属",
    "县直",
    "区直",
    "市直",
    "政府部门",
    "工作部门",
    "镇街",
];

/// Compares the number of children with the preamble's. Answers how many are missing.
pub(super) fn examine(
    parent: &Reading,
    children: &[&Reading],
    left_out: usize,
    sink: &mut Sink,
) -> usize {
    let head = parent.prose.paragraphs.iter().take(HEAD);
    let Some((paragraph, counts)) = head
        .map(|paragraph| (paragraph, counts(paragraph)))
        .find(|(_, counts)| !counts.is_empty())
    else {
        return 0;
    };
    let stated: i128 = counts.iter().map(|(count, _)| *count).sum();
    let own = children
        .iter()
        .filter(|child| super::is_own_level(child, parent))
        .count();
    // The government's own office is seldom counted among the units.
    let given = children.len() + left_out;
    let fits = |number: usize| i128::try_from(number) == Ok(stated);
    let holds = fits(given) || (own > 0 && fits(given - own.min(given)));
    let (start, end) = counts
        .iter()
        .fold((usize::MAX, 0), |(start, end), (_, span)| {
            (start.min(span.start), end.max(span.end))
        });
    let place = paragraph.place(start.min(end)..end);
    let arithmetic = counts
        .iter()
        .map(|(count, _)| count.to_string())
        .collect::<Vec<_>>()
        .join("+");
    let mut checked = Checked::equal(
        CheckedKind::RollUp,
        holds,
        given.to_string(),
        stated.to_string(),
        &arithmetic,
        place.clone(),
    );
    if holds && !fits(given) {
        checked.explanation = Some("另有本级的报告".to_owned());
    }
    sink.examined(checked);
    if holds {
        return 0;
    }
    let short = usize::try_from(stated)
        .unwrap_or(usize::MAX)
        .saturating_sub(given);
    let absent = absent(paragraph, children);
    let mut message =
        format!("引言说汇总了 {stated} 个单位（{arithmetic}），给出的下级报告有 {given} 份");
    if short > 0 {
        message.push_str(&format!("，缺 {short} 份"));
        if !absent.is_empty() {
            message.push_str(&format!("，没有的是{}", absent.join("、")));
        }
        message.push_str("；缺报的不能当作 0，请补齐后再核对。");
    } else {
        message.push_str(&format!(
            "，多 {} 份；请核对汇总范围，并看看有没有不该放在一起的文件。",
            i128::try_from(given).unwrap_or(i128::MAX) - stated
        ));
    }
    sink.find(CHILD_REPORTS_MISSING.finding(place, message).with_figures(
        given.to_string(),
        stated.to_string(),
        arithmetic,
    ));
    short
}

/// The numbers of units in the sentence of a preamble that speaks of summing, with their places.
fn counts(paragraph: &Paragraph) -> Vec<(i128, std::ops::Range<usize>)> {
    let Some(sentence) = paragraph.sentences().find(|range| {
        let text = paragraph.slice(range.clone());
        has(text, words!["汇总", "汇集", "组成", "综合了"])
    }) else {
        return Vec::new();
    };
    let mut found: Vec<(i128, std::ops::Range<usize>)> = Vec::new();
    for (at, quantity) in paragraph.quantities.iter().enumerate() {
        let inside = sentence.contains(&quantity.span.start);
        let count = quantity.value / ONE;
        if !inside
            || quantity.sort != Sort::Count
            || !quantity.is_exact()
            || !(1..UNITS).contains(&count)
        {
            continue;
        }
        // “32个部门”, “32家单位”, “32个县直部门”: what is counted follows at once.
        let unit = paragraph.slice(quantity.unit.clone());
        let behind = first_chars(terms::trail(paragraph, at), 8);
        let counted = format!("{unit}{behind}");
        if KINDS.iter().any(|kind| counted.contains(kind)) {
            found.push((count, quantity.span.clone()));
        }
    }
    found
}

/// Bodies that the preamble lists by name and that gave no report.
fn absent(paragraph: &Paragraph, children: &[&Reading]) -> Vec<String> {
    let names: Vec<&str> = paragraph
        .text
        .split(['、', '，', '：', '；', '。', '（', '）', '和', '及'])
        // 汇总云岭县民政局, 云岭县司法局4个单位.
        .map(|part| {
            let part = part
                .find(|c: char| c.is_ascii_digit())
                .map_or(part, |end| part.get(..end).unwrap_or_default());
            let verb = ["汇总了", "汇总", "综合了", "包括", "包含", "涵盖"];
            let begin = verb.iter().find_map(|verb| part.rsplit_once(verb));
            let part = begin.map_or(part, |(_, rest)| rest);
            part.trim_end_matches('等').trim()
        })
        .filter(|part| part.chars().count() >= 3 && is_body(part))
        .collect();
    // A list of names, not a single one in a sentence.
    if names.len() < 3 {
        return Vec::new();
    }
    let given: Vec<String> = children.iter().map(|child| name(child)).collect();
    names
        .into_iter()
        .filter(|listed| {
            !given
                .iter()
                .any(|unit| unit.contains(tail(listed)) || listed.contains(tail(unit)))
        })
        .map(str::to_owned)
        .collect()
}
