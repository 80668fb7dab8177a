//! A PostgreSQL of our own for one run, in a temporary folder, gone at the end.

use crate::Fault;
use crate::keeper::{Kept, Order};
use crate::machine;
use crate::run::{Run, target};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A running server; `url` is what the tests are given as `GONGKAI_TEST_POSTGRES`.
pub struct Postgres {
    kept: Kept,
    url: String,
}

/// Makes the cluster and becomes the server: `$1` programs, `$2` folder, `$3` port.
///
/// `fsync` is off because the folder does not outlive the run and no test pulls the plug of the
/// machine. `synchronous_commit` stays on: it is what the product promises, and a test reads it.
const START: &str = r#"
umask 077
printf '%s' "$GONGKAI_PASSWORD" >"$2/password" &&
"$1/initdb" --pgdata="$2/data" --username=gongkai --pwfile="$2/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync &&
exec "$1/postgres" -D "$2/data" -h 127.0.0.1 -p "$3" -k "$2" \
    -c fsync=off -c synchronous_commit=on -c max_connections=300 -c timezone=UTC
"#;

impl Postgres {
    pub fn start() -> Result<Postgres, Fault> {
        let programs = machine::postgres_programs().ok_or("PostgreSQL is not installed")?;
        let programs = programs.to_string_lossy().into_owned();
        // PostgreSQL refuses to run as root.
        let other = if machine::is_root() {
            as_somebody_else()?
        } else {
            Vec::new()
        };
        let other: Vec<&str> = other.iter().map(String::as_str).collect();
        let make = [
            other.as_slice(),
            &["mktemp", "-d", "-t", "gongkai-postgres.XXXXXX"],
        ]
        .concat();
        let folder = first_and_rest(&make)?.read()?;
        let folder = folder.trim();
        let port = free_port()?;
        let password = secret()?;
        let shown = port.to_string();
        let command = [
            other.as_slice(),
            &["sh", "-c", START, "postgres", &programs, folder, &shown],
        ]
        .concat();
        let kept = Kept::start(&Order {
            name: "PostgreSQL",
            command: &command,
            env: &[("GONGKAI_PASSWORD", &password)],
            log: &target()?.join("xtask").join("postgres.log"),
            folder: Some(Path::new(folder)),
            signal: "INT",
        })?;
        let url = format!("postgres://gongkai:{password}@127.0.0.1:{port}/postgres");
        let server = Postgres { kept, url };
        server.wait(&PathBuf::from(programs).join("psql"), &shown, &password)?;
        Ok(server)
    }

    /// The address with name and password of the server's owner, who may make databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn wait(&self, psql: &Path, port: &str, password: &str) -> Result<(), Fault> {
        let psql = psql.to_string_lossy();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {
            let ask = [
                "-X",
                "-A",
                "-t",
                "-h",
                "127.0.0.1",
                "-p",
                port,
                "-U",
                "gongkai",
            ];
            let ask = Run::new(&psql)
                .args(ask)
                .args(["-c", "show synchronous_commit", "postgres"]);
            if let Ok(answer) = ask
                .env("PGPASSWORD", password)
                .env("PGCONNECT_TIMEOUT", "5")
                .read()
            {
                println!("PostgreSQL is up, synchronous_commit={}", answer.trim());
                return Ok(());
            }
            if !self.kept.alive() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!(
            "PostgreSQL does not answer; {}",
            self.kept.last_words()
        ))
    }
}

/// The words that run a command as the first unprivileged user there is.
fn as_somebody_else() -> Result<Vec<String>, Fault> {
    let user = ["postgres", "nobody"]
        .into_iter()
        .find(|user| Run::new("id").args(["-u", user]).succeeds())
        .ok_or("PostgreSQL does not run as root, and there is no user postgres or nobody")?;
    let group = Run::new("id").args(["-g", user]).read()?;
    let words = [
        "setpriv",
        "--reuid",
        user,
        "--regid",
        group.trim(),
        "--clear-groups",
    ];
    Ok(words.into_iter().map(str::to_owned).collect())
}

fn first_and_rest(words: &[&str]) -> Result<Run, Fault> {
    // Whoever we become may not enter the folder of the workspace.
    match words {
        [first, rest @ ..] => Ok(Run::new(first).args(rest).dir(&std::env::temp_dir())),
        [] => Err("no command".to_owned()),
    }
}

/// A port of the loopback address that nobody uses at this moment.
pub fn free_port() -> Result<u16, Fault> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("127.0.0.1: {e}"))?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|e| format!("127.0.0.1: {e}"))
}

/// A password nobody can guess: other users of the machine can reach the port.
fn secret() -> Result<String, Fault> {
    use std::io::Read;
    let mut bytes = [0_u8; 16];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .map_err(|e| format!("/dev/urandom: {e}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
