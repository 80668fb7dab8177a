//! Figures of which one must be a part of the other though no 其中 says so, and enumerations of
//! bodies whose number is stated elsewhere.

use crate::finding::{Checked, CheckedKind};
use crate::prose::{Paragraph, Prose};
use crate::quantity::{ONE, Quantity, Sort};
use crate::rules::Sink;
use crate::words::{WordSet, has, starts, words};

/// Examines pairs whose second figure is not among those `told` already, which are in order.
pub(super) fn examine(prose: &Prose, told: &[(usize, usize)], sink: &mut Sink) {
    for (number, paragraph) in prose.paragraphs.iter().enumerate() {
        let carries = paragraph.text.contains("结转");
        let counts: Vec<(usize, &Quantity)> = paragraph
            .quantities
            .iter()
            .enumerate()
            .filter(|(_, quantity)| quantity.sort == Sort::Count)
            .collect();
        for (at, (_, first)) in counts.iter().copied().enumerate() {
            // 93件（会上92件），立案89件: what stands in brackets behind the first is passed over.
            let next = counts
                .iter()
                .copied()
                .skip(at + 1)
                .take(3)
                .find(|(_, next)| {
                    let between = paragraph.slice(first.span.end..next.span.start);
                    between.len() > 120
                        || between.matches('（').count() == between.matches('）').count()
                });
            let Some((index, second)) = next else {
                continue;
            };
            if told.binary_search(&(number, index)).is_ok() {
                continue;
            }
            let pairs = if is_part(paragraph, carries, first, second) {
                Some((first, second))
            } else {
                is_stock(paragraph, first, second)
                    .then_some((second, first))
                    .or_else(|| {
                        // 制定3件，废止2件，现行有效25件: what was made is among what is in force.
                        let (_, stock) = counts.get(at + 2)?;
                        let made = is_made(paragraph, first) && is_gone(paragraph, second);
                        (made && is_stock(paragraph, first, stock)).then_some((*stock, first))
                    })
            };
            if let Some((whole, part)) = pairs {
                let (stated, limit) = (part.figure(), whole.figure());
                sink.examined(Checked {
                    relation: "不大于".to_owned(),
                    trivial: whole.value == 0,
                    ..Checked::equal(
                        CheckedKind::NarrativeSum,
                        true,
                        stated,
                        limit.clone(),
                        limit,
                        paragraph.place(first.span.start..second.span.end),
                    )
                });
            }
        }
    }
    bodies(prose, sink);
}

/// `制发公文N件，标明公开M件`, `事项N项，进驻大厅M项`: the second is a part of the first. A larger
/// one proves nothing, since the words do not say that it is a part.
fn is_part(paragraph: &Paragraph, carries: bool, whole: &Quantity, part: &Quantity) -> bool {
    const WHOLES: &WordSet = words![
        "制发",
        "印发",
        "产生",
        "发文",
        "公文",
        "事项",
        "收到",
        "受理",
        "提案",
        "建议",
        "接收",
        "接到",
        "发布会",
        "访谈",
    ];
    const PARTS: &WordSet = words![
        "标明",
        "公开发布",
        "主动公开",
        "进驻",
        "办结",
        "答复",
        "答覆",
        "予以公开",
        "立案",
        "受理",
        "采纳",
        "出席",
        "参加",
    ];
    if whole.sort != Sort::Count
        || part.sort != Sort::Count
        || !whole.is_exact()
        || !part.is_exact()
        || part.value > whole.value
        || paragraph.slice(whole.unit.clone()) != paragraph.slice(part.unit.clone())
        || part.span.start.saturating_sub(whole.span.end) > 90
    {
        return false;
    }
    let between = paragraph.slice(whole.span.end..part.span.start);
    let start = paragraph
        .slice(0..whole.span.start)
        .char_indices()
        .rev()
        .take(24)
        .take_while(|(_, c)| !"。；".contains(*c))
        .last()
        .map_or(whole.span.start, |(at, _)| at);
    let before = paragraph.slice(start..whole.span.start);
    // A bracket behind the first says no more about it.
    let between = match between.strip_prefix('（') {
        Some(inner) => inner.split_once('）').map_or("", |(_, rest)| rest),
        None => between,
    };
    // What was carried over is answered too, so that more may be answered than was received.
    let carried = || carries && has(between, words!["办结", "答复"]);
    between.starts_with(['，', '；'])
        && !carried()
        && !has(between, words!["其中", "包括", "。", "（", "结转"])
        && between.matches("上年").count()
            == between.matches("比上年增").count() + between.matches("比上年减").count()
        && has(before, WHOLES)
        // 网上受理12件，电话受理9件: one beside the other.
        && !(has(between, words!["受理"]) && has(before, words!["受理", "办结"]))
        // 事项95项，88项可在线办理: the second begins its clause.
        && (has(between, PARTS) || (between == "，" && done(paragraph, part)))
}

/// Whether what follows a figure says what was done with it: `，88项可在线办理`.
fn done(paragraph: &Paragraph, part: &Quantity) -> bool {
    let behind = paragraph.slice(part.span.end..paragraph.text.len());
    starts(behind, words!["可", "已", "予以", "实现"])
}

/// The text just before a quantity.
fn near_before<'a>(paragraph: &'a Paragraph, quantity: &Quantity) -> &'a str {
    let end = quantity.span.start;
    let start = (end.saturating_sub(120)..end)
        .find(|at| paragraph.text.is_char_boundary(*at))
        .unwrap_or(end);
    paragraph.slice(start..end)
}

/// The words of a quantity's own clause before it.
fn own<'a>(paragraph: &'a Paragraph, quantity: &Quantity) -> &'a str {
    near_before(paragraph, quantity)
        .rsplit(['，', '；', '。', '、'])
        .next()
        .unwrap_or_default()
}

/// Whether a quantity counts what is no longer there.
fn is_gone(paragraph: &Paragraph, quantity: &Quantity) -> bool {
    has(
        own(paragraph, quantity),
        words!["废止", "失效", "清理", "撤", "删", "修改"],
    )
}

/// Whether a quantity counts documents that were made.
fn is_made(paragraph: &Paragraph, quantity: &Quantity) -> bool {
    has(
        own(paragraph, quantity),
        words!["制定", "制发", "出台", "印发", "新增"],
    )
}

/// `公开信息25条，历年累计101条`, `制定文件3件，现行有效12件`: the first is among the second.
fn is_stock(paragraph: &Paragraph, year: &Quantity, stock: &Quantity) -> bool {
    if year.sort != Sort::Count
        || stock.sort != Sort::Count
        || !year.is_exact()
        || !stock.is_exact()
        || year.value > stock.value
        || paragraph.slice(year.unit.clone()) != paragraph.slice(stock.unit.clone())
        || stock.span.start.saturating_sub(year.span.end) > 140
    {
        return false;
    }
    let between = paragraph.slice(year.span.end..stock.span.start);
    let clause = between
        .rsplit(['，', '；', '。', '（'])
        .next()
        .unwrap_or_default();
    // 废止2件，现行有效25件: these are no longer among them.
    !is_gone(paragraph, year)
        && clause.len() < between.len()
        && (clause.contains("现行有效")
            || (has(clause, words!["累计", "总计"]) && has(clause, words!["历年", "目前"])))
        && !between.contains(['：', '、'])
}

/// The most parts of an enumeration of bodies.
const BODIES: usize = 12;

/// `22个部门、8个乡镇、1个街道` beside `全县31个部门`: the numbers of bodies in a row against one
/// number stated elsewhere.
fn bodies(prose: &Prose, sink: &mut Sink) {
    let stated: Vec<(&Paragraph, &Quantity)> = prose
        .paragraphs
        .iter()
        .flat_map(|paragraph| {
            paragraph
                .quantities
                .iter()
                .map(move |quantity| (paragraph, quantity))
        })
        .filter(|(paragraph, quantity)| is_bodies(paragraph, quantity))
        .take(400)
        .collect();
    let mut at = 0;
    while let Some((paragraph, first)) = stated.get(at) {
        let mut row = vec![*first];
        while row.len() < BODIES
            && let Some((other, next)) = stated.get(at + row.len())
            && std::ptr::eq(*other, *paragraph)
            && row.last().is_some_and(|last| {
                let gap = paragraph.slice(last.span.end..next.span.start);
                gap.len() <= 60
                    && gap.ends_with(['、', '，', '和', '及', '与'])
                    && !gap.contains('。')
            })
        {
            row.push(next);
        }
        at += row.len();
        if row.len() < 3 {
            continue;
        }
        let sum: i128 = row.iter().map(|part| part.value).sum();
        let total = stated.iter().find(|(_, quantity)| {
            quantity.value == sum && !row.iter().any(|part| std::ptr::eq(*part, *quantity))
        });
        if let Some((home, total)) = total {
            let terms: Vec<String> = row.iter().map(|part| part.figure()).collect();
            sink.examined(Checked::equal(
                CheckedKind::NarrativeSum,
                true,
                total.figure(),
                crate::decimal::print(sum),
                terms.join("+"),
                home.place(total.span.clone()),
            ));
        }
    }
}

/// Whether a quantity counts offices: `13个乡镇`, `33个信息公开部门`.
fn is_bodies(paragraph: &Paragraph, quantity: &Quantity) -> bool {
    const NOUNS: &WordSet = words![
        "部门", "单位", "机构", "乡镇", "乡", "镇", "街道", "园区", "企业", "事业", "局", "委",
        "县", "区", "村",
    ];
    let unit = paragraph.slice(quantity.unit.clone());
    if quantity.sort != Sort::Count
        || !quantity.is_exact()
        || quantity.value < ONE
        || !matches!(unit, "个" | "家" | "")
    {
        return false;
    }
    let behind: String = paragraph
        .slice(quantity.span.end..paragraph.text.len())
        .chars()
        .take(14)
        .take_while(|c| !"，。；、：（".contains(*c) && !c.is_ascii_digit())
        .collect();
    has(&behind, NOUNS)
}
