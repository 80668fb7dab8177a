//! The processing fee for excessive requests (国办函〔2020〕109号), by requests or by pages.
//!
//! Charging at all is a decision of the unit, open only for requests clearly beyond a reasonable
//! number or frequency (条例 §42); one request is charged by one standard, never both (第三条).

use crate::article::{Article, articles};
use std::fmt;

/// The largest count that is computed. Nobody files a billion requests in a month; beyond it the
/// input is a mistake, and the fee of more would soon not fit a number.
pub const MAX_COUNT: u64 = 1_000_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeeBasis {
    /// Requests of one applicant in one calendar month (第四条).
    Items,
    /// Pages of one request (第五条).
    Pages,
}

impl FeeBasis {
    /// `件` or `页`.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Items => "件",
            Self::Pages => "页",
        }
    }
}

/// The part of a count that falls into one bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tier {
    /// First count of the bracket that is charged, from 1.
    pub from: u64,
    /// Last count of the bracket that is charged.
    pub to: u64,
    /// Yuan for each.
    pub price: u64,
}

impl Tier {
    /// How many fall into this bracket.
    pub const fn count(self) -> u64 {
        self.to.saturating_sub(self.from).saturating_add(1)
    }

    /// Yuan for the bracket.
    pub const fn yuan(self) -> u64 {
        self.count().saturating_mul(self.price)
    }
}

/// A fee with its arithmetic. Displays as `4600 元 = 10×0 + 20×100 + 10×200 + 2×300`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// The fee, in whole yuan.
    pub yuan: u64,
    /// What was counted.
    pub basis: FeeBasis,
    /// How many.
    pub count: u64,
    /// The brackets the count reaches, in order.
    pub tiers: Vec<Tier>,
    /// Where the prices stand.
    pub article: Article,
}

/// A count too large to be anything but a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("数量 {0} 过大，最多按 {max} 计算；请核对数字", max = MAX_COUNT)]
pub struct CountTooLarge(pub u64);

/// The fee for the `n` requests of one applicant in one calendar month (第四条).
pub fn by_items(n: u64) -> Result<Fee, CountTooLarge> {
    fee(
        FeeBasis::Items,
        n,
        articles::FEE_BY_ITEMS,
        |from| match from {
            1 => (10, 0),
            11 => (30, 100),
            _ => (from.saturating_add(9), price_of_item(from)),
        },
    )
}

/// The fee for the `pages` of one request (第五条).
pub fn by_pages(pages: u64) -> Result<Fee, CountTooLarge> {
    fee(
        FeeBasis::Pages,
        pages,
        articles::FEE_BY_PAGES,
        |from| match from {
            1 => (30, 0),
            31 => (100, 10),
            101 => (200, 20),
            _ => (u64::MAX, 40),
        },
    )
}

/// Yuan for the `k`-th request of the month, counted from 1: 10 free, 20 at 100, then 200 rising by
/// 100 every ten (第四条). What a single fee notice charges.
pub const fn price_of_item(k: u64) -> u64 {
    match k {
        0..=10 => 0,
        11..=30 => 100,
        _ => (2 + (k - 31) / 10).saturating_mul(100),
    }
}

/// Walks the brackets; `bracket(from)` gives the last count and the price of the one at `from`.
fn fee(
    basis: FeeBasis,
    count: u64,
    article: Article,
    bracket: impl Fn(u64) -> (u64, u64),
) -> Result<Fee, CountTooLarge> {
    if count > MAX_COUNT {
        return Err(CountTooLarge(count));
    }
    let mut tiers = Vec::new();
    let mut from = 1u64;
    while from <= count {
        let (last, price) = bracket(from);
        tiers.push(Tier {
            from,
            to: last.min(count),
            price,
        });
        from = last.saturating_add(1);
    }
    let yuan = tiers
        .iter()
        .fold(0u64, |sum, t| sum.saturating_add(t.yuan()));
    Ok(Fee {
        yuan,
        basis,
        count,
        tiers,
        article,
    })
}

impl Fee {
    /// The sum as written in a fee notice, e.g. `10×0 + 20×100 + 10×200 + 2×300`; `0` for nothing.
    pub fn arithmetic(&self) -> String {
        if self.tiers.is_empty() {
            return "0".to_owned();
        }
        let terms: Vec<String> = self
            .tiers
            .iter()
            .map(|t| format!("{}×{}", t.count(), t.price))
            .collect();
        terms.join(" + ")
    }
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 元 = {}", self.yuan, self.arithmetic())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_items_follows_the_table() {
        for (n, yuan) in [
            (0, 0),
            (1, 0),
            (10, 0),
            (11, 100),
            (30, 2000),
            (31, 2200),
            (40, 4000),
            (41, 4300),
            (42, 4600),
            (50, 7000),
            (51, 7400),
            (60, 11000),
        ] {
            assert_eq!(by_items(n).unwrap().yuan, yuan, "{n} 件");
        }
    }

    #[test]
    fn by_pages_follows_the_table() {
        for (p, yuan) in [
            (0, 0),
            (30, 0),
            (31, 10),
            (100, 700),
            (101, 720),
            (200, 2700),
            (201, 2740),
            (250, 4700),
        ] {
            assert_eq!(by_pages(p).unwrap().yuan, yuan, "{p} 页");
        }
    }

    #[test]
    fn the_sum_of_single_prices_is_the_fee() {
        let mut sum = 0;
        for k in 1..=2000 {
            sum += price_of_item(k);
            assert_eq!(by_items(k).unwrap().yuan, sum, "{k}");
        }
    }

    #[test]
    fn the_arithmetic_can_be_checked_by_hand() {
        let fee = by_items(42).unwrap();
        assert_eq!(fee.to_string(), "4600 元 = 10×0 + 20×100 + 10×200 + 2×300");
        assert_eq!(
            by_pages(250).unwrap().arithmetic(),
            "30×0 + 70×10 + 100×20 + 50×40"
        );
        assert_eq!(by_items(0).unwrap().to_string(), "0 元 = 0");
        assert_eq!(fee.article.to_string(), "国办函〔2020〕109号 第四条");
    }

    #[test]
    fn a_count_beyond_reason_is_refused_not_wrapped() {
        assert!(by_items(MAX_COUNT).is_ok() && by_pages(MAX_COUNT).is_ok());
        let error = by_items(MAX_COUNT + 1).unwrap_err().to_string();
        assert!(
            error.contains("1000001") && error.contains("过大"),
            "{error}"
        );
        assert_eq!(by_pages(u64::MAX), Err(CountTooLarge(u64::MAX)));
        assert!(price_of_item(u64::MAX) > 0);
    }
}
