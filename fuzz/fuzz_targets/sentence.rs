//! One paragraph goes through every rule of sentences.
#![no_main]

use content::Content;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut content = Content::default();
    content.paragraph(fuzz::words(text));
    let done = report::check(&report::read(&content, "a"));
    for finding in &done.findings {
        assert!(finding.place.quote.as_ref().is_none_or(|quote| quote.chars().count() <= 200));
    }
});
