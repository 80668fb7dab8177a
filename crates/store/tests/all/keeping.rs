//! Attachments, keys, backup and restore.

use crate::harness::{Place, actor, add_unit, count, done, run, unit, with_both};
use store::{Files, KeySource, Keys, OpenOptions, Store, StoreError, args, backup, keys};

#[test]
fn a_file_is_kept_by_its_content_and_a_changed_one_is_found() {
    run(async {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::new(dir.path().join("files"));
        let hash = files.put(b"abc".to_vec()).await.unwrap();
        assert_eq!(
            hash,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(files.put(b"abc".to_vec()).await.unwrap(), hash);
        assert_eq!(files.get(&hash).await.unwrap(), b"abc");
        let left: Vec<_> = std::fs::read_dir(dir.path().join("files/ba"))
            .unwrap()
            .collect();
        assert_eq!(left.len(), 1, "no temporary file stays");
        for wrong in [
            "",
            "../../../../etc/passwd",
            &hash.to_uppercase(),
            &"a".repeat(64),
            "é",
        ] {
            assert!(
                matches!(files.get(wrong).await, Err(StoreError::NotFound { .. })),
                "{wrong}"
            );
        }
        let too_large = vec![0; store::files::FILE_LIMIT + 1];
        assert!(matches!(
            files.put(too_large).await,
            Err(StoreError::NotAllowed(_))
        ));
        std::fs::write(files.path(&hash).unwrap(), b"abd").unwrap();
        assert!(matches!(
            files.get(&hash).await,
            Err(StoreError::Inconsistent { .. })
        ));
        assert!(matches!(
            files.put(b"abc".to_vec()).await,
            Err(StoreError::Inconsistent { .. })
        ));
    });
}

#[test]
fn sealed_bytes_open_only_whole_with_their_key_and_in_their_place() {
    let keys = Keys::from_bytes([1; 32]);
    let here = keys::bound_to("县", "applicant", "a1");
    let sealed = keys.seal(&here, "张三".as_bytes()).unwrap();
    assert_eq!(keys.open(&here, &sealed).unwrap(), "张三".as_bytes());
    assert_ne!(
        sealed,
        keys.seal(&here, "张三".as_bytes()).unwrap(),
        "no two are alike"
    );
    assert!(
        keys.open(&keys::bound_to("县", "applicant", "a2"), &sealed)
            .is_err()
    );
    assert!(
        keys.open(&keys::bound_to("县a", "pplicant", "a1"), &sealed)
            .is_err()
    );
    assert!(Keys::from_bytes([2; 32]).open(&here, &sealed).is_err());
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(keys.open(&here, &changed).is_err(), "byte {at}");
        assert!(keys.open(&here, &sealed[..at]).is_err(), "cut at {at}");
    }
    let (key, wrapped) = keys.new_data_key(&here).unwrap();
    let data = key.seal(&here, b"x").unwrap();
    assert_eq!(
        keys.data_key(&here, &wrapped)
            .unwrap()
            .open(&here, &data)
            .unwrap(),
        b"x"
    );
    assert!(
        keys.open(&here, &data).is_err(),
        "the master key alone does not open it"
    );
}

#[test]
fn passwords_are_hashed_with_argon2id_and_checked() {
    run(async {
        let keys = Keys::from_bytes([1; 32]);
        let hash = keys.hash_password("correct horse 1").await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(
            keys.verify_password("correct horse 1", Some(&hash))
                .await
                .unwrap()
        );
        assert!(
            !keys
                .verify_password("correct horse 2", Some(&hash))
                .await
                .unwrap()
        );
        assert!(!keys.verify_password("correct horse 1", None).await.unwrap());
        assert!(
            !keys
                .verify_password(&"x".repeat(1000), Some(&hash))
                .await
                .unwrap()
        );
        assert!(keys.hash_password(&"x".repeat(1000)).await.is_err());
        assert!(keys.verify_password("x", Some("nonsense")).await.is_err());
    });
}

#[test]
fn a_code_survives_being_read_out() {
    let code = keys::random_code(4).unwrap();
    assert_eq!(code.len(), 19);
    assert!(!code.contains(['I', 'L', 'O', 'U']));
    assert_eq!(keys::tidy_code(&code), code);
    assert_eq!(
        keys::tidy_code(&code.to_lowercase().replace('-', " ")),
        code
    );
    assert_eq!(keys::tidy_code("oil0 abcd"), "0110-ABCD");
    assert_ne!(keys::random_code(4).unwrap(), code);
    assert!(keys::same_secret(b"ab", b"ab"));
    assert!(!keys::same_secret(b"ab", b"ac") && !keys::same_secret(b"ab", b"a"));
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_the_master_key() {
    use std::os::unix::fs::PermissionsExt;
    with_both(async |place, _| {
        let meta = std::fs::metadata(place.dir.path().join("master.key")).unwrap();
        assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    });
}

/// Records in every shape the columns know: references within a table, sealed bytes, nothing.
async fn fill(store: &Store) -> String {
    unit(store, "z", &[]).await;
    unit(store, "a", &["z"]).await;
    let hash = store.files.put("附件".as_bytes().to_vec()).await.unwrap();
    let mut tx = store.begin(&actor()).await.unwrap();
    add_unit(&mut tx, "文", &["a", "z"]).await;
    let (site, seq) = (tx.site().to_string(), tx.seq());
    for (id, explains) in [("d9", None), ("D1", Some("d9")), ("d1", Some("D1"))] {
        tx.execute(
            "INSERT INTO document (site, id, unit, kind, title, index_number, written_on, \
             attribute, status, explains, body, seq) \
             VALUES ($1, $2, 'a', 'notice', '题目', $3, '2024-01-05', 'proactive', 'draft', $4, $5, $6)",
            args![&site, id, id, explains, "一行\n二行\t\"引号\"\\", seq],
        )
        .await
        .unwrap();
    }
    tx.execute(
        "INSERT INTO attachment (site, id, document, name, media_type, size, hash, seq) \
         VALUES ($1, 'f1', 'd9', '附件.txt', 'text/plain', 6, $2, $3)",
        args![&site, &hash, seq],
    )
    .await
    .unwrap();
    let bound = keys::bound_to(&site, "applicant", "a1");
    let (key, wrapped) = store.keys.new_data_key(&bound).unwrap();
    let details = key.seal(&bound, "张三".as_bytes()).unwrap();
    for (id, wrapped) in [("a1", Some(wrapped)), ("a2", None)] {
        tx.execute(
            "INSERT INTO applicant (site, id, kind, wrapped_key, details, seq) \
             VALUES ($1, $2, 'person', $3, $4, $5)",
            args![&site, id, wrapped, details.clone(), seq],
        )
        .await
        .unwrap();
    }
    tx.enqueue("a", "{}", 5).await.unwrap();
    done(tx, "文").await;
    assert_eq!(store.verify().await.unwrap(), []);
    hash
}

async fn applicant(store: &Store) -> Vec<u8> {
    let row = store
        .db
        .one(
            "SELECT wrapped_key, details FROM applicant WHERE id = 'a1'",
            args![],
        )
        .await
        .unwrap()
        .unwrap();
    let bound = keys::bound_to(store.site(), "applicant", "a1");
    let key = store.keys.data_key(&bound, &row.bytes(0).unwrap()).unwrap();
    key.open(&bound, &row.bytes(1).unwrap()).unwrap()
}

async fn places() -> Vec<Place> {
    [Some(Place::sqlite()), Place::postgres().await]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn a_backup_restores_on_each_engine_and_across() {
    run(async {
        for source in places().await {
            let store = source.open().await;
            let hash = fill(&store).await;
            let folder = source.dir.path().join("backup");
            let made = store.backup(&folder).await.unwrap();
            assert_eq!(made.manifest.files, [hash.as_str()]);
            assert!(made.manifest.lost.is_empty());
            assert_eq!(backup::check(&folder).unwrap(), made.manifest);
            assert!(
                store.backup(&folder).await.is_err(),
                "a backup is never overwritten"
            );
            for target in places().await {
                let restored = backup::restore(&folder, target.options()).await.unwrap();
                assert_eq!(restored.verify().await.unwrap(), []);
                assert_eq!(applicant(&restored).await, "张三".as_bytes());
                assert_eq!(restored.files.get(&hash).await.unwrap(), "附件".as_bytes());
                let head = restored.journal_head().await.unwrap().0;
                let entry = restored.journal_entry(head).await.unwrap().unwrap();
                assert_eq!(entry.action, "database.restore");
                // Written out again, every part has the same bytes but the two the restore added to.
                let again = restored
                    .backup(&target.dir.path().join("again"))
                    .await
                    .unwrap();
                for (table, part) in &made.manifest.tables {
                    if table == "site" || table == "journal" {
                        continue;
                    }
                    assert_eq!(again.manifest.tables.get(table), Some(part), "{table}");
                }
                let refused = backup::restore(&folder, target.options()).await;
                assert!(
                    matches!(refused, Err(StoreError::Backup(_))),
                    "only into an empty place"
                );
                unit(&restored, "new", &[]).await;
                restored.db.close().await;
                target.gone().await;
            }
            store.db.close().await;
            source.gone().await;
        }
    });
}

#[test]
fn a_changed_backup_restores_nothing() {
    with_both(async |place, store| {
        let hash = fill(&store).await;
        let folder = place.dir.path().join("backup");
        store.backup(&folder).await.unwrap();
        let parts = [
            "tables/unit.jsonl".to_string(),
            format!("files/{}/{}", &hash[..2], &hash[2..]),
        ];
        for part in parts {
            let path = folder.join(part);
            let kept = std::fs::read(&path).unwrap();
            let mut changed = kept.clone();
            changed[2] ^= 1;
            std::fs::write(&path, changed).unwrap();
            let target = Place::sqlite();
            let refused = backup::restore(&folder, target.options()).await;
            assert!(matches!(refused, Err(StoreError::Backup(_))), "{refused:?}");
            assert!(!target.dir.path().join("gongkai.db").exists());
            std::fs::write(&path, kept).unwrap();
        }
        let target = Place::sqlite();
        let other = OpenOptions {
            master_key: KeySource::Bytes([9; 32]),
            ..target.options()
        };
        let refused = backup::restore(&folder, other).await;
        assert!(matches!(refused, Err(StoreError::Backup(_))), "{refused:?}");
        std::fs::remove_file(backup::key_beside(&folder)).unwrap();
        let refused = backup::restore(&folder, target.options()).await;
        assert!(matches!(refused, Err(StoreError::Crypto(_))), "{refused:?}");
        assert_eq!(
            std::fs::read_dir(target.dir.path()).unwrap().count(),
            0,
            "nothing was made"
        );
    });
}

#[test]
fn a_backup_is_one_state_while_people_work() {
    with_both(async |place, store| {
        fill(&store).await;
        let busy = store.clone();
        let work = tokio::spawn(async move {
            for n in 0..60 {
                unit(&busy, &format!("w{n}"), &[]).await;
            }
        });
        let mut rounds = 0;
        while !work.is_finished() || rounds == 0 {
            let folder = place.dir.path().join(format!("backup{rounds}"));
            store.backup(&folder).await.unwrap();
            let target = Place::sqlite();
            let restored = backup::restore(&folder, target.options()).await.unwrap();
            assert_eq!(restored.verify().await.unwrap(), []);
            restored.db.close().await;
            rounds += 1;
        }
        work.await.unwrap();
    });
}

#[test]
fn a_changed_or_lost_attachment_is_found_and_does_not_stop_a_backup() {
    with_both(async |place, store| {
        let hash = fill(&store).await;
        let path = store.files.path(&hash).unwrap();
        std::fs::write(&path, "附体").unwrap();
        let faults = store.verify().await.unwrap();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(
            (faults[0].table, faults[0].record.as_str()),
            ("attachment", "f1")
        );
        assert!(faults[0].text.contains("被改动"));
        let made = store
            .backup(&place.dir.path().join("backup"))
            .await
            .unwrap();
        assert_eq!(made.manifest.lost, [hash.as_str()]);
        std::fs::remove_file(&path).unwrap();
        let faults = store.verify().await.unwrap();
        assert!(faults[0].text.contains("不见了"), "{faults:?}");
    });
}

#[test]
fn an_embedded_store_is_one_folder() {
    run(async {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("a/b");
        let clock = store::Clock::fixed(1_700_000_000_000);
        let store = Store::embedded(&data, clock.clone()).await.unwrap();
        assert_eq!(store.site(), store::open::DEFAULT_SITE);
        unit(&store, "u", &[]).await;
        store.db.close().await;
        assert!(data.join("gongkai.db").exists() && data.join("master.key").exists());
        assert!(
            !data.join("gongkai.db-wal").exists(),
            "closing writes the log back"
        );
        let options = OpenOptions {
            create: false,
            ..OpenOptions::embedded(&data, clock)
        };
        let store = Store::open(options).await.unwrap();
        assert_eq!(count(&store, "SELECT COUNT(*) FROM unit").await, 1);
        store.db.close().await;
    });
}

/// Polls work so many times and gives it up then, as Ctrl-C does; whether it had ended.
async fn gives_up<T>(work: impl Future<Output = T>, after: usize) -> Option<T> {
    let mut work = std::pin::pin!(work);
    let mut polls = 0;
    std::future::poll_fn(|context| {
        polls += 1;
        match work.as_mut().poll(context) {
            std::task::Poll::Ready(done) => std::task::Poll::Ready(Some(done)),
            std::task::Poll::Pending if polls == after => std::task::Poll::Ready(None),
            std::task::Poll::Pending => std::task::Poll::Pending,
        }
    })
    .await
}

/// Waits until nothing of these stands: threads at work end on their own.
#[track_caller]
fn none_stands(paths: &[std::path::PathBuf]) {
    let begun = std::time::Instant::now();
    while let Some(path) = paths.iter().find(|path| path.exists()) {
        let waits = begun.elapsed() < std::time::Duration::from_secs(10);
        assert!(waits, "{} stayed", path.display());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn what_is_given_up_leaves_no_half() {
    with_both(async |place, store| {
        fill(&store).await;
        let folder = place.dir.path().join("backup");
        let part = place.dir.path().join("backup.part");
        let mut after = 1;
        while gives_up(store.backup(&folder), after).await.is_none() {
            none_stands(&[part.clone(), folder.clone(), backup::key_beside(&folder)]);
            after += 5;
        }
        assert!(after > 1 && folder.exists() && !part.exists());
        let mut after = 1;
        loop {
            let target = Place::sqlite();
            let work = backup::restore(&folder, target.options());
            if let Some(done) = gives_up(work, after).await {
                let restored = done.unwrap();
                assert_eq!(restored.verify().await.unwrap(), []);
                restored.db.close().await;
                break;
            }
            none_stands(
                &["gongkai.db", "master.key", "files"].map(|it| target.dir.path().join(it)),
            );
            after += 5;
        }
        assert!(after > 1);
    });
}
