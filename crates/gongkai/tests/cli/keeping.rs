//! `init`, `doctor`, `backup`, `restore`, `verify`, `migrate`.

use crate::county;
use crate::harness::{Place, run};
use sqlx::{Connection as _, SqliteConnection};
use std::path::Path;

/// Changes the database behind the program's back.
fn tamper(data: &str, sql: &'static str) {
    let file = format!("sqlite://{}", Path::new(data).join("gongkai.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut connection = SqliteConnection::connect(&file).await.unwrap();
        let done = sqlx::query(sql).execute(&mut connection).await.unwrap();
        assert_eq!(done.rows_affected(), 1, "{sql}");
        connection.close().await.unwrap();
    });
}

#[test]
fn verify_names_the_journal_entry_of_which_one_byte_changed() {
    let place = Place::new();
    let data = place.county();
    let more = place.file("more", "{\"type\":\"unit\",\"id\":\"u9\",\"name\":\"青河县司法局\",\"kind\":\"department\",\"parent\":\"u0\"}");
    run(&["import", &more, "--data", &data]).ends(0);
    let ran = run(&["verify", "--data", &data]).ends(0).says("核对无误");
    assert_eq!(ran.out, "");
    // Entry 2 is the first import: one digit of its detail.
    tamper(
        &data,
        "UPDATE journal SET detail = replace(detail, '\"unit\":3', '\"unit\":4') WHERE seq = 2",
    );
    let ran = run(&["verify", "--data", &data]).ends(1).says("核对发现");
    assert!(ran.out.contains("日志第 2 条"), "{}", ran.out);
    assert!(!ran.out.contains("日志第 1 条"), "{}", ran.out);
    assert!(!ran.out.contains("日志第 3 条"), "{}", ran.out);
}

#[test]
fn verify_names_a_missing_entry_and_a_record_without_one() {
    let place = Place::new();
    let data = place.county();
    tamper(&data, "DELETE FROM journal WHERE seq = 1");
    let ran = run(&["verify", "--data", &data]).ends(1);
    assert!(ran.out.contains("日志第"), "{}", ran.out);
    let place = Place::new();
    let data = place.county();
    tamper(&data, "UPDATE document SET seq = 99 WHERE id = 'd3'");
    let ran = run(&["verify", "--data", &data]).ends(1);
    assert!(
        ran.out.contains("d3") && ran.out.contains("99"),
        "{}",
        ran.out
    );
}

#[test]
fn a_backup_restores_to_the_same_records_and_history() {
    let place = Place::new();
    let data = place.county();
    let folder = place.text("backup");
    let ran = run(&["backup", "--data", &data, "--output", &folder])
        .ends(0)
        .says("主密钥");
    assert_eq!(ran.out, format!("{folder}\n"));
    run(&["backup", "--data", &data, "--output", &folder])
        .ends(1)
        .says("已经存在");
    let other = place.text("other");
    run(&["restore", &folder, "--data", &other])
        .ends(0)
        .says("核对无误");
    run(&["verify", "--data", &other]).ends(0);
    let export = |data: &str| run(&["export", "--data", data]).ends(0).out;
    assert_eq!(export(&other), export(&data));
    assert_eq!(export(&other).lines().count(), county::count());
    // Into records that are there nothing is restored.
    run(&["restore", &folder, "--data", &data])
        .ends(1)
        .says("空的数据库");
    run(&["verify", "--data", &data]).ends(0);
    // A changed backup is refused before anything is written.
    let table = Path::new(&folder).join("tables/document.jsonl");
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, text.replacen("临时救助", "临时救济", 1)).unwrap();
    let third = place.text("third");
    run(&["restore", &folder, "--data", &third])
        .ends(1)
        .says("document.jsonl");
    assert!(!place.path("third/gongkai.db").exists());
}

#[test]
fn a_backup_without_a_name_lies_beside_the_data() {
    let place = Place::new();
    let data = place.county();
    let folder = run(&["backup", "--data", &data]).ends(0).out;
    let folder = Path::new(folder.trim_end());
    assert_eq!(folder.parent(), Some(place.path("data/backups").as_path()));
    assert!(folder.join("manifest.json").is_file());
}

#[test]
fn init_makes_a_deployment_that_the_doctor_finds_well() {
    let place = Place::new();
    let file = place.file("gongkai.toml", "database = \"records/gongkai.db\"\n");
    // Before: an empty place is a fault, and is not made by looking.
    let ran = run(&["doctor", "--config", &file]).ends(1);
    assert!(ran.out.contains("没有找到数据库"), "{}", ran.out);
    run(&["export", "--config", &file])
        .ends(1)
        .says("没有找到数据库");
    std::fs::create_dir(place.path("records")).unwrap();
    let ran = run(&["init", "--config", &file, "--name", "青河县人民政府"])
        .ends(0)
        .says("admin");
    let code = ran.out.trim_end();
    assert!(code.len() >= 16 && code.is_ascii(), "{code}");
    let ran = run(&["doctor", "--config", &file]).ends(0);
    for part in [
        "可以打开",
        "主密钥",
        "最新",
        "提交即落盘",
        "青河县人民政府",
        "可写",
        "磁盘",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(!ran.out.contains("错误"), "{}", ran.out);
    assert!(
        run(&["export", "--config", &file])
            .ends(0)
            .out
            .contains("青河县人民政府")
    );
    // A second time: the account is there, another government is refused.
    run(&["init", "--config", &file, "--name", "青河县人民政府"])
        .ends(1)
        .says("admin");
    run(&["init", "--config", &file, "--name", "白河县人民政府"])
        .ends(1)
        .says("青河县人民政府");
    run(&["migrate", "--config", &file])
        .ends(0)
        .says("已是最新");
    run(&["verify", "--config", &file]).ends(0);
}

#[test]
fn a_foreign_key_file_is_found_out() {
    let place = Place::new();
    let data = place.county();
    std::fs::write(place.path("data/master.key"), "ab".repeat(32)).unwrap();
    let ran = run(&["doctor", "--data", &data]).ends(1);
    assert!(ran.out.contains("主密钥"), "{}", ran.out);
    std::fs::remove_file(place.path("data/master.key")).unwrap();
    // Lost, it is not silently replaced.
    run(&["export", "--data", &data]).ends(1).says("密钥");
    assert!(!place.path("data/master.key").exists());
}
