//! A place in words.

use crate::check::words;
use crate::language::Language;
use report::Place;
use statute::editions::{CellKey, Edition};

/// Page, chapter, table and cell after the name of a file; empty when none is known.
pub fn words(place: &Place, edition: Option<Edition>, language: Language) -> String {
    let mut parts = Vec::new();
    if let Some(page) = place.page {
        parts.push(words::page(page, language));
    }
    match cell(place, edition) {
        Some(cell) => parts.push(cell),
        None => {
            if let Some(section) = &place.section {
                parts.push(section.chars().filter(|c| !c.is_control()).collect());
            }
        }
    }
    match (parts.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Chinese) => format!("（{}）", parts.join("，")),
        (false, Language::English) => format!(" ({})", parts.join(", ")),
    }
}

/// The cell by the words of the form: `“收到和处理政府信息公开申请情况”表“（七）总计（自然人）”`.
pub fn cell(place: &Place, edition: Option<Edition>) -> Option<String> {
    let table = place.table.as_deref()?;
    let edition = edition?;
    let title = edition.table(table).map_or(table, |table| table.title);
    let Some(row) = place.row.as_deref() else {
        return Some(format!("“{title}”表"));
    };
    let column = place.column.as_deref().unwrap_or(CellKey::VALUE);
    let label = CellKey::find(table, row, column)
        .and_then(|key| edition.cell(key))
        .map(|cell| cell.label().to_string());
    Some(match label {
        Some(label) => format!("“{title}”表“{label}”"),
        None => format!("“{title}”表“{row}”"),
    })
}
