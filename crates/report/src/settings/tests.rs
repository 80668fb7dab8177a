use super::*;
use crate::finding::Place;

fn problems(text: &str) -> String {
    Settings::parse(text).unwrap_err().join("\n")
}

#[test]
fn every_key_is_read_and_every_wrong_one_said() {
    let text = "select = [\"T\", \"F\"]\nignore = [\"T102\"]\n\
        [levels]\nrequest-balance-mismatch = \"warning\"\n\
        [limits]\nmegabytes = 2\npages = 3\nseconds = 4\ndepth = 5\n";
    let settings = Settings::parse(text).unwrap();
    assert!(settings.wants("request-balance-mismatch"));
    assert!(!settings.wants("handled-total-mismatch"));
    assert!(!settings.wants("figure-missing"));
    let bounds = Bounds {
        megabytes: Some(2),
        pages: Some(3),
        seconds: Some(4),
        depth: Some(5),
    };
    assert_eq!(settings.bounds, bounds);
    let wrong = "selct = []\nselect = [\"Q9\"]\nignore = 1\n[levels]\nnone = \"error\"\n\
        T101 = \"fatal\"\n[limits]\npages = 0\nwidth = 1\n";
    let said = problems(wrong);
    for part in ["selct", "Q9", "ignore", "none", "T101", "pages", "width"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(said.lines().count(), 7, "{said}");
    let broken = problems("select = [\n\n!");
    assert!(broken.starts_with("第 3 行不是合法的 TOML："), "{broken}");
}

#[test]
fn a_rule_that_was_mistyped_is_led_on() {
    let mut settings = Settings::default();
    let choose = |settings: &mut Settings, named: &str| settings.choose(&[named.to_owned()], &[]);
    for named in ["share-missmatch", "shares-mismatch", "N2O1"] {
        let said = choose(&mut settings, named).unwrap_err();
        assert!(
            said.starts_with("--select：") && said.contains("是不是 share-mismatch（N201）"),
            "{said}"
        );
    }
    for named in ["", "Q", "whatever-it-was", "占比"] {
        let said = choose(&mut settings, named).unwrap_err();
        assert!(said.contains("见 gongkai rule"), "{said}");
    }
    assert_eq!(settings, Settings::default());
    let said = problems("[levels]\nshare-mismatsh = \"info\"");
    assert!(said.contains("是不是 share-mismatch（N201）"), "{said}");
}

#[test]
fn the_command_line_replaces_the_selection_and_adds_to_what_is_ignored() {
    let mut settings = Settings::parse("select = [\"T\"]\nignore = [\"T101\"]").unwrap();
    settings
        .choose(&["N".to_owned()], &["n2".to_owned()])
        .unwrap();
    for (name, wanted) in [
        ("request-balance-mismatch", false),
        ("case-total-mismatch", false),
        ("parts-differ-from-total", true),
        ("share-mismatch", false),
        ("a-rule-that-is-not-registered", true),
    ] {
        assert_eq!(settings.wants(name), wanted, "{name}");
    }
}

#[test]
fn a_level_is_set_but_an_explained_finding_is_not_made_graver() {
    let settings =
        Settings::parse("[levels]\nT101 = \"error\"\nT104 = \"info\"\nfile-unreadable = \"error\"")
            .unwrap();
    let find = |name: &str, level: Level| {
        let rule = Rule::find(name).unwrap();
        rule.finding(Place::default(), "").at_level(level)
    };
    let mut findings = vec![
        find("request-balance-mismatch", Level::Warning),
        find("case-total-mismatch", Level::Error),
        find("file-unreadable", Level::Warning),
    ];
    settings.judge(&mut findings);
    let levels: Vec<Level> = findings.iter().map(|finding| finding.level).collect();
    assert_eq!(levels, [Level::Warning, Level::Info, Level::Error]);
}

const WAIVER: &str = "[[waiver]]\nrule = \"N201\"\nplace = { source = \"a/b.txt\", quote = \"进驻 率\", line = 3 }\n\
    reason = \"r\"\nwho = \"w\"\nwhen = 2024-02-29\n";

#[test]
fn a_waiver_answers_where_every_part_of_its_place_agrees() {
    let all = Waiver::parse_all(WAIVER).unwrap();
    let [waiver] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!((waiver.rule.code, waiver.line), ("N201", Some(1)));
    let rule = Rule::find("share-mismatch").unwrap();
    let finding = |line, quote: Option<&str>| {
        let quote = quote.map(str::to_owned);
        let place = Place {
            line: Some(line),
            quote,
            ..Place::default()
        };
        rule.finding(place, "")
    };
    let found = finding(3, Some("已进\n驻率84%"));
    assert!(waiver.answers("x/a/b.txt", &found));
    assert!(!waiver.answers("x/a_b.txt", &found) && !waiver.answers("ba/b.txt", &found));
    assert!(!waiver.answers("a/b.txt", &finding(4, Some("进驻率"))));
    assert!(!waiver.answers("a/b.txt", &finding(3, Some("驻率"))));
    assert!(!waiver.answers("a/b.txt", &finding(3, None)));
    let other = Rule::find("share-truncated").unwrap();
    assert!(!waiver.answers("a/b.txt", &other.finding(found.place.clone(), "")));
    let unused = waiver.unused();
    assert_eq!((unused.code.as_str(), unused.place.line), ("F901", Some(1)));
}

#[test]
fn everything_wrong_in_a_waiver_is_said_with_its_line() {
    assert_eq!(Waiver::parse_all("").unwrap(), []);
    let text = format!(
        "{WAIVER}\n[[waiver]]\nrule = \"N2\"\nplace = {{}}\nwho = 3\nwhen = \"2023-02-29\"\nwhy = 1\n"
    );
    let said = Waiver::parse_all(&text).unwrap_err();
    for part in [
        "“N2”",
        "缺少“reason”",
        "“who”应为",
        "“when”应为日期",
        "没有“why”",
        "至少应写一项",
    ] {
        let line = said.iter().find(|line| line.contains(part));
        let line = line.unwrap_or_else(|| panic!("{part}: {said:?}"));
        assert!(line.starts_with("第 8 行的 [[waiver]] "), "{line}");
    }
    let said = Waiver::parse_all("waiver = 1").unwrap_err();
    assert_eq!(said, ["“waiver”应写成若干个 [[waiver]]。"]);
    let said = Waiver::parse_all("[[waiver]]\nrule = \"N201\"").unwrap_err();
    assert!(
        said.iter().any(|line| line.contains("缺少“place”")),
        "{said:?}"
    );
}
