//! Change in sentences: 由A精简为B, 较上年的A增长…%, 比上年增加D件.
//!
//! Only a change whose two figures stand in the sentence, or follow from it, is examined. Growth
//! against a figure that is not stated needs the earlier report.

mod find;
#[cfg(test)]
mod tests;

use statute::editions::Level;

use super::shares::SHARE_TRUNCATED;
use super::shares::rate::{self, Fit, Ratio};
use super::shares::terms::{joined, kin};
use super::{Rule, Sink};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::{Bound, Quantity, Sort};
use crate::reading::Reading;
use find::{Change, Claim, Form};

/// A rate of change between two stated figures that does not come out.
pub(crate) const RATE_MISMATCH: Rule = Rule {
    name: "rate-mismatch",
    code: "N204",
    level: Level::Error,
    summary: "变化率与前后两个数不符",
    english: "a rate of change differs from the figures before and after",
    article: None,
    page: include_str!("../pages/rate-mismatch.md"),
};

/// Growth against last year's stated figure that does not come out.
pub(crate) const GROWTH_MISMATCH: Rule = Rule {
    name: "growth-mismatch",
    code: "N701",
    level: Level::Error,
    summary: "与上年相比的增减数或者增减率与两年的数不符",
    english: "a change against last year differs from the figures of the two years",
    article: None,
    page: include_str!("../pages/growth-mismatch.md"),
};

pub(crate) const RULES: &[&Rule] = &[&RATE_MISMATCH, &GROWTH_MISMATCH];

/// Examines every change of the text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    for paragraph in &reading.prose.paragraphs {
        let mut at = 0;
        while at < paragraph.quantities.len() {
            at += match find::at(paragraph, at) {
                Some(change) => {
                    judge(paragraph, &change, sink);
                    change.length.max(1)
                }
                None => 1,
            };
        }
    }
}

/// The figures of a change with their arithmetic.
struct Figures<'a> {
    paragraph: &'a Paragraph,
    change: &'a Change,
    /// Where the change begins.
    start: usize,
    rule: &'static Rule,
    kind: CheckedKind,
}

fn judge(paragraph: &Paragraph, change: &Change, sink: &mut Sink) {
    let quantity = |index: usize| paragraph.quantities.get(index);
    let (Some(first), Some(second)) = (quantity(change.first), quantity(change.second)) else {
        return;
    };
    let first = match change.form {
        Form::Difference { up } => match current(paragraph, change, up) {
            Some(current) => current,
            None => return,
        },
        _ => first,
    };
    let exact = |bound: Bound| bound == Bound::Exact;
    if !exact(first.bound) || !exact(second.bound) {
        return;
    }
    let figures = Figures {
        paragraph,
        change,
        start: first.span.start.min(second.span.start),
        rule: if change.yearly {
            &GROWTH_MISMATCH
        } else {
            &RATE_MISMATCH
        },
        kind: if change.yearly {
            CheckedKind::Growth
        } else {
            CheckedKind::NarrativeRatio
        },
    };
    if figures.turned(first, second, sink) {
        return;
    }
    for claim in &change.claims {
        let Some(stated) = quantity(claim.quantity) else {
            continue;
        };
        match stated.sort {
            Sort::Percent if is_share(first) => figures.points(first, second, stated, true, sink),
            Sort::Percent => figures.rate(first, second, stated, claim, sink),
            Sort::Points => figures.points(first, second, stated, false, sink),
            Sort::Count | Sort::Money => figures.difference(first, second, stated, sink),
        }
    }
}

/// The figure that a difference belongs to: 收到25件，办结20件，较上年减少5件. The nearest before it,
/// unless one further back in the sentence gives the rate; where several could be meant and none
/// does, none.
fn current<'a>(paragraph: &'a Paragraph, change: &Change, up: bool) -> Option<&'a Quantity> {
    let nearest = paragraph.quantities.get(change.first)?;
    let difference = paragraph.quantities.get(change.second)?;
    let stated = change
        .claims
        .iter()
        .filter_map(|claim| paragraph.quantities.get(claim.quantity))
        .find(|stated| is_share(stated))?;
    let mut others = 0;
    for back in 0..5 {
        let index = change.first.checked_sub(back);
        let Some((index, now)) =
            index.and_then(|index| Some((index, paragraph.quantities.get(index)?)))
        else {
            break;
        };
        if kin(paragraph, now, paragraph, difference) {
            let before = if up {
                now.value.checked_sub(difference.value)?
            } else {
                now.value.checked_add(difference.value)?
            };
            let ratio = Ratio {
                numerator: difference.value,
                base: before,
                numerator_slack: rate::slack(difference),
                base_slack: rate::slack(now) + rate::slack(difference),
                arithmetic: String::new(),
            };
            if before > 0 && matches!(ratio.fit(stated), Some(Fit::Rounded | Fit::Within)) {
                return Some(now);
            }
            others += 1;
        }
        if !joined(paragraph, index) {
            break;
        }
    }
    (others == 1).then_some(nearest)
}

fn is_share(quantity: &Quantity) -> bool {
    matches!(quantity.sort, Sort::Percent)
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
    fn turned(&self, first: &Quantity, second: &Quantity, sink: &mut Sink) -> bool {
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
        checked.relation = if up { "不小于" } else { "不大于" }.to_owned();
        sink.examined(checked);
        if !holds {
            let word = if up { "增加" } else { "减少" };
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

    /// A rate of change.
    fn rate(
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
    fn points(
        &self,
        first: &Quantity,
        second: &Quantity,
        stated: &Quantity,
        loose: bool,
        sink: &mut Sink,
    ) {
        if !is_share(first) || !is_share(second) || self.change.form == Form::AgainstBase {
            return;
        }
        let difference = (second.value - first.value).abs();
        let arithmetic = if second.value >= first.value {
            format!("{}-{}", second.figure(), first.figure())
        } else {
            format!("{}-{}", first.figure(), second.figure())
        };
        let holds = stated.allows(difference);
        if loose && !holds {
            // Then it is a rate of the percentages, as of any other figures.
            let claim = Claim {
                quantity: 0,
                of_former: false,
            };
            self.rate(first, second, stated, &claim, sink);
            return;
        }
        self.compare(stated, difference, arithmetic, self.kind, sink);
    }

    /// A stated difference of two figures.
    fn difference(&self, first: &Quantity, second: &Quantity, stated: &Quantity, sink: &mut Sink) {
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
        self.compare(stated, difference, arithmetic, self.kind, sink);
    }

    fn compare(
        &self,
        stated: &Quantity,
        expected: i128,
        arithmetic: String,
        kind: CheckedKind,
        sink: &mut Sink,
    ) {
        let holds = stated.allows(expected);
        let expected = crate::decimal::print(expected);
        let place = self
            .paragraph
            .place(self.start.min(stated.span.start)..stated.span.end.max(self.start));
        let mut checked = Checked::equal(
            kind,
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
                    .with_figures(stated.figure(), expected, arithmetic),
            );
        }
    }
}
