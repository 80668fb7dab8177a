//! The reckoning: from events to dates.

use super::answer::{Answer, Closing, State};
use super::event::{Event, EventKind};
use super::order::{check_facts, settle};
use super::steps;
use crate::article::{Article, articles};
use crate::calendar::{Calendar, weekday_label};
use crate::{Date, Outcome, Regulation};
use std::collections::BTreeSet;

/// Replays the events of a request and says what follows from them. Never fails: what cannot be,
/// is late or is missing becomes a warning.
///
/// - Day 0 is the day of receipt (条例 §31), and anew the day of `supplemented` (§30) and of
///   `fee-paid` (国办函〔2020〕109号), which drop the extension and the suspension before them.
/// - Due is working day 20 (15 under the regulation of 2008) after day 0, plus the extension, plus
///   the working days suspended after day 0. An extension counts up to the longest the law allows,
///   in sum (§33).
/// - Suspended are the working days after the day of asking through the day of the answer, at most
///   15 for each asking (no limit under 2008); 15 while there is no answer (both editions). A day
///   under two askings counts once.
/// - While a supplement or a fee is awaited the due date stays as reckoned from the old day 0:
///   only the supplement or the payment restarts it.
/// - `delayed` (§35) puts the date fixed in place of all this.
/// - What comes after the closing changes nothing, but that a closing after a withdrawal puts day
///   and outcome to it, as offices record both.
pub fn replay(calendar: &Calendar, events: &[Event], today: Option<Date>) -> Answer {
    let (facts, correction_problems) = settle(events);
    let warnings = check_facts(&facts, correction_problems);
    let mut reckoning = Reckoning::new(calendar, warnings);
    for event in &facts {
        reckoning.take(event);
    }
    reckoning.warn_of_unknown_years(&facts);
    reckoning.warn_while_waiting(today);
    reckoning.answer(&facts, events, today)
}

/// The day a term is counted from, and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day0 {
    pub(super) on: Date,
    pub(super) what: &'static str,
    pub(super) article: Article,
}

/// One asking of a third party or a joint maker.
#[derive(Debug, Clone, Copy)]
struct Asking {
    from: Date,
    answered: Option<Date>,
    third_party: bool,
}

/// Days `(after, through]` that do not count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pause {
    pub(super) after: Date,
    pub(super) through: Date,
    pub(super) article: Article,
    pub(super) why: &'static str,
}

pub(super) struct Reckoning<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) regulation: Option<Regulation>,
    pub(super) day0: Option<Day0>,
    pub(super) extension: u32,
    pub(super) delayed: Option<Date>,
    received_on: Option<Date>,
    received: bool,
    extended: bool,
    extended_in_term: bool,
    askings: Vec<Asking>,
    supplements_asked: u32,
    awaiting_supplement: bool,
    supplement_reply_by: Option<Date>,
    awaiting_reason: bool,
    reason_asked: bool,
    fee_notified: Option<Date>,
    closing: Option<Closing>,
    /// Taken back, and no closing put to it yet.
    withdrawn: bool,
    warnings: Vec<String>,
}

impl<'a> Reckoning<'a> {
    fn new(calendar: &'a Calendar, warnings: Vec<String>) -> Self {
        Self {
            calendar,
            regulation: None,
            day0: None,
            extension: 0,
            delayed: None,
            received_on: None,
            received: false,
            extended: false,
            extended_in_term: false,
            askings: Vec::new(),
            supplements_asked: 0,
            awaiting_supplement: false,
            supplement_reply_by: None,
            awaiting_reason: false,
            reason_asked: false,
            fee_notified: None,
            closing: None,
            withdrawn: false,
            warnings,
        }
    }

    fn warn(&mut self, text: String) {
        if !self.warnings.contains(&text) {
            self.warnings.push(text);
        }
    }

    /// The edition that governs: that of the first receipt, or while there is none, of the day at
    /// hand.
    fn regulation_on(&self, on: Date) -> Regulation {
        self.regulation.unwrap_or_else(|| Regulation::on(on))
    }

    fn take(&mut self, event: &Event) {
        let on = event.on;
        if !self.calendar.is_working_day(on) {
            let why = match self.calendar.day(on).name {
                Some(name) if name != "周末" => format!("{}，{name}", weekday_label(on)),
                _ => weekday_label(on).to_owned(),
            };
            self.warn(format!(
                "{on}（{why}）不是工作日，“{}”照所写日期计，请核对",
                event.kind.label()
            ));
        }
        let settles = self.withdrawn
            && matches!(
                event.kind,
                EventKind::Closed { .. } | EventKind::Replied { .. }
            );
        if self.closing.is_some() && !settles {
            // `check_facts` has said so.
            return;
        }
        match &event.kind {
            EventKind::Received { .. } => self.receive(event),
            EventKind::SupplementAsked { reply_by } => self.ask_supplement(on, *reply_by),
            EventKind::Supplemented => {
                if let Some(by) = self.supplement_reply_by.filter(|by| on > *by) {
                    self.warn(format!("{on} 收到补正：已过补正期限 {by}"));
                }
                self.awaiting_supplement = false;
                let article = self.regulation_on(on).supplement();
                self.restart(Day0 {
                    on,
                    what: "收到补正之日",
                    article,
                });
            }
            EventKind::ThirdPartyAsked | EventKind::JointMakerAsked => {
                self.warn_if_expired(event);
                let third_party = event.kind == EventKind::ThirdPartyAsked;
                self.askings.push(Asking {
                    from: on,
                    answered: None,
                    third_party,
                });
            }
            EventKind::ThirdPartyAnswered | EventKind::JointMakerAnswered => {
                let third_party = event.kind == EventKind::ThirdPartyAnswered;
                let open = |a: &&mut Asking| a.third_party == third_party && a.answered.is_none();
                if let Some(asking) = self.askings.iter_mut().find(open) {
                    asking.answered = Some(on);
                }
            }
            EventKind::Extended { days } => self.extend(event, *days),
            EventKind::ReasonAsked => {
                self.awaiting_reason = true;
                self.reason_asked = true;
            }
            EventKind::ReasonGiven => self.awaiting_reason = false,
            EventKind::Delayed { until } => {
                if !self.reason_asked {
                    self.warn(format!(
                        "{on} 确定延迟答复期限：此前没有要求说明理由（条例 §35），请核对"
                    ));
                }
                self.awaiting_reason = false;
                self.delayed = Some(*until);
            }
            EventKind::FeeNotified => {
                self.warn_if_expired(event);
                self.fee_notified = Some(on);
            }
            EventKind::FeePaid => {
                if let Some(notified) = self.fee_notified.take() {
                    let last = self.calendar.add_working_days(notified, 20);
                    if on > last {
                        self.warn(format!(
                            "{on} 完成缴费：已过缴费期限 {last}（国办函〔2020〕109号 第六条，20 个工作日）"
                        ));
                    }
                }
                self.restart(Day0 {
                    on,
                    what: "完成缴费之日",
                    article: articles::FEE_PAYMENT,
                });
            }
            EventKind::Withdrawn => {
                let outcome = Some(Outcome::OtherOther);
                self.withdrawn = true;
                self.closing = Some(Closing {
                    on,
                    outcome,
                    replied: false,
                });
            }
            EventKind::Replied { outcome, .. } => self.close(event, *outcome, true),
            EventKind::Closed { outcome } => self.close(event, *outcome, false),
            EventKind::Transferred | EventKind::Corrected { .. } => {}
        }
    }

    fn receive(&mut self, event: &Event) {
        let EventKind::Received { channel, .. } = &event.kind else {
            return;
        };
        if self.received {
            return;
        }
        self.received = true;
        if channel.is_none() {
            self.warn(format!("{} 收到申请：没有写渠道，按当日收到计", event.on));
        }
        self.received_on = event.receipt();
        match self.received_on {
            Some(received_on) => {
                self.regulation = Some(Regulation::on(received_on));
                let article = channel.map_or(articles::RECEIPT_COUNTER, |c| c.article());
                self.restart(Day0 { on: received_on, what: "收到申请之日", article });
            }
            None => self.warn(format!(
                "{} 到达的{}尚未与申请人确认，收到之日未定，不能起算（条例 §31）；请在到达当日联系确认并补记确认日",
                event.on,
                channel.map_or("申请", |c| c.label()),
            )),
        }
    }

    fn ask_supplement(&mut self, on: Date, reply_by: Option<Date>) {
        if self.supplements_asked > 0 {
            self.warn(format!(
                "{on} 告知补正：补正应当一次性告知（条例 §30），此前已告知过"
            ));
        } else if let Some(last) = self.supplement_notice_due_on().filter(|last| on > *last) {
            self.warn(format!(
                "{on} 告知补正：已过 {last}，应在收到申请之日起 7 个工作日内一次性告知（条例 §30）"
            ));
        }
        self.supplements_asked = self.supplements_asked.saturating_add(1);
        self.awaiting_supplement = true;
        self.supplement_reply_by = reply_by;
    }

    fn extend(&mut self, event: &Event, days: Option<u32>) {
        let on = event.on;
        let longest = self.regulation_on(on).extension_max();
        let cite = format!("最长 {} 个工作日（{}）", longest.days, longest.article);
        if self.extended_in_term {
            self.warn(format!("{on} 延长答复期限：此前已延长过一次，合计{cite}"));
        }
        let days = days.unwrap_or_else(|| {
            self.warn(format!("{on} 延长答复期限：没有写延长天数，按{cite}计"));
            longest.days
        });
        if days > longest.days {
            self.warn(format!(
                "{on} 延长答复期限：{days} 个工作日超过法定上限，按{cite}计"
            ));
        }
        self.warn_if_expired(event);
        self.extension = self.extension.saturating_add(days).min(longest.days);
        self.extended = true;
        self.extended_in_term = true;
    }

    fn close(&mut self, event: &Event, outcome: Option<Outcome>, replied: bool) {
        if outcome.is_none() {
            self.warn(format!(
                "{} {}：没有写办理结果",
                event.on,
                event.kind.label()
            ));
        }
        self.withdrawn = false;
        self.closing = Some(Closing {
            on: event.on,
            outcome,
            replied,
        });
    }

    fn restart(&mut self, day0: Day0) {
        self.day0 = Some(day0);
        self.regulation = Some(self.regulation_on(day0.on));
        self.extension = 0;
        self.extended_in_term = false;
        self.delayed = None;
    }

    fn warn_if_expired(&mut self, event: &Event) {
        if let Some(due) = self.due_on().filter(|due| event.on > *due) {
            self.warn(format!(
                "{} {}：答复期限已于 {due} 届满",
                event.on,
                event.kind.label()
            ));
        }
    }

    fn supplement_notice_due_on(&self) -> Option<Date> {
        let received_on = self.received_on?;
        let term = Regulation::on(received_on).supplement_notice()?;
        Some(self.calendar.add_working_days(received_on, term.days))
    }

    /// The last day an asking suspends.
    fn last_paused(&self, asking: &Asking, regulation: Regulation) -> Date {
        let limit = self.calendar.add_working_days(asking.from, 15);
        match (asking.answered, regulation) {
            (Some(answered), Regulation::Of2008) => answered,
            (Some(answered), Regulation::Of2019) => answered.min(limit),
            (None, _) => limit,
        }
    }

    /// The suspensions after day 0, by date, without overlap.
    pub(super) fn pauses(&self) -> Vec<Pause> {
        let (Some(day0), Some(regulation)) = (self.day0, self.regulation) else {
            return Vec::new();
        };
        let mut pauses: Vec<Pause> = self
            .askings
            .iter()
            .map(|asking| Pause {
                after: asking.from,
                through: self.last_paused(asking, regulation),
                article: if asking.third_party {
                    regulation.third_party()
                } else {
                    regulation.joint_maker()
                },
                why: if asking.third_party {
                    "征求第三方意见"
                } else {
                    "征求共同制作机关意见"
                },
            })
            .collect();
        pauses.sort_by_key(|p| (p.after, p.through));
        let mut end = day0.on;
        for pause in &mut pauses {
            // What lies before day 0 is dropped; a day under two askings belongs to the first.
            pause.after = pause.after.max(end);
            end = end.max(pause.through);
        }
        pauses.retain(|p| p.after < p.through);
        pauses
    }

    pub(super) fn suspended_days(&self) -> u32 {
        self.pauses()
            .iter()
            .map(|p| self.calendar.working_days_between(p.after, p.through))
            .fold(0, u32::saturating_add)
    }

    /// Working days that make the term, without the suspended ones.
    pub(super) fn term_days(&self) -> u32 {
        let reply = self.regulation.map_or(0, |r| r.reply().days);
        reply.saturating_add(self.extension)
    }

    pub(super) fn due_on(&self) -> Option<Date> {
        let day0 = self.day0?;
        if self.delayed.is_some() {
            return self.delayed;
        }
        let days = self.term_days().saturating_add(self.suspended_days());
        Some(self.calendar.add_working_days(day0.on, days))
    }

    fn warn_of_unknown_years(&mut self, facts: &[Event]) {
        let mut years: BTreeSet<i16> = facts
            .iter()
            .filter(|e| !self.calendar.covers(e.on))
            .map(|e| e.on.year())
            .collect();
        if let (Some(day0), Some(due)) = (self.day0, self.due_on()) {
            for (first, last) in self.calendar.uncovered(day0.on, due) {
                years.extend(first..=last);
            }
        }
        let mut runs: Vec<(i16, i16)> = Vec::new();
        for year in years {
            match runs.last_mut() {
                Some(run) if run.1.checked_add(1) == Some(year) => run.1 = year,
                _ => runs.push((year, year)),
            }
        }
        for (first, last) in runs {
            let years = if first == last {
                format!("{first} 年")
            } else {
                format!("{first} 年至 {last} 年")
            };
            self.warn(format!(
                "{years}放假安排未导入，其日期按周一至周五计工作日，期限可能有误；请导入放假通知后重算"
            ));
        }
    }

    /// The due date of the old term passes while the applicant is waited for: it is then no
    /// measure of lateness, and whoever reads `overdue` must know.
    fn warn_while_waiting(&mut self, today: Option<Date>) {
        let until = self.closing.map(|c| c.on).or(today);
        let Some((due, until)) = self.due_on().zip(until).filter(|(due, until)| until > due) else {
            return;
        };
        let (waiting, then) = match (self.awaiting_supplement, self.fee_notified) {
            (true, _) => ("补正", "收到补正之日起重新计算（条例 §30）"),
            (false, Some(_)) => ("缴费", "完成缴费后重新计算（国办函〔2020〕109号 第六条）"),
            (false, None) => return,
        };
        self.warn(format!(
            "至 {until} 申请人尚未{waiting}；期限 {due} 从原起算日算出，{then}，不宜据此认定逾期"
        ));
    }

    fn state(&self, today: Option<Date>) -> State {
        if self.closing.is_some() {
            return State::Closed;
        }
        let Some(regulation) = self.regulation.filter(|_| self.day0.is_some()) else {
            return State::Unconfirmed;
        };
        let waiting = |asking: &Asking| {
            asking.answered.is_none()
                && today.is_none_or(|today| today <= self.last_paused(asking, regulation))
        };
        if self.awaiting_supplement {
            State::SupplementAsked
        } else if self.fee_notified.is_some() {
            State::FeeNotified
        } else if self.awaiting_reason {
            State::ReasonAsked
        } else if self.delayed.is_some() {
            State::Delayed
        } else if self.askings.iter().any(waiting) {
            State::Consulting
        } else {
            State::Open
        }
    }

    fn answer(self, facts: &[Event], events: &[Event], today: Option<Date>) -> Answer {
        let due_on = self.due_on();
        let until = self.closing.map(|c| c.on).or(today);
        Answer {
            regulation: self.regulation,
            received_on: self.received_on,
            day0: self.day0.map(|d| d.on),
            due_on,
            supplement_notice_due_on: self.supplement_notice_due_on(),
            supplement_reply_by: self.supplement_reply_by,
            extension_days: self.extension,
            suspended_days: self.suspended_days(),
            overdue: due_on.zip(until).map(|(due, until)| until > due),
            closed: self.closing,
            state: self.state(today),
            extended: self.extended,
            steps: steps::all(&self, facts, events),
            warnings: self.warnings,
        }
    }
}
