//! Which value of a record belongs to which column. Nothing is guessed.

use super::line::Shape;
use super::record::{Record, Slot};

/// How the values of a record stand in the columns of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fit {
    /// For each column the slot, or none where nothing stands or nothing can be told.
    Columns(Vec<Option<usize>>),
    /// One value for the whole row, from merged cells.
    Lone(usize),
    /// No value at all.
    Nothing,
    /// There are values, but not which column they belong to.
    Unclear,
}

/// What complete rows of a table tell about the place of the values.
#[derive(Debug, Clone, Default)]
pub(super) struct Geometry {
    rows: Vec<Seen>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Empty cells between label and values.
    gap: usize,
    /// Cells of the line before the values.
    start: usize,
    /// Cells of the line.
    length: usize,
}

impl Geometry {
    /// Learns from a record that has a value for each of its columns.
    pub(super) fn learn(&mut self, record: &Record<'_>, width: usize) {
        if record.run || record.shape == Shape::Plain || width < 2 {
            return;
        }
        let filled = filled(record);
        let (Some(first), Some(last)) = (filled.first(), filled.last()) else {
            return;
        };
        if filled.len() == width && last - first + 1 == width {
            self.rows.push(Seen {
                gap: *first,
                start: record.before + first,
                length: record.before + record.slots.len(),
            });
        }
    }

    /// Where the values of a record begin among its slots.
    fn start(&self, record: &Record<'_>) -> Option<usize> {
        let length = record.before + record.slots.len();
        let mut alike = self.rows.iter().filter(|row| row.length == length);
        let one = |values: &mut dyn Iterator<Item = usize>| {
            let first = values.next()?;
            let mut rest = values;
            Iterator::all(&mut rest, |value| value == first).then_some(first)
        };
        let absolute = one(&mut alike.by_ref().map(|row| row.start))
            .and_then(|start| start.checked_sub(record.before));
        let relative = one(&mut self.rows.iter().map(|row| row.gap));
        match (absolute, relative) {
            (Some(absolute), Some(relative)) => (absolute == relative).then_some(absolute),
            (absolute, relative) => absolute.or(relative),
        }
    }
}

fn filled(record: &Record<'_>) -> Vec<usize> {
    let slots = record.slots.iter().enumerate();
    slots
        .filter(|(_, slot)| slot.is_filled())
        .map(|(at, _)| at)
        .collect()
}

/// Fits a record to a row of `width` columns. `cut` says that the text ends behind the record.
pub(super) fn fit(record: &Record<'_>, width: usize, geometry: &Geometry, cut: bool) -> Fit {
    let slots = &record.slots;
    let filled = filled(record);
    if filled.is_empty() {
        return Fit::Nothing;
    }
    let all = |places: Vec<usize>| Fit::Columns(places.into_iter().map(Some).collect());
    let plain_cells = slots
        .iter()
        .all(|slot| slot.span() == 1 && !slot.cell.merged);
    // A row that was cut may have as many cells by chance.
    let in_place = !cut || filled.first() == Some(&0);
    if slots.len() == width && in_place && (plain_cells || record.shape != Shape::Grid) {
        return all((0..width).collect());
    }
    if width == 1 {
        // A merged value may be repeated for each of the columns that it covers.
        let first = filled.first().and_then(|at| slots.get(*at));
        let same = |slot: &Slot| first.map(Slot::text) == Some(slot.text());
        let repeated = slots.iter().filter(|slot| slot.is_filled()).all(same);
        return match filled.as_slice() {
            [one] => all(vec![*one]),
            [one, ..] if repeated && record.shape != Shape::Plain && !record.run => all(vec![*one]),
            _ => Fit::Unclear,
        };
    }
    if record.shape == Shape::Grid
        && !plain_cells
        && let Some(fit) = merged(slots, width)
    {
        return fit;
    }
    if filled.len() == width {
        return all(filled);
    }
    if filled.len() > width {
        // Merged labels shift the values of a line to the right: the last ones count.
        let separated = record.shape != Shape::Plain && !record.run;
        let last = filled.get(filled.len() - width..).unwrap_or_default();
        return if separated && filled.len() <= width + 2 {
            all(last.to_vec())
        } else {
            Fit::Unclear
        };
    }
    fewer(record, width, geometry, cut, &filled)
}

/// Cells of a table of the file that cover several columns or rows.
fn merged(slots: &[Slot<'_>], width: usize) -> Option<Fit> {
    let own: Vec<usize> = (0..slots.len())
        .filter(|at| slots.get(*at).is_some_and(|slot| !slot.cell.merged))
        .collect();
    let columns: usize = slots.iter().map(|slot| usize::from(slot.span())).sum();
    if own.len() == width && columns != width {
        // More columns in the grid than in the form, one cell for each of the form's.
        return Some(Fit::Columns(own.into_iter().map(Some).collect()));
    }
    if columns != width {
        return None;
    }
    let mut places = Vec::with_capacity(width);
    for (at, slot) in slots.iter().enumerate() {
        let wide = usize::from(slot.span());
        if wide == width && slot.is_filled() {
            return Some(Fit::Lone(at));
        }
        // What one value says for several columns is not known.
        let single = wide == 1 && !slot.cell.merged;
        places.extend(std::iter::repeat_n(single.then_some(at), wide));
    }
    Some(Fit::Columns(places))
}

/// Fewer values than columns: their places must tell.
fn fewer(
    record: &Record<'_>,
    width: usize,
    geometry: &Geometry,
    cut: bool,
    filled: &[usize],
) -> Fit {
    let room = record.slots.len();
    let has_empty = room > filled.len();
    let shown = if record.run || record.shape == Shape::Plain {
        None
    } else {
        geometry.start(record)
    };
    let start = shown.or_else(|| match (record.run, record.shape) {
        // Values in lines of their own begin behind the label.
        (true, _) => (room >= width || cut).then_some(0),
        (false, Shape::Plain) => cut.then_some(0),
        // Cut, but the first value stands right behind the label.
        (false, _) => (cut && filled.first() == Some(&0)).then_some(0),
    });
    let lone = |filled: &[usize]| match filled {
        [only] if !cut => Fit::Lone(*only),
        _ => Fit::Unclear,
    };
    let Some(start) = start else {
        return lone(filled);
    };
    let inside = filled.iter().all(|at| *at >= start && *at < start + width);
    let whole = room >= start + width;
    if !inside || (!whole && !cut) {
        return lone(filled);
    }
    // One value among empty cells may be that of merged cells, unless other rows show the columns.
    if let [only] = filled
        && *only != start + width - 1
        && record.shape != Shape::Grid
        && shown.is_none()
        && has_empty
    {
        return lone(filled);
    }
    let columns = (start..start + width).map(|at| (at < room).then_some(at));
    Fit::Columns(columns.collect())
}
