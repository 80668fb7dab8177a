//! The schema, the statements and the settings of both engines.

use crate::harness::{count, in_both, with_both};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use std::collections::BTreeSet;
use std::path::Path;
use store::{Db, KeySource, OpenOptions, Store, StoreError, args, backup, migrate};

#[test]
fn a_new_store_has_the_newest_schema_one_site_and_one_entry() {
    with_both(async |place, store| {
        assert_eq!(
            migrate::version(&store.db).await.unwrap(),
            migrate::newest()
        );
        assert_eq!(store.sites().await.unwrap(), ["县"]);
        let entries = store
            .journal_page(None, 10, &Default::default())
            .await
            .unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].action, "site.init");
        assert!(store.check_chain().await.unwrap().is_empty());
        // Opening again changes nothing.
        store.db.close().await;
        let again = place.open().await;
        assert_eq!(again.journal_head().await.unwrap().0, 1);
        again.db.close().await;
    });
}

#[test]
fn a_backup_knows_every_table() {
    with_both(async |_, store| {
        let live: BTreeSet<String> = store.db.tables().await.unwrap().into_iter().collect();
        let listed = backup::TABLES
            .iter()
            .chain(backup::LEFT_OUT)
            .map(|(name, _)| name.to_string());
        assert_eq!(listed.collect::<BTreeSet<_>>(), live);
    });
}

#[test]
fn every_statement_prepares_on_both_engines() {
    let statements = statements(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    assert!(
        statements.len() >= 30,
        "only {} statements were found",
        statements.len()
    );
    with_both(async |_, store| {
        for (name, sql) in &statements {
            let mut sql = sql.clone();
            for n in 1..40 {
                // The program sends the types along; prepared without them, PostgreSQL cannot tell
                // what a parameter is of which it is only asked whether it is there.
                sql = sql.replace(&format!("(${n} IS NULL OR "), "(");
            }
            let sql_text = AssertSqlSafe(sql.clone()).into_sql_str();
            let prepared = match &store.db {
                Db::Sqlite { .. } if name.ends_with("_POSTGRES") => continue,
                Db::Sqlite { writer, .. } => writer
                    .acquire()
                    .await
                    .unwrap()
                    .prepare(sql_text)
                    .await
                    .map(|_| ()),
                Db::Postgres(pool) => pool
                    .acquire()
                    .await
                    .unwrap()
                    .prepare(sql_text)
                    .await
                    .map(|_| ()),
            };
            if let Err(error) = prepared {
                panic!(
                    "{:?} cannot prepare {name}: {error}\n{sql}",
                    store.db.engine()
                );
            }
        }
    });
}

/// All constants of our sources that hold a statement, as `file:NAME` and text.
fn statements(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(statements(&path));
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for (at, _) in source.match_indices("const ") {
            let rest = &source[at + 6..];
            let Some((name, rest)) = rest.split_once(": &str =") else {
                continue;
            };
            if !name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
            {
                continue;
            }
            let Some(rest) = rest.trim_start().strip_prefix('"') else {
                continue;
            };
            let sql = literal(rest);
            let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
            // `INSERT INTO t (a, b)` without values is the head of a batch.
            let whole = !sql.starts_with("INSERT ")
                || [" VALUES", " SELECT"].iter().any(|part| sql.contains(part));
            if verbs.iter().any(|verb| sql.starts_with(verb)) && whole {
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                found.push((format!("{file}:{name}"), sql));
            }
        }
    }
    found
}

/// The value of a string literal from after its opening quote.
fn literal(source: &str) -> String {
    let mut text = String::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('\n') => while letters.next_if(|c| c.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    text
}

#[test]
fn what_is_confirmed_is_on_the_disk() {
    with_both(async |_, store| {
        let found = store.db.durability().await.unwrap();
        let expected: &[(&str, &str)] = match &store.db {
            Db::Sqlite { .. } => &[
                ("writer.journal_mode", "wal"),
                ("writer.synchronous", "2"),
                ("writer.foreign_keys", "1"),
                ("writer.busy_timeout", "5000"),
                ("writer.query_only", "0"),
                ("writer.secure_delete", "1"),
                ("reader.journal_mode", "wal"),
                ("reader.query_only", "1"),
                ("reader.mmap_size", "268435456"),
            ],
            Db::Postgres(_) => &[("synchronous_commit", "on"), ("full_page_writes", "on")],
        };
        for (setting, value) in expected {
            assert_eq!(
                found.get(*setting).map(String::as_str),
                Some(*value),
                "{setting}: {found:?}"
            );
        }
    });
}

#[test]
fn the_engines_agree_on_order_and_case() {
    with_both(async |_, store| {
        let mut tx = store.begin(&crate::harness::actor()).await.unwrap();
        for id in ["b", "B", "a", "文", "_", "é", "a b"] {
            tx.next(id).await.unwrap();
        }
        crate::harness::done(tx, "x").await;
        let sql = "SELECT name FROM sequence ORDER BY name";
        let rows = store.db.all(sql, args![]).await.unwrap();
        let names: Vec<String> = rows.iter().map(|row| row.text(0).unwrap()).collect();
        assert_eq!(names, ["B", "_", "a", "a b", "b", "é", "文"]);
        assert_eq!(
            count(&store, "SELECT COUNT(*) FROM sequence WHERE name LIKE 'b%'").await,
            1
        );
        assert_eq!(count(&store, "SELECT 7").await, 7);
    });
}

#[test]
fn two_programs_that_start_at_once_make_one_site() {
    in_both(async |place| {
        let options = OpenOptions {
            master_key: KeySource::Bytes([7; 32]),
            ..place.options()
        };
        let opened = (0..4).map(|_| tokio::spawn(Store::open(options.clone())));
        let mut stores = Vec::new();
        for store in opened.collect::<Vec<_>>() {
            stores.push(store.await.unwrap().unwrap());
        }
        assert_eq!(count(&stores[0], "SELECT COUNT(*) FROM site").await, 1);
        assert_eq!(count(&stores[0], "SELECT COUNT(*) FROM journal").await, 1);
        for store in stores {
            assert!(store.check_chain().await.unwrap().is_empty());
            store.db.close().await;
        }
    });
}

#[test]
fn a_newer_database_is_left_alone() {
    with_both(async |place, store| {
        store
            .db
            .execute(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (999, 'x', 0)",
                args![],
            )
            .await
            .unwrap();
        store.db.close().await;
        let refused = Store::open(place.options()).await;
        assert!(
            matches!(refused, Err(StoreError::NewerSchema { found: 999, .. })),
            "{refused:?}"
        );
    });
}

#[test]
fn without_create_nothing_is_made() {
    in_both(async |place| {
        let options = OpenOptions {
            create: false,
            ..place.options()
        };
        let refused = Store::open(options).await;
        assert!(
            matches!(refused, Err(StoreError::Missing(_))),
            "{refused:?}"
        );
        assert!(!place.dir.path().join("gongkai.db").exists());
        assert!(!place.dir.path().join("master.key").exists());
    });
}

#[test]
fn a_wrong_or_lost_key_is_said_and_never_replaced() {
    with_both(async |place, store| {
        store.db.close().await;
        let wrong = OpenOptions {
            master_key: KeySource::Bytes([7; 32]),
            ..place.options()
        };
        assert!(matches!(
            Store::open(wrong).await,
            Err(StoreError::Crypto(_))
        ));
        let file = place.dir.path().join("master.key");
        std::fs::remove_file(&file).unwrap();
        assert!(matches!(
            Store::open(place.options()).await,
            Err(StoreError::Crypto(_))
        ));
        assert!(!file.exists());
    });
}

#[test]
fn settings_are_kept_and_the_change_is_in_the_journal() {
    with_both(async |_, store| {
        let mut settings = store.settings().await.unwrap();
        let mark = settings.key_check.clone();
        settings.site_name = "某县人民政府门户网站".into();
        settings.demo = true;
        settings.key_check = "forged".into();
        let seq = store
            .save_settings(&office::permissions::Actor::operator(), &settings)
            .await
            .unwrap();
        let kept = store.settings().await.unwrap();
        assert_eq!((kept.site_name, kept.demo), (settings.site_name, true));
        assert_eq!(kept.key_check, mark);
        let entry = store.journal_entry(seq).await.unwrap().unwrap();
        assert_eq!(entry.detail, r#"{"fields":["site_name","demo"]}"#);
    });
}
