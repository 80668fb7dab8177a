//! Export: records as JSON Lines, all of them for the operator or what is public.
//!
//! What applicants said of themselves never leaves; what they asked for leaves only in the
//! operator's export, with numbers of identity cards, telephones and bank cards masked.

use crate::args;
use crate::db::AssertSqlSafe;
use crate::documents::{self, public_where};
use crate::{Result, Store, StoreError, Tx, requests, units};
use office::documents::{Document, Status};
use office::figures::DecisionKind;
use office::records::{
    CaseRecord, DecisionRecord, DocumentRecord, EntryRecord, FeeIncomeRecord, Record,
    RequestRecord, UnitRecord,
};
use office::units::Unit;
use statute::case::{CaseResult, Track};

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
    // A document that was taken down is not offered again as published by whoever reads this.
    let published_on = document
        .published_on
        .filter(|_| document.status == Status::Published);
    Record::Document(DocumentRecord {
        id: document.id,
        unit: document.unit,
        kind: document.kind,
        title: document.title,
        number: document.number,
        written_on: document.written_on,
        attribute: document.attribute,
        basis: document.basis,
        published_on,
        channels: document.channels,
        in_force_from: document.in_force_from,
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
const CHUNK: i64 = 500;

/// Hands each record to `sink` in an order in which it can be imported again.
///
/// # Errors
/// Of the store, or of the sink.
pub async fn records(
    store: &Store,
    choice: Choice,
    mut sink: impl FnMut(&Record) -> Result<()>,
) -> Result<()> {
    let mut units = units::all(store).await?;
    // Each after the one above it.
    let mut done: std::collections::HashSet<String> = std::collections::HashSet::new();
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
    export_documents(store, choice, &mut sink).await?;
    if choice.public {
        return Ok(());
    }
    export_rest(store, choice, &mut sink).await
}

async fn export_documents(
    store: &Store,
    choice: Choice,
    sink: &mut impl FnMut(&Record) -> Result<()>,
) -> Result<()> {
    let (from, to) = years(choice);
    let which = if choice.public {
        format!(
            "{} AND d.published_on BETWEEN $3 AND $4",
            public_where("$2")
        )
    } else {
        // Drafts are on their way and no facts yet.
        "d.status IN ('published', 'filed', 'withdrawn') AND CAST($2 AS TEXT) IS NOT NULL AND \
         (d.written_on BETWEEN $3 AND $4 OR d.published_on BETWEEN $3 AND $4)"
            .to_owned()
    };
    let mut after = String::new();
    loop {
        let sql = format!(
            "SELECT d.id FROM document d WHERE d.site = $1 AND {which} AND d.id > $5 ORDER BY d.id LIMIT $6"
        );
        let rows = store
            .db
            .all(
                AssertSqlSafe(sql),
                args![
                    store.site(),
                    store.today(),
                    from.as_str(),
                    to.as_str(),
                    after.as_str(),
                    CHUNK
                ],
            )
            .await?;
        for row in &rows {
            after = row.text(0)?;
            let found = if choice.public {
                documents::find_public(store, &after).await?
            } else {
                documents::find(store, &after).await?
            };
            if let Some(mut document) = found {
                if choice.public
                    && let Some(explained) = &document.explains
                    && documents::find_public(store, explained).await?.is_none()
                {
                    document.explains = None;
                }
                sink(&document_record(document))?;
            }
        }
        if rows.len() < CHUNK as usize {
            return Ok(());
        }
    }
}

async fn export_rest(
    store: &Store,
    choice: Choice,
    sink: &mut impl FnMut(&Record) -> Result<()>,
) -> Result<()> {
    let (from, to) = years(choice);
    let between = || args![store.site(), from.as_str(), to.as_str()];
    const DECISIONS: &str = "SELECT id, unit, kind, decided_on FROM decision WHERE site = $1 AND \
        decided_on BETWEEN $2 AND $3 ORDER BY id";
    for row in &store.db.all(DECISIONS, between()).await? {
        sink(&decision_record(row)?)?;
    }
    const FEES: &str = "SELECT unit, year, fen FROM fee_income WHERE site = $1 ORDER BY unit, year";
    for row in &store.db.all(FEES, args![store.site()]).await? {
        let record = fee_record(row)?;
        if choice
            .year
            .is_none_or(|year| matches!(&record, Record::FeeIncome(fee) if fee.year == year))
        {
            sink(&record)?;
        }
    }
    const REQUESTS: &str = "SELECT id FROM request WHERE site = $1 AND (received_on IS NULL OR \
        received_on <= $3) AND (closed_on IS NULL OR closed_on >= $2) ORDER BY id";
    for row in &store.db.all(REQUESTS, between()).await? {
        if let Some(record) = requests::record(store, &row.text(0)?).await? {
            sink(&Record::Request(record))?;
        }
    }
    const CASES: &str = "SELECT c.id, c.request, c.track, c.filed_on, c.closed_on, c.result FROM legal_case c \
        JOIN request r ON r.site = c.site AND r.id = c.request WHERE c.site = $1 AND \
        (r.received_on IS NULL OR r.received_on <= $3) AND (r.closed_on IS NULL OR r.closed_on >= $2) \
        AND c.filed_on <= $3 ORDER BY c.id";
    for row in &store.db.all(CASES, between()).await? {
        sink(&case_record(row)?)?;
    }
    const ENTRIES: &str = "SELECT id, unit, register, fields FROM entry WHERE site = $1 AND \
        occurred_on <= $3 AND (occurred_on >= $2 OR ended_on IS NULL OR ended_on >= $2) ORDER BY id";
    for row in &store.db.all(ENTRIES, between()).await? {
        sink(&entry_record(row)?)?;
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
        result: row.text_opt(5)?.as_deref().and_then(CaseResult::from_key),
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
        Record::Document(document) => Ok(documents::find_in(tx, &document.id)
            .await?
            .map(document_record)),
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
