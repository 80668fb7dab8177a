//! The outline of a paragraph: where its brackets, sentences and quantities stand to each other.

use std::ops::Range;

use super::words::Words;
use crate::prose::Paragraph;
use crate::quantity::Quantity;

/// A paragraph with what the structure of its text says about each quantity.
pub(super) struct Outline<'a> {
    pub(super) paragraph: &'a Paragraph,
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
            '；' => Mark::Semicolon,
            '。' | '！' | '？' => Mark::Stop,
            _ => Mark::None,
        }
    }
}

impl<'a> Outline<'a> {
    pub(super) fn of(paragraph: &'a Paragraph) -> Outline<'a> {
        let mut outline = Outline {
            paragraph,
            items: Vec::with_capacity(paragraph.quantities.len()),
            sentences: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        // The strongest mark since the last quantity of each depth.
        let mut marks = vec![Mark::None];
        let mut quantities = paragraph.quantities.iter();
        let mut next = quantities.next();
        for (at, c) in paragraph.text.char_indices() {
            while next.is_some_and(|quantity| quantity.span.start <= at) {
                let mark = marks
                    .last_mut()
                    .map_or(Mark::None, |mark| std::mem::replace(mark, Mark::None));
                let words = Words::of(paragraph, outline.items.len());
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
                        if !open.is_empty() && !closes_soon(&paragraph.text, at) {
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
        &self.paragraph.text
    }

    pub(super) fn quantity(&self, index: usize) -> Option<&'a Quantity> {
        self.paragraph.quantities.get(index)
    }

    pub(super) fn item(&self, index: usize) -> Option<Item> {
        self.items.get(index).copied()
    }

    /// The text of a range; empty when it is none.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.paragraph.text.get(range).unwrap_or_default()
    }

    /// The sentence that a place stands in.
    pub(super) fn sentence_at(&self, at: usize) -> usize {
        self.sentences.partition_point(|end| *end <= at)
    }

    /// Where a sentence begins.
    pub(super) fn sentence_start(&self, sentence: usize) -> usize {
        sentence
            .checked_sub(1)
            .and_then(|before| self.sentences.get(before))
            .copied()
            .unwrap_or(0)
    }

    /// The first quantity that begins at or after a place.
    pub(super) fn first_after(&self, at: usize) -> usize {
        self.paragraph
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
