//! Titles and texts of the demo's documents, put together from [`super::phrases`].

use super::phrases as ph;
use super::random::Random;
use super::units::{self, Body};
use office::documents::Kind;
use office::units::UnitKind;
use statute::Date;
use std::collections::HashSet;

/// Length of a public text in characters, at least.
pub const BODY_LEAST: usize = 200;
/// Paragraphs of a text, at most.
const PARAGRAPHS: usize = 6;

/// What the slots of a pattern are filled with.
#[derive(Debug, Clone)]
pub struct Slots<'a> {
    /// Unit.
    pub body: &'a Body,
    /// Topic.
    pub topic: &'a str,
    /// Place.
    pub place: String,
    /// Day of the document.
    pub on: Date,
    /// Title of the document that is explained.
    pub explains: &'a str,
}

impl<'a> Slots<'a> {
    /// Slots of a document of a unit about a topic of its own.
    pub fn of(random: &mut Random, body: &'a Body, on: Date) -> Slots<'a> {
        let topic = random.pick(body.topics);
        Slots {
            body,
            topic,
            place: place(random, body),
            on,
            explains: "",
        }
    }

    /// The same about another topic.
    pub fn about(self, topic: &'a str) -> Slots<'a> {
        Slots { topic, ..self }
    }

    /// The pattern with its slots filled; a slot nobody knows stays as it stands, so that it shows.
    pub fn fill(&self, random: &mut Random, pattern: &str) -> String {
        let mut out = String::with_capacity(pattern.len() * 2);
        let mut rest = pattern;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            let slot = &rest[at..];
            let end = slot.find('}').map_or(slot.len(), |end| end + 1);
            match &slot[..end] {
                "{u}" => out.push_str(self.body.short),
                "{t}" => out.push_str(self.topic),
                "{p}" => out.push_str(&self.place),
                "{y}" => out.push_str(&self.on.year().to_string()),
                "{m}" => out.push_str(&format!("{}月", self.on.month())),
                "{d}" => out.push_str(&format!("{}月{}日", self.on.month(), self.on.day())),
                "{q}" => out.push_str(&random.between(1, 12).to_string()),
                "{n}" => out.push_str(&random.between(12, 480).to_string()),
                "{s}" => out.push_str(&random.between(2, 9).to_string()),
                "{c}" => {
                    let area = if self.body.id == units::CITY_BUREAU {
                        "0955"
                    } else {
                        "0953"
                    };
                    out.push_str(&format!("{area}-0000{:03}", random.below(1000)));
                }
                "{x}" => out.push_str(self.explains),
                other => out.push_str(other),
            }
            rest = &slot[end..];
        }
        out.push_str(rest);
        out
    }
}

/// A place that a unit writes about: its own villages, or a township for a bureau.
fn place(random: &mut Random, body: &Body) -> String {
    let village = |random: &mut Random| {
        format!(
            "{}{}村",
            random.pick(ph::VILLAGE_FIRST),
            random.pick(ph::VILLAGE_SECOND)
        )
    };
    match body.kind {
        UnitKind::Township => village(random),
        UnitKind::Subdistrict => {
            format!(
                "{}{}社区",
                random.pick(ph::VILLAGE_FIRST),
                random.pick(&["关", "苑", "湖", "街", "园", "坊"])
            )
        }
        _ if body.id == units::CITY_BUREAU => {
            (*random.pick(&["沙坡头区", "中宁县", "海原县", "全市", "市区"])).to_owned()
        }
        _ if random.percent(50) => random.pick(units::TOWNSHIPS).short.to_owned(),
        _ => {
            let town = random.pick(units::TOWNSHIPS).short;
            format!("{town}{}", village(random))
        }
    }
}

/// What a text is for; decides its titles and how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// On the website or in the gazette, by kind.
    Written,
    /// On a board, a screen, in the air.
    Posted,
    /// On Weibo or WeChat.
    Social,
}

fn titles(kind: Kind, manner: Manner) -> &'static [&'static str] {
    match (manner, kind) {
        (Manner::Posted, _) => ph::POSTED,
        (Manner::Social, _) => ph::SOCIAL,
        (_, Kind::Official | Kind::Normative | Kind::Rule) => ph::OFFICIAL,
        (_, Kind::Interpretation) => ph::INTERPRETATION,
        (_, Kind::Notice) => ph::NOTICE,
        (_, Kind::News) => ph::NEWS,
        (_, Kind::Budget) => ph::BUDGET,
        (_, Kind::Guide) => ph::GUIDE,
        (_, Kind::Other) => ph::OTHER,
    }
}

/// Titles that were given out, so that no unit has the same one twice.
#[derive(Debug, Default)]
pub struct Titles(HashSet<(String, String)>);

impl Titles {
    /// A new title for a document.
    pub fn make(
        &mut self,
        random: &mut Random,
        slots: &Slots,
        kind: Kind,
        manner: Manner,
    ) -> String {
        let patterns = titles(kind, manner);
        let mut title = String::new();
        for _ in 0..12 {
            let pattern = random.pick(patterns);
            title = slots.fill(random, pattern);
            if self.take(slots.body, &title) {
                return title;
            }
        }
        self.numbered(slots.body, &title)
    }

    /// This title, or with a number behind it when it was given out before.
    pub fn numbered(&mut self, body: &Body, title: &str) -> String {
        if self.take(body, title) {
            return title.to_owned();
        }
        (2..)
            .map(|n| format!("{title}（之{n}）"))
            .find(|title| self.take(body, title))
            .unwrap_or_default()
    }

    fn take(&mut self, body: &Body, title: &str) -> bool {
        self.0.insert((body.id.to_owned(), title.to_owned()))
    }
}

/// A text of two to six paragraphs.
pub fn body(random: &mut Random, slots: &Slots, kind: Kind) -> String {
    let opening = match kind {
        Kind::Official | Kind::Normative | Kind::Rule => ph::OPEN_OFFICIAL,
        Kind::Notice | Kind::Guide => ph::OPEN_NOTICE,
        Kind::News => ph::OPEN_NEWS,
        Kind::Interpretation => ph::OPEN_INTERPRETATION,
        Kind::Budget | Kind::Other => ph::OPEN_TABLE,
    };
    let first = random.pick(opening);
    let mut paragraphs = vec![slots.fill(random, first)];
    if kind == Kind::Interpretation {
        let count = random.between(3, 4);
        paragraphs.extend(sentences(random, slots, ph::ANSWERS, count));
        paragraphs.extend(sentences(random, slots, ph::NEXT, 1));
    } else {
        paragraphs.extend(middle_and_end(random, slots, kind));
    }
    // Too short: sentences that this text does not have yet, until it is long enough.
    let mut length: usize = paragraphs
        .iter()
        .map(|paragraph| paragraph.chars().count())
        .sum();
    for more in sentences(random, slots, ph::MORE, ph::MORE.len()) {
        if length >= BODY_LEAST {
            break;
        }
        length += more.chars().count();
        paragraphs.insert(1, more);
    }
    while paragraphs.len() > PARAGRAPHS {
        let second = paragraphs.remove(2);
        paragraphs[1].push_str(&second);
    }
    if matches!(kind, Kind::Official | Kind::Normative) {
        number(&mut paragraphs);
    }
    paragraphs.join("\n")
}

/// What was done, in figures, and what comes next: every paragraph after the first.
fn middle_and_end(random: &mut Random, slots: &Slots, kind: Kind) -> Vec<String> {
    // One in eight is long.
    let parts = if random.percent(12) {
        random.between(4, 6)
    } else {
        random.between(1, 3)
    };
    let doing = sentences(random, slots, ph::DOING, parts * 2 + 1);
    let mut paragraphs: Vec<String> = doing
        .chunks(if parts == 1 { 3 } else { 2 })
        .map(<[String]>::concat)
        .collect();
    let count = random.between(1, 3);
    paragraphs.push(sentences(random, slots, ph::FIGURES, count).concat());
    let official = matches!(kind, Kind::Official | Kind::Normative);
    let closing = if official {
        ph::NEXT_OFFICIAL
    } else {
        ph::NEXT
    };
    let count = random.between(1, 2);
    paragraphs.push(sentences(random, slots, closing, count).concat());
    paragraphs
}

/// Heads the middle paragraphs of an official document with 一、二、三.
fn number(paragraphs: &mut [String]) {
    let last = paragraphs.len().saturating_sub(1);
    let middle = paragraphs.iter_mut().take(last).skip(1);
    for (mark, paragraph) in ["一、", "二、", "三、", "四、", "五、"].iter().zip(middle) {
        paragraph.insert_str(0, mark);
    }
}

/// Different sentences of a pool, filled.
fn sentences(random: &mut Random, slots: &Slots, pool: &[&str], count: usize) -> Vec<String> {
    let mut order: Vec<usize> = (0..pool.len()).collect();
    random.shuffle(&mut order);
    order
        .iter()
        .take(count)
        .map(|i| slots.fill(random, pool[*i]))
        .collect()
}
