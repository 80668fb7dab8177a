//! `gongkai demo`: the demo county, made if it is not there, and served.

use crate::cli;
use crate::failure::Failure;

/// Serves until asked to stop.
pub fn run(_: &cli::Demo) -> Result<(), Failure> {
    Err(Failure::failed("演示县还没有编入这一版程序。"))
}
