//! A bounded load on one page by `wrk`.

use super::{median, pinned, process};
use crate::Fault;
use crate::run::Run;
use serde_json::{Value, json};
use std::time::Duration;

/// Connections kept open by the load tool.
pub const CONNECTIONS: u32 = 16;
const RUNS: usize = 3;

/// Medians over the runs of one page.
pub struct Figures {
    pub bytes: usize,
    pub per_second: f64,
    pub per_cpu_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// Cores used by anything that is neither the load tool nor the server.
    pub other_cores: f64,
}

impl Figures {
    pub fn json(&self) -> Value {
        json!({
            "bytes": self.bytes, "requests_per_second": self.per_second,
            "requests_per_cpu_second": self.per_cpu_second, "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms, "other_cores": self.other_cores,
        })
    }
}

/// Loads one page of the server `pid`.
pub fn measure(
    port: u16,
    path: &str,
    pid: u32,
    cookies: &str,
    seconds: u64,
) -> Result<Figures, Fault> {
    let answer = crate::http::get(port, path, cookies)?;
    if answer.status != 200 {
        return Err(format!(
            "{path} answers {}: see xtask/src/bench/places.rs",
            answer.status
        ));
    }
    let ticks = process::ticks()?;
    wrk(port, path, cookies, 2)?;
    let mut samples = Vec::new();
    for _ in 0..RUNS {
        wait_until_idle(pid, ticks)?;
        let before = process::used(pid, ticks)?;
        let own = own_children(ticks)?;
        let run = wrk(port, path, cookies, seconds)?;
        let after = process::used(pid, ticks)?;
        let own = own_children(ticks)? - own;
        let tree = after.tree - before.tree;
        let other = (after.machine - before.machine - tree - own) / run.seconds;
        samples.push((run, tree, other.max(0.0)));
    }
    let of = |pick: &dyn Fn(&(Shot, f64, f64)) -> f64| median(samples.iter().map(pick).collect());
    Ok(Figures {
        bytes: answer.body.len(),
        per_second: of(&|(run, _, _)| run.requests / run.seconds),
        per_cpu_second: of(&|(run, tree, _)| run.requests / tree.max(1.0 / ticks)),
        p50_ms: of(&|(run, _, _)| run.p50_ms),
        p99_ms: of(&|(run, _, _)| run.p99_ms),
        other_cores: of(&|(_, _, other)| *other),
    })
}

/// CPU seconds of the children of this program that have ended: the load tool among them.
fn own_children(ticks: f64) -> Result<f64, Fault> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|e| e.to_string())?;
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields = rest.split_whitespace().skip(13).take(2);
    Ok(fields.filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / ticks)
}

/// A run must not begin behind requests of the one before it.
fn wait_until_idle(pid: u32, ticks: f64) -> Result<(), Fault> {
    for _ in 0..60 {
        let before = process::used(pid, ticks)?.tree;
        std::thread::sleep(Duration::from_millis(500));
        if process::used(pid, ticks)?.tree - before < 0.03 {
            return Ok(());
        }
    }
    Err("the server does not come to rest within 30 s after a run".to_owned())
}

/// What one run of the load tool says.
#[derive(Debug)]
struct Shot {
    requests: f64,
    seconds: f64,
    p50_ms: f64,
    p99_ms: f64,
}

fn wrk(port: u16, path: &str, cookies: &str, seconds: u64) -> Result<Shot, Fault> {
    let mut words: Vec<String> = pinned("0").into_iter().map(str::to_owned).collect();
    words.extend(["wrk", "-t1", "--latency", "--timeout", "20s"].map(str::to_owned));
    words.push(format!("-c{CONNECTIONS}"));
    words.push(format!("-d{seconds}s"));
    if !cookies.is_empty() {
        words.extend(["-H".to_owned(), format!("Cookie: {cookies}")]);
    }
    words.push(format!("http://127.0.0.1:{port}{path}"));
    let (first, rest) = words.split_first().ok_or("no command")?;
    let text = Run::new(first).args(rest).read()?;
    read(&text).ok_or_else(|| format!("wrk on {path} says:\n{text}"))
}

/// `None` also when some answers were errors: their figures mean nothing.
fn read(text: &str) -> Option<Shot> {
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        return None;
    }
    let after = |key: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(key))?;
        line.split_whitespace().nth(1)
    };
    let total = text.lines().find(|line| line.contains(" requests in "))?;
    let words: Vec<&str> = total
        .split([' ', ','])
        .filter(|it| !it.is_empty())
        .collect();
    Some(Shot {
        requests: words.first()?.parse().ok()?,
        seconds: milliseconds(words.get(3)?)? / 1000.0,
        p50_ms: milliseconds(after("50%")?)?,
        p99_ms: milliseconds(after("99%")?)?,
    })
}

fn milliseconds(text: &str) -> Option<f64> {
    let unit = text.find(|it: char| it.is_ascii_alphabetic())?;
    let number: f64 = text.get(..unit)?.parse().ok()?;
    match text.get(unit..)? {
        "us" => Some(number / 1000.0),
        "ms" => Some(number),
        "s" => Some(number * 1000.0),
        "m" => Some(number * 60_000.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    const SAID: &str = "Running 2s test @ http://127.0.0.1:1/\n  1 threads and 16 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency     1.86ms    0.9ms  20.00ms   95.00%\n    Req/Sec     8.70k   500.0     9.40k    70.00%\n  Latency Distribution\n     50%  812.00us\n     75%    1.80ms\n     90%    2.10ms\n     99%    1.20s \n  17400 requests in 2.01s, 343.21MB read\nRequests/sec:   8656.72\nTransfer/sec:    170.75MB\n";

    #[test]
    fn what_wrk_says_is_read() {
        let shot = read(SAID).unwrap();
        let figures = [shot.requests, shot.seconds, shot.p50_ms, shot.p99_ms];
        for (found, expected) in figures.into_iter().zip([17400.0, 2.01, 0.812, 1200.0]) {
            assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
        }
        assert!(read(&format!("{SAID}  Non-2xx or 3xx responses: 7\n")).is_none());
        assert!(read("").is_none());
    }
}
