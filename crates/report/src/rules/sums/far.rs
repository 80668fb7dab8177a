//! Lists whose total stands paragraphs before them: `从公开渠道来看，网站30条，占60%；…` or a chapter
//! of its own on the kinds of requests. They are believed only when they add up.

use super::figures::Measure;
use crate::finding::{Checked, CheckedKind};
use crate::prose::{Paragraph, Prose};
use crate::quantity::{ONE, Quantity, Sort};
use crate::rules::Sink;

/// How many paragraphs a total may stand before its list.
const BACK: usize = 12;
/// The most parts of a list.
const PARTS: usize = 64;

/// Examines the lists of which no part is among those `told` already, which are in order.
pub(super) fn examine(prose: &Prose, told: &[(usize, usize)], sink: &mut Sink) {
    for (number, paragraph) in prose.paragraphs.iter().enumerate() {
        let Some(list) = List::of(paragraph) else {
            continue;
        };
        let known = |index: usize| told.binary_search(&(number, index)).is_ok();
        if list.parts.iter().any(|(index, _)| known(*index)) {
            continue;
        }
        let before = prose
            .paragraphs
            .iter()
            .take(number)
            .skip(number.saturating_sub(BACK));
        let total = before.rev().find_map(|home| {
            let total = home.quantities.iter().find(|total| {
                total.sort == Sort::Count
                    && total.value == list.sum
                    && total.is_exact()
                    && home.slice(total.unit.clone()) == list.unit
            })?;
            Some((home, total))
        });
        if let Some((home, total)) = total {
            list.examined(home, total, sink);
        }
    }
}

/// The figures of a paragraph that is nothing but a list.
struct List<'a> {
    paragraph: &'a Paragraph,
    parts: Vec<(usize, &'a Quantity)>,
    unit: &'a str,
    sum: i128,
}

impl<'a> List<'a> {
    fn of(paragraph: &'a Paragraph) -> Option<List<'a>> {
        // Most paragraphs hold no list.
        if paragraph.quantities.len() < 4 {
            return None;
        }
        let mut parts: Vec<(usize, &Quantity)> = Vec::new();
        let mut shares = 0;
        let mut unit = "";
        for (index, quantity) in paragraph.quantities.iter().enumerate() {
            if quantity.sort == Sort::Percent {
                shares += 1;
                continue;
            }
            let own = paragraph.slice(quantity.unit.clone());
            if parts.is_empty() {
                unit = own;
            }
            // 21个市公开813条: another unit counts bodies beside the pieces.
            if quantity.sort != Sort::Count || own != unit || own.is_empty() {
                if parts.len() == 1 && shares == 0 && quantity.sort == Sort::Count {
                    parts.clear();
                    unit = own;
                } else {
                    continue;
                }
            }
            if !quantity.is_exact() || parts.len() == PARTS {
                return None;
            }
            parts.push((index, quantity));
        }
        let enough = parts.len() >= 4 || (parts.len() == 3 && shares >= 3);
        let sum = parts
            .iter()
            .fold(0_i128, |sum, (_, part)| sum.saturating_add(part.value));
        (enough && sum >= 10 * ONE).then_some(List {
            paragraph,
            parts,
            unit,
            sum,
        })
    }

    fn examined(&self, home: &'a Paragraph, total: &'a Quantity, sink: &mut Sink) {
        let parts = || self.parts.iter().map(|(_, part)| *part);
        let text = |quantity: &'a Quantity, home: &'a Paragraph| {
            (quantity, home.slice(quantity.number.clone()))
        };
        let measure = Measure::of(
            std::iter::once(text(total, home))
                .chain(parts().map(|part| text(part, self.paragraph))),
        );
        let term = |(quantity, number)| measure.term(quantity, number);
        let terms: Vec<String> = parts()
            .map(|part| term(text(part, self.paragraph)))
            .collect();
        sink.examined(Checked::equal(
            CheckedKind::NarrativeSum,
            true,
            term(text(total, home)),
            measure.show(self.sum),
            terms.join("+"),
            home.place(total.span.clone()),
        ));
    }
}
