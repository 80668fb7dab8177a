//! Working days of a year, to spread records over.

use super::random::Random;
use statute::Date;
use statute::calendar::{self, Calendar};

/// The working days of a stretch of time, in order.
#[derive(Debug, Clone)]
pub struct Days(Vec<Date>);

impl Days {
    /// Those of a year.
    pub fn of_year(calendar: &Calendar, year: i16) -> Days {
        Days(
            calendar
                .days_of(year)
                .into_iter()
                .filter(|day| day.working)
                .map(|day| day.date)
                .collect(),
        )
    }

    /// The last `count` working days before a day.
    pub fn before(calendar: &Calendar, day: Date, count: usize) -> Days {
        let mut days = Vec::with_capacity(count);
        let mut at = day;
        for _ in 0..count {
            at = calendar.previous(at);
            days.push(at);
        }
        days.reverse();
        Days(days)
    }

    /// One of the days, and one at most `lag` working days before it: 发布日期 and 成文日期.
    pub fn pair(&self, random: &mut Random, lag: usize) -> (Date, Date) {
        let at = random.below(self.0.len());
        let before = at.saturating_sub(random.below(lag + 1));
        (self.0[at], self.0[before])
    }

    /// One of the days.
    pub fn one(&self, random: &mut Random) -> Date {
        *random.pick(&self.0)
    }

    /// The day at a share of the way, from 0 to 999 thousandths.
    pub fn at(&self, thousandth: usize) -> Date {
        self.0[(self.0.len() - 1) * thousandth.min(999) / 999]
    }
}

/// A day some calendar days later (earlier, when negative).
pub fn plus(day: Date, days: i64) -> Date {
    calendar::plus_days(day, days).unwrap_or(day)
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    plus(day, -i64::from(day.weekday().to_monday_zero_offset()))
}
