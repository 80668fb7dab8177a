//! Counts of listed things: 五个方面, 8类, 6大版块, 一是…二是….
//!
//! A list is counted only where it is clear what it lists; where 和 may join two things or stand
//! inside one, any reading that gives the number will do. The worst that is said is a warning.

mod before;
mod behind;
mod items;
mod outlined;
mod quoted;
#[cfg(test)]
mod tests;

use std::ops::Range;

use statute::editions::Level;

use super::{Rule, Sink};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::{ONE, Quantity, Sort};
use crate::reading::Reading;

/// A number of things that is not the number of things listed.
pub(crate) const LIST_COUNT_DIFFERS: Rule = Rule {
    name: "list-count-differs",
    code: "N401",
    level: Level::Warning,
    summary: "所写的个数与列举的个数不符",
    english: "a stated count differs from the number of things listed",
    article: None,
    page: include_str!("../pages/list-count-differs.md"),
};

pub(crate) const RULES: &[&Rule] = &[&LIST_COUNT_DIFFERS];

/// Nouns of a class: a number of these counts the things listed, not pieces published about them.
const CLASSES: [&str; 36] = [
    "领域",
    "类",
    "版块",
    "板块",
    "方面",
    "栏目",
    "专栏",
    "环节",
    "渠道",
    "方式",
    "形式",
    "途径",
    "要素",
    "阶段",
    "步骤",
    "平台",
    "维度",
    "层面",
    "层级",
    "模块",
    "主题",
    "频道",
    "高频",
    "关键",
    "重点领域",
    "子栏目",
    "一级栏目",
    "专题",
    "载体",
    "原则",
    "举措",
    "措施",
    "机制",
    "体系",
    "系列",
    "目录",
];

/// What a list says about a number.
struct Listed {
    /// How many things are listed, under the reading nearest to the number.
    count: usize,
    holds: bool,
    range: Range<usize>,
}

/// Examines every number of listed things.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let paragraphs = &reading.prose.paragraphs;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let behind = paragraphs.get(at + 1..).unwrap_or_default();
        quoted::examine(paragraph, sink);
        for (index, quantity) in paragraph.quantities.iter().enumerate() {
            let Some(number) = number(quantity) else {
                continue;
            };
            let listed = before::listed(paragraph, quantity, number)
                .or_else(|| behind::listed(paragraph, index, quantity, number, behind.first()))
                .or_else(|| outlined::listed(paragraph, quantity, number, behind));
            if let Some(listed) = listed {
                put(paragraph, number, &listed, sink);
            }
        }
    }
}

/// The number of things, if it can be one of a list.
fn number(quantity: &Quantity) -> Option<usize> {
    if quantity.sort != Sort::Count || !quantity.is_exact() || quantity.value % ONE != 0 {
        return None;
    }
    let number = usize::try_from(quantity.value / ONE).ok()?;
    (2..=40).contains(&number).then_some(number)
}

/// Whether a number counts classes: 五个方面, 8类, 6大版块.
fn counts_classes(paragraph: &Paragraph, quantity: &Quantity) -> bool {
    let unit = paragraph.slice(quantity.unit.clone());
    let rest = paragraph.slice(quantity.span.end..paragraph.text.len());
    match unit {
        "个方面" | "方面" | "类" => true,
        "个" | "大" | "项" | "种" => CLASSES.iter().any(|class| rest.starts_with(class)),
        _ => false,
    }
}

fn put(paragraph: &Paragraph, number: usize, listed: &Listed, sink: &mut Sink) {
    let place = paragraph.place(listed.range.clone());
    sink.examined(Checked::equal(
        CheckedKind::ListCount,
        listed.holds,
        number.to_string(),
        listed.count.to_string(),
        vec!["1"; listed.count].join("+"),
        place.clone(),
    ));
    if !listed.holds {
        sink.find(
            LIST_COUNT_DIFFERS
                .finding(
                    place,
                    format!(
                        "正文写{number}，列举的是{}；请核对个数或者补全列举",
                        listed.count
                    ),
                )
                .with_figures(
                    number.to_string(),
                    listed.count.to_string(),
                    vec!["1"; listed.count].join("+"),
                ),
        );
    }
}
