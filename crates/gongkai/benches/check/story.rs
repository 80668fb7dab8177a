//! The text of a report: who, when, and sentences with figures that agree.

use crate::figures::Told;
use crate::random::Random;
use report::{Report, Section};
use statute::editions::Edition;

const FIRST: [&str; 20] = [
    "云", "青", "白", "金", "玉", "清", "丰", "宁", "永", "安", "康", "泰", "龙", "凤", "松", "柳",
    "枫", "兰", "桂", "梅",
];
const SECOND: [&str; 20] = [
    "岭", "川", "溪", "湖", "坪", "原", "阳", "河", "山", "峰", "泉", "洲", "塘", "湾", "谷", "城",
    "林", "台", "港", "桥",
];
const BUREAUS: [&str; 25] = [
    "民政局",
    "财政局",
    "教育局",
    "水利局",
    "司法局",
    "审计局",
    "统计局",
    "农业农村局",
    "自然资源局",
    "住房和城乡建设局",
    "交通运输局",
    "文化和旅游局",
    "卫生健康局",
    "应急管理局",
    "退役军人事务局",
    "市场监督管理局",
    "医疗保障局",
    "林业和草原局",
    "发展和改革局",
    "科学技术局",
    "人力资源和社会保障局",
    "生态环境局",
    "商务局",
    "城市管理局",
    "乡村振兴局",
];

/// The body that the n-th report is of: ten thousand of them.
pub fn body(n: u64) -> String {
    let at = |of: u64| usize::try_from(of).unwrap();
    let county = n / 25 % 400;
    format!(
        "{}{}县{}",
        FIRST[at(county / 20)],
        SECOND[at(county % 20)],
        BUREAUS[at(n % 25)]
    )
}

/// Words for sentences without figures: occasion, deed, object, purpose.
const OCCASIONS: [&str; 12] = [
    "每月初",
    "遇有群众来电时",
    "在年中调度会上",
    "按照年度要点",
    "围绕窗口建设",
    "结合驻村工作",
    "借助夜校课堂",
    "在集市开放日",
    "针对来信较多的栏目",
    "对照考核清单",
    "入汛之前",
    "秋收过后",
];
const DEEDS: [&str; 12] = [
    "专人核对",
    "分组走访",
    "逐页清点",
    "当场讲解",
    "集中修订",
    "重新编排",
    "轮流值守",
    "及时更换",
    "现场演示",
    "定期回访",
    "公开征集",
    "对口联系",
];
const OBJECTS: [&str; 14] = [
    "栏目的链接和附件",
    "办事窗口的示意图",
    "村口公告牌的内容",
    "补贴发放的名册",
    "旧文件的有效状态",
    "热线记录的归类",
    "图书室的查阅点",
    "惠民政策的问答页",
    "招标信息的索引",
    "乡镇联络员的名单",
    "工程进度的照片",
    "培训讲义的样稿",
    "来访登记的台账",
    "灌溉用水的轮次",
];
const PURPOSES: [&str; 12] = [
    "让老人也能看得懂",
    "使查找更加方便",
    "不让材料在途中耽搁",
    "便于各村相互对照",
    "减少重复跑腿",
    "让每一笔钱有处可查",
    "回应集中的疑问",
    "把经验写成样本",
    "防止过期内容误导",
    "方便夜间办理",
    "便于年底归档",
    "使答复前后一致",
];
const CHANNELS: [&str; 6] = [
    "门户网站",
    "微信公众号",
    "政务微博",
    "公告栏",
    "广播电视",
    "新闻发布会",
];
const THINGS: [&str; 6] = [
    "工作动态",
    "通知公告",
    "政策文件",
    "财政信息",
    "人事信息",
    "办事指南",
];
const MATTERS: [(&str, &str); 4] = [
    ("进驻", "进驻率"),
    ("上报", "上报率"),
    ("公开", "公开率"),
    ("整改", "整改率"),
];

/// About so many bytes of UTF-8 of running text; a whole report then has some ten thousand.
const LENGTH: usize = 6_000;

pub fn write(report: &mut Report, told: &Told, random: &mut Random) {
    let (Some(unit), Some(year)) = (report.unit.clone(), report.year) else {
        return;
    };
    report.sections.push(Section {
        level: 1,
        paragraphs: vec![format!(
            "{unit}依照《中华人民共和国政府信息公开条例》编写本报告。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。如有疑问，请与{unit}办公室联系（电话：0000-{:07}）。",
            random.between(1_000_000, 9_999_999)
        )],
        ..Section::default()
    });
    let first = if report.edition == Edition::Stats2014 || report.edition == Edition::Narrative {
        "概述"
    } else {
        "总体情况"
    };
    let chapter = |number: &str, heading: &str, level: u8, paragraphs: Vec<String>| Section {
        number: number.to_owned(),
        heading: heading.to_owned(),
        level,
        paragraphs,
    };
    report.sections.push(chapter("一", first, 1, vec![]));
    let mut length = 0;
    let mut paragraphs = Vec::new();
    let mut round = 0;
    while length < LENGTH {
        let mut paragraph = String::new();
        if round == 0 {
            paragraph = format!("{year}年，本机关收到政府信息公开申请{}件。", told.received);
        }
        for _ in 0..3 {
            paragraph.push_str(&plain(random));
            paragraph.push_str(&counted(random));
        }
        length += paragraph.len();
        paragraphs.push(paragraph);
        round += 1;
    }
    if let Some(last) = report.sections.last_mut() {
        last.paragraphs = paragraphs;
    }
    let (number, heading) = match report.edition {
        Edition::Narrative | Edition::Stats2014 => ("二", "存在的问题和改进措施"),
        Edition::Trial2019 | Edition::Format2021 => ("五", "存在的主要问题及改进情况"),
    };
    let more = vec![listed(random), plain(random)];
    report.sections.push(chapter(number, heading, 1, more));
    if matches!(report.edition, Edition::Trial2019 | Edition::Format2021) {
        let more = vec!["本年度没有需要报告的其他事项。".to_owned()];
        report
            .sections
            .push(chapter("六", "其他需要报告的事项", 1, more));
    }
}

fn plain(random: &mut Random) -> String {
    format!(
        "{}{}{}，{}；{}{}{}，{}。",
        random.pick(&OCCASIONS),
        random.pick(&DEEDS),
        random.pick(&OBJECTS),
        random.pick(&PURPOSES),
        random.pick(&OCCASIONS),
        random.pick(&DEEDS),
        random.pick(&OBJECTS),
        random.pick(&PURPOSES),
    )
}

/// A sentence whose figures agree.
fn counted(random: &mut Random) -> String {
    match random.between(0, 6) {
        0 => parts(random, &CHANNELS, "公开各类信息", "条"),
        1 => parts(random, &THINGS, "编发稿件", "篇"),
        2 => {
            let (verb, rate) = random.pick(&MATTERS);
            let whole = random.between(20, 900);
            let done = random.between(whole / 2, whole - 1);
            format!(
                "应{verb}事项{whole}项，已{verb}{done}项，{rate}{}%。",
                percent(done, whole)
            )
        }
        3 => {
            let whole = random.between(50, 900);
            let part = random.between(1, whole - 1);
            format!(
                "收到各类建议{whole}件，其中书面建议{part}件，占{}%。",
                percent(part, whole)
            )
        }
        4 => {
            let before = random.between(100, 900);
            let more = random.between(1, before);
            format!(
                "全年接听来电{}个，比上年的{before}个增加{more}个，增长{}%。",
                before + more,
                percent(more, before)
            )
        }
        5 => format!(
            "先后举办业务讲座{}期，{}人次参加。",
            random.between(2, 9),
            random.between(40, 400)
        ),
        _ => listed(random),
    }
}

fn parts(random: &mut Random, names: &[&str], what: &str, unit: &str) -> String {
    let count = random.between(3, names.len() as u64);
    let total = random.between(60, 4_000);
    let numbers = random.split(total, count);
    let list: Vec<String> = names
        .iter()
        .zip(numbers)
        .map(|(name, number)| format!("{name}{number}{unit}"))
        .collect();
    format!("全年{what}{total}{unit}，其中{}。", list.join("、"))
}

fn listed(random: &mut Random) -> String {
    format!(
        "着重抓了三个方面：一是{}，{}；二是{}，{}；三是{}，{}。",
        random.pick(&OBJECTS),
        random.pick(&PURPOSES),
        random.pick(&OBJECTS),
        random.pick(&PURPOSES),
        random.pick(&OBJECTS),
        random.pick(&PURPOSES),
    )
}

/// A share in hundredths of a percent, rounded half up.
fn percent(part: u64, whole: u64) -> String {
    let hundredths = (part * 20_000 / whole).div_ceil(2);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
