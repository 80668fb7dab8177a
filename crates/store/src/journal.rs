//! Reading the journal and checking its chain. Entries are written by [`Tx::commit`](crate::Tx).

use crate::Store;
use crate::args;
use crate::db::Row;
use crate::error::{Result, StoreError};
use crate::keys::sha256_hex;
use futures_util::TryStreamExt;
use office::journal::Entry;

const OF_RECORD: &str = "SELECT seq, at, actor, action, noun, record, detail, previous, hash \
    FROM journal WHERE site = $1 AND noun = $2 AND record = $3 ORDER BY seq";
const PAGE: &str = "SELECT seq, at, actor, action, noun, record, detail, previous, hash \
    FROM journal WHERE site = $1 AND seq < $2 \
    AND ($3 IS NULL OR actor = $3) AND ($4 IS NULL OR action = $4) \
    AND ($5 IS NULL OR noun = $5) AND ($6 IS NULL OR record = $6) \
    AND ($7 IS NULL OR at >= $7) AND ($8 IS NULL OR at < $8) \
    ORDER BY seq DESC LIMIT $9";
const ALL: &str = "SELECT seq, at, actor, action, noun, record, detail, previous, hash \
    FROM journal WHERE site = $1 ORDER BY seq";
const ENTRY: &str = "SELECT seq, at, actor, action, noun, record, detail, previous, hash \
    FROM journal WHERE site = $1 AND seq = $2";
const HEAD: &str = "SELECT head_seq, head_hash FROM site WHERE id = $1";

/// Which entries a page shows; every field that is set must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Who acted.
    pub actor: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// The room.
    pub noun: Option<String>,
    /// The record.
    pub record: Option<String>,
    /// From this instant, in milliseconds since 1970 UTC.
    pub from: Option<i64>,
    /// Before this instant.
    pub until: Option<i64>,
}

/// A place where the chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainFault {
    /// Number of the entry.
    pub seq: i64,
    /// What was found, in Chinese.
    pub what: String,
}

fn read(row: &Row) -> Result<Entry> {
    Ok(Entry {
        seq: row.int(0)?,
        at: row.int(1)?,
        actor: row.text(2)?,
        action: row.text(3)?,
        noun: row.text(4)?,
        record: row.text(5)?,
        detail: row.text(6)?,
        previous: row.text(7)?,
        hash: row.text(8)?,
    })
}

impl Store {
    /// Everything that was done to a record, oldest first.
    pub async fn journal_of(&self, noun: &str, record: &str) -> Result<Vec<Entry>> {
        self.db
            .all(OF_RECORD, args![self.site(), noun, record])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// One entry.
    pub async fn journal_entry(&self, seq: i64) -> Result<Option<Entry>> {
        self.db
            .one(ENTRY, args![self.site(), seq])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// Entries newest first, before `before` (none for the newest page), at most `limit`.
    pub async fn journal_page(
        &self,
        before: Option<i64>,
        limit: i64,
        filter: &Filter,
    ) -> Result<Vec<Entry>> {
        let values = args![
            self.site(),
            before.unwrap_or(i64::MAX),
            &filter.actor,
            &filter.action,
            &filter.noun,
            &filter.record,
            filter.from,
            filter.until,
            limit
        ];
        self.db.all(PAGE, values).await?.iter().map(read).collect()
    }

    /// Number and hash of the newest entry; 0 and empty before the first.
    pub async fn journal_head(&self) -> Result<(i64, String)> {
        let row = self
            .db
            .one(HEAD, args![self.site()])
            .await?
            .ok_or_else(|| StoreError::NotFound {
                noun: "site",
                id: self.site().to_string(),
            })?;
        Ok((row.int(0)?, row.text(1)?))
    }

    /// Walks the whole chain in one state of the database and names every entry that does not
    /// hold: a changed one, a missing one, one that does not follow the one before, a head that
    /// is not the end.
    pub async fn check_chain(&self) -> Result<Vec<ChainFault>> {
        let mut snapshot = self.db.snapshot().await?;
        let head = snapshot
            .one(HEAD, args![self.site()])
            .await?
            .ok_or_else(|| StoreError::NotFound {
                noun: "site",
                id: self.site().to_string(),
            })?;
        let (head_seq, head_hash) = (head.int(0)?, head.text(1)?);
        let mut faults = Vec::new();
        let mut last = (0, String::new());
        let mut rows = snapshot.stream(ALL, args![self.site()])?;
        while let Some(row) = rows.try_next().await? {
            let entry = read(&row)?;
            let mut fault = |what: String| {
                faults.push(ChainFault {
                    seq: entry.seq,
                    what,
                })
            };
            let hash = sha256_hex(&entry.preimage(self.site()));
            if hash != entry.hash {
                fault(format!(
                    "日志第 {} 条的内容被改动：哈希应为 {hash}，实为 {}。",
                    entry.seq, entry.hash
                ));
            }
            if entry.seq != last.0 + 1 {
                fault(format!(
                    "日志缺少第 {} 条到第 {} 条。",
                    last.0 + 1,
                    entry.seq - 1
                ));
            } else if entry.previous != last.1 {
                fault(format!(
                    "日志第 {} 条与前一条接不上：前一条可能被替换。",
                    entry.seq
                ));
            }
            last = (entry.seq, entry.hash);
        }
        drop(rows);
        if last != (head_seq, head_hash) {
            let what = if last.0 < head_seq {
                format!(
                    "日志只到第 {} 条，站点记录的末条是第 {head_seq} 条：末尾被删除。",
                    last.0
                )
            } else {
                format!(
                    "站点记录的末条（第 {head_seq} 条）与日志的末条（第 {} 条）不符。",
                    last.0
                )
            };
            faults.push(ChainFault {
                seq: head_seq,
                what,
            });
        }
        Ok(faults)
    }
}
