//! The terminal that somebody looks at.

use std::io::IsTerminal;

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Whether colours are wanted.
    pub colours: bool,
    /// Columns, where it says how many it has.
    pub columns: Option<usize>,
}

impl Terminal {
    /// The terminal behind standard output; none behind a pipe or a file.
    pub fn of_standard_output() -> Option<Terminal> {
        let unset = |name: &str, off: fn(&std::ffi::OsStr) -> bool| {
            std::env::var_os(name).is_none_or(|value| !off(&value))
        };
        std::io::stdout().is_terminal().then(|| Terminal {
            colours: unset("NO_COLOR", |value| !value.is_empty())
                && unset("TERM", |value| value == "dumb"),
            columns: columns(),
        })
    }
}

#[cfg(unix)]
fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    // Some say 0 for what they do not know.
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

#[cfg(not(unix))]
fn columns() -> Option<usize> {
    None
}
