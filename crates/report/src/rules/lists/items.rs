//! Counting the things that a text lists.

/// How many things a text lists: at least and at most, since 和 may join two things or stand in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) least: usize,
    pub(super) most: usize,
    /// The longest thing, in characters.
    pub(super) longest: usize,
}

impl Count {
    /// Whether a number is one of the readings.
    pub(super) fn allows(self, number: usize) -> bool {
        (self.least..=self.most).contains(&number)
    }
}

/// Words that may join two things.
const JOINTS: [&str; 6] = ["以及", "和", "及", "与", "或", "暨"];

/// Counts the things of an enumeration by 、 and names in quotation marks that stand side by side; what
/// stands in brackets or quotation marks is one thing. None where the marks do not pair.
pub(super) fn count(text: &str) -> Option<Count> {
    let (mut items, mut extra, mut longest, mut length) = (1_usize, 0_usize, 0_usize, 0_usize);
    let mut depth = 0_usize;
    let mut after_name = false;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        match c {
            '（' | '“' | '《' | '〈' | '〔' | '‘' => {
                // “政策”“解读”: two names side by side are two things.
                if depth == 0 && after_name && matches!(c, '“' | '《') {
                    items += 1;
                    longest = longest.max(length);
                    length = 0;
                }
                depth += 1;
                after_name = false;
            }
            '）' | '”' | '》' | '〉' | '〕' | '’' => {
                depth = depth.checked_sub(1)?;
                after_name = depth == 0 && matches!(c, '”' | '》');
                continue;
            }
            '、' if depth == 0 => {
                items += 1;
                longest = longest.max(length);
                length = 0;
                after_name = false;
                continue;
            }
            _ if depth == 0 => {
                after_name = false;
                let rest = text.get(at..).unwrap_or_default();
                if let Some(joint) = JOINTS.iter().find(|joint| rest.starts_with(**joint))
                    && length > 0
                {
                    extra += 1;
                    skip = at + joint.len();
                }
            }
            _ => {}
        }
        if depth == 0 {
            length += 1;
        }
    }
    longest = longest.max(length);
    (depth == 0).then_some(Count {
        least: items,
        most: items + extra,
        longest,
    })
}

/// The enumeration that ends where a text ends: back to the last mark outside brackets and quotation
/// marks; with the mark, none at the start of the text.
pub(super) fn tail(text: &str) -> Option<(&str, Option<char>)> {
    let mut depth = 0_usize;
    for (seen, (at, c)) in text.char_indices().rev().enumerate() {
        if seen > 240 {
            return None;
        }
        match c {
            '）' | '”' | '》' | '〉' | '〕' | '’' => depth += 1,
            '（' | '“' | '《' | '〈' | '〔' | '‘' => {
                // An opening mark with nothing to close begins the enumeration.
                match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return Some((text.get(at + c.len_utf8()..)?, Some(c))),
                }
            }
            '，' | '。' | '；' | '：' | '！' | '？' if depth == 0 => {
                return Some((text.get(at + c.len_utf8()..)?, Some(c)));
            }
            _ => {}
        }
    }
    Some((text, None))
}

/// The names in quotation marks with which a text ends, side by side or joined by 、 and 和; none when
/// it does not end with one.
pub(super) fn names(text: &str) -> Option<(usize, &str)> {
    let mut rest = text;
    let mut found = 0;
    loop {
        let (open, close) = match rest.chars().next_back() {
            Some('”') => ('“', '”'),
            Some('》') => ('《', '》'),
            _ => break,
        };
        let inner = rest.strip_suffix(close)?;
        let start = inner.rfind(open)?;
        if inner.get(start..)?.contains(close) {
            return None;
        }
        found += 1;
        rest = inner.get(..start)?;
        rest = ["、", "和", "及", "以及", "与"]
            .iter()
            .find_map(|joint| {
                rest.strip_suffix(joint)
                    .filter(|before| before.ends_with(['”', '》']))
            })
            .unwrap_or(rest);
    }
    (found > 0).then_some((found, rest))
}
