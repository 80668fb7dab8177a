//! The report as JSON, the contract of `gongkai read` and `gongkai report`.
//!
//! Keys are flat: `tables.t3["deny.secret"].business`, `tables.t2.norms.issued`,
//! `tables.stats2014["H3.1"]`. A cell is a number, `null` or `{"unreadable": "text"}`.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use statute::editions::{CellKey, Edition, Table};

use crate::decimal::parse_number;
use crate::model::{Cell, Note, Report, Tables};

/// Why a JSON text is no report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Something that must be an object is none.
    #[error("“{0}”应为 JSON 对象")]
    NotAnObject(String),
    /// A key that the contract does not have.
    #[error("有不认识的键“{0}”，请核对拼写和报告格式（edition）")]
    UnknownKey(String),
    /// A key that must be there is missing.
    #[error("缺少键“{0}”，请补上")]
    Missing(&'static str),
    /// The value of a key is of the wrong kind.
    #[error("“{key}”的值不对：{reason}")]
    BadValue {
        /// The key.
        key: String,
        /// What is wrong.
        reason: String,
    },
}

const KEYS: [&str; 10] = [
    "source", "title", "unit", "year", "edition", "sections", "tables", "notes", "findings",
    "blank",
];

impl Report {
    /// The report as JSON; `blank` is written only for an empty form.
    pub fn to_json(&self) -> Value {
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| {
            object.insert(key.to_owned(), value);
        };
        put("source", json!(self.source));
        put("title", json!(self.title));
        put("unit", json!(self.unit));
        put("year", json!(self.year));
        put("edition", json!(self.edition.key()));
        put("sections", json!(self.sections));
        put("tables", tables(self));
        put("notes", self.notes.iter().map(note).collect());
        put("findings", json!(self.findings));
        if self.blank {
            put("blank", json!(true));
        }
        Value::Object(object)
    }

    /// Reads what [`Report::to_json`] wrote. Cells that are left out are absent.
    ///
    /// # Errors
    /// The first key that is unknown, missing or has a value of the wrong kind.
    pub fn from_json(value: &Value) -> Result<Report, JsonError> {
        let object = object(value, "报告")?;
        if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(JsonError::UnknownKey(key.clone()));
        }
        let key: String = required(object, "edition")?;
        let edition = Edition::from_key(&key).ok_or_else(|| {
            let known = Edition::ALL.map(Edition::key).join("、");
            bad("edition", format!("没有格式“{key}”，应为 {known} 之一"))
        })?;
        let notes: Vec<Value> = required(object, "notes")?;
        Ok(Report {
            source: required(object, "source")?,
            title: required(object, "title")?,
            unit: required(object, "unit")?,
            year: required(object, "year")?,
            edition,
            sections: required(object, "sections")?,
            tables: read_tables(edition, object.get("tables"))?,
            notes: notes.iter().map(read_note).collect::<Result<_, _>>()?,
            findings: required(object, "findings")?,
            blank: match object.get("blank") {
                None => false,
                Some(value) => value
                    .as_bool()
                    .ok_or_else(|| bad("blank", "应为 true 或 false"))?,
            },
        })
    }
}

fn tables(report: &Report) -> Value {
    let table = |table: &Table| {
        let rows = table.rows.iter().map(|row| {
            let value = |column| cell(report.tables.get(CellKey::new(table.key, row.key, column)));
            let columns = row.columns.iter().map(|column| column.key);
            let whole = match row.columns.as_slice() {
                [only] if only.key == CellKey::VALUE => value(only.key),
                _ => columns
                    .map(|column| (column.to_owned(), value(column)))
                    .collect(),
            };
            (row.key.to_owned(), whole)
        });
        (table.key.to_owned(), rows.collect::<Value>())
    };
    Value::Object(report.edition.tables().iter().map(table).collect())
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Absent => Value::Null,
        Cell::Unreadable(text) => json!({ "unreadable": text }),
        Cell::Number(figure) => match figure.as_whole() {
            Some(whole) => json!(whole),
            // Fifteen digits at most, which a JSON number keeps; see `Decimal`.
            None => serde_json::from_str(&figure.to_string()).unwrap_or(Value::Null),
        },
    }
}

fn note(note: &Note) -> Value {
    match note.cell {
        Some(key) => json!({ "cell": key.to_string(), "text": note.text }),
        None => json!({ "text": note.text }),
    }
}

fn read_note(value: &Value) -> Result<Note, JsonError> {
    let object = object(value, "notes")?;
    if let Some(key) = object
        .keys()
        .find(|key| !["cell", "text"].contains(&key.as_str()))
    {
        return Err(JsonError::UnknownKey(format!("notes.{key}")));
    }
    let cell: Option<String> = optional(object, "cell")?;
    let cell = cell.map(|key| key.parse::<CellKey>()).transpose();
    Ok(Note {
        cell: cell.map_err(|error| bad("notes.cell", error.to_string()))?,
        text: required(object, "text")?,
    })
}

fn read_tables(edition: Edition, value: Option<&Value>) -> Result<Tables, JsonError> {
    let mut tables = Tables::default();
    for (table_key, rows) in object(value.ok_or(JsonError::Missing("tables"))?, "tables")? {
        let path = format!("tables.{table_key}");
        let table = edition
            .table(table_key)
            .ok_or_else(|| JsonError::UnknownKey(path.clone()))?;
        for (row_key, value) in object(rows, &path)? {
            let path = format!("{path}[\"{row_key}\"]");
            let row = table
                .row(row_key)
                .ok_or_else(|| JsonError::UnknownKey(path.clone()))?;
            let mut set = |column: &'static str, value: &Value, path: &str| {
                let key = CellKey::new(table.key, row.key, column);
                read_cell(value, path).map(|cell| tables.set(key, cell))
            };
            if let [only] = row.columns.as_slice()
                && only.key == CellKey::VALUE
            {
                set(only.key, value, &path)?;
                continue;
            }
            for (column_key, value) in object(value, &path)? {
                let path = format!("{path}.{column_key}");
                let column = row
                    .columns
                    .iter()
                    .find(|column| column.key == column_key.as_str());
                let column = column.ok_or_else(|| JsonError::UnknownKey(path.clone()))?;
                set(column.key, value, &path)?;
            }
        }
    }
    Ok(tables)
}

fn read_cell(value: &Value, path: &str) -> Result<Cell, JsonError> {
    let wrong = || {
        bad(
            path,
            "应为数、null 或 {\"unreadable\":\"文字\"}，数至多六位小数",
        )
    };
    match value {
        Value::Null => Ok(Cell::Absent),
        Value::Number(number) => parse_number(&number.to_string())
            .map(Cell::Number)
            .ok_or_else(wrong),
        Value::Object(object) if object.len() == 1 => match object.get("unreadable") {
            Some(Value::String(text)) => Ok(Cell::Unreadable(text.clone())),
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    }
}

fn object<'a>(value: &'a Value, key: &str) -> Result<&'a Map<String, Value>, JsonError> {
    value
        .as_object()
        .ok_or_else(|| JsonError::NotAnObject(key.to_owned()))
}

fn required<T: DeserializeOwned>(
    object: &Map<String, Value>,
    key: &'static str,
) -> Result<T, JsonError> {
    let value = object.get(key).ok_or(JsonError::Missing(key))?;
    serde_json::from_value(value.clone()).map_err(|error| bad(key, error.to_string()))
}

fn optional<T: DeserializeOwned>(
    object: &Map<String, Value>,
    key: &'static str,
) -> Result<Option<T>, JsonError> {
    if object.contains_key(key) {
        required(object, key)
    } else {
        Ok(None)
    }
}

fn bad(key: &str, reason: impl Into<String>) -> JsonError {
    JsonError::BadValue {
        key: key.to_owned(),
        reason: reason.into(),
    }
}
