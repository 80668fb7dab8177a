//! A text in any encoding is read into a report and checked without a panic.
#![no_main]

use document::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(content) = document::text::read(bytes, &Limits::default()) {
        let _ = report::check(&report::read(&content, "a.txt"));
    }
});
