//! The name of a figure cell, and what is known about the cell.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::Edition;

/// The name of one figure cell: table, row, column.
///
/// Displayed as in the report's JSON: `t2.norms.issued`, `t3["deny.secret"].business`,
/// `stats2014["H3.1"]`. Parsing accepts that, with or without the leading `tables.`, and the form of
/// [`CellKey::path`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellKey {
    /// `t2`, `t3`, `t4` or `stats2014`.
    pub table: &'static str,
    /// Key of the row, which may contain dots: `deny.secret`.
    pub row: &'static str,
    /// Key of the column; [`CellKey::VALUE`] in the table of 2014, which has one.
    pub column: &'static str,
}

impl Ord for CellKey {
    /// By table, row and column. Keys are looked up thousands of times in a report, and the parts of
    /// most are one and the same text, which need not be read to be equal.
    fn cmp(&self, other: &CellKey) -> Ordering {
        let part = |one: &'static str, other: &'static str| {
            if std::ptr::eq(one, other) {
                Ordering::Equal
            } else {
                one.cmp(other)
            }
        };
        part(self.table, other.table)
            .then_with(|| part(self.row, other.row))
            .then_with(|| part(self.column, other.column))
    }
}

impl PartialOrd for CellKey {
    fn partial_cmp(&self, other: &CellKey) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What was given as the name of a cell is none in any edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("没有名为“{0}”的表格单元；请按 t3[\"deny.secret\"].business 的写法给出表、行、列")]
pub struct UnknownCell(pub String);

impl CellKey {
    /// The only column of the table of 2014; not written in keys.
    pub const VALUE: &'static str = "value";

    /// A key from its parts; says nothing about whether an edition has the cell.
    pub const fn new(table: &'static str, row: &'static str, column: &'static str) -> CellKey {
        CellKey { table, row, column }
    }

    /// Form for URLs, without brackets and quotes: `t3/deny.secret/business`, `stats2014/H3.1`.
    pub fn path(&self) -> String {
        if self.column == Self::VALUE {
            format!("{}/{}", self.table, self.row)
        } else {
            format!("{}/{}/{}", self.table, self.row, self.column)
        }
    }

    /// Finds the cell of any edition by the three parts.
    pub fn find(table: &str, row: &str, column: &str) -> Option<CellKey> {
        KNOWN.get(&CellKey::dotted(table, row, column)).copied()
    }

    fn dotted(table: &str, row: &str, column: &str) -> String {
        if column == Self::VALUE {
            format!("{table}.{row}")
        } else {
            format!("{table}.{row}.{column}")
        }
    }
}

/// Every cell of every edition by its dotted name. No two cells share one (tested).
static KNOWN: LazyLock<BTreeMap<String, CellKey>> = LazyLock::new(|| {
    let cells = Edition::ALL.into_iter().flat_map(Edition::cells);
    cells
        .map(|cell| {
            (
                CellKey::dotted(cell.key.table, cell.key.row, cell.key.column),
                cell.key,
            )
        })
        .collect()
});

impl fmt::Display for CellKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.row.contains('.') {
            write!(f, "{}[\"{}\"]", self.table, self.row)?;
        } else {
            write!(f, "{}.{}", self.table, self.row)?;
        }
        if self.column == Self::VALUE {
            Ok(())
        } else {
            write!(f, ".{}", self.column)
        }
    }
}

impl FromStr for CellKey {
    type Err = UnknownCell;

    fn from_str(text: &str) -> Result<CellKey, UnknownCell> {
        let bare = text.strip_prefix("tables.").unwrap_or(text);
        let dotted = bare
            .replace("[\"", ".")
            .replace("\"]", "")
            .replace('/', ".");
        KNOWN
            .get(&dotted)
            .copied()
            .ok_or_else(|| UnknownCell(text.to_owned()))
    }
}

/// A figure cell of a statutory table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its name.
    pub key: CellKey,
    /// Label of the row as printed.
    pub row_label: &'static str,
    /// Label of the group that the row belongs to, as printed.
    pub group: Option<&'static str>,
    /// Label of the column as printed.
    pub column_label: &'static str,
    /// Label of the group that the column belongs to, as printed.
    pub column_group: Option<&'static str>,
    /// Unit of measure: 件, 条, 万元 …
    pub measure: &'static str,
    /// What is counted.
    pub definition: String,
    /// The article or document that asks for the figure.
    pub article: &'static str,
    /// Whether the figure may be negative (本年增/减).
    pub signed: bool,
}

impl Cell {
    /// Whether the figure is an amount of money, which may have a fraction; all others are counts.
    pub fn is_money(&self) -> bool {
        self.measure == "万元"
    }

    /// Row and column in words, for messages: `1.属于国家秘密（商业企业）`.
    pub fn label(&self) -> String {
        if self.key.column == CellKey::VALUE {
            self.row_label.to_owned()
        } else {
            format!("{}（{}）", self.row_label, self.column_label)
        }
    }
}
