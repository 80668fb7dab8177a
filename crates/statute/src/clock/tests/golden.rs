//! Due dates of whole lives of requests, reckoned from the calendar by a second program written
//! from the contract alone; those with a comment also by hand.

use super::{answer, d};

fn check(script: &str, expect: &str) {
    let due_on = answer(script).due_on;
    let expect = (expect != "-").then(|| d(expect));
    assert_eq!(due_on, expect, "{script}");
}

#[test]
fn due_dates() {
    for (script, expect) in GOLDEN {
        check(script, expect);
    }
}

/// By hand: each line names the working days it counts.
#[test]
fn due_dates_counted_by_hand() {
    // 8, 9, 10-14 October (7), 17-21 (12), 24-28 (17), 31, 1 and 2 November (20).
    check("2022-09-30 received registered-mail", "2022-11-02");
    // From the supplement of 18 October: 19-21 (3), 24-28 (8), 31-4 (13), 7-11 (18), 14, 15.
    check(
        "2022-09-30 received registered-mail; 2022-10-09 supplement-asked; 2022-10-18 supplemented",
        "2022-11-15",
    );
    // 2 November, and six days off the count: 21, 24-28 October: 3, 4, 7-10 November.
    check(
        "2022-09-30 received counter; 2022-10-20 third-party-asked; 2022-10-28 third-party-answered",
        "2022-11-10",
    );
    // From the payment of 22 November: 23-25 (3), 28-2 (8), 5-9 (13), 12-16 (18), 19, 20 December.
    check(
        "2022-09-30 received counter; 2022-11-01 fee-notified; 2022-11-22 fee-paid",
        "2022-12-20",
    );
    // Regulation of 2008, 15 days: 13, 14 February, holiday 15-21, 22-24 (the 24th made up; 5),
    // 26-2 March (10), 5-9 March (15).
    check("2018-02-12 received counter", "2018-03-09");
    // 17 (1), 20-22 (4), holiday 23 to 2 February, 3-7 (9), 10-14 (14), 17-21 (19), 24 (20).
    check(
        "2020-01-16 received counter; 2020-01-16 transferred",
        "2020-02-20",
    );
    // New Year's Eve 2024 (9 February) is a working day: 6-9 (4), holiday to the 17th, 18-23 (10),
    // 26-1 March (15), 4-8 (20).
    check("2024-02-05 received counter", "2024-03-08");
}

const GOLDEN: &[(&str, &str)] = &[
    ("2022-09-30 received counter", "2022-11-02"),
    ("2022-09-30 received registered-mail", "2022-11-02"),
    ("2022-09-30 received online", "2022-11-02"),
    ("2022-09-30 received email", "2022-11-02"),
    ("2022-09-30 received ordinary-mail", "-"),
    ("2022-09-30 received fax", "-"),
    (
        "2022-09-28 received ordinary-mail confirmed=2022-09-30",
        "2022-11-02",
    ),
    ("2022-09-28 received fax confirmed=2022-09-29", "2022-11-01"),
    (
        "2022-09-30 received online confirmed=2022-10-09",
        "2022-11-04",
    ),
    (
        "2022-09-30 received email confirmed=2022-10-08",
        "2022-11-03",
    ),
    (
        "2022-09-30 received counter confirmed=2022-10-09",
        "2022-11-02",
    ),
    ("2023-11-06 received counter", "2023-12-04"),
    ("2023-11-07 received counter", "2023-12-05"),
    ("2023-11-08 received counter", "2023-12-06"),
    ("2023-11-09 received counter", "2023-12-07"),
    ("2023-11-10 received counter", "2023-12-08"),
    ("2023-11-11 received counter", "2023-12-08"),
    ("2023-11-12 received counter", "2023-12-08"),
    ("2019-01-28 received counter", "2019-02-21"),
    ("2020-01-20 received counter", "2020-02-25"),
    ("2021-02-08 received counter", "2021-03-12"),
    ("2022-01-24 received counter", "2022-02-24"),
    ("2023-01-16 received counter", "2023-02-16"),
    ("2024-02-05 received counter", "2024-03-08"),
    ("2025-01-20 received counter", "2025-02-21"),
    ("2026-02-09 received counter", "2026-03-13"),
    ("2019-02-03 received counter", "2019-03-01"),
    ("2020-01-19 received counter", "2020-02-24"),
    ("2021-02-20 received counter", "2021-03-19"),
    ("2022-01-30 received counter", "2022-03-04"),
    ("2023-01-29 received counter", "2023-02-24"),
    ("2024-02-18 received counter", "2024-03-15"),
    ("2025-01-26 received counter", "2025-02-28"),
    ("2026-02-14 received counter", "2026-03-20"),
    ("2026-02-28 received counter", "2026-03-27"),
    ("2018-12-28 received counter", "2019-01-21"),
    ("2019-04-26 received counter", "2019-05-20"),
    ("2019-09-27 received counter", "2019-10-30"),
    ("2020-09-25 received counter", "2020-10-29"),
    ("2021-09-28 received counter", "2021-11-01"),
    ("2022-10-08 received counter", "2022-11-03"),
    ("2023-09-28 received counter", "2023-11-01"),
    ("2024-09-29 received counter", "2024-10-31"),
    ("2024-09-13 received counter", "2024-10-17"),
    ("2025-09-26 received counter", "2025-10-30"),
    ("2026-09-20 received counter", "2026-10-23"),
    ("2026-09-30 received counter", "2026-11-03"),
    ("2026-04-30 received counter", "2026-06-01"),
    ("2014-01-20 received counter", "2014-02-13"),
    ("2015-09-02 received counter", "2015-09-24"),
    ("2016-02-05 received counter", "2016-03-02"),
    ("2017-09-29 received counter", "2017-10-26"),
    ("2018-02-12 received counter", "2018-03-09"),
    ("2019-05-14 received counter", "2019-06-04"),
    ("2019-05-15 received counter", "2019-06-13"),
    (
        "2019-05-13 received ordinary-mail confirmed=2019-05-15",
        "2019-06-13",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-09 supplement-asked; 2022-10-18 supplemented",
        "2022-11-15",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-09 supplement-asked",
        "2022-11-02",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-20 third-party-asked; 2022-10-28 third-party-answered",
        "2022-11-10",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-20 third-party-asked",
        "2022-11-23",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-10 third-party-asked; 2022-11-30 third-party-answered",
        "2022-11-23",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-10 third-party-asked; 2022-10-10 third-party-answered",
        "2022-11-02",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-20 joint-maker-asked; 2022-10-28 joint-maker-answered",
        "2022-11-10",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-10 third-party-asked; 2022-10-12 joint-maker-asked; 2022-10-14 joint-maker-answered; 2022-10-20 third-party-answered",
        "2022-11-14",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-10 third-party-asked; 2022-10-12 joint-maker-asked; 2022-10-14 third-party-answered; 2022-10-20 joint-maker-answered",
        "2022-11-14",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-10 third-party-asked; 2022-10-12 third-party-asked; 2022-10-14 third-party-answered; 2022-10-21 third-party-answered",
        "2022-11-15",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-25 extended 20",
        "2022-11-30",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-25 extended 5",
        "2022-11-09",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-25 extended 30",
        "2022-11-30",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-25 extended 10; 2022-11-08 extended 10",
        "2022-11-30",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-20 third-party-asked; 2022-10-28 third-party-answered; 2022-11-08 extended 20",
        "2022-12-08",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-11 fee-notified",
        "2022-11-02",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-11 fee-notified; 2022-10-21 fee-paid",
        "2022-11-18",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-10 extended 20; 2022-10-11 supplement-asked; 2022-10-21 supplemented",
        "2022-11-18",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-10 third-party-asked; 2022-10-12 fee-notified; 2022-10-14 fee-paid; 2022-10-18 third-party-answered",
        "2022-11-15",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-11 reason-asked; 2022-10-14 reason-given; 2022-10-20 delayed 2023-03-31",
        "2023-03-31",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-11 reason-asked; 2022-10-14 reason-given; 2022-10-20 delayed 2022-12-30; 2022-11-01 fee-notified; 2022-11-02 fee-paid",
        "2022-11-30",
    ),
    (
        "2022-09-30 received registered-mail; 2022-11-02 third-party-asked; 2022-11-04 third-party-answered",
        "2022-11-04",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-11 transferred",
        "2022-11-02",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-09 supplement-asked; 2022-10-18 supplemented; 2022-10-20 third-party-asked; 2022-10-28 third-party-answered; 2022-11-10 extended 20",
        "2022-12-21",
    ),
    (
        "2022-09-30 received registered-mail; 2022-10-09 supplement-asked; 2022-10-18 supplemented; 2022-10-20 third-party-asked; 2022-10-28 third-party-answered; 2022-11-10 extended 20; 2022-11-20 fee-notified; 2022-11-22 fee-paid",
        "2022-12-20",
    ),
    (
        "2018-02-12 received counter; 2018-03-05 extended 15",
        "2018-03-30",
    ),
    (
        "2018-02-12 received counter; 2018-03-05 extended 20",
        "2018-03-30",
    ),
    (
        "2018-02-12 received counter; 2018-02-22 third-party-asked; 2018-04-20 third-party-answered",
        "2018-05-09",
    ),
    (
        "2018-02-12 received counter; 2018-02-22 third-party-asked",
        "2018-03-30",
    ),
    (
        "2019-05-10 received counter; 2019-05-16 supplement-asked; 2019-05-20 supplemented",
        "2019-06-11",
    ),
    (
        "2025-01-20 received online; 2025-01-24 third-party-asked; 2025-02-10 third-party-answered",
        "2025-03-04",
    ),
    (
        "2025-01-20 received online; 2025-02-14 extended 20",
        "2025-03-21",
    ),
    ("2026-11-30 received online", "2026-12-28"),
    ("2027-01-04 received online", "2027-02-01"),
    ("2013-12-20 received counter", "2014-01-13"),
    (
        "2020-12-30 received counter; 2021-01-25 extended 20; 2021-02-05 third-party-asked",
        "2021-03-23",
    ),
    (
        "2024-12-20 received email; 2024-12-30 joint-maker-asked; 2025-01-08 joint-maker-answered; 2025-01-15 extended 10",
        "2025-02-17",
    ),
];
