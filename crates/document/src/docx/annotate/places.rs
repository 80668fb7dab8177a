//! The paragraphs of a file, found by place and by words.

use std::collections::BTreeMap;

use content::Place;

use super::{Annotation, bare};
use crate::docx::flow::Anchor;

/// The paragraphs of a file. They are gone through once, not for each comment.
pub(super) struct Places<'a> {
    anchors: &'a [Anchor],
    /// Their texts without spaces, a line break after each.
    text: String,
    /// Where each of them begins in `text`, and where the last ends.
    starts: Vec<usize>,
    /// Which stand in a table, by table, row and column.
    cells: BTreeMap<[Option<u32>; 3], Vec<usize>>,
    /// Which stand in a line of the text.
    lines: BTreeMap<u32, Vec<usize>>,
    /// The first paragraph with the words of a quote, of those that were looked for.
    known: BTreeMap<String, Option<usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(anchors: &'a [Anchor]) -> Places<'a> {
        let mut places = Places {
            anchors,
            text: String::new(),
            starts: vec![0],
            cells: BTreeMap::new(),
            lines: BTreeMap::new(),
            known: BTreeMap::new(),
        };
        for (index, anchor) in anchors.iter().enumerate() {
            places.text.push_str(&bare(&anchor.text));
            places.text.push('\n');
            places.starts.push(places.text.len());
            let place = anchor.place;
            if place.table.is_some() {
                let cell = [place.table, place.row, place.column];
                places.cells.entry(cell).or_default().push(index);
            }
            if let Some(line) = place.line {
                places.lines.entry(line).or_default().push(index);
            }
        }
        places
    }

    /// Where the paragraph begins that a comment is about, with the words to look for in it.
    pub(super) fn find<'n>(&mut self, note: &'n Annotation) -> Option<(usize, Option<&'n str>)> {
        let quote = bare(&note.quote);
        let here = self.here(note.place);
        let mut quoted = here.iter().copied();
        if let Some(hit) =
            quoted.find(|index| !quote.is_empty() && self.text_of(*index).contains(&quote))
        {
            return Some((self.origin(hit)?, Some(&note.quote)));
        }
        // Of the paragraphs of a cell one that says something.
        let filled = here.iter().find(|index| !self.text_of(**index).is_empty());
        let whole = filled.or(here.first()).copied();
        if let (Some(_), Some(hit)) = (note.place.table, whole) {
            return Some((self.origin(hit)?, None));
        }
        match self.anywhere(quote) {
            Some(hit) => Some((self.origin(hit)?, Some(&note.quote))),
            None => Some((self.origin(whole?)?, None)),
        }
    }

    /// The paragraphs at a place, in the order of the file. A table without a row or a column is all
    /// of its rows or columns.
    fn here(&self, place: Place) -> Vec<usize> {
        if place.table.is_none() {
            let line = place.line.and_then(|line| self.lines.get(&line));
            return line.cloned().unwrap_or_default();
        }
        let ends = |wanted: Option<u32>| match wanted {
            Some(_) => (wanted, wanted),
            None => (None, Some(u32::MAX)),
        };
        let (rows, columns) = (ends(place.row), ends(place.column));
        let first = [place.table, rows.0, columns.0];
        let last = [place.table, rows.1, columns.1];
        let mut here: Vec<usize> = self
            .cells
            .range(first..=last)
            .filter(|([_, _, column], _)| place.column.is_none() || *column == place.column)
            .flat_map(|(_, found)| found.iter().copied())
            .collect();
        here.sort_unstable();
        here
    }

    /// The first paragraph with those words.
    fn anywhere(&mut self, quote: String) -> Option<usize> {
        if quote.is_empty() {
            return None;
        }
        if let Some(known) = self.known.get(&quote) {
            return *known;
        }
        // No quote has the line break that ends a paragraph.
        let found = self.text.find(&quote);
        let found = found.and_then(|at| {
            let after = self.starts.partition_point(|start| *start <= at);
            after.checked_sub(1)
        });
        self.known.insert(quote, found);
        found
    }

    fn origin(&self, index: usize) -> Option<usize> {
        self.anchors.get(index).map(|anchor| anchor.origin)
    }

    fn text_of(&self, index: usize) -> &str {
        let start = self.starts.get(index).copied().unwrap_or(0);
        let end = self.starts.get(index + 1).copied().unwrap_or(start);
        let text = self.text.get(start..end).unwrap_or_default();
        text.trim_end()
    }
}
