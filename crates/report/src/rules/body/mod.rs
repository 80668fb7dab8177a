//! The body that reports: whether preamble, contact, signature and text are its own.

mod foreign;
mod names;
#[cfg(test)]
mod tests;

use statute::editions::Level;

use super::{Rule, Sink};
use crate::reading::Reading;

pub(super) const BODY_PREAMBLE_FOREIGN: Rule = Rule {
    name: "body-preamble-foreign",
    code: "P201",
    level: Level::Error,
    summary: "引言里的编制单位和汇总范围是别的机关的",
    english: "the preamble names another body as author or scope",
    article: Some("条例 §49"),
    page: include_str!("../pages/body-preamble-foreign.md"),
};

pub(super) const CONTACT_FOREIGN: Rule = Rule {
    name: "contact-foreign",
    code: "P202",
    level: Level::Error,
    summary: "联系单位是别的机关",
    english: "the contact is another body",
    article: Some("条例 §12"),
    page: include_str!("../pages/contact-foreign.md"),
};

pub(super) const SIGNATURE_DIFFERS: Rule = Rule {
    name: "signature-differs",
    code: "P203",
    level: Level::Warning,
    summary: "落款的机关不是标题的机关",
    english: "the signature is not that of the body in the title",
    article: None,
    page: include_str!("../pages/signature-differs.md"),
};

pub(super) const FOREIGN_FIELD: Rule = Rule {
    name: "foreign-field",
    code: "P204",
    level: Level::Warning,
    summary: "文中写的是别的部门的业务或自称",
    english: "the text speaks of another department's work or calls itself one",
    article: None,
    page: include_str!("../pages/foreign-field.md"),
};

pub(super) const RULES: &[&Rule] = &[
    &BODY_PREAMBLE_FOREIGN,
    &CONTACT_FOREIGN,
    &SIGNATURE_DIFFERS,
    &FOREIGN_FIELD,
];

/// Examines preamble, contact and signature against the unit of the title, then the words of the
/// text.
pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let named = crate::read::title::title_of(&reading.report).and_then(|title| title.unit);
    // Only what the title says; a unit taken from the signature proves nothing about it.
    let Some(unit) = named else { return };
    names::examine(reading, &unit, sink);
    foreign::examine(reading, &unit, sink);
}
