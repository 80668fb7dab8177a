//! What is put into the source of the text.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::parts::Names;
use super::scan::{self, Paragraph, Text};
use crate::{Limits, ReadError};

/// Insertions by their place in the source.
#[derive(Default)]
pub(super) struct Edits {
    at: BTreeMap<usize, Edit>,
    /// Tags of elements whose spaces at the ends are to be kept from now on.
    spaces: BTreeSet<usize>,
    /// Paragraphs that were read before, by where they begin.
    known: BTreeMap<usize, Rc<(Paragraph, Words)>>,
}

/// What is inserted, between what else must be written there.
#[derive(Default)]
struct Edit {
    /// Bytes of the source that are left out.
    skip: usize,
    before: String,
    marks: String,
    after: String,
}

impl Edits {
    /// Marks a comment at the words of a paragraph, or at the whole of it.
    pub(super) fn comment(
        &mut self,
        source: &str,
        origin: usize,
        quote: Option<&str>,
        names: &Names,
        id: u32,
        limits: &Limits,
    ) -> Result<(), ReadError> {
        let known = self.paragraph(source, origin, limits)?;
        let (paragraph, words) = known.as_ref();
        let Names {
            prefix: w,
            declared,
            ..
        } = names;
        let begin = format!("<{w}commentRangeStart{declared} {w}id=\"{id}\"/>");
        let end = format!(
            "<{w}commentRangeEnd{declared} {w}id=\"{id}\"/><{w}r{declared}><{w}commentReference {w}id=\"{id}\"/></{w}r>"
        );
        match quote.and_then(|quote| words.find(quote)) {
            Some((first, last)) => {
                let at = self.position(source, paragraph, first, true);
                self.mark(at, &begin);
                let at = self.position(source, paragraph, last, false);
                self.mark(at, &end);
            }
            None if paragraph.empty => {
                let edit = self.at.entry(paragraph.end.saturating_sub(2)).or_default();
                edit.skip = 2;
                edit.before = ">".to_owned();
                edit.after = format!("</{}>", paragraph.name);
                edit.marks.push_str(&begin);
                edit.marks.push_str(&end);
            }
            None => {
                self.mark(paragraph.begin, &begin);
                self.mark(paragraph.end, &end);
            }
        }
        Ok(())
    }

    fn paragraph(
        &mut self,
        source: &str,
        origin: usize,
        limits: &Limits,
    ) -> Result<Rc<(Paragraph, Words)>, ReadError> {
        if let Some(known) = self.known.get(&origin) {
            return Ok(Rc::clone(known));
        }
        let paragraph = scan::paragraph(source, origin, limits)?;
        let words = Words::of(&paragraph.texts);
        let known = Rc::new((paragraph, words));
        self.known.insert(origin, Rc::clone(&known));
        Ok(known)
    }

    fn mark(&mut self, at: usize, mark: &str) {
        self.at.entry(at).or_default().marks.push_str(mark);
    }

    /// Where a mark goes that belongs before or after a character: between two runs if it can, else
    /// between two halves of a run.
    fn position(
        &mut self,
        source: &str,
        paragraph: &Paragraph,
        (index, offset): (usize, usize),
        begins: bool,
    ) -> usize {
        let Some((text, run)) = paragraph
            .texts
            .get(index)
            .and_then(|text| Some((text, paragraph.runs.get(text.run)?)))
        else {
            return if begins {
                paragraph.begin
            } else {
                paragraph.end
            };
        };
        // A reference stands for a character: there is no place within it.
        let at = match (text.plain, begins) {
            (true, _) => text.at.start + offset,
            (false, true) => text.at.start,
            (false, false) => text.at.end,
        };
        if at <= text.inside.start && text.element.start <= run.inside.start {
            return run.all.start;
        }
        if at >= text.inside.end && text.element.end >= run.inside.end {
            return run.all.end;
        }
        let name = |at: usize| {
            let rest = source.get(at + 1..).unwrap_or_default();
            rest.split(|c: char| c == '>' || c == '/' || c.is_whitespace())
                .next()
                .unwrap_or_default()
        };
        // An element that is a character, not text: the mark cannot go into it.
        if text.element == text.at {
            return if begins { run.all.start } else { run.all.end };
        }
        let (t, r) = (name(text.element.start), name(run.all.start));
        let ways = source.get(run.ways.clone()).unwrap_or_default();
        let edit = self.at.entry(at).or_default();
        edit.before = format!("</{t}></{r}>");
        edit.after = format!("<{r}>{ways}<{t} xml:space=\"preserve\">");
        let before = source.get(text.inside.start..at).unwrap_or_default();
        if let Some(tag) = text.spaces
            && before.ends_with(char::is_whitespace)
        {
            self.spaces.insert(tag);
        }
        at
    }

    /// The source with everything put in.
    pub(super) fn apply(&self, source: &str) -> String {
        const KEEP: &str = " xml:space=\"preserve\"";
        let mut out = String::with_capacity(source.len() + 256 * self.at.len());
        let mut done = 0;
        let places: BTreeSet<usize> = self.at.keys().chain(&self.spaces).copied().collect();
        for at in places {
            out.push_str(source.get(done..at).unwrap_or_default());
            done = at;
            if self.spaces.contains(&at) {
                out.push_str(KEEP);
            }
            if let Some(edit) = self.at.get(&at) {
                for part in [&edit.before, &edit.marks, &edit.after] {
                    out.push_str(part);
                }
                done += edit.skip;
            }
        }
        out.push_str(source.get(done..).unwrap_or_default());
        out
    }
}

/// A place between characters: the piece of text, and the bytes of it before the place.
type Position = (usize, usize);

/// The text of a paragraph without spaces.
struct Words {
    all: String,
    /// For each character where it begins in `all`, where it stands, and its length.
    places: Vec<(usize, Position, usize)>,
}

impl Words {
    fn of(texts: &[Text]) -> Words {
        let mut words = Words {
            all: String::new(),
            places: Vec::new(),
        };
        for (index, text) in texts.iter().enumerate() {
            for (offset, character) in text.text.char_indices() {
                if !character.is_whitespace() {
                    let place = (words.all.len(), (index, offset), character.len_utf8());
                    words.places.push(place);
                    words.all.push(character);
                }
            }
        }
        words
    }

    /// Where a quote begins and ends.
    fn find(&self, quote: &str) -> Option<(Position, Position)> {
        let quote = super::bare(quote);
        if quote.is_empty() {
            return None;
        }
        let begin = self.all.find(&quote)?;
        let before = |at: usize| self.places.partition_point(|place| place.0 < at);
        let &(_, first, _) = self.places.get(before(begin))?;
        let last = before(begin + quote.len()).checked_sub(1)?;
        let &(_, (text, offset), length) = self.places.get(last)?;
        Some((first, (text, offset + length)))
    }
}
