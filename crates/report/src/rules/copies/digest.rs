//! What is kept of a report while a folder is searched: two kilobytes instead of the text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gaoya::minhash::{MinHasher, MinHasher64V1};

use super::own;
use crate::reading::Reading;
use crate::rules::years::bare;

/// Values of a signature: [`BANDS`](super::candidates::BANDS) bands of
/// [`WIDTH`](super::candidates::WIDTH).
pub(super) const VALUES: usize = 96;
/// Length in characters of the shingles: longer than the set phrases of the field, shorter than a
/// clause.
const SHINGLE: usize = 8;
/// Of the shingles one in so many is taken, by its hash: the same ones in every report.
const SAMPLE: u64 = 4;

/// Fixed seed: the same text has the same signature everywhere in one build.
static HASHER: LazyLock<MinHasher64V1<std::hash::BuildHasherDefault<Plain>>> =
    LazyLock::new(|| {
        MinHasher64V1::new_with_hasher_and_seed(VALUES, std::hash::BuildHasherDefault::default(), 3)
    });

/// Hands a hash on as it is; shingles are hashed already.
#[derive(Default)]
pub(super) struct Plain(u64);

impl std::hash::Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// What is kept of a report: whose it is, hashes of its own sentences, a MinHash signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The body by the name that tells bodies apart; the source where it is not known.
    pub(super) body: String,
    /// Whether the body is known.
    pub(super) named: bool,
    /// The year reported on.
    pub(super) year: Option<i16>,
    /// Hash and length in characters of the own sentences, sorted, each once.
    pub(super) sentences: Vec<(u64, u16)>,
    /// Empty for a report without own text.
    pub(super) signature: Vec<u32>,
}

impl Digest {
    /// The digest of a report.
    pub fn of(reading: &Reading) -> Digest {
        let own: Vec<own::Sentence> = own::sentences(reading, None)
            .into_iter()
            .flatten()
            .collect();
        let mut shingles: Vec<u64> = Vec::new();
        for sentence in &own {
            let windows = sentence.chars.windows(SHINGLE);
            let hashes = windows.map(|window| own::hash(window.iter().map(|(c, _)| *c)));
            // The low bits of FNV are its weakest.
            shingles.extend(hashes.filter(|hash| (hash >> 40) % SAMPLE == 0));
        }
        let signature = if shingles.is_empty() {
            Vec::new()
        } else {
            let values = HASHER.create_signature(shingles.into_iter());
            // Half of each value tells shingles apart as well.
            values
                .into_iter()
                .map(|value| (value >> 24) as u32)
                .collect()
        };
        let mut sentences: Vec<(u64, u16)> = own
            .iter()
            .map(|it| (it.hash, u16::try_from(it.chars.len()).unwrap_or(u16::MAX)))
            .collect();
        sentences.sort_unstable();
        sentences.dedup();
        let report = &reading.report;
        Digest {
            body: report
                .unit
                .as_deref()
                .map_or_else(|| report.source.clone(), bare),
            named: report.unit.is_some(),
            year: report.year,
            sentences,
            signature,
        }
    }

    /// Whether two digests are of one body; a body that is not known is none but itself.
    pub(super) fn is_same_body(&self, other: &Digest) -> bool {
        self.named && other.named && self.body == other.body
    }
}

/// Sentences that so many bodies write that they are nobody's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common(Vec<u64>);

/// A sentence of more bodies than this, and of more than one in [`PART`] of them, is common: five
/// may have copied from one another, a fifth of all have it from above.
const BODIES: usize = 5;
const PART: usize = 5;

impl Common {
    /// The common sentences of a folder.
    pub fn of(digests: &[Digest]) -> Common {
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut of: Vec<(u64, u32)> = Vec::new();
        for digest in digests {
            let next = numbers.len() as u32;
            let body = *numbers.entry(&digest.body).or_insert(next);
            of.extend(digest.sentences.iter().map(|(hash, _)| (*hash, body)));
        }
        of.sort_unstable();
        of.dedup();
        let most = BODIES.max(numbers.len() / PART);
        let common = of
            .chunk_by(|one, two| one.0 == two.0)
            .filter(|bodies| bodies.len() > most)
            .filter_map(|bodies| bodies.first().map(|(hash, _)| *hash));
        Common(common.collect())
    }

    /// Whether a sentence is common.
    pub(super) fn has(&self, hash: u64) -> bool {
        self.0.binary_search(&hash).is_ok()
    }
}
