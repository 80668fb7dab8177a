//! Lists that stand behind their number: 5个事项（…）, 内容涉及…, 三个方面：一是…二是….

use super::items;
use super::{Listed, counts_classes};
use crate::prose::Paragraph;
use crate::quantity::Quantity;
use crate::words::{WordSet, first_chars, has, words};

/// The list that begins behind a number.
pub(super) fn listed(
    paragraph: &Paragraph,
    index: usize,
    quantity: &Quantity,
    number: usize,
    next: Option<&Paragraph>,
) -> Option<Listed> {
    bracket(paragraph, index, quantity, number)
        .or_else(|| marked(paragraph, quantity, number, next))
        .or_else(|| named(paragraph, index, quantity, number))
        .or_else(|| slogans(paragraph, quantity, number))
}

fn rest<'a>(paragraph: &'a Paragraph, quantity: &Quantity) -> &'a str {
    first_chars(
        paragraph.slice(quantity.span.end..paragraph.text.len()),
        400,
    )
}

/// Whether a quantity begins within so many bytes behind a number: then the list is one of figures.
fn figures_within(paragraph: &Paragraph, index: usize, quantity: &Quantity, length: usize) -> bool {
    paragraph
        .quantities
        .get(index + 1)
        .is_some_and(|next| next.span.start < quantity.span.end + length)
}

/// Words in brackets that say what else a noun may be, not which ones there are.
const OTHER_NAMES: [&str; 14] = [
    "街道",
    "社区",
    "办事处",
    "园区",
    "村",
    "单位",
    "部门",
    "居委会",
    "乡镇",
    "镇",
    "科室",
    "中心",
    "开发区",
    "乡",
];

/// 5个高频事项（甲、乙、丙、丁、戊）.
fn bracket(
    paragraph: &Paragraph,
    index: usize,
    quantity: &Quantity,
    number: usize,
) -> Option<Listed> {
    let unit = paragraph.slice(quantity.unit.clone());
    let plain = ["个", "项", "类", "种", "家", "大", "方面", "个方面"].contains(&unit);
    let rest = rest(paragraph, quantity);
    let open = rest.find('（')?;
    let noun = rest.get(..open)?;
    if !plain || noun.chars().count() > 12 || noun.contains(super::super::shares::terms::is_mark) {
        return None;
    }
    let inner = rest.get(open + '（'.len_utf8()..)?;
    let inner = inner.get(..inner.find('）')?)?;
    let length = open + inner.len();
    if !inner.contains('、')
        || inner.contains(['，', '；', '。', '：', '（', '等'])
        || figures_within(paragraph, index, quantity, length)
        || has(inner, words!["含", "包括", "其中", "详见", "见附"])
    {
        return None;
    }
    let count = items::count(inner)?;
    let range = quantity.span.start..quantity.span.end + length + 2 * '）'.len_utf8();
    if count.allows(number) {
        return Some(Listed {
            count: number,
            holds: true,
            range,
        });
    }
    let others = inner.split('、').all(|item| OTHER_NAMES.contains(&item));
    let near = count.least.abs_diff(number) <= 2 && count.least >= 2;
    (near && !others && count.least == count.most && !inner.contains('—')).then_some(Listed {
        count: count.least,
        holds: false,
        range,
    })
}

pub(super) const ORDINALS: [&str; 12] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
];

/// 三个方面：一是…二是…三是….
fn marked(
    paragraph: &Paragraph,
    quantity: &Quantity,
    number: usize,
    next: Option<&Paragraph>,
) -> Option<Listed> {
    let text = first_chars(
        paragraph.slice(quantity.span.end..paragraph.text.len()),
        4_000,
    );
    let near = first_chars(text, 24);
    let first = near.find("一是")?;
    let between = near.get(..first)?;
    let announced = between.contains('：') || between.ends_with(['，', '。']);
    if !announced
        || between.matches(['。', '；', '，']).count() > 1
        || !(counts_classes(paragraph, quantity) || is_kind(between))
        || text.contains('…')
    {
        return None;
    }
    let list = text.get(first..)?;
    // A second 一是 begins another list.
    let list = list
        .get("一是".len()..)
        .and_then(|rest| rest.find("。一是").or_else(|| rest.find("；一是")))
        .and_then(|end| list.get(..end + "一是".len()))
        .unwrap_or(list);
    let mut count = 0;
    let mut from = 0;
    for ordinal in ORDINALS {
        let Some(found) = find_mark(list, from, ordinal) else {
            break;
        };
        from = found;
        count += 1;
    }
    let goes_on = next.is_some_and(|next| {
        ORDINALS
            .get(count)
            .is_some_and(|ordinal| next.text.starts_with(&format!("{ordinal}是")))
    });
    if count < 2 || (goes_on && count != number) {
        return None;
    }
    Some(Listed {
        count,
        holds: count == number,
        range: quantity.span.clone(),
    })
}

/// Where the mark of an ordinal ends behind a byte: 二是, 二要, but not the end of 十二是.
pub(super) fn find_mark(list: &str, from: usize, ordinal: &str) -> Option<usize> {
    let rest = list.get(from..)?;
    rest.match_indices(ordinal).find_map(|(at, word)| {
        let before = rest.get(..at)?.chars().next_back();
        let behind = rest.get(at + word.len()..)?;
        let marked = behind.starts_with('是');
        let begins = before.is_none_or(|c| !"十一二三四五六七八九".contains(c));
        (marked && begins).then_some(from + at + word.len())
    })
}

/// Whether the words behind a number name what a list of 一是 lists.
pub(super) fn is_kind(words: &str) -> bool {
    has(
        words,
        words![
            "问题", "不足", "工作", "措施", "举措", "任务", "方面", "重点", "环节", "着力",
        ],
    )
}

/// 提案4项，内容涉及甲、乙、丙、丁; 公开3类信息：甲、乙、丙. Only the number itself is looked for: a
/// list that names what things are about need not name each.
fn named(
    paragraph: &Paragraph,
    index: usize,
    quantity: &Quantity,
    number: usize,
) -> Option<Listed> {
    let rest = rest(paragraph, quantity);
    let near = first_chars(rest, 24);
    const LEADS: &WordSet = words![
        "内容涉及",
        "主要涉及",
        "主要包括",
        "主要是",
        "分别是",
        "分别为",
        "涉及",
        "包括",
        "即",
        "：",
    ];
    if !has(near, LEADS) {
        return None;
    }
    let lead = LEADS
        .words()
        .iter()
        .filter_map(|word| Some((near.find(word)?, *word)))
        .min()?;
    let between = near.get(..lead.0)?;
    if between.matches('，').count() > 1 || between.contains(['。', '；', '、', '（']) {
        return None;
    }
    let list = rest.get(lead.0 + lead.1.len()..)?;
    let list = list.trim_start_matches('：');
    let end = end_of(list)?;
    let list = list.get(..end)?;
    let reach = lead.0 + lead.1.len() + end;
    if !list.contains('、')
        || list.contains('等')
        || figures_within(paragraph, index, quantity, reach)
    {
        return None;
    }
    let count = items::count(list)?;
    count.allows(number).then_some(Listed {
        count: number,
        holds: true,
        range: quantity.span.start..quantity.span.end + reach,
    })
}

/// Where an enumeration ends: at the first mark outside brackets and quotation marks.
fn end_of(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '“' | '《' => depth += 1,
            '）' | '”' | '》' => depth = depth.checked_sub(1)?,
            '，' | '。' | '；' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    Some(text.len())
}

/// Words that a slogan counts: 三个结合, 四个到位.
const SLOGANS: [&str; 24] = [
    "结合", "到位", "加强", "强化", "确保", "坚持", "突出", "注重", "严格", "统一", "转变", "延伸",
    "提升", "及时", "同步", "明确", "不准", "一律", "落实", "完善", "规范", "创新", "优先", "为主",
];

/// 注重三个结合：把…相结合；…相结合；…相结合. Only the number itself is looked for.
fn slogans(paragraph: &Paragraph, quantity: &Quantity, number: usize) -> Option<Listed> {
    if paragraph.slice(quantity.unit.clone()) != "个" {
        return None;
    }
    let text = first_chars(
        paragraph.slice(quantity.span.end..paragraph.text.len()),
        600,
    );
    let word = SLOGANS.iter().find(|word| text.starts_with(**word))?;
    let text = text.get(word.len()..)?;
    // The next point of the paragraph speaks of something else.
    let end = ORDINALS
        .iter()
        .filter_map(|ordinal| text.find(&format!("{ordinal}是")))
        .min()
        .unwrap_or(text.len());
    let count = text.get(..end)?.matches(word).count();
    (count == number).then_some(Listed {
        count,
        holds: true,
        range: quantity.span.clone(),
    })
}
