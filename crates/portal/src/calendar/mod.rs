//! The working-day calendar: which years are loaded, and loading the notice of a new one.

mod load;
mod page;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use statute::calendar::{Day, weekday_label};

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/office/calendar", get(page::page))
        .route("/office/calendar/preview", post(load::preview))
        .route("/office/calendar/load", post(load::load))
}

/// One exception to Monday-to-Friday.
struct DayLine {
    on: String,
    weekday: &'static str,
    what: &'static str,
    name: String,
}

fn what(working: bool) -> &'static str {
    if working {
        "上班（补班）"
    } else {
        "放假"
    }
}

impl DayLine {
    fn of(day: &Day) -> DayLine {
        DayLine {
            on: day.date.to_string(),
            weekday: weekday_label(day.date),
            what: what(day.working),
            name: day.name.clone().unwrap_or_default(),
        }
    }
}
