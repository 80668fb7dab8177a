//! Values into and out of the database: three kinds only, the same on both engines.

use crate::error::{Result, StoreError};
use jiff::civil::Date;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column, Row as _, TypeInfo, ValueRef};

/// A parameter of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// `BIGINT`.
    Int(Option<i64>),
    /// `TEXT`.
    Text(Option<String>),
    /// `BYTEA`.
    Bytes(Option<Vec<u8>>),
}

macro_rules! into_arg {
    ($($from:ty => |$value:ident| $arg:expr;)*) => {
        $(impl From<$from> for Arg { fn from($value: $from) -> Arg { $arg } })*
    };
}

into_arg! {
    i64 => |value| Arg::Int(Some(value));
    i32 => |value| Arg::Int(Some(i64::from(value)));
    u32 => |value| Arg::Int(Some(i64::from(value)));
    i16 => |value| Arg::Int(Some(i64::from(value)));
    usize => |value| Arg::Int(Some(i64::try_from(value).unwrap_or(i64::MAX)));
    bool => |value| Arg::Int(Some(i64::from(value)));
    Option<i64> => |value| Arg::Int(value);
    &str => |value| Arg::Text(Some(value.to_string()));
    &String => |value| Arg::Text(Some(value.clone()));
    String => |value| Arg::Text(Some(value));
    Option<&str> => |value| Arg::Text(value.map(str::to_string));
    Option<String> => |value| Arg::Text(value);
    &Option<String> => |value| Arg::Text(value.clone());
    Date => |value| Arg::Text(Some(value.to_string()));
    Option<Date> => |value| Arg::Text(value.map(|day| day.to_string()));
    Vec<u8> => |value| Arg::Bytes(Some(value));
    &[u8] => |value| Arg::Bytes(Some(value.to_vec()));
    Option<Vec<u8>> => |value| Arg::Bytes(value);
}

/// The parameters of a statement, each turned into an [`Arg`](crate::db::Arg).
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Arg::from($value)),*] };
}

/// One row of an answer; columns are read by place, from 0.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// How many columns there are.
    pub fn width(&self) -> usize {
        match self {
            Row::Sqlite(row) => row.len(),
            Row::Postgres(row) => row.len(),
        }
    }

    /// Name of a column, empty beyond the last.
    pub fn name(&self, i: usize) -> &str {
        match self {
            Row::Sqlite(row) => row.columns().get(i).map_or("", |column| column.name()),
            Row::Postgres(row) => row.columns().get(i).map_or("", |column| column.name()),
        }
    }

    fn broken(&self, i: usize) -> StoreError {
        let origin = match self {
            Row::Sqlite(row) => row.columns().get(i).map(|column| column.origin()),
            Row::Postgres(row) => row.columns().get(i).map(|column| column.origin()),
        };
        let table = match origin {
            Some(sqlx::ColumnOrigin::Table(origin)) => origin.table.to_string(),
            _ => "（查询结果）".to_string(),
        };
        let name = self.name(i);
        let column = if name.is_empty() {
            format!("第 {} 列", i + 1)
        } else {
            name.to_string()
        };
        StoreError::Inconsistent {
            table,
            column,
            record: String::new(),
        }
    }

    /// A whole number that may be missing.
    pub fn int_opt(&self, i: usize) -> Result<Option<i64>> {
        let value = match self {
            Row::Sqlite(row) => row.try_get::<Option<i64>, _>(i),
            // A literal or a small count may come narrower than BIGINT.
            Row::Postgres(row) => match row.columns().get(i).map(|c| c.type_info().name()) {
                Some("INT4") => row.try_get::<Option<i32>, _>(i).map(|v| v.map(i64::from)),
                Some("INT2") => row.try_get::<Option<i16>, _>(i).map(|v| v.map(i64::from)),
                Some("BOOL") => row.try_get::<Option<bool>, _>(i).map(|v| v.map(i64::from)),
                _ => row.try_get::<Option<i64>, _>(i),
            },
        };
        value.map_err(|_| self.broken(i))
    }

    /// A whole number.
    pub fn int(&self, i: usize) -> Result<i64> {
        self.int_opt(i)?.ok_or_else(|| self.broken(i))
    }

    /// A yes or no, stored as 0 or 1.
    pub fn flag(&self, i: usize) -> Result<bool> {
        Ok(self.int(i)? != 0)
    }

    /// Text that may be missing.
    pub fn text_opt(&self, i: usize) -> Result<Option<String>> {
        match self {
            Row::Sqlite(row) => row.try_get::<Option<String>, _>(i),
            Row::Postgres(row) => row.try_get_unchecked::<Option<String>, _>(i),
        }
        .map_err(|_| self.broken(i))
    }

    /// Text.
    pub fn text(&self, i: usize) -> Result<String> {
        self.text_opt(i)?.ok_or_else(|| self.broken(i))
    }

    /// Bytes that may be missing.
    pub fn bytes_opt(&self, i: usize) -> Result<Option<Vec<u8>>> {
        match self {
            // The declared type BYTEA means nothing to SQLite; the value itself is a blob.
            Row::Sqlite(row) => row.try_get_unchecked::<Option<Vec<u8>>, _>(i),
            Row::Postgres(row) => row.try_get::<Option<Vec<u8>>, _>(i),
        }
        .map_err(|_| self.broken(i))
    }

    /// Bytes.
    pub fn bytes(&self, i: usize) -> Result<Vec<u8>> {
        self.bytes_opt(i)?.ok_or_else(|| self.broken(i))
    }

    /// A day that may be missing, stored as `YYYY-MM-DD`.
    pub fn date_opt(&self, i: usize) -> Result<Option<Date>> {
        match self.text_opt(i)? {
            None => Ok(None),
            Some(text) => parse_day(&text).map(Some).ok_or_else(|| self.broken(i)),
        }
    }

    /// A day.
    pub fn date(&self, i: usize) -> Result<Date> {
        self.date_opt(i)?.ok_or_else(|| self.broken(i))
    }

    /// The value as a parameter again, for copying rows from one engine to another.
    pub fn arg(&self, i: usize) -> Result<Arg> {
        let kind = match self {
            Row::Sqlite(row) => {
                let value = row.try_get_raw(i).map_err(|_| self.broken(i))?;
                if value.is_null() {
                    declared(row, i)
                } else {
                    value.type_info().name().to_string()
                }
            }
            Row::Postgres(row) => row
                .columns()
                .get(i)
                .map(|c| c.type_info().name().to_string())
                .unwrap_or_default(),
        };
        Ok(match kind.as_str() {
            "INTEGER" | "BIGINT" | "INT8" | "INT4" | "INT2" | "BOOLEAN" | "BOOL" => {
                Arg::Int(self.int_opt(i)?)
            }
            "BLOB" | "BYTEA" => Arg::Bytes(self.bytes_opt(i)?),
            _ => Arg::Text(self.text_opt(i)?),
        })
    }
}

fn declared(row: &SqliteRow, i: usize) -> String {
    row.columns()
        .get(i)
        .map(|c| c.type_info().name().to_string())
        .unwrap_or_default()
}

/// Only the ten characters `YYYY-MM-DD`: anything else in the database is a fault.
fn parse_day(text: &str) -> Option<Date> {
    if text.len() == 10 {
        text.parse().ok()
    } else {
        None
    }
}
