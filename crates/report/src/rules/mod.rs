//! The rules of the checker.
//!
//! A rule is known by its kebab-case name, which states the fault; its code sorts by part of the
//! report: `S` structure, `T` tables, `N` sentences, `X` sentences against tables, `Y` against last
//! year, `R` roll-up, `P` period, body and publication, `F` form of the file. Before a rule accuses it
//! tries the readings that would make the figures agree; an error means that none does.
//!
//! To add a family: a module here with `RULES` and `examine`, a line in [`examine`] and one in
//! `registry::FAMILIES`. Its pages stand in `pages/`; their cases are run by `cases`.

mod against_tables;
mod body;
#[cfg(test)]
mod cases;
pub(crate) mod children;
mod comparisons;
pub(crate) mod compiling;
pub mod copies;
pub(crate) mod file;
pub(crate) mod form_of_file;
mod growth;
mod identity_page;
mod law;
mod lists;
mod period;
mod registry;
mod repeated;
pub(crate) mod rolling_up;
mod shares;
mod splits;
mod structure;
mod sums;
pub(crate) mod tables;
mod units;
pub(crate) mod years;

pub(crate) use file::pages_unread;
pub use file::{FILE_UNREADABLE, PAGES_UNREAD, WAIVER_UNUSED, file_unreadable};
pub use registry::rules;

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

use crate::check::Checkup;
use crate::finding::{Checked, Finding, Place};
use crate::reading::Reading;
use statute::editions::Level;

/// A rule: what it is called and where its page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case name of the fault; never reused.
    pub name: &'static str,
    /// Short code for letters; never reused.
    pub code: &'static str,
    /// The level of a finding for which no milder reading was found.
    pub level: Level,
    /// The fault in one Chinese sentence without a full stop.
    pub summary: &'static str,
    /// The fault in one English line, as linters say it, for those who read no Chinese.
    pub english: &'static str,
    /// The article or document behind it, where there is one.
    pub article: Option<&'static str>,
    /// Its page: what it checks, why, how to correct, with cases that are run as tests.
    pub page: &'static str,
}

/// Where rules put what they find.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    pub(crate) findings: Vec<Finding>,
    pub(crate) checked: Vec<Checked>,
}

/// Every rule that looks at one report alone.
pub(crate) fn examine(reading: &Reading, sink: &mut Sink) {
    tables::examine(reading, sink);
    structure::examine(reading, sink);
    period::examine(reading, sink);
    body::examine(reading, sink);
    law::examine(reading, sink);
    against_tables::examine(reading, sink);
    sums::examine(reading, sink);
    shares::examine(reading, sink);
    comparisons::examine(reading, sink);
    lists::examine(reading, sink);
    let mentions = repeated::mentions(reading);
    repeated::examine(reading, &mentions, sink);
    units::examine(&mentions, sink);
    growth::examine(reading, sink);
}

impl Rule {
    /// A finding of this rule at its own level.
    pub(crate) fn finding(&self, place: Place, message: impl Into<String>) -> Finding {
        Finding {
            rule: self.name.to_owned(),
            code: self.code.to_owned(),
            level: self.level,
            message: message.into(),
            stated: None,
            expected: None,
            arithmetic: None,
            place,
            related: Vec::new(),
        }
    }
}

impl Finding {
    /// The same finding at a milder or graver level.
    pub(crate) fn at_level(mut self, level: Level) -> Finding {
        self.level = level;
        self
    }

    /// The same finding with its figures: as stated, as expected, and how that comes about.
    pub(crate) fn with_figures(
        mut self,
        stated: impl Into<String>,
        expected: impl Into<String>,
        arithmetic: impl Into<String>,
    ) -> Finding {
        self.stated = Some(stated.into());
        self.expected = Some(expected.into());
        self.arithmetic = Some(arithmetic.into());
        self
    }

    /// The same finding with other places that take part.
    pub(crate) fn with_related(mut self, related: Vec<Place>) -> Finding {
        self.related = related;
        self
    }
}

impl Sink {
    /// Puts a finding.
    pub(crate) fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Puts a relation that was examined.
    pub(crate) fn examined(&mut self, checked: Checked) {
        self.checked.push(checked);
    }

    /// What came together, each thing once, in the order of the report.
    pub(crate) fn settle(mut self) -> Checkup {
        let order = |place: &Place| (place.page, place.line);
        self.findings.sort_by_key(|finding| order(&finding.place));
        once(&mut self.findings);
        once(&mut self.checked);
        Checkup {
            findings: self.findings,
            checked: self.checked,
        }
    }
}

/// Keeps the first of equal things. A hostile text gives a hundred thousand of them.
fn once<T: Eq + Hash>(list: &mut Vec<T>) {
    let mut seen = HashSet::with_capacity(list.len());
    let mut first: VecDeque<bool> = list.iter().map(|one| seen.insert(one)).collect();
    list.retain(|_| first.pop_front().unwrap_or(true));
}
