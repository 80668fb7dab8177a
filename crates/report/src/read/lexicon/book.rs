//! All words of the forms, prepared for looking them up.

use std::collections::HashMap;
use std::sync::LazyLock;

use statute::editions::SlotContent;

use super::super::words::{UNITS, bit, key, key_outside_brackets, mask};
use super::spellings::{HEADS, MISPRINTS, REQUEST_GROUPS, SPELLINGS};
use super::{Edition, Kind, Meaning, RowName};

/// A label of rows, for comparison with what is nearly the same.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) mask: u64,
    pub(super) length: usize,
    pub(super) rows: Vec<RowName>,
}

/// What a key is the label of.
pub(super) enum Label {
    Row { rows: Vec<RowName>, misprint: bool },
    Group(Kind),
}

impl Label {
    pub(super) fn meaning(&'static self) -> Meaning {
        match self {
            Label::Row { rows, misprint } => Meaning::Row {
                rows,
                misprint: *misprint,
            },
            Label::Group(kind) => Meaning::Group(*kind),
        }
    }
}

/// The words of all forms.
#[derive(Default)]
pub(super) struct Book {
    /// By their keys.
    pub(super) labels: HashMap<String, Label>,
    pub(super) entries: Vec<Entry>,
    /// All labels and heads with the set of their characters, for fragments.
    pub(super) hay: Vec<(u64, String)>,
    /// Labels of groups, for pieces that may be passed over.
    pub(super) groups: String,
    /// The longest first, so that they are found first.
    pub(super) heads: Vec<(&'static str, Option<Kind>)>,
    /// The characters that heads begin with.
    pub(super) first: u64,
}

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(build);

/// What the cells of the forms mean, as the forms print them.
pub(super) static PRINTED: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let slots = Edition::ALL
        .iter()
        .flat_map(|edition| Kind::ALL.map(|kind| edition.table(kind.table())))
        .flatten()
        .flat_map(|table| {
            let labels = table.rows.iter().map(|row| row.label);
            let slots = table.lines.iter().flatten();
            labels.chain(slots.filter_map(|slot| match slot.content {
                SlotContent::Head(text) | SlotContent::Text(text) => Some(text),
                SlotContent::Figure(_) => None,
            }))
        });
    slots
        .chain(UNITS)
        .map(|text| (text, super::look_up(text)))
        .collect()
});

/// The rows of a table in order: of both forms since 2019 taken together.
pub(in super::super) fn rows(kind: Kind) -> &'static [&'static str] {
    static ROWS: LazyLock<[Vec<&'static str>; 4]> = LazyLock::new(|| Kind::ALL.map(ordered));
    let at = Kind::ALL.iter().position(|other| *other == kind);
    at.and_then(|at| ROWS.get(at)).map_or(&[], Vec::as_slice)
}

fn ordered(kind: Kind) -> Vec<&'static str> {
    let of = |edition: Edition| {
        let table = edition.table(kind.table());
        table
            .map(|table| table.rows.iter().map(|row| row.key).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    match kind {
        Kind::Statistics => of(Edition::Stats2014),
        Kind::Cases => of(Edition::Format2021),
        Kind::Disclosure | Kind::Requests => {
            let mut all = of(Edition::Format2021);
            let older = of(Edition::Trial2019);
            // Each row that only the older form has stands behind the one before it there.
            for (at, row) in older.iter().enumerate() {
                if all.contains(row) {
                    continue;
                }
                let before = at.checked_sub(1).and_then(|at| older.get(at));
                let place = before
                    .and_then(|before| all.iter().position(|other| other == before))
                    .map_or(0, |place| place + 1);
                all.insert(place, row);
            }
            all
        }
    }
}

fn build() -> Book {
    let mut book = Book::default();
    for kind in [Kind::Disclosure, Kind::Requests, Kind::Statistics] {
        for edition in [Edition::Format2021, Edition::Trial2019, Edition::Stats2014] {
            let Some(table) = edition.table(kind.table()) else {
                continue;
            };
            for row in &table.rows {
                book.label(kind, row.key, row.label, false);
                let bare = key_outside_brackets(row.label);
                book.label(kind, row.key, &bare, false);
                if let Some(rest) = bare.strip_prefix("其中") {
                    book.label(kind, row.key, rest, false);
                }
            }
        }
    }
    // 其他处理 is a row in one form and a group in the other: labels of rows come first.
    for kind in [Kind::Disclosure, Kind::Requests, Kind::Statistics] {
        for table in Edition::ALL
            .iter()
            .filter_map(|edition| edition.table(kind.table()))
        {
            let rows: Vec<String> = table.rows.iter().map(|row| key(row.label)).collect();
            for slot in table.lines.iter().flatten() {
                let SlotContent::Head(text) = slot.content else {
                    continue;
                };
                let key = key(text);
                if !rows.contains(&key) && !HEADS.iter().any(|(head, _)| *head == key) {
                    book.group(kind, &key);
                }
            }
        }
    }
    for (list, misprint) in [(SPELLINGS, false), (MISPRINTS, true)] {
        for (kind, row, label) in list {
            book.label(*kind, row, label, misprint);
        }
    }
    for group in REQUEST_GROUPS {
        book.group(Kind::Requests, group);
    }
    for (head, kind) in HEADS {
        book.hay.push((mask(head), (*head).to_owned()));
        if let Some(first) = head.chars().next() {
            book.first |= bit(first);
        }
        book.heads.push((head, *kind));
    }
    book.heads
        .sort_by_key(|(head, _)| std::cmp::Reverse(head.chars().count()));
    book
}

impl Book {
    fn label(&mut self, kind: Kind, row: &'static str, label: &str, misprint: bool) {
        let key = key(label);
        let Some(at) = rows(kind).iter().position(|other| *other == row) else {
            return;
        };
        let name = RowName { kind, row, at };
        let entry = self
            .labels
            .entry(key.clone())
            .or_insert_with(|| Label::Row {
                rows: Vec::new(),
                misprint,
            });
        if let Label::Row { rows, .. } = entry {
            if rows.contains(&name) {
                return;
            }
            rows.push(name);
        }
        self.hay.push((mask(&key), key.clone()));
        match self.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.rows.push(name),
            None => self.entries.push(Entry {
                mask: mask(&key),
                length: key.chars().count(),
                rows: vec![name],
                key,
            }),
        }
    }

    fn group(&mut self, kind: Kind, key: &str) {
        self.hay.push((mask(key), key.to_owned()));
        self.groups.push_str(key);
        self.groups.push('\n');
        self.labels
            .entry(key.to_owned())
            .or_insert(Label::Group(kind));
    }
}
