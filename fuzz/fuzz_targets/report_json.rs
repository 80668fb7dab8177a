//! A report in JSON is read, checked and laid out without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use report::Report;

fuzz_target!(|text: &str| {
    let Ok(value) = serde_json::from_str(text) else { return };
    if let Ok(report) = Report::from_json(&value) {
        let _ = report::check_identities(&report);
        let _ = report::layout(&report, &|_| None);
        assert_eq!(Report::from_json(&report.to_json()).as_ref().ok(), Some(&report));
    }
});
