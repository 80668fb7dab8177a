//! The invented current year: documents in every stage, moved there by their people.

use super::days;
use super::live::{Queue, Task};
use super::random::Random;
use super::text::{self, Slots};
use super::units::{self, CIVIL_AFFAIRS, COUNTY, TOWNSHIP};
use office::documents::{Attribute, Kind, Verb};
use statute::Date;
use statute::calendar::Calendar;
use statute::channel::PublicationChannel as Channel;
use store::documents::Drafting;

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Draft,
    Returned,
    InReview,
    InSecrecyReview,
    AwaitingApproval,
    /// Published, or filed when its attribute is not proactive.
    Approved,
    /// Approved for a later day, in days.
    Ahead(i64),
    Withdrawn,
}

struct Paper {
    unit: &'static str,
    kind: Kind,
    title: &'static str,
    topic: &'static str,
    stage: Stage,
    /// Working days before today on which it was drafted.
    back: usize,
    attribute: Attribute,
    basis: Option<&'static str>,
    attached: bool,
    /// Place in the list of the paper it explains.
    explains: Option<usize>,
}

const fn paper(
    unit: &'static str,
    kind: Kind,
    title: &'static str,
    topic: &'static str,
    stage: Stage,
    back: usize,
) -> Paper {
    Paper {
        unit,
        kind,
        title,
        topic,
        stage,
        back,
        attribute: Attribute::Proactive,
        basis: None,
        attached: false,
        explains: None,
    }
}

const fn closed(
    unit: &'static str,
    title: &'static str,
    topic: &'static str,
    attribute: Attribute,
    basis: &'static str,
    back: usize,
) -> Paper {
    Paper {
        attribute,
        basis: Some(basis),
        ..paper(unit, Kind::Official, title, topic, Stage::Approved, back)
    }
}

const PAPERS: &[Paper] = &[
    Paper {
        attached: true,
        ..paper(
            CIVIL_AFFAIRS,
            Kind::Official,
            "关于印发《社区老年食堂运营补助方案》的通知",
            "养老服务设施建设",
            Stage::Approved,
            12,
        )
    },
    Paper {
        explains: Some(0),
        ..paper(
            CIVIL_AFFAIRS,
            Kind::Interpretation,
            "《社区老年食堂运营补助方案》政策解读",
            "养老服务设施建设",
            Stage::Approved,
            8,
        )
    },
    paper(
        CIVIL_AFFAIRS,
        Kind::Official,
        "关于提高特困人员照料护理标准的通知",
        "特困人员救助供养",
        Stage::Approved,
        7,
    ),
    Paper {
        explains: Some(2),
        ..paper(
            CIVIL_AFFAIRS,
            Kind::Interpretation,
            "特困人员照料护理标准调整问答",
            "特困人员救助供养",
            Stage::AwaitingApproval,
            3,
        )
    },
    Paper {
        attached: true,
        ..paper(
            CIVIL_AFFAIRS,
            Kind::Notice,
            "本季度城乡低保资金发放情况公示",
            "城乡低保动态管理",
            Stage::Approved,
            6,
        )
    },
    paper(
        CIVIL_AFFAIRS,
        Kind::News,
        "县民政局为高龄老人上门办理津贴认证",
        "高龄老人津贴发放",
        Stage::Approved,
        4,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Normative,
        "关于印发《临时救助备用金管理办法》的通知",
        "临时救助",
        Stage::Ahead(5),
        9,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Notice,
        "关于冬季流浪人员救助安排的公告",
        "临时救助",
        Stage::Ahead(3),
        5,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Notice,
        "关于社会组织年检时间安排的通知",
        "社会组织年检",
        Stage::AwaitingApproval,
        5,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::News,
        "县民政局开展殡葬服务收费检查",
        "殡葬服务收费",
        Stage::AwaitingApproval,
        4,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Official,
        "关于调整孤儿基本生活保障标准的通知",
        "孤儿基本生活保障",
        Stage::InSecrecyReview,
        5,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Notice,
        "本年度福利彩票公益金使用情况公告",
        "福利彩票公益金使用",
        Stage::InSecrecyReview,
        3,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Official,
        "关于规范地名标志设置的通知",
        "地名标志设置",
        Stage::InReview,
        3,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::News,
        "残疾人两项补贴实现异地申请",
        "残疾人两项补贴",
        Stage::InReview,
        2,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Guide,
        "高龄老人津贴办事指南（修订稿）",
        "高龄老人津贴发放",
        Stage::Returned,
        6,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Official,
        "关于开展养老服务质量评价的通知",
        "养老服务设施建设",
        Stage::Draft,
        2,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Notice,
        "关于婚姻登记处搬迁的公告",
        "婚姻登记服务",
        Stage::Draft,
        1,
    ),
    closed(
        CIVIL_AFFAIRS,
        "关于报送低保疑点数据核查明细的函",
        "城乡低保动态管理",
        Attribute::OnRequest,
        "涉及个人家庭经济信息，只对有关当事人提供（条例 §15）",
        10,
    ),
    closed(
        CIVIL_AFFAIRS,
        "关于内设股室人员分工的通知",
        "社区工作者招聘",
        Attribute::Withheld,
        "人事管理方面的内部事务信息（条例 §16）",
        11,
    ),
    paper(
        CIVIL_AFFAIRS,
        Kind::Notice,
        "关于救灾物资采购结果的公告",
        "救灾物资储备",
        Stage::Withdrawn,
        14,
    ),
    paper(
        TOWNSHIP,
        Kind::Notice,
        "花马池镇冬季取暖补助对象审核公示",
        "冬季取暖安全",
        Stage::Approved,
        5,
    ),
    paper(
        TOWNSHIP,
        Kind::News,
        "花马池镇把医保参保缴费点设到村口",
        "城乡居民医保参保缴费",
        Stage::InReview,
        2,
    ),
    paper(
        TOWNSHIP,
        Kind::Official,
        "关于做好森林草原防火值守的通知",
        "森林草原防火",
        Stage::InSecrecyReview,
        4,
    ),
    paper(
        TOWNSHIP,
        Kind::Notice,
        "花马池镇农村改厕补助资金公示",
        "农村改厕",
        Stage::Draft,
        1,
    ),
    closed(
        TOWNSHIP,
        "关于矛盾纠纷排查台账的报告",
        "矛盾纠纷排查",
        Attribute::OnRequest,
        "涉及个人隐私，有需要的当事人可以申请（条例 §15）",
        9,
    ),
    paper(
        COUNTY,
        Kind::Official,
        "关于印发年度重大行政决策事项目录的通知",
        "民生实事",
        Stage::Approved,
        6,
    ),
    paper(
        COUNTY,
        Kind::News,
        "县政府常务会议研究供暖保障等事项",
        "民生实事",
        Stage::Approved,
        4,
    ),
    paper(
        COUNTY,
        Kind::Normative,
        "关于印发《电动自行车停放充电管理办法》的通知",
        "安全生产",
        Stage::InSecrecyReview,
        5,
    ),
    closed(
        COUNTY,
        "关于县长办公会讨论事项的纪要",
        "值班值守",
        Attribute::Withheld,
        "讨论记录，属于过程性信息（条例 §16）",
        8,
    ),
];

/// What is done to bring every paper where it is.
pub fn tasks(seed: u64, calendar: &Calendar, today: Date) -> Queue {
    let mut random = Random::of(seed, "papers");
    let mut queue = Queue::new();
    let back = |n: usize| (0..n).fold(today, |day, _| calendar.previous(day));
    let mut numbers = std::collections::BTreeMap::new();
    for (place, paper) in PAPERS.iter().enumerate() {
        let form = form(place);
        let started = back(paper.back);
        let body = units::body(paper.unit);
        let slots = Slots::of(&mut random, body, started).about(paper.topic);
        let name = paper
            .explains
            .and_then(|at| PAPERS.get(at))
            .map_or("", |of| of.title);
        let slots = Slots {
            explains: name,
            ..slots
        };
        let numbered = matches!(paper.kind, Kind::Official | Kind::Normative);
        let number = numbered.then(|| {
            // Above those that came in by import.
            let n = numbers.entry(paper.unit).or_insert(200);
            *n += 1;
            format!("{}〔{}〕{n}号", body.series, started.year())
        });
        let drafting = Drafting {
            unit: paper.unit.to_owned(),
            kind: paper.kind,
            title: paper.title.to_owned(),
            number,
            written_on: started,
            attribute: paper.attribute,
            basis: paper.basis.map(str::to_owned),
            channels: vec![Channel::Website, Channel::Wechat],
            in_force_from: (paper.kind == Kind::Normative).then(|| days::plus(today, 45)),
            explains: paper.explains.map(self::form),
            body: text::body(&mut random, &slots, paper.kind),
        };
        queue.push((started, Task::Draft(Box::new(drafting), form.clone())));
        if paper.attached {
            let table = format!(
                "项目,户数,金额（万元）\n{},{},{}\n",
                paper.topic,
                random.between(40, 400),
                random.between(10, 90)
            );
            queue.push((
                started,
                Task::Attach(
                    form.clone(),
                    "附件：资金明细表.csv".to_owned(),
                    table.into_bytes(),
                ),
            ));
        }
        let mut at = started;
        for (verb, remark, publish_on) in way(paper.stage, today) {
            queue.push((at, Task::Move(form.clone(), verb, remark, publish_on)));
            at = if verb == Verb::Approve {
                back(1)
            } else {
                calendar.next(at).min(back(1))
            };
        }
    }
    queue
}

fn form(place: usize) -> String {
    format!("demo-paper-{}", place + 1)
}

/// The verbs that lead to a stage.
fn way(stage: Stage, today: Date) -> Vec<(Verb, &'static str, Option<Date>)> {
    let go = |verb| (verb, "", None);
    let whole = [Verb::Submit, Verb::Review, Verb::Clear, Verb::Approve];
    match stage {
        Stage::Draft => Vec::new(),
        Stage::Returned => vec![
            go(Verb::Submit),
            (Verb::Return, "所需材料一栏与清单不一致，请核对后重报", None),
        ],
        Stage::InReview => whole.into_iter().take(1).map(go).collect(),
        Stage::InSecrecyReview => whole.into_iter().take(2).map(go).collect(),
        Stage::AwaitingApproval => whole.into_iter().take(3).map(go).collect(),
        Stage::Approved => whole.into_iter().map(go).collect(),
        Stage::Ahead(ahead) => vec![
            go(Verb::Submit),
            go(Verb::Review),
            go(Verb::Clear),
            (Verb::Approve, "", Some(days::plus(today, ahead))),
        ],
        Stage::Withdrawn => whole
            .into_iter()
            .map(go)
            .chain([(Verb::Withdraw, "成交金额录入有误，更正后重新公布", None)])
            .collect(),
    }
}
