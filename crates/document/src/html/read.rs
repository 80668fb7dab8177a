//! Reading HTML.

use content::Content;

use crate::{Limits, ReadError};

/// Reads HTML.
///
/// # Errors
/// Always, until its reader arrives.
pub fn read(_bytes: &[u8], _limits: &Limits) -> Result<Content, ReadError> {
    Err(ReadError::NotText)
}
