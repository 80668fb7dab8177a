//! Figures of which one must be a part of the other though no 其中 says so, and enumerations of
//! bodies whose number is stated elsewhere.

use crate::finding::{Checked, CheckedKind};
use crate::prose::{Paragraph, Prose};
use crate::quantity::{ONE, Quantity, Sort};
use crate::rules::Sink;
use crate::words::has;

pub(super) fn examine(prose: &Prose, sink: &mut Sink) {
    for paragraph in &prose.paragraphs {
        for pair in paragraph.quantities.windows(2) {
            if let [whole, part] = pair
                && is_part(paragraph, whole, part)
            {
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
                        paragraph.place(whole.span.start..part.span.end),
                    )
                });
            }
        }
    }
    bodies(prose, sink);
}

/// `制发公文N件，标明公开M件`, `事项N项，进驻大厅M项`: the second is a part of the first. A larger
/// one proves nothing, since the words do not say that it is a part.
fn is_part(paragraph: &Paragraph, whole: &Quantity, part: &Quantity) -> bool {
    const WHOLES: &[&str] = &[
        "制发", "印发", "产生", "发文", "公文", "事项", "收到", "受理",
    ];
    const PARTS: &[&str] = &[
        "标明",
        "公开发布",
        "主动公开",
        "进驻",
        "办结",
        "答复",
        "予以公开",
    ];
    if whole.sort != Sort::Count
        || part.sort != Sort::Count
        || !whole.is_exact()
        || !part.is_exact()
        || part.value > whole.value
        || paragraph.slice(whole.unit.clone()) != paragraph.slice(part.unit.clone())
        || part.span.start - whole.span.end > 90
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
    between.starts_with(['，', '；'])
        && !has(between, &["其中", "包括", "。", "（", "上年", "结转"])
        && has(before, WHOLES)
        && has(between, PARTS)
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
    const NOUNS: &[&str] = &[
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
