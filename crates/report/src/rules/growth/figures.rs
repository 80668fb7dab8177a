//! The figures of a change against what is claimed of them.

use statute::editions::Level;

use super::claims::goes_on;
use super::find::{Change, Claim, Form, Weight};
use super::is_share;
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::Quantity;
use crate::rules::shares::SHARE_TRUNCATED;
use crate::rules::shares::rate::{self, Fit, Ratio};
use crate::rules::{Rule, Sink};

/// The figures of a change with their arithmetic.
pub(super) struct Figures<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) change: &'a Change,
    /// Where the change begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    pub(super) rule: &'static Rule,
    pub(super) kind: CheckedKind,
}

impl Figures<'_> {
    /// The figures before and after, in millionths; those of a difference are worked out.
    fn before_after(&self, first: &Quantity, second: &Quantity) -> Option<(i128, i128)> {
        match self.change.form {
            Form::FromTo => Some((first.value, second.value)),
            Form::AgainstBase => Some((second.value, first.value)),
            Form::Difference { up } => {
                let before = if up {
                    first.value.checked_sub(second.value)?
                } else {
                    first.value.checked_add(second.value)?
                };
                (before > 0).then_some((before, first.value))
            }
        }
    }

    /// Reports a word of direction that the figures contradict, 减少到 above the figure before.
    pub(super) fn turned(&self, first: &Quantity, second: &Quantity, sink: &mut Sink) -> bool {
        let (Some(up), Form::FromTo) = (self.change.up, self.change.form) else {
            return false;
        };
        let holds = if up {
            second.value >= first.value
        } else {
            second.value <= first.value
        };
        let place = self
            .paragraph
            .place(self.start..second.span.end.max(first.span.end));
        let mut checked = Checked::equal(
            CheckedKind::Comparison,
            holds,
            second.figure(),
            first.figure(),
            first.figure(),
            place.clone(),
        );
        let (word, relation) = said(up);
        checked.relation = relation.to_owned();
        sink.examined(checked);
        if !holds {
            sink.find(
                self.rule
                    .finding(
                        place,
                        format!(
                            "正文说由{}{word}到{}，方向与数字相反；请核对前后两个数",
                            first.figure(),
                            second.figure()
                        ),
                    )
                    .with_figures(second.figure(), first.figure(), first.figure()),
            );
        }
        !holds
    }

    /// Reports growth where the figures fell, and the other way round, against last year's figure.
    pub(super) fn contrary(
        &self,
        first: &Quantity,
        second: &Quantity,
        stated: &Quantity,
        claim: &Claim,
        sink: &mut Sink,
    ) -> bool {
        let against = self.change.form == Form::AgainstBase && self.change.yearly;
        let Some(up) = claim.up.filter(|_| against && !claim.of_former) else {
            return false;
        };
        let contrary = if up {
            first.value < second.value
        } else {
            first.value > second.value
        };
        if !contrary {
            return false;
        }
        if claim.weight != Weight::Sure {
            return true;
        }
        let place = self
            .paragraph
            .place(self.start.min(stated.span.start)..stated.span.end.max(self.end));
        let mut checked = Checked::equal(
            CheckedKind::Comparison,
            false,
            first.figure(),
            second.figure(),
            second.figure(),
            place.clone(),
        );
        let (word, relation) = said(up);
        checked.relation = relation.to_owned();
        sink.examined(checked);
        sink.find(
            self.rule
                .finding(
                    place,
                    format!(
                        "正文说比上年{word}，而本年是{}，上年是{}，方向与数字相反；请核对两年的数和表述",
                        first.figure(),
                        second.figure()
                    ),
                )
                .with_figures(first.figure(), second.figure(), second.figure()),
        );
        true
    }

    /// A rate of change.
    pub(super) fn rate(
        &self,
        first: &Quantity,
        second: &Quantity,
        stated: &Quantity,
        claim: &Claim,
        sink: &mut Sink,
    ) {
        let Some((before, after)) = self.before_after(first, second) else {
            return;
        };
        if before <= 0 {
            return;
        }
        let (one, two) = (rate::slack(first), rate::slack(second));
        let (high, low) = (before.max(after), before.min(after));
        let name = crate::decimal::print;
        let numerator = match self.change.form {
            Form::Difference { .. } => second.figure(),
            _ => format!("({}-{})", name(high), name(low)),
        };
        let base = match self.change.form {
            Form::Difference { up: true } => format!("({}-{})", first.figure(), second.figure()),
            Form::Difference { up: false } => format!("({}+{})", first.figure(), second.figure()),
            _ => name(before),
        };
        let ratio = if claim.of_former {
            Ratio {
                numerator: after,
                base: before,
                numerator_slack: two,
                base_slack: one,
                arithmetic: format!("{}/{}", name(after), name(before)),
            }
        } else {
            Ratio {
                numerator: high - low,
                base: before,
                numerator_slack: one + two,
                base_slack: one,
                arithmetic: format!("{numerator}/{base}"),
            }
        };
        let (Some(fit), Some(expected), Some(value)) =
            (ratio.fit(stated), ratio.shown(stated), ratio.exact())
        else {
            return;
        };
        if fit == Fit::Apart && claim.weight == Weight::Loose {
            return;
        }
        let shown = rate::stated(self.paragraph, stated);
        let place = self
            .paragraph
            .place(self.start.min(stated.span.start)..stated.span.end.max(second.span.end));
        sink.examined(rate::relation(
            self.kind,
            fit,
            &shown,
            &expected,
            &ratio,
            place.clone(),
        ));
        let arithmetic = ratio.arithmetic.clone();
        match fit {
            Fit::Apart => sink.find(
                self.rule
                    .finding(
                        place,
                        format!(
                            "正文写{shown}，而{arithmetic}={value}，应为{expected}；请核对前后两个数和变化率"
                        ),
                    )
                    .with_figures(shown, expected, arithmetic),
            ),
            Fit::Truncated => sink.find(
                SHARE_TRUNCATED
                    .finding(
                        place,
                        format!(
                            "正文写{shown}，{arithmetic}={value}，四舍五入应为{expected}；百分比未按所示位数四舍五入，建议改为{expected}"
                        ),
                    )
                    .with_figures(shown, expected, arithmetic),
            ),
            Fit::Rounded | Fit::Loose | Fit::Within => {}
        }
    }

    /// A difference of two percentages; 2% said of percentages may mean either.
    pub(super) fn points(
        &self,
        first: &Quantity,
        second: &Quantity,
        stated: &Quantity,
        claim: &Claim,
        sink: &mut Sink,
    ) {
        // 比上年的97%上升1% may be of it as well as added to it.
        let unclear = self.change.form == Form::AgainstBase && is_share(stated);
        if !is_share(first) || !is_share(second) || unclear {
            return;
        }
        let difference = (second.value - first.value).abs();
        let arithmetic = if second.value >= first.value {
            format!("{}-{}", second.figure(), first.figure())
        } else {
            format!("{}-{}", first.figure(), second.figure())
        };
        let holds = stated.allows(difference);
        if is_share(stated) && !holds {
            // Then it is a rate of the percentages, as of any other figures.
            self.rate(first, second, stated, claim, sink);
            return;
        }
        self.compare(stated, difference, arithmetic, claim, sink);
    }

    /// A stated difference of two figures.
    pub(super) fn difference(
        &self,
        first: &Quantity,
        second: &Quantity,
        stated: &Quantity,
        claim: &Claim,
        sink: &mut Sink,
    ) {
        let difference = (second.value - first.value).abs();
        let (high, low) = if second.value >= first.value {
            (second, first)
        } else {
            (first, second)
        };
        let arithmetic = format!("{}-{}", high.figure(), low.figure());
        // Figures in 万 leave the difference open by the digits they do not show.
        if rate::slack(first) + rate::slack(second) > 0 && !stated.allows(difference) {
            return;
        }
        let adds_up = stated.allows(difference);
        let behind = claim.quantity > self.change.second;
        if !adds_up && behind && goes_on(self.paragraph, claim.quantity) {
            return;
        }
        self.compare(stated, difference, arithmetic, claim, sink);
    }

    fn compare(
        &self,
        stated: &Quantity,
        expected: i128,
        arithmetic: String,
        claim: &Claim,
        sink: &mut Sink,
    ) {
        let holds = stated.allows(expected);
        if !holds && claim.weight == Weight::Loose {
            return;
        }
        let expected = crate::decimal::print(expected);
        let place = self
            .paragraph
            .place(self.start.min(stated.span.start)..stated.span.end.max(self.end));
        let mut checked = Checked::equal(
            self.kind,
            holds,
            stated.figure(),
            &expected,
            &arithmetic,
            place.clone(),
        );
        if holds && !stated.is_exact() {
            checked.explanation = Some("约数".to_owned());
        }
        sink.examined(checked);
        if !holds {
            sink.find(
                self.rule
                    .finding(
                        place,
                        format!(
                            "正文写相差{}，而{arithmetic}={expected}；请核对前后两个数和差数",
                            stated.figure()
                        ),
                    )
                    .with_figures(stated.figure(), expected, arithmetic)
                    .at_level(match claim.weight {
                        Weight::Outcome => Level::Warning,
                        Weight::Sure | Weight::Loose => Level::Error,
                    }),
            );
        }
    }
}

/// A direction in words, and how the later figure must then stand to the earlier.
fn said(up: bool) -> (&'static str, &'static str) {
    if up {
        ("增加", "不小于")
    } else {
        ("减少", "不大于")
    }
}
