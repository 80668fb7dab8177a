//! An invented county as JSON Lines, for measuring `gongkai import`: same seed, same bytes.

use serde_json::{Value, json};
use std::io::Write;

/// How much is made.
pub struct Size {
    pub documents: u32,
    pub requests: u32,
}

const BUREAUS: [&str; 10] = [
    "民政局",
    "教育局",
    "财政局",
    "水务局",
    "林业局",
    "统计局",
    "卫生健康局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
];

const SENTENCES: [&str; 12] = [
    "本通知自印发之日起施行。",
    "各单位应当于每月五日前报送上月情况。",
    "名单在公示栏张贴七个工作日，期间可以提出异议。",
    "所需经费在年度预算内安排。",
    "办理时限以窗口出具的凭证为准。",
    "材料不全的，一次告知需要补正的内容。",
    "补助标准按照登记的人数逐户计算。",
    "汛期值班安排另行通知。",
    "项目完工后三个月内组织验收。",
    "联系电话在工作日上班时间接听。",
    "统计口径与上一年度相同。",
    "对已经失效的文件，不再作为办事依据。",
];

/// A small generator of numbers with a fixed seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.roll(from.len())).copied().unwrap_or("")
    }
}

/// Writes the county and gives the number of lines.
pub fn write(out: &mut impl Write, size: &Size) -> std::io::Result<u64> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut lines = 0;
    let mut line = |value: Value| {
        lines += 1;
        writeln!(out, "{value}")
    };
    line(json!({"type": "unit", "id": "u0", "name": "青石县人民政府", "kind": "government"}))?;
    for (number, bureau) in BUREAUS.iter().enumerate() {
        line(json!({
            "type": "unit", "id": format!("u{}", number + 1), "name": format!("青石县{bureau}"),
            "kind": "department", "parent": "u0",
        }))?;
    }
    for number in 1..=size.documents {
        line(document(number, &mut dice))?;
    }
    for number in 1..=size.requests {
        line(request(number, &mut dice))?;
    }
    Ok(lines)
}

fn document(number: u32, dice: &mut Dice) -> Value {
    let unit = dice.roll(BUREAUS.len());
    let bureau = BUREAUS.get(unit).copied().unwrap_or("");
    let written = day(dice);
    let kind = dice.pick(&[
        "official",
        "notice",
        "notice",
        "news",
        "normative",
        "budget",
        "guide",
    ]);
    // From a short notice of 200 bytes to a long rule of 20 kB; most are short.
    let sentences = 3 + dice.roll(20) * dice.roll(20);
    let body: Vec<&str> = (0..sentences).map(|_| dice.pick(&SENTENCES)).collect();
    let body: Vec<String> = body.chunks(4).map(<[&str]>::concat).collect();
    let mut value = json!({
        "type": "document", "id": format!("d{number}"), "unit": format!("u{}", unit + 1),
        "kind": kind, "title": format!("关于{bureau}第 {number} 号事项的通知"),
        "number": format!("青{bureau}发〔2021〕{number}号"), "written_on": written,
        "body": body.join("\n"),
    });
    if number.is_multiple_of(20) {
        value["attribute"] = json!("on-request");
        value["basis"] = json!("条例第十六条");
    } else {
        value["attribute"] = json!("proactive");
        value["published_on"] = json!(written);
        value["channels"] = json!(["website", "wechat"]);
    }
    value
}

fn request(number: u32, dice: &mut Dice) -> Value {
    let month = 1 + dice.roll(11);
    let received = format!("2021-{month:02}-{:02}", 1 + dice.roll(14));
    let replied = format!("2021-{month:02}-{:02}", 15 + dice.roll(12));
    let outcome = dice.pick(&[
        "granted",
        "granted",
        "granted",
        "partial",
        "deny.third_party",
    ]);
    json!({
        "type": "request", "id": format!("r{number}"),
        "unit": format!("u{}", 1 + dice.roll(BUREAUS.len())),
        "number": format!("2021-{number:05}"),
        "applicant": dice.pick(&["natural", "natural", "natural", "business", "legal"]),
        "subject": format!("第 {number} 号事项的办理结果"), "channel": "counter",
        "events": [
            {"on": received, "event": "received"},
            {"on": replied, "event": "replied", "outcome": outcome},
        ],
    })
}

fn day(dice: &mut Dice) -> String {
    format!("2021-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28))
}

#[cfg(test)]
mod tests {
    use super::{Size, write};

    #[test]
    fn the_county_is_the_same_each_time_and_each_line_is_json() {
        let make = || {
            let mut out = Vec::new();
            let lines = write(
                &mut out,
                &Size {
                    documents: 50,
                    requests: 20,
                },
            )
            .unwrap();
            (lines, String::from_utf8(out).unwrap())
        };
        let (lines, text) = make();
        assert_eq!(make().1, text);
        assert_eq!((lines, text.lines().count()), (81, 81));
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(
                value["type"].is_string() && value["id"].is_string(),
                "{line}"
            );
        }
    }
}
