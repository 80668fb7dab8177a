//! Statements put together at run time, and records out and in again, on both engines.

use crate::harness::in_both;
use crate::history::{COUNTY, bring_in, check, compile};
use crate::office::{actor, drafting};
use office::documents::{Kind, Status};
use office::people::Role;
use office::permissions::Actor;
use statute::clock::State;
use statute::editions::Edition;
use std::io::Read;
use store::export::{self, Choice};
use store::figures::{self, Scope};
use store::import::{self, ImportError};
use store::{Store, documents, requests};

async fn out(store: &Store, choice: Choice) -> String {
    let mut text = String::new();
    export::records(store, choice, |record| {
        text.push_str(&record.to_line());
        text.push('\n');
        Ok(())
    })
    .await
    .unwrap();
    text
}

async fn faults(store: &Store, text: &str) -> Vec<import::Told> {
    match import::lines(store, &Actor::operator(), text.as_bytes()).await {
        Err(ImportError::Lines(told)) => told,
        other => panic!("expected faults, got {other:?}"),
    }
}

#[test]
fn every_filter_makes_a_statement_both_engines_take() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        let mut two = actor("a", Role::Auditor, "u1");
        two.grants.extend(actor("a", Role::Auditor, "u2").grants);
        let actors = [Actor::public(), actor("a", Role::Auditor, "u0"), two];
        for bits in 0..128u32 {
            let on = |bit: u32| bits & (1 << bit) != 0;
            let filter = documents::Filter {
                unit: on(0).then(|| "u1".into()),
                below: on(1).then(|| "u0".into()),
                kind: on(2).then_some(Kind::Normative),
                year: on(3).then_some(2018),
                public_in: on(6).then_some(2018),
                status: on(4).then_some(Status::Published),
                words: if on(5) {
                    vec!["一%".into(), "条_".into(), "!".into()]
                } else {
                    Vec::new()
                },
            };
            let public = documents::list_public(&store, &filter, 1, 2).await.unwrap();
            assert!(public.items.len() as i64 <= public.total && public.total <= 5);
            let filter_of = requests::Filter {
                unit: on(0).then(|| "u1".into()),
                open: on(1).then_some(on(2)),
                state: on(2).then_some(State::Closed),
                due_by: on(3).then_some(store.today()),
                due_after: on(6).then_some(store.today()),
                due_from: on(5).then_some(store.today()),
                waiting_for: on(6).then(|| "p".into()),
                number: on(4).then(|| "2021%_".into()),
                handler: on(5).then(|| "p".into()),
            };
            for who in &actors {
                let listed = documents::list_office(&store, who, &filter, 1, 3)
                    .await
                    .unwrap();
                let asked = requests::list(&store, who, &filter_of, 1, 3).await.unwrap();
                if who.grants.is_empty() {
                    assert_eq!((listed.total, asked.total), (0, 0));
                }
                if bits == 0 && who.grants.len() == 1 {
                    assert_eq!((listed.total, asked.total), (6, 6));
                }
            }
        }
        for public in [false, true] {
            for year in [None, Some(2018), Some(2021)] {
                out(&store, Choice { year, public }).await;
            }
        }
    });
}

#[test]
fn grouped_counts_are_the_single_ones() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        for scope in [Scope::Own("u1".into()), Scope::RollUp("u0".into())] {
            for year in [2018, 2019, 2021, 2022] {
                let period = office::figures::Period::year(year, store.today()).unwrap();
                for edition in [Edition::Stats2014, Edition::Trial2019, Edition::Format2021] {
                    let all = office::figures::indicators(edition);
                    let together = figures::count_all(&store, &scope, period, &all)
                        .await
                        .unwrap();
                    for (indicator, number) in all.iter().zip(together) {
                        let alone = figures::count(&store, &scope, period, indicator)
                            .await
                            .unwrap();
                        assert_eq!(alone, number, "{} of {year}", indicator.cell);
                    }
                }
            }
        }
    });
}

#[test]
fn what_went_out_comes_in_at_home_and_elsewhere() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        let more = r#"
{"type":"request","id":"r7","unit":"u1","applicant":"natural","subject":"身份证11010519491231002X的低保","channel":"online","events":[{"on":"2021-03-01","event":"received"},{"on":"2021-03-02","event":"extended","days":5},{"on":"2021-03-03","event":"corrected","index":1,"reason":"登错"},{"on":"2021-03-20","event":"replied","outcome":"granted"}]}
{"type":"case","id":"c7","request":"r7","track":"lit_direct","filed_on":"2023-01-05","closed_on":"2023-05-01","result":"upheld"}
{"type":"document","id":"d8","unit":"u2","kind":"normative","title":"撤下的办法","written_on":"2020-02-01","attribute":"proactive","published_on":"2020-02-02","channels":["website"]}
"#;
        bring_in(&store, more).await;
        let boss = actor("b", Role::Approver, "u0");
        let why = office::documents::Doing {
            remark: "有误",
            ..Default::default()
        };
        let seq = documents::find(&store, "d8").await.unwrap().unwrap().seq;
        documents::act(
            &store,
            &boss,
            "d8",
            office::documents::Verb::Withdraw,
            &why,
            seq,
        )
        .await
        .unwrap();
        // A published document that explains a draft: the draft stays at home.
        let clerk = actor("c", Role::Clerk, "u1");
        let draft = documents::draft(&store, &clerk, drafting("u1"), "f")
            .await
            .unwrap();
        let mut tx = store.begin(&clerk).await.unwrap();
        let sql = "UPDATE document SET explains = $2 WHERE site = $1 AND id = 'd6'";
        tx.execute(sql, store::args![store.site(), draft])
            .await
            .unwrap();
        crate::harness::done(tx, "d6").await;

        let text = out(&store, Choice::default()).await;
        assert!(!text.contains("11010519491231002X") && text.contains("110105********002X"));
        assert!(bring_in(&store, &text).await.new.is_empty());
        let dir = tempfile::tempdir().unwrap();
        let other = Store::embedded(dir.path(), place.clock.clone())
            .await
            .unwrap();
        bring_in(&other, &text).await;
        assert_eq!(out(&other, Choice::default()).await, text);
        for year in [2018, 2021, 2023] {
            let edition = Edition::for_year(year);
            let a = compile(&store, "u0", year, edition, true).await;
            let b = compile(&other, "u0", year, edition, true).await;
            assert_eq!(a.to_json(), b.to_json());
        }
        // A year by itself brings along what it refers to, and counts the year's cases.
        let year = out(
            &store,
            Choice {
                year: Some(2023),
                public: false,
            },
        )
        .await;
        assert!(year.contains("\"c7\"") && year.contains("\"r7\"") && !year.contains("\"e1\""));
        let dir = tempfile::tempdir().unwrap();
        let third = Store::embedded(dir.path(), place.clock.clone())
            .await
            .unwrap();
        bring_in(&third, &year).await;
        check(
            &compile(&third, "u0", 2023, Edition::Format2021, true).await,
            "t4.lit_direct.upheld = 1\nt4.lit_direct.total = 1",
        );
    });
}

#[test]
fn given_numbers_come_before_made_ones_and_live_ones_go_on() {
    in_both(async |place| {
        let store = place.open().await;
        let mut text = String::from(
            "{\"type\":\"unit\",\"id\":\"u0\",\"name\":\"县\",\"kind\":\"government\"}\n",
        );
        for (id, number) in [
            ("a", ""),
            ("b", ",\"number\":\"2024-0001\""),
            ("c", ",\"number\":\"2024-0007\""),
        ] {
            text.push_str(&format!(
                "{{\"type\":\"request\",\"id\":\"{id}\",\"unit\":\"u0\"{number},\"applicant\":\"natural\",\"channel\":\"online\",\"events\":[{{\"on\":\"2024-02-01\",\"event\":\"received\"}}]}}\n"
            ));
        }
        bring_in(&store, &text).await;
        let new = crate::office::new_request(
            "u0",
            statute::channel::RequestChannel::Online,
            store.today(),
            "k",
        );
        assert_eq!(
            requests::submit(&store, new).await.unwrap().number,
            "2024-0009"
        );
    });
}

#[test]
fn a_request_that_ended_unconfirmed_is_counted_once_as_new() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        let text = r#"
{"type":"request","id":"w1","unit":"u1","applicant":"legal","subject":"一","channel":"ordinary-mail","events":[{"on":"2022-06-01","event":"received"},{"on":"2022-06-09","event":"withdrawn"}]}
{"type":"request","id":"w2","unit":"u1","applicant":"legal","subject":"二","channel":"fax","events":[{"on":"2022-12-28","event":"received","confirmed":"2023-01-05"},{"on":"2022-12-30","event":"withdrawn"}]}
"#;
        bring_in(&store, text).await;
        let year = compile(&store, "u1", 2022, Edition::Format2021, false).await;
        check(
            &year,
            "t3.new.legal = 2\nt3[\"other.other\"].legal = 2\nt3.result_total.legal = 2",
        );
        assert!(year.findings.is_empty(), "{:?}", year.findings);
        assert!(store.verify().await.unwrap().is_empty());
    });
}

#[test]
fn long_lines_long_chains_and_many_events_end_soon() {
    in_both(async |place| {
        let store = place.open().await;
        bring_in(&store, COUNTY).await;
        let started = std::time::Instant::now();
        // One endless line is one fault of one line, and the line after it has its number.
        let long = std::io::repeat(b'x').take(20 << 20);
        let text = std::io::BufReader::new(long.chain(&b"\nnot json\n"[..]));
        let Err(ImportError::Lines(told)) = import::lines(&store, &Actor::operator(), text).await
        else {
            panic!("an endless line came in")
        };
        assert_eq!(told.iter().map(|t| t.line).collect::<Vec<_>>(), [1, 2]);

        let paper = |n: usize, explains: usize| {
            format!(
                "{{\"type\":\"document\",\"id\":\"k{n}\",\"unit\":\"u1\",\"kind\":\"news\",\"title\":\"题\",\"written_on\":\"2020-01-01\",\"attribute\":\"proactive\",\"explains\":\"k{explains}\"}}\n"
            )
        };
        let circle: String = (0..20_000).map(|n| paper(n, (n + 1) % 20_000)).collect();
        let told = faults(&store, &circle).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].text.contains("绕了一圈"), "{told:?}");

        let many = ",{\"on\":\"2021-03-01\",\"event\":\"third-party-answered\"}".repeat(600);
        let text = format!(
            "{{\"type\":\"request\",\"id\":\"q\",\"unit\":\"u1\",\"applicant\":\"natural\",\"channel\":\"online\",\"events\":[{{\"on\":\"2021-03-01\",\"event\":\"received\"}}{many}]}}"
        );
        assert!(faults(&store, &text).await[0].text.contains("最多 500 个"));
        let wrong = "x\n".repeat(1500);
        let told = faults(&store, &wrong).await;
        assert_eq!(told.len(), 1001);
        assert!(told[1000].text.contains("只列出前 1000 处"));
        let early = r#"{"type":"request","id":"q","unit":"u1","applicant":"natural","channel":"online","events":[{"on":"2021-03-01","event":"received"}]}
{"type":"case","id":"c","request":"q","track":"review","filed_on":"2021-02-01"}"#;
        assert_eq!(faults(&store, early).await[0].line, 2);
        let ahead = r#"{"type":"decision","id":"z","unit":"u1","kind":"license","decided_on":"2199-05-06"}"#;
        assert!(
            bring_in(&store, ahead).await.remarks[0]
                .text
                .contains("晚于今天")
        );
        let odd = r#"{"type":"entry","id":"z","unit":"u1","register":"meeting","fields":{"held_on":"2018-04-02T10:00"}}"#;
        assert_eq!(faults(&store, odd).await.len(), 1);
        assert!(started.elapsed().as_secs() < 60);
    });
}
