//! Which pairs of reports are worth reading side by side.

use std::collections::BTreeMap;

use super::digest::{Common, Digest, VALUES};
use super::own;

/// Bands of the signature; 32 of 3 values find a pair that shares two fifths of its shingles with
/// nine chances in ten, and long shared sentences find the rest.
pub(super) const BANDS: usize = 32;
/// Values of a band.
pub(super) const WIDTH: usize = VALUES / BANDS;
/// How many of the following reports in one bucket each report is paired with. A bucket of a
/// thousand equal reports gives four thousand pairs, not half a million.
const NEIGHBOURS: usize = 4;
/// The least length in characters of a sentence that makes a pair by itself.
const TELLING: u16 = 30;
/// Shared own sentences, in characters, from which a pair is worth reading.
const SHARED: u32 = 100;
/// Of the 96 values of two signatures so many must agree where no sentence is shared as it stands.
const AGREE: usize = 24;
/// The most reports of other bodies that one report is compared with, the likest first.
const PARTNERS: usize = 3;

/// Two reports by their numbers, with what is known of their likeness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The later report of one body, or the one that was given first.
    pub left: usize,
    /// The other.
    pub right: usize,
    /// Whether they are the same body's reports of two years; then only `left` can be the copy.
    pub same_body: bool,
}

impl Pair {
    /// The report that the one with this number is to be compared with, if the pair is its own.
    pub fn other(&self, of: usize) -> Option<usize> {
        if self.left == of {
            Some(self.right)
        } else if self.right == of && !self.same_body {
            Some(self.left)
        } else {
            None
        }
    }
}

/// The pairs to compare, sorted: reports of one body about years that follow each other, and
/// reports of different bodies that are likely to share text. The work and the number of pairs grow
/// with the number of reports, not with its square.
pub fn candidates(digests: &[Digest], common: &Common) -> Vec<Pair> {
    let mut pairs = successive(digests);
    let mut likely = linked(digests, common);
    likely.sort_unstable();
    likely.dedup();
    let mut scored: Vec<(u32, u32, u32)> = likely
        .into_iter()
        .filter_map(|(one, two)| {
            let (left, right) = (digests.get(one as usize)?, digests.get(two as usize)?);
            let score = likeness(left, right, common)?;
            Some((score, one, two))
        })
        .collect();
    // The likest first; then each report takes its first few partners.
    scored.sort_unstable_by_key(|(score, one, two)| (std::cmp::Reverse(*score), *one, *two));
    let mut taken = vec![0_usize; digests.len()];
    for (_, one, two) in scored {
        let (left, right) = (one as usize, two as usize);
        let full = |at: usize| taken.get(at).is_none_or(|count| *count >= PARTNERS);
        if full(left) && full(right) {
            continue;
        }
        for at in [left, right] {
            if let Some(count) = taken.get_mut(at) {
                *count += 1;
            }
        }
        pairs.push(Pair {
            left,
            right,
            same_body: false,
        });
    }
    pairs.sort_unstable_by_key(|pair| (pair.left, pair.right));
    pairs
}

/// Reports of one body about years that follow each other. The same report in two formats is one.
fn successive(digests: &[Digest]) -> Vec<Pair> {
    let mut by_body: BTreeMap<(&str, i16), usize> = BTreeMap::new();
    for (number, digest) in digests.iter().enumerate() {
        if let (true, Some(year)) = (digest.named, digest.year) {
            by_body.entry((&digest.body, year)).or_insert(number);
        }
    }
    let mut pairs = Vec::new();
    for (number, digest) in digests.iter().enumerate() {
        let Some(before) = digest.year.and_then(|year| year.checked_sub(1)) else {
            continue;
        };
        if !digest.named {
            continue;
        }
        if let Some(right) = by_body.get(&(digest.body.as_str(), before)) {
            pairs.push(Pair {
                left: number,
                right: *right,
                same_body: true,
            });
        }
    }
    pairs
}

/// Reports of different bodies that meet in a bucket: a band of the signature, or a telling
/// sentence that is not common.
fn linked(digests: &[Digest], common: &Common) -> Vec<(u32, u32)> {
    let mut links = Vec::new();
    let mut bucket: Vec<(u64, u32)> = Vec::with_capacity(digests.len());
    for band in 0..BANDS {
        bucket.clear();
        for (number, digest) in digests.iter().enumerate() {
            let range = band * WIDTH..(band + 1) * WIDTH;
            let Some(values) = digest.signature.get(range) else {
                continue;
            };
            let key = own::hash(
                values
                    .iter()
                    .filter_map(|value| char::from_u32(value >> 12)),
            );
            bucket.push((key, number as u32));
        }
        link(&mut bucket, digests, &mut links);
        links.sort_unstable();
        links.dedup();
    }
    bucket.clear();
    for (number, digest) in digests.iter().enumerate() {
        let telling = digest
            .sentences
            .iter()
            .filter(|(hash, chars)| *chars >= TELLING && !common.has(*hash));
        bucket.extend(telling.map(|(hash, _)| (*hash, number as u32)));
    }
    link(&mut bucket, digests, &mut links);
    links
}

/// Links each report in a bucket with the next few of other bodies.
fn link(bucket: &mut [(u64, u32)], digests: &[Digest], links: &mut Vec<(u32, u32)>) {
    bucket.sort_unstable();
    for together in bucket.chunk_by(|one, two| one.0 == two.0) {
        for (at, (_, one)) in together.iter().enumerate() {
            let next = together.iter().skip(at + 1).take(NEIGHBOURS);
            links.extend(next.filter_map(|(_, two)| {
                let (left, right) = (digests.get(*one as usize)?, digests.get(*two as usize)?);
                (!left.is_same_body(right)).then_some((*one, *two))
            }));
        }
    }
}

/// How much two reports share by their digests, if it is worth reading them.
fn likeness(left: &Digest, right: &Digest, common: &Common) -> Option<u32> {
    let mut shared = 0_u32;
    let (mut one, mut two) = (
        left.sentences.iter().peekable(),
        right.sentences.iter().peekable(),
    );
    while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => {
                one.next();
            }
            std::cmp::Ordering::Greater => {
                two.next();
            }
            std::cmp::Ordering::Equal => {
                if !common.has(a.0) {
                    shared += u32::from(a.1);
                }
                one.next();
                two.next();
            }
        }
    }
    let agree = left
        .signature
        .iter()
        .zip(&right.signature)
        .filter(|(one, two)| one == two)
        .count();
    (shared >= SHARED || agree >= AGREE).then(|| shared + 8 * agree as u32)
}
