//! What an identity is: an equation between cells, with the article that asks for it.

use serde::{Deserialize, Serialize};

use super::cell::CellKey;

/// How bad it is when a rule is broken, by consequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The report must not be published like this.
    Error,
    /// Probably wrong; a person must look.
    Warning,
    /// Worth knowing.
    Info,
}

impl Level {
    /// `error`, `warning` or `info`.
    pub const fn key(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }

    /// The level with this key.
    pub fn from_key(key: &str) -> Option<Level> {
        [Level::Error, Level::Warning, Level::Info]
            .into_iter()
            .find(|level| level.key() == key)
    }
}

/// How the stated side must stand to the expected side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Stated = expected.
    Equal,
    /// Stated ≤ expected.
    AtMost,
    /// Stated ≥ expected.
    AtLeast,
}

impl Relation {
    /// The words for a message: what the stated figure should be to the expected one.
    pub const fn demand(self) -> &'static str {
        match self {
            Relation::Equal => "应等于",
            Relation::AtMost => "不应大于",
            Relation::AtLeast => "不应小于",
        }
    }

    /// The words for a table: how the stated figure stands to the expected one.
    pub const fn words(self) -> &'static str {
        match self {
            Relation::Equal => "等于",
            Relation::AtMost => "不大于",
            Relation::AtLeast => "不小于",
        }
    }
}

/// A cell times a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The factor, `1` or `-1` in all identities known so far.
    pub coefficient: i64,
    /// The cell.
    pub cell: CellKey,
}

/// One equation between cells: the cell as stated, the relation, the terms that give what is
/// expected. An equation with an absent or unreadable cell says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    /// The cell that is compared and named in a finding.
    pub stated: CellKey,
    /// How it must stand to the sum.
    pub relation: Relation,
    /// The sum; empty stands for 0.
    pub expected: Vec<Term>,
}

impl Equation {
    /// All cells that take part, the stated one first.
    pub fn cells(&self) -> impl Iterator<Item = CellKey> {
        std::iter::once(self.stated).chain(self.expected.iter().map(|term| term.cell))
    }
}

/// An identity (勾稽关系): one rule, expanded over the columns and rows that it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Kebab-case name of the fault, the rule's identity everywhere: `handled-total-mismatch`.
    pub name: &'static str,
    /// Short code for letters; sorts by part of the report.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// The rule in one sentence without a full stop, in Chinese.
    pub statement: &'static str,
    /// The fault in one English line, as linters say it.
    pub english: &'static str,
    /// The article or document that asks for it.
    pub article: &'static str,
    /// Words in the report's text or notes that explain a stated figure above the sum, and so make
    /// an error a warning. The table of 2014 has no cell for cases still open, only words.
    pub eased_by: &'static [&'static str],
    /// Every equation that the rule stands for.
    pub equations: Vec<Equation>,
}
