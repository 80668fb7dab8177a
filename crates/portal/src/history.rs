//! What the journal says of one record, as its page shows it.

use crate::reach;
use crate::views::HistoryItem;
use office::journal::action_label;
use serde_json::Value;
use store::Store;

/// Minute of the day in China, `14:05`, at an instant (milliseconds since 1970 UTC).
fn minute(ms: i64) -> String {
    let minutes = ms
        .div_euclid(60_000)
        .saturating_add(8 * 60)
        .rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Day and minute in China, `2026-11-02 14:05`, at an instant (milliseconds since 1970 UTC).
pub fn moment(ms: i64) -> String {
    format!("{} {}", store::clock::day_of(ms), minute(ms))
}

/// Everything that was done to a record, oldest first. `note` makes the line below from the
/// action and what the journal keeps of it.
///
/// # Errors
/// Those of the store.
pub async fn of(
    store: &Store,
    noun: &str,
    record: &str,
    note: impl Fn(&str, &Value) -> String,
) -> store::Result<Vec<HistoryItem>> {
    let entries = store.journal_of(noun, record).await?;
    let names = reach::names(store, entries.iter().map(|entry| entry.actor.as_str())).await?;
    let items = entries.iter().map(|entry| {
        let detail = serde_json::from_str(&entry.detail).unwrap_or(Value::Null);
        HistoryItem {
            on: moment(entry.at),
            what: action_label(&entry.action).to_owned(),
            who: reach::name_of(&names, Some(&entry.actor)),
            note: note(&entry.action, &detail),
            future: false,
        }
    });
    Ok(items.collect())
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn the_minute_is_that_of_china() {
        assert_eq!(minute(0), "08:00");
        assert_eq!(minute(16 * 3_600_000), "00:00");
        assert_eq!(minute(-60_000), "07:59");
    }
}
