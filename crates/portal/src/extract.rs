//! Who asks and what was sent: the visitor of a public page, the person in the back office, the
//! fields of a form, the parts of an upload. What is not in order never reaches a handler.

use crate::app::App;
use crate::error::{PortalError, Result};
use crate::scope::{self, Scope, cookie};
use crate::shell::{Base, Flash};
use crate::urls;
use axum::body::{Body, to_bytes};
use axum::extract::{
    ConnectInfo, DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request, multipart,
};
use axum::http::header::{CONTENT_TYPE, REFERER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use bytes::Bytes;
use office::Reason;
use office::people::Person;
use office::permissions::Actor;
use statute::Date;
use std::error::Error as _;
use std::net::{IpAddr, SocketAddr};
use store::keys::same_secret;
use store::sessions::Session;
use store::{Store, StoreError};

/// Most fields of a form.
pub(crate) const FIELDS_LIMIT: usize = 200;

fn scope_of(parts: &mut Parts) -> Scope {
    // The layer puts it there; a handler tried without the layers gets one of its own.
    parts.extensions.get_or_insert_with(Scope::default).clone()
}

async fn session_of(app: &App, headers: &HeaderMap) -> Result<Option<(String, Session)>> {
    let Some(token) = cookie(app, headers, scope::SESSION) else {
        return Ok(None);
    };
    let session = app.store().find_session(token).await?;
    Ok(session.map(|session| (token.to_owned(), session)))
}

async fn base_of(app: &App, parts: &Parts) -> Result<Base> {
    let flash = cookie(app, &parts.headers, scope::FLASH)
        .and_then(|value| scope::open_flash(app, value))
        .map(|(kind, text)| Flash {
            kind: match kind.as_str() {
                "warn" => "warn",
                "error" => "error",
                _ => "done",
            },
            text,
        });
    let here = parts
        .uri
        .path_and_query()
        .map_or("/", |address| address.as_str());
    Ok(Base {
        site: app.site().await?,
        today: app.store().today(),
        large_type: cookie(app, &parts.headers, scope::DISPLAY).is_some(),
        return_to: urls::encode(if parts.method == Method::GET {
            here
        } else {
            "/"
        }),
        flash,
    })
}

/// An address of a forwarding list; some proxies write its port.
fn hop_of(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = text.parse::<IpAddr>().ok();
    let address = address.or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()));
    address.map(|address| address.to_canonical())
}

/// Where a request came from, as a keyed hash: enough to count, not enough to know.
fn client_of(app: &App, parts: &Parts) -> String {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip().to_canonical());
    let forwarded = || {
        let lists = parts.headers.get_all("x-forwarded-for").iter();
        let hops: Vec<Option<IpAddr>> = lists
            .flat_map(|value| match value.to_str() {
                Ok(text) => text.split(',').map(hop_of).collect(),
                Err(_) => vec![None],
            })
            .collect();
        // From the right: the first that is not a proxy of ours. What stands left of a hop that
        // cannot be read was perhaps written by the visitor, and is not believed.
        hops.into_iter()
            .rev()
            .find(|hop| hop.is_none_or(|hop| !app.options().trusted_proxies.contains(&hop)))
            .flatten()
    };
    let address = match peer {
        Some(peer) if app.options().trusted_proxies.contains(&peer) => forwarded().or(Some(peer)),
        other => other,
    };
    let text = match address {
        // A household has a whole /64.
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        Some(address) => address.to_string(),
        None => "none".to_owned(),
    };
    app.store().keys.keyed_hash("address", &text)
}

/// Anyone on a public page.
pub struct Visitor {
    /// The portal.
    pub app: App,
    /// For the shell of the page.
    pub shell: Base,
    /// Who is signed in, if anybody.
    pub person: Option<Person>,
    /// The session, if somebody is signed in, with its token.
    pub session: Option<(String, Session)>,
    /// Hash of the address.
    pub client: String,
    /// Cookies to set.
    pub scope: Scope,
    form: Option<String>,
}

impl Visitor {
    /// The store.
    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// The secret of a form on this page; makes the cookie it is compared with.
    ///
    /// # Errors
    /// No random numbers to be had.
    pub fn csrf(&self) -> Result<String> {
        self.scope.keep_private();
        if let Some((_, session)) = &self.session {
            return Ok(session.csrf.clone());
        }
        if let Some(form) = &self.form {
            return Ok(form.clone());
        }
        let form = store::keys::random_hex::<16>()?;
        self.scope.set_cookie(&self.app, scope::FORM, &form, None);
        Ok(form)
    }

    /// A message for the next page. `kind`: `done`, `warn` or `error`.
    pub fn flash(&self, kind: &'static str, text: &str) {
        set_flash(&self.app, &self.scope, kind, text);
    }

    /// Whether this visitor may knock once more at a door.
    pub async fn limit(&self, door: &str, window_ms: i64, limit: i64) -> Result<()> {
        self.app.limit(door, &self.client, window_ms, limit).await
    }
}

fn set_flash(app: &App, scope: &Scope, kind: &str, text: &str) {
    let value = scope::seal_flash(app, kind, text);
    scope.set_cookie(app, scope::FLASH, &value, Some(60));
}

impl FromRequestParts<App> for Visitor {
    type Rejection = PortalError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visitor> {
        let session = session_of(app, &parts.headers).await?;
        let person = match &session {
            Some((_, session)) => store::people::find(app.store(), &session.person).await?,
            None => None,
        };
        Ok(Visitor {
            app: app.clone(),
            shell: base_of(app, parts).await?,
            person,
            session,
            client: client_of(app, parts),
            scope: scope_of(parts),
            form: form_cookie(app, &parts.headers),
        })
    }
}

fn form_cookie(app: &App, headers: &HeaderMap) -> Option<String> {
    cookie(app, headers, scope::FORM)
        .filter(|value| value.len() == 32 && value.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(str::to_owned)
}

/// A person at work in the back office. Without a session one is sent to sign in.
pub struct Office {
    /// The portal.
    pub app: App,
    /// For the shell of the page.
    pub shell: Base,
    /// Who acts, with the roles held (also those of people stood in for).
    pub actor: Actor,
    /// The person.
    pub person: Person,
    /// The session.
    pub session: Session,
    /// Its token, as the browser holds it.
    pub token: String,
    /// Hash of the address.
    pub client: String,
    /// Cookies to set.
    pub scope: Scope,
}

impl Office {
    /// The store.
    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// A message for the next page. `kind`: `done`, `warn` or `error`.
    pub fn flash(&self, kind: &'static str, text: &str) {
        set_flash(&self.app, &self.scope, kind, text);
    }

    /// Refuses with 403 unless the actor may do this somewhere.
    pub fn needs(&self, action: office::permissions::Action) -> Result<()> {
        if self.actor.can_somewhere(action) {
            Ok(())
        } else {
            Err(StoreError::forbidden(action).into())
        }
    }
}

impl FromRequestParts<App> for Office {
    type Rejection = PortalError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Office> {
        let return_to = || {
            let address = if parts.method == Method::GET {
                parts.uri.path_and_query().map(|a| a.as_str().to_owned())
            } else {
                // A form cannot be sent again by going to its address: back to the page it was on.
                referer_path(&parts.headers)
            };
            address
                .filter(|address| urls::is_local(address))
                .unwrap_or_else(|| urls::OFFICE.to_owned())
        };
        let Some((token, session)) = session_of(app, &parts.headers).await? else {
            return Err(PortalError::SignIn(return_to()));
        };
        let Some(person) = store::people::find(app.store(), &session.person).await? else {
            return Err(PortalError::SignIn(return_to()));
        };
        let Some(actor) = store::people::actor(app.store(), &session.person).await? else {
            return Err(PortalError::SignIn(return_to()));
        };
        let office = Office {
            app: app.clone(),
            shell: base_of(app, parts).await?,
            actor,
            person,
            token: token.clone(),
            session: session.clone(),
            client: client_of(app, parts),
            scope: scope_of(parts),
        };
        parts.extensions.insert(Known(session));
        Ok(office)
    }
}

/// The session that an extractor before has found already.
#[derive(Clone)]
struct Known(Session);

fn referer_path(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(REFERER)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    rest.find('/')
        .and_then(|at| rest.get(at..))
        .map(str::to_owned)
}

/// Whether the browser says that another site made it send this.
pub(crate) fn is_foreign(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| matches!(site.as_bytes(), b"cross-site" | b"same-site"))
}

/// Refuses a form that another site sent, or that was made for somebody else.
async fn check_csrf(
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
pub struct Fields<const LIMIT: usize = { 64 << 10 }>(Vec<(String, String)>);

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

/// A file that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Name of the field.
    pub field: String,
    /// Name of the file.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// A form with files: at most `LIMIT` bytes in all (21 MB), its secret checked. The secret must be
/// its first field.
#[derive(Debug, Clone)]
pub struct Upload<const LIMIT: usize = UPLOAD_LIMIT> {
    /// The plain fields.
    pub fields: Fields,
    /// The files that were chosen.
    pub files: Vec<Sent>,
}

/// Room for one attachment and its fields.
const UPLOAD_LIMIT: usize = store::attachments::SIZE_LIMIT + (1 << 20);

/// Why a form with files cannot be read: it is too long, or it is none.
pub(crate) fn unreadable(error: multipart::MultipartError) -> PortalError {
    // The limit is told from beneath several layers, of which `status` looks through one.
    let mut cause = error.source();
    while let Some(below) = cause {
        if below.is::<http_body_util::LengthLimitError>() {
            return PortalError::TooLarge;
        }
        cause = below.source();
    }
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return PortalError::TooLarge;
    }
    PortalError::Bad("上传的内容不完整或者格式不对，没有保存。请重新选文件上传。".into())
}

impl<const LIMIT: usize> FromRequest<App> for Upload<LIMIT> {
    type Rejection = PortalError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let known = parts.extensions.get::<Known>().cloned().map(|k| k.0);
        let headers = parts.headers.clone();
        let scope = scope_of(&mut parts);
        let body = Body::new(http_body_util::Limited::new(body, LIMIT));
        let mut request = Request::from_parts(parts, body);
        DefaultBodyLimit::max(LIMIT).apply(&mut request);
        let mut form = Multipart::from_request(request, app)
            .await
            .map_err(|_| PortalError::Bad("请求不是带文件的表单。请从页面上的表单提交。".into()))?;
        let mut checked = false;
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut files = Vec::new();
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            if pairs.len() + files.len() == FIELDS_LIMIT {
                return Err(PortalError::TooLarge);
            }
            let name = field.name().unwrap_or_default().to_owned();
            if !checked && name != "csrf" {
                // Nothing of a stranger's upload is taken into memory.
                return Err(PortalError::Csrf);
            }
            match field.file_name().map(str::to_owned) {
                Some(file) => {
                    let bytes = field.bytes().await.map_err(unreadable)?;
                    if !file.is_empty() {
                        files.push(Sent {
                            field: name,
                            name: file,
                            bytes,
                        });
                    }
                }
                None => {
                    let text = field.text().await.map_err(unreadable)?;
                    if !checked {
                        check_csrf(app, &headers, known.clone(), &text).await?;
                        checked = true;
                    }
                    pairs.push((name, text.replace('\0', "")));
                }
            }
        }
        if !checked {
            return Err(PortalError::Csrf);
        }
        scope.keep_typed(&pairs, true);
        Ok(Upload {
            fields: Fields(pairs),
            files,
        })
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
