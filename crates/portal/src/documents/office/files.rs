//! Files of a draft: adding, taking off, and reading them in any state.

use super::page;
use crate::app::App;
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office, Upload};
use crate::views::{FieldError, FormErrors};
use crate::{shell, urls};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::response::Response;
use axum::routing::{get, post};
use store::{attachments, documents};

/// The addresses of files in the back office.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/office/documents/{id}/files",
            // The upload has a limit of its own.
            post(add).layer(DefaultBodyLimit::disable()),
        )
        .route("/office/documents/{id}/files/{file}/remove", post(remove))
        .route("/office/files/{id}", get(read))
}

async fn add(office: Office, Path(id): Path<String>, upload: Upload) -> Result {
    let mut seen = upload.fields.seen()?;
    let mut errors = FormErrors::default();
    let mut added = 0;
    if upload.files.is_empty() {
        errors.list.push(FieldError {
            field: "file",
            message: "没有选文件，请选了再上传。".into(),
        });
    }
    for file in upload.files {
        let done = attachments::add(
            office.store(),
            &office.actor,
            &id,
            &file.name,
            file.bytes.to_vec(),
            seen,
        )
        .await;
        match reasons(done)? {
            Ok(_) => {
                added += 1;
                // Our own change: the next file of the same form has seen it.
                let document = documents::find_office(office.store(), &office.actor, &id).await?;
                seen = document.seq;
            }
            Err(found) => errors.list.extend(FormErrors::from(found).list),
        }
    }
    if !errors.is_empty() {
        return shell::refused(&page::build(&office, &id, errors).await?);
    }
    office.flash("done", &format!("已添加 {added} 个附件。"));
    Ok(shell::redirect(&urls::office_document(&id)))
}

async fn remove(
    office: Office,
    Path((id, file)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response> {
    let seen = fields.seen()?;
    attachments::remove(office.store(), &office.actor, &id, &file, seen).await?;
    office.flash("done", "附件已删除。");
    Ok(shell::redirect(&urls::office_document(&id)))
}

async fn read(office: Office, Path(id): Path<String>) -> Result<Response> {
    let (file, bytes) = attachments::find_office(office.store(), &office.actor, &id).await?;
    Ok(crate::documents::file::answer(&file, bytes))
}
