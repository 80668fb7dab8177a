//! Who asks and what was sent: the visitor of a public page, the person in the back office, the
//! fields of a form, the parts of an upload. What is not in order never reaches a handler.

mod form;
mod upload;
mod who;

pub(crate) use form::{FIELDS_LIMIT, body_of, is_foreign, parse_form};
pub use form::{Fields, date_of, int_of};
pub(crate) use upload::unreadable;
pub use upload::{Sent, Upload};
pub use who::{Office, Visitor};
