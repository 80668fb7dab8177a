//! What checking gives: findings, and the relations that were examined.

use serde::{Deserialize, Serialize};
use statute::editions::{CellKey, Edition, Level};

/// Where something stands in a report. Every part may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Place {
    /// Heading of the chapter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Key of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Key of the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Key of the column; none in the table of 2014, which has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Page of the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Words around the figures, verbatim, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

impl Place {
    /// The place of a figure cell, with the chapter that its table is.
    pub fn of_cell(edition: Edition, key: CellKey) -> Place {
        let chapter = edition
            .chapters()
            .iter()
            .find(|chapter| chapter.table == Some(key.table));
        Place {
            section: chapter.map(|chapter| chapter.heading()),
            table: Some(key.table.to_owned()),
            row: Some(key.row.to_owned()),
            column: (key.column != CellKey::VALUE).then(|| key.column.to_owned()),
            ..Place::default()
        }
    }

    /// The cell that the place names, if it names one.
    pub fn cell(&self) -> Option<CellKey> {
        let column = self.column.as_deref().unwrap_or(CellKey::VALUE);
        CellKey::find(self.table.as_deref()?, self.row.as_deref()?, column)
    }

    /// The table or cell in the words of the form: `“收到和处理政府信息公开申请情况”表“（七）总计（自然人）”`.
    pub fn cell_words(&self, edition: Edition) -> Option<String> {
        let table = self.table.as_deref()?;
        let title = edition.table(table).map_or(table, |table| table.title);
        let Some(row) = self.row.as_deref() else {
            return Some(format!("“{title}”表"));
        };
        let cell = self.cell().and_then(|key| edition.cell(key));
        let label = cell.map_or_else(|| row.to_owned(), |cell| cell.label().to_string());
        Some(format!("“{title}”表“{label}”"))
    }
}

/// What a rule reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Name of the rule, which states the fault.
    pub rule: String,
    /// Code of the rule.
    pub code: String,
    /// How bad it is.
    pub level: Level,
    /// What was found, what was expected, what to do; in Chinese.
    pub message: String,
    /// The figure as it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<String>,
    /// The figure that was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// How the expected figure comes about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arithmetic: Option<String>,
    /// Where.
    pub place: Place,
    /// The other places that take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Place>,
}

/// The kinds of relations that are examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckedKind {
    /// Cells of the tables among themselves.
    TableIdentity,
    /// A total and its parts in a sentence, or a balance.
    NarrativeSum,
    /// A share or rate in a sentence.
    NarrativeRatio,
    /// A sentence against a cell.
    NarrativeVsTable,
    /// Two figures that a sentence calls higher and lower, or of which one must not exceed the other.
    Comparison,
    /// The number of listed things against the list.
    ListCount,
    /// The same quantity stated twice.
    Repeated,
    /// Growth against an earlier figure.
    Growth,
    /// A date, year or period against another.
    Period,
    /// Units of measure that belong together.
    Unit,
    /// Against the report of the year before.
    CrossYear,
    /// Against the reports of the units below.
    RollUp,
}

impl CheckedKind {
    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            CheckedKind::TableIdentity => "table-identity",
            CheckedKind::NarrativeSum => "narrative-sum",
            CheckedKind::NarrativeRatio => "narrative-ratio",
            CheckedKind::NarrativeVsTable => "narrative-vs-table",
            CheckedKind::Comparison => "comparison",
            CheckedKind::ListCount => "list-count",
            CheckedKind::Repeated => "repeated",
            CheckedKind::Growth => "growth",
            CheckedKind::Period => "period",
            CheckedKind::Unit => "unit",
            CheckedKind::CrossYear => "cross-year",
            CheckedKind::RollUp => "roll-up",
        }
    }
}

/// A relation that was examined, whether it holds or not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// What kind of relation.
    pub kind: CheckedKind,
    /// Whether it holds.
    pub holds: bool,
    /// Whether all terms are nought.
    pub trivial: bool,
    /// The figure as it stands.
    pub stated: String,
    /// How the stated figure must stand to the expected one: `等于`, `不大于` or `不小于`.
    pub relation: String,
    /// What the arithmetic gives.
    pub expected: String,
    /// The arithmetic.
    pub arithmetic: String,
    /// The reading under which it holds, where it is not the plain one: truncated, 余, an item on two
    /// channels; in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Where the stated figure stands.
    pub place: Place,
}

impl Checked {
    /// A relation of equality that was examined under the plain reading.
    pub(crate) fn equal(
        kind: CheckedKind,
        holds: bool,
        stated: impl Into<String>,
        expected: impl Into<String>,
        arithmetic: impl Into<String>,
        place: Place,
    ) -> Checked {
        Checked {
            kind,
            holds,
            trivial: false,
            stated: stated.into(),
            relation: "等于".to_owned(),
            expected: expected.into(),
            arithmetic: arithmetic.into(),
            explanation: None,
            place,
        }
    }
}
