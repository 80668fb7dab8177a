//! Reading plain text.

use content::Content;

use crate::{Limits, ReadError};

/// Reads plain text.
///
/// # Errors
/// Always, until its reader arrives.
pub fn read(_bytes: &[u8], _limits: &Limits) -> Result<Content, ReadError> {
    Err(ReadError::NotText)
}
