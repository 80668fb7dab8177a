//! Numbers that rise by one: index numbers, request numbers, jobs.

use crate::args;
use crate::error::{Result, StoreError};
use crate::tx::Tx;

/// Takes the next number of a name; the row's lock makes two takers wait for each other.
pub(crate) const NEXT: &str = "INSERT INTO sequence (site, name, last) VALUES ($1, $2, 1) \
    ON CONFLICT (site, name) DO UPDATE SET last = sequence.last + 1 RETURNING last";
/// Lifts a sequence to at least a number.
const LIFT: &str = "INSERT INTO sequence (site, name, last) VALUES ($1, $2, $3) \
    ON CONFLICT (site, name) DO UPDATE SET last = excluded.last WHERE sequence.last < excluded.last";

/// Takes several numbers at once.
const BLOCK: &str = "INSERT INTO sequence (site, name, last) VALUES ($1, $2, $3) \
    ON CONFLICT (site, name) DO UPDATE SET last = sequence.last + excluded.last RETURNING last";

impl Tx {
    /// Takes `count` numbers of a sequence at once: the last of them.
    pub(crate) async fn next_block(&mut self, name: &str, count: i64) -> Result<i64> {
        let site = self.site().to_string();
        let row = self.one(BLOCK, args![site, name, count]).await?;
        row.ok_or_else(|| StoreError::inconsistent("sequence", "last", name))?
            .int(0)
    }

    /// The next number of a sequence, from 1. An action that is undone gives its number back.
    pub async fn next(&mut self, name: &str) -> Result<i64> {
        let site = self.site().to_string();
        let row = self.one(NEXT, args![site, name]).await?;
        row.ok_or_else(|| StoreError::inconsistent("sequence", "last", name))?
            .int(0)
    }

    /// Makes sure that the next number is beyond `last`, after numbers came from elsewhere.
    pub async fn lift(&mut self, name: &str, last: i64) -> Result<()> {
        let site = self.site().to_string();
        self.execute(LIFT, args![site, name, last]).await?;
        Ok(())
    }
}
