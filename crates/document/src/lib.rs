//! Bytes and `Content`: writing and reading files of the kinds that offices use.
//!
//! Writing HTML is here; other kinds join as modules of their own.

pub mod html;
