//! Lists of requests, without a word of the applicant.

use crate::args;
use crate::clause::Clause;
use crate::db::{AssertSqlSafe, Row};
use crate::{Result, Store, StoreError};
use office::permissions::{Action, Actor};
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use statute::clock::State;
use statute::{Date, Outcome};

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

/// States in which the term begins anew with what the applicant does next (条例 §30; 国办函〔2020〕109号),
/// so that the day reckoned so far makes nothing late.
pub(crate) const WAITS_FOR_APPLICANT: &str = "('supplement-asked', 'fee-notified')";

/// What a list of requests is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only of this unit.
    pub unit: Option<String>,
    /// Only open ones (`Some(true)`) or closed ones.
    pub open: Option<bool>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only open, due on or before this day, and not waiting for the applicant.
    pub due_by: Option<Date>,
    /// Only open, due on or after this day, and not waiting for the applicant.
    pub due_from: Option<Date>,
    /// The rest of the open ones: due after this day or on none, or waiting for the applicant.
    pub due_after: Option<Date>,
    /// Only with this number, or a part of it.
    pub number: Option<String>,
    /// Only those handled by this person.
    pub handler: Option<String>,
    /// Only those handled by this person or nobody yet, in units where the actor may handle them.
    pub waiting_for: Option<String>,
}

/// The pattern of a LIKE, escaped by `!`, for texts that hold this one.
pub(crate) fn containing(text: &str) -> String {
    let text: String = text.chars().take(100).collect();
    let text = text
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{text}%")
}

/// What an actor sees of requests, in order of due date, open ones first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
    size: u32,
) -> Result<crate::documents::Page<Listed>> {
    let heads = actor.scope(match filter.waiting_for {
        Some(_) => Action::RequestHandle,
        None => Action::RequestRead,
    });
    let mut clause = Clause::new("r.site = $1", args![store.site()]);
    clause.below("r", heads.iter().map(String::as_str));
    if let Some(unit) = &filter.unit {
        let value = clause.bind(unit.as_str());
        clause.and(&format!("r.unit = {value}"));
    }
    match filter.open {
        Some(true) => clause.and("r.closed_on IS NULL"),
        Some(false) => clause.and("r.closed_on IS NOT NULL"),
        None => {}
    }
    if let Some(state) = filter.state {
        let value = clause.bind(state.key());
        clause.and(&format!("r.state = {value}"));
    }
    for (day, test) in [(filter.due_by, "<="), (filter.due_from, ">=")] {
        if let Some(day) = day {
            let value = clause.bind(day);
            clause.and(&format!(
                "r.closed_on IS NULL AND r.due_on {test} {value} \
                 AND r.state NOT IN {WAITS_FOR_APPLICANT}"
            ));
        }
    }
    if let Some(day) = filter.due_after {
        let value = clause.bind(day);
        clause.and(&format!(
            "r.closed_on IS NULL AND (r.due_on IS NULL OR r.due_on > {value} \
             OR r.state IN {WAITS_FOR_APPLICANT})"
        ));
    }
    if let Some(number) = &filter.number {
        let pattern = containing(number);
        let value = clause.bind(pattern);
        clause.and(&format!("r.number LIKE {value} ESCAPE '!'"));
    }
    if let Some(handler) = &filter.handler {
        let value = clause.bind(handler.as_str());
        clause.and(&format!("r.handler = {value}"));
    }
    if let Some(handler) = &filter.waiting_for {
        let value = clause.bind(handler.as_str());
        clause.and(&format!("(r.handler IS NULL OR r.handler = {value})"));
    }
    let Clause { sql, mut args } = clause;
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
