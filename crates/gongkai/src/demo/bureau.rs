//! 中卫市民政局 2021: 178 items on the city's website, 267 posts, and the few facts of tables 2 to 4.

use super::county::number;
use super::days::{self, Days};
use super::ledgers::Ledger;
use super::random::Random;
use super::text::{self, Manner, Slots, Titles};
use super::units::{BUREAU, CITY_BUREAU};
use office::documents::{Attribute, Kind};
use office::figures::DecisionKind;
use office::records::{DecisionRecord, DocumentRecord, FeeIncomeRecord, Record};
use serde_json::json;
use statute::Date;
use statute::calendar::Calendar;
use statute::channel::PublicationChannel as Channel;

/// The year.
pub const YEAR: i16 = 2021;

/// The one normative document made in 2021.
const MADE: (&str, &str) = ("中卫市临时救助工作细则", "临时救助");
/// Those kept from before 2021: name, topic, day of making.
const KEPT: &[(&str, &str, Date)] = &[
    (
        "中卫市社会组织评估办法",
        "社会组织登记",
        Date::constant(2012, 6, 11),
    ),
    (
        "中卫市居家养老服务补助办法",
        "居家养老服务",
        Date::constant(2016, 9, 5),
    ),
    (
        "中卫市地名标志管理办法",
        "地名普查",
        Date::constant(2019, 4, 22),
    ),
];
/// The one repealed in 2021.
const REPEALED: (&str, &str, Date, Date) = (
    "中卫市殡葬服务收费补助暂行办法",
    "殡葬改革",
    Date::constant(2011, 3, 14),
    Date::constant(2021, 3, 29),
);

/// 行政文件 beside the normative one; 8 of them about budgets.
const OFFICIAL: usize = 33;
const BUDGETS: usize = 8;
/// 政务动态, of which 68 about social assistance and 14 about care for the old.
const NEWS: usize = 131;
const NOTICES: usize = 7;
const INTERPRETATIONS: usize = 6;
const POSTS: usize = 267;

struct Maker {
    random: Random,
    titles: Titles,
    days: Days,
    documents: Vec<DocumentRecord>,
}

/// Every record of the bureau of 2021, its unit not among them.
pub fn records(seed: u64, calendar: &Calendar) -> Vec<Record> {
    let mut maker = Maker {
        random: Random::of(seed, "bureau-2021"),
        titles: Titles::default(),
        days: Days::of_year(calendar, YEAR),
        documents: Vec::new(),
    };
    maker.norms();
    maker.officials();
    maker.news();
    maker
        .documents
        .sort_by(|a, b| (a.written_on, &a.title).cmp(&(b.written_on, &b.title)));
    number(&mut maker.documents);
    for (place, document) in maker.documents.iter_mut().enumerate() {
        if document.id.is_empty() {
            document.id = format!("z21-{:04}", place + 1);
        }
    }
    let mut records: Vec<Record> = maker.documents.into_iter().map(Record::Document).collect();
    records.extend(facts(&mut maker.random, &maker.days));
    records
}

impl Maker {
    fn push(
        &mut self,
        kind: Kind,
        title: String,
        topic: &'static str,
        explains: &str,
        days: (Date, Date),
        channel: Channel,
    ) {
        let slots = Slots {
            explains,
            ..Slots::of(&mut self.random, &BUREAU, days.1).about(topic)
        };
        let title = if title.is_empty() {
            let manner = if channel == Channel::Weibo {
                Manner::Social
            } else {
                Manner::Written
            };
            self.titles.make(&mut self.random, &slots, kind, manner)
        } else {
            self.titles.numbered(&BUREAU, &title)
        };
        let body = text::body(&mut self.random, &slots, kind);
        self.documents.push(DocumentRecord {
            id: String::new(),
            unit: CITY_BUREAU.to_owned(),
            kind,
            title,
            number: None,
            written_on: days.1,
            attribute: Attribute::Proactive,
            basis: None,
            published_on: Some(days.0),
            channels: vec![channel],
            in_force_from: None,
            repealed_on: None,
            explains: None,
            body,
        });
    }

    fn last(&mut self, change: impl FnOnce(&mut DocumentRecord)) {
        if let Some(document) = self.documents.last_mut() {
            change(document);
        }
    }

    fn norms(&mut self) {
        for (place, (name, topic, on)) in KEPT.iter().enumerate() {
            self.push(
                Kind::Normative,
                format!("关于印发《{name}》的通知"),
                topic,
                "",
                (days::plus(*on, 3), *on),
                Channel::Website,
            );
            self.last(|document| document.id = format!("z21-kept-{}", place + 1));
        }
        let (name, topic, on, repealed) = REPEALED;
        self.push(
            Kind::Normative,
            format!("关于印发《{name}》的通知"),
            topic,
            "",
            (days::plus(on, 3), on),
            Channel::Website,
        );
        self.last(|document| {
            document.id = "z21-repealed".to_owned();
            document.repealed_on = Some(repealed);
        });
        let (name, topic) = MADE;
        let days = (self.days.at(420), self.days.at(405));
        self.push(
            Kind::Normative,
            format!("关于印发《{name}》的通知"),
            topic,
            "",
            days,
            Channel::Website,
        );
        self.last(|document| {
            document.id = "z21-norm".to_owned();
            document.in_force_from = Some(Date::constant(YEAR, 8, 1));
        });
        let on = self.days.at(430);
        self.push(
            Kind::Interpretation,
            String::new(),
            topic,
            name,
            (on, on),
            Channel::Website,
        );
        self.last(|document| document.explains = Some("z21-norm".to_owned()));
    }

    /// Official documents: five of them explained, eight about budgets.
    fn officials(&mut self) {
        const PLANS: [(&str, &str); INTERPRETATIONS - 1] = [
            ("全市养老服务提质工作方案", "居家养老服务"),
            ("社会组织规范化建设方案", "社会组织登记"),
            ("特困人员照料护理标准", "特困人员救助供养"),
            ("未成年人保护工作方案", "未成年人保护"),
            ("残疾人两项补贴跨省通办方案", "残疾人两项补贴"),
        ];
        for (place, (name, topic)) in PLANS.iter().enumerate() {
            let at = 120 + place * 160;
            let days = (self.days.at(at + 12), self.days.at(at));
            self.push(
                Kind::Official,
                format!("关于印发《{name}》的通知"),
                topic,
                "",
                days,
                Channel::Website,
            );
            let id = format!("z21-plan-{}", place + 1);
            self.last(|document| document.id.clone_from(&id));
            let on = self.days.at(at + 16);
            self.push(
                Kind::Interpretation,
                String::new(),
                topic,
                name,
                (on, on),
                Channel::Website,
            );
            self.last(|document| document.explains = Some(id));
        }
        const ACCOUNTS: [&str; BUDGETS] = [
            "关于公开2021年部门预算的说明",
            "关于公开2020年部门决算的说明",
            "关于公开市社会福利院2021年单位预算的说明",
            "关于公开市社会福利院2020年单位决算的说明",
            "关于公开市救助管理站2021年单位预算的说明",
            "关于公开市救助管理站2020年单位决算的说明",
            "关于公开市殡仪馆2021年单位预算的说明",
            "关于公开市殡仪馆2020年单位决算的说明",
        ];
        for (place, title) in ACCOUNTS.iter().enumerate() {
            let on = self.days.at(if place % 2 == 0 { 130 } else { 680 });
            self.push(
                Kind::Official,
                (*title).to_owned(),
                "部门预算决算公开",
                "",
                (on, on),
                Channel::Website,
            );
        }
        for _ in PLANS.len() + BUDGETS..OFFICIAL {
            let days = self.days.pair(&mut self.random, 10);
            let topic = *self.random.pick(BUREAU.topics);
            self.push(
                Kind::Official,
                String::new(),
                topic,
                "",
                days,
                Channel::Website,
            );
        }
    }

    fn news(&mut self) {
        const ASSISTANCE: [&str; 4] = ["城乡低保", "临时救助", "特困人员救助供养", "高龄老人津贴"];
        const CARE: [&str; 2] = ["居家养老服务", "养老机构安全检查"];
        for n in 0..NEWS {
            let days = self.days.pair(&mut self.random, 3);
            let topic = match n {
                0..68 => *self.random.pick(&ASSISTANCE),
                68..82 => *self.random.pick(&CARE),
                _ => *self.random.pick(BUREAU.topics),
            };
            self.push(Kind::News, String::new(), topic, "", days, Channel::Website);
        }
        for _ in 0..NOTICES {
            let days = self.days.pair(&mut self.random, 3);
            self.push(
                Kind::Notice,
                String::new(),
                "社会组织年检",
                "",
                days,
                Channel::Website,
            );
        }
        for _ in 0..POSTS {
            let days = self.days.pair(&mut self.random, 1);
            let topic = *self.random.pick(BUREAU.topics);
            self.push(Kind::News, String::new(), topic, "", days, Channel::Weibo);
        }
    }
}

/// Decisions, fee income and registers of the year.
fn facts(random: &mut Random, year: &Days) -> Vec<Record> {
    let mut records = Vec::new();
    for (kind, count) in [(DecisionKind::License, 10), (DecisionKind::Penalty, 3)] {
        for n in 0..count {
            records.push(Record::Decision(DecisionRecord {
                id: format!("z21-{}-{}", kind.key(), n + 1),
                unit: CITY_BUREAU.to_owned(),
                kind,
                decided_on: year.one(random),
            }));
        }
    }
    records.push(Record::FeeIncome(FeeIncomeRecord {
        unit: CITY_BUREAU.to_owned(),
        year: YEAR,
        fen: 0,
    }));
    let mut ledger = Ledger::new("z21-e");
    ledger.add(
        CITY_BUREAU,
        "open-day",
        json!({"held_on": "2021-09-17", "attendees": 25, "topic": "走进养老服务机构"}),
    );
    for (on, attendees) in [("2021-04-16", 12), ("2021-10-22", 11)] {
        ledger.add(
            CITY_BUREAU,
            "training",
            json!({"held_on": on, "attendees": attendees, "topic": "政务公开专题"}),
        );
    }
    for (n, door) in ["mailbox", "mailbox", "mailbox", "message"]
        .into_iter()
        .enumerate()
    {
        let on = year.at(150 + n * 220);
        ledger.add(
            CITY_BUREAU,
            "mailbox",
            json!({"received_on": on, "replied_on": days::plus(on, 4), "door": door}),
        );
    }
    records.extend(ledger.finish());
    records
}

/// Ids of the bureau's documents that its guide points to.
pub fn rule_ids() -> Vec<String> {
    vec!["z21-norm".to_owned()]
}
