//! The one place that knows the time. Everything else gets a [`Clock`], so that a test may stand on
//! any day.

use jiff::civil::Date;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// China has one time, UTC+8, without daylight saving since 1991; no time-zone table is needed.
const CHINA_OFFSET_MS: i64 = 8 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Tells the time: the system's, or one that was set.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock(Source::System)
    }

    /// A clock that stands at `ms` (milliseconds since 1970 UTC) until it is moved. Clones move
    /// together.
    pub fn fixed(ms: i64) -> Clock {
        Clock(Source::Set(Arc::new(AtomicI64::new(ms))))
    }

    /// A clock that stands at noon (Chinese time) of a day.
    pub fn on(day: Date) -> Clock {
        Clock::fixed(noon(day))
    }

    /// Moves a fixed clock to `ms`; the system's clock stays as it is.
    pub fn set(&self, ms: i64) {
        if let Source::Set(at) = &self.0 {
            at.store(ms, Ordering::SeqCst);
        }
    }

    /// Moves a fixed clock forward by `ms`; the system's clock stays as it is.
    pub fn advance(&self, ms: i64) {
        if let Source::Set(at) = &self.0 {
            at.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Now, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        match &self.0 {
            Source::System => system_ms(),
            Source::Set(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Today in China.
    pub fn today(&self) -> Date {
        day_of(self.now_ms())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the single place that reads the system's clock"
)]
fn system_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// The day in China at an instant (milliseconds since 1970 UTC).
pub fn day_of(ms: i64) -> Date {
    let days = ms.saturating_add(CHINA_OFFSET_MS).div_euclid(DAY_MS);
    // The calendar ends at the years ±9999, some 105 million hours away; beyond is the bound.
    let hours = days.saturating_mul(24).clamp(-110_000_000, 110_000_000);
    Date::constant(1970, 1, 1)
        .checked_add(jiff::SignedDuration::from_hours(hours))
        .unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

/// The instant at which a day begins in China, in milliseconds since 1970 UTC.
pub fn start_of(day: Date) -> i64 {
    let days = (day - Date::constant(1970, 1, 1)).get_days();
    i64::from(days) * DAY_MS - CHINA_OFFSET_MS
}

fn noon(day: Date) -> i64 {
    start_of(day) + DAY_MS / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        // 2024-02-28 15:59:59.999 UTC is still the 28th in China, a millisecond later the 29th.
        let turn = 1_709_136_000_000;
        assert_eq!(day_of(turn - 1), Date::constant(2024, 2, 28));
        assert_eq!(day_of(turn), Date::constant(2024, 2, 29));
        assert_eq!(start_of(Date::constant(2024, 2, 29)), turn);
        assert_eq!(day_of(0), Date::constant(1970, 1, 1));
        assert_eq!(day_of(i64::MAX), Date::MAX);
        assert_eq!(day_of(i64::MIN), Date::MIN);
    }

    #[test]
    fn a_fixed_clock_stands_until_moved_and_its_clones_move_along() {
        let clock = Clock::on(Date::constant(2023, 12, 31));
        let other = clock.clone();
        assert_eq!(clock.today(), Date::constant(2023, 12, 31));
        other.advance(DAY_MS);
        assert_eq!(clock.today(), Date::constant(2024, 1, 1));
    }
}
