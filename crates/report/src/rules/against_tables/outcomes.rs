//! How requests ended and who made them: the rows of outcomes and the columns of applicants.

use statute::editions::{CellKey, Edition};

use super::clause::Mention;
use super::figures::{Expected, Figures, group, stat, t3};
use super::received::Verb;
use super::verdict::{Verdicts, Weight};
use crate::words::{has, words};

/// What a noun before a number means in table 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Granted,
    Partial,
    Group(&'static str),
    Row(&'static str),
    Natural,
    Legal,
    Column(&'static str),
    /// A row of the replies of 2014.
    Reply(&'static str),
}

const NOUNS: &[(&str, Noun)] = &[
    ("予以公开", Noun::Granted),
    ("同意公开", Noun::Granted),
    ("全部公开", Noun::Granted),
    ("部分公开", Noun::Partial),
    ("予以部分公开", Noun::Partial),
    ("同意部分公开", Noun::Partial),
    ("不予以公开", Noun::Group("deny")),
    ("不予公开", Noun::Group("deny")),
    ("不同意公开", Noun::Group("deny")),
    ("无法提供", Noun::Group("unable")),
    ("不予处理", Noun::Group("reject")),
    ("其他处理", Noun::Group("other")),
    ("其它处理", Noun::Group("other")),
    ("其他方式处理", Noun::Group("other")),
    ("属于国家秘密", Noun::Row("deny.secret")),
    ("法律行政法规禁止公开", Noun::Row("deny.law")),
    ("法律、行政法规禁止公开", Noun::Row("deny.law")),
    ("三安全一稳定", Noun::Row("deny.safety")),
    ("保护第三方合法权益", Noun::Row("deny.third_party")),
    ("三类内部事务", Noun::Row("deny.internal")),
    ("内部事务", Noun::Row("deny.internal")),
    ("四类过程性", Noun::Row("deny.process")),
    ("过程性", Noun::Row("deny.process")),
    ("过程性性", Noun::Row("deny.process")),
    ("行政执法案卷", Noun::Row("deny.enforcement")),
    ("行政查询", Noun::Row("deny.query")),
    ("不掌握相关", Noun::Row("unable.not_held")),
    ("机关不掌握", Noun::Row("unable.not_held")),
    ("本办不掌握相关", Noun::Row("unable.not_held")),
    ("没有现成信息需要另行制作", Noun::Row("unable.create")),
    ("需要另行制作", Noun::Row("unable.create")),
    ("补正后申请内容仍不明确", Noun::Row("unable.unclear")),
    ("信访举报投诉", Noun::Row("reject.petition")),
    ("信访、举报、投诉", Noun::Row("reject.petition")),
    ("重复", Noun::Row("reject.repeat")),
    ("要求提供公开出版物", Noun::Row("reject.publication")),
    ("大量反复", Noun::Row("reject.excessive")),
    ("确认或重新出具已获取", Noun::Row("reject.confirm")),
    ("逾期不补正", Noun::Row("other.no_correction")),
    ("自然人", Noun::Natural),
    ("法人或其他组织", Noun::Legal),
    ("法人和其他组织", Noun::Legal),
    ("法人及其他组织", Noun::Legal),
    ("法人或者其他组织", Noun::Legal),
    ("法人、其他组织", Noun::Legal),
    ("法人组织", Noun::Legal),
    ("商业企业", Noun::Column("business")),
    ("科研机构", Noun::Column("research")),
    ("社会公益组织", Noun::Column("charity")),
    ("法律服务机构", Noun::Column("legal")),
    ("已主动公开范围", Noun::Reply("C3.1")),
    ("不属于本行政机关公开", Noun::Reply("C3.5")),
    ("不属于本机关公开", Noun::Reply("C3.5")),
    ("信息不存在", Noun::Reply("C3.6")),
    ("更改补充", Noun::Reply("C3.7")),
    ("更改、补充", Noun::Reply("C3.7")),
    ("通过其他途径办理", Noun::Reply("C3.8")),
];

/// The outcome or applicant that a number counts, by the words beside it.
pub(super) fn named(mention: &Mention<'_>) -> Option<Noun> {
    outcome_behind(mention).or_else(|| {
        mention
            .noun(NOUNS)
            .filter(|noun| !is_anyone(mention, *noun))
    })
}

/// 4件予以公开，1件部分公开: the outcome stands behind its number, and nothing before it.
fn outcome_behind(mention: &Mention<'_>) -> Option<Noun> {
    let lead = mention.near.trim_start_matches(['、', '（', '）']);
    if !matches!(lead, "" | "其中" | "有" | "另有" | "其中有") {
        return None;
    }
    let after = mention.after.trim_start_matches(['的', '属', '于', '为']);
    let outcomes = NOUNS.iter().filter(|(_, noun)| {
        matches!(
            noun,
            Noun::Granted | Noun::Partial | Noun::Group(_) | Noun::Reply(_)
        )
    });
    let mut named = outcomes.filter(|(word, _)| {
        after
            .strip_prefix(word)
            .is_some_and(|rest| matches!(rest, "" | "的" | "处理" | "答复"))
    });
    named.next().map(|(_, noun)| *noun)
}

/// 公民、法人或其他组织的申请 are those of anyone.
fn is_anyone(mention: &Mention<'_>, noun: Noun) -> bool {
    matches!(noun, Noun::Natural | Noun::Legal)
        && has(
            mention.near,
            words![
                "公民、",
                "公民和",
                "公民及",
                "自然人、",
                "自然人和",
                "自然人及",
                "公民，",
                "法人、自然人",
            ],
        )
}

/// The rows of the kinds of outcomes that the words before a number name.
fn kinds_of(text: &str, edition: Edition) -> Vec<Vec<CellKey>> {
    const KINDS: [(&str, &str); 6] = [
        ("予以公开", "granted"),
        ("部分公开", "partial"),
        ("不予公开", "deny"),
        ("无法提供", "unable"),
        ("不予处理", "reject"),
        ("其他处理", "other"),
    ];
    KINDS
        .into_iter()
        .filter(|(kind, _)| text.contains(kind))
        .map(|(_, rows)| group(edition, rows))
        .collect()
}

/// Whether the words name several kinds of outcomes, whose number is that of all of them.
pub(super) fn is_of_several(mention: &Mention<'_>, edition: Edition) -> bool {
    kinds_of(mention.near, edition).len() >= 2
}

pub(super) fn outcome(
    mention: &Mention<'_>,
    noun: Noun,
    received: Option<Verb>,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    let edition = figures.edition();
    if edition == Edition::Stats2014 {
        stats_outcome(mention, noun, figures, verdicts);
        return;
    }
    // 予以公开和部分公开共93件.
    if is_of_several(mention, edition) {
        let all = kinds_of(mention.near, edition).concat();
        let together = figures.read_as(&all, "几类处理结果合计");
        if verdicts.compare(mention, vec![together], Weight::Maybe, "处理结果") {
            return;
        }
    }
    let (readings, what) = match noun {
        Noun::Granted => (
            vec![
                figures.sum(&[t3("granted")]),
                figures.read_as(&[t3("granted"), t3("partial")], "含部分公开"),
            ],
            "予以公开",
        ),
        Noun::Partial => (vec![figures.sum(&[t3("partial")])], "部分公开"),
        Noun::Group(name) => {
            let own = group(edition, name);
            let mut wide = own.clone();
            match name {
                "deny" => wide.extend(group(edition, "unable")),
                "reject" => wide.extend(group(edition, "other")),
                _ => {}
            }
            let label = match name {
                "deny" => "不予公开",
                "unable" => "无法提供",
                "reject" => "不予处理",
                _ => "其他处理",
            };
            (
                vec![
                    figures.sum(&own),
                    figures.read_as(&wide, "含相邻一类的处理结果"),
                ],
                label,
            )
        }
        Noun::Row(row) => (vec![figures.sum(&[t3(row)])], "这一情形"),
        Noun::Natural => (applicants(&["natural"], received, figures), "自然人申请"),
        Noun::Legal => (
            applicants(
                &["business", "research", "charity", "legal", "other"],
                received,
                figures,
            ),
            "法人或其他组织申请",
        ),
        Noun::Column(column) => (
            applicants(&[column], received, figures),
            "这一类申请人的申请",
        ),
        Noun::Reply(_) => return,
    };
    let weight = match noun {
        _ if is_of_several(mention, edition) => Weight::Maybe,
        Noun::Row("reject.repeat" | "deny.process" | "deny.internal" | "reject.petition") => {
            Weight::Near
        }
        Noun::Column(_) => Weight::Near,
        _ => Weight::Same,
    };
    verdicts.compare(mention, readings, weight, what);
}

/// The columns of applicants over what was received, or all that was at hand.
fn applicants(
    columns: &[&'static str],
    received: Option<Verb>,
    figures: &Figures<'_>,
) -> Vec<Option<Expected>> {
    let over = |rows: &[&'static str]| -> Vec<CellKey> {
        columns
            .iter()
            .flat_map(|column| rows.iter().map(|row| CellKey::new("t3", row, column)))
            .collect()
    };
    let new = figures.sum(&over(&["new"]));
    let both = over(&["new", "carried_in"]);
    let handled = figures.read_as(&over(&["result_total"]), "指本年办结的申请");
    if received == Some(Verb::Dealt) {
        vec![figures.sum(&both), new, handled]
    } else {
        vec![new, figures.read_as(&both, "含上年结转的申请"), handled]
    }
}

fn stats_outcome(
    mention: &Mention<'_>,
    noun: Noun,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    let (readings, what) = match noun {
        Noun::Granted => (
            vec![
                figures.sum(&[stat("C3.2")]),
                figures.read_as(&[stat("C3.1"), stat("C3.2")], "含已主动公开"),
                figures.read_as(&[stat("C3.2"), stat("C3.3")], "含部分公开"),
            ],
            "同意公开",
        ),
        Noun::Partial => (vec![figures.sum(&[stat("C3.3")])], "同意部分公开"),
        Noun::Group("deny") => (vec![figures.sum(&[stat("C3.4")])], "不同意公开"),
        Noun::Reply(row) => (vec![figures.sum(&[stat(row)])], "这一类答复"),
        _ => return,
    };
    verdicts.compare(mention, readings, Weight::Near, what);
}
