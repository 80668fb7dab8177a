//! 盐池县 2018: what the table counts from registers, and the figures of the report's text.

use super::annex::CONSULTATIONS;
use super::county::YEAR;
use super::days::{self, Days};
use super::random::Random;
use super::units::{self, COUNTY};
use office::records::{EntryRecord, Record};
use serde_json::{Map, Value, json};
use statute::calendar::Calendar;

/// Collects entries of registers and gives them ids.
#[derive(Debug)]
pub struct Ledger {
    prefix: &'static str,
    entries: Vec<Record>,
}

impl Ledger {
    /// An empty one; ids begin with `prefix`.
    pub fn new(prefix: &'static str) -> Ledger {
        Ledger {
            prefix,
            entries: Vec::new(),
        }
    }

    /// Adds an entry.
    pub fn add(&mut self, unit: &str, register: &str, fields: Value) {
        let fields = match fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        self.entries.push(Record::Entry(EntryRecord {
            id: format!("{}-{:04}", self.prefix, self.entries.len() + 1),
            unit: unit.to_owned(),
            register: register.to_owned(),
            fields,
        }));
    }

    /// The entries as records.
    pub fn finish(self) -> Vec<Record> {
        self.entries
    }
}

/// Trainings of the year with their attendance: 8, 232 people.
const TRAININGS: &[(&str, usize)] = &[
    (COUNTY, 51),
    ("zhengwu", 34),
    ("gongan", 31),
    ("minzheng", 26),
    ("huamachi", 24),
    ("shichang", 23),
    ("renshe", 22),
    ("shenpi", 21),
];
/// Open days: 10 units, 280 people.
const OPEN_DAYS: &[(&str, usize)] = &[
    ("minzheng", 36),
    ("zhengwu", 34),
    ("gongan", 32),
    ("jiaoti", 30),
    ("shuiwu", 28),
    ("huanbao", 27),
    ("weijian", 26),
    ("shichang", 25),
    ("yanzhou", 22),
    ("huamachi", 20),
];
/// What concerns were about; nouns of our own.
const CONCERNS: &[&str] = &[
    "乡镇火情处置",
    "供暖温度不足",
    "路口拥堵",
    "停水时间较长",
    "学校周边摊点",
    "物业收费争议",
    "公交班次调整",
    "工地夜间噪声",
    "草原火险",
    "快递包装投诉",
];

/// Every entry of 2018.
pub fn entries(seed: u64, calendar: &Calendar) -> Vec<Record> {
    let mut random = Random::of(seed, "ledgers-2018");
    let year = Days::of_year(calendar, YEAR);
    let mut ledger = Ledger::new("y18-e");
    responses(&mut ledger, &mut random, &year);
    standing(&mut ledger);
    meetings(&mut ledger, &year);
    participation(&mut ledger, &mut random, &year);
    ledger.finish()
}

/// 二、回应解读: 38, 1 (新闻通气会), 6 of which 3, 18, 154.
fn responses(ledger: &mut Ledger, random: &mut Random, year: &Days) {
    let units: Vec<&str> = units::county().map(|body| body.id).collect();
    for _ in 0..38 {
        let (unit, topic) = (*random.pick(&units), *random.pick(CONCERNS));
        ledger.add(
            unit,
            "concern",
            json!({"arisen_on": year.one(random), "topic": topic}),
        );
    }
    ledger.add(COUNTY, "press-conference", json!({"held_on": year.at(610), "speaker": "other", "topic": "民生实事进展", "remark": "新闻通气会"}));
    for n in 0..6 {
        let speaker = if n % 2 == 0 { "principal" } else { "other" };
        let topic = format!("在线访谈第{}期", n + 1);
        ledger.add(
            COUNTY,
            "interview",
            json!({"held_on": year.at(100 + n * 150), "speaker": speaker, "topic": topic}),
        );
    }
    for (way, count) in [("weibo-wechat", 18), ("other", 154)] {
        for _ in 0..count {
            let (unit, topic) = (*random.pick(&units), *random.pick(CONCERNS));
            ledger.add(
                unit,
                "concern-response",
                json!({"responded_on": year.one(random), "way": way, "topic": topic}),
            );
        }
    }
}

/// 八、机构建设: 33 working bodies, 15 reading points, 67 + 49 people, 97 万元.
fn standing(ledger: &mut Ledger) {
    let below: Vec<_> = units::below_county().collect();
    for (n, body) in below.iter().enumerate() {
        let set_up = format!("{}-03-01", 2009 + n % 6);
        ledger.add(
            body.id,
            "disclosure-agency",
            json!({"set_up_on": set_up, "name": format!("{}政务公开办公室", body.short)}),
        );
    }
    let points = units::TOWNSHIPS
        .iter()
        .map(|body| (body.id, format!("{}民生服务中心", body.short)));
    let seats = [
        ("zhengwu", "县政务大厅"),
        (COUNTY, "县档案馆"),
        ("wenguang", "县图书馆"),
        ("yanzhou", "盐州路街道便民大厅"),
        ("gongan", "户政大厅"),
        ("renshe", "人力资源市场"),
        ("ziran", "不动产登记大厅"),
    ];
    for (n, (unit, place)) in points
        .chain(seats.map(|(unit, place)| (unit, place.to_owned())))
        .enumerate()
    {
        let opened = format!("{}-05-01", 2010 + n % 8);
        ledger.add(
            unit,
            "reading-point",
            json!({"opened_on": opened, "place": place}),
        );
    }
    for n in 0..67 + 49 {
        let post = if n < 67 { "full-time" } else { "part-time" };
        // Three full-time and two part-time people work at the county's own office.
        let unit = if n < 3 || (67..69).contains(&n) {
            COUNTY
        } else {
            below[n % below.len()].id
        };
        ledger.add(
            unit,
            "staff",
            json!({"from_on": format!("{}-02-01", 2012 + n % 6), "post": post}),
        );
    }
    // 97 万元 in fen, in two instalments.
    for (on, wan) in [("2018-02-27", 60_i64), ("2018-08-20", 37)] {
        ledger.add(
            COUNTY,
            "budget",
            json!({"allotted_on": on, "fen": wan * 10_000 * 100}),
        );
    }
}

/// 九、会议和培训: 1, 8, 232.
fn meetings(ledger: &mut Ledger, year: &Days) {
    ledger.add(
        COUNTY,
        "meeting",
        json!({"held_on": year.at(160), "topic": "政务公开年度任务部署"}),
    );
    for (n, (unit, attendees)) in TRAININGS.iter().enumerate() {
        ledger.add(unit, "training", json!({"held_on": year.at(180 + n * 90), "attendees": attendees, "topic": "政府信息公开业务"}));
    }
}

/// Figures of the text: proposals 41 + 70 + 74 + 13 all answered, 154 letters and visits answered,
/// 14 consultations with 8 replies, open days of 10 units.
fn participation(ledger: &mut Ledger, random: &mut Random, year: &Days) {
    let units: Vec<_> = units::below_county().collect();
    for (body, count) in [
        ("npc", 41),
        ("npc-recess", 70),
        ("cppcc", 74),
        ("cppcc-opinion", 13),
    ] {
        for _ in 0..count {
            let unit = *random.pick(&units);
            let topic = format!("关于改进{}的建议", random.pick(unit.topics));
            let from = year.at(random.between(60, 500));
            let replied = calendar_days_later(random, year, from);
            ledger.add(
                unit.id,
                "proposal",
                json!({"received_on": from, "replied_on": replied, "body": body, "topic": topic}),
            );
        }
    }
    for n in 0..154 {
        let door = if n % 3 == 0 { "visit" } else { "mailbox" };
        let from = year.at(random.between(0, 930));
        let replied =
            days::plus(from, i64::try_from(random.between(1, 14)).unwrap_or(1)).min(year.at(999));
        let unit = if door == "mailbox" {
            COUNTY
        } else {
            random.pick(&units).id
        };
        ledger.add(
            unit,
            "mailbox",
            json!({"received_on": from, "replied_on": replied, "door": door}),
        );
    }
    for (n, (unit, draft, opinions)) in CONSULTATIONS.iter().enumerate() {
        let from = year.at(60 + n * 60);
        ledger.add(unit, "consultation", json!({"opened_on": from, "closed_on": days::plus(from, 30).min(year.at(999)), "opinions": opinions, "topic": draft}));
    }
    for (n, (unit, attendees)) in OPEN_DAYS.iter().enumerate() {
        ledger.add(unit, "open-day", json!({"held_on": year.at(350 + n * 55), "attendees": attendees, "topic": "走进办事现场"}));
    }
}

/// The day of the answer to a proposal: within three months, and within the year.
fn calendar_days_later(random: &mut Random, year: &Days, from: statute::Date) -> statute::Date {
    days::plus(from, i64::try_from(random.between(20, 88)).unwrap_or(20)).min(year.at(999))
}
