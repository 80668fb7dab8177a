//! How fast invented reports are checked: in bulk through the program, and each stage by itself.

use super::{gongkai, pinned, process, table, write};
use crate::Fault;
use crate::run::{Folder, Run};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Text reports unless told otherwise.
pub const REPORTS: u32 = 2_000;
/// Word files, which are read much slower.
const WORD: u32 = 500;
/// Files whose stages are timed.
const STAGED: u32 = 200;

pub fn measure(reports: u32) -> Result<(), Fault> {
    let folder = Folder::new("bench-check")?;
    let make = |kind: &str, n: u32| {
        let into = folder.path().join(format!("{kind}-{n}"));
        invented(&["write", kind, &n.to_string(), &into.to_string_lossy()])?;
        Ok::<_, Fault>(into)
    };
    let texts = make("text", reports)?;
    let words = make("docx", WORD)?;
    let runs = [
        ("text, one core", &texts, true, false),
        ("text, all cores", &texts, false, false),
        ("text, all cores, --copies", &texts, false, true),
        ("docx, one core", &words, true, false),
        ("docx, all cores", &words, false, false),
    ];
    let runs: Vec<Checked> = runs
        .into_iter()
        .map(|(name, folder, one_core, copies)| check(name, folder, one_core, copies))
        .collect::<Result<_, _>>()?;
    println!();
    let rows: Vec<Vec<String>> = runs.iter().map(Checked::row).collect();
    table(
        &[
            "check",
            "files",
            "kB each",
            "s",
            "files/s",
            "files/cpu-s",
            "peak MiB",
        ],
        &rows,
    );
    let mut stages = Vec::new();
    for kind in ["text", "docx", "html"] {
        let files = make(kind, STAGED)?;
        let said = invented(&["stages", "5", &files.to_string_lossy()])?;
        let said: Value = serde_json::from_str(said.trim()).map_err(|e| format!("{said}: {e}"))?;
        stages.push((kind, said));
    }
    let of = |said: &Value, stage: &str| {
        let time = said.pointer(&format!("/microseconds/{stage}"));
        time.map_or_else(String::new, Value::to_string)
    };
    println!();
    table(
        &[
            "µs of a report on one core",
            "read file",
            "read report",
            "rules",
        ],
        &stages
            .iter()
            .map(|(kind, said)| {
                let stage = |stage| of(said, stage);
                vec![
                    (*kind).to_owned(),
                    stage("bytes_to_content"),
                    stage("content_to_report"),
                    stage("rules"),
                ]
            })
            .collect::<Vec<_>>(),
    );
    let stages: Value = stages
        .into_iter()
        .map(|(kind, said)| (kind.to_owned(), said))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let runs: Vec<Value> = runs.iter().map(Checked::json).collect();
    write("check", &json!({"runs": runs, "stages": stages}))
}

/// Runs the maker of reports, `crates/gongkai/benches/check`, and gives what it prints.
fn invented(words: &[&str]) -> Result<String, Fault> {
    Run::cargo()
        .args(["bench", "--quiet", "--locked", "--package", "gongkai"])
        .args(["--bench", "check", "--"])
        .args(words.iter())
        .read()
}

struct Checked {
    name: &'static str,
    files: usize,
    bytes: u64,
    wall: Duration,
    /// CPU time, user and system, in seconds.
    cpu: f64,
    peak: f64,
}

fn check(
    name: &'static str,
    folder: &Path,
    one_core: bool,
    copies: bool,
) -> Result<Checked, Fault> {
    let program = gongkai()?;
    let program = program.to_string_lossy();
    let mut words = if one_core { pinned("1") } else { Vec::new() };
    words.extend([&*program, "check", "--format", "json"]);
    if copies {
        words.push("--copies");
    }
    let (first, rest) = words.split_first().ok_or("no command")?;
    let mut command = Command::new(first);
    if one_core {
        command.env("RAYON_NUM_THREADS", "1");
    }
    let before = process::of_children()?;
    let start = Instant::now();
    let mut child = command
        .args(rest)
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{first}: {e}"))?;
    let mut peak = 0.0_f64;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        peak = process::peak(child.id()).unwrap_or(peak).max(peak);
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = start.elapsed();
    let cpu = process::of_children()? - before;
    // 1 says that there were findings.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("{name}: gongkai check ended with {status}"));
    }
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let sizes: Vec<u64> = entries
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .map(|about| about.len())
        .collect();
    Ok(Checked {
        name,
        files: sizes.len(),
        bytes: sizes.iter().sum(),
        wall,
        cpu,
        peak,
    })
}

impl Checked {
    fn per_second(&self) -> f64 {
        self.files as f64 / self.wall.as_secs_f64()
    }

    fn per_cpu_second(&self) -> f64 {
        self.files as f64 / self.cpu
    }

    fn row(&self) -> Vec<String> {
        vec![
            self.name.to_owned(),
            self.files.to_string(),
            format!(
                "{:.1}",
                self.bytes as f64 / 1000.0 / self.files.max(1) as f64
            ),
            format!("{:.2}", self.wall.as_secs_f64()),
            format!("{:.0}", self.per_second()),
            format!("{:.0}", self.per_cpu_second()),
            format!("{:.1}", self.peak),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "run": self.name, "files": self.files, "bytes": self.bytes,
            "seconds": self.wall.as_secs_f64(), "cpu_seconds": self.cpu,
            "files_per_second": self.per_second(), "files_per_cpu_second": self.per_cpu_second(),
            "peak_rss_mib": self.peak,
        })
    }
}
