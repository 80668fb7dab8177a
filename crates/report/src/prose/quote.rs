//! Quoting the source around figures.

use std::ops::Range;

/// The most characters of a quote, by the contract of `check --format json`.
const LIMIT: usize = 200;

/// The stretch of the source and, where there is room, the clause around it: at most [`LIMIT`]
/// characters, verbatim.
pub(super) fn around(source: &str, range: Range<usize>) -> &str {
    let start = floor(source, range.start);
    let end = floor(source, range.end.max(start));
    let stretch = source.get(start..end).unwrap_or_default();
    let length = stretch.chars().count();
    if length >= LIMIT {
        let cut = stretch
            .char_indices()
            .nth(LIMIT)
            .map_or(stretch.len(), |(at, _)| at);
        return stretch.get(..cut).unwrap_or_default().trim();
    }
    let mut room = LIMIT - length;
    let mut from = start;
    let before = source.get(..start).unwrap_or_default();
    // Back to the start of the clause, if that is near.
    for (at, c) in before.char_indices().rev() {
        if room == 0 || is_end(c) || c == '\n' {
            break;
        }
        from = at;
        room -= 1;
    }
    let mut to = end;
    let after = source.get(end..).unwrap_or_default();
    for (at, c) in after.char_indices() {
        if room == 0 || c == '\n' {
            break;
        }
        if is_end(c) || is_pause(c) {
            break;
        }
        to = end + at + c.len_utf8();
        room -= 1;
    }
    source.get(from..to).unwrap_or_default().trim()
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | ';')
}

fn is_pause(c: char) -> bool {
    matches!(c, '，' | ',' | '、')
}

fn floor(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_the_clause() {
        let source = "前一句。全年公开信息10条，其中3条，余下不计。";
        let start = source.find("10").unwrap();
        assert_eq!(around(source, start..start + 5), "全年公开信息10条");
        let long = "字".repeat(500);
        assert_eq!(around(&long, 0..long.len()).chars().count(), LIMIT);
        assert_eq!(around(&long, 600..603).chars().count(), LIMIT);
        assert_eq!(around("", 3..9), "");
    }
}
