//! Where the time of checking goes.

use report::Reading;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// The time that this thread has computed, not that it waited for others on a busy machine.
fn used() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds = text.split(' ').next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap())
}

/// Times each stage over all files of a folder.
pub fn measure(folder: &Path, times: u64) -> Value {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let files: Vec<(String, Vec<u8>)> = files
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    let limits = document::Limits::default();
    let mut spent = [Duration::ZERO; 3];
    let (mut errors, mut warnings, mut relations) = (0, 0, 0);
    for _ in 0..times {
        (errors, warnings, relations) = (0, 0, 0);
        for (name, bytes) in &files {
            let start = used();
            let content = document::read(name, bytes, &limits).unwrap();
            let read = used();
            let reading: Reading = report::read(&content, name);
            let understood = used();
            let checkup = report::check(&reading);
            let checked = used();
            spent[0] += read - start;
            spent[1] += understood - read;
            spent[2] += checked - understood;
            relations += checkup.checked.len();
            for finding in &checkup.findings {
                match finding.level {
                    report::Level::Error => errors += 1,
                    report::Level::Warning => warnings += 1,
                    report::Level::Info => {}
                }
                if std::env::var_os("SHOW").is_some() && finding.level != report::Level::Info {
                    println!("{name} {} {}", finding.code, finding.message);
                }
            }
        }
    }
    let each = |time: Duration| {
        let runs = u128::from(times) * files.len().max(1) as u128;
        u64::try_from(time.as_nanos() / runs / 1000).unwrap_or(u64::MAX)
    };
    json!({
        "files": files.len(),
        "bytes": files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>(),
        "microseconds": {
            "bytes_to_content": each(spent[0]),
            "content_to_report": each(spent[1]),
            "rules": each(spent[2]),
        },
        "errors": errors, "warnings": warnings, "relations": relations,
    })
}
