//! Actions and the journal: whole or not at all, one after the other, and tamper-evident.

use crate::harness::{actor, add_unit, count, done, unit, with_both};
use sqlx::AssertSqlSafe;
use store::{Store, StoreError, args, journal::Filter};

#[test]
fn an_action_and_its_entry_are_one() {
    with_both(async |_, store| {
        let seq = unit(&store, "u", &[]).await;
        assert_eq!(seq, 2);
        let entries = store.journal_of("unit", "u").await.unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].seq, entries[0].actor.as_str()), (2, "p1"));
        assert_eq!(entries[0].at, store.clock.now_ms());
        assert_eq!(
            store.journal_head().await.unwrap(),
            (2, entries[0].hash.clone())
        );
        assert!(store.check_chain().await.unwrap().is_empty());
        assert!(store.verify().await.unwrap().is_empty());
    });
}

#[test]
fn what_is_not_committed_leaves_nothing() {
    with_both(async |_, store| {
        let mut tx = store.begin(&actor()).await.unwrap();
        add_unit(&mut tx, "u", &[]).await;
        assert_eq!(tx.next("n").await.unwrap(), 1);
        drop(tx);
        let mut tx = store.begin(&actor()).await.unwrap();
        assert_eq!(
            tx.next("n").await.unwrap(),
            1,
            "an undone action gives its number back"
        );
        add_unit(&mut tx, "v", &[]).await;
        tx.rollback().await.unwrap();
        assert_eq!(count(&store, "SELECT COUNT(*) FROM unit").await, 0);
        assert_eq!(count(&store, "SELECT COUNT(*) FROM sequence").await, 0);
        assert_eq!(store.journal_head().await.unwrap().0, 1);
    });
}

#[test]
fn writers_wait_for_each_other() {
    with_both(async |place, store| {
        let other = place.open().await;
        let mut tasks = Vec::new();
        for n in 0..40 {
            let store = if n % 2 == 0 {
                store.clone()
            } else {
                other.clone()
            };
            tasks.push(tokio::spawn(async move {
                let mut tx = store.begin(&actor()).await.unwrap();
                let number = tx.next("n").await.unwrap();
                tokio::task::yield_now().await;
                add_unit(&mut tx, &format!("u{number}"), &[]).await;
                done(tx, &format!("u{number}")).await
            }));
        }
        let mut seqs = Vec::new();
        for task in tasks {
            seqs.push(task.await.unwrap());
        }
        seqs.sort_unstable();
        assert_eq!(seqs, (2..=41).collect::<Vec<_>>());
        assert_eq!(count(&store, "SELECT COUNT(*) FROM unit").await, 40);
        assert_eq!(count(&store, "SELECT last FROM sequence").await, 40);
        assert!(store.verify().await.unwrap().is_empty());
        other.db.close().await;
    });
}

#[test]
fn every_changed_byte_of_the_journal_is_named() {
    with_both(async |_, store| {
        for id in ["a", "b", "c"] {
            unit(&store, id, &[]).await;
        }
        let columns = [
            "actor", "action", "noun", "record", "detail", "previous", "hash",
        ]
        .map(|column| (column, format!("{column} || 'x'")));
        let columns = columns.into_iter().chain([("at", "at + 1".to_string())]);
        for (column, changed) in columns {
            let keep = format!("SELECT CAST({column} AS TEXT) FROM journal WHERE seq = 3");
            let kept = store
                .db
                .one(AssertSqlSafe(keep), args![])
                .await
                .unwrap()
                .unwrap();
            let kept = kept.text(0).unwrap();
            let change = format!("UPDATE journal SET {column} = {changed} WHERE seq = 3");
            store
                .db
                .execute(AssertSqlSafe(change), args![])
                .await
                .unwrap();
            let faults = store.check_chain().await.unwrap();
            assert!(
                faults.iter().any(|fault| fault.seq == 3),
                "{column}: {faults:?}"
            );
            assert!(
                faults.iter().all(|fault| fault.seq == 3 || fault.seq == 4),
                "{faults:?}"
            );
            let kind = if column == "at" { "BIGINT" } else { "TEXT" };
            let back = format!("UPDATE journal SET {column} = CAST($1 AS {kind}) WHERE seq = 3");
            store
                .db
                .execute(AssertSqlSafe(back), args![kept])
                .await
                .unwrap();
            assert!(
                store.check_chain().await.unwrap().is_empty(),
                "{column} was not put back"
            );
        }
    });
}

#[test]
fn a_missing_entry_a_cut_end_and_a_forged_head_are_named() {
    async fn fill(store: &Store) {
        for id in ["a", "b", "c"] {
            unit(store, id, &[]).await;
        }
    }
    for (sql, seq, word) in [
        ("DELETE FROM journal WHERE seq = 3", 4, "缺少第 3 条"),
        ("DELETE FROM journal WHERE seq = 4", 4, "末尾被删除"),
        ("UPDATE site SET head_seq = 3", 3, "不符"),
        ("UPDATE site SET head_hash = 'x'", 4, "不符"),
    ] {
        with_both(async |_, store| {
            fill(&store).await;
            store.db.execute(sql, args![]).await.unwrap();
            let faults = store.check_chain().await.unwrap();
            assert_eq!(faults.len(), 1, "{sql}: {faults:?}");
            assert_eq!(faults[0].seq, seq, "{sql}");
            assert!(faults[0].what.contains(word), "{sql}: {}", faults[0].what);
        });
    }
}

#[test]
fn a_record_past_the_journal_and_a_wrong_tree_are_named() {
    with_both(async |_, store| {
        unit(&store, "a", &[]).await;
        unit(&store, "b", &["a"]).await;
        unit(&store, "c", &["b", "a"]).await;
        assert!(store.verify().await.unwrap().is_empty());
        store
            .db
            .execute("UPDATE unit SET seq = 77 WHERE id = 'b'", args![])
            .await
            .unwrap();
        store
            .db
            .execute(
                "DELETE FROM unit_above WHERE unit = 'c' AND ancestor = 'a'",
                args![],
            )
            .await
            .unwrap();
        let faults = store.verify().await.unwrap();
        let named: Vec<(&str, &str)> = faults
            .iter()
            .map(|fault| (fault.table, fault.record.as_str()))
            .collect();
        assert_eq!(named, [("unit", "b"), ("unit_above", "c")], "{faults:?}");
        // A circle ends the search and is named.
        store
            .db
            .execute("UPDATE unit SET parent = 'c' WHERE id = 'a'", args![])
            .await
            .unwrap();
        let faults = store.verify().await.unwrap();
        assert!(
            faults.iter().any(|fault| fault.text.contains("绕成了圈")),
            "{faults:?}"
        );
    });
}

#[test]
fn pages_of_the_journal_go_back_in_time_and_filter() {
    with_both(async |_, store| {
        for n in 0..25 {
            unit(&store, &format!("u{n}"), &[]).await;
        }
        let mut seen = Vec::new();
        let mut before = None;
        loop {
            let page = store
                .journal_page(before, 10, &Filter::default())
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.seq);
            seen.extend(page.iter().map(|entry| entry.seq));
        }
        assert_eq!(seen, (1..=26).rev().collect::<Vec<_>>());
        let filter = Filter {
            record: Some("u7".into()),
            noun: Some("unit".into()),
            ..Filter::default()
        };
        let page = store.journal_page(None, 10, &filter).await.unwrap();
        assert_eq!(page.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [9]);
        let filter = Filter {
            from: Some(store.clock.now_ms() + 1),
            ..Filter::default()
        };
        assert!(
            store
                .journal_page(None, 10, &filter)
                .await
                .unwrap()
                .is_empty()
        );
    });
}

#[test]
fn doubles_and_dangling_references_have_their_names() {
    with_both(async |_, store| {
        unit(&store, "a", &[]).await;
        let mut tx = store.begin(&actor()).await.unwrap();
        let double = tx
            .execute(
                "INSERT INTO unit_above (site, unit, ancestor) VALUES ($1, 'a', 'a')",
                args![store.site()],
            )
            .await;
        assert!(
            matches!(&double, Err(StoreError::Duplicate { table, .. }) if table == "unit_above"),
            "{double:?}"
        );
        drop(tx);
        let mut tx = store.begin(&actor()).await.unwrap();
        let dangling = tx
            .execute(
                "INSERT INTO unit_above (site, unit, ancestor) VALUES ($1, 'nobody', 'a')",
                args![store.site()],
            )
            .await;
        assert!(
            matches!(dangling, Err(StoreError::Dangling(_))),
            "{dangling:?}"
        );
    });
}

#[test]
fn wrong_values_name_their_column() {
    with_both(async |_, store| {
        unit(&store, "a", &[]).await;
        let row = store
            .db
            .one("SELECT name, parent FROM unit", args![])
            .await
            .unwrap()
            .unwrap();
        for fault in [
            row.date(0).unwrap_err(),
            row.text(1).unwrap_err(),
            row.int(0).unwrap_err(),
        ] {
            let StoreError::Inconsistent { column, .. } = &fault else {
                panic!("{fault:?}")
            };
            assert!(column == "name" || column == "parent", "{fault}");
        }
        assert!(row.text_opt(9).is_err());
        assert_eq!(row.text_opt(1).unwrap(), None);
    });
}
