//! A Word file, damaged as a whole or in its text, is read, commented and read again.
#![no_main]

use document::{Limits, docx};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let _ = document::read("a.docx", bytes, &limits);
    let part = fuzz::zip(&[
        ("_rels/.rels", fuzz::RELATIONS.as_bytes()),
        ("word/document.xml", bytes),
    ]);
    let Ok(content) = docx::read(&part, &limits) else { return };
    let note = docx::Annotation {
        quote: content.plain().chars().take(20).collect(),
        author: "a".to_owned(),
        text: "b".to_owned(),
        ..docx::Annotation::default()
    };
    if let Ok(annotated) = docx::annotate(&part, &[note]) {
        assert_eq!(docx::read(&annotated, &limits).ok(), Some(content));
    }
});
