//! Whether what is stored still holds together: the journal's chain, attachments, the tree of
//! units, and the version of every record.

use crate::Store;
use crate::args;
use crate::db::AssertSqlSafe;
use crate::error::{Result, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The table.
    pub table: &'static str,
    /// Key of the record; empty when the sentence alone names it.
    pub record: String,
    /// The journal entry concerned, when there is one.
    pub seq: Option<i64>,
    /// What was found, in Chinese.
    pub text: String,
}

/// Tables whose rows carry the number of their last journal entry, with the key within the site.
const VERSIONED: &[(&str, &str)] = &[
    ("unit", "id"),
    ("person", "id"),
    ("document", "id"),
    ("attachment", "id"),
    ("decision", "id"),
    ("fee_income", "unit || '/' || CAST(year AS TEXT)"),
    ("applicant", "id"),
    ("request", "id"),
    ("legal_case", "id"),
    ("entry", "id"),
    ("annual_report", "unit || '/' || CAST(year AS TEXT)"),
    ("holiday_notice", "region || '/' || name"),
];

const ATTACHMENTS: &str = "SELECT id, hash, size, seq FROM attachment WHERE site = $1 ORDER BY id";
const UNITS: &str = "SELECT id, parent, seq FROM unit WHERE site = $1 ORDER BY id";

const CLOSURE: &str = "SELECT unit, ancestor FROM unit_above WHERE site = $1";

impl Store {
    /// Checks the journal, the attachments, the tree, the versions of this site's records and the
    /// standing of its requests; empty when all holds.
    pub async fn verify(&self) -> Result<Vec<Fault>> {
        let mut faults: Vec<Fault> = self
            .check_chain()
            .await?
            .into_iter()
            .map(|fault| Fault {
                table: "journal",
                record: fault.seq.to_string(),
                seq: Some(fault.seq),
                text: fault.what,
            })
            .collect();
        faults.extend(self.verify_versions().await?);
        faults.extend(self.verify_tree().await?);
        faults.extend(self.verify_attachments().await?);
        faults.extend(self.verify_requests().await?);
        Ok(faults)
    }

    async fn verify_versions(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        for (table, key) in VERSIONED {
            let sql = format!(
                "SELECT {key}, seq FROM {table} WHERE site = $1 AND NOT EXISTS \
                 (SELECT 1 FROM journal j WHERE j.site = {table}.site AND j.seq = {table}.seq) \
                 ORDER BY 1"
            );
            for row in self.db.all(AssertSqlSafe(sql), args![self.site()]).await? {
                let (record, seq) = (row.text(0)?, row.int(1)?);
                let text = format!(
                    "表 {table} 的记录“{record}”指向日志第 {seq} 条，日志里没有这一条：记录绕过日志被改动，或日志被删。"
                );
                faults.push(Fault {
                    table,
                    record,
                    seq: Some(seq),
                    text,
                });
            }
        }
        Ok(faults)
    }

    async fn verify_tree(&self) -> Result<Vec<Fault>> {
        let mut parents = BTreeMap::new();
        for row in self.db.all(UNITS, args![self.site()]).await? {
            parents.insert(row.text(0)?, (row.text_opt(1)?, row.int(2)?));
        }
        let mut stored: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in self.db.all(CLOSURE, args![self.site()]).await? {
            stored.entry(row.text(0)?).or_default().insert(row.text(1)?);
        }
        let mut faults = Vec::new();
        for (unit, (_, seq)) in &parents {
            // The unit itself and everything above it; a circle ends where it began.
            let mut above = BTreeSet::from([unit.clone()]);
            let mut at = unit;
            while let Some((Some(parent), _)) = parents.get(at) {
                if !above.insert(parent.clone()) {
                    let text = format!("单位“{unit}”的上级绕成了圈，经过“{parent}”。");
                    faults.push(fault_of_unit(unit, *seq, text));
                    break;
                }
                at = parent;
            }
            let found = stored.remove(unit).unwrap_or_default();
            if found != above {
                let list = |set: &BTreeSet<String>| {
                    set.iter()
                        .map(String::as_str)
                        .collect::<Vec<_>>()
                        .join("、")
                };
                let text = format!(
                    "单位“{unit}”的上级链不符：按上级推得“{}”，表 unit_above 存有“{}”。",
                    list(&above),
                    list(&found)
                );
                faults.push(fault_of_unit(unit, *seq, text));
            }
        }
        for unit in stored.keys() {
            let text = format!("表 unit_above 里有不存在的单位“{unit}”。");
            faults.push(Fault {
                table: "unit_above",
                record: unit.clone(),
                seq: None,
                text,
            });
        }
        Ok(faults)
    }

    /// The standing that is stored with a request against its events.
    async fn verify_requests(&self) -> Result<Vec<Fault>> {
        let fault = |record, seq, text| Fault {
            table: "request",
            record,
            seq,
            text,
        };
        match crate::requests::verify(self).await {
            Ok(found) => {
                let faults = found.into_iter();
                Ok(faults
                    .map(|(id, seq, text)| fault(id, Some(seq), text))
                    .collect())
            }
            // A request that cannot even be read is a finding, not the end of the check.
            Err(error @ StoreError::Inconsistent { .. }) => {
                Ok(vec![fault(String::new(), None, error.to_string())])
            }
            Err(error) => Err(error),
        }
    }

    async fn verify_attachments(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        for row in self.db.all(ATTACHMENTS, args![self.site()]).await? {
            let (record, hash) = (row.text(0)?, row.text(1)?);
            let text = match self.files.get(&hash).await {
                Ok(bytes) if usize::try_from(row.int(2)?) == Ok(bytes.len()) => continue,
                Ok(bytes) => format!(
                    "附件“{record}”登记 {} 字节，文件实为 {} 字节。",
                    row.int(2)?,
                    bytes.len()
                ),
                Err(StoreError::NotFound { .. }) => {
                    format!("附件“{record}”的文件不见了（哈希 {hash}）。请从备份找回。")
                }
                Err(StoreError::Inconsistent { .. }) => {
                    format!("附件“{record}”的文件被改动，内容与哈希 {hash} 不符。请从备份找回。")
                }
                Err(error) => return Err(error),
            };
            faults.push(Fault {
                table: "attachment",
                record,
                seq: Some(row.int(3)?),
                text,
            });
        }
        Ok(faults)
    }
}

fn fault_of_unit(unit: &str, seq: i64, text: String) -> Fault {
    Fault {
        table: "unit_above",
        record: unit.to_string(),
        seq: Some(seq),
        text,
    }
}
