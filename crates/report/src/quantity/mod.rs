//! Numbers in sentences: quantities with unit, precision and bound, and dates.
//!
//! The scan works on normalised text ([`crate::prose`]) and decides what is a quantity at all: years,
//! numbers of documents, telephone numbers, ordinals and numbers in names are none.

mod amount;
mod date;
mod numeral;
mod scan;
#[cfg(test)]
mod tests;
mod unit;

use std::ops::Range;

pub use date::Date;
pub(crate) use numeral::{Numeral, chinese, numeral_at};
pub(crate) use scan::scan;

/// One unit in millionths; all values are whole numbers of millionths.
pub const ONE: i128 = 1_000_000;

/// A number in a sentence with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number with bound and unit: `近720条`, `35.4%`.
    pub span: Range<usize>,
    /// The number itself with 万 and 亿: `2.5万`.
    pub number: Range<usize>,
    /// The unit as written, without 余 and 万: `条`, `个工作日`; empty range at the end when none.
    pub unit: Range<usize>,
    /// The value in millionths of one (`2.5万` is 25 000 × [`ONE`]); of a percentage the
    /// millionths of one per cent (`35.4%` is 35.4 × [`ONE`]); of money the millionths of a yuan.
    pub value: i128,
    /// What the last written digit is worth, in the same measure: `2.5万` 1 000 × [`ONE`],
    /// `93.36%` 0.01 × [`ONE`].
    pub step: i128,
    /// Whether the number is exact.
    pub bound: Bound,
    /// What kind of quantity.
    pub sort: Sort,
    /// Whether it was written in Chinese numerals.
    pub words: bool,
}

/// Whether a number is exact, or what is known instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Just this.
    Exact,
    /// At least this and not much more: 余, 多, 以上, 超过.
    AtLeast,
    /// At most this and not much less: 近, 不足.
    AtMost,
    /// Around this: 约, 左右.
    About,
}

/// What kind of quantity a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// So many of something.
    Count,
    /// An amount of money, in yuan.
    Money,
    /// A percentage.
    Percent,
    /// A difference of percentages (个百分点).
    Points,
}

/// What a text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) dates: Vec<Date>,
}

impl Quantity {
    /// Whether the number is a whole, exact count.
    pub fn is_exact(&self) -> bool {
        self.bound == Bound::Exact
    }

    /// The number in the notation of the forms: `120`, `93.36`.
    pub fn figure(&self) -> String {
        crate::decimal::print(self.value)
    }

    /// Whether `value`, in the same measure, is what the bound allows: 余 allows up to the next
    /// round step above, 近 down to the one below, 约 both.
    pub fn allows(&self, value: i128) -> bool {
        // `2100余` is less than 2200, `100余` less than 200: one more of the last digit that is
        // not nought.
        let slack = self.round_step();
        match self.bound {
            Bound::Exact => value == self.value,
            Bound::AtLeast => value >= self.value && value < self.value + slack,
            Bound::AtMost => value <= self.value && value > self.value - slack,
            Bound::About => (value - self.value).abs() <= slack,
        }
    }

    /// What the last digit that is not nought is worth.
    pub fn round_step(&self) -> i128 {
        let mut step = self.step.max(1);
        // Division of 64 bits is many times faster.
        if let (Ok(value), Ok(mut short)) = (i64::try_from(self.value), i64::try_from(step)) {
            while value != 0
                && short < value
                && short.checked_mul(10).is_some_and(|ten| value % ten == 0)
            {
                short *= 10;
            }
            return i128::from(short);
        }
        while self.value != 0 && self.value % (step * 10) == 0 && step < self.value {
            step *= 10;
        }
        step
    }
}
