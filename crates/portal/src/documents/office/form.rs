//! Drafting a document, and changing a draft.

use crate::app::App;
use crate::error::{PortalError, Result};
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{Choice, FieldError, FormErrors, Link};
use crate::{pick, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::Reason;
use office::documents::{Attribute, Document, Doing, Kind, Status, Verb};
use office::permissions::Action;
use statute::Date;
use statute::channel::PublicationChannel;
use store::StoreError;
use store::documents::{self, Drafting};

/// A body of 200,000 characters, each three bytes that a form writes with nine.
const LIMIT: usize = 2 << 20;

/// The addresses of the form.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(urls::OFFICE_DOCUMENT_NEW, get(new).post(create))
        .route("/office/documents/{id}/edit", get(edit).post(save))
}

/// What the form holds, as it was typed.
#[derive(Default)]
struct Typed {
    title: String,
    unit: String,
    kind: String,
    number: String,
    written_on: String,
    attribute: String,
    basis: String,
    body: String,
    in_force_from: String,
    explains: String,
    channels: Vec<String>,
}

struct Tick {
    value: &'static str,
    label: &'static str,
    checked: bool,
}

#[derive(Template)]
#[template(path = "documents/office_form.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    heading: &'static str,
    remark: String,
    stale_href: String,
    errors: FormErrors,
    action: String,
    seen: i64,
    submission: String,
    v: Typed,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    attributes: Vec<Choice>,
    channels: Vec<Tick>,
    back: String,
    new: bool,
}

/// What changes between the showings of one form.
struct Showing<'a> {
    document: Option<&'a Document>,
    typed: Typed,
    submission: String,
    errors: FormErrors,
    stale: bool,
}

fn page(office: &Office, showing: Showing<'_>) -> Page {
    let Showing {
        document,
        typed,
        submission,
        errors,
        stale,
    } = showing;
    let heading = if document.is_some() {
        "修改文件"
    } else {
        "起草文件"
    };
    let mut trail = vec![Link::new("文件", urls::OFFICE_DOCUMENTS)];
    if let Some(document) = document {
        trail.push(Link::new(
            document.title.as_str(),
            urls::office_document(&document.id),
        ));
    }
    let channels = PublicationChannel::ALL.iter().map(|channel| Tick {
        value: channel.key(),
        label: channel.label(),
        checked: typed.channels.iter().any(|key| key == channel.key()),
    });
    let units = match document {
        // A document stays with its unit.
        Some(_) => Vec::new(),
        None => pick::units(&office.shell.site, &office.actor, Action::DocumentDraft),
    };
    let here = document.map(|document| urls::office_document(&document.id));
    Page {
        shell: shell::office(office, "documents", heading),
        trail,
        heading,
        remark: document
            .and_then(|document| document.remark.clone())
            .unwrap_or_default(),
        stale_href: here.clone().filter(|_| stale).unwrap_or_default(),
        errors,
        action: document.map_or_else(
            || urls::OFFICE_DOCUMENT_NEW.to_owned(),
            |document| urls::office_document_edit(&document.id),
        ),
        seen: document.map_or(0, |document| document.seq),
        submission,
        channels: channels.collect(),
        v: typed,
        units,
        kinds: Kind::ALL
            .iter()
            .map(|kind| Choice::new(kind.key(), kind.label()))
            .collect(),
        attributes: Attribute::ALL
            .iter()
            .map(|a| attribute_choice(*a))
            .collect(),
        back: here.unwrap_or_else(|| urls::OFFICE_DOCUMENTS.to_owned()),
        new: document.is_none(),
    }
}

fn attribute_choice(attribute: Attribute) -> Choice {
    let hint = match attribute {
        Attribute::Proactive => "签发以后任何人都能看到",
        Attribute::OnRequest => "不出现在网站上，收到申请时再判断",
        Attribute::Withheld => "须写明依据的条款",
    };
    Choice::new(attribute.key(), attribute.label()).hint(hint)
}

async fn new(office: Office) -> Result {
    office.needs(Action::DocumentDraft)?;
    let units = pick::units(&office.shell.site, &office.actor, Action::DocumentDraft);
    let typed = Typed {
        unit: pick::chosen(&units, &office.person.unit),
        kind: Kind::Official.key().into(),
        written_on: office.store().today().to_string(),
        attribute: Attribute::Proactive.key().into(),
        channels: vec![PublicationChannel::Website.key().into()],
        ..Typed::default()
    };
    shell::render(&page(
        &office,
        Showing {
            document: None,
            typed,
            submission: shell::submission()?,
            errors: FormErrors::default(),
            stale: false,
        },
    ))
}

/// The draft that may be changed now.
async fn draft_of(office: &Office, id: &str) -> Result<Document> {
    let document = documents::find_office(office.store(), &office.actor, id).await?;
    store::units::authorize_read(
        office.store(),
        &office.actor,
        Action::DocumentDraft,
        &document.unit,
    )
    .await?;
    if document.status != Status::Draft {
        return Err(StoreError::from(Reason::new(
            "not-a-draft",
            format!(
                "文件现在是“{}”，只有起草中的文件可以修改；请先退回。",
                document.status.label()
            ),
        ))
        .into());
    }
    Ok(document)
}

async fn edit(office: Office, Path(id): Path<String>) -> Result {
    let document = draft_of(&office, &id).await?;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let typed = Typed {
        title: document.title.clone(),
        unit: document.unit.clone(),
        kind: document.kind.key().into(),
        number: document.number.clone().unwrap_or_default(),
        written_on: document.written_on.to_string(),
        attribute: document.attribute.key().into(),
        basis: document.basis.clone().unwrap_or_default(),
        body: document.body.clone(),
        in_force_from: day(document.in_force_from),
        explains: document.explains.clone().unwrap_or_default(),
        channels: document
            .channels
            .iter()
            .map(|channel| channel.key().to_owned())
            .collect(),
    };
    shell::render(&page(
        &office,
        Showing {
            document: Some(&document),
            typed,
            submission: shell::submission()?,
            errors: FormErrors::default(),
            stale: false,
        },
    ))
}

fn typed_of(fields: &Fields<LIMIT>) -> Typed {
    let text = |name| fields.text(name).to_owned();
    Typed {
        title: text("title"),
        unit: text("unit"),
        kind: text("kind"),
        number: text("number"),
        written_on: text("written_on"),
        attribute: text("attribute"),
        basis: text("basis"),
        body: text("body"),
        in_force_from: text("in_force_from"),
        explains: text("explains"),
        channels: fields
            .all("channels")
            .into_iter()
            .map(str::to_owned)
            .collect(),
    }
}

/// What was typed as the store takes it, or what is wrong with its form.
fn drafting_of(fields: &Fields<LIMIT>) -> std::result::Result<Drafting, FormErrors> {
    let mut errors = FormErrors::default();
    let mut wrong = |field, message: &str| {
        errors.list.push(FieldError {
            field,
            message: message.to_owned(),
        });
    };
    if fields.text("title").trim().is_empty() {
        wrong("title", "标题没有填写，请填写。");
    }
    let kind = Kind::from_key(fields.text("kind"));
    if kind.is_none() {
        wrong("kind", "没有选种类，请选一种。");
    }
    let attribute = Attribute::from_key(fields.text("attribute"));
    if attribute.is_none() {
        wrong("attribute", "没有选公开属性，请选一种。");
    }
    let mut day = |name| match fields.date(name) {
        Ok(day) => day,
        Err(reason) => {
            wrong(name, &reason.text);
            None
        }
    };
    let (written_on, in_force_from) = (day("written_on"), day("in_force_from"));
    if written_on.is_none() && fields.text("written_on").trim().is_empty() {
        wrong("written_on", "没有填成文日期，请填写。");
    }
    let mut channels = Vec::new();
    for key in fields.all("channels") {
        match PublicationChannel::from_key(key) {
            Some(channel) => channels.push(channel),
            None => wrong("channels", "有一个公开渠道不认识，请重新选。"),
        }
    }
    match (kind, attribute, written_on) {
        (Some(kind), Some(attribute), Some(written_on)) if errors.is_empty() => Ok(Drafting {
            unit: fields.text("unit").to_owned(),
            kind,
            title: fields.text("title").trim().to_owned(),
            number: fields.opt("number"),
            written_on,
            attribute,
            basis: fields.opt("basis"),
            channels,
            in_force_from,
            explains: fields.opt("explains"),
            body: fields.text("body").to_owned(),
        }),
        _ => Err(errors),
    }
}

async fn create(office: Office, fields: Fields<LIMIT>) -> Result {
    let submission = fields.submission()?.to_owned();
    let again = |errors: FormErrors, submission: String| {
        shell::refused(&page(
            &office,
            Showing {
                document: None,
                typed: typed_of(&fields),
                submission,
                errors,
                stale: false,
            },
        ))
    };
    let drafting = match drafting_of(&fields) {
        Ok(drafting) => drafting,
        Err(errors) => return again(errors, submission),
    };
    match documents::draft(office.store(), &office.actor, drafting, &submission).await {
        Ok(id) => after(&office, &fields, &id).await,
        Err(StoreError::NotAllowed(reasons)) => again(reasons.into(), submission),
        Err(error) => Err(error.into()),
    }
}

async fn save(office: Office, Path(id): Path<String>, fields: Fields<LIMIT>) -> Result {
    let seen = fields.seen()?;
    let document = draft_of(&office, &id).await?;
    let again = |document: &Document, errors: FormErrors, stale: bool| {
        page(
            &office,
            Showing {
                document: Some(document),
                typed: typed_of(&fields),
                submission: String::new(),
                errors,
                stale,
            },
        )
    };
    let drafting = match drafting_of(&fields) {
        Ok(drafting) => drafting,
        Err(errors) => {
            let mut page = again(&document, errors, false);
            // What was not looked at when the form was shown is not looked at now.
            page.seen = seen;
            return shell::refused(&page);
        }
    };
    match documents::edit(office.store(), &office.actor, &id, drafting, seen).await {
        Ok(()) => after(&office, &fields, &id).await,
        Err(StoreError::NotAllowed(reasons)) => {
            let mut page = again(&document, reasons.into(), false);
            page.seen = seen;
            shell::refused(&page)
        }
        Err(StoreError::Stale { .. }) => {
            let page = shell::render(&again(&document, FormErrors::default(), true))?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Saved; and sent to review, if that was asked for.
async fn after(office: &Office, fields: &Fields<LIMIT>, id: &str) -> Result {
    let href = urls::office_document(id);
    if fields.text("do") != "submit" {
        office.flash("done", "草稿已经保存。");
        return Ok(shell::redirect(&href));
    }
    let document = documents::find_office(office.store(), &office.actor, id).await?;
    if document.status != Status::Draft {
        // The same form sent twice: it is on its way already.
        return Ok(shell::redirect(&href));
    }
    let doing = Doing::default();
    let sent = documents::act(
        office.store(),
        &office.actor,
        id,
        Verb::Submit,
        &doing,
        document.seq,
    )
    .await;
    match sent {
        Ok(_) => {
            office.flash("done", "已经保存并提交审核，等审核人审核。");
            Ok(shell::redirect(&href))
        }
        Err(StoreError::NotAllowed(reasons)) => {
            // Saved is saved: the form goes on from there, as a change of the draft.
            let typed = typed_of(fields);
            shell::refused(&page(
                office,
                Showing {
                    document: Some(&document),
                    typed,
                    submission: String::new(),
                    errors: reasons.into(),
                    stale: false,
                },
            ))
        }
        Err(error) => Err(PortalError::Store(error)),
    }
}
