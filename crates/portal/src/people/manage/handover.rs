//! A person leaves for good; another takes the open work.

use super::{detail, leave};
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use axum::extract::Path;
use store::people;

/// The act.
pub async fn hand_over(office: Office, Path(id): Path<String>, form: Fields) -> Result {
    let Some(to) = form.opt("to") else {
        return detail::refused(&office, &id, leave::nobody("to")).await;
    };
    let done = people::hand_over(office.app.store(), &office.actor, &id, &to).await;
    match reasons(done)? {
        Ok((documents, requests)) => {
            let words = format!("交接完成：转交 {documents} 份在办文件、{requests} 件未办结申请。");
            detail::done(&office, &id, &words)
        }
        Err(reasons) => detail::refused(&office, &id, reasons.into()).await,
    }
}
