//! Who may see a document: one answer for pages, lists, search, feeds, API, sitemap, exports and
//! files.

use crate::documents::{Attribute, Document, Status};
use statute::Date;

/// Whether the public may see a document on a day: it is published, not withdrawn, disclosed
/// proactively, and its day of publication has come.
///
/// `store::documents::PUBLIC` says the same in SQL for lists; a test walks every combination and
/// compares both.
pub fn is_public(document: &Document, today: Date) -> bool {
    facts_are_public(
        document.status,
        document.attribute,
        document.published_on,
        today,
    )
}

/// [`is_public`] for one who has the three facts and not the whole document.
pub fn facts_are_public(
    status: Status,
    attribute: Attribute,
    published_on: Option<Date>,
    today: Date,
) -> bool {
    status == Status::Published
        && attribute == Attribute::Proactive
        && published_on.is_some_and(|day| day <= today)
}
