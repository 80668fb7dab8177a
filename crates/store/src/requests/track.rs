//! The applicant's own view, opened by the code of the receipt.

use super::seal::unseal;
use super::{Opened, read};
use crate::args;
use crate::{Result, Store, units};
use office::requests::Request;
use statute::clock::{self, EventKind};

const BY_TRACKING: &str = "SELECT id, unit, number, channel, applicant_kind, applicant, events, \
    handler, seq, subject, reply, tracking FROM request WHERE site = $1 AND tracking = $2";

/// A tracked request: what the one who holds the code may see.
#[derive(Debug, Clone)]
pub struct Tracked {
    /// The request.
    pub request: Request,
    /// Name of the unit.
    pub unit_name: String,
    /// What was asked, and the reply.
    pub opened: Opened,
}

/// The request whose receipt bears this code. Spaces, hyphens and case do not matter.
pub async fn track(store: &Store, code: &str) -> Result<Option<Tracked>> {
    let code = normal_code(code);
    if code.len() < 12 || code.len() > 40 {
        return Ok(None);
    }
    let digest = store.keys.keyed_hash("tracking", &code);
    let row = store
        .db
        .one(BY_TRACKING, args![store.site(), digest])
        .await?;
    let Some(stored) = row.as_ref().map(read).transpose()? else {
        return Ok(None);
    };
    let unit = units::find(store, &stored.request.unit).await?;
    let mut opened = unseal(store, &stored).await?;
    let replied = clock::standing_events(&stored.request.events)
        .iter()
        .any(|event| matches!(event.kind, EventKind::Replied { .. }));
    if !replied {
        // A reply that was entered by mistake and undone is none.
        opened.reply = None;
    }
    Ok(Some(Tracked {
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        request: stored.request,
        opened,
    }))
}

/// The code of a receipt: derived from the form's own key under the master key, so that a form
/// sent twice gives the same code, and nobody else can make it.
pub(super) fn tracking_code(store: &Store, submission: &str) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digest = store.keys.keyed_hash("tracking-code", submission);
    let mut code = String::new();
    for (i, pair) in digest.as_bytes().chunks(2).take(16).enumerate() {
        if i > 0 && i % 4 == 0 {
            code.push('-');
        }
        let byte = std::str::from_utf8(pair)
            .ok()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        code.push(char::from(LETTERS[usize::from(byte.unwrap_or(0) % 32)]));
    }
    code
}

pub(super) fn normal_code(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}
