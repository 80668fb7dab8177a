//! What is to be compiled, as the address says it.

use crate::pick::{self, Asked};
use statute::editions::{CellKey, Edition};
use store::reports::Order;

/// The order of an address; none when the unit or the year is missing or no such year can be.
pub fn read(asked: &Asked) -> Option<Order> {
    let unit = asked.text("unit");
    let year = pick::year(asked.text("year"))?;
    (!unit.is_empty()).then(|| Order {
        unit: unit.to_owned(),
        year,
        edition: Edition::from_key(asked.text("edition")),
        roll_up: asked.text("roll_up") == "on",
    })
}

/// The key of the form as it was asked for; empty for the one of the year.
pub fn edition_key(order: &Order) -> &'static str {
    order.edition.map_or("", Edition::key)
}

/// Where a figure of the compiled report leads.
pub fn link(order: &Order, key: CellKey) -> String {
    crate::urls::office_figure(
        &order.unit,
        order.year,
        &key.path(),
        edition_key(order),
        order.roll_up,
    )
}

/// An address of the compiled report; `part` as in [`office_report`](crate::urls::office_report).
pub fn address(order: &Order, part: &str) -> String {
    crate::urls::office_report(
        part,
        &order.unit,
        order.year,
        edition_key(order),
        order.roll_up,
    )
}

/// Whose records are counted, in words.
pub fn scope_words(roll_up: bool) -> &'static str {
    if roll_up {
        "汇总本单位和全部下属单位"
    } else {
        "只数本单位"
    }
}
