//! One command, one file.

mod backup;
mod calendar;
mod check;
mod clock;
mod demo;
mod doctor;
mod export;
mod fee;
mod generate_reference;
mod import;
mod init;
mod migrate;
mod pdf_child;
mod read;
mod report;
mod restore;
mod rule;
mod serve;
mod verify;

use crate::cli::{Cli, Command};
use crate::failure::Failure;
use std::io::Read;
use std::path::Path;

/// Runs a command.
pub fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Demo(args) => demo::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Doctor(place) => doctor::run(&place),
        Command::Check(args) => check::run(&args),
        Command::Read(args) => read::run(&args),
        Command::Rule(args) => rule::run(&args),
        Command::Clock(args) => clock::run(&args),
        Command::Fee(fee) => fee::run(&fee),
        Command::Calendar(calendar) => calendar::run(&calendar),
        Command::Import(args) => import::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Verify(place) => verify::run(&place),
        Command::Migrate(place) => migrate::run(&place),
        Command::GenerateReference(args) => generate_reference::run(&args),
        Command::PdfChild => pdf_child::run(),
    }
}

/// The largest file that is read whole: an events file or a holiday notice of more is a mistake.
const SMALL_FILE: u64 = 16 * 1024 * 1024;

/// The text of a small file, `-` for standard input.
fn read_text(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if is_standard_input(path) {
        std::io::stdin()
            .lock()
            .take(SMALL_FILE + 1)
            .read_to_string(&mut text)
    } else {
        std::fs::File::open(path)
            .and_then(|file| file.take(SMALL_FILE + 1).read_to_string(&mut text))
    };
    match read {
        Err(error) => Err(Failure::unreadable(path, &error)),
        Ok(bytes) if bytes as u64 > SMALL_FILE => Err(Failure::usage(format!(
            "{} 超过 {} MB，不像是要读的文件，请核对。",
            path.display(),
            SMALL_FILE / 1024 / 1024
        ))),
        Ok(_) => Ok(text),
    }
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}
