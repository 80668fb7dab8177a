//! Lines made of the labels and marks that reports are made of are read, checked, laid out.
#![no_main]

use content::{Block, Content, Place, Run};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut content = Content::default();
    for (at, line) in fuzz::words(text).lines().enumerate() {
        content.blocks.push(Block::Paragraph(vec![Run {
            text: line.to_owned(),
            bold: false,
            place: Some(Place { line: Some(at as u32 + 1), ..Place::default() }),
        }]));
    }
    let reading = report::read(&content, "a");
    let _ = report::check(&reading);
    let again = report::read(&report::layout(&reading.report, &|_| None), "b");
    let _ = report::check(&again);
});
