//! The invented current year: some sixty requests, in every state a request can be in, from every
//! kind of applicant and by every channel, and the disputes over some of them.

use super::days;
use super::live::{Queue, Task};
use super::random::Random;
use super::units;
use office::cases::LegalCase;
use statute::Date;
use statute::applicant::ApplicantKind as Who;
use statute::calendar::Calendar;
use statute::case::{CaseResult, Track};
use statute::channel::RequestChannel as Door;
use statute::clock::{Event, EventKind as E};
use statute::outcome::{Outcome, OutcomeForm};
use store::requests::{Applicant, Correction, NewRequest};

/// Why a reply came late, when it did.
const LATE: &str = "档案分存两处，核对用时较长";

/// What requests are for: `{t}` topic, `{p}` place, `{y}` year.
const SUBJECTS: &[&str] = &[
    "申请公开{y}年{p}{t}的资金安排和使用情况。",
    "申请公开{p}{t}的实施方案及批复文件。",
    "请提供{y}年{t}的年度总结和统计表，希望得到复印件。",
    "申请查阅{p}{t}的审核依据和标准文件。",
    "请公开{y}年{p}{t}所用资金的来源和结余情况。",
    "申请获取{y}年{p}{t}的户数和发放标准，不含个人姓名。",
    "请提供{u}关于{t}的会议纪要。",
    "申请公开{p}{t}的检查记录和整改通知。",
];

/// Puts together the plan of one request after the other.
struct Planner<'a> {
    calendar: &'a Calendar,
    today: Date,
    /// The next working day, or today if it is one: terms end on it, not on a Sunday.
    anchor: Date,
    random: Random,
    queue: Queue,
    count: usize,
}

/// What is done to every request.
pub fn tasks(seed: u64, calendar: &Calendar, today: Date) -> Queue {
    let anchor = calendar.roll_forward(today);
    let random = Random::of(seed, "requests");
    let mut planner = Planner {
        calendar,
        today,
        anchor,
        random,
        queue: Queue::new(),
        count: 0,
    };
    planner.arriving();
    planner.waiting();
    planner.with_time();
    planner.closed_without_reply();
    planner.every_outcome();
    planner.late_and_old();
    planner.queue
}

impl Planner<'_> {
    /// `n` working days before the anchor.
    fn back(&self, n: usize) -> Date {
        (0..n).fold(self.anchor, |day, _| self.calendar.previous(day))
    }

    /// A request that arrives on a day; the key by which its further steps name it.
    fn ask(&mut self, door: Door, on: Date) -> String {
        self.ask_with(door, on, None)
    }

    fn ask_with(&mut self, door: Door, on: Date, confirmed: Option<Date>) -> String {
        self.count += 1;
        let form = format!("demo-request-{:02}", self.count);
        // A third goes to the bureau with sample accounts, a sixth to the township.
        let unit = match self.count % 6 {
            1 | 4 => units::CIVIL_AFFAIRS,
            2 => units::TOWNSHIP,
            3 => units::COUNTY,
            _ => *self.random.pick(&[
                "renshe", "ziran", "zhujian", "caizheng", "jiaoti", "shuiwu", "nongye", "weijian",
                "shichang", "yanzhou",
            ]),
        };
        let kinds = [
            Who::Natural,
            Who::Natural,
            Who::Business,
            Who::Natural,
            Who::Research,
            Who::Charity,
            Who::Natural,
            Who::Legal,
            Who::Other,
        ];
        let kind = kinds[self.count % kinds.len()];
        let slots = super::text::Slots::of(&mut self.random, units::body(unit), on);
        let pattern = self.random.pick(SUBJECTS);
        let subject = slots.fill(&mut self.random, pattern);
        let new = NewRequest {
            unit: unit.to_owned(),
            number: None,
            channel: door,
            applicant_kind: kind,
            applicant: applicant(kind, self.count),
            subject,
            on,
            confirmed,
            submission: form.clone(),
        };
        self.queue
            .push((on, Task::Ask(Box::new(new), door == Door::Online)));
        // What came over the web is taken over on the next working day.
        let next = self.calendar.next(on);
        if door == Door::Online && next < self.today {
            self.queue.push((next, Task::Take(form.clone())));
        }
        form
    }

    fn happen(&mut self, form: &str, on: Date, kind: E) {
        self.queue.push((
            on,
            Task::Happen(form.to_owned(), Event::new(on, kind), LATE),
        ));
    }

    fn decide(&mut self, form: &str, on: Date, outcome: Outcome) {
        let text = decision(outcome, on);
        self.queue
            .push((on, Task::Decide(form.to_owned(), outcome, text, LATE)));
    }

    /// Unconfirmed, fresh, due soon, due now, overdue.
    fn arriving(&mut self) {
        self.ask(Door::OrdinaryMail, self.back(3));
        self.ask(Door::Fax, self.back(1));
        for (door, back) in [
            (Door::Online, 1),
            (Door::Counter, 2),
            (Door::Email, 3),
            (Door::RegisteredMail, 5),
            (Door::Online, 7),
            (Door::Counter, 9),
            (Door::Online, 11),
        ] {
            self.ask(door, self.back(back));
        }
        // 20 working days ago: due on the anchor (条例 §33).
        for door in [Door::Online, Door::RegisteredMail, Door::Counter] {
            self.ask(door, self.back(20));
        }
        for (door, back) in [
            (Door::Online, 19),
            (Door::Email, 18),
            (Door::Counter, 18),
            (Door::RegisteredMail, 17),
        ] {
            self.ask(door, self.back(back));
        }
        for (door, back) in [
            (Door::Counter, 22),
            (Door::Online, 26),
            (Door::RegisteredMail, 38),
        ] {
            self.ask(door, self.back(back));
        }
        let form = self.ask(Door::OrdinaryMail, self.back(10));
        self.queue.push((self.back(8), Task::Confirm(form)));
        // Registered as brought by hand; it had come by registered mail the day before.
        let form = self.ask(Door::Counter, self.back(6));
        let right = E::Received {
            channel: Some(Door::RegisteredMail),
            confirmed: None,
        };
        let correction = Correction {
            index: 0,
            to: Some(Event::new(self.back(7), right)),
            reason: "登记时渠道选错，应为挂号信，签收日期以回执为准".to_owned(),
            channel: Some(Door::RegisteredMail),
            applicant_kind: None,
        };
        self.queue
            .push((self.back(5), Task::Correct(form, Box::new(correction))));
    }

    /// Waiting for somebody: the applicant, a third party, another body, a payment.
    fn waiting(&mut self) {
        let form = self.ask(Door::Online, self.back(8));
        let reply_by = days::plus(self.today, 8);
        self.happen(
            &form,
            self.back(5),
            E::SupplementAsked {
                reply_by: Some(reply_by),
            },
        );
        let form = self.ask(Door::Counter, self.back(24));
        self.happen(
            &form,
            self.back(20),
            E::SupplementAsked {
                reply_by: Some(self.back(4)),
            },
        );
        let form = self.ask(Door::Email, self.back(15));
        self.happen(
            &form,
            self.back(12),
            E::SupplementAsked {
                reply_by: Some(self.back(2)),
            },
        );
        self.happen(&form, self.back(6), E::Supplemented);

        let form = self.ask(Door::Counter, self.back(12));
        self.happen(&form, self.back(8), E::ThirdPartyAsked);
        let form = self.ask(Door::Online, self.back(22));
        self.happen(&form, self.back(18), E::ThirdPartyAsked);
        self.happen(&form, self.back(9), E::ThirdPartyAnswered);
        let form = self.ask(Door::RegisteredMail, self.back(11));
        self.happen(&form, self.back(7), E::JointMakerAsked);
        let form = self.ask(Door::Online, self.back(21));
        self.happen(&form, self.back(16), E::JointMakerAsked);
        self.happen(&form, self.back(11), E::JointMakerAnswered);

        let form = self.ask(Door::Email, self.back(10));
        self.happen(&form, self.back(6), E::ReasonAsked);
        let form = self.ask(Door::Email, self.back(14));
        self.happen(&form, self.back(11), E::ReasonAsked);
        self.happen(&form, self.back(6), E::ReasonGiven);

        let form = self.ask(Door::Online, self.back(10));
        self.happen(&form, self.back(6), E::FeeNotified);
        let form = self.ask(Door::Counter, self.back(17));
        self.happen(&form, self.back(13), E::FeeNotified);
        self.happen(&form, self.back(9), E::FeePaid);
    }

    /// Put off: a reasonable later date (条例 §35), an extension (§33).
    fn with_time(&mut self) {
        // The first is due today, whatever day of the week today is.
        for (asked, until) in [(30, self.today), (18, days::plus(self.today, 20))] {
            let form = self.ask(Door::Email, self.back(asked));
            self.happen(&form, self.back(asked - 3), E::ReasonAsked);
            self.happen(&form, self.back(asked - 8), E::Delayed { until });
        }
        for (back, days) in [(25, 20), (23, 10)] {
            let form = self.ask(Door::Online, self.back(back));
            self.happen(
                &form,
                self.back(back - 17),
                E::Extended { days: Some(days) },
            );
        }
        let form = self.ask(Door::Counter, self.back(27));
        self.happen(&form, self.back(24), E::ThirdPartyAsked);
        self.happen(&form, self.back(14), E::ThirdPartyAnswered);
        self.happen(&form, self.back(10), E::Extended { days: Some(15) });
    }

    fn closed_without_reply(&mut self) {
        let form = self.ask(Door::Online, self.back(33));
        self.happen(&form, self.back(28), E::Withdrawn);
        let form = self.ask(Door::Counter, self.back(60));
        self.happen(&form, self.back(52), E::FeeNotified);
        self.happen(
            &form,
            self.back(26),
            E::Closed {
                outcome: Some(Outcome::OtherUnpaid),
            },
        );
        let form = self.ask(Door::Online, self.back(55));
        self.happen(
            &form,
            self.back(50),
            E::SupplementAsked {
                reply_by: Some(self.back(38)),
            },
        );
        self.happen(
            &form,
            self.back(37),
            E::Closed {
                outcome: Some(Outcome::OtherNoCorrection),
            },
        );
    }

    /// Every row of table 3, with the steps each takes; disputes over the refusals.
    fn every_outcome(&mut self) {
        let doors = [
            Door::Online,
            Door::Counter,
            Door::RegisteredMail,
            Door::Email,
        ];
        let rows = Outcome::ALL
            .iter()
            .copied()
            .filter(|o| o.form() == OutcomeForm::Table3);
        // Asked for more often than the others.
        let again = [
            Outcome::Granted,
            Outcome::Granted,
            Outcome::Partial,
            Outcome::UnableNotHeld,
        ];
        let mut denials = Vec::new();
        for (place, outcome) in rows.chain(again).enumerate() {
            if matches!(outcome, Outcome::OtherUnpaid | Outcome::OtherNoCorrection) {
                continue;
            }
            let on = 46 + place * 3;
            let form = self.ask(doors[place % doors.len()], self.back(on));
            let mut replied = self.back(on - 9 - place % 8);
            match outcome {
                Outcome::UnableUnclear => {
                    self.happen(
                        &form,
                        self.back(on - 4),
                        E::SupplementAsked {
                            reply_by: Some(self.back(on - 14)),
                        },
                    );
                    self.happen(&form, self.back(on - 10), E::Supplemented);
                    replied = self.back(on - 20);
                }
                Outcome::RejectExcessive => {
                    self.happen(&form, self.back(on - 3), E::ReasonAsked);
                    self.happen(&form, self.back(on - 8), E::ReasonGiven);
                }
                Outcome::DenyThirdParty => {
                    self.happen(&form, self.back(on - 3), E::ThirdPartyAsked);
                    self.happen(&form, self.back(on - 8), E::ThirdPartyAnswered);
                }
                Outcome::UnableNotHeld => self.happen(&form, self.back(on - 2), E::Transferred),
                _ => {}
            }
            self.decide(&form, replied, outcome);
            if outcome.is_denial() {
                denials.push((form, on));
            }
        }
        self.disputes(&denials);
    }

    /// Reconsideration and suits, closed and pending.
    fn disputes(&mut self, denials: &[(String, usize)]) {
        let plans = [
            (Track::Review, Some(CaseResult::Upheld)),
            (Track::Review, Some(CaseResult::Corrected)),
            (Track::Review, None),
            (Track::LitDirect, Some(CaseResult::Upheld)),
            (Track::LitDirect, None),
            (Track::LitAfterReview, Some(CaseResult::Other)),
        ];
        for (place, ((form, on), (track, result))) in denials.iter().zip(plans).enumerate() {
            let filed = self.back(on - 24);
            let open = LegalCase {
                id: format!("demo-case-{}", place + 1),
                request: String::new(),
                track,
                filed_on: filed,
                closed_on: None,
                result: None,
                seq: 0,
            };
            self.queue
                .push((filed, Task::Dispute(form.clone(), open.clone())));
            if result.is_some() {
                let closed = self.back(on - 42);
                self.queue.push((
                    closed,
                    Task::Dispute(
                        form.clone(),
                        LegalCase {
                            closed_on: Some(closed),
                            result,
                            ..open
                        },
                    ),
                ));
            }
        }
    }

    /// Late replies, one after an extension, and two that came over from the year before.
    fn late_and_old(&mut self) {
        let form = self.ask(Door::Counter, self.back(90));
        self.decide(&form, self.back(66), Outcome::Granted);
        let form = self.ask(Door::RegisteredMail, self.back(120));
        self.happen(&form, self.back(105), E::Extended { days: Some(20) });
        self.decide(&form, self.back(77), Outcome::Partial);
        let form = self.ask(Door::Online, self.back(70));
        self.happen(&form, self.back(56), E::Extended { days: Some(10) });
        self.decide(&form, self.back(44), Outcome::Granted);
        let year = self.today.year();
        let (Ok(arrived), Ok(decided)) = (Date::new(year - 1, 12, 18), Date::new(year, 1, 8))
        else {
            return;
        };
        let (arrived, decided) = (
            self.calendar.roll_forward(arrived),
            self.calendar.roll_forward(decided),
        );
        for (door, outcome) in [
            (Door::Online, Outcome::Granted),
            (Door::Counter, Outcome::UnableCreate),
        ] {
            // In the first days of a year they are still open, as they would be.
            let form = self.ask(door, arrived);
            self.decide(&form, decided, outcome);
        }
    }
}

/// Somebody who does not exist: the number fails its own check digit, the telephone is all zeros.
fn applicant(kind: Who, n: usize) -> Applicant {
    let natural = kind == Who::Natural;
    let name = match kind {
        Who::Natural => format!("演示申请人{n:02}"),
        Who::Business => format!("演示第{n:02}贸易有限公司"),
        Who::Research => format!("演示第{n:02}研究所"),
        Who::Charity => format!("演示第{n:02}公益服务中心"),
        Who::Legal => format!("演示第{n:02}律师事务所"),
        Who::Other => format!("演示第{n:02}联合会"),
    };
    Applicant {
        name,
        identity_kind: if natural {
            "居民身份证"
        } else {
            "统一社会信用代码"
        }
        .to_owned(),
        identity_number: if natural {
            invalid_identity(n)
        } else {
            format!("00DEMO000000{n:06}")
        },
        phone: format!("000-00000{n:03}"),
        address: format!("演示省演示市演示路{n}号"),
        email: format!("demo{n:02}@example.com"),
        form: if n.is_multiple_of(3) {
            "纸质"
        } else {
            "电子文档"
        }
        .to_owned(),
        delivery: if n.is_multiple_of(3) {
            "邮寄"
        } else {
            "电子邮件"
        }
        .to_owned(),
        assistance: n.is_multiple_of(17),
    }
}

/// A number like an identity card's whose check digit is wrong (GB 11643), so that nobody has it.
fn invalid_identity(n: usize) -> String {
    let digits = format!("000000199001{:02}{:03}", n % 28 + 1, n % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let right = b"10X98765432"[usize::try_from(sum % 11).unwrap_or(0)];
    let wrong = if right == b'7' { '3' } else { '7' };
    format!("{digits}{wrong}")
}

/// The text of a decision: what was decided, on what, and where to turn (行政复议法 §20: 60 days;
/// 行政诉讼法 §46: six months).
fn decision(outcome: Outcome, on: Date) -> String {
    let middle = match outcome.group() {
        None if outcome == Outcome::Granted => "您申请的信息可以公开，现随本告知书一并提供。",
        None => {
            "您申请的信息中含有不予公开的内容，经区分处理，可以公开的部分随本告知书提供，其余部分已说明理由。"
        }
        Some("（四）无法提供") => {
            "经检索档案和业务系统，本机关无法提供您申请的信息，检索情况附后。"
        }
        Some("（五）不予处理") => {
            "经审查，您的申请不属于应当按政府信息公开申请办理的事项，现将途径和理由告知您。"
        }
        Some("（六）其他处理") => "经审查，您的申请按其他方式办理，现将情况告知您。",
        Some(_) => "经审查，您申请的信息依法不予公开，理由如下。",
    };
    let article = outcome
        .article()
        .map_or(String::new(), |article| format!("依据：{article}。\n"));
    format!(
        "{middle}\n办理结果：{}。\n{article}如对本告知书不服，可以自收到之日起60日内申请行政复议，或者在6个月内提起行政诉讼。\n{on}（演示）",
        outcome.label()
    )
}
