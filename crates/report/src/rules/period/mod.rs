//! Dates, years and periods: of the title, the statement of the period, the signature and the text.

mod announced;
mod mentions;
mod signing;
mod statement;
mod subset;
#[cfg(test)]
mod tests;

use super::{Rule, Sink};
use crate::finding::{Checked, CheckedKind, Place};
use crate::prose::Paragraph;
use crate::read::title::title_of;
use crate::reading::Reading;

pub(super) const RULES: &[&Rule] = &[
    &statement::PERIOD_DIFFERS_FROM_TITLE,
    &statement::PERIOD_DATE_MISTYPED,
    &signing::SIGNED_WITHIN_PERIOD,
    &signing::PUBLISHED_LATE,
    &subset::SUBSET_OUTSIDE_PERIOD,
    &mentions::DOCUMENT_FROM_LATER_YEAR,
    &mentions::PLAN_YEAR_UNEXPECTED,
    &statement::PERIOD_NOT_WHOLE_YEAR,
    &mentions::TEXT_ABOUT_ANOTHER_YEAR,
    &announced::ANNOUNCED_YEAR_DIFFERS,
];

/// Examines every date that another one must agree with.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let title_year = title_of(&reading.report).and_then(|title| title.year);
    let period = statement::examine(reading, title_year, sink);
    announced::examine(reading, title_year, period, sink);
    subset::examine(reading, sink);
    if let Some(year) = title_year.or(reading.report.year) {
        signing::examine(reading, year, sink);
        mentions::examine(reading, year, title_year.is_some(), sink);
    }
}

/// A calendar day as year, month, day: they compare in that order.
type Day = (i16, i8, i8);

fn iso((year, month, day): Day) -> String {
    format!("{year}-{month:02}-{day:02}")
}

/// In how many sentences of the beginning the text speaks of what was done in a year: `2021年，我局…`.
fn sentences_of(reading: &Reading, year: i16) -> usize {
    let paragraphs = reading.prose.paragraphs.iter().take(40);
    let opens = |paragraph: &Paragraph| {
        let dates = paragraph.dates.iter().take(32);
        dates
            .filter(|date| date.year == Some(year) && date.month.is_none() && !date.damaged)
            .filter(|date| {
                let before = paragraph.text.get(..date.span.start).unwrap_or_default();
                before.is_empty() || before.ends_with(['。', '）'])
            })
            .count()
    };
    paragraphs.map(opens).sum()
}

/// A year against the year that it must be.
fn same_year(stated: i16, expected: i16, place: Place) -> Checked {
    Checked::equal(
        CheckedKind::Period,
        stated == expected,
        stated.to_string(),
        expected.to_string(),
        expected.to_string(),
        place,
    )
}

/// Where the title stands, if it was found in the text.
fn title_place(reading: &Reading) -> Option<Place> {
    let first = reading.report.title.get(..6)?;
    reading
        .prose
        .paragraphs
        .iter()
        .take(20)
        .find_map(|paragraph| {
            let at = paragraph.text.find(first)?;
            Some(paragraph.place(at..at + first.len()))
        })
}
