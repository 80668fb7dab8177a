//! Whether the parts that a sentence lists make up the total that it states.

use super::figures::Measure;
use crate::finding::{Checked, CheckedKind, Place};
use crate::prose::{Paragraph, Prose};
use crate::quantity::{ONE, Quantity};
use crate::rules::splits::{Agreement, Introducer, Split};
use crate::rules::{Rule, Sink};
use crate::words::{has, words};
use statute::editions::Level;

/// N101.
pub(super) const PARTS_DIFFER_FROM_TOTAL: Rule = Rule {
    name: "parts-differ-from-total",
    code: "N101",
    level: Level::Error,
    summary: "句中所列各项之和与总数不符",
    english: "the listed parts do not add up to the stated total",
    article: None,
    page: include_str!("../pages/parts-differ-from-total.md"),
};

/// N102.
pub(super) const PART_ABOVE_TOTAL: Rule = Rule {
    name: "part-above-total",
    code: "N102",
    level: Level::Error,
    summary: "句中的一项大于它所属的总数",
    english: "a part is larger than the total it belongs to",
    article: None,
    page: include_str!("../pages/part-above-total.md"),
};

pub(super) fn examine(prose: &Prose, splits: &[Split], sink: &mut Sink) {
    for split in splits {
        if let Some(sum) = Sum::of(prose, split) {
            sum.examine(sink);
        }
    }
}

/// A split with its figures.
struct Sum<'a> {
    split: &'a Split,
    paragraph: &'a Paragraph,
    head: &'a Quantity,
    parts: Vec<&'a Quantity>,
    /// The numbers as the text writes them, that of the total first.
    texts: Vec<&'a str>,
    /// What brackets take off the sum.
    withdrawn: Vec<&'a Quantity>,
    measure: Measure,
    sum: i128,
}

impl<'a> Sum<'a> {
    fn of(prose: &'a Prose, split: &'a Split) -> Option<Sum<'a>> {
        let paragraph = prose.paragraphs.get(split.paragraph)?;
        let head = paragraph.quantities.get(split.head)?;
        let mut numbers = vec![(head, paragraph.slice(head.number.clone()))];
        for part in &split.parts {
            let paragraph = prose.paragraphs.get(part.paragraph)?;
            let quantity = paragraph.quantities.get(part.quantity)?;
            numbers.push((quantity, paragraph.slice(quantity.number.clone())));
        }
        let measure = Measure::of(numbers.iter().copied());
        let parts: Vec<&Quantity> = numbers.iter().skip(1).map(|(part, _)| *part).collect();
        let texts = numbers.iter().map(|(_, text)| *text).collect();
        let withdrawn: Vec<&Quantity> = split
            .withdrawn
            .iter()
            .filter_map(|(paragraph, quantity)| {
                prose.paragraphs.get(*paragraph)?.quantities.get(*quantity)
            })
            .collect();
        let sum = parts
            .iter()
            .try_fold(0_i128, |sum, part| sum.checked_add(part.value))?;
        let sum = withdrawn
            .iter()
            .try_fold(sum, |sum, part| sum.checked_sub(part.value))?;
        Some(Sum {
            split,
            paragraph,
            head,
            parts,
            texts,
            withdrawn,
            measure,
            sum,
        })
    }

    fn examine(&self, sink: &mut Sink) {
        match &self.split.agreement {
            Agreement::Equal(explanation) => {
                sink.examined(Checked {
                    explanation: explanation.clone(),
                    ..self.checked("等于", true)
                });
            }
            Agreement::Above if self.parts.len() == 1 => self.part_above(sink),
            Agreement::Above if self.split.channels => sink.examined(Checked {
                explanation: Some(
                    "同一条信息可能在两个渠道公开，总数可以小于各渠道之和".to_owned(),
                ),
                ..self.checked("不大于", true)
            }),
            Agreement::Above if self.split.sure => {
                let level = if self.split.doubtful {
                    Level::Warning
                } else {
                    Level::Error
                };
                self.differ(sink, level);
            }
            Agreement::Below if self.parts.len() == 1 => self.part_within(sink),
            Agreement::Below if self.split.sure && self.split.closed => {
                let level = if self.split.doubtful || self.may_be_selected() {
                    Level::Warning
                } else {
                    Level::Error
                };
                self.differ(sink, level);
            }
            Agreement::Below if self.split.sure && self.are_all_there_is() => {
                self.differ(sink, Level::Error);
            }
            Agreement::Below if self.split.sure && self.nearly_whole() => {
                self.differ(sink, Level::Warning);
            }
            Agreement::Below => self.parts_within(sink),
            Agreement::Above => self.first_within(sink),
            Agreement::Unclear => {}
        }
    }

    /// Few parts, no 其他, and much is lacking: the text may list only some.
    fn may_be_selected(&self) -> bool {
        let lacking = self.head.value - self.sum;
        !self.split.told_whole && self.parts.len() < 8 && lacking > self.head.value / 5
    }

    /// Two parts beside which there is no third: staff is full-time or part-time.
    fn are_all_there_is(&self) -> bool {
        let label = |at: usize| {
            let part = self.split.parts.get(at)?;
            let text = self.paragraph.slice(part.label.clone());
            (part.paragraph == self.split.paragraph).then_some(text)
        };
        let (Some(one), Some(other)) = (label(0), label(1)) else {
            return false;
        };
        self.parts.len() == 2 && one.contains("专职") && other.contains("兼职")
    }

    /// Parts of one list that lack very little: a slip is likelier than a remainder.
    /// Of many parts the small ones are often left out.
    fn nearly_whole(&self) -> bool {
        let lacking = self.head.value - self.sum;
        let little = match self.parts.len() {
            2 => 50,
            3..=5 => 20,
            _ => 100,
        };
        matches!(
            self.split.introducer,
            Introducer::Among | Introducer::OfThese
        ) && (self.parts.len() >= 3
            || (self.head.value >= 100 * ONE
                && self
                    .parts
                    .iter()
                    .all(|part| part.value > self.head.value / 8)))
            && lacking > 0
            && lacking <= (self.head.value / little).max(ONE)
    }

    fn differ(&self, sink: &mut Sink, level: Level) {
        let (stated, sum, arithmetic) = self.figures();
        let difference = self.head.value - self.sum;
        let (word, amount) = if difference > 0 {
            ("少", difference)
        } else {
            ("多", -difference)
        };
        let side = match self.split.introducer {
            Introducer::After => "前",
            _ => "后",
        };
        let message = format!(
            "“{}”之{side}所列{}项之和为 {arithmetic}={sum}，比总数{word} {}；请核对总数和各项，{}",
            self.paragraph.slice(self.head.span.clone()),
            self.parts.len(),
            self.measure.show(amount),
            if difference > 0 {
                "另有未列出的，写明“其他”及其数量"
            } else {
                "某项已含在另一项之内的，改写为该项的“其中”"
            },
        );
        sink.examined(self.checked("等于", false));
        let place = self.place();
        sink.find(
            PARTS_DIFFER_FROM_TOTAL
                .finding(place, message)
                .at_level(level)
                .with_figures(stated, sum, arithmetic),
        );
    }

    fn part_above(&self, sink: &mut Sink) {
        if !self.split.sure || self.split.introducer == Introducer::Bare {
            return;
        }
        let (whole, part, _) = self.figures();
        sink.examined(self.within(false));
        let message = format!(
            "“其中”一项为 {part}，大于它所属的总数 {whole}；部分不能大于全部，请核对两个数，口径不同的分句写明"
        );
        sink.find(
            PART_ABOVE_TOTAL
                .finding(self.place(), message)
                .with_figures(part, whole.clone(), whole),
        );
    }

    /// One part: all that can be said is that it is not more than the whole.
    fn part_within(&self, sink: &mut Sink) {
        let says_part = match self.split.introducer {
            Introducer::Among | Introducer::Including | Introducer::OfThese => true,
            Introducer::Brackets => {
                let list = self.paragraph.slice(self.split.range.clone());
                has(list, words!["其中", "含", "包括"])
            }
            _ => false,
        };
        if says_part {
            sink.examined(self.within(true));
        }
    }

    /// Steps that pieces go through, one behind the other: the first is a part of the whole.
    fn first_within(&self, sink: &mut Sink) {
        let first = self.parts.first().copied();
        if let Some(part) = first
            && self.split.introducer == Introducer::Among
            && part.value <= self.head.value
        {
            let part = self.measure.show(part.value);
            sink.examined(Checked {
                stated: part,
                ..self.within(true)
            });
        }
    }

    /// A list that is not whole: its sum is not more than the total.
    fn parts_within(&self, sink: &mut Sink) {
        let lists_parts = matches!(
            self.split.introducer,
            Introducer::Among | Introducer::Including | Introducer::OfThese | Introducer::Brackets
        );
        if lists_parts {
            sink.examined(Checked {
                explanation: Some("所列各项不是全部".to_owned()),
                ..self.checked("不小于", true)
            });
        }
    }

    /// The total against the sum of its parts.
    fn checked(&self, relation: &str, holds: bool) -> Checked {
        let (stated, sum, arithmetic) = self.figures();
        Checked {
            relation: relation.to_owned(),
            trivial: self.head.value == 0 && self.sum == 0,
            ..Checked::equal(
                CheckedKind::NarrativeSum,
                holds,
                stated,
                sum,
                arithmetic,
                self.place(),
            )
        }
    }

    /// One part against its total.
    fn within(&self, holds: bool) -> Checked {
        let (whole, part, _) = self.figures();
        Checked {
            relation: "不大于".to_owned(),
            trivial: self.head.value == 0 && self.sum == 0,
            ..Checked::equal(
                CheckedKind::NarrativeSum,
                holds,
                part,
                whole.clone(),
                whole,
                self.place(),
            )
        }
    }

    /// The total, the sum and the arithmetic, in one measure.
    fn figures(&self) -> (String, String, String) {
        let terms: Vec<String> = self
            .parts
            .iter()
            .zip(self.texts.iter().skip(1))
            .map(|(part, text)| self.measure.term(part, text))
            .collect();
        let off = self.withdrawn.iter().fold(String::new(), |off, part| {
            off + "-" + &self.measure.show(part.value)
        });
        (
            self.texts
                .first()
                .map_or_else(String::new, |text| self.measure.term(self.head, text)),
            self.measure.show(self.sum),
            terms.join("+") + &off,
        )
    }

    fn place(&self) -> Place {
        let same = self
            .split
            .parts
            .iter()
            .all(|part| part.paragraph == self.split.paragraph);
        let head = self.head.span.clone();
        if same {
            let start = head.start.min(self.split.range.start);
            let end = head.end.max(self.split.range.end);
            self.paragraph.place(start..end)
        } else {
            self.paragraph.place(head)
        }
    }
}
