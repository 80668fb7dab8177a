//! Oneself: account and roles, and a new password.

use super::enter::differ;
use crate::app::App;
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{FormErrors, Link};
use crate::{scope, urls};
use askama::Template;
use axum::Router;
use axum::routing::get;
use office::permissions::TABLE;
use store::people;

/// The addresses about oneself.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(urls::ME, get(me))
        .route(urls::PASSWORD, get(form).post(change))
}

struct RoleRow {
    label: &'static str,
    unit: String,
    may: String,
}

#[derive(Template)]
#[template(path = "people/me.html")]
struct Me {
    shell: Shell,
    password_href: &'static str,
    name: String,
    account: String,
    unit: String,
    state: &'static str,
    roles: Vec<RoleRow>,
}

async fn me(office: Office) -> Result {
    let site = &office.shell.site;
    let roles = office.actor.grants.iter().map(|grant| RoleRow {
        label: grant.role.label(),
        unit: site.unit_name(&grant.unit).to_owned(),
        may: TABLE
            .iter()
            .filter(|(role, _)| *role == grant.role)
            .flat_map(|(_, actions)| actions.iter().map(|action| action.label()))
            .collect::<Vec<_>>()
            .join("；"),
    });
    shell::render(&Me {
        shell: shell::office(&office, "", &office.person.name),
        password_href: urls::PASSWORD,
        name: office.person.name.clone(),
        account: office.person.account.clone(),
        unit: site.unit_name(&office.person.unit).to_owned(),
        state: office.person.state.label(),
        roles: roles.collect(),
    })
}

#[derive(Template)]
#[template(path = "people/password.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    action: &'static str,
    back: &'static str,
    errors: FormErrors,
}

fn page(office: &Office, errors: FormErrors) -> Page {
    Page {
        shell: shell::office(office, "", "修改密码"),
        trail: vec![Link::new(office.person.name.as_str(), urls::ME)],
        action: urls::PASSWORD,
        back: urls::ME,
        errors,
    }
}

async fn form(office: Office) -> Result {
    shell::render(&page(&office, FormErrors::default()))
}

/// Tries of the old password in a window: a session left open must not be a place to guess it.
const LIMIT: i64 = 10;
/// The window, in milliseconds: a quarter of an hour.
const WINDOW_MS: i64 = 15 * 60 * 1000;

async fn change(office: Office, fields: Fields) -> Result {
    office
        .app
        .limit("password", &office.person.id, WINDOW_MS, LIMIT)
        .await?;
    let new = fields.text("password");
    if let Some(error) = differ(new, fields.text("again")) {
        let errors = FormErrors { list: vec![error] };
        return shell::refused(&page(&office, errors));
    }
    let changed =
        people::change_password(office.store(), &office.actor, fields.text("old"), new).await;
    match reasons(changed)? {
        Ok(()) => {
            office.scope.clear_cookie(&office.app, scope::SESSION);
            office.flash("done", "密码已经修改，请用新密码登录。");
            Ok(shell::redirect(urls::SIGN_IN))
        }
        Err(found) => shell::refused(&page(&office, found.into())),
    }
}
