//! Lists that stand before their number: 服务职能、服务项目、服务监督三个方面.

use super::items::{self, Count};
use super::{Listed, counts_classes};
use crate::prose::Paragraph;
use crate::quantity::Quantity;
use crate::words::last_chars;

/// The list that ends at a number.
pub(super) fn listed(paragraph: &Paragraph, quantity: &Quantity, number: usize) -> Option<Listed> {
    let classes = counts_classes(paragraph, quantity);
    // 办公室、法规科、财务科3个科室: things of any kind may be counted, but only classes accuse.
    let unit = paragraph.slice(quantity.unit.clone());
    if !classes && (number < 3 || !["个", "项", "家", "种", "大"].contains(&unit)) {
        return None;
    }
    let before = paragraph.slice(0..quantity.span.start);
    let before = last_chars(before, 300);
    let before = before
        .strip_suffix('共')
        .or_else(|| before.strip_suffix("这"))
        .unwrap_or(before);
    let (list, open) = match before.strip_suffix('等') {
        Some(list) => (list, true),
        None => (before, false),
    };
    let settled = |count: usize, holds: bool| {
        let start = quantity.span.start.saturating_sub(list.len().min(240));
        Some(Listed {
            count,
            holds,
            range: paragraph_floor(paragraph, start)..quantity.span.end,
        })
    };
    if let Some((count, rest)) = items::names(list) {
        // “看得到、听得懂、易获取”三个方面.
        if let Some(inner) = list.get(rest.len()..).filter(|_| count == 1)
            && inner.contains('、')
            && items::count(inner.trim_matches(['“', '”']))
                .is_some_and(|count| count.allows(number))
        {
            return settled(number, true);
        }
        let mixed = rest.ends_with(['、', '和', '及', '与']);
        if mixed || (count < 2 && number > 2) {
            return None;
        }
        if count == number {
            return settled(count, true);
        }
        return if open || !classes || count < 2 || count.abs_diff(number) > 3 {
            None
        } else {
            settled(count, false)
        };
    }
    let (enumeration, mark) = items::tail(list)?;
    if !enumeration.contains('、') {
        return None;
    }
    let count = items::count(enumeration)?;
    if count.allows(number) {
        return settled(number, true);
    }
    // The clause before may belong to the list, and a long thing may be more than one.
    let alone = match mark {
        Some('，') | Some('；') => {
            let head = list.get(..list.len() - enumeration.len() - '，'.len_utf8())?;
            items::tail(head).is_some_and(|(clause, _)| !clause.contains(['、', '”', '》']))
        }
        _ => true,
    };
    let start = quantity.span.start.saturating_sub(enumeration.len());
    let figures = paragraph
        .quantities
        .iter()
        .any(|other| other.span.start >= start && other.span.end <= quantity.span.start);
    let clear = !open
        && classes
        && !figures
        && alone
        && count.least >= 3
        && number >= 3
        && count.longest <= 10
        && !enumeration.contains('等')
        && !enumeration.contains(['（', '“']);
    if !clear || nearest(count, number).abs_diff(number) > 2 {
        return None;
    }
    settled(nearest(count, number), false)
}

fn nearest(count: Count, number: usize) -> usize {
    if number < count.least {
        count.least
    } else {
        count.most
    }
}

/// The start of the character at or before a byte.
fn paragraph_floor(paragraph: &Paragraph, at: usize) -> usize {
    let mut at = at.min(paragraph.text.len());
    while !paragraph.text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
