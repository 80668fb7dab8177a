//! The fields of a form, and the secret that says the form was ours.

use super::who::{Known, form_cookie, scope_of, session_of};
use crate::app::App;
use crate::error::{PortalError, Result};
use crate::urls;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use office::Reason;
use statute::Date;
use store::keys::same_secret;
use store::sessions::Session;

/// Most fields of a form.
pub(crate) const FIELDS_LIMIT: usize = 200;

/// Whether the browser says that another site made it send this.
pub(crate) fn is_foreign(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| matches!(site.as_bytes(), b"cross-site" | b"same-site"))
}

/// Refuses a form that another site sent, or that was made for somebody else.
pub(super) async fn check_csrf(
    app: &App,
    headers: &HeaderMap,
    known: Option<Session>,
    sent: &str,
) -> Result<()> {
    if is_foreign(headers) {
        return Err(PortalError::Csrf);
    }
    let session = match known {
        Some(session) => Some(session),
        None => session_of(app, headers).await?.map(|(_, session)| session),
    };
    let secret = match session {
        Some(session) => Some(session.csrf),
        None => form_cookie(app, headers),
    };
    match secret {
        Some(secret) if same_secret(secret.as_bytes(), sent.as_bytes()) => Ok(()),
        _ => Err(PortalError::Csrf),
    }
}

/// The fields of a form that was sent by POST, at most `LIMIT` bytes, its secret checked. A room
/// with long texts takes `Fields<{ 2 << 20 }>`.
#[derive(Debug, Clone, Default)]
pub struct Fields<const LIMIT: usize = { 64 << 10 }>(pub(super) Vec<(String, String)>);

impl<const LIMIT: usize> Fields<LIMIT> {
    /// The text of a field as it was sent, empty when it was not.
    pub fn text(&self, name: &str) -> &str {
        find(&self.0, name)
    }

    /// The text without blanks around it, unless nothing is left.
    pub fn opt(&self, name: &str) -> Option<String> {
        let text = self.text(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Every value of a field that may stand several times (ticks).
    pub fn all(&self, name: &str) -> Vec<&str> {
        let hits = self.0.iter().filter(|(key, _)| key == name);
        hits.map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a tick is set.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The date of a field; none when it is empty.
    ///
    /// # Errors
    /// A reason at the field when it is not a date.
    pub fn date(&self, name: &'static str) -> std::result::Result<Option<Date>, Reason> {
        date_of(self.text(name), name)
    }

    /// The whole number of a field; none when it is empty.
    ///
    /// # Errors
    /// A reason at the field when it is not a whole number.
    pub fn int(&self, name: &'static str) -> std::result::Result<Option<i64>, Reason> {
        int_of(self.text(name), name)
    }

    /// The version of the record that the form was filled from (hidden field `seen`).
    ///
    /// # Errors
    /// [`PortalError::Bad`] when it is missing.
    pub fn seen(&self) -> Result<i64> {
        self.text("seen")
            .parse()
            .map_err(|_| PortalError::Bad("表单缺少版本号。请刷新页面后重新提交。".into()))
    }

    /// The form's own key (hidden field `submission`).
    ///
    /// # Errors
    /// [`PortalError::Bad`] when it is missing or not one of ours.
    pub fn submission(&self) -> Result<&str> {
        let key = self.text("submission");
        if key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit()) {
            Ok(key)
        } else {
            Err(PortalError::Bad(
                "表单缺少编号。请刷新页面后重新提交。".into(),
            ))
        }
    }

    /// All fields, in the order of the form.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value.as_str())
}

/// The date in a text; none when it is empty.
///
/// # Errors
/// A reason at the field when it is not a date.
pub fn date_of(text: &str, name: &'static str) -> std::result::Result<Option<Date>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let tidy = text.replace(['/', '.'], "-");
    match statute::parse_date(&tidy) {
        Some(date) => Ok(Some(date)),
        None => Err(Reason::at(
            name,
            "date-malformed",
            format!("“{text}”不是一个日期，请按 2026-11-02 的样子填写。"),
        )),
    }
}

/// The whole number in a text; none when it is empty.
///
/// # Errors
/// A reason at the field when it is not a whole number.
pub fn int_of(text: &str, name: &'static str) -> std::result::Result<Option<i64>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Reason::at(
            name,
            "number-malformed",
            format!("“{text}”不是一个整数，请只填数字。"),
        )
    })
}

pub(crate) async fn body_of(body: Body, limit: usize) -> Result<Bytes> {
    to_bytes(body, limit)
        .await
        .map_err(|_| PortalError::TooLarge)
}

/// The pairs of a form as browsers write it (application/x-www-form-urlencoded).
pub(crate) fn parse_form(bytes: &[u8]) -> Result<Vec<(String, String)>> {
    let bad = || PortalError::Bad("表单的编码不对，应为 UTF-8。请刷新页面后重新提交。".into());
    let text = std::str::from_utf8(bytes).map_err(|_| bad())?;
    let mut pairs = Vec::new();
    for part in text.split('&').filter(|part| !part.is_empty()) {
        if pairs.len() == FIELDS_LIMIT {
            return Err(PortalError::TooLarge);
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let plain = |part: &str| urls::decode(&part.replace('+', " ")).ok_or_else(bad);
        // A NUL is no text, and PostgreSQL does not keep it.
        pairs.push((plain(name)?, plain(value)?.replace('\0', "")));
    }
    Ok(pairs)
}

impl<const LIMIT: usize> FromRequest<App> for Fields<LIMIT> {
    type Rejection = PortalError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let form = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| {
            kind.as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
        if !form {
            return Err(PortalError::Bad(
                "请求不是表单。请从页面上的表单提交。".into(),
            ));
        }
        let pairs = parse_form(&body_of(body, LIMIT).await?)?;
        let known = parts.extensions.get::<Known>().cloned();
        if !is_foreign(&parts.headers) {
            // What another site sent is not shown: nobody else puts words on our pages.
            scope_of(&mut parts).keep_typed(&pairs, false);
        }
        let sent = find(&pairs, "csrf");
        check_csrf(app, &parts.headers, known.map(|k| k.0), sent).await?;
        Ok(Fields(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let pairs = parse_form("a=1+2&b=%E5%8E%BF&a=%2B&c".as_bytes()).unwrap();
        let fields: Fields = Fields(pairs);
        assert_eq!(fields.text("a"), "1 2");
        assert_eq!(fields.all("a"), ["1 2", "+"]);
        assert_eq!(fields.text("b"), "县");
        assert_eq!(fields.opt("c"), None);
        assert!(matches!(parse_form(b"a=%ff"), Err(PortalError::Bad(_))));
        let many = "a=1&".repeat(FIELDS_LIMIT + 1);
        assert!(matches!(
            parse_form(many.as_bytes()),
            Err(PortalError::TooLarge)
        ));
    }

    #[test]
    fn dates_and_numbers_say_what_is_wrong_with_them() {
        assert_eq!(
            date_of(" 2026/11/02 ", "on").unwrap(),
            statute::parse_date("2026-11-02")
        );
        assert_eq!(date_of("", "on").unwrap(), None);
        let reason = date_of("2026-13-02", "on").unwrap_err();
        assert_eq!(reason.field, Some("on"));
        assert!(reason.text.contains("2026-13-02"));
        assert_eq!(int_of("12", "n").unwrap(), Some(12));
        assert!(int_of("1x", "n").is_err());
    }
}
