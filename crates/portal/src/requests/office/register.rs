//! Registering a request that came on paper, by fax or by mail.

use super::{applicant_kind_choices, channel_choices, dates};
use crate::app::App;
use crate::error::Result;
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{Choice, Due, FieldError, FormErrors, Link, Step};
use crate::{pick, urls};
use askama::Template;
use axum::Router;
use axum::routing::get;
use office::permissions::Action;
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use store::StoreError;
use store::requests::{self, Applicant, NewRequest, Receipt};

/// The address of the form.
pub(super) fn routes() -> Router<App> {
    Router::new().route(urls::OFFICE_REQUEST_NEW, get(form).post(register))
}

#[derive(Default)]
struct Typed {
    unit: String,
    channel: String,
    on: String,
    confirmed: String,
    number: String,
    subject: String,
    form: String,
    applicant_kind: String,
    name: String,
    identity_number: String,
    phone: String,
    address: String,
    email: String,
    assistance: bool,
}

#[derive(Template)]
#[template(path = "requests/office_register.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    action: &'static str,
    back: &'static str,
    errors: FormErrors,
    submission: String,
    v: Typed,
    units: Vec<Choice>,
    channels: Vec<Choice>,
    forms_wanted: Vec<Choice>,
    applicant_kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "requests/office_registered.html")]
struct Registered {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    code: String,
    due: Due,
    warnings: Vec<String>,
    steps: Vec<Step>,
    href: String,
    again: &'static str,
}

/// In which form the information is wanted; kept as these words.
const FORMS: &[&str] = &["电子文件", "纸质复印件", "当面查阅"];

fn page(office: &Office, typed: Typed, submission: String, errors: FormErrors) -> Page {
    Page {
        shell: shell::office(office, "requests", "登记申请"),
        trail: vec![Link::new("申请", urls::OFFICE_REQUESTS)],
        action: urls::OFFICE_REQUEST_NEW,
        back: urls::OFFICE_REQUESTS,
        errors,
        submission,
        v: typed,
        units: pick::units(&office.shell.site, &office.actor, Action::RequestRegister),
        channels: channel_choices(),
        forms_wanted: FORMS.iter().map(|form| Choice::new(*form, *form)).collect(),
        applicant_kinds: applicant_kind_choices(),
    }
}

async fn form(office: Office) -> Result {
    office.needs(Action::RequestRegister)?;
    let units = pick::units(&office.shell.site, &office.actor, Action::RequestRegister);
    let typed = Typed {
        unit: pick::chosen(&units, &office.person.unit),
        channel: RequestChannel::Counter.key().into(),
        on: office.store().today().to_string(),
        applicant_kind: ApplicantKind::Natural.key().into(),
        ..Typed::default()
    };
    shell::render(&page(
        &office,
        typed,
        shell::submission()?,
        FormErrors::default(),
    ))
}

fn typed_of(fields: &Fields) -> Typed {
    let text = |name| fields.text(name).to_owned();
    Typed {
        unit: text("unit"),
        channel: text("channel"),
        on: text("on"),
        confirmed: text("confirmed"),
        number: text("number"),
        subject: text("subject"),
        form: text("form"),
        applicant_kind: text("applicant_kind"),
        name: text("name"),
        identity_number: text("identity_number"),
        phone: text("phone"),
        address: text("address"),
        email: text("email"),
        assistance: fields.ticked("assistance"),
    }
}

fn new_of(fields: &Fields, submission: &str) -> std::result::Result<NewRequest, FormErrors> {
    let mut errors = FormErrors::default();
    let mut wrong = |field, message: &str| {
        errors.list.push(FieldError {
            field,
            message: message.to_owned(),
        });
    };
    let channel = RequestChannel::from_key(fields.text("channel"));
    if channel.is_none() {
        wrong("channel", "没有选提交方式，请选一种。");
    }
    let mut day = |name| match fields.date(name) {
        Ok(day) => day,
        Err(reason) => {
            wrong(name, &reason.text);
            None
        }
    };
    let (on, confirmed) = (day("on"), day("confirmed"));
    if fields.text("on").trim().is_empty() {
        wrong("on", "没有填到达日期，请填写。");
    }
    let kind = ApplicantKind::from_key(fields.text("applicant_kind"));
    if kind.is_none() {
        wrong("applicant_kind", "没有选申请人类型，请选一种。");
    }
    let text = |name: &str| fields.text(name).trim().to_owned();
    for (field, limit) in [
        ("number", 60),
        ("name", 200),
        ("identity_number", 200),
        ("phone", 200),
        ("address", 200),
        ("email", 200),
    ] {
        if text(field).chars().count() > limit {
            wrong(field, &format!("这一项超过 {limit} 个字，请缩短。"));
        }
    }
    match (channel, on, kind) {
        (Some(channel), Some(on), Some(applicant_kind)) if errors.is_empty() => Ok(NewRequest {
            unit: text("unit"),
            number: fields.opt("number"),
            channel,
            applicant_kind,
            applicant: Applicant {
                name: text("name"),
                identity_number: text("identity_number"),
                phone: text("phone"),
                address: text("address"),
                email: text("email"),
                form: text("form"),
                assistance: fields.ticked("assistance"),
                ..Applicant::default()
            },
            subject: fields
                .text("subject")
                .replace("\r\n", "\n")
                .trim()
                .to_owned(),
            on,
            confirmed,
            submission: submission.to_owned(),
        }),
        _ => Err(errors),
    }
}

async fn register(office: Office, fields: Fields) -> Result {
    let submission = fields.submission()?.to_owned();
    let again = |errors| {
        let page = page(&office, typed_of(&fields), submission.clone(), errors);
        shell::refused(&page)
    };
    let new = match new_of(&fields, &submission) {
        Ok(new) => new,
        Err(errors) => return again(errors),
    };
    let lacking = requests::lacking(&new.applicant);
    match requests::register(office.store(), &office.actor, new).await {
        Ok(receipt) => registered(&office, receipt, &lacking).await,
        Err(StoreError::NotAllowed(reasons)) => again(reasons.into()),
        Err(error) => Err(error.into()),
    }
}

/// What the clerk needs now: the due date and why, and the code for the applicant. Sent again, the
/// form gives the same page.
async fn registered(office: &Office, receipt: Receipt, lacking: &[&str]) -> Result {
    let store = office.store();
    let stored = requests::find(store, &office.actor, &receipt.id).await?;
    let answer = super::answer_of(office, &stored.request);
    shell::render(&Registered {
        shell: shell::office(office, "requests", "已登记"),
        trail: vec![Link::new("申请", urls::OFFICE_REQUESTS)],
        due: dates::due(
            &office.shell.site.calendar,
            store.today(),
            answer.state,
            answer.due_on,
            false,
            "",
        ),
        warnings: answer
            .warnings
            .into_iter()
            .chain(lacking_words(lacking))
            .collect(),
        steps: dates::steps(&answer.steps),
        href: urls::office_request(&receipt.id),
        number: receipt.number,
        code: receipt.code,
        again: urls::OFFICE_REQUEST_NEW,
    })
}

/// A paper may lack what 条例 §29 asks for: it is registered all the same, and the clerk is told.
fn lacking_words(lacking: &[&str]) -> Option<String> {
    let what: Vec<&str> = lacking
        .iter()
        .map(|what| match *what {
            "identity" => "身份证明",
            _ => "联系方式",
        })
        .collect();
    (!what.is_empty()).then(|| {
        format!(
            "没有录入{}（条例 §29 要求提供）。来件里有的，请打开这件申请更正补录；来件里没有的，应在 7 个工作日内一次性告知补正（条例 §30）。",
            what.join("和")
        )
    })
}
