//! A form that is sent after its session ended: what was typed is shown again and can be sent once
//! more. Nothing of it is stored.

use crate::app::App;
use crate::error::{PortalError, Result};
use crate::extract::{self, Office, Visitor};
use crate::scope::Scope;
use crate::urls;
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Most that is read of a form nobody is signed in for: the longest form there is, without files.
const LIMIT: usize = 2 << 20;
/// Such forms from one address in a quarter of an hour.
const TIMES: i64 = 60;
const WINDOW_MS: i64 = 15 * 60 * 1000;

/// Doors of the office that are for people who are not signed in.
const OPEN: [&str; 3] = [urls::SIGN_IN, urls::SIGN_OUT, urls::ENTER];

/// Answers a form of the back office that comes without a session with what was typed in it.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let concerned = request.method() == Method::POST
        && path.starts_with("/office")
        && !OPEN.contains(&path)
        && same_site(request.headers());
    if !concerned {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut probe = parts.clone();
    let Err(PortalError::SignIn(to)) = Office::from_request_parts(&mut probe, &app).await else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    match typed(&app, parts, body).await {
        Ok(true) => PortalError::Expired.into_response(),
        Ok(false) => PortalError::SignIn(to).into_response(),
        Err(error) => error.into_response(),
    }
}

/// Whether a browser says that a page of ours sent this; old ones only name the origin. One that
/// says nothing is not believed: what another site typed must not be offered for sending again.
pub(crate) fn same_site(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text("origin")
            .and_then(|origin| origin.split_once("://"))
            .is_some_and(|(_, origin)| text("host") == Some(origin)),
    }
}

/// Keeps what was typed for the page that answers; whether there is anything.
async fn typed(app: &App, mut parts: Parts, body: Body) -> Result<bool> {
    let visitor = Visitor::from_request_parts(&mut parts, app).await?;
    visitor.limit("expired", WINDOW_MS, TIMES).await?;
    let multipart = parts
        .headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    let pairs = if multipart {
        without_files(app, parts, body).await
    } else {
        extract::parse_form(&extract::body_of(body, LIMIT).await?)?
    };
    visitor.scope.keep_typed(&pairs, multipart);
    Ok(!visitor.scope.typed().is_empty())
}

/// The fields before the first file of an upload; files are not taken in.
async fn without_files(app: &App, parts: Parts, body: Body) -> Vec<(String, String)> {
    let body = Body::new(http_body_util::Limited::new(body, LIMIT));
    let request = Request::from_parts(parts, body);
    let mut pairs = Vec::new();
    let Ok(mut form) = Multipart::from_request(request, app).await else {
        return pairs;
    };
    while let Ok(Some(field)) = form.next_field().await {
        if field.file_name().is_some() || pairs.len() >= extract::FIELDS_LIMIT {
            break;
        }
        let name = field.name().unwrap_or_default().to_owned();
        match field.text().await {
            Ok(text) => pairs.push((name, text.replace('\0', ""))),
            Err(_) => break,
        }
    }
    pairs
}

/// A form that can be sent once more as it was.
pub(crate) struct Again {
    /// Where to.
    pub action: String,
    /// The secret of the session that there is now; empty before signing in.
    pub csrf: String,
    /// Every field but the secret.
    pub fields: Vec<(String, String)>,
}

/// The form of this request to send once more; none when it held a file or a password, which are not
/// given back.
pub(crate) fn again(scope: &Scope, action: &str, csrf: &str) -> Option<Again> {
    let fields = scope.whole()?;
    (!fields.is_empty()).then(|| Again {
        action: action.to_owned(),
        csrf: csrf.to_owned(),
        fields,
    })
}
