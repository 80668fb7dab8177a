//! `gongkai export`: records out, as they can be imported again.

use crate::cli;
use crate::failure::Failure;
use crate::output::{Part, quiet, tell};
use crate::runtime;
use std::io::{BufWriter, Write};
use store::export::{Choice, records};
use store::{Store, StoreError};

/// Writes JSON Lines to standard output or a file.
pub fn run(args: &cli::Export) -> Result<(), Failure> {
    let named = args.place.named()?;
    let choice = Choice {
        year: args.year,
        public: args.public,
    };
    let count = runtime::run(async {
        let store = named.open().await?;
        let count = match &args.output {
            None => to_standard_output(&store, choice).await,
            Some(path) => match Part::create(path) {
                Ok(part) => {
                    let what = path.display().to_string();
                    let mut out = BufWriter::new(&part.file);
                    let count = write(&store, choice, &mut out).await;
                    let written = out.into_inner().map(|_| ());
                    let written =
                        written.map_err(|error| Failure::unwritable(&what, &error.into_error()));
                    match (count, written) {
                        (Ok(count), Ok(())) => part.finish().map(|()| count),
                        (Err(fault), _) => Err(fault.of(&what)),
                        (_, Err(failure)) => Err(failure),
                    }
                }
                Err(failure) => Err(failure),
            },
        };
        store.db.close().await;
        count
    })?;
    tell(&format!("已导出 {count} 条。"));
    Ok(())
}

async fn to_standard_output(store: &Store, choice: Choice) -> Result<usize, Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match write(store, choice, &mut out).await {
        Ok(count) => quiet(out.flush()).map(|()| count),
        // A reader that went away has what it wanted.
        Err(Fault::Output(error)) => quiet(Err(error)).map(|()| 0),
        Err(fault) => Err(fault.of("标准输出")),
    }
}

enum Fault {
    Output(std::io::Error),
    Store(StoreError),
}

impl Fault {
    fn of(self, what: &str) -> Failure {
        match self {
            Fault::Output(error) => Failure::unwritable(what, &error),
            Fault::Store(error) => error.into(),
        }
    }
}

async fn write(store: &Store, choice: Choice, out: &mut impl Write) -> Result<usize, Fault> {
    let mut count = 0;
    let mut fault = None;
    let done = records(store, choice, |record| {
        match writeln!(out, "{}", record.to_line()) {
            Ok(()) => {
                count += 1;
                Ok(())
            }
            Err(error) => {
                fault = Some(error);
                Err(StoreError::Backup("输出中断".to_owned()))
            }
        }
    })
    .await;
    match (fault, done) {
        (Some(error), _) => Err(Fault::Output(error)),
        (None, Err(error)) => Err(Fault::Store(error)),
        (None, Ok(())) => Ok(count),
    }
}
