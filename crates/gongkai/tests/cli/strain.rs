//! A locked database, a full disk: said in words, and nothing lost.

use crate::county::LINES;
use crate::harness::{Place, Ran, finish, program, run};
use sqlx::{Connection as _, SqliteConnection};
use std::path::Path;
use std::process::Command;

#[test]
fn a_locked_database_is_said_and_nothing_is_written() {
    let place = Place::new();
    let data = place.county();
    let before = run(&["export", "--data", &data]).ends(0).out;
    let more = place.file(
        "more",
        "{\"type\":\"unit\",\"id\":\"u9\",\"name\":\"青河县司法局\",\"kind\":\"department\"}",
    );
    let file = format!("sqlite://{}", Path::new(&data).join("gongkai.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut other = SqliteConnection::connect(&file).await.unwrap();
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut other)
            .await
            .unwrap();
        run(&["import", &more, "--data", &data])
            .ends(1)
            .says("占用");
        // Reading goes on meanwhile.
        assert_eq!(run(&["export", "--data", &data]).ends(0).out, before);
        sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
        other.close().await.unwrap();
    });
    run(&["import", &more, "--data", &data]).ends(0);
    run(&["verify", "--data", &data]).ends(0);
}

/// Runs under a limit on the size of files, in blocks of 512 bytes.
fn limited(blocks: u32, args: &[&str]) -> Ran {
    let mut command = Command::new("sh");
    let script = format!("ulimit -f {blocks}; exec \"$@\"");
    command
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_gongkai")])
        .args(args);
    command.env("LC_ALL", "zh_CN.UTF-8");
    finish(&mut command)
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let place = Place::new();
    let data = place.county();
    let before = run(&["export", "--data", &data]).ends(0).out;
    // Twenty megabytes of text do not fit into four.
    let body = "正文".repeat(30_000);
    let lines: String = (0..120)
        .map(|n| {
            format!("{{\"type\":\"document\",\"id\":\"big{n}\",\"unit\":\"u1\",\"kind\":\"other\",\"title\":\"长文\",\"written_on\":\"2022-01-04\",\"attribute\":\"proactive\",\"body\":\"{body}\"}}\n")
        })
        .collect();
    let big = place.file("big.jsonl", &lines);
    let ran = limited(8192, &["import", &big, "--data", &data]).ends(1);
    assert!(
        ran.err.contains("磁盘") && !ran.err.contains("panicked"),
        "{}",
        ran.err
    );
    // What was there is there, whole; with room again, work goes on.
    assert_eq!(run(&["export", "--data", &data]).ends(0).out, before);
    run(&["verify", "--data", &data]).ends(0);
    run(&["import", &big, "--data", &data]).ends(0);
    run(&["verify", "--data", &data]).ends(0);
    assert_eq!(
        run(&["export", "--data", &data])
            .ends(0)
            .out
            .lines()
            .count(),
        before.lines().count() + 120
    );
    // An export that does not fit leaves no half file.
    let out = place.text("out.jsonl");
    limited(2048, &["export", "--data", &data, "--output", &out])
        .ends(1)
        .says("写不进去");
    let left: Vec<_> = std::fs::read_dir(place.path("data").parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("out.jsonl"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let place = Place::new();
    let file = place.file("file", LINES);
    let below = format!("{file}/data");
    let mut command = program();
    let ran = finish(command.args(["import", &file, "--data", &below]));
    let ran = ran.ends(1).says(&below);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}
