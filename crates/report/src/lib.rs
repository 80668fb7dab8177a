//! Annual reports: the model, reading, compiling from figures, rolling up, checking, laying out.
//!
//! Both roads meet in [`Report`]: figures counted from records ([`compile`]) and files from
//! elsewhere ([`read`]). A report never fails to exist because something in it is wrong; what is wrong is
//! a [`Finding`] with its place. The forms themselves are data in `statute::editions`.

mod anchor;
mod check;
mod compile;
mod decimal;
mod finding;
mod identities;
mod json;
mod layout;
mod marks;
mod model;
mod prose;
mod quantity;
mod read;
mod reading;
mod roll_up;
mod rules;
pub mod settings;
#[cfg(test)]
mod tests;
mod words;

pub use anchor::Anchors;
pub use check::{Checkup, check};
pub use compile::compile;
pub use decimal::{BadDecimal, Decimal};
pub use finding::{Checked, CheckedKind, Finding, Place};
pub use identities::check_identities;
pub use json::JsonError;
pub use layout::layout;
pub use marks::{Marks, columns_from_end, find_marks};
pub use model::{Cell, Note, Report, Section, Tables};
pub use prose::{Paragraph, Prose, Strip};
pub use quantity::{Bound, Date, Quantity, Sort};
pub use read::read;
pub use reading::Reading;
pub use roll_up::{RollUpError, roll_up};
pub use rules::children::check_children;
pub use rules::copies;
pub use rules::years::{Earlier, check_against_previous, pair_previous, previous_missing};
pub use rules::{FILE_UNREADABLE, PAGES_UNREAD, Rule, WAIVER_UNUSED, file_unreadable, rules};
pub use statute::editions::Level;
