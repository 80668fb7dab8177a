//! The lines of one table as records: values with the pieces of text around them.

use super::lexicon::{self, Kind, Meaning};
use super::line::{Line, Shape};
use super::region::is_page_mark;
use super::value::{self, Value};
use super::words;

/// A piece of a table in the order of reading.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// Words.
    Piece(Piece),
    /// Values.
    Record(Record),
}

/// Words that stand alone: a label or part of one, a head.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    /// The line, counted in the whole text.
    pub(super) line: usize,
}

/// Values that stand together.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The words before the values in the same line, in order.
    pub(super) own: Vec<String>,
    pub(super) slots: Vec<Slot>,
    pub(super) shape: Shape,
    /// Whether the values stand in lines of their own, one after another.
    pub(super) run: bool,
    /// Cells of the line before the first slot.
    pub(super) before: usize,
    /// The unit of measure beside the values.
    pub(super) unit: Option<String>,
    /// First and last line, counted in the whole text.
    pub(super) lines: (usize, usize),
}

/// A place for a value.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) text: String,
    pub(super) value: Value,
    /// Columns that it covers.
    pub(super) span: u16,
    /// Whether a cell of the row above covers it.
    pub(super) merged: bool,
}

impl Slot {
    /// Whether anything stands in it.
    pub(super) fn is_filled(&self) -> bool {
        !self.merged && self.value != Value::Empty
    }
}

/// More slots in a run are no row of any form.
const RUN: usize = 64;

/// The items of a table; `lines` gives each line with its number in the whole text.
pub(super) fn items<'a, 'b: 'a>(
    lines: impl Iterator<Item = (usize, &'a Line<'b>)>,
    kind: Kind,
) -> Vec<Item> {
    let mut items = Vec::new();
    for (at, line) in lines {
        if line.cells.is_empty() {
            continue;
        }
        let row = Row::of(line, kind);
        match row {
            Row::Words(texts) => {
                for text in texts {
                    if !is_page_mark(&text) && !is_remark(&mut items, &text) {
                        items.push(Item::Piece(Piece { text, line: at }));
                    }
                }
            }
            Row::Run(slots) => extend_run(&mut items, slots, line.shape, at),
            Row::Values {
                own,
                slots,
                before,
                unit,
            } => {
                if own.is_empty() {
                    drop_page_number(&mut items);
                }
                items.push(Item::Record(Record {
                    own,
                    slots,
                    shape: line.shape,
                    run: false,
                    before,
                    unit,
                    lines: (at, at),
                }));
            }
        }
    }
    items
}

/// A lone number between a label and a whole line of values is the number of a page.
fn drop_page_number(items: &mut Vec<Item>) {
    let lone = matches!(items.last(), Some(Item::Record(record))
        if record.run && record.shape == Shape::Plain && record.slots.len() == 1);
    if lone {
        items.pop();
    }
}

/// What a line holds.
enum Row {
    Words(Vec<String>),
    /// One value or empty cells alone, which may belong to the lines around.
    Run(Vec<Slot>),
    Values {
        own: Vec<String>,
        slots: Vec<Slot>,
        before: usize,
        unit: Option<String>,
    },
}

impl Row {
    fn of(line: &Line<'_>, kind: Kind) -> Row {
        let slots: Vec<Slot> = line
            .cells
            .iter()
            .map(|cell| Slot {
                value: value::parse(&cell.text),
                text: cell.text.clone().into_owned(),
                span: cell.span.max(1),
                merged: cell.merged,
            })
            .collect();
        let is_unit = |slot: &Slot| words::is_unit(&slot.text);
        let is_words = |slot: &Slot| slot.value == Value::Words && !is_unit(slot);
        let first_value = slots
            .iter()
            .position(|slot| slot.is_filled() && slot.value != Value::Words);
        let before_values = first_value.unwrap_or(slots.len());
        let is_label = |slot: &Slot| lexicon::rows_of(&slot.text, kind).is_some();
        let foreign = |slot: &Slot| {
            let meaning = lexicon::meaning(&slot.text);
            matches!(meaning, Meaning::Noise | Meaning::Prose)
        };
        let mut head = None;
        for (at, slot) in slots.iter().enumerate().take(before_values) {
            // Words of no form behind a label stand where a figure should.
            let instead = head
                .and_then(|head: usize| slots.get(head))
                .is_some_and(|head| is_label(head) && foreign(slot));
            if is_words(slot) && !instead {
                head = Some(at);
            }
        }
        let values = slots
            .iter()
            .filter(|slot| slot.is_filled() && slot.value != Value::Words)
            .count();
        let texts = || {
            slots
                .iter()
                .filter(|slot| is_words(slot))
                .map(|slot| slot.text.clone())
                .collect::<Vec<_>>()
        };
        let Some(head) = head else {
            if slots.iter().any(is_words) && values == 0 {
                return Row::Words(texts());
            }
            let slots: Vec<Slot> = slots.into_iter().filter(|slot| !is_unit(slot)).collect();
            return if line.shape != Shape::Grid && values <= 1 {
                Row::Run(slots)
            } else {
                Row::Values {
                    own: Vec::new(),
                    slots,
                    before: 0,
                    unit: None,
                }
            };
        };
        let labels_row = || {
            slots.get(head).is_some_and(|slot| {
                let bare = matches!(slot.text.as_str(), "其他" | "总计");
                !bare && lexicon::rows_of(&slot.text, kind).is_some()
            })
        };
        let room = head + 1 < slots.len();
        if values == 0 && !(room && line.shape != Shape::Plain && labels_row()) {
            return Row::Words(texts());
        }
        let mut own = Vec::new();
        let mut after = Vec::new();
        let mut unit = None;
        for (at, slot) in slots.into_iter().enumerate() {
            if at <= head {
                if is_words(&slot) {
                    own.push(slot.text);
                }
            } else if is_unit(&slot) {
                unit = Some(slot.text);
            } else {
                after.push(slot);
            }
        }
        Row::Values {
            own,
            slots: after,
            before: head + 1,
            unit,
        }
    }
}

/// Whether words are a remark on the value before them: `22` and in the next line
/// `（其中修订 16 件）`; it is then put beside it.
fn is_remark(items: &mut [Item], text: &str) -> bool {
    let Some(Item::Record(record)) = items.last_mut() else {
        return false;
    };
    let Some(remark) = value::bracketed(text).filter(|remark| !remark.is_empty()) else {
        return false;
    };
    if !record.run || !matches!(lexicon::meaning(text), Meaning::Noise | Meaning::Prose) {
        return false;
    }
    let last = record.slots.iter_mut().rev().find(|slot| slot.is_filled());
    match last.map(|slot| &mut slot.value) {
        Some(Value::Number(number)) if number.remark.is_none() => {
            number.remark = Some(remark.to_owned());
            true
        }
        _ => false,
    }
}

fn extend_run(items: &mut Vec<Item>, slots: Vec<Slot>, shape: Shape, at: usize) {
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
        slots,
        shape,
        run: true,
        before: 0,
        unit: None,
        lines: (at, at),
    }));
}
