//! Numbers that probably mean a cell and differ from it, judged when the whole text was read.
//!
//! What words name a cell only perhaps is not accused on its own. It is where numbers beside it, in
//! the same sentence, agree with their cells, and no other number of the text agrees with its cell.

use statute::editions::{CellKey, Level};

use super::figures::Figures;
use super::verdict::{Accused, Differs, Weight, accuse};
use super::{TEXT_DIFFERS_FROM_TABLE, TEXT_UNLIKE_TABLE};
use crate::finding::Place;
use crate::quantity::ONE;
use crate::rules::Sink;

/// The most doubts of one report that are kept.
const MOST: usize = 256;
/// An agreement in a figure as large as this is no chance.
const TELLING: i128 = 100 * ONE;

/// The doubts of a report, and the cells that some number of the text agrees with.
#[derive(Default)]
pub(super) struct Doubts {
    agreed: Vec<CellKey>,
    open: Vec<Doubt>,
}

struct Doubt {
    differs: Differs,
    place: Place,
    company: Company,
}

/// The numbers of a sentence that agree with their cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Company {
    /// How many of them, noughts and ones apart.
    count: usize,
    largest: i128,
}

impl Company {
    pub(super) fn join(&mut self, value: i128) {
        if value > ONE {
            self.count += 1;
            self.largest = self.largest.max(value);
        }
    }

    /// How many numbers agree, noughts and ones apart.
    pub(super) fn count(self) -> usize {
        self.count
    }

    /// Whether the sentence lists the figures of the table beyond doubt.
    fn is_telling(self) -> bool {
        self.count >= 2 || (self.count == 1 && self.largest >= TELLING)
    }
}

impl Doubts {
    pub(super) fn agree(&mut self, keys: &[CellKey]) {
        for key in keys {
            if !self.agreed.contains(key) {
                self.agreed.push(*key);
            }
        }
    }

    pub(super) fn add(&mut self, differs: Differs, place: Place, company: Company) {
        if self.open.len() < MOST {
            self.open.push(Doubt {
                differs,
                place,
                company,
            });
        }
    }

    /// Accuses those that nothing explains.
    pub(super) fn settle(self, figures: &Figures<'_>, sink: &mut Sink) {
        let Doubts { agreed, open } = self;
        for doubt in &open {
            let expected = &doubt.differs.expected;
            let told = expected.keys.iter().all(|key| agreed.contains(key));
            // Two numbers for one cell: it is not known which was meant.
            let rival = open.iter().any(|other| {
                other.differs.expected.keys == expected.keys
                    && other.differs.stated != doubt.differs.stated
            });
            if told || rival || doubt.company.count == 0 {
                continue;
            }
            let sure = doubt.differs.weight == Weight::Listed && doubt.company.is_telling();
            let accused = if !figures.is_sound(&expected.keys) {
                Accused::UNSOUND
            } else if sure {
                Accused {
                    rule: &TEXT_DIFFERS_FROM_TABLE,
                    level: Level::Error,
                    advice: "同一句里其他各数与表相同；请核对台账，改正其中一处",
                }
            } else {
                Accused {
                    rule: &TEXT_UNLIKE_TABLE,
                    level: Level::Warning,
                    advice: "请核对；口径不同的，请写明口径",
                }
            };
            accuse(&doubt.differs, doubt.place.clone(), &accused, figures, sink);
        }
    }
}
