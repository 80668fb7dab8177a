//! The clock of a request: what happened, when the reply is due, and why.
//!
//! [`Event`]s are dated facts; [`replay`] derives everything else from them, so that correcting an
//! event recomputes every date. The rules stand with [`replay`], the JSON form in `json.rs`.

mod answer;
mod event;
mod json;
mod order;
mod replay;
mod steps;

pub use answer::{Answer, Closing, State, Step};
pub use event::{Delivery, Event, EventKind};
pub use json::ClockInput;
pub use order::{check_order, missing_askings, standing_events};
pub use replay::replay;

#[cfg(test)]
mod tests;
