use super::*;

fn d(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn check_add(from: &str, n: u32, expect: &str) {
    assert_eq!(
        Calendar::national().add_working_days(d(from), n),
        d(expect),
        "{from} + {n}"
    );
}

#[test]
fn every_built_in_line_is_read() {
    let (days, problems) = notice::read_lines(EMBEDDED);
    assert_eq!((days.len(), problems), (310, vec![]));
    assert_eq!(
        Calendar::national().covered_years(),
        (2014..=2026).collect::<Vec<i16>>()
    );
}

#[test]
fn working_days_of_each_year() {
    let expect = [
        250, 249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248,
    ];
    for (year, days) in (2014..=2026).zip(expect) {
        assert_eq!(Calendar::national().working_days_in(year), days, "{year}");
    }
}

#[test]
fn vectors_of_the_law_notes() {
    for (from, n, expect) in [
        ("2018-02-12", 15, "2018-03-09"),
        ("2019-09-20", 20, "2019-10-23"),
        ("2020-01-20", 20, "2020-02-25"),
        ("2021-09-28", 20, "2021-11-01"),
        ("2022-09-30", 20, "2022-11-02"),
        ("2024-09-13", 20, "2024-10-17"),
        ("2025-01-20", 20, "2025-02-21"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2026-02-09", 20, "2026-03-13"),
        ("2026-02-14", 7, "2026-03-03"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-09-20", 20, "2026-10-23"),
        ("2026-09-30", 20, "2026-11-03"),
        ("2026-09-30", 0, "2026-09-30"),
    ] {
        check_add(from, n, expect);
    }
}

#[test]
fn easily_mistaken_days() {
    let check = |date: &str, working: bool, name: Option<&str>| {
        let day = Calendar::national().day(d(date));
        assert_eq!(
            (day.working, day.name.as_deref()),
            (working, name),
            "{date}"
        );
    };
    check("2018-12-29", true, Some("元旦调休"));
    check("2024-02-09", true, None);
    check("2020-02-01", false, Some("春节"));
    check("2022-10-01", false, Some("国庆节"));
    check("2022-10-02", false, Some("国庆节"));
    check("2022-10-08", true, Some("国庆节调休"));
    check("2022-09-24", false, Some("周末"));
    check("2022-10-15", false, Some("周末"));
    check("2022-09-30", true, None);
}

#[test]
fn arithmetic_stops_at_the_ends_of_time() {
    let cal = Calendar::national();
    assert_eq!(cal.add_working_days(Date::MAX, 1), Date::MAX);
    assert_eq!(cal.add_working_days(d("2022-09-30"), u32::MAX), Date::MAX);
    assert_eq!(cal.add_working_days(Date::MIN, u32::MAX), Date::MAX);
    assert_eq!(cal.previous(Date::MIN), Date::MIN);
    assert_eq!(cal.next(Date::MAX), Date::MAX);
    assert!(!cal.day(Date::MAX).known);
    assert!(!cal.day(Date::MIN).known);
    assert!(cal.working_days_between(Date::MIN, Date::MAX) > 5_000_000);
    assert_eq!(cal.working_days_between(Date::MAX, Date::MIN), 0);
}

#[test]
fn leaps_agree_with_counting_by_hand() {
    let cal = Calendar::national();
    for start in ["2013-12-01", "2019-12-30", "2022-09-30", "2026-12-20"] {
        let (mut day, mut counted) = (d(start), 0);
        while counted < 400 {
            day = day.tomorrow().unwrap();
            if cal.is_working_day(day) {
                counted += 1;
                assert_eq!(cal.add_working_days(d(start), counted), day);
            }
            assert_eq!(cal.working_days_between(d(start), day), counted);
        }
    }
}

#[test]
fn neighbours() {
    let cal = Calendar::national();
    assert_eq!(cal.previous(d("2022-10-08")), d("2022-09-30"));
    assert_eq!(cal.next(d("2022-09-30")), d("2022-10-08"));
    assert_eq!(cal.roll_forward(d("2022-10-03")), d("2022-10-08"));
    assert_eq!(cal.roll_forward(d("2022-10-08")), d("2022-10-08"));
}

fn check_bad(text: &str, line: usize, says: &str) {
    let problems = Notice::parse(text).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|p| p.line == line && p.message.contains(says)),
        "{text:?} gave {problems:?}"
    );
}

#[test]
fn a_wrong_notice_is_refused_with_its_line() {
    check_bad("2027-13-01 off 元旦", 1, "没有这一天");
    check_bad("# 说明\n2027/10/01 off 国庆节", 2, "读不出来");
    check_bad("2027-10-01 rest 国庆节", 1, "“rest”不认识");
    check_bad("2027-10-01", 1, "缺第二列");
    check_bad("2027-10-01 off", 1, "缺第三列");
    check_bad(
        "2027-10-01 off 国庆节\n2027-10-01 off 国庆节",
        2,
        "与第 1 行重复",
    );
    check_bad("2027-10-02 off 国庆节", 1, "是周六");
    check_bad("2027-10-01 work 国庆节调休", 1, "是周五");
    check_bad("# year: 27\n2027-10-01 off 国庆节", 1, "年度“27”");
    check_bad("# year: 2027\n2025-10-01 off 国庆节", 0, "2025-10-01 不在");
    check_bad("# 空", 0, "没有一天");
}

#[test]
fn a_notice_makes_its_year_known() {
    let text = "2026-12-27 work 元旦调休\n2027-01-01\toff\t元旦\n2027-10-01 off 国庆节";
    let notice = Notice::parse(text).unwrap();
    assert_eq!(notice.years().collect::<Vec<_>>(), [2027]);
    let national = Calendar::national();
    let cal = national.with_notice(&notice);
    assert!(cal.covers(d("2027-05-01")) && !national.covers(d("2027-05-01")));
    assert!(cal.is_working_day(d("2026-12-27")) && !national.is_working_day(d("2026-12-27")));
    assert_eq!(
        cal.uncovered(d("2026-01-01"), d("2030-01-01")),
        [(2028, 2030)]
    );

    // Two years stated by their dates; the last one settled even by December alone.
    let two = Notice::parse("2028-05-01 off 劳动节\n2029-12-31 off 元旦").unwrap();
    assert_eq!(two.years().collect::<Vec<_>>(), [2028, 2029]);
    let header = Notice::parse("# year: 2027\n2026-12-27 work 元旦调休").unwrap();
    assert_eq!(header.years().collect::<Vec<_>>(), [2027]);
}

#[test]
fn a_later_notice_can_take_days_back() {
    let first = Notice::parse("2027-02-05 off 春节\n2027-01-30 work 春节调休").unwrap();
    let second = Notice::parse("# replaces: 2027\n2027-02-05 off 春节").unwrap();
    let cal = Calendar::national().with_notice(&first);
    assert!(cal.is_working_day(d("2027-01-30")));
    assert!(!cal.with_notice(&second).is_working_day(d("2027-01-30")));
}

#[test]
fn a_region_adds_days_but_no_year() {
    let notice = Notice::parse("2027-03-10 off 开斋节").unwrap();
    let cal = Calendar::national().with_region("ningxia", &notice);
    assert!(!cal.is_working_day(d("2027-03-10")));
    assert!(!cal.covers(d("2027-03-10")));
    assert_eq!(cal.regions(), ["ningxia"]);
}

#[test]
fn a_year_laid_out() {
    let cal = Calendar::national();
    let days = cal.days_of(2024);
    assert_eq!(
        (days.len(), days[0].date, days[365].date),
        (366, d("2024-01-01"), d("2024-12-31"))
    );
    assert_eq!(days.iter().filter(|day| day.working).count(), 251);
    assert_eq!(cal.days_of(9999).len(), 365);
    assert_eq!(cal.days_of(i16::MAX), []);
    let exceptions = cal.exceptions_of(2019);
    let made_up: Vec<_> = exceptions
        .iter()
        .filter(|e| e.working)
        .map(|e| e.date)
        .collect();
    assert_eq!(
        made_up,
        [
            "2019-02-02",
            "2019-02-03",
            "2019-04-28",
            "2019-05-05",
            "2019-09-29",
            "2019-10-12"
        ]
        .map(d)
    );
    assert!(exceptions.iter().all(|e| e.name.is_some() && e.known));
    assert_eq!(cal.exceptions_of(2027), []);
}
