//! Leave with a stand-in, and coming back.

use super::detail;
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use crate::views::{FieldError, FormErrors};
use axum::extract::Path;
use store::people;

/// That nobody was chosen.
pub fn nobody(field: &'static str) -> FormErrors {
    FormErrors {
        list: vec![FieldError {
            field,
            message: "没有选人，请从在岗的同事里选一位。".into(),
        }],
    }
}

/// Sends on leave.
pub async fn leave(office: Office, Path(id): Path<String>, form: Fields) -> Result {
    let Some(stand_in) = form.opt("stand_in") else {
        return detail::refused(&office, &id, nobody("stand_in")).await;
    };
    let done = people::leave(office.app.store(), &office.actor, &id, &stand_in).await;
    match reasons(done)? {
        Ok(()) => detail::done(&office, &id, "休假已办理，由代办人办理在办事项。"),
        Err(reasons) => detail::refused(&office, &id, reasons.into()).await,
    }
}

/// Brings back.
pub async fn come_back(office: Office, Path(id): Path<String>, _: Fields) -> Result {
    let done = people::come_back(office.app.store(), &office.actor, &id).await;
    match reasons(done)? {
        Ok(()) => detail::done(&office, &id, "已经销假。"),
        Err(reasons) => detail::refused(&office, &id, reasons.into()).await,
    }
}
