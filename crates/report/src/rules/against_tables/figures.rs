//! Figures of the tables as sentences speak of them: cells and sums of cells.

use statute::editions::{CellKey, Edition, Level};

use crate::decimal::Decimal;
use crate::finding::{Finding, Place};
use crate::read::title::{Rank, rank};
use crate::reading::Reading;
use crate::rules::Sink;
use crate::words::{WordSet, has, words};

/// What a number in a sentence should be under one reading.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    /// In millionths.
    pub(super) value: i128,
    /// How it comes about, in figures: `120+8`.
    pub(super) arithmetic: String,
    /// The cells.
    pub(super) keys: Vec<CellKey>,
    /// The reading in words; none for the plain one.
    pub(super) reading: Option<&'static str>,
    /// Whether a total was not read and its columns stand for it: enough to agree with a sentence,
    /// not to accuse one.
    pub(super) derived: bool,
}

/// An error of a table within itself.
struct Fault {
    table: String,
    /// The cells that take part.
    cells: Vec<CellKey>,
}

impl Fault {
    fn of(finding: &Finding) -> Option<Fault> {
        let places = std::iter::once(&finding.place).chain(&finding.related);
        Some(Fault {
            table: finding.place.table.clone()?,
            cells: places.filter_map(Place::cell).collect(),
        })
    }
}

/// The most errors of a table that leave its other cells believable.
const FEW: usize = 2;

/// The tables of one report.
pub(super) struct Figures<'a> {
    reading: &'a Reading,
    /// The errors of the tables among themselves, by table.
    faults: Vec<Fault>,
    one_office: bool,
}

impl<'a> Figures<'a> {
    pub(super) fn new(reading: &'a Reading, sink: &Sink) -> Figures<'a> {
        let faults = sink
            .findings
            .iter()
            .chain(&reading.report.findings)
            .filter(|finding| finding.level == Level::Error)
            .filter_map(Fault::of)
            .collect();
        Figures {
            reading,
            faults,
            one_office: is_one_office(reading),
        }
    }

    /// Whether one office reports, so that no sentence can mean a narrower scope.
    pub(super) fn is_one_office(&self) -> bool {
        self.one_office
    }

    pub(super) fn edition(&self) -> Edition {
        self.reading.report.edition
    }

    /// Whether nothing was found wrong with these cells: no error names one of them, and their table
    /// has few. Where it has many, its figures may stand in wrong places.
    pub(super) fn is_sound(&self, keys: &[CellKey]) -> bool {
        keys.iter().all(|key| {
            let mut faults = 0;
            let within = self.faults.iter().filter(|fault| fault.table == key.table);
            within
                .inspect(|_| faults += 1)
                .all(|fault| !fault.cells.is_empty() && !fault.cells.contains(key))
                && faults <= FEW
        })
    }

    pub(super) fn place(&self, key: CellKey) -> Place {
        self.reading.cell_place(key)
    }

    /// The sum of cells; none when any of them was not read.
    pub(super) fn sum(&self, keys: &[CellKey]) -> Option<Expected> {
        let numbers: Option<Vec<Decimal>> = keys.iter().map(|key| self.number(*key)).collect();
        let derived = keys
            .iter()
            .any(|key| self.reading.report.tables.number(*key).is_none());
        let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
        let mut total = Decimal::default();
        for number in &numbers {
            total = total.checked_add(*number)?;
        }
        // Noughts say nothing in a long sum, but the plain one keeps its terms.
        let shown: Vec<String> = numbers
            .iter()
            .filter(|number| numbers.len() <= 2 || **number != Decimal::default())
            .map(ToString::to_string)
            .collect();
        let arithmetic = if shown.is_empty() {
            "0".to_owned()
        } else {
            shown.join("+")
        };
        Some(Expected {
            value: total.micros(),
            arithmetic,
            keys: keys.to_vec(),
            reading: None,
            derived,
        })
    }

    /// A figure; where the total column lacks it, that of the columns before it, all of which must
    /// be there.
    fn number(&self, key: CellKey) -> Option<Decimal> {
        let tables = &self.reading.report.tables;
        if let Some(number) = tables.number(key) {
            return Some(number);
        }
        if key.table != "t3" || key.column != "total" || *tables.get(key) != crate::Cell::Absent {
            return None;
        }
        [
            "natural", "business", "research", "charity", "legal", "other",
        ]
        .into_iter()
        .try_fold(Decimal::ZERO, |sum, column| {
            let part = tables.number(CellKey::new("t3", key.row, column))?;
            sum.checked_add(part)
        })
    }

    /// The sum under a reading that is not the plain one.
    pub(super) fn read_as(&self, keys: &[CellKey], reading: &'static str) -> Option<Expected> {
        Some(Expected {
            reading: Some(reading),
            ..self.sum(keys)?
        })
    }

    /// A cell less another.
    pub(super) fn less(
        &self,
        key: CellKey,
        minus: CellKey,
        reading: &'static str,
    ) -> Option<Expected> {
        let (from, less) = (self.sum(&[key])?, self.sum(&[minus])?);
        Some(Expected {
            value: from.value - less.value,
            arithmetic: format!("{}-{}", from.arithmetic, less.arithmetic),
            keys: vec![key, minus],
            reading: Some(reading),
            derived: from.derived || less.derived,
        })
    }
}

/// A cell of the total column of table 3.
pub(super) const fn t3(row: &'static str) -> CellKey {
    CellKey::new("t3", row, "total")
}

/// A cell of the table of 2014.
pub(super) const fn stat(row: &'static str) -> CellKey {
    CellKey::new("stats2014", row, CellKey::VALUE)
}

/// The rows of a group of outcomes: `deny`, `unable`, `reject`, `other`.
pub(super) fn group(edition: Edition, name: &str) -> Vec<CellKey> {
    edition
        .table("t3")
        .map(|table| {
            table
                .rows
                .iter()
                .filter(|row| {
                    row.key == name
                        || row
                            .key
                            .strip_prefix(name)
                            .is_some_and(|rest| rest.starts_with('.'))
                })
                .map(|row| t3(row.key))
                .collect()
        })
        .unwrap_or_default()
}

fn is_one_office(reading: &Reading) -> bool {
    if let Some(unit) = reading.report.unit.as_deref() {
        return matches!(
            rank(unit),
            Rank::Township | Rank::CountyDepartment | Rank::Department
        );
    }
    // A report without a name may speak of itself.
    const SELF: &WordSet = words![
        "我局",
        "本局",
        "我委",
        "我办",
        "我镇",
        "我乡",
        "我街道",
        "本街道",
    ];
    reading
        .prose
        .paragraphs
        .iter()
        .take(40)
        .any(|paragraph| has(&paragraph.text, SELF))
}
