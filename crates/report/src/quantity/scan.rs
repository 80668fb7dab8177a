//! Finding quantities and dates in normalised text.

use super::amount::{self, amount};
use super::{Date, Found, ONE, Quantity, date, numeral_at, unit};
use crate::words::{has, words};

/// All quantities and dates of a text, in order.
pub(crate) fn scan(text: &str) -> Found {
    let mut found = Found::default();
    // Where what was read ends.
    let mut next = 0;
    // Depth of 《》: numbers in the name of a document count nothing.
    let mut title = 0_usize;
    for (at, c) in text.char_indices() {
        // Most characters are told off by their last bits.
        if STARTS >> (u32::from(c) & 63) & 1 == 0 || at < next {
            continue;
        }
        let length = c.len_utf8();
        match c {
            '《' => title += 1,
            '》' => title = title.saturating_sub(1),
            _ => {}
        }
        let starts = c.is_ascii_digit() || is_chinese_numeral(c);
        if !starts || title > 0 {
            continue;
        }
        next = match token(text, at) {
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

/// The last six bits of the characters that numbers and names of documents begin with.
const STARTS: u64 = {
    let mut set = 0;
    let mut text = "一二三四五六七八九十百千两〇零《》0123456789".as_bytes();
    while let [byte, rest @ ..] = text {
        // The last byte of a character, not one before it.
        if !matches!(rest, [0x80..=0xBF, ..]) {
            set |= 1_u64 << (*byte & 63);
        }
        text = rest;
    }
    set
};

enum Token {
    Date(Date),
    Quantity(Quantity),
    /// Something else, of so many bytes.
    Other(usize),
}

fn is_chinese_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '两'
            | '〇'
            | '零'
    )
}

fn token(text: &str, at: usize) -> Token {
    let rest = text.get(at..).unwrap_or_default();
    let before = text.get(..at).unwrap_or_default();
    let last = before.chars().next_back();
    if let Some(length) = years(rest) {
        return Token::Other(length);
    }
    let Some(mut numeral) = numeral_at(rest) else {
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
    if numeral.words && before.ends_with("百分之") {
        numeral = super::numeral::with_fraction(rest, numeral);
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
    if let Some(length) = amount::range(text, at) {
        return Token::Other(length);
    }
    amount(text, at, &numeral).map_or_else(|| Token::Other(numeral.length), Token::Quantity)
}

/// The length of a span of years: 2017-2021年.
fn years(rest: &str) -> Option<usize> {
    let year = |text: &str| text.bytes().take(5).take_while(u8::is_ascii_digit).count() == 4;
    if !year(rest) {
        return None;
    }
    let behind = rest.get(4..)?;
    let second = behind.trim_start_matches(['-', '—', '~']);
    let after = second
        .get(4..)
        .filter(|_| year(second) && second.len() < behind.len())?;
    after
        .starts_with('年')
        .then(|| rest.len() - after.len() + '年'.len_utf8())
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
    // In 2010 the bureau: a number among English words.
    if last == Some(' ')
        && before
            .trim_end()
            .ends_with(|c: char| c.is_ascii_alphabetic())
        || next == Some(' ')
            && after
                .trim_start()
                .starts_with(|c: char| c.is_ascii_alphabetic())
    {
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
        let words = words![
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
        let start = before.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
        let near = before.get(start..).unwrap_or_default();
        if has(near, words) {
            return true;
        }
    }
    // （2018）: a year beside the name of a document; 2018政务公开: one without its mark.
    let year = digits == 4 && (1980 * ONE..2050 * ONE).contains(&numeral.value);
    if year && unit::at(after).is_none() && (last == Some('（') || next == Some('）')) {
        return true;
    }
    if year
        && next.is_some_and(|c| !c.is_ascii() && !"，。；、：）（！？余多万亿元".contains(c))
        && unit::at(after).is_none()
    {
        return true;
    }
    // 24小时, 7×24小时: how long a door is open, nothing that was counted.
    if matches!(rest.get(..digits), Some("24")) && after.starts_with("小时") {
        return true;
    }
    // 12345热线, 12345平台.
    ["12345", "12342", "12388", "110", "119", "120"]
        .iter()
        .any(|number| rest.get(..digits) == Some(*number))
        && ["热线", "平台", "政务", "民声", "市民", "便民"]
            .iter()
            .any(|word| after.trim_start_matches('”').starts_with(word))
}
