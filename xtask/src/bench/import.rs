//! How fast records come in.

use super::county::{self, Size};
use super::{gongkai, process, table, write};
use crate::Fault;
use crate::run::Folder;
use serde_json::json;
use std::io::{BufWriter, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SIZE: Size = Size {
    documents: 20_000,
    requests: 5_000,
};

pub fn measure() -> Result<(), Fault> {
    let folder = Folder::new("bench-import")?;
    let file = folder.path().join("county.jsonl");
    let mut out = BufWriter::new(
        std::fs::File::create(&file).map_err(|e| format!("{}: {e}", file.display()))?,
    );
    let lines = county::write(&mut out, &SIZE)
        .and_then(|lines| out.flush().map(|()| lines))
        .map_err(|e| format!("{}: {e}", file.display()))?;
    let bytes = std::fs::metadata(&file).map_err(|e| e.to_string())?.len();

    let program = gongkai()?;
    let data = folder.path().join("data");
    let start = Instant::now();
    let mut child = Command::new(&program)
        .arg("import")
        .arg(&file)
        .arg("--data")
        .arg(&data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {e}", program.display()))?;
    let mut peak = 0.0_f64;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        peak = process::peak(child.id()).unwrap_or(peak).max(peak);
        std::thread::sleep(Duration::from_millis(20));
    };
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("gongkai import ended with {status}"));
    }
    let per_second = lines as f64 / seconds;
    let mib = bytes as f64 / 1_048_576.0;
    println!();
    table(
        &["import", "lines", "MiB", "s", "lines/s", "peak MiB"],
        &[vec![
            format!("{} documents, {} requests", SIZE.documents, SIZE.requests),
            lines.to_string(),
            format!("{mib:.1}"),
            format!("{seconds:.2}"),
            format!("{per_second:.0}"),
            format!("{peak:.1}"),
        ]],
    );
    write(
        "import",
        &json!({
            "documents": SIZE.documents, "requests": SIZE.requests, "lines": lines,
            "bytes": bytes, "seconds": seconds, "lines_per_second": per_second,
            "peak_rss_mib": peak,
        }),
    )
}
