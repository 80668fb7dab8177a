//! From TOML to values, with every problem said.

use toml::{Table, Value};

/// A table on its way to values, with what is wrong in it.
pub(super) struct Fields<'a> {
    table: &'a Table,
    /// What the table is called in a problem: `第 3 行的 [[waiver]] `, or nothing for the file.
    of: String,
    problems: Vec<String>,
}

/// Parses a text and hands its table on; what is wrong comes together in one list.
pub(super) fn parsed<T>(
    text: &str,
    read: impl FnOnce(&Table, &mut Vec<String>) -> T,
) -> Result<T, Vec<String>> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map_or(1, |before| before.matches('\n').count() + 1);
        vec![format!(
            "第 {line} 行不是合法的 TOML：{}。",
            error.message().replace('\n', " ")
        )]
    })?;
    let mut problems = Vec::new();
    let value = read(&table, &mut problems);
    if problems.is_empty() {
        Ok(value)
    } else {
        Err(problems)
    }
}

impl<'a> Fields<'a> {
    /// Fields of a table in which only the known keys may stand.
    pub fn new(table: &'a Table, of: &str, known: &[&str]) -> Fields<'a> {
        let mut fields = Fields {
            table,
            of: of.to_owned(),
            problems: Vec::new(),
        };
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            fields.problem(&format!("没有“{key}”这一项，可用的有 {}", known.join("、")));
        }
        fields
    }

    /// What is wrong, in words without a full stop.
    pub fn problem(&mut self, text: &str) {
        self.problems.push(format!("{}{text}。", self.of));
    }

    /// Hands the problems over.
    pub fn done(self, problems: &mut Vec<String>) {
        problems.extend(self.problems);
    }

    /// A text that is not empty, if the key is there.
    pub fn text(&mut self, key: &str) -> Option<String> {
        match self.table.get(key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => {
                self.problem(&format!("“{key}”应为不空的文字，例如 {key} = \"…\""));
                None
            }
        }
    }

    /// A text that must be there.
    pub fn required(&mut self, key: &str) -> String {
        if self.table.get(key).is_none() {
            self.problem(&format!("缺少“{key}”"));
        }
        self.text(key).unwrap_or_default()
    }

    /// A list of texts; none if the key is not there.
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let list = self.table.get(key)?.as_array().and_then(|items| {
            items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect()
        });
        if list.is_none() {
            self.problem(&format!("“{key}”应为文字的列表，例如 [\"N201\"]"));
        }
        list
    }

    /// A whole number from 1 up to a most.
    pub fn count(&mut self, key: &str, most: u32) -> Option<u32> {
        let value = self.table.get(key)?;
        let count = value
            .as_integer()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| (1..=most).contains(number));
        if count.is_none() {
            self.problem(&format!("“{key}”应为 1 到 {most} 的整数"));
        }
        count
    }

    /// A date, written bare or as text.
    pub fn date(&mut self, key: &str) -> Option<statute::Date> {
        let written = match self.table.get(key) {
            None => {
                self.problem(&format!("缺少“{key}”"));
                return None;
            }
            Some(Value::Datetime(when)) => when.date.map(|date| date.to_string()),
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => None,
        };
        let date = written.and_then(|text| text.parse().ok());
        if date.is_none() {
            self.problem(&format!("“{key}”应为日期，例如 2024-01-15"));
        }
        date
    }

    /// A table below.
    pub fn table(&mut self, key: &str) -> Option<&'a Table> {
        match self.table.get(key)? {
            Value::Table(table) => Some(table),
            _ => {
                self.problem(&format!("“{key}”应为一组项"));
                None
            }
        }
    }
}
