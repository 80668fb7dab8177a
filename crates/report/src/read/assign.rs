//! Which row of the form each record belongs to.

use super::lexicon::{self, Kind, RowName, Word};
use super::record::{Item, Piece, Record};
use super::words;

/// A record with its row.
#[derive(Debug, Clone)]
pub(super) struct Assigned {
    /// Index of the record among the items.
    pub(super) item: usize,
    pub(super) row: &'static str,
    /// The label as it stands, where it is misprinted.
    pub(super) misprint: Option<String>,
    /// Whether the label was put together from several cells or lines.
    pub(super) joined: bool,
    /// First line of label and values.
    pub(super) line: usize,
}

/// What assigning gave.
#[derive(Debug, Default)]
pub(super) struct Assignment {
    pub(super) rows: Vec<Assigned>,
    /// Rows whose label was seen.
    pub(super) seen: Vec<&'static str>,
    /// Whether rows without a label were told by their order.
    pub(super) by_order: bool,
    /// Index of the last item that was looked at; a second table of the kind begins behind it.
    pub(super) end: usize,
    /// A row that stands there twice, if more than it do or it has other figures the second time.
    pub(super) again: Option<Again>,
}

/// A row that stands in the text twice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    pub(super) row: &'static str,
    /// The items with its values.
    pub(super) items: (usize, usize),
}

/// How sure a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// The label stands in the line of the values.
    Line,
    /// The label stands around the values.
    Around,
}

struct Claim {
    item: usize,
    rows: Vec<RowName>,
    ground: Ground,
    misprint: Option<String>,
    joined: bool,
    line: usize,
}

/// Pieces of a label before the values, and behind them.
const BEFORE: usize = 8;
const BEHIND: usize = 5;

/// Assigns the records of a table. `expected` are the rows of the edition, in order.
pub(super) fn assign(items: &[Item<'_>], kind: Kind, expected: &[&'static str]) -> Assignment {
    let split_other = expected.contains(&"other.other");
    let labelled = |row: &str| {
        all_words(items).any(|(_, word)| word.meaning.rows(kind).any(|name| name.row == row))
    };
    // 其他处理 heads a group where the rows of the group are there.
    let other_is_group = kind == Kind::Requests
        && split_other
        && ["other.no_correction", "other.unpaid"]
            .into_iter()
            .any(labelled);
    let mut claims: Vec<Claim> = Vec::new();
    let mut used = vec![false; items.len()];
    for (at, item) in items.iter().enumerate() {
        let Item::Record(record) = item else { continue };
        if !is_values(item) {
            continue;
        }
        if let Some(mut claim) = claim(items, at, record, kind, &mut used) {
            if other_is_group {
                claim.rows.retain(|row| row.row != "other");
            }
            if !claim.rows.is_empty() {
                claims.push(claim);
            }
        }
    }
    let mut out = settle(items, claims, &landmarks(items, kind), expected);
    out.seen = seen(items, kind, &out.rows);
    if kind == Kind::Requests {
        by_order(items, &mut out, expected);
    }
    out
}

/// The words in the items, each with the item that it stands in.
fn all_words<'i>(items: &'i [Item<'i>]) -> impl Iterator<Item = (usize, Word<'i>)> {
    items.iter().enumerate().flat_map(|(at, item)| {
        let (piece, own) = match item {
            Item::Piece(piece) => (Some(piece.word), &[] as &[Word<'_>]),
            Item::Record(record) => (None, record.own.as_slice()),
        };
        piece
            .into_iter()
            .chain(own.iter().copied())
            .map(move |word| (at, word))
    })
}

fn seen(items: &[Item<'_>], kind: Kind, assigned: &[Assigned]) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = assigned.iter().map(|one| one.row).collect();
    for (_, word) in all_words(items) {
        if let Some(row) = word.meaning.only_row(kind)
            && !["其他", "总计"]
                .iter()
                .any(|head| words::is_key(word.text, head))
        {
            all.push(row.row);
        }
    }
    let order = lexicon::rows(kind);
    let mut rows: Vec<&'static str> = order
        .iter()
        .copied()
        .filter(|row| all.contains(row))
        .collect();
    rows.dedup();
    rows
}

/// The row that the words in and around a record name.
fn claim(
    items: &[Item<'_>],
    at: usize,
    record: &Record<'_>,
    kind: Kind,
    used: &mut [bool],
) -> Option<Claim> {
    let line = record.lines.0;
    let of = |word: Word<'_>, ground, line| {
        let rows: Vec<RowName> = word.meaning.rows(kind).collect();
        let misprint = || word.text.split_whitespace().collect();
        (!rows.is_empty()).then(|| Claim {
            item: at,
            rows,
            ground,
            misprint: word.meaning.is_misprint().then(misprint),
            joined: true,
            line,
        })
    };
    let behind: Vec<(usize, Piece<'_>)> = pieces(items.iter().enumerate().skip(at + 1))
        .take(BEHIND + 3)
        .collect();
    if let Some(last) = record.own.last()
        && let Some(claim) = of(*last, Ground::Line, line)
    {
        if lexicon::is_label(last.text, kind) {
            return Some(Claim {
                joined: false,
                ..claim
            });
        }
        // The beginning of a longer label can be nearly that of another row.
        let mut text = last.text.to_owned();
        for (count, (_, piece)) in behind.iter().take(BEHIND).enumerate() {
            text.push_str(piece.word.text);
            if lexicon::is_label(&text, kind)
                && let Some(whole) = of(Word::of(&text), Ground::Around, line)
            {
                take(used, behind.get(..=count));
                return Some(whole);
            }
        }
        return Some(Claim {
            joined: false,
            ..claim
        });
    }
    if record.own.len() > 1 {
        let text: String = record.own.iter().map(|word| word.text).collect();
        if let Some(claim) = of(Word::of(&text), Ground::Line, line) {
            return Some(claim);
        }
    }
    let before: Vec<(usize, Piece<'_>)> = pieces(items.get(..at)?.iter().enumerate().rev())
        .filter(|(index, _)| !used.get(*index).copied().unwrap_or(true))
        .collect();
    let own = record.own.last().copied().unwrap_or_default();
    // First as the pieces stand, then without those that may belong to something else.
    for skipping in [false, true] {
        let keep = |word: Word<'_>| !(skipping && lexicon::may_skip(word));
        let own = if keep(own) { own } else { Word::default() };
        let near: Vec<&(usize, Piece<'_>)> = before
            .iter()
            .filter(|(_, piece)| keep(piece.word))
            .collect();
        let next: Vec<(usize, Piece<'_>)> = behind
            .iter()
            .filter(|(_, piece)| keep(piece.word))
            .copied()
            .collect();
        // Whatever stands before the pieces of the label must belong to a head or group.
        let least = near
            .iter()
            .rposition(|(_, piece)| !lexicon::may_skip(piece.word))
            .map_or(0, |last| last + 1);
        for count in least..=near.len().min(BEFORE) {
            if count == 0 && own.text.is_empty() {
                continue;
            }
            let parts = near.get(..count).unwrap_or_default();
            let whole: String;
            let word = match parts {
                [] => own,
                [(_, one)] if own.text.is_empty() => one.word,
                parts => {
                    let parts = parts.iter().rev().map(|(_, piece)| piece.word.text);
                    whole = parts.chain([own.text]).collect();
                    Word::of(&whole)
                }
            };
            let first = parts.last().map_or(line, |(_, piece)| piece.line);
            if let Some((claim, joined)) =
                with_behind(word, &next, kind, |word| of(word, Ground::Around, first))
            {
                take(used, next.get(..joined));
                return Some(claim);
            }
        }
    }
    // A label that was cut, but can be no other.
    let row = lexicon::row_with(own.text, kind)?;
    Some(Claim {
        item: at,
        rows: vec![row],
        ground: Ground::Line,
        misprint: None,
        joined: false,
        line,
    })
}

/// Pieces that are part of a label are not part of the next one.
fn take(used: &mut [bool], pieces: Option<&[(usize, Piece<'_>)]>) {
    for (index, _) in pieces.unwrap_or_default() {
        if let Some(used) = used.get_mut(*index) {
            *used = true;
        }
    }
}

/// The claim of a text with as many of the pieces behind it as belong to it, and their number.
fn with_behind(
    word: Word<'_>,
    next: &[(usize, Piece<'_>)],
    kind: Kind,
    of: impl Fn(Word<'_>) -> Option<Claim>,
) -> Option<(Claim, usize)> {
    let mut best = of(word).map(|claim| (claim, 0));
    let mut text = word.text.to_owned();
    for (at, (_, piece)) in next.iter().take(BEHIND).enumerate() {
        text.push_str(piece.word.text);
        if piece.word.meaning.is_row(kind) && !lexicon::is_label(&text, kind) {
            // The label of another row.
            break;
        }
        match (of(Word::of(&text)), &best) {
            // The rest of a label that was known before its end.
            (Some(claim), Some((known, _)))
                if claim.rows != known.rows || claim.misprint.is_some() => {}
            (Some(claim), _) => best = Some((claim, at + 1)),
            (None, _) => {}
        }
    }
    best
}

/// The pieces up to the next record.
fn pieces<'i>(
    items: impl Iterator<Item = (usize, &'i Item<'i>)>,
) -> impl Iterator<Item = (usize, Piece<'i>)> {
    items
        .take_while(|(_, item)| !is_values(item))
        .filter_map(|(at, item)| match item {
            Item::Piece(piece) => Some((at, *piece)),
            Item::Record(_) => None,
        })
        .take(40)
}

/// A record that has anything in it; bars alone part nothing.
fn is_values(item: &Item<'_>) -> bool {
    match item {
        Item::Piece(_) => false,
        Item::Record(record) => !record.run || record.slots.iter().any(|slot| slot.is_filled()),
    }
}

/// Labels that only one row has, with their items, in the order of reading.
fn landmarks(items: &[Item<'_>], kind: Kind) -> Vec<(usize, usize)> {
    all_words(items)
        .filter_map(|(at, word)| Some((at, word.meaning.only_row(kind)?.at)))
        .collect()
}

/// Decides between rows of the same words by the label before, and drops what cannot be.
fn settle(
    items: &[Item<'_>],
    claims: Vec<Claim>,
    landmarks: &[(usize, usize)],
    expected: &[&'static str],
) -> Assignment {
    let mut out = Assignment {
        end: items.len(),
        ..Assignment::default()
    };
    let mut repeated: Vec<Again> = Vec::new();
    let mut last: Option<usize> = None;
    let sure: Vec<(usize, usize)> = claims
        .iter()
        .filter(|claim| claim.ground == Ground::Line)
        .filter_map(|claim| match claim.rows.as_slice() {
            [row] => Some((claim.item, row.at)),
            _ => None,
        })
        .collect();
    for claim in claims {
        let row = match claim.rows.as_slice() {
            [row] => *row,
            rows => {
                let before = landmarks.partition_point(|(item, _)| *item < claim.item);
                let mark = before
                    .checked_sub(1)
                    .and_then(|before| landmarks.get(before))
                    .map(|(_, at)| *at);
                let last = mark.max(last);
                let next = rows
                    .iter()
                    .filter(|row| last.is_none_or(|last| row.at > last))
                    .min_by_key(|row| row.at);
                match next {
                    Some(row) => *row,
                    None => continue,
                }
            }
        };
        let known = expected.contains(&row.row) || row.row == "other";
        if !known {
            continue;
        }
        if claim.ground == Ground::Around {
            // What stands around must agree with the order of what is sure.
            let before = sure.iter().rev().find(|(item, _)| *item < claim.item);
            let after = sure.iter().find(|(item, _)| *item > claim.item);
            let below = before.is_some_and(|(_, at)| *at >= row.at);
            let above = after.is_some_and(|(_, at)| *at <= row.at);
            if row.kind == Kind::Requests && (below || above) {
                continue;
            }
        }
        if let Some(earlier) = out.rows.iter().find(|one| one.row == row.row) {
            let again = Again {
                row: row.row,
                items: (earlier.item, claim.item),
            };
            let later = figures(items, claim.item);
            if later.is_empty() {
                continue;
            }
            if later == figures(items, earlier.item) {
                repeated.push(again);
                continue;
            }
            // A second table of the same kind: of another year, or of another body.
            out.end = claim.item;
            out.again = Some(again);
            break;
        }
        last = Some(row.at);
        out.rows.push(Assigned {
            item: claim.item,
            row: row.row,
            misprint: claim.misprint,
            joined: claim.joined,
            line: claim.line,
        });
    }
    // A row alone can be repeated at the head of a page.
    let whole = repeated.len() >= 2 && repeated.len() * 2 >= out.rows.len();
    out.again = out.again.or(repeated.first().copied().filter(|_| whole));
    out
}

/// What stands in the values of an item, as it is written.
pub(super) fn figures<'i>(items: &'i [Item<'i>], at: usize) -> Vec<&'i str> {
    match items.get(at) {
        Some(Item::Record(record)) => record.figures(),
        _ => Vec::new(),
    }
}

/// Rows without a label: where every row of the form is there, the order tells which they are.
fn by_order(items: &[Item<'_>], out: &mut Assignment, expected: &[&'static str]) {
    const WIDTH: usize = 7;
    let place = |row: &str| expected.iter().position(|other| *other == row);
    let is_free = |at: usize, out: &Assignment| {
        let taken = out.rows.iter().any(|one| one.item == at);
        match items.get(at) {
            Some(Item::Record(record)) if !taken => {
                let filled = record.slots.iter().filter(|slot| slot.is_filled()).count();
                !record.run && (filled == WIDTH || (record.slots.len() == WIDTH && filled > 0))
            }
            _ => false,
        }
    };
    let mut anchors: Vec<(usize, usize)> = out
        .rows
        .iter()
        .filter_map(|one| Some((one.item, place(one.row)?)))
        .collect();
    anchors.sort_unstable();
    if !anchors.is_sorted_by_key(|(_, row)| *row) || anchors.is_empty() {
        return;
    }
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    let ends = anchors.iter().map(|anchor| Some(*anchor)).chain([None]);
    let mut from: Option<(usize, usize)> = None;
    for to in ends {
        let first_item = from.map_or(0, |(item, _)| item + 1);
        let last_item = to.map_or(out.end, |(item, _)| item);
        let first_row = from.map_or(0, |(_, row)| row + 1);
        let last_row = to.map_or(expected.len(), |(_, row)| row);
        let free: Vec<usize> = (first_item..last_item)
            .filter(|at| is_free(*at, out))
            .collect();
        let rows = expected.get(first_row..last_row).unwrap_or_default();
        if free.len() != rows.len() {
            // Not every row is there, or there are more: the order tells nothing.
            return;
        }
        found.extend(free.into_iter().zip(rows.iter().copied()));
        from = to;
    }
    for (item, row) in found {
        let line = match items.get(item) {
            Some(Item::Record(record)) => record.lines.0,
            _ => 0,
        };
        out.rows.push(Assigned {
            item,
            row,
            misprint: None,
            joined: false,
            line,
        });
        out.by_order = true;
    }
}
