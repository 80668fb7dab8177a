//! A portal over a small county, and clients that keep cookies and send forms as a browser does.
//!
//! Units: `gov` 某县人民政府 over `edu` 某县教育局 and `civil` 某县民政局. People, each by account
//! name: `clerk`, `clerk2`, `reviewer`, `secrecy`, `approver`, `disclosure`, `admin`, `auditor`,
//! all at `gov` (their roles reach the whole county), and `edu-clerk` at `edu` alone.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use office::people::{Grant, Role};
use office::permissions::Actor;
use portal::{App, Options};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use statute::Date;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Clock, DatabaseUrl, KeySource, OpenOptions, Store};
use tower::ServiceExt as _;

/// The password of everybody.
pub const PASSWORD: &str = "Sample-pass-2026";
/// The day of the tests.
pub const TODAY: Date = Date::constant(2026, 11, 20);

const UNITS: &str = r#"
{"type":"unit","id":"gov","name":"某县人民政府","kind":"government","code":"11640000000000000A"}
{"type":"unit","id":"edu","name":"某县教育局","kind":"department","parent":"gov"}
{"type":"unit","id":"civil","name":"某县民政局","kind":"department","parent":"gov"}
"#;

const PEOPLE: &[(&str, &str, Role)] = &[
    ("clerk", "gov", Role::Clerk),
    ("clerk2", "gov", Role::Clerk),
    ("reviewer", "gov", Role::Reviewer),
    ("secrecy", "gov", Role::SecrecyReviewer),
    ("approver", "gov", Role::Approver),
    ("disclosure", "gov", Role::DisclosureOffice),
    ("admin", "gov", Role::Administrator),
    ("auditor", "gov", Role::Auditor),
    ("edu-clerk", "edu", Role::Clerk),
];

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A portal to ask.
pub struct TestApp {
    pub store: Store,
    pub app: App,
    pub router: Router,
    pub clock: Clock,
    people: BTreeMap<&'static str, String>,
    dir: tempfile::TempDir,
}

/// Runs a test on SQLite, and on PostgreSQL where there is one.
pub fn with_portal(test: impl AsyncFn(&TestApp)) {
    with_options(Options::default(), test);
}

/// The same with other options.
pub fn with_options(options: Options, test: impl AsyncFn(&TestApp)) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let dir = tempfile::tempdir().unwrap();
            let url = DatabaseUrl::Sqlite(dir.path().join("gongkai.db"));
            let portal = TestApp::open(dir, url, options.clone()).await;
            test(&portal).await;
            portal.store.db.close().await;
            if let Some((url, server, name)) = postgres().await {
                let dir = tempfile::tempdir().unwrap();
                let portal = TestApp::open(dir, url, options).await;
                test(&portal).await;
                portal.store.db.close().await;
                let mut connection = PgConnection::connect(&server).await.unwrap();
                let sql = format!("DROP DATABASE {name} WITH (FORCE)");
                sqlx::raw_sql(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await
                    .unwrap();
            }
        });
}

async fn postgres() -> Option<(DatabaseUrl, String, String)> {
    let Ok(server) = std::env::var("GONGKAI_TEST_POSTGRES") else {
        let required = ["CI", "GONGKAI_REQUIRE_POSTGRES"];
        if required.iter().any(|name| std::env::var_os(name).is_some()) {
            panic!("GONGKAI_TEST_POSTGRES is not set, but PostgreSQL is required");
        }
        eprintln!("!!! SKIPPED on PostgreSQL: GONGKAI_TEST_POSTGRES is not set !!!");
        return None;
    };
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let name = format!("gongkai_web_{}_{number}", std::process::id());
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
    Some((url, server, name))
}

impl TestApp {
    async fn open(dir: tempfile::TempDir, url: DatabaseUrl, options: Options) -> TestApp {
        let clock = Clock::on(TODAY);
        let store = Store::open(OpenOptions {
            url,
            site: "default".into(),
            clock: clock.clone(),
            master_key: KeySource::File(dir.path().join("master.key")),
            files_dir: dir.path().join("files"),
            create: true,
            max_page_count: None,
        })
        .await
        .unwrap();
        let mut settings = store.settings().await.unwrap();
        settings.site_name = "某县人民政府".into();
        settings.site_domain = "www.example.gov.cn".into();
        settings.site_id_code = "6400000001".into();
        store
            .save_settings(&Actor::operator(), &settings)
            .await
            .unwrap();
        let mut portal = TestApp {
            app: App::new(store.clone(), options),
            router: Router::new(),
            people: BTreeMap::new(),
            store,
            clock,
            dir,
        };
        portal.router = portal::router(portal.app.clone());
        portal.import(UNITS).await;
        // Hashing is made slow on purpose: once for everybody.
        let hash = portal.store.keys.hash_password(PASSWORD).await.unwrap();
        let invitations: Vec<_> = PEOPLE
            .iter()
            .map(|(account, unit, role)| {
                let invitation = store::people::Invitation {
                    account: (*account).into(),
                    name: format!("某{}", role.label()),
                    unit: (*unit).into(),
                    grants: vec![Grant {
                        role: *role,
                        unit: (*unit).into(),
                    }],
                };
                (invitation, hash.clone())
            })
            .collect();
        let ids = store::people::enroll(&portal.store, &invitations)
            .await
            .unwrap();
        portal.people = PEOPLE
            .iter()
            .map(|(account, ..)| *account)
            .zip(ids)
            .collect();
        portal
    }

    /// Where the store keeps everything.
    pub fn folder(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// Brings records in, one JSON object a line.
    pub async fn import(&self, lines: &str) {
        let done = store::import::lines(&self.store, &Actor::operator(), lines.as_bytes()).await;
        if let Err(store::import::ImportError::Lines(problems)) = &done {
            panic!("{problems:?}");
        }
        done.unwrap();
    }

    /// Brings in a public document of 教育局.
    pub async fn publish(&self, id: &str, title: &str, body: &str) {
        let line = serde_json::json!({
            "type": "document", "id": id, "unit": "edu", "kind": "notice", "title": title,
            "written_on": "2026-11-02", "attribute": "proactive", "published_on": "2026-11-03",
            "channels": ["website"], "body": body,
        });
        self.import(&line.to_string()).await;
    }

    /// The id of a person by account.
    pub fn person(&self, account: &str) -> &str {
        &self.people[account]
    }

    /// The person as one who acts, for what a test does without a page.
    pub async fn actor(&self, account: &str) -> Actor {
        store::people::actor(&self.store, self.person(account))
            .await
            .unwrap()
            .unwrap()
    }

    /// A browser of somebody who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            address: None,
        }
    }

    /// A browser of somebody who is signed in.
    pub async fn signed_in(&self, account: &str) -> Client {
        self.signed_in_as(self.person(account)).await
    }

    /// The same by the person's id.
    pub async fn signed_in_as(&self, id: &str) -> Client {
        let actor = store::people::actor(&self.store, id)
            .await
            .unwrap()
            .unwrap();
        let mut tx = self.store.begin(&actor).await.unwrap();
        let issued = tx.start_session(&actor.id).await.unwrap();
        let done = store::Done::new("person.sign-in", "person", &actor.id, serde_json::json!({}));
        tx.commit(done).await.unwrap();
        let mut client = self.anonymous();
        client.cookies.insert("gk-session".into(), issued.token);
        client
    }

    /// A clerk's browser.
    pub async fn clerk(&self) -> Client {
        self.signed_in("clerk").await
    }
}

/// A browser: it keeps cookies, and sends the secret of the form it last saw.
#[derive(Clone)]
pub struct Client {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// The address it comes from, when that matters.
    pub address: Option<std::net::SocketAddr>,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field of the page.
    pub fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let mark = format!("name=\"{name}\" value=\"");
        let Some((_, rest)) = text.split_once(&mark) else {
            panic!("no hidden field {name} in {text}");
        };
        rest.split('"').next().unwrap().to_owned()
    }

    /// Whether the page has these words.
    pub fn has(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Fails unless it is a page that is there.
    pub fn ok(self) -> Answer {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }
}

impl Client {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form; `csrf` is up to the caller.
    pub async fn post_raw(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| {
                format!(
                    "{}={}",
                    portal::urls::encode(name),
                    portal::urls::encode(value)
                )
            })
            .collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Opens `page`, and sends the form there with its secret, its own key and its version, as
    /// far as the page has them and `fields` does not.
    pub async fn submit(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await.ok();
        let mut all: Vec<(&str, String)> = Vec::new();
        for name in ["csrf", "submission", "seen"] {
            if shown.has(&format!("name=\"{name}\" value=\"")) {
                all.push((name, shown.hidden(name)));
            }
        }
        all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        let mut pairs: Vec<(&str, &str)> = all.iter().map(|(n, v)| (*n, v.as_str())).collect();
        pairs.extend_from_slice(fields);
        self.post_raw(path, &pairs).await
    }

    /// Sends a form with one file; the secret first.
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(
                format!(
                    "--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        let (field, name, bytes) = file;
        body.extend_from_slice(
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--xyz--\r\n");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sends anything, with the cookies.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request
                .headers_mut()
                .insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        if let Some(address) = self.address {
            request
                .extensions_mut()
                .insert(axum::extract::ConnectInfo(address));
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let text = set.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }
}
