//! Catchwords that count their own word: 定职责、定人员、定时限的“三定”.

use super::items;
use super::{Listed, put};
use crate::prose::Paragraph;
use crate::rules::Sink;
use crate::words::last_chars;

const NUMERALS: [(char, usize); 9] = [
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
    ('十', 10),
];

/// Looks for catchwords behind their list. Only the number itself is looked for: what a catchword
/// stands for is known to its readers and need not be listed.
pub(super) fn examine(paragraph: &Paragraph, sink: &mut Sink) {
    for (open, mark) in paragraph.text.match_indices('“') {
        let rest = paragraph.slice(open + mark.len()..paragraph.text.len());
        let mut chars = rest.chars();
        let first = chars.next();
        let Some((_, number)) = NUMERALS.iter().find(|(c, _)| Some(*c) == first) else {
            continue;
        };
        let word: String = chars.by_ref().take_while(|c| *c != '”').take(3).collect();
        let closed = (1..=2).contains(&word.chars().count());
        let before = last_chars(paragraph.slice(0..open), 120);
        let Some((list, _)) = items::tail(before.strip_suffix('的').unwrap_or(before)) else {
            continue;
        };
        if !closed || !list.contains('、') {
            continue;
        }
        // 定职责、定人员、定时限的“三定”, or what is named without the word: 决策、执行、结果“三公开”.
        let with_word = list
            .split('、')
            .filter(|thing| thing.contains(&word))
            .count();
        let all = items::count(list).is_some_and(|count| count.allows(*number));
        if with_word == *number || all {
            let listed = Listed {
                count: *number,
                holds: true,
                range: start(paragraph, open, list.len())..open + mark.len(),
            };
            put(paragraph, *number, &listed, sink);
        }
    }
}

/// Where the list before a catchword begins.
fn start(paragraph: &Paragraph, open: usize, length: usize) -> usize {
    let gap = if paragraph.slice(0..open).ends_with('的') {
        '的'.len_utf8()
    } else {
        0
    };
    open.saturating_sub(length + gap)
}
