//! The portal asked through its real router, on each engine.
// Helpers of tests may unwrap and panic like the tests themselves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod api;
mod app;
mod authorization;
mod check;
mod citizen;
mod documents_office;
mod doors;
mod entering;
mod hostile;
mod manage;
mod page_cache;
mod public;
mod registers;
mod reports;
mod requests_office;
mod shell;
mod sign_in;
