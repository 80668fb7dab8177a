//! The law as code: articles, the working-day calendar, the clock of a request, outcomes, fees and
//! the editions of the annual report.
//!
//! Everything here is a pure function of its arguments: no input or output, no clock, no panic on
//! any input. Every statutory number carries the [`Article`] it comes from, so that a page, a
//! letter or a finding can say not only *when* but *why*.
//!
//! ```
//! use statute::{Calendar, Date};
//! // Signed for on the eve of National Day 2022; a court counted the same.
//! let due = Calendar::national().add_working_days(Date::constant(2022, 9, 30), 20);
//! assert_eq!(due, Date::constant(2022, 11, 2));
//! ```

pub mod applicant;
pub mod article;
pub mod calendar;
pub mod case;
pub mod channel;
pub mod clock;
pub mod deadlines;
pub mod editions;
pub mod fee;
mod keyed;
pub mod outcome;

pub use applicant::ApplicantKind;
pub use article::{Article, Law, Regulation, Term};
pub use calendar::{Calendar, Day, Notice, NoticeProblem, parse_date};
pub use case::{CaseResult, Track};
pub use channel::{PublicationChannel, RequestChannel};
pub use fee::Fee;
pub use jiff::civil::Date;
pub use outcome::Outcome;

/// For the expansion of [`keyed!`] in other crates.
#[doc(hidden)]
pub use serde as __serde;
