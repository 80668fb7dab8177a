//! The outline of a paragraph: where its brackets, sentences and quantities stand to each other.

use std::ops::Range;

use super::group::Group;
use super::words::{Signs, Words};
use crate::quantity::Quantity;

/// A paragraph with what the structure of its text says about each quantity.
pub(super) struct Outline<'a> {
    pub(super) group: &'a Group,
    pub(super) items: Vec<Item>,
    /// Ends of the sentences, ascending.
    sentences: Vec<usize>,
}

/// Where a quantity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// The bracket that it stands in.
    pub(super) bracket: Option<usize>,
    /// The sentence, from 0.
    pub(super) sentence: usize,
    /// The strongest mark between it and the quantity before it, brackets left out.
    pub(super) mark: Mark,
    /// What the words around it say.
    pub(super) words: Words,
}

/// Marks by how strongly they part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// None: the text runs on.
    None,
    /// `、` and `，`.
    Comma,
    /// `；`.
    Semicolon,
    /// The end of a sentence.
    Stop,
}

impl Mark {
    pub(super) fn of(c: char) -> Mark {
        match c {
            '、' | '，' => Mark::Comma,
            // A newline parts the paragraphs of a list.
            '；' | '\n' => Mark::Semicolon,
            '。' | '！' | '？' => Mark::Stop,
            _ => Mark::None,
        }
    }
}

impl<'a> Outline<'a> {
    pub(super) fn of(group: &'a Group) -> Outline<'a> {
        let mut outline = Outline {
            group,
            items: Vec::with_capacity(group.quantities.len()),
            sentences: Vec::new(),
        };
        let signs = Signs::of(&group.text);
        let mut open: Vec<usize> = Vec::new();
        // The strongest mark since the last quantity of each depth.
        let mut marks = vec![Mark::None];
        let mut quantities = group.quantities.iter();
        let mut next = quantities.next();
        for (at, c) in group.text.char_indices() {
            while next.is_some_and(|quantity| quantity.span.start <= at) {
                let mark = marks
                    .last_mut()
                    .map_or(Mark::None, |mark| std::mem::replace(mark, Mark::None));
                let words = Words::of(group, &signs, outline.items.len());
                outline.items.push(Item {
                    bracket: open.last().copied(),
                    sentence: outline.sentences.len(),
                    mark,
                    words,
                });
                next = quantities.next();
            }
            match c {
                '（' if open.len() < 8 => {
                    open.push(at);
                    marks.push(Mark::None);
                }
                '）' if open.pop().is_some() => {
                    marks.pop();
                }
                _ => {
                    let mark = Mark::of(c);
                    if let Some(last) = marks.last_mut() {
                        *last = mark.max(*last);
                    }
                    if mark == Mark::Stop {
                        outline.sentences.push(at + c.len_utf8());
                        // A bracket that never closes ends with its sentence.
                        if !open.is_empty() && !closes_soon(&group.text, at) {
                            open.clear();
                            marks.truncate(1);
                        }
                    }
                }
            }
        }
        outline
    }

    pub(super) fn text(&self) -> &'a str {
        &self.group.text
    }

    pub(super) fn quantity(&self, index: usize) -> Option<&'a Quantity> {
        self.group.quantities.get(index)
    }

    pub(super) fn item(&self, index: usize) -> Option<Item> {
        self.items.get(index).copied()
    }

    /// The text of a range; empty when it is none.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.group.text.get(range).unwrap_or_default()
    }

    /// Where the last full stop ends, 0 where there is none.
    pub(super) fn last_stop(&self) -> usize {
        self.sentences.last().copied().unwrap_or(0)
    }

    /// The sentence that a place stands in.
    pub(super) fn sentence_at(&self, at: usize) -> usize {
        self.sentences.partition_point(|end| *end <= at)
    }

    /// The first quantity that begins at or after a place.
    pub(super) fn first_after(&self, at: usize) -> usize {
        self.group
            .quantities
            .partition_point(|quantity| quantity.span.start < at)
    }

    /// The words that name a quantity.
    pub(super) fn label(&self, index: usize) -> Range<usize> {
        self.item(index)
            .map_or(0..0, |item| item.words.start..item.words.end)
    }
}

/// Whether a bracket closes within a short stretch behind a full stop: `（…。）`.
fn closes_soon(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let close = rest
        .char_indices()
        .take(120)
        .find(|(_, c)| *c == '）' || *c == '（');
    matches!(close, Some((_, '）')))
}
