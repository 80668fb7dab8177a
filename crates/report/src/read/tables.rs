//! The figures of the statutory tables.

use statute::editions::{CellKey, Edition, Row};

use super::assign::{self, Assigned, Assignment};
use super::fit::{self, Fit, Geometry};
use super::lexicon::Kind;
use super::line::{Line, Shape};
use super::record::{self, Item, Record, Slot};
use super::value::Value;
use super::{cases, troubles};
use crate::decimal::Decimal;
use crate::finding::Place;
use crate::model::{Cell, Note, OTHER_MERGED, OTHER_PARTS, Tables};
use crate::reading::Places;
use crate::words::first_chars;

/// What the tables of a text hold.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) tables: Tables,
    pub(super) cells: Places,
    pub(super) notes: Vec<Note>,
    pub(super) troubles: Vec<troubles::Trouble>,
    /// Whether labels were found whose values cannot be told.
    pub(super) refused: Vec<Kind>,
}

/// What one table gave, before it is accepted.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Each with its place among `places`.
    pub(super) cells: Vec<(CellKey, Cell, usize)>,
    pub(super) places: Vec<Place>,
    pub(super) notes: Vec<Note>,
    pub(super) troubles: Vec<troubles::Trouble>,
    /// Rows with a value or an empty cell that is theirs.
    pub(super) read: Vec<&'static str>,
}

impl Draft {
    /// Keeps the place of a row.
    pub(super) fn at(&mut self, place: Place) -> usize {
        self.places.push(place);
        self.places.len() - 1
    }
}

/// A table in the text.
pub(super) struct Source<'a, 'b> {
    pub(super) lines: &'a [Line<'b>],
    pub(super) edition: Edition,
    pub(super) kind: Kind,
    /// Whether the text ends within the table.
    pub(super) cut: bool,
}

/// Reads the tables of the regions.
pub(super) fn read(lines: &[Line<'_>], of: &[Option<Kind>], edition: Edition) -> Found {
    let mut found = Found {
        tables: Tables::default(),
        cells: Places::default(),
        notes: Vec::new(),
        troubles: Vec::new(),
        refused: Vec::new(),
    };
    let mut cells: Vec<(CellKey, Cell, usize)> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    let last = of
        .iter()
        .zip(lines)
        .rposition(|(of, line)| of.is_some() || !line.is_bare());
    for kind in Kind::ALL {
        if edition.table(kind.table()).is_none() || !of.contains(&Some(kind)) {
            continue;
        }
        let source = Source {
            lines,
            edition,
            kind,
            cut: last.is_some_and(|last| {
                let in_text = lines
                    .get(last)
                    .is_some_and(|line| line.shape != Shape::Grid);
                in_text && of.get(last) == Some(&Some(kind))
            }),
        };
        let mine = lines
            .iter()
            .enumerate()
            .zip(of)
            .filter(|(_, of)| **of == Some(kind))
            .map(|((at, line), _)| (at, line));
        let items = record::items(mine, kind);
        let draft = match kind {
            Kind::Cases => cases::read(&source, &items),
            _ => source.rows(&items),
        };
        match draft {
            Some(draft) => {
                let first = places.len();
                places.extend(draft.places);
                let moved = |(key, cell, place)| (key, cell, first + place);
                cells.extend(draft.cells.into_iter().map(moved));
                found.notes.extend(draft.notes);
                found.troubles.extend(draft.troubles);
            }
            None => found.refused.push(kind),
        }
    }
    // One sort is cheaper than two insertions a cell.
    cells.sort_by_key(|(key, ..)| *key);
    found.cells = Places::new(places, cells.iter().map(|(key, _, place)| (*key, *place)));
    found.tables = cells
        .into_iter()
        .map(|(key, cell, _)| (key, cell))
        .collect();
    found
}

impl Source<'_, '_> {
    /// A table with labelled rows; `None` where its cells cannot be told.
    fn rows(&self, items: &[Item<'_>]) -> Option<Draft> {
        let table = self.edition.table(self.kind.table())?;
        let expected: Vec<&'static str> = table.rows.iter().map(|row| row.key).collect();
        let assignment = assign::assign(items, self.kind, &expected);
        let mut draft = Draft::default();
        let mut geometry = Geometry::default();
        for (_, row, record) in self.assigned(items, &assignment) {
            geometry.learn(record, row.map_or(7, |row| row.columns.len()));
        }
        let end = items
            .iter()
            .rposition(|item| matches!(item, Item::Record(_)));
        for (one, row, record) in self.assigned(items, &assignment) {
            let cut = self.cut && end == Some(one.item);
            match row {
                Some(row) => self.fill(&mut draft, one, row, record, &geometry, cut, items),
                None => self.fill_merged_other(&mut draft, one, record, &geometry),
            }
        }
        let unread = assignment
            .seen
            .iter()
            .filter(|row| !draft.read.contains(row))
            .count();
        // The last label of a text that was cut has lost its values.
        let unread = unread.saturating_sub(usize::from(self.cut));
        if unread * 2 > assignment.seen.len().max(1) {
            return None;
        }
        troubles::of_rows(&mut draft, self, items, &assignment, &expected);
        Some(draft)
    }

    fn assigned<'i>(
        &self,
        items: &'i [Item<'i>],
        assignment: &'i Assignment,
    ) -> impl Iterator<Item = (&'i Assigned, Option<&'static Row>, &'i Record<'i>)> {
        let table = self.edition.table(self.kind.table());
        assignment.rows.iter().filter_map(move |one| {
            let Some(Item::Record(record)) = items.get(one.item) else {
                return None;
            };
            Some((one, table.and_then(|table| table.row(one.row)), record))
        })
    }

    #[allow(clippy::too_many_arguments, reason = "one call, all of it is needed")]
    fn fill(
        &self,
        draft: &mut Draft,
        one: &Assigned,
        row: &'static Row,
        record: &Record<'_>,
        geometry: &Geometry,
        cut: bool,
        items: &[Item<'_>],
    ) {
        let width = row.columns.len();
        let place = self.place(one.line.min(record.lines.0), record.lines.1);
        match fit::fit(record, width, geometry, cut) {
            Fit::Columns(mut slots) => {
                let whole = slots.iter().all(Option::is_some) && self.is_last(row);
                if cut && !whole {
                    self.forget_torn(record, &mut slots);
                }
                draft.read.push(row.key);
                self.put(draft, row, record, &slots, place, items);
            }
            Fit::Lone(at) => {
                // One value for merged cells: nought can only be the total of noughts; of another
                // figure nobody knows whose it is.
                let nought = record.slots.get(at).is_some_and(Slot::is_nought);
                let total = row.columns.iter().position(|column| column.key == "total");
                match total {
                    Some(total) if nought => {
                        let mut slots = vec![None; width];
                        if let Some(slot) = slots.get_mut(total) {
                            *slot = Some(at);
                        }
                        draft.read.push(row.key);
                        self.put(draft, row, record, &slots, place, items);
                    }
                    _ => unclear(draft, row, record, &place),
                }
            }
            Fit::Nothing => {
                if record.run {
                    return;
                }
                draft.read.push(row.key);
            }
            // The end of the text took the rest of the row.
            Fit::Unclear if cut => {}
            Fit::Unclear => unclear(draft, row, record, &place),
        }
    }

    fn is_last(&self, row: &Row) -> bool {
        let table = self.edition.table(self.kind.table());
        table.and_then(|table| table.rows.last()) == Some(row)
    }

    /// The last figure of a text that was cut may have lost digits; nought cannot.
    fn forget_torn(&self, record: &Record<'_>, slots: &mut [Option<usize>]) {
        let ends_in_digit = self
            .lines
            .get(record.lines.1)
            .is_some_and(|line| line.text.ends_with(|c: char| c.is_ascii_digit()));
        let Some(last) = record.slots.iter().rposition(|slot| slot.is_filled()) else {
            return;
        };
        let nought = record.slots.get(last).is_some_and(Slot::is_nought);
        if ends_in_digit && !nought {
            for slot in slots.iter_mut().filter(|slot| **slot == Some(last)) {
                *slot = None;
            }
        }
    }

    /// Puts the values of a row into its cells.
    pub(super) fn put(
        &self,
        draft: &mut Draft,
        row: &Row,
        record: &Record<'_>,
        slots: &[Option<usize>],
        place: Place,
        items: &[Item<'_>],
    ) {
        let at = draft.at(place);
        for (column, slot) in row.columns.iter().zip(slots) {
            let key = CellKey::new(self.kind.table(), row.key, column.key);
            let Some(slot) = slot.and_then(|at| record.slots.get(at)) else {
                continue;
            };
            let cell = match &slot.cell.value {
                Value::Empty | Value::Mark => continue,
                Value::Words => Cell::Unreadable(slot.text().to_owned()),
                Value::Number(number) => {
                    let wan = column.measure == "万元";
                    let yuan = wan && (says_yuan(items, record) || heads_say_yuan(items, row.key));
                    match number.figure(wan, yuan, column.signed) {
                        Some((figure, converted)) => {
                            if converted {
                                draft.notes.push(Note {
                                    cell: Some(key),
                                    text: format!("原文为“{}”", slot.text()),
                                });
                            }
                            if let Some(remark) = slot.remark() {
                                draft.notes.push(Note {
                                    cell: Some(key),
                                    text: remark.to_owned(),
                                });
                            }
                            Cell::Number(figure)
                        }
                        None => Cell::Unreadable(slot.text().to_owned()),
                    }
                }
            };
            if let Cell::Unreadable(text) = &cell {
                draft.troubles.push(troubles::Trouble::Cell {
                    key,
                    text: text.clone(),
                    place: draft.places.get(at).cloned().unwrap_or_default(),
                });
            }
            draft.cells.push((key, cell, at));
        }
    }

    /// （六）其他处理 as one row in the form that has three: where it is nought, so are the three.
    fn fill_merged_other(
        &self,
        draft: &mut Draft,
        one: &Assigned,
        record: &Record<'_>,
        geometry: &Geometry,
    ) {
        let Some(table) = self.edition.table(self.kind.table()) else {
            return;
        };
        let rows: Vec<&Row> = OTHER_PARTS
            .iter()
            .filter_map(|part| table.row(part))
            .collect();
        let Some(columns) = rows.first().map(|row| &row.columns) else {
            return;
        };
        let place = self.place(one.line.min(record.lines.0), record.lines.1);
        let Fit::Columns(slots) = fit::fit(record, columns.len(), geometry, false) else {
            return;
        };
        let at = draft.at(place.clone());
        for (column, slot) in columns.iter().zip(slots) {
            let slot = slot.and_then(|at| record.slots.get(at));
            match slot.map(|slot| &slot.cell.value) {
                Some(Value::Number(number)) if number.micros == 0 => {
                    for row in &rows {
                        let key = CellKey::new(self.kind.table(), row.key, column.key);
                        let cell = Cell::Number(Decimal::ZERO);
                        draft.cells.push((key, cell, at));
                    }
                }
                Some(Value::Number(number)) => {
                    // The sums of the table count it.
                    if let Some((figure, false)) = number.figure(false, false, false) {
                        let key = CellKey::new(self.kind.table(), OTHER_MERGED, column.key);
                        draft.cells.push((key, Cell::Number(figure), at));
                    }
                    draft.notes.push(Note {
                        cell: None,
                        text: format!(
                            "“（六）其他处理”合为一行，{}为 {}",
                            column.label,
                            slot.map_or("", Slot::text)
                        ),
                    });
                }
                _ => {}
            }
        }
        draft.read.push("other");
        draft
            .troubles
            .push(troubles::Trouble::OtherMerged { place });
    }

    /// Where lines stand, with the lines themselves as the quote.
    pub(super) fn place(&self, first: usize, last: usize) -> Place {
        let at = self
            .lines
            .get(first)
            .map(|line| line.place)
            .unwrap_or_default();
        let mut quote = String::new();
        for line in self.lines.get(first..=last).unwrap_or_default() {
            if line.is_bare() {
                continue;
            }
            if !quote.is_empty() {
                quote.push('\n');
            }
            quote.push_str(line.text.trim());
            if quote.len() > 800 {
                break;
            }
        }
        Place {
            page: at.page,
            line: at.line,
            quote: (!quote.is_empty()).then(|| first_chars(&quote, 200).to_owned()),
            ..Place::default()
        }
    }
}

fn unclear(draft: &mut Draft, row: &Row, record: &Record<'_>, place: &Place) {
    draft.troubles.push(troubles::Trouble::Row {
        label: row.label,
        wanted: row.columns.len(),
        values: record
            .slots
            .iter()
            .filter(|slot| slot.is_filled())
            .map(|slot| slot.text().to_owned())
            .collect(),
        place: place.clone(),
    });
}

/// Whether the unit beside the values is 元, and not the rest of 万元 that a narrow column cut.
fn says_yuan(items: &[Item<'_>], record: &Record<'_>) -> bool {
    let above = |line: usize| line < record.lines.0 && line + 3 >= record.lines.0;
    let cut = items.iter().any(|item| match item {
        Item::Piece(piece) => piece.word.text == "万" && above(piece.line),
        Item::Record(_) => false,
    });
    record.unit == Some("元") && !cut
}

/// Whether the head of an amount was changed from 万元 to 元.
fn heads_say_yuan(items: &[Item<'_>], row: &str) -> bool {
    let words = match row {
        "fee" => "收费金额",
        "procurement" => "采购总金额",
        _ => return false,
    };
    let says = |text: &str| text.contains(words) && text.contains('元') && !text.contains('万');
    items.iter().any(|item| match item {
        Item::Piece(piece) => says(piece.word.text),
        Item::Record(_) => false,
    })
}
