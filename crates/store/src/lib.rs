//! Records, journal, sessions and jobs on SQLite and PostgreSQL, behind one set of functions.
//!
//! A room (`units`, `documents`, …) reads through [`Store::db`](Store) and writes through a [`Tx`]: begin, read
//! what the rule needs, ask `office`, write, commit with a [`Done`] that becomes the journal entry.
//!
//! ```no_run
//! # async fn example(store: store::Store) -> store::Result<()> {
//! use store::{Done, args};
//! let actor = office::permissions::Actor::operator();
//! let mut tx = store.begin(&actor).await?;
//! let seq = tx.seq();
//! tx.execute("UPDATE unit SET name = $3, seq = $4 WHERE site = $1 AND id = $2",
//!     args![store.site(), "u1", "财政局", seq]).await?;
//! tx.commit(Done { action: "unit.save", noun: "unit", record: "u1",
//!     detail: serde_json::json!({ "fields": ["name"] }) }).await?;
//! # Ok(()) }
//! ```

pub mod attachments;
pub mod attempts;
pub mod backup;
pub mod calendar;
pub mod cases;
mod clause;
pub mod clock;
mod connection;
pub mod db;
pub mod documents;
pub mod error;
pub mod export;
pub mod figures;
pub mod files;
pub mod import;
pub mod jobs;
pub mod journal;
pub mod keys;
pub mod migrate;
pub mod open;
pub mod people;
pub mod registers;
pub mod reports;
pub mod requests;
mod row;
pub mod sequence;
pub mod sessions;
pub mod site;
pub mod supervision;
pub mod tx;
pub mod units;
pub mod verify;

pub use clock::Clock;
pub use db::{Arg, DatabaseUrl, Db, Row};
pub use error::{Result, StoreError};
pub use files::Files;
pub use keys::{KeySource, Keys};
pub use open::OpenOptions;
pub use tx::{Done, Tx};

use std::sync::Arc;

/// An open store of one site. Clones share everything.
#[derive(Debug, Clone)]
pub struct Store {
    /// The database, for reading.
    pub db: Db,
    site: Arc<str>,
    /// The time.
    pub clock: Clock,
    /// Keys, sealing and password hashing.
    pub keys: Keys,
    /// Attachments.
    pub files: Files,
}

impl Store {
    /// Id of the site.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// The day in China.
    pub fn today(&self) -> statute::Date {
        self.clock.today()
    }

    /// The moment, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The same store for another site of the database.
    pub fn for_site(&self, site: &str) -> Store {
        Store {
            site: Arc::from(site),
            ..self.clone()
        }
    }
}
