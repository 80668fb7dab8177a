//! Work that is done later: kept in the database, taken with a lease, tried again after a fault.

use crate::Store;
use crate::args;
use crate::db::{Engine, Row};
use crate::error::{Result, StoreError};
use crate::sequence::NEXT;
use crate::tx::Tx;

/// The job that removes sessions and counts that are over, once an hour.
pub const SWEEP: &str = "sweep";
const SWEEP_EVERY_MS: i64 = 60 * 60 * 1000;
/// After so many failed attempts a job is given up, with its error kept.
pub const MOST_ATTEMPTS: i64 = 10;
/// First wait after a fault; doubles with each, to at most six hours.
const BACKOFF_MS: i64 = 30 * 1000;
const BACKOFF_MOST_MS: i64 = 6 * 60 * 60 * 1000;

const INSERT: &str = "INSERT INTO job (site, id, kind, payload, run_at, attempts) \
    VALUES ($1, $2, $3, $4, $5, 0)";
const CLAIM: &str = "UPDATE job SET lease_until = $3, attempts = attempts + 1 \
    WHERE site = $1 AND id = (SELECT id FROM job WHERE site = $1 AND done_at IS NULL \
    AND run_at <= $2 AND (lease_until IS NULL OR lease_until <= $2) \
    ORDER BY run_at, id LIMIT 1) RETURNING id, kind, payload, attempts";
/// PostgreSQL only: two claimers take two jobs instead of waiting for each other. SQLite has one
/// writer and no such words.
const CLAIM_POSTGRES: &str = "UPDATE job SET lease_until = $3, attempts = attempts + 1 \
    WHERE site = $1 AND id = (SELECT id FROM job WHERE site = $1 AND done_at IS NULL \
    AND run_at <= $2 AND (lease_until IS NULL OR lease_until <= $2) \
    ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, kind, payload, attempts";
const DONE: &str = "UPDATE job SET done_at = $4, lease_until = NULL, error = NULL \
    WHERE site = $1 AND id = $2 AND attempts = $3 AND done_at IS NULL";
const FAILED: &str = "UPDATE job SET run_at = $4, done_at = $5, lease_until = NULL, error = $6 \
    WHERE site = $1 AND id = $2 AND attempts = $3 AND done_at IS NULL";
const OPEN_OF_KIND: &str = "SELECT id FROM job WHERE site = $1 AND kind = $2 AND done_at IS NULL";
const TALLY: &str = "SELECT COUNT(CASE WHEN done_at IS NULL THEN 1 END), \
    COUNT(CASE WHEN done_at IS NULL AND error IS NOT NULL THEN 1 END), \
    COUNT(CASE WHEN done_at IS NOT NULL AND error IS NOT NULL THEN 1 END) \
    FROM job WHERE site = $1";
const FORGET: &str = "DELETE FROM job WHERE site = $1 AND done_at < $2 AND error IS NULL";

/// A job that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// What is to be done.
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// Which attempt this is, from 1. Whoever lost the lease cannot finish a later attempt.
    pub attempt: i64,
}

/// How the jobs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Waiting or running.
    pub open: i64,
    /// Of these, failed at least once.
    pub troubled: i64,
    /// Given up.
    pub given_up: i64,
}

impl Tx {
    /// Adds a job as part of the action: it exists if and only if the action does.
    pub async fn enqueue(&mut self, kind: &str, payload: &str, run_at: i64) -> Result<i64> {
        let id = self.next("job").await?;
        let site = self.site().to_string();
        self.execute(INSERT, args![site, id, kind, payload, run_at])
            .await?;
        Ok(id)
    }
}

impl Store {
    /// Adds a job that belongs to no action.
    pub async fn enqueue(&self, kind: &str, payload: &str, run_at: i64) -> Result<i64> {
        let rows = self
            .db
            .execute_returning(NEXT, args![self.site(), "job"])
            .await?;
        let id = rows
            .first()
            .map(|row| row.int(0))
            .ok_or_else(|| StoreError::inconsistent("sequence", "last", "job"))??;
        self.db
            .execute(INSERT, args![self.site(), id, kind, payload, run_at])
            .await?;
        Ok(id)
    }

    /// Takes the next due job for `lease_ms` milliseconds, if there is one. If it is neither done
    /// nor failed by then, somebody else may take it.
    pub async fn claim_job(&self, lease_ms: i64) -> Result<Option<Job>> {
        let now = self.clock.now_ms();
        let sql = match self.db.engine() {
            Engine::Sqlite => CLAIM,
            Engine::Postgres => CLAIM_POSTGRES,
        };
        let values = args![self.site(), now, now.saturating_add(lease_ms)];
        let rows = self.db.execute_returning(sql, values).await?;
        rows.first().map(read).transpose()
    }

    /// Marks a job done. False when the lease was lost to another attempt.
    pub async fn finish_job(&self, job: &Job) -> Result<bool> {
        let values = args![self.site(), job.id, job.attempt, self.clock.now_ms()];
        Ok(self.db.execute(DONE, values).await? == 1)
    }

    /// Marks an attempt failed: the job waits, twice as long each time, and is given up after
    /// [`MOST_ATTEMPTS`]. False when the lease was lost to another attempt.
    pub async fn fail_job(&self, job: &Job, error: &str) -> Result<bool> {
        let now = self.clock.now_ms();
        let doubled = u32::try_from(job.attempt - 1)
            .ok()
            .and_then(|n| 2_i64.checked_pow(n));
        let wait = doubled
            .and_then(|n| BACKOFF_MS.checked_mul(n))
            .unwrap_or(BACKOFF_MOST_MS);
        let given_up = (job.attempt >= MOST_ATTEMPTS).then_some(now);
        let values = args![
            self.site(),
            job.id,
            job.attempt,
            now + wait.min(BACKOFF_MOST_MS),
            given_up,
            error
        ];
        Ok(self.db.execute(FAILED, values).await? == 1)
    }

    /// How the jobs stand, for the operator's page.
    pub async fn job_tally(&self) -> Result<Tally> {
        let row = self.db.one(TALLY, args![self.site()]).await?;
        let row = row.ok_or_else(|| StoreError::inconsistent("job", "id", ""))?;
        Ok(Tally {
            open: row.int(0)?,
            troubled: row.int(1)?,
            given_up: row.int(2)?,
        })
    }

    /// Makes sure that a sweep waits; called when a server starts.
    pub async fn plan_sweep(&self) -> Result<()> {
        if self
            .db
            .one(OPEN_OF_KIND, args![self.site(), SWEEP])
            .await?
            .is_none()
        {
            self.enqueue(SWEEP, "{}", self.clock.now_ms()).await?;
        }
        Ok(())
    }

    /// Removes sessions, counts and long finished jobs that are over, and plans the next sweep.
    pub async fn sweep(&self) -> Result<()> {
        let now = self.clock.now_ms();
        let sessions = self.sweep_sessions().await?;
        let attempts = self.sweep_attempts().await?;
        let week = 7 * 24 * SWEEP_EVERY_MS;
        let jobs = self
            .db
            .execute(FORGET, args![self.site(), now - week])
            .await?;
        tracing::debug!(sessions, attempts, jobs, "swept");
        self.enqueue(SWEEP, "{}", now + SWEEP_EVERY_MS).await?;
        Ok(())
    }

    /// Does one due job, if there is one; `run` knows every kind but the sweep. Returns whether
    /// there was one.
    pub async fn work<F, Fut>(&self, lease_ms: i64, run: F) -> Result<bool>
    where
        F: FnOnce(Job) -> Fut,
        Fut: Future<Output = Result<()>>,
    {
        let Some(job) = self.claim_job(lease_ms).await? else {
            return Ok(false);
        };
        let outcome = if job.kind == SWEEP {
            self.sweep().await
        } else {
            run(job.clone()).await
        };
        match outcome {
            Ok(()) => self.finish_job(&job).await?,
            Err(error) => {
                tracing::warn!(job = job.id, kind = %job.kind, %error, "a job failed");
                self.fail_job(&job, &error.to_string()).await?
            }
        };
        Ok(true)
    }
}

fn read(row: &Row) -> Result<Job> {
    Ok(Job {
        id: row.int(0)?,
        kind: row.text(1)?,
        payload: row.text(2)?,
        attempt: row.int(3)?,
    })
}
