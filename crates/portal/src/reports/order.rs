//! What is to be compiled, as the address says it.

use crate::app::Site;
use crate::error::{PortalError, Result};
use crate::pick::{self, Asked};
use statute::editions::{CellKey, Edition};
use store::reports::Order;

/// The order of an address; none when neither unit nor year is asked for.
///
/// # Errors
/// A sentence on what in the address is none: a unit, a year or a form.
pub fn read(site: &Site, asked: &Asked) -> Result<Option<Order>> {
    let (unit, year) = (asked.text("unit"), asked.text("year"));
    if unit.is_empty() && year.is_empty() {
        return Ok(None);
    }
    let year = pick::year(year).ok_or_else(|| {
        let text = match year {
            "" => "没有选年度，请填写四位数的年度。".to_owned(),
            other => format!("“{other}”不是可用的年度，应为 1949 到 2200 之间的四位数。"),
        };
        PortalError::Bad(text)
    })?;
    if unit.is_empty() {
        return Err(PortalError::Bad("没有选单位，请选一个单位。".into()));
    }
    if site.unit(unit).is_none() {
        let text = format!("没有“{unit}”这个单位，请从年度报告页的单位里选。");
        return Err(PortalError::Bad(text));
    }
    let edition = match asked.text("edition") {
        "" => None,
        key => Some(
            Edition::from_key(key)
                .filter(|edition| *edition != Edition::Narrative)
                .ok_or_else(|| {
                    PortalError::Bad(format!(
                        "“{key}”不是有统计表的格式，请从年度报告页的格式里选。"
                    ))
                })?,
        ),
    };
    Ok(Some(Order {
        unit: unit.to_owned(),
        year,
        edition,
        roll_up: asked.text("roll_up") == "on",
    }))
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
