//! `gongkai`: the command line, the configuration, the wiring and the demo county.
//!
//! Exit codes: 0 done; 1 the thing itself failed (a fault found, an import refused, a unit not
//! found); 2 wrong usage, or an input file that cannot be opened; 128 and the number of a signal that
//! asked to end. What a program reads goes to
//! standard output alone, what people read beside it to standard error.

mod check;
mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod help;
mod interrupt;
mod language;
mod output;
mod place;
mod reference;
mod runtime;
mod serving;
mod usage;

use clap::FromArgMatches;
use std::process::ExitCode;

fn main() -> ExitCode {
    let language = language::Language::of_environment();
    let parsed = help::command(language)
        .try_get_matches()
        .and_then(|matches| cli::Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error, language),
    };
    match commands::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::tell(&failure.text);
            ExitCode::from(failure.code)
        }
    }
}
