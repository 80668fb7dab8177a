//! Looking for words in text, fast: rules look for thousands of them in every report.

use std::ops::Range;

/// Words to look for, with what tells of most characters that none of the words begins there.
#[derive(Debug)]
pub(crate) struct WordSet {
    words: &'static [&'static str],
    firsts: Firsts,
}

/// The characters that words begin with.
#[derive(Debug, Clone, Copy)]
struct Firsts {
    /// Of three bytes: a bit for the third byte, in the place of the second. The low six bits are all
    /// that differs in such bytes; what they begin with is left to the comparison.
    wide: [u64; 64],
    /// Letters of ASCII: a bit for each.
    narrow: u128,
}

/// A [`WordSet`] of words that are written out, made when the program is compiled.
macro_rules! words {
    ($($word:literal),* $(,)?) => {
        const { &$crate::words::WordSet::new(&[$($word),*]) }
    };
}
pub(crate) use words;

impl Firsts {
    const NONE: Firsts = Firsts {
        wide: [0; 64],
        narrow: 0,
    };

    #[expect(clippy::panic, reason = "stops the compiler, never a running program")]
    #[expect(clippy::indexing_slicing, reason = "six bits are within 64 places")]
    const fn with(mut self, word: &str) -> Firsts {
        match word.as_bytes() {
            [letter @ 0..=0x7F, ..] => self.narrow |= 1 << *letter,
            [0xE0..=0xEF, second, third, ..] => {
                self.wide[(*second & 63) as usize] |= 1 << (*third & 63);
            }
            _ => panic!("a word begins with a letter of ASCII or a character of three bytes"),
        }
        self
    }

    /// Whether a word may begin where a text does, which is at a character.
    #[inline]
    fn may_begin(&self, text: &[u8]) -> bool {
        match text {
            [0xE0..=0xEF, second, third, ..] => self
                .wide
                .get(usize::from(second & 63))
                .is_some_and(|thirds| thirds >> (third & 63) & 1 != 0),
            [letter @ 0..=0x7F, ..] => self.narrow >> letter & 1 != 0,
            _ => false,
        }
    }
}

impl WordSet {
    /// The set of some words. It does not compile where a word is empty or begins with a character
    /// of two or four bytes, which no word of the field does.
    pub(crate) const fn new(words: &'static [&'static str]) -> WordSet {
        let mut firsts = Firsts::NONE;
        let mut rest = words;
        while let [word, others @ ..] = rest {
            firsts = firsts.with(word);
            rest = others;
        }
        WordSet { words, firsts }
    }

    /// The words.
    pub(crate) fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// The first of the words that a text begins with.
    pub(crate) fn beginning(&self, text: &str) -> Option<&'static str> {
        let text = text.as_bytes();
        let begins = |word: &&&str| begins_with(text, word.as_bytes());
        let may = self.firsts.may_begin(text);
        may.then(|| self.words.iter().find(begins).copied())
            .flatten()
    }

    /// The first of the words that a text ends with.
    pub(crate) fn ending(&self, text: &str) -> Option<&'static str> {
        let text = text.as_bytes();
        // A comparison of the last bytes spares most of the calls.
        let ends = |word: &&&str| {
            let word = word.as_bytes();
            text.last() == word.last() && text.ends_with(word)
        };
        self.words.iter().find(ends).copied()
    }

    /// Whether one of the words begins a text. Apart from the loops that ask first whether it may:
    /// they are short then, and seldom come here.
    #[inline(never)]
    fn begins(&self, text: &[u8]) -> bool {
        let words = self.words.iter();
        words
            .map(|word| word.as_bytes())
            .any(|word| begins_with(text, word))
    }
}

/// Several sets that are looked for in one pass over a text.
#[derive(Debug)]
pub(crate) struct WordSets {
    /// The words by the low six bits of their third byte, or of their only letter, each with the bit
    /// of its set. Six bits tell most characters apart.
    words: [Vec<(&'static [u8], u64)>; 64],
}

impl WordSets {
    /// The sets, at most 64.
    pub(crate) fn new(sets: &[&WordSet]) -> WordSets {
        let mut words = [const { Vec::new() }; 64];
        for (number, set) in sets.iter().take(64).enumerate() {
            for word in set.words {
                let word = word.as_bytes();
                if let Some(words) = words.get_mut(telling(word)) {
                    words.push((word, 1 << number));
                }
            }
        }
        WordSets { words }
    }

    /// Where words of the sets stand in a text.
    pub(crate) fn find(&self, text: &str) -> Sightings {
        let mut found: Vec<Sighting> = Vec::new();
        let mut rest = text.as_bytes();
        while let Some(first) = rest.first() {
            let start = text.len() - rest.len();
            for (word, set) in self.words.get(telling(rest)).into_iter().flatten() {
                if begins_with(rest, word) {
                    found.push(Sighting {
                        start,
                        end: start + word.len(),
                        set: *set,
                    });
                }
            }
            rest = rest.get(width(*first)..).unwrap_or_default();
        }
        Sightings(found)
    }
}

/// What tells most characters apart: the low six bits of the third byte, or of a letter.
#[inline]
fn telling(text: &[u8]) -> usize {
    let byte = match text {
        [0xE0..=0xEF, _, third, ..] => *third,
        [first, ..] => *first,
        [] => 0,
    };
    usize::from(byte & 63)
}

/// Where words of some sets stand in a text, in the order of the text.
#[derive(Debug)]
pub(crate) struct Sightings(Vec<Sighting>);

#[derive(Debug)]
struct Sighting {
    start: usize,
    end: usize,
    /// The bit of its set.
    set: u64,
}

impl Sightings {
    /// The sets of which a word stands within a range of bytes: a bit for each, the first the lowest.
    pub(crate) fn within(&self, range: Range<usize>) -> u64 {
        let first = self.0.partition_point(|found| found.start < range.start);
        self.0
            .iter()
            .skip(first)
            .take_while(|found| found.start < range.end)
            .filter(|found| found.end <= range.end)
            .fold(0, |sets, found| sets | found.set)
    }
}

/// Whether a text holds one of the words.
pub(crate) fn has(text: &str, set: &WordSet) -> bool {
    let mut rest = text.as_bytes();
    while let Some(first) = rest.first() {
        if set.firsts.may_begin(rest) && set.begins(rest) {
            return true;
        }
        rest = rest.get(width(*first)..).unwrap_or_default();
    }
    false
}

/// Whether a text begins with one of the words.
pub(crate) fn starts(text: &str, set: &WordSet) -> bool {
    let text = text.as_bytes();
    set.firsts.may_begin(text) && set.begins(text)
}

/// Whether a text ends with one of the words.
pub(crate) fn ends(text: &str, set: &WordSet) -> bool {
    set.ending(text).is_some()
}

/// As `text.starts_with(word)`, without a call for words that differ in their first character.
pub(crate) fn begins_with(text: &[u8], word: &[u8]) -> bool {
    match (text, word) {
        ([a, b, c, text @ ..], [x, y, z, word @ ..]) => {
            a == x && c == z && b == y && (word.is_empty() || text.starts_with(word))
        }
        _ => text.starts_with(word),
    }
}

/// The bytes of the character that a byte begins.
fn width(first: u8) -> usize {
    match first {
        0xE0..=0xEF => 3,
        0..=0x7F => 1,
        0xF0.. => 4,
        _ => 2,
    }
}

/// Whether a byte is the first of a character.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The first characters of a text.
pub(crate) fn first_chars(text: &str, count: usize) -> &str {
    let mut rest = text.as_bytes();
    for _ in 0..count {
        let Some(first) = rest.first() else {
            return text;
        };
        rest = rest.get(width(*first)..).unwrap_or_default();
    }
    text.get(..text.len() - rest.len()).unwrap_or(text)
}

/// The last characters of a text, at least one.
pub(crate) fn last_chars(text: &str, count: usize) -> &str {
    let count = count.max(1);
    // Characters of a short text are counted faster than they are passed one by one.
    if text.len() <= count || (text.len() <= count * 4 && text.chars().count() <= count) {
        return text;
    }
    let mut left = count;
    for (at, byte) in text.bytes().enumerate().rev() {
        left -= usize::from(is_start(byte));
        if left == 0 {
            return text.get(at..).unwrap_or(text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Few characters, so that words are found, some of them sharing bytes.
    fn text(most: usize) -> impl Strategy<Value = String> {
        let letters = prop::sample::select("收到受理件亷a1é，𠀀".chars().collect::<Vec<_>>());
        prop::collection::vec(letters, 0..=most).prop_map(|all| all.into_iter().collect())
    }

    proptest! {
        #[test]
        fn words_are_found_as_the_library_finds_them(
            text in text(12),
            words in prop::collection::vec(text(3), 0..6),
        ) {
            let words: Vec<&str> = words
                .iter()
                .map(String::as_str)
                .filter(|word| !word.is_empty() && !word.starts_with(['é', '𠀀']))
                .collect();
            // A set is of constants; a test may lose a few bytes.
            let leaked = words.iter().map(|word| &*word.to_string().leak()).collect::<Vec<_>>();
            let set = WordSet::new(leaked.leak());
            prop_assert_eq!(has(&text, &set), words.iter().any(|word| text.contains(word)));
            prop_assert_eq!(starts(&text, &set), words.iter().any(|word| text.starts_with(word)));
            prop_assert_eq!(ends(&text, &set), words.iter().any(|word| text.ends_with(word)));
            let (one, two) = words.split_at(words.len() / 2);
            let set = |words: &[&str]| -> &'static WordSet {
                let leaked: Vec<&str> = words.iter().map(|word| &*word.to_string().leak()).collect();
                Box::leak(Box::new(WordSet::new(leaked.leak())))
            };
            let sets = WordSets::new(&[set(one), set(two)]);
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let found = sets.find(&text);
            for (at, start) in places.iter().enumerate() {
                for end in places.iter().skip(at) {
                    let part = &text[*start..*end];
                    let held = [one, two].map(|words| words.iter().any(|word| part.contains(word)));
                    let bits = u64::from(held[0]) | u64::from(held[1]) << 1;
                    prop_assert_eq!(found.within(*start..*end), bits);
                }
            }
        }

        #[test]
        fn characters_are_counted_from_both_ends(text in text(12), count in 0_usize..15) {
            let all: Vec<char> = text.chars().collect();
            let first: String = all.iter().take(count).collect();
            prop_assert_eq!(first_chars(&text, count), first);
            let skipped = all.len().saturating_sub(count.max(1));
            let last: String = all.iter().skip(skipped).collect();
            prop_assert_eq!(last_chars(&text, count), last);
        }
    }
}
