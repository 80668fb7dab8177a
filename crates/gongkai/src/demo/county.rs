//! 盐池县 2018: documents whose count is the county's published table.
//!
//! Each document goes out on exactly one channel. The printed table gives 16084 items over channels
//! that sum to 16078; the parts are kept, and the total is what the parts allow.

use super::annex::{
    CONSULTATIONS, COUNTY_OFFICIAL, EXECUTIVE_MEETINGS, EXPLAINED, FIELDS, GAZETTE,
    INSPECTION_ISSUES, NORMATIVE, OTHER_OFFICIAL, OTHERS, RULES, WEBSITE, WECHAT, WEIBO,
};
use super::days::Days;
use super::random::Random;
use super::text::{self, Manner, Slots, Titles};
use super::units::{self, Body, COUNTY};
use office::documents::{Attribute, Kind};
use office::records::DocumentRecord;
use office::units::UnitKind;
use statute::Date;
use statute::calendar::Calendar;
use statute::channel::PublicationChannel as Channel;

/// The year.
pub const YEAR: i16 = 2018;

struct Maker {
    random: Random,
    titles: Titles,
    days: Days,
    documents: Vec<DocumentRecord>,
    weights: Vec<&'static Body>,
}

/// Every document of the county of 2018: 16078 public, and the official documents that were not
/// made public, filed with their reason.
pub fn documents(seed: u64, calendar: &Calendar) -> Vec<DocumentRecord> {
    let weights = units::county()
        .flat_map(|body| std::iter::repeat_n(body, body.weight))
        .collect();
    let mut maker = Maker {
        random: Random::of(seed, "county-2018"),
        titles: Titles::default(),
        days: Days::of_year(calendar, YEAR),
        documents: Vec::with_capacity(23_000),
        weights,
    };
    maker.rules();
    maker.normative_and_explained();
    maker.officials();
    maker.consultations_and_series();
    maker.key_fields();
    maker.fill_website();
    maker.elsewhere();
    maker.finish()
}

impl Maker {
    fn any_unit(&mut self) -> &'static Body {
        let place = self.random.below(self.weights.len());
        self.weights[place]
    }

    fn push(
        &mut self,
        body: &Body,
        kind: Kind,
        title: String,
        text: String,
        days: (Date, Date),
        channel: Option<Channel>,
    ) {
        let (published, written) = days;
        self.documents.push(DocumentRecord {
            // Filled in at the end, in order of date.
            id: String::new(),
            unit: body.id.to_owned(),
            kind,
            title,
            number: None,
            written_on: written,
            attribute: Attribute::Proactive,
            basis: None,
            published_on: channel.map(|_| published),
            channels: channel.into_iter().collect(),
            in_force_from: None,
            repealed_on: None,
            explains: None,
            body: text,
        });
    }

    /// A document with a title of its own, on the website.
    fn special(
        &mut self,
        body: &'static Body,
        kind: Kind,
        title: &str,
        topic: &'static str,
        days: (Date, Date),
    ) {
        let slots = Slots::of(&mut self.random, body, days.1).about(topic);
        let title = self.titles.numbered(body, title);
        let text = text::body(&mut self.random, &slots, kind);
        self.push(body, kind, title, text, days, Some(Channel::Website));
    }

    /// A document with a title from the patterns of its kind.
    fn usual(
        &mut self,
        body: &'static Body,
        kind: Kind,
        topic: Option<&'static str>,
        manner: Manner,
        channel: Channel,
    ) {
        let lag = if kind == Kind::Official { 12 } else { 4 };
        let days = self.days.pair(&mut self.random, lag);
        let mut slots = Slots::of(&mut self.random, body, days.1);
        if let Some(topic) = topic {
            slots = slots.about(topic);
        }
        let title = self.titles.make(&mut self.random, &slots, kind, manner);
        let text = text::body(&mut self.random, &slots, kind);
        self.push(body, kind, title, text, days, Some(channel));
    }

    fn rules(&mut self) {
        let county = units::body(COUNTY);
        for (place, title) in RULES.iter().enumerate() {
            let on = self.days.at(30 + place);
            self.special(county, Kind::Other, title, "政务公开", (on, on));
            if let Some(document) = self.documents.last_mut() {
                document.id = rule_id(place);
            }
        }
    }

    fn normative_and_explained(&mut self) {
        let county = units::body(COUNTY);
        let both = NORMATIVE
            .iter()
            .map(|of| (Kind::Normative, of))
            .chain(EXPLAINED.iter().map(|of| (Kind::Official, of)));
        for (place, (kind, (name, topic))) in both.enumerate() {
            let at = 80 + place * 70;
            let (written, published) = (self.days.at(at), self.days.at(at + 20));
            let title = format!("关于印发《{name}》的通知");
            self.special(county, kind, &title, topic, (published, written));
            let id = format!("y18-policy-{}", place + 1);
            if let Some(document) = self.documents.last_mut() {
                document.id.clone_from(&id);
                if kind == Kind::Normative {
                    // 规范性文件 take effect some weeks after they are made public.
                    document.in_force_from = Some(super::days::plus(published, 30));
                }
            }
            let on = self.days.at(at + 25);
            let slots = Slots {
                explains: name,
                ..Slots::of(&mut self.random, county, on).about(topic)
            };
            let title = self.titles.make(
                &mut self.random,
                &slots,
                Kind::Interpretation,
                Manner::Written,
            );
            let text = text::body(&mut self.random, &slots, Kind::Interpretation);
            self.push(
                county,
                Kind::Interpretation,
                title,
                text,
                (on, on),
                Some(Channel::Website),
            );
            if let Some(document) = self.documents.last_mut() {
                document.explains = Some(id);
            }
        }
    }

    /// 公文: those made public (a few in the gazette, the rest on the website), and those filed.
    fn officials(&mut self) {
        let county = units::body(COUNTY);
        let made = NORMATIVE.len() + EXPLAINED.len();
        for n in made..COUNTY_OFFICIAL.1 {
            let channel = if n < made + GAZETTE {
                Channel::Gazette
            } else {
                Channel::Website
            };
            self.usual(county, Kind::Official, None, Manner::Written, channel);
        }
        for _ in 0..OTHER_OFFICIAL.1 {
            let body = self.other_unit();
            self.usual(
                body,
                Kind::Official,
                None,
                Manner::Written,
                Channel::Website,
            );
        }
        for _ in COUNTY_OFFICIAL.1..COUNTY_OFFICIAL.0 {
            self.filed(county);
        }
        for _ in OTHER_OFFICIAL.1..OTHER_OFFICIAL.0 {
            let body = self.other_unit();
            self.filed(body);
        }
    }

    fn other_unit(&mut self) -> &'static Body {
        loop {
            let body = self.any_unit();
            if body.id != COUNTY {
                return body;
            }
        }
    }

    /// An official document that was not made public: only its place in the list and the reason.
    fn filed(&mut self, body: &'static Body) {
        let days = self.days.pair(&mut self.random, 0);
        let slots = Slots::of(&mut self.random, body, days.1);
        let title = self
            .titles
            .make(&mut self.random, &slots, Kind::Official, Manner::Written);
        let pattern = self.random.pick(super::phrases::FILED);
        let text = slots.fill(&mut self.random, pattern);
        let withheld = self.random.percent(30);
        self.push(body, Kind::Official, title, text, days, None);
        if let Some(document) = self.documents.last_mut() {
            (document.attribute, document.basis) = if withheld {
                (
                    Attribute::Withheld,
                    Some("过程性信息，尚在讨论研究之中".to_owned()),
                )
            } else {
                (
                    Attribute::OnRequest,
                    Some("只涉及特定单位的办理事项，有需要的可以申请公开".to_owned()),
                )
            };
        }
    }

    fn consultations_and_series(&mut self) {
        for (place, (unit, draft, _)) in CONSULTATIONS.iter().enumerate() {
            let body = units::body(unit);
            let on = self.days.at(60 + place * 60);
            self.special(
                body,
                Kind::Notice,
                &format!("关于公开征求《{draft}（征求意见稿）》意见的公告"),
                body.topics[0],
                (on, on),
            );
        }
        let county = units::body(COUNTY);
        for n in 0..EXECUTIVE_MEETINGS {
            let on = self.days.at(40 + n * 62);
            let topic = county.topics[n % county.topics.len()];
            self.special(
                county,
                Kind::News,
                &format!("县政府第{}次常务会议研究{topic}等事项", n + 12),
                topic,
                (on, on),
            );
        }
        for n in 0..INSPECTION_ISSUES {
            let on = self.days.at(90 + n * 95);
            let body = units::body("shichang");
            self.special(
                body,
                Kind::Notice,
                &format!("{YEAR}年第{}期双随机抽查结果公示", n + 1),
                "双随机抽查",
                (on, on),
            );
        }
    }

    fn key_fields(&mut self) {
        for (from, kind, count, topics) in FIELDS {
            for _ in 0..*count {
                let body = match from {
                    [] => self.any_unit(),
                    from => units::body(self.random.pick::<&str>(from)),
                };
                let topic = *self.random.pick(topics);
                self.usual(body, *kind, Some(topic), Manner::Written, Channel::Website);
            }
        }
    }

    /// What is still missing on the website: news, notices, service guides.
    fn fill_website(&mut self) {
        let there = self
            .documents
            .iter()
            .filter(|d| d.channels.contains(&Channel::Website))
            .count();
        for _ in there..WEBSITE {
            let body = self.any_unit();
            let kind = *self.random.pick(&[
                Kind::News,
                Kind::News,
                Kind::News,
                Kind::Notice,
                Kind::Notice,
                Kind::Guide,
            ]);
            self.usual(body, kind, None, Manner::Written, Channel::Website);
        }
    }

    fn elsewhere(&mut self) {
        for _ in 0..WEIBO {
            let body = self.any_unit();
            self.usual(body, Kind::News, None, Manner::Social, Channel::Weibo);
        }
        for _ in 0..WECHAT {
            let body = self.any_unit();
            self.usual(body, Kind::News, None, Manner::Social, Channel::Wechat);
        }
        for (channel, count, manner) in OTHERS {
            for _ in 0..*count {
                let body = self.poster(*channel);
                let kind = if *manner == Manner::Posted {
                    Kind::Notice
                } else {
                    Kind::News
                };
                self.usual(body, kind, None, *manner, *channel);
            }
        }
    }

    /// Boards hang in townships and the subdistrict, what is broadcast comes from the media centre.
    fn poster(&mut self, channel: Channel) -> &'static Body {
        let fits = |body: &Body| match channel {
            Channel::Board | Channel::Group => {
                matches!(body.kind, UnitKind::Township | UnitKind::Subdistrict)
            }
            _ => true,
        };
        if matches!(channel, Channel::Broadcast | Channel::Press) && self.random.percent(50) {
            return units::body("rongmei");
        }
        loop {
            let body = self.any_unit();
            if fits(body) {
                return body;
            }
        }
    }

    /// Ids in order of date, and 文号 in the order in which each unit wrote.
    fn finish(mut self) -> Vec<DocumentRecord> {
        self.documents.sort_by(|a, b| {
            (a.written_on, &a.unit, &a.title).cmp(&(b.written_on, &b.unit, &b.title))
        });
        number(&mut self.documents);
        for (place, document) in self.documents.iter_mut().enumerate() {
            if document.id.is_empty() {
                document.id = format!("y18-{:05}", place + 1);
            }
        }
        self.documents
    }
}

/// Gives every official document of a sorted list its 文号: series of the unit, year, number.
pub fn number(documents: &mut [DocumentRecord]) {
    let mut next: std::collections::BTreeMap<(String, i16), usize> =
        std::collections::BTreeMap::new();
    for document in documents {
        if matches!(document.kind, Kind::Official | Kind::Normative) {
            let year = document.written_on.year();
            let n = next.entry((document.unit.clone(), year)).or_insert(0);
            *n += 1;
            document.number = Some(format!(
                "{}〔{year}〕{n}号",
                units::body(&document.unit).series
            ));
        }
    }
}

/// Id of one of the county's rules on disclosure.
fn rule_id(place: usize) -> String {
    format!("y18-rule-{}", place + 1)
}

/// Ids of the county's rules on disclosure.
pub fn rule_ids() -> Vec<String> {
    (0..RULES.len()).map(rule_id).collect()
}
