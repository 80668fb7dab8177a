//! The units of the demo: kinds of bureau as a county has them, with what each writes about.

use office::records::{Record, UnitRecord};
use office::units::{Guide, UnitKind};

/// Id of the county government.
pub const COUNTY: &str = "yanchi";
/// Id of the city's civil affairs bureau, a tree of its own.
pub const CITY_BUREAU: &str = "zhongwei-minzheng";
/// Id of the bureau whose whole chain of publication has sample accounts.
pub const CIVIL_AFFAIRS: &str = "minzheng";
/// Id of the township with a sample account.
pub const TOWNSHIP: &str = "huamachi";

/// A unit and what it writes about.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// Id.
    pub id: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Name in running text.
    pub short: &'static str,
    /// Series of its official documents, as in 盐民发.
    pub series: &'static str,
    /// Kind.
    pub kind: UnitKind,
    /// Share of the county's documents, in no unit.
    pub weight: usize,
    /// What its documents are about: nouns that fit “做好…工作”.
    pub topics: &'static [&'static str],
}

macro_rules! bodies {
    ($($id:literal $name:literal $short:literal $series:literal $kind:ident $weight:literal [$($topic:literal)*])*) => {
        &[$(Body { id: $id, name: $name, short: $short, series: $series, kind: UnitKind::$kind, weight: $weight, topics: &[$($topic),*] },)*]
    };
}

/// Topics every township has.
macro_rules! township {
    ($id:literal $name:literal $series:literal $weight:literal) => {
        Body {
            id: $id,
            name: concat!("盐池县", $name, "人民政府"),
            short: $name,
            series: $series,
            kind: UnitKind::Township,
            weight: $weight,
            topics: TOWNSHIP_TOPICS,
        }
    };
}

const TOWNSHIP_TOPICS: &[&str] = &[
    "农村低保评议",
    "危窑危房改造",
    "滩羊养殖补贴",
    "草原禁牧管护",
    "村级道路养护",
    "人居环境整治",
    "农村改厕",
    "秋季农业生产",
    "防汛抗旱",
    "义务植树",
    "城乡居民医保参保缴费",
    "养老保险缴费",
    "村务公开",
    "村级互助资金",
    "土地流转",
    "黄花菜种植",
    "玉米青贮",
    "动物防疫",
    "森林草原防火",
    "矛盾纠纷排查",
    "网格化服务",
    "残疾人辅助器具发放",
    "留守儿童关爱",
    "小额信贷",
    "光伏扶持项目",
    "自来水入户",
    "农机安全检查",
    "冬季取暖安全",
    "文明家庭评选",
    "农家书屋管理",
];

/// The county and all below it: 22 departments, 2 institutions, 8 townships, 1 subdistrict.
pub const COUNTY_BODIES: &[Body] = bodies! {
    "yanchi" "盐池县人民政府" "县政府" "盐政办发" Government 60 ["政务公开" "重点项目建设" "营商环境优化" "民生实事" "政府工作报告任务分解" "安全生产" "防汛抗旱" "城乡环境整治" "建议提案办理" "政务热线" "节能降耗" "招商引资" "滩羊产业发展" "乡村旅游" "放管服改革" "富民增收" "领导分工调整" "值班值守" "国有资产管理" "质量提升行动"]
    "fagai" "盐池县发展和改革局" "县发展改革局" "盐发改发" Department 32 ["重大项目审批" "粮食收购" "价格监测" "以工代赈" "能源消费双控" "社会信用体系建设" "中央预算内投资" "光伏项目备案" "居民用水价格听证" "停车收费标准" "招标投标监管" "粮油储备轮换" "易地搬迁后续扶持" "公共机构节能"]
    "jiaoti" "盐池县教育体育局" "县教育体育局" "盐教体发" Department 40 ["义务教育招生" "幼儿园收费" "学生资助" "教师招聘" "中小学校舍维修" "营养改善计划" "校园安全检查" "教师资格认定" "学区划分" "全民健身活动" "校车管理" "集团化办学" "体育场馆开放" "高考报名" "职业教育招生" "校外培训机构治理"]
    "gongan" "盐池县公安局" "县公安局" "盐公发" Department 38 ["居住证办理" "户籍窗口服务" "交通秩序整治" "出入境证件办理" "反诈宣传" "烟花爆竹安全管理" "养犬登记" "电动车登记上牌" "校园周边巡防" "禁毒宣传" "机动车检验" "流动人口登记" "临时交通管制" "道路隐患治理"]
    "minzheng" "盐池县民政局" "县民政局" "盐民发" Department 44 ["城乡低保动态管理" "特困人员救助供养" "临时救助" "高龄老人津贴发放" "残疾人两项补贴" "养老服务设施建设" "社会组织年检" "地名标志设置" "婚姻登记服务" "殡葬服务收费" "孤儿基本生活保障" "救灾物资储备" "慈善捐赠使用" "社区工作者招聘" "村民委员会换届" "福利彩票公益金使用"]
    "sifa" "盐池县司法局" "县司法局" "盐司发" Department 20 ["人民调解" "法律援助" "社区矫正" "普法宣传" "公证服务" "行政执法证件管理" "法治政府建设" "律师值班" "行政复议接待" "法治乡村创建" "规范性文件清理"]
    "caizheng" "盐池县财政局" "县财政局" "盐财发" Department 40 ["财政专项资金拨付" "惠农补贴一卡通发放" "政府采购监管" "预算绩效评价" "国有资产处置" "政府债务管理" "会计人员继续教育" "减税降费落实" "一事一议奖补" "非税收入收缴" "预算一体化改革" "扶持资金使用"]
    "renshe" "盐池县人力资源和社会保障局" "县人力资源社会保障局" "盐人社发" Department 42 ["公开招聘" "就业创业培训" "社会保险缴费" "农民工工资支付" "劳务输出" "创业担保贷款" "职称评审" "公益性岗位招聘" "工伤认定" "社会保障卡发放" "就业援助" "劳动监察" "人才引进" "失业登记"]
    "ziran" "盐池县自然资源局" "县自然资源局" "盐自然资发" Department 36 ["国有建设用地使用权出让" "不动产登记" "征地补偿安置" "矿山生态修复" "地质灾害防治" "国土绿化" "防沙治沙" "草原生态补奖" "采矿权出让" "规划方案公示" "违法用地整治" "林木采伐许可"]
    "zhujian" "盐池县住房和城乡建设局" "县住房城乡建设局" "盐住建发" Department 38 ["公共租赁住房分配" "老旧小区改造" "棚户区改造" "物业服务监管" "集中供热" "城市道路维修" "建筑工地扬尘治理" "燃气安全检查" "商品房预售许可" "农村危房鉴定" "城区排水管网改造" "工程质量监督" "园林绿化养护" "住房租赁补贴"]
    "jiaotong" "盐池县交通运输局" "县交通运输局" "盐交发" Department 24 ["农村公路养护" "客运班线调整" "春运组织" "超限超载治理" "出租汽车管理" "城乡公交一体化" "危桥改造" "道路运输许可" "公路水毁修复" "网约车备案" "建制村通客车"]
    "shuiwu" "盐池县水务局" "县水务局" "盐水发" Department 28 ["农村饮水安全" "河湖长制" "节水型社会建设" "高效节水灌溉" "水资源费征收" "水土保持" "水库防汛" "供水水质检测" "取水许可" "城镇供水管网改造" "水源地保护"]
    "nongye" "盐池县农业农村局" "县农业农村局" "盐农发" Department 40 ["滩羊保种选育" "动物疫病防控" "高标准农田建设" "农机购置补贴" "种植业结构调整" "农产品质量安全" "耕地地力保护补贴" "农业保险" "新型经营主体培育" "黄花产业" "饲草种植" "农村宅基地管理" "农技推广" "产地检疫"]
    "wenguang" "盐池县文化旅游广电局" "县文化旅游广电局" "盐文旅发" Department 24 ["文化市场检查" "非遗传习" "公共文化服务" "长城遗址保护" "旅游景区评定" "图书馆免费开放" "送戏下乡" "广播电视覆盖" "文物普查" "乡村旅游示范点创建" "群众文艺汇演"]
    "weijian" "盐池县卫生健康局" "县卫生健康局" "盐卫健发" Department 38 ["家庭医生签约" "基本公共卫生服务" "疫苗接种" "传染病防控" "医疗机构校验" "健康体检" "妇幼保健" "医疗收费公示" "乡村医生培训" "饮用水卫生监测" "计划生育奖励扶助" "无偿献血" "医联体建设" "职业病防治"]
    "yingji" "盐池县应急管理局" "县应急管理局" "盐应急发" Department 26 ["安全生产检查" "应急演练" "自然灾害救助" "森林草原防灭火" "危险化学品监管" "烟花爆竹经营许可" "隐患排查治理" "防灾减灾宣传" "应急避难场所" "冬春救助"]
    "shenji" "盐池县审计局" "县审计局" "盐审发" Department 12 ["预算执行审计" "经济责任审计" "扶持资金审计" "政府投资项目审计" "自然资源资产审计" "审计整改" "重大政策落实跟踪审计"]
    "shichang" "盐池县市场监督管理局" "县市场监管局" "盐市监发" Department 40 ["食品安全抽检" "药品经营检查" "特种设备检查" "企业年报公示" "双随机抽查" "消费投诉处理" "计量器具检定" "商标品牌培育" "价格行为检查" "餐饮质量提升" "小作坊登记" "产品质量监督抽查" "滩羊肉地理标志保护" "广告监管"]
    "tongji" "盐池县统计局" "县统计局" "盐统发" Department 14 ["经济运行统计" "劳动力调查" "农业普查" "住户收支调查" "规模以上工业统计" "统计执法检查" "人口抽样调查" "固定资产投资统计" "经济普查"]
    "fupin" "盐池县扶贫开发办公室" "县扶贫办" "盐扶办发" Department 30 ["建档立卡动态调整" "扶贫小额信贷" "产业扶持到户" "雨露计划补助" "扶贫项目库建设" "互助资金使用" "闽宁协作项目" "驻村帮扶" "扶贫车间" "危窑危房清零"]
    "huanbao" "盐池县生态环境局" "县生态环境局" "盐环发" Department 30 ["环境空气质量监测" "建设项目环评审批" "水源地清理整治" "排污许可" "固体废物管理" "环境信访处理" "重污染天气应对" "入河排污口排查" "辐射安全许可" "噪声污染治理" "农村污水治理"]
    "gongxin" "盐池县工业信息化和商务局" "县工业信息化商务局" "盐工信商发" Department 20 ["工业企业复工" "中小企业扶持" "农村电商" "成品油市场检查" "家政服务" "节能技术改造" "园区基础设施建设" "外贸企业服务" "消费促进活动"]
    "shenpi" "盐池县审批服务管理局" "县审批服务局" "盐审服发" Department 26 ["证照办理" "企业开办一日办结" "审批事项清单调整" "不见面办理" "代办帮办" "窗口延时服务" "证明事项清理" "工程项目联合审批" "首席代表授权" "事项标准化"]
    "zhengwu" "盐池县政务服务中心" "县政务服务中心" "盐政服发" Institution 22 ["大厅窗口服务" "公共资源交易" "自助服务区管理" "预约服务" "群众满意度评议" "热线工单办理" "村级代办点建设" "一窗受理" "延时服务" "进驻事项调整"]
    "rongmei" "盐池县融媒体中心" "县融媒体中心" "盐融媒发" Institution 24 ["政策宣讲节目" "电子阅报屏更新" "便民信息播报" "公益广告播出" "政务新媒体管理" "问政栏目" "滩羊产业宣传" "天气提示" "停水停电通告" "应急广播"]
    "yanzhou" "盐池县人民政府盐州路街道办事处" "盐州路街道" "盐州街办发" Subdistrict 52 ["社区低保评议" "老旧小区改造意见征集" "背街小巷整治" "楼道消防检查" "物业矛盾调解" "社区居家养老" "流动人口登记" "文明养犬" "社区工作者招聘" "居民医保参保缴费" "网格员入户" "垃圾分类" "公租房资格复核" "社区文化活动" "停车秩序整治" "供暖问题走访" "志愿服务" "残疾人康复服务"]
};

/// The eight townships.
pub const TOWNSHIPS: &[Body] = &[
    township!("huamachi" "花马池镇" "花政发" 62),
    township!("dashuikeng" "大水坑镇" "大政发" 54),
    township!("huianpu" "惠安堡镇" "惠政发" 50),
    township!("gaoshawo" "高沙窝镇" "高政发" 46),
    township!("wanglejing" "王乐井乡" "王政发" 46),
    township!("fengjigou" "冯记沟乡" "冯政发" 44),
    township!("mahuangshan" "麻黄山乡" "麻政发" 42),
    township!("qingshan" "青山乡" "青政发" 42),
];

/// The city's civil affairs bureau.
pub const BUREAU: Body = Body {
    id: CITY_BUREAU,
    name: "中卫市民政局",
    short: "市民政局",
    series: "卫民发",
    kind: UnitKind::Department,
    weight: 0,
    topics: &[
        "城乡低保",
        "临时救助",
        "特困人员救助供养",
        "高龄老人津贴",
        "社会组织登记",
        "社会组织年检",
        "居家养老服务",
        "养老机构安全检查",
        "殡葬改革",
        "婚姻登记",
        "残疾人两项补贴",
        "地名普查",
        "未成年人保护",
        "社区治理",
        "流浪乞讨人员救助",
        "慈善活动",
        "福利彩票管理",
        "孤儿保障",
    ],
};

/// Every unit of the county, the government first.
pub fn county() -> impl Iterator<Item = &'static Body> {
    COUNTY_BODIES.iter().chain(TOWNSHIPS)
}

/// Every unit of the county but the government itself.
pub fn below_county() -> impl Iterator<Item = &'static Body> {
    county().filter(|body| body.id != COUNTY)
}

/// The unit of this id; the county government for one that is unknown.
pub fn body(id: &str) -> &'static Body {
    if id == CITY_BUREAU {
        return &BUREAU;
    }
    county()
        .find(|body| body.id == id)
        .unwrap_or(&COUNTY_BODIES[0])
}

fn record(body: &Body, place: usize) -> Record {
    let region = if body.id == CITY_BUREAU {
        "640500"
    } else {
        "640323"
    };
    Record::Unit(UnitRecord {
        id: body.id.to_owned(),
        name: body.name.to_owned(),
        kind: body.kind,
        parent: (body.id != COUNTY && body.id != CITY_BUREAU).then(|| COUNTY.to_owned()),
        // The letters in the middle show that no such code was ever given out.
        code: Some(format!("11{region}DEMO{place:04}XX")),
    })
}

/// The units of the county as records.
pub fn county_records() -> Vec<Record> {
    county()
        .enumerate()
        .map(|(place, body)| record(body, place + 1))
        .collect()
}

/// The city bureau as a record.
pub fn bureau_record() -> Record {
    record(&BUREAU, 1)
}

/// What the disclosure guide of a unit says (条例 §12②). `rules` are ids of public documents.
pub fn guide(body: &Body, place: usize, rules: Vec<String>) -> Guide {
    let area = if body.id == CITY_BUREAU {
        "0955"
    } else {
        "0953"
    };
    let seat = match body.kind {
        UnitKind::Township => format!("{}政府大院一楼（演示地址）", body.short),
        UnitKind::Subdistrict => "盐州路演示巷2号".to_owned(),
        _ if body.id == CITY_BUREAU => "中卫市演示街8号".to_owned(),
        _ => format!("盐池县演示路{}号", 10 + place),
    };
    Guide {
        classification: "按机构职能、法规文件、规划计划、财政信息、行政许可和处罚、重点领域、应急管理分类。".to_owned(),
        arrangement: "每条信息有索引号、名称、文号、发布机构、成文日期、发布日期和有效性，按发布日期由近到远排列。".to_owned(),
        access: "可在本网站查阅，也可到政务大厅、档案馆、图书馆的查阅点查阅；没有主动公开的，可以提出申请。".to_owned(),
        office: format!("{}办公室（政务公开）", body.short),
        address: seat,
        hours: "工作日 8:30-12:00，14:30-18:00（6月至9月下午 15:00-18:30）".to_owned(),
        phone: format!("{area}-0000{:03}", place * 3 + 1),
        fax: format!("{area}-0000{:03}", place * 3 + 2),
        internet: format!("{}@example.com", body.id),
        rules,
    }
}
