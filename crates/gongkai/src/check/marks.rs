//! Which figures of a quote a finding is about.

pub use report::{Marks, find_marks as find};
