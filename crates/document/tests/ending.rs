//! A process that was told to end runs no converter, and says so. On its own, for there is no way
//! back.

use document::{Limits, ReadError, end_programs, pdf};

#[test]
fn an_interrupt_is_no_timeout() {
    end_programs();
    let limits = Limits {
        // Where there is no `pdftotext`.
        pdf_child: Some("/bin/sh".into()),
        ..Limits::default()
    };
    let fault = pdf::read(b"%PDF-1.4\n", &limits).unwrap_err();
    assert!(matches!(fault, ReadError::Interrupted { .. }), "{fault}");
    assert!(fault.to_string().contains("中断"), "{fault}");
}
