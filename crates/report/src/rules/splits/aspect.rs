//! By what parts are sorted: who asked, how a request came, what came of it.

use crate::words::{WordSet, words};

/// By what a label sorts. Parts of one total sort by one thing; those that sort by several
/// (自然人28件，网络申请25件) count the same pieces twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aspect {
    /// Who asked.
    Applicant,
    /// How the request came.
    Way,
    /// It waits: 正在办理, 结转下年.
    Pending,
    /// What came of it.
    Outcome,
    /// It is done: 已办结.
    Done,
    /// A step that pieces go through, one behind the other: 有效, 立案.
    Stage,
    /// When it was answered.
    Timing,
    /// What somebody is or where he was: 党员, 女性, 出席.
    Person,
    /// In which form it was made: 图文, 视频.
    Form,
    /// Where it was published.
    Channel,
}

/// The words of each; the first that stands in a label counts.
pub(super) const ASPECTS: &[(Aspect, &WordSet)] = &[
    (
        Aspect::Person,
        words![
            "党员",
            "女性",
            "女干部",
            "本科",
            "研究生",
            "大专",
            "学历",
            "职称",
            "少数民族",
            "团员",
            "岁",
            "出席",
            "参会",
        ],
    ),
    (
        Aspect::Timing,
        words!["按时", "按期", "延期", "逾期", "超期", "当场"],
    ),
    (
        Aspect::Applicant,
        words![
            "自然人",
            "公民",
            "个人",
            "法人",
            "企业申请",
            "社会组织",
            "科研",
            "法律服务",
            "公益组织",
            "公益团体",
            "其他组织",
        ],
    ),
    (
        Aspect::Way,
        words![
            "网络",
            "网上申请",
            "网上咨询",
            "网上受理",
            "线上",
            "电话",
            "来电",
            "来访",
            "来信",
            "信函",
            "邮寄",
            "当面",
            "现场",
            "窗口",
            "传真",
            "邮件",
            "书面",
            "来函",
            "在线申请",
        ],
    ),
    (
        Aspect::Pending,
        words![
            "正在",
            "办理中",
            "处理中",
            "在办",
            "未办",
            "待办",
            "剩余",
            "尚未",
            "尚在",
            "结转",
            "转结",
            "转下",
            "顺延",
        ],
    ),
    (
        Aspect::Outcome,
        words![
            "予以公开",
            "同意公开",
            "部分公开",
            "不予公开",
            "无法提供",
            "不予处理",
            "其他处理",
            "不存在",
            "不掌握",
            "非本机关",
            "非我",
            "不明确",
            "撤回",
            "撤销",
            "补正",
            "重复申请",
            "过程性",
            "内部事务",
            "查询事项",
            "执法案卷",
            "已主动公开",
            "维持",
            "纠正",
            "纠错",
            "驳回",
        ],
    ),
    (
        Aspect::Done,
        words![
            "办结",
            "办理完",
            "处理完",
            "办毕",
            "已办",
            "已处理",
            "已回复",
            "已答复",
            "已解决",
            "已经解决",
            "审结",
        ],
    ),
    (
        Aspect::Stage,
        words![
            "有效信件",
            "有效件",
            "有效来",
            "立案",
            "审查",
            "会后",
            "会上",
            "已转",
        ],
    ),
    (
        Aspect::Form,
        words![
            "原创", "转载", "图解", "图文", "视频", "音频", "图片", "文字", "动漫", "H5",
        ],
    ),
    (
        Aspect::Channel,
        words![
            "网",
            "微信",
            "微博",
            "公众号",
            "公报",
            "报刊",
            "报纸",
            "电视",
            "广播",
            "公开栏",
            "公示栏",
            "宣传栏",
            "新媒体",
            "平台",
            "客户端",
            "APP",
            "抖音",
            "头条",
            "查阅点",
            "显示屏",
            "电子屏",
            "QQ",
            "短信",
            "栏目",
            "专栏",
            "渠道",
            "通过",
        ],
    ),
];

impl Aspect {
    /// Whether two parts of one total may be sorted so: what waits stands beside what is done.
    pub(super) fn stands_beside(self, other: Aspect) -> bool {
        let kind = |aspect| match aspect {
            Aspect::Pending | Aspect::Done | Aspect::Outcome => 0,
            other => 1 + other as u8,
        };
        self == other
            || (kind(self) == kind(other) && (self == Aspect::Pending || other == Aspect::Pending))
            || matches!(
                (self, other),
                (Aspect::Timing, Aspect::Pending) | (Aspect::Pending, Aspect::Timing)
            )
    }
}
