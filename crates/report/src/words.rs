//! Looking for words in text, fast: rules look for thousands of them in every report.

/// Whether a text holds one of the words.
///
/// As `words.iter().any(|word| text.contains(word))`, in one pass: a character is compared with the
/// words only where two small sets say that a word may begin with it.
pub(crate) fn has(text: &str, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    let [mut seconds, mut thirds] = [0_u64; 2];
    for word in words {
        match word.as_bytes() {
            [_, second, third, ..] => {
                seconds |= bit(*second);
                thirds |= bit(*third);
            }
            // A letter or two, which are few.
            _ if text.contains(word) => return true,
            _ => {}
        }
    }
    // From character to character: most of them take three bytes.
    let mut rest = bytes;
    while let [first, second, third, ..] = rest {
        if seconds & bit(*second) != 0 && thirds & bit(*third) != 0 && begins(rest, words) {
            return true;
        }
        rest = rest.get(width(*first)..).unwrap_or_default();
    }
    false
}

/// Whether a text begins with one of the words.
pub(crate) fn starts(text: &str, words: &[&str]) -> bool {
    begins(text.as_bytes(), words)
}

fn begins(text: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| begins_with(text, word.as_bytes()))
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

/// The low six bits are all that differs in most bytes behind the first of a character.
fn bit(byte: u8) -> u64 {
    1 << (byte & 63)
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
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(has(&text, &words), words.iter().any(|word| text.contains(word)));
            prop_assert_eq!(starts(&text, &words), words.iter().any(|word| text.starts_with(word)));
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
