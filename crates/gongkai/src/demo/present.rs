//! The invented current year: what was already public, and its registers, as records.

use super::county::number;
use super::days::{self, Days};
use super::ledgers::Ledger;
use super::random::Random;
use super::text::{self, Manner, Slots, Titles};
use super::units::{self, Body, COUNTY};
use office::documents::{Attribute, Kind};
use office::figures::DecisionKind;
use office::records::{DecisionRecord, DocumentRecord, FeeIncomeRecord, Record};
use serde_json::json;
use statute::Date;
use statute::calendar::Calendar;
use statute::channel::PublicationChannel as Channel;

/// Documents of the last months that are public.
const PUBLISHED: usize = 124;
/// How far back they go, in working days.
const SPAN: usize = 110;

/// Units that still exist: the office for poverty relief of 2018 does not.
fn standing() -> Vec<&'static Body> {
    units::county().filter(|body| body.id != "fupin").collect()
}

/// Public documents in order of publication.
pub fn documents(seed: u64, calendar: &Calendar, today: Date) -> Vec<DocumentRecord> {
    let mut random = Random::of(seed, "present");
    let mut titles = Titles::default();
    let span = Days::before(calendar, today, SPAN);
    let bodies: Vec<&'static Body> = standing()
        .into_iter()
        .flat_map(|body| std::iter::repeat_n(body, body.weight))
        .collect();
    let mut documents = Vec::new();
    for place in 0..PUBLISHED {
        let body = *random.pick(&bodies);
        // Evenly spread, so that the last days have something as well.
        let published = span.at(place * 999 / PUBLISHED + 8);
        let kind = *random.pick(&[
            Kind::News,
            Kind::News,
            Kind::News,
            Kind::Notice,
            Kind::Notice,
            Kind::Official,
            Kind::Official,
            Kind::Budget,
            Kind::Guide,
            Kind::Other,
        ]);
        let written = if kind == Kind::Official {
            calendar.previous(calendar.previous(published))
        } else {
            published
        };
        let slots = Slots::of(&mut random, body, written);
        let slots = if kind == Kind::Budget {
            let topic = *random.pick(&["部门预算", "部门决算", "专项资金安排明细", "预算绩效目标"]);
            slots.about(topic)
        } else {
            slots
        };
        let title = titles.make(&mut random, &slots, kind, Manner::Written);
        let text = text::body(&mut random, &slots, kind);
        let channels = if random.percent(30) {
            vec![Channel::Website, Channel::Wechat]
        } else {
            vec![Channel::Website]
        };
        documents.push(document(
            body,
            kind,
            title,
            text,
            (published, written),
            channels,
        ));
    }
    explained(&mut documents, &mut random, &mut titles, &span);
    norms(&mut documents, &mut random, &mut titles, calendar, today);
    documents
        .sort_by(|a, b| (a.written_on, &a.unit, &a.title).cmp(&(b.written_on, &b.unit, &b.title)));
    number(&mut documents);
    for (place, document) in documents.iter_mut().enumerate() {
        if document.id.is_empty() {
            document.id = format!("now-{:04}", place + 1);
        }
    }
    documents.sort_by(|a, b| (a.published_on, &a.id).cmp(&(b.published_on, &b.id)));
    documents
}

fn document(
    body: &Body,
    kind: Kind,
    title: String,
    text: String,
    (published, written): (Date, Date),
    channels: Vec<Channel>,
) -> DocumentRecord {
    DocumentRecord {
        id: String::new(),
        unit: body.id.to_owned(),
        kind,
        title,
        number: None,
        written_on: written,
        attribute: Attribute::Proactive,
        basis: None,
        published_on: Some(published),
        channels,
        in_force_from: None,
        repealed_on: None,
        explains: None,
        body: text,
    }
}

/// Policies with the interpretation that explains each.
fn explained(
    documents: &mut Vec<DocumentRecord>,
    random: &mut Random,
    titles: &mut Titles,
    span: &Days,
) {
    const POLICIES: [(&str, &str, &str); 4] = [
        (COUNTY, "盐池县民生实事推进方案", "民生实事"),
        ("renshe", "盐池县就业援助专项方案", "就业援助"),
        ("nongye", "盐池县滩羊保种选育扶持方案", "滩羊保种选育"),
        ("weijian", "盐池县家庭医生签约服务提质方案", "家庭医生签约"),
    ];
    for (place, (unit, name, topic)) in POLICIES.iter().enumerate() {
        let body = units::body(unit);
        let at = 180 + place * 210;
        let (written, published) = (span.at(at), span.at(at + 20));
        let slots = Slots {
            explains: name,
            ..Slots::of(random, body, written).about(topic)
        };
        let text = text::body(random, &slots, Kind::Official);
        let title = titles.numbered(body, &format!("关于印发《{name}》的通知"));
        let mut policy = document(
            body,
            Kind::Official,
            title,
            text,
            (published, written),
            vec![Channel::Website],
        );
        policy.id = format!("now-policy-{}", place + 1);
        let title = titles.make(random, &slots, Kind::Interpretation, Manner::Written);
        let text = text::body(random, &slots, Kind::Interpretation);
        let on = span.at(at + 30);
        let mut answer = document(
            body,
            Kind::Interpretation,
            title,
            text,
            (on, on),
            vec![Channel::Website],
        );
        answer.id = format!("now-policy-{}-explained", place + 1);
        answer.explains = Some(policy.id.clone());
        documents.extend([policy, answer]);
    }
}

/// A norm in force, one not yet in force, one repealed this year.
fn norms(
    documents: &mut Vec<DocumentRecord>,
    random: &mut Random,
    titles: &mut Titles,
    calendar: &Calendar,
    today: Date,
) {
    let recent = Days::before(calendar, today, 30);
    // The repealed one was made in a year whose report no test and no reader compares.
    let old = Date::constant(2016, 5, 10);
    let dates = [
        (
            "now-norm",
            "盐池县政务热线工单办理办法",
            (recent.at(0), days::plus(recent.at(0), -5)),
            None,
            None,
        ),
        (
            "now-norm-ahead",
            "盐池县公共停车场所管理办法",
            (recent.at(700), recent.at(500)),
            Some(days::plus(today, 40)),
            None,
        ),
        (
            "now-norm-repealed",
            "盐池县政务信息报送暂行办法",
            (days::plus(old, 2), old),
            None,
            Some(recent.at(300)),
        ),
    ];
    let body = units::body(COUNTY);
    for (id, name, days, from, repealed) in dates {
        let slots = Slots::of(random, body, days.1);
        let text = text::body(random, &slots, Kind::Normative);
        let title = titles.numbered(body, &format!("关于印发《{name}》的通知"));
        let mut norm = document(
            body,
            Kind::Normative,
            title,
            text,
            days,
            vec![Channel::Website],
        );
        norm.id = id.to_owned();
        norm.in_force_from = from;
        norm.repealed_on = repealed;
        documents.push(norm);
    }
}

/// Registers, decisions and fee income of the last months.
pub fn facts(seed: u64, calendar: &Calendar, today: Date) -> Vec<Record> {
    let mut random = Random::of(seed, "present-facts");
    let span = Days::before(calendar, today, SPAN);
    let mut records = Vec::new();
    for (kind, unit, count) in [
        (DecisionKind::License, "shenpi", 14),
        (DecisionKind::License, "minzheng", 5),
        (DecisionKind::Penalty, "shichang", 9),
        (DecisionKind::Penalty, "gongan", 6),
        (DecisionKind::Coercion, "gongan", 2),
    ] {
        for n in 0..count {
            records.push(Record::Decision(DecisionRecord {
                id: format!("now-{}-{unit}-{}", kind.key(), n + 1),
                unit: unit.to_owned(),
                kind,
                decided_on: span.one(&mut random),
            }));
        }
    }
    // 5.2 万元.
    records.push(Record::FeeIncome(FeeIncomeRecord {
        unit: "ziran".to_owned(),
        year: today.year(),
        fen: 52_000 * 100,
    }));
    let mut ledger = Ledger::new("now-e");
    // Two are open now, the third has just closed.
    for (unit, draft, opened, closed, opinions) in [
        (
            "minzheng",
            "社区老年食堂补助办法（征求意见稿）",
            996,
            None,
            3,
        ),
        (
            "gongan",
            "城区电动自行车停放管理办法（征求意见稿）",
            990,
            None,
            11,
        ),
        (
            "fagai",
            "居民生活垃圾处理收费方案（征求意见稿）",
            700,
            Some(960),
            27,
        ),
    ] {
        let closed = closed.map(|at| span.at(at));
        ledger.add(unit, "consultation", json!({"opened_on": span.at(opened), "closed_on": closed, "opinions": opinions, "topic": draft}));
    }
    for n in 0..12 {
        let unit = *random.pick(&standing());
        let from = span.at(n * 80);
        let replied = (n < 9).then(|| days::plus(from, 6));
        let door = ["mailbox", "message", "visit"][n % 3];
        ledger.add(
            unit.id,
            "mailbox",
            json!({"received_on": from, "replied_on": replied, "door": door}),
        );
        let body = ["npc", "cppcc"][n % 2];
        let replied = (n < 7).then(|| days::plus(from, 20));
        let topic = format!("关于改进{}的建议", random.pick(unit.topics));
        ledger.add(
            unit.id,
            "proposal",
            json!({"received_on": from, "replied_on": replied, "body": body, "topic": topic}),
        );
    }
    ledger.add(
        COUNTY,
        "training",
        json!({"held_on": span.at(420), "attendees": 46, "topic": "依申请公开办理"}),
    );
    ledger.add(
        "minzheng",
        "training",
        json!({"held_on": span.at(640), "attendees": 18, "topic": "公开属性认定"}),
    );
    ledger.add(
        "minzheng",
        "open-day",
        json!({"held_on": span.at(560), "attendees": 24, "topic": "走进社区养老"}),
    );
    ledger.add(
        COUNTY,
        "complaint",
        json!({"received_on": span.at(870), "topic": "反映某单位指南电话无人接听"}),
    );
    for (n, topic) in ["供暖开始时间", "公交线路调整", "学区划分"]
        .iter()
        .enumerate()
    {
        ledger.add(
            COUNTY,
            "concern",
            json!({"arisen_on": span.at(300 + n * 250), "topic": topic}),
        );
    }
    records.extend(ledger.finish());
    records
}
