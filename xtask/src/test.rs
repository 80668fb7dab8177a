//! Everything that a change must pass, in the order of cheapness.

use crate::machine::{self, Need};
use crate::postgres::Postgres;
use crate::run::{Failure, Run, Stages, Tally};
use crate::{Fault, browser, generate, tidy};

/// How much of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What CI runs.
    Full,
    /// Everyday: without PostgreSQL and without the browser.
    Fast,
}

pub fn run(extent: Extent) -> Result<(), Fault> {
    let mut stages = Stages::default();
    let result = all(&mut stages, extent);
    if let Err(fault) = &result {
        eprintln!("\nxtask: {fault}");
    }
    stages.close();
    result.map_err(|_| String::new())
}

fn all(stages: &mut Stages, extent: Extent) -> Result<(), Fault> {
    let full = extent == Extent::Full;
    if full {
        stages.run("what the machine must have", || {
            let others = [Need::Postgres, Need::Pdftotext, Need::Antiword];
            machine::ensure(&[&browser::NEEDS[..], &others].concat())?;
            browser::packages()?;
            Ok(Tally::default())
        })?;
    }
    stages.run("format", || {
        cargo(&["fmt", "--all", "--check"])?;
        // The bare handler of the bench is a workspace of its own.
        cargo(&["fmt", "--manifest-path", "xtask/bare/Cargo.toml", "--check"])
    })?;
    stages.run("tidy: edges, paths, sizes, manifests, licences", || {
        tidy::run()?;
        outside_licence_check()?;
        Ok(Tally::default())
    })?;
    stages.run("clippy", || {
        cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ])
    })?;
    stages.run("tests", || tests(extent))?;
    stages.run("examples in documents", || {
        Run::cargo()
            .args(["test", "--workspace", "--doc", "--locked", "--quiet"])
            .count()
    })?;
    if stages.passed() == 0 {
        return Err("no test ran".to_owned());
    }
    stages.run("generated files", || {
        generate::check()?;
        Ok(Tally::default())
    })?;
    if full {
        stages.run(
            "browser: a citizen asks, a clerk answers, the citizen sees it",
            || {
                let tally = browser::flow()?;
                if tally.passed == 0 {
                    return Err(Failure::from("the browser checked nothing".to_owned()));
                }
                Ok(tally)
            },
        )?;
    }
    Ok(())
}

fn cargo(args: &[&str]) -> Result<Tally, Failure> {
    Run::cargo().args(args.iter()).go()?;
    Ok(Tally::default())
}

/// Unit, conformance and web tests of every crate. With `CI` set, a conformance test that finds
/// no PostgreSQL fails; without PostgreSQL it says so and is skipped.
fn tests(extent: Extent) -> Result<Tally, Failure> {
    let run = if Run::cargo().args(["nextest", "--version"]).succeeds() {
        Run::cargo().args(["nextest", "run", "--workspace", "--locked"])
    } else {
        let kinds = ["--lib", "--bins", "--tests"];
        Run::cargo()
            .args(["test", "--workspace", "--locked", "--no-fail-fast"])
            .args(kinds)
    };
    match extent {
        Extent::Full => {
            let postgres = Postgres::start()?;
            run.env("CI", "true")
                .env("GONGKAI_TEST_POSTGRES", postgres.url())
                .count()
        }
        Extent::Fast => run
            .without_env("CI")
            .without_env("GONGKAI_TEST_POSTGRES")
            .count(),
    }
}

/// Any command with a PostgreSQL of its own, for working on the store.
pub fn with_postgres(program: &str, words: &[&str]) -> Result<(), Fault> {
    machine::ensure(&[Need::Postgres])?;
    let postgres = Postgres::start()?;
    Run::new(program)
        .args(words)
        .env("GONGKAI_TEST_POSTGRES", postgres.url())
        .go()
}

/// `cargo deny`, where it is installed; our own licence check in `tidy` always runs.
fn outside_licence_check() -> Result<(), Fault> {
    if Run::cargo().args(["deny", "--version"]).succeeds() {
        Run::cargo()
            .args([
                "deny",
                "--all-features",
                "check",
                "bans",
                "licenses",
                "sources",
            ])
            .go()
    } else {
        println!("cargo-deny is not installed: the licences were checked by tidy alone");
        Ok(())
    }
}
