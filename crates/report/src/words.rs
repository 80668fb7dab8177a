//! Looking for words in text, fast: rules look for thousands of them in every report.

/// Words to look for, with what tells of most characters that none of the words begins there.
#[derive(Debug)]
pub(crate) struct WordSet {
    words: &'static [&'static str],
    /// Of the words that begin with a character of three bytes: a bit for the third byte, in the
    /// place of the second. The low six bits are all that differs in such bytes.
    wide: [u64; 64],
    /// Of the words that begin with a letter of ASCII: a bit for each.
    narrow: u128,
}

/// A [`WordSet`] of words that are written out, made when the program is compiled.
macro_rules! words {
    ($($word:literal),* $(,)?) => {
        const { &$crate::words::WordSet::new(&[$($word),*]) }
    };
}
pub(crate) use words;

impl WordSet {
    /// The set of some words.
    ///
    /// # Panics
    ///
    /// In a constant, that is: the program does not compile where a word is empty or begins with a
    /// character of two or four bytes, which no word of the field does.
    #[expect(clippy::panic, reason = "stops the compiler, never a running program")]
    pub(crate) const fn new(words: &'static [&'static str]) -> WordSet {
        let mut set = WordSet {
            words,
            wide: [0; 64],
            narrow: 0,
        };
        let mut rest = words;
        while let [word, others @ ..] = rest {
            match word.as_bytes() {
                [letter @ 0..=0x7F, ..] => set.narrow |= 1 << *letter,
                [0xE0..=0xEF, second, third, ..] => {
                    #[expect(clippy::indexing_slicing, reason = "six bits are within 64 places")]
                    {
                        set.wide[(*second & 63) as usize] |= 1 << (*third & 63);
                    }
                }
                _ => panic!("a word begins with a letter of ASCII or a character of three bytes"),
            }
            rest = others;
        }
        set
    }

    /// The words.
    pub(crate) fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// Whether one of the words begins a text. Every text begins at a character.
    fn begins(&self, text: &[u8]) -> bool {
        let may = match text {
            [_, second, third, ..] if !text.first().is_some_and(u8::is_ascii) => self
                .wide
                .get(usize::from(second & 63))
                .is_some_and(|thirds| thirds & (1 << (third & 63)) != 0),
            [letter, ..] => self.narrow & 1_u128.checked_shl(u32::from(*letter)).unwrap_or(0) != 0,
            [] => false,
        };
        may && self
            .words
            .iter()
            .any(|word| begins_with(text, word.as_bytes()))
    }
}

/// Whether a text holds one of the words.
pub(crate) fn has(text: &str, set: &WordSet) -> bool {
    let mut rest = text.as_bytes();
    while let Some(first) = rest.first() {
        if set.begins(rest) {
            return true;
        }
        rest = rest.get(width(*first)..).unwrap_or_default();
    }
    false
}

/// Whether a text begins with one of the words.
pub(crate) fn starts(text: &str, set: &WordSet) -> bool {
    set.begins(text.as_bytes())
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
