//! Dates and periods.

use std::ops::Range;

/// A date, a month, a year or a damaged one in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// Where it stands.
    pub span: Range<usize>,
    /// Year.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month, 1 to 31.
    pub day: Option<i8>,
    /// Characters were lost or doubled (`202020年`, `202312月31日`): unreadable, which is not the
    /// same as wrong.
    pub damaged: bool,
}

/// The date that a text begins with, and its length.
pub(super) fn at(text: &str, start: usize) -> Option<Date> {
    if let Some(date) = dotted(text, start) {
        return Some(date);
    }
    let mut date = Date {
        span: start..start,
        year: None,
        month: None,
        day: None,
        damaged: false,
    };
    let mut rest = text;
    let mut length = 0;
    let mut parts = 0;
    while let Some((bytes, digits, value)) = digits(rest) {
        let after = rest.get(bytes..)?;
        let Some(mark) = ["年度", "年", "月份", "月", "日", "号"]
            .into_iter()
            .find(|mark| after.starts_with(mark))
        else {
            break;
        };
        match mark {
            "年" | "年度" => {
                // `3年` is a span of time, `18年` a short year that nobody should rely on.
                if parts > 0 || digits < 3 {
                    break;
                }
                match (digits, value) {
                    (4, 1900..=2100) => date.year = i16::try_from(value).ok(),
                    _ => date.damaged = true,
                }
            }
            "月" | "月份" => match value {
                1..=12 if date.month.is_none() && digits <= 2 => {
                    date.month = i8::try_from(value).ok()
                }
                _ if digits >= 5 || parts > 0 => date.damaged = true,
                _ => break,
            },
            _ => match value {
                // A number of a document or house (153号), or a duration (20日).
                1..=31 if date.month.is_some() && digits <= 2 => {
                    date.day = i8::try_from(value).ok()
                }
                _ if parts > 0 && mark == "日" => date.damaged = true,
                _ if digits >= 5 && mark == "日" => date.damaged = true,
                _ => break,
            },
        }
        parts += 1;
        length += bytes + mark.len();
        rest = after.get(mark.len()..)?;
        if date.day.is_some() || mark == "日" {
            break;
        }
    }
    if parts == 0 {
        return None;
    }
    date.span = start..start + length;
    Some(date)
}

/// `2018.12.31`, `2018-12-31`, `2018/12/31`.
fn dotted(text: &str, start: usize) -> Option<Date> {
    let digits = |text: &str| text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    if digits(text) != 4 {
        return None;
    }
    let mark = text
        .chars()
        .nth(4)
        .filter(|c| matches!(c, '.' | '-' | '/' | '—'))?;
    let rest = text.get(4 + mark.len_utf8()..)?;
    let month = digits(rest);
    let after = rest.get(month..)?.strip_prefix(mark)?;
    let day = digits(after);
    if !(1..=2).contains(&month) || !(1..=2).contains(&day) {
        return None;
    }
    let year = text
        .get(..4)?
        .parse()
        .ok()
        .filter(|year| (1900..=2100).contains(year))?;
    let month_value = rest
        .get(..month)?
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let day_value = after
        .get(..day)?
        .parse()
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    Some(Date {
        span: start..start + 4 + 2 * mark.len_utf8() + month + day,
        year: Some(year),
        month: Some(month_value),
        day: Some(day_value),
        damaged: false,
    })
}

/// Bytes, digits and value of a leading number, Arabic, or Chinese as in 二〇一八 and 十二.
fn digits(text: &str) -> Option<(usize, usize, i128)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if count > 0 {
        // So many digits are no date, but the mark behind them says that they were to be one.
        let value = text.get(..count)?.parse::<i128>().unwrap_or(i128::MAX);
        return Some((count, count, value));
    }
    if text.starts_with("元月") {
        return Some(('元'.len_utf8(), 1, 1));
    }
    let numeral = super::chinese(text)?;
    match numeral.value / super::ONE {
        value @ 1900.. => Some((numeral.length, 4, value)),
        value @ ..=31 => Some((numeral.length, 2, value)),
        _ => None,
    }
}
