//! Requests in the back office: the list, registering, the dated events, the reply, cases.

mod amend;
mod assign;
mod case;
mod correct;
pub mod dates;
mod erase;
mod event;
mod event_kinds;
mod list;
mod page;
mod register;

pub use list::narrowed;

use crate::app::{App, Site};
use crate::error::Result;
use crate::extract::Office;
use crate::views::Choice;
use crate::{reach, urls};
use axum::Router;
use office::permissions::Action;
use office::requests::Request;
use statute::applicant::ApplicantKind;
use statute::channel::RequestChannel;
use statute::clock::{self, Answer, State};
use statute::outcome::{Outcome, OutcomeForm};
use store::StoreError;
use store::requests::{self, Stored};

/// The addresses of requests in the back office.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(list::routes())
        .merge(register::routes())
        .merge(page::routes())
        .merge(event::routes())
        .merge(correct::routes())
        .merge(amend::routes())
        .merge(assign::routes())
        .merge(erase::routes())
        .merge(case::routes())
}

/// The one next step that a state suggests.
#[derive(Clone, Copy)]
pub struct NextStep {
    /// Its words on a button.
    pub label: &'static str,
    /// The address of its form.
    pub href: fn(&str) -> String,
    /// The permission it takes.
    pub action: Action,
}

/// What comes next for a request in this state; nothing when it is closed.
pub fn next_step(state: State) -> Option<NextStep> {
    let handle = |label, href| NextStep {
        label,
        href,
        action: Action::RequestHandle,
    };
    Some(match state {
        State::Unconfirmed => handle("确认收到", |id| {
            urls::office_request_form(id, "confirm")
        }),
        State::Open | State::Delayed => NextStep {
            label: "写答复",
            href: |id| urls::office_request_form(id, "reply"),
            action: Action::RequestReply,
        },
        State::SupplementAsked => handle("登记补正", |id| {
            urls::office_request_event(id, "supplemented")
        }),
        // Which of the two was asked stands on the page of the request.
        State::Consulting => handle("登记意见", urls::office_request),
        State::ReasonAsked => handle("登记理由", |id| {
            urls::office_request_event(id, "reason-given")
        }),
        State::FeeNotified => handle("登记缴费", |id| {
            urls::office_request_event(id, "fee-paid")
        }),
        State::Closed => return None,
    })
}

/// The first words of what is asked for, for those who may read it; none for others, and when the
/// applicant's information was erased.
///
/// # Errors
/// Those of the store.
pub async fn title_of(
    office: &Office,
    site: &Site,
    id: &str,
    unit: &str,
) -> Result<Option<String>> {
    if !reach::may(&office.actor, site, Action::ApplicantRead, unit) {
        return Ok(None);
    }
    let stored = requests::find(office.store(), &office.actor, id).await?;
    let subject = requests::open_subject(office.store(), &office.actor, &stored).await?;
    Ok(subject.map(|subject| brief(&subject)))
}

/// A text as one short line.
fn brief(text: &str) -> String {
    const MOST: usize = 36;
    let line: Vec<char> = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .collect();
    if line.len() <= MOST {
        return line.into_iter().collect();
    }
    line.into_iter().take(MOST).chain(['…']).collect()
}

/// Its lines, as a page prints them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// What follows from the events of a request, as of today.
fn answer_of(office: &Office, request: &Request) -> Answer {
    let events = office::requests::with_channel(&request.events, request.channel);
    clock::replay(
        &office.shell.site.calendar,
        &events,
        Some(office.store().today()),
    )
}

/// A request for one who may do this with it.
async fn load(office: &Office, id: &str, action: Action) -> Result<Stored> {
    let stored = requests::find(office.store(), &office.actor, id).await?;
    if reach::may(
        &office.actor,
        &office.shell.site,
        action,
        &stored.request.unit,
    ) {
        Ok(stored)
    } else {
        Err(StoreError::forbidden(action).into())
    }
}

fn channel_choices() -> Vec<Choice> {
    RequestChannel::ALL
        .iter()
        .map(|channel| Choice::new(channel.key(), channel.label()))
        .collect()
}

fn applicant_kind_choices() -> Vec<Choice> {
    ApplicantKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.key(), kind.label()))
        .collect()
}

/// Outcomes under one heading of table 3; those that stand alone have none.
struct OutcomeGroup {
    label: &'static str,
    items: Vec<Choice>,
}

/// The result rows of table 3, in its order and under its headings.
fn outcome_groups(keep: impl Fn(Outcome) -> bool) -> Vec<OutcomeGroup> {
    let mut groups: Vec<OutcomeGroup> = Vec::new();
    let rows = Outcome::ALL
        .iter()
        .filter(|outcome| outcome.form() == OutcomeForm::Table3 && keep(**outcome));
    for outcome in rows {
        let label = outcome.group().unwrap_or_default();
        let choice = Choice::new(outcome.key(), outcome.label());
        match groups.last_mut() {
            Some(group) if group.label == label => group.items.push(choice),
            _ => groups.push(OutcomeGroup {
                label,
                items: vec![choice],
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_table_3_can_be_chosen_once() {
        let groups = outcome_groups(|_| true);
        let labels: Vec<_> = groups.iter().map(|group| group.label).collect();
        assert_eq!(
            labels,
            [
                "",
                "（三）不予公开",
                "（四）无法提供",
                "（五）不予处理",
                "（六）其他处理"
            ]
        );
        let choices: usize = groups.iter().map(|group| group.items.len()).sum();
        assert_eq!(choices, 21);
    }

    #[test]
    fn a_long_subject_becomes_a_short_line() {
        assert_eq!(brief("甲\n 乙"), "甲 乙");
        let long = brief(&"长".repeat(80));
        assert_eq!(long.chars().count(), 37);
        assert!(long.ends_with('…'));
    }
}
