//! CPU time and memory of running processes, from `/proc`.

use crate::Fault;
use crate::run::Run;
use std::collections::BTreeMap;

/// Seconds of CPU used so far by a process and everything below it, and by the whole machine.
pub struct Used {
    pub tree: f64,
    pub machine: f64,
}

/// Reads CPU time; `ticks` is what [`ticks`] gives.
pub fn used(root: u32, ticks: f64) -> Result<Used, Fault> {
    let mut parents = BTreeMap::new();
    let mut times = BTreeMap::new();
    let entries = std::fs::read_dir("/proc").map_err(|e| format!("/proc: {e}"))?;
    for entry in entries.flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        // A process may end between the listing and the reading.
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let Some((_, rest)) = stat.rsplit_once(')') else {
            continue;
        };
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let number = |at: usize| {
            fields
                .get(at)
                .and_then(|it| it.parse::<u32>().ok())
                .unwrap_or(0)
        };
        parents.insert(pid, number(1));
        times.insert(pid, f64::from(number(11)) + f64::from(number(12)));
    }
    let below = |mut pid: u32| {
        while pid > 1 {
            if pid == root {
                return true;
            }
            pid = parents.get(&pid).copied().unwrap_or(0);
        }
        false
    };
    let tree: f64 = times
        .iter()
        .filter(|(pid, _)| below(**pid))
        .map(|(_, time)| time)
        .sum();
    let stat = std::fs::read_to_string("/proc/stat").map_err(|e| format!("/proc/stat: {e}"))?;
    let all: Vec<f64> = stat
        .lines()
        .next()
        .unwrap_or("")
        .split_whitespace()
        .skip(1)
        .take(8)
        .filter_map(|it| it.parse().ok())
        .collect();
    // The fourth and fifth are idle and waiting for the disk.
    let idle: f64 = all.iter().skip(3).take(2).sum();
    Ok(Used {
        tree: tree / ticks,
        machine: (all.iter().sum::<f64>() - idle) / ticks,
    })
}

/// Seconds of CPU that the children which ended used.
pub fn of_children() -> Result<f64, Fault> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|e| format!("/proc: {e}"))?;
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let sum: u32 = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse::<u32>().ok())
        .sum();
    Ok(f64::from(sum) / ticks()?)
}

/// Clock ticks in a second.
pub fn ticks() -> Result<f64, Fault> {
    let text = Run::new("getconf").args(["CLK_TCK"]).read()?;
    text.trim()
        .parse()
        .map_err(|_| format!("getconf CLK_TCK: `{}`", text.trim()))
}

/// Memory of one process in MiB.
#[derive(Clone, Copy)]
pub struct Memory {
    /// Resident, shared pages counted whole.
    pub rss: f64,
    /// Resident, shared pages counted by share.
    pub pss: f64,
}

pub fn memory(pid: u32) -> Result<Memory, Fault> {
    let file = format!("/proc/{pid}/smaps_rollup");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{file}: {e}"))?;
    Ok(Memory {
        rss: mib(&text, "Rss:"),
        pss: mib(&text, "Pss:"),
    })
}

/// The most memory a process has had, in MiB; `None` once it is gone.
pub fn peak(pid: u32) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    text.contains("VmHWM:").then(|| mib(&text, "VmHWM:"))
}

fn mib(text: &str, key: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|it| it.parse::<f64>().ok())
        .map_or(f64::NAN, |kib| kib / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::{memory, of_children, peak, ticks, used};

    #[test]
    fn a_child_that_ended_has_used_time() {
        let before = of_children().unwrap();
        let loops = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done";
        let mut child = std::process::Command::new("sh").args(["-c", loops]).spawn();
        child.as_mut().unwrap().wait().unwrap();
        let after = of_children().unwrap();
        assert!(after > before, "{after} {before}");
    }

    #[test]
    fn this_process_uses_time_and_memory() {
        let own = std::process::id();
        let before = used(own, ticks().unwrap()).unwrap();
        assert!(before.machine > 0.0 && before.machine >= before.tree);
        let now = memory(own).unwrap();
        assert!(now.rss >= now.pss && now.pss > 0.0);
        assert!(peak(own).unwrap() >= now.rss / 2.0);
    }
}
