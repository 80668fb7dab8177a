//! Registration: a citizen's form at the public door, a clerk's entry of what came on paper.

use super::seal::{Sealing, insert, seal_applicant};
use super::track::{normal_code, tracking_code};
use super::{Applicant, NUMBER_TAKEN};
use crate::args;
use crate::{Done, Result, Store, StoreError, Tx, calendar, units};
use office::Reason;
use office::permissions::{Action, Actor};
use office::requests::{self, Request};
use serde_json::json;
use statute::Date;
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use statute::clock::{Event, EventKind};

const BY_SUBMISSION: &str = "SELECT id, number FROM request WHERE site = $1 AND submission = $2";

/// What a request is opened with.
#[derive(Clone)]
pub struct NewRequest {
    /// Unit asked.
    pub unit: String,
    /// 登记编号; made when absent.
    pub number: Option<String>,
    /// How it arrived.
    pub channel: RequestChannel,
    /// Kind of applicant.
    pub applicant_kind: ApplicantKind,
    /// Who asks.
    pub applicant: Applicant,
    /// What is asked for.
    pub subject: String,
    /// Day of arrival.
    pub on: Date,
    /// Day both sides confirmed receipt, where the channel asks for it.
    pub confirmed: Option<Date>,
    /// The form's own key: the same form sent twice makes one request.
    pub submission: String,
}

impl std::fmt::Debug for NewRequest {
    /// Personal data never reaches a log by accident.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewRequest({}, {}, …)", self.unit, self.channel.key())
    }
}

/// What the one who filed a request takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Id.
    pub id: String,
    /// 登记编号.
    pub number: String,
    /// The code that opens the tracking page; shown once, kept only as a hash.
    pub code: String,
}

/// A citizen files a request at the public door: no account, a receipt with a code.
pub async fn submit(store: &Store, new: NewRequest) -> Result<Receipt> {
    let new = NewRequest {
        channel: RequestChannel::Online,
        on: store.today(),
        confirmed: None,
        number: None,
        ..new
    };
    let mut reasons = requests::check_subject(&new.subject);
    reasons.extend(check_applicant(&new.applicant));
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    register_as(store, &Actor::public(), new, "request.submit").await
}

/// A clerk registers a request that came by hand, by post, by fax or by mail.
pub async fn register(store: &Store, actor: &Actor, new: NewRequest) -> Result<Receipt> {
    let mut reasons = requests::check_subject(&new.subject);
    reasons.extend(check_lengths(&new.applicant));
    if new.number.as_ref().is_some_and(|number| {
        number.chars().count() > NUMBER_LIMIT || number.contains(char::is_control)
    }) {
        reasons.push(Reason::at(
            "number",
            "number-too-long",
            format!("登记编号最多 {NUMBER_LIMIT} 个字、一行，请缩短。"),
        ));
    }
    if new.applicant.name.trim().is_empty() {
        reasons.push(Reason::at(
            "name",
            "name-empty",
            "没有写申请人姓名或名称（条例 §29），请填写。",
        ));
    }
    let received = Event::new(
        new.on,
        EventKind::Received {
            channel: Some(new.channel),
            confirmed: new.confirmed,
        },
    );
    let calendar = calendar::effective(store).await?;
    reasons.extend(requests::check_next(
        &[],
        &received,
        &calendar,
        store.today(),
        "",
    ));
    if let Some(confirmed) = new.confirmed
        && (confirmed < new.on || confirmed > store.today())
    {
        reasons.push(Reason::at(
            "confirmed",
            "confirmed-impossible",
            format!(
                "确认日期 {confirmed} 应在到达日期 {} 和今天 {} 之间（条例 §31）。",
                new.on,
                store.today()
            ),
        ));
    }
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    register_as(store, actor, new, "request.register").await
}

/// What 条例 §29 asks of an applicant and is not there: `identity`, `contact`.
pub fn lacking(applicant: &Applicant) -> Vec<&'static str> {
    let mut lacking = Vec::new();
    if applicant.identity_number.trim().is_empty() {
        lacking.push("identity");
    }
    if applicant.phone.trim().is_empty()
        && applicant.email.trim().is_empty()
        && applicant.address.trim().is_empty()
    {
        lacking.push("contact");
    }
    lacking
}

/// What stands against the words of an applicant who files online (条例 §29).
pub fn check_applicant(applicant: &Applicant) -> Vec<Reason> {
    let mut reasons = Vec::new();
    // 条例 §29: name, proof of identity, contact. Nothing is asked about why.
    if applicant.name.trim().is_empty() {
        reasons.push(Reason::at(
            "name",
            "name-empty",
            "没有写姓名或名称（条例 §29），请填写。",
        ));
    }
    let lacking = lacking(applicant);
    if lacking.contains(&"identity") {
        reasons.push(Reason::at(
            "identity_number",
            "identity-empty",
            "没有写证件号码（条例 §29），请填写。",
        ));
    }
    if lacking.contains(&"contact") {
        reasons.push(Reason::at(
            "phone",
            "contact-empty",
            "电话、通信地址、电子邮箱至少填一项（条例 §29），以便联系。",
        ));
    }
    reasons.extend(check_lengths(applicant));
    reasons
}

pub(super) fn check_lengths(applicant: &Applicant) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (field, text) in [
        ("name", &applicant.name),
        ("identity_number", &applicant.identity_number),
        ("phone", &applicant.phone),
        ("address", &applicant.address),
        ("email", &applicant.email),
        ("identity_kind", &applicant.identity_kind),
        ("form", &applicant.form),
        ("delivery", &applicant.delivery),
    ] {
        if text.chars().count() > 200 {
            reasons.push(Reason::at(
                field,
                "too-long",
                "这一项超过 200 个字，请缩短。",
            ));
        }
    }
    reasons
}

async fn register_as(
    store: &Store,
    actor: &Actor,
    new: NewRequest,
    action: &'static str,
) -> Result<Receipt> {
    let mut tx = store.begin(actor).await?;
    if action == "request.register" {
        units::authorize(&mut tx, actor, Action::RequestRegister, &new.unit).await?;
    }
    let unit = units::find_in(&mut tx, &new.unit)
        .await?
        .ok_or_else(|| StoreError::not_found("unit", &new.unit))?;
    let site = tx.site().to_owned();
    let submission = submission_of(store, &new)?;
    if let Some(row) = tx
        .one(BY_SUBMISSION, args![site.as_str(), submission.as_str()])
        .await?
    {
        // The code was shown at the first answer and is derived from the form's own key.
        return Ok(Receipt {
            id: row.text(0)?,
            number: row.text(1)?,
            code: tracking_code(store, &submission),
        });
    }
    let calendar = calendar::effective_in(&mut tx).await?;
    let number = match new
        .number
        .as_deref()
        .map(str::trim)
        .filter(|number| !number.is_empty())
    {
        Some(number) => {
            if tx
                .one(NUMBER_TAKEN, args![site.as_str(), unit.id.as_str(), number])
                .await?
                .is_some()
            {
                return Err(StoreError::NotAllowed(vec![Reason::at(
                    "number",
                    "number-taken",
                    format!(
                        "登记编号“{number}”在本单位已经用过，请核对后换一个，或留空由系统编号。"
                    ),
                )]));
            }
            lift_number(&mut tx, &unit.id, number).await?;
            number.to_owned()
        }
        None => next_number(&mut tx, &unit.id, new.on).await?,
    };
    let id = format!("r-{}", &submission);
    let code = tracking_code(store, &submission);
    let events = vec![Event::new(
        new.on,
        EventKind::Received {
            channel: Some(new.channel),
            confirmed: new.confirmed,
        },
    )];
    let standing = requests::standing(&calendar, &events);
    let request = Request {
        id: id.clone(),
        unit: unit.id.clone(),
        number: number.clone(),
        channel: new.channel,
        applicant_kind: new.applicant_kind,
        applicant: format!("a-{submission}"),
        events,
        handler: (action == "request.register").then(|| actor.id.clone()),
        seq: 0,
    };
    let tracking = store.keys.keyed_hash("tracking", &normal_code(&code));
    seal_applicant(
        store,
        &mut tx,
        &request.applicant,
        request.applicant_kind,
        &new.applicant,
    )
    .await?;
    insert(
        store,
        &mut tx,
        &request,
        &standing,
        Sealing {
            subject: &new.subject,
            tracking: Some(&tracking),
            submission: Some(&submission),
        },
    )
    .await?;
    // 条例 §29 asks for them; a letter may lack them, and then a supplement is asked (§30).
    let lacking = lacking(&new.applicant);
    tx.commit(Done::new(
        action,
        "request",
        &id,
        json!({"lacking": lacking, "unit": request.unit, "number": number, "channel": request.channel.key(),
               "applicant": request.applicant_kind.key(), "event": request.events.first().map(Event::to_json),
               "due_on": standing.due_on}),
    ))
    .await?;
    Ok(Receipt { id, number, code })
}

/// What makes two forms the same one: the form's own key and everything in it. A key alone, which
/// the sender chooses, would hand one applicant's receipt to another.
fn submission_of(store: &Store, new: &NewRequest) -> Result<String> {
    let content = serde_json::to_string(&(
        &new.submission,
        &new.unit,
        &new.subject,
        &new.applicant,
        new.applicant_kind.key(),
        new.channel.key(),
    ))
    .map_err(|_| StoreError::inconsistent("request", "submission", ""))?;
    let mut digest = store.keys.keyed_hash("submission", &content);
    digest.truncate(20);
    Ok(digest)
}

/// Longest 登记编号 entered by hand, in characters.
const NUMBER_LIMIT: usize = 100;

/// Lets the numbers of our own making go on after one of their form that came from elsewhere.
pub(crate) async fn lift_number(tx: &mut Tx, unit: &str, number: &str) -> Result<()> {
    if let Some((year, last)) = own_form(number) {
        tx.lift(&format!("request {unit} {year}"), last).await?;
    }
    Ok(())
}

/// Year and running number of a 登记编号 that is written like ours.
pub(crate) fn own_form(number: &str) -> Option<(i16, i64)> {
    let (year, last) = number.split_once('-')?;
    let digits = |text: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(year, 4..=4) || !digits(last, 4..=9) {
        return None;
    }
    Some((year.parse().ok()?, last.parse().ok()?))
}

/// The next 登记编号 of a unit: year and a running number that skips what was entered by hand.
pub(crate) async fn next_number(tx: &mut Tx, unit: &str, on: Date) -> Result<String> {
    let site = tx.site().to_owned();
    for _ in 0..10_000 {
        let next = tx.next(&format!("request {unit} {}", on.year())).await?;
        let number = format!("{}-{next:04}", on.year());
        if tx
            .one(NUMBER_TAKEN, args![site.as_str(), unit, number.as_str()])
            .await?
            .is_none()
        {
            return Ok(number);
        }
    }
    Err(StoreError::refused(
        "numbers-used-up",
        "编不出新的登记编号，请手工填写。",
    ))
}
