//! A process killed at any moment loses nothing that was acknowledged and leaves nothing half-done.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panic, and its helpers with it"
)]

mod imports;
mod killing;
mod submissions;
