//! `cargo xtask`: one command for everything that a change must pass, and for what is measured.
//!
//! A task is a module. It prints what it does, stops at the first thing that fails and says what
//! to do about it. Nothing here is part of the program that a government runs.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks on its standard streams"
)]

mod bench;
mod browser;
mod fuzz;
mod generate;
mod http;
mod keeper;
mod machine;
mod postgres;
mod run;
mod server;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  test [--fast]       everything that a change must pass; installs what is missing (apt, npm).
                      --fast: without PostgreSQL and without the browser
  tidy                edges between crates, paths named in documents, sizes, manifests, licences
  generate [--check]  writes docs/reference from the program; --check fails when it is out of date
  browser [shots DIR] the browser flow alone, or screenshots of the main pages into DIR
  postgres COMMAND…   runs a command with a PostgreSQL of its own, gone afterwards, such as
                      `cargo xtask postgres cargo test -p store`
  bench [pages|import|report|check|bare|all] [--seconds N] [--reports N]
                      measures a release build, prints tables, writes target/bench/*.json
  fuzz [TARGET [SECONDS]]
                      fuzzes the readers of hostile input (fuzz/README.md)
";

/// What went wrong, in words for the person at the terminal.
type Fault = String;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["test"] => test::run(test::Extent::Full),
        ["test", "--fast"] => test::run(test::Extent::Fast),
        ["tidy"] => tidy::run(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["browser"] => browser::alone(None),
        ["browser", "shots", folder] => browser::alone(Some(folder)),
        ["postgres", program, rest @ ..] => test::with_postgres(program, rest),
        ["bench", rest @ ..] => bench::run(rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            // A task that closes with a summary has said it already.
            if !fault.is_empty() {
                eprintln!("xtask: {fault}");
            }
            ExitCode::FAILURE
        }
    }
}
