//! The lines of one table as records: values with the pieces of text around them.

use super::lexicon::{Kind, Meaning, Word};
use super::line::{Cell, Line, Shape};
use super::region::is_page_mark;
use super::value::{self, Value};
use super::words;

/// A piece of a table in the order of reading.
#[derive(Debug, Clone)]
pub(super) enum Item<'a> {
    /// Words.
    Piece(Piece<'a>),
    /// Values.
    Record(Record<'a>),
}

/// Words that stand alone: a label or part of one, a head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) word: Word<'a>,
    /// The line, counted in the whole text.
    pub(super) line: usize,
}

/// Values that stand together.
#[derive(Debug, Clone)]
pub(super) struct Record<'a> {
    /// The words before the values in the same line, in order.
    pub(super) own: Vec<Word<'a>>,
    pub(super) slots: Vec<Slot<'a>>,
    pub(super) shape: Shape,
    /// Whether the values stand in lines of their own, one after another.
    pub(super) run: bool,
    /// Cells of the line before the first slot.
    pub(super) before: usize,
    /// The unit of measure beside the values.
    pub(super) unit: Option<&'a str>,
    /// First and last line, counted in the whole text.
    pub(super) lines: (usize, usize),
}

impl<'a> Record<'a> {
    /// What stands in it, as it is written.
    pub(super) fn figures(&self) -> Vec<&'a str> {
        let filled = self.slots.iter().filter(|slot| slot.is_filled());
        filled.map(Slot::text).collect()
    }
}

/// A place for a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot<'a> {
    pub(super) cell: &'a Cell<'a>,
    /// A remark on the value that stands in the next line.
    below: Option<&'a str>,
}

impl<'a> Slot<'a> {
    /// Whether anything stands in it.
    pub(super) fn is_filled(&self) -> bool {
        !self.cell.merged && !matches!(self.cell.value, Value::Empty)
    }

    pub(super) fn text(&self) -> &'a str {
        &self.cell.text
    }

    /// Columns that it covers.
    pub(super) fn span(&self) -> u16 {
        self.cell.span.max(1)
    }

    /// Whether the number nought stands in it.
    pub(super) fn is_nought(&self) -> bool {
        matches!(&self.cell.value, Value::Number(number) if number.micros == 0)
    }

    /// What is remarked on the number in it.
    pub(super) fn remark(&self) -> Option<&'a str> {
        match &self.cell.value {
            Value::Number(number) => number.remark.as_deref().or(self.below),
            _ => None,
        }
    }
}

/// More slots in a run are no row of any form.
const RUN: usize = 64;

/// The items of a table; `lines` gives each line with its number in the whole text.
pub(super) fn items<'a, 'b: 'a>(
    lines: impl Iterator<Item = (usize, &'a Line<'b>)>,
    kind: Kind,
) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    for (at, line) in lines {
        if line.cells.is_empty() {
            continue;
        }
        match Row::of(line, kind) {
            Row::Words => {
                for cell in line.cells.iter().filter(|cell| cell.is_words()) {
                    let word = cell.word();
                    if !is_page_mark(word.text) && !is_remark(&mut items, word) {
                        items.push(Item::Piece(Piece { word, line: at }));
                    }
                }
            }
            Row::Run => {
                let slots = slots(&line.cells).filter(|slot| !words::is_unit(slot.text()));
                extend_run(&mut items, slots, line.shape, at);
            }
            Row::Values { before } => {
                let (head, values) = line.cells.split_at_checked(before).unwrap_or_default();
                let own: Vec<Word> = head
                    .iter()
                    .filter(|cell| cell.is_words())
                    .map(Cell::word)
                    .collect();
                if own.is_empty() {
                    drop_page_number(&mut items);
                }
                let is_unit = |slot: &Slot| words::is_unit(slot.text());
                let unit = slots(values).filter(is_unit).last();
                items.push(Item::Record(Record {
                    own,
                    slots: slots(values).filter(|slot| !is_unit(slot)).collect(),
                    shape: line.shape,
                    run: false,
                    before,
                    unit: unit.filter(|_| before > 0).map(|slot| slot.text()),
                    lines: (at, at),
                }));
            }
        }
    }
    items
}

fn slots<'a, 'b: 'a>(cells: &'a [Cell<'b>]) -> impl Iterator<Item = Slot<'a>> {
    cells.iter().map(|cell| Slot { cell, below: None })
}

/// A lone number between a label and a whole line of values is the number of a page.
fn drop_page_number(items: &mut Vec<Item<'_>>) {
    let lone = matches!(items.last(), Some(Item::Record(record))
        if record.run && record.shape == Shape::Plain && record.slots.len() == 1);
    if lone {
        items.pop();
    }
}

/// What a line holds.
enum Row {
    Words,
    /// One value or empty cells alone, which may belong to the lines around.
    Run,
    /// Values behind so many cells.
    Values {
        before: usize,
    },
}

impl Row {
    fn of(line: &Line<'_>, kind: Kind) -> Row {
        let cells = line.cells.as_slice();
        let is_value =
            |cell: &Cell| !cell.merged && !matches!(cell.value, Value::Empty | Value::Words);
        let before_values = cells.iter().position(is_value).unwrap_or(cells.len());
        let is_foreign = |cell: &Cell| matches!(cell.meaning, Meaning::Noise | Meaning::Prose);
        let mut head: Option<(usize, &Cell)> = None;
        for (at, cell) in cells.iter().enumerate().take(before_values) {
            // Words of no form behind a label stand where a figure should.
            let instead =
                head.is_some_and(|(_, head)| head.meaning.is_row(kind) && is_foreign(cell));
            if cell.is_words() && !instead {
                head = Some((at, cell));
            }
        }
        let values = cells.iter().filter(|cell| is_value(cell)).count();
        let Some((at, head)) = head else {
            if values == 0 && cells.iter().any(Cell::is_words) {
                return Row::Words;
            }
            return if line.shape != Shape::Grid && values <= 1 {
                Row::Run
            } else {
                Row::Values { before: 0 }
            };
        };
        let labels_row = || {
            let bare = matches!(&*head.text, "其他" | "总计");
            !bare && head.meaning.is_row(kind)
        };
        let room = at + 1 < cells.len();
        if values == 0 && !(room && line.shape != Shape::Plain && labels_row()) {
            return Row::Words;
        }
        Row::Values { before: at + 1 }
    }
}

/// Whether words are a remark on the value before them: `22` and in the next line
/// `（其中修订 16 件）`; it is then put beside it.
fn is_remark<'a>(items: &mut [Item<'a>], word: Word<'a>) -> bool {
    let Some(Item::Record(record)) = items.last_mut() else {
        return false;
    };
    let Some(remark) = value::bracketed(word.text).filter(|remark| !remark.is_empty()) else {
        return false;
    };
    if !record.run || !matches!(word.meaning, Meaning::Noise | Meaning::Prose) {
        return false;
    }
    let mut last = record.slots.iter_mut().rev();
    let Some(last) = last.find(|slot| slot.is_filled()) else {
        return false;
    };
    let free = matches!(last.cell.value, Value::Number(_)) && last.remark().is_none();
    if free {
        last.below = Some(remark);
    }
    free
}

fn extend_run<'a>(
    items: &mut Vec<Item<'a>>,
    slots: impl Iterator<Item = Slot<'a>>,
    shape: Shape,
    at: usize,
) {
    if let Some(Item::Record(record)) = items.last_mut()
        && record.run
        && record.slots.len() < RUN
    {
        record.slots.extend(slots);
        record.lines.1 = at;
        if shape == Shape::Bars {
            record.shape = shape;
        }
        return;
    }
    items.push(Item::Record(Record {
        own: Vec::new(),
        slots: slots.collect(),
        shape,
        run: true,
        before: 0,
        unit: None,
        lines: (at, at),
    }));
}
