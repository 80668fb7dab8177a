//! Closing the seams that the end of a line or of a page tore into a sentence, and telling headings.

use super::Strip;

/// The strips in groups; each group is one paragraph.
pub(super) fn close(strips: &[Strip]) -> Vec<&[Strip]> {
    let width = wrapped_width(strips);
    let mut groups = Vec::new();
    let mut start = 0;
    for at in 1..=strips.len() {
        let joined = match (strips.get(at - 1), strips.get(at)) {
            (Some(before), Some(after)) => goes_on(before, after, width),
            _ => false,
        };
        if !joined {
            if let Some(group) = strips.get(start..at)
                && !group.is_empty()
            {
                groups.push(group);
            }
            start = at;
        }
    }
    groups
}

/// The width in characters at which lines were wrapped, if they were: most long lines end at the
/// same width without a full stop.
fn wrapped_width(strips: &[Strip]) -> Option<usize> {
    let mut widths: Vec<usize> = strips
        .iter()
        .filter(|strip| !ends(strip.text.trim_end()))
        .map(|strip| {
            strip
                .text
                .trim()
                .chars()
                .filter(|c| !c.is_whitespace())
                .count()
        })
        .filter(|width| *width >= 12)
        .collect();
    if widths.len() < 4 {
        return None;
    }
    widths.sort_unstable();
    // The width that most lines just reach: PDF lines differ by a few characters.
    let typical = *widths.get(widths.len() / 2)?;
    let near = widths
        .iter()
        .filter(|width| width.abs_diff(typical) <= typical / 6 + 2)
        .count();
    (near * 2 >= widths.len() && typical <= 60).then_some(typical)
}

fn goes_on(before: &Strip, after: &Strip, width: Option<usize>) -> bool {
    if before.heading.is_some() || after.heading.is_some() {
        return false;
    }
    let (first, second) = (before.text.trim(), after.text.trim());
    if first.is_empty() || second.is_empty() || is_start(second) {
        return false;
    }
    let length = first.chars().filter(|c| !c.is_whitespace()).count();
    // A heading stays alone, but for one that runs on as a paragraph (（一）主动公开方面。坚持…).
    if heading_level(&super::normalise(first).text).is_some()
        && length < 24
        && !width_reached(length, width)
    {
        return false;
    }
    let indented = after.text.starts_with("  ") || after.text.starts_with('\u{3000}');
    if ends(first) {
        // A full stop at the end of a full line says nothing; an indented line begins anew.
        return !indented && width.is_some_and(|width| length + 2 >= width) && length >= 12;
    }
    if first.ends_with(['，', ',', '、', '“', '《', '（', '(']) {
        return true;
    }
    match width {
        Some(width) => length * 4 >= width * 3,
        // Not wrapped: a page ended inside a long sentence.
        None => length >= 40 && !indented_start(second),
    }
}

fn width_reached(length: usize, width: Option<usize>) -> bool {
    width.is_some_and(|width| length + 3 >= width)
}

fn indented_start(second: &str) -> bool {
    second.starts_with(['#', '|', '-'])
}

/// Whether a line closes a sentence.
fn ends(line: &str) -> bool {
    line.ends_with(['。', '！', '？', '；', ';', '：', ':', '.', '!', '?'])
        || line.ends_with("。”")
        || line.ends_with("。）")
}

/// Whether a line begins something of its own: a heading, an item of a list, a table.
fn is_start(line: &str) -> bool {
    let text = super::normalise(line).text;
    heading_level(&text).is_some() || line.starts_with(['#', '|'])
}

/// The level of a paragraph that is nothing but a heading: numbered, short, one sentence at most.
pub(super) fn heading_of(text: &str) -> Option<u8> {
    let level = heading_level(text)?;
    let body = text.trim_end_matches('。');
    (!body.contains('。') && body.chars().count() <= 40 && !body.contains('；')).then_some(level)
}

/// The level of a heading by its number: `一、` 1, `（一）` 2, `1.` 3; also of a paragraph that
/// begins with one.
pub(super) fn heading_level(text: &str) -> Option<u8> {
    let text = text.trim_start_matches('#');
    let ordinal = |text: &str| {
        let digits: usize = text
            .chars()
            .take_while(|c| "一二三四五六七八九十".contains(*c))
            .map(char::len_utf8)
            .sum();
        (digits > 0 && digits <= 9).then_some(digits)
    };
    if let Some(length) = ordinal(text) {
        let rest = text.get(length..).unwrap_or_default();
        return rest.starts_with(['、', '。', '.']).then_some(1);
    }
    if let Some(rest) = text.strip_prefix('（') {
        let length = ordinal(rest)?;
        return rest.get(length..)?.starts_with('）').then_some(2);
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = text.get(digits..).unwrap_or_default();
        let marked = rest.starts_with(['、', '.', '。']);
        let follows = rest.chars().nth(1).is_some_and(|c| !c.is_ascii_digit());
        return (marked && follows).then_some(3);
    }
    None
}
