//! Adding a unit.

use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use crate::pick;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FieldError, FormErrors, Link};
use askama::Template;
use office::permissions::Action;
use office::units::{Guide, Unit, UnitKind};
use store::units;

#[derive(Template)]
#[template(path = "units/add.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    here: &'static str,
    back: &'static str,
    submission: String,
    typed_name: String,
    code: String,
    kinds: Vec<Choice>,
    kind: String,
    units: Vec<Choice>,
    parent: String,
    errors: FormErrors,
}

/// An empty form.
pub async fn form(office: Office) -> Result {
    let submission = shell::submission()?;
    shell::render(
        &page(
            &office,
            &Fields::default(),
            submission,
            FormErrors::default(),
        )
        .await?,
    )
}

/// Adds the unit under the one that was chosen. The same form sent twice adds one.
pub async fn add(office: Office, form: Fields) -> Result {
    office.needs(Action::UnitManage)?;
    let submission = form.submission()?;
    let Some(kind) = UnitKind::from_key(form.text("kind")) else {
        let errors = FormErrors {
            list: vec![FieldError {
                field: "kind",
                message: "没有选单位类型，请选择。".into(),
            }],
        };
        return shell::refused(&page(&office, &form, submission.to_owned(), errors).await?);
    };
    let site = office.app.site().await?;
    let id = format!("u-{}", submission.get(..16).unwrap_or(submission));
    if site.unit(&id).is_some() {
        return Ok(shell::redirect(urls::OFFICE_UNITS));
    }
    let unit = Unit {
        id,
        name: form.text("name").trim().to_owned(),
        kind,
        parent: form.opt("parent"),
        code: form.opt("code"),
        guide: Guide::default(),
        position: i64::try_from(site.units.len()).unwrap_or(i64::MAX),
        seq: 0,
    };
    let done = units::add(office.app.store(), &office.actor, &unit).await;
    match reasons(done)? {
        Ok(()) => {
            office.flash("done", &format!("增加了{}。", unit.name));
            Ok(shell::redirect(urls::OFFICE_UNITS))
        }
        Err(reasons) => {
            let submission = submission.to_owned();
            shell::refused(&page(&office, &form, submission, reasons.into()).await?)
        }
    }
}

async fn page(
    office: &Office,
    form: &Fields,
    submission: String,
    errors: FormErrors,
) -> Result<Page> {
    office.needs(Action::UnitManage)?;
    let site = office.app.site().await?;
    let units = pick::units(&site, &office.actor, Action::UnitManage);
    Ok(Page {
        shell: shell::office(office, "units", "增加单位"),
        trail: vec![Link::new("单位", urls::OFFICE_UNITS)],
        here: urls::OFFICE_UNITS_NEW,
        back: urls::OFFICE_UNITS,
        submission,
        typed_name: form.text("name").to_owned(),
        code: form.text("code").to_owned(),
        kinds: UnitKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.key(), kind.label()))
            .collect(),
        kind: form
            .opt("kind")
            .unwrap_or_else(|| UnitKind::Department.key().to_owned()),
        parent: pick::chosen(&units, form.text("parent")),
        units,
        errors,
    })
}
