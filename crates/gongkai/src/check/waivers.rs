//! The waivers of a check, and which of them were of use.

use crate::check::examine::Examined;
use crate::check::settings::{self, Settings};
use crate::failure::Failure;
use report::Finding;
use report::settings::Waiver;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Keys of a waiver, whether it must have them, meaning.
pub const KEYS: &[(&str, &str, &str)] = &[
    ("rule", "必填", "规则的名称或代码"),
    (
        "place",
        "必填",
        "位置，至少写一项，写出的各项都要相符：`source` 文件名或路径的末尾，`section` 章节，`table`、`row`、`column` 表格的键，`page` 页，`line` 行，`quote` 原文中的话（空白不计）",
    ),
    ("reason", "必填", "为什么可以不改"),
    ("who", "必填", "谁决定的"),
    ("when", "必填", "哪一天决定的，例如 `2024-01-15`"),
];

/// A waiver and what became of it.
#[derive(Debug)]
struct Watched {
    waiver: Waiver,
    used: AtomicBool,
    /// Whether a file was checked that it could be about.
    judged: AtomicBool,
}

/// The waivers of a file.
#[derive(Debug, Default)]
pub struct Waivers {
    path: PathBuf,
    all: Vec<Watched>,
}

/// A finding that a waiver answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// Why it may stand.
    pub reason: String,
    /// Who decided so.
    pub who: String,
    /// When.
    pub when: String,
}

impl Waivers {
    /// Reads a waivers file.
    ///
    /// # Errors
    /// Wrong usage: a file that cannot be opened, and everything in it that is wrong.
    pub fn read(path: &Path) -> Result<Waivers, Failure> {
        let all = settings::read(path, "豁免文件", Waiver::parse_all)?;
        Ok(Waivers {
            path: path.to_path_buf(),
            all: all
                .into_iter()
                .map(|waiver| Watched {
                    waiver,
                    used: AtomicBool::new(false),
                    judged: AtomicBool::new(false),
                })
                .collect(),
        })
    }

    /// Takes the findings that are answered for out of a report.
    pub fn settle(&self, examined: &mut Examined) {
        if self.all.is_empty() {
            return;
        }
        let source = &examined.source;
        for watched in self.all.iter().filter(|it| it.waiver.is_about(source)) {
            watched.judged.store(true, Ordering::Relaxed);
        }
        let findings = std::mem::take(&mut examined.findings);
        for finding in findings {
            let answering = self
                .all
                .iter()
                .find(|watched| watched.waiver.answers(&examined.source, &finding));
            match answering {
                None => examined.findings.push(finding),
                Some(Watched { waiver, used, .. }) => {
                    used.store(true, Ordering::Relaxed);
                    examined.waived.push(Waived {
                        finding,
                        reason: waiver.reason.clone(),
                        who: waiver.who.clone(),
                        when: waiver.when.to_string(),
                    });
                }
            }
        }
    }

    /// The waivers that no finding answered to, as findings of the waivers file. One whose file was
    /// not checked, or whose rule is not wanted now, is not judged.
    pub fn unused(&self, settings: &Settings) -> Option<Examined> {
        let mut findings: Vec<Finding> = self
            .all
            .iter()
            .filter(|watched| watched.judged.load(Ordering::Relaxed))
            .filter(|watched| !watched.used.load(Ordering::Relaxed))
            .filter(|watched| settings.wants(watched.waiver.rule.name))
            .map(|watched| watched.waiver.unused())
            .collect();
        settings.judge(&mut findings);
        (!findings.is_empty()).then(|| Examined {
            source: self.path.display().to_string(),
            findings,
            ..Examined::default()
        })
    }
}
