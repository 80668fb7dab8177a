//! The reports that others are held against: last year's, those of the units below, and those of
//! other bodies.

use crate::check::copied::Copied;
use crate::check::examine::{self, Opened};
use crate::check::settings::Settings;
use crate::check::walk;
use crate::cli;
use crate::failure::Failure;
use crate::output::tell;
use rayon::prelude::*;
use report::{Checkup, Earlier, Finding, Reading};
use std::path::{Path, PathBuf};

/// What stands beside the reports that are checked.
#[derive(Default)]
pub struct Beside {
    previous: Option<Previous>,
    children: Option<Children>,
    copied: Option<Copied>,
}

/// Reports of earlier years: only which file is whose, since they are read again when needed.
struct Previous {
    files: Vec<PathBuf>,
    earlier: Earlier,
    /// A file that was named itself is meant, whatever it says of its unit.
    named: bool,
}

/// Reports of the units below, without their text.
struct Children {
    readings: Vec<Reading>,
    /// Files that could not be read, as findings of the report above.
    unread: Vec<Finding>,
}

impl Beside {
    /// Reads what `--previous` and `--children` name, and for `--copies` the `files` themselves.
    ///
    /// # Errors
    /// Wrong usage: nothing there can be opened, or there is nothing to compare.
    pub fn read(
        args: &cli::Check,
        files: &[PathBuf],
        settings: &Settings,
    ) -> Result<Beside, Failure> {
        let previous = args.previous.as_deref();
        let children = args.children.as_deref();
        let previous = previous
            .map(|path| Previous::read(path, settings))
            .transpose()?;
        let before = previous.as_ref().map_or(&[][..], |it| &it.files);
        Ok(Beside {
            copied: args
                .copies
                .then(|| Copied::read(files, before, settings))
                .transpose()?,
            previous,
            children: children
                .map(|path| Children::read(path, settings))
                .transpose()?,
        })
    }

    /// What comparing a report with the others gives.
    pub fn compare(&self, opened: &Opened, settings: &Settings) -> Checkup {
        let current = &opened.reading;
        let mut all = Checkup::default();
        let mut add = |one: Checkup| {
            all.findings.extend(one.findings);
            all.checked.extend(one.checked);
        };
        if let Some(previous) = &self.previous {
            add(previous.compare(current, settings));
        }
        if let Some(children) = &self.children {
            add(report::check_children(current, &children.readings));
            add(Checkup {
                findings: children.unread.clone(),
                checked: Vec::new(),
            });
        }
        if let Some(copied) = &self.copied {
            add(Checkup {
                findings: copied.findings(current, settings),
                checked: Vec::new(),
            });
        }
        all
    }
}

/// The files that an option names.
fn files(path: &Path, option: &str, settings: &Settings) -> Result<Vec<PathBuf>, Failure> {
    if let Err(error) = std::fs::metadata(path) {
        return Err(Failure::unreadable(path, &error));
    }
    let files = walk::files(&[path.to_path_buf()], settings.depth);
    if files.is_empty() {
        return Err(Failure::usage(format!(
            "{option} {} 里没有可以检查的文件，请核对目录。",
            path.display()
        )));
    }
    Ok(files)
}

impl Previous {
    fn read(path: &Path, settings: &Settings) -> Result<Previous, Failure> {
        let files = files(path, "--previous", settings)?;
        let heads: Vec<_> = files
            .par_iter()
            .map(|file| match examine::read(file, settings) {
                Ok(opened) => Ok((opened.reading.report.unit, opened.reading.report.year)),
                Err(unread) => Err(unread.findings),
            })
            .collect();
        let mut earlier = Earlier::default();
        for (number, (head, file)) in heads.into_iter().zip(&files).enumerate() {
            match head {
                Ok((unit, year)) => earlier.push(number, unit.as_deref(), year),
                Err(findings) => {
                    for finding in findings {
                        tell(&format!("上年报告 {}：{}", file.display(), finding.message));
                    }
                }
            }
        }
        Ok(Previous {
            named: !path.is_dir(),
            files,
            earlier,
        })
    }

    fn compare(&self, current: &Reading, settings: &Settings) -> Checkup {
        let report = &current.report;
        let found = self.earlier.find(report.unit.as_deref(), report.year);
        let number = found.or_else(|| self.named.then_some(0));
        let before = number
            .and_then(|number| self.files.get(number))
            .and_then(|file| examine::read(file, settings).ok());
        match before {
            Some(before) => report::check_against_previous(current, &before.reading),
            None => Checkup {
                findings: vec![report::previous_missing(current)],
                checked: Vec::new(),
            },
        }
    }
}

impl Children {
    fn read(path: &Path, settings: &Settings) -> Result<Children, Failure> {
        let files = files(path, "--children", settings)?;
        let read: Vec<_> = files
            .par_iter()
            .map(|file| {
                examine::read(file, settings).map(|opened| {
                    // Their figures are summed; the text of thousands would fill the memory.
                    Reading {
                        prose: report::Prose::default(),
                        ..opened.reading
                    }
                })
            })
            .collect();
        let (mut readings, mut unread) = (Vec::new(), Vec::new());
        for (one, file) in read.into_iter().zip(&files) {
            match one {
                Ok(reading) => readings.push(reading),
                Err(examined) => unread.extend(examined.findings.into_iter().map(|finding| {
                    let message = format!("下级报告 {}：{}", file.display(), finding.message);
                    Finding { message, ..finding }
                })),
            }
        }
        Ok(Children { readings, unread })
    }
}
