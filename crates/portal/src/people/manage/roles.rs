//! Changing the roles of a person.

use super::{detail, invite};
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use axum::extract::Path;
use office::people::{Grant, Role};
use store::people;

/// Keeps the ticked roles and adds one.
pub async fn set(office: Office, Path(id): Path<String>, form: Fields) -> Result {
    let mut grants: Vec<Grant> = Vec::new();
    let kept = form.all("keep").into_iter().map(|kept| {
        let (role, unit) = kept.split_once('@').unwrap_or((kept, ""));
        (role, unit)
    });
    let added = form
        .opt("role")
        .map(|role| (role, form.text("role_unit").to_owned()));
    let added = added
        .as_ref()
        .map(|(role, unit)| (role.as_str(), unit.as_str()));
    for (key, unit) in kept.chain(added) {
        let Some(role) = Role::from_key(key) else {
            return detail::refused(&office, &id, invite::unknown_role(key)).await;
        };
        let grant = Grant {
            role,
            unit: unit.to_owned(),
        };
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    let done = people::set_roles(office.app.store(), &office.actor, &id, &grants).await;
    match reasons(done)? {
        Ok(()) => detail::done(&office, &id, "角色已保存。"),
        Err(reasons) => detail::refused(&office, &id, reasons.into()).await,
    }
}
