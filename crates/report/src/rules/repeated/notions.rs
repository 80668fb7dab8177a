//! One figure under two notions of the law: 规范性文件 and 公文.

use super::NOTIONS_CONFUSED;
use super::mention::Mention;
use crate::quantity::{ONE, Sort};
use crate::rules::Sink;
use crate::words::{has, words};

/// A body below a city rarely makes so many normative documents in a year.
const MANY: i128 = 10 * ONE;

/// Warns where all documents made are called normative documents.
pub(super) fn examine(mentions: &[Mention<'_>], sink: &mut Sink) {
    let made = |mention: &&Mention<'_>| {
        mention.quantity.sort == Sort::Count
            && mention.quantity.is_exact()
            && has(mention.label, words!["制发", "印发", "制定", "制作"])
    };
    let Some(norms) = mentions
        .iter()
        .filter(made)
        .find(|mention| mention.label.ends_with("规范性文件") && mention.quantity.value >= MANY)
    else {
        return;
    };
    let Some(papers) = mentions.iter().filter(made).find(|mention| {
        mention.quantity.value == norms.quantity.value
            && ["公文", "各类文件", "各类公文"]
                .iter()
                .any(|noun| mention.label.ends_with(noun))
    }) else {
        return;
    };
    sink.find(
        NOTIONS_CONFUSED
            .finding(
                norms.paragraph.place(norms.span()),
                format!(
                    "制发规范性文件与制发公文都写{}，公文并非都是规范性文件；请按定义核对规范性文件的件数",
                    norms.paragraph.slice(norms.span())
                ),
            )
            .with_related(vec![papers.paragraph.place(papers.span())]),
    );
}
