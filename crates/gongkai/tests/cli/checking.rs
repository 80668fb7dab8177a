//! `check`, `read` and `rule`: what they print, in which form, and how they end.

use crate::harness::{Place, Ran, feed, finish, program, run};
use serde_json::Value;
use std::fs;

/// A report in which every figure agrees with the others.
const SOUND: &str = "云岭县林草局2017年政府信息公开工作年度报告\n\
    一、概述\n\
    全年主动公开政府信息90条，其中网站50条、微信30条、微博10条。\n\
    二、办理情况\n\
    应进驻事项80项，已进驻70项，进驻率87.5%。\n";

/// The same with a share that no reading explains, on line 5.
fn wrong() -> String {
    SOUND.replace("87.5%", "84.5%")
}

#[track_caller]
fn rules(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|it| it["rule"].as_str().unwrap())
        .collect()
}

#[track_caller]
fn only(ran: &Ran) -> Value {
    let all = ran.json();
    assert_eq!(all["reports"].as_array().unwrap().len(), 1, "{all}");
    all["reports"][0].clone()
}

#[test]
fn the_exit_code_says_whether_there_are_errors() {
    let place = Place::new();
    let good = place.file("good.txt", SOUND);
    let bad = place.file("bad.txt", &wrong());
    run(&["check", &good]).ends(0);
    run(&["check", &bad]).ends(1);
    run(&["check", &good, &bad]).ends(1);
    run(&["check", &place.text("none.txt")])
        .ends(2)
        .says("none.txt：没有这个文件")
        .says("没有一个文件可以打开");
    // Nothing to check is not nothing wrong.
    let ran = run(&["check", &place.file("blank.txt", " \n\n")]).ends(0);
    assert!(ran.out.contains("file-unreadable"), "{}", ran.out);
    run(&["check", &good, "--select", "N", "--ignore", "N"])
        .ends(0)
        .says("不会报告任何问题");
    run(&["check", &good, "--select", "share-missmatch"])
        .ends(2)
        .says("是不是 share-mismatch（N201）");
    run(&["check", &good, "--config", &place.text(".")])
        .ends(2)
        .says("这是目录");
    // One that cannot be opened beside one that can is told, and no reason to give up.
    let ran = run(&["check", &good, &place.text("none.txt")])
        .ends(0)
        .says("none.txt");
    assert!(ran.out.contains("file-unreadable"), "{}", ran.out);
    fs::create_dir(place.path("empty")).unwrap();
    run(&["check", &place.text("empty")])
        .ends(2)
        .says("没有找到可以检查的文件");
}

#[test]
fn json_keeps_the_contract() {
    let place = Place::new();
    let bad = place.file("bad.txt", &wrong());
    let ran = run(&["check", &bad, "--format", "json"]).ends(1);
    assert_eq!(ran.err, "");
    let all = ran.json();
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&all), ["reports", "summary"]);
    let report = only(&ran);
    assert_eq!(
        keys(&report),
        [
            "source", "title", "unit", "year", "edition", "findings", "checked"
        ]
    );
    assert_eq!(report["source"], bad);
    assert_eq!(report["year"], 2017);
    assert_eq!(report["edition"], "narrative");
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|it| it["code"] == "N201").unwrap();
    for (key, expect) in [
        ("rule", "share-mismatch"),
        ("level", "error"),
        ("stated", "84.5%"),
        ("expected", "87.5%"),
        ("arithmetic", "70/80"),
    ] {
        assert_eq!(finding[key], expect, "{finding}");
    }
    assert_eq!(finding["place"]["line"], 5);
    let quote = finding["place"]["quote"].as_str().unwrap();
    assert!(
        wrong().contains(quote) && quote.contains("84.5%"),
        "{quote}"
    );

    let checked = report["checked"].as_array().unwrap();
    let share = checked
        .iter()
        .find(|it| it["kind"] == "narrative-ratio")
        .unwrap();
    assert_eq!(share["holds"], false);
    assert_eq!(share["trivial"], false);
    assert_eq!(share["stated"], "84.5%");
    assert_eq!(share["place"]["line"], 5);
    for relation in checked {
        for key in ["stated", "expected", "arithmetic"] {
            assert!(relation[key].is_string(), "{relation}");
        }
    }
    let summary = &all["summary"];
    assert_eq!(
        keys(summary),
        [
            "reports",
            "errors",
            "warnings",
            "info",
            "checked",
            "nontrivial"
        ]
    );
    assert_eq!(summary["reports"], 1);
    assert_eq!(summary["errors"], 1);
    assert_eq!(summary["checked"], checked.len());
}

#[test]
fn text_underlines_the_figures_and_counts_at_the_end() {
    let place = Place::new();
    let bad = place.file("bad.txt", &wrong());
    let ran = run(&["check", &bad, "--select", "N2"]).ends(1);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "错误[N201] share-mismatch");
    assert!(
        lines[1].contains("--> ") && lines[1].contains("bad.txt:5"),
        "{}",
        ran.out
    );
    let at = lines
        .iter()
        .position(|line| line.starts_with("5 | "))
        .unwrap();
    assert!(lines[at].contains("进驻率84.5%"), "{}", ran.out);
    // 应进驻事项80项，已进驻70项，进驻率84.5%: each Chinese character is two columns wide.
    assert_eq!(
        lines[at + 1],
        "  |           --          --          ^^^^^",
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("写的是 84.5%，算出 70/80 = 87.5%"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("gongkai rule N201"), "{}", ran.out);
    let last = ran.out.lines().last().unwrap();
    assert!(
        last.starts_with("1 份报告，1 处错误，0 处警告；核对 "),
        "{last}"
    );
    assert!(!ran.out.contains('\u{1b}'), "no colours into a pipe");

    let ran = finish(program().env("LC_ALL", "en_GB.UTF-8").args(["check", &bad])).ends(1);
    for part in [
        "error[N201]: a stated share or rate differs",
        "= figures: stated 84.5%, expected 70/80 = 87.5%\n",
        "= explained by: gongkai rule share-mismatch\n",
        "1 report, 1 error, 0 warnings; ",
    ] {
        assert!(ran.out.contains(part), "“{part}” is not in: {}", ran.out);
    }
    // The report is Chinese, and so are the words about it.
    assert!(ran.out.contains("= message: "), "{}", ran.out);
}

#[test]
fn sarif_names_rules_and_places() {
    let place = Place::new();
    fs::create_dir(place.path("县 局")).unwrap();
    place.file("县 局/bad.txt", &wrong());
    let ran = finish(
        program()
            .current_dir(place.path("."))
            .args(["check", "县 局", "--format", "sarif"]),
    )
    .ends(1);
    let log = ran.json();
    assert_eq!(log["version"], "2.1.0");
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "gongkai");
    let rules = driver["rules"].as_array().unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(
            result["partialFingerprints"]["finding/v1"]
                .as_str()
                .unwrap()
                .len(),
            32
        );
    }
    let share = results.iter().find(|it| it["ruleId"] == "N201").unwrap();
    let physical = &share["locations"][0]["physicalLocation"];
    assert_eq!(
        physical["artifactLocation"]["uri"],
        "%E5%8E%BF%20%E5%B1%80/bad.txt"
    );
    assert_eq!(physical["region"]["startLine"], 5);
    for rule in rules {
        assert!(!rule["help"]["text"].as_str().unwrap().is_empty(), "{rule}");
    }
    // What a run says is of one language; the rules are there in English beside it.
    let run_of = &log["runs"][0];
    assert_eq!(run_of["language"], "zh-CN");
    assert_eq!(driver["language"], "zh-CN");
    let english = run_of["translations"][0]["rules"].as_array().unwrap();
    assert_eq!(run_of["translations"][0]["language"], "en");
    assert_eq!(english.len(), rules.len());
    for (rule, english) in rules.iter().zip(english) {
        assert_eq!(rule["id"], english["id"]);
        let line = english["shortDescription"]["text"].as_str().unwrap();
        assert!(line.is_ascii() && line.ends_with('.'), "{line}");
    }
    // Where the folder lies on this machine is not told.
    let base = physical["artifactLocation"]["uriBaseId"].as_str().unwrap();
    assert_eq!(run_of["originalUriBaseIds"][base]["uri"], Value::Null);
    assert!(!ran.out.contains(&place.text("")), "{}", ran.out);
    // Nothing found is a log as well.
    let good = place.file("good.txt", SOUND);
    let log = run(&["check", &good, "--format", "sarif", "--select", "N2"])
        .ends(0)
        .json();
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn html_escapes_everything_and_needs_nothing_else() {
    let place = Place::new();
    let text = wrong().replace("已进驻", "<script>alert(1)</script>\"已进驻");
    let bad = place.file("b&d.txt", &text);
    let out = place.text("result.html");
    let ran = run(&["check", &bad, "--format", "html", "--output", &out])
        .ends(1)
        .says("1 处错误");
    assert_eq!(ran.out, "");
    let html = fs::read_to_string(&out).unwrap();
    assert!(!html.contains("<script"), "{html}");
    assert!(
        html.contains("&lt;script&gt;") && html.contains("b&amp;d.txt"),
        "{html}"
    );
    assert!(html.contains("<mark>84.5%</mark>"), "{html}");
    for outside in ["src=", "@import", "url(", "<link", "http"] {
        assert!(!html.contains(outside), "{outside}");
    }
    for tag in [
        "section",
        "article",
        "table",
        "details",
        "main",
        "blockquote",
    ] {
        let (opened, closed) = (
            html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count(),
            html.matches(&format!("</{tag}>")).count(),
        );
        assert_eq!(opened, closed, "{tag}");
    }
}

#[test]
fn rules_are_selected_ignored_and_weighed() {
    let place = Place::new();
    let bad = place.file("bad.txt", &wrong());
    let json = |args: &[&str], code: i32| {
        let all = [&["check", &bad, "--format", "json"], args].concat();
        only(&run(&all).ends(code))
    };
    assert_eq!(
        rules(&json(&["--select", "share-mismatch"], 1)),
        ["share-mismatch"]
    );
    assert_eq!(rules(&json(&["--select", "N201,T"], 1)), ["share-mismatch"]);
    assert!(!rules(&json(&["--ignore", "N2"], 0)).contains(&"share-mismatch"));
    assert_eq!(
        rules(&json(&["--select", "N", "--ignore", "n201"], 0)),
        [""; 0]
    );

    let config = place.file(
        "check.toml",
        "select = [\"N\"]\n[levels]\nN201 = \"warning\"\n",
    );
    let report = json(&["--config", &config], 0);
    assert_eq!(report["findings"][0]["level"], "warning");
    assert_eq!(
        rules(&json(&["--config", &config, "--select", "T"], 0)),
        [""; 0]
    );
    let config = place.file("wrong.toml", "selct = []\n");
    run(&["check", &bad, "--config", &config])
        .ends(2)
        .says("selct");
}

#[test]
fn a_waiver_takes_a_finding_out_and_an_unused_one_is_found() {
    let place = Place::new();
    let bad = place.file("bad.txt", &wrong());
    let waiver = |quote: &str| {
        format!(
            "[[waiver]]\nrule = \"share-mismatch\"\nplace = {{ source = \"bad.txt\", quote = \"{quote}\" }}\n\
             reason = \"口径不同\"\nwho = \"李某\"\nwhen = 2018-03-20\n"
        )
    };
    let file = place.file("waivers.toml", &waiver("进驻率 84.5%"));
    let ran = run(&[
        "check",
        &bad,
        "--select",
        "N,F",
        "--waivers",
        &file,
        "--format",
        "json",
    ])
    .ends(0);
    let report = only(&ran);
    assert_eq!(rules(&report), [""; 0]);
    assert_eq!(report["waived"][0]["rule"], "share-mismatch");
    assert_eq!(report["waived"][0]["waiver"]["who"], "李某");
    assert_eq!(ran.json()["summary"]["waived"], 1);
    assert_eq!(ran.json()["summary"]["errors"], 0);
    let ran = run(&["check", &bad, "--select", "N", "--waivers", &file]).ends(0);
    assert!(
        ran.out.contains("豁免[N201]") && ran.out.contains("口径不同"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("豁免 1 处"), "{}", ran.out);

    // Both the fault and the waiver that missed it are said.
    let file = place.file("waivers.toml", &format!("\n{}", waiver("别的话")));
    let ran = run(&[
        "check",
        &bad,
        "--select",
        "N,F",
        "--waivers",
        &file,
        "--format",
        "json",
    ])
    .ends(1);
    let all = ran.json();
    let unused = &all["reports"][1];
    assert_eq!(unused["source"], file);
    assert_eq!(rules(unused), ["waiver-unused"]);
    assert_eq!(unused["findings"][0]["place"]["line"], 2);
    assert_eq!(all["summary"]["reports"], 1);
    // A waiver for a file that was not checked is not judged.
    let other = place.file("other.txt", SOUND);
    let ran = run(&[
        "check",
        &other,
        "--select",
        "N,F",
        "--waivers",
        &file,
        "--format",
        "json",
    ])
    .ends(0);
    assert_eq!(ran.json()["reports"].as_array().unwrap().len(), 1);

    let file = place.file(
        "waivers.toml",
        "[[waiver]]\nrule = \"none\"\nplace = {}\nwhen = 1\n",
    );
    let ran = run(&["check", &bad, "--waivers", &file]).ends(2);
    for part in ["第 1 行", "none", "place", "reason", "who", "when"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
}

#[test]
fn standard_input_and_other_encodings_are_read() {
    let report = only(&feed(&["check", "-", "--format", "json"], &wrong()).ends(1));
    assert_eq!(report["source"], "-");
    assert_eq!(report["year"], 2017);

    let place = Place::new();
    let (bytes, _, lost) = encoding_rs::GB18030.encode(SOUND);
    assert!(!lost);
    fs::write(place.path("gb.txt"), &bytes).unwrap();
    let gb = only(&run(&["check", &place.text("gb.txt"), "--format", "json"]).ends(0));
    let file = place.file("utf8.txt", SOUND);
    let utf8 = only(&run(&["check", &file, "--format", "json"]).ends(0));
    assert!(!utf8["checked"].as_array().unwrap().is_empty());
    assert_eq!(gb["checked"], utf8["checked"]);
    assert_eq!(gb["title"], utf8["title"]);
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(SOUND.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    fs::write(place.path("wide.txt"), wide).unwrap();
    let wide = only(&run(&["check", &place.text("wide.txt"), "--format", "json"]).ends(0));
    assert_eq!(wide["checked"], utf8["checked"]);
}

#[test]
fn a_folder_is_checked_in_order_whatever_lies_in_it() {
    let place = Place::new();
    fs::create_dir_all(place.path("r/below")).unwrap();
    for number in 0..60 {
        let text = if number % 7 == 0 {
            wrong()
        } else {
            SOUND.to_owned()
        };
        place.file(&format!("r/{number:03}.txt"), &text);
    }
    place.file("r/below/z.md", SOUND);
    fs::write(place.path("r/broken.docx"), b"PK\x03\x04 not a packed file").unwrap();
    fs::write(place.path("r/picture.png"), [0u8; 100]).unwrap();
    fs::write(place.path("r/zeros.txt"), [0u8; 100_000]).unwrap();
    let ran = run(&["check", &place.text("r"), "--format", "json"]).ends(1);
    let all = ran.json();
    let reports = all["reports"].as_array().unwrap();
    let names: Vec<&str> = reports
        .iter()
        .map(|report| {
            report["source"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
        })
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    // `below` sorts between the numbers and the rest, and what is in it stands there.
    sorted.retain(|name| *name != "z.md");
    sorted.insert(60, "z.md");
    assert_eq!(names, sorted);
    assert_eq!(names.len(), 63);
    assert_eq!(all["summary"]["errors"], 9);
    for name in ["broken.docx", "zeros.txt"] {
        let report = reports
            .iter()
            .find(|report| report["source"].as_str().unwrap().ends_with(name))
            .unwrap();
        assert_eq!(rules(report), ["file-unreadable"], "{name}");
        assert_eq!(report["edition"], Value::Null);
    }
    assert_eq!(ran.err, "", "no bar where nobody looks");
}

#[test]
fn a_word_file_gets_a_copy_with_comments() {
    let place = Place::new();
    let mut content = content::Content::default();
    for line in wrong().lines() {
        content.paragraph(line);
    }
    let docx = place.text("report.docx");
    let original = document::docx::write(&content);
    fs::write(&docx, &original).unwrap();
    let base = ["check", &docx, "--select", "N", "--format", "json"];
    let first = run(&[&base[..], &["--annotate"]].concat())
        .ends(1)
        .says("report.annotated.docx");
    assert_eq!(rules(&only(&first)), ["share-mismatch"]);
    assert_eq!(
        fs::read(&docx).unwrap(),
        original,
        "the original stays as it is"
    );
    let copy = place.path("report.annotated.docx");
    assert_eq!(commented(&copy), ["80项，已进驻70项，进驻率84.5%"]);
    // The copy reads as the original does, and is not checked with its folder.
    let again = run(&[
        "check",
        copy.to_str().unwrap(),
        "--select",
        "N",
        "--format",
        "json",
    ])
    .ends(1);
    assert_eq!(only(&again)["findings"], only(&first)["findings"]);
    let folder = run(&["check", &place.text("."), "--format", "json"]);
    only(&folder);
    fs::create_dir(place.path("out")).unwrap();
    run(&["check", &docx, "--annotate", "--output", &place.text("out")]).ends(1);
    assert!(place.path("out/report.annotated.docx").exists());
    let text = fs::read_to_string(place.path("out/check.txt")).unwrap();
    assert!(text.contains("错误[N201]"), "{text}");
}

/// The text that a comment of a Word file stands at.
fn commented(docx: &std::path::Path) -> Vec<String> {
    let mut package = zip::ZipArchive::new(fs::File::open(docx).unwrap()).unwrap();
    let part = package.by_name("word/document.xml").unwrap();
    let xml = std::io::read_to_string(part).unwrap();
    let stretches = xml.split("<w:commentRangeStart").skip(1);
    stretches
        .map(|rest| {
            let stretch = rest.split("<w:commentRangeEnd").next().unwrap();
            // What stands between the tags.
            let texts = stretch.split('<').filter_map(|part| part.split_once('>'));
            texts.map(|(_, text)| text).collect()
        })
        .collect()
}

#[test]
fn a_comment_stands_in_the_cell_that_it_is_about() {
    let place = Place::new();
    let data = place.county();
    let base = ["report", "--unit", "u1", "--year", "2021", "--data", &data];
    let mut json = run(&base).ends(0).json();
    json["findings"] = serde_json::json!([]);
    json["tables"]["t4"]["lit_direct"]["total"] = 7.into();
    let report = report::Report::from_json(&json).unwrap();
    let docx = place.text("wrong.docx");
    let bytes = document::docx::write(&report::layout(&report, &|_| None));
    fs::write(&docx, bytes).unwrap();
    let ran = run(&[
        "check",
        &docx,
        "--select",
        "T",
        "--annotate",
        "--format",
        "json",
    ])
    .ends(1);
    assert_eq!(rules(&only(&ran)), ["case-total-mismatch"]);
    assert_eq!(commented(&place.path("wrong.annotated.docx")), ["7"]);
}

#[test]
fn a_report_as_a_word_file_is_read_back() {
    let place = Place::new();
    let data = place.county();
    let docx = place.text("report.docx");
    let base = ["report", "--unit", "u0", "--year", "2021", "--data", &data];
    let to = |format: &str, more: &[&str]| {
        run(&[&base[..], &["--format", format], more].concat()).ends(0)
    };
    to("docx", &["--output", &docx]);
    let ours = to("json", &[]).json();
    let read = run(&["read", &docx]).ends(0).json();
    let bare = |value: &Value| value.as_str().unwrap().replace(' ', "");
    assert_eq!(bare(&read["title"]), bare(&ours["title"]));
    assert_eq!(read["year"], ours["year"]);
    assert_eq!(read["edition"], ours["edition"]);
    assert_eq!(read["tables"], ours["tables"]);
}

#[test]
fn read_gives_the_report_and_rule_its_pages() {
    let place = Place::new();
    let file = place.file("a.txt", SOUND);
    let report = run(&["read", &file]).ends(0).json();
    for key in [
        "source", "title", "unit", "year", "edition", "sections", "tables", "notes", "findings",
    ] {
        assert!(report.get(key).is_some(), "{key}: {report}");
    }
    assert_eq!(report["year"], 2017);
    assert_eq!(
        feed(&["read", "-", "--format", "json"], SOUND)
            .ends(0)
            .json()["source"],
        "-"
    );
    fs::write(place.path("zeros.txt"), [0u8; 1000]).unwrap();
    run(&["read", &place.text("zeros.txt")])
        .ends(1)
        .says("zeros.txt 读不出来");

    let list = run(&["rule"]).ends(0).out;
    assert!(
        list.contains("N201  share-mismatch") && list.contains("F901  waiver-unused"),
        "{list}"
    );
    let page = run(&["rule", "N201"]).ends(0).out;
    assert_eq!(page, run(&["rule", "share-mismatch"]).ends(0).out);
    assert!(page.contains("## 怎样改"), "{page}");
}

#[test]
fn pages_of_rules_that_are_gone_are_deleted_and_no_others() {
    let place = Place::new();
    let out = place.text("reference");
    run(&["generate-reference", "--output", &out]).ends(0);
    let page = fs::read_to_string(place.path("reference/rules/share-mismatch.md")).unwrap();
    let gone = place.path("reference/rules/no-such-rule.md");
    let by_hand = place.path("reference/rules/notes.md");
    fs::write(&gone, &page).unwrap();
    fs::write(&by_hand, "by hand").unwrap();
    run(&["generate-reference", "--output", &out]).ends(0);
    assert!(!gone.exists() && by_hand.exists());
    let count = fs::read_dir(place.path("reference/rules")).unwrap().count();
    // The rules, their table, and what was written by hand.
    let rules = run(&["rule"]).ends(0).out.lines().count();
    assert_eq!(count, rules + 2);
}
