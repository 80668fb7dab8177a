//! Reading a numeral: Arabic with fraction, or Chinese.

/// A numeral with what its last digit is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// Bytes that it covers.
    pub(crate) length: usize,
    /// Millionths.
    pub(crate) value: i128,
    /// What one of the last written digit is worth, in millionths.
    pub(crate) step: i128,
    /// Whether it stands in Chinese characters.
    pub(crate) words: bool,
}

/// More digits than this are no figure of a report but an identifier.
const DIGITS: usize = 15;

/// The numeral that a text begins with.
pub(crate) fn numeral_at(text: &str) -> Option<Numeral> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        arabic(text)
    } else {
        chinese(text)
    }
}

fn arabic(text: &str) -> Option<Numeral> {
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(whole..)?;
    let fraction = match rest.strip_prefix('.') {
        Some(after) => after.bytes().take_while(u8::is_ascii_digit).count(),
        None => 0,
    };
    if whole > DIGITS || fraction > 6 {
        return None;
    }
    let mut value: i128 = text.get(..whole)?.parse::<i128>().ok()? * super::ONE;
    let mut step = super::ONE;
    let mut length = whole;
    if fraction > 0 {
        let digits = text.get(whole + 1..whole + 1 + fraction)?;
        for _ in 0..fraction {
            step /= 10;
        }
        value += digits.parse::<i128>().ok()? * step;
        length += 1 + fraction;
    }
    Some(Numeral {
        length,
        value,
        step,
        words: false,
    })
}

/// A Chinese numeral with the fraction behind it: `七十二点二`.
pub(super) fn with_fraction(text: &str, whole: Numeral) -> Numeral {
    let mut numeral = whole;
    let Some(rest) = text
        .get(whole.length..)
        .and_then(|rest| rest.strip_prefix('点'))
    else {
        return whole;
    };
    for c in rest.chars().take(6) {
        let Some(digit) = "零一二三四五六七八九"
            .chars()
            .position(|d| d == c || (d == '零' && c == '〇'))
        else {
            break;
        };
        numeral.step /= 10;
        numeral.value += digit as i128 * numeral.step;
        numeral.length += c.len_utf8();
    }
    if numeral.length > whole.length {
        numeral.length += '点'.len_utf8();
    }
    numeral
}

/// The Chinese numeral that a text begins with: `十二`, `三百零五`, `二〇一八`, `两`.
pub(crate) fn chinese(text: &str) -> Option<Numeral> {
    let digit = |c: char| {
        Some(match c {
            '〇' | '零' => 0,
            '一' | '壹' => 1,
            '二' | '两' | '贰' => 2,
            '三' | '叁' => 3,
            '四' | '肆' => 4,
            '五' | '伍' => 5,
            '六' | '陆' => 6,
            '七' | '柒' => 7,
            '八' | '捌' => 8,
            '九' | '玖' => 9,
            _ => return None,
        })
    };
    let unit = |c: char| {
        Some(match c {
            '十' | '拾' => 10_i128,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            _ => return None,
        })
    };
    let mut total: i128 = 0;
    let mut pending: Option<i128> = None;
    let mut places = 0;
    let mut length = 0;
    let mut with_unit = false;
    for c in text.chars() {
        if let Some(value) = digit(c) {
            // Digits one after another are read as written: 二〇一八.
            pending = Some(match pending {
                Some(before) if !with_unit && places < 12 => before * 10 + value,
                Some(0) | None => value,
                Some(_) => break,
            });
            places += 1;
        } else if let Some(factor) = unit(c) {
            if places > 1 && !with_unit {
                break;
            }
            with_unit = true;
            total += pending.take().unwrap_or(1) * factor;
            if total > 99_999 {
                break;
            }
        } else {
            break;
        }
        length += c.len_utf8();
    }
    if length == 0 {
        return None;
    }
    let value = total + pending.unwrap_or(0);
    Some(Numeral {
        length,
        value: value * super::ONE,
        step: super::ONE,
        words: true,
    })
}
