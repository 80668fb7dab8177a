//! Repealing a document: what will happen, the day and by what, then the act.

use crate::app::App;
use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{FieldError, FormErrors, Link};
use crate::{reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::documents::{Document, can_be_repealed};
use office::permissions::Action;
use store::{StoreError, documents};

/// The address of the form.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/office/documents/{id}/repeal", get(form).post(repeal))
}

/// Whether the button is shown.
pub(super) fn offered(office: &Office, document: &Document) -> bool {
    can_be_repealed(document)
        && reach::may(
            &office.actor,
            &office.shell.site,
            Action::DocumentApprove,
            &document.unit,
        )
}

#[derive(Template)]
#[template(path = "documents/office_repeal.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    title: String,
    stale: bool,
    errors: FormErrors,
    consequences: Vec<String>,
    action: String,
    back: String,
    seen: i64,
    on: String,
    reason: String,
}

fn page(
    office: &Office,
    document: &Document,
    typed: (&str, &str),
    errors: FormErrors,
    stale: bool,
) -> Page {
    let href = urls::office_document(&document.id);
    let unit = office.shell.site.unit_name(&document.unit);
    let mut consequences = vec![
        format!(
            "《{}》继续公开，页面、列表和接口都标明“已废止”和废止日期。",
            document.title
        ),
        format!("规范性文件记入{unit}当年的废止件数。"),
        "废止的依据和经手人留在日志里；日期登错了可以再登记一次，原来的日期也留在日志里。".into(),
    ];
    if let Some(day) = document.repealed_on {
        consequences.insert(0, format!("原来登记的废止日期 {day} 改为新的日期。"));
    }
    Page {
        shell: shell::office(office, "documents", "废止"),
        trail: vec![
            Link::new("文件", urls::OFFICE_DOCUMENTS),
            Link::new(document.title.as_str(), href.as_str()),
        ],
        title: document.title.clone(),
        stale,
        errors,
        consequences,
        action: urls::office_document_repeal(&document.id),
        back: href,
        seen: document.seq,
        on: typed.0.to_owned(),
        reason: typed.1.to_owned(),
    }
}

/// The document, for one who may repeal it.
async fn load(office: &Office, id: &str) -> Result<Document> {
    let document = documents::find_office(office.store(), &office.actor, id).await?;
    let site = &office.shell.site;
    if !reach::may(&office.actor, site, Action::DocumentApprove, &document.unit) {
        return Err(StoreError::forbidden(Action::DocumentApprove).into());
    }
    Ok(document)
}

async fn form(office: Office, Path(id): Path<String>) -> Result {
    let document = load(&office, &id).await?;
    let today = office.store().today();
    // What no day and no reason can put right is said before anything is typed.
    let against = if can_be_repealed(&document) {
        Vec::new()
    } else {
        office::documents::check_repeal(&document, today, "-", today)
    };
    let today = today.to_string();
    shell::render(&page(
        &office,
        &document,
        (&today, ""),
        against.into(),
        false,
    ))
}

async fn repeal(office: Office, Path(id): Path<String>, fields: Fields) -> Result {
    let document = load(&office, &id).await?;
    let seen = fields.seen()?;
    let typed = (fields.text("on"), fields.text("reason"));
    let again = |errors| {
        let mut page = page(&office, &document, typed, errors, false);
        page.seen = seen;
        shell::refused(&page)
    };
    let on = match fields.date("on") {
        Ok(Some(day)) => day,
        Ok(None) => {
            return again(FormErrors {
                list: vec![FieldError {
                    field: "on",
                    message: "没有填废止日期，请填写。".into(),
                }],
            });
        }
        Err(reason) => return again(vec![reason].into()),
    };
    match documents::repeal(office.store(), &office.actor, &id, on, typed.1, seen).await {
        Ok(()) => {
            office.flash("done", &format!("已登记废止，{on} 起失效。"));
            Ok(shell::redirect(&urls::office_document(&id)))
        }
        Err(StoreError::NotAllowed(reasons)) => again(reasons.into()),
        // The same button pressed twice: it is done.
        Err(StoreError::Stale { .. }) if document.repealed_on == Some(on) => {
            office.flash("warn", "这份文件已经登记废止，没有重复登记。");
            Ok(shell::redirect(&urls::office_document(&id)))
        }
        Err(StoreError::Stale { .. }) => {
            let page = page(&office, &document, typed, FormErrors::default(), true);
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
