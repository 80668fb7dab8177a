//! Lists whose things are paragraphs of their own: 做好以下三项工作：, then （一）…, （二）…, （三）….

use super::behind::{ORDINALS, is_kind};
use super::{Listed, counts_classes};
use crate::prose::Paragraph;
use crate::quantity::Quantity;
use crate::words::first_chars;

/// The most paragraphs that are looked at, and how many may stand between two things.
const REACH: usize = 60;
const BETWEEN: usize = 6;

/// How the things of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// 一是.
    Is,
    /// （一）.
    Brackets,
    /// 1. or 1、.
    Digits,
}

impl Marks {
    const ALL: [Marks; 3] = [Marks::Is, Marks::Brackets, Marks::Digits];

    /// Whether a paragraph begins with the mark of a place, from nought.
    fn begins(self, text: &str, place: usize) -> bool {
        let Some(ordinal) = ORDINALS.get(place) else {
            return false;
        };
        match self {
            Marks::Is => text
                .strip_prefix(ordinal)
                .is_some_and(|rest| rest.starts_with(['是', '要'])),
            Marks::Brackets => text
                .strip_prefix('（')
                .and_then(|rest| rest.strip_prefix(ordinal))
                .is_some_and(|rest| rest.starts_with('）')),
            Marks::Digits => text
                .strip_prefix(&(place + 1).to_string())
                .is_some_and(|rest| rest.starts_with(['.', '、', '．'])),
        }
    }
}

/// The list of paragraphs that begins behind the one of a number.
pub(super) fn listed(
    paragraph: &Paragraph,
    quantity: &Quantity,
    number: usize,
    behind: &[Paragraph],
) -> Option<Listed> {
    let words = paragraph.slice(quantity.span.end..paragraph.text.len());
    // The number stands at the end of its paragraph, which leads to the list.
    let words = words.strip_suffix('：')?;
    if words.len() > 24 * '一'.len_utf8() || words.contains(['。', '；', '：']) {
        return None;
    }
    if !counts_classes(paragraph, quantity) && !is_kind(words) {
        return None;
    }
    let first = behind.first()?;
    let marks = Marks::ALL
        .into_iter()
        .find(|marks| marks.begins(&first.text, 0))?;
    let (mut count, mut gap, mut ended) = (1, 0, false);
    for next in behind.iter().take(REACH).skip(1) {
        if marks.begins(&next.text, 0) || next.chapter != first.chapter {
            ended = true;
            break;
        }
        if marks.begins(&next.text, count) {
            (count, gap) = (count + 1, 0);
        } else {
            gap += 1;
        }
        if gap > BETWEEN {
            ended = true;
            break;
        }
    }
    // A text that was cut off, or several things in a paragraph.
    let hidden = behind.iter().take(REACH).any(|next| {
        ORDINALS
            .get(count)
            .is_some_and(|ordinal| first_chars(&next.text, 400).contains(&format!("{ordinal}是")))
    });
    let whole = ended && !hidden && count >= 2 && count.abs_diff(number) <= 2;
    (count == number || whole).then_some(Listed {
        count,
        holds: count == number,
        range: quantity.span.start..paragraph.text.len(),
    })
}
