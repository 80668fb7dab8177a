//! Bytes and `Content`: reading and writing files of the kinds that offices use.
//!
//! [`read`] takes hostile input: every reader is bounded by [`Limits`] and ends in a [`ReadError`]
//! that says what was found, what was expected and what to do. Whatever the kind, the result is a
//! [`content::Content`] whose runs and cells carry the place where they stood.
//!
//! | module | files |
//! |---|---|
//! | [`text`] | `.txt`, `.md`: UTF-8, UTF-16, GB18030, Big5 |
//! | [`html`] | `.html`: reading and writing |
//! | [`docx`] | `.docx`: reading, writing, comments at places |
//! | [`xlsx`] | `.xlsx` |
//! | [`pdf`] | `.pdf` that holds text |
//! | [`doc`] | `.doc`, by a converter if one is installed |

mod compound;
mod decode;
pub mod doc;
pub mod docx;
mod error;
mod external;
pub mod html;
mod limits;
mod ooxml;
pub mod pdf;
mod read;
pub mod text;
pub mod xlsx;

pub use error::ReadError;
pub use external::end_programs;
pub use limits::Limits;
pub use read::{Kind, kind, read};
