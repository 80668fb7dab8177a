//! What a unit's disclosure guide says (条例 §12).

use crate::error::{PortalError, Result, reasons};
use crate::extract::{Fields, Office};
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{FieldError, FormErrors, Link};
use askama::Template;
use axum::extract::Path;
use office::permissions::Action;
use office::units::Guide;
use store::{StoreError, documents, units};

#[derive(Template)]
#[template(path = "units/guide_edit.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    here: String,
    back: &'static str,
    unit: String,
    seen: i64,
    guide: Guide,
    rules: String,
    errors: FormErrors,
}

/// The form, filled with what the guide says now.
pub async fn form(office: Office, Path(id): Path<String>) -> Result {
    let unit = units::find(office.app.store(), &id)
        .await?
        .ok_or(PortalError::NotFound)?;
    shell::render(&page(&office, &id, unit.seq, unit.guide, FormErrors::default()).await?)
}

/// Saves the guide.
pub async fn save(office: Office, Path(id): Path<String>, form: Fields) -> Result {
    let store = office.app.store();
    let seen = form.seen()?;
    let text = |name: &str| form.text(name).trim().to_owned();
    let rules: Vec<String> = form
        .text("rules")
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let guide = Guide {
        classification: text("classification"),
        arrangement: text("arrangement"),
        access: text("access"),
        office: text("office"),
        address: text("address"),
        hours: text("hours"),
        phone: text("phone"),
        fax: text("fax"),
        internet: text("internet"),
        rules,
    };
    let mut errors = FormErrors::default();
    for rule in &guide.rules {
        if documents::find_public(store, rule).await?.is_none() {
            errors.list.push(FieldError {
                field: "rules",
                message: format!("公开制度里的“{rule}”不是一份已公开文件的编号，请核对。"),
            });
        }
    }
    if !errors.is_empty() {
        return shell::refused(&page(&office, &id, seen, guide, errors).await?);
    }
    let done = units::save_guide(store, &office.actor, &id, guide.clone(), seen).await;
    match reasons(done)? {
        Ok(()) => {
            office.flash("done", "公开指南已保存。");
            Ok(shell::redirect(urls::OFFICE_UNITS))
        }
        Err(reasons) => shell::refused(&page(&office, &id, seen, guide, reasons.into()).await?),
    }
}

async fn page(
    office: &Office,
    id: &str,
    seen: i64,
    guide: Guide,
    errors: FormErrors,
) -> Result<Page> {
    let site = office.app.site().await?;
    if !reach::may(&office.actor, &site, Action::GuideEdit, id) {
        return Err(StoreError::forbidden(Action::GuideEdit).into());
    }
    Ok(Page {
        shell: shell::office(office, "units", "公开指南"),
        trail: vec![Link::new("单位", urls::OFFICE_UNITS)],
        here: urls::office_guide(id),
        back: urls::OFFICE_UNITS,
        unit: site.unit_name(id).to_owned(),
        seen,
        rules: guide.rules.join("\n"),
        guide,
        errors,
    })
}
