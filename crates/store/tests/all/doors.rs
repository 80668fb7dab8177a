//! Sessions, attempts and jobs.

use crate::harness::{actor, count, done, person, unit, with_both};
use office::people::{SESSION_IDLE_MS, SESSION_MAX_MS};
use store::{Store, StoreError, jobs};

async fn sign_in(store: &Store, who: &str) -> store::sessions::Issued {
    let mut tx = store.begin(&actor()).await.unwrap();
    let issued = tx.start_session(who).await.unwrap();
    done(tx, who).await;
    issued
}

#[test]
fn a_session_ends_when_idle_and_after_its_longest_time() {
    with_both(async |place, store| {
        unit(&store, "u", &[]).await;
        person(&store, "p").await;
        let issued = sign_in(&store, "p").await;
        let found = store.find_session(&issued.token).await.unwrap().unwrap();
        assert_eq!((found.person.as_str(), &found.csrf), ("p", &issued.csrf));
        assert!(store.find_session("0").await.unwrap().is_none());
        // Idle: to the millisecond.
        place.clock.advance(SESSION_IDLE_MS - 1);
        assert!(store.find_session(&issued.token).await.unwrap().is_some());
        place.clock.advance(SESSION_IDLE_MS);
        assert!(store.find_session(&issued.token).await.unwrap().is_none());
        // Longest time: in use all along.
        let issued = sign_in(&store, "p").await;
        let step = SESSION_IDLE_MS / 2;
        for _ in 0..SESSION_MAX_MS / step - 1 {
            place.clock.advance(step);
            assert!(store.find_session(&issued.token).await.unwrap().is_some());
        }
        place.clock.advance(step);
        assert!(store.find_session(&issued.token).await.unwrap().is_none());
        assert_eq!(store.sweep_sessions().await.unwrap(), 2);
        assert_eq!(count(&store, "SELECT COUNT(*) FROM session").await, 0);
    });
}

#[test]
fn the_database_does_not_hold_a_token() {
    with_both(async |_, store| {
        unit(&store, "u", &[]).await;
        person(&store, "p").await;
        let issued = sign_in(&store, "p").await;
        assert_eq!(issued.token.len(), 64);
        let row = store
            .db
            .one("SELECT token FROM session", vec![])
            .await
            .unwrap()
            .unwrap();
        let stored = row.text(0).unwrap();
        assert_ne!(stored, issued.token);
        assert!(store.find_session(&stored).await.unwrap().is_none());
    });
}

#[test]
fn a_rotated_session_has_new_secrets_and_the_old_do_not_work() {
    with_both(async |place, store| {
        unit(&store, "u", &[]).await;
        person(&store, "p").await;
        let first = sign_in(&store, "p").await;
        let begun = store
            .find_session(&first.token)
            .await
            .unwrap()
            .unwrap()
            .created_at;
        place.clock.advance(1000);
        let second = store.rotate_session(&first.token).await.unwrap().unwrap();
        assert!(store.find_session(&first.token).await.unwrap().is_none());
        assert!(store.rotate_session(&first.token).await.unwrap().is_none());
        let found = store.find_session(&second.token).await.unwrap().unwrap();
        assert_ne!(found.csrf, first.csrf);
        assert_eq!(found.created_at, begun, "the longest time runs on");
    });
}

#[test]
fn sessions_end_one_by_one_or_all_of_a_person() {
    with_both(async |_, store| {
        unit(&store, "u", &[]).await;
        person(&store, "p").await;
        person(&store, "q").await;
        let (a, b, c) = (
            sign_in(&store, "p").await,
            sign_in(&store, "p").await,
            sign_in(&store, "p").await,
        );
        let other = sign_in(&store, "q").await;
        store.end_session(&a.token).await.unwrap();
        assert!(store.find_session(&a.token).await.unwrap().is_none());
        let mut tx = store.begin(&actor()).await.unwrap();
        assert_eq!(tx.end_sessions("p", Some(&b.token)).await.unwrap(), 1);
        done(tx, "p").await;
        assert!(store.find_session(&b.token).await.unwrap().is_some());
        assert!(store.find_session(&c.token).await.unwrap().is_none());
        assert_eq!(store.end_all_sessions("p").await.unwrap(), 1);
        assert!(store.find_session(&other.token).await.unwrap().is_some());
    });
}

#[test]
fn a_door_opens_so_often_in_a_window() {
    with_both(async |place, store| {
        let who = store.keys.keyed_hash("address", "192.0.2.7");
        let minute = 60 * 1000;
        for n in 0..8 {
            let open = store.allow("sign-in", &who, minute, 5).await.unwrap();
            assert_eq!(open, n < 5, "knock {n}");
        }
        assert_eq!(
            count(&store, "SELECT count FROM attempt").await,
            6,
            "a flood costs no writes"
        );
        assert!(store.allow("sign-in", "other", minute, 5).await.unwrap());
        assert!(store.allow("submit", &who, minute, 5).await.unwrap());
        place.clock.advance(minute);
        assert!(store.allow("sign-in", &who, minute, 5).await.unwrap());
        store.forget_attempts("sign-in", &who).await.unwrap();
        assert_eq!(count(&store, "SELECT COUNT(*) FROM attempt").await, 2);
        place
            .clock
            .advance(store::attempts::LONGEST_WINDOW_MS + minute);
        assert_eq!(store.sweep_attempts().await.unwrap(), 2);
    });
}

#[test]
fn a_job_is_leased_done_once_and_taken_again_when_its_worker_dies() {
    with_both(async |place, store| {
        let now = place.clock.now_ms();
        let mut tx = store.begin(&actor()).await.unwrap();
        tx.enqueue("a", r#"{"n":1}"#, now).await.unwrap();
        tx.enqueue("later", "{}", now + 60_000).await.unwrap();
        done(tx, "x").await;
        let first = store.claim_job(10_000).await.unwrap().unwrap();
        assert_eq!(
            (first.kind.as_str(), first.payload.as_str(), first.attempt),
            ("a", r#"{"n":1}"#, 1)
        );
        assert!(
            store.claim_job(10_000).await.unwrap().is_none(),
            "leased or not yet due"
        );
        // The worker dies; the lease runs out; another takes it and the first comes too late.
        place.clock.advance(10_000);
        let second = store.claim_job(10_000).await.unwrap().unwrap();
        assert_eq!((second.id, second.attempt), (first.id, 2));
        assert!(!store.finish_job(&first).await.unwrap());
        assert!(store.finish_job(&second).await.unwrap());
        assert!(!store.fail_job(&second, "x").await.unwrap());
        place.clock.advance(50_000);
        assert_eq!(store.claim_job(1).await.unwrap().unwrap().kind, "later");
    });
}

#[test]
fn a_failing_job_waits_longer_each_time_and_is_given_up() {
    with_both(async |place, store| {
        store
            .enqueue("bad", "{}", place.clock.now_ms())
            .await
            .unwrap();
        let mut waited = Vec::new();
        for attempt in 1..=jobs::MOST_ATTEMPTS {
            let before = place.clock.now_ms();
            let fail = async |_| Err(StoreError::ReadOnly);
            while !store.work(1000, fail).await.unwrap() {
                place.clock.advance(30_000);
                assert!(
                    place.clock.now_ms() < before + 24 * 3_600_000,
                    "attempt {attempt}"
                );
            }
            waited.push((place.clock.now_ms() - before) / 1000);
        }
        assert_eq!(waited[..5], [0, 30, 60, 120, 240]);
        assert!(waited.iter().all(|seconds| *seconds <= 6 * 3600));
        place.clock.advance(7 * 24 * 3_600_000);
        assert!(store.claim_job(1).await.unwrap().is_none());
        let tally = store.job_tally().await.unwrap();
        assert_eq!((tally.open, tally.troubled, tally.given_up), (0, 0, 1));
    });
}

#[test]
fn the_sweep_comes_back_every_hour() {
    with_both(async |place, store| {
        let never = async |job: jobs::Job| panic!("{job:?} is not for us");
        store.plan_sweep().await.unwrap();
        store.plan_sweep().await.unwrap();
        assert!(store.work(1000, never).await.unwrap());
        assert!(!store.work(1000, never).await.unwrap());
        place.clock.advance(60 * 60 * 1000);
        assert!(store.work(1000, never).await.unwrap());
        assert_eq!(store.job_tally().await.unwrap().open, 1);
    });
}
