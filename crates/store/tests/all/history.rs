//! Records in, figures counted, records out: a small county with figures counted by hand.

use crate::harness::in_both;
use office::permissions::Actor;
use report::Report;
use statute::editions::{CellKey, Edition};
use store::export::{self, Choice};
use store::import::{self, ImportError};
use store::reports::{self, Order};
use store::{Store, units};

/// Two units below a county; every edge of the year is there once.
pub const COUNTY: &str = r#"
{"type":"unit","id":"u1","name":"清河县民政局","kind":"department","parent":"u0","code":"11640000MB0000001X"}
{"type":"unit","id":"u0","name":"清河县人民政府","kind":"government"}
{"type":"unit","id":"u2","name":"柳林镇人民政府","kind":"township","parent":"u0"}
{"type":"document","id":"d2","unit":"u1","kind":"interpretation","title":"解读","written_on":"2018-03-06","attribute":"proactive","published_on":"2018-03-06","channels":["website","wechat"],"explains":"d1","body":"读法。"}
{"type":"document","id":"d1","unit":"u1","kind":"normative","title":"办法","number":"清民发〔2018〕1号","written_on":"2018-03-01","attribute":"proactive","published_on":"2018-03-05","channels":["website"],"body":"一条。\n二条。"}
{"type":"document","id":"d3","unit":"u2","kind":"normative","title":"旧办法","written_on":"2015-01-10","attribute":"proactive","published_on":"2015-01-12","channels":["gazette"],"repealed_on":"2018-12-31"}
{"type":"document","id":"d4","unit":"u2","kind":"notice","title":"公告","written_on":"2018-12-31","attribute":"proactive","published_on":"2019-01-02","channels":["board","led"]}
{"type":"document","id":"d5","unit":"u2","kind":"normative","title":"内部规则","written_on":"2018-05-01","attribute":"withheld","basis":"条例 §16"}
{"type":"document","id":"d6","unit":"u1","kind":"news","title":"动态","written_on":"2018-06-01","attribute":"proactive","published_on":"2018-06-01","channels":["board","led","weibo"]}
{"type":"request","id":"r1","unit":"u1","applicant":"natural","subject":"甲","channel":"online","events":[{"on":"2018-11-01","event":"received"},{"on":"2018-11-20","event":"replied","outcome":"C3.2"}]}
{"type":"request","id":"r2","unit":"u1","applicant":"natural","applicant_ref":"x","subject":"乙","channel":"counter","events":[{"on":"2018-12-20","event":"received"},{"on":"2019-01-10","event":"extended","days":15},{"on":"2019-01-25","event":"replied","outcome":"C3.4a"}]}
{"type":"request","id":"r3","unit":"u2","applicant":"business","applicant_ref":"x","subject":"丙","channel":"email","events":[{"on":"2021-03-01","event":"received"},{"on":"2021-03-20","event":"replied","outcome":"granted"}]}
{"type":"request","id":"r4","unit":"u2","applicant":"natural","subject":"丁","channel":"registered-mail","events":[{"on":"2021-12-20","event":"received"},{"on":"2022-01-05","event":"replied","outcome":"deny.secret"}]}
{"type":"request","id":"r5","unit":"u1","applicant":"legal","subject":"戊","channel":"ordinary-mail","events":[{"on":"2021-06-01","event":"received"}]}
{"type":"request","id":"r6","unit":"u1","applicant":"natural","subject":"己","channel":"online","events":[{"on":"2021-06-01","event":"received"},{"on":"2021-06-03","event":"withdrawn"}]}
{"type":"case","id":"c1","request":"r3","track":"review","filed_on":"2021-06-01","closed_on":"2022-02-01","result":"corrected"}
{"type":"decision","id":"x1","unit":"u1","kind":"license","decided_on":"2021-05-06"}
{"type":"decision","id":"x2","unit":"u1","kind":"penalty","decided_on":"2020-12-31"}
{"type":"fee-income","unit":"u1","year":2021,"fen":12345600}
{"type":"entry","id":"e1","unit":"u1","register":"training","fields":{"held_on":"2018-04-02","attendees":51}}
{"type":"entry","id":"e2","unit":"u2","register":"training","fields":{"held_on":"2018-12-31","attendees":9}}
{"type":"entry","id":"e3","unit":"u2","register":"staff","fields":{"from_on":"2017-01-01","until_on":"2018-12-31","post":"full-time"}}
{"type":"entry","id":"e4","unit":"u2","register":"staff","fields":{"from_on":"2018-12-31","post":"part-time"}}
{"type":"entry","id":"e5","unit":"u0","register":"budget","fields":{"allotted_on":"2018-02-01","fen":97000000}}
{"type":"entry","id":"e6","unit":"u0","register":"power-item","fields":{"added_on":"2018-01-01","kind":"license","removed_on":"2019-05-01"}}
{"type":"entry","id":"e7","unit":"u0","register":"power-item","fields":{"added_on":"2019-02-01","kind":"penalty"}}
{"type":"entry","id":"e8","unit":"u0","register":"press-conference","fields":{"held_on":"2018-07-01","speaker":"other","remark":"通气会"}}
"#;

pub async fn bring_in(store: &Store, text: &str) -> import::Imported {
    import::lines(store, &Actor::operator(), text.as_bytes())
        .await
        .unwrap()
}

pub async fn compile(
    store: &Store,
    unit: &str,
    year: i16,
    edition: Edition,
    roll_up: bool,
) -> Report {
    let order = Order {
        unit: unit.into(),
        year,
        edition: Some(edition),
        roll_up,
    };
    reports::compile(store, &order).await.unwrap()
}

pub fn check(report: &Report, expect: &str) {
    for line in expect
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (path, number) = line.split_once(" = ").unwrap();
        let key: CellKey = path.parse().unwrap();
        let found = report.tables.number(key).map(|n| n.to_string());
        assert_eq!(found.as_deref(), Some(number), "{path} of {}", report.title);
    }
}

#[test]
fn figures_of_2018_are_counted() {
    in_both(async |place| {
        let store = place.open().await;
        let done = bring_in(&store, COUNTY).await;
        assert_eq!(
            (done.new["document"], done.new["request"], done.same),
            (6, 6, 0)
        );
        let whole = compile(&store, "u0", 2018, Edition::Stats2014, true).await;
        check(
            &whole,
            r#"stats2014["A1"] = 3
            stats2014["A1a"] = 1
            stats2014["A1b"] = 2
            stats2014["A2.1"] = 0
            stats2014["A2.2"] = 2
            stats2014["A2.3"] = 1
            stats2014["A2.4"] = 1
            stats2014["A2.5"] = 1
            stats2014["B2.1"] = 1
            stats2014["B2.1a"] = 0
            stats2014["B2.3"] = 1
            stats2014["C1"] = 2
            stats2014["C1.1"] = 1
            stats2014["C1.3"] = 1
            stats2014["C2"] = 1
            stats2014["C2.1"] = 1
            stats2014["C2.2"] = 0
            stats2014["C3"] = 1
            stats2014["C3.2"] = 1
            stats2014["C3.4"] = 0
            stats2014["H3"] = 1
            stats2014["H3.1"] = 0
            stats2014["H3.2"] = 1
            stats2014["H4"] = 97
            stats2014["I2"] = 2
            stats2014["I3"] = 60"#,
        );
        assert!(whole.notes.iter().any(|note| note.text == "通气会"));
        let own = compile(&store, "u0", 2018, Edition::Stats2014, false).await;
        check(
            &own,
            "stats2014[\"A1\"] = 0\nstats2014[\"H4\"] = 97\nstats2014[\"I2\"] = 0",
        );
        let later = compile(&store, "u1", 2019, Edition::Stats2014, false).await;
        check(
            &later,
            "stats2014[\"C2\"] = 1\nstats2014[\"C2.2\"] = 1\nstats2014[\"C3.4\"] = 1\nstats2014[\"C3.4a\"] = 1",
        );
    });
}

#[test]
fn figures_of_2019_and_2021_are_counted() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        let trial = compile(&store, "u0", 2019, Edition::Trial2019, true).await;
        check(
            &trial,
            r#"t2.norms.made = 0
            t2.norms.published = 0
            t2.norms.total = 2
            t2.license.last_year = 1
            t2.license.change = -1
            t2.penalty.last_year = 0
            t2.penalty.change = 1
            t3.new.natural = 0
            t3.carried_in.natural = 1
            t3.result_total.total = 1
            t3.carried_out.total = 0"#,
        );
        let year = compile(&store, "u0", 2021, Edition::Format2021, true).await;
        check(
            &year,
            r#"t2.norms.issued = 0
            t2.norms.repealed = 0
            t2.norms.valid = 1
            t2.license.decisions = 1
            t2.penalty.decisions = 0
            t2.fee.amount_wan = 12.3456
            t3.new.natural = 2
            t3.new.business = 1
            t3.new.legal = 0
            t3.new.total = 3
            t3.granted.business = 1
            t3["other.other"].natural = 1
            t3.result_total.total = 2
            t3.carried_out.natural = 1
            t3.carried_out.total = 1
            t4.review.pending = 1
            t4.review.corrected = 0
            t4.review.total = 1"#,
        );
        assert!(year.findings.is_empty(), "{:?}", year.findings);
        let next = compile(&store, "u0", 2022, Edition::Format2021, true).await;
        check(
            &next,
            r#"t3.carried_in.natural = 1
            t3["deny.secret"].natural = 1
            t3.carried_out.total = 0
            t4.review.corrected = 1
            t4.review.pending = 0
            t4.review.total = 1"#,
        );
    });
}

#[test]
fn each_figure_opens_into_the_records_it_counts() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        for (year, edition) in [
            (2018, Edition::Stats2014),
            (2019, Edition::Trial2019),
            (2021, Edition::Format2021),
        ] {
            let order = Order {
                unit: "u0".into(),
                year,
                edition: Some(edition),
                roll_up: true,
            };
            let period = order.period(store.today()).unwrap();
            for indicator in office::figures::indicators(edition) {
                let number = store::figures::count(&store, &order.scope(), period, &indicator)
                    .await
                    .unwrap();
                let (mut sum, mut page, mut seen) = (0, 1, 0);
                loop {
                    let list =
                        store::figures::list(&store, &order.scope(), period, &indicator, page, 2)
                            .await
                            .unwrap();
                    sum += list.items.iter().map(|item| item.weight).sum::<i64>();
                    seen += list.items.len() as i64;
                    page += 1;
                    if seen >= list.total || list.items.is_empty() {
                        assert_eq!(seen, list.total, "{}", indicator.cell);
                        break;
                    }
                }
                assert_eq!(sum, number, "{} of {year}", indicator.cell);
            }
        }
    });
}

#[test]
fn the_same_file_again_changes_nothing_and_a_changed_one_is_refused() {
    in_both(async |place| {
        let store = place.open().await;
        let first = bring_in(&store, COUNTY).await;
        let head = store.journal_head().await.unwrap();
        let again = bring_in(&store, COUNTY).await;
        assert_eq!(again.same, first.new.values().sum::<usize>());
        assert!(again.new.is_empty());
        assert_eq!(store.journal_head().await.unwrap(), head);
        let changed = COUNTY.replace("\"attendees\":51", "\"attendees\":52");
        let refused = import::lines(&store, &Actor::operator(), changed.as_bytes()).await;
        let Err(ImportError::Lines(told)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(told.len(), 1);
        assert!(told[0].text.contains("e1"), "{told:?}");
        assert_eq!(store.journal_head().await.unwrap(), head);
    });
}

#[test]
fn a_broken_file_brings_in_nothing_and_names_its_lines() {
    in_both(async |place| {
        let store = place.open().await;
        let text = concat!(
            "{\"type\":\"unit\",\"id\":\"u0\",\"name\":\"县\",\"kind\":\"government\"}\n",
            "\n",
            "{\"type\":\"unit\",\"id\":\"u1\",\"name\":\"局\",\"kind\":\"bureau\",\"boss\":1}\n",
            "not json\n",
            "{\"type\":\"decision\",\"id\":\"x\",\"unit\":\"u0\",\"kind\":\"license\",\"decided_on\":\"2021-02-30\"}\n",
            "{\"type\":\"request\",\"id\":\"r\",\"unit\":\"u0\",\"applicant\":\"natural\",\"channel\":\"online\",\"events\":[{\"on\":\"2021-03-02\",\"event\":\"replied\",\"outcome\":\"granted\"}]}\n",
        );
        let refused = import::lines(&store, &Actor::operator(), text.as_bytes()).await;
        let Err(ImportError::Lines(told)) = refused else {
            panic!("{refused:?}")
        };
        let lines: Vec<usize> = told.iter().map(|t| t.line).collect();
        assert_eq!(lines, [3, 3, 4, 5, 6, 6], "{told:?}");
        let text = "{\"type\":\"decision\",\"id\":\"x\",\"unit\":\"nobody\",\"kind\":\"license\",\"decided_on\":\"2021-02-03\"}";
        let refused = import::lines(&store, &Actor::operator(), text.as_bytes()).await;
        assert!(matches!(refused, Err(ImportError::Lines(told)) if told[0].line == 1));
        assert!(units::all(&store).await.unwrap().is_empty());
    });
}

#[test]
fn late_and_incomplete_history_comes_in_and_is_told() {
    in_both(async |place| {
        let store = place.open().await;
        let text = concat!(
            "{\"type\":\"unit\",\"id\":\"u0\",\"name\":\"县\",\"kind\":\"government\"}\n",
            "{\"type\":\"request\",\"id\":\"r\",\"unit\":\"u0\",\"applicant\":\"natural\",\"channel\":\"online\",\"events\":[{\"on\":\"2021-03-01\",\"event\":\"received\"},{\"on\":\"2021-06-02\",\"event\":\"replied\",\"outcome\":\"other.unpaid\"}]}\n",
        );
        let done = bring_in(&store, text).await;
        assert_eq!(done.new["request"], 1);
        let told: String = done
            .remarks
            .iter()
            .map(|told| format!("{}:{}", told.line, told.text))
            .collect();
        assert!(
            told.contains("2:") && told.contains("逾期") && told.contains("收费通知"),
            "{told}"
        );
    });
}

#[test]
fn what_goes_out_comes_in_elsewhere_and_counts_the_same() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        let mut text = String::new();
        export::records(&store, Choice::default(), |record| {
            text.push_str(&record.to_line());
            text.push('\n');
            Ok(())
        })
        .await
        .unwrap();
        let dir = tempfile::tempdir().unwrap();
        let other = Store::embedded(dir.path(), place.clock.clone())
            .await
            .unwrap();
        bring_in(&other, &text).await;
        for (year, edition) in [
            (2018, Edition::Stats2014),
            (2019, Edition::Trial2019),
            (2021, Edition::Format2021),
        ] {
            let a = compile(&store, "u0", year, edition, true).await;
            let b = compile(&other, "u0", year, edition, true).await;
            assert_eq!(a.to_json(), b.to_json());
        }
        // Repeating it at home changes nothing either.
        assert!(bring_in(&store, &text).await.new.is_empty());
    });
}

#[test]
fn a_public_export_holds_public_documents_only() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        let mut ids = Vec::new();
        export::records(
            &store,
            Choice {
                year: None,
                public: true,
            },
            |record| {
                ids.push(format!("{} {}", record.noun(), record.id()));
                Ok(())
            },
        )
        .await
        .unwrap();
        ids.retain(|id| !id.starts_with("unit"));
        assert_eq!(
            ids,
            [
                "document d1",
                "document d2",
                "document d3",
                "document d4",
                "document d6"
            ]
        );
    });
}
