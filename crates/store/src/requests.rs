//! Requests: registration, the dated events, the reply. What the applicant said is sealed under a
//! key of the applicant's own; the journal holds none of it.

use crate::args;
use crate::db::{AssertSqlSafe, Row};
use crate::{Done, Result, Store, StoreError, Tx, calendar, keys, units};
use office::Reason;
use office::permissions::{Action, Actor};
use office::records::RequestRecord;
use office::requests::{self, Request, Standing};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use statute::applicant::ApplicantKind;
use statute::calendar::Calendar;
use statute::channel::RequestChannel;
use statute::clock::{self, Event, EventKind, State};
use statute::{Date, Outcome};

const COLUMNS: &str = "id, unit, number, channel, applicant_kind, applicant, events, handler, seq, \
    subject, reply, tracking";
const BY_ID: &str = "SELECT id, unit, number, channel, applicant_kind, applicant, events, handler, \
    seq, subject, reply, tracking FROM request WHERE site = $1 AND id = $2";
const BY_TRACKING: &str = "SELECT id, unit, number, channel, applicant_kind, applicant, events, \
    handler, seq, subject, reply, tracking FROM request WHERE site = $1 AND tracking = $2";
const BY_SUBMISSION: &str = "SELECT id, number FROM request WHERE site = $1 AND submission = $2";
const NUMBER_TAKEN: &str = "SELECT id FROM request WHERE site = $1 AND unit = $2 AND number = $3";
const INSERT: &str = "INSERT INTO request (site, id, unit, number, channel, applicant_kind, applicant, \
    subject, reply, events, state, received_on, due_on, closed_on, outcome, replied, extended, late, \
    handler, tracking, submission, created_at, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
    $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
const UPDATE: &str = "UPDATE request SET channel = $3, applicant_kind = $4, reply = $5, events = $6, \
    state = $7, received_on = $8, due_on = $9, closed_on = $10, outcome = $11, replied = $12, \
    extended = $13, late = $14, handler = $15, seq = $16 WHERE site = $1 AND id = $2";
const INSERT_APPLICANT: &str = "INSERT INTO applicant (site, id, kind, wrapped_key, details, seq) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const APPLICANT: &str =
    "SELECT kind, wrapped_key, details FROM applicant WHERE site = $1 AND id = $2";
const ERASE_APPLICANT: &str =
    "UPDATE applicant SET wrapped_key = $3, seq = $4 WHERE site = $1 AND id = $2";

/// What an applicant says of themselves (条例 §29: name, proof of identity, contact, and the form
/// wanted); sealed at rest.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applicant {
    /// 姓名或名称.
    pub name: String,
    /// Kind of identity document.
    pub identity_kind: String,
    /// Its number.
    pub identity_number: String,
    /// Telephone.
    pub phone: String,
    /// Postal address.
    pub address: String,
    /// E-mail address.
    pub email: String,
    /// In which form the information is wanted.
    pub form: String,
    /// How it should be delivered.
    pub delivery: String,
    /// 需要协助 (条例 §43).
    pub assistance: bool,
}

impl std::fmt::Debug for Applicant {
    /// Personal data never reaches a log by accident.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Applicant(…)")
    }
}

/// A request with its sealed parts opened, for those who may read them.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// What is asked for; none when the applicant's data were erased.
    pub subject: Option<String>,
    /// The text of the reply.
    pub reply: Option<String>,
    /// Who asks; none when erased.
    pub applicant: Option<Applicant>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opened(…)")
    }
}

/// A stored request: the open part, and the sealed one as it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The open part.
    pub request: Request,
    subject: Vec<u8>,
    reply: Option<Vec<u8>>,
    tracking: Option<String>,
}

fn read(row: &Row) -> Result<Stored> {
    let id = row.text(0)?;
    let bad = |column| StoreError::inconsistent("request", column, &id);
    let events: Value = serde_json::from_str(&row.text(6)?).map_err(|_| bad("events"))?;
    let events = events
        .as_array()
        .ok_or_else(|| bad("events"))?
        .iter()
        .map(|event| Event::from_json(event).map_err(|_| bad("events")))
        .collect::<Result<_>>()?;
    Ok(Stored {
        request: Request {
            unit: row.text(1)?,
            number: row.text(2)?,
            channel: RequestChannel::from_key(&row.text(3)?).ok_or_else(|| bad("channel"))?,
            applicant_kind: ApplicantKind::from_key(&row.text(4)?)
                .ok_or_else(|| bad("applicant_kind"))?,
            applicant: row.text(5)?,
            events,
            handler: row.text_opt(7)?,
            seq: row.int(8)?,
            id: id.clone(),
        },
        subject: row.bytes_opt(9)?.ok_or_else(|| bad("subject"))?,
        reply: row.bytes_opt(10)?,
        tracking: row.text_opt(11)?,
    })
}

fn events_json(events: &[Event]) -> String {
    Value::Array(events.iter().map(Event::to_json).collect()).to_string()
}

/// A request as a list shows it: no word of the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub id: String,
    /// Unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// 登记编号.
    pub number: String,
    /// How it arrived.
    pub channel: RequestChannel,
    /// Kind of applicant.
    pub applicant_kind: ApplicantKind,
    /// Where it is.
    pub state: State,
    /// 收到申请之日.
    pub received_on: Option<Date>,
    /// Last day for the reply.
    pub due_on: Option<Date>,
    /// Day it ended.
    pub closed_on: Option<Date>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Who handles it.
    pub handler: Option<String>,
    /// Whether it ended late.
    pub late: bool,
}

pub(crate) const LISTED: &str = "r.id, r.unit, u.name, r.number, r.channel, r.applicant_kind, r.state, \
    r.received_on, r.due_on, r.closed_on, r.outcome, r.handler, r.late";

pub(crate) fn read_listed(row: &Row) -> Result<Listed> {
    let id = row.text(0)?;
    let bad = |column| StoreError::inconsistent("request", column, &id);
    Ok(Listed {
        unit: row.text(1)?,
        unit_name: row.text(2)?,
        number: row.text(3)?,
        channel: RequestChannel::from_key(&row.text(4)?).ok_or_else(|| bad("channel"))?,
        applicant_kind: ApplicantKind::from_key(&row.text(5)?)
            .ok_or_else(|| bad("applicant_kind"))?,
        state: State::from_key(&row.text(6)?).ok_or_else(|| bad("state"))?,
        received_on: row.date_opt(7)?,
        due_on: row.date_opt(8)?,
        closed_on: row.date_opt(9)?,
        outcome: match row.text_opt(10)? {
            Some(key) => Some(Outcome::from_key(&key).ok_or_else(|| bad("outcome"))?),
            None => None,
        },
        handler: row.text_opt(11)?,
        late: row.int(12)? != 0,
        id,
    })
}

/// What a list of requests is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only of this unit.
    pub unit: Option<String>,
    /// Only open ones (`Some(true)`) or closed ones.
    pub open: Option<bool>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only open and due on or before this day.
    pub due_by: Option<Date>,
    /// Only with this number, or a part of it.
    pub number: Option<String>,
    /// Only those handled by this person.
    pub handler: Option<String>,
}

/// What an actor sees of requests, in order of due date, open ones first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
    size: u32,
) -> Result<crate::documents::Page<Listed>> {
    let heads = actor.scope(Action::RequestRead);
    let mut args = args![store.site()];
    let mut sql = String::from("r.site = $1");
    let bind = |args: &mut Vec<crate::db::Arg>, arg: crate::db::Arg| {
        args.push(arg);
        format!("${}", args.len())
    };
    let list: Vec<String> = heads
        .iter()
        .map(|head| bind(&mut args, head.as_str().into()))
        .collect();
    let list = if list.is_empty() {
        "NULL".to_owned()
    } else {
        list.join(", ")
    };
    sql.push_str(&format!(
        " AND EXISTS (SELECT 1 FROM unit_above a WHERE a.site = r.site AND a.unit = r.unit AND a.ancestor IN ({list}))"
    ));
    if let Some(unit) = &filter.unit {
        sql.push_str(&format!(
            " AND r.unit = {}",
            bind(&mut args, unit.as_str().into())
        ));
    }
    match filter.open {
        Some(true) => sql.push_str(" AND r.closed_on IS NULL"),
        Some(false) => sql.push_str(" AND r.closed_on IS NOT NULL"),
        None => {}
    }
    if let Some(state) = filter.state {
        sql.push_str(&format!(
            " AND r.state = {}",
            bind(&mut args, state.key().into())
        ));
    }
    if let Some(day) = filter.due_by {
        sql.push_str(&format!(
            " AND r.closed_on IS NULL AND r.due_on <= {}",
            bind(&mut args, day.into())
        ));
    }
    if let Some(number) = &filter.number {
        let pattern = format!(
            "%{}%",
            number
                .replace('!', "!!")
                .replace('%', "!%")
                .replace('_', "!_")
        );
        sql.push_str(&format!(
            " AND r.number LIKE {} ESCAPE '!'",
            bind(&mut args, pattern.into())
        ));
    }
    if let Some(handler) = &filter.handler {
        sql.push_str(&format!(
            " AND r.handler = {}",
            bind(&mut args, handler.as_str().into())
        ));
    }
    let total = store
        .db
        .one(
            AssertSqlSafe(format!("SELECT COUNT(*) FROM request r WHERE {sql}")),
            args.clone(),
        )
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    let offset = i64::from(page.clamp(1, crate::documents::PAGE_LIMIT) - 1) * i64::from(size);
    args.push(i64::from(size).into());
    args.push(offset.into());
    let rows = store
        .db
        .all(
            AssertSqlSafe(format!(
                "SELECT {LISTED} FROM request r JOIN unit u ON u.site = r.site AND u.id = r.unit \
                 WHERE {sql} ORDER BY CASE WHEN r.closed_on IS NULL THEN 0 ELSE 1 END, \
                 CASE WHEN r.due_on IS NULL THEN 1 ELSE 0 END, \
                 CASE WHEN r.closed_on IS NULL THEN r.due_on ELSE NULL END, r.closed_on DESC, r.id LIMIT ${} OFFSET ${}",
                args.len() - 1,
                args.len()
            )),
            args,
        )
        .await?;
    Ok(crate::documents::Page {
        items: rows.iter().map(read_listed).collect::<Result<_>>()?,
        total,
    })
}

/// The request for an actor who may see its progress.
pub async fn find(store: &Store, actor: &Actor, id: &str) -> Result<Stored> {
    let row = store.db.one(BY_ID, args![store.site(), id]).await?;
    let stored = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("request", id))?;
    units::authorize_read(store, actor, Action::RequestRead, &stored.request.unit).await?;
    Ok(stored)
}

/// What the applicant said, for an actor who may read it.
pub async fn open(store: &Store, actor: &Actor, stored: &Stored) -> Result<Opened> {
    units::authorize_read(store, actor, Action::ApplicantRead, &stored.request.unit).await?;
    unseal(store, stored).await
}

async fn unseal(store: &Store, stored: &Stored) -> Result<Opened> {
    let applicant = &stored.request.applicant;
    let row = store
        .db
        .one(APPLICANT, args![store.site(), applicant.as_str()])
        .await?
        .ok_or_else(|| StoreError::inconsistent("request", "applicant", &stored.request.id))?;
    let Some(wrapped) = row.bytes_opt(1)? else {
        return Ok(Opened {
            subject: None,
            reply: None,
            applicant: None,
        });
    };
    let site = store.site();
    let key = store
        .keys
        .data_key(&keys::bound_to(site, "applicant-key", applicant), &wrapped)?;
    let details = row.bytes_opt(2)?.unwrap_or_default();
    let text = |bytes: &[u8], part: &str| -> Result<String> {
        let opened = key.open(&keys::bound_to(site, part, &stored.request.id), bytes)?;
        String::from_utf8(opened)
            .map_err(|_| StoreError::inconsistent("request", "subject", &stored.request.id))
    };
    let details = key.open(&keys::bound_to(site, "applicant", applicant), &details)?;
    Ok(Opened {
        subject: Some(text(&stored.subject, "subject")?),
        reply: stored
            .reply
            .as_deref()
            .map(|bytes| text(bytes, "reply"))
            .transpose()?,
        applicant: Some(
            serde_json::from_slice(&details)
                .map_err(|_| StoreError::inconsistent("applicant", "details", applicant))?,
        ),
    })
}

/// What a request is opened with.
#[derive(Debug, Clone)]
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
    if new.applicant.name.trim().is_empty() {
        reasons.push(Reason::at(
            "name",
            "name-empty",
            "没有写申请人姓名或名称(条例 §29),请填写。",
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
                "确认日期 {confirmed} 应在到达日期 {} 和今天 {} 之间(条例 §31)。",
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

fn check_applicant(applicant: &Applicant) -> Vec<Reason> {
    let mut reasons = Vec::new();
    // 条例 §29: name, proof of identity, contact. Nothing is asked about why.
    if applicant.name.trim().is_empty() {
        reasons.push(Reason::at(
            "name",
            "name-empty",
            "没有写姓名或名称(条例 §29),请填写。",
        ));
    }
    if applicant.identity_number.trim().is_empty() {
        reasons.push(Reason::at(
            "identity_number",
            "identity-empty",
            "没有写证件号码(条例 §29),请填写。",
        ));
    }
    if applicant.phone.trim().is_empty()
        && applicant.email.trim().is_empty()
        && applicant.address.trim().is_empty()
    {
        reasons.push(Reason::at(
            "phone",
            "contact-empty",
            "电话、通信地址、电子邮箱至少填一项(条例 §29),以便联系。",
        ));
    }
    for (field, text) in [
        ("name", &applicant.name),
        ("identity_number", &applicant.identity_number),
        ("phone", &applicant.phone),
        ("address", &applicant.address),
        ("email", &applicant.email),
    ] {
        if text.chars().count() > 200 {
            reasons.push(Reason::at(
                field,
                "too-long",
                "这一项超过 200 个字,请缩短。",
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
    let submission = keys::short_digest(&new.submission);
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
                    format!("登记编号“{number}”在本单位已经用过,请核对后换一个,或留空由系统编号。"),
                )]));
            }
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
    tx.commit(Done::new(
        action,
        "request",
        &id,
        json!({"unit": request.unit, "number": number, "channel": request.channel.key(),
               "applicant": request.applicant_kind.key(), "event": request.events.first().map(Event::to_json),
               "due_on": standing.due_on}),
    ))
    .await?;
    Ok(Receipt { id, number, code })
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
        "编不出新的登记编号,请手工填写。",
    ))
}

/// The parts of a request that are written once.
pub(crate) struct Sealing<'a> {
    pub(crate) subject: &'a str,
    pub(crate) tracking: Option<&'a str>,
    pub(crate) submission: Option<&'a str>,
}

pub(crate) async fn seal_applicant(
    store: &Store,
    tx: &mut Tx,
    id: &str,
    kind: ApplicantKind,
    details: &Applicant,
) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let (key, wrapped) = store
        .keys
        .new_data_key(&keys::bound_to(&site, "applicant-key", id))?;
    let bytes = serde_json::to_vec(details)
        .map_err(|_| StoreError::inconsistent("applicant", "details", id))?;
    let sealed = key.seal(&keys::bound_to(&site, "applicant", id), &bytes)?;
    tx.execute(
        INSERT_APPLICANT,
        args![site.as_str(), id, kind.key(), wrapped, sealed, seq],
    )
    .await?;
    Ok(())
}

async fn key_of(store: &Store, tx: &mut Tx, applicant: &str) -> Result<keys::DataKey> {
    let site = tx.site().to_owned();
    let row = tx
        .one(APPLICANT, args![site.as_str(), applicant])
        .await?
        .ok_or_else(|| StoreError::not_found("applicant", applicant))?;
    let wrapped = row.bytes_opt(1)?.ok_or_else(|| {
        StoreError::refused(
            "applicant-erased",
            "申请人信息已经销毁,不能再写入这件申请的内容。",
        )
    })?;
    store
        .keys
        .data_key(&keys::bound_to(&site, "applicant-key", applicant), &wrapped)
}

pub(crate) async fn insert(
    store: &Store,
    tx: &mut Tx,
    request: &Request,
    standing: &Standing,
    sealing: Sealing<'_>,
) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let key = key_of(store, tx, &request.applicant).await?;
    let subject = key.seal(
        &keys::bound_to(&site, "subject", &request.id),
        sealing.subject.as_bytes(),
    )?;
    let r = request;
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            r.id.as_str(),
            r.unit.as_str(),
            r.number.as_str(),
            r.channel.key(),
            r.applicant_kind.key(),
            r.applicant.as_str(),
            subject,
            None::<Vec<u8>>,
            events_json(&r.events),
            standing.state.key(),
            standing.received_on,
            standing.due_on,
            standing.closed_on,
            standing.outcome.map(|o| o.key().to_owned()),
            standing.replied,
            standing.extended,
            standing.late,
            r.handler.clone(),
            sealing.tracking.map(str::to_owned),
            sealing.submission.map(str::to_owned),
            store.now_ms(),
            seq,
        ],
    )
    .await?;
    Ok(())
}

async fn update(tx: &mut Tx, stored: &Stored, standing: &Standing) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let r = &stored.request;
    tx.execute(
        UPDATE,
        args![
            site.as_str(),
            r.id.as_str(),
            r.channel.key(),
            r.applicant_kind.key(),
            stored.reply.clone(),
            events_json(&r.events),
            standing.state.key(),
            standing.received_on,
            standing.due_on,
            standing.closed_on,
            standing.outcome.map(|o| o.key().to_owned()),
            standing.replied,
            standing.extended,
            standing.late,
            r.handler.clone(),
            seq,
        ],
    )
    .await?;
    Ok(())
}

async fn load_in(tx: &mut Tx, id: &str, seen: i64) -> Result<Stored> {
    let site = tx.site().to_owned();
    let row = tx.one(BY_ID, args![site.as_str(), id]).await?;
    let stored = row
        .as_ref()
        .map(read)
        .transpose()?
        .ok_or_else(|| StoreError::not_found("request", id))?;
    if stored.request.seq != seen {
        return Err(StoreError::Stale { noun: "申请" });
    }
    Ok(stored)
}

/// Records what happened to a request: supplement, consultation, extension, fee, closing …
/// A reply goes through [`reply`].
pub async fn record_event(
    store: &Store,
    actor: &Actor,
    id: &str,
    event: Event,
    late_reason: &str,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, Action::RequestHandle, &stored.request.unit).await?;
    if matches!(
        event.kind,
        EventKind::Corrected { .. } | EventKind::Replied { .. }
    ) {
        return Err(StoreError::refused(
            "other-door",
            "更正和答复各有自己的页面,请从那里办理。",
        ));
    }
    let calendar = calendar::effective_in(&mut tx).await?;
    let reasons = requests::check_next(
        &stored.request.events,
        &event,
        &calendar,
        store.today(),
        late_reason,
    );
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let detail = json!({"event": event.to_json(), "late_reason": note(late_reason)});
    stored.request.events.push(event);
    let standing = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &standing).await?;
    tx.commit(Done::new("request.event", "request", id, detail))
        .await?;
    Ok(())
}

/// Confirms receipt with the applicant (条例 §31): puts the day of confirmation into the receipt.
pub async fn confirm(store: &Store, actor: &Actor, id: &str, on: Date, seen: i64) -> Result<()> {
    let stored = find(store, actor, id).await?;
    let Some((index, first)) = stored
        .request
        .events
        .iter()
        .enumerate()
        .find(|(_, event)| matches!(event.kind, EventKind::Received { .. }))
    else {
        return Err(StoreError::inconsistent("request", "events", id));
    };
    let EventKind::Received { channel, .. } = first.kind else {
        return Err(StoreError::inconsistent("request", "events", id));
    };
    if on < first.on || on > store.today() {
        return Err(StoreError::NotAllowed(vec![Reason::at(
            "on",
            "confirmed-impossible",
            format!(
                "确认日期 {on} 应在到达日期 {} 和今天 {} 之间(条例 §31)。",
                first.on,
                store.today()
            ),
        )]));
    }
    let to = Event::new(
        first.on,
        EventKind::Received {
            channel,
            confirmed: Some(on),
        },
    );
    let correction = Correction {
        index,
        to: Some(to),
        reason: "与申请人确认收到".to_owned(),
        channel: None,
        applicant_kind: None,
    };
    correct_as(store, actor, id, correction, seen, Action::RequestHandle).await
}

/// The decision goes out: outcome, text, how it was delivered.
#[derive(Clone)]
pub struct Reply {
    /// Day it went out.
    pub on: Date,
    /// The decision.
    pub outcome: Outcome,
    /// How it was delivered.
    pub by: clock::Delivery,
    /// Its text, for the applicant.
    pub text: String,
    /// Why it is late, when it is.
    pub late_reason: String,
}

/// Records the reply.
pub async fn reply(store: &Store, actor: &Actor, id: &str, reply: Reply, seen: i64) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, Action::RequestReply, &stored.request.unit).await?;
    let calendar = calendar::effective_in(&mut tx).await?;
    let event = Event::new(
        reply.on,
        EventKind::Replied {
            outcome: Some(reply.outcome),
            by: Some(reply.by),
        },
    );
    let mut reasons = requests::check_next(
        &stored.request.events,
        &event,
        &calendar,
        store.today(),
        &reply.late_reason,
    );
    let length = reply.text.chars().count();
    if reply.text.trim().is_empty() {
        reasons.push(Reason::at(
            "text",
            "reply-empty",
            "没有写答复内容,请写明决定、理由和依据(条例 §36)。",
        ));
    } else if length > requests::REPLY_LIMIT {
        reasons.push(Reason::at(
            "text",
            "reply-too-long",
            format!(
                "答复有 {length} 个字,最多 {} 个字,请缩短或另附材料。",
                requests::REPLY_LIMIT
            ),
        ));
    }
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let key = key_of(store, &mut tx, &stored.request.applicant).await?;
    stored.reply = Some(key.seal(
        &keys::bound_to(store.site(), "reply", id),
        reply.text.as_bytes(),
    )?);
    let detail = json!({"event": event.to_json(), "late_reason": note(&reply.late_reason)});
    stored.request.events.push(event);
    let standing = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &standing).await?;
    tx.commit(Done::new("request.reply", "request", id, detail))
        .await?;
    Ok(())
}

fn note(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// What puts a mistyped registration right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Which event of the list is undone, from 0.
    pub index: usize,
    /// The right event; none: it did not happen.
    pub to: Option<Event>,
    /// Why.
    pub reason: String,
    /// The right channel of the request, when that was mistyped.
    pub channel: Option<RequestChannel>,
    /// The right kind of applicant, when that was mistyped.
    pub applicant_kind: Option<ApplicantKind>,
}

/// Corrects a mistyped registration: the first entry stays in the journal and in the list of
/// events, and every date is reckoned anew.
pub async fn correct(
    store: &Store,
    actor: &Actor,
    id: &str,
    correction: Correction,
    seen: i64,
) -> Result<()> {
    correct_as(store, actor, id, correction, seen, Action::RequestCorrect).await
}

async fn correct_as(
    store: &Store,
    actor: &Actor,
    id: &str,
    correction: Correction,
    seen: i64,
    action: Action,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, action, &stored.request.unit).await?;
    let calendar = calendar::effective_in(&mut tx).await?;
    let before = requests::standing(&calendar, &stored.request.events);
    let today = store.today();
    let event = Event::new(
        today,
        EventKind::Corrected {
            index: Some(correction.index),
            of: None,
            reason: correction.reason.trim().to_owned(),
            to: correction.to.clone().map(Box::new),
        },
    );
    let mut reasons = Vec::new();
    if correction.reason.trim().is_empty() {
        reasons.push(Reason::at(
            "reason",
            "reason-empty",
            "没有写更正的理由,请写明。",
        ));
    }
    if let Some(to) = correction.to.as_ref().filter(|to| to.on > today) {
        reasons.push(Reason::at(
            "on",
            "in-future",
            format!("日期 {} 晚于今天 {today},请核对。", to.on),
        ));
    }
    let mut events = stored.request.events.clone();
    events.push(event.clone());
    reasons.extend(
        clock::check_order(&events)
            .into_iter()
            .map(|problem| Reason::at("on", "order", problem)),
    );
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    stored.request.events = events;
    let was = (stored.request.channel, stored.request.applicant_kind);
    stored.request.channel = correction.channel.unwrap_or(was.0);
    stored.request.applicant_kind = correction.applicant_kind.unwrap_or(was.1);
    let after = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &after).await?;
    tx.commit(Done::new(
        "request.correct",
        "request",
        id,
        json!({"event": event.to_json(),
               "channel": [was.0.key(), stored.request.channel.key()],
               "applicant": [was.1.key(), stored.request.applicant_kind.key()],
               "received_on": [before.received_on, after.received_on],
               "due_on": [before.due_on, after.due_on]}),
    ))
    .await?;
    Ok(())
}

/// Gives a request to a person of the same part of the tree.
pub async fn assign(
    store: &Store,
    actor: &Actor,
    id: &str,
    handler: &str,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut stored = load_in(&mut tx, id, seen).await?;
    units::authorize(&mut tx, actor, Action::RequestHandle, &stored.request.unit).await?;
    let taker = crate::people::actor_in(&mut tx, handler).await?;
    units::authorize(&mut tx, &taker, Action::RequestHandle, &stored.request.unit).await?;
    stored.request.handler = Some(handler.to_owned());
    let calendar = calendar::effective_in(&mut tx).await?;
    let standing = requests::standing(&calendar, &stored.request.events);
    update(&mut tx, &stored, &standing).await?;
    tx.commit(Done::new(
        "request.assign",
        "request",
        id,
        json!({"handler": handler}),
    ))
    .await?;
    Ok(())
}

/// A tracked request: what the one who holds the code may see.
#[derive(Debug, Clone)]
pub struct Tracked {
    /// The request.
    pub request: Request,
    /// Name of the unit.
    pub unit_name: String,
    /// What was asked, and the reply.
    pub opened: Opened,
}

/// The request whose receipt bears this code. Spaces, hyphens and case do not matter.
pub async fn track(store: &Store, code: &str) -> Result<Option<Tracked>> {
    let code = normal_code(code);
    if code.len() < 12 || code.len() > 40 {
        return Ok(None);
    }
    let digest = store.keys.keyed_hash("tracking", &code);
    let row = store
        .db
        .one(BY_TRACKING, args![store.site(), digest])
        .await?;
    let Some(stored) = row.as_ref().map(read).transpose()? else {
        return Ok(None);
    };
    let unit = units::find(store, &stored.request.unit).await?;
    let opened = unseal(store, &stored).await?;
    Ok(Some(Tracked {
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        request: stored.request,
        opened,
    }))
}

/// The code of a receipt: derived from the form's own key under the master key, so that a form
/// sent twice gives the same code, and nobody else can make it.
fn tracking_code(store: &Store, submission: &str) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digest = store.keys.keyed_hash("tracking-code", submission);
    let mut code = String::new();
    for (i, pair) in digest.as_bytes().chunks(2).take(16).enumerate() {
        if i > 0 && i % 4 == 0 {
            code.push('-');
        }
        let byte = std::str::from_utf8(pair)
            .ok()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        code.push(char::from(LETTERS[usize::from(byte.unwrap_or(0) % 32)]));
    }
    code
}

fn normal_code(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Destroys an applicant's key: what the applicant said can no longer be read, here and in every
/// backup that is restored with a later state; the journal and the counts stay valid.
pub async fn erase_applicant(store: &Store, actor: &Actor, request: &str, seen: i64) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let stored = load_in(&mut tx, request, seen).await?;
    units::authorize(&mut tx, actor, Action::ApplicantErase, &stored.request.unit).await?;
    let site = tx.site().to_owned();
    let seq = tx.seq();
    tx.execute(
        ERASE_APPLICANT,
        args![
            site.as_str(),
            stored.request.applicant.as_str(),
            None::<Vec<u8>>,
            seq
        ],
    )
    .await?;
    tx.commit(Done::new(
        "applicant.erase",
        "applicant",
        &stored.request.applicant,
        json!({"request": request}),
    ))
    .await?;
    Ok(())
}

/// One open request whose due date a changed calendar moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Id.
    pub id: String,
    /// 登记编号.
    pub number: String,
    /// Due date before.
    pub from: Option<Date>,
    /// Due date after.
    pub to: Option<Date>,
}

/// Reckons every open request anew under a calendar and writes what changed; closed ones stay.
pub(crate) async fn recompute(tx: &mut Tx, calendar: &Calendar) -> Result<Vec<Moved>> {
    let mut moved = Vec::new();
    for stored in open_ones(tx).await? {
        let standing = requests::standing(calendar, &stored.1.request.events);
        if standing.due_on != stored.0 {
            moved.push(Moved {
                id: stored.1.request.id.clone(),
                number: stored.1.request.number.clone(),
                from: stored.0,
                to: standing.due_on,
            });
            update(tx, &stored.1, &standing).await?;
        }
    }
    Ok(moved)
}

async fn open_ones(tx: &mut Tx) -> Result<Vec<(Option<Date>, Stored)>> {
    let site = tx.site().to_owned();
    let sql = format!(
        "SELECT {COLUMNS}, due_on FROM request WHERE site = $1 AND closed_on IS NULL ORDER BY id"
    );
    let rows = tx.all(AssertSqlSafe(sql), args![site.as_str()]).await?;
    rows.iter()
        .map(|row| Ok((row.date_opt(12)?, read(row)?)))
        .collect()
}

/// Which open requests a calendar would move, without changing anything.
pub async fn preview(store: &Store, calendar: &Calendar) -> Result<Vec<Moved>> {
    let sql = format!(
        "SELECT {COLUMNS}, due_on FROM request WHERE site = $1 AND closed_on IS NULL ORDER BY id"
    );
    let rows = store
        .db
        .all(AssertSqlSafe(sql), args![store.site()])
        .await?;
    let mut moved = Vec::new();
    for row in &rows {
        let stored = read(row)?;
        let from = row.date_opt(12)?;
        let to = requests::standing(calendar, &stored.request.events).due_on;
        if from != to {
            moved.push(Moved {
                id: stored.request.id,
                number: stored.request.number,
                from,
                to,
            });
        }
    }
    Ok(moved)
}

/// Requests whose stored standing differs from what their events say: id, version and a sentence,
/// for `verify`.
pub(crate) async fn verify(store: &Store) -> Result<Vec<(String, i64, String)>> {
    let calendar = calendar::effective(store).await?;
    let sql = format!(
        "SELECT {COLUMNS}, state, due_on, closed_on, outcome, received_on FROM request WHERE site = $1 ORDER BY id"
    );
    let rows = store
        .db
        .all(AssertSqlSafe(sql), args![store.site()])
        .await?;
    let mut faults = Vec::new();
    for row in &rows {
        let stored = read(row)?;
        let standing = requests::standing(&calendar, &stored.request.events);
        let same = row.text(12)? == standing.state.key()
            && row.date_opt(14)? == standing.closed_on
            && row.text_opt(15)?.as_deref() == standing.outcome.map(Outcome::key)
            && row.date_opt(16)? == standing.received_on
            // A notice loaded after the closing never moves a closed request.
            && (standing.closed_on.is_some() || row.date_opt(13)? == standing.due_on);
        if !same {
            let text = format!(
                "申请 {}(登记编号 {})保存的状态或日期与它的办理环节不符。",
                stored.request.id, stored.request.number
            );
            faults.push((stored.request.id, stored.request.seq, text));
        }
    }
    Ok(faults)
}

/// The request as it is exported, its subject with personal numbers masked.
pub(crate) async fn record(store: &Store, id: &str) -> Result<Option<RequestRecord>> {
    let row = store.db.one(BY_ID, args![store.site(), id]).await?;
    let Some(stored) = row.as_ref().map(read).transpose()? else {
        return Ok(None);
    };
    let subject = unseal(store, &stored).await?.subject.unwrap_or_default();
    Ok(Some(crate::export::request_record(
        &stored,
        office::masking::mask(&subject),
    )))
}

/// The request as an import would have to repeat it.
pub(crate) async fn record_in(
    store: &Store,
    tx: &mut Tx,
    id: &str,
) -> Result<Option<RequestRecord>> {
    let site = tx.site().to_owned();
    let Some(row) = tx.one(BY_ID, args![site.as_str(), id]).await? else {
        return Ok(None);
    };
    let stored = read(&row)?;
    let key = key_of(store, tx, &stored.request.applicant).await?;
    let subject = key.open(&keys::bound_to(&site, "subject", id), &stored.subject)?;
    let subject = String::from_utf8(subject)
        .map_err(|_| StoreError::inconsistent("request", "subject", id))?;
    Ok(Some(crate::export::request_record(&stored, subject)))
}

pub(crate) async fn exists_in(tx: &mut Tx, id: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    Ok(tx.one(BY_ID, args![site.as_str(), id]).await?.is_some())
}

pub(crate) async fn number_taken_in(tx: &mut Tx, unit: &str, number: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    Ok(tx
        .one(NUMBER_TAKEN, args![site.as_str(), unit, number])
        .await?
        .is_some())
}

pub(crate) async fn applicant_exists_in(tx: &mut Tx, id: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    Ok(tx.one(APPLICANT, args![site.as_str(), id]).await?.is_some())
}

/// Whether the request was filed at the public door and can be tracked.
pub fn is_tracked(stored: &Stored) -> bool {
    stored.tracking.is_some()
}
