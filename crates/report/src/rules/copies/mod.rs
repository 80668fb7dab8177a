//! Passages that a report shares with the same body's last report or with other bodies' reports.
//!
//! Two passes, so that a folder of any size is searched in linear time and little memory. The first
//! keeps a [`Digest`] of each report: hashes of its sentences and a MinHash signature. The second
//! reads again the reports of the [`Pair`]s that [`candidates`] names, and [`compare`]s their text.
//! What every report says, because the form or the law has it so, is nobody's own and is left out:
//! see [`own`] for the phrases, [`Common`] for sentences that many bodies write.

mod candidates;
mod compare;
mod digest;
mod names;
mod own;
#[cfg(test)]
mod tests;

use statute::editions::Level;

use super::Rule;
use super::years::bare;
use crate::finding::{Finding, Place};
use crate::reading::Reading;

pub use candidates::{Pair, candidates};
pub use compare::{Copies, Passage, compare};
pub use digest::{Common, Digest};

/// Text taken over from the report of the year before.
pub(crate) const COPIED_FROM_LAST_YEAR: Rule = Rule {
    name: "copied-from-last-year",
    code: "P401",
    level: Level::Warning,
    summary: "与本单位上一年度的报告大段雷同",
    english: "long passages are the same as in this body's report of last year",
    article: Some("国办公开办函〔2021〕30号（四）"),
    page: include_str!("../pages/copied-from-last-year.md"),
};

/// Text shared with another body's report.
pub(crate) const COPIED_FROM_OTHER_BODY: Rule = Rule {
    name: "copied-from-other-body",
    code: "P402",
    level: Level::Warning,
    summary: "与其他单位的报告大段雷同",
    english: "long passages are the same as in another body's report",
    article: Some("国办公开办函〔2021〕30号（四）"),
    page: include_str!("../pages/copied-from-other-body.md"),
};

/// Another body's name left standing in a shared passage.
pub(crate) const OTHER_BODY_NAMED: Rule = Rule {
    name: "other-body-named",
    code: "P403",
    level: Level::Warning,
    summary: "雷同的文字里留着其他单位的名称",
    english: "a copied passage still names another body",
    article: Some("国办公开办函〔2021〕30号（四）"),
    page: include_str!("../pages/other-body-named.md"),
};

pub(super) const RULES: &[&Rule] = &[
    &COPIED_FROM_LAST_YEAR,
    &COPIED_FROM_OTHER_BODY,
    &OTHER_BODY_NAMED,
];

/// A share of the own text, in thousandths, from which a report is called a copy. Reports about the
/// same duty by the same form share a quarter of their sentences without anybody copying; beyond
/// two fifths the reader learns little new.
const SHARE: usize = 400;
/// The length in characters from which a single passage is reported whatever the share: a
/// paragraph of five lines is not written twice by chance.
const LONG: usize = 200;
/// The least own text, in characters, of which a share says anything.
const LEAST_OWN: usize = 150;
/// The most passages that a finding shows side by side.
const SHOWN: usize = 8;

/// What a report shares with another one, as findings of `left`: at most one about the copying and
/// one about a name left standing.
pub fn findings(left: &Reading, right: &Reading, copies: &Copies) -> Vec<Finding> {
    let longest = copies.passages.first().map_or(0, |passage| passage.chars);
    let much = copies.permille >= SHARE && copies.own >= LEAST_OWN;
    if !much && longest < LONG {
        return Vec::new();
    }
    let same = is_same_body(left, right);
    let rule = if same {
        &COPIED_FROM_LAST_YEAR
    } else {
        &COPIED_FROM_OTHER_BODY
    };
    let whose = match (&right.report.unit, right.report.year) {
        (Some(unit), Some(year)) => format!("{unit} {year} 年的报告"),
        (Some(unit), None) => format!("{unit}的报告"),
        (None, _) => "另一份报告".to_owned(),
    };
    let advice = if same {
        "请按本年的实际情况重写"
    } else {
        "请核对是谁沿用了谁的文字，并按本单位的实际情况重写"
    };
    let message = format!(
        "自有文字的 {}.{}% 与{whose}（{}）相同，共 {} 处，最长 {longest} 字；{advice}。",
        copies.permille / 10,
        copies.permille % 10,
        right.report.source,
        copies.passages.len()
    );
    let mut places = copies.passages.iter().take(SHOWN);
    let first = places.next();
    let mut related: Vec<Place> = first.map(|it| it.right.clone()).into_iter().collect();
    // Side by side: this report's passage, then the other's.
    related.extend(places.flat_map(|passage| [passage.left.clone(), passage.right.clone()]));
    let mut found = vec![
        rule.finding(first.map(|it| it.left.clone()).unwrap_or_default(), message)
            .with_related(related),
    ];
    if !same {
        found.extend(names::left_standing(left, right, copies));
    }
    found
}

/// The passages of a finding about copying, each in its own report and in the other one; empty for
/// any other finding.
pub fn side_by_side(finding: &Finding) -> Vec<(&Place, &Place)> {
    let rules = [&COPIED_FROM_LAST_YEAR, &COPIED_FROM_OTHER_BODY];
    if !rules.iter().any(|rule| rule.name == finding.rule) {
        return Vec::new();
    }
    let all: Vec<&Place> = std::iter::once(&finding.place)
        .chain(&finding.related)
        .collect();
    all.chunks(2)
        .filter_map(|pair| match pair {
            [left, right] => Some((*left, *right)),
            _ => None,
        })
        .collect()
}

/// Whether two reports are of one body.
fn is_same_body(left: &Reading, right: &Reading) -> bool {
    match (&left.report.unit, &right.report.unit) {
        (Some(one), Some(two)) => bare(one) == bare(two),
        _ => false,
    }
}

/// What the report with the number `of` shares with the others: both passes over reports that are
/// all at hand.
pub fn among(all: &[Reading], of: usize) -> Vec<Finding> {
    let digests: Vec<Digest> = all.iter().map(Digest::of).collect();
    let common = Common::of(&digests);
    let Some(left) = all.get(of) else {
        return Vec::new();
    };
    candidates(&digests, &common)
        .into_iter()
        .filter_map(|pair| pair.other(of))
        .filter_map(|other| all.get(other))
        .flat_map(|right| findings(left, right, &compare(left, right, &common)))
        .collect()
}
