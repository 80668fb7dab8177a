//! Requests (依申请公开): where one stands, computed from its dated events by the statutory clock,
//! and what stands against the next entry at a live door.

use crate::Reason;
use statute::applicant::ApplicantKind;
use statute::calendar::Calendar;
use statute::channel::RequestChannel;
use statute::clock::{self, Event, EventKind, State};
use statute::{Date, Outcome};

/// Longest description of what is asked for, in characters.
pub const SUBJECT_LIMIT: usize = 5000;
/// Most events of one request, at every door.
pub const EVENTS_LIMIT: usize = 500;
/// Longest reason of a correction, in characters.
pub const REASON_LIMIT: usize = 500;
/// No event of a request lies before this year.
pub const FIRST_YEAR: i16 = 1949;
/// Longest reply text, in characters.
pub const REPLY_LIMIT: usize = 20_000;

/// A request without what the applicant said (that is sealed, see `store::requests`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The sender's or our own id.
    pub id: String,
    /// Unit asked.
    pub unit: String,
    /// 登记编号, unique in the unit.
    pub number: String,
    /// How it arrived.
    pub channel: RequestChannel,
    /// Kind of applicant.
    pub applicant_kind: ApplicantKind,
    /// Reference to the applicant's sealed details.
    pub applicant: String,
    /// What happened, in order of entry.
    pub events: Vec<Event>,
    /// Who handles it.
    pub handler: Option<String>,
    /// Journal entry that last changed it.
    pub seq: i64,
}

/// What follows from the events and is stored beside them, so that lists and counts need not
/// replay: always recomputed, never entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub state: State,
    /// 收到申请之日.
    pub received_on: Option<Date>,
    /// Last day for the reply.
    pub due_on: Option<Date>,
    /// Day of reply or closing.
    pub closed_on: Option<Date>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Whether it ended with a reply.
    pub replied: bool,
    /// Whether the reply was ever put off.
    pub extended: bool,
    /// Whether it was answered after the answer was due. An ending because the applicant let a term
    /// of their own run out (逾期不补正、逾期未缴费) is never late.
    pub late: bool,
}

/// Fills in the request's own channel where a receipt left it out.
pub fn with_channel(events: &[Event], channel: RequestChannel) -> Vec<Event> {
    events
        .iter()
        .map(|event| event.clone().with_channel(channel))
        .collect()
}

/// Where a request stands by its events.
pub fn standing(calendar: &Calendar, events: &[Event]) -> Standing {
    let answer = clock::replay(calendar, events, None);
    let closed_on = answer.closed.map(|closing| closing.on);
    // A request that ended was received by then, though the confirmation (条例 §31) was never or only
    // later recorded; else the year of its ending would count an outcome of a request nobody got.
    let received_on = match closed_on {
        Some(closed) if answer.received_on.is_none_or(|day| day > closed) => {
            clock::standing_events(events)
                .iter()
                .find(|event| matches!(event.kind, EventKind::Received { .. }))
                .map(|event| event.on.min(closed))
        }
        _ => answer.received_on,
    };
    Standing {
        state: answer.state,
        received_on,
        due_on: answer.due_on,
        closed_on,
        outcome: answer.closed.and_then(|closing| closing.outcome),
        replied: answer.closed.is_some_and(|closing| closing.replied),
        extended: answer.extended,
        late: closed_on.is_some()
            && answer.overdue == Some(true)
            && !ended_by_applicant(answer.closed.and_then(|closing| closing.outcome)),
    }
}

/// Endings that wait for the applicant's own term to run out (条例 §30; 国办函〔2020〕109号 第六条): no
/// reply was due, so none is late.
fn ended_by_applicant(outcome: Option<Outcome>) -> bool {
    outcome.is_some_and(|it| matches!(it.key(), "other.no_correction" | "other.unpaid"))
}

/// Steps without which an outcome cannot be: a live door refuses it, an import tells it.
pub fn missing_steps(events: &[Event], outcome: Outcome, on: Date) -> Vec<Reason> {
    let standing = clock::standing_events(events);
    let has = |test: fn(&EventKind) -> bool| standing.iter().any(|event| test(&event.kind));
    let mut reasons = Vec::new();
    match outcome.key() {
        "unable.unclear" if !has(|kind| matches!(kind, EventKind::SupplementAsked { .. })) => {
            reasons.push(Reason::at(
                "outcome",
                "no-supplement-asked",
                "结果是“补正后申请内容仍不明确”，没有补正告知的记录（条例 §30）；请先登记补正告知。",
            ));
        }
        "other.no_correction" => {
            let asked = standing.iter().rev().find_map(|event| match event.kind {
                EventKind::SupplementAsked { reply_by } => Some(reply_by),
                _ => None,
            });
            match asked {
                None => reasons.push(Reason::at(
                    "outcome",
                    "no-supplement-asked",
                    "结果是“逾期不补正”，没有补正告知的记录（条例 §30）；请先登记补正告知。",
                )),
                Some(Some(reply_by)) if on <= reply_by => reasons.push(Reason::at(
                    "outcome",
                    "supplement-term-open",
                    format!(
                        "补正期限到 {reply_by} 才满，{on} 还不能按“逾期不补正”办结（条例 §30）。"
                    ),
                )),
                _ => {}
            }
        }
        "other.unpaid" if !has(|kind| matches!(kind, EventKind::FeeNotified)) => {
            reasons.push(Reason::at(
                "outcome",
                "no-fee-notice",
                "结果是“逾期未缴费”，没有收费通知的记录（国办函〔2020〕109号 第六条）；请先登记收费通知。",
            ));
        }
        "reject.excessive" if !has(|kind| matches!(kind, EventKind::ReasonAsked)) => {
            reasons.push(Reason::at(
                "outcome",
                "no-reason-asked",
                "结果是“无正当理由大量反复申请”，没有要求说明理由的记录（条例 §35）；请先登记要求说明理由。",
            ));
        }
        _ => {}
    }
    reasons
}

/// What stands against entering this event at a live door (page, API).
///
/// History that is late or incomplete comes in by import; here an order that cannot be, a day in
/// the future, an extension out of its bounds (条例 §33) and an outcome without its steps are
/// refused. A reply after its due date is a fact that must be entered: it takes `late_reason`.
pub fn check_next(
    events: &[Event],
    next: &Event,
    calendar: &Calendar,
    today: Date,
    late_reason: &str,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if next.on > today {
        reasons.push(Reason::at(
            "on",
            "in-future",
            format!(
                "日期 {} 晚于今天 {today}，还没有发生的环节不能登记。",
                next.on
            ),
        ));
    }
    if next.on.year() < FIRST_YEAR {
        reasons.push(Reason::at(
            "on",
            "too-early",
            format!("日期 {} 早于 {FIRST_YEAR} 年，请核对。", next.on),
        ));
    }
    let before = clock::replay(calendar, events, Some(today));
    let mut after = events.to_vec();
    after.push(next.clone());
    let known = clock::check_order(events);
    reasons.extend(
        clock::check_order(&after)
            .into_iter()
            .filter(|problem| !known.contains(problem))
            // One wrong day makes others look wrong; the first says it.
            .take(1)
            .map(|problem| Reason::at("on", "order", problem)),
    );
    let known = clock::missing_askings(events);
    reasons.extend(
        clock::missing_askings(&after)
            .into_iter()
            .filter(|problem| !known.contains(problem))
            .map(|problem| Reason::new("asking-missing", format!("{problem}；请先补登前一环节。"))),
    );
    match &next.kind {
        EventKind::Extended { days } => {
            let most = before
                .regulation
                .map_or(20, |regulation| regulation.extension_max().days);
            match days {
                Some(days) if (1..=most).contains(days) => {}
                _ => reasons.push(Reason::at(
                    "days",
                    "extension-out-of-bounds",
                    format!("延长的天数应为 1 到 {most} 个工作日（条例 §33），请重填。"),
                )),
            }
            if before.extension_days > 0 {
                reasons.push(Reason::new(
                    "extended-twice",
                    "这件申请已经延长过一次，条例 §33 只许延长一次。",
                ));
            }
            if before.due_on.is_some_and(|due| next.on > due) {
                reasons.push(Reason::at(
                    "on",
                    "extended-late",
                    "答复期限已过，不能再延长；延期告知须在原期限届满前作出（条例 §33）。",
                ));
            }
        }
        EventKind::SupplementAsked { reply_by } => {
            if asked_before(events) {
                reasons.push(Reason::new(
                    "supplement-twice",
                    "补正只能一次性告知（条例 §30），这件申请已经告知过。",
                ));
            }
            if reply_by.is_none_or(|day| day <= next.on) {
                reasons.push(Reason::at(
                    "reply_by",
                    "no-supplement-term",
                    "请填合理的补正期限，应晚于告知日期（条例 §30）。",
                ));
            }
        }
        EventKind::Replied { outcome, .. } | EventKind::Closed { outcome } => {
            match outcome {
                None => reasons.push(Reason::at(
                    "outcome",
                    "no-outcome",
                    "没有选办理结果，请从法定结果中选一项。",
                )),
                Some(outcome) if of_the_old_form(*outcome) => reasons.push(Reason::at(
                    "outcome",
                    "outcome-of-old-form",
                    format!(
                        "“{}”是 2014—2018 年统计表的结果，现在的年报没有这一项，请从现行结果中选。",
                        outcome.label()
                    ),
                )),
                Some(outcome)
                    if matches!(next.kind, EventKind::Closed { .. })
                        && !ends_without_reply(*outcome) =>
                {
                    reasons.push(Reason::at(
                        "outcome",
                        "outcome-takes-reply",
                        format!(
                            "“{}”要书面答复申请人（条例 §33、§36），不能不答复就办结；请登记答复。",
                            outcome.label()
                        ),
                    ));
                }
                Some(outcome) => reasons.extend(missing_steps(events, *outcome, next.on)),
            }
            if late_reason.trim().is_empty()
                && let Some(due) = before.due_on.filter(|due| next.on > *due)
            {
                reasons.push(Reason::at(
                    "late_reason",
                    "reply-late",
                    format!(
                        "答复日期 {} 已超过期限 {due}；确需登记的，请写明逾期原因，原因将留在日志里。",
                        next.on
                    ),
                ));
            }
        }
        _ => {}
    }
    reasons
}

/// Whether an outcome belongs to the form of 2014 to 2018 alone: it comes in with history.
pub fn of_the_old_form(outcome: Outcome) -> bool {
    outcome.key().starts_with('C')
}

/// Whether a request may end this way without a reply: only 其他处理 (the last group of table 3).
/// Everything else is an answer under 条例 §36, and an answer is given to the applicant.
pub fn ends_without_reply(outcome: Outcome) -> bool {
    outcome.key().starts_with("other.")
}

/// Refuses one more event on a request that has too many already.
///
/// # Errors
/// [`EVENTS_LIMIT`] is reached.
pub fn check_room(events: &[Event]) -> Result<(), Reason> {
    if events.len() < EVENTS_LIMIT {
        return Ok(());
    }
    Err(Reason::new(
        "too-many-events",
        format!("这件申请已有 {EVENTS_LIMIT} 个环节，不能再加；请核对是否重复登记。"),
    ))
}

/// What stands against the reason given for a correction.
pub fn check_reason(reason: &str) -> Vec<Reason> {
    let length = reason.trim().chars().count();
    if length == 0 {
        vec![Reason::at(
            "reason",
            "reason-empty",
            "没有写更正的理由，请写明。",
        )]
    } else if length > REASON_LIMIT {
        vec![Reason::at(
            "reason",
            "reason-too-long",
            format!("更正的理由有 {length} 个字，最多 {REASON_LIMIT} 个字，请缩短。"),
        )]
    } else {
        Vec::new()
    }
}

/// What stands against putting `to` in the place of the event at `index`, or taking it away.
///
/// A correction puts a mistyped entry right and is no way around the steps: it keeps the kind of a
/// receipt and of an ending, and what it writes must pass [`check_next`].
pub fn check_correction(
    events: &[Event],
    index: usize,
    to: Option<&Event>,
    reason: &str,
    calendar: &Calendar,
    today: Date,
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = check_room(events).err().into_iter().collect();
    reasons.extend(check_reason(reason));
    let undo = |to: Option<&Event>| {
        let mut list = events.to_vec();
        list.push(Event::new(
            today,
            EventKind::Corrected {
                index: Some(index),
                of: None,
                reason: String::new(),
                to: to.cloned().map(Box::new),
            },
        ));
        list
    };
    if let (Some(to), Some(was)) = (to, events.get(index)) {
        let fixed = |kind: &EventKind| kind.closes() || matches!(kind, EventKind::Received { .. });
        let other_kind = to.kind.key() != was.kind.key();
        if matches!(to.kind, EventKind::Corrected { .. })
            || other_kind && (fixed(&to.kind) || fixed(&was.kind))
        {
            reasons.push(Reason::at(
                "to",
                "kind-changed",
                format!(
                    "“{}”不能改成“{}”；环节登错的，请先撤销这一环节，再登记对的。",
                    was.kind.label(),
                    to.kind.label()
                ),
            ));
        }
        if to.on > today {
            reasons.push(Reason::at(
                "on",
                "in-future",
                format!("日期 {} 晚于今天 {today}，请核对。", to.on),
            ));
        }
        match &to.kind {
            EventKind::Received { confirmed, .. } => {
                if confirmed.is_some_and(|day| day > today) {
                    reasons.push(Reason::at(
                        "confirmed",
                        "in-future",
                        format!("确认日期晚于今天 {today}，请核对。"),
                    ));
                }
                if to.on.year() < FIRST_YEAR {
                    reasons.push(Reason::at(
                        "on",
                        "too-early",
                        format!("日期 {} 早于 {FIRST_YEAR} 年，请核对。", to.on),
                    ));
                }
            }
            // A late reply was explained when it was entered; the order is checked below as a whole.
            _ => reasons.extend(
                check_next(&undo(None), to, calendar, today, "-")
                    .into_iter()
                    .filter(|r| !matches!(r.code, "order" | "in-future" | "asking-missing")),
            ),
        }
    }
    let after = undo(to);
    reasons.extend(
        clock::check_order(&after)
            .into_iter()
            .map(|problem| Reason::at("on", "order", problem)),
    );
    let known = clock::missing_askings(events);
    reasons.extend(
        clock::missing_askings(&after)
            .into_iter()
            .filter(|problem| !known.contains(problem))
            .map(|problem| Reason::new("asking-missing", format!("{problem}；请先更正后一环节。"))),
    );
    reasons
}

fn asked_before(events: &[Event]) -> bool {
    clock::standing_events(events)
        .iter()
        .any(|event| matches!(event.kind, EventKind::SupplementAsked { .. }))
}

/// The steps that can be entered next from a state, in the order of the procedure.
pub fn next_steps(state: State) -> &'static [&'static str] {
    match state {
        State::Unconfirmed => &["confirm"],
        State::Open => &[
            "replied",
            "supplement-asked",
            "third-party-asked",
            "joint-maker-asked",
            "extended",
            "reason-asked",
            "fee-notified",
            "transferred",
            "withdrawn",
            "closed",
        ],
        State::SupplementAsked => &["supplemented", "withdrawn", "closed", "replied"],
        State::Consulting => &[
            "third-party-answered",
            "joint-maker-answered",
            "extended",
            "replied",
            "withdrawn",
        ],
        State::ReasonAsked => &["reason-given", "delayed", "replied", "withdrawn"],
        State::FeeNotified => &["fee-paid", "closed", "withdrawn"],
        State::Delayed => &["replied", "withdrawn"],
        State::Closed => &[],
    }
}

/// Why a step cannot be entered today whatever is written in its form; none when it can be. `key` as
/// [`next_steps`] names it.
pub fn obstacle(events: &[Event], key: &str, calendar: &Calendar, today: Date) -> Option<Reason> {
    let kind = match key {
        "supplement-asked" => EventKind::SupplementAsked {
            reply_by: today.tomorrow().ok(),
        },
        "extended" => EventKind::Extended { days: Some(1) },
        "third-party-answered" => EventKind::ThirdPartyAnswered,
        "joint-maker-answered" => EventKind::JointMakerAnswered,
        "reason-given" => EventKind::ReasonGiven,
        "fee-paid" => EventKind::FeePaid,
        _ => return None,
    };
    let next = Event::new(today, kind);
    check_next(events, &next, calendar, today, "")
        .into_iter()
        .find(|reason| {
            matches!(
                reason.code,
                "extended-twice" | "supplement-twice" | "asking-missing"
            )
        })
}

/// What stands against what an applicant or a registrar says is asked for.
pub fn check_subject(subject: &str) -> Vec<Reason> {
    let length = subject.chars().count();
    if subject.trim().is_empty() {
        return vec![Reason::at(
            "subject",
            "subject-empty",
            "没有写所需信息；请写名称、文号或便于查询的特征（条例 §29）。",
        )];
    }
    if length > SUBJECT_LIMIT {
        return vec![Reason::at(
            "subject",
            "subject-too-long",
            format!("所需信息的描述有 {length} 个字，最多 {SUBJECT_LIMIT} 个字，请缩短。"),
        )];
    }
    Vec::new()
}
