//! Export: records as JSON Lines, all of them for the operator or what is public.
//!
//! What applicants said of themselves never leaves; what they asked for leaves only in the
//! operator's export, with numbers of identity cards, telephones and bank cards masked.

use crate::args;
use crate::db::{AssertSqlSafe, Connection};
use crate::documents::{self, public_where};
use crate::{Result, Store, StoreError, Tx, requests, units};
use futures_util::StreamExt;
use office::documents::{Document, Status};
use office::figures::DecisionKind;
use office::records::{
    CaseRecord, DecisionRecord, DocumentRecord, EntryRecord, FeeIncomeRecord, Record,
    RequestRecord, UnitRecord,
};
use office::units::Unit;
use statute::case::{CaseResult, Track};
use statute::channel::PublicationChannel;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choice {
    /// Only records of this year; units always come.
    pub year: Option<i16>,
    /// Only what the public may see: units and public documents.
    pub public: bool,
}

fn unit_record(unit: Unit) -> Record {
    Record::Unit(UnitRecord {
        id: unit.id,
        name: unit.name,
        kind: unit.kind,
        parent: unit.parent,
        code: unit.code,
    })
}

fn document_record(document: Document) -> Record {
    // A document that was taken down is not offered again as published by whoever reads this; that
    // it was in force from its publication stays true.
    let public = document.status == Status::Published;
    let in_force_from = match document.status {
        Status::Withdrawn => document.in_force_from.or(document.published_on),
        _ => document.in_force_from,
    };
    Record::Document(DocumentRecord {
        id: document.id,
        unit: document.unit,
        kind: document.kind,
        title: document.title,
        number: document.number,
        written_on: document.written_on,
        attribute: document.attribute,
        basis: document.basis,
        published_on: document.published_on.filter(|_| public),
        channels: document.channels,
        in_force_from,
        repealed_on: document.repealed_on,
        explains: document.explains,
        body: document.body,
    })
}

fn years(choice: Choice) -> (String, String) {
    match choice.year {
        Some(year) => (format!("{year:04}-01-01"), format!("{year:04}-12-31")),
        None => ("0000-01-01".to_owned(), "9999-12-31".to_owned()),
    }
}

/// How many records are read at a time.
const CHUNK: i64 = 200;

/// Hands each record to `sink` in an order in which it can be imported again, all as they stand at
/// one moment. With a year, what its records refer to comes along.
///
/// # Errors
/// Of the store, or of the sink.
pub async fn records(
    store: &Store,
    choice: Choice,
    mut sink: impl FnMut(&Record) -> Result<()>,
) -> Result<()> {
    let mut held = store.db.snapshot().await?;
    let mut units = units::all_in(&mut held, store.site()).await?;
    // Each after the one above it.
    let mut done: HashSet<String> = HashSet::new();
    while !units.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| {
            unit.parent
                .as_ref()
                .is_none_or(|parent| done.contains(parent))
        });
        if ready.is_empty() {
            return Err(StoreError::inconsistent(
                "unit",
                "parent",
                later.first().map_or("", |unit| &unit.id),
            ));
        }
        for unit in ready {
            done.insert(unit.id.clone());
            sink(&unit_record(unit))?;
        }
        units = later;
    }
    export_documents(store, &mut held, choice, &mut sink).await?;
    if choice.public {
        return Ok(());
    }
    export_rest(store, &mut held, choice, &mut sink).await
}

/// What of the documents may leave: `{day}` stands for the parameter of today.
fn leaves(choice: Choice, alias: &str, day: &str) -> String {
    let text = if choice.public {
        public_where(day)
    } else {
        // Drafts are on their way and no facts yet.
        format!("d.status IN ({FINISHED}) AND CAST({day} AS TEXT) IS NOT NULL")
    };
    text.replace("d.", &format!("{alias}."))
}

/// The states in which a document is a fact.
const FINISHED: &str = "'published', 'filed', 'withdrawn'";

async fn export_documents(
    store: &Store,
    held: &mut Connection,
    choice: Choice,
    sink: &mut impl FnMut(&Record) -> Result<()>,
) -> Result<()> {
    let (from, to) = years(choice);
    let day = if choice.public {
        "d.published_on BETWEEN $3 AND $4"
    } else {
        "(d.written_on BETWEEN $3 AND $4 OR d.published_on BETWEEN $3 AND $4)"
    };
    let sql = format!(
        "SELECT {} FROM document d WHERE d.site = $1 AND {} AND {day} AND d.id > $5 ORDER BY d.id LIMIT $6",
        columns(choice),
        leaves(choice, "d", "$2")
    );
    // With a year: what went out, and what that refers to.
    let (mut gone, mut referred) = (HashSet::new(), BTreeSet::new());
    let mut after = String::new();
    loop {
        let values = args![
            store.site(),
            store.today(),
            from.as_str(),
            to.as_str(),
            after.as_str(),
            CHUNK
        ];
        let rows = held.all(AssertSqlSafe(sql.clone()), values).await?;
        let found = rows
            .iter()
            .map(documents::read)
            .collect::<Result<Vec<_>>>()?;
        for document in with_channels(store, held, found).await? {
            after.clone_from(&document.id);
            if choice.year.is_some() {
                gone.insert(document.id.clone());
                referred.extend(document.explains.clone());
            }
            sink(&document_record(document))?;
        }
        if rows.len() < CHUNK as usize {
            break;
        }
    }
    let sql = format!(
        "SELECT {} FROM document d WHERE d.site = $1 AND {} AND d.id = $3",
        columns(choice),
        leaves(choice, "d", "$2")
    );
    while let Some(id) = referred.pop_first() {
        if !gone.insert(id.clone()) {
            continue;
        }
        let values = args![store.site(), store.today(), id];
        let row = held.one(AssertSqlSafe(sql.clone()), values).await?;
        let found = row.iter().map(documents::read).collect::<Result<_>>()?;
        for document in with_channels(store, held, found).await? {
            referred.extend(document.explains.clone());
            sink(&document_record(document))?;
        }
    }
    Ok(())
}

/// The columns of a document, a reference to what does not leave left out.
fn columns(choice: Choice) -> String {
    documents::COLUMNS.replace(
        "d.explains",
        &format!(
            "CASE WHEN EXISTS (SELECT 1 FROM document e WHERE e.site = d.site AND e.id = d.explains \
             AND {}) THEN d.explains ELSE NULL END",
            leaves(choice, "e", "$2")
        ),
    )
}

/// Documents in order of id, with their channels.
async fn with_channels(
    store: &Store,
    held: &mut Connection,
    mut found: Vec<Document>,
) -> Result<Vec<Document>> {
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Ok(found);
    };
    let values = args![store.site(), first.id.as_str(), last.id.as_str()];
    let mut channels: HashMap<String, Vec<PublicationChannel>> = HashMap::new();
    for row in &held.all(CHANNELS, values).await? {
        let id = row.text(0)?;
        let channel = PublicationChannel::from_key(&row.text(1)?)
            .ok_or_else(|| StoreError::inconsistent("document_channel", "channel", &id))?;
        channels.entry(id).or_default().push(channel);
    }
    for document in &mut found {
        document.channels = channels.remove(&document.id).unwrap_or_default();
        document.channels.sort();
    }
    Ok(found)
}

const CHANNELS: &str = "SELECT document, channel FROM document_channel WHERE site = $1 \
    AND document BETWEEN $2 AND $3 ORDER BY document, channel";
const DECISIONS: &str = "SELECT id, unit, kind, decided_on FROM decision WHERE site = $1 AND \
    withdrawn = 0 AND decided_on BETWEEN $2 AND $3 ORDER BY id";
const FEES: &str = "SELECT unit, year, fen FROM fee_income WHERE site = $1 ORDER BY unit, year";
/// A case counts in its own years, whenever its request ended.
const CASES: &str = "SELECT c.id, c.request, c.track, c.filed_on, c.closed_on, c.result \
    FROM legal_case c WHERE c.site = $1 AND c.filed_on <= $3 AND \
    (c.filed_on >= $2 OR c.closed_on IS NULL OR c.closed_on >= $2) ORDER BY c.id";
const ENTRIES: &str = "SELECT id, unit, register, fields, occurred_on FROM entry WHERE site = $1 AND \
    occurred_on <= $3 AND (occurred_on >= $2 OR ended_on IS NULL OR ended_on >= $2) ORDER BY id";

async fn export_rest(
    store: &Store,
    held: &mut Connection,
    choice: Choice,
    sink: &mut impl FnMut(&Record) -> Result<()>,
) -> Result<()> {
    let (from, to) = years(choice);
    let between = || args![store.site(), from.as_str(), to.as_str()];
    let mut rows = held.stream(DECISIONS, between())?;
    while let Some(row) = rows.next().await {
        sink(&decision_record(&row?)?)?;
    }
    drop(rows);
    let mut rows = held.stream(FEES, args![store.site()])?;
    while let Some(row) = rows.next().await {
        let record = fee_record(&row?)?;
        if choice
            .year
            .is_none_or(|year| matches!(&record, Record::FeeIncome(fee) if fee.year == year))
        {
            sink(&record)?;
        }
    }
    drop(rows);
    let mut after = String::new();
    loop {
        let found = requests::records_in(store, held, (&from, &to), &after, CHUNK).await?;
        let Some(last) = found.last() else { break };
        after.clone_from(&last.id);
        for record in found {
            sink(&Record::Request(record))?;
        }
    }
    let mut rows = held.stream(CASES, between())?;
    while let Some(row) = rows.next().await {
        sink(&case_record(&row?)?)?;
    }
    drop(rows);
    let mut rows = held.stream(ENTRIES, between())?;
    while let Some(row) = rows.next().await {
        let row = row?;
        let lasts = office::registers::register(&row.text(2)?)
            .is_some_and(|register| register.ended.is_some());
        // What happened on one day belongs to its year alone.
        if lasts || row.text(4)? >= from {
            sink(&entry_record(&row)?)?;
        }
    }
    Ok(())
}

fn decision_record(row: &crate::Row) -> Result<Record> {
    let id = row.text(0)?;
    Ok(Record::Decision(DecisionRecord {
        unit: row.text(1)?,
        kind: DecisionKind::from_key(&row.text(2)?)
            .ok_or_else(|| StoreError::inconsistent("decision", "kind", &id))?,
        decided_on: row.date(3)?,
        id,
    }))
}

fn fee_record(row: &crate::Row) -> Result<Record> {
    let unit = row.text(0)?;
    let year = i16::try_from(row.int(1)?)
        .map_err(|_| StoreError::inconsistent("fee_income", "year", &unit))?;
    Ok(Record::FeeIncome(FeeIncomeRecord {
        unit,
        year,
        fen: row.int(2)?,
    }))
}

fn case_record(row: &crate::Row) -> Result<Record> {
    let id = row.text(0)?;
    Ok(Record::Case(CaseRecord {
        request: row.text(1)?,
        track: Track::from_key(&row.text(2)?)
            .ok_or_else(|| StoreError::inconsistent("legal_case", "track", &id))?,
        filed_on: row.date(3)?,
        closed_on: row.date_opt(4)?,
        result: match row.text_opt(5)? {
            Some(key) => Some(
                CaseResult::from_key(&key)
                    .ok_or_else(|| StoreError::inconsistent("legal_case", "result", &id))?,
            ),
            None => None,
        },
        id,
    }))
}

fn entry_record(row: &crate::Row) -> Result<Record> {
    let id = row.text(0)?;
    Ok(Record::Entry(EntryRecord {
        unit: row.text(1)?,
        register: row.text(2)?,
        fields: serde_json::from_str(&row.text(3)?)
            .map_err(|_| StoreError::inconsistent("entry", "fields", &id))?,
        id,
    }))
}

/// The stored record with the identity of this one, for an import that repeats it.
pub(crate) async fn stored(store: &Store, tx: &mut Tx, record: &Record) -> Result<Option<Record>> {
    let site = tx.site().to_owned();
    let site = site.as_str();
    match record {
        Record::Unit(unit) => Ok(units::find_in(tx, &unit.id).await?.map(unit_record)),
        Record::Document(document) => {
            let Some(mut found) = documents::find_in(tx, &document.id).await? else {
                return Ok(None);
            };
            // As it would leave: a reference to a draft stays behind.
            if let Some(explained) = &found.explains
                && !documents::find_in(tx, explained).await?.is_some_and(|e| {
                    matches!(
                        e.status,
                        Status::Published | Status::Filed | Status::Withdrawn
                    )
                })
            {
                found.explains = None;
            }
            Ok(Some(document_record(found)))
        }
        Record::Decision(decision) => {
            const ONE: &str =
                "SELECT id, unit, kind, decided_on FROM decision WHERE site = $1 AND id = $2";
            tx.one(ONE, args![site, decision.id.as_str()])
                .await?
                .as_ref()
                .map(decision_record)
                .transpose()
        }
        Record::FeeIncome(fee) => {
            const ONE: &str = "SELECT unit, year, fen FROM fee_income WHERE site = $1 AND unit = $2 AND year = $3";
            tx.one(ONE, args![site, fee.unit.as_str(), i64::from(fee.year)])
                .await?
                .as_ref()
                .map(fee_record)
                .transpose()
        }
        Record::Request(request) => {
            Ok(
                requests::record_in(store, tx, &request.id, &request.subject)
                    .await?
                    .map(Record::Request),
            )
        }
        Record::Case(case) => {
            const ONE: &str = "SELECT id, request, track, filed_on, closed_on, result FROM legal_case WHERE site = $1 AND id = $2";
            tx.one(ONE, args![site, case.id.as_str()])
                .await?
                .as_ref()
                .map(case_record)
                .transpose()
        }
        Record::Entry(entry) => {
            const ONE: &str =
                "SELECT id, unit, register, fields FROM entry WHERE site = $1 AND id = $2";
            tx.one(ONE, args![site, entry.id.as_str()])
                .await?
                .as_ref()
                .map(entry_record)
                .transpose()
        }
    }
}

pub(crate) fn request_record(stored: &requests::Stored, subject: String) -> RequestRecord {
    let request = &stored.request;
    RequestRecord {
        id: request.id.clone(),
        unit: request.unit.clone(),
        number: Some(request.number.clone()),
        applicant: request.applicant_kind,
        // A reference of the sender's goes back as it came; our own stays with us.
        applicant_ref: request.applicant.strip_prefix("ref:").map(str::to_owned),
        subject,
        channel: request.channel,
        events: request.events.clone(),
    }
}
