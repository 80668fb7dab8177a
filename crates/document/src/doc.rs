//! Reading `.doc` and `.wps`: Word 97 and WPS files, by a converter if one is installed.
//!
//! LibreOffice comes first: it alone keeps merged cells, automatic numbers and the lines within a
//! cell, at the price of a second for each file. `antiword` prints a table as lines with bars, in
//! which a long label goes on in the next line; `catdoc` prints tabs, and breaks a row where a cell
//! holds two paragraphs.

use content::Content;

use crate::external::{self, Output, Program};
use crate::{Limits, ReadError, docx, text};

/// What to install, for a message.
const PROGRAMS: &str = "LibreOffice、antiword、catdoc";

/// Reads a `.doc` or `.wps` file.
///
/// # Errors
/// No converter is installed, or none of those that are could read it: what the last one said.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::TooLarge {
            what: "文件",
            limit: format!("{} MB", limits.bytes >> 20),
        });
    }
    let mut last = ReadError::NoConverter {
        kind: "doc",
        programs: PROGRAMS,
    };
    for way in [soffice, antiword, catdoc] {
        match way(bytes, limits) {
            None => {}
            Some(Err(fault @ (ReadError::Encrypted { .. } | ReadError::TooLarge { .. }))) => {
                return Err(fault);
            }
            Some(Err(fault)) => last = fault,
            Some(Ok(content)) => return Ok(content),
        }
    }
    Err(last)
}

fn antiword(bytes: &[u8], limits: &Limits) -> Option<Result<Content, ReadError>> {
    // Width 0: a paragraph is a line.
    let args = ["-w", "0", "-m", "UTF-8.txt", "input.doc"];
    printed(&Program::Antiword, &args, bytes, limits)
}

fn catdoc(bytes: &[u8], limits: &Limits) -> Option<Result<Content, ReadError>> {
    let args = ["-w", "-d", "utf-8", "input.doc"];
    printed(&Program::Catdoc, &args, bytes, limits)
}

/// A converter that prints the text.
fn printed(
    program: &Program,
    args: &[&str],
    bytes: &[u8],
    limits: &Limits,
) -> Option<Result<Content, ReadError>> {
    let run = external::run(program, args, "input.doc", bytes, limits)?;
    Some(run.and_then(|output| {
        let complaint = output.complaints.to_ascii_lowercase();
        if complaint.contains("encrypted") {
            return Err(ReadError::Encrypted { kind: "doc" });
        }
        if !output.status.success() || output.text.trim_ascii().is_empty() {
            return Err(failed(program, &output));
        }
        text::lines(&String::from_utf8_lossy(&output.text), limits)
    }))
}

fn soffice(bytes: &[u8], limits: &Limits) -> Option<Result<Content, ReadError>> {
    Some(office(bytes, "input.doc", "docx", limits)?.and_then(|bytes| docx::read(&bytes, limits)))
}

/// The file that LibreOffice makes of `bytes`, in the format `to`; `None` if it is not installed.
pub(crate) fn office(
    bytes: &[u8],
    input: &str,
    to: &str,
    limits: &Limits,
) -> Option<Result<Vec<u8>, ReadError>> {
    let args = [
        "-env:UserInstallation=file:///proc/self/cwd/profile",
        "--headless",
        "--norestore",
        "--convert-to",
        to,
        input,
    ];
    let run = external::run(&Program::Soffice, &args, input, bytes, limits)?;
    Some(run.and_then(|output| {
        let name = format!("input.{to}");
        output
            .file(&name, limits.bytes)
            .filter(|_| output.status.success())
            .ok_or_else(|| failed(&Program::Soffice, &output))
    }))
}

fn failed(program: &Program, output: &Output) -> ReadError {
    ReadError::ConverterFailed {
        program: program.name().into(),
        why: output.why(),
    }
}
