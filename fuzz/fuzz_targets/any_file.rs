//! Bytes of any kind are told apart and refused or read. Kinds that other programs convert are left
//! out: those programs are not ours to fuzz.
#![no_main]

use document::{Kind, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match document::kind("a", bytes) {
        Ok(Kind::Pdf | Kind::Doc | Kind::Xls) | Err(_) => {}
        Ok(_) => {
            let _ = document::read("a", bytes, &Limits::default());
        }
    }
});
