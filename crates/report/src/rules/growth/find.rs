//! Finding the two figures of a change and what the sentence claims of them.

use super::claims::{claims, claims_before, is_claim, weight};
use super::forms;
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::rules::shares::terms::{clause, is_mark, joined, lead, trail, unit};
use crate::words::{has, words};

/// How the figures of a change stand in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The figure before, then the figure after: 由120件增加到150件.
    FromTo,
    /// The figure now, then the one it is measured by: 150件，比上年的120件.
    AgainstBase,
    /// The figure now, then the difference: 150件，比上年增加30件.
    Difference {
        /// Whether it grew.
        up: bool,
    },
}

/// How much a claim that does not come out weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It is said of these figures.
    Sure,
    /// It names one way in which the figure fell, 关停56个, where others may have added to it.
    Outcome,
    /// It names something else besides, 审批时限压缩50%: believed only where it comes out.
    Loose,
}

/// A rate or a difference that is claimed of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    /// Its place among the quantities.
    pub(super) quantity: usize,
    /// Whether it is the share that is left: 压缩至原来的50%.
    pub(super) of_former: bool,
    /// Whether it is said to be growth, or a fall.
    pub(super) up: Option<bool>,
    /// What it weighs.
    pub(super) weight: Weight,
}

/// A change with its claims, by places among the quantities of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) form: Form,
    /// Whether the words say that it grew, or fell.
    pub(super) up: Option<bool>,
    /// Whether it is measured against another year.
    pub(super) yearly: bool,
    pub(super) claims: Vec<Claim>,
    /// Whether the figures were matched one by one: 分别下降33.3%和22.2%.
    pub(super) paired: bool,
    /// How many quantities it takes up.
    pub(super) length: usize,
}

/// The most figures that are looked over to the end of brackets.
const REACH: usize = 5;

/// The change that begins at a quantity, if one does.
pub(super) fn at(paragraph: &Paragraph, first: usize) -> Option<Change> {
    if let Some(change) = noted_behind(paragraph, first) {
        return Some(change);
    }
    between(paragraph, first, first + 1).or_else(|| {
        let second = behind_bracket(paragraph, first)?;
        between(paragraph, first, second).filter(|change| change.form != Form::FromTo)
    })
}

/// The quantity behind the brackets that follow a figure: 38件（其中网上32件），较上年….
fn behind_bracket(paragraph: &Paragraph, first: usize) -> Option<usize> {
    let end = paragraph.quantities.get(first)?.span.end;
    if !paragraph.slice(end..paragraph.text.len()).starts_with('（') {
        return None;
    }
    (first + 1..first + REACH)
        .find(|at| trail(paragraph, *at).contains('）'))
        .filter(|at| trail(paragraph, *at).starts_with('）'))
        .map(|at| at + 1)
        .filter(|second| (first + 1..=*second).all(|at| joined(paragraph, at)))
}

/// The change between two quantities.
fn between(paragraph: &Paragraph, first: usize, second: usize) -> Option<Change> {
    let one = paragraph.quantities.get(first)?;
    let two = paragraph.quantities.get(second)?;
    if one.sort != two.sort
        || one.sort == Sort::Points
        || !joined(paragraph, second)
        || !alike(paragraph, one, two)
    {
        return None;
    }
    let between = lead(paragraph, second);
    if between.contains('；') {
        return None;
    }
    let before = lead(paragraph, first);
    let between = if second > first + 1 {
        between.strip_prefix('）')?
    } else {
        between
    };
    // A rank rises as its number falls.
    if has(before, words!["排名", "名次", "位次", "位列", "位居"])
        || has(between, words!["排名", "第"])
    {
        return None;
    }
    // 12大类98子类精简为9大类76子类: pairs of numbers, of which the near ones belong to others.
    let paired = |index: usize| {
        joined(paragraph, index) && {
            let gap = lead(paragraph, index);
            let counted = paragraph
                .quantities
                .get(index)
                .is_some_and(|next| next.sort == Sort::Count);
            counted && gap.chars().count() <= 3 && !gap.contains(is_mark) && !is_claim(gap)
        }
    };
    if (first > 0 && paired(first))
        || (second + 1 < paragraph.quantities.len() && paired(second + 1))
    {
        return None;
    }
    let behind = if between.contains(['（', '年', '期']) {
        trail(paragraph, second)
    } else {
        ""
    };
    let mut change = forms::from_to(before, between)
        .or_else(|| forms::against(between))
        .or_else(|| forms::compared(between, behind))
        .or_else(|| forms::two_years(before, between, behind))
        .or_else(|| forms::net(before, between))?;
    (change.first, change.second) = (first, second);
    // 2022年60件，2021年80件，2020年50件: which of them grew is not sure.
    let chain = change.yearly
        && change.up.is_none()
        && between.starts_with("，20")
        && joined(paragraph, first)
        && first
            .checked_sub(1)
            .and_then(|at| paragraph.quantities.get(at))
            .is_some_and(|other| other.sort == one.sort && alike(paragraph, other, one));
    if chain {
        return None;
    }
    if change.form == Form::FromTo {
        claims_before(paragraph, &mut change);
    }
    claims(paragraph, &mut change);
    // Of a change without a direction there is nothing else to be said.
    let bare = change.form != Form::FromTo || change.up.is_none();
    if change.claims.is_empty() && bare {
        return None;
    }
    // The last figure in brackets, or a difference, is measured by nothing.
    let inner = between.starts_with('）') || is_difference(before);
    if change.form == Form::AgainstBase && inner {
        return None;
    }
    Some(change)
}

/// Whether the words before a figure make it a difference: 同比增加180条（上年1200条）.
fn is_difference(before: &str) -> bool {
    let last = clause(before).trim_end_matches('了');
    [
        "增加", "减少", "净增", "净减", "下降", "上升", "增长", "多", "少",
    ]
    .iter()
    .any(|word| last.ends_with(word))
}

/// 78件，同比上升25.8%（上年62件）: the base stands in brackets behind the rate, or behind the
/// difference and the rate.
fn noted_behind(paragraph: &Paragraph, first: usize) -> Option<Change> {
    let one = paragraph.quantities.get(first)?;
    let rate = (first + 1..=first + 2).find(|at| {
        paragraph
            .quantities
            .get(*at)
            .is_some_and(|rate| rate.sort == Sort::Percent)
    })?;
    let base = paragraph.quantities.get(rate + 1)?;
    let note = lead(paragraph, rate + 1).strip_prefix('（')?;
    // （按新口径调整后，上年为224件）.
    let noted =
        note.chars().count() <= 24 && forms::names_year_of(clause(note), lead(paragraph, first));
    let fits = one.sort == base.sort
        && one.sort != Sort::Percent
        && alike(paragraph, one, base)
        && (first + 1..=rate + 1).all(|at| joined(paragraph, at));
    if !noted || !fits || is_difference(lead(paragraph, first)) {
        return None;
    }
    let mut claims = Vec::new();
    for at in first + 1..=rate {
        let (words, stated) = (lead(paragraph, at), paragraph.quantities.get(at)?);
        let same = at == rate || (one.sort == stated.sort && alike(paragraph, one, stated));
        if !same || !is_claim(words) {
            return None;
        }
        claims.push(Claim {
            quantity: at,
            of_former: false,
            up: forms::direction(clause(words)),
            weight: weight(words, lead(paragraph, first)),
        });
    }
    Some(Change {
        first,
        second: rate + 1,
        claims,
        length: rate + 2 - first,
        ..forms::blank(Form::AgainstBase, None, true)
    })
}

pub(super) fn alike(paragraph: &Paragraph, one: &Quantity, two: &Quantity) -> bool {
    let (a, b) = (unit(paragraph, one), unit(paragraph, two));
    one.sort != Sort::Count || a == b || a.is_empty() || b.is_empty()
}
