//! Paragraphs that belong to one list: its items stand in paragraphs of their own.

use crate::words::{starts, words};
use std::ops::Range;

use crate::prose::{Paragraph, Prose};
use crate::quantity::Quantity;

/// The text of one paragraph, or of several that go on with one list.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) text: String,
    pub(super) quantities: Vec<Quantity>,
    /// For each paragraph its number, its first quantity and the first byte of its text.
    members: Vec<(usize, usize, usize)>,
}

/// The most paragraphs of a group.
const MEMBERS: usize = 32;

/// The groups of a text that hold quantities.
pub(super) fn groups(prose: &Prose) -> impl Iterator<Item = Group> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(first) = prose.paragraphs.get(at) {
            let start = at;
            at += 1;
            if is_table(first) {
                continue;
            }
            while at - start < MEMBERS && prose.paragraphs.get(at).is_some_and(goes_on) {
                at += 1;
            }
            let group = Group::of(prose, start..at);
            if !group.quantities.is_empty() {
                return Some(group);
            }
        }
        None
    })
}

/// A row of a table that stands in the text, or marks of a page that was not read as one.
fn is_table(paragraph: &Paragraph) -> bool {
    paragraph
        .text
        .bytes()
        .any(|byte| matches!(byte, b'|' | b'<'))
        || (paragraph.quantities.len() >= 3
            && !paragraph.text.contains('，')
            && paragraph.text.matches(' ').count() >= 3)
}

/// Whether a paragraph is an item of the list before it: it begins with 其中, a bullet, a number in
/// brackets, or a quoted label with its figure, or says of what it goes on to tell: `在…信息中，`,
/// `从…情况看，`, 此外，另有.
fn goes_on(paragraph: &Paragraph) -> bool {
    if paragraph.heading.is_some_and(|level| level < 3) || is_table(paragraph) {
        return false;
    }
    let text = paragraph.text.as_str();
    if text.starts_with("其中") {
        return true;
    }
    let Some(first) = paragraph.quantities.first() else {
        return false;
    };
    let near = first.span.start <= 90;
    let these = || {
        text.starts_with('在')
            && text
                .char_indices()
                .take(30)
                .find(|(_, c)| "，。：；".contains(*c))
                .is_some_and(|(at, c)| {
                    c == '，' && text.get(..at).is_some_and(|head| head.ends_with('中'))
                })
    };
    let seen = || {
        text.starts_with('从')
            && text
                .find("看，")
                .is_some_and(|at| at <= 60 && at < first.span.start)
    };
    let more = || starts(text, words!["另有", "此外，另有", "另外，还有"]);
    let numbered = || {
        let rest = text.strip_prefix('（').unwrap_or(text);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits)
            && rest
                .get(digits..)
                .is_some_and(|rest| rest.starts_with(['）', '.', '、', '。']))
    };
    let bullet = text.starts_with(['-', '•', '●', '○', '■', '◆', '▪', '·', '※', '➢', '★'])
        || text.starts_with(|c: char| ('①'..='⑳').contains(&c));
    near && (bullet || these() || seen() || more() || text.starts_with('“') || numbered())
}

impl Group {
    fn of(prose: &Prose, range: Range<usize>) -> Group {
        let mut group = Group {
            text: String::new(),
            quantities: Vec::new(),
            members: Vec::new(),
        };
        for (number, paragraph) in prose
            .paragraphs
            .iter()
            .enumerate()
            .take(range.end)
            .skip(range.start)
        {
            if !group.text.is_empty() {
                group.text.push('\n');
            }
            let base = group.text.len();
            group.members.push((number, group.quantities.len(), base));
            group.text.push_str(&paragraph.text);
            let shift = |range: &Range<usize>| range.start + base..range.end + base;
            group
                .quantities
                .extend(paragraph.quantities.iter().map(|quantity| Quantity {
                    span: shift(&quantity.span),
                    number: shift(&quantity.number),
                    unit: shift(&quantity.unit),
                    ..quantity.clone()
                }));
        }
        group
    }

    /// The paragraph of a quantity and its number there.
    pub(super) fn quantity(&self, index: usize) -> (usize, usize) {
        let after = self
            .members
            .partition_point(|(_, first, _)| *first <= index);
        self.members
            .get(after.saturating_sub(1))
            .map_or((0, index), |(number, first, _)| (*number, index - first))
    }

    /// The paragraph of a place and the place there.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let after = self.members.partition_point(|(.., base)| *base <= at);
        self.members
            .get(after.saturating_sub(1))
            .map_or((0, at), |(number, _, base)| (*number, at - base))
    }
}
