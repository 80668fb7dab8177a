//! The reference documents under `docs/reference`, written from the tables that the program runs
//! by, so that they cannot say anything else. Same program, same bytes.

mod calendar;
mod check;
mod clock;
mod configuration;
mod editions;
mod indicators;
mod journal;
mod line;
mod permissions;
mod records;
mod registers;
mod rules;

/// The first line of every document.
pub const NOTE: &str = "<!-- 由 `gongkai generate-reference` 生成，请勿手改。 -->";

/// File name and text of every document.
pub fn documents() -> Vec<(String, String)> {
    let named = [
        ("calendar.md", calendar::text()),
        ("check.md", check::text()),
        ("cli.md", line::text()),
        ("clock.md", clock::text()),
        ("configuration.md", configuration::text()),
        ("editions.md", editions::text()),
        ("indicators.md", indicators::text()),
        ("journal.md", journal::text()),
        ("openapi.json", format!("{:#}\n", portal::openapi())),
        ("permissions.md", permissions::text()),
        ("records.md", records::text()),
        ("registers.md", registers::text()),
    ];
    let mut all: Vec<(String, String)> = named
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect();
    all.extend(rules::documents());
    all
}

/// A document on its way.
struct Page(String);

impl Page {
    fn new(title: &str, opening: &str) -> Page {
        Page(format!("{NOTE}\n\n# {title}\n\n{opening}\n"))
    }

    fn heading(&mut self, text: &str) {
        self.0.push_str(&format!("\n## {text}\n"));
    }

    fn paragraph(&mut self, text: &str) {
        self.0.push_str(&format!("\n{text}\n"));
    }

    fn code(&mut self, kind: &str, text: &str) {
        self.0
            .push_str(&format!("\n```{kind}\n{}\n```\n", text.trim_end()));
    }

    fn table<const N: usize>(&mut self, head: [&str; N], rows: Vec<[String; N]>) {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        self.0.push('\n');
        self.0.push_str(&line(&head.map(str::to_owned)));
        self.0.push_str(&format!("|{}\n", "---|".repeat(N)));
        for row in rows {
            self.0.push_str(&line(&row));
        }
    }

    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        self.0.push('\n');
        for item in items {
            self.0.push_str(&format!("- {item}\n"));
        }
    }
}

/// A cell must not end its row.
fn escape(cell: &str) -> String {
    cell.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_document_has_a_name_of_its_own_and_is_the_same_every_time() {
        let (first, second) = (documents(), documents());
        assert_eq!(first, second);
        let names: BTreeSet<_> = first.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), first.len());
        for (name, text) in &first {
            // JSON has no room for a note.
            let opens = if name.ends_with(".json") { "{" } else { NOTE };
            assert!(text.starts_with(opens), "{name}");
            assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{name}");
        }
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        for (name, text) in documents() {
            let mut head = None;
            let mut fenced = false;
            for line in text.lines() {
                fenced ^= line.starts_with("```");
                // The lines of a report in a fence are not a table of the page.
                if fenced || !line.starts_with('|') {
                    head = None;
                    continue;
                }
                let cells = line.replace("\\|", "").matches('|').count();
                assert_eq!(*head.get_or_insert(cells), cells, "{name}: {line}");
            }
        }
    }
}
