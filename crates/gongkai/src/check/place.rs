//! A place in words.

use crate::check::words;
use crate::language::Language;
use report::Place;
use statute::editions::Edition;

/// Page, chapter, table and cell after the name of a file; empty when none is known.
pub fn words(place: &Place, edition: Option<Edition>, language: Language) -> String {
    let mut parts = Vec::new();
    if let Some(page) = place.page {
        parts.push(words::page(page, language));
    }
    match edition.and_then(|edition| place.cell_words(edition)) {
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
