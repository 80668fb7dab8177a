//! The table of statistics for the years up to 2018, 国办发〔2014〕32号: one column of figures.

use super::cell::CellKey;
use super::table::{Column, Line, Row, Slot, Table};

const SOURCE: &str = "国办发〔2014〕32号";

/// A printed line: a heading without a figure, or an indicator.
enum Entry {
    /// Depth, label.
    Group(u8, &'static str),
    /// Depth, key, label, unit of measure, definition.
    Row(u8, &'static str, &'static str, &'static str, &'static str),
}
use Entry::{Group, Row as Indicator};

const ENTRIES: &[Entry] = &[
    Group(0, "一、主动公开情况"),
    Indicator(
        1,
        "A1",
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
        "条",
        "去重后的主动公开条数",
    ),
    Indicator(
        2,
        "A1a",
        "其中：主动公开规范性文件数",
        "条",
        "已主动公开的规范性文件",
    ),
    Indicator(
        2,
        "A1b",
        "制发规范性文件总数",
        "件",
        "本年制发的规范性文件，含没有公开的；不是上一项的子项",
    ),
    Group(1, "（二）通过不同渠道和方式公开政府信息的情况"),
    Indicator(
        2,
        "A2.1",
        "1.政府公报公开政府信息数",
        "条",
        "各渠道分别计，不去重",
    ),
    Indicator(
        2,
        "A2.2",
        "2.政府网站公开政府信息数",
        "条",
        "各渠道分别计，不去重",
    ),
    Indicator(
        2,
        "A2.3",
        "3.政务微博公开政府信息数",
        "条",
        "各渠道分别计，不去重",
    ),
    Indicator(
        2,
        "A2.4",
        "4.政务微信公开政府信息数",
        "条",
        "各渠道分别计，不去重",
    ),
    Indicator(
        2,
        "A2.5",
        "5.其他方式公开政府信息数",
        "条",
        "公开栏、广播、报刊、电子屏等，各渠道分别计",
    ),
    Group(0, "二、回应解读情况"),
    Indicator(
        1,
        "B1",
        "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）",
        "次",
        "去重后的回应次数",
    ),
    Group(1, "（二）通过不同渠道和方式回应解读的情况"),
    Indicator(
        2,
        "B2.1",
        "1.参加或举办新闻发布会总次数",
        "次",
        "本年参加或者举办的次数",
    ),
    Indicator(
        3,
        "B2.1a",
        "其中：主要负责同志参加新闻发布会次数",
        "次",
        "上一项之中",
    ),
    Indicator(
        2,
        "B2.2",
        "2.政府网站在线访谈次数",
        "次",
        "本年在政府网站举办的次数",
    ),
    Indicator(
        3,
        "B2.2a",
        "其中：主要负责同志参加政府网站在线访谈次数",
        "次",
        "上一项之中",
    ),
    Indicator(
        2,
        "B2.3",
        "3.政策解读稿件发布数",
        "篇",
        "本年发布的解读稿件",
    ),
    Indicator(
        2,
        "B2.4",
        "4.微博微信回应事件数",
        "次",
        "通过微博、微信回应的事件",
    ),
    Indicator(
        2,
        "B2.5",
        "5.其他方式回应事件数",
        "次",
        "通过其他方式回应的事件",
    ),
    Group(0, "三、依申请公开情况"),
    Indicator(1, "C1", "（一）收到申请数", "件", "本年收到的申请"),
    Indicator(2, "C1.1", "1.当面申请数", "件", "本年当面收到的申请"),
    Indicator(2, "C1.2", "2.传真申请数", "件", "本年通过传真收到的申请"),
    Indicator(
        2,
        "C1.3",
        "3.网络申请数",
        "件",
        "本年通过网络收到的申请，含电子邮件",
    ),
    Indicator(2, "C1.4", "4.信函申请数", "件", "本年通过信函收到的申请"),
    Indicator(1, "C2", "（二）申请办结数", "件", "本年办结的申请"),
    Indicator(
        2,
        "C2.1",
        "1.按时办结数",
        "件",
        "在法定期限内办结，没有延期",
    ),
    Indicator(2, "C2.2", "2.延期办结数", "件", "经批准延长期限后办结"),
    Indicator(1, "C3", "（三）申请答复数", "件", "本年作出的答复"),
    Indicator(
        2,
        "C3.1",
        "1.属于已主动公开范围数",
        "件",
        "告知已经主动公开",
    ),
    Indicator(2, "C3.2", "2.同意公开答复数", "件", "同意公开"),
    Indicator(2, "C3.3", "3.同意部分公开答复数", "件", "同意公开一部分"),
    Indicator(
        2,
        "C3.4",
        "4.不同意公开答复数",
        "件",
        "不同意公开，下列六种情形之和",
    ),
    Indicator(3, "C3.4a", "其中：涉及国家秘密", "件", "涉及国家秘密"),
    Indicator(4, "C3.4b", "涉及商业秘密", "件", "涉及商业秘密"),
    Indicator(4, "C3.4c", "涉及个人隐私", "件", "涉及个人隐私"),
    Indicator(
        4,
        "C3.4d",
        "危及国家安全、公共安全、经济安全和社会稳定",
        "件",
        "公开可能危及安全和稳定",
    ),
    Indicator(
        4,
        "C3.4e",
        "不是《条例》所指政府信息",
        "件",
        "不属于条例（2008）§2 所称政府信息",
    ),
    Indicator(
        4,
        "C3.4f",
        "法律法规规定的其他情形",
        "件",
        "法律法规规定不公开的其他情形",
    ),
    Indicator(
        2,
        "C3.5",
        "5.不属于本行政机关公开数",
        "件",
        "告知不由本机关公开",
    ),
    Indicator(2, "C3.6", "6.申请信息不存在数", "件", "告知信息不存在"),
    Indicator(
        2,
        "C3.7",
        "7.告知作出更改补充数",
        "件",
        "告知申请人更改、补充申请",
    ),
    Indicator(
        2,
        "C3.8",
        "8.告知通过其他途径办理数",
        "件",
        "告知通过其他途径办理",
    ),
    Indicator(
        0,
        "D",
        "四、行政复议数量",
        "件",
        "因政府信息公开被申请行政复议的案件",
    ),
    Indicator(1, "D.1", "（一）维持具体行政行为数", "件", "复议维持"),
    Indicator(1, "D.2", "（二）被依法纠错数", "件", "复议纠正"),
    Indicator(1, "D.3", "（三）其他情形数", "件", "复议的其他结果"),
    Indicator(
        0,
        "E",
        "五、行政诉讼数量",
        "件",
        "因政府信息公开被提起行政诉讼的案件",
    ),
    Indicator(
        1,
        "E.1",
        "（一）维持具体行政行为或者驳回原告诉讼请求数",
        "件",
        "诉讼维持或者驳回请求",
    ),
    Indicator(1, "E.2", "（二）被依法纠错数", "件", "诉讼纠正"),
    Indicator(1, "E.3", "（三）其他情形数", "件", "诉讼的其他结果"),
    Indicator(
        0,
        "F",
        "六、举报投诉数量",
        "件",
        "有关政府信息公开的举报、投诉",
    ),
    Indicator(
        0,
        "G",
        "七、依申请公开信息收取的费用",
        "万元",
        "依条例（2008）§27 收取的检索、复制、邮寄等成本费用",
    ),
    Group(0, "八、机构建设和保障经费情况"),
    Indicator(
        1,
        "H1",
        "（一）政府信息公开工作专门机构数",
        "个",
        "年末专门机构",
    ),
    Indicator(
        1,
        "H2",
        "（二）设置政府信息公开查阅点数",
        "个",
        "年末查阅点",
    ),
    Indicator(
        1,
        "H3",
        "（三）从事政府信息公开工作人员数",
        "个",
        "年末专职、兼职人员之和",
    ),
    Indicator(
        2,
        "H3.1",
        "1.专职人员数（不包括政府公报及政府网站工作人员数）",
        "个",
        "年末专职人员",
    ),
    Indicator(2, "H3.2", "2.兼职人员数", "个", "年末兼职人员"),
    Indicator(
        1,
        "H4",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面经费）",
        "万元",
        "本年专项经费",
    ),
    Group(0, "九、政府信息公开会议和培训情况"),
    Indicator(
        1,
        "I1",
        "（一）召开政府信息公开工作会议或专题会议数",
        "次",
        "本年召开的会议",
    ),
    Indicator(1, "I2", "（二）举办各类培训班数", "次", "本年举办的培训班"),
    Indicator(
        1,
        "I3",
        "（三）接受培训人员数",
        "人次",
        "本年接受培训的人次",
    ),
];

/// The table as printed: 统计指标, 单位, 统计数.
pub(super) fn table() -> Table {
    let mut rows = Vec::new();
    let heads = ["统计指标", "单位", "统计数"];
    let mut lines: Vec<Line> = vec![heads.into_iter().map(Slot::head).collect()];
    // The label of the last heading seen at each depth.
    let mut group: Option<(u8, &'static str)> = None;
    for entry in ENTRIES {
        match *entry {
            Group(level, label) => {
                group = Some((level, label));
                let blank = Slot::text("");
                lines.push(vec![Slot::head(label).indented(level), blank, blank]);
            }
            Indicator(level, key, label, measure, definition) => {
                let column = Column::new(CellKey::VALUE, "统计数", measure, "");
                let slot = Slot::figure(CellKey::new("stats2014", key, CellKey::VALUE));
                lines.push(vec![
                    Slot::head(label).indented(level),
                    Slot::text(measure),
                    slot,
                ]);
                if level == 0 {
                    group = Some((0, label));
                }
                rows.push(Row {
                    key,
                    label,
                    level,
                    group: group
                        .filter(|(over, _)| *over < level)
                        .map(|(_, label)| label),
                    definition,
                    article: SOURCE,
                    columns: vec![column],
                });
            }
        }
    }
    Table {
        key: "stats2014",
        title: "政府信息公开情况统计表",
        article: SOURCE,
        rows,
        lines,
        above: &["填报单位（盖章）："],
        below: &[
            "单位负责人：",
            "审核人：",
            "填报人：",
            "联系电话：",
            "填报日期：",
        ],
    }
}
