//! The reports of a folder against each other: passages that stand in several of them.

use crate::check::examine;
use crate::check::settings::Settings;
use crate::failure::Failure;
use rayon::prelude::*;
use report::copies::{Common, Digest, candidates, compare, findings};
use report::{Finding, Reading};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Which report is to be read beside which. Of the texts nothing is kept: a pair is read again.
pub struct Copied {
    /// The files with which the one of this name is compared.
    with: HashMap<String, Vec<PathBuf>>,
    common: Common,
}

impl Copied {
    /// Looks through all files, those of last year too.
    ///
    /// # Errors
    /// Wrong usage: there is nothing to compare, or standard input, which cannot be read again.
    pub fn read(
        files: &[PathBuf],
        previous: &[PathBuf],
        settings: &Settings,
    ) -> Result<Copied, Failure> {
        if files.iter().any(|file| file == Path::new("-")) {
            return Err(Failure::usage(
                "--copies 要反复读取报告，不能用于标准输入；请给出文件或目录。",
            ));
        }
        let mut all: Vec<&PathBuf> = files.iter().chain(previous).collect();
        let mut seen = std::collections::HashSet::new();
        all.retain(|file| seen.insert(*file));
        if all.len() < 2 {
            return Err(Failure::usage(
                "--copies 至少要有两份报告才能比较；请给出目录，或者用 --previous 给出上年的报告。",
            ));
        }
        // A file that cannot be read is a finding when its turn comes.
        let read: Vec<Option<Digest>> = all
            .par_iter()
            .map(|file| {
                let opened = examine::read(file, settings).ok()?;
                Some(Digest::of(&opened.reading))
            })
            .collect();
        let (files, digests): (Vec<&PathBuf>, Vec<Digest>) = all
            .into_iter()
            .zip(read)
            .filter_map(|(file, digest)| Some((file, digest?)))
            .unzip();
        let common = Common::of(&digests);
        let mut with: HashMap<String, Vec<PathBuf>> = HashMap::new();
        for pair in candidates(&digests, &common) {
            for number in [pair.left, pair.right] {
                let other = pair.other(number).and_then(|other| files.get(other));
                if let (Some(file), Some(other)) = (files.get(number), other) {
                    let others = with.entry(file.display().to_string()).or_default();
                    others.push((*other).clone());
                }
            }
        }
        Ok(Copied { with, common })
    }

    /// What a report shares with the others.
    pub fn findings(&self, current: &Reading, settings: &Settings) -> Vec<Finding> {
        let others = self.with.get(&current.report.source);
        others
            .into_iter()
            .flatten()
            .filter_map(|file| examine::read(file, settings).ok())
            .flat_map(|other| {
                let copies = compare(current, &other.reading, &self.common);
                findings(current, &other.reading, &copies)
            })
            .collect()
    }
}
