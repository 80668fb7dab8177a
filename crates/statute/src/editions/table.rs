//! A statutory table: its rows and columns, and the printed form with merged cells.

use super::cell::{Cell, CellKey};

/// A statutory table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// `t2`, `t3`, `t4` or `stats2014`.
    pub key: &'static str,
    /// Title; for the tables of a chapter the chapter's.
    pub title: &'static str,
    /// The article or document that prescribes it.
    pub article: &'static str,
    /// Rows of figures in the order of printing.
    pub rows: Vec<Row>,
    /// The printed form, line by line; spans tile a rectangle (tested).
    pub lines: Vec<Line>,
    /// Fields printed over the table; the first is followed by the unit's name.
    pub above: &'static [&'static str],
    /// Fields printed under the table, for signatures.
    pub below: &'static [&'static str],
}

/// A row of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Key, unique in the table.
    pub key: &'static str,
    /// The official label, verbatim.
    pub label: &'static str,
    /// Depth below the top level of the table, for indentation.
    pub level: u8,
    /// Label of the group row or merged cell above it.
    pub group: Option<&'static str>,
    /// What is counted; empty where the column says it.
    pub definition: &'static str,
    /// The article behind the row.
    pub article: &'static str,
    /// The figures of the row.
    pub columns: Vec<Column>,
}

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Key, unique in the row.
    pub key: &'static str,
    /// The official label, verbatim.
    pub label: &'static str,
    /// Label of the merged column head above it.
    pub group: Option<&'static str>,
    /// Unit of measure.
    pub measure: &'static str,
    /// What is counted; empty where the row says it.
    pub definition: &'static str,
    /// Whether the figure may be negative.
    pub signed: bool,
}

/// A printed line: the cells that begin in it.
pub type Line = Vec<Slot>;

/// A printed cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// What stands in it.
    pub content: SlotContent,
    /// Lines that it covers.
    pub rowspan: u16,
    /// Columns that it covers.
    pub colspan: u16,
    /// Depth of indentation.
    pub level: u8,
}

/// What stands in a printed cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotContent {
    /// A heading of rows or columns.
    Head(&'static str),
    /// Fixed text that heads nothing, such as the unit of measure.
    Text(&'static str),
    /// A figure.
    Figure(CellKey),
}

impl Slot {
    pub(super) const fn head(text: &'static str) -> Slot {
        Slot {
            content: SlotContent::Head(text),
            rowspan: 1,
            colspan: 1,
            level: 0,
        }
    }

    pub(super) const fn text(text: &'static str) -> Slot {
        Slot {
            content: SlotContent::Text(text),
            rowspan: 1,
            colspan: 1,
            level: 0,
        }
    }

    pub(super) const fn figure(key: CellKey) -> Slot {
        Slot {
            content: SlotContent::Figure(key),
            rowspan: 1,
            colspan: 1,
            level: 0,
        }
    }

    pub(super) const fn tall(self, rowspan: u16) -> Slot {
        Slot { rowspan, ..self }
    }

    pub(super) const fn wide(self, colspan: u16) -> Slot {
        Slot { colspan, ..self }
    }

    pub(super) const fn indented(self, level: u8) -> Slot {
        Slot { level, ..self }
    }
}

impl Table {
    /// The row with this key.
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == key)
    }

    /// The figure cells in the order of printing.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell> {
        self.rows
            .iter()
            .flat_map(|row| row.columns.iter().map(|column| self.cell(row, column)))
    }

    fn cell(&self, row: &Row, column: &Column) -> Cell {
        let definition = match (row.definition, column.definition) {
            (row, "") => row.to_owned(),
            ("", column) => column.to_owned(),
            (row, column) => format!("{row}；{column}"),
        };
        Cell {
            key: CellKey::new(self.key, row.key, column.key),
            row_label: row.label,
            group: row.group,
            column_label: column.label,
            column_group: column.group,
            measure: column.measure,
            definition,
            article: row.article,
            signed: column.signed,
        }
    }
}

impl Column {
    pub(super) const fn new(
        key: &'static str,
        label: &'static str,
        measure: &'static str,
        definition: &'static str,
    ) -> Column {
        Column {
            key,
            label,
            group: None,
            measure,
            definition,
            signed: false,
        }
    }

    pub(super) const fn under(self, group: &'static str) -> Column {
        Column {
            group: Some(group),
            ..self
        }
    }

    pub(super) const fn signed(self) -> Column {
        Column {
            signed: true,
            ..self
        }
    }
}
