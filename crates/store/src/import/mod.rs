//! Import: history as it happened, all or nothing, in one action with one journal entry.
//!
//! What is malformed or cannot be is refused with its line; what is late or incomplete comes in
//! and is told. The same file again changes nothing; an id that is there with another content is
//! refused, so that nothing is lost.

mod check;
mod write;

use crate::args;
use crate::{Done, Result, Store, StoreError, calendar, keys};
use check::Batch;
use office::permissions::Actor;
use office::records::Record;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::BufRead;
use write::write;

/// Most problems that are listed; a file with more is told so.
const PROBLEMS_LIMIT: usize = 1000;
/// From so many new records on, PostgreSQL counts its tables anew at once: without statistics it
/// planned the channel counts of a report as a loop of half a minute.
const MANY: usize = 1000;
const ANALYZE_POSTGRES: &str =
    "ANALYZE unit, unit_above, document, document_channel, request, applicant, legal_case, entry";

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
    if actor.is_operator() {
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
