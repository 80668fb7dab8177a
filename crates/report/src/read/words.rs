//! Words of the forms: one spelling for labels, units of measure, distances between words.

use std::sync::LazyLock;

/// Units that stand behind figures or in a column of their own.
pub(super) const UNITS: [&str; 18] = [
    "人次", "万元", "件次", "条次", "件", "条", "个", "次", "篇", "人", "名", "项", "家", "份",
    "宗", "场", "期", "元",
];

/// Whether a word is a unit of measure and nothing else.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

/// What follows the unit of counting that a text begins with.
pub(super) fn strip_unit(text: &str) -> Option<&str> {
    UNITS.iter().find_map(|unit| text.strip_prefix(unit))
}

/// Traditional characters that labels of the forms are met in.
const TRADITIONAL: &str = "國国務务開开請请數数據据處处結结轉转機机構构辦办業业規规範范強强許许\
罰罚單单條条項项內内號号現现無无訴诉訟讼復复複复維维糾纠審审計计總总個个類类過过為为執执\
檔档詢询對对並并導导資资產产經经濟济後后於于應应訊讯體体責责員员費费額额採采購购給给與与舉举報报\
頭头廣广場场學学門门專专職职網网紙纸聞闻會会預预屬属護护權权齊齐陳陈認认獲获從从當当讓让";

/// A label in the spelling that labels are compared in: ideographs alone, without the ordinal that it
/// begins with, simplified.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    key.extend(key_chars(text));
    key
}

/// The characters of [`key`].
pub(super) fn key_chars(text: &str) -> impl Iterator<Item = char> {
    let text = after_ordinal(text).chars();
    text.filter(|c| is_ideograph(*c)).map(simplified)
}

/// Whether a word is the [`key`] of a text.
pub(super) fn is_key(text: &str, word: &str) -> bool {
    key_chars(text).eq(word.chars())
}

/// The same without what stands in brackets.
pub(super) fn key_outside_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut key = String::with_capacity(text.len());
    for c in after_ordinal(text).chars() {
        match c {
            '（' | '(' | '〔' | '[' => depth += 1,
            '）' | ')' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_ideograph(c) => key.push(simplified(c)),
            _ => {}
        }
    }
    key
}

pub(super) fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut pairs = Vec::new();
    let mut all = TRADITIONAL.chars();
    while let (Some(old), Some(new)) = (all.next(), all.next()) {
        pairs.push((old, new));
    }
    pairs.sort_unstable();
    pairs
});

/// One bit for each ideograph that has a simpler one.
static HAS_SIMPLER: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0_u64; 0xA000 >> 6];
    for (old, _) in SIMPLIFIED.iter() {
        if let Some(word) = bits.get_mut(*old as usize >> 6) {
            *word |= 1 << (*old as usize & 63);
        }
    }
    bits
});

fn simplified(c: char) -> char {
    let word = HAS_SIMPLER.get(c as usize >> 6).copied().unwrap_or(0);
    if word >> (c as usize & 63) & 1 == 0 {
        return c;
    }
    let found = SIMPLIFIED.binary_search_by_key(&c, |pair| pair.0);
    match found.ok().and_then(|at| SIMPLIFIED.get(at)) {
        Some((_, new)) => *new,
        None => c,
    }
}

fn is_number(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    )
}

/// What follows `三、`, `（一）`, `1.` or `１、` at the beginning.
fn after_ordinal(text: &str) -> &str {
    // Nothing stands before most words.
    if text.starts_with(|c| is_ideograph(c) && !is_number(c)) {
        return text;
    }
    let mut rest = text.trim_start_matches(|c: char| {
        super::line::is_space(c) || matches!(c, '#' | '*' | '|' | '"' | '“')
    });
    // `三、（一）予以公开` has two.
    for _ in 0..2 {
        let opened = rest.strip_prefix(['（', '(']);
        let body = opened.unwrap_or(rest);
        let body = body.trim_start_matches(super::line::is_space);
        let after = body.trim_start_matches(is_number);
        if after.len() == body.len() {
            break;
        }
        let after = after.trim_start_matches(super::line::is_space);
        let closed = match opened {
            Some(_) => after.strip_prefix(['）', ')']),
            None => after.strip_prefix(['、', '.', '．', '。', '，', ',']),
        };
        match closed {
            Some(after) => rest = after.trim_start_matches(super::line::is_space),
            None => break,
        }
    }
    rest
}

/// Whether a text begins with the number of a label: `5.属于`, `（一）予以`.
pub(super) fn has_ordinal(text: &str) -> bool {
    if text.starts_with(['（', '(']) {
        return after_ordinal(text).len() < text.len();
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    (1..=2).contains(&digits)
        && rest
            .strip_prefix(['.', '．', '、'])
            .is_some_and(|rest| rest.starts_with(is_ideograph))
}

/// A set of the characters of a word; two words that differ little have sets that differ little.
pub(super) fn mask(key: &str) -> u64 {
    key.chars().fold(0, |mask, c| mask | bit(c))
}

/// The set of one character.
pub(super) fn bit(c: char) -> u64 {
    1 << (u32::from(c).wrapping_mul(0x9E37_79B1) >> 26)
}

/// How many characters must be put in, left out or changed to make one word of the other, if no
/// more than `most`.
pub(super) fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = (0..=other.len()).collect();
    let mut line = Vec::with_capacity(before.len());
    for (at, c) in one.chars().enumerate() {
        line.clear();
        line.push(at + 1);
        let mut least = at + 1;
        for (d, (up, across)) in other.iter().zip(before.iter().zip(before.iter().skip(1))) {
            let left = line.last().copied().unwrap_or_default();
            let cost = (up + usize::from(c != *d)).min(across + 1).min(left + 1);
            least = least.min(cost);
            line.push(cost);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before, &mut line);
    }
    before.last().copied().filter(|cost| *cost <= most)
}
