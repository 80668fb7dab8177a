//! A citizen files a request: one page in five short parts, then a receipt with a code. Nobody is
//! asked why (条例 §29).

use crate::error::{PortalError, Result, reasons};
use crate::extract::{Fields, Visitor};
use crate::pick::Asked;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, FormErrors, Link};
use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use office::Reason;
use office::requests::standing;
use office::units::UnitKind;
use statute::Date;
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use statute::clock::{Event, EventKind};
use store::requests::{Applicant, NewRequest, Receipt};

/// Requests from one address in an hour; a village hall may file for its villagers.
const LIMIT: i64 = 30;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// A text of the longest length fits, and one that is too long still gets an answer at its field.
type Form = Fields<{ 256 << 10 }>;

#[derive(Template)]
#[template(path = "requests/form.html")]
struct FormPage {
    shell: Shell,
    trail: Vec<Link>,
    errors: FormErrors,
    submission: String,
    units: Vec<Choice>,
    forms: Vec<Choice>,
    deliveries: Vec<Choice>,
    kinds: Vec<Choice>,
    identity_kinds: Vec<Choice>,
    typed: Typed,
    due_on: String,
    warning: String,
    guide_unit: String,
    guide: office::units::Guide,
}

/// What was typed, to be given back.
#[derive(Default)]
struct Typed {
    unit: String,
    subject: String,
    form: String,
    delivery: String,
    kind: String,
    name: String,
    identity_kind: String,
    identity_number: String,
    phone: String,
    email: String,
    address: String,
    assistance: bool,
}

impl Typed {
    fn of(fields: &Form) -> Typed {
        let text = |name: &str| fields.text(name).to_owned();
        Typed {
            unit: text("unit"),
            subject: text("subject"),
            form: text("form"),
            delivery: text("delivery"),
            kind: text("kind"),
            name: text("name"),
            identity_kind: text("identity_kind"),
            identity_number: text("identity_number"),
            phone: text("phone"),
            email: text("email"),
            address: text("address"),
            assistance: fields.ticked("assistance"),
        }
    }
}

fn forms() -> Vec<Choice> {
    vec![
        Choice::new("electronic", "电子文件").hint("在本网站查看，或者发到您的邮箱"),
        Choice::new("paper", "纸质复印件").hint("邮寄，或者到受理机构领取"),
        Choice::new("inspect", "当面查阅").hint("到受理机构看、抄、拍照"),
    ]
}

fn deliveries() -> Vec<Choice> {
    vec![
        Choice::new("online", "在本网站凭编号和查询码查看"),
        Choice::new("email", "发到电子邮箱"),
        Choice::new("post", "邮寄"),
        Choice::new("hand", "自己来取"),
    ]
}

fn identity_kinds() -> Vec<Choice> {
    vec![
        Choice::new("id-card", "居民身份证"),
        Choice::new("credit-code", "统一社会信用代码证书"),
        Choice::new("passport", "护照或者通行证"),
        Choice::new("other", "其他证件"),
    ]
}

fn label_of(choices: &[Choice], value: &str) -> Option<String> {
    let found = choices.iter().find(|choice| choice.value == value);
    found.map(|choice| choice.label.clone())
}

/// Units that answer requests: villages have no duty of their own under the regulation.
fn units(visitor: &Visitor) -> Vec<Choice> {
    let units = visitor.shell.site.units.iter();
    units
        .filter(|unit| unit.kind != UnitKind::Village)
        .map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str()))
        .collect()
}

/// When a request that is filed online on this day is due.
fn due_on(visitor: &Visitor, on: Date) -> Option<Date> {
    let received = Event::new(
        on,
        EventKind::Received {
            channel: Some(RequestChannel::Online),
            confirmed: None,
        },
    );
    standing(&visitor.shell.site.calendar, &[received]).due_on
}

fn page(
    visitor: &Visitor,
    typed: Typed,
    submission: String,
    errors: FormErrors,
) -> Result<FormPage> {
    let site = &visitor.shell.site;
    let today = visitor.shell.today;
    let due = due_on(visitor, today);
    let mut shell = shell::public(visitor, "requests", "申请公开政府信息");
    shell.csrf = visitor.csrf()?;
    shell.meta = vec![
        ("ColumnName", "申请公开政府信息".to_owned()),
        (
            "ColumnDescription",
            "公民、法人或者其他组织申请公开政府信息的入口".to_owned(),
        ),
        ("ColumnKeywords", "依申请公开；申请表".to_owned()),
        ("ColumnType", "信息公开".to_owned()),
    ];
    let guided = site
        .unit(&typed.unit)
        .or_else(|| site.units.iter().find(|unit| unit.parent.is_none()));
    Ok(FormPage {
        trail: vec![Link::new("首页", urls::HOME)],
        errors,
        submission,
        units: units(visitor),
        forms: forms(),
        deliveries: deliveries(),
        kinds: ApplicantKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.key(), kind.label()))
            .collect(),
        identity_kinds: identity_kinds(),
        typed,
        due_on: due.map(day_in_words).unwrap_or_default(),
        warning: due
            .map(|due| shell::uncovered_words(site, today, due))
            .unwrap_or_default(),
        guide_unit: guided.map(|unit| unit.name.clone()).unwrap_or_default(),
        guide: guided.map(|unit| unit.guide.clone()).unwrap_or_default(),
        shell,
    })
}

/// 12月18日.
pub(super) fn day_in_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// No copy of what is personal stays in a cache on the way.
pub(super) fn unstored(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub(super) async fn show(visitor: Visitor, asked: Asked) -> Result {
    let unit = visitor.shell.site.unit(asked.text("unit"));
    let typed = Typed {
        unit: unit.map(|unit| unit.id.clone()).unwrap_or_default(),
        form: "electronic".into(),
        delivery: "online".into(),
        kind: ApplicantKind::Natural.key().into(),
        identity_kind: "id-card".into(),
        ..Typed::default()
    };
    let form = page(&visitor, typed, shell::submission()?, FormErrors::default())?;
    Ok(unstored(shell::render(&form)?))
}

/// What stands against the form beyond what the store asks of every request.
fn check(visitor: &Visitor, typed: &Typed) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if !units(visitor).iter().any(|unit| unit.value == typed.unit) {
        reasons.push(Reason::at("unit", "unit-missing", "请选择向哪个机关申请。"));
    }
    if label_of(&forms(), &typed.form).is_none() {
        reasons.push(Reason::at("form", "form-missing", "请选择希望得到的形式。"));
    }
    match typed.delivery.as_str() {
        "email" if typed.email.trim().is_empty() => reasons.push(Reason::at(
            "email",
            "email-missing",
            "选择了发到电子邮箱，请填写邮箱。",
        )),
        "post" if typed.address.trim().is_empty() => reasons.push(Reason::at(
            "address",
            "address-missing",
            "选择了邮寄，请填写通信地址。",
        )),
        _ => {}
    }
    if ApplicantKind::from_key(&typed.kind).is_none() {
        reasons.push(Reason::at("kind", "kind-missing", "请选择申请人类型。"));
    }
    let email = typed.email.trim();
    if !email.is_empty() && (!email.contains('@') || email.contains(char::is_whitespace)) {
        reasons.push(Reason::at(
            "email",
            "email-malformed",
            format!("“{email}”不是邮箱地址，请按 name@example.com 的样子填写，或者留空。"),
        ));
    }
    reasons
}

/// The errors in the order of the form.
fn in_order(mut reasons: Vec<Reason>) -> FormErrors {
    const ORDER: &[&str] = &[
        "unit",
        "subject",
        "form",
        "delivery",
        "kind",
        "name",
        "identity_number",
        "phone",
        "email",
        "address",
    ];
    let place = |reason: &Reason| {
        let field = reason.field.unwrap_or_default();
        ORDER.iter().position(|name| *name == field)
    };
    reasons.sort_by_key(|reason| place(reason).unwrap_or(ORDER.len()));
    FormErrors::from(reasons)
}

pub(super) async fn submit(visitor: Visitor, fields: Form) -> Result {
    visitor.limit("request", HOUR_MS, LIMIT).await?;
    let typed = Typed::of(&fields);
    let submission = fields.submission()?.to_owned();
    let mut found = check(&visitor, &typed);
    // What the store would say of the rest is said at the same time.
    found.extend(office::requests::check_subject(&typed.subject));
    let applicant = Applicant {
        name: typed.name.trim().to_owned(),
        identity_kind: label_of(&identity_kinds(), &typed.identity_kind).unwrap_or_default(),
        identity_number: typed.identity_number.trim().to_owned(),
        phone: typed.phone.trim().to_owned(),
        address: typed.address.trim().to_owned(),
        email: typed.email.trim().to_owned(),
        form: label_of(&forms(), &typed.form).unwrap_or_default(),
        delivery: label_of(&deliveries(), &typed.delivery).unwrap_or_default(),
        assistance: typed.assistance,
    };
    found.extend(store::requests::check_applicant(&applicant));
    found.dedup_by(|a, b| a.code == b.code && a.field == b.field);
    let kind = ApplicantKind::from_key(&typed.kind);
    let (true, Some(applicant_kind)) = (found.is_empty(), kind) else {
        let form = page(&visitor, typed, submission, in_order(found))?;
        return Ok(unstored(shell::refused(&form)?));
    };
    let new = NewRequest {
        unit: typed.unit.clone(),
        number: None,
        channel: RequestChannel::Online,
        applicant_kind,
        applicant,
        subject: typed.subject.trim().to_owned(),
        on: visitor.shell.today,
        confirmed: None,
        submission: submission.clone(),
    };
    match reasons(store::requests::submit(visitor.store(), new).await)? {
        Ok(receipt) => show_receipt(&visitor, &typed.unit, receipt).await,
        Err(found) => {
            let form = page(&visitor, typed, submission, in_order(found))?;
            Ok(unstored(shell::refused(&form)?))
        }
    }
}

#[derive(Template)]
#[template(path = "requests/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    number: String,
    code: String,
    unit: String,
    received_on: String,
    due_on: String,
    warning: String,
    phone: String,
}

async fn show_receipt(visitor: &Visitor, unit: &str, receipt: Receipt) -> Result {
    let site = &visitor.shell.site;
    // The form may have been sent before, on another day and to another unit: what was filed counts.
    let tracked = store::requests::track(visitor.store(), &receipt.code)
        .await?
        .ok_or(PortalError::NotFound)?;
    let stands = standing(&site.calendar, &tracked.request.events);
    let today = visitor.shell.today;
    let shell = shell::public(
        visitor,
        "requests",
        &format!("申请 {} 已收到", receipt.number),
    );
    let page = ReceiptPage {
        number: receipt.number,
        code: receipt.code,
        unit: tracked.unit_name,
        received_on: stands.received_on.map(day_in_words).unwrap_or_default(),
        due_on: stands.due_on.map(day_in_words).unwrap_or_default(),
        warning: stands
            .due_on
            .map(|due| shell::uncovered_words(site, today, due))
            .unwrap_or_default(),
        phone: site
            .unit(unit)
            .map(|unit| unit.guide.phone.clone())
            .unwrap_or_default(),
        shell,
    };
    Ok(unstored(shell::render(&page)?))
}
