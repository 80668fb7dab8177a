//! Who can sign in to the demo, and what each is there to try.

use super::units::{CITY_BUREAU, CIVIL_AFFAIRS, COUNTY, TOWNSHIP};
use office::people::{Grant, Role};
use store::people::Invitation;

/// The password of every sample account. The demo holds nothing worth guessing it for, and says so
/// on every page.
pub const PASSWORD: &str = "Gongkai-2026";

/// A sample account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Account name.
    pub account: &'static str,
    /// Who it is.
    pub who: &'static str,
    /// What to try with it.
    pub what: &'static str,
}

/// The sample accounts, as `demo` prints them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    /// Their common password.
    pub password: &'static str,
    /// The accounts.
    pub people: Vec<Account>,
}

impl Accounts {
    /// The list for a terminal.
    pub fn text(&self) -> String {
        let mut text = format!("示例账号（密码都是 {}）：\n", self.password);
        for person in &self.people {
            text.push_str(&format!(
                "  {:<16} {}：{}\n",
                person.account, person.who, person.what
            ));
        }
        text
    }
}

/// Account, name, unit, roles with the head of the part of the tree, who it is, what to try.
type Person = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(Role, &'static str)],
    &'static str,
    &'static str,
);

const PEOPLE: &[Person] = &[
    (
        "minzheng",
        "演示甲",
        CIVIL_AFFAIRS,
        &[(Role::Clerk, CIVIL_AFFAIRS)],
        "县民政局经办",
        "起草文件、登记纸质申请、答复到期的申请",
    ),
    (
        "minzheng-shenhe",
        "演示乙",
        CIVIL_AFFAIRS,
        &[(Role::Reviewer, CIVIL_AFFAIRS)],
        "县民政局审核",
        "审核或退回经办人提交的文件",
    ),
    (
        "minzheng-baomi",
        "演示丙",
        CIVIL_AFFAIRS,
        &[(Role::SecrecyReviewer, CIVIL_AFFAIRS)],
        "县民政局保密审查",
        "发布前作保密审查",
    ),
    (
        "minzheng-qianfa",
        "演示丁",
        CIVIL_AFFAIRS,
        &[(Role::Approver, CIVIL_AFFAIRS)],
        "县民政局签发",
        "签发后在门户上立即看到",
    ),
    (
        "huamachi",
        "演示戊",
        TOWNSHIP,
        &[(Role::Clerk, TOWNSHIP)],
        "花马池镇经办",
        "只看得到本镇的文件和申请",
    ),
    (
        "gongkaiban",
        "演示己",
        COUNTY,
        &[(Role::DisclosureOffice, COUNTY)],
        "县政务公开办",
        "看全县期限、打开2018年年度报告并点开每个数",
    ),
    (
        "xianban",
        "演示庚",
        COUNTY,
        &[(Role::Clerk, COUNTY)],
        "县政府办公室经办",
        "办理全县各单位的申请",
    ),
    (
        "xian-shenhe",
        "演示辛",
        COUNTY,
        &[(Role::Reviewer, COUNTY)],
        "县级审核",
        "审核全县文件",
    ),
    (
        "xian-baomi",
        "演示壬",
        COUNTY,
        &[(Role::SecrecyReviewer, COUNTY)],
        "县级保密审查",
        "审查全县文件",
    ),
    (
        "xian-qianfa",
        "演示癸",
        COUNTY,
        &[(Role::Approver, COUNTY)],
        "县级签发",
        "签发全县文件",
    ),
    (
        "admin",
        "演示子",
        COUNTY,
        &[
            (Role::Administrator, COUNTY),
            (Role::Administrator, CITY_BUREAU),
        ],
        "系统管理",
        "邀请人员、办理休假和离岗交接、导入放假安排",
    ),
    (
        "shenji",
        "演示丑",
        COUNTY,
        &[(Role::Auditor, COUNTY), (Role::Auditor, CITY_BUREAU)],
        "审计（只读）",
        "查看日志和它的校验链，什么都改不了",
    ),
    (
        "zhongwei",
        "演示寅",
        CITY_BUREAU,
        &[
            (Role::Clerk, CITY_BUREAU),
            (Role::DisclosureOffice, CITY_BUREAU),
        ],
        "中卫市民政局",
        "打开2021年年度报告",
    ),
];

/// The sample accounts.
pub fn accounts() -> Accounts {
    Accounts {
        password: PASSWORD,
        people: PEOPLE
            .iter()
            .map(|(account, _, _, _, who, what)| Account { account, who, what })
            .collect(),
    }
}

/// The people behind the accounts, in the same order.
pub fn invitations() -> Vec<Invitation> {
    PEOPLE
        .iter()
        .map(|(account, name, unit, roles, _, _)| Invitation {
            account: (*account).to_owned(),
            name: (*name).to_owned(),
            unit: (*unit).to_owned(),
            grants: roles
                .iter()
                .map(|(role, unit)| Grant {
                    role: *role,
                    unit: (*unit).to_owned(),
                })
                .collect(),
        })
        .collect()
}

/// Two clerks of the bureau nobody signs in as: one on leave, one only invited.
pub fn colleagues() -> [Invitation; 2] {
    [("minzheng-xiujia", "演示卯"), ("minzheng-xinren", "演示辰")].map(|(account, name)| {
        Invitation {
            account: account.to_owned(),
            name: name.to_owned(),
            unit: CIVIL_AFFAIRS.to_owned(),
            grants: vec![Grant {
                role: Role::Clerk,
                unit: CIVIL_AFFAIRS.to_owned(),
            }],
        }
    })
}

/// Accounts on the way of a document: drafter, reviewer, secrecy reviewer, approver.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    /// 起草.
    pub drafter: &'static str,
    /// 审核.
    pub reviewer: &'static str,
    /// 保密审查.
    pub secrecy: &'static str,
    /// 签发.
    pub approver: &'static str,
}

/// Who handles what a unit does: its own people, or those of the county for a unit without.
pub fn chain(unit: &str) -> Chain {
    if unit == CIVIL_AFFAIRS {
        return Chain {
            drafter: "minzheng",
            reviewer: "minzheng-shenhe",
            secrecy: "minzheng-baomi",
            approver: "minzheng-qianfa",
        };
    }
    let drafter = if unit == TOWNSHIP {
        "huamachi"
    } else {
        "xianban"
    };
    Chain {
        drafter,
        reviewer: "xian-shenhe",
        secrecy: "xian-baomi",
        approver: "xian-qianfa",
    }
}
