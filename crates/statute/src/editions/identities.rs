//! The identities of each edition that one report can be held to by itself.
//!
//! Relations with the year before, with the reports of the units below or with the text are rules of
//! the checker; they need more than one table.

use super::Edition;
use super::cell::CellKey;
use super::identity::{Equation, Identity, Level, Relation, Term};
use super::table::Table;
use Relation::{AtLeast, AtMost, Equal};

/// The identities of an edition over its tables.
pub(super) fn of(edition: Edition, tables: &[Table]) -> Vec<Identity> {
    match edition {
        Edition::Narrative => Vec::new(),
        Edition::Stats2014 => stats2014(),
        Edition::Trial2019 => {
            let mut all = requests(tables);
            all.extend([cases(), trial_published(), trial_items()]);
            all
        }
        Edition::Format2021 => {
            let mut all = requests(tables);
            all.extend([cases(), valid_documents()]);
            all
        }
    }
}

fn plus(cell: CellKey) -> Term {
    Term {
        coefficient: 1,
        cell,
    }
}

fn minus(cell: CellKey) -> Term {
    Term {
        coefficient: -1,
        cell,
    }
}

fn rule(
    (name, code): (&'static str, &'static str),
    level: Level,
    (statement, english): (&'static str, &'static str),
    article: &'static str,
    equations: Vec<Equation>,
) -> Identity {
    Identity {
        name,
        code,
        level,
        statement,
        english,
        article,
        eased_by: &[],
        equations,
    }
}

/// Table 3: three identities, each over all seven columns or all rows.
fn requests(tables: &[Table]) -> Vec<Identity> {
    let Some(table) = tables.iter().find(|table| table.key == "t3") else {
        return Vec::new();
    };
    let columns: Vec<&'static str> = table
        .rows
        .first()
        .map(|row| row.columns.iter().map(|c| c.key).collect())
        .unwrap_or_default();
    let key = |row, column| CellKey::new("t3", row, column);
    let outcomes =
        || {
            table.rows.iter().map(|row| row.key).filter(|row| {
                !matches!(*row, "new" | "carried_in" | "result_total" | "carried_out")
            })
        };
    // The note in the corner of the printed table; it says 本列, so it holds for every column.
    let balance = columns
        .iter()
        .map(|column| Equation {
            stated: key("result_total", column),
            relation: Equal,
            expected: vec![
                plus(key("new", column)),
                plus(key("carried_in", column)),
                minus(key("carried_out", column)),
            ],
        })
        .collect();
    let handled = columns
        .iter()
        .map(|column| Equation {
            stated: key("result_total", column),
            relation: Equal,
            expected: outcomes().map(|row| plus(key(row, column))).collect(),
        })
        .collect();
    let applicants = table
        .rows
        .iter()
        .map(|row| Equation {
            stated: key(row.key, "total"),
            relation: Equal,
            expected: columns
                .iter()
                .filter(|column| **column != "total")
                .map(|column| plus(key(row.key, column)))
                .collect(),
        })
        .collect();
    vec![
        rule(
            ("request-balance-mismatch", "T101"),
            Level::Error,
            (
                "第一项加第二项之和，应等于第三项加第四项之和",
                "requests received and carried in differ from those handled and carried over",
            ),
            "条例 §50(二)，表内勾稽关系说明",
            balance,
        ),
        rule(
            ("handled-total-mismatch", "T102"),
            Level::Error,
            (
                "本年度办理结果的总计应等于各类办理结果之和",
                "the total of the outcomes differs from their sum",
            ),
            "条例 §50(二)",
            handled,
        ),
        rule(
            ("applicant-total-mismatch", "T103"),
            Level::Error,
            (
                "总计列应等于自然人与法人或其他组织各列之和",
                "the total column differs from the sum of the applicants' columns",
            ),
            "条例 §50(二)",
            applicants,
        ),
    ]
}

/// Table 4: the total of each track.
fn cases() -> Identity {
    let equations = ["review", "lit_direct", "lit_after_review"]
        .into_iter()
        .map(|track| Equation {
            stated: CellKey::new("t4", track, "total"),
            relation: Equal,
            expected: ["upheld", "corrected", "other", "pending"]
                .into_iter()
                .map(|column| plus(CellKey::new("t4", track, column)))
                .collect(),
        })
        .collect();
    rule(
        ("case-total-mismatch", "T104"),
        Level::Error,
        (
            "总计应等于结果维持、结果纠正、其他结果、尚未审结之和",
            "the total of the cases differs from the sum of their results",
        ),
        "条例 §50(三)",
        equations,
    )
}

/// Table 2 of 2021: what is in force holds at least what was issued and not repealed this year.
fn valid_documents() -> Identity {
    let equations = ["rules", "norms"]
        .into_iter()
        .map(|row| Equation {
            stated: CellKey::new("t2", row, "valid"),
            relation: AtLeast,
            expected: vec![
                plus(CellKey::new("t2", row, "issued")),
                minus(CellKey::new("t2", row, "repealed")),
            ],
        })
        .collect();
    rule(
        ("valid-below-net-issued", "T105"),
        Level::Warning,
        (
            "现行有效件数不应小于本年制发件数减本年废止件数",
            "documents in force are fewer than those issued less those repealed this year",
        ),
        "条例 §20(一)",
        equations,
    )
}

/// Table 2 of 2019: what was published this year is part of all that is published.
fn trial_published() -> Identity {
    let equations = ["rules", "norms"]
        .into_iter()
        .map(|row| Equation {
            stated: CellKey::new("t2", row, "published"),
            relation: AtMost,
            expected: vec![plus(CellKey::new("t2", row, "total"))],
        })
        .collect();
    rule(
        ("published-above-total", "T106"),
        Level::Warning,
        (
            "本年新公开数量不应大于对外公开总数量",
            "more was published this year than in all",
        ),
        "条例 §20(一)",
        equations,
    )
}

/// Table 2 of 2019: no more items can go than there were.
fn trial_items() -> Identity {
    let equations = ["license", "service", "penalty", "coercion", "fee"]
        .into_iter()
        .map(|row| Equation {
            stated: CellKey::new("t2", row, "change"),
            relation: AtLeast,
            expected: vec![minus(CellKey::new("t2", row, "last_year"))],
        })
        .collect();
    rule(
        ("items-below-zero", "T107"),
        Level::Warning,
        (
            "本年减少的项目数不应大于上一年项目数量",
            "more items were dropped than there were last year",
        ),
        "条例 §20",
        equations,
    )
}

/// The table of 2014. Of the relations known for it, the comparison of closed requests with those
/// left from the year before needs that year, and is only hinted at here.
fn stats2014() -> Vec<Identity> {
    const SOURCE: &str = "国办发〔2014〕32号";
    let key = |row| CellKey::new("stats2014", row, CellKey::VALUE);
    let compare = |stated, relation, parts: &[&'static str]| Equation {
        stated: key(stated),
        relation,
        expected: parts.iter().map(|part| plus(key(part))).collect(),
    };
    let replies = [
        "C3.1", "C3.2", "C3.3", "C3.4", "C3.5", "C3.6", "C3.7", "C3.8",
    ];
    let refusals = ["C3.4a", "C3.4b", "C3.4c", "C3.4d", "C3.4e", "C3.4f"];
    let channels = ["A2.1", "A2.2", "A2.3", "A2.4", "A2.5"];
    let each_channel = channels.map(|channel| compare("A1", AtLeast, &[channel]));
    let error = |id, statement, equations| rule(id, Level::Error, statement, SOURCE, equations);
    let warning = |id, statement, equations| rule(id, Level::Warning, statement, SOURCE, equations);
    // The form has no row for cases that are still open, so a total above the three results is
    // explained where the report says that some are.
    const OPEN: &[&str] = &["未审结", "未结案", "正在审理", "审理中"];

    vec![
        error(
            ("request-channel-mismatch", "T121"),
            (
                "收到申请数应等于当面、传真、网络、信函四种申请数之和",
                "requests received differ from the sum of the four channels",
            ),
            vec![compare("C1", Equal, &["C1.1", "C1.2", "C1.3", "C1.4"])],
        ),
        error(
            ("closed-total-mismatch", "T122"),
            (
                "申请办结数应等于按时办结数与延期办结数之和",
                "requests closed differ from those closed in time plus those extended",
            ),
            vec![compare("C2", Equal, &["C2.1", "C2.2"])],
        ),
        error(
            ("reply-total-mismatch", "T123"),
            (
                "申请答复数应等于八类答复数之和",
                "replies differ from the sum of the eight kinds of reply",
            ),
            vec![compare("C3", Equal, &replies)],
        ),
        error(
            ("refusal-total-mismatch", "T124"),
            (
                "不同意公开答复数应等于其中六种情形之和",
                "refusals differ from the sum of their six grounds",
            ),
            vec![compare("C3.4", Equal, &refusals)],
        ),
        Identity {
            eased_by: OPEN,
            ..error(
                ("review-total-mismatch", "T125"),
                (
                    "行政复议数量应等于维持、纠错、其他情形之和",
                    "reviews differ from the sum of upheld, corrected and other",
                ),
                vec![compare("D", Equal, &["D.1", "D.2", "D.3"])],
            )
        },
        Identity {
            eased_by: OPEN,
            ..error(
                ("litigation-total-mismatch", "T126"),
                (
                    "行政诉讼数量应等于维持或驳回、纠错、其他情形之和",
                    "lawsuits differ from the sum of upheld, corrected and other",
                ),
                vec![compare("E", Equal, &["E.1", "E.2", "E.3"])],
            )
        },
        error(
            ("staff-total-mismatch", "T127"),
            (
                "工作人员数应等于专职人员数与兼职人员数之和",
                "staff differ from full-time plus part-time staff",
            ),
            vec![compare("H3", Equal, &["H3.1", "H3.2"])],
        ),
        error(
            ("leader-share-above-total", "T128"),
            (
                "主要负责同志参加的次数不应大于总次数",
                "the head took part more often than there were occasions",
            ),
            vec![
                compare("B2.1a", AtMost, &["B2.1"]),
                compare("B2.2a", AtMost, &["B2.2"]),
            ],
        ),
        error(
            ("disclosed-above-channels", "T129"),
            (
                "去重后的主动公开数不应大于各渠道公开数之和",
                "information disclosed exceeds the sum of all channels",
            ),
            vec![compare("A1", AtMost, &channels)],
        ),
        error(
            ("disclosed-below-channel", "T130"),
            (
                "去重后的主动公开数不应小于任一渠道的公开数",
                "information disclosed is less than that of a single channel",
            ),
            each_channel.into(),
        ),
        warning(
            ("normative-above-made", "T131"),
            (
                "主动公开的规范性文件数通常不大于制发总数",
                "more normative documents were disclosed than made",
            ),
            vec![compare("A1a", AtMost, &["A1b"])],
        ),
        warning(
            ("normative-above-disclosed", "T132"),
            (
                "主动公开的规范性文件数不应大于主动公开政府信息数",
                "normative documents disclosed exceed all information disclosed",
            ),
            vec![compare("A1a", AtMost, &["A1"])],
        ),
        warning(
            ("responses-above-channels", "T133"),
            (
                "去重后的回应数不应大于各种方式回应数之和",
                "responses exceed the sum of all ways of responding",
            ),
            vec![compare(
                "B1",
                AtMost,
                &["B2.1", "B2.2", "B2.3", "B2.4", "B2.5"],
            )],
        ),
        warning(
            ("replies-below-closed", "T134"),
            (
                "申请答复数通常不小于申请办结数",
                "replies are fewer than requests closed",
            ),
            vec![compare("C3", AtLeast, &["C2"])],
        ),
        rule(
            ("closed-above-received", "T135"),
            Level::Info,
            (
                "申请办结数大于收到申请数时，差额应是上年未办结的申请，表内没有结转项",
                "more requests were closed than received",
            ),
            SOURCE,
            vec![compare("C2", AtMost, &["C1"])],
        ),
    ]
}
