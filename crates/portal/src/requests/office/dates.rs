//! Due dates in words, and the counting of a date as a table that people can follow.

use crate::views::{Due, Step};
use statute::Date;
use statute::calendar::{Calendar, weekday_label};
use statute::clock::{self, State};

/// Working days within which something counts as near.
const NEAR: u32 = 3;

/// The due date of a request on a day, with the address of its steps.
pub fn due(
    calendar: &Calendar,
    today: Date,
    state: State,
    due_on: Option<Date>,
    late: bool,
    why: &str,
) -> Due {
    let (kind, words) = words(calendar, today, state, due_on, late);
    Due {
        on: due_on.map(|day| day.to_string()).unwrap_or_default(),
        kind,
        words,
        why: if due_on.is_some() {
            why.to_owned()
        } else {
            String::new()
        },
    }
}

fn words(
    calendar: &Calendar,
    today: Date,
    state: State,
    due_on: Option<Date>,
    late: bool,
) -> (&'static str, String) {
    let Some(due) = due_on else {
        return ("note", "还没有确认收到，期限未起算".into());
    };
    match state {
        State::Closed if late => return ("late", "逾期办结".into()),
        State::Closed => return ("ok", "已办结".into()),
        // The term begins anew with the supplement or the payment; what was reckoned from the old
        // day says nothing about being late.
        State::SupplementAsked if due < today => {
            return ("note", "等申请人补正，补正后重新计算".into());
        }
        State::FeeNotified if due < today => {
            return ("note", "等申请人缴费，缴费后重新计算".into());
        }
        _ => {}
    }
    if due == today {
        return ("today", "今日到期".into());
    }
    if due < today {
        return match calendar.working_days_between(due, today) {
            0 => ("late", "已逾期".into()),
            days => ("late", format!("已逾期 {days} 个工作日")),
        };
    }
    match calendar.working_days_between(today, due) {
        0 => ("half", "下一个工作日以前".into()),
        days if days <= NEAR => ("half", format!("还有 {days} 个工作日")),
        days => ("note", format!("还有 {days} 个工作日")),
    }
}

/// What a step of the clock says beyond its date and weekday, and whether days like it fold.
#[derive(Debug, PartialEq, Eq)]
enum Run<'a> {
    /// A plain counted day.
    Counted,
    /// A day that does not count, for this reason.
    Off(&'a str),
    /// Anything that stands alone.
    Alone,
}

fn run_of(step: &clock::Step) -> Run<'_> {
    let rest = step
        .why
        .strip_prefix(weekday_label(step.date))
        .map(|rest| rest.trim_start_matches([',', '，']));
    match (rest, step.counted, step.day) {
        (Some(rest), true, Some(day)) if rest == format!("第 {day} 个工作日") => Run::Counted,
        (Some(rest), false, _) => Run::Off(rest),
        _ => Run::Alone,
    }
}

/// The steps of the clock, runs of like days folded into one line.
pub fn steps(steps: &[clock::Step]) -> Vec<Step> {
    let mut rows = Vec::new();
    let mut rest = steps;
    while let Some((first, after)) = rest.split_first() {
        let run = run_of(first);
        let mut length = 1;
        let mut last = first;
        if run != Run::Alone {
            for next in after {
                let follows = last.date.tomorrow().is_ok_and(|day| day == next.date);
                if !follows || run_of(next) != run || next.article != first.article {
                    break;
                }
                last = next;
                length += 1;
            }
        }
        rows.push(row(first, last, length, &run));
        rest = rest.get(length..).unwrap_or_default();
    }
    rows
}

fn row(first: &clock::Step, last: &clock::Step, length: usize, run: &Run<'_>) -> Step {
    let alone = length == 1;
    let date = if alone {
        first.date.to_string()
    } else if first.date.year() == last.date.year() {
        let day = last.date.to_string();
        format!("{} 至 {}", first.date, day.get(5..).unwrap_or(&day))
    } else {
        format!("{} 至 {}", first.date, last.date)
    };
    let why = match run {
        Run::Counted if alone => "工作日".to_owned(),
        Run::Counted => format!("{length} 个工作日"),
        Run::Off(rest) => (*rest).to_owned(),
        Run::Alone => first
            .why
            .strip_prefix(weekday_label(first.date))
            .map_or(first.why.as_str(), |rest| {
                rest.trim_start_matches([',', '，'])
            })
            .to_owned(),
    };
    Step {
        date,
        weekday: if alone { weekday_label(first.date) } else { "" },
        day: last.day.unwrap_or(0),
        counted: first.counted,
        why,
        article: first.article.map(|a| a.to_string()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statute::channel::RequestChannel;
    use statute::clock::{Event, EventKind, replay};

    fn day(text: &str) -> Date {
        statute::parse_date(text).expect("a date")
    }

    #[test]
    fn runs_of_days_are_folded_and_every_day_is_still_there() {
        let calendar = Calendar::national();
        let received = Event::new(
            day("2022-09-30"),
            EventKind::Received {
                channel: Some(RequestChannel::RegisteredMail),
                confirmed: None,
            },
        );
        let answer = replay(&calendar, &[received], None);
        let rows = steps(&answer.steps);
        assert!(rows.len() < answer.steps.len() / 2, "{rows:?}");
        assert_eq!(rows.iter().map(|row| row.day).max(), Some(20));
        let last = rows.last().expect("a row");
        assert_eq!((last.date.as_str(), last.day), ("2022-11-02", 20));
        // The week of National Day: one line, with its name.
        let holiday = rows
            .iter()
            .find(|row| row.why.contains("国庆"))
            .expect("the holiday");
        assert!(holiday.date.starts_with("2022-10-01 至 "), "{holiday:?}");
        assert!(!holiday.counted && holiday.day == 0);
    }

    #[test]
    fn the_days_left_are_working_days() {
        let calendar = Calendar::national();
        let check = |today: &str, due_on: &str, state, kind: &str, expect: &str| {
            let due = due(
                &calendar,
                day(today),
                state,
                Some(day(due_on)),
                false,
                "#why",
            );
            assert_eq!(
                (due.kind, due.words.as_str()),
                (kind, expect),
                "{today} {due_on}"
            );
        };
        check("2026-11-20", "2026-11-20", State::Open, "today", "今日到期");
        check(
            "2026-11-20",
            "2026-11-24",
            State::Open,
            "half",
            "还有 2 个工作日",
        );
        check(
            "2026-11-20",
            "2026-12-11",
            State::Open,
            "note",
            "还有 15 个工作日",
        );
        check(
            "2026-11-20",
            "2026-11-18",
            State::Open,
            "late",
            "已逾期 2 个工作日",
        );
        check("2026-11-21", "2026-11-20", State::Open, "late", "已逾期");
        check(
            "2026-11-20",
            "2026-11-18",
            State::SupplementAsked,
            "note",
            "等申请人补正，补正后重新计算",
        );
        let none = super::due(
            &calendar,
            day("2026-11-20"),
            State::Unconfirmed,
            None,
            false,
            "#why",
        );
        assert!(none.on.is_empty() && none.why.is_empty());
    }
}
