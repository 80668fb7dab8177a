//! Comparing the numbers of a sentence, and judging them together.

use std::ops::Range;

use statute::editions::{CellKey, Level};

use super::clause::{Mention, Sentence};
use super::figures::{Expected, Figures};
use super::{TEXT_DIFFERS_FROM_TABLE, TEXT_RECONCILES_WITH_TABLE, TEXT_UNLIKE_TABLE};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind, Finding};
use crate::quantity::Bound;
use crate::rules::Sink;

/// How sure it is that words and cell mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// The same notion: a difference is an error.
    Same,
    /// A near notion: a difference is a warning.
    Near,
    /// Recorded when equal, otherwise not meant.
    Maybe,
}

/// A number that agrees with no reading.
struct Differs {
    span: Range<usize>,
    stated: String,
    /// What the text says, in its words: `收到申请22件`.
    said: String,
    expected: Expected,
    weight: Weight,
}

/// The numbers of one sentence that were compared.
pub(super) struct Verdicts<'a> {
    figures: &'a Figures<'a>,
    sentence: &'a Sentence<'a>,
    agree: Vec<Checked>,
    differ: Vec<Differs>,
    notes: Vec<Finding>,
    /// Numbers already compared, by where they start: each once.
    seen: Vec<usize>,
    /// Other findings of the sentence.
    pub(super) others: Vec<Finding>,
}

impl<'a> Verdicts<'a> {
    pub(super) fn new(figures: &'a Figures<'a>, sentence: &'a Sentence<'a>) -> Verdicts<'a> {
        Verdicts {
            figures,
            sentence,
            agree: Vec::new(),
            differ: Vec::new(),
            notes: Vec::new(),
            seen: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Whether a number was compared already.
    pub(super) fn has(&self, mention: &Mention<'_>) -> bool {
        self.seen.contains(&mention.quantity.span.start)
    }

    /// Compares a number with its readings, the plain one first. Answers whether one agrees.
    pub(super) fn compare(
        &mut self,
        mention: &Mention<'_>,
        readings: Vec<Option<Expected>>,
        weight: Weight,
        what: &str,
    ) -> bool {
        if self.has(mention) {
            return false;
        }
        // Where the plain reading's cell was not read, the others can only agree.
        let known = readings.first().is_some_and(Option::is_some);
        let mut readings = readings.into_iter().flatten();
        let Some(plain) = readings.next() else {
            return false;
        };
        let quantity = mention.quantity;
        let agreed = std::iter::once(plain.clone())
            .chain(readings)
            .find(|expected| quantity.allows(expected.value));
        let stated = quantity.figure();
        let span = quantity.span.clone();
        match agreed {
            Some(expected) => {
                // Two noughts agree anywhere; what is only perhaps meant needs more.
                if weight == Weight::Maybe && expected.value == 0 {
                    return false;
                }
                self.seen.push(span.start);
                let bounded = (quantity.bound != Bound::Exact).then(|| {
                    format!(
                        "“{}”是约数，表中是{}",
                        self.sentence.paragraph.slice(span.clone()),
                        print(expected.value)
                    )
                });
                let explanation = match (expected.reading, bounded) {
                    (Some(reading), Some(bounded)) => Some(format!("{reading}；{bounded}")),
                    (Some(reading), None) => Some(reading.to_owned()),
                    (None, bounded) => bounded,
                };
                self.agree.push(Checked {
                    trivial: quantity.value == 0 && expected.value == 0,
                    explanation,
                    ..Checked::equal(
                        CheckedKind::NarrativeVsTable,
                        true,
                        stated,
                        print(expected.value),
                        expected.arithmetic,
                        self.sentence.place(span),
                    )
                });
                true
            }
            None if weight == Weight::Maybe || plain.derived || !known => false,
            None => {
                self.seen.push(span.start);
                self.differ.push(Differs {
                    said: format!("{what}{}", self.sentence.paragraph.slice(span.clone())),
                    span,
                    stated,
                    expected: plain,
                    weight,
                });
                false
            }
        }
    }

    /// Words for none against a figure; without one they are recorded as they are.
    pub(super) fn none(
        &mut self,
        range: Range<usize>,
        expected: Option<Expected>,
        weight: Weight,
        what: &str,
    ) {
        match expected {
            Some(expected) if expected.value != 0 => {
                if weight != Weight::Maybe && !expected.derived {
                    self.differ.push(Differs {
                        span: range,
                        stated: "0".to_owned(),
                        said: format!("没有{what}"),
                        expected,
                        weight,
                    });
                }
            }
            expected => {
                let absent = expected.is_none();
                self.agree.push(Checked {
                    trivial: true,
                    explanation: absent.then(|| "文字说没有；表中没有可比的数".to_owned()),
                    ..Checked::equal(
                        CheckedKind::NarrativeVsTable,
                        true,
                        "0",
                        "0",
                        "0",
                        self.sentence.place(range),
                    )
                });
            }
        }
    }

    /// A number that, with another figure of the table, makes up a third.
    pub(super) fn reconciles(
        &mut self,
        mention: &Mention<'_>,
        total: &Expected,
        added: &Expected,
        message: String,
    ) {
        let span = mention.quantity.span.clone();
        self.seen.push(span.start);
        let place = self.sentence.place(span);
        let arithmetic = format!("{}+{}", mention.quantity.figure(), added.arithmetic);
        let sum = print(total.value);
        self.agree.push(Checked {
            explanation: Some(message.clone()),
            ..Checked::equal(
                CheckedKind::NarrativeVsTable,
                true,
                sum.clone(),
                sum.clone(),
                arithmetic.clone(),
                place.clone(),
            )
        });
        let related = self.places(&total.keys);
        self.notes.push(
            TEXT_RECONCILES_WITH_TABLE
                .finding(place, message)
                .with_figures(mention.quantity.figure(), sum, arithmetic)
                .with_related(related),
        );
    }

    /// Puts what was compared; judges what differs in the light of what agrees.
    pub(super) fn settle(self, sink: &mut Sink) {
        if self.agree.is_empty() && self.differ.is_empty() {
            sink.findings.extend(self.others);
            return;
        }
        let agreed = self.agree.len();
        sink.checked.extend(self.agree.iter().cloned());
        let narrow = self.sentence.is_of_others()
            || (self.sentence.is_narrow() && !self.figures.is_one_office())
            || (self.sentence.is_of_the_area() && self.figures.is_one_office());
        // Several numbers off in one sentence, and few right: the sentence speaks of another scope.
        let elsewhere = narrow || (self.differ.len() >= 2 && self.differ.len() > agreed);
        let mut first_elsewhere = true;
        for differs in &self.differ {
            if self
                .sentence
                .names_part(differs.span.start, differs.expected.value)
            {
                continue;
            }
            let place = self.sentence.place(differs.span.clone());
            let sound = self.figures.is_sound(&differs.expected.keys);
            let expected = print(differs.expected.value);
            sink.examined(Checked::equal(
                CheckedKind::NarrativeVsTable,
                false,
                differs.stated.clone(),
                expected.clone(),
                differs.expected.arithmetic.clone(),
                place.clone(),
            ));
            // One finding for a sentence of another scope.
            if elsewhere && !first_elsewhere {
                continue;
            }
            let (rule, level, advice) = if !sound {
                (
                    &TEXT_UNLIKE_TABLE,
                    Level::Info,
                    "这张表自身的数字也不一致，请先改正表，再核对正文",
                )
            } else if elsewhere {
                first_elsewhere = false;
                (
                    &TEXT_UNLIKE_TABLE,
                    Level::Warning,
                    "正文像是另一个范围的数字（本机关或全地区）；请写明范围，或改成一致",
                )
            } else if differs.weight == Weight::Same {
                (
                    &TEXT_DIFFERS_FROM_TABLE,
                    Level::Error,
                    "请核对台账，改正其中一处",
                )
            } else {
                (
                    &TEXT_UNLIKE_TABLE,
                    Level::Warning,
                    "请核对；口径不同的，请写明口径",
                )
            };
            let sum = if differs.expected.arithmetic == expected {
                String::new()
            } else {
                format!("（{}）", differs.expected.arithmetic)
            };
            sink.find(
                rule.finding(
                    place,
                    format!("正文写“{}”，表中是{expected}{sum}；{advice}", differs.said),
                )
                .at_level(level)
                .with_figures(
                    differs.stated.clone(),
                    expected,
                    differs.expected.arithmetic.clone(),
                )
                .with_related(self.places(&differs.expected.keys)),
            );
        }
        sink.findings.extend(self.notes);
        sink.findings.extend(self.others);
    }

    fn places(&self, keys: &[CellKey]) -> Vec<crate::Place> {
        keys.iter()
            .take(6)
            .map(|key| self.figures.place(*key))
            .collect()
    }
}

impl Verdicts<'_> {
    /// Two figures of the table that the words say are the same.
    pub(super) fn equal(
        &mut self,
        range: Range<usize>,
        stated: &Expected,
        expected: Expected,
        what: &str,
    ) {
        if stated.value == expected.value {
            self.agree.push(Checked {
                trivial: stated.value == 0,
                ..Checked::equal(
                    CheckedKind::NarrativeVsTable,
                    true,
                    print(stated.value),
                    print(expected.value),
                    expected.arithmetic,
                    self.sentence.place(range),
                )
            });
        } else if !stated.derived && !expected.derived {
            self.differ.push(Differs {
                span: range,
                stated: print(stated.value),
                said: format!("{what}{}件", print(stated.value)),
                expected,
                weight: Weight::Near,
            });
        }
    }
}

impl Verdicts<'_> {
    /// Numbers of the sentence that make up a figure of the table together.
    pub(super) fn adds_up(
        &mut self,
        parts: &[Mention<'_>],
        expected: &Expected,
        arithmetic: String,
    ) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return;
        };
        self.seen
            .extend(parts.iter().map(|part| part.quantity.span.start));
        let span = first.quantity.span.start..last.quantity.span.end;
        let sum = print(expected.value);
        self.agree.push(Checked {
            explanation: Some("正文分开写的几个数合计等于表中的数".to_owned()),
            ..Checked::equal(
                CheckedKind::NarrativeVsTable,
                true,
                sum.clone(),
                sum,
                arithmetic,
                self.sentence.place(span),
            )
        });
    }
}
