//! Taking a password away and giving a code for a new one.

use super::detail;
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use axum::extract::Path;
use store::people;

/// The act; the code is shown once on the page that answers.
pub async fn reset(office: Office, Path(id): Path<String>, _: Fields) -> Result {
    let done = people::reset(office.app.store(), &office.actor, &id).await;
    match reasons(done)? {
        Ok(code) => detail::with_code(&office, &id, &code),
        Err(reasons) => detail::refused(&office, &id, reasons.into()).await,
    }
}
