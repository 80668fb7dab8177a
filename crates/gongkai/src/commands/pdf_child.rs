//! `gongkai pdf-child`: reads a PDF in a process of its own, started and bounded by `document`.

use crate::failure::Failure;

/// Reads standard input and writes the text to standard output.
pub fn run() -> Result<(), Failure> {
    let status = document::pdf::pdf_child(std::io::stdin().lock(), std::io::stdout().lock());
    match u8::try_from(status) {
        Ok(0) => Ok(()),
        // The process that started this one reads the status and knows what to say.
        code => Err(Failure {
            text: String::new(),
            code: code.unwrap_or(1),
        }),
    }
}
