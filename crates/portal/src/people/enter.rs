//! First sign-in with the code of an invitation, or of a reset.

use crate::app::App;
use crate::error::{Result, reasons};
use crate::extract::{Fields, Visitor};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{FieldError, FormErrors};
use askama::Template;
use axum::Router;
use axum::routing::get;
use store::people;

/// Window of the limit, in milliseconds: an hour.
const WINDOW_MS: i64 = 60 * 60 * 1000;
/// Codes tried from one address in a window.
const LIMIT: i64 = 30;

/// The address of the first sign-in.
pub(super) fn routes() -> Router<App> {
    Router::new().route(urls::ENTER, get(form).post(enter))
}

#[derive(Template)]
#[template(path = "people/enter.html")]
struct Page {
    shell: Shell,
    action: &'static str,
    sign_in_href: &'static str,
    code: String,
    errors: FormErrors,
}

fn page(visitor: &Visitor, code: &str, errors: FormErrors) -> Result<Page> {
    let mut shell = shell::public(visitor, "", "首次登录");
    shell.csrf = visitor.csrf()?;
    Ok(Page {
        shell,
        action: urls::ENTER,
        sign_in_href: urls::SIGN_IN,
        code: code.to_owned(),
        errors,
    })
}

/// What is wrong with a password that must be typed twice.
pub(super) fn differ(password: &str, again: &str) -> Option<FieldError> {
    (password != again).then(|| FieldError {
        field: "again",
        message: "两次输入的新密码不一样，请重新输入。".into(),
    })
}

async fn form(visitor: Visitor) -> Result {
    shell::render(&page(&visitor, "", FormErrors::default())?)
}

async fn enter(visitor: Visitor, fields: Fields) -> Result {
    visitor.limit("enter", WINDOW_MS, LIMIT).await?;
    let code = fields.text("code").trim();
    let password = fields.text("password");
    if let Some(error) = differ(password, fields.text("again")) {
        let errors = FormErrors { list: vec![error] };
        return shell::refused(&page(&visitor, code, errors)?);
    }
    match reasons(people::enter(visitor.store(), code, password).await)? {
        Ok(account) => {
            let text = format!("密码已经设定，请用账号“{account}”和新密码登录。");
            visitor.flash("done", &text);
            Ok(shell::redirect(urls::SIGN_IN))
        }
        Err(found) => shell::refused(&page(&visitor, code, found.into())?),
    }
}
