//! Running an external converter within bounds.
//!
//! Programs come from a fixed list and are found on `PATH`; no shell is involved. Each runs in a
//! fresh folder that is deleted afterwards, with an environment of `PATH`, `LANG`, that folder as its
//! home and a proxy that is none, so that no file can make it call addresses, in a process group of its own which is killed when the time is over. What it prints is
//! kept up to a limit; on Linux its memory, processor time and files are limited too.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::harmless;
use crate::{Limits, ReadError};

/// How often a running program is looked at.
const BEAT: Duration = Duration::from_millis(5);

/// How long the rest of the output may take to arrive once the program has ended.
const TAIL: Duration = Duration::from_secs(1);

/// Bytes of a program's complaints that are kept.
const COMPLAINTS: u64 = 16 << 10;

/// Memory of a converter. LibreOffice maps far more than it uses, so that of its address space
/// only the part counts that it writes to.
const MEMORY: u64 = 512 << 20;
const SPACE_OFFICE: u64 = 8 << 30;

/// Where nothing answers. LibreOffice would fetch the pictures that a file only links to.
const NOWHERE: &str = "http://127.0.0.1:1";
const PROXIES: [&str; 4] = ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"];

/// Stands in an argument for the working folder, as the path of a `file:` address.
pub(crate) const FOLDER: &str = "{folder}";

/// Set when this process is about to end.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Kills the programs that are running, within some milliseconds, and starts no more: for a process
/// that was told to end and shall leave neither programs nor their folders behind. There is no way
/// back.
pub fn end_programs() {
    ENDING.store(true, Ordering::Relaxed);
}

fn ending() -> bool {
    ENDING.load(Ordering::Relaxed)
}

/// The programs that may be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Program {
    /// Poppler's: text of a PDF with its layout.
    Pdftotext,
    /// Poppler's: a PDF as PostScript, for its lines.
    Pdftocairo,
    /// Text of a Word 97 file.
    Antiword,
    /// Text of a Word 97 or RTF file.
    Catdoc,
    /// LibreOffice without a window.
    Soffice,
    /// This program itself, reading a PDF in a process of its own.
    PdfChild(PathBuf),
}

impl Program {
    /// Its name, as it is called and as people know it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Program::Pdftotext => "pdftotext",
            Program::Pdftocairo => "pdftocairo",
            Program::Antiword => "antiword",
            Program::Catdoc => "catdoc",
            Program::Soffice => "soffice",
            Program::PdfChild(_) => "pdf-child",
        }
    }

    /// Where it is, if it is installed.
    fn path(&self) -> Option<PathBuf> {
        match self {
            Program::PdfChild(path) => Some(path.clone()),
            _ => on_path(self.name(), &std::env::var_os("PATH")?),
        }
    }

    fn space(&self) -> u64 {
        match self {
            Program::Soffice => SPACE_OFFICE,
            _ => MEMORY,
        }
    }

    /// How long it may run. What LibreOffice cannot do in time the small ones shall still try.
    fn time(&self, limits: &Limits, clock: &Clock) -> Duration {
        let left = clock.left();
        match self {
            Program::Soffice => left.saturating_sub(limits.quick.min(limits.external / 4)),
            _ => left.min(limits.quick),
        }
    }
}

/// The time that all programs together may take for a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    until: Instant,
}

impl Clock {
    /// Begins with a file.
    pub(crate) fn start(limits: &Limits) -> Clock {
        Clock {
            until: Instant::now() + limits.external,
        }
    }

    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

/// The first program of that name; folders that are not absolute are passed over, lest a program
/// beside the file that is being read be run.
fn on_path(name: &str, path: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| executable(file))
}

#[cfg(unix)]
fn executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn executable(file: &Path) -> bool {
    file.is_file() || file.with_extension("exe").is_file()
}

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Output {
    /// How it ended.
    pub(crate) status: ExitStatus,
    /// What it printed.
    pub(crate) text: Vec<u8>,
    /// What it complained of.
    pub(crate) complaints: String,
    /// Its folder, where it may have written files; deleted with this value.
    folder: tempfile::TempDir,
}

impl Output {
    /// A file that the program wrote into its folder, at most `limit` bytes of it.
    pub(crate) fn file(&self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let path = self.folder.path().join(name);
        // A link could lead out of the folder.
        if !path.symlink_metadata().ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).ok()?;
        file.take(limit).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The first words of its complaints, for a message.
    pub(crate) fn why(&self) -> String {
        let line = self.complaints.lines().map(str::trim);
        let words = line
            .filter(|line| !line.is_empty() && !line.starts_with("Warning:"))
            .map(|line| line.replace(&*self.folder.path().to_string_lossy(), ""))
            .next()
            .unwrap_or_default();
        let words = harmless(&words);
        match (words.is_empty(), self.status.code()) {
            (false, _) => words,
            (true, Some(code)) => format!("退出码 {code}"),
            (true, None) => "程序异常终止，可能超出内存或处理器时间的限制".into(),
        }
    }
}

/// Runs `program` over `bytes`, which it finds in its working folder under the name `input` and as
/// its standard input. `None` if it is not installed.
///
/// # Errors
/// It could not be started, took too long, was interrupted, or printed more than `limits.text` can hold.
pub(crate) fn run(
    program: &Program,
    args: &[&str],
    input: &str,
    bytes: &[u8],
    limits: &Limits,
    clock: &Clock,
) -> Option<Result<Output, ReadError>> {
    let path = program.path()?;
    let time = program.time(limits, clock);
    if ending() {
        return Some(Err(interrupted(program)));
    }
    if time.is_zero() {
        return Some(Err(over(program, limits.external)));
    }
    Some(start(program, &path, args, input, bytes, limits, time))
}

fn over(program: &Program, time: Duration) -> ReadError {
    // The clock has lost some milliseconds before a program begins.
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    ReadError::Timeout {
        program: program.name().into(),
        seconds,
    }
}

fn interrupted(program: &Program) -> ReadError {
    ReadError::Interrupted {
        program: program.name().into(),
    }
}

fn start(
    program: &Program,
    path: &Path,
    args: &[&str],
    input: &str,
    bytes: &[u8],
    limits: &Limits,
    time: Duration,
) -> Result<Output, ReadError> {
    let failed = |why: std::io::Error| ReadError::ConverterFailed {
        program: program.name().into(),
        why: format!("无法运行（{why}）"),
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    let file = folder.path().join(input);
    std::fs::write(&file, bytes).map_err(failed)?;
    let mut command = Command::new(path);
    command
        .args(
            args.iter()
                .map(|arg| arg.replace(FOLDER, &address(folder.path()))),
        )
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LANG", "C.UTF-8")
        .env("HOME", folder.path())
        .env("TMPDIR", folder.path())
        .envs(PROXIES.map(|name| (name, NOWHERE)))
        .stdin(std::fs::File::open(&file).map_err(failed)?)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    group(&mut command);
    let mut running = Running {
        child: command.spawn().map_err(failed)?,
        ended: false,
    };
    restrict(&running.child, program.space(), time, limits);
    // A character takes at most four bytes.
    let most = (limits.text as u64).saturating_mul(4);
    let text = collect(running.child.stdout.take(), most, false);
    let complaints = collect(running.child.stderr.take(), COMPLAINTS, true);
    let (status, early) = running.wait(time, program, &text, most)?;
    let text = match early {
        Some(text) => text,
        None => text.recv_timeout(TAIL).unwrap_or_default(),
    };
    if text.len() as u64 > most {
        return Err(ReadError::TooLarge {
            what: "转换所得的文字",
            limit: format!("{} 字", limits.text),
        });
    }
    let complaints = complaints.recv_timeout(TAIL).unwrap_or_default();
    Ok(Output {
        status,
        text,
        complaints: String::from_utf8_lossy(&complaints).into_owned(),
        folder,
    })
}

/// A path as a `file:` address writes it.
fn address(path: &Path) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                out.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// A running program; unless it has ended, it and its children are killed when this value goes.
struct Running {
    child: Child,
    ended: bool,
}

impl Running {
    /// Waits for the end; the output comes along when it was complete before. Kills when the output
    /// is larger than `most`, and by the fall of this value when the time is over.
    fn wait(
        &mut self,
        time: Duration,
        program: &Program,
        text: &Receiver<Vec<u8>>,
        most: u64,
    ) -> Result<(ExitStatus, Option<Vec<u8>>), ReadError> {
        let start = Instant::now();
        let mut early = None;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => {
                    self.ended = true;
                    return Ok((status, early));
                }
                Ok(None) => {}
                Err(fault) => {
                    return Err(ReadError::ConverterFailed {
                        program: program.name().into(),
                        why: fault.to_string(),
                    });
                }
            }
            if ending() {
                return Err(interrupted(program));
            }
            if start.elapsed() >= time {
                return Err(over(program, time));
            }
            if early.is_some() {
                thread::sleep(BEAT);
                continue;
            }
            match text.recv_timeout(BEAT) {
                Ok(bytes) => {
                    if bytes.len() as u64 > most {
                        kill(&mut self.child);
                    }
                    early = Some(bytes);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => early = Some(Vec::new()),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended {
            kill(&mut self.child);
        }
    }
}

/// Reads a pipe in a thread of its own up to one byte more than `most`, then closes it, or with
/// `drain` reads on and forgets.
fn collect(pipe: Option<impl Read + Send + 'static>, most: u64, drain: bool) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let mut head = pipe.take(most.saturating_add(1));
            // What arrived before a fault counts; the exit status tells of the fault.
            let _ = head.read_to_end(&mut bytes);
            if drain {
                let _ = std::io::copy(&mut head.into_inner(), &mut std::io::sink());
            }
        }
        // Nobody listens any more when the time is over.
        let _ = sender.send(bytes);
    });
    receiver
}

#[cfg(unix)]
fn group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn group(_: &mut Command) {}

/// Kills the program with its children and takes its exit status, so that no zombie is left.
fn kill(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = pid(child) {
        // Nobody is left of a group that has ended by itself.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(unix)]
fn pid(child: &Child) -> Option<rustix::process::Pid> {
    rustix::process::Pid::from_raw(i32::try_from(child.id()).ok()?)
}

/// Limits the program's memory, processor time and written files. It has begun by now, but has not
/// had the time to read its input.
#[cfg(target_os = "linux")]
fn restrict(child: &Child, space: u64, time: Duration, limits: &Limits) {
    use rustix::process::{Resource, Rlimit, prlimit};
    let Some(pid) = pid(child) else { return };
    let bounds = [
        (Resource::As, space),
        (Resource::Data, MEMORY),
        (Resource::Cpu, time.as_secs().saturating_add(1)),
        (Resource::Fsize, limits.unpacked),
        (Resource::Core, 0),
    ];
    for (resource, most) in bounds {
        let bound = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // A program that has ended already needs no limit; the wall time holds in any case.
        let _ = prlimit(Some(pid), resource, bound);
    }
}

#[cfg(not(target_os = "linux"))]
fn restrict(_: &Child, _: u64, _: Duration, _: &Limits) {}

#[cfg(test)]
#[cfg(unix)]
mod tests;
