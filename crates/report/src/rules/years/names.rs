//! Which report is that of the same unit about the year before.

use std::collections::BTreeMap;

use crate::read::title::tail;
use crate::reading::Reading;

/// The name of a unit as far as it tells units apart: without white space and without what is
/// written one year and left out the next.
pub(in crate::rules) fn bare(unit: &str) -> String {
    let name: String = unit
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '（' | '）' | '(' | ')'))
        .collect();
    [
        "人民政府办公室",
        "人民政府办公厅",
        "人民政府",
        "办事处",
        "政府办公室",
    ]
    .into_iter()
    .find_map(|ending| name.strip_suffix(ending))
    .filter(|rest| rest.chars().count() >= 2)
    .map_or_else(|| name.clone(), str::to_owned)
}

/// Whether two names may be those of one unit: the same, or the one within the other.
pub(super) fn is_near(one: &str, two: &str) -> bool {
    let (one, two) = (bare(one), bare(two));
    one == two || one.ends_with(&two) || two.ends_with(&one)
}

/// Reports among which the one of the year before is looked for, by unit and year.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    by_name: BTreeMap<(String, i16), Vec<usize>>,
    /// The part of the name that a report may give alone: 民政局 for 某县民政局.
    by_tail: BTreeMap<(String, i16), Vec<(String, usize)>>,
}

impl Earlier {
    /// Takes in the next report, which gets the number of those before it.
    pub fn push(&mut self, number: usize, unit: Option<&str>, year: Option<i16>) {
        let (Some(unit), Some(year)) = (unit, year) else {
            return;
        };
        let name = bare(unit);
        let end = tail(&name).to_owned();
        let named = (name.clone(), number);
        self.by_tail.entry((end, year)).or_default().push(named);
        self.by_name.entry((name, year)).or_default().push(number);
    }

    /// The number of the report of this unit about the year before `year`. Of two with the very
    /// name the first counts; of two whose names merely fit, neither.
    pub fn find(&self, unit: Option<&str>, year: Option<i16>) -> Option<usize> {
        let (name, before) = (bare(unit?), year?.checked_sub(1)?);
        if let Some(exact) = self.by_name.get(&(name.clone(), before)) {
            return exact.first().copied();
        }
        let end = tail(&name).to_owned();
        // 某县民政局 was 民政局 last year, or the other way round; another county's is another unit.
        let is_short = |full: &str, short: &str| full.ends_with(short) && full != short;
        let near = self.by_tail.get(&(end, before))?;
        let mut fitting = near
            .iter()
            .filter(|(other, _)| is_short(&name, other) || is_short(other, &name));
        match (fitting.next(), fitting.next()) {
            (Some((_, one)), None) => Some(*one),
            _ => None,
        }
    }
}

/// The report among `others` that is of the same unit as `current` and about the year before.
pub fn pair_previous(others: &[Reading], current: &Reading) -> Option<usize> {
    let mut earlier = Earlier::default();
    for (number, other) in others.iter().enumerate() {
        earlier.push(number, other.report.unit.as_deref(), other.report.year);
    }
    earlier.find(current.report.unit.as_deref(), current.report.year)
}
