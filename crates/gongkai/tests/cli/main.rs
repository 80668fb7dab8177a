//! The command line, through the built program: what it prints, where, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panic, and its helpers with it"
)]

mod calendar;
mod checking;
mod comparing;
mod county;
mod harness;
mod importing;
#[cfg(target_os = "linux")]
mod interrupted;
mod keeping;
mod one_off;
mod reckoning;
mod reporting;
mod serving;
mod shared_reports;
mod strain;
mod usage;
