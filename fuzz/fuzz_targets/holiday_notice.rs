//! A holiday notice of anybody is read and laid over the calendar without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statute::{Calendar, Date, Notice};

fuzz_target!(|text: &str| {
    if let Ok(notice) = Notice::parse(text) {
        let calendar = Calendar::national().with_notice(&notice).with_region("x", &notice);
        let _ = calendar.add_working_days(Date::constant(2026, 12, 1), 40);
    }
});
