//! Imports, killed: a file is in whole or not at all, and in when its import said so.

use crate::killing::{Chance, alone, program, run};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const KILLS: u64 = 50;
/// Records of one file.
const RECORDS: usize = 40;

fn lines(name: &str) -> String {
    (0..RECORDS)
        .map(|n| {
            format!("{{\"type\":\"request\",\"id\":\"{name}-{n}\",\"unit\":\"u\",\"applicant\":\"natural\",\"subject\":\"第 {n} 项\",\"channel\":\"counter\",\"events\":[{{\"on\":\"2026-03-02\",\"event\":\"received\"}}]}}\n")
        })
        .collect()
}

#[test]
fn fifty_killed_imports_are_in_whole_or_not_at_all() {
    let _alone = alone();
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let data = path("data");
    let write = |name: &str, text: &str| {
        std::fs::write(dir.path().join(name), text).unwrap();
        path(name)
    };
    let unit = write(
        "unit",
        "{\"type\":\"unit\",\"id\":\"u\",\"name\":\"某县\",\"kind\":\"government\"}\n",
    );
    run(&["import", &unit, "--data", &data]);
    // How long an import takes here; the window of the moments then follows what happens, so that
    // they fall all over an import on a fast machine and on a busy one.
    let started = Instant::now();
    let first = write("first", &lines("first"));
    run(&["import", &first, "--data", &data]);
    let mut window = u64::try_from(started.elapsed().as_micros()).unwrap() * 2;

    let mut chance = Chance::new(20_260_301);
    let mut acknowledged: BTreeMap<String, bool> = BTreeMap::from([("first".to_owned(), true)]);
    let (mut killed, mut done) = (0u64, 0u64);
    let mut round = 0;
    while killed < KILLS {
        round += 1;
        assert!(
            round < 20 * KILLS,
            "{killed} killed, {done} done: the moments never meet"
        );
        let mut writers = Vec::new();
        for writer in 0..2 {
            let name = format!("w{round}x{writer}");
            let file = write(&name, &lines(&name));
            let child = program(&["import", &file, "--data", &data])
                .spawn()
                .unwrap();
            writers.push((name, child));
        }
        std::thread::sleep(Duration::from_micros(chance.below(window)));
        let before = killed;
        for (name, mut child) in writers {
            // SIGKILL; one that had ended keeps its own exit code.
            child.kill().unwrap();
            let ended = child.wait().unwrap();
            if ended.code().is_none() {
                killed += 1;
            } else {
                assert!(ended.success(), "{name}: {ended}");
                done += 1;
            }
            acknowledged.insert(name, ended.success());
        }
        window = match killed - before {
            0 => window * 9 / 10,
            1 => window,
            _ => window * 11 / 10,
        };
        run(&["verify", "--data", &data]);
    }
    let export = run(&["export", "--data", &data]);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for line in export
        .lines()
        .filter(|line| line.contains("\"type\":\"request\""))
    {
        let id = line
            .split("\"id\":\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        *found.entry(id.rsplit_once('-').unwrap().0).or_default() += 1;
    }
    let mut silent = 0;
    for (name, acknowledged) in &acknowledged {
        let found = found.get(name.as_str()).copied().unwrap_or(0);
        assert!(
            found == 0 || found == RECORDS,
            "{name}: {found} of {RECORDS}"
        );
        assert!(
            !acknowledged || found == RECORDS,
            "{name} was acknowledged and is gone"
        );
        silent += usize::from(!acknowledged && found == RECORDS);
    }
    eprintln!("{killed} killed, {done} done, {silent} written but not yet acknowledged");
    // Otherwise the moments prove nothing.
    assert!(done >= 5, "only {done} imports came to their end");
}
