//! A fresh store for each test, on each engine.
//!
//! PostgreSQL is used when `GONGKAI_TEST_POSTGRES` holds the address of a server on which we may
//! make databases. Without it the tests say loudly that they skipped half of their work; with
//! `GONGKAI_REQUIRE_POSTGRES` or `CI` set they fail instead.

use office::permissions::Actor;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use statute::Date;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Clock, DatabaseUrl, Done, KeySource, OpenOptions, Store, Tx, args};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// An empty place for one store.
pub struct Place {
    pub dir: tempfile::TempDir,
    pub url: DatabaseUrl,
    pub clock: Clock,
    server: Option<(String, String)>,
}

impl Place {
    pub fn sqlite() -> Place {
        let dir = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(dir.path().join("gongkai.db"));
        Place {
            dir,
            url,
            clock: clock(),
            server: None,
        }
    }

    pub async fn postgres() -> Option<Place> {
        let Ok(server) = std::env::var("GONGKAI_TEST_POSTGRES") else {
            let required = ["CI", "GONGKAI_REQUIRE_POSTGRES"];
            if required.iter().any(|name| std::env::var_os(name).is_some()) {
                panic!("GONGKAI_TEST_POSTGRES is not set, but PostgreSQL is required");
            }
            eprintln!("!!! SKIPPED on PostgreSQL: GONGKAI_TEST_POSTGRES is not set !!!");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let name = format!("gongkai_test_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect(&server).await.unwrap();
        for sql in [
            format!("DROP DATABASE IF EXISTS {name}"),
            format!("CREATE DATABASE {name}"),
        ] {
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut connection)
                .await
                .unwrap();
        }
        let (address, options) = match server.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (server.as_str(), String::new()),
        };
        let host = match address.match_indices('/').nth(2) {
            Some((at, _)) => &address[..at],
            None => address,
        };
        let url = DatabaseUrl::Postgres(format!("{host}/{name}{options}"));
        let dir = tempfile::tempdir().unwrap();
        Some(Place {
            dir,
            url,
            clock: clock(),
            server: Some((server, name)),
        })
    }

    pub fn options(&self) -> OpenOptions {
        OpenOptions {
            url: self.url.clone(),
            site: "县".into(),
            clock: self.clock.clone(),
            master_key: KeySource::File(self.dir.path().join("master.key")),
            files_dir: self.dir.path().join("files"),
            create: true,
            max_page_count: None,
        }
    }

    pub async fn open(&self) -> Store {
        Store::open(self.options()).await.unwrap()
    }

    pub async fn gone(self) {
        if let Some((server, name)) = &self.server {
            let mut connection = PgConnection::connect(server).await.unwrap();
            let sql = format!("DROP DATABASE {name} WITH (FORCE)");
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut connection)
                .await
                .unwrap();
        }
    }
}

fn clock() -> Clock {
    Clock::on(Date::constant(2024, 3, 1))
}

/// Runs work that awaits.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

/// Runs a test in an empty place of each engine.
pub fn in_both(test: impl AsyncFn(&Place)) {
    run(async {
        let place = Place::sqlite();
        test(&place).await;
        place.gone().await;
        if let Some(place) = Place::postgres().await {
            test(&place).await;
            place.gone().await;
        }
    });
}

/// Runs a test with a fresh store of each engine.
pub fn with_both(test: impl AsyncFn(&Place, Store)) {
    in_both(async |place| {
        let store = place.open().await;
        test(place, store.clone()).await;
        store.db.close().await;
    });
}

/// Who acts in the tests.
pub fn actor() -> Actor {
    Actor {
        id: "p1".into(),
        name: "王芳".into(),
        grants: Vec::new(),
    }
}

/// Ends an action about a unit.
pub async fn done(tx: Tx, record: &str) -> i64 {
    let detail = serde_json::json!({ "fields": ["name"] });
    tx.commit(Done {
        action: "unit.save",
        noun: "unit",
        record,
        detail,
    })
    .await
    .unwrap()
}

/// Writes a unit and its place in the tree, without ending the action.
pub async fn add_unit(tx: &mut Tx, id: &str, above: &[&str]) {
    let (site, seq) = (tx.site().to_string(), tx.seq());
    tx.execute(
        "INSERT INTO unit (site, id, name, kind, parent, guide, position, seq) \
         VALUES ($1, $2, $3, 'department', $4, '{}', 0, $5)",
        args![&site, id, format!("单位{id}"), above.first().copied(), seq],
    )
    .await
    .unwrap();
    for ancestor in [id].iter().chain(above) {
        tx.execute(
            "INSERT INTO unit_above (site, unit, ancestor) VALUES ($1, $2, $3)",
            args![&site, id, *ancestor],
        )
        .await
        .unwrap();
    }
}

/// A unit as an action of its own.
pub async fn unit(store: &Store, id: &str, above: &[&str]) -> i64 {
    let mut tx = store.begin(&actor()).await.unwrap();
    add_unit(&mut tx, id, above).await;
    done(tx, id).await
}

/// A person who can have sessions, in unit `u`.
pub async fn person(store: &Store, id: &str) {
    let mut tx = store.begin(&actor()).await.unwrap();
    let (site, seq) = (tx.site().to_string(), tx.seq());
    tx.execute(
        "INSERT INTO person (site, id, account, name, unit, state, failures, seq) \
         VALUES ($1, $2, $3, '李雷', 'u', 'active', 0, $4)",
        args![site, id, id, seq],
    )
    .await
    .unwrap();
    done(tx, id).await;
}

/// One number out of the database.
pub async fn count(store: &Store, sql: &'static str) -> i64 {
    store
        .db
        .one(sql, args![])
        .await
        .unwrap()
        .unwrap()
        .int(0)
        .unwrap()
}
