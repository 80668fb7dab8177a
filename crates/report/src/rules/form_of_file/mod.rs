//! What reading found about the form of the tables; the findings are made by `read`.

use statute::editions::Level;

use super::Rule;

/// A cell, or the cells of a row, that hold no figure.
pub(crate) const CELL_UNREADABLE: Rule = Rule {
    name: "cell-unreadable",
    code: "F111",
    level: Level::Warning,
    summary: "表格里有辨认不出的数",
    english: "a table holds a figure that cannot be read",
    article: None,
    page: include_str!("../pages/cell-unreadable.md"),
};

/// A table of which labels are there but no figures.
pub(crate) const TABLE_UNREADABLE: Rule = Rule {
    name: "table-unreadable",
    code: "F112",
    level: Level::Warning,
    summary: "表格有标签而辨不出数字",
    english: "a table has its labels but no figures that can be told apart",
    article: None,
    page: include_str!("../pages/table-unreadable.md"),
};

/// The text ends within a table.
pub(crate) const TABLE_CUT: Rule = Rule {
    name: "table-cut",
    code: "F113",
    level: Level::Info,
    summary: "文字在表格中间结束",
    english: "the text ends in the middle of a table",
    article: None,
    page: include_str!("../pages/table-cut.md"),
};

/// A label of a row that is not spelt as in the form.
pub(crate) const LABEL_MISPRINTED: Rule = Rule {
    name: "label-misprinted",
    code: "F114",
    level: Level::Info,
    summary: "表格的行标签有错字",
    english: "a row label of a table is misprinted",
    article: None,
    page: include_str!("../pages/label-misprinted.md"),
};

/// Rows without a label, told by their order.
pub(crate) const ROWS_BY_ORDER: Rule = Rule {
    name: "rows-by-order",
    code: "F115",
    level: Level::Info,
    summary: "有些行没有标签，按顺序辨认",
    english: "table rows without labels were told by their order",
    article: None,
    page: include_str!("../pages/rows-by-order.md"),
};

/// Nobody has filled the form in yet.
pub(crate) const FORM_EMPTY: Rule = Rule {
    name: "form-empty",
    code: "F116",
    level: Level::Info,
    summary: "这是一张没有填写的空表",
    english: "the file is a blank form",
    article: None,
    page: include_str!("../pages/form-empty.md"),
};

/// A table stands in the report more than once.
pub(crate) const TABLE_TWICE: Rule = Rule {
    name: "table-twice",
    code: "F117",
    level: Level::Warning,
    summary: "同一张表在报告里出现了两次",
    english: "a table of the form stands in the report twice",
    article: None,
    page: include_str!("../pages/table-twice.md"),
};

/// Rows of the form that are not there.
pub(crate) const TABLE_ROW_MISSING: Rule = Rule {
    name: "table-row-missing",
    code: "S191",
    level: Level::Warning,
    summary: "表格缺少表式规定的行",
    english: "a table lacks rows that the form requires",
    article: Some("国办公开办函〔2021〕30号"),
    page: include_str!("../pages/table-row-missing.md"),
};

pub(super) const RULES: &[&Rule] = &[
    &CELL_UNREADABLE,
    &TABLE_UNREADABLE,
    &TABLE_CUT,
    &LABEL_MISPRINTED,
    &ROWS_BY_ORDER,
    &FORM_EMPTY,
    &TABLE_TWICE,
    &TABLE_ROW_MISSING,
];
