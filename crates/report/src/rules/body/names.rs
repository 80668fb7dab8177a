//! The names of bodies in preamble, contact block and signature.

use statute::editions::Level;

use super::{BODY_PREAMBLE_FOREIGN, CONTACT_FOREIGN, SIGNATURE_DIFFERS};
use crate::finding::{Checked, CheckedKind, Finding, Place};
use crate::prose::{Paragraph, normalise};
use crate::quantity;
use crate::read::title::{Rank, is_body, rank, tail};
use crate::reading::Reading;
use crate::rules::Sink;
use crate::words::{has, words};

/// Paragraphs among which the preamble stands.
const HEAD: usize = 8;

pub(super) fn examine(reading: &Reading, unit: &str, sink: &mut Sink) {
    let foreign = preamble(reading, unit, sink);
    contact(reading, unit, foreign, sink);
    signature(reading, unit, sink);
}

/// Whether a name means the unit itself, one of its offices, or a shorter form of it.
fn is_own(name: &str, unit: &str) -> bool {
    let (own, other) = (tail(unit), tail(name));
    let bare = |text: &str| {
        text.trim_end_matches("办公室")
            .trim_end_matches("党政综合")
            .trim_end_matches("党政")
            .trim_end_matches("综合")
            .trim_end_matches("人民政府")
            .trim_end_matches("办事处")
            .to_owned()
    };
    let office = bare(name);
    // 某县 stands in 某县民政局, but the county's government is not the bureau.
    let region = office.ends_with(['省', '市', '县', '区', '旗', '州', '盟']);
    name.contains(own)
        || (unit.contains(&office) && !region && !name.ends_with("政府办公室"))
        || (own.contains(other) && !other.is_empty())
        || (!region && short_form(&office, unit))
}

/// 市科委 is 市科学技术委员会: every character of the shorter name stands in the longer in order.
fn short_form(name: &str, unit: &str) -> bool {
    let (short, long) = if name.chars().count() <= unit.chars().count() {
        (name, unit)
    } else {
        (unit, name)
    };
    let mut rest = long.chars();
    short.chars().count() >= 2 && short.chars().all(|c| rest.any(|other| other == c))
}

/// Whether a name is that of a government's own office, as a county's template has it.
fn is_government_office(name: &str) -> bool {
    [
        "政府办公室",
        "政府办公厅",
        "政府办",
        "人民政府",
        "政务公开办公室",
        "政府信息公开办公室",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// A department or a township; a government speaks for the whole area anyway.
fn is_lower(unit: &str) -> bool {
    matches!(
        rank(unit),
        Rank::Township | Rank::CountyDepartment | Rank::Department
    ) && !is_government_office(unit)
        || rank(unit) == Rank::Township
}

/// `本报告由…人民政府办公室…汇总…政府、13个乡镇、32个部门…`. Answers whether it is foreign.
fn preamble(reading: &Reading, unit: &str, sink: &mut Sink) -> bool {
    for paragraph in reading.prose.paragraphs.iter().take(HEAD) {
        let text = &paragraph.text;
        let Some((at, name)) = compiler(text) else {
            continue;
        };
        let place = paragraph.place(at..at + name.len());
        let own = is_own(name, unit);
        let gathered = text
            .find("汇总")
            .and_then(|at| text.get(at..))
            .is_some_and(|rest| {
                let scope: String = rest.chars().take(60).collect();
                has(&scope, words!["部门", "乡镇", "乡（镇）", "街道"])
            });
        if own || !is_lower(unit) || !is_government_office(name) {
            if own {
                sink.examined(same_body(name, unit, place));
            }
            return false;
        }
        let finding = BODY_PREAMBLE_FOREIGN.finding(
            place.clone(),
            if gathered {
                format!(
                    "标题是{unit}的报告，引言却说由{name}编制，并汇总各部门、乡镇的情况；应写本单位的编制情况，请改正引言"
                )
            } else {
                format!("标题是{unit}的报告，引言却说由{name}编制；请核对编制单位")
            },
        );
        sink.examined(Checked {
            holds: false,
            ..same_body(name, unit, place)
        });
        let finding = between(finding, name, unit);
        // An upper office may have written the report; gathering others' figures it cannot have.
        sink.find(if gathered {
            finding
        } else {
            finding.at_level(Level::Warning)
        });
        return gathered;
    }
    false
}

/// The name after 由 in a sentence about compiling, and where it stands.
fn compiler(text: &str) -> Option<(usize, &str)> {
    text.match_indices('由').take(12).find_map(|(at, mark)| {
        let start = at + mark.len();
        let rest = text.get(start..)?;
        let end = rest.find(['，', '。', '；', '（']).unwrap_or(rest.len());
        let clause = rest.get(..end)?;
        let cut = [
            "负责编制",
            "组织编制",
            "编制",
            "根据",
            "按照",
            "依据",
            "汇总",
            "负责",
        ]
        .into_iter()
        .filter_map(|word| clause.find(word))
        .min()
        .unwrap_or(end);
        let name = clause.get(..cut)?;
        let sentence = text.get(start..)?;
        let sentence = sentence.get(..sentence.find('。').unwrap_or(sentence.len()))?;
        let about = has(sentence, words!["编制", "汇总"]);
        (about && is_body(name) && name.chars().count() >= 4).then_some((start, name))
    })
}

/// `如有疑问，请与…联系`.
fn contact(reading: &Reading, unit: &str, foreign: bool, sink: &mut Sink) {
    for paragraph in reading.prose.paragraphs.iter().take(HEAD) {
        let text = &paragraph.text;
        let Some((at, name)) = text.match_indices("联系").take(8).find_map(|(end, _)| {
            let before = text.get(..end)?;
            let before = before.strip_suffix('）').map_or(before, |inner| {
                inner
                    .rfind('（')
                    .and_then(|at| inner.get(..at))
                    .unwrap_or(before)
            });
            let start = ["与", "同", "向"]
                .into_iter()
                .filter_map(|word| before.rfind(word).map(|at| at + word.len()))
                .max()?;
            let name = before.get(start..)?;
            (is_body(name) && name.chars().count() >= 4).then_some((start, name))
        }) else {
            continue;
        };
        let place = paragraph.place(at..at + name.len());
        let own = is_own(name, unit);
        if own {
            sink.examined(same_body(name, unit, place));
            return;
        }
        // The contact of a lower body is its own; the government's office under the government's
        // preamble is the same template, alone it may be meant; another bureau never is.
        let level = match (foreign, is_government_office(name), is_lower(unit)) {
            (_, _, false) => return,
            (true, true, true) => Level::Error,
            (false, true, true) => Level::Info,
            (_, false, true) if name.ends_with('局') && rank(unit) == Rank::CountyDepartment => {
                Level::Warning
            }
            (_, false, true) => return,
        };
        sink.examined(Checked {
            holds: false,
            ..same_body(name, unit, place.clone())
        });
        let finding = CONTACT_FOREIGN
            .finding(
                place,
                format!("标题是{unit}的报告，联系单位却是{name}；请改为本单位的联系方式"),
            )
            .at_level(level);
        sink.find(between(finding, name, unit));
        return;
    }
}

/// The line above the date at the end.
fn signature(reading: &Reading, unit: &str, sink: &mut Sink) {
    let tail_lines = reading
        .prose
        .paragraphs
        .iter()
        .rev()
        .take(6)
        .flat_map(|paragraph| {
            paragraph
                .source()
                .lines()
                .rev()
                .filter(|line| line.len() < 120)
                .map(move |line| (paragraph, normalise(line).text))
        });
    let lines: Vec<(&Paragraph, String)> = tail_lines
        .filter(|(_, line)| !line.is_empty())
        .take(6)
        .collect();
    let signed = lines.windows(2).find_map(|pair| {
        let [(_, date), (paragraph, name)] = pair else {
            return None;
        };
        let dated = date.chars().count() <= 14
            && quantity::scan(date)
                .dates
                .first()
                .is_some_and(|date| date.day.is_some());
        let name = name
            .trim_end_matches("（盖章）")
            .trim_end_matches("（公章）");
        (dated && is_body(name) && name.chars().count() >= 4).then(|| (*paragraph, name.to_owned()))
    });
    let Some((paragraph, name)) = signed else {
        return;
    };
    let place = paragraph.place(0..name.len());
    let own = is_own(&name, unit) || is_government_of(&name, unit);
    sink.examined(Checked {
        holds: own,
        ..same_body(&name, unit, place.clone())
    });
    if !own {
        let finding = SIGNATURE_DIFFERS.finding(
            place,
            format!("标题是{unit}的报告，落款却是{name}；请核对落款"),
        );
        sink.find(between(finding, &name, unit));
    }
}

/// 某县人民政府办公室 signs for 某县.
fn is_government_of(name: &str, unit: &str) -> bool {
    let stem = |text: &str| {
        text.trim_end_matches("办公室")
            .trim_end_matches("办公厅")
            .trim_end_matches("人民政府")
            .trim_end_matches("政务公开")
            .to_owned()
    };
    let (name, unit) = (stem(name), stem(unit));
    name.ends_with(&unit) || unit.ends_with(&name)
}

fn same_body(stated: &str, expected: &str, place: Place) -> Checked {
    Checked::equal(
        CheckedKind::Repeated,
        true,
        stated,
        expected,
        expected,
        place,
    )
}

/// A finding with both names.
fn between(mut finding: Finding, stated: &str, expected: &str) -> Finding {
    finding.stated = Some(stated.to_owned());
    finding.expected = Some(expected.to_owned());
    finding
}
