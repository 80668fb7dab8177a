//! The page that takes a report, and the page that answers.

use super::download::Download;
use super::examine::{self, FILE_LIMIT, TEXT_LIMIT, TIMES, WINDOW_MS};
use super::outcome::Outcome;
use crate::error::{PortalError, Result};
use crate::extract::{Upload, Visitor};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{FieldError, FormErrors, Link, size_words};
use askama::Template;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use bytes::Bytes;

/// A file, or a text of four bytes a character, and some room for the rest of the form.
const BODY_LIMIT: usize = FILE_LIMIT + 4 * TEXT_LIMIT + (64 << 10);

/// What a pasted text is called where a file has its name.
const PASTED: &str = "粘贴的文字";

#[derive(Template)]
#[template(path = "check/form.html")]
struct FormPage {
    shell: Shell,
    trail: Vec<Link>,
    action: &'static str,
    rules: &'static str,
    rule_count: usize,
    /// Largest file, in bytes and in words.
    limit: usize,
    limit_words: String,
    errors: FormErrors,
    pasted: String,
}

#[derive(Template)]
#[template(path = "check/result.html")]
struct ResultPage {
    shell: Shell,
    trail: Vec<Link>,
    again: &'static str,
    outcome: Outcome,
    downloads: Vec<Download>,
}

fn page(visitor: &Visitor, errors: FormErrors, pasted: String) -> Result<FormPage> {
    let mut shell = shell::public(visitor, "", "校验年度报告");
    shell.csrf = visitor.csrf()?;
    Ok(FormPage {
        shell,
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("年度报告", urls::REPORTS),
        ],
        action: urls::CHECK,
        rules: urls::CHECK_RULES,
        rule_count: report::rules().len(),
        limit: FILE_LIMIT,
        limit_words: file_limit(),
        errors,
        pasted,
    })
}

/// The form.
pub(super) async fn show(visitor: Visitor) -> Result {
    shell::render(&page(&visitor, FormErrors::default(), String::new())?)
}

fn refused(
    visitor: &Visitor,
    status: StatusCode,
    field: &'static str,
    message: String,
    text: String,
) -> Result {
    let errors = FormErrors {
        list: vec![FieldError { field, message }],
    };
    let mut answer = shell::refused(&page(visitor, errors, text)?)?;
    *answer.status_mut() = status;
    Ok(answer)
}

fn file_limit() -> String {
    size_words(i64::try_from(FILE_LIMIT).unwrap_or(i64::MAX))
}

fn too_large(size: Option<usize>) -> String {
    let limit = file_limit();
    let found = match size {
        Some(size) => format!(
            "文件有 {}，",
            size_words(i64::try_from(size).unwrap_or(i64::MAX))
        ),
        None => "发送的内容".to_owned(),
    };
    format!("{found}超过了上限（{limit}），没有校验。请去掉图片另存一份，或者把文字粘贴到下面。")
}

/// What was found in what was sent.
pub(super) async fn check(visitor: Visitor, request: Request) -> Result {
    visitor.limit("check", WINDOW_MS, TIMES).await?;
    // Before anything is taken into memory; kept until the answer is written.
    let _place = visitor.app.checker().upload().await?;
    let upload = match Upload::<BODY_LIMIT>::from_request(request, &visitor.app).await {
        Ok(upload) => upload,
        Err(PortalError::TooLarge) => {
            let message = too_large(None);
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return refused(&visitor, status, "file", message, String::new());
        }
        Err(error) => return Err(error),
    };
    let text = upload.fields.text("text").to_owned();
    let file = upload
        .files
        .into_iter()
        .find(|file| file.field == "file" && !file.name.is_empty());
    let (field, name, bytes) = match file {
        Some(file) => ("file", examine::plain_name(&file.name), file.bytes),
        None if !text.trim().is_empty() => ("text", PASTED.to_owned(), Bytes::from(text.clone())),
        None => {
            let message =
                "没有选文件，也没有粘贴文字。请选一个文件，或者把报告的文字粘贴到下面。".to_owned();
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return refused(&visitor, status, "file", message, text);
        }
    };
    if field == "file" && bytes.len() > FILE_LIMIT {
        let message = too_large(Some(bytes.len()));
        return refused(
            &visitor,
            StatusCode::PAYLOAD_TOO_LARGE,
            field,
            message,
            text,
        );
    }
    let length = text.chars().count();
    if field == "text" && length > TEXT_LIMIT {
        let message = format!(
            "文字有 {length} 个字，超过了上限（{TEXT_LIMIT} 个字），没有校验。请只粘贴一份年度报告。"
        );
        return refused(
            &visitor,
            StatusCode::PAYLOAD_TOO_LARGE,
            field,
            message,
            text,
        );
    }
    let examined = match examine::file(&visitor.app, name, bytes, true).await {
        Ok(examined) => examined,
        Err(PortalError::Unreadable(message)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return refused(&visitor, status, field, message, text);
        }
        Err(error) => return Err(error),
    };
    // The report is the visitor's: it stays in no cache.
    visitor.scope.keep_private();
    let mut shell = shell::public(&visitor, "", "校验结果");
    shell.noindex = true;
    shell::render(&ResultPage {
        shell,
        downloads: examined.downloads,
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("校验年度报告", urls::CHECK),
        ],
        again: urls::CHECK,
        outcome: Outcome::of(&examined.reading, &examined.checkup, &|_| None),
    })
}
