//! How often somebody knocked at a door: sign-in, an applicant's look-up, submitting a request.

use crate::Store;
use crate::args;
use crate::error::Result;

/// Counts up to one beyond the limit and then no further, so that a flood costs no writes.
const COUNT: &str = "INSERT INTO attempt (site, door, who, period, count) \
    VALUES ($1, $2, $3, $4, 1) ON CONFLICT (site, door, who, period) \
    DO UPDATE SET count = attempt.count + 1 WHERE attempt.count <= $5 RETURNING count";
const CLEAR: &str = "DELETE FROM attempt WHERE site = $1 AND door = $2 AND who = $3";
const SWEEP: &str = "DELETE FROM attempt WHERE site = $1 AND period < $2";

/// The longest window a door may have, in milliseconds: a day. Older counts are swept.
pub const LONGEST_WINDOW_MS: i64 = 24 * 60 * 60 * 1000;

impl Store {
    /// Counts a knock of `who` at `door` and says whether it is among the first `limit` of the
    /// current window of `window_ms` milliseconds (at most a day). `who` is a
    /// [keyed hash](crate::Keys::keyed_hash), never an address.
    pub async fn allow(&self, door: &str, who: &str, window_ms: i64, limit: i64) -> Result<bool> {
        let now = self.clock.now_ms();
        let period = now - now.rem_euclid(window_ms.clamp(1, LONGEST_WINDOW_MS));
        let values = args![self.site(), door, who, period, limit];
        let row = self.db.execute_returning(COUNT, values).await?;
        Ok(match row.first() {
            Some(row) => row.int(0)? <= limit,
            None => false,
        })
    }

    /// Forgets the knocks of one who got in.
    pub async fn forget_attempts(&self, door: &str, who: &str) -> Result<()> {
        self.db
            .execute(CLEAR, args![self.site(), door, who])
            .await?;
        Ok(())
    }

    /// Removes counts of windows that are over.
    pub async fn sweep_attempts(&self) -> Result<u64> {
        let before = self.clock.now_ms() - LONGEST_WINDOW_MS;
        self.db.execute(SWEEP, args![self.site(), before]).await
    }
}
