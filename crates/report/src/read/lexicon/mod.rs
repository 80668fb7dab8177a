//! The words of the statutory tables: labels of rows, heads of columns, in every spelling met.

mod book;
mod nearly;
mod spellings;

use statute::editions::Edition;

use super::words::{self, is_key, key, key_chars, key_outside_brackets, mask};
use crate::words::{has, words};
use book::{BOOK, PRINTED};
use spellings::REQUEST_GROUPS;

pub(super) use book::rows;

/// A statutory table, whatever its edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// What was published on the office's own initiative.
    Disclosure,
    /// Requests received and handled.
    Requests,
    /// Reconsideration and litigation.
    Cases,
    /// The statistics of 2014.
    Statistics,
}

impl Kind {
    pub(super) const ALL: [Kind; 4] = [
        Kind::Disclosure,
        Kind::Requests,
        Kind::Cases,
        Kind::Statistics,
    ];

    /// The key of the table in the editions.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Kind::Disclosure => "t2",
            Kind::Requests => "t3",
            Kind::Cases => "t4",
            Kind::Statistics => "stats2014",
        }
    }
}

/// A row of a table, by its place in the order of both forms since 2019 taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowName {
    pub(super) kind: Kind,
    /// Key of the row in the editions.
    pub(super) row: &'static str,
    pub(super) at: usize,
}

/// What a piece of text means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The label of a row; several where the words occur more than once.
    Row {
        rows: &'static [RowName],
        misprint: bool,
    },
    /// The label of a group of rows.
    Group(Kind),
    /// Heads of columns; `clear` where they can be nothing else.
    Head { kind: Option<Kind>, clear: bool },
    /// Part of a label or head.
    Fragment,
    /// Nothing but an ordinal or marks.
    #[default]
    Blank,
    /// Words that the forms do not have, short enough to be the rest of something torn.
    Noise,
    /// Running text.
    Prose,
}

impl Meaning {
    /// The rows of a table that the text labels; none where it labels none of it.
    pub(super) fn rows(self, kind: Kind) -> impl Iterator<Item = RowName> + Clone {
        let rows = match self {
            Meaning::Row { rows, .. } => rows,
            _ => &[],
        };
        rows.iter().filter(move |row| row.kind == kind).copied()
    }

    /// Whether the text labels a row of the table.
    pub(super) fn is_row(self, kind: Kind) -> bool {
        self.rows(kind).next().is_some()
    }

    /// The row of the table that the text labels, where it can be no other.
    pub(super) fn only_row(self, kind: Kind) -> Option<RowName> {
        let mut rows = self.rows(kind);
        rows.next().filter(|_| rows.next().is_none())
    }

    /// Whether the text is a label that is known but for a character or two.
    pub(super) fn is_misprint(self) -> bool {
        matches!(self, Meaning::Row { misprint: true, .. })
    }
}

/// Text of one cell, or a piece of one, with what it means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) meaning: Meaning,
}

impl<'a> Word<'a> {
    /// A text with what it means.
    pub(super) fn of(text: &'a str) -> Word<'a> {
        Word {
            text,
            meaning: meaning(text),
        }
    }
}

/// What a piece of text means in the tables.
pub(super) fn meaning(text: &str) -> Meaning {
    // Nearly every cell is spelt as the form prints it.
    match PRINTED.get(text) {
        Some(known) => *known,
        None => look_up(text),
    }
}

fn look_up(text: &str) -> Meaning {
    let own = key(text);
    if own.is_empty() {
        return if text.chars().any(char::is_alphanumeric) && text.chars().count() > 16 {
            Meaning::Prose
        } else {
            Meaning::Blank
        };
    }
    if let Some(found) = known(&own) {
        return found;
    }
    if text.contains(['（', '(', '〔', '[']) {
        let bare = key_outside_brackets(text);
        if bare.chars().count() >= 2
            && let Some(found) = known(&bare)
        {
            return found;
        }
    }
    // The sets of characters rule out nearly every label at once.
    let own_mask = mask(&own);
    let holds =
        |(mask, label): &(u64, String)| own_mask & !mask == 0 && label.contains(own.as_str());
    if BOOK.hay.iter().any(holds) {
        return Meaning::Fragment;
    }
    let sentence = text.contains(['，', '。', '；', ';', '！', '？']);
    if sentence || text.chars().count() > 16 || own.chars().count() > 16 {
        Meaning::Prose
    } else {
        Meaning::Noise
    }
}

fn known(own: &str) -> Option<Meaning> {
    if let Some(found) = BOOK.labels.get(own) {
        return Some(found.meaning());
    }
    if own.chars().count() <= 60 {
        if has(own, words!["勾稽关系", "第一项加第二项", "第三项加第四项"]) {
            return Some(Meaning::Head {
                kind: Some(Kind::Requests),
                clear: true,
            });
        }
        // `（三）不予公开1.属于国家秘密` in one cell.
        for group in REQUEST_GROUPS {
            if let Some(rest) = own.strip_prefix(group)
                && let Some(found @ Meaning::Row { .. }) = known(rest)
            {
                return Some(found);
            }
        }
    }
    composed(own).or_else(|| nearly::label(own))
}

/// Text that is made of heads of columns and nothing else.
fn composed(own: &str) -> Option<Meaning> {
    let mut rest = own;
    let mut kind = None;
    let mut words = 0;
    while let Some(first) = rest.chars().next() {
        if BOOK.first & words::bit(first) == 0 {
            return None;
        }
        let (word, of) = BOOK
            .heads
            .iter()
            .find(|(word, _)| rest.starts_with(*word))?;
        rest = rest.get(word.len()..)?;
        kind = kind.or(*of);
        words += 1;
        if words > 40 {
            return None;
        }
    }
    if words == 0 {
        return None;
    }
    let clear = kind.is_some();
    // 结果维持 and the like run together in lines: `结果结果其他尚未`.
    let cases = kind.is_none() && words >= 3 && own.contains("结果");
    Some(Meaning::Head {
        kind: if cases { Some(Kind::Cases) } else { kind },
        clear: clear || cases,
    })
}

/// Whether a text is a label of a row of the table to the letter.
pub(super) fn is_label(text: &str, kind: Kind) -> bool {
    BOOK.labels.get(&key(text)).is_some_and(|label| {
        let found = label.meaning();
        found.is_row(kind) && !found.is_misprint()
    })
}

/// The one row of a table whose label a torn piece can only be part of.
pub(super) fn row_with(text: &str, kind: Kind) -> Option<RowName> {
    let own = key(text);
    if own.chars().count() < 5 {
        return None;
    }
    let mut found: Option<RowName> = None;
    for entry in &BOOK.entries {
        if !entry.key.contains(own.as_str()) {
            continue;
        }
        for row in entry.rows.iter().filter(|row| row.kind == kind) {
            if found.is_some_and(|other| other != *row) {
                return None;
            }
            found = Some(*row);
        }
    }
    // A piece that a group or a head of columns has as well says nothing.
    found.filter(|_| !BOOK.groups.contains(own.as_str()))
}

/// Whether a piece may stand among the pieces of a label without belonging to it: heads, groups,
/// their fragments, marks.
pub(super) fn may_skip(word: Word<'_>) -> bool {
    may_skip_word(word) || {
        // `三、本 无法提供`: the labels of two groups in one line.
        let text = word.text;
        let mut words = text.split_whitespace();
        text.contains(' ') && words.all(|text| may_skip_word(Word::of(text)))
    }
}

fn may_skip_word(word: Word<'_>) -> bool {
    match word.meaning {
        Meaning::Group(_) | Meaning::Head { .. } | Meaning::Blank => true,
        Meaning::Fragment | Meaning::Noise => is_of_group(word.text),
        Meaning::Row { rows, .. } => {
            rows.iter()
                .all(|row| matches!(row.row, "other" | "other.other" | "result_total"))
                && ["其他", "总计", "其他处理"]
                    .iter()
                    .any(|other| is_key(word.text, other))
        }
        Meaning::Prose => words::is_unit(word.text),
    }
}

/// Whether a short piece is part of the label of a group of requests.
pub(super) fn is_of_group(text: &str) -> bool {
    if text.len() > 20 {
        return false;
    }
    let own = key(text);
    (1..=4).contains(&own.chars().count())
        && REQUEST_GROUPS
            .iter()
            .any(|group| group.contains(own.as_str()))
}

/// Whether the text begins as a heading of a chapter: `四、政府信息公开…`.
pub(super) fn is_chapter(text: &str) -> bool {
    let text = text
        .trim_matches(super::line::is_space)
        .trim_start_matches(['#', ' ', '*']);
    let number = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(number);
    rest.len() < text.len() && rest.starts_with(['、', '.', '．', '是'])
}

/// Whether a label is longer than the two characters of 其他 and 总计, which head columns in every
/// table.
pub(super) fn is_long(text: &str) -> bool {
    key_chars(text).nth(2).is_some()
}
