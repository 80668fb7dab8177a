//! Units of measure: 万条 for 条, 万元 for 元.

use std::collections::BTreeMap;

use statute::editions::Level;

use super::repeated::mention::{Mention, shared};
use super::{Rule, Sink};
use crate::finding::{Checked, CheckedKind};
use crate::quantity::{ONE, Sort};

/// One quantity with two figures of which one is ten thousand times the other.
pub(crate) const UNIT_SLIP: Rule = Rule {
    name: "unit-slip",
    code: "N601",
    level: Level::Warning,
    summary: "同一事项的两个数相差一万倍，可能多写或者漏写了“万”",
    english: "two figures for the same thing differ by a factor of 10,000",
    article: None,
    page: include_str!("../pages/unit-slip.md"),
};

pub(crate) const RULES: &[&Rule] = &[&UNIT_SLIP];

const TEN_THOUSAND: i128 = 10_000;
/// The most figures of one value that are compared.
const MOST: usize = 8;

/// Examines figures of one quantity for a lost or doubled 万.
pub(super) fn examine(mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut by_value: BTreeMap<i128, Vec<&Mention<'_>>> = BTreeMap::new();
    for mention in mentions {
        if !matches!(mention.quantity.sort, Sort::Count | Sort::Money) {
            continue;
        }
        let group = by_value.entry(mention.quantity.value).or_default();
        if group.len() < MOST {
            group.push(mention);
        }
    }
    for (value, group) in &by_value {
        let Some(large) = value
            .checked_mul(TEN_THOUSAND)
            .and_then(|large| by_value.get(&large))
        else {
            continue;
        };
        // 1 and 1万 are figures that anything may have.
        if *value < 2 * ONE && value % ONE == 0 {
            continue;
        }
        let pair = group
            .iter()
            .find_map(|small| Some((small, large.iter().find(|large| is_one(small, large))?)));
        if let Some((small, large)) = pair {
            put(small, large, sink);
        }
    }
}

/// Whether two figures are of one quantity: nearly the same words, the same unit but for 万.
fn is_one(small: &Mention<'_>, large: &Mention<'_>) -> bool {
    let bare = |mention: &Mention<'_>| mention.unit().trim_start_matches('万').to_owned();
    let digits = |mention: &Mention<'_>| {
        let text = mention.paragraph.slice(mention.quantity.number.clone());
        text.trim_end_matches('万').to_owned()
    };
    let common = shared(small.label, large.label);
    small.quantity.sort == large.quantity.sort
        && bare(small) == bare(large)
        && digits(small) == digits(large)
        && (common.telling >= 2 || (common.telling >= 1 && common.weak >= 1) || common.weak >= 3)
        && small.channel() == large.channel()
        && small.is_of_the_year()
        && large.is_of_the_year()
}

fn put(small: &Mention<'_>, large: &Mention<'_>, sink: &mut Sink) {
    let later = if (large.at, large.index) > (small.at, small.index) {
        large
    } else {
        small
    };
    let earlier = if std::ptr::eq(later, large) {
        small
    } else {
        large
    };
    let place = later.paragraph.place(later.span());
    let figure = |mention: &Mention<'_>| mention.paragraph.slice(mention.span()).to_owned();
    sink.examined(Checked::equal(
        CheckedKind::Unit,
        false,
        later.quantity.figure(),
        earlier.quantity.figure(),
        earlier.quantity.figure(),
        place.clone(),
    ));
    sink.find(
        UNIT_SLIP
            .finding(
                place,
                format!(
                    "一处写{}，一处写{}，相差一万倍；请核对单位，删去或者补上“万”",
                    figure(earlier),
                    figure(later)
                ),
            )
            .with_figures(
                later.quantity.figure(),
                earlier.quantity.figure(),
                earlier.quantity.figure(),
            )
            .with_related(vec![earlier.paragraph.place(earlier.span())]),
    );
}
