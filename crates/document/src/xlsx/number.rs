//! Numbers and dates of cells, as exact decimals. A workbook stores them as the decimal text of a
//! float, `0.30000000000000004` for three tenths; nothing here computes with floats.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Decimals that are kept; what stands behind them in a workbook is noise of floats.
const DECIMALS: usize = 6;

/// Digits and zeros that a number may have; the largest float has 309.
const DIGITS: i64 = 400;

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

/// A decimal number: `digits` read as a whole number, divided by ten `decimals` times.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    decimals: usize,
}

/// The number `text` times ten to the power of `shift`, rounded to six decimals, without trailing
/// zeros and exponent; `None` if it is no number.
pub(super) fn decimal(text: &str, shift: i64) -> Option<String> {
    let number = rounded(text, shift)?;
    let whole = number.digits.len() - number.decimals;
    let (whole, fraction) = number.digits.split_at_checked(whole)?;
    let mut out = String::new();
    if number.negative && number.digits.iter().any(|digit| *digit != 0) {
        out.push('-');
    }
    let start = whole.iter().position(|digit| *digit != 0);
    match start.and_then(|start| whole.get(start..)) {
        Some(whole) => out.extend(whole.iter().map(|digit| char::from(b'0' + digit))),
        None => out.push('0'),
    }
    if let Some(last) = fraction.iter().rposition(|digit| *digit != 0) {
        out.push('.');
        let fraction = fraction.iter().take(last + 1);
        out.extend(fraction.map(|digit| char::from(b'0' + digit)));
    }
    Some(out)
}

/// The parts of `text`, shifted and rounded half away from zero.
fn rounded(text: &str, shift: i64) -> Option<Decimal> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix(['-', '+']) {
        Some(rest) => (mantissa.starts_with('-'), rest),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut digits = Vec::new();
    for byte in whole.bytes().chain(fraction.bytes()) {
        digits.push(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    // Where the point stands in `digits`, counted from the left.
    let point = i64::try_from(whole.len())
        .ok()?
        .checked_add(exponent)?
        .checked_add(shift)?;
    if point.unsigned_abs() > DIGITS.unsigned_abs() || i64::try_from(digits.len()).ok()? > DIGITS {
        return None;
    }
    if point < 0 {
        let zeros = vec![0; usize::try_from(-point).ok()?];
        digits.splice(0..0, zeros);
    }
    let point = usize::try_from(point.max(0)).ok()?;
    digits.resize(digits.len().max(point), 0);
    let up = digits
        .get(point + DECIMALS)
        .is_some_and(|digit| *digit >= 5);
    digits.truncate(point + DECIMALS);
    if up {
        let mut carry = true;
        for digit in digits.iter_mut().rev() {
            if !carry {
                break;
            }
            carry = *digit == 9;
            *digit = if carry { 0 } else { *digit + 1 };
        }
        if carry {
            digits.insert(0, 1);
            return Some(Decimal {
                negative,
                decimals: digits.len() - point - 1,
                digits,
            });
        }
    }
    Some(Decimal {
        negative,
        decimals: digits.len() - point,
        digits,
    })
}

/// Microdays of a serial date: `text` times a million.
fn micro(text: &str) -> Option<i64> {
    let number = rounded(text, 0)?;
    if number.negative {
        return None;
    }
    let mut value = 0_i64;
    let zeros = std::iter::repeat_n(&0, DECIMALS.checked_sub(number.decimals)?);
    for digit in number.digits.iter().chain(zeros) {
        value = value.checked_mul(10)?.checked_add(i64::from(*digit))?;
    }
    Some(value)
}

/// A serial date as `2024-01-20`, with the time of day where it has one, or the time alone before
/// the first day; `None` if it is no date. `late` counts from 1904.
pub(super) fn moment(text: &str, late: bool) -> Option<String> {
    let micro = micro(text)?;
    let mut days = micro / 1_000_000;
    let mut seconds = seconds(micro % 1_000_000)?;
    if seconds == 86_400 {
        (days, seconds) = (days + 1, 0);
    }
    let time = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    if days == 0 && !late && seconds > 0 {
        return Some(time);
    }
    let day = day(days, late)?;
    Some(if seconds == 0 {
        day
    } else {
        format!("{day} {time}")
    })
}

/// A duration in days as `26:30:00`.
pub(super) fn duration(text: &str) -> Option<String> {
    let micro = micro(text)?;
    let seconds = (micro / 1_000_000)
        .checked_mul(86_400)?
        .checked_add(seconds(micro % 1_000_000)?)?;
    Some(format!(
        "{}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    ))
}

/// Seconds of a part of a day, to the nearest.
fn seconds(microdays: i64) -> Option<i64> {
    let micros = microdays.checked_mul(DAY / 1_000_000)?;
    Some((micros + 500_000) / 1_000_000)
}

fn day(days: i64, late: bool) -> Option<String> {
    // Day 60 is 29 February 1900, which never was: before it the count is one ahead.
    let (first, days): (Date, i64) = match (late, days) {
        (true, _) => (date(1904, 1, 1), days),
        (false, 60) => return Some("1900-02-29".into()),
        (false, 1..60) => (date(1899, 12, 31), days),
        (false, _) => (date(1899, 12, 30), days),
    };
    // Beyond the year 9999 there is no date.
    (days <= 2_958_465).then_some(())?;
    Some(first.checked_add(days.days()).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let check = |text, shift, expect| {
            assert_eq!(decimal(text, shift).as_deref(), expect, "{text} e{shift}");
        };
        check("131", 0, Some("131"));
        check("131.0", 0, Some("131"));
        check("0.30000000000000004", 0, Some("0.3"));
        check("2.4999999999999996", 0, Some("2.5"));
        check("0.9999999999", 0, Some("1"));
        check("999.9999999", 0, Some("1000"));
        check("-0.0000000001", 0, Some("0"));
        check("-12.50", 0, Some("-12.5"));
        check("0.93589743589743590", 2, Some("93.589744"));
        check("9.3359999999999999E-2", 2, Some("9.336"));
        check("2.6019538750000002E7", 0, Some("26019538.75"));
        check("1E+15", 0, Some("1000000000000000"));
        check("1E-9", 0, Some("0"));
        check("007", 0, Some("7"));
        check(".5", 0, Some("0.5"));
        check("5.", 0, Some("5"));
        check("1234567.123456789", 0, Some("1234567.123457"));
        for text in [
            "",
            "-",
            ".",
            "1,000",
            "abc",
            "1e",
            "1e999999999999",
            "NaN",
            "inf",
            "１",
        ] {
            check(text, 0, None);
        }
        check("1E9999", 0, None);
        check("1E9223372036854775807", 2, None);
        check(".5E-9223372036854775808", 0, None);
    }

    #[test]
    fn dates_are_dates() {
        let check = |text, late, expect: Option<&str>| {
            assert_eq!(moment(text, late).as_deref(), expect, "{text}");
        };
        check("45311", false, Some("2024-01-20"));
        check("45311.5", false, Some("2024-01-20 12:00:00"));
        check("45311.9999999", false, Some("2024-01-21"));
        check("1", false, Some("1900-01-01"));
        check("60", false, Some("1900-02-29"));
        check("61", false, Some("1900-03-01"));
        check("0.75", false, Some("18:00:00"));
        check("0", true, Some("1904-01-01"));
        check("43849", true, Some("2024-01-20"));
        check("2958465", false, Some("9999-12-31"));
        check("2958466", false, None);
        check("-1", false, None);
        check("1E300", false, None);
        check("date", false, None);
        assert_eq!(duration("1.1041666666666667").as_deref(), Some("26:30:00"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_ends(text in "[-+0-9.eE]{0,30}|.*", shift in -5_i64..5) {
            let _ = (moment(&text, true), moment(&text, false), duration(&text));
            if let Some(number) = decimal(&text, shift) {
                // What came out is a number that stays as it is.
                proptest::prop_assert_eq!(decimal(&number, 0), Some(number.clone()));
            }
        }

        #[test]
        fn whole_numbers_stay(number: i64, zeros in 0_usize..8) {
            let text = format!("{number}.{}", "0".repeat(zeros));
            proptest::prop_assert_eq!(decimal(&text, 0), Some(number.to_string()));
        }
    }
}
