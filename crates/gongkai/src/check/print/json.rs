//! The contract of `gongkai check --format json`: one report a line.

use super::{Listed, Printer};
use crate::check::examine::Examined;
use crate::check::tally::Tally;
use report::{Checked, Finding};
use serde::Serialize;

pub(super) struct Json;

/// A report as it is written. A file that could not be read has no edition.
#[derive(Serialize)]
struct Written<'a> {
    source: &'a str,
    title: &'a str,
    unit: Option<&'a str>,
    year: Option<i16>,
    edition: Option<&'static str>,
    findings: &'a [Finding],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waived: Vec<Waived<'a>>,
    checked: &'a [Checked],
}

#[derive(Serialize)]
struct Waived<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    waiver: Waiver<'a>,
}

#[derive(Serialize)]
struct Waiver<'a> {
    reason: &'a str,
    who: &'a str,
    when: &'a str,
}

impl Printer for Json {
    fn head(&self) -> String {
        "{\"reports\":[\n".to_owned()
    }

    fn report(&self, examined: &Examined) -> String {
        let head = examined.head.as_ref();
        let written = Written {
            source: &examined.source,
            title: head.map_or("", |head| head.title.as_str()),
            unit: head.and_then(|head| head.unit.as_deref()),
            year: head.and_then(|head| head.year),
            edition: head.map(|head| head.edition.key()),
            findings: &examined.findings,
            waived: examined
                .waived
                .iter()
                .map(|waived| Waived {
                    finding: &waived.finding,
                    waiver: Waiver {
                        reason: &waived.reason,
                        who: &waived.who,
                        when: &waived.when,
                    },
                })
                .collect(),
            checked: &examined.checked,
        };
        // Nothing in it can fail to be JSON: texts, counts and lists with text keys.
        serde_json::to_string(&written).unwrap_or_default()
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn foot(&self, tally: &Tally, _: &[Listed]) -> String {
        let summary = serde_json::to_string(tally).unwrap_or_default();
        format!("\n],\"summary\":{summary}}}\n")
    }
}
