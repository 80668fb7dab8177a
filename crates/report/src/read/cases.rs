//! Reconsideration and litigation: fifteen figures without a label of their own.

use statute::editions::CellKey;

use super::fit::{self, Fit, Geometry};
use super::line::Shape;
use super::record::{Item, Record, Slot};
use super::tables::{Draft, Source};
use super::troubles::{self, Trouble};
use super::value::Value;
use crate::model::{Cell, Note};

/// Columns of a track.
const TRACK: usize = 5;
/// Three tracks.
const WIDTH: usize = 3 * TRACK;

/// Reads the table; `None` where its cells cannot be told.
pub(super) fn read(source: &Source<'_, '_>, items: &[Item<'_>]) -> Option<Draft> {
    let records: Vec<&Record<'_>> = items
        .iter()
        .filter_map(|item| match item {
            Item::Record(record) => Some(record),
            Item::Piece(_) => None,
        })
        .collect();
    let filled = |record: &Record| record.slots.iter().filter(|slot| slot.is_filled()).count();
    if records.iter().all(|record| filled(record) == 0) {
        // An empty form has empty cells; labels without any cell can still be a table that was lost.
        let empty = records.iter().any(|record| record.slots.len() >= WIDTH);
        return (empty || source.cut).then(Draft::default);
    }
    let geometry = Geometry::default();
    // Without a label nothing tells where the cells begin: there must be just as many.
    let fit = |record: &Record| match fit::fit(record, WIDTH, &geometry, false) {
        Fit::Columns(slots)
            if record.shape == Shape::Grid
                || (record.slots.len() == WIDTH && !source.cut)
                || filled(record) == WIDTH =>
        {
            Some(slots)
        }
        _ => None,
    };
    let mut fitting = records.iter().filter_map(|one| Some((*one, fit(one)?)));
    if let Some((first, slots)) = fitting.next() {
        let mut draft = put(source, first, &slots);
        if let Some((second, _)) = fitting.next() {
            let twice = troubles::twice(source, "", first, second);
            draft.troubles.push(twice);
        }
        return Some(draft);
    }
    // Fifteen cells in several lines: a line for each track, or any other break.
    let parts: Vec<&Record<'_>> = records
        .into_iter()
        .filter(|record| record.run || filled(record) >= 2)
        .collect();
    let whole = joined(&parts)?;
    if let Some(slots) = fit(&whole).or_else(|| leading(source, &whole)) {
        return Some(put(source, &whole, &slots));
    }
    // What is empty before the first figure stands among the heads.
    let begin = parts.iter().position(|record| filled(record) > 0)?;
    let whole = joined(parts.get(begin..)?)?;
    let slots = balanced(source, &whole)?;
    Some(put(source, &whole, &slots))
}

/// Records as one.
fn joined<'i>(parts: &[&Record<'i>]) -> Option<Record<'i>> {
    let (first, rest) = parts.split_first()?;
    let mut whole = (*first).clone();
    for part in rest {
        whole.slots.extend(part.slots.iter().copied());
        whole.lines.1 = part.lines.1;
    }
    Some(whole)
}

/// Of more than fifteen cells between bars those fifteen beside which every track with a figure has
/// the total of its figures; none where other fifteen have as well. The rest are empty: bars at the
/// beginning or end of a row.
fn balanced(source: &Source<'_, '_>, record: &Record<'_>) -> Option<Vec<Option<usize>>> {
    let slots = record.slots.as_slice();
    let first = slots.iter().position(Slot::is_filled)?;
    let last = slots.iter().rposition(Slot::is_filled)?;
    let room = slots.len().checked_sub(WIDTH)?;
    if source.cut || record.shape != Shape::Bars {
        return None;
    }
    let begins = (last + 1).saturating_sub(WIDTH)..=first.min(room);
    let mut found = begins.filter(|begin| {
        let cells = slots.get(*begin..begin + WIDTH).unwrap_or_default();
        cells.chunks(TRACK).all(is_balanced)
    });
    let begin = found.next().filter(|_| found.next().is_none())?;
    Some((begin..begin + WIDTH).map(Some).collect())
}

/// Whether the last cell of a track is the sum of those before it, or nothing stands in any.
fn is_balanced(track: &[Slot<'_>]) -> bool {
    if !track.iter().any(Slot::is_filled) {
        return true;
    }
    let Some((total, parts)) = track.split_last() else {
        return false;
    };
    let number = |slot: &Slot<'_>| match &slot.cell.value {
        Value::Number(number) => Some(number.micros),
        Value::Empty => Some(0),
        Value::Mark | Value::Words => None,
    };
    let sum = parts.iter().map(number).sum::<Option<i128>>();
    total.is_filled() && number(total).is_some() && number(total) == sum
}

/// The figures at the beginning of a line that the end of the text cut.
fn leading(source: &Source<'_, '_>, record: &Record<'_>) -> Option<Vec<Option<usize>>> {
    let plain = record.slots.iter().all(Slot::is_filled);
    if !source.cut || !plain || record.slots.len() >= WIDTH {
        return None;
    }
    // The last one may itself be cut.
    let whole = record.slots.len().saturating_sub(1);
    Some((0..WIDTH).map(|at| (at < whole).then_some(at)).collect())
}

fn put(source: &Source<'_, '_>, record: &Record<'_>, slots: &[Option<usize>]) -> Draft {
    let mut draft = Draft::default();
    let place = source.place(record.lines.0, record.lines.1);
    let Some(table) = source.edition.table(source.kind.table()) else {
        return draft;
    };
    let at = draft.at(place.clone());
    let keys = table.rows.iter().flat_map(|row| {
        row.columns
            .iter()
            .map(|column| CellKey::new(table.key, row.key, column.key))
    });
    for (key, slot) in keys.zip(slots) {
        let Some(slot) = slot.and_then(|at| record.slots.get(at)) else {
            continue;
        };
        let unreadable = || Cell::Unreadable(slot.text().to_owned());
        let cell = match &slot.cell.value {
            Value::Empty | Value::Mark => continue,
            Value::Words => unreadable(),
            Value::Number(number) => match number.figure(false, false, false) {
                Some((figure, _)) => {
                    if let Some(remark) = slot.remark() {
                        draft.notes.push(Note {
                            cell: Some(key),
                            text: remark.to_owned(),
                        });
                    }
                    Cell::Number(figure)
                }
                None => unreadable(),
            },
        };
        if let Cell::Unreadable(text) = &cell {
            draft.troubles.push(Trouble::Cell {
                key,
                text: text.clone(),
                place: place.clone(),
            });
        }
        draft.cells.push((key, cell, at));
    }
    draft
}
