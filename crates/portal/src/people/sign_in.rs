//! Signing in and out.

use crate::app::App;
use crate::error::Result;
use crate::extract::{Fields, Office, Visitor};
use crate::shell::{self, Shell};
use crate::views::{FieldError, FormErrors};
use crate::{scope, urls};
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use store::people::{self, SignIn};

/// Window of the limits below, in milliseconds: a quarter of an hour.
const WINDOW_MS: i64 = 15 * 60 * 1000;
/// Tries from one address in a window. An office behind one address has many people.
const ADDRESS_LIMIT: i64 = 60;
/// Tries for one account in a window, from wherever; below, five failures lock the account.
const ACCOUNT_LIMIT: i64 = 20;

/// Where refused tries for a name are counted, whether or not anybody has it.
const REFUSED: &str = "sign-in-refused";
const WRONG: &str = "账号或密码不对，请核对后重填。连续输错 5 次，账号会锁定 15 分钟。";
const LOCKED: &str = "密码连续输错，账号已锁定，请 15 分钟后再试。忘记密码的，请系统管理员重置。";

/// The addresses of signing in and out.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(urls::SIGN_IN, get(form).post(sign_in))
        .route(urls::SIGN_OUT, post(sign_out))
}

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct Page {
    shell: Shell,
    action: &'static str,
    enter_href: &'static str,
    return_to: String,
    account: String,
    errors: FormErrors,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default, rename = "return")]
    return_to: String,
}

/// Where to go after signing in: a page of the office, nothing else.
fn after(return_to: &str) -> &str {
    let office = return_to == urls::OFFICE
        || return_to.starts_with("/office/")
        || return_to.starts_with("/office?");
    if office && urls::is_local(return_to) {
        return_to
    } else {
        urls::OFFICE
    }
}

fn page(visitor: &Visitor, return_to: &str, account: &str, errors: FormErrors) -> Result<Page> {
    let mut shell = shell::public(visitor, "", "登录");
    shell.csrf = visitor.csrf()?;
    Ok(Page {
        shell,
        action: urls::SIGN_IN,
        enter_href: urls::ENTER,
        return_to: after(return_to).to_owned(),
        account: account.to_owned(),
        errors,
    })
}

async fn form(visitor: Visitor, Query(asked): Query<Asked>) -> Result {
    if visitor.person.is_some() {
        return Ok(shell::redirect(after(&asked.return_to)));
    }
    shell::render(&page(
        &visitor,
        &asked.return_to,
        "",
        FormErrors::default(),
    )?)
}

async fn sign_in(visitor: Visitor, fields: Fields) -> Result {
    let account = fields.text("account").trim();
    let password = fields.text("password");
    let return_to = fields.text("return");
    visitor.limit("sign-in", WINDOW_MS, ADDRESS_LIMIT).await?;
    let who = visitor
        .store()
        .keys
        .keyed_hash("account", &account.to_lowercase());
    visitor
        .app
        .limit("sign-in-account", &who, WINDOW_MS, ACCOUNT_LIMIT)
        .await?;
    let mut errors = FormErrors::default();
    if account.is_empty() {
        errors.list.push(FieldError {
            field: "account",
            message: "没有填账号，请填写。".into(),
        });
    }
    if password.is_empty() {
        errors.list.push(FieldError {
            field: "password",
            message: "没有填密码，请填写。".into(),
        });
    }
    // Longer ones are never right, and hashing them would be work for nothing.
    let tried = if errors.is_empty() && password.len() <= office::people::PASSWORD_LIMIT {
        people::sign_in(visitor.store(), account, password).await?
    } else {
        SignIn::Refused
    };
    match tried {
        SignIn::Welcome(person) => {
            // A session from before is not carried on: whoever knew its token knows nothing now.
            if let Some((token, _)) = &visitor.session {
                visitor.store().end_session(token).await?;
            }
            let issued = visitor.store().start_session(&person.id).await?;
            visitor
                .scope
                .set_cookie(&visitor.app, scope::SESSION, &issued.token, None);
            for door in ["sign-in-account", REFUSED] {
                visitor.store().forget_attempts(door, &who).await?;
            }
            Ok(shell::redirect(after(return_to)))
        }
        SignIn::Locked(_) => {
            // The work of a try, so that the time tells no more than the words.
            visitor.store().keys.verify_password(password, None).await?;
            errors.list.push(at_account(LOCKED));
            shell::refused(&page(&visitor, return_to, account, errors)?)
        }
        SignIn::Refused => {
            if errors.is_empty() {
                // A name that is nobody's is answered as if it could be locked.
                let before = office::people::FAILURES_BEFORE_LOCK - 1;
                let store = visitor.store();
                let first = store.allow(REFUSED, &who, WINDOW_MS, before).await?;
                errors
                    .list
                    .push(at_account(if first { WRONG } else { LOCKED }));
            }
            shell::refused(&page(&visitor, return_to, account, errors)?)
        }
    }
}

fn at_account(message: &str) -> FieldError {
    FieldError {
        field: "account",
        message: message.to_owned(),
    }
}

async fn sign_out(office: Office, _fields: Fields) -> Result<Response> {
    people::sign_out(office.store(), &office.actor, &office.token).await?;
    office.scope.clear_cookie(&office.app, scope::SESSION);
    office.flash("done", "您已退出。");
    Ok(shell::redirect(urls::SIGN_IN))
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn one_is_only_sent_on_into_the_office() {
        for good in ["/office", "/office/requests?page=2", "/office?x=1"] {
            assert_eq!(after(good), good);
        }
        for bad in [
            "",
            "//evil.example/office",
            "https://evil.example",
            "/officer",
            "/documents",
        ] {
            assert_eq!(after(bad), "/office", "{bad}");
        }
    }
}
