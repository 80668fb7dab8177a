//! Labels that are known but for a character or two.

use super::super::words::{distance, mask};
use super::Meaning;
use super::book::{BOOK, Entry};

/// The row whose label differs least, if no other differs as little.
pub(super) fn label(own: &str) -> Option<Meaning> {
    let length = own.chars().count();
    let most = match length {
        0..5 => return None,
        5..8 => 1,
        8..60 => 2,
        _ => return None,
    };
    let own_mask = mask(own);
    let mut best: Option<(usize, &'static Entry)> = None;
    let mut tie = false;
    for entry in &BOOK.entries {
        if entry.length < 5
            || entry.length.abs_diff(length) > most
            || (entry.mask & !own_mask).count_ones() as usize > most
            || (own_mask & !entry.mask).count_ones() as usize > most
        {
            continue;
        }
        let Some(cost) = distance(own, &entry.key, most) else {
            continue;
        };
        match best {
            Some((least, _)) if cost > least => {}
            Some((least, other)) if cost == least => tie |= other.rows != entry.rows,
            _ => {
                best = Some((cost, entry));
                tie = false;
            }
        }
    }
    let (_, entry) = best.filter(|_| !tie)?;
    Some(Meaning::Row {
        rows: &entry.rows,
        // What lacks its end is torn, not misprinted.
        misprint: !entry.key.contains(own),
    })
}
