//! Other statutory terms of the office, each a pure function with its article.

use crate::article::{Article, Law, Regulation, articles};
use crate::calendar::{Calendar, plus_days};
use crate::{Date, Outcome};
use jiff::Span;

/// A last day and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// The last day on which the thing is still in time.
    pub due_on: Date,
    /// The article that sets it.
    pub article: Article,
}

/// Information to be published of one's own accord: 20 working days from being made or changed
/// (条例 §26; §18 of 2008).
pub fn publication(calendar: &Calendar, made_on: Date) -> Deadline {
    let article = match Regulation::on(made_on) {
        Regulation::Of2008 => articles::PUBLICATION_2008,
        Regulation::Of2019 => articles::PUBLICATION,
    };
    Deadline {
        due_on: calendar.add_working_days(made_on, 20),
        article,
    }
}

/// The applicant must be asked to supplement within 7 working days of receipt (条例 §30). `None`
/// under the regulation of 2008, which set no term.
pub fn supplement_notice(calendar: &Calendar, received_on: Date) -> Option<Deadline> {
    let term = Regulation::on(received_on).supplement_notice()?;
    Some(Deadline {
        due_on: calendar.add_working_days(received_on, term.days),
        article: term.article,
    })
}

/// A third party answers within 15 working days of receiving the letter (条例 §32). Silence
/// means the unit decides.
pub fn third_party_answer(calendar: &Calendar, letter_received_on: Date) -> Deadline {
    let due_on = calendar.add_working_days(letter_received_on, 15);
    Deadline {
        due_on,
        article: articles::THIRD_PARTY,
    }
}

/// A joint maker answers within 15 working days (条例 §34). Silence means consent.
pub fn joint_maker_answer(calendar: &Calendar, letter_received_on: Date) -> Deadline {
    let due_on = calendar.add_working_days(letter_received_on, 15);
    Deadline {
        due_on,
        article: articles::JOINT_MAKER,
    }
}

/// The fee is paid within 20 working days of the notice (国办函〔2020〕109号 第六条); unpaid,
/// the request is given up.
pub fn fee_payment(calendar: &Calendar, notice_received_on: Date) -> Deadline {
    let due_on = calendar.add_working_days(notice_received_on, 20);
    Deadline {
        due_on,
        article: articles::FEE_PAYMENT,
    }
}

/// Who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reporter {
    /// A department of a government at county level or above.
    Department,
    /// A government at county level or above.
    Government,
}

/// When the report on `year` must be out: 31 January for departments, 31 March for governments
/// (条例 §49, from the report on 2019); 31 March for all before (条例(2008) §31). A calendar date:
/// the regulation does not move it when it is a day off. `None` past the last year there is.
pub fn annual_report(reporter: Reporter, year: i16) -> Option<Deadline> {
    let next = year.checked_add(1)?;
    let (month, article) = match (reporter, year < 2019) {
        (_, true) => (3, articles::ANNUAL_REPORT_2008),
        (Reporter::Department, false) => (1, articles::ANNUAL_REPORT),
        (Reporter::Government, false) => (3, articles::ANNUAL_REPORT),
    };
    Some(Deadline {
        due_on: Date::new(next, month, 31).ok()?,
        article,
    })
}

/// Reconsideration is applied for within 60 calendar days of learning of the decision
/// (行政复议法 §20①); a last day off moves to the first day after (§88①).
pub fn reconsideration(calendar: &Calendar, learned_on: Date) -> Deadline {
    let last = plus_days(learned_on, 60).unwrap_or(Date::MAX);
    Deadline {
        due_on: calendar.roll_forward(last),
        article: Article::new(Law::ReconsiderationLaw, "20①"),
    }
}

/// A suit after reconsideration: 15 calendar days from the decision (行政诉讼法 §45), rolled over a
/// last day off.
pub fn suit_after_review(calendar: &Calendar, decision_received_on: Date) -> Deadline {
    let last = plus_days(decision_received_on, 15).unwrap_or(Date::MAX);
    Deadline {
        due_on: calendar.roll_forward(last),
        article: Article::new(Law::AdministrativeProcedureLaw, "45"),
    }
}

/// A suit filed directly: six months from learning of the decision (行政诉讼法 §46①), rolled over a
/// last day off.
pub fn suit_direct(calendar: &Calendar, learned_on: Date) -> Deadline {
    let six = Span::new().try_months(6).ok();
    let last = six
        .and_then(|span| learned_on.checked_add(span).ok())
        .unwrap_or(Date::MAX);
    Deadline {
        due_on: calendar.roll_forward(last),
        article: Article::new(Law::AdministrativeProcedureLaw, "46①"),
    }
}

/// Whether a decision of this outcome and day must go to reconsideration before court:
/// refusals under 条例 §14-§16 since 2024-01-01 (行政复议法 §23①(四)).
pub fn reconsideration_comes_first(outcome: Outcome, decided_on: Date) -> bool {
    decided_on >= Date::constant(2024, 1, 1) && outcome.needs_reconsideration_first()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_date;

    fn check(deadline: Deadline, expect: &str, article: &str) {
        assert_eq!(deadline.due_on, parse_date(expect).unwrap());
        assert_eq!(deadline.article.to_string(), article);
    }

    fn d(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn terms_of_the_office() {
        let cal = &Calendar::national();
        check(publication(cal, d("2022-09-30")), "2022-11-02", "条例 §26");
        check(
            publication(cal, d("2018-02-12")),
            "2018-03-16",
            "条例(2008) §18",
        );
        check(
            supplement_notice(cal, d("2022-09-30")).unwrap(),
            "2022-10-14",
            "条例 §30",
        );
        assert_eq!(supplement_notice(cal, d("2018-02-12")), None);
        check(
            fee_payment(cal, d("2025-01-20")),
            "2025-02-21",
            "国办函〔2020〕109号 第六条",
        );
        check(
            third_party_answer(cal, d("2022-10-20")),
            "2022-11-10",
            "条例 §32",
        );
        check(
            joint_maker_answer(cal, d("2022-10-20")),
            "2022-11-10",
            "条例 §34",
        );
    }

    #[test]
    fn annual_reports() {
        let of = |reporter, year| annual_report(reporter, year).unwrap();
        check(
            of(Reporter::Department, 2018),
            "2019-03-31",
            "条例(2008) §31",
        );
        check(of(Reporter::Department, 2019), "2020-01-31", "条例 §49");
        check(of(Reporter::Government, 2024), "2025-03-31", "条例 §49");
        assert_eq!(annual_report(Reporter::Government, i16::MAX), None);
    }

    #[test]
    fn calendar_days_roll_over_days_off() {
        let cal = &Calendar::national();
        // 60 days after 2024-08-03 is 2024-10-02, National Day; 8 October is the first day after.
        check(
            reconsideration(cal, d("2024-08-03")),
            "2024-10-08",
            "行政复议法 §20①",
        );
        // 15 days after 2024-09-19 is 2024-10-04.
        check(
            suit_after_review(cal, d("2024-09-19")),
            "2024-10-08",
            "行政诉讼法 §45",
        );
        // Six months after 31 August is the last day of February, a Saturday in 2026, and a
        // make-up day on which offices work.
        check(
            suit_direct(cal, d("2025-08-31")),
            "2026-02-28",
            "行政诉讼法 §46①",
        );
        assert_eq!(suit_direct(cal, Date::MAX).due_on, Date::MAX);
        assert_eq!(reconsideration(cal, Date::MAX).due_on, Date::MAX);
    }

    #[test]
    fn review_first_since_2024() {
        assert!(reconsideration_comes_first(
            Outcome::DenySecret,
            d("2024-01-01")
        ));
        assert!(!reconsideration_comes_first(
            Outcome::DenySecret,
            d("2023-12-31")
        ));
        assert!(!reconsideration_comes_first(
            Outcome::UnableNotHeld,
            d("2024-01-01")
        ));
    }
}
