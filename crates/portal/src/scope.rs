//! What one request carries along: cookies to set with its answer, and what was typed into its form,
//! so that no error loses it.

use crate::app::App;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::{Arc, Mutex, PoisonError};
use store::keys::same_secret;

/// Name of the session's cookie.
pub const SESSION: &str = "gk-session";
/// Name of the cookie that proves an anonymous form is ours.
pub const FORM: &str = "gk-form";
/// Name of the cookie with one message for the next page.
pub const FLASH: &str = "gk-flash";
/// Name of the cookie of large type.
pub const DISPLAY: &str = "gk-display";

/// Shared by the extractors of one request and the layer around it.
#[derive(Clone, Default)]
pub struct Scope(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    cookies: Vec<HeaderValue>,
    /// What was sent, but for the secret of the form.
    sent: Vec<(String, String)>,
    /// Whether a file was among it.
    files: bool,
    private: bool,
}

impl Scope {
    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Sets a cookie of the whole site with the answer; `max_age` in seconds, none for the life of
    /// the browser's window.
    pub fn set_cookie(&self, app: &App, name: &str, value: &str, max_age: Option<u32>) {
        let secure = app.options().secure_cookies;
        let prefix = if secure { "__Host-" } else { "" };
        let mut text = format!("{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax");
        if secure {
            text.push_str("; Secure");
        }
        if let Some(seconds) = max_age {
            text.push_str(&format!("; Max-Age={seconds}"));
        }
        if let Ok(value) = HeaderValue::from_str(&text) {
            self.with(|inner| inner.cookies.push(value));
        }
    }

    /// Takes a cookie away with the answer.
    pub fn clear_cookie(&self, app: &App, name: &str) {
        self.set_cookie(app, name, "", Some(0));
    }

    /// The answer holds a secret of this visitor (that of a form): it stays in no cache, neither
    /// ours nor one on the way.
    pub(crate) fn keep_private(&self) {
        self.with(|inner| inner.private = true);
    }

    /// Keeps what was sent for an error page; `files` when there were files beside it.
    pub(crate) fn keep_typed(&self, fields: &[(String, String)], files: bool) {
        let kept = fields.iter().filter(|(name, _)| name != "csrf");
        self.with(|inner| {
            inner.sent = kept.cloned().collect();
            inner.files = files;
        });
    }

    /// What was typed: no secrets, no ticks.
    pub(crate) fn typed(&self) -> Vec<(String, String)> {
        let silent = |name: &str, value: &str| {
            matches!(name, "submission" | "seen")
                || is_secret(name)
                || matches!(value.trim(), "" | "1" | "on" | "yes")
        };
        let mut typed = self.with(|inner| inner.sent.clone());
        typed.retain(|(name, value)| !silent(name, value));
        typed
    }

    /// All fields of the form, unless one is a secret or a file.
    pub(crate) fn whole(&self) -> Option<Vec<(String, String)>> {
        self.with(|inner| {
            let all = !inner.files && !inner.sent.iter().any(|(name, _)| is_secret(name));
            all.then(|| inner.sent.clone())
        })
    }
}

fn is_secret(name: &str) -> bool {
    name == "old" || name.contains("password") || name.contains("code")
}

/// The value of one of our cookies, if the browser sent it.
pub fn cookie<'a>(app: &App, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let secure = app.options().secure_cookies;
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            let key = if secure {
                key.strip_prefix("__Host-")?
            } else {
                key
            };
            (key == name && !value.is_empty()).then_some(value)
        })
}

/// A message for the next page, signed: nobody else can put words on our pages.
pub(crate) fn seal_flash(app: &App, kind: &str, text: &str) -> String {
    let words = crate::urls::encode(&format!("{kind}|{text}"));
    let mark = app.store().keys.keyed_hash("flash", &words);
    format!("{words}.{mark}")
}

pub(crate) fn open_flash(app: &App, value: &str) -> Option<(String, String)> {
    let (words, mark) = value.rsplit_once('.')?;
    let right = app.store().keys.keyed_hash("flash", words);
    if !same_secret(mark.as_bytes(), right.as_bytes()) {
        return None;
    }
    let text = crate::urls::decode(words)?;
    let (kind, text) = text.split_once('|')?;
    Some((kind.to_owned(), text.to_owned()))
}

/// Gives the request its scope, and the answer its cookies. A flash that a page has shown is taken
/// away.
pub(crate) async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let scope = Scope::default();
    let flashed = cookie(&app, request.headers(), FLASH).is_some();
    request.extensions_mut().insert(scope.clone());
    let mut response = next.run(request).await;
    if flashed && is_page(&response) && response.status().is_success() {
        scope.clear_cookie(&app, FLASH);
    }
    if scope.with(|inner| inner.private) {
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let cookies = scope.with(|inner| std::mem::take(&mut inner.cookies));
    for value in cookies {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
