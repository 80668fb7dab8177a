//! What an office keeps and may do: units, people and their roles, documents, requests, cases,
//! registers, and the indicators that count them. Pure: no I/O, no clock, no async; the day is a
//! parameter and broken input gives reasons, never a panic.
//!
//! The same room names repeat in `store` and `portal`, so that one search shows a slice from page
//! to table.

pub mod cases;
pub mod documents;
pub mod figures;
pub mod journal;
pub mod masking;
pub mod people;
pub mod permissions;
pub mod records;
pub mod registers;
pub mod requests;
pub mod units;
pub mod visibility;

/// Why something may not be done: a stable code for tests and the API, and a sentence in Chinese
/// that says what was found and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Kebab-case name of the obstacle.
    pub code: &'static str,
    /// The form field it belongs to, when there is one.
    pub field: Option<&'static str>,
    /// The sentence people read.
    pub text: String,
}

impl Reason {
    /// An obstacle of the whole action.
    pub fn new(code: &'static str, text: impl Into<String>) -> Reason {
        Reason {
            code,
            field: None,
            text: text.into(),
        }
    }

    /// An obstacle at one field of the form.
    pub fn at(field: &'static str, code: &'static str, text: impl Into<String>) -> Reason {
        Reason {
            code,
            field: Some(field),
            text: text.into(),
        }
    }
}

#[cfg(test)]
mod tests;
