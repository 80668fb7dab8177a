//! A report as a file: the printed form as HTML that needs nothing else, or the figures as JSON.

use super::office_compile::compile;
use super::order;
use crate::error::{PortalError, Result};
use crate::extract::Office;
use crate::pick::Asked;
use crate::urls;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use report::Report;
use store::reports;

/// The downloaded page has its own stylesheet inside, and nothing else.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// A report compiled now, for one who may read it.
pub async fn compiled(office: Office, Path(file): Path<String>, asked: Asked) -> Result {
    let order = order::read(&office.shell.site, &asked)?.ok_or(PortalError::NotFound)?;
    let report = compile(&office, &order).await?;
    answer(&report, &file, &format!("{}-{}", order.unit, order.year))
}

/// A published report.
pub async fn published(
    State(app): State<crate::App>,
    Path((unit, year, file)): Path<(String, i16, String)>,
) -> Result {
    let published = reports::find(app.store(), &unit, year)
        .await?
        .ok_or(PortalError::NotFound)?;
    answer(&published.report, &file, &format!("{unit}-{year}"))
}

fn answer(report: &Report, file: &str, name: &str) -> Result<Response> {
    let (body, kind, end) = match file {
        "report.html" => {
            let content = report::layout(report, &|_| None);
            let page = document::html::page(&content);
            (page, "text/html; charset=utf-8", "html")
        }
        "report.json" => (
            report.to_json().to_string(),
            "application/json; charset=utf-8",
            "json",
        ),
        _ => return Err(PortalError::NotFound),
    };
    let name = urls::encode(&format!("年度报告-{name}.{end}"));
    let disposition = format!("attachment; filename=\"report.{end}\"; filename*=UTF-8''{name}");
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, PAGE_POLICY.to_owned()),
    ];
    Ok((headers, body).into_response())
}
