//! The demo county: 盐池县 in 2018 and 中卫市民政局 in 2021 as their reports tell them, and an invented
//! current year beside them. Facts and figures are theirs; every title, text and person is ours.
//!
//! The only inputs are a seed and the day: the same day gives the same county, but for the ids of
//! requests, which the store makes under its master key. History comes in by import, what is recent
//! is done through the ordinary actions, each on its own day, so that the journal runs from 2019 to
//! today.

mod accounts;
mod annex;
mod bureau;
mod county;
mod days;
mod ledgers;
mod live;
mod papers;
mod phrases;
mod present;
mod random;
mod requests;
#[cfg(test)]
mod tests;
mod text;
mod units;

pub use accounts::{Accounts, accounts};

use live::{Queue, Stage, Task};
use office::permissions::Actor;
use office::records::Record;
use statute::Date;
use statute::calendar::Calendar;
use statute::editions::Edition;
use store::reports::Order;
use store::site::Settings;
use store::{Result, Store, StoreError};

/// The seed of every room. Another seed gives other texts and the same figures.
const SEED: u64 = 2018;
/// The first day on which the story can be told: after both reports, and two years on.
const FIRST: Date = Date::constant(2024, 1, 1);

/// Fills an empty store with the demo county as of `today`.
///
/// # Errors
/// A store that is not empty, a day before 2024, or what the store itself refuses.
pub async fn build(store: &Store, today: Date) -> Result<Accounts> {
    build_from(store, today, SEED).await
}

async fn build_from(store: &Store, today: Date, seed: u64) -> Result<Accounts> {
    if today < FIRST {
        return Err(StoreError::refused(
            "demo-day",
            format!("演示数据从 {FIRST} 起才能生成，今天是 {today}，请核对系统日期。"),
        ));
    }
    if !store::units::all(store).await?.is_empty() {
        return Err(StoreError::refused(
            "demo-not-empty",
            "数据库里已经有单位，演示数据只写入空的数据库。",
        ));
    }
    let national = Calendar::national();
    let mut stage = Stage::new(store);

    // 2018: the county, its report of the year after.
    stage.stand_on(Date::constant(2019, 1, 10));
    stage
        .store
        .save_settings(&Actor::operator(), &settings())
        .await?;
    let mut records = units::county_records();
    records.extend(
        county::documents(seed, &national)
            .into_iter()
            .map(Record::Document),
    );
    records.extend(ledgers::entries(seed, &national));
    stage.import(records, "demo county 2018").await?;
    publish(
        &stage,
        Date::constant(2019, 2, 21),
        units::COUNTY,
        county::YEAR,
        Edition::Stats2014,
        true,
    )
    .await?;

    // 2021: the city's bureau.
    stage.stand_on(Date::constant(2022, 1, 6));
    let mut records = vec![units::bureau_record()];
    records.extend(bureau::records(seed, &national));
    stage.import(records, "demo bureau 2021").await?;
    publish(
        &stage,
        Date::constant(2022, 1, 25),
        units::CITY_BUREAU,
        bureau::YEAR,
        Edition::Format2021,
        false,
    )
    .await?;

    // The people, the guides, and the current year.
    stage.stand_on(Date::constant(2022, 3, 1));
    enroll(&mut stage).await?;
    guides(&stage).await?;
    let calendar = store::calendar::effective(&stage.store).await?;
    let mut queue = present_by_week(seed, &calendar, today);
    queue.extend(papers::tasks(seed, &calendar, today));
    queue.extend(requests::tasks(seed, &calendar, today));
    stage.run(queue, &calendar, today).await?;
    stage.stand_on(today);
    colleagues(&stage).await?;
    Ok(accounts())
}

fn settings() -> Settings {
    Settings {
        site_name: "盐池县人民政府（演示）".to_owned(),
        site_domain: "demo.example.com".to_owned(),
        // Ten digits that no site was given.
        site_id_code: "0000000000".to_owned(),
        organizer: "盐池县人民政府办公室（演示）".to_owned(),
        operator: "盐池县政务公开办公室（演示）".to_owned(),
        phone: "0953-0000000".to_owned(),
        email: "demo@example.com".to_owned(),
        // 开斋节 and 古尔邦节 are days off here by the region's own notice of each year. No notice is
        // built in: one is loaded by `calendar load --region ningxia`.
        region: "ningxia".to_owned(),
        demo: true,
        ..Settings::default()
    }
}

async fn publish(
    stage: &Stage,
    on: Date,
    unit: &str,
    year: i16,
    edition: Edition,
    roll_up: bool,
) -> Result<()> {
    stage.stand_on(on);
    let order = Order {
        unit: unit.to_owned(),
        year,
        edition: Some(edition),
        roll_up,
    };
    store::reports::publish(&stage.store, &Actor::operator(), &order).await
}

/// All accounts at once; their common password is hashed once.
async fn enroll(stage: &mut Stage) -> Result<()> {
    let hash = stage.store.keys.hash_password(accounts::PASSWORD).await?;
    let people: Vec<_> = accounts::invitations()
        .into_iter()
        .map(|person| (person, hash.clone()))
        .collect();
    let ids = store::people::enroll(&stage.store, &people).await?;
    stage.call(&ids).await
}

/// A colleague on leave whose work another does meanwhile, and one who was invited and has not come.
async fn colleagues(stage: &Stage) -> Result<()> {
    let (admin, stand_in) = (stage.actor("admin")?, stage.actor("minzheng")?);
    let [away, invited] = accounts::colleagues();
    let hash = stage.store.keys.hash_password(accounts::PASSWORD).await?;
    let ids = store::people::enroll(&stage.store, &[(away, hash)]).await?;
    for id in &ids {
        store::people::leave(&stage.store, &admin, id, &stand_in.id).await?;
    }
    store::people::invite(&stage.store, &admin, &invited).await?;
    Ok(())
}

/// What each unit's disclosure guide says (条例 §12).
async fn guides(stage: &Stage) -> Result<()> {
    let (county, city) = (stage.actor("gongkaiban")?, stage.actor("zhongwei")?);
    for (place, unit) in store::units::all(&stage.store).await?.iter().enumerate() {
        let body = units::body(&unit.id);
        let (actor, rules) = if unit.id == units::CITY_BUREAU {
            (&city, bureau::rule_ids())
        } else {
            (&county, county::rule_ids())
        };
        let guide = units::guide(body, place + 1, rules);
        store::units::save_guide(&stage.store, actor, &unit.id, guide, unit.seq).await?;
    }
    Ok(())
}

/// The current year's public documents come in week by week, its registers at the end.
fn present_by_week(seed: u64, calendar: &Calendar, today: Date) -> Queue {
    let mut queue = Queue::new();
    let mut week: Vec<Record> = Vec::new();
    let mut on: Option<Date> = None;
    for document in present::documents(seed, calendar, today) {
        let published = document.published_on.unwrap_or(today);
        // A new week begins: what was gathered comes in on the day of its last document.
        if let Some(last) = on.filter(|last| days::monday(*last) != days::monday(published)) {
            queue.push((
                last,
                Task::Import(std::mem::take(&mut week), format!("demo week of {last}")),
            ));
        }
        on = Some(published);
        week.push(Record::Document(document));
    }
    if let Some(last) = on {
        week.extend(present::facts(seed, calendar, today));
        queue.push((last, Task::Import(week, format!("demo week of {last}"))));
    }
    queue
}
