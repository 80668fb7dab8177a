//! `gongkai check`: reports checked like code.

use crate::check;
use crate::cli;
use crate::failure::Failure;

/// Checks, prints, and ends with 1 when there are errors.
pub fn run(args: &cli::Check) -> Result<(), Failure> {
    check::run(args)
}
