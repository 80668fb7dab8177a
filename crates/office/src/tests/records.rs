use crate::records::Record;
use proptest::prelude::*;

/// A line of each type, as the contract prints it.
const LINES: &str = r#"{"type":"unit","id":"u1","name":"某县民政局","kind":"department","parent":"u0","code":"X"}
{"type":"document","id":"d1","unit":"u1","kind":"normative","title":"办法","number":"某民发〔2018〕12号","written_on":"2018-03-01","attribute":"proactive","basis":"无","published_on":"2018-03-05","channels":["website","wechat"],"in_force_from":"2018-04-01","repealed_on":"2019-01-01","explains":"d0","body":"正文"}
{"type":"decision","id":"x1","unit":"u1","kind":"license","decided_on":"2021-05-06"}
{"type":"fee-income","unit":"u1","year":2021,"fen":0}
{"type":"request","id":"r1","unit":"u1","number":"1","applicant":"natural","applicant_ref":"opaque","subject":"问","channel":"online","events":[{"on":"2021-03-01","event":"received"},{"on":"2021-03-20","event":"replied","outcome":"granted"}]}
{"type":"case","id":"c1","request":"r1","track":"review","filed_on":"2021-06-01","closed_on":"2021-08-01","result":"upheld"}
{"type":"entry","id":"e1","unit":"u1","register":"training","fields":{"held_on":"2018-04-02","attendees":51}}"#;

#[test]
fn a_line_of_each_type_reads_and_writes_the_same() {
    for line in LINES.lines() {
        assert_eq!(Record::parse(line).unwrap().to_line(), line);
    }
}

/// What is said of a line when `from` is put as `to`.
fn check(kind: &str, from: &str, to: &str, says: &str) {
    let line = LINES
        .lines()
        .find(|line| line.contains(&format!("\"type\":\"{kind}\"")))
        .unwrap();
    assert!(line.contains(from), "{from} in {line}");
    let problems = Record::parse(&line.replace(from, to)).unwrap_err();
    assert!(
        problems.iter().any(|problem| problem.contains(says)),
        "{problems:?}"
    );
}

#[test]
fn a_fault_is_named_with_what_was_expected() {
    check("unit", "\"kind\"", "\"kinds\"", "没有“kinds”");
    check("unit", "\"parent\":\"u0\"", "\"parent\":\"u1\"", "指向自己");
    check("unit", "\"type\":\"unit\"", "\"type\":\"office\"", "不认识");
    check("document", "2018-03-01", "2018-02-30", "不是可用的日期");
    check("document", "\"website\"", "\"radio\"", "渠道");
    check("document", "2019-01-01", "2017-01-01", "早于施行");
    check("document", "\"proactive\"", "\"withheld\"", "却有发布日期");
    check(
        "document",
        "\"title\":\"办法\"",
        "\"title\":\"\"",
        "缺少“title”",
    );
    check(
        "decision",
        "\"license\"",
        "\"permit\"",
        "license、penalty、coercion",
    );
    check("fee-income", "\"fen\":0", "\"fen\":-1", "整数");
    check("fee-income", "2021", "\"2021\"", "整数");
    check("request", "2021-03-20", "2021-02-20", "早于收到申请之日");
    check("request", "\"granted\"", "\"given\"", "given");
    check("case", "2021-08-01", "2021-05-01", "早于提起日期");
    check("case", ",\"result\":\"upheld\"", "", "缺少结果");
    check("entry", "\"training\"", "\"trainings\"", "没有台账");
    check("entry", "51", "-1", "不小于 0");
}

#[test]
fn what_may_be_absent_may_be_absent() {
    for line in [
        r#"{"type":"unit","id":"u","name":"县","kind":"government"}"#,
        r#"{"type":"document","id":"d","unit":"u","kind":"other","title":"题","written_on":"2018-03-01","attribute":"proactive"}"#,
        r#"{"type":"request","id":"r","unit":"u","applicant":"other","channel":"fax","events":[{"on":"2021-03-01","event":"received"}]}"#,
        r#"{"type":"case","id":"c","request":"r","track":"lit_direct","filed_on":"2021-06-01"}"#,
    ] {
        Record::parse(line).unwrap();
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC*") {
        let _ = Record::parse(&text);
    }

    #[test]
    fn a_line_with_any_one_character_changed_is_read_without_a_panic(
        line in 0usize..7, at in any::<prop::sample::Index>(), letter in any::<char>(),
    ) {
        let line = LINES.lines().nth(line).unwrap();
        let mut letters: Vec<char> = line.chars().collect();
        let place = at.index(letters.len());
        letters[place] = letter;
        if let Ok(record) = Record::parse(&letters.iter().collect::<String>()) {
            prop_assert_eq!(&Record::parse(&record.to_line()).unwrap(), &record);
        }
    }
}
