//! The words around quantities: what stands before and after, and which ones count the same.

use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::words::{first_chars, last_chars};

const STOPS: [char; 3] = ['。', '！', '？'];

/// The text between the quantity before and this one, in the sentence of this one.
pub(in crate::rules) fn lead(paragraph: &Paragraph, at: usize) -> &str {
    let Some(quantity) = paragraph.quantities.get(at) else {
        return "";
    };
    let start = at
        .checked_sub(1)
        .and_then(|before| paragraph.quantities.get(before))
        .map_or(0, |before| before.span.end);
    let gap = paragraph.slice(start..quantity.span.start.max(start));
    let gap = gap
        .rfind(STOPS)
        .and_then(|stop| gap.get(stop..))
        .map_or(gap, |rest| rest.trim_start_matches(STOPS));
    last_chars(gap, 80)
}

/// Whether a quantity stands in the same sentence as the one before it.
pub(in crate::rules) fn joined(paragraph: &Paragraph, at: usize) -> bool {
    let (Some(before), Some(quantity)) = (
        at.checked_sub(1)
            .and_then(|before| paragraph.quantities.get(before)),
        paragraph.quantities.get(at),
    ) else {
        return false;
    };
    let end = quantity.span.start.max(before.span.end);
    !paragraph.slice(before.span.end..end).contains(STOPS)
}

/// The text between this quantity and the next one, in the sentence of this one.
pub(in crate::rules) fn trail(paragraph: &Paragraph, at: usize) -> &str {
    let Some(quantity) = paragraph.quantities.get(at) else {
        return "";
    };
    let end = paragraph
        .quantities
        .get(at + 1)
        .map_or(paragraph.text.len(), |next| next.span.start);
    let gap = paragraph.slice(quantity.span.end..end.max(quantity.span.end));
    let gap = gap
        .find(STOPS)
        .and_then(|stop| gap.get(..stop))
        .unwrap_or(gap);
    first_chars(gap, 80)
}

/// The same without the sentence's end: what follows up to the next quantity, over one full stop.
pub(in crate::rules) fn after(paragraph: &Paragraph, at: usize) -> &str {
    let Some(quantity) = paragraph.quantities.get(at) else {
        return "";
    };
    let end = paragraph
        .quantities
        .get(at + 1)
        .map_or(paragraph.text.len(), |next| next.span.start);
    first_chars(
        paragraph.slice(quantity.span.end..end.max(quantity.span.end)),
        80,
    )
}

/// The last clause of a text: what stands after its last mark.
pub(in crate::rules) fn clause(text: &str) -> &str {
    text.rfind(is_mark)
        .and_then(|at| text.get(at..))
        .map_or(text, |rest| rest.trim_start_matches(is_mark))
}

/// Whether a character parts two clauses.
pub(in crate::rules) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '、' | '；' | '：' | '（' | '）' | '。' | '！' | '？'
    )
}

/// The unit without 个 before it: `工作日` for `个工作日`.
pub(in crate::rules) fn unit<'a>(paragraph: &'a Paragraph, quantity: &Quantity) -> &'a str {
    let unit = paragraph.slice(quantity.unit.clone());
    match unit.strip_prefix('个') {
        Some(rest) if !rest.is_empty() => rest,
        _ => unit,
    }
}

/// Units that are used for one another when documents, requests and matters are counted.
const LOOSE: [&str; 10] = ["件", "条", "份", "宗", "起", "篇", "项", "个", "例", ""];

/// Whether two quantities can be part and whole.
pub(in crate::rules) fn kin(
    paragraph: &Paragraph,
    quantity: &Quantity,
    other_paragraph: &Paragraph,
    other: &Quantity,
) -> bool {
    if quantity.sort != other.sort {
        return false;
    }
    match quantity.sort {
        Sort::Money => true,
        Sort::Percent | Sort::Points => false,
        Sort::Count => {
            let (one, two) = (unit(paragraph, quantity), unit(other_paragraph, other));
            one == two || (LOOSE.contains(&one) && LOOSE.contains(&two))
        }
    }
}

/// Whether two texts share a word of two characters, weak words apart.
pub(in crate::rules) fn share_word(one: &str, two: &str) -> bool {
    let chars: Vec<char> = one.chars().collect();
    chars.windows(2).any(|pair| {
        let word: String = pair.iter().collect();
        !WEAK.contains(&word.as_str()) && pair.iter().all(|c| !is_mark(*c)) && two.contains(&word)
    })
}

/// Words that tell nothing about what is counted.
const WEAK: [&str; 12] = [
    "政府", "信息", "公开", "其中", "全年", "情况", "工作", "总数", "全部", "年度", "共计", "累计",
];
