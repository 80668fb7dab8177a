//! The demo county, served for the browser flow and for measurements.

use crate::Fault;
use crate::http;
use crate::keeper::{Kept, Order};
use crate::postgres::free_port;
use crate::run::target;
use std::path::Path;
use std::time::{Duration, Instant};

/// A running demo server.
pub struct Demo {
    kept: Kept,
    port: u16,
    /// From the start of the process to the first page.
    pub ready: Duration,
}

/// How the demo is started.
pub struct DemoOrder<'a> {
    pub program: &'a Path,
    pub data: &'a Path,
    /// Words put before the command, such as `taskset -c 1`.
    pub before: &'a [&'a str],
    /// More options of the command, such as `--no-page-cache`.
    pub options: &'a [&'a str],
    /// How long making the county and coming up may take.
    pub patience: Duration,
    /// Whether the data folder goes when the server ends, even if this program is killed.
    pub throw_away: bool,
}

impl Demo {
    pub fn start(order: &DemoOrder) -> Result<Demo, Fault> {
        let port = free_port()?;
        let listen = format!("127.0.0.1:{port}");
        let program = order.program.to_string_lossy();
        let data = order.data.to_string_lossy();
        let demo = [&*program, "demo", "--data", &*data, "--listen", &listen];
        let command = [order.before, &demo, order.options].concat();
        let start = Instant::now();
        let kept = Kept::start(&Order {
            name: &format!("gongkai demo {} on {listen}", order.options.join(" ")),
            command: &command,
            env: &[("TZ", "Asia/Shanghai"), ("LANG", "zh_CN.UTF-8")],
            log: &target()?.join("xtask").join("demo.log"),
            folder: order.throw_away.then_some(order.data),
            signal: "TERM",
        })?;
        let ready = wait(&kept, port, "/", start, order.patience)?;
        println!("ready after {:.3} s", ready.as_secs_f64());
        Ok(Demo { kept, port, ready })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn pid(&self) -> u32 {
        self.kept.pid()
    }

    /// The end of the server's log.
    pub fn last_words(&self) -> String {
        self.kept.last_words()
    }
}

/// Waits for the first page and gives the time since `start`.
pub fn wait(
    kept: &Kept,
    port: u16,
    path: &str,
    start: Instant,
    patience: Duration,
) -> Result<Duration, Fault> {
    while start.elapsed() < patience {
        if http::get(port, path, "").is_ok_and(|answer| answer.status == 200) {
            return Ok(start.elapsed());
        }
        if !kept.alive() {
            return Err(format!("the server ended by itself; {}", kept.last_words()));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Err(format!(
        "no page from 127.0.0.1:{port}{path} in {} s; {}",
        patience.as_secs(),
        kept.last_words()
    ))
}
