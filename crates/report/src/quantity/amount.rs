//! A number with its bound, scale and unit.

use crate::words::{starts, words};
use std::ops::Range;

use super::{Bound, Numeral, ONE, Quantity, Sort, numeral_at, unit};

const BEFORE: &[(&str, Bound)] = &[
    ("不少于", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("不超过", Bound::AtMost),
    ("超过", Bound::AtLeast),
    ("至少", Bound::AtLeast),
    ("不高于", Bound::AtMost),
    ("不多于", Bound::AtMost),
    ("将近", Bound::AtMost),
    ("接近", Bound::AtMost),
    ("不足", Bound::AtMost),
    ("不到", Bound::AtMost),
    ("至多", Bound::AtMost),
    ("大约", Bound::About),
    ("大概", Bound::About),
    ("大致", Bound::About),
    ("约", Bound::About),
    ("近", Bound::AtMost),
    ("超", Bound::AtLeast),
    ("逾", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("≤", Bound::AtMost),
];

/// Words that end as a bound does without being one: 集约, 附近.
const NO_BOUND: &[&str] = &[
    "最近", "附近", "临近", "就近", "邻近", "贴近", "远近", "集约", "节约", "公约", "合约", "预约",
    "签约", "契约", "特约", "制约", "履约", "续约", "条约", "反超", "赶超",
];

const AFTER: &[(&str, Bound)] = &[
    ("及以上", Bound::AtLeast),
    ("以上", Bound::AtLeast),
    ("左右", Bound::About),
    ("上下", Bound::About),
    ("以内", Bound::AtMost),
    ("及以下", Bound::AtMost),
    ("以下", Bound::AtMost),
];

/// The length of a span of numbers (`3-5件`, `三至五个`, `两三次`, `3、4个`), which is no quantity;
/// it begins at `at`.
pub(super) fn range(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let first = numeral_at(rest)?;
    if first.words && is_vague(rest.get(..first.length)?) {
        return Some(first.length);
    }
    let after = rest.get(first.length..)?;
    let mark = ["-", "~", "—", "－", "至", "到"]
        .into_iter()
        .find(|mark| after.starts_with(mark))?;
    let behind = after.get(mark.len()..)?;
    let second = numeral_at(behind)?;
    if second.words != first.words || second.value <= first.value {
        return None;
    }
    // The unit belongs to the span.
    let tail = behind.get(second.length..)?;
    let tail_unit = unit::at(tail).map_or(0, str::len);
    Some(first.length + mark.len() + second.length + tail_unit)
}

/// 两三, 七八: digits beside each other mean about as many.
fn is_vague(numeral: &str) -> bool {
    let mut digits = 0;
    for c in numeral.chars() {
        match c {
            '〇' | '零' => return false,
            '十' | '百' | '千' => digits = 0,
            _ => digits += 1,
        }
        if digits > 1 {
            return true;
        }
    }
    false
}

/// The quantity whose numeral begins at `at`.
pub(super) fn amount(text: &str, at: usize, numeral: &Numeral) -> Option<Quantity> {
    let before = text.get(..at)?;
    let words = numeral.words;
    if words && is_no_count(before, text.get(at..)?, numeral) {
        return None;
    }
    let (mut start, mut bound) = bound_before(before, at);
    let Scaled {
        value,
        step,
        end,
        more,
    } = scaled(text, at, numeral)?;
    if more {
        bound = Bound::AtLeast;
    }
    let number = at..number_end(text, at, end);
    let tail = |end: usize| text.get(end..).unwrap_or_default();
    let mut quantity = Quantity {
        span: start..end,
        number,
        unit: end..end,
        value,
        step,
        bound,
        sort: Sort::Count,
        words,
    };
    if let Some((sort, unit, begin, divisor)) = share(text, before, start, end) {
        start = begin;
        quantity.sort = sort;
        quantity.unit = unit;
        quantity.value /= divisor;
        quantity.step = (quantity.step / divisor).max(1);
        if before.ends_with('-')
            && !before
                .trim_end_matches('-')
                .ends_with(|c: char| c.is_ascii_digit())
        {
            quantity.value = -quantity.value;
            start -= 1;
        }
    } else if let Some(length) = unit::money(tail(end)) {
        // 二元 and 多元 are no money.
        if words && value < 10 * ONE {
            return None;
        }
        quantity.sort = Sort::Money;
        quantity.unit = end..end + length;
    } else if let Some(unit) = unit::at(tail(end)) {
        let after = tail(end + unit.len());
        if words && !counts_in_words(before, value / ONE, unit, after, bound) {
            return None;
        }
        quantity.unit = end..end + unit.len();
    } else if words {
        return None;
    }
    let mut close = quantity.unit.end;
    for (word, meaning) in AFTER {
        if tail(close).starts_with(word) {
            close += word.len();
            quantity.bound = *meaning;
            break;
        }
    }
    quantity.span = start..close;
    (words || !quantity.unit.is_empty() || stands_alone(before, tail(close), numeral))
        .then_some(quantity)
        .filter(|quantity| {
            // A dash behind letters or digits belongs to a name or span.
            let dashed = before
                .strip_suffix('-')
                .is_some_and(|name| name.ends_with(|c: char| c.is_ascii_alphanumeric()));
            quantity.sort != Sort::Count || !(dashed || before.ends_with(['×', '/']))
        })
}

fn bound_before(before: &str, at: usize) -> (usize, Bound) {
    BEFORE
        .iter()
        .find(|(word, _)| before.ends_with(word))
        .filter(|_| !NO_BOUND.iter().any(|word| before.ends_with(word)))
        .map_or((at, Bound::Exact), |(word, bound)| {
            (at - word.len(), *bound)
        })
}

struct Scaled {
    value: i128,
    step: i128,
    end: usize,
    /// Whether 余 or 多 stood in it.
    more: bool,
}

/// The numeral with 千, 万, 亿 and 余 behind it: `2.5万`, `18万余`, `3万5千`, `1亿2000万`.
fn scaled(text: &str, at: usize, numeral: &Numeral) -> Option<Scaled> {
    let mut scaled = Scaled {
        value: numeral.value,
        step: numeral.step,
        end: at + numeral.length,
        more: false,
    };
    let tail = |end: usize| text.get(end..).unwrap_or_default();
    let excess = |scaled: &mut Scaled| {
        for word in ["余", "多", "+"] {
            let rest = tail(scaled.end);
            if let Some(after) = rest.strip_prefix(word)
                && !after.starts_with(|c: char| c.is_ascii_digit())
                && !starts(
                    rest,
                    words!["多个方面", "多样", "多元", "多种", "余额", "余下"],
                )
            {
                scaled.end += word.len();
                scaled.more = true;
            }
        }
    };
    excess(&mut scaled);
    let mut floor = i128::MAX;
    let mut total = 0_i128;
    // At most 亿, 万 and 千 one after another.
    for _ in 0..3 {
        let Some((word, factor)) = SCALES.iter().find(|(word, factor)| {
            tail(scaled.end).starts_with(word)
                && *factor < floor
                && (!numeral.words || *factor >= 10_000)
        }) else {
            break;
        };
        scaled.end += word.len();
        scaled.value = scaled.value.checked_mul(*factor)?;
        scaled.step = scaled.step.checked_mul(*factor)?;
        floor = *factor;
        let Some(next) = numeral_at(tail(scaled.end)).filter(|next| next.words == numeral.words)
        else {
            break;
        };
        let after = tail(scaled.end + next.length);
        let goes_on = numeral.words
            || SCALES
                .iter()
                .any(|(word, factor)| after.starts_with(word) && *factor < floor);
        if !goes_on || next.value >= factor.checked_mul(ONE)? {
            break;
        }
        total = total.checked_add(scaled.value)?;
        scaled.value = next.value;
        scaled.step = next.step;
        scaled.end += next.length;
    }
    scaled.value = scaled.value.checked_add(total)?;
    excess(&mut scaled);
    Some(scaled)
}

const SCALES: &[(&str, i128)] = &[
    ("亿", 100_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("万", 10_000),
    ("千", 1_000),
];

/// The number without the 余 behind it.
fn number_end(text: &str, at: usize, end: usize) -> usize {
    let number = text.get(at..end).unwrap_or_default();
    at + number.trim_end_matches(['余', '多', '+']).len()
}

/// What a percentage is: sort, unit, begin and what one hundredth is divided by.
fn share(
    text: &str,
    before: &str,
    start: usize,
    end: usize,
) -> Option<(Sort, Range<usize>, usize, i128)> {
    let tail = text.get(end..)?;
    if tail.starts_with('%') {
        return Some((Sort::Percent, end..end + 1, start, 1));
    }
    for word in ["个百分点", "百分点"] {
        if tail.starts_with(word) {
            return Some((Sort::Points, end..end + word.len(), start, 1));
        }
    }
    if tail.starts_with('‰') {
        return Some((Sort::Percent, end..end + '‰'.len_utf8(), start, 10));
    }
    for (word, divisor) in [("百分之", 1), ("千分之", 10), ("万分之", 100)] {
        if let Some(lead) = before.strip_suffix(word) {
            return Some((Sort::Percent, end..end, lead.len(), divisor));
        }
    }
    None
}

/// Whether a number without a unit counts something: not in `2.5:1`, `3/9`, `5+2` and the number of
/// an item.
fn stands_alone(before: &str, after: &str, numeral: &Numeral) -> bool {
    let next = after.chars().next();
    let last = before.chars().next_back();
    if matches!(next, Some('-' | ':' | '/' | '~' | '×' | '+' | '—' | '='))
        || matches!(last, Some('-' | ':' | '/' | '~' | '×' | '+' | '.' | '='))
    {
        return false;
    }
    !(numeral.length <= 2
        && match next {
            Some('、' | '.' | '。') => last.is_none_or(|c| "。；：！？".contains(c)),
            Some('）') => last.is_none_or(|c| "（。；：，、".contains(c)),
            _ => false,
        })
}

/// Whether a Chinese numeral is a part of a word or of a vague number: 数百, 几十, 十几, 三分之一.
fn is_no_count(before: &str, rest: &str, numeral: &Numeral) -> bool {
    let after = rest.get(numeral.length..).unwrap_or_default();
    let bare = rest.starts_with(['百', '千']);
    before.ends_with(['数', '几', '第', '同', '逐', '每'])
        || after.starts_with(['几', '来'])
        || after.starts_with("分之")
        || before.ends_with("分之")
            && !["百分之", "千分之", "万分之"]
                .iter()
                .any(|word| before.ends_with(word))
        || bare && before.ends_with(['上', '成', '老', '近'])
}

/// Whether a Chinese numeral with a unit counts something: 三条 and 五个方面 do, 一次性, 三公经费,
/// 十九大 and 一项项 do not.
fn counts_in_words(before: &str, value: i128, unit: &str, after: &str, bound: Bound) -> bool {
    if before.ends_with([
        '第', '十', '百', '“', '每', '逐', '同', '任', '某', '唯', '统', '专', '这', '那', '另',
        '之', '初', '高',
    ]) {
        return false;
    }
    match unit {
        "大" => {
            value >= 2
                && starts(
                    after,
                    words![
                        "领域", "类", "版块", "板块", "方面", "举措", "工程", "平台", "行动",
                        "任务", "体系", "专栏", "重点", "系统", "栏目", "机制",
                    ],
                )
        }
        "届" | "级" | "道" | "门" | "口" | "头" | "面" | "点" | "股" | "步" | "本" | "部"
        | "所" | "单" | "通" | "版" | "位" | "日" | "线" => false,
        // 零件 is a spare part more often than no piece.
        "件" if value == 0 => false,
        _ if value == 0 => after.chars().next().is_none_or(|c| !c.is_alphanumeric()),
        "件" if value == 1 => !after.starts_with("事"),
        "次" if value == 1 => !after.starts_with("性"),
        _ if value == 1 => {
            bound == Bound::Exact
                && matches!(
                    unit,
                    "条" | "件" | "份" | "起" | "宗" | "期" | "篇" | "名" | "家"
                )
                && !after.starts_with(['块', '龙', '线'])
        }
        _ => true,
    }
}
