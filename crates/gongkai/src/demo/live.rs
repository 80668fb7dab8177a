//! Doing things in the demo as people would: through the store's ordinary actions, each on its own
//! day, in the order of the days, so that the journal reads like a real one.

use super::accounts;
use office::documents::{Doing, Verb};
use office::permissions::Actor;
use office::records::Record;
use statute::Date;
use statute::calendar::Calendar;
use statute::clock::{Delivery, Event};
use statute::outcome::Outcome;
use std::collections::BTreeMap;
use store::documents::Drafting;
use store::import::ImportError;
use store::requests::{Correction, NewRequest, Reply};
use store::{Clock, Result, Store, StoreError};

/// Something that is done on a day.
#[derive(Clone)]
pub enum Task {
    /// Records that were kept elsewhere come in; the words name their source.
    Import(Vec<Record>, String),
    /// A request arrives: by the public's form, or registered by the unit's clerk.
    Ask(Box<NewRequest>, bool),
    /// The clerk takes over the request of this form.
    Take(String),
    /// Receipt is confirmed.
    Confirm(String),
    /// Something happens to a request; the last words say why it is late.
    Happen(String, Event, &'static str),
    /// A mistyped registration is put right.
    Correct(String, Box<Correction>),
    /// The decision goes out: outcome, text, why it is late.
    Decide(String, Outcome, String, &'static str),
    /// A dispute over a request begins or ends.
    Dispute(String, office::cases::LegalCase),
    /// A document is drafted under a form's key.
    Draft(Box<Drafting>, String),
    /// A file is attached to it.
    Attach(String, String, Vec<u8>),
    /// It is moved on: verb, why, and when it is to be published.
    Move(String, Verb, &'static str, Option<Date>),
}

/// A day and what is done on it; the order of entry decides within a day.
pub type Queue = Vec<(Date, Task)>;

/// The store with a clock that can be put on any day, and the people who act.
pub struct Stage {
    /// The store, its clock standing on the day of the last action.
    pub store: Store,
    real: Clock,
    staff: BTreeMap<String, Actor>,
    /// Requests by form: id and unit.
    asked: BTreeMap<String, (String, String)>,
    /// Documents by form: id and unit.
    drafted: BTreeMap<String, (String, String)>,
}

/// Half a minute between two actions of a day.
const PACE_MS: i64 = 30_000;
/// From noon back to half past eight.
const MORNING_MS: i64 = 210 * 60_000;

impl Stage {
    /// The same store under a clock of its own; the given one stays as it is.
    pub fn new(store: &Store) -> Stage {
        let mut own = store.clone();
        own.clock = Clock::fixed(0);
        Stage {
            store: own,
            real: store.clock.clone(),
            staff: BTreeMap::new(),
            asked: BTreeMap::new(),
            drafted: BTreeMap::new(),
        }
    }

    /// Puts the clock on a day: half past eight, or half a minute after the last action; never
    /// beyond the present.
    pub fn stand_on(&self, day: Date) {
        let morning = Clock::on(day).now_ms() - MORNING_MS;
        let mut at = morning.max(self.store.now_ms() + PACE_MS);
        if day == self.real.today() {
            at = at.min(self.real.now_ms());
        }
        self.store.clock.set(at);
    }

    /// Reads who acts, by account, once they are enrolled.
    pub async fn call(&mut self, ids: &[String]) -> Result<()> {
        for (person, id) in accounts::invitations().iter().zip(ids) {
            let actor = store::people::actor(&self.store, id).await?;
            let actor = actor.ok_or_else(|| StoreError::not_found("person", id))?;
            self.staff.insert(person.account.clone(), actor);
        }
        Ok(())
    }

    /// Who has this account.
    pub fn actor(&self, account: &str) -> Result<Actor> {
        self.staff
            .get(account)
            .cloned()
            .ok_or_else(|| StoreError::not_found("person", account))
    }

    /// Brings records in.
    pub async fn import(&self, records: Vec<Record>, source: &str) -> Result<()> {
        let lines = records
            .into_iter()
            .enumerate()
            .map(|(n, record)| (n + 1, record))
            .collect();
        let digest = store::keys::sha256_hex(source.as_bytes());
        match store::import::records_of(&self.store, &Actor::operator(), lines, &digest).await {
            Ok(_) => Ok(()),
            Err(ImportError::Store(error)) => Err(error),
            Err(ImportError::Lines(told)) => {
                let told: Vec<String> = told
                    .iter()
                    .take(5)
                    .map(|t| format!("第 {} 条：{}", t.line, t.text))
                    .collect();
                Err(StoreError::refused("demo-records", told.join("\n")))
            }
        }
    }

    /// Does everything in the order of its days; what lies after `today` is left out.
    pub async fn run(&mut self, mut queue: Queue, calendar: &Calendar, today: Date) -> Result<()> {
        queue.sort_by_key(|(day, _)| *day);
        for (day, task) in queue.into_iter().filter(|(day, _)| *day <= today) {
            self.stand_on(day);
            self.perform(day, task, calendar).await?;
        }
        Ok(())
    }

    fn request(&self, form: &str) -> Result<(&str, Actor)> {
        let (id, unit) = self
            .asked
            .get(form)
            .ok_or_else(|| StoreError::not_found("request", form))?;
        Ok((id, self.actor(accounts::chain(unit).drafter)?))
    }

    async fn perform(&mut self, day: Date, task: Task, calendar: &Calendar) -> Result<()> {
        match task {
            Task::Import(records, source) => self.import(records, &source).await?,
            Task::Ask(new, public) => self.ask(*new, public).await?,
            Task::Take(form) => {
                let (id, clerk) = self.request(&form)?;
                let seen = self.seen(&clerk, id).await?;
                store::requests::assign(&self.store, &clerk, id, &clerk.id, seen).await?;
            }
            Task::Confirm(form) => {
                let (id, clerk) = self.request(&form)?;
                let seen = self.seen(&clerk, id).await?;
                store::requests::confirm(&self.store, &clerk, id, day, seen).await?;
            }
            Task::Happen(form, event, late) => {
                let (id, clerk) = self.request(&form)?;
                let seen = self.seen(&clerk, id).await?;
                store::requests::record_event(&self.store, &clerk, id, event, late, seen).await?;
            }
            Task::Correct(form, correction) => {
                let (id, clerk) = self.request(&form)?;
                let seen = self.seen(&clerk, id).await?;
                store::requests::correct(&self.store, &clerk, id, *correction, seen).await?;
            }
            Task::Decide(form, outcome, text, late) => {
                let (id, clerk) = self.request(&form)?;
                let stored = store::requests::find(&self.store, &clerk, id).await?;
                // The day a paper decision is posted, an electronic one is sent.
                let by = if store::requests::is_tracked(&stored) {
                    Delivery::Online
                } else {
                    Delivery::Post
                };
                let late = if office::requests::standing(calendar, &stored.request.events).due_on
                    < Some(day)
                {
                    late
                } else {
                    ""
                };
                let reply = Reply {
                    on: day,
                    outcome,
                    by,
                    text,
                    late_reason: late.to_owned(),
                };
                store::requests::reply(&self.store, &clerk, id, reply, stored.request.seq).await?;
            }
            Task::Dispute(form, case) => self.dispute(&form, case).await?,
            Task::Draft(drafting, form) => {
                let (unit, clerk) = (
                    drafting.unit.clone(),
                    self.actor(accounts::chain(&drafting.unit).drafter)?,
                );
                let mut drafting = *drafting;
                // A document that is explained is named by its form until it has an id.
                if let Some((id, _)) = drafting
                    .explains
                    .as_ref()
                    .and_then(|form| self.drafted.get(form))
                {
                    drafting.explains = Some(id.clone());
                }
                let id = store::documents::draft(&self.store, &clerk, drafting, &form).await?;
                self.drafted.insert(form, (id, unit));
            }
            Task::Attach(form, name, bytes) => {
                let (id, unit) = self
                    .drafted
                    .get(&form)
                    .ok_or_else(|| StoreError::not_found("document", &form))?;
                let clerk = self.actor(accounts::chain(unit).drafter)?;
                let seen = store::documents::find_office(&self.store, &clerk, id)
                    .await?
                    .seq;
                store::attachments::add(&self.store, &clerk, id, &name, bytes, seen).await?;
            }
            Task::Move(form, verb, remark, publish_on) => {
                self.move_on(&form, verb, remark, publish_on).await?
            }
        }
        Ok(())
    }

    async fn seen(&self, clerk: &Actor, id: &str) -> Result<i64> {
        Ok(store::requests::find(&self.store, clerk, id)
            .await?
            .request
            .seq)
    }

    async fn ask(&mut self, new: NewRequest, public: bool) -> Result<()> {
        let (form, unit) = (new.submission.clone(), new.unit.clone());
        let receipt = if public {
            store::requests::submit(&self.store, new).await?
        } else {
            let clerk = self.actor(accounts::chain(&unit).drafter)?;
            store::requests::register(&self.store, &clerk, new).await?
        };
        self.asked.insert(form, (receipt.id, unit));
        Ok(())
    }

    async fn dispute(&self, form: &str, mut case: office::cases::LegalCase) -> Result<()> {
        let (id, clerk) = self.request(form)?;
        case.request = id.to_owned();
        let there = store::cases::of_request(&self.store, &clerk, id).await?;
        let seen = there
            .iter()
            .find(|known| known.id == case.id)
            .map(|known| known.seq);
        store::cases::record(&self.store, &clerk, case, seen).await
    }

    async fn move_on(
        &self,
        form: &str,
        verb: Verb,
        remark: &str,
        publish_on: Option<Date>,
    ) -> Result<()> {
        let (id, unit) = self
            .drafted
            .get(form)
            .ok_or_else(|| StoreError::not_found("document", form))?;
        let chain = accounts::chain(unit);
        let document = store::documents::find(&self.store, id)
            .await?
            .ok_or_else(|| StoreError::not_found("document", id))?;
        let account = match verb {
            Verb::Submit => chain.drafter,
            Verb::Review | Verb::Return => chain.reviewer,
            Verb::Clear => chain.secrecy,
            Verb::Approve | Verb::Withdraw => chain.approver,
        };
        let actor = self.actor(account)?;
        let doing = Doing {
            actor: &actor.id,
            remark,
            publish_on,
        };
        store::documents::act(&self.store, &actor, id, verb, &doing, document.seq).await?;
        Ok(())
    }
}
