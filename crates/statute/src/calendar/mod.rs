//! The working-day calendar: Monday to Friday, less public holidays, plus make-up days.
//!
//! The exceptions are data. Those of 2014 to 2026 are built in; the notice of a later year, or of a
//! region with holidays of its own, is loaded as a [`Notice`]. A year without data is never counted
//! silently: it counts Monday to Friday and [`Calendar::uncovered`] says so.

mod notice;

pub use notice::{Notice, NoticeDay, NoticeProblem};

use crate::Date;
use jiff::Span;
use jiff::civil::Weekday;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, LazyLock};

/// Exceptions published for 2014-2026, `date<TAB>off|work<TAB>name`.
const EMBEDDED: &str = include_str!("../../data/calendar.tsv");

static NATIONAL: LazyLock<Calendar> = LazyLock::new(|| {
    let (days, _) = notice::read_lines(EMBEDDED);
    let mut inner = Inner::default();
    for day in days {
        inner.covered.insert(day.date.year());
        inner.exceptions.insert(day.date, Exception::from(day));
    }
    Calendar(Arc::new(inner))
});

/// One exception to Monday-to-Friday.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Exception {
    working: bool,
    name: Arc<str>,
}

impl From<NoticeDay> for Exception {
    fn from(day: NoticeDay) -> Self {
        Self {
            working: day.working,
            name: day.name.into(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Inner {
    exceptions: BTreeMap<Date, Exception>,
    covered: BTreeSet<i16>,
    regions: Vec<String>,
}

/// What a day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Whether offices work.
    pub working: bool,
    /// Why it is special: `国庆节`, `国庆节调休`, `周末`; `None` for an ordinary working day. A
    /// weekend that touches the holiday carries the holiday's name.
    pub name: Option<String>,
    /// Whether the holidays of its year are loaded.
    pub known: bool,
}

/// An immutable calendar; cloning shares the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar(Arc<Inner>);

impl Calendar {
    /// The national calendar with the built-in years.
    pub fn national() -> Self {
        NATIONAL.clone()
    }

    /// The years whose holidays are loaded, ascending.
    pub fn covered_years(&self) -> Vec<i16> {
        self.0.covered.iter().copied().collect()
    }

    /// The regional layers, in the order they were laid on.
    pub fn regions(&self) -> &[String] {
        &self.0.regions
    }

    /// Whether the holidays of this day's year are loaded.
    pub fn covers(&self, date: Date) -> bool {
        self.0.covered.contains(&date.year())
    }

    /// The years in `[from, through]` whose holidays are not loaded, as runs `(first, last)`.
    pub fn uncovered(&self, from: Date, through: Date) -> Vec<(i16, i16)> {
        let mut runs: Vec<(i16, i16)> = Vec::new();
        for year in from.year()..=through.year() {
            if self.0.covered.contains(&year) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.1.checked_add(1) == Some(year) => run.1 = year,
                _ => runs.push((year, year)),
            }
        }
        runs
    }

    /// Whether offices work on this day. A year that is not loaded counts Monday to Friday.
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.0.exceptions.get(&date) {
            Some(exception) => exception.working,
            None => !is_weekend(date),
        }
    }

    /// What this day is, with its name.
    pub fn day(&self, date: Date) -> Day {
        let exception = self.0.exceptions.get(&date);
        let name = match exception {
            Some(e) => Some(e.name.to_string()),
            None if is_weekend(date) => Some(
                self.holiday_touching(date)
                    .unwrap_or_else(|| "周末".to_owned()),
            ),
            None => None,
        };
        Day {
            date,
            working: self.is_working_day(date),
            name,
            known: self.covers(date),
        }
    }

    /// Every day of a year, in order; empty for a year that is no date.
    pub fn days_of(&self, year: i16) -> Vec<Day> {
        let mut days = Vec::with_capacity(366);
        let mut next = Date::new(year, 1, 1).ok();
        while let Some(date) = next.filter(|d| d.year() == year) {
            days.push(self.day(date));
            next = date.tomorrow().ok();
        }
        days
    }

    /// The exceptions to Monday-to-Friday in a year, as a notice lists them.
    pub fn exceptions_of(&self, year: i16) -> Vec<Day> {
        let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
            return Vec::new();
        };
        self.0
            .exceptions
            .range(first..=last)
            .map(|(date, _)| self.day(*date))
            .collect()
    }

    /// The holiday a weekend day belongs to: the data lists only Mondays to Fridays, but people
    /// know 1 October 2022, a Saturday, as National Day.
    fn holiday_touching(&self, date: Date) -> Option<String> {
        for step in [Date::yesterday, Date::tomorrow] {
            let mut day = date;
            for _ in 0..2 {
                match step(day) {
                    Ok(next) => day = next,
                    Err(_) => break,
                }
                match self.0.exceptions.get(&day) {
                    Some(e) if !e.working => return Some(e.name.to_string()),
                    Some(_) => break,
                    None if is_weekend(day) => {}
                    None => break,
                }
            }
        }
        None
    }

    /// The `n`-th working day after `day0`; `day0` itself does not count, working or not
    /// (民事诉讼法 §85②). `n == 0` gives `day0`. Past the last date there is, the last date.
    pub fn add_working_days(&self, day0: Date, n: u32) -> Date {
        let mut date = day0;
        let mut left = n;
        // `left` calendar days hold at most `left` working days, so a leap never goes too far;
        // each leap leaves about two sevenths of the way.
        while left > 14 {
            let step = i64::from(left).min(days_between(date, Date::MAX));
            let Some(next) = plus_days(date, step) else {
                return Date::MAX;
            };
            if next == date {
                return Date::MAX;
            }
            left = left.saturating_sub(self.working_days_between(date, next));
            date = next;
        }
        while left > 0 {
            let Ok(next) = date.tomorrow() else {
                return Date::MAX;
            };
            date = next;
            if self.is_working_day(date) {
                left -= 1;
            }
        }
        date
    }

    /// Working days in `(after, through]`; 0 when `through` is not later.
    pub fn working_days_between(&self, after: Date, through: Date) -> u32 {
        if after >= through {
            return 0;
        }
        let mut count = i64::from(weekdays_between(after, through));
        for (date, e) in self
            .0
            .exceptions
            .range((Bound::Excluded(after), Bound::Included(through)))
        {
            match (e.working, is_weekend(*date)) {
                (true, true) => count += 1,
                (false, false) => count -= 1,
                _ => {}
            }
        }
        u32::try_from(count).unwrap_or(0)
    }

    /// The first working day after `date`, or the last date there is.
    pub fn next(&self, date: Date) -> Date {
        self.add_working_days(date, 1)
    }

    /// The last working day before `date`, or the first date there is.
    pub fn previous(&self, date: Date) -> Date {
        let mut day = date;
        // Exceptions are finite and a plain week has five working days, so this ends; the bound
        // holds even for a calendar full of holidays.
        for _ in 0..=self.0.exceptions.len().saturating_add(7) {
            match day.yesterday() {
                Ok(before) => day = before,
                Err(_) => return Date::MIN,
            }
            if self.is_working_day(day) {
                return day;
            }
        }
        day
    }

    /// `date` itself if offices work on it, else the next working day: the rule for terms of
    /// calendar days that end on a day off (民事诉讼法 §85③).
    pub fn roll_forward(&self, date: Date) -> Date {
        if self.is_working_day(date) {
            date
        } else {
            self.next(date)
        }
    }

    /// Working days in a calendar year.
    pub fn working_days_in(&self, year: i16) -> u32 {
        match (Date::new(year, 1, 1), Date::new(year, 12, 31)) {
            (Ok(first), Ok(last)) => {
                let rest = self.working_days_between(first, last);
                rest.saturating_add(u32::from(self.is_working_day(first)))
            }
            _ => 0,
        }
    }

    /// This calendar with a notice loaded: its days replace those of the same date, and the years
    /// it states become covered. Days of another year (a make-up day in December for the New Year)
    /// are merged without marking that year.
    #[must_use]
    pub fn with_notice(&self, notice: &Notice) -> Self {
        let mut inner = (*self.0).clone();
        inner
            .exceptions
            .retain(|date, _| !notice.replaces().contains(&date.year()));
        inner.covered.extend(notice.years());
        inner.lay(notice);
        Self(Arc::new(inner))
    }

    /// This calendar with a layer of regional holidays. A region adds days; it does not by itself
    /// make a year known, since the national notice of that year may still be missing.
    #[must_use]
    pub fn with_region(&self, region: &str, notice: &Notice) -> Self {
        let mut inner = (*self.0).clone();
        inner.lay(notice);
        if !inner.regions.iter().any(|r| r == region) {
            inner.regions.push(region.to_owned());
        }
        Self(Arc::new(inner))
    }
}

impl Inner {
    fn lay(&mut self, notice: &Notice) {
        for day in notice.days() {
            self.exceptions
                .insert(day.date, Exception::from(day.clone()));
        }
    }
}

/// Saturday or Sunday.
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// `周一` … `周日`.
pub fn weekday_label(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// `date` plus calendar days, or `None` past the last date there is.
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Calendar days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to)
        .map(|span| i64::from(span.get_days()))
        .unwrap_or(0)
}

/// A date written `YYYY-MM-DD`, and in no other way.
pub fn parse_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let well_formed = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    if !well_formed {
        return None;
    }
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}

/// Mondays to Fridays in `(after, through]`.
fn weekdays_between(after: Date, through: Date) -> u32 {
    let Ok(days) = u32::try_from(days_between(after, through)) else {
        return 0;
    };
    let mut count = (days / 7).saturating_mul(5);
    let mut weekday = after.weekday();
    for _ in 0..days % 7 {
        weekday = weekday.next();
        if !matches!(weekday, Weekday::Saturday | Weekday::Sunday) {
            count = count.saturating_add(1);
        }
    }
    count
}

#[cfg(test)]
mod tests;
