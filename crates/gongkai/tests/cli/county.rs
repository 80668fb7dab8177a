//! An invented county, small enough to count by hand. What each figure must be stands in
//! `reporting.rs`.

pub const LINES: &str = r#"
{"type":"unit","id":"u0","name":"青河县人民政府","kind":"government"}
{"type":"unit","id":"u1","name":"青河县民政局","kind":"department","parent":"u0"}
{"type":"unit","id":"u2","name":"柳树镇人民政府","kind":"township","parent":"u0"}
{"type":"document","id":"d1","unit":"u1","kind":"normative","title":"临时救助办法","number":"青民发〔2018〕3号","written_on":"2018-03-01","attribute":"proactive","published_on":"2018-03-05","channels":["website","wechat"],"body":"第一条 为规范临时救助,制定本办法。"}
{"type":"document","id":"d2","unit":"u1","kind":"notice","title":"关于婚姻登记的通知","written_on":"2018-05-02","attribute":"proactive","published_on":"2018-05-03","channels":["website","board"]}
{"type":"document","id":"d3","unit":"u2","kind":"news","title":"春耕动员","written_on":"2018-06-01","attribute":"proactive","published_on":"2018-06-01","channels":["weibo"]}
{"type":"document","id":"d4","unit":"u1","kind":"interpretation","title":"临时救助办法解读","written_on":"2018-03-06","attribute":"proactive","published_on":"2018-03-06","channels":["website"],"explains":"d1"}
{"type":"document","id":"d5","unit":"u1","kind":"normative","title":"内部核算口径","written_on":"2018-07-01","attribute":"on-request","basis":"条例 §16"}
{"type":"document","id":"d6","unit":"u0","kind":"notice","title":"元旦值班通知","written_on":"2017-12-29","attribute":"proactive","published_on":"2018-01-02","channels":["gazette","website"]}
{"type":"document","id":"d7","unit":"u1","kind":"normative","title":"养老服务规定","written_on":"2020-02-03","attribute":"proactive","published_on":"2020-02-10","channels":["website"],"repealed_on":"2021-06-30"}
{"type":"document","id":"d8","unit":"u1","kind":"normative","title":"殡葬管理规定","written_on":"2021-03-01","attribute":"proactive","published_on":"2021-03-02","channels":["website"]}
{"type":"request","id":"r1","unit":"u1","applicant":"natural","subject":"低保金额","channel":"online","events":[{"on":"2018-03-01","event":"received"},{"on":"2018-03-15","event":"replied","outcome":"C3.2"}]}
{"type":"request","id":"r2","unit":"u2","applicant":"business","subject":"道路合同","channel":"counter","events":[{"on":"2018-04-02","event":"received"},{"on":"2018-04-10","event":"extended","days":15},{"on":"2018-05-10","event":"replied","outcome":"C3.4c"}]}
{"type":"request","id":"r3","unit":"u1","applicant":"natural","subject":"救助名额","channel":"registered-mail","events":[{"on":"2018-12-20","event":"received"},{"on":"2019-01-10","event":"replied","outcome":"unable.not_held"}]}
{"type":"request","id":"r4","unit":"u1","applicant":"natural","subject":"养老床位","channel":"online","events":[{"on":"2020-11-30","event":"received"},{"on":"2020-12-10","event":"replied","outcome":"granted"}]}
{"type":"request","id":"r5","unit":"u2","applicant":"legal","subject":"会议记录","channel":"email","events":[{"on":"2020-12-25","event":"received"},{"on":"2021-01-15","event":"replied","outcome":"deny.process"}]}
{"type":"request","id":"r6","unit":"u1","applicant":"natural","subject":"殡葬价格","channel":"counter","events":[{"on":"2021-03-01","event":"received"},{"on":"2021-03-19","event":"replied","outcome":"partial"}]}
{"type":"case","id":"k1","request":"r2","track":"review","filed_on":"2018-06-01","closed_on":"2018-07-20","result":"upheld"}
{"type":"case","id":"k2","request":"r6","track":"lit_direct","filed_on":"2021-06-01"}
{"type":"decision","id":"x1","unit":"u1","kind":"license","decided_on":"2020-05-06"}
{"type":"decision","id":"x2","unit":"u1","kind":"license","decided_on":"2021-05-06"}
{"type":"decision","id":"x3","unit":"u1","kind":"penalty","decided_on":"2021-06-07"}
{"type":"decision","id":"x4","unit":"u2","kind":"penalty","decided_on":"2021-12-31"}
{"type":"fee-income","unit":"u1","year":2021,"fen":970000}
{"type":"entry","id":"e1","unit":"u0","register":"training","fields":{"held_on":"2018-04-02","attendees":51}}
{"type":"entry","id":"e2","unit":"u1","register":"training","fields":{"held_on":"2018-09-10","attendees":30}}
{"type":"entry","id":"e3","unit":"u0","register":"budget","fields":{"allotted_on":"2018-01-15","fen":1234500}}
{"type":"entry","id":"e4","unit":"u0","register":"reading-point","fields":{"opened_on":"2016-01-01","place":"政务大厅"}}
{"type":"entry","id":"e5","unit":"u0","register":"staff","fields":{"from_on":"2015-01-01","post":"full-time"}}
{"type":"entry","id":"e6","unit":"u1","register":"staff","fields":{"from_on":"2017-01-01","until_on":"2018-06-30","post":"part-time"}}
{"type":"entry","id":"e7","unit":"u1","register":"power-item","fields":{"added_on":"2019-01-01","kind":"license","name":"社会团体登记"}}
{"type":"entry","id":"e8","unit":"u1","register":"power-item","fields":{"added_on":"2020-05-01","kind":"license","name":"养老机构备案"}}
"#;

/// How many records there are.
pub fn count() -> usize {
    LINES.lines().filter(|line| !line.is_empty()).count()
}

/// The line of this id, with its number in [`LINES`], from 1.
pub fn line(id: &str) -> (usize, &'static str) {
    let found = LINES
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains(&format!("\"id\":\"{id}\"")));
    let (at, line) = found.unwrap();
    (at + 1, line)
}
