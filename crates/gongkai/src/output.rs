//! The two streams: what programs read, and what people read beside it.

use crate::failure::Failure;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files on their way, for a program that ends in the middle.
static PARTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Writes text to standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    quiet(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// A reader that went away (`| head`) has what it wants; anything else is a fault.
pub fn quiet(written: std::io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::unwritable("标准输出", &error))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error. When nobody can read it there is nobody to tell.
pub fn tell(text: &str) {
    if !text.is_empty() {
        let _ = writeln!(std::io::stderr().lock(), "{}", harmless(text));
    }
}

/// Text without what commands a terminal: names of files may hold escapes.
pub fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    let commands = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(commands) {
        text.replace(commands, "\u{FFFD}").into()
    } else {
        text.into()
    }
}

/// Writes bytes to a file, which appears whole or not at all; without a file to standard output.
pub fn deliver(file: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match file {
        None => {
            let mut out = std::io::stdout().lock();
            quiet(out.write_all(bytes).and_then(|()| out.flush()))
        }
        Some(path) => {
            let part = Part::create(path)?;
            let what = path.display().to_string();
            (&part.file)
                .write_all(bytes)
                .map_err(|error| Failure::unwritable(&what, &error))?;
            part.finish()
        }
    }
}

/// A file on its way: under another name until it is whole, gone when it is given up.
pub struct Part<'a> {
    /// Where to write.
    pub file: std::fs::File,
    temporary: PathBuf,
    target: &'a Path,
    whole: bool,
}

impl Part<'_> {
    /// Begins the file beside its target.
    pub fn create(target: &Path) -> Result<Part<'_>, Failure> {
        let what = target.display().to_string();
        let Some(name) = target.file_name() else {
            return Err(Failure::usage(format!(
                "“{what}”不是文件名，请写明输出文件。"
            )));
        };
        let mut name = name.to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        let temporary = target.with_file_name(name);
        let mut parts = PARTS.lock().unwrap_or_else(PoisonError::into_inner);
        let file = std::fs::File::create(&temporary)
            .map_err(|error| Failure::unwritable(&what, &error))?;
        parts.push(temporary.clone());
        Ok(Part {
            file,
            temporary,
            target,
            whole: false,
        })
    }

    /// Puts it in its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        let put = self
            .file
            .sync_all()
            .and_then(|()| std::fs::rename(&self.temporary, self.target));
        put.map_err(|error| Failure::unwritable(&self.target.display().to_string(), &error))?;
        self.whole = true;
        Ok(())
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        let mut parts = PARTS.lock().unwrap_or_else(PoisonError::into_inner);
        parts.retain(|part| *part != self.temporary);
        if !self.whole {
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

/// Deletes the files on their way and ends the program. Nobody begins another file in between: the
/// list stays locked.
pub fn give_up_parts(code: u8) -> ! {
    let mut parts = PARTS.lock().unwrap_or_else(PoisonError::into_inner);
    for part in parts.drain(..) {
        let _ = std::fs::remove_file(part);
    }
    std::process::exit(i32::from(code))
}
