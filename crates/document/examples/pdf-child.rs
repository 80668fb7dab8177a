//! The reader of PDF in a process of its own, alone: text of the PDF on standard input.

fn main() {
    let status = document::pdf::pdf_child(std::io::stdin(), std::io::stdout());
    std::process::exit(status);
}
