//! Who may do what: one table of roles and actions, one question. Every door (page, API, command)
//! asks [`Actor::can`]; `docs/reference/permissions.md` is generated from [`TABLE`].

use crate::people::{Grant, Role};
use statute::keyed;

keyed! {
    /// What can be done in the back office.
    Action, "权限" {
        DocumentRead = "document.read", "查看文件草稿和流转";
        DocumentDraft = "document.draft", "起草、修改、提交文件";
        DocumentReview = "document.review", "审核文件";
        DocumentSecrecyReview = "document.secrecy-review", "保密审查";
        DocumentApprove = "document.approve", "签发和公布文件";
        DocumentWithdraw = "document.withdraw", "撤下已公布的文件";
        RequestRead = "request.read", "查看申请的进度和期限";
        ApplicantRead = "applicant.read", "查看申请人信息和申请内容";
        RequestRegister = "request.register", "登记申请";
        RequestHandle = "request.handle", "办理申请（补正、征求意见、延期、收费）";
        RequestReply = "request.reply", "答复申请";
        RequestCorrect = "request.correct", "更正登记错误";
        CaseRecord = "case.record", "登记复议诉讼";
        RegisterRead = "register.read", "查看台账";
        RegisterRecord = "register.record", "登记台账";
        ReportRead = "report.read", "查看年度报告";
        ReportPublish = "report.publish", "公布年度报告";
        GuideEdit = "guide.edit", "修改公开指南";
        SiteManage = "site.manage", "修改站点设置";
        UnitManage = "unit.manage", "管理单位";
        PersonRead = "person.read", "查看人员";
        PersonManage = "person.manage", "管理人员、角色和交接";
        CalendarLoad = "calendar.load", "导入放假安排";
        ApplicantErase = "applicant.erase", "销毁申请人信息";
        JournalRead = "journal.read", "查看日志";
    }
}

use Action as A;

/// The table: a role and all it may do within its part of the tree.
pub const TABLE: &[(Role, &[Action])] = &[
    (
        Role::Clerk,
        &[
            A::DocumentRead,
            A::DocumentDraft,
            A::RequestRead,
            A::ApplicantRead,
            A::RequestRegister,
            A::RequestHandle,
            A::RequestReply,
            A::RequestCorrect,
            A::CaseRecord,
            A::RegisterRead,
            A::RegisterRecord,
            A::ReportRead,
        ],
    ),
    (
        Role::Reviewer,
        &[
            A::DocumentRead,
            A::DocumentReview,
            A::RequestRead,
            A::ApplicantRead,
            A::RegisterRead,
            A::ReportRead,
        ],
    ),
    (
        Role::SecrecyReviewer,
        &[A::DocumentRead, A::DocumentSecrecyReview, A::ReportRead],
    ),
    (
        Role::Approver,
        &[
            A::DocumentRead,
            A::DocumentApprove,
            A::DocumentWithdraw,
            A::RequestRead,
            A::ApplicantRead,
            A::RegisterRead,
            A::ReportRead,
        ],
    ),
    (
        Role::DisclosureOffice,
        &[
            A::DocumentRead,
            A::DocumentWithdraw,
            A::RequestRead,
            A::RegisterRead,
            A::RegisterRecord,
            A::ReportRead,
            A::ReportPublish,
            A::GuideEdit,
            A::CalendarLoad,
            A::PersonRead,
        ],
    ),
    (
        Role::Administrator,
        &[
            A::SiteManage,
            A::UnitManage,
            A::PersonRead,
            A::PersonManage,
            A::CalendarLoad,
            A::GuideEdit,
            A::ApplicantErase,
        ],
    ),
    (
        Role::Auditor,
        &[
            A::DocumentRead,
            A::RequestRead,
            A::RegisterRead,
            A::ReportRead,
            A::PersonRead,
            A::JournalRead,
        ],
    ),
];

/// Whether a role may do something at all.
pub fn allows(role: Role, action: Action) -> bool {
    TABLE
        .iter()
        .any(|(r, actions)| *r == role && actions.contains(&action))
}

/// The operator's id in the journal; people's ids begin with `p-`.
pub const OPERATOR: &str = "operator";

/// Whoever acts: a person with the roles held, or a command of the operator at the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Person id, or `operator` for the command line, `public` for a visitor.
    pub id: String,
    /// Name as shown in the journal page.
    pub name: String,
    /// Roles and where they hold.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// A visitor without an account: may do nothing in the back office.
    pub fn public() -> Actor {
        Actor {
            id: "public".into(),
            name: "公众".into(),
            grants: Vec::new(),
        }
    }

    /// The operator at the machine, who holds the data folder in hand. The command line acts under
    /// this name; it has no roles and never passes a page's door.
    pub fn operator() -> Actor {
        Actor {
            id: OPERATOR.into(),
            name: "运维（命令行）".into(),
            grants: Vec::new(),
        }
    }

    /// Whether this is the operator at the machine. No page or API ever acts as the operator.
    pub fn is_operator(&self) -> bool {
        self.id == OPERATOR
    }

    /// Whether the actor may do this in a unit, given the unit and everything above it
    /// (`lineage`, the unit itself included).
    pub fn can(&self, action: Action, lineage: &[String]) -> bool {
        self.grants
            .iter()
            .any(|grant| allows(grant.role, action) && lineage.contains(&grant.unit))
    }

    /// The heads of the parts of the tree in which the actor may do this.
    pub fn scope(&self, action: Action) -> Vec<String> {
        let mut heads: Vec<String> = self
            .grants
            .iter()
            .filter(|grant| allows(grant.role, action))
            .map(|grant| grant.unit.clone())
            .collect();
        heads.sort();
        heads.dedup();
        heads
    }

    /// Whether the actor may do this anywhere.
    pub fn can_somewhere(&self, action: Action) -> bool {
        self.grants.iter().any(|grant| allows(grant.role, action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, unit: &str) -> Actor {
        Actor {
            id: "p".into(),
            name: "某".into(),
            grants: vec![Grant {
                role,
                unit: unit.into(),
            }],
        }
    }

    #[test]
    fn a_role_holds_in_its_part_of_the_tree_only() {
        let clerk = actor(Role::Clerk, "b");
        assert!(clerk.can(Action::DocumentDraft, &["b".into(), "a".into()]));
        assert!(clerk.can(Action::DocumentDraft, &["c".into(), "b".into(), "a".into()]));
        assert!(!clerk.can(Action::DocumentDraft, &["a".into()]));
        assert!(!clerk.can(Action::DocumentDraft, &["d".into(), "a".into()]));
    }

    #[test]
    fn every_role_stands_in_the_table_once_and_an_auditor_only_reads() {
        for role in Role::ALL {
            assert_eq!(
                TABLE.iter().filter(|(r, _)| r == role).count(),
                1,
                "{role:?}"
            );
        }
        for action in Action::ALL {
            assert!(!allows(Role::Auditor, *action) || action.key().ends_with(".read"));
            assert!(!Actor::public().can(*action, &["a".into()]));
        }
    }

    #[test]
    fn who_drafts_reviews_and_clears_are_three_roles() {
        use Action::*;
        for role in Role::ALL {
            let held = [
                DocumentDraft,
                DocumentReview,
                DocumentSecrecyReview,
                DocumentApprove,
            ]
            .iter()
            .filter(|action| allows(*role, **action))
            .count();
            assert!(held <= 1, "{role:?} holds {held} stages of one document");
        }
    }
}
