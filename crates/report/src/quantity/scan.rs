//! Finding quantities and dates in normalised text.

use super::{Bound, Date, Found, ONE, Quantity, Sort, date, numeral_at, unit};

/// All quantities and dates of a text, in order.
pub(crate) fn scan(text: &str) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    // Depth of 《》: numbers in the name of a document count nothing.
    let mut title = 0_usize;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let length = c.len_utf8();
        match c {
            '《' => title += 1,
            '》' => title = title.saturating_sub(1),
            _ => {}
        }
        let starts = c.is_ascii_digit() || is_chinese_numeral(c);
        if !starts || title > 0 {
            at += length;
            continue;
        }
        at = match token(text, at) {
            Token::Date(date) => {
                let end = date.span.end;
                found.dates.push(date);
                end
            }
            Token::Quantity(quantity) => {
                let end = quantity.span.end.max(at + length);
                found.quantities.push(quantity);
                end
            }
            Token::Other(length) => at + length.max(c.len_utf8()),
        };
    }
    found
}

enum Token {
    Date(Date),
    Quantity(Quantity),
    /// Something else, of so many bytes.
    Other(usize),
}

fn is_chinese_numeral(c: char) -> bool {
    "一二三四五六七八九十百两〇零".contains(c)
}

fn token(text: &str, at: usize) -> Token {
    let rest = text.get(at..).unwrap_or_default();
    let before = text.get(..at).unwrap_or_default();
    let last = before.chars().next_back();
    let Some(numeral) = numeral_at(rest) else {
        let digits = rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || *b == b'.')
            .count();
        // Too long for a figure, but perhaps a date that lost its marks.
        if let Some(date) = date::at(rest, at) {
            return Token::Date(date);
        }
        return Token::Other(digits);
    };
    if let Some(date) = date::at(rest, at)
        && (!numeral.words || date.year.is_some() || date.month.is_some())
    {
        return Token::Date(date);
    }
    let after = rest.get(numeral.length..).unwrap_or_default();
    if !numeral.words && is_identifier(before, last, rest, &numeral, after) {
        let run = rest
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'.' || *b == b' ')
            .count();
        let run = rest.get(..run).unwrap_or_default().trim_end().len();
        return Token::Other(run.max(numeral.length));
    }
    if last == Some('第') {
        return Token::Other(numeral.length);
    }
    quantity(text, at, numeral.words).map_or(Token::Other(numeral.length), Token::Quantity)
}

/// Whether Arabic digits are part of a name or number of something.
fn is_identifier(
    before: &str,
    last: Option<char>,
    rest: &str,
    numeral: &super::Numeral,
    after: &str,
) -> bool {
    let next = after.chars().next();
    if last.is_some_and(|c| c.is_ascii_alphabetic() || c == '@' || c == '/' || c == '_') {
        return true;
    }
    if next.is_some_and(|c| c.is_ascii_alphabetic() || c == '@') {
        return true;
    }
    // “12345”热线, “1+X”.
    if matches!(last, Some('“' | '"' | '‘')) && matches!(next, Some('”' | '"' | '’' | '+'))
    {
        return true;
    }
    // 〔2018〕61号, 第711号, 37号.
    if after.starts_with('号') || after.starts_with("号令") {
        return true;
    }
    if last == Some('〔') || (last == Some('〕') && after.starts_with('号')) {
        return true;
    }
    // 0953-6019533, 0951—7037171.
    let dashed = |c: char| c == '-' || c == '—' || c == '–';
    if rest.starts_with('0')
        && numeral.length >= 2
        && numeral.value % ONE == 0
        && numeral.length != 1
        && !rest.starts_with("0.")
    {
        return true;
    }
    let digits = numeral.length;
    if digits >= 3 && next.is_some_and(dashed) {
        let tail = after.trim_start_matches(dashed);
        if tail.bytes().take_while(u8::is_ascii_digit).count() >= 3 {
            return true;
        }
    }
    if digits >= 6
        && unit::at(after).is_none()
        && !after.starts_with(['万', '亿', '元', '%', '余', '多'])
    {
        let words = [
            "电话",
            "传真",
            "邮编",
            "编码",
            "邮政编码",
            "代码",
            "QQ",
            "热线",
            "账号",
            "索引号",
        ];
        let near: String = before
            .chars()
            .rev()
            .take(8)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        if words.iter().any(|word| near.contains(word)) {
            return true;
        }
    }
    // 12345热线, 12345平台.
    ["12345", "12342", "12388", "110", "119", "120"]
        .iter()
        .any(|number| rest.get(..digits) == Some(*number))
        && ["热线", "平台", "政务", "民声", "市民", "便民"]
            .iter()
            .any(|word| after.trim_start_matches('”').starts_with(word))
}

const BEFORE: &[(&str, Bound)] = &[
    ("不少于", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("超过", Bound::AtLeast),
    ("至少", Bound::AtLeast),
    ("将近", Bound::AtMost),
    ("接近", Bound::AtMost),
    ("不足", Bound::AtMost),
    ("不到", Bound::AtMost),
    ("不超过", Bound::AtMost),
    ("大约", Bound::About),
    ("大概", Bound::About),
    ("约", Bound::About),
    ("近", Bound::AtMost),
    ("超", Bound::AtLeast),
    ("逾", Bound::AtLeast),
];

fn quantity(text: &str, at: usize, words: bool) -> Option<Quantity> {
    let rest = text.get(at..)?;
    let before = text.get(..at)?;
    let numeral = numeral_at(rest)?;
    let mut start = at;
    let mut bound = Bound::Exact;
    for (word, meaning) in BEFORE {
        if before.ends_with(word)
            && !(*word == "近" && before.ends_with("最近"))
            && !(*word == "约" && before.ends_with("集约"))
        {
            bound = *meaning;
            start = at - word.len();
            break;
        }
    }
    let mut end = at + numeral.length;
    let mut value = numeral.value;
    let mut step = numeral.step;
    let tail = |end: usize| text.get(end..).unwrap_or_default();
    let more = |end: &mut usize, bound: &mut Bound| {
        for word in ["余", "多"] {
            if tail(*end).starts_with(word) && !tail(*end).starts_with("多个方面") {
                *end += word.len();
                *bound = Bound::AtLeast;
            }
        }
    };
    let mut loose = end;
    let mut soft = bound;
    more(&mut loose, &mut soft);
    let mut scaled = false;
    for (word, factor) in [
        ("万", 10_000),
        ("亿", 100_000_000),
        ("千万", 10_000_000),
        ("百万", 1_000_000),
        ("千", 1_000),
    ] {
        if tail(loose).starts_with(word) && !(words && word != "万" && word != "亿") {
            loose += word.len();
            value = value.checked_mul(factor)?;
            step = step.checked_mul(factor)?;
            scaled = true;
            break;
        }
    }
    if scaled || soft != bound {
        end = loose;
        bound = soft;
    }
    let number = at..end;
    more(&mut end, &mut bound);
    if let Some(percent) = percent(text, at, start, end, &numeral, bound, words) {
        return Some(percent);
    }
    let unit_start = end;
    let mut sort = Sort::Count;
    if tail(end).starts_with("元") || tail(end).starts_with("块钱") {
        sort = Sort::Money;
        for (word, _) in unit::MONEY {
            if tail(unit_start).starts_with(word) {
                end = unit_start + word.len();
            }
        }
    } else if let Some(unit) = unit::at(tail(end)) {
        if words && !counts_in_words(before, value / ONE, unit, tail(end + unit.len()), bound) {
            return None;
        }
        end += unit.len();
    } else if words {
        return None;
    }
    let unit = unit_start..end;
    for (word, meaning) in [
        ("以上", Bound::AtLeast),
        ("左右", Bound::About),
        ("以内", Bound::AtMost),
    ] {
        if tail(end).starts_with(word) {
            end += word.len();
            bound = meaning;
        }
    }
    // 2.5:1, 3-5 and 24/7 are no single quantity.
    if !words && unit.is_empty() {
        let next = tail(end).chars().next();
        let last = before.chars().next_back();
        if matches!(next, Some('-' | ':' | '/' | '~' | '×' | '+' | '—'))
            || matches!(last, Some('-' | ':' | '/' | '~' | '×' | '+' | '.'))
        {
            return None;
        }
        // 1.、2. at the start of an item.
        if matches!(next, Some('、' | '.' | '）'))
            && numeral.length <= 2
            && last.is_none_or(|c| "。；：（".contains(c))
        {
            return None;
        }
    }
    Some(Quantity {
        span: start..end,
        number,
        unit,
        value,
        step,
        bound,
        sort,
        words,
    })
}

fn percent(
    text: &str,
    at: usize,
    start: usize,
    end: usize,
    numeral: &super::Numeral,
    bound: Bound,
    words: bool,
) -> Option<Quantity> {
    let tail = text.get(end..)?;
    let before = text.get(..at)?;
    let (sort, unit, start) = if tail.starts_with('%') {
        (Sort::Percent, end..end + 1, start)
    } else if tail.starts_with("个百分点") {
        (Sort::Points, end..end + "个百分点".len(), start)
    } else if before.ends_with("百分之") {
        (Sort::Percent, end..end, at - "百分之".len())
    } else {
        return None;
    };
    Some(Quantity {
        span: start..unit.end,
        number: at..at + numeral.length,
        unit,
        value: numeral.value,
        step: numeral.step,
        bound,
        sort,
        words,
    })
}

/// Whether a Chinese numeral with a unit counts something: 三条 and 五个方面 do, 一次性, 三公经费,
/// 十九大 and 一项项 do not.
fn counts_in_words(before: &str, value: i128, unit: &str, after: &str, bound: Bound) -> bool {
    if before.ends_with([
        '第', '十', '百', '“', '每', '逐', '同', '任', '某', '唯', '统', '专', '这', '那',
    ]) {
        return false;
    }
    match unit {
        "大" => {
            value >= 2
                && [
                    "领域", "类", "版块", "板块", "方面", "举措", "工程", "平台", "行动", "任务",
                    "体系", "专栏", "重点", "系统", "栏目", "机制",
                ]
                .iter()
                .any(|word| after.starts_with(word))
        }
        "届" | "级" | "道" | "门" | "口" | "头" | "面" | "点" | "股" | "步" | "本" | "部"
        | "所" | "单" | "通" | "版" | "位" | "日" => false,
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
