//! Exact figures: counts, and amounts in 万元 to the fen.

use std::fmt;
use std::str::FromStr;

/// An exact figure with at most six decimals; six, since a fen is a millionth of 万元.
///
/// Prints as the forms do: `97`, `0`, `12.5`, without trailing zeros or separators. The range is
/// ±10¹² for whole figures and below 10⁹ for fractions, so that every figure survives JSON numbers
/// of other programs unchanged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

/// The text is no figure that a form can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是可以填入表格的数：应为阿拉伯数字，至多六位小数，整数不超过一万亿")]
pub struct BadDecimal(pub String);

const MICROS: i128 = 1_000_000;
/// 10¹² in millionths.
const WHOLE_LIMIT: i128 = 1_000_000_000_000 * MICROS;
/// 10⁹ in millionths: fifteen digits, which a double holds exactly.
const FRACTION_LIMIT: i128 = 1_000_000_000 * MICROS;

impl Decimal {
    /// Nought.
    pub const ZERO: Decimal = Decimal(0);

    /// A whole figure; `None` beyond ±10¹².
    pub fn whole(count: i64) -> Option<Decimal> {
        Self::from_micros(i128::from(count) * MICROS)
    }

    /// An amount of `fen` in 万元; exact. `None` beyond the range.
    pub fn wan_from_fen(fen: i64) -> Option<Decimal> {
        Self::from_micros(i128::from(fen))
    }

    /// A count of millionths, if in range.
    pub(crate) fn from_micros(micros: i128) -> Option<Decimal> {
        let limit = if micros % MICROS == 0 {
            WHOLE_LIMIT
        } else {
            FRACTION_LIMIT - 1
        };
        if micros.abs() > limit {
            return None;
        }
        i64::try_from(micros).ok().map(Decimal)
    }

    /// The figure in millionths; sums of these cannot overflow.
    pub(crate) fn micros(self) -> i128 {
        i128::from(self.0)
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.micros() % MICROS == 0
    }

    /// Whether it is below nought.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The figure as a whole number, if it is one.
    pub fn as_whole(self) -> Option<i64> {
        self.is_whole().then_some(self.0 / MICROS as i64)
    }

    /// The sum; `None` beyond the range.
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        Self::from_micros(self.micros() + other.micros())
    }
}

/// Millionths in the notation of the forms.
pub(crate) fn print(micros: i128) -> String {
    // Nearly every figure is a whole number of 64 bits, which are divided and written much faster.
    if let Ok(short) = i64::try_from(micros)
        && short % MICROS as i64 == 0
    {
        return (short / MICROS as i64).to_string();
    }
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, fraction) = (micros.abs() / MICROS, micros.abs() % MICROS);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{fraction:06}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&print(self.micros()))
    }
}

impl FromStr for Decimal {
    type Err = BadDecimal;

    fn from_str(text: &str) -> Result<Decimal, BadDecimal> {
        parse(text).ok_or_else(|| BadDecimal(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Decimal> {
    if text.contains(['e', 'E']) {
        return None;
    }
    parse_number(text)
}

/// Reads a JSON number, which other programs may write with an exponent (`1e-6` is one fen).
pub(crate) fn parse_number(text: &str) -> Option<Decimal> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return None,
        Some((whole, fraction)) => (whole, fraction.trim_end_matches('0')),
        None => (mantissa, ""),
    };
    let digits = format!("{whole}{fraction}");
    // Twenty digits and a shift of eighteen stay within 128 bits.
    if whole.is_empty() || digits.len() > 20 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let shift = exponent
        .checked_add(6)?
        .checked_sub(i32::try_from(fraction.len()).ok()?)?;
    if shift.unsigned_abs() > 18 {
        return None;
    }
    let power = 10_i128.pow(shift.unsigned_abs());
    let value = digits.parse::<i128>().ok()?;
    let micros = match shift < 0 {
        false => value * power,
        true if value % power == 0 => value / power,
        true => return None,
    };
    Decimal::from_micros(if negative { -micros } else { micros })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_to_figure_to_text() {
        let check = |text: &str, expect: Option<&str>| {
            let got = text
                .parse::<Decimal>()
                .ok()
                .map(|figure| figure.to_string());
            assert_eq!(got.as_deref(), expect, "{text}");
        };
        check("97", Some("97"));
        check("0", Some("0"));
        check("-0", Some("0"));
        check("007", Some("7"));
        check("12.50", Some("12.5"));
        check("0.000001", Some("0.000001"));
        check("-3", Some("-3"));
        check("-0.25", Some("-0.25"));
        check("1.0", Some("1"));
        check("1000000000000", Some("1000000000000"));
        check("1000000000001", None);
        check("999999999.999999", Some("999999999.999999"));
        check("1000000000.5", None);
        for bad in [
            "",
            "-",
            ".",
            ".5",
            "5.",
            "1e3",
            "1,000",
            " 1",
            "一",
            "1.0000001",
            "--1",
            "+1",
        ] {
            check(bad, None);
        }
        check(&"9".repeat(40), None);
    }

    #[test]
    fn wan_from_fen() {
        let check = |fen: i64, expect: &str| {
            assert_eq!(Decimal::wan_from_fen(fen).unwrap().to_string(), expect);
        };
        check(97_000_000, "97");
        check(125_000, "0.125");
        check(1, "0.000001");
        check(-1, "-0.000001");
        assert_eq!(Decimal::wan_from_fen(i64::MAX), None);
    }

    proptest! {
        #[test]
        fn any_figure_survives_text(micros in -(FRACTION_LIMIT - 1)..FRACTION_LIMIT) {
            let figure = Decimal::from_micros(micros).unwrap();
            prop_assert_eq!(figure.to_string().parse(), Ok(figure));
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".*") {
            let _ = text.parse::<Decimal>().map(|figure| figure.to_string());
        }
    }
}
