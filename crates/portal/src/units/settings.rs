//! The site's settings: what stands at the foot of every page and in its tags.

use crate::error::{Result, reasons};
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::FormErrors;
use crate::{reach, urls};
use askama::Template;
use office::permissions::Action;
use store::site::Settings;

#[derive(Template)]
#[template(path = "units/settings.html")]
struct Page {
    shell: Shell,
    here: &'static str,
    s: Settings,
    errors: FormErrors,
}

/// The form, filled with what is set now.
pub async fn form(office: Office) -> Result {
    reach::needs_at_a_head(&office, Action::SiteManage)?;
    let settings = office.store().settings().await?;
    shell::render(&page(&office, settings, FormErrors::default()))
}

/// Saves what was typed.
pub async fn save(office: Office, form: Fields) -> Result {
    reach::needs_at_a_head(&office, Action::SiteManage)?;
    let store = office.store();
    let text = |name: &str| form.text(name).trim().to_owned();
    let settings = Settings {
        site_name: text("site_name"),
        site_domain: text("site_domain"),
        site_id_code: text("site_id_code"),
        organizer: text("organizer"),
        operator: text("operator"),
        phone: text("phone"),
        email: text("email"),
        icp: text("icp"),
        police: text("police"),
        region: text("region"),
        // Not on the form: whether records are invented, and the mark of the key.
        ..store.settings().await?
    };
    if settings.site_name.is_empty() {
        let reason = office::Reason::at("site_name", "site-name-empty", "没有填网站名称，请填写。");
        return shell::refused(&page(&office, settings, vec![reason].into()));
    }
    let done = store.save_settings(&office.actor, &settings).await;
    match reasons(done)? {
        Ok(_) => {
            office.flash("done", "站点设置已保存。");
            Ok(shell::redirect(urls::OFFICE_SETTINGS))
        }
        Err(reasons) => shell::refused(&page(&office, settings, reasons.into())),
    }
}

fn page(office: &Office, settings: Settings, errors: FormErrors) -> Page {
    Page {
        shell: shell::office(office, "settings", "站点设置"),
        here: urls::OFFICE_SETTINGS,
        s: settings,
        errors,
    }
}
