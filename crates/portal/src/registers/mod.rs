//! Registers (台账): what the statutory tables count and no other room keeps.

mod decision;
mod decisions;
mod end;
mod fee_income;
mod list;
mod record;

use crate::app::App;
use crate::urls;
use axum::Router;
use axum::routing::get;
use office::registers::{Field, FieldKind};
use serde_json::Value;

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/office/registers", get(list::index))
        .route(urls::OFFICE_DECISIONS, get(decisions::list))
        .route(
            urls::OFFICE_DECISIONS_NEW,
            get(decisions::form).post(decisions::save),
        )
        .route(
            "/office/registers/decisions/{id}",
            get(decision::form).post(decision::save),
        )
        .route(urls::OFFICE_FEE_INCOME, get(fee_income::list))
        .route(
            urls::OFFICE_FEE_INCOME_EDIT,
            get(fee_income::form).post(fee_income::save),
        )
        .route(
            "/office/registers/entries/{id}/end",
            get(end::form).post(end::save),
        )
        .route("/office/registers/{register}", get(list::entries))
        .route(
            "/office/registers/{register}/new",
            get(record::form).post(record::save),
        )
}

/// A field's label; money is typed and shown in yuan.
fn label(field: &Field) -> String {
    match field.kind {
        FieldKind::Fen => field.label.replace("（分）", "（元）"),
        _ => field.label.to_owned(),
    }
}

/// Fen as yuan.
fn yuan(fen: i64) -> String {
    let (whole, rest) = (fen / 100, (fen % 100).abs());
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:02}")
    }
}

/// Yuan with at most two decimals as fen.
fn fen(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) || rest.len() > 2 {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents)
}

/// What stands in a field, for people.
fn shown(field: &Field, value: Option<&Value>) -> String {
    let Some(value) = value else {
        return String::new();
    };
    match field.kind {
        FieldKind::Choice(of) => {
            let key = value.as_str().unwrap_or_default();
            of.iter()
                .find(|(known, _)| *known == key)
                .map_or(key, |(_, label)| label)
                .to_owned()
        }
        FieldKind::Fen => value.as_i64().map(yuan).unwrap_or_default(),
        FieldKind::Count => value.as_i64().map(|n| n.to_string()).unwrap_or_default(),
        FieldKind::Day | FieldKind::Text => value.as_str().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_typed_in_yuan_and_kept_in_fen() {
        for (text, wanted) in [
            ("46", Some(4600)),
            ("46.5", Some(4650)),
            ("0.07", Some(7)),
            ("46.505", None),
            ("-1", None),
            ("", None),
            (".5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(fen(text), wanted, "{text}");
        }
        assert_eq!(
            (yuan(4600), yuan(4650), yuan(7)),
            ("46".into(), "46.50".into(), "0.07".into())
        );
    }
}
