//! Writing a record as the contract has it: keys in its order, absent ones left out.

use super::Record;
use serde_json::{Map, Value, json};

pub(super) fn record(record: &Record) -> Map<String, Value> {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            map.insert(key.to_owned(), value);
        }
    };
    put("type", json!(record.noun()));
    match record {
        Record::Unit(r) => {
            put("id", json!(r.id));
            put("name", json!(r.name));
            put("kind", json!(r.kind.key()));
            put("parent", json!(r.parent));
            put("code", json!(r.code));
        }
        Record::Document(r) => {
            put("id", json!(r.id));
            put("unit", json!(r.unit));
            put("kind", json!(r.kind.key()));
            put("title", json!(r.title));
            put("number", json!(r.number));
            put("written_on", json!(r.written_on));
            put("attribute", json!(r.attribute.key()));
            put("basis", json!(r.basis));
            put("published_on", json!(r.published_on));
            if !r.channels.is_empty() {
                put(
                    "channels",
                    r.channels
                        .iter()
                        .map(|channel| json!(channel.key()))
                        .collect(),
                );
            }
            put("in_force_from", json!(r.in_force_from));
            put("repealed_on", json!(r.repealed_on));
            put("explains", json!(r.explains));
            put("body", json!(r.body));
        }
        Record::Decision(r) => {
            put("id", json!(r.id));
            put("unit", json!(r.unit));
            put("kind", json!(r.kind.key()));
            put("decided_on", json!(r.decided_on));
        }
        Record::FeeIncome(r) => {
            put("unit", json!(r.unit));
            put("year", json!(r.year));
            put("fen", json!(r.fen));
        }
        Record::Request(r) => {
            put("id", json!(r.id));
            put("unit", json!(r.unit));
            put("number", json!(r.number));
            put("applicant", json!(r.applicant.key()));
            put("applicant_ref", json!(r.applicant_ref));
            put("subject", json!(r.subject));
            put("channel", json!(r.channel.key()));
            put(
                "events",
                r.events
                    .iter()
                    .map(statute::clock::Event::to_json)
                    .collect(),
            );
        }
        Record::Case(r) => {
            put("id", json!(r.id));
            put("request", json!(r.request));
            put("track", json!(r.track.key()));
            put("filed_on", json!(r.filed_on));
            put("closed_on", json!(r.closed_on));
            put("result", json!(r.result.map(|result| result.key())));
        }
        Record::Entry(r) => {
            put("id", json!(r.id));
            put("unit", json!(r.unit));
            put("register", json!(r.register));
            put("fields", Value::Object(r.fields.clone()));
        }
    }
    map
}
