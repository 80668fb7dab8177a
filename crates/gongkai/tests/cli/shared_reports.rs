//! The program against real reports with an answer key, as a stranger would run it.
//!
//! The reports are third parties' and stand outside of the repository: in the folder that
//! `GONGKAI_SHARED` names, or beside the repository. Without them nothing is compared, and the test
//! says so. Reports are told by the names of their files, relations by their figures.

use crate::harness::{Place, run, text_of};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("GONGKAI_SHARED").map_or_else(beside, PathBuf::from);
    if folder.join("reports/findings.jsonl").is_file() {
        return Some(folder);
    }
    eprintln!(
        "SKIPPED: no answer key in {}; set GONGKAI_SHARED to the folder that holds reports/",
        folder.display()
    );
    None
}

/// The samples by the names that the answer key gives them, without our line over each.
fn samples(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for part in ["reports", "seeds"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "txt") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let own = text.starts_with("# source:");
            let text = if own {
                text.split_once('\n').map_or("", |(_, rest)| rest)
            } else {
                &text
            };
            let name = path.file_name().unwrap().to_str().unwrap();
            found.insert(name.trim_end_matches(".txt").to_owned(), text.to_owned());
        }
    }
    found
}

/// The figures in a text: digits with at most one point between them.
fn figures(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|run| run.trim_matches('.').to_owned())
        .filter(|run| !run.is_empty())
        .collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

/// Whether a relation that was examined is the one of the key: all its terms, and what is stated.
fn is_examined(checked: &Value, label: &Value) -> bool {
    let whole = text(label, "expected");
    let terms = match whole.starts_with("<=") || whole.starts_with(">=") {
        true => whole,
        false => whole.split('=').next().unwrap_or(whole),
    };
    let mut terms = figures(terms);
    if terms.is_empty() {
        terms = figures(whole);
    }
    let stated = figures(text(label, "stated"));
    let have: Vec<String> = ["arithmetic", "stated", "expected"]
        .iter()
        .flat_map(|key| figures(text(checked, key)))
        .collect();
    checked["holds"] == true
        && !terms.is_empty()
        && terms.iter().all(|term| have.contains(term))
        && (stated.is_empty() || stated.iter().any(|figure| have.contains(figure)))
}

/// Whether an error speaks of the first figure that a label states; a label without figures can only
/// be counted.
fn is_reported(finding: &Value, label: &Value) -> bool {
    let Some(figure) = figures(text(label, "stated")).into_iter().next() else {
        return true;
    };
    let quote = finding["place"]["quote"].as_str().unwrap_or("");
    let said = [text(finding, "message"), text(finding, "stated"), quote].join(" ");
    figures(&said).contains(&figure)
}

fn of_level<'a>(all: &'a [Value], level: &str) -> Vec<&'a Value> {
    all.iter().filter(|it| it["level"] == level).collect()
}

#[test]
fn the_answer_key_is_met() {
    let Some(folder) = shared() else { return };
    let place = Place::new();
    std::fs::create_dir(place.path("all")).unwrap();
    let samples = samples(&folder);
    assert!(samples.len() >= 25, "{} samples", samples.len());
    for (name, text) in &samples {
        place.file(&format!("all/{name}.txt"), text);
    }
    let ran = run(&["check", "--format", "json", &place.text("all")]).ends(1);
    let answer = ran.json();
    let mut answers: BTreeMap<String, &Value> = BTreeMap::new();
    for report in answer["reports"].as_array().unwrap() {
        let name = Path::new(text(report, "source")).file_stem().unwrap();
        answers.insert(name.to_str().unwrap().to_owned(), report);
    }
    let key = std::fs::read_to_string(folder.join("reports/findings.jsonl")).unwrap();
    let mut labels: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in key.lines() {
        let label: Value = serde_json::from_str(line).unwrap();
        let name = text(&label, "report").trim_end_matches(".txt").to_owned();
        labels.entry(name).or_default().push(label);
    }
    let mut wrong = Vec::new();
    let (mut warnings, mut labelled, mut holding, mut found) = (0, 0, 0, 0);
    for (name, report) in &answers {
        let none = Vec::new();
        let labels = labels.get(name).unwrap_or(&none);
        let findings = report["findings"].as_array().unwrap();
        warnings += of_level(findings, "warning").len();
        labelled += of_level(labels, "warning").len();
        // Each labelled error takes one that was reported; what is left over is a false alarm.
        let mut errors = of_level(findings, "error");
        for label in of_level(labels, "error") {
            match errors.iter().position(|error| is_reported(error, label)) {
                Some(at) => drop(errors.remove(at)),
                None => wrong.push(format!("{name}: not reported: {label}")),
            }
        }
        wrong.extend(errors.iter().map(|it| format!("{name}: false alarm: {it}")));
        let checked = report["checked"].as_array().unwrap();
        let sentences = labels.iter().filter(|label| {
            let kind = text(label, "kind");
            label["holds"] == true && (kind.starts_with("narrative") || kind == "period")
        });
        for label in sentences {
            holding += 1;
            if checked.iter().any(|one| is_examined(one, label)) {
                found += 1;
            } else {
                eprintln!("not examined: {label}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        warnings * 2 <= labelled * 3,
        "{warnings} warnings, {labelled} labelled"
    );
    assert!(holding >= 100, "{holding}");
    assert!(found * 100 >= holding * 97, "{found} of {holding} examined");
}

#[test]
fn a_pdf_gives_the_figures_of_its_text() {
    let Some(folder) = shared() else { return };
    let place = Place::new();
    let text = samples(&folder).remove("096").unwrap();
    let text = place.file("096.txt", &text);
    let tables = |file: &str| run(&["read", file]).ends(0).json()["tables"].clone();
    let of_pdf = tables(&text_of(&folder.join("reports/096.pdf")));
    assert_eq!(of_pdf, tables(&text));
    assert_eq!(of_pdf["t3"]["new"]["total"], 21);
}

#[test]
fn the_national_form_is_an_empty_report() {
    let Some(folder) = shared() else { return };
    let form = text_of(&folder.join("reports/template-2021.docx"));
    let report = run(&["read", &form]).ends(0).json();
    assert_eq!(report["edition"], "format2021");
    assert_eq!(report["blank"], true);
    run(&["check", &form]).ends(0);
}
