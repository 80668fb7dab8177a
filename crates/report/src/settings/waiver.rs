//! A waiver: a finding that somebody has looked at and answers for.

use std::path::Path;

use statute::Date;
use toml::{Table, Value};

use super::fields::{Fields, parsed};
use super::unknown;
use crate::finding::{Finding, Place};
use crate::rules::{Rule, WAIVER_UNUSED};

const PLACE: [&str; 8] = [
    "source", "section", "table", "row", "column", "page", "line", "quote",
];

/// One waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule whose findings may stand.
    pub rule: &'static Rule,
    /// The file, by the end of its path; any file without one.
    pub source: Option<String>,
    /// Where in the report; what is not written is not asked.
    pub place: Place,
    /// Why it may stand.
    pub reason: String,
    /// Who decided so.
    pub who: String,
    /// When.
    pub when: Date,
    /// Line of the file on which the waiver begins, from 1.
    pub line: Option<u32>,
}

impl Waiver {
    /// Reads the text of a waivers file.
    ///
    /// # Errors
    /// Everything in it that is wrong, a Chinese sentence each.
    pub fn parse_all(text: &str) -> Result<Vec<Waiver>, Vec<String>> {
        parsed(text, |table, problems| {
            let mut fields = Fields::new(table, "", &["waiver"]);
            let list: Option<Vec<&Table>> = match table.get("waiver") {
                None => Some(Vec::new()),
                Some(value) => value
                    .as_array()
                    .and_then(|items| items.iter().map(Value::as_table).collect()),
            };
            if list.is_none() {
                fields.problem("“waiver”应写成若干个 [[waiver]]");
            }
            fields.done(problems);
            let mut lines = (1..)
                .zip(text.lines())
                .filter(|(_, line)| line.trim_start().starts_with("[[waiver]]"))
                .map(|(number, _)| number);
            list.unwrap_or_default()
                .into_iter()
                .filter_map(|table| Waiver::of(table, lines.next(), problems))
                .collect()
        })
    }

    fn of(table: &Table, line: Option<u32>, problems: &mut Vec<String>) -> Option<Waiver> {
        let of = line.map_or("[[waiver]] ".to_owned(), |line| {
            format!("第 {line} 行的 [[waiver]] ")
        });
        let mut fields = Fields::new(table, &of, &["rule", "place", "reason", "who", "when"]);
        let named = fields.required("rule");
        let rule = Rule::find(&named);
        if rule.is_none() && !named.is_empty() {
            fields.problem(&unknown(&named));
        }
        let (reason, who) = (fields.required("reason"), fields.required("who"));
        let when = fields.date("when");
        if !table.contains_key("place") {
            fields.problem("缺少“place”");
        }
        let below = fields.table("place");
        fields.done(problems);
        let mut place = Fields::new(below?, &format!("{of}place："), &PLACE);
        if below?.is_empty() {
            place.problem("至少应写一项");
        }
        let source = place.text("source");
        let found = Place {
            section: place.text("section"),
            table: place.text("table"),
            row: place.text("row"),
            column: place.text("column"),
            page: place.count("page", u32::MAX),
            line: place.count("line", u32::MAX),
            quote: place.text("quote"),
        };
        place.done(problems);
        Some(Waiver {
            rule: rule?,
            source,
            place: found,
            reason,
            who,
            when: when?,
            line,
        })
    }

    /// Whether the waiver could be about this file: its path ends in the parts that were written.
    pub fn is_about(&self, source: &str) -> bool {
        self.source
            .as_ref()
            .is_none_or(|written| Path::new(source).ends_with(written))
    }

    /// Whether the waiver answers for this finding of a file.
    pub fn answers(&self, source: &str, finding: &Finding) -> bool {
        fn same<T: PartialEq>(wanted: &Option<T>, found: &Option<T>) -> bool {
            wanted.is_none() || wanted == found
        }
        let within = |wanted: &Option<String>, found: &Option<String>| match (wanted, found) {
            (None, _) => true,
            (Some(wanted), Some(found)) => bare(found).contains(&bare(wanted)),
            (Some(_), None) => false,
        };
        let place = &finding.place;
        self.rule.name == finding.rule
            && self.is_about(source)
            && within(&self.place.section, &place.section)
            && same(&self.place.table, &place.table)
            && same(&self.place.row, &place.row)
            && same(&self.place.column, &place.column)
            && same(&self.place.page, &place.page)
            && same(&self.place.line, &place.line)
            && within(&self.place.quote, &place.quote)
    }

    /// That no finding answered to this waiver; a finding of the waivers file.
    pub fn unused(&self) -> Finding {
        let place = Place {
            line: self.line,
            ..Place::default()
        };
        WAIVER_UNUSED.finding(
            place,
            format!(
                "豁免了 {}（{}，{}），但没有与它对应的问题；问题已经改正的请删去这一条，否则请核对规则和位置。",
                self.rule.name, self.who, self.reason
            ),
        )
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
