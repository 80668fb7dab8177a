//! A form with files.

use super::form::{FIELDS_LIMIT, Fields, check_csrf};
use super::who::{Known, scope_of};
use crate::app::App;
use crate::error::{PortalError, Result};
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart};
use axum::http::StatusCode;
use bytes::Bytes;
use std::error::Error as _;

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
