//! A bar on standard error while many files are checked, where somebody looks at it.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// Fewer files are done before a bar could be read.
const WORTH_A_BAR: usize = 8;

/// The bar, or nothing.
pub struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for so many files.
    pub fn new(files: usize) -> Progress {
        if files < WORTH_A_BAR || !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::new(files as u64);
        if let Ok(style) = ProgressStyle::with_template("{pos}/{len} {wide_bar} {eta}") {
            bar.set_style(style);
        }
        Progress(Some(bar))
    }

    /// One file more.
    pub fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// Writes something while the bar is out of the way.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
