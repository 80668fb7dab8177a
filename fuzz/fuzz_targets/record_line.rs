//! A line of an import is read without a panic, and what is read writes and reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::records::Record;

fuzz_target!(|text: &str| {
    if let Ok(record) = Record::parse(text) {
        let _ = record.remarks(&statute::Calendar::national());
        assert_eq!(Record::parse(&record.to_line()).as_ref(), Ok(&record));
    }
});
