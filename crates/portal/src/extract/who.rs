//! Who asks: anyone on a public page, or a person at work in the back office, with their session.

use crate::app::App;
use crate::error::{PortalError, Result};
use crate::scope::{self, Scope, cookie};
use crate::shell::{Base, Flash};
use crate::urls;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::REFERER;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use office::people::Person;
use office::permissions::Actor;
use std::net::{IpAddr, SocketAddr};
use store::sessions::Session;
use store::{Store, StoreError};

pub(super) fn scope_of(parts: &mut Parts) -> Scope {
    // The layer puts it there; a handler tried without the layers gets one of its own.
    parts.extensions.get_or_insert_with(Scope::default).clone()
}

pub(super) async fn session_of(
    app: &App,
    headers: &HeaderMap,
) -> Result<Option<(String, Session)>> {
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

pub(super) fn form_cookie(app: &App, headers: &HeaderMap) -> Option<String> {
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
pub(super) struct Known(pub(super) Session);

fn referer_path(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(REFERER)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    rest.find('/')
        .and_then(|at| rest.get(at..))
        .map(str::to_owned)
}
