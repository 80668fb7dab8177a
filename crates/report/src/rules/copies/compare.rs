//! Two reports side by side: the passages that stand in both.

use std::collections::HashMap;
use std::ops::Range;

use super::digest::Common;
use super::own;
use crate::finding::Place;
use crate::reading::Reading;

/// Characters that must agree before a passage is looked for: more than the set phrases of the
/// field have.
const SEED: usize = 12;
/// The least characters of a passage; shorter ones are ways of speaking.
const LEAST: usize = 24;
/// The most places of one seed that are tried, so that a text of one character repeated costs no
/// more than any other.
const TRIED: usize = 8;

/// What two reports share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// The passages, the longest first.
    pub passages: Vec<Passage>,
    /// How much of the left report's own text they are, in thousandths.
    pub permille: usize,
    /// Characters of the left report's own text.
    pub own: usize,
}

/// A passage that stands in both reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it begins in the left report.
    pub left: Place,
    /// Where it begins in the right report.
    pub right: Place,
    /// Its length in characters, without punctuation and titles of documents.
    pub chars: usize,
    /// The stretches of the left report's paragraphs that it covers.
    pub(super) covers: Vec<(usize, Range<usize>)>,
}

/// The own text of a report in one row of characters.
struct Row {
    chars: Vec<char>,
    /// Paragraph and byte of each character.
    origins: Vec<(usize, usize)>,
    /// Characters that are the report's own; the others part sentences that do not follow each
    /// other.
    own: usize,
}

fn row(reading: &Reading, other: &Reading, common: &Common, gap: char) -> Row {
    let mut row = Row {
        chars: Vec::new(),
        origins: Vec::new(),
        own: 0,
    };
    for sentence in own::sentences(reading, Some(other)) {
        match sentence.filter(|sentence| !common.has(sentence.hash)) {
            Some(sentence) => {
                row.own += sentence.chars.len();
                for (c, at) in sentence.chars {
                    row.chars.push(c);
                    row.origins.push((sentence.paragraph, at));
                }
            }
            None if row.chars.last() != Some(&gap) => {
                row.chars.push(gap);
                row.origins.push((usize::MAX, 0));
            }
            None => {}
        }
    }
    row
}

/// Compares two reports. The work grows with their length: every position is tried against a few
/// places at most, and what was found is skipped.
pub fn compare(left: &Reading, right: &Reading, common: &Common) -> Copies {
    // Different marks, so that no passage runs over a gap.
    let one = row(left, right, common, '\u{e020}');
    let two = row(right, left, common, '\u{e021}');
    let seeds = seeds(&two);
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    let mut at = 0;
    while at + SEED <= one.chars.len() {
        let Some(window) = one.chars.get(at..at + SEED) else {
            break;
        };
        let best = seeds
            .get(&own::hash(window.iter().copied()))
            .into_iter()
            .flatten()
            .map(|start| {
                (
                    common_length(&one.chars, at, &two.chars, *start as usize),
                    *start,
                )
            })
            .max_by_key(|(length, start)| (*length, std::cmp::Reverse(*start)));
        match best {
            Some((length, start)) if length >= LEAST => {
                found.push((at..at + length, start as usize));
                at += length;
            }
            _ => at += 1,
        }
    }
    let shared: usize = found.iter().map(|(range, _)| range.len()).sum();
    let mut passages: Vec<Passage> = found
        .into_iter()
        .filter_map(|(range, start)| {
            let stretches = covers(&one, range.clone());
            let others = covers(&two, start..start + range.len());
            let (paragraph, bytes) = stretches.first()?.clone();
            let (other, there) = others.first()?.clone();
            Some(Passage {
                left: left.prose.paragraphs.get(paragraph)?.place(bytes),
                right: right.prose.paragraphs.get(other)?.place(there),
                chars: range.len(),
                covers: stretches,
            })
        })
        .collect();
    passages.sort_by_key(|passage| std::cmp::Reverse(passage.chars));
    Copies {
        passages,
        permille: (shared * 1000).checked_div(one.own).unwrap_or(0),
        own: one.own,
    }
}

/// Where the seeds of a row begin, of each the first few.
fn seeds(row: &Row) -> HashMap<u64, Vec<u32>> {
    let mut seeds: HashMap<u64, Vec<u32>> = HashMap::with_capacity(row.chars.len());
    for (at, window) in row.chars.windows(SEED).enumerate() {
        let places = seeds.entry(own::hash(window.iter().copied())).or_default();
        if places.len() < TRIED {
            places.push(at as u32);
        }
    }
    seeds
}

fn common_length(one: &[char], from: usize, two: &[char], start: usize) -> usize {
    let (one, two) = (one.iter().skip(from), two.iter().skip(start));
    one.zip(two).take_while(|(a, b)| a == b).count()
}

/// The stretches of paragraphs that a stretch of a row came from.
fn covers(row: &Row, range: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let origins = row.origins.get(range.clone()).unwrap_or_default();
    let chars = row.chars.get(range).unwrap_or_default();
    let mut out: Vec<(usize, Range<usize>)> = Vec::new();
    for ((paragraph, at), c) in origins.iter().zip(chars) {
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some((last, bytes)) if last == paragraph => bytes.end = end,
            _ => out.push((*paragraph, *at..end)),
        }
    }
    out
}
