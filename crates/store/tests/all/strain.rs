//! A full disk, a locked database, a big import.

use crate::harness::{Place, actor, add_unit, count, done, run, unit, with_both};
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use std::time::Instant;
use store::{DatabaseUrl, Done, OpenOptions, Store, StoreError, args};

#[test]
fn a_full_disk_is_named_and_nothing_is_lost() {
    run(async {
        let place = Place::sqlite();
        let small = OpenOptions {
            max_page_count: Some(130),
            ..place.options()
        };
        let store = Store::open(small).await.unwrap();
        let mut saved = 0;
        let fault = loop {
            let mut tx = store.begin(&actor()).await.unwrap();
            let (site, seq) = (tx.site().to_string(), tx.seq());
            let id = format!("u{saved}");
            let wrote = tx
                .execute(
                    "INSERT INTO unit (site, id, name, kind, guide, position, seq) \
                     VALUES ($1, $2, $3, 'department', $4, 0, $5)",
                    args![site, &id, &id, "x".repeat(2000), seq],
                )
                .await;
            let detail = serde_json::json!({});
            let done = Done {
                action: "unit.save",
                noun: "unit",
                record: &id,
                detail,
            };
            let ended = match wrote {
                Ok(_) => tx.commit(done).await.map(|_| ()),
                Err(error) => Err(error),
            };
            match ended {
                Ok(()) => saved += 1,
                Err(error) => break error,
            }
            assert!(saved < 1000, "the bound of pages does not hold");
        };
        assert!(matches!(fault, StoreError::Full), "{fault:?}");
        assert!(saved > 3);
        // What was confirmed is there, reading goes on, and the chain ends at the last success.
        assert_eq!(count(&store, "SELECT COUNT(*) FROM unit").await, saved);
        assert_eq!(store.journal_head().await.unwrap().0, saved + 1);
        assert!(store.check_chain().await.unwrap().is_empty());
        store.db.close().await;
        // With room again, work goes on.
        let store = place.open().await;
        unit(&store, "more", &[]).await;
        assert_eq!(count(&store, "SELECT COUNT(*) FROM unit").await, saved + 1);
        assert!(store.check_chain().await.unwrap().is_empty());
        store.db.close().await;
    });
}

#[test]
fn a_locked_database_is_named_after_the_waiting_time_and_reads_go_on() {
    with_both(async |place, store| {
        unit(&store, "u", &[]).await;
        let started = Instant::now();
        let fault = match &place.url {
            DatabaseUrl::Sqlite(path) => {
                let url = format!("sqlite://{}", path.display());
                let mut other = SqliteConnection::connect(&url).await.unwrap();
                sqlx::raw_sql("BEGIN IMMEDIATE")
                    .execute(&mut other)
                    .await
                    .unwrap();
                let fault = store.begin(&actor()).await.map(|_| ()).unwrap_err();
                assert_eq!(count(&store, "SELECT COUNT(*) FROM unit").await, 1);
                sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
                fault
            }
            DatabaseUrl::Postgres(url) => {
                let mut other = PgConnection::connect(url).await.unwrap();
                sqlx::raw_sql("BEGIN; SELECT 1 FROM site FOR UPDATE")
                    .execute(&mut other)
                    .await
                    .unwrap();
                let fault = store.begin(&actor()).await.map(|_| ()).unwrap_err();
                assert_eq!(count(&store, "SELECT COUNT(*) FROM unit").await, 1);
                sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
                fault
            }
        };
        assert!(matches!(fault, StoreError::Locked), "{fault:?}");
        assert!(started.elapsed().as_millis() >= 4_500);
        unit(&store, "v", &[]).await;
    });
}

#[test]
fn an_absent_server_is_said_to_be_unreachable() {
    run(async {
        let place = Place::sqlite();
        // Port 9 of this machine: nobody serves PostgreSQL there.
        let url = DatabaseUrl::Postgres("postgres://nobody@127.0.0.1:9/nothing".into());
        let refused = Store::open(OpenOptions {
            url,
            ..place.options()
        })
        .await;
        assert!(
            matches!(refused, Err(StoreError::Unreachable(_))),
            "{refused:?}"
        );
    });
}

#[test]
fn sixteen_thousand_documents_come_in_at_once() {
    with_both(async |_, store| {
        let started = Instant::now();
        let mut tx = store.begin(&actor()).await.unwrap();
        add_unit(&mut tx, "u", &[]).await;
        let (site, seq) = (tx.site().to_string(), tx.seq());
        let mut documents = Vec::new();
        let mut channels = Vec::new();
        for n in 0..16_000 {
            let id = format!("d{n:05}");
            documents.push(args![
                &site,
                &id,
                "u",
                "notice",
                format!("关于第{n}号事项的通知"),
                format!("u-2024-{n:05}"),
                "2024-01-05",
                "proactive",
                "published",
                "2024-01-08",
                "正文".repeat(100),
                seq
            ]);
            for channel in ["website", "gazette"] {
                channels.push(args![&site, &id, channel]);
            }
        }
        let heads = [
            "INSERT INTO document (site, id, unit, kind, title, index_number, written_on, \
             attribute, status, published_on, body, seq)",
            "INSERT INTO document_channel (site, document, channel)",
        ];
        assert_eq!(tx.insert_many(heads[0], documents).await.unwrap(), 16_000);
        assert_eq!(tx.insert_many(heads[1], channels).await.unwrap(), 32_000);
        done(tx, "u").await;
        let took = started.elapsed();
        eprintln!(
            "{:?}: 16,000 documents with channels in {took:?}",
            store.db.engine()
        );
        assert!(took.as_secs() < 30, "{took:?}");
        assert_eq!(
            count(&store, "SELECT COUNT(*) FROM document_channel").await,
            32_000
        );
    });
}
