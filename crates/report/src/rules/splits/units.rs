//! Which units may stand in one sum.

use crate::quantity::{Quantity, Sort};
use crate::words::{WordSet, starts, words};

/// Units that count pieces of information, applications or documents, which reports mix.
const PIECES: &[&str] = &[
    "条", "件", "份", "篇", "宗", "起", "则", "例", "封", "幅", "期", "件次", "条次", "篇次", "个",
    "只", "部", "张", "批", "单", "份次", "辑", "本", "册", "款",
];
const PEOPLE: &[&str] = &["人", "名", "位"];
const BODIES: &[&str] = &["家", "个", "户", "所", "处"];
const TIMES: &[&str] = &["次", "场", "场次", "期", "轮", "批", "批次", "回", "班次"];
const MATTERS: &[&str] = &["项", "个", "类", "大项", "条"];
const HEADS: &[&str] = &["人次", "人"];

/// How well the unit of a part fits that of its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// They cannot be added.
    No,
    /// They are mixed in reports, though they are not the same.
    Loose,
    /// The same unit, or one that was left out.
    Same,
}

/// How a part fits a total.
pub(super) fn fit(total: &str, total_sort: Sort, part: &str, part_sort: Sort) -> Fit {
    if total_sort != part_sort {
        return Fit::No;
    }
    // 8426件（次） of pieces and of times.
    let mixed = total
        .split_once('（')
        .filter(|(_, note)| note.strip_suffix('）') == Some(part));
    if mixed.is_some() {
        return Fit::Loose;
    }
    let (total, part) = (bare(total), bare(part));
    if total_sort == Sort::Money || total == part || part.is_empty() {
        return Fit::Same;
    }
    let both = |units: &[&str]| units.contains(&total) && units.contains(&part);
    if total.is_empty() || both(PIECES) || both(PEOPLE) || both(BODIES) || both(TIMES) {
        return Fit::Loose;
    }
    if both(&["项", "个"]) || (both(MATTERS) && total == "个") || both(HEADS) {
        return Fit::Loose;
    }
    Fit::No
}

fn bare(unit: &str) -> &str {
    match unit {
        "件（次）" | "件次" => "件",
        "条（次）" | "条次" => "条",
        "场（次）" => "场次",
        "人（次）" => "人次",
        "个（次）" | "个次" => "个",
        "篇（次）" | "篇次" => "篇",
        unit => unit,
    }
}

/// Whether a quantity may be a total or a part at all: durations, dates, ages and multiples are
/// none.
pub(super) fn counts(quantity: &Quantity, unit: &str) -> bool {
    const NEVER: &WordSet = words![
        "年",
        "天",
        "日",
        "个月",
        "工作日",
        "个工作日",
        "小时",
        "个小时",
        "分钟",
        "季度",
        "个季度",
        "个季",
        "周",
        "岁",
        "倍",
        "级",
        "届",
        "版",
        "点",
        "步",
        "大",
        "方面",
        "个方面",
        "米",
        "平方米",
        "公里",
        "平方公里",
        "字",
        "公顷",
        "亩",
        "吨",
        "公斤",
        "千瓦",
        "面",
        "道",
        "门",
        "口",
        "头",
        "股",
        "块",
    ];
    matches!(quantity.sort, Sort::Count | Sort::Money)
        && (matches!(unit, "" | "条" | "件" | "个" | "次")
            || !(starts(unit, NEVER) && NEVER.words().contains(&unit)))
}
