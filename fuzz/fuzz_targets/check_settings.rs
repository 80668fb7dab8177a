//! A configuration file of the checker is read or refused in words, and settles findings without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use report::settings::Settings;
use report::{Finding, Level, Place, rules};

fuzz_target!(|text: &str| {
    match Settings::parse(text) {
        Err(problems) => {
            assert!(!problems.is_empty() && problems.iter().all(|problem| problem.ends_with('。')));
        }
        Ok(mut settings) => {
            let mut findings: Vec<Finding> = rules()
                .iter()
                .map(|rule| Finding {
                    rule: rule.name.to_owned(),
                    code: rule.code.to_owned(),
                    level: Level::Warning,
                    message: String::new(),
                    stated: None,
                    expected: None,
                    arithmetic: None,
                    place: Place::default(),
                    related: Vec::new(),
                })
                .collect();
            settings.judge(&mut findings);
            assert!(findings.iter().all(|finding| settings.wants(&finding.rule)));
            // Any word may be typed as a rule.
            let words: Vec<String> = text.split_whitespace().take(4).map(str::to_owned).collect();
            let _ = settings.choose(&words, &words);
        }
    }
});
