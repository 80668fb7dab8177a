//! One spelling for every character that reports spell in several ways.
//!
//! Rules look at normalised text only: half-width digits, full-width punctuation, no thousands
//! separators, no spaces but between two words of Latin letters. Every byte of it knows the byte of
//! the source that it came from, so that a finding can quote the source verbatim.

/// Normalised text with the way back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Normal {
    pub(crate) text: String,
    /// For each byte of the text and for its end, the byte of the source.
    pub(crate) origin: Vec<u32>,
}

/// Normalises a stretch of source text; a newline in it is the seam of two lines.
pub(crate) fn normalise(source: &str) -> Normal {
    let mut out = Normal {
        text: String::with_capacity(source.len()),
        origin: Vec::with_capacity(source.len() + 1),
    };
    let mut before: Option<char> = None;
    // Whether white space without a newline stands between the last character and the next.
    let mut spaced = false;
    for (at, raw) in source.char_indices() {
        if raw == '\n' || raw == '\r' {
            // A word or number cut by the end of a line goes on in the next.
            spaced = false;
            continue;
        }
        if is_space(raw) {
            spaced = true;
            continue;
        }
        let following = || source.get(at + raw.len_utf8()..).unwrap_or_default();
        let Some(character) = one(raw, before, following) else {
            continue;
        };
        if spaced && before.is_some_and(is_latin) && is_latin(character) {
            out.push(' ', at);
        }
        spaced = false;
        out.push(character, at);
        before = Some(character);
    }
    out.origin.push(source.len() as u32);
    out
}

impl Normal {
    fn push(&mut self, character: char, at: usize) {
        self.text.push(character);
        for _ in 0..character.len_utf8() {
            self.origin.push(at as u32);
        }
    }
}

/// The spelling that rules expect; `None` for a mark that carries nothing.
fn one<'a>(raw: char, before: Option<char>, following: impl Fn() -> &'a str) -> Option<char> {
    let digit_before = before.is_some_and(|before| before.is_ascii_digit());
    let digit_follows = || {
        following()
            .trim_start()
            .starts_with(|c: char| value_of(c).is_some())
    };
    Some(match raw {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half(raw),
        '％' | '﹪' => '%',
        ',' | '，' if digit_before && thousands(following()) => return None,
        ',' | '﹐' => '，',
        '.' | '．' | '·' if digit_before && digit_follows() => '.',
        '.' | '．' if before.is_some_and(|before| !before.is_ascii()) => '。',
        '．' => '.',
        ':' | '∶' | '﹕' if digit_before && digit_follows() => ':',
        ':' | '∶' | '﹕' => '：',
        ';' | '﹔' => '；',
        '?' => '？',
        '!' => '！',
        '(' | '﹙' => '（',
        ')' | '﹚' => '）',
        '[' | '［' | '【' => '〔',
        ']' | '］' | '】' => '〕',
        '<' | '〈' if following().starts_with(|c: char| !c.is_ascii()) => '〈',
        '－' | '–' | '−' | '﹣' | '‐' | '‑' => '-',
        '―' | '─' => '—',
        '～' | '〜' | '∼' => '~',
        '＋' => '+',
        '／' => '/',
        '＝' => '=',
        // Emphasis of Markdown, byte order marks and soft hyphens.
        '*' | '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{ad}' => return None,
        '〇' | '○' if before.is_some_and(|before| "一二三四五六七八九〇".contains(before)) => {
            '〇'
        }
        other => other,
    })
}

/// Full width to half width.
fn half(raw: char) -> char {
    char::from_u32(u32::from(raw) - 0xFEE0).unwrap_or(raw)
}

/// The digit of a half- or full-width character.
fn value_of(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| {
        ('０'..='９')
            .contains(&c)
            .then(|| u32::from(c) - u32::from('０'))
    })
}

/// Whether just three digits follow a comma, or three and another comma with three.
fn thousands(following: &str) -> bool {
    let mut digits = 0;
    for c in following.chars().take(4) {
        if value_of(c).is_some() {
            digits += 1;
        } else {
            break;
        }
    }
    digits == 3
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}' || c == '\u{3000}'
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_spelling() {
        let check = |source: &str, expect: &str| assert_eq!(normalise(source).text, expect);
        check("公开 １，２３４ 条,其中:", "公开1234条，其中：");
        check("占 86.9 ％(约)", "占86.9%（约）");
        check("12,34,5", "12，34，5");
        check("1,234,567元", "1234567元");
        check("电话:0953-601 9533", "电话：0953-601 9533");
        check("QQ 群 LED screen", "QQ群LED screen");
        check("公开47\n期", "公开47期");
        check("事项.", "事项。");
        check("9:30", "9:30");
        check("**(一)强化**", "（一）强化");
        check("[2018]61号", "〔2018〕61号");
    }

    proptest! {
        #[test]
        fn every_byte_has_an_origin(source in ".*") {
            let normal = normalise(&source);
            prop_assert_eq!(normal.origin.len(), normal.text.len() + 1);
            prop_assert!(normal.origin.is_sorted());
            prop_assert!(normal.origin.iter().all(|at| source.is_char_boundary(*at as usize)));
        }
    }
}
