//! What the store promises, tried on SQLite and on PostgreSQL alike.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says so"
)]

mod actions;
mod doors;
mod entering;
mod harness;
mod history;
mod hostile;
mod keeping;
mod office;
mod roundtrip;
mod schema;
mod strain;
