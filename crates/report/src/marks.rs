//! Which figures of a quote a finding is about.

use std::ops::Range;

use statute::editions::{CellKey, Edition};

use crate::finding::Finding;

/// Stretches of a quote, as bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The figure as it stands.
    pub stated: Option<Range<usize>>,
    /// The figures of the arithmetic, in order.
    pub terms: Vec<Range<usize>>,
}

/// A character of a quote in plain spelling, and where it stands.
struct Letter {
    plain: char,
    at: Range<usize>,
    /// Whether no white space stands before it.
    glued: bool,
}

/// Finds the figures of a finding in its quote.
pub fn find_marks(finding: &Finding, edition: Option<Edition>) -> Marks {
    let Some(quote) = finding.place.quote.as_deref() else {
        return Marks::default();
    };
    let letters = letters(quote);
    let stated = cell(finding, edition, &letters).or_else(|| {
        let stated = finding.stated.as_deref()?;
        // Of several like figures in a row none is pointed at by chance; words stand out.
        let in_row = finding.place.row.is_some() && stated.contains(|c: char| c.is_ascii_digit());
        let stated = plain(if in_row { "" } else { stated });
        occurrence(&letters, &stated, 0)
    });
    let mut terms = Vec::new();
    // The other figures of a row are other columns, mostly.
    if finding.place.row.is_none() {
        let mut from = 0;
        for term in figures(finding.arithmetic.as_deref().unwrap_or_default()) {
            let found =
                occurrence(&letters, &term, from).or_else(|| occurrence(&letters, &term, 0));
            let Some(found) = found else { continue };
            from = found.end;
            let taken = |other: &Range<usize>| other.start < found.end && found.start < other.end;
            if !stated.as_ref().is_some_and(taken) && !terms.iter().any(taken) {
                terms.push(found);
            }
        }
        terms.sort_by_key(|term: &Range<usize>| term.start);
    }
    let bytes = |range: Range<usize>| {
        let start = letters.get(range.start).map_or(0, |letter| letter.at.start);
        let end = letters
            .get(range.end.saturating_sub(1))
            .map_or(start, |letter| letter.at.end);
        start..end
    };
    Marks {
        stated: stated.map(bytes),
        terms: terms.into_iter().map(bytes).collect(),
    }
}

/// The quote without white space and without the commas that group digits, digits and signs in half
/// width.
fn letters(quote: &str) -> Vec<Letter> {
    let all: Vec<(usize, char)> = quote.char_indices().collect();
    let mut letters = Vec::with_capacity(all.len());
    let mut glued = true;
    for (index, &(at, raw)) in all.iter().enumerate() {
        let plain = half_width(raw);
        let digit = |other: Option<&(usize, char)>| {
            other.is_some_and(|(_, raw)| half_width(*raw).is_ascii_digit())
        };
        let before = index.checked_sub(1).and_then(|index| all.get(index));
        let groups = plain == ','
            && digit(before)
            && (1..=3).all(|ahead| digit(all.get(index + ahead)))
            && !digit(all.get(index + 4));
        if raw.is_whitespace() || groups {
            glued &= groups;
            continue;
        }
        letters.push(Letter {
            plain,
            at: at..at + raw.len_utf8(),
            glued,
        });
        glued = true;
    }
    letters
}

fn half_width(raw: char) -> char {
    match raw {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(raw as u32 - 0xFEE0).unwrap_or(raw),
        other => other,
    }
}

fn plain(text: &str) -> Vec<char> {
    letters(text)
        .into_iter()
        .map(|letter| letter.plain)
        .collect()
}

/// The first place from `from` on where the letters are these, with whole figures only.
fn occurrence(letters: &[Letter], wanted: &[char], from: usize) -> Option<Range<usize>> {
    let (first, last) = (*wanted.first()?, *wanted.last()?);
    let numeric = |c: char| c.is_ascii_digit() || c == '.';
    let mut at = from;
    while let Some(window) = letters.get(at..at + wanted.len()) {
        let same = window
            .iter()
            .zip(wanted)
            .all(|(letter, wanted)| letter.plain == *wanted);
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(at + wanted.len());
        // A full stop after a figure ends a sentence unless a digit follows.
        let goes_on = after.is_some_and(|letter| {
            letter.plain.is_ascii_digit()
                || (letter.plain == '.'
                    && letters
                        .get(at + wanted.len() + 1)
                        .is_some_and(|next| next.plain.is_ascii_digit()))
        });
        let torn = (numeric(first) && before.is_some_and(|letter| numeric(letter.plain)))
            || (numeric(last) && goes_on);
        if same && !torn {
            return Some(at..at + wanted.len());
        }
        at += 1;
    }
    None
}

/// The figures of an arithmetic, `120+134*2` giving 120, 134 and 2.
fn figures(arithmetic: &str) -> Vec<Vec<char>> {
    arithmetic
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .take(64)
        .map(|part| part.chars().collect())
        .collect()
}

/// The cell's own figure, where the quote is a row with a figure for every column.
fn cell(finding: &Finding, edition: Option<Edition>, letters: &[Letter]) -> Option<Range<usize>> {
    let key = finding.place.cell()?;
    let edition = edition?;
    let mut found: Vec<Range<usize>> = Vec::new();
    // White space is gone from the letters, so that figures are told apart by where they stood.
    for (at, letter) in letters.iter().enumerate() {
        let joins = |last: &Range<usize>| last.end == at && letter.glued;
        let numeric = letter.plain.is_ascii_digit() || letter.plain == '.';
        match (numeric, found.last_mut()) {
            (true, Some(last)) if joins(last) => last.end = at + 1,
            (true, _) if letter.plain.is_ascii_digit() => found.push(at..at + 1),
            _ => {}
        }
    }
    // The figures above are without their sign.
    let stated = plain(finding.stated.as_deref()?.trim_start_matches('-'));
    let is_stated = |range: &Range<usize>| {
        letters
            .get(range.clone())
            .is_some_and(|figure| figure.iter().map(|it| it.plain).eq(stated.iter().copied()))
    };
    let by_order = columns_from_end(edition, key, found.len())
        .and_then(|back| found.get(found.len().checked_sub(back)?))
        .filter(|range| is_stated(range));
    // A row that lacks figures tells the column only if the figure stands there once.
    let once = || {
        let mut same = found.iter().filter(|range| is_stated(range));
        same.next().filter(|_| same.next().is_none())
    };
    by_order.or_else(once).cloned()
}

/// How many figures from the end of its line a cell stands, counting from 1, where the line holds
/// so many figures. Table 4 is printed with all its rows in one line.
pub fn columns_from_end(edition: Edition, key: CellKey, figures: usize) -> Option<usize> {
    let table = edition.table(key.table)?;
    let row = table.row(key.row)?;
    let column = row.columns.iter().position(|it| it.key == key.column)?;
    let after = row.columns.len() - column;
    let below = table.rows.iter().skip_while(|it| it.key != key.row).skip(1);
    let all: usize = table.rows.iter().map(|row| row.columns.len()).sum();
    Some(if figures >= all {
        after + below.map(|row| row.columns.len()).sum::<usize>()
    } else {
        after
    })
}

#[cfg(test)]
mod tests {
    use statute::editions::Level;

    use super::*;
    use crate::finding::Place;

    fn finding(quote: &str, stated: &str, arithmetic: &str) -> Finding {
        Finding {
            rule: "x".to_owned(),
            code: "N101".to_owned(),
            level: Level::Error,
            message: String::new(),
            stated: Some(stated.to_owned()),
            expected: None,
            arithmetic: Some(arithmetic.to_owned()),
            place: Place {
                quote: Some(quote.to_owned()),
                ..Place::default()
            },
            related: Vec::new(),
        }
    }

    #[test]
    fn figures_are_found_in_every_spelling() {
        let check = |quote: &str, stated: &str, arithmetic: &str, want: &str, terms: &[&str]| {
            let marks = find_marks(&finding(quote, stated, arithmetic), None);
            let text = |range: &Range<usize>| quote[range.clone()].to_owned();
            assert_eq!(
                marks.stated.as_ref().map(text).unwrap_or_default(),
                want,
                "{quote}"
            );
            let found: Vec<String> = marks.terms.iter().map(text).collect();
            assert_eq!(found, terms, "{quote}");
        };
        check(
            "事项80项，进驻70项，占86.5%",
            "86.5%",
            "70/80",
            "86.5%",
            &["80", "70"],
        );
        check("共１，２３４条", "1234", "1000+234", "１，２３４", &[]);
        check("共 1 234 条，其中 34 条", "1234", "34", "1 234", &["34"]);
        check("第12条，共2条", "2", "1+1", "2", &[]);
        check("占12.5%和2.5%。", "2.5%", "5/40", "2.5%", &[]);
        check("八个方面", "8", "9", "", &[]);
        check("截至2.", "2", "", "2", &[]);
        check("", "2", "1", "", &[]);
        check("1件、1件共3件", "3", "1+1", "3", &["1", "1"]);
    }

    #[test]
    fn the_column_of_a_row_is_told_by_its_order() {
        let quote = "（一）予以公开 | 1 | 1 | 0 | 0 | 0 | 0 | 1";
        let mut found = finding(quote, "1", "1+1");
        found.place.table = Some("t3".to_owned());
        found.place.row = Some("granted".to_owned());
        found.place.column = Some("total".to_owned());
        let marks = find_marks(&found, Some(Edition::Format2021));
        assert_eq!(marks.stated, Some(quote.len() - 1..quote.len()));
        assert_eq!(marks.terms, []);
        found.place.column = Some("business".to_owned());
        let second = quote.match_indices('1').nth(1).unwrap().0;
        let marks = find_marks(&found, Some(Edition::Format2021));
        assert_eq!(marks.stated, Some(second..second + 1));
    }

    #[test]
    fn the_rows_of_table_4_stand_in_one_line() {
        let quote = "4 0 0 0 0 0 0 0 1 1 0 0 0 0 0";
        let mut found = finding(quote, "0", "4+0+0+0");
        found.place.table = Some("t4".to_owned());
        found.place.row = Some("review".to_owned());
        found.place.column = Some("total".to_owned());
        let stated = |found: &Finding| find_marks(found, Some(Edition::Format2021)).stated;
        assert_eq!(stated(&found), Some(8..9));
        found.place.row = Some("lit_direct".to_owned());
        found.stated = Some("1".to_owned());
        assert_eq!(stated(&found), Some(18..19));
        // A line of one row only.
        found.place.quote = Some("0 0 0 1 1".to_owned());
        assert_eq!(stated(&found), Some(8..9));
        found.place.quote = Some("3 0 0 -2 1".to_owned());
        found.place.column = Some("pending".to_owned());
        found.stated = Some("-2".to_owned());
        assert_eq!(stated(&found), Some(7..8));
        // A figure is missing, and which of the two is meant cannot be told.
        found.stated = Some("0".to_owned());
        found.place.quote = Some("0 0 1 1".to_owned());
        assert_eq!(stated(&found), None);
    }
}
