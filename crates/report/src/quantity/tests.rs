use super::*;

fn shown(text: &str) -> String {
    let normal = crate::prose::normalise(text);
    let found = scan(&normal.text);
    let quantities = found.quantities.iter().map(|q| {
        let bound = match q.bound {
            Bound::Exact => "",
            Bound::AtLeast => "+",
            Bound::AtMost => "-",
            Bound::About => "~",
        };
        format!(
            "{bound}{}{}",
            q.figure(),
            normal.text.get(q.unit.clone()).unwrap()
        )
    });
    let dates = found.dates.iter().map(|d| {
        let part = |part: Option<i16>| part.map_or("?".to_owned(), |part| part.to_string());
        format!(
            "[{}/{}/{}{}]",
            part(d.year),
            part(d.month.map(i16::from)),
            part(d.day.map(i16::from)),
            if d.damaged { "!" } else { "" }
        )
    });
    quantities.chain(dates).collect::<Vec<_>>().join(" ")
}

#[test]
fn quantities_and_dates() {
    let check = |text: &str, expect: &str| assert_eq!(shown(text), expect, "{text}");
    check("全年公开信息１，２３４ 条，其中通知38条", "1234条 38条");
    check(
        "近720条，103余条，18万余条，200多场，约3千份",
        "-720条 +103条 +180000条 +200场 ~3000份",
    );
    check(
        "占35.4%，提高2.1个百分点，百分之八十",
        "35.4% 2.1个百分点 80",
    );
    check("经费2.21万元，收费2950元", "22100元 2950元");
    check("2018年1月1日至12月31日", "[2018/1/1] [?/12/31]");
    check("自2020年1月1日至202020年12月31日", "[2020/1/1] [?/12/31!]");
    check("宁政办发〔2018〕61号，国令第711号", "");
    check("电话：0953-6019533，邮编：751500", "");
    check("开通了“12345”热线，拨打12345热线", "");
    check("五个方面，6大领域，八类信息，三条", "5个方面 6大 8类 3条");
    check(
        "十九大精神，三公经费，一次性，一是强化，“五公开”，一件事",
        "",
    );
    check("第三十三条，第3期", "");
    check("《2021年第3号通告》共2件", "2件");
    check("部门动态402，其他248条", "402 248条");
}
