//! Reconsideration and litigation: fifteen figures without a label of their own.

use statute::editions::CellKey;

use super::fit::{self, Fit, Geometry};
use super::line::Shape;
use super::record::{Item, Record, Slot};
use super::tables::{Draft, Source};
use super::troubles::Trouble;
use super::value::Value;
use crate::model::{Cell, Note};

/// Three tracks of five columns.
const WIDTH: usize = 15;

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
    let mut record: Option<(Record<'_>, Vec<Option<usize>>)> = None;
    for one in &records {
        if let Some(slots) = fit(one) {
            record = Some(((*one).clone(), slots));
            break;
        }
    }
    // Fifteen cells in several lines: a line for each track, or any other break.
    let record = record.or_else(|| {
        let parts: Vec<&&Record<'_>> = records
            .iter()
            .filter(|record| record.run || filled(record) >= 2)
            .collect();
        let (first, rest) = parts.split_first()?;
        let mut whole: Record<'_> = (**first).clone();
        for part in rest {
            whole.slots.extend(part.slots.iter().copied());
            whole.lines.1 = part.lines.1;
        }
        let slots = fit(&whole).or_else(|| leading(source, &whole))?;
        Some((whole, slots))
    });
    let (record, slots) = record?;
    Some(put(source, &record, &slots))
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
