//! `gongkai read`: one file into the typed report.

use crate::check::examine::{self, Bytes};
use crate::cli::{self, ReadFormat};
use crate::failure::Failure;
use crate::interrupt;
use crate::output;

/// Reads the file and prints the report.
pub fn run(args: &cli::Read) -> Result<(), Failure> {
    let limits = examine::limits();
    let source = args.path.display().to_string();
    let bytes = match examine::open(&args.path, &limits) {
        Ok(bytes) => bytes,
        Err(error) => return Err(Failure::unreadable(&args.path, &error)),
    };
    let Bytes::Whole(bytes) = bytes else {
        return Err(Failure::failed(format!(
            "{source} 超过 {} MB，不像是年度报告，没有读取；请核对文件。",
            limits.bytes >> 20
        )));
    };
    interrupt::watch()?;
    let content = document::read(&source, &bytes, &limits);
    interrupt::go_on()?;
    let content =
        content.map_err(|error| Failure::failed(format!("{source} 读不出来：{error}。")))?;
    let report = report::read(&content, &source).report;
    let text = match args.format {
        ReadFormat::Json => format!("{:#}\n", report.to_json()),
    };
    output::print(&text)
}
