//! A waivers file is read or refused in words; what is read answers for the place that it names.
#![no_main]

use libfuzzer_sys::fuzz_target;
use report::Finding;
use report::settings::Waiver;

fuzz_target!(|text: &str| {
    match Waiver::parse_all(text) {
        Err(problems) => {
            assert!(!problems.is_empty() && problems.iter().all(|problem| problem.ends_with('。')));
        }
        Ok(all) => {
            for waiver in &all {
                let unused = waiver.unused();
                assert!(unused.message.contains(&waiver.who));
                let found = Finding {
                    rule: waiver.rule.name.to_owned(),
                    code: waiver.rule.code.to_owned(),
                    place: waiver.place.clone(),
                    ..unused
                };
                let source = waiver.source.as_deref().unwrap_or("a.txt");
                assert_eq!(waiver.answers(source, &found), waiver.is_about(source));
            }
        }
    }
});
