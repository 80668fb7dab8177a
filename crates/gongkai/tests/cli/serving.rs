//! `demo` and `serve`.

use crate::harness::{Place, program, run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

struct Served {
    child: Child,
    /// What was printed: the address, then the rest.
    lines: Vec<String>,
}

impl Served {
    /// Starts a server and reads `lines` lines of its standard output.
    fn start(args: &[&str], lines: usize) -> Served {
        let mut child = program()
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let lines = out.lines().take(lines).map(|line| line.unwrap()).collect();
        Served { child, lines }
    }

    fn get(&self, path: &str) -> String {
        let address = self.lines[0]
            .trim_start_matches("http://")
            .trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks it to stop as a service manager does; the exit code.
    fn stop(&mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        let killed = std::process::Command::new("kill")
            .args(["-TERM", &pid])
            .status();
        assert!(killed.unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_demo_is_made_once_and_served_with_its_accounts() {
    let place = Place::new();
    let data = place.text("demo");
    // A run that was killed left half a county under another name.
    std::fs::create_dir(place.path("demo.part")).unwrap();
    std::fs::write(place.path("demo.part/gongkai.db"), "half").unwrap();
    let args = ["demo", "--data", &data, "--listen", "127.0.0.1:0"];
    let mut demo = Served::start(&args, 3);
    assert!(
        demo.lines[0].starts_with("http://127.0.0.1:"),
        "{:?}",
        demo.lines
    );
    assert!(demo.lines[1].contains("密码"), "{:?}", demo.lines);
    let home = demo.get("/");
    assert!(
        home.starts_with("HTTP/1.1 200") && home.contains("演示数据"),
        "{home}"
    );
    assert_eq!(demo.stop(), Some(0), "asked to stop, it ends well");
    assert!(!place.path("demo.part").exists());
    let before = run(&["export", "--data", &data]).ends(0).out;
    let again = Served::start(&[&args[..], &["--no-page-cache"]].concat(), 3);
    assert_eq!(again.lines[1..], demo.lines[1..], "the same accounts");
    assert!(again.get("/").starts_with("HTTP/1.1 200"));
    drop(again);
    assert_eq!(run(&["export", "--data", &data]).ends(0).out, before);
    run(&["verify", "--data", &data]).ends(0);
}

#[test]
fn the_demo_touches_no_other_folder() {
    let place = Place::new();
    let data = place.county();
    let ran = run(&["demo", "--data", &data, "--listen", "127.0.0.1:0"]);
    ran.ends(1).says("真实数据");
    std::fs::create_dir(place.path("full")).unwrap();
    place.file("full/letter", "…");
    let full = place.text("full");
    run(&["demo", "--data", &full, "--listen", "127.0.0.1:0"])
        .ends(1)
        .says("别的文件");
}

#[test]
fn a_port_that_is_taken_is_said_before_anything_is_made() {
    let place = Place::new();
    let data = place.text("data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for command in ["demo", "serve"] {
        let ran = run(&[command, "--data", &data, "--listen", &address]).ends(1);
        let ran = ran.says(&address).says("占用").says("--listen");
        assert_eq!(ran.out, "");
    }
    assert!(!place.path("data").exists());
}

#[test]
fn serve_prints_its_address_alone_and_ends_well() {
    let place = Place::new();
    let data = place.county();
    let mut served = Served::start(&["serve", "--data", &data, "--listen", "127.0.0.1:0"], 1);
    let home = served.get("/");
    assert!(home.starts_with("HTTP/1.1 200"), "{home}");
    assert!(!home.contains("演示数据"), "these records are no demo");
    assert_eq!(served.stop(), Some(0));
    run(&["verify", "--data", &data]).ends(0);
}
