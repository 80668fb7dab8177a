//! Inviting a colleague.

use super::detail;
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use crate::pick;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FieldError, FormErrors, Link};
use askama::Template;
use office::people::{Grant, Role};
use office::permissions::Action;
use store::people::{self, Invitation};

#[derive(Template)]
#[template(path = "people/invite.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    here: &'static str,
    back: &'static str,
    typed_name: String,
    account: String,
    units: Vec<Choice>,
    unit: String,
    roles: Vec<Tick>,
    role_unit: String,
    errors: FormErrors,
}

struct Tick {
    value: &'static str,
    label: &'static str,
    checked: bool,
}

/// An empty form.
pub async fn form(office: Office) -> Result {
    shell::render(&page(&office, &Fields::default(), FormErrors::default()).await?)
}

/// Invites; the code is shown once on the page that answers.
pub async fn invite(office: Office, form: Fields) -> Result {
    let unit = form.text("unit").to_owned();
    let at = form.opt("role_unit").unwrap_or_else(|| unit.clone());
    let mut grants = Vec::new();
    for key in form.all("role") {
        match Role::from_key(key) {
            Some(role) => grants.push(Grant {
                role,
                unit: at.clone(),
            }),
            None => {
                let errors = unknown_role(key);
                return shell::refused(&page(&office, &form, errors).await?);
            }
        }
    }
    let invitation = Invitation {
        account: form.text("account").trim().to_owned(),
        name: form.text("name").trim().to_owned(),
        unit,
        grants,
    };
    let done = people::invite(office.app.store(), &office.actor, &invitation).await;
    match reasons(done)? {
        Ok((id, code)) => detail::with_code(&office, &id, &code),
        Err(reasons) => shell::refused(&page(&office, &form, reasons.into()).await?),
    }
}

/// A role that is none.
pub fn unknown_role(key: &str) -> FormErrors {
    FormErrors {
        list: vec![FieldError {
            field: "roles",
            message: format!("没有“{key}”这个角色，请从列出的角色里选。"),
        }],
    }
}

async fn page(office: &Office, form: &Fields, errors: FormErrors) -> Result<Page> {
    office.needs(Action::PersonManage)?;
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::PersonManage);
    let ticked = form.all("role");
    Ok(Page {
        shell: shell::office(office, "people", "邀请人员"),
        trail: vec![Link::new("人员", urls::OFFICE_PEOPLE)],
        here: urls::OFFICE_PEOPLE_NEW,
        back: urls::OFFICE_PEOPLE,
        typed_name: form.text("name").to_owned(),
        account: form.text("account").to_owned(),
        unit: pick::chosen(&units, form.text("unit")),
        role_unit: pick::chosen(&units, form.text("role_unit")),
        units,
        roles: Role::ALL
            .iter()
            .map(|role| Tick {
                value: role.key(),
                label: role.label(),
                checked: ticked.contains(&role.key()),
            })
            .collect(),
        errors,
    })
}
