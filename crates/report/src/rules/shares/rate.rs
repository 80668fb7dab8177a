//! A percentage against the two numbers that it is taken of: rounded, truncated, or wrong.

use crate::finding::{Checked, CheckedKind, Place};
use crate::prose::Paragraph;
use crate::quantity::{Bound, ONE, Quantity};

/// How a stated percentage stands to the numbers behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Fit {
    /// Rounded at the digits shown.
    Rounded,
    /// The digits after the shown ones were cut off, where rounding would go up, or the last one was
    /// filled up with a nought.
    Truncated,
    /// Stated without decimals and less than one unit away.
    Loose,
    /// Within what 约, 余 or the rounding of the numbers themselves allows.
    Within,
    /// None of these.
    Apart,
}

/// A ratio in words and figures: `numerator / base`, each with what its own rounding leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Ratio {
    /// In millionths, never negative.
    pub(in crate::rules) numerator: i128,
    /// In millionths, above nought.
    pub(in crate::rules) base: i128,
    /// Half of what the last digit of the numerator is worth, if it was itself rounded.
    pub(in crate::rules) numerator_slack: i128,
    /// The same for the base.
    pub(in crate::rules) base_slack: i128,
    /// The arithmetic in plain characters, `73/78`.
    pub(in crate::rules) arithmetic: String,
}

/// One hundred per cent in millionths.
pub(in crate::rules) const WHOLE: i128 = 100 * ONE;

/// What the rounding of a number itself leaves open: nothing for a count, half the last digit for
/// `2.5万` and `78.51万元`.
pub(in crate::rules) fn slack(quantity: &Quantity) -> i128 {
    if quantity.step == ONE {
        0
    } else {
        quantity.step / 2
    }
}

/// A number written in 万 with decimals, as it was written: `20.30` for `20.30万`.
fn in_ten_thousands(quantity: &Quantity) -> Option<String> {
    const DECIMALS: [i128; 3] = [1_000 * ONE, 100 * ONE, 10 * ONE];
    let shown = DECIMALS.iter().position(|step| *step == quantity.step)?;
    if quantity.words {
        return None;
    }
    let value = quantity.value / (quantity.step);
    let unit = 10_i128.pow(u32::try_from(shown).ok()? + 1);
    Some(format!(
        "{}.{:0width$}",
        value / unit,
        value % unit,
        width = shown + 1
    ))
}

impl Ratio {
    /// The ratio of two quantities; none when the base is nought.
    pub(in crate::rules) fn of(numerator: &Quantity, base: &Quantity) -> Option<Ratio> {
        (base.value > 0 && numerator.value >= 0).then(|| Ratio {
            numerator: numerator.value,
            base: base.value,
            numerator_slack: slack(numerator),
            base_slack: slack(base),
            arithmetic: match (in_ten_thousands(numerator), in_ten_thousands(base)) {
                (Some(part), Some(whole)) => format!("{part}/{whole}"),
                _ => format!("{}/{}", numerator.figure(), base.figure()),
            },
        })
    }

    /// The numerator as the arithmetic prints it.
    pub(in crate::rules) fn part(&self) -> &str {
        self.arithmetic
            .rsplit_once('/')
            .map_or("", |(part, _)| part)
    }

    /// How a stated percentage fits.
    pub(in crate::rules) fn fit(&self, stated: &Quantity) -> Option<Fit> {
        let (value, step) = (stated.value, stated.step.max(1));
        let exact = self.numerator.checked_mul(WHOLE)?;
        // All terms times the base: whole numbers throughout.
        let claim = value.checked_mul(self.base)?;
        let unit = step.checked_mul(self.base)?;
        let over = exact.checked_sub(claim)?;
        match stated.bound {
            Bound::Exact => {}
            Bound::AtLeast => {
                return Some(if over >= 0 { Fit::Within } else { Fit::Apart });
            }
            Bound::AtMost => {
                return Some(if over <= 0 { Fit::Within } else { Fit::Apart });
            }
            Bound::About => {
                let near = stated.round_step().checked_mul(self.base)?;
                return Some(if over.abs() <= near {
                    Fit::Within
                } else {
                    Fit::Apart
                });
            }
        }
        if over.checked_mul(2)?.abs() <= unit {
            return Some(Fit::Rounded);
        }
        if self.numerator_slack > 0 || self.base_slack > 0 {
            let (low, high) = self.bounds()?;
            if low <= value + step / 2 && high >= value - step / 2 {
                return Some(Fit::Within);
            }
        }
        if step >= ONE && over.abs() < unit {
            return Some(Fit::Loose);
        }
        // 47.30 for 47.33: rounded to fewer digits, and filled up.
        let filled = step < ONE
            && value % (step * 10) == 0
            && over.checked_mul(2)?.abs() <= unit.checked_mul(10)?;
        Some(if (over > 0 && over < unit) || filled {
            Fit::Truncated
        } else {
            Fit::Apart
        })
    }

    /// The least and greatest percentage that the rounding of the numbers allows.
    fn bounds(&self) -> Option<(i128, i128)> {
        let low = (self.numerator - self.numerator_slack).checked_mul(WHOLE)?
            / (self.base + self.base_slack);
        let least = (self.base - self.base_slack).max(1);
        let high = (self.numerator + self.numerator_slack).checked_mul(WHOLE)? / least;
        Some((low, high))
    }

    /// The percentage in millionths of one per cent, cut off.
    pub(in crate::rules) fn percent(&self) -> Option<i128> {
        Some(self.numerator.checked_mul(WHOLE)? / self.base)
    }

    /// The percentage as it should stand, with as many decimals as the stated one shows.
    pub(in crate::rules) fn shown(&self, stated: &Quantity) -> Option<String> {
        let step = stated.step.max(1);
        let exact = self.numerator.checked_mul(WHOLE)?;
        let unit = step.checked_mul(self.base)?;
        let steps = (exact.checked_mul(2)? + unit) / (unit.checked_mul(2)?);
        Some(print_percent(steps * step, step))
    }

    /// The percentage with four decimals, cut off, for messages.
    pub(in crate::rules) fn exact(&self) -> Option<String> {
        let micros = self.percent()?;
        Some(print_percent(micros - micros % 100, 100))
    }
}

/// A percentage with the decimals that a step shows: `66.50%`.
pub(in crate::rules) fn print_percent(value: i128, step: i128) -> String {
    let mut decimals = 0;
    let mut unit = ONE;
    while unit > step && decimals < 6 {
        unit /= 10;
        decimals += 1;
    }
    let sign = if value < 0 { "-" } else { "" };
    let (whole, part) = (value.abs() / ONE, value.abs() % ONE);
    if decimals == 0 {
        return format!("{sign}{whole}%");
    }
    let digits: String = format!("{part:06}").chars().take(decimals).collect();
    format!("{sign}{whole}.{digits}%")
}

/// The percentage as it stands, in half-width digits.
pub(in crate::rules) fn stated(paragraph: &Paragraph, percent: &Quantity) -> String {
    if percent.words {
        return format!("{}%", percent.figure());
    }
    format!("{}%", paragraph.slice(percent.number.clone()))
}

/// Why a fit that is not plain still holds.
pub(in crate::rules) fn explanation(fit: Fit, expected: &str) -> Option<String> {
    match fit {
        Fit::Rounded | Fit::Apart => None,
        Fit::Truncated => Some(format!("未按所示位数四舍五入，四舍五入为{expected}")),
        Fit::Loose => Some(format!(
            "不带小数，相差不到一个百分点，四舍五入为{expected}"
        )),
        Fit::Within => Some("在约数或数字本身取舍的范围之内".to_owned()),
    }
}

/// The relation of a percentage for `checked`.
pub(in crate::rules) fn relation(
    kind: CheckedKind,
    fit: Fit,
    stated: &str,
    expected: &str,
    ratio: &Ratio,
    place: Place,
) -> Checked {
    let mut checked = Checked::equal(
        kind,
        fit != Fit::Apart,
        stated,
        expected,
        &ratio.arithmetic,
        place,
    );
    checked.explanation = explanation(fit, expected);
    checked
}
