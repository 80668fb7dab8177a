//! What stands against records that would come in: ids, references, circles.

use super::{Imported, Told};
use crate::args;
use crate::requests::{self};
use crate::{Result, Store, Tx, documents, export, units};
use office::records::{CaseRecord, DocumentRecord, Record, RequestRecord};
use std::collections::{HashMap, HashSet};

const NAMES: &str = "SELECT name, id FROM unit WHERE site = $1";

pub(super) struct Batch<'a> {
    pub(super) store: &'a Store,
    pub(super) problems: Vec<Told>,
    pub(super) imported: Imported,
}

/// Units with their codes, by id, that the new records may refer to.
pub(super) type Codes = HashMap<String, Option<String>>;

impl Batch<'_> {
    fn problem(&mut self, line: usize, text: String) {
        self.problems.push(Told { line, text });
    }

    /// Drops what is there already with the same content; refuses ids used for something else.
    pub(super) async fn sort_out(
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
                Some(Record::FeeIncome(there)) => {
                    let text = format!(
                        "单位“{}”{} 年的行政事业性收费收入已经是 {} 分，与这一行不同；要更正请在后台“台账”的收费收入页修改，并从文件中删去这一行。",
                        there.unit, there.year, there.fen
                    );
                    self.problem(line, text);
                }
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

    pub(super) async fn check_references(
        &mut self,
        tx: &mut Tx,
        fresh: &[(usize, Record)],
    ) -> Result<Codes> {
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
        self.remark_names(tx, fresh).await?;
        Ok(codes)
    }

    /// Two units of one name are a fact that comes in; whoever asks for one by name must be told.
    async fn remark_names(&mut self, tx: &mut Tx, fresh: &[(usize, Record)]) -> Result<()> {
        let site = tx.site().to_owned();
        let rows = tx.all(NAMES, args![site.as_str()]).await?;
        let mut names = rows
            .iter()
            .map(|row| Ok((row.text(0)?, row.text(1)?)))
            .collect::<Result<HashMap<_, _>>>()?;
        for (line, record) in fresh {
            let Record::Unit(unit) = record else { continue };
            if let Some(other) = names.get(&unit.name) {
                let text = format!(
                    "单位“{}”与“{other}”同名，都叫“{}”；已照样导入，请核对，以后在命令中请写编号。",
                    unit.id, unit.name
                );
                self.imported.remarks.push(Told { line: *line, text });
            }
            names.insert(unit.name.clone(), unit.id.clone());
        }
        Ok(())
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

pub(super) async fn is_empty(tx: &mut Tx) -> Result<bool> {
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
pub(super) fn same(stored: &Record, line: &Record) -> bool {
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
