//! Documents: what they say of themselves, and the way from draft to publication.
//!
//! Drafter, reviewer, secrecy reviewer and approver are different steps; the drafter never clears
//! the own document (保密法实施条例 §42: first reviewed, then published). All states and
//! transitions stand in [`TRANSITIONS`].

use crate::Reason;
use crate::permissions::Action;
use statute::Date;
use statute::channel::PublicationChannel;
use statute::keyed;

keyed! {
    /// What kind of item a document is.
    Kind, "信息类型" {
        Rule = "rule", "规章";
        Normative = "normative", "行政规范性文件";
        Official = "official", "公文";
        Interpretation = "interpretation", "政策解读";
        Notice = "notice", "通知公告";
        News = "news", "工作动态";
        Budget = "budget", "财政预决算";
        Guide = "guide", "办事指南";
        Other = "other", "其他信息";
    }
}

keyed! {
    /// 公开属性: decided when the document is drafted (条例 §5, §13).
    Attribute, "公开属性" {
        Proactive = "proactive", "主动公开";
        OnRequest = "on-request", "依申请公开";
        Withheld = "withheld", "不予公开";
    }
}

keyed! {
    /// Where a document is.
    Status, "文件状态" {
        Draft = "draft", "起草中";
        InReview = "in-review", "待审核";
        InSecrecyReview = "in-secrecy-review", "待保密审查";
        AwaitingApproval = "awaiting-approval", "待签发";
        Published = "published", "已公布";
        Filed = "filed", "已归档（不主动公开）";
        Withdrawn = "withdrawn", "已撤下";
    }
}

keyed! {
    /// What is done to a document on its way.
    Verb, "流转动作" {
        Submit = "submit", "提交审核";
        Review = "review", "审核通过";
        Clear = "clear", "保密审查通过";
        Return = "return", "退回起草人";
        Approve = "approve", "签发";
        Withdraw = "withdraw", "撤下";
    }
}

/// From where, by which verb, to where, and which permission it takes. Approval leads to
/// [`Status::Filed`] when the attribute is not proactive.
pub const TRANSITIONS: &[(Status, Verb, Status, Action)] = &[
    (
        Status::Draft,
        Verb::Submit,
        Status::InReview,
        Action::DocumentDraft,
    ),
    (
        Status::InReview,
        Verb::Review,
        Status::InSecrecyReview,
        Action::DocumentReview,
    ),
    (
        Status::InReview,
        Verb::Return,
        Status::Draft,
        Action::DocumentReview,
    ),
    (
        Status::InSecrecyReview,
        Verb::Clear,
        Status::AwaitingApproval,
        Action::DocumentSecrecyReview,
    ),
    (
        Status::InSecrecyReview,
        Verb::Return,
        Status::Draft,
        Action::DocumentSecrecyReview,
    ),
    (
        Status::AwaitingApproval,
        Verb::Approve,
        Status::Published,
        Action::DocumentApprove,
    ),
    (
        Status::AwaitingApproval,
        Verb::Return,
        Status::Draft,
        Action::DocumentApprove,
    ),
    (
        Status::Published,
        Verb::Withdraw,
        Status::Withdrawn,
        Action::DocumentWithdraw,
    ),
];

/// Longest title, in characters.
pub const TITLE_LIMIT: usize = 200;
/// Longest 文号, in characters.
pub const NUMBER_LIMIT: usize = 100;
/// Longest reason in law, in characters.
pub const BASIS_LIMIT: usize = 1000;
/// Years in which a date of a document may lie.
const YEARS: std::ops::RangeInclusive<i16> = 1949..=2200;

fn out_of_bounds(day: Date) -> String {
    format!(
        "日期 {day} 不可用，应在 {} 到 {} 年之间，请核对。",
        YEARS.start(),
        YEARS.end()
    )
}

/// Longest body, in characters.
pub const BODY_LIMIT: usize = 200_000;

/// An information item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The sender's or our own id, unique in the site.
    pub id: String,
    /// The unit that made or keeps it.
    pub unit: String,
    /// Kind of item.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// 文号.
    pub number: Option<String>,
    /// 索引号; never reused.
    pub index_number: String,
    /// 成文日期.
    pub written_on: Date,
    /// 公开属性.
    pub attribute: Attribute,
    /// Reason in law when it is not proactive; otherwise optional.
    pub basis: Option<String>,
    /// Where it is.
    pub status: Status,
    /// 发布日期: from this day it is public.
    pub published_on: Option<Date>,
    /// On which channels.
    pub channels: Vec<PublicationChannel>,
    /// 施行日期; without it, from publication.
    pub in_force_from: Option<Date>,
    /// 废止日期.
    pub repealed_on: Option<Date>,
    /// The document that this one interprets.
    pub explains: Option<String>,
    /// Text, paragraphs parted by line breaks.
    pub body: String,
    /// Who drafted it.
    pub drafter: Option<String>,
    /// Who reviewed it.
    pub reviewer: Option<String>,
    /// Who cleared it for secrecy.
    pub secrecy_reviewer: Option<String>,
    /// Who approved it.
    pub approver: Option<String>,
    /// Why it was last returned or withdrawn.
    pub remark: Option<String>,
    /// Journal entry that last changed it.
    pub seq: i64,
}

/// 有效性 of a document that binds or ordered something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// 尚未施行.
    NotYetInForce,
    /// 现行有效.
    InForce,
    /// 已废止.
    Repealed,
}

impl Validity {
    /// The word people read.
    pub fn label(self) -> &'static str {
        match self {
            Validity::NotYetInForce => "尚未施行",
            Validity::InForce => "现行有效",
            Validity::Repealed => "已废止",
        }
    }
}

impl Document {
    /// Whether it is in force on a day. Only rules, normative and official documents are; a
    /// document repealed on a day is no longer in force on it.
    pub fn validity(&self, on: Date) -> Option<Validity> {
        if !matches!(self.kind, Kind::Rule | Kind::Normative | Kind::Official) {
            return None;
        }
        if self.repealed_on.is_some_and(|repealed| repealed <= on) {
            return Some(Validity::Repealed);
        }
        match self.in_force_from.or(self.published_on) {
            Some(from) if from <= on => Some(Validity::InForce),
            _ => Some(Validity::NotYetInForce),
        }
    }
}

/// Details that a verb carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Doing<'a> {
    /// Who acts.
    pub actor: &'a str,
    /// Why, for a return or a withdrawal.
    pub remark: &'a str,
    /// Day of publication for an approval; today or later.
    pub publish_on: Option<Date>,
}

/// Which verbs lead on from a state, with the permission each takes.
pub fn verbs(status: Status) -> impl Iterator<Item = (Verb, Action)> {
    TRANSITIONS
        .iter()
        .filter(move |(from, ..)| *from == status)
        .map(|(_, verb, _, action)| (*verb, *action))
}

/// The permission that a verb takes from a state; none if it does not lead on from there.
pub fn permission(status: Status, verb: Verb) -> Option<Action> {
    verbs(status)
        .find(|(v, _)| *v == verb)
        .map(|(_, action)| action)
}

/// What stands against what the document says of itself.
pub fn check(document: &Document, today: Date) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let title = document.title.chars().count();
    if document.title.trim().is_empty() {
        reasons.push(Reason::at("title", "title-empty", "标题没有填写，请填写。"));
    } else if title > TITLE_LIMIT {
        reasons.push(Reason::at(
            "title",
            "title-too-long",
            format!("标题有 {title} 个字，最多 {TITLE_LIMIT} 个字，请缩短。"),
        ));
    }
    let body = document.body.chars().count();
    if body > BODY_LIMIT {
        reasons.push(Reason::at(
            "body",
            "body-too-long",
            format!("正文有 {body} 个字，最多 {BODY_LIMIT} 个字，请把长内容作为附件。"),
        ));
    }
    for (field, text, limit) in [
        ("number", &document.number, NUMBER_LIMIT),
        ("basis", &document.basis, BASIS_LIMIT),
    ] {
        let length = text.as_deref().map_or(0, |text| text.chars().count());
        if length > limit {
            reasons.push(Reason::at(
                field,
                "too-long",
                format!("这一项有 {length} 个字，最多 {limit} 个字，请缩短。"),
            ));
        }
    }
    for (field, day) in [
        ("written_on", Some(document.written_on)),
        ("in_force_from", document.in_force_from),
        ("repealed_on", document.repealed_on),
    ] {
        if let Some(day) = day.filter(|day| !YEARS.contains(&day.year())) {
            reasons.push(Reason::at(field, "year-out-of-bounds", out_of_bounds(day)));
        }
    }
    if document.written_on > today {
        reasons.push(Reason::at(
            "written_on",
            "written-in-future",
            format!(
                "成文日期 {} 晚于今天 {today}，请核对。",
                document.written_on
            ),
        ));
    }
    if document.attribute != Attribute::Proactive
        && document
            .basis
            .as_deref()
            .unwrap_or_default()
            .trim()
            .is_empty()
    {
        // 条例 §5: 公开为常态 — whoever does not publish says why.
        reasons.push(Reason::at(
            "basis",
            "basis-missing",
            format!(
                "公开属性选了“{}”，没有写理由；请写明依据条例的哪一条（如 §14、§15、§16）。",
                document.attribute.label()
            ),
        ));
    }
    if let (Some(from), Some(repealed)) = (document.in_force_from, document.repealed_on)
        && repealed < from
    {
        reasons.push(Reason::at(
            "repealed_on",
            "repealed-before-in-force",
            format!("废止日期 {repealed} 早于施行日期 {from}，请核对。"),
        ));
    }
    for mark in ["绝密★", "机密★", "秘密★"] {
        if document.title.contains(mark) || document.body.contains(mark) {
            // 保密法 §31(三): no state secrets in a system that is not cleared for them.
            reasons.push(Reason::at(
                "body",
                "secret-mark",
                format!(
                    "内容带有密级标志“{mark}”，不得录入本系统；请立即改用涉密系统并报告保密工作机构。"
                ),
            ));
        }
    }
    reasons
}

/// Whether a document can be repealed at all: it binds or orders, and it stands.
pub fn can_be_repealed(document: &Document) -> bool {
    matches!(document.status, Status::Published | Status::Filed)
        && matches!(document.kind, Kind::Rule | Kind::Normative | Kind::Official)
}

/// What stands against repealing a document from a day on. Permission is asked elsewhere.
pub fn check_repeal(document: &Document, on: Date, reason: &str, today: Date) -> Vec<Reason> {
    if !can_be_repealed(document) {
        return vec![Reason::new(
            "not-repealable",
            format!(
                "这是“{}”的{}，不能废止；只有已公开或已归档的规章、规范性文件和公文可以废止。",
                document.status.label(),
                document.kind.label()
            ),
        )];
    }
    let mut reasons = Vec::new();
    let from = document.in_force_from.unwrap_or(document.written_on);
    if on < from {
        reasons.push(Reason::at(
            "on",
            "repealed-before-in-force",
            format!("废止日期 {on} 早于施行日期 {from}，请核对。"),
        ));
    } else if on > today {
        reasons.push(Reason::at(
            "on",
            "in-future",
            format!("废止日期 {on} 晚于今天 {today}；到了那一天再登记。"),
        ));
    } else if document.repealed_on == Some(on) {
        reasons.push(Reason::at(
            "on",
            "repealed-already",
            format!("这份文件已经登记为 {on} 起废止，没有变化。"),
        ));
    }
    let length = reason.trim().chars().count();
    if length == 0 {
        reasons.push(Reason::at(
            "reason",
            "reason-empty",
            "没有写废止的依据，请写明由哪份文件或决定废止。",
        ));
    } else if length > BASIS_LIMIT {
        reasons.push(Reason::at(
            "reason",
            "too-long",
            format!("废止的依据有 {length} 个字，最多 {BASIS_LIMIT} 个字，请缩短。"),
        ));
    }
    reasons
}

/// What stands against doing this to the document now. Permission is asked elsewhere
/// ([`crate::permissions`]); this is about the document and who did the other steps.
pub fn can(document: &Document, verb: Verb, doing: &Doing, today: Date) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if permission(document.status, verb).is_none() {
        reasons.push(Reason::new(
            "wrong-state",
            format!(
                "文件现在是“{}”，不能{}；请刷新页面看最新状态。",
                document.status.label(),
                verb.label()
            ),
        ));
        return reasons;
    }
    let drafter = document.drafter.as_deref() == Some(doing.actor);
    match verb {
        Verb::Submit => {
            reasons.extend(check(document, today));
            if document.body.trim().is_empty() {
                reasons.push(Reason::at(
                    "body",
                    "body-empty",
                    "正文没有填写，请填写后再提交。",
                ));
            }
        }
        Verb::Review if drafter => {
            reasons.push(Reason::new(
                "own-draft",
                "起草人不能审核自己的文件，请由其他审核人办理。",
            ));
        }
        Verb::Clear if drafter => {
            reasons.push(Reason::new(
                "own-draft",
                "起草人不能对自己的文件作保密审查，请由保密审查员办理。",
            ));
        }
        Verb::Approve if drafter => {
            reasons.push(Reason::new(
                "own-draft",
                "起草人不能签发自己的文件，请由签发人办理。",
            ));
        }
        Verb::Approve if document.secrecy_reviewer.as_deref() == Some(doing.actor) => {
            reasons.push(Reason::new(
                "own-review",
                "保密审查人不能同时签发同一文件，请由其他签发人办理。",
            ));
        }
        Verb::Approve => {
            if doing.publish_on.is_some_and(|day| day < today) {
                // 检查指标: a forged publication date disqualifies the whole site.
                reasons.push(Reason::at(
                    "publish_on",
                    "published-in-past",
                    format!("发布日期不能早于今天 {today}；历史信息的形成日期请填“成文日期”。"),
                ));
            }
            if let Some(day) = doing.publish_on.filter(|day| !YEARS.contains(&day.year())) {
                reasons.push(Reason::at(
                    "publish_on",
                    "year-out-of-bounds",
                    out_of_bounds(day),
                ));
            }
            if document.attribute == Attribute::Proactive && document.channels.is_empty() {
                reasons.push(Reason::at(
                    "channels",
                    "no-channel",
                    "没有选公开渠道，请至少选一个。",
                ));
            }
        }
        Verb::Return | Verb::Withdraw if doing.remark.trim().is_empty() => {
            reasons.push(Reason::at(
                "remark",
                "remark-missing",
                "没有写原因，请写明后再提交。",
            ));
        }
        _ => {}
    }
    reasons
}

/// Does it: the document as it is afterwards.
///
/// # Errors
/// The reasons of [`can`].
pub fn apply(
    mut document: Document,
    verb: Verb,
    doing: &Doing,
    today: Date,
) -> Result<Document, Vec<Reason>> {
    let reasons = can(&document, verb, doing, today);
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let next = TRANSITIONS
        .iter()
        .find(|(from, v, ..)| *from == document.status && *v == verb);
    let Some((_, _, to, _)) = next else {
        return Err(reasons);
    };
    let actor = Some(doing.actor.to_owned());
    document.status = *to;
    match verb {
        Verb::Submit => document.remark = None,
        Verb::Review => document.reviewer = actor,
        Verb::Clear => document.secrecy_reviewer = actor,
        Verb::Return => {
            document.remark = Some(doing.remark.trim().to_owned());
            document.reviewer = None;
            document.secrecy_reviewer = None;
        }
        Verb::Approve => {
            document.approver = actor;
            if document.attribute == Attribute::Proactive {
                document.published_on = Some(doing.publish_on.unwrap_or(today));
            } else {
                document.status = Status::Filed;
            }
        }
        Verb::Withdraw => document.remark = Some(doing.remark.trim().to_owned()),
    }
    Ok(document)
}
