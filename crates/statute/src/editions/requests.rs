//! Table 3, requests received and handled: seven columns of applicants, one row an outcome.

use super::cell::CellKey;
use super::table::{Column, Line, Row, Slot, Table};

const ORGANISATIONS: &str = "法人或其他组织";
const RESULTS: &str = "三、本年度办理结果";

/// The columns of figures; the five in the middle stand under 法人或其他组织.
fn columns() -> Vec<Column> {
    let column = |key, label| Column::new(key, label, "件", "");
    vec![
        column("natural", "自然人"),
        column("business", "商业企业").under(ORGANISATIONS),
        column("research", "科研机构").under(ORGANISATIONS),
        column("charity", "社会公益组织").under(ORGANISATIONS),
        column("legal", "法律服务机构").under(ORGANISATIONS),
        column("other", "其他").under(ORGANISATIONS),
        column("total", "总计"),
    ]
}

/// Key, label, definition, article.
type Entry = (&'static str, &'static str, &'static str, &'static str);
/// A group of outcomes: label of the merged cell (empty: the row stands alone) and its rows.
type Group = (&'static str, &'static [Entry]);

const NEW: Entry = (
    "new",
    "一、本年新收政府信息公开申请数量",
    "收到之日在报告年度内的申请，一份申请拆分办理的按拆分后计",
    "条例 §31",
);
const CARRIED_IN: Entry = (
    "carried_in",
    "二、上年结转政府信息公开申请数量",
    "报告年度开始时尚未办结的申请",
    "条例 §50(二)",
);
const RESULT_TOTAL: Entry = (
    "result_total",
    "（七）总计",
    "本年度各类办理结果之和",
    "条例 §50(二)",
);
const CARRIED_OUT: Entry = (
    "carried_out",
    "四、结转下年度继续办理",
    "报告年度结束时尚未办结的申请",
    "条例 §50(二)",
);

const GRANTED: Group = (
    "",
    &[(
        "granted",
        "（一）予以公开",
        "已公开告知获取方式或者提供了全部信息",
        "条例 §36(一)(二)",
    )],
);
const PARTIAL: Group = (
    "",
    &[(
        "partial",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "区分处理后提供了部分信息",
        "条例 §37",
    )],
);
const DENIED: Group = (
    "（三）不予公开",
    &[
        (
            "deny.secret",
            "1.属于国家秘密",
            "依法确定为国家秘密",
            "条例 §14",
        ),
        (
            "deny.law",
            "2.其他法律行政法规禁止公开",
            "法律、行政法规禁止公开",
            "条例 §14",
        ),
        (
            "deny.safety",
            "3.危及“三安全一稳定”",
            "公开可能危及国家安全、公共安全、经济安全、社会稳定",
            "条例 §14",
        ),
        (
            "deny.third_party",
            "4.保护第三方合法权益",
            "涉及商业秘密、个人隐私，公开会损害第三方合法权益",
            "条例 §15、§32",
        ),
        (
            "deny.internal",
            "5.属于三类内部事务信息",
            "人事管理、后勤管理、内部工作流程信息",
            "条例 §16",
        ),
        (
            "deny.process",
            "6.属于四类过程性信息",
            "讨论记录、过程稿、磋商信函、请示报告",
            "条例 §16",
        ),
        (
            "deny.enforcement",
            "7.属于行政执法案卷",
            "行政执法案卷信息",
            "条例 §16",
        ),
        (
            "deny.query",
            "8.属于行政查询事项",
            "法律、行政法规对信息获取另有规定，如登记资料查询",
            "条例 §36(七)",
        ),
    ],
);
const UNABLE: Group = (
    "（四）无法提供",
    &[
        (
            "unable.not_held",
            "1.本机关不掌握相关政府信息",
            "经检索信息不存在，或者不由本机关负责公开",
            "条例 §36(四)(五)",
        ),
        (
            "unable.create",
            "2.没有现成信息需要另行制作",
            "须加工、分析现有信息才能形成",
            "条例 §38",
        ),
        (
            "unable.unclear",
            "3.补正后申请内容仍不明确",
            "申请人已补正，仍不能确定所指信息",
            "条例 §30",
        ),
    ],
);
const REJECTED: Group = (
    "（五）不予处理",
    &[
        (
            "reject.petition",
            "1.信访举报投诉类申请",
            "以申请的形式进行信访、投诉、举报",
            "条例 §39",
        ),
        (
            "reject.repeat",
            "2.重复申请",
            "已答复同一申请人的相同申请",
            "条例 §36(六)",
        ),
        (
            "reject.publication",
            "3.要求提供公开出版物",
            "要求提供政府公报、报刊、书籍等公开出版物",
            "条例 §39",
        ),
        (
            "reject.excessive",
            "4.无正当理由大量反复申请",
            "数量、频次明显超过合理范围，理由不合理",
            "条例 §35",
        ),
        (
            "reject.confirm",
            "5.要求行政机关确认或重新出具已获取信息",
            "申请人已经获取信息，要求确认或者重新出具",
            "条例 §50(二)",
        ),
    ],
);
const OTHER_2019: Group = (
    "",
    &[(
        "other",
        "（六）其他处理",
        "不属于以上各类的处理，含逾期不补正、逾期不缴费、撤回等",
        "条例 §50(二)",
    )],
);
const OTHER_2021: Group = (
    "（六）其他处理",
    &[
        (
            "other.no_correction",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "已告知补正，申请人逾期没有补正",
            "条例 §30",
        ),
        (
            "other.unpaid",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "已发出信息处理费收费通知，申请人逾期没有缴纳",
            "国办函〔2020〕109号",
        ),
        (
            "other.other",
            "3.其他",
            "撤回、终止等其他情形",
            "条例 §50(二)",
        ),
    ],
);

/// The form of 〔2021〕30号: 25 rows of figures.
pub(super) fn format2021() -> Table {
    build(&[GRANTED, PARTIAL, DENIED, UNABLE, REJECTED, OTHER_2021])
}

/// The trial form of 〔2019〕60号: other handling is one row.
pub(super) fn trial2019() -> Table {
    build(&[GRANTED, PARTIAL, DENIED, UNABLE, REJECTED, OTHER_2019])
}

fn build(groups: &[Group]) -> Table {
    let columns = columns();
    let figures = |key: &'static str| {
        columns
            .iter()
            .map(move |column| Slot::figure(CellKey::new("t3", key, column.key)))
            .collect::<Line>()
    };
    let row = |entry: &Entry, level: u8, group: Option<&'static str>| Row {
        key: entry.0,
        label: entry.1,
        level,
        group,
        definition: entry.2,
        article: entry.3,
        columns: columns.clone(),
    };
    let line = |heads: &[Slot], key: &'static str| {
        heads.iter().copied().chain(figures(key)).collect::<Line>()
    };

    let mut lines = head();
    let mut rows = Vec::new();
    for entry in [&NEW, &CARRIED_IN] {
        lines.push(line(&[Slot::head(entry.1).wide(3)], entry.0));
        rows.push(row(entry, 0, None));
    }

    // The merged cell of the results covers all outcomes and their total.
    let outcomes: usize = groups.iter().map(|group| group.1.len()).sum();
    let mut results = Some(Slot::head(RESULTS).tall(outcomes as u16 + 1));
    for (label, entries) in groups {
        let mut merged = (!label.is_empty()).then(|| Slot::head(label).tall(entries.len() as u16));
        for entry in *entries {
            let mut heads: Vec<Slot> = results.take().into_iter().collect();
            if label.is_empty() {
                heads.push(Slot::head(entry.1).wide(2));
                rows.push(row(entry, 1, Some(RESULTS)));
            } else {
                heads.extend(merged.take());
                heads.push(Slot::head(entry.1));
                rows.push(row(entry, 2, Some(label)));
            }
            lines.push(line(&heads, entry.0));
        }
    }
    lines.push(line(&[Slot::head(RESULT_TOTAL.1).wide(2)], RESULT_TOTAL.0));
    rows.push(row(&RESULT_TOTAL, 1, Some(RESULTS)));
    lines.push(line(&[Slot::head(CARRIED_OUT.1).wide(3)], CARRIED_OUT.0));
    rows.push(row(&CARRIED_OUT, 0, None));

    Table {
        key: "t3",
        title: "收到和处理政府信息公开申请情况",
        article: "条例 §50(二)",
        rows,
        lines,
        above: &[],
        below: &[],
    }
}

/// The three lines of column heads with the note on the identity in the corner.
fn head() -> Vec<Line> {
    let columns = columns();
    let corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
    let mut second = Line::new();
    let mut third = Line::new();
    for column in &columns {
        match column.group {
            None => second.push(Slot::head(column.label).tall(2)),
            Some(group) => {
                if third.is_empty() {
                    let wide = columns
                        .iter()
                        .filter(|other| other.group == Some(group))
                        .count();
                    second.push(Slot::head(group).wide(wide as u16));
                }
                third.push(Slot::head(column.label));
            }
        }
    }
    let first = vec![
        Slot::head(corner).tall(3).wide(3),
        Slot::head("申请人情况").wide(columns.len() as u16),
    ];
    vec![first, second, third]
}
