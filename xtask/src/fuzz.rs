//! Fuzzing the readers of hostile input, outside the everyday tests: `fuzz/README.md`.

use crate::Fault;
use crate::run::{Run, root};

/// Every target of `fuzz/`.
const TARGETS: &[&str] = &[
    "any_file",
    "check_settings",
    "check_waivers",
    "clock_file",
    "docx_file",
    "holiday_notice",
    "html_file",
    "pdf_output",
    "record_line",
    "report_json",
    "report_lines",
    "reports_together",
    "sentence",
    "sentence_with_tables",
    "text_file",
    "xlsx_file",
];
/// How long a target runs unless told, in seconds.
const SECONDS: u32 = 60;
/// Longest that may be asked for, in seconds.
const SECONDS_LIMIT: u32 = 3600;
/// Memory that a target may take, in megabytes.
const MEMORY_MB: u32 = 512;

/// Runs one target, or all of them one after the other.
pub fn run(words: &[&str]) -> Result<(), Fault> {
    let (targets, seconds) = match words {
        [] => (TARGETS.to_vec(), SECONDS),
        [target] => (vec![named(target)?], SECONDS),
        [target, seconds] => {
            let seconds = seconds
                .parse::<u32>()
                .ok()
                .filter(|n| (1..=SECONDS_LIMIT).contains(n));
            let seconds = seconds.ok_or(format!("seconds must be 1 to {SECONDS_LIMIT}"))?;
            (vec![named(target)?], seconds)
        }
        _ => return Err("cargo xtask fuzz [TARGET [SECONDS]]".to_owned()),
    };
    if !Run::cargo().args(["fuzz", "--version"]).succeeds() {
        return Err("cargo-fuzz is missing: cargo install cargo-fuzz".to_owned());
    }
    for target in targets {
        println!("\n== fuzz {target}, {seconds} s");
        // Without a nightly compiler there is no sanitizer; panics, hangs and memory still show.
        // What is found goes into the first folder, which is nobody's but this machine's.
        let corpus = format!("fuzz/corpus/{target}");
        std::fs::create_dir_all(root().join(&corpus)).map_err(|e| format!("{corpus}: {e}"))?;
        let seeds = format!("fuzz/seeds/{target}");
        let seeds = root().join(&seeds).is_dir().then_some(seeds);
        Run::cargo()
            .args(["fuzz", "run", "-s", "none", target, &corpus])
            .args(seeds)
            .args(["--"])
            .args([
                format!("-max_total_time={seconds}"),
                "-timeout=5".to_owned(),
                format!("-rss_limit_mb={MEMORY_MB}"),
            ])
            .env("RUSTC_BOOTSTRAP", "1")
            .dir(&root())
            .go()?;
    }
    Ok(())
}

fn named(target: &str) -> Result<&'static str, Fault> {
    let found = TARGETS.iter().find(|known| **known == target);
    found.copied().ok_or(format!(
        "no target {target}; there are {}",
        TARGETS.join(", ")
    ))
}
