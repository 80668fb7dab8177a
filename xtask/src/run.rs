//! Running commands and stages: a heading, a time, a table at the end.

use crate::Fault;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads the counts off the closing line of `cargo nextest`, `cargo test` or `e2e/flow.mjs`;
    /// any other line counts nothing.
    fn of_line(line: &str) -> Tally {
        let line = without_colour(line);
        // At the margin only: nextest shows the output of a test that failed, indented.
        let nextest = line.trim_start().starts_with("Summary [");
        let libtest = line.starts_with("test result:");
        let ours = line.starts_with("browser:");
        if !(nextest || libtest || ours) {
            return Tally::default();
        }
        let mut tally = Tally::default();
        let words: Vec<&str> = line
            .split([' ', ',', ';', ':'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            if let [number, word] = pair
                && let Ok(number) = number.parse::<u64>()
            {
                match *word {
                    "passed" => tally.passed += number,
                    "failed" | "timed" => tally.failed += number,
                    _ => {}
                }
            }
        }
        tally
    }
}

/// Takes terminal colours out of a line.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            for inside in letters.by_ref() {
                if inside.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// The stages of one task, in order; the first failure ends it.
#[derive(Default)]
pub struct Stages {
    done: Vec<(String, Duration, bool)>,
    tally: Tally,
}

impl Stages {
    /// Runs one stage under a heading.
    pub fn run(
        &mut self,
        name: &str,
        stage: impl FnOnce() -> Result<Tally, Failure>,
    ) -> Result<(), Fault> {
        println!("\n━━ {name}");
        let start = Instant::now();
        let result = stage();
        self.done
            .push((name.to_owned(), start.elapsed(), result.is_ok()));
        match result {
            Ok(tally) => {
                self.tally.add(tally);
                Ok(())
            }
            Err(failure) => {
                self.tally.add(failure.tally);
                if failure.tally.failed == 0 {
                    self.tally.failed += 1;
                }
                Err(format!("{name}: {}", failure.fault))
            }
        }
    }

    /// The number of tests that passed so far.
    pub fn passed(&self) -> u64 {
        self.tally.passed
    }

    /// Prints the table. The last line is the count, so that whoever reads only the end of the
    /// log sees what ran.
    pub fn close(&self) {
        println!("\n━━ summary");
        for (name, time, fine) in &self.done {
            let mark = if *fine { "ok  " } else { "FAIL" };
            println!("{mark} {:>7.1} s  {name}", time.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|(_, time, _)| *time).sum();
        println!("     {:>7.1} s  in all", total.as_secs_f64());
        println!("{} passed, {} failed", self.tally.passed, self.tally.failed);
    }
}

/// A stage that failed, with the tests it counted before.
pub struct Failure {
    pub fault: Fault,
    pub tally: Tally,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure {
            fault,
            tally: Tally::default(),
        }
    }
}

/// A command that is shown before it runs. Its standard input is always empty.
pub struct Run {
    command: Command,
    shown: String,
}

impl Run {
    pub fn new(program: &str) -> Run {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).current_dir(root());
        Run {
            command,
            shown: program.to_owned(),
        }
    }

    /// The cargo that started this program.
    pub fn cargo() -> Run {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut run = Run::new(&cargo);
        run.shown = "cargo".to_owned();
        if std::io::stdout().is_terminal() {
            run.command.env("CARGO_TERM_COLOR", "always");
        }
        run
    }

    pub fn args<S: AsRef<str>>(mut self, args: impl IntoIterator<Item = S>) -> Run {
        for arg in args {
            let arg = arg.as_ref();
            self.command.arg(arg);
            self.shown.push(' ');
            self.shown.push_str(arg);
        }
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Run {
        self.command.env(name, value);
        self
    }

    pub fn without_env(mut self, name: &str) -> Run {
        self.command.env_remove(name);
        self
    }

    pub fn dir(mut self, folder: &Path) -> Run {
        self.command.current_dir(folder);
        self
    }

    /// Runs it with its output on the terminal.
    pub fn go(mut self) -> Result<(), Fault> {
        println!("$ {}", self.shown);
        let status = self
            .command
            .status()
            .map_err(|e| format!("{}: {e}", self.shown))?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("`{}` ended with {status}", self.shown))
        }
    }

    /// Runs it and gives what it wrote on standard output.
    pub fn read(mut self) -> Result<String, Fault> {
        let output = self
            .command
            .output()
            .map_err(|e| format!("{}: {e}", self.shown))?;
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            return Err(format!(
                "`{}` ended with {}\n{error}",
                self.shown, output.status
            ));
        }
        String::from_utf8(output.stdout).map_err(|e| format!("{}: {e}", self.shown))
    }

    /// Whether it runs and succeeds; says nothing.
    pub fn succeeds(mut self) -> bool {
        let status = self
            .command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }

    /// Runs it with its output on the terminal and counts the tests that its closing lines name.
    pub fn count(mut self) -> Result<Tally, Failure> {
        println!("$ {}", self.shown);
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self
            .command
            .spawn()
            .map_err(|e| format!("{}: {e}", self.shown))?;
        let tally = Mutex::new(Tally::default());
        std::thread::scope(|scope| {
            if let Some(out) = child.stdout.take() {
                scope.spawn(|| pass_on(out, std::io::stdout(), &tally));
            }
            if let Some(err) = child.stderr.take() {
                scope.spawn(|| pass_on(err, std::io::stderr(), &tally));
            }
        });
        let status = child.wait().map_err(|e| format!("{}: {e}", self.shown))?;
        let tally = tally.into_inner().unwrap_or_default();
        if status.success() && tally.failed == 0 {
            Ok(tally)
        } else {
            Err(Failure {
                fault: format!("`{}` ended with {status}", self.shown),
                tally,
            })
        }
    }
}

fn pass_on(from: impl Read, mut to: impl Write, tally: &Mutex<Tally>) {
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        // A closed terminal must not end the tests that are running.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        let found = Tally::of_line(&String::from_utf8_lossy(&line));
        if let Ok(mut tally) = tally.lock() {
            tally.add(found);
        }
        line.clear();
    }
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// What `cargo metadata` says, as JSON.
pub fn metadata(args: &[&str]) -> Result<serde_json::Value, Fault> {
    let text = Run::cargo()
        .args(["metadata", "--format-version", "1"])
        .args(args.iter())
        .read()?;
    serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))
}

/// The folder where cargo builds (`target`, or wherever the developer has moved it).
pub fn target() -> Result<PathBuf, Fault> {
    let metadata = metadata(&["--no-deps"])?;
    metadata
        .get("target_directory")
        .and_then(|folder| folder.as_str())
        .map(PathBuf::from)
        .ok_or_else(|| "cargo metadata names no target_directory".to_owned())
}

/// A folder that is deleted when this value goes.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder below cargo's build folder.
    pub fn new(name: &str) -> Result<Folder, Fault> {
        let path = target()?
            .join("xtask")
            .join(format!("{name}-{}", std::process::id()));
        let made = || {
            if path.exists() {
                std::fs::remove_dir_all(&path)?;
            }
            std::fs::create_dir_all(&path)
        };
        made().map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Folder(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing depends on it: the name is never used again.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts_are_read_off_closing_lines() {
        let check = |line: &str, passed, failed| {
            assert_eq!(Tally::of_line(line), Tally { passed, failed }, "{line}");
        };
        check(
            "     Summary [   0.019s] 3 tests run: 3 passed, 0 skipped",
            3,
            0,
        );
        check(
            "     Summary [   9.1s] 4 tests run: 1 passed (1 slow), 2 failed, 1 timed out, 0 skipped",
            1,
            3,
        );
        check(
            "\u{1b}[32;1m     Summary\u{1b}[0m [   0.0s] \u{1b}[1m7\u{1b}[0m tests run: \u{1b}[1m7\u{1b}[0m \u{1b}[32mpassed\u{1b}[0m, 0 skipped",
            7,
            0,
        );
        check(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
            12,
            0,
        );
        check(
            "    test result: FAILED. 0 passed; 1 failed; 0 ignored",
            0,
            0,
        );
        check("browser: 9 passed, 1 failed", 9, 1);
        check("a log line about 5 passed cars", 0, 0);
    }
}
