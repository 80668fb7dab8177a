//! A clock file of anybody is read and replayed without a panic, and its answer is bounded.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statute::Calendar;
use statute::clock::{ClockInput, replay};

fuzz_target!(|text: &str| {
    if let Ok(input) = ClockInput::parse(text) {
        let answer = replay(&Calendar::national(), &input.events, input.today);
        assert!(answer.steps.len() < 5_000);
        let _ = answer.to_json().to_string();
    }
});
