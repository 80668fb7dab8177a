//! Everybody in the parts of the tree that the actor may see.

use super::{mark, state_words};
use crate::error::Result;
use crate::extract::Office;
use crate::shell::{self, Shell};
use crate::urls;
use askama::Template;
use office::people::{Grant, Person};
use office::permissions::Action;
use store::people;

#[derive(Template)]
#[template(path = "people/list.html")]
struct Page {
    shell: Shell,
    invite: &'static str,
    erase: &'static str,
    caption: String,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    account: String,
    unit: String,
    roles: String,
    state_kind: &'static str,
    state: &'static str,
}

/// The list.
pub async fn page(office: Office) -> Result {
    office.needs(Action::PersonRead)?;
    let site = office.app.site().await?;
    let everybody = people::list(office.app.store(), &office.actor).await?;
    let mut rows = Vec::new();
    for (person, grants) in &everybody {
        let state = state_words(office.app.store(), person).await?;
        rows.push(row(site.unit_name(&person.unit), person, grants, state));
    }
    shell::render(&Page {
        shell: shell::office(&office, "people", "人员"),
        invite: if office.actor.can_somewhere(Action::PersonManage) {
            urls::OFFICE_PEOPLE_NEW
        } else {
            ""
        },
        erase: if office.actor.can_somewhere(Action::ApplicantErase) {
            urls::OFFICE_PEOPLE_ERASE
        } else {
            ""
        },
        caption: format!("共 {} 人", everybody.len()),
        rows,
    })
}

fn row(unit: &str, person: &Person, grants: &[Grant], state: &'static str) -> Row {
    let mut roles: Vec<&str> = grants.iter().map(|grant| grant.role.label()).collect();
    roles.dedup();
    Row {
        href: urls::office_person(&person.id, ""),
        name: person.name.clone(),
        account: person.account.clone(),
        unit: unit.to_owned(),
        roles: roles.join("、"),
        state_kind: mark(person.state),
        state,
    }
}
