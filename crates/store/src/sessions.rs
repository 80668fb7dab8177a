//! Sign-in sessions. The browser holds a random token; the database holds only its hash, so that a
//! copy of the database signs nobody in. Sessions are not records: they leave no journal entry of
//! their own, signing in and out do.

use crate::Store;
use crate::args;
use crate::error::Result;
use crate::keys::{random_hex, sha256_hex};
use crate::tx::Tx;
use office::people::{SESSION_IDLE_MS, SESSION_MAX_MS};

/// `seen_at` is written at most so often, so that reading pages does not mean writing.
const TOUCH_MS: i64 = 60 * 1000;

const INSERT: &str = "INSERT INTO session (token, site, person, csrf, created_at, seen_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const FIND: &str = "SELECT person, csrf, created_at, seen_at FROM session \
    WHERE token = $1 AND site = $2";
const TOUCH: &str =
    "UPDATE session SET seen_at = $3 WHERE token = $1 AND site = $2 AND seen_at < $3";
const ROTATE: &str = "UPDATE session SET token = $3, csrf = $4, seen_at = $5 \
    WHERE token = $1 AND site = $2";
const END: &str = "DELETE FROM session WHERE token = $1 AND site = $2";
const END_ALL: &str = "DELETE FROM session WHERE site = $1 AND person = $2";
const END_OTHERS: &str = "DELETE FROM session WHERE site = $1 AND person = $2 AND token <> $3";
const SWEEP: &str = "DELETE FROM session WHERE site = $1 AND (seen_at <= $2 OR created_at <= $3)";

/// What the browser gets once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The secret of the cookie: 64 hexadecimal digits.
    pub token: String,
    /// The secret of the forms.
    pub csrf: String,
}

/// A session that is good now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who signed in.
    pub person: String,
    /// The secret of the forms.
    pub csrf: String,
    /// When it began, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// When it ends without further use, in milliseconds since 1970 UTC.
    pub ends_at: i64,
}

fn issue() -> Result<Issued> {
    Ok(Issued {
        token: random_hex::<32>()?,
        csrf: random_hex::<16>()?,
    })
}

fn stored(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

impl Tx {
    /// Begins a session as part of the action (signing in).
    pub async fn start_session(&mut self, person: &str) -> Result<Issued> {
        let issued = issue()?;
        let (site, now) = (self.site().to_string(), self.now_ms());
        self.execute(
            INSERT,
            args![stored(&issued.token), site, person, &issued.csrf, now, now],
        )
        .await?;
        Ok(issued)
    }

    /// Ends the session of a token as part of the action (signing out).
    pub async fn end_session(&mut self, token: &str) -> Result<u64> {
        let site = self.site().to_string();
        self.execute(END, args![stored(token), site]).await
    }

    /// Ends all sessions of a person as part of the action (leaving, a new password), but for the
    /// one of `keep`.
    pub async fn end_sessions(&mut self, person: &str, keep: Option<&str>) -> Result<u64> {
        let site = self.site().to_string();
        match keep {
            None => self.execute(END_ALL, args![site, person]).await,
            Some(token) => {
                self.execute(END_OTHERS, args![site, person, stored(token)])
                    .await
            }
        }
    }
}

impl Store {
    /// Begins a session of somebody who has just signed in; signing in left its journal entry.
    pub async fn start_session(&self, person: &str) -> Result<Issued> {
        let issued = issue()?;
        let now = self.clock.now_ms();
        let values = args![
            stored(&issued.token),
            self.site(),
            person,
            &issued.csrf,
            now,
            now
        ];
        self.db.execute(INSERT, values).await?;
        Ok(issued)
    }

    /// The session of a token, if it is still good: used within the idle time and begun within the
    /// longest time. Counts as use.
    pub async fn find_session(&self, token: &str) -> Result<Option<Session>> {
        let key = stored(token);
        let Some(row) = self.db.one(FIND, args![&key, self.site()]).await? else {
            return Ok(None);
        };
        let (created_at, seen_at) = (row.int(2)?, row.int(3)?);
        let now = self.clock.now_ms();
        let longest = created_at.saturating_add(SESSION_MAX_MS);
        if now >= seen_at.saturating_add(SESSION_IDLE_MS) || now >= longest {
            return Ok(None);
        }
        if now.saturating_sub(seen_at) >= TOUCH_MS {
            // A full or locked disk must not sign readers out.
            if let Err(error) = self.db.execute(TOUCH, args![&key, self.site(), now]).await {
                tracing::warn!(%error, "could not note the use of a session");
            }
        }
        let ends_at = longest.min(now.saturating_add(SESSION_IDLE_MS));
        Ok(Some(Session {
            person: row.text(0)?,
            csrf: row.text(1)?,
            created_at,
            ends_at,
        }))
    }

    /// Gives a good session new secrets; the old token no longer works and the longest time runs
    /// on. `None` when the session is not good any more.
    pub async fn rotate_session(&self, token: &str) -> Result<Option<Issued>> {
        if self.find_session(token).await?.is_none() {
            return Ok(None);
        }
        let issued = issue()?;
        let values = args![
            stored(token),
            self.site(),
            stored(&issued.token),
            &issued.csrf,
            self.clock.now_ms()
        ];
        Ok((self.db.execute(ROTATE, values).await? == 1).then_some(issued))
    }

    /// Ends a session; one that is not there is ended already.
    pub async fn end_session(&self, token: &str) -> Result<()> {
        self.db
            .execute(END, args![stored(token), self.site()])
            .await?;
        Ok(())
    }

    /// Ends all sessions of a person.
    pub async fn end_all_sessions(&self, person: &str) -> Result<u64> {
        self.db.execute(END_ALL, args![self.site(), person]).await
    }

    /// Removes sessions that are over.
    pub async fn sweep_sessions(&self) -> Result<u64> {
        let now = self.clock.now_ms();
        let values = args![self.site(), now - SESSION_IDLE_MS, now - SESSION_MAX_MS];
        self.db.execute(SWEEP, values).await
    }
}
