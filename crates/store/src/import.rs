//! Import: history as it happened, all or nothing, in one action with one journal entry.
//!
//! What is malformed or cannot be is refused with its line; what is late or incomplete comes in
//! and is told. The same file again changes nothing; an id that is there with another content is
//! refused, so that nothing is lost.

use crate::args;
use crate::db::Arg;
use crate::requests::{self, Applicant, Sealing};
use crate::{
    Done, Result, Store, StoreError, Tx, calendar, documents, export, keys, registers, units,
};
use office::documents::{Attribute, Document, Status};
use office::permissions::Actor;
use office::records::{CaseRecord, DocumentRecord, Record, RequestRecord, UnitRecord};
use office::requests::Request;
use office::units::{Guide, Unit};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::BufRead;

/// Something wrong with, or to be told of, a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Number of the line, from 1.
    pub line: usize,
    /// The sentence.
    pub text: String,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// New records by type.
    pub new: BTreeMap<&'static str, usize>,
    /// Records that were there already with the same content.
    pub same: usize,
    /// Late or incomplete facts that came in.
    pub remarks: Vec<Told>,
}

/// Why an import was refused: nothing of it came in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Lines that are malformed or cannot be.
    #[error("导入文件有 {} 处问题，没有导入任何内容；请按行号改正后重新导入。", .0.len())]
    Lines(Vec<Told>),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Most problems that are listed; a file with more is told so.
const PROBLEMS_LIMIT: usize = 1000;
/// From so many new records on, PostgreSQL counts its tables anew at once: without statistics it
/// planned the channel counts of a report as a loop of half a minute.
const MANY: usize = 1000;
const ANALYZE_POSTGRES: &str =
    "ANALYZE unit, unit_above, document, document_channel, request, applicant, legal_case, entry";
/// Largest file, in bytes: all of it is held in memory, because it comes in whole or not at all.
pub const FILE_LIMIT: u64 = 512 * 1024 * 1024;

/// Reads JSON Lines and imports them.
///
/// # Errors
/// [`ImportError::Lines`] with every faulty line; nothing has changed then.
pub async fn lines(
    store: &Store,
    actor: &Actor,
    mut reader: impl BufRead,
) -> Result<Imported, ImportError> {
    only_the_operator(actor)?;
    let mut records = Vec::new();
    let mut problems = Vec::new();
    let mut size = 0u64;
    let mut digest = Sha256::new();
    let mut buffer = Vec::new();
    for number in 1.. {
        buffer.clear();
        let read = read_line(&mut reader, &mut buffer)
            .map_err(|error| StoreError::io("读取导入文件", error))?;
        if read == 0 {
            break;
        }
        size += read;
        if size > FILE_LIMIT {
            problems.push(Told {
                line: number,
                text: format!(
                    "文件超过 {} MB，请按年份或单位拆成几个文件，先导入单位，再逐个导入。",
                    FILE_LIMIT / 1024 / 1024
                ),
            });
            break;
        }
        digest.update(&buffer);
        if buffer.len() > office::records::LINE_LIMIT {
            problems.push(Told {
                line: number,
                text: format!(
                    "这一行超过 {} 字节，请拆分正文，或核对换行符。",
                    office::records::LINE_LIMIT
                ),
            });
            continue;
        }
        let Ok(text) = std::str::from_utf8(&buffer) else {
            problems.push(Told {
                line: number,
                text: "不是 UTF-8 编码的文字，请把文件另存为 UTF-8。".to_owned(),
            });
            continue;
        };
        // Editors on Windows put a mark at the beginning of the file.
        let text = if number == 1 {
            text.trim_start_matches('\u{feff}')
        } else {
            text
        };
        if text.trim().is_empty() {
            continue;
        }
        match Record::parse(text.trim()) {
            Ok(record) => records.push((number, record)),
            Err(found) => {
                problems.extend(found.into_iter().map(|text| Told { line: number, text }))
            }
        }
        if problems.len() > PROBLEMS_LIMIT {
            break;
        }
    }
    if !problems.is_empty() {
        return Err(ImportError::Lines(at_most(problems)));
    }
    records_of(store, actor, records, &keys::hex(&digest.finalize())).await
}

/// A line with its end; of one that is too long the beginning is kept and the rest passed over.
/// Returns how many bytes were read, never more than a file may have.
fn read_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>) -> std::io::Result<u64> {
    use std::io::Read;
    let limit = office::records::LINE_LIMIT + 2;
    let mut read = 0u64;
    let mut piece = Vec::new();
    while read <= FILE_LIMIT {
        piece.clear();
        let got = reader
            .by_ref()
            .take(limit as u64)
            .read_until(b'\n', &mut piece)?;
        read += got as u64;
        let room = limit.saturating_sub(buffer.len());
        buffer.extend(piece.iter().take(room));
        if got == 0 || piece.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(read)
}

/// History comes in by command alone: a page has the rules of the live doors.
fn only_the_operator(actor: &Actor) -> Result<()> {
    if actor.id == "operator" {
        Ok(())
    } else {
        Err(StoreError::refused(
            "operator-only",
            "历史数据只能由运维人员用命令行导入，请联系运维人员。",
        ))
    }
}

/// The first problems, and a word about the rest.
fn at_most(mut problems: Vec<Told>) -> Vec<Told> {
    problems.sort_by_key(|told| told.line);
    if problems.len() > PROBLEMS_LIMIT {
        problems.truncate(PROBLEMS_LIMIT);
        let line = problems.last().map_or(0, |told| told.line);
        problems.push(Told {
            line,
            text: format!("问题太多，只列出前 {PROBLEMS_LIMIT} 处；改正后再导入，会列出其余的。"),
        });
    }
    problems
}

/// Imports records that were read or made; `digest` names the source in the journal.
pub async fn records_of(
    store: &Store,
    actor: &Actor,
    records: Vec<(usize, Record)>,
    digest: &str,
) -> Result<Imported, ImportError> {
    only_the_operator(actor)?;
    let mut tx = store.begin(actor).await?;
    let calendar = calendar::effective_in(&mut tx).await?;
    let mut batch = Batch {
        store,
        problems: Vec::new(),
        imported: Imported::default(),
    };
    let fresh = batch.sort_out(&mut tx, records).await?;
    let known = batch.check_references(&mut tx, &fresh).await?;
    if !batch.problems.is_empty() {
        return Err(ImportError::Lines(at_most(batch.problems)));
    }
    for (line, record) in &fresh {
        *batch.imported.new.entry(record.noun()).or_default() += 1;
        let remarks = record.remarks(&calendar).into_iter();
        batch
            .imported
            .remarks
            .extend(remarks.map(|text| Told { line: *line, text }));
        if let Some(day) = office::records::latest_fact(record).filter(|day| *day > store.today()) {
            batch.imported.remarks.push(Told {
                line: *line,
                text: format!("日期 {day} 晚于今天 {}，请核对。", store.today()),
            });
        }
    }
    let imported = batch.imported;
    if fresh.is_empty() {
        tx.rollback().await?;
        return Ok(imported);
    }
    let many = fresh.len() >= MANY;
    write(store, &mut tx, &calendar, fresh, known).await?;
    if many && store.db.engine() == crate::db::Engine::Postgres {
        tx.execute(ANALYZE_POSTGRES, args![]).await?;
    }
    tx.commit(Done::new(
        "records.import",
        "import",
        digest,
        json!({"new": imported.new, "same": imported.same, "sha256": digest}),
    ))
    .await?;
    Ok(imported)
}

struct Batch<'a> {
    store: &'a Store,
    problems: Vec<Told>,
    imported: Imported,
}

/// Units with their codes, by id, that the new records may refer to.
type Codes = HashMap<String, Option<String>>;

impl Batch<'_> {
    fn problem(&mut self, line: usize, text: String) {
        self.problems.push(Told { line, text });
    }

    /// Drops what is there already with the same content; refuses ids used for something else.
    async fn sort_out(
        &mut self,
        tx: &mut Tx,
        records: Vec<(usize, Record)>,
    ) -> Result<Vec<(usize, Record)>> {
        let mut seen: HashMap<(&'static str, String), usize> = HashMap::new();
        let mut fresh: Vec<(usize, Record)> = Vec::new();
        let empty = is_empty(tx).await?;
        for (line, record) in records {
            let key = (record.noun(), record.id());
            if let Some(before) = seen.get(&key) {
                let text = format!(
                    "{} 的编号“{}”在第 {before} 行已经用过，同一文件里不能重复。",
                    key.0, key.1
                );
                self.problem(line, text);
                continue;
            }
            let there = if empty {
                None
            } else {
                export::stored(self.store, tx, &record).await?
            };
            match there {
                Some(there) if same(&there, &record) => self.imported.same += 1,
                Some(_) => {
                    let text = format!(
                        "{} 的编号“{}”已经用于另一条内容不同的记录；重复导入须内容相同，新的记录请用新的编号。",
                        key.0, key.1
                    );
                    self.problem(line, text);
                }
                None => fresh.push((line, record)),
            }
            seen.insert(key, line);
        }
        Ok(fresh)
    }

    async fn check_references(&mut self, tx: &mut Tx, fresh: &[(usize, Record)]) -> Result<Codes> {
        let mut codes = Codes::new();
        let mut new_documents = HashSet::new();
        let mut new_requests = HashMap::new();
        for (_, record) in fresh {
            match record {
                Record::Unit(unit) => {
                    codes.insert(unit.id.clone(), unit.code.clone());
                }
                Record::Document(document) => {
                    new_documents.insert(document.id.as_str());
                }
                Record::Request(request) => {
                    let arrived = request.events.first().map(|event| event.on);
                    new_requests.insert(request.id.as_str(), arrived);
                }
                _ => {}
            }
        }
        let mut numbers: HashSet<(&str, &str)> = HashSet::new();
        for (line, record) in fresh {
            let unit = match record {
                Record::Unit(unit) => unit.parent.as_deref(),
                Record::Document(document) => Some(document.unit.as_str()),
                Record::Decision(decision) => Some(decision.unit.as_str()),
                Record::FeeIncome(fee) => Some(fee.unit.as_str()),
                Record::Request(request) => Some(request.unit.as_str()),
                Record::Entry(entry) => Some(entry.unit.as_str()),
                Record::Case(_) => None,
            };
            if let Some(unit) = unit
                && !codes.contains_key(unit)
            {
                match units::find_in(tx, unit).await? {
                    Some(found) => {
                        codes.insert(found.id, found.code);
                    }
                    None => self.problem(
                        *line,
                        format!("没有单位“{unit}”，请先导入它(unit)，或核对编号。"),
                    ),
                }
            }
            if let Record::Request(RequestRecord {
                applicant_ref: Some(reference),
                ..
            }) = record
                && requests::erased_in(tx, &format!("ref:{reference}")).await?
            {
                self.problem(
                    *line,
                    format!("申请人“{reference}”的信息已经按要求销毁，不能再导入他的申请。"),
                );
            }
            match record {
                Record::Document(DocumentRecord {
                    explains: Some(explains),
                    ..
                }) if !new_documents.contains(explains.as_str())
                    && documents::find_in(tx, explains).await?.is_none() =>
                {
                    self.problem(
                        *line,
                        format!("没有被解读的文件“{explains}”，请先导入它，或核对编号。"),
                    );
                }
                Record::Case(CaseRecord {
                    request, filed_on, ..
                }) if let Some(Some(arrived)) = new_requests.get(request.as_str())
                    && filed_on < arrived =>
                {
                    self.problem(
                        *line,
                        format!("提起日期 {filed_on} 早于收到申请的 {arrived}，这样的先后不可能。"),
                    );
                }
                Record::Case(CaseRecord { request, .. })
                    if !new_requests.contains_key(request.as_str())
                        && !requests::exists_in(tx, request).await? =>
                {
                    self.problem(
                        *line,
                        format!("没有申请“{request}”，请先导入它，或核对编号。"),
                    );
                }
                Record::Request(RequestRecord {
                    unit,
                    number: Some(number),
                    ..
                }) => {
                    let twice = !numbers.insert((unit.as_str(), number.as_str()))
                        || requests::number_taken_in(tx, unit, number).await?;
                    if twice {
                        self.problem(
                            *line,
                            format!("登记编号“{number}”在本单位已经用过，请核对。"),
                        );
                    }
                }
                _ => {}
            }
        }
        self.check_circles(fresh);
        Ok(codes)
    }

    /// Units above themselves, and documents that explain themselves in a circle.
    fn check_circles(&mut self, fresh: &[(usize, Record)]) {
        let above: HashMap<(bool, &str), (usize, &str)> = fresh
            .iter()
            .filter_map(|(line, record)| match record {
                Record::Unit(unit) => {
                    Some(((true, unit.id.as_str()), (*line, unit.parent.as_deref()?)))
                }
                Record::Document(d) => {
                    Some(((false, d.id.as_str()), (*line, d.explains.as_deref()?)))
                }
                _ => None,
            })
            .collect();
        // Each id is walked over once, however long the chains are.
        let mut walked: HashMap<(bool, &str), (bool, &str)> = HashMap::new();
        let mut starts: Vec<_> = above.keys().copied().collect();
        starts.sort_by_key(|key| above.get(key).map(|(line, _)| *line));
        for start in starts {
            let mut next = start;
            while let Some((line, up)) = above.get(&next) {
                match walked.get(&next) {
                    Some(by) if *by == start => {
                        let what = if next.0 {
                            "上级单位(parent)"
                        } else {
                            "被解读文件(explains)"
                        };
                        self.problem(*line, format!("{what}绕了一圈又回到“{}”，请改正。", next.1));
                        break;
                    }
                    Some(_) => break,
                    None => walked.insert(next, start),
                };
                next = (next.0, *up);
            }
        }
    }
}

async fn is_empty(tx: &mut Tx) -> Result<bool> {
    let site = tx.site().to_owned();
    Ok(tx
        .one(
            "SELECT id FROM unit WHERE site = $1 LIMIT 1",
            args![site.as_str()],
        )
        .await?
        .is_none())
}

/// Whether a stored record says what the line says. What the line left to us (a number, an opaque
/// reference) does not count, nor does the order of channels.
fn same(stored: &Record, line: &Record) -> bool {
    match (stored, line) {
        (Record::Request(a), Record::Request(b)) => {
            let (mut a, mut b) = (a.clone(), b.clone());
            b.events = b.events_with_channel();
            if office::masking::mask(&a.subject) == b.subject {
                // Our own export masks the numbers of persons.
                a.subject.clone_from(&b.subject);
            }
            a.number = a.number.filter(|_| b.number.is_some());
            a.applicant_ref = a.applicant_ref.filter(|_| b.applicant_ref.is_some());
            a == b
        }
        (Record::Document(a), Record::Document(b)) => {
            let (mut a, mut b) = (a.clone(), b.clone());
            a.channels.sort();
            b.channels.sort();
            a == b
        }
        (a, b) => a == b,
    }
}

async fn write(
    store: &Store,
    tx: &mut Tx,
    calendar: &statute::Calendar,
    fresh: Vec<(usize, Record)>,
    codes: Codes,
) -> Result<()> {
    let mut units = Vec::new();
    let mut papers = Vec::new();
    let mut asked = Vec::new();
    let mut rest = Vec::new();
    for (_, record) in fresh {
        match record {
            Record::Unit(unit) => units.push(unit),
            Record::Document(document) => papers.push(document),
            Record::Request(request) => asked.push(request),
            other => rest.push(other),
        }
    }
    write_units(tx, units).await?;
    write_documents(store, tx, papers, &codes).await?;
    write_requests(store, tx, calendar, asked).await?;
    for record in rest {
        match record {
            Record::Decision(d) => {
                registers::insert_decision(tx, &d.id, &d.unit, d.kind, d.decided_on).await?
            }
            Record::FeeIncome(f) => {
                registers::insert_fee_income(tx, &f.unit, f.year, f.fen).await?
            }
            Record::Case(c) => {
                let case = office::cases::LegalCase {
                    id: c.id,
                    request: c.request,
                    track: c.track,
                    filed_on: c.filed_on,
                    closed_on: c.closed_on,
                    result: c.result,
                    seq: 0,
                };
                crate::cases::insert(tx, &case).await?;
            }
            Record::Entry(e) => {
                let register = office::registers::register(&e.register)
                    .ok_or_else(|| StoreError::inconsistent("entry", "register", &e.id))?;
                let projection = office::registers::project(register, &e.fields)
                    .map_err(|_| StoreError::inconsistent("entry", "fields", &e.id))?;
                registers::insert(tx, &e.id, &e.unit, register, &e.fields, &projection).await?;
            }
            Record::Unit(_) | Record::Document(_) | Record::Request(_) => {}
        }
    }
    Ok(())
}

/// Units, each after the one above it.
async fn write_units(tx: &mut Tx, mut left: Vec<UnitRecord>) -> Result<()> {
    let mut position = tx
        .one(
            "SELECT COALESCE(MAX(position), 0) FROM unit WHERE site = $1",
            args![tx.site()],
        )
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    while !left.is_empty() {
        let waiting: BTreeSet<String> = left.iter().map(|unit| unit.id.clone()).collect();
        let (ready, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|unit| {
            unit.parent
                .as_ref()
                .is_none_or(|parent| !waiting.contains(parent))
        });
        for unit in ready {
            position += 1;
            let unit = Unit {
                id: unit.id,
                name: unit.name,
                kind: unit.kind,
                parent: unit.parent,
                code: unit.code,
                guide: Guide::default(),
                position,
                seq: 0,
            };
            units::insert(tx, &unit).await?;
        }
        left = later;
    }
    Ok(())
}

async fn write_documents(
    store: &Store,
    tx: &mut Tx,
    papers: Vec<DocumentRecord>,
    codes: &Codes,
) -> Result<()> {
    let mut counts: BTreeMap<(String, i16), i64> = BTreeMap::new();
    for paper in &papers {
        *counts
            .entry((paper.unit.clone(), paper.written_on.year()))
            .or_default() += 1;
    }
    let mut next: HashMap<(String, i16), i64> = HashMap::new();
    for ((unit, year), count) in counts {
        let last = tx
            .next_block(&format!("index {unit} {year}"), count)
            .await?;
        next.insert((unit, year), last - count + 1);
    }
    let depth = depths(&papers);
    let mut ordered: Vec<DocumentRecord> = papers;
    ordered.sort_by_key(|paper| depth.get(&paper.id).copied().unwrap_or(0));
    let mut rows: Vec<Vec<Arg>> = Vec::new();
    let mut channels: Vec<Vec<Arg>> = Vec::new();
    let (site, seq, now) = (tx.site().to_owned(), tx.seq(), store.now_ms());
    let mut level = 0;
    for paper in ordered {
        let of = depth.get(&paper.id).copied().unwrap_or(0);
        if of != level {
            // What it explains must be there before it.
            tx.insert_many(documents::INSERT_PREFIX, std::mem::take(&mut rows))
                .await?;
            level = of;
        }
        let year = paper.written_on.year();
        let code = codes
            .get(&paper.unit)
            .cloned()
            .flatten()
            .unwrap_or_else(|| paper.unit.clone());
        let number = next.entry((paper.unit.clone(), year)).or_insert(1);
        let document = document_of(paper, format!("{code}/{year}-{number:05}"));
        *number += 1;
        let published_at = document.published_on.map(|_| now);
        rows.push(documents::row_of(
            site.as_str(),
            seq,
            &document,
            published_at,
        ));
        channels.extend(
            document
                .channels
                .iter()
                .map(|channel| args![&site, document.id.as_str(), channel.key()]),
        );
    }
    tx.insert_many(documents::INSERT_PREFIX, rows).await?;
    tx.insert_many(documents::CHANNEL_PREFIX, channels).await?;
    Ok(())
}

/// How many documents of the same file each one explains, one through the other.
fn depths(papers: &[DocumentRecord]) -> HashMap<String, usize> {
    let explains: HashMap<&str, &str> = papers
        .iter()
        .filter_map(|p| Some((p.id.as_str(), p.explains.as_deref()?)))
        .collect();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for paper in papers {
        let mut way = vec![paper.id.as_str()];
        // Circles were refused before; the length of the file bounds the walk all the same.
        while let Some(last) = way.last()
            && !known.contains_key(last)
            && let Some(up) = explains.get(last)
            && way.len() <= papers.len()
        {
            way.push(up);
        }
        let end = way.pop().unwrap_or_default();
        let mut depth = known.get(end).copied().unwrap_or(0);
        known.insert(end, depth);
        for id in way.into_iter().rev() {
            depth += 1;
            known.insert(id, depth);
        }
    }
    papers
        .iter()
        .filter_map(|paper| Some((paper.id.clone(), *known.get(paper.id.as_str())?)))
        .collect()
}

fn document_of(paper: DocumentRecord, index_number: String) -> Document {
    let public = paper.attribute == Attribute::Proactive && paper.published_on.is_some();
    Document {
        id: paper.id,
        unit: paper.unit,
        kind: paper.kind,
        title: paper.title,
        number: paper.number,
        index_number,
        written_on: paper.written_on,
        attribute: paper.attribute,
        basis: paper.basis,
        // History that was never made public is filed: finished, and not on its way to the portal.
        status: if public {
            Status::Published
        } else {
            Status::Filed
        },
        published_on: paper.published_on,
        channels: paper.channels,
        in_force_from: paper.in_force_from,
        repealed_on: paper.repealed_on,
        explains: paper.explains,
        body: paper.body,
        drafter: None,
        reviewer: None,
        secrecy_reviewer: None,
        approver: None,
        remark: None,
        seq: 0,
    }
}

async fn write_requests(
    store: &Store,
    tx: &mut Tx,
    calendar: &statute::Calendar,
    mut asked: Vec<RequestRecord>,
) -> Result<()> {
    // Numbers that are given are taken before any is made.
    asked.sort_by_key(|record| record.number.is_none());
    let mut highest: BTreeMap<(String, i16), i64> = BTreeMap::new();
    for record in &asked {
        let own = record.number.as_deref().and_then(requests::own_form);
        if let Some((year, number)) = own {
            let last = highest.entry((record.unit.clone(), year)).or_default();
            *last = number.max(*last);
        }
    }
    for ((unit, year), last) in highest {
        tx.lift(&format!("request {unit} {year}"), last).await?;
    }
    let mut sealed: HashSet<String> = HashSet::new();
    for record in asked {
        let applicant = match &record.applicant_ref {
            Some(reference) => format!("ref:{reference}"),
            None => format!("req:{}", record.id),
        };
        if !sealed.contains(&applicant) {
            if !requests::applicant_exists_in(tx, &applicant).await? {
                requests::seal_applicant(
                    store,
                    tx,
                    &applicant,
                    record.applicant,
                    &Applicant::default(),
                )
                .await?;
            }
            sealed.insert(applicant.clone());
        }
        let events = record.events_with_channel();
        let year = events.first().map_or(store.today(), |event| event.on);
        let number = match record.number {
            Some(number) => number,
            None => requests::next_number(tx, &record.unit, year).await?,
        };
        let request = Request {
            id: record.id,
            unit: record.unit,
            number,
            channel: record.channel,
            applicant_kind: record.applicant,
            applicant,
            events,
            handler: None,
            seq: 0,
        };
        let standing = office::requests::standing(calendar, &request.events);
        let sealing = Sealing {
            subject: &record.subject,
            tracking: None,
            submission: None,
        };
        requests::insert(store, tx, &request, &standing, sealing).await?;
    }
    Ok(())
}
