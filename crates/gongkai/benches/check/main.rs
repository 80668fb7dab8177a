//! Invented annual reports by the thousand, and the time of each stage of checking them.
//!
//! `cargo xtask bench check` runs this beside the program itself. Everything in a report is made up
//! here: the bodies, the sentences, the figures; the same number gives the same report everywhere.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement prints, and stops where it cannot go on"
)]

mod figures;
mod files;
mod random;
mod stages;
mod story;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
check write text|docx|html N DIR   writes N invented reports into DIR
check stages TIMES DIR             reads and checks the files of DIR on this thread, TIMES over,
                                   and prints the microseconds of each stage as JSON";

fn main() -> ExitCode {
    // Cargo ends the words with one of its own.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<u64>().ok().filter(|n| *n > 0);
    match words.as_slice() {
        ["write", kind, n, folder] => {
            if let (Some(kind), Some(n)) = (files::Kind::of(kind), number(n)) {
                files::write(kind, n, Path::new(folder)).unwrap();
                return ExitCode::SUCCESS;
            }
        }
        ["stages", times, folder] => {
            if let Some(times) = number(times) {
                println!("{}", stages::measure(Path::new(folder), times));
                return ExitCode::SUCCESS;
            }
        }
        _ => {}
    }
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
