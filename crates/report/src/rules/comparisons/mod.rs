//! Comparisons in sentences: A高于B, 948户1074人.

#[cfg(test)]
mod tests;

use crate::words::{has, words};
use statute::editions::Level;

use super::shares::terms::{joined, lead, trail, unit};
use super::{Rule, Sink};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::reading::Reading;

/// A comparison that the two figures contradict.
pub(crate) const COMPARISON_FALSE: Rule = Rule {
    name: "comparison-false",
    code: "N301",
    level: Level::Error,
    summary: "正文的高低、多少与所写的数不符",
    english: "a comparison contradicts its two figures",
    article: None,
    page: include_str!("../pages/comparison-false.md"),
};

/// More households than people in them.
pub(crate) const HOUSEHOLDS_ABOVE_PEOPLE: Rule = Rule {
    name: "households-above-people",
    code: "N302",
    level: Level::Warning,
    summary: "户数多于人数",
    english: "there are more households than people",
    article: None,
    page: include_str!("../pages/households-above-people.md"),
};

pub(crate) const RULES: &[&Rule] = &[&COMPARISON_FALSE, &HOUSEHOLDS_ABOVE_PEOPLE];

/// Words of comparison and how the first figure must stand to the second.
const WORDS: [(&str, Order); 16] = [
    ("不低于", Order::AtLeast),
    ("不少于", Order::AtLeast),
    ("不高于", Order::AtMost),
    ("不超过", Order::AtMost),
    ("不多于", Order::AtMost),
    ("高于", Order::Above),
    ("多于", Order::Above),
    ("大于", Order::Above),
    ("高出", Order::Above),
    ("超过", Order::Above),
    ("超出", Order::Above),
    ("低于", Order::Below),
    ("少于", Order::Below),
    ("小于", Order::Below),
    ("不及", Order::Below),
    ("未达到", Order::Below),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Above,
    AtLeast,
    Below,
    AtMost,
}

impl Order {
    fn holds(self, one: i128, two: i128) -> bool {
        match self {
            Order::Above => one > two,
            Order::AtLeast => one >= two,
            Order::Below => one < two,
            Order::AtMost => one <= two,
        }
    }

    fn relation(self) -> &'static str {
        match self {
            Order::Above | Order::AtLeast => "不小于",
            Order::Below | Order::AtMost => "不大于",
        }
    }
}

/// Examines every comparison of the text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    for paragraph in &reading.prose.paragraphs {
        for (index, two) in paragraph.quantities.iter().enumerate().skip(1) {
            let Some(one) = paragraph.quantities.get(index - 1) else {
                continue;
            };
            if !joined(paragraph, index) {
                continue;
            }
            if !people(paragraph, index, one, two, sink) {
                compare(paragraph, index, one, two, sink);
            }
        }
    }
}

/// A number of households with the number of people in them right behind.
fn people(
    paragraph: &Paragraph,
    index: usize,
    one: &Quantity,
    two: &Quantity,
    sink: &mut Sink,
) -> bool {
    let between = lead(paragraph, index);
    let paired = matches!(between, "" | "、" | "，" | "（" | "共")
        && paragraph.slice(one.unit.clone()) == "户"
        && matches!(paragraph.slice(two.unit.clone()), "人" | "名" | "口");
    if !paired {
        return false;
    }
    // A comma may begin something else.
    let close = between != "，" || trail(paragraph, index).starts_with(['，', '；']);
    let exact = one.is_exact() && two.is_exact();
    if !exact || !close {
        return true;
    }
    let holds = two.value >= one.value;
    if !holds && !matches!(between, "" | "共") {
        return true;
    }
    let place = paragraph.place(one.span.start..two.span.end);
    let mut checked = Checked::equal(
        CheckedKind::Comparison,
        holds,
        two.figure(),
        one.figure(),
        one.figure(),
        place.clone(),
    );
    checked.relation = Order::AtLeast.relation().to_owned();
    checked.trivial = one.value == 0 && two.value == 0;
    sink.examined(checked);
    if !holds {
        sink.find(
            HOUSEHOLDS_ABOVE_PEOPLE
                .finding(
                    place,
                    format!(
                        "{}户{}人，人数少于户数；一户至少一人，请核对两个数",
                        one.figure(),
                        two.figure()
                    ),
                )
                .with_figures(two.figure(), one.figure(), one.figure()),
        );
    }
    true
}

fn compare(paragraph: &Paragraph, index: usize, one: &Quantity, two: &Quantity, sink: &mut Sink) {
    if one.sort != two.sort || two.sort == Sort::Points {
        return;
    }
    // 超过 right before a number was read as its bound; it compares only with a figure that is named.
    let between = paragraph.slice(one.span.end..two.number.start.max(one.span.end));
    // Every word of comparison has one of these.
    if !between.contains(['不', '于', '出', '过', '未']) {
        return;
    }
    let Some((at, word, order)) = WORDS
        .iter()
        .filter_map(|(word, order)| Some((between.find(word)?, *word, *order)))
        .min_by_key(|(at, word, _)| (*at, usize::MAX - word.len()))
    else {
        return;
    };
    let (head, tail) = (
        between.get(..at).unwrap_or_default(),
        between.get(at + word.len()..).unwrap_or_default(),
    );
    let same = unit(paragraph, one) == unit(paragraph, two)
        || (one.unit.is_empty() != two.unit.is_empty() && one.sort != Sort::Count);
    // 高于全市平均水平（96%）: the second figure in brackets behind its name.
    let noted = tail
        .split_once('（')
        .filter(|(_, note)| note.chars().count() <= 8 && trail(paragraph, index).starts_with('）'));
    let tail = noted.map_or(tail, |(name, _)| name);
    // The words of comparison follow the first figure at once, and lead to the second.
    let adjoins = head.trim_start_matches(['，', '）']).chars().count() <= 4
        && !head.contains(['；', '。', '、', '：'])
        && tail.chars().count() <= 16
        && !tail.contains(['，', '；', '。', '：', '（']);
    let exact = one.is_exact()
        && (two.is_exact() || two.span.start < two.number.start)
        && !has(trail(paragraph, index), words!["以上", "左右"]);
    if !same || !adjoins || !exact || (tail.is_empty() && one.sort == Sort::Percent) {
        return;
    }
    let holds = order.holds(one.value, two.value);
    // Without 的 or 标准 the second figure may be a difference: 低于上年3件 is fewer by 3.
    let named = noted.is_some()
        || tail.ends_with('的')
        || has(tail, words!["标准", "水平为", "目标", "规定"]);
    if !named && (!holds || tail.is_empty() || one.sort == Sort::Percent) {
        return;
    }
    let place = paragraph.place(one.span.start..two.span.end);
    let mut checked = Checked::equal(
        CheckedKind::Comparison,
        holds,
        one.figure(),
        two.figure(),
        two.figure(),
        place.clone(),
    );
    checked.relation = order.relation().to_owned();
    sink.examined(checked);
    if holds {
        if noted.is_some() {
            by_how_much(paragraph, index, one, two, sink);
        }
        return;
    }
    sink.find(
        COMPARISON_FALSE
            .finding(
                place,
                format!(
                    "正文说{}{word}{}，与数字不符；请核对两个数或者改正表述",
                    one.figure(),
                    two.figure()
                ),
            )
            .with_figures(one.figure(), two.figure(), two.figure()),
    );
}

/// 98.5%，高于全市平均水平（96%）2.5个百分点: the difference right behind the brackets.
fn by_how_much(
    paragraph: &Paragraph,
    index: usize,
    one: &Quantity,
    two: &Quantity,
    sink: &mut Sink,
) {
    let Some(stated) = paragraph.quantities.get(index + 1) else {
        return;
    };
    let close = matches!(lead(paragraph, index + 1), "）" | "）近" | "）约");
    let of_kind = match stated.sort {
        Sort::Points => one.sort == Sort::Percent,
        Sort::Count => one.sort == Sort::Count && unit(paragraph, stated) == unit(paragraph, one),
        Sort::Money | Sort::Percent => false,
    };
    if !close || !of_kind || !joined(paragraph, index + 1) {
        return;
    }
    let (high, low) = if one.value >= two.value {
        (one, two)
    } else {
        (two, one)
    };
    let difference = high.value - low.value;
    let holds = stated.allows(difference);
    let arithmetic = format!("{}-{}", high.figure(), low.figure());
    let expected = crate::decimal::print(difference);
    let place = paragraph.place(one.span.start..stated.span.end);
    sink.examined(Checked::equal(
        CheckedKind::Comparison,
        holds,
        stated.figure(),
        &*expected,
        &*arithmetic,
        place.clone(),
    ));
    if !holds {
        sink.find(
            COMPARISON_FALSE
                .finding(
                    place,
                    format!(
                        "正文写相差{}，而{arithmetic}={expected}；请核对两个数和差数",
                        stated.figure()
                    ),
                )
                .with_figures(stated.figure(), expected, arithmetic),
        );
    }
}
