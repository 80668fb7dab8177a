//! What all reports came to.

use crate::check::examine::Examined;
use crate::language::Language;
use report::Level;
use serde::Serialize;

/// Counts over all reports, the `summary` of the JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Files.
    pub reports: usize,
    /// Findings that stand in the way of publishing.
    pub errors: usize,
    /// Findings that a person must look at.
    pub warnings: usize,
    /// Findings worth knowing.
    pub info: usize,
    /// Relations that were examined.
    pub checked: usize,
    /// Those of them in which a figure is not nought.
    pub nontrivial: usize,
    /// Findings that a waiver answers for; they count nowhere else.
    #[serde(skip_serializing_if = "is_nought")]
    pub waived: usize,
}

fn is_nought(count: &usize) -> bool {
    *count == 0
}

impl Tally {
    /// Counts one report in.
    pub fn add(&mut self, one: Tally) {
        self.reports += one.reports;
        self.errors += one.errors;
        self.warnings += one.warnings;
        self.info += one.info;
        self.checked += one.checked;
        self.nontrivial += one.nontrivial;
        self.waived += one.waived;
    }

    /// What one file came to.
    pub fn of(examined: &Examined) -> Tally {
        let of = |level: Level| {
            let findings = examined.findings.iter();
            findings.filter(|finding| finding.level == level).count()
        };
        Tally {
            reports: usize::from(examined.is_report),
            errors: of(Level::Error),
            warnings: of(Level::Warning),
            info: of(Level::Info),
            checked: examined.checked.len(),
            nontrivial: examined.checked.iter().filter(|it| !it.trivial).count(),
            waived: examined.waived.len(),
        }
    }

    /// Findings of every level.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.info
    }

    /// In one line.
    pub fn line(&self, language: Language) -> String {
        let Tally {
            reports,
            errors,
            warnings,
            info,
            checked,
            nontrivial,
            waived,
        } = self;
        let (mut notes, mut exempt) = (String::new(), String::new());
        match language {
            Language::Chinese => {
                if *info > 0 {
                    notes = format!("，{info} 处提示");
                }
                if *waived > 0 {
                    exempt = format!("，豁免 {waived} 处");
                }
                format!(
                    "{reports} 份报告，{errors} 处错误，{warnings} 处警告{notes}{exempt}；核对 {checked} 个关系，其中 {nontrivial} 个含非零数"
                )
            }
            Language::English => {
                if *info > 0 {
                    notes = format!(", {info} info");
                }
                if *waived > 0 {
                    exempt = format!(", {waived} waived");
                }
                let count = |number: &usize, noun: &str| match number {
                    1 => format!("1 {noun}"),
                    _ => format!("{number} {noun}s"),
                };
                format!(
                    "{}, {}, {}{notes}{exempt}; {} examined, {nontrivial} of them with figures other than 0",
                    count(reports, "report"),
                    count(errors, "error"),
                    count(warnings, "warning"),
                    count(checked, "relation"),
                )
            }
        }
    }
}
