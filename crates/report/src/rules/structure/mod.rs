//! What the report consists of: its chapters, its form, its annex.

mod chapters;
mod content;
mod form;
mod numbers;
#[cfg(test)]
mod tests;

use super::{Rule, Sink};
use crate::finding::Place;
use crate::prose::Paragraph;
use crate::reading::Reading;

pub(super) const RULES: &[&Rule] = &[
    &content::CHAPTER_ABSENT,
    &numbers::CHAPTER_NUMBERS_BROKEN,
    &content::CHAPTER_OUT_OF_ORDER,
    &content::CHAPTER_EMPTY,
    &content::CHAPTER_SAYS_NONE,
    &form::STATISTICS_ABSENT,
    &form::NOT_AN_ANNUAL_REPORT,
    &form::EDITION_OUTDATED,
];

/// Examines chapters and form. A text that is cut off says nothing about what it lacks.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let chapters = chapters::of(reading);
    let broken = numbers::examine(reading, &chapters, sink);
    content::examine(reading, &chapters, broken, sink);
    form::examine(reading, &chapters, sink);
}

/// The place of a heading.
fn heading_place(paragraph: &Paragraph) -> Place {
    let end = paragraph.text.find('。').unwrap_or(paragraph.text.len());
    paragraph.place(0..end.min(150))
}

/// A place for what is missing: the first paragraph.
fn start(reading: &Reading) -> Place {
    let first = reading.prose.paragraphs.first();
    first.map_or_else(Place::default, |paragraph| {
        paragraph.place(0..paragraph.text.len().min(150))
    })
}
