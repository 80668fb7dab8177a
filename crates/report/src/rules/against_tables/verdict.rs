//! Comparing the numbers of a sentence, and judging them together.

use std::ops::Range;

use statute::editions::{CellKey, Level};

use super::clause::{Mention, Sentence};
use super::doubts::{Company, Doubts};
use super::figures::{Expected, Figures};
use super::{TEXT_DIFFERS_FROM_TABLE, TEXT_RECONCILES_WITH_TABLE, TEXT_UNLIKE_TABLE};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind, Finding, Place};
use crate::quantity::Bound;
use crate::rules::{Rule, Sink};

/// How sure it is that words and cell mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// The same notion: a difference is an error.
    Same,
    /// A near notion: a difference is a warning.
    Near,
    /// The words of the form in a list of such: a difference is an error where the rest of the list
    /// agrees with the table.
    Listed,
    /// Words that may mean it: a difference is a warning where numbers beside it agree.
    Beside,
    /// Recorded when equal, otherwise not meant.
    Maybe,
}

/// A number that agrees with no reading.
pub(super) struct Differs {
    span: Range<usize>,
    pub(super) stated: String,
    /// Whether it is less than the table has.
    is_fewer: bool,
    /// What the text says, in its words: `收到申请22件`.
    said: String,
    pub(super) expected: Expected,
    pub(super) weight: Weight,
}

/// What a number that differs is accused of.
pub(super) struct Accused {
    pub(super) rule: &'static Rule,
    pub(super) level: Level,
    /// What to do.
    pub(super) advice: &'static str,
}

impl Accused {
    /// The cell itself stands in a table that does not agree with itself.
    pub(super) const UNSOUND: Accused = Accused {
        rule: &TEXT_UNLIKE_TABLE,
        level: Level::Info,
        advice: "这张表自身的数字也不一致，请先改正表，再核对正文",
    };
}

/// Puts a relation that does not hold and the finding about it.
pub(super) fn accuse(
    differs: &Differs,
    place: Place,
    accused: &Accused,
    figures: &Figures<'_>,
    sink: &mut Sink,
) {
    sink.examined(differs.relation(place.clone()));
    sink.find(differs.finding(place, accused, figures));
}

impl Differs {
    fn relation(&self, place: Place) -> Checked {
        Checked::equal(
            CheckedKind::NarrativeVsTable,
            false,
            self.stated.clone(),
            print(self.expected.value),
            self.expected.arithmetic.clone(),
            place,
        )
    }

    fn finding(&self, place: Place, accused: &Accused, figures: &Figures<'_>) -> Finding {
        let expected = print(self.expected.value);
        let arithmetic = &self.expected.arithmetic;
        let sum = if *arithmetic == expected {
            String::new()
        } else {
            format!("（{arithmetic}）")
        };
        let message = format!(
            "正文写“{}”，表中是{expected}{sum}；{}",
            self.said, accused.advice
        );
        accused
            .rule
            .finding(place, message)
            .at_level(accused.level)
            .with_figures(self.stated.clone(), expected, arithmetic.clone())
            .with_related(places(figures, &self.expected.keys))
    }
}

fn places(figures: &Figures<'_>, keys: &[CellKey]) -> Vec<Place> {
    keys.iter().take(6).map(|key| figures.place(*key)).collect()
}

/// The numbers of one sentence that were compared.
pub(super) struct Verdicts<'a> {
    figures: &'a Figures<'a>,
    sentence: &'a Sentence<'a>,
    agree: Vec<Checked>,
    differ: Vec<Differs>,
    /// Numbers that perhaps mean a cell and differ from it.
    doubts: Vec<Differs>,
    /// The cells of what agrees.
    cells: Vec<CellKey>,
    company: Company,
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
            doubts: Vec::new(),
            cells: Vec::new(),
            company: Company::default(),
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
                self.cells.extend_from_slice(&expected.keys);
                self.company.join(expected.value);
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
                let differs = Differs {
                    said: format!("{what}{}", self.sentence.paragraph.slice(span.clone())),
                    is_fewer: quantity.value < plain.value,
                    stated,
                    expected: plain,
                    weight,
                    span,
                };
                if matches!(weight, Weight::Listed | Weight::Beside) {
                    // Words that name other cells as well may still agree with one of them.
                    if quantity.is_exact() {
                        self.doubts.push(differs);
                    }
                } else {
                    self.seen.push(differs.span.start);
                    self.differ.push(differs);
                }
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
                        is_fewer: false,
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
        let related = places(self.figures, &total.keys);
        self.notes.push(
            TEXT_RECONCILES_WITH_TABLE
                .finding(place, message)
                .with_figures(mention.quantity.figure(), sum, arithmetic)
                .with_related(related),
        );
    }

    /// Puts what was compared; judges what differs in the light of what agrees.
    pub(super) fn settle(mut self, doubts: &mut Doubts, sink: &mut Sink) {
        if self.agree.is_empty() && self.differ.is_empty() {
            sink.findings.extend(self.others);
            return;
        }
        doubts.agree(&self.cells);
        let agreed = self.agree.len();
        sink.checked.extend(self.agree.iter().cloned());
        let narrow = self.sentence.is_of_others()
            || (self.sentence.is_narrow() && !self.figures.is_one_office())
            || (self.sentence.is_of_the_area() && self.figures.is_one_office());
        // Several numbers off in one sentence, and few right: the sentence speaks of another scope.
        let elsewhere = narrow || (self.differ.len() >= 2 && self.differ.len() > agreed);
        if !elsewhere {
            self.hand_on(doubts);
        }
        let own_scope = self.sentence.names_its_office() && !self.figures.is_one_office();
        let mut first_elsewhere = true;
        for differs in &self.differ {
            if self
                .sentence
                .names_part(differs.span.start, differs.expected.value)
            {
                continue;
            }
            // 县政府办公室本级收到44件: said to be one office's, and fewer than of all.
            if own_scope && differs.is_fewer {
                continue;
            }
            let place = self.sentence.place(differs.span.clone());
            // One finding for a sentence of another scope.
            if elsewhere && !first_elsewhere {
                sink.examined(differs.relation(place));
                continue;
            }
            let accused = if !self.figures.is_sound(&differs.expected.keys) {
                Accused::UNSOUND
            } else if elsewhere {
                first_elsewhere = false;
                Accused {
                    rule: &TEXT_UNLIKE_TABLE,
                    level: Level::Warning,
                    advice: "正文像是另一个范围的数字（本机关或全地区）；请写明范围，或改成一致",
                }
            } else if differs.weight == Weight::Same {
                Accused {
                    rule: &TEXT_DIFFERS_FROM_TABLE,
                    level: Level::Error,
                    advice: "请核对台账，改正其中一处",
                }
            } else {
                Accused {
                    rule: &TEXT_UNLIKE_TABLE,
                    level: Level::Warning,
                    advice: "请核对；口径不同的，请写明口径",
                }
            };
            accuse(differs, place, &accused, self.figures, sink);
        }
        sink.findings.extend(self.notes);
        sink.findings.extend(self.others);
    }

    /// Hands on the doubts whose number agreed with nothing and may mean one cell only.
    fn hand_on(&mut self, doubts: &mut Doubts) {
        let all = std::mem::take(&mut self.doubts);
        let one_cell = |differs: &Differs| {
            all.iter()
                .filter(|other| other.span == differs.span)
                .all(|other| other.expected.keys == differs.expected.keys)
        };
        let open: Vec<bool> = all
            .iter()
            .map(|differs| {
                let start = differs.span.start;
                !self.seen.contains(&start) && one_cell(differs)
            })
            .collect();
        // More numbers off than right: the sentence counts something else, and one is right by chance.
        if open.iter().filter(|open| **open).count() > self.company.count() {
            return;
        }
        for (differs, open) in all.into_iter().zip(open) {
            if open {
                let place = self.sentence.place(differs.span.clone());
                doubts.add(differs, place, self.company);
            }
        }
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
                is_fewer: false,
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
