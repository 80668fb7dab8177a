//! One person: roles, leave, password, handing over.

use super::{mark, state_words};
use crate::error::{PortalError, Result};
use crate::extract::Office;
use crate::pick;
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FormErrors, Link};
use askama::Template;
use axum::extract::Path;
use office::people::{AccountState, Role};
use office::permissions::Action;
use store::people;

#[derive(Template)]
#[template(path = "people/detail.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    errors: FormErrors,
    code: String,
    enter: &'static str,
    name: String,
    account: String,
    unit: String,
    unit_id: String,
    state_kind: &'static str,
    state: &'static str,
    stand_in: String,
    grants: Vec<Held>,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    stand_ins: Vec<Choice>,
    takers: Vec<Choice>,
    may_manage: bool,
    may_leave: bool,
    may_return: bool,
    gone: bool,
    here: String,
    roles_to: String,
    leave_to: String,
    return_to: String,
    reset_to: String,
    handover_to: String,
}

struct Held {
    role: &'static str,
    unit: String,
    value: String,
}

/// The page.
pub async fn page(office: Office, Path(id): Path<String>) -> Result {
    shell::render(&build(&office, &id, FormErrors::default()).await?)
}

/// What stands before a code on its way to the page that shows it once.
const CODE: &str = "首次登录码（只显示这一次）：";

/// After an action that gives a code: the page that shows it once. Reloading that page asks for
/// nothing again.
pub fn with_code(office: &Office, id: &str, code: &str) -> Result {
    office.flash("done", &format!("{CODE}{code}"));
    Ok(shell::redirect(&urls::office_person(id, "")))
}

/// The page with what stood against an action.
pub async fn refused(office: &Office, id: &str, errors: FormErrors) -> Result {
    shell::refused(&build(office, id, errors).await?)
}

/// After an action: the page, with a message.
pub fn done(office: &Office, id: &str, words: &str) -> Result {
    office.flash("done", words);
    Ok(shell::redirect(&urls::office_person(id, "")))
}

async fn build(office: &Office, id: &str, errors: FormErrors) -> Result<Page> {
    office.needs(Action::PersonRead)?;
    let store = office.app.store();
    let site = office.app.site().await?;
    let everybody = people::list(store, &office.actor).await?;
    let (person, grants) = everybody
        .iter()
        .find(|(person, _)| person.id == id)
        .ok_or(PortalError::NotFound)?;
    let may_manage = reach::may(&office.actor, &site, Action::PersonManage, &person.unit);
    let choice = |other: &office::people::Person| {
        let unit = site.unit_name(&other.unit);
        Choice::new(other.id.as_str(), format!("{}（{unit}）", other.name))
    };
    // One who stands in holds the roles meanwhile; it is a colleague of the same part of the tree.
    let lineage = pick::lineage(&site, &person.unit);
    let near = |other: &office::people::Person, grants: &[office::people::Grant]| {
        other.unit == person.unit || grants.iter().any(|grant| lineage.contains(&grant.unit))
    };
    let stand_ins = everybody
        .iter()
        .filter(|(other, grants)| {
            other.id != id && other.state == AccountState::Active && near(other, grants)
        })
        .map(|(other, _)| choice(other))
        .collect();
    let takers = if may_manage && person.state != AccountState::Left {
        people::takers(store, id).await?
    } else {
        Vec::new()
    };
    let mut shell = shell::office(office, "people", &person.name);
    let code = shell
        .flash
        .as_ref()
        .and_then(|flash| flash.text.strip_prefix(CODE))
        .map(str::to_owned);
    if code.is_some() {
        shell.flash = None;
    }
    let stand_in = person.stand_in.as_deref().and_then(|id| {
        let found = everybody.iter().find(|(other, _)| other.id == id);
        found.map(|(other, _)| other.name.clone())
    });
    Ok(Page {
        shell,
        trail: vec![Link::new("人员", urls::OFFICE_PEOPLE)],
        errors,
        code: code.unwrap_or_default(),
        enter: urls::ENTER,
        name: person.name.clone(),
        account: person.account.clone(),
        unit: site.unit_name(&person.unit).to_owned(),
        unit_id: person.unit.clone(),
        state_kind: mark(person.state),
        state: state_words(store, person).await?,
        stand_in: stand_in.unwrap_or_default(),
        grants: grants
            .iter()
            .map(|grant| Held {
                role: grant.role.label(),
                unit: site.unit_name(&grant.unit).to_owned(),
                value: format!("{}@{}", grant.role.key(), grant.unit),
            })
            .collect(),
        roles: Role::ALL
            .iter()
            .map(|role| Choice::new(role.key(), role.label()))
            .collect(),
        units: pick::units(&site, &office.actor, Action::PersonManage),
        stand_ins,
        takers: takers
            .iter()
            .filter(|taker| everybody.iter().any(|(known, _)| known.id == taker.id))
            .map(choice)
            .collect(),
        may_manage: may_manage && person.state != AccountState::Left,
        may_leave: person.state == AccountState::Active,
        may_return: person.state == AccountState::OnLeave,
        gone: person.state == AccountState::Left,
        here: urls::office_person(id, ""),
        roles_to: urls::office_person(id, "/roles"),
        leave_to: urls::office_person(id, "/leave"),
        return_to: urls::office_person(id, "/return"),
        reset_to: urls::office_person(id, "/reset"),
        handover_to: urls::office_person(id, "/handover"),
    })
}
