//! The command line, through the built program: what it prints, where, and how it ends.

mod calendar;
mod county;
mod harness;
mod importing;
mod keeping;
mod reckoning;
mod reporting;
mod strain;
mod usage;
