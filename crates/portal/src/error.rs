//! What can go wrong on a page: each has its status and a page (or, under `/api/`, a JSON object)
//! that says what was found and what to do.

use crate::app::App;
use crate::expired::{self, Again};
use crate::extract::Office;
use crate::scope::Scope;
use crate::shell::{self, Shell};
use crate::urls;
use askama::Template;
use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CACHE_CONTROL, LOCATION, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use office::Reason;
use serde_json::json;
use store::StoreError;

/// Short for a result of a handler.
pub type Result<T = Response> = std::result::Result<T, PortalError>;

/// Why a page could not be given or an action not be done.
#[derive(Debug)]
#[non_exhaustive]
pub enum PortalError {
    /// The store refused or failed.
    Store(StoreError),
    /// There is nothing at this address, or not for this visitor.
    NotFound,
    /// The form or address does not make sense; the sentence says how.
    Bad(String),
    /// More was sent than is taken.
    TooLarge,
    /// A file that cannot be read, or takes too long; why, and what to do.
    Unreadable(String),
    /// Others are being served; what to do.
    Busy(String),
    /// Knocked too often; seconds until the next try.
    TooMany {
        /// Seconds.
        retry_after: i64,
    },
    /// The form is not one of ours, or too old.
    Csrf,
    /// A form came after its session had ended.
    Expired,
    /// Nobody is signed in; where to go back to.
    SignIn(String),
    /// A template could not be written.
    Page(askama::Error),
}

impl From<StoreError> for PortalError {
    fn from(error: StoreError) -> PortalError {
        PortalError::Store(error)
    }
}

impl From<askama::Error> for PortalError {
    fn from(error: askama::Error) -> PortalError {
        PortalError::Page(error)
    }
}

/// Parts an action's result for a form: what was done, or the reasons against it to show at the
/// fields; everything else stays an error.
pub fn reasons<T>(result: store::Result<T>) -> Result<std::result::Result<T, Vec<Reason>>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(StoreError::NotAllowed(reasons)) => Ok(Err(reasons)),
        Err(error) => Err(PortalError::Store(error)),
    }
}

/// What the error layer turns into a page.
#[derive(Debug, Clone)]
struct Note {
    title: &'static str,
    text: String,
    code: &'static str,
    reasons: Vec<Reason>,
}

impl PortalError {
    fn status(&self) -> StatusCode {
        match self {
            PortalError::Store(error) => match error {
                StoreError::NotFound { .. } => StatusCode::NOT_FOUND,
                StoreError::Forbidden(_) => StatusCode::FORBIDDEN,
                StoreError::NotAllowed(_) => StatusCode::UNPROCESSABLE_ENTITY,
                StoreError::Stale { .. } | StoreError::Duplicate { .. } => StatusCode::CONFLICT,
                StoreError::Locked | StoreError::Unreachable(_) => StatusCode::SERVICE_UNAVAILABLE,
                StoreError::Full => StatusCode::INSUFFICIENT_STORAGE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
            PortalError::NotFound => StatusCode::NOT_FOUND,
            PortalError::Bad(_) => StatusCode::BAD_REQUEST,
            PortalError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            PortalError::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            PortalError::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            PortalError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            PortalError::Csrf | PortalError::Expired => StatusCode::FORBIDDEN,
            PortalError::SignIn(_) => StatusCode::SEE_OTHER,
            PortalError::Page(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn note(&self) -> Note {
        let plain = |code, title, text: &str| Note {
            title,
            text: text.to_owned(),
            code,
            reasons: Vec::new(),
        };
        match self {
            PortalError::Store(StoreError::NotFound { .. }) | PortalError::NotFound => plain(
                "not-found",
                "没有找到这个页面",
                "地址可能写错了，或者内容已经撤下。请从首页或搜索重新查找。",
            ),
            PortalError::Store(StoreError::NotAllowed(reasons)) => Note {
                title: "不能这样办理",
                text: "请按下面的说明改正后再试。".into(),
                code: "not-allowed",
                reasons: reasons.clone(),
            },
            PortalError::Store(error) => {
                let (code, title) = match error {
                    StoreError::Forbidden(_) => ("forbidden", "没有权限"),
                    StoreError::Stale { .. } => ("stale", "内容已被别人改过"),
                    StoreError::Duplicate { .. } => ("duplicate", "已有相同的记录"),
                    StoreError::Locked => ("locked", "系统忙，请稍候再试"),
                    StoreError::Unreachable(_) => ("unreachable", "系统暂时不可用"),
                    StoreError::Full => ("full", "磁盘空间已满，没有保存"),
                    _ => return Note {
                        title: "系统出错了",
                        text: "刚才的操作没有完成，已有数据不受影响。请稍候再试；如果一直这样，请把下面的编号告诉维护人员。".into(),
                        code: "internal",
                        reasons: Vec::new(),
                    },
                };
                // The address or account of a database is nothing for a page.
                let text = match error {
                    StoreError::Unreachable(_) => "连接不上数据库，请稍候再试。".to_owned(),
                    other => other.to_string(),
                };
                Note {
                    title,
                    text,
                    code,
                    reasons: Vec::new(),
                }
            }
            PortalError::Bad(text) => plain("bad-request", "请求不完整", text),
            PortalError::TooLarge => plain(
                "too-large",
                "内容太长",
                "发送的内容超过了上限，没有保存。请缩短文字，或把长内容改为附件。",
            ),
            PortalError::Unreadable(text) => plain("unreadable", "文件读不出来", text),
            PortalError::Busy(text) => plain("busy", "系统忙，请稍候再试", text),
            PortalError::TooMany { retry_after } => Note {
                title: "操作太频繁",
                text: format!(
                    "为防止滥用，短时间内的次数有上限。请在 {} 分钟后再试；急需办理的，请打电话或到窗口。",
                    (retry_after + 59) / 60
                ),
                code: "too-many",
                reasons: Vec::new(),
            },
            PortalError::Csrf => plain(
                "csrf",
                "表单已失效",
                "这张表单不是从本站刚刚打开的，或者打开后登录状态变了，没有保存。请返回上一页，刷新后重新提交；浏览器须允许本站的 Cookie。",
            ),
            PortalError::Expired => plain(
                "expired",
                "登录已过期，没有保存",
                "提交的时候已经不在登录状态，所以没有办理。您填的内容都在下面：请先在新窗口登录，再回到这一页提交。",
            ),
            PortalError::SignIn(_) => plain("sign-in", "请先登录", "请登录后再办理。"),
            PortalError::Page(_) => plain(
                "internal",
                "系统出错了",
                "页面没有生成。请把下面的编号告诉维护人员。",
            ),
        }
    }
}

impl IntoResponse for PortalError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        match &self {
            PortalError::SignIn(return_to) => {
                let to = urls::sign_in(return_to);
                if let Ok(value) = HeaderValue::from_str(&to) {
                    response.headers_mut().insert(LOCATION, value);
                }
                return response;
            }
            PortalError::TooMany { retry_after } => {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(*retry_after));
            }
            PortalError::Store(StoreError::Locked | StoreError::Unreachable(_))
            | PortalError::Busy(_) => {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(3));
            }
            _ => {}
        }
        let mut note = self.note();
        if self.status() == StatusCode::INTERNAL_SERVER_ERROR {
            let id = store::keys::random_hex::<4>().unwrap_or_default();
            // The errors of the store name tables, columns and ids, never what a person wrote.
            match &self {
                PortalError::Store(error) => {
                    tracing::error!(request = id, %error, "request failed")
                }
                other => tracing::error!(request = id, error = ?other, "request failed"),
            }
            note.text.push_str(&format!(" 编号：{id}"));
        }
        response.extensions_mut().insert(note);
        response
    }
}

/// What an error page says, in either frame.
struct Words {
    title: &'static str,
    text: String,
    reasons: Vec<String>,
    typed: Vec<String>,
    /// The form to send once more, where that can help.
    again: Option<Again>,
    /// Where to sign in, in another window; empty where that is not what is missing.
    sign_in: String,
    back: &'static str,
    back_words: &'static str,
}

#[derive(Template)]
#[template(path = "error.html")]
struct PublicPage {
    shell: Shell,
    error: Words,
}

#[derive(Template)]
#[template(path = "error_office.html")]
struct OfficePage {
    shell: Shell,
    error: Words,
}

/// Who is at work, where the back office is asked for and somebody is.
async fn at_work(app: &App, probe: Option<Parts>) -> Option<Office> {
    Office::from_request_parts(&mut probe?, app).await.ok()
}

/// Turns a refusal into a page, or under `/api/` into a JSON object.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let (request, body) = request.into_parts();
    let path = request.uri.path().to_owned();
    let here = request.uri.path_and_query().map(ToString::to_string);
    let scope = request.extensions.get::<Scope>().cloned();
    let large = crate::scope::cookie(&app, &request.headers, crate::scope::DISPLAY).is_some();
    let ours = expired::same_site(&request.headers);
    let is_office = path == urls::OFFICE || path.starts_with("/office/");
    let probe = is_office.then(|| request.clone());
    let response = next.run(Request::from_parts(request, body)).await;
    let note = match response.extensions().get::<Note>() {
        Some(note) => note.clone(),
        None => match plain_refusal(&response) {
            Some(error) => error.note(),
            None => return response,
        },
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(axum::http::header::CONTENT_TYPE);
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    parts.extensions.clear();
    parts
        .headers
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if path.starts_with("/api/") {
        let reasons: Vec<_> = note
            .reasons
            .iter()
            .map(|reason| json!({"code": reason.code, "field": reason.field, "text": reason.text}))
            .collect();
        let body = json!({"error": {"code": note.code, "message": note.text, "reasons": reasons}});
        return (parts, Json(body)).into_response();
    }
    let office = at_work(&app, probe).await;
    // Without the site (a locked or broken database) the page has no name, but still its words.
    let mut shell = match (&office, app.site().await) {
        (Some(office), _) => shell::office(office, "", note.title),
        (None, Ok(site)) => shell::bare(&app, &site, note.title),
        (None, Err(_)) => Shell {
            page_title: note.title.into(),
            site_name: "政府信息公开".into(),
            asset_version: crate::assets::VERSION,
            ..Shell::default()
        },
    };
    shell.noindex = true;
    shell.large_type = large;
    shell.flash = None;
    let scope = scope.unwrap_or_default();
    // Sent from a page of ours, in a session since ended: it may be sent once more.
    let again = match (note.code, &here) {
        ("expired", Some(here)) => expired::again(&scope, here, ""),
        ("csrf", Some(here)) if ours && office.is_some() => {
            expired::again(&scope, here, &shell.csrf)
        }
        _ => None,
    };
    let error = Words {
        title: note.title,
        text: if note.code == "csrf" && again.is_some() {
            "打开这张表单以后登录状态变了，所以还没有办理。您填的内容都在下面，核对以后可以再提交一次。"
                .to_owned()
        } else {
            note.text
        },
        reasons: note.reasons.into_iter().map(|reason| reason.text).collect(),
        typed: scope.typed().into_iter().map(|(_, value)| value).collect(),
        again,
        sign_in: if note.code == "expired" {
            urls::sign_in(urls::OFFICE)
        } else {
            String::new()
        },
        back: if is_office { urls::OFFICE } else { urls::HOME },
        back_words: if is_office {
            "回到我的工作"
        } else {
            "回到首页"
        },
    };
    let html = if is_office {
        OfficePage { shell, error }.render()
    } else {
        PublicPage { shell, error }.render()
    };
    match html {
        Ok(html) => (parts, axum::response::Html(html)).into_response(),
        Err(_) => (parts, "系统出错了").into_response(),
    }
}

/// Refusals of axum itself, which have a status and an English sentence.
fn plain_refusal(response: &Response) -> Option<PortalError> {
    let own_page = response
        .headers()
        .get(axum::http::header::CONTENT_TYPE)
        .is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    if own_page {
        return None;
    }
    match response.status() {
        StatusCode::NOT_FOUND => Some(PortalError::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(PortalError::Bad(
            "这个地址不接受这种请求。请从页面上的链接或按钮进入。".into(),
        )),
        StatusCode::BAD_REQUEST
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::UNPROCESSABLE_ENTITY => Some(PortalError::Bad(
            "请求的格式不对。请从页面上的表单重新提交。".into(),
        )),
        StatusCode::PAYLOAD_TOO_LARGE => Some(PortalError::TooLarge),
        StatusCode::REQUEST_TIMEOUT => Some(PortalError::Store(StoreError::Locked)),
        StatusCode::URI_TOO_LONG => Some(PortalError::Bad("地址太长。请缩短搜索的词语。".into())),
        _ => None,
    }
}
