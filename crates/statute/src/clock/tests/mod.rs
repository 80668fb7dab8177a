//! Tests of the clock. Cases are one-line scripts, `2022-09-30 received counter; 2022-10-10 …`,
//! turned into the JSON of the contract, so that every case also goes through the reader.

mod answers;
mod golden;
mod orders;
mod properties;
mod reading;

use super::*;
use crate::{Calendar, Date, parse_date};
use serde_json::{Value, json};

fn d(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// The events of a script.
fn events(script: &str) -> Vec<Event> {
    script
        .split(';')
        .map(|part| Event::from_json(&event(part)).unwrap())
        .collect()
}

/// `on event [channel|days|until|outcome|by date] [key=value …]`
fn event(part: &str) -> Value {
    let mut words = part.split_whitespace();
    let mut value = json!({"on": words.next().unwrap(), "event": words.next().unwrap()});
    let default = match value["event"].as_str().unwrap() {
        "received" => "channel",
        "extended" => "days",
        "delayed" => "until",
        "supplement-asked" => "reply_by",
        _ => "outcome",
    };
    for word in words {
        let (key, text) = word.split_once('=').unwrap_or((default, word));
        value[key] = match text.parse::<u64>() {
            Ok(number) => number.into(),
            Err(_) => text.into(),
        };
    }
    value
}

fn answer(script: &str) -> Answer {
    replay(&Calendar::national(), &events(script), None)
}
