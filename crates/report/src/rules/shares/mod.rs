//! Shares and rates in sentences: 占…%, N件（…%）, …率…%.
//!
//! A percentage is examined only where its numerator stands right before it, or, for a rate with two
//! decimals, where sums of the listed parts can be tried. Its base is the number that the sentence
//! names, the head of the list, or the only number that makes sense; a percentage for which no base is
//! sure is left alone.

mod base;
mod beside;
mod family;
mod named;
mod phrase;
mod portion;
#[cfg(test)]
mod properties;
pub(super) mod rate;
mod readings;
#[cfg(test)]
mod shapes;
pub(super) mod terms;
#[cfg(test)]
pub(super) mod tests;
mod truncated;
mod turned;
mod unnumbered;
mod unstated;
mod whole;

use super::{Rule, Sink};
use crate::finding::{CheckedKind, Place};
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::reading::Reading;
use rate::{Fit, Ratio};
use statute::editions::Level;

/// A share or rate that neither rounding nor truncation explains.
pub(crate) const SHARE_MISMATCH: Rule = Rule {
    name: "share-mismatch",
    code: "N201",
    level: Level::Error,
    summary: "占比或者比率与正文中的数字不符",
    english: "a stated share or rate differs from the figures in the text",
    article: None,
    page: include_str!("../pages/share-mismatch.md"),
};

/// A share that was cut off instead of rounded.
pub(crate) const SHARE_TRUNCATED: Rule = Rule {
    name: "share-truncated",
    code: "N202",
    level: Level::Warning,
    summary: "百分比没有按所示位数四舍五入",
    english: "a percentage is not rounded to the digits shown",
    article: None,
    page: include_str!("../pages/share-truncated.md"),
};

/// Shares of one total that come to more than the whole.
pub(crate) const SHARES_ABOVE_WHOLE: Rule = Rule {
    name: "shares-above-whole",
    code: "N203",
    level: Level::Error,
    summary: "同一总数的各项占比相加超过100%",
    english: "shares of the same total add up to more than 100%",
    article: None,
    page: include_str!("../pages/shares-above-whole.md"),
};

pub(crate) const RULES: &[&Rule] = &[&SHARE_MISMATCH, &SHARE_TRUNCATED, &SHARES_ABOVE_WHOLE];

/// A quantity by its paragraph and its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) paragraph: usize,
    pub(super) quantity: usize,
}

/// Examines every percentage of the text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let paragraphs = &reading.prose.paragraphs;
    let mut scope = base::Scope::default();
    let mut judged = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        scope.enter(paragraphs, at);
        if has_percent(paragraph) {
            judged.extend(portion::examine(reading, at, &scope));
        }
    }
    family::reconsider(paragraphs, &mut judged);
    let mut run = whole::Run::default();
    let mut cut = truncated::Cut::default();
    let mut rest = judged.as_slice();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if !has_percent(paragraph) {
            continue;
        }
        let here = rest.iter().take_while(|one| one.paragraph == at).count();
        let (found, later) = rest.split_at_checked(here).unwrap_or_default();
        rest = later;
        for one in found {
            one.put(paragraph, &mut cut, sink);
        }
        run.take(paragraphs, found, sink);
        let shares = found.iter().map(|one| one.percent).collect();
        named::examine(paragraph, &shares, sink);
        unnumbered::examine(paragraph, &shares, sink);
    }
    run.settle(paragraphs, sink);
    cut.settle(sink);
}

fn has_percent(paragraph: &Paragraph) -> bool {
    let mut quantities = paragraph.quantities.iter();
    quantities.any(|quantity| quantity.sort == Sort::Percent)
}

/// What was found out about one share.
#[derive(Debug, Clone)]
struct Judged {
    /// Where the percentage stands.
    paragraph: usize,
    percent: usize,
    /// Where the words about it begin, in bytes.
    from: usize,
    /// What it is a share of, if that is one number of the text.
    base: Option<Spot>,
    ratio: Ratio,
    fit: Fit,
    /// The reading that makes it agree, or what speaks for the finding.
    note: Option<String>,
    /// Whether the text announces the base: 在已经答复的9件申请中.
    announced: bool,
    /// What is said of it, if it does not agree.
    blame: Blame,
}

/// How sure it is that a share which does not agree is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blame {
    /// The share is wrong.
    Error,
    /// All shares of the list agree with a total that stands nowhere: one warning for them.
    Warning,
    /// Said of another share of the list.
    Said,
}

impl Judged {
    fn holds(&self) -> bool {
        self.fit != Fit::Apart
    }

    /// Puts the relation and what there is to say about it.
    fn put(&self, paragraph: &Paragraph, cut: &mut truncated::Cut, sink: &mut Sink) {
        let Some(percent) = paragraph.quantities.get(self.percent) else {
            return;
        };
        let note = self.note.clone();
        let Some(told) = relate(
            paragraph,
            percent,
            self.from,
            &self.ratio,
            self.fit,
            note,
            sink,
        ) else {
            return;
        };
        match self.fit {
            Fit::Apart => match self.blame {
                Blame::Error => told.accuse(Level::Error, sink),
                Blame::Warning => told.accuse(Level::Warning, sink),
                Blame::Said => {}
            },
            Fit::Truncated => cut.take(self.base, told, sink),
            // Of a total that had to be looked for, this much away says nothing.
            Fit::Loose if self.note.is_none() => cut.take(self.base, told, sink),
            Fit::Loose | Fit::Rounded | Fit::Within => {}
        }
    }
}

/// A relation as it was recorded, for a finding about it.
#[derive(Debug, Clone)]
struct Told {
    place: Place,
    stated: String,
    expected: String,
    exact: String,
    arithmetic: String,
    /// The note in brackets.
    hint: String,
}

impl Told {
    fn accuse(self, level: Level, sink: &mut Sink) {
        let Told {
            place,
            stated,
            expected,
            exact,
            arithmetic,
            hint,
        } = self;
        sink.find(
            SHARE_MISMATCH
                .finding(
                    place,
                    format!(
                        "正文写{stated}，而{arithmetic}={exact}，应为{expected}{hint}；请核对分子、总数和百分比"
                    ),
                )
                .with_figures(stated, expected, arithmetic)
                .at_level(level),
        );
    }
}

/// Puts the relation of a rate and, where it is due, a finding.
fn put(
    paragraph: &Paragraph,
    percent: &Quantity,
    from: usize,
    ratio: &Ratio,
    fit: Fit,
    note: Option<String>,
    sink: &mut Sink,
) {
    let plain = note.is_none();
    let Some(told) = relate(paragraph, percent, from, ratio, fit, note, sink) else {
        return;
    };
    match fit {
        Fit::Apart => told.accuse(Level::Error, sink),
        Fit::Truncated => truncated::say(vec![told], sink),
        Fit::Loose if plain => truncated::say(vec![told], sink),
        Fit::Loose | Fit::Rounded | Fit::Within => {}
    }
}

/// Puts the relation of a percentage to its figures.
fn relate(
    paragraph: &Paragraph,
    percent: &Quantity,
    from: usize,
    ratio: &Ratio,
    fit: Fit,
    note: Option<String>,
    sink: &mut Sink,
) -> Option<Told> {
    let (expected, exact) = (ratio.shown(percent)?, ratio.exact()?);
    let stated = rate::stated(paragraph, percent);
    let start = from.min(percent.span.start);
    let place = paragraph.place(start..percent.span.end);
    let kind = CheckedKind::NarrativeRatio;
    let mut checked = rate::relation(kind, fit, &stated, &expected, ratio, place.clone());
    if fit != Fit::Apart {
        checked.explanation = match (note.clone(), checked.explanation.take()) {
            (Some(note), Some(why)) => Some(format!("{note}；{why}")),
            (note, why) => note.or(why),
        };
    }
    sink.examined(checked);
    Some(Told {
        place,
        stated,
        expected,
        exact,
        arithmetic: ratio.arithmetic.clone(),
        hint: note.map(|note| format!("（{note}）")).unwrap_or_default(),
    })
}
