//! Servers that must not outlive this program.
//!
//! A shell starts the server and then reads from a pipe that only this program holds. However
//! this program ends (done, failed, Ctrl-C, killed), the pipe closes; the shell then stops the
//! server and deletes its folder. The shell has a process group of its own, so that Ctrl-C at the
//! terminal reaches it by the pipe and not as a signal.

use crate::Fault;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

const KEEPER: &str = r#"
log=$1 folder=$2 signal=$3
shift 3
"$@" </dev/null >"$log" 2>&1 &
pid=$!
echo "$pid"
exec 2>/dev/null
read -r _
kill -s "$signal" "$pid"
(sleep 20; kill -s KILL "$pid") >/dev/null 2>&1 &
last=$!
wait "$pid"
kill "$last"
[ -z "$folder" ] || rm -rf -- "$folder"
"#;

/// A running server, stopped when this value goes.
pub struct Kept {
    shell: Child,
    lease: Option<ChildStdin>,
    log: PathBuf,
    pid: u32,
}

/// How a server is started and ended.
pub struct Order<'a> {
    /// What it is called in the log of this run.
    pub name: &'a str,
    /// Absolute paths only: it runs in the root folder.
    pub command: &'a [&'a str],
    /// Secrets go here and not into the command, which every user of the machine can read.
    pub env: &'a [(&'a str, &'a str)],
    /// Receives what the server writes on both its streams.
    pub log: &'a Path,
    /// Deleted after the server has ended.
    pub folder: Option<&'a Path>,
    /// The signal that asks it to end in good order: `INT`, `TERM`.
    pub signal: &'a str,
}

impl Kept {
    pub fn start(order: &Order) -> Result<Kept, Fault> {
        if let Some(parent) = order.log.parent() {
            std::fs::create_dir_all(parent).map_err(|e| format!("{}: {e}", parent.display()))?;
        }
        println!("starting {}", order.name);
        let mut shell = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(order.log)
            .arg(order.folder.unwrap_or(Path::new("")))
            .arg(order.signal)
            .args(order.command)
            .envs(order.env.iter().copied())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .map_err(|e| format!("sh: {e}"))?;
        let lease = shell.stdin.take();
        let mut line = String::new();
        if let Some(out) = shell.stdout.take() {
            BufReader::new(out)
                .read_line(&mut line)
                .map_err(|e| format!("{}: {e}", order.name))?;
        }
        let pid = line
            .trim()
            .parse()
            .map_err(|_| format!("{}: did not start", order.name))?;
        Ok(Kept {
            shell,
            lease,
            log: order.log.to_path_buf(),
            pid,
        })
    }

    /// The server's process.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether the server has not ended by itself.
    pub fn alive(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid));
        // The state stands after the name, which is in parentheses and may itself hold some.
        stat.is_ok_and(|stat| {
            stat.rsplit_once(')')
                .is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
        })
    }

    /// The end of what the server wrote, for a message about its failure.
    pub fn last_words(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let from = lines.len().saturating_sub(30);
        format!(
            "{} says:\n{}",
            self.log.display(),
            lines.get(from..).unwrap_or(&[]).join("\n")
        )
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.lease.take());
        // The shell ends by itself; a failure here leaves nothing to be done.
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, Order};
    use std::path::Path;

    #[test]
    fn a_server_and_its_folder_go_with_the_value() {
        let folder = std::env::temp_dir().join(format!("gongkai-keeper-{}", std::process::id()));
        let log = folder.with_extension("log");
        std::fs::create_dir_all(&folder).unwrap();
        let kept = Kept::start(&Order {
            name: "a server that never ends",
            command: &["sh", "-c", "echo \"$WORD\"; exec sleep 600"],
            env: &[("WORD", "listening")],
            log: &log,
            folder: Some(&folder),
            signal: "TERM",
        })
        .unwrap();
        let process = format!("/proc/{}", kept.pid());
        assert!(kept.alive() && Path::new(&process).exists() && folder.exists());
        while kept.alive() && !kept.last_words().contains("listening") {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(kept.last_words().contains("listening"));
        drop(kept);
        assert!(!Path::new(&process).exists(), "the server is still there");
        assert!(!folder.exists(), "its folder is still there");
        std::fs::remove_file(&log).unwrap();
    }
}
