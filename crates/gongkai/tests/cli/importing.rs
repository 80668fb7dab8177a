//! `import` and `export`.

use crate::county::{self, LINES};
use crate::harness::{Place, feed, run};

fn export(data: &str) -> String {
    run(&["export", "--data", data]).ends(0).out
}

#[test]
fn everything_comes_in_and_late_facts_are_told() {
    let place = Place::new();
    let data = place.text("data");
    let late = r#"{"type":"unit","id":"u","name":"某县","kind":"government"}
{"type":"request","id":"r","unit":"u","applicant":"natural","channel":"counter","events":[{"on":"2021-03-01","event":"received"},{"on":"2021-06-01","event":"replied","outcome":"granted"}]}"#;
    let ran = feed(&["import", "-", "--data", &data], late)
        .ends(0)
        .says("第 2 行")
        .says("逾期");
    assert_eq!(ran.out, "", "messages are not for standard output");
    assert_eq!(export(&data).lines().count(), 2);
}

#[test]
fn a_faulty_file_is_refused_whole_with_every_line_named() {
    let place = Place::new();
    let data = place.text("data");
    let faulty = LINES
        .replace("2018-05-02", "2018-02-30")
        .replace("\"kind\":\"news\"", "\"kin\":\"news\"");
    let (d2, d3) = (county::line("d2").0, county::line("d3").0);
    let ran = feed(&["import", "-", "--data", &data], &faulty).ends(1);
    let ran = ran
        .says(&format!("第 {d2} 行"))
        .says(&format!("第 {d3} 行"))
        .says("没有导入任何内容");
    assert_eq!(ran.out, "");
    assert_eq!(export(&data), "");
    // Faults that only the whole shows.
    let whole = LINES.replace("\"request\":\"r6\"", "\"request\":\"r66\"");
    let k2 = county::line("k2").0;
    feed(&["import", "-", "--data", &data], &whole)
        .ends(1)
        .says(&format!("第 {k2} 行"))
        .says("r66");
    assert_eq!(export(&data), "");
    feed(&["import", "-", "--data", &data], "{\"type\":")
        .ends(1)
        .says("第 1 行");
    feed(
        &["import", "-", "--data", &data],
        "{\"type\":\"unit\",\"id\":\"u\",\"name\":\"某\",\"kind\":\"government\",\"x\":1}",
    )
    .ends(1)
    .says("“x”");
    run(&["verify", "--data", &data]).ends(0);
}

#[test]
fn the_same_file_again_changes_nothing_and_another_content_is_refused() {
    let place = Place::new();
    let data = place.county();
    let before = export(&data);
    let ran = feed(&["import", "-", "--data", &data], LINES).ends(0);
    ran.says(&format!("{} 条已有", county::count()));
    assert_eq!(export(&data), before);
    let changed = county::line("d2").1.replace("婚姻登记", "收养登记");
    feed(&["import", "-", "--data", &data], &changed)
        .ends(1)
        .says("第 1 行")
        .says("d2");
    assert_eq!(export(&data), before);
}

#[test]
fn an_export_can_be_imported_and_gives_the_same_export_and_reports() {
    let place = Place::new();
    let data = place.county();
    let file = place.text("export.jsonl");
    let ran = run(&["export", "--data", &data, "--output", &file]).ends(0);
    assert_eq!(ran.out, "");
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), county::count());
    assert_eq!(
        text,
        export(&data),
        "a file and standard output get the same bytes"
    );
    let again = place.text("again");
    run(&["import", &file, "--data", &again]).ends(0);
    assert_eq!(export(&again), text);
    for year in ["2018", "2020", "2021"] {
        let report = |data: &str| {
            run(&[
                "report",
                "--unit",
                "u0",
                "--year",
                year,
                "--roll-up",
                "--data",
                data,
            ])
            .ends(0)
            .out
        };
        assert_eq!(report(&again), report(&data), "{year}");
    }
}

#[test]
fn an_export_for_the_public_holds_units_and_public_documents_only() {
    let place = Place::new();
    let data = place.county();
    let text = run(&["export", "--public", "--data", &data]).ends(0).out;
    let has = |id: &str| text.contains(&format!("\"id\":\"{id}\""));
    assert!(has("u1") && has("d1") && !has("d5"), "{text}");
    for kind in ["request", "case", "entry", "decision"] {
        assert!(
            !text.contains(&format!("\"type\":\"{kind}\"")),
            "{kind}: {text}"
        );
    }
    let year = run(&["export", "--year", "2021", "--data", &data])
        .ends(0)
        .out;
    assert!(
        year.contains("\"id\":\"d8\"") && !year.contains("\"id\":\"d1\""),
        "{year}"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let place = Place::new();
    let data = place.county();
    let script = format!(
        "'{}' export --data '{data}' | head -n 1",
        env!("CARGO_BIN_EXE_gongkai")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("u0"));
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!err.contains("写不进去") && !err.contains("panic"), "{err}");
}
