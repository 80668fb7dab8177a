//! What the report of 盐池县 for 2018 says, as data: how many documents went out on which channel,
//! how many official documents were made, which key fields they belong to. The figures are the
//! report's, the titles ours.

use super::text::Manner;
use office::documents::Kind;
use statute::channel::PublicationChannel as Channel;

/// 政府公报.
pub const GAZETTE: usize = 17;
/// 政府网站.
pub const WEBSITE: usize = 5701;
/// 其他方式, by channel; they sum to 8260.
pub const OTHERS: &[(Channel, usize, Manner)] = &[
    (Channel::Board, 2460, Manner::Posted),
    (Channel::Led, 2100, Manner::Posted),
    (Channel::Broadcast, 1230, Manner::Posted),
    (Channel::Press, 980, Manner::Written),
    (Channel::App, 845, Manner::Social),
    (Channel::Sms, 245, Manner::Posted),
    (Channel::Group, 200, Manner::Posted),
    (Channel::Other, 200, Manner::Posted),
];
/// 政务微博.
pub const WEIBO: usize = 230;
/// 政务微信.
pub const WECHAT: usize = 1870;

/// 县政府及政府办公室制发公文, and how many of them were marked public.
pub const COUNTY_OFFICIAL: (usize, usize) = (314, 215);
/// 各乡镇、各部门制发公文, and how many of them were marked public.
pub const OTHER_OFFICIAL: (usize, usize) = (8320, 1886);

/// The six normative documents of the year: unit is the county government.
pub const NORMATIVE: &[(&str, &str)] = &[
    ("盐池县住宅小区物业服务管理办法", "物业服务监管"),
    ("盐池县草原禁牧休牧管护办法", "草原禁牧管护"),
    ("盐池县农村饮用水工程运行管护办法", "农村饮水安全"),
    ("盐池县滩羊产业扶持资金使用办法", "滩羊产业发展"),
    ("盐池县城区停车秩序管理办法", "停车秩序整治"),
    ("盐池县村级公益性岗位管理办法", "公益性岗位招聘"),
];
/// Six more documents that are explained.
pub const EXPLAINED: &[(&str, &str)] = &[
    ("盐池县城乡居民基本医疗保障帮扶方案", "城乡居民医保参保缴费"),
    ("盐池县危窑危房改造实施方案", "危窑危房改造"),
    ("盐池县企业开办便利化实施方案", "企业开办一日办结"),
    ("盐池县高标准农田建设三年方案", "高标准农田建设"),
    ("盐池县义务教育学校招生工作方案", "义务教育招生"),
    ("盐池县农村人居环境整治方案", "人居环境整治"),
];
/// The rules of the county on disclosure, which every guide points to (条例 §12).
pub const RULES: &[&str] = &[
    "盐池县主动公开工作制度",
    "盐池县依申请公开办理制度",
    "盐池县信息发布保密审查制度",
    "盐池县公文公开属性认定制度",
    "盐池县公开工作投诉处理制度",
    "盐池县公开工作考核制度",
];
/// 政府常务会议 made public in the year.
pub const EXECUTIVE_MEETINGS: usize = 15;
/// 双随机一公开 issues.
pub const INSPECTION_ISSUES: usize = 9;
/// Drafts put to the public, with the unit that asked and the replies that came; 8 in all.
pub const CONSULTATIONS: &[(&str, &str, u32)] = &[
    ("zhujian", "住宅小区物业服务管理办法", 3),
    ("nongye", "滩羊产业扶持资金使用办法", 1),
    ("shuiwu", "农村饮用水工程运行管护办法", 1),
    ("gongan", "城区停车秩序管理办法", 2),
    ("renshe", "村级公益性岗位管理办法", 0),
    ("ziran", "草原禁牧休牧管护办法", 1),
    ("fagai", "城镇居民生活用水价格调整方案", 0),
    ("jiaoti", "义务教育学校学区划分方案", 0),
    ("jiaotong", "城乡公交一体化实施方案", 0),
    ("weijian", "家庭医生签约服务包", 0),
    ("minzheng", "社区居家养老服务办法", 0),
    ("huanbao", "烟花爆竹禁放区域划定方案", 0),
    ("wenguang", "长城遗址保护范围划定方案", 0),
    ("shichang", "食品小作坊登记管理办法", 0),
];

/// Key fields (重点领域): who publishes, as what kind, how many, about what.
pub const FIELDS: &[(&[&str], Kind, usize, &[&str])] = &[
    (
        &[],
        Kind::Budget,
        175,
        &[
            "部门预算",
            "部门决算",
            "三公经费预算",
            "预算绩效目标",
            "专项资金安排明细",
        ],
    ),
    (
        &["caizheng"],
        Kind::Budget,
        60,
        &[
            "财政收支执行情况",
            "减税降费政策落实情况",
            "产业扶持资金安排",
            "政府采购预算",
        ],
    ),
    (
        &["caizheng"],
        Kind::Budget,
        5,
        &["政府债务限额和余额", "政府债务使用和偿还情况"],
    ),
    (
        &["shenji"],
        Kind::Other,
        25,
        &["审计结果公告", "重点审计项目计划", "审计整改报告"],
    ),
    (
        &["fagai", "zhujian", "jiaotong", "shuiwu"],
        Kind::Other,
        136,
        &[
            "重大建设项目批准结果",
            "重大建设项目招标投标信息",
            "重大设计变更",
            "施工管理信息",
            "质量安全监督信息",
            "竣工验收结果",
        ],
    ),
    (
        &["zhengwu", "ziran", "zhujian"],
        Kind::Other,
        23,
        &[
            "国有土地使用权出让结果",
            "政府采购成交结果",
            "矿业权出让公告",
            "工程建设项目招标投标结果",
        ],
    ),
    (
        &["nongye", "ziran", "caizheng"],
        Kind::Notice,
        166,
        &[
            "惠农补贴发放",
            "惠农工程项目",
            "征地补偿安置",
            "耕地地力保护补贴",
        ],
    ),
    (
        &["minzheng"],
        Kind::Notice,
        148,
        &[
            "城乡低保对象人数",
            "特困人员救助",
            "社保兜底",
            "救助标准和资金支出",
        ],
    ),
    (
        &["minzheng", "yingji"],
        Kind::Notice,
        35,
        &["自然灾害灾情核定", "救灾资金物资调拨", "救灾工作进展"],
    ),
    (
        &["renshe"],
        Kind::Notice,
        52,
        &["人力资源市场供求信息", "就业创业扶持政策", "公益性岗位招聘"],
    ),
    (
        &["zhujian"],
        Kind::Notice,
        39,
        &["棚户区改造补偿方案", "农村危房改造申请", "公共租赁住房分配"],
    ),
    (
        &["jiaoti", "weijian", "shichang"],
        Kind::Notice,
        98,
        &[
            "义务教育招生",
            "医疗服务收费标准",
            "传染病防控",
            "食品安全抽检结果",
        ],
    ),
    (
        &["huanbao"],
        Kind::Other,
        49,
        &[
            "饮用水水源水质监测结果",
            "环境空气质量状况",
            "工业水质达标情况",
        ],
    ),
    (&["huanbao", "shuiwu"], Kind::News, 11, &["水源地清理整治"]),
    (
        &[],
        Kind::Other,
        134,
        &[
            "放管服改革事项",
            "产品质量监督抽查结果",
            "安全生产检查结果",
            "涉农补贴公开信息",
            "社会保险基金收支",
            "养老服务机构信息",
        ],
    ),
];
