//! What stands in a figure cell: a number in any spelling, a mark for nothing, or words.

use crate::decimal::Decimal;
use crate::quantity::ONE;

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing at all.
    #[default]
    Empty,
    /// A mark that says that there is nothing: `/`, `—`, `无`.
    Mark,
    /// A number.
    Number(Number),
    /// Something else.
    Words,
}

/// A number with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Millionths of one as written, with 万 and 亿 taken in; of money the millionths of a yuan
    /// where a unit of money is written.
    pub(super) micros: i128,
    /// Whether a unit of money stands behind it.
    pub(super) money: bool,
    /// Whether 万 or 亿 stands behind it.
    pub(super) scaled: bool,
    /// Whether it is written with a word or sign for more or less: `增1558`, `+21`.
    pub(super) change: bool,
    /// The remark beside it, without its brackets.
    pub(super) remark: Option<String>,
}

/// Digits of the longest number that is read; longer ones are no figures.
const DIGITS: usize = 15;

/// Reads the text of a cell.
pub(super) fn parse(text: &str) -> Value {
    let text = text.trim_matches(super::line::is_space);
    if text.is_empty() || text.eq_ignore_ascii_case("&nbsp;") {
        return Value::Empty;
    }
    if is_mark(text) {
        return Value::Mark;
    }
    match number(text) {
        Some(number) => Value::Number(number),
        None => Value::Words,
    }
}

/// Whether a word of a line is a number or a mark.
pub(super) fn is_value(token: &str) -> bool {
    let first = token.chars().next().map_or(' ', half);
    // A quick no for the words of a sentence.
    (first.is_ascii_digit() || "+-增减/／—－–".contains(first))
        && matches!(parse(token), Value::Mark | Value::Number(_))
}

fn is_mark(text: &str) -> bool {
    text == "无"
        || text == "空"
        || text.chars().count() <= 4
            && text.chars().all(|c| {
                matches!(
                    c,
                    '/' | '／' | '\\' | '—' | '-' | '－' | '–' | '―' | '─' | '*' | '×'
                )
            })
}

fn half(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        '＋' => '+',
        '－' | '−' | '–' => '-',
        other => other,
    }
}

fn number(text: &str) -> Option<Number> {
    let mut rest = text;
    let mut change = false;
    let mut negative = false;
    for (word, below) in [
        ("增加", false),
        ("新增", false),
        ("增", false),
        ("减少", true),
        ("减", true),
        ("↑", false),
        ("↓", true),
    ] {
        if let Some(after) = rest.strip_prefix(word) {
            rest = after.trim_start_matches(super::line::is_space);
            (change, negative) = (true, below);
            break;
        }
    }
    match rest.chars().next().map(half) {
        Some('+') if !change => {
            change = true;
            rest = skip_char(rest);
        }
        Some('-') if !change => {
            negative = true;
            rest = skip_char(rest);
        }
        _ => {}
    }
    let (micros, after) = digits(rest)?;
    let mut after = after.trim_start_matches(super::line::is_space);
    let mut factor = 1;
    for (word, times) in [("亿", 100_000_000), ("万", 10_000)] {
        if let Some(stripped) = after.strip_prefix(word) {
            after = stripped;
            factor = times;
            break;
        }
    }
    let money = after.starts_with('元');
    if money {
        after = skip_char(after);
    } else if let Some(stripped) = super::words::strip_unit(after) {
        after = stripped;
    }
    let after = after.trim_matches(super::line::is_space);
    let remark = match bracketed(after) {
        _ if after.is_empty() => None,
        Some("") => None,
        Some(remark) => Some(remark.to_owned()),
        None => return None,
    };
    let micros = micros.checked_mul(factor)?;
    Some(Number {
        micros: if negative { -micros } else { micros },
        money,
        scaled: factor > 1,
        change,
        remark,
    })
}

fn skip_char(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

/// The digits that a text begins with, in millionths, and what follows. Commas must stand at
/// thousands.
fn digits(text: &str) -> Option<(i128, &str)> {
    let mut whole: i128 = 0;
    let mut count = 0;
    // Digits since the last comma.
    let mut group: Option<usize> = None;
    let mut micros: i128 = 0;
    let mut step = ONE;
    let mut fraction = false;
    let mut end = 0;
    for (at, raw) in text.char_indices() {
        let c = half(raw);
        if let Some(digit) = c.to_digit(10) {
            if fraction {
                step /= 10;
                if step == 0 {
                    return None;
                }
                micros += i128::from(digit) * step;
            } else {
                whole = whole * 10 + i128::from(digit);
                count += 1;
                if count > DIGITS {
                    return None;
                }
                group = group.map(|n| n + 1);
            }
        } else if c == ',' && !fraction && count > 0 {
            if group.map_or(count > 3, |n| n != 3) {
                return None;
            }
            group = Some(0);
        } else if c == '.' && !fraction && count > 0 {
            fraction = true;
        } else {
            break;
        }
        end = at + raw.len_utf8();
    }
    let dangling = fraction && step == ONE;
    if count == 0 || dangling || group.is_some_and(|n| n != 3) {
        return None;
    }
    Some((whole * ONE + micros, text.get(end..)?))
}

/// What stands in brackets, if the text is nothing else.
pub(super) fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '(', '〔', '['])?;
    let inner = inner.strip_suffix(['）', ')', '〕', ']']).unwrap_or(inner);
    // （6.7%），其他处理（33.3%）: two brackets and words between them.
    let mut depth = 0_usize;
    for c in inner.chars() {
        match c {
            '（' | '(' | '〔' | '[' => depth += 1,
            '）' | ')' | '〕' | ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    Some(inner.trim_matches(super::line::is_space))
}

impl Number {
    /// The figure for a cell, in its measure. `wan` says that the cell counts 万元, `yuan` that the
    /// head of the column was changed to 元; `signed` that more and less may stand in it. With a
    /// flag that tells whether the figure was converted.
    pub(super) fn figure(&self, wan: bool, yuan: bool, signed: bool) -> Option<(Decimal, bool)> {
        if self.change && !signed {
            return None;
        }
        if !wan {
            return if self.money {
                None
            } else {
                Some((Decimal::from_micros(self.micros)?, self.scaled))
            };
        }
        // `251000元` and `2601.953875万` are amounts whose measure is written.
        let written = self.money || self.scaled;
        if written || yuan {
            if self.micros % 10_000 != 0 {
                return None;
            }
            let plain = self.scaled;
            return Some((Decimal::from_micros(self.micros / 10_000)?, !plain));
        }
        Some((Decimal::from_micros(self.micros)?, false))
    }
}
