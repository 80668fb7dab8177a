//! Two reports are held against each other: last year's, a unit's, copies.
#![no_main]

use content::Content;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let reading = |text: &str| {
        let mut content = Content::default();
        for line in fuzz::words(text).lines() {
            content.paragraph(line);
        }
        report::read(&content, "a")
    };
    let (one, other) = (reading(texts.0), reading(texts.1));
    let _ = report::check_against_previous(&one, &other);
    let _ = report::check_children(&one, std::slice::from_ref(&other));
    let _ = report::copies::among(&[one, other], 0);
});
