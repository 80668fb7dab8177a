//! Title, unit and year of a report.

use content::Content;

use crate::prose::Prose;

/// What the head of a report says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) unit: Option<String>,
    pub(super) year: Option<i16>,
}

/// Finds title, unit and year. What the text does not say stays empty.
pub(super) fn find(content: &Content, prose: &Prose) -> Head {
    let title = prose
        .paragraphs
        .iter()
        .take(12)
        .find(|paragraph| {
            paragraph.text.contains("年度报告") && paragraph.text.chars().count() <= 60
        })
        .map(|paragraph| paragraph.source().split_whitespace().collect::<String>());
    let year = prose
        .paragraphs
        .iter()
        .flat_map(|paragraph| paragraph.dates.iter())
        .find_map(|date| date.year);
    Head {
        title: title.unwrap_or_else(|| content.title.clone()),
        unit: None,
        year,
    }
}
