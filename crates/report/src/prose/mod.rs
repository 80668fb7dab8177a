//! The text of a report as rules see it: paragraphs of normalised text that know their place.

mod normal;
mod quote;
mod seams;
mod traditional;

use std::ops::Range;

use content::{Block, Content};

pub(crate) use normal::normalise;

use crate::finding::Place;
use crate::quantity::{self, Date, Quantity};

/// The running text of a report, without its statutory tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// Headings and paragraphs in the order of reading.
    pub paragraphs: Vec<Paragraph>,
}

/// A heading or a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Level of a heading, 1 for a chapter; `None` for a paragraph of text.
    pub heading: Option<u8>,
    /// The text in one spelling: see [`normalise`].
    pub text: String,
    /// The chapter's heading that the paragraph stands under, verbatim; empty before the first.
    pub chapter: String,
    /// The quantities in the text, in order.
    pub quantities: Vec<Quantity>,
    /// The dates and periods in the text, in order.
    pub dates: Vec<Date>,
    /// The source, verbatim, lines joined by `\n`.
    source: String,
    /// For each byte of the text and its end, the byte of the source.
    origin: Vec<u32>,
    /// Where stretches of the source stood: first byte and place, ascending.
    places: Vec<(u32, content::Place)>,
}

/// A line, or what a structured source calls a paragraph, before seams are closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strip {
    /// Level of a heading where the source says that it is one.
    pub heading: Option<u8>,
    /// The text, verbatim.
    pub text: String,
    /// Where it stood.
    pub place: content::Place,
}

impl Prose {
    /// The text of strips, with the seams closed that the end of a line or page tore.
    pub fn of_strips(strips: &[Strip]) -> Prose {
        let mut chapter = String::new();
        let mut paragraphs = Vec::new();
        for group in seams::close(strips) {
            let mut paragraph = Paragraph::of(&group, &chapter);
            // The title of the whole is no chapter.
            if paragraph.heading == Some(1) && !paragraph.text.ends_with("年度报告") {
                // Marks of Markdown are no part of the heading.
                chapter = paragraph
                    .source
                    .chars()
                    .filter(|c| !c.is_whitespace() && !matches!(c, '#' | '*'))
                    .collect();
                paragraph.chapter.clone_from(&chapter);
            }
            if !paragraph.text.is_empty() {
                paragraphs.push(paragraph);
            }
        }
        Prose { paragraphs }
    }

    /// All text of a content, tables left out.
    pub fn of_content(content: &Content) -> Prose {
        let mut strips = Vec::new();
        for block in &content.blocks {
            match block {
                Block::Heading { level, runs } => strips.push(strip(Some(*level), runs)),
                // A file of lines is one paragraph with a run for each of them.
                Block::Paragraph(runs) => strips.extend(
                    runs.chunk_by(|a, b| a.place.map(|at| at.line) == b.place.map(|at| at.line))
                        .map(|line| strip(None, line)),
                ),
                Block::Table(_) => {}
            }
        }
        Prose::of_strips(&strips)
    }
}

fn strip(heading: Option<u8>, runs: &[content::Run]) -> Strip {
    Strip {
        heading,
        text: runs.iter().map(|run| run.text.as_str()).collect(),
        place: runs.iter().find_map(|run| run.place).unwrap_or_default(),
    }
}

impl Paragraph {
    fn of(group: &[&Strip], chapter: &str) -> Paragraph {
        let mut source = String::new();
        let mut places = Vec::new();
        for strip in group {
            if !source.is_empty() {
                source.push('\n');
            }
            places.push((source.len() as u32, strip.place));
            source.push_str(&strip.text);
        }
        let normal = normalise(&source);
        let heading = group
            .first()
            .and_then(|first| first.heading)
            .or_else(|| seams::heading_of(&normal.text))
            .or_else(|| seams::markdown_level(&source));
        let found = quantity::scan(&normal.text);
        Paragraph {
            heading,
            text: normal.text,
            chapter: chapter.to_owned(),
            quantities: found.quantities,
            dates: found.dates,
            source,
            origin: normal.origin,
            places,
        }
    }

    /// A paragraph of text on its own, for tests and for text that stands in a cell.
    pub fn of_text(text: &str) -> Paragraph {
        Paragraph::of(
            &[&Strip {
                text: text.to_owned(),
                ..Strip::default()
            }],
            "",
        )
    }

    /// A stretch of the text; empty when the range is none of its own.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The sentences of the text as ranges, each with its closing mark; `；` does not close one.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut start = 0;
        self.text
            .match_indices(['。', '！', '？'])
            .map(|(at, mark)| at + mark.len())
            .chain(std::iter::once(self.text.len()))
            .filter_map(move |end| {
                let range = start..end;
                start = end;
                (!range.is_empty()).then_some(range)
            })
    }

    /// The place of a stretch of the text, with a quote around it.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.origin_of(range.start);
        let after = self.places.partition_point(|(first, _)| *first <= start);
        let at = after
            .checked_sub(1)
            .and_then(|at| self.places.get(at))
            .map(|(_, place)| *place)
            .unwrap_or_default();
        Place {
            section: (!self.chapter.is_empty()).then(|| self.chapter.clone()),
            page: at.page,
            line: at.line,
            quote: Some(self.quote(range)),
            ..Place::default()
        }
    }

    /// The source of a stretch of the text, verbatim, at most 200 characters around it.
    pub fn quote(&self, range: Range<usize>) -> String {
        let start = self.origin_of(range.start) as usize;
        let end = self.origin_of(range.end) as usize;
        quote::around(&self.source, start..end.max(start)).to_owned()
    }

    /// Where the first line of the paragraph stood.
    pub fn origin(&self) -> content::Place {
        self.places
            .first()
            .map(|(_, place)| *place)
            .unwrap_or_default()
    }

    /// The source, verbatim.
    pub fn source(&self) -> &str {
        &self.source
    }

    fn origin_of(&self, at: usize) -> u32 {
        let last = self.origin.last().copied().unwrap_or_default();
        self.origin.get(at).copied().unwrap_or(last)
    }
}
