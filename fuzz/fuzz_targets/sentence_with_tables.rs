//! Any paragraphs stand beside the filled tables of every form and go through every rule.
#![no_main]

use libfuzzer_sys::fuzz_target;
use report::{Cell, Decimal, Reading, Report, Section};
use statute::editions::Edition;

fuzz_target!(|text: &str| {
    let text = fuzz::words(text);
    for edition in Edition::ALL {
        let mut report = Report::new(edition, "a");
        report.year = Some(2022);
        for (at, cell) in (0..).zip(edition.cells()) {
            if let Some(figure) = Decimal::whole(at % 7) {
                report.tables.set(cell.key, Cell::Number(figure));
            }
        }
        report.sections.push(Section {
            number: "一".to_owned(),
            heading: "总体情况".to_owned(),
            level: 1,
            paragraphs: text.split('\n').map(str::to_owned).collect(),
        });
        let reading = Reading::of_report(report.with_unit("云岭县林草局"));
        let done = report::check(&reading);
        for finding in &done.findings {
            assert!(!finding.message.is_empty());
            assert!(finding.place.quote.as_ref().is_none_or(|quote| quote.chars().count() <= 200));
        }
    }
});
