//! Requests filed over HTTP at a server that is killed: every receipt that was given out is good.

use crate::killing::{Chance, alone, program, run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::{Clock, OpenOptions, Store};

const KILLS: u64 = 50;
/// Citizens that file at the same time.
const CITIZENS: u64 = 4;
/// Longest life of a server under load, in milliseconds.
const LIFE: u64 = 400;

/// A server on a port of its own choice.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(config: &str) -> Server {
        let mut child = program(&["serve", "--config", config, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let address = line
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/');
        let address = address.parse().unwrap_or_else(|e| panic!("{line:?}: {e}"));
        Server { child, address }
    }

    fn kill(mut self) {
        // SIGKILL: no time to finish anything.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Sends a form; the answer, as far as it came.
fn post(
    address: SocketAddr,
    path: &str,
    visitor: u64,
    fields: &str,
    key: &str,
) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    // Each citizen comes from an address of its own, or the limit on filing would stop the test.
    let from = format!(
        "10.{}.{}.{}",
        visitor >> 16 & 255,
        visitor >> 8 & 255,
        visitor & 255
    );
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: {from}\r\n\
         Cookie: gk-form={key}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n",
        fields.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(fields.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Files one request; the code of the receipt when one came, whole.
fn file(address: SocketAddr, number: u64) -> Option<String> {
    let key = format!("{number:032x}");
    let fields = format!(
        "csrf={key}&submission={key}&unit=u&subject=subject-{number}&form=electronic&delivery=online\
         &kind=natural&name=citizen-{number}&identity_kind=other&identity_number=n{number}&phone=1"
    );
    let answer = post(address, "/requests/new", number, &fields, &key).ok()?;
    if !answer.starts_with("HTTP/1.1 ") {
        return None;
    }
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let code = answer.split("receipt-code\">").nth(1)?.split_once('<')?.0;
    assert_eq!(code.len(), 19, "{code}");
    Some(code.to_owned())
}

#[test]
fn fifty_kills_of_a_loaded_server_lose_no_receipt() {
    let _alone = alone();
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let config = path("gongkai.toml");
    let text =
        "database = \"gongkai.db\"\nsecure-cookies = false\ntrusted-proxies = [\"127.0.0.1\"]\n";
    std::fs::write(&config, text).unwrap();
    run(&["init", "--config", &config, "--name", "某县人民政府"]);
    let unit = "{\"type\":\"unit\",\"id\":\"u\",\"name\":\"某县民政局\",\"kind\":\"department\",\"parent\":\"government\"}\n";
    std::fs::write(path("unit"), unit).unwrap();
    run(&["import", &path("unit"), "--config", &config]);

    let mut chance = Chance::new(20_261_122);
    let next = AtomicU64::new(1);
    // Number of the request and the code of its receipt.
    let receipts: Mutex<Vec<(u64, String)>> = Mutex::new(Vec::new());
    for _ in 0..KILLS {
        let server = Server::start(&config);
        let address = server.address;
        let life = Duration::from_millis(chance.below(LIFE));
        std::thread::scope(|scope| {
            for _ in 0..CITIZENS {
                scope.spawn(|| {
                    // Until the server is gone.
                    loop {
                        let number = next.fetch_add(1, Ordering::SeqCst);
                        match file(address, number) {
                            Some(code) => receipts.lock().unwrap().push((number, code)),
                            None => break,
                        }
                    }
                });
            }
            std::thread::sleep(life);
            server.kill();
        });
        run(&["verify", "--config", &config]);
    }

    let receipts = receipts.into_inner().unwrap();
    let sent = next.load(Ordering::SeqCst) - 1;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let stored = runtime.block_on(async {
        let options = OpenOptions {
            create: false,
            ..OpenOptions::embedded(dir.path(), Clock::system())
        };
        let store = Store::open(options).await.unwrap();
        for (number, code) in &receipts {
            let found = store::requests::track(&store, code).await.unwrap();
            let found = found.unwrap_or_else(|| panic!("the receipt {code} of {number} is gone"));
            assert_eq!(
                found.opened.subject.as_deref(),
                Some(&*format!("subject-{number}"))
            );
        }
        let row = store
            .db
            .one("SELECT COUNT(*) FROM request", Vec::new())
            .await
            .unwrap();
        let stored = row.unwrap().int(0).unwrap();
        store.db.close().await;
        u64::try_from(stored).unwrap()
    });
    // Sent twice after the kill, a form that was stored without its receipt gives the same one.
    let given = receipts.len() as u64;
    eprintln!("{sent} sent, {given} receipts, {stored} stored");
    assert!(
        given <= stored && stored <= sent,
        "{given} ≤ {stored} ≤ {sent}"
    );
    assert!(
        given >= 2 * KILLS,
        "only {given} receipts: the load proves nothing"
    );
    // A citizen looks one up at a server that came back.
    let server = Server::start(&config);
    let (number, code) = receipts.last().unwrap();
    let again = file(server.address, *number);
    assert_eq!(
        again.as_ref(),
        Some(code),
        "the same form gives the same receipt"
    );
    server.kill();
}
