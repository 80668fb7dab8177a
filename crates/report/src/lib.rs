//! Annual reports: the model, compiling from figures, rolling up, checking identities, laying out.
//!
//! Both roads meet in [`Report`]: figures counted from records ([`compile`]) and, later, files read
//! from elsewhere. A report never fails to exist because something in it is wrong; what is wrong is
//! a [`Finding`] with its place. The forms themselves are data in `statute::editions`.

mod compile;
mod decimal;
mod finding;
mod identities;
mod json;
mod layout;
mod model;
mod roll_up;
#[cfg(test)]
mod tests;

pub use compile::compile;
pub use decimal::{BadDecimal, Decimal};
pub use finding::{Checked, CheckedKind, Finding, Place};
pub use identities::check_identities;
pub use json::JsonError;
pub use layout::layout;
pub use model::{Cell, Note, Report, Section, Tables};
pub use roll_up::{RollUpError, roll_up};
pub use statute::editions::Level;
