//! The vocabulary of the journal: one entry for each action, chained by hash, without personal data.

/// One action: who did what to which record, when, chained to the entry before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Number in the site, from 1 without gaps.
    pub seq: i64,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// Person id, `operator` or `public`.
    pub actor: String,
    /// What was done, `noun.verb`.
    pub action: String,
    /// The room: `document`, `request`, …
    pub noun: String,
    /// Id of the record.
    pub record: String,
    /// What changed, as JSON; holds no personal data.
    pub detail: String,
    /// Hash of the entry before, empty for the first.
    pub previous: String,
    /// Hash of this entry.
    pub hash: String,
}

impl Entry {
    /// The bytes that are hashed: every field but the hash itself, each preceded by its length, so
    /// that no two different entries share their bytes.
    pub fn preimage(&self, site: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.detail.len() + 256);
        let seq = self.seq.to_string();
        let at = self.at.to_string();
        for part in [
            "gongkai-journal-1",
            site,
            &seq,
            &at,
            &self.actor,
            &self.action,
            &self.noun,
            &self.record,
            &self.detail,
            &self.previous,
        ] {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}

/// Actions of the journal and how they read in Chinese.
pub const ACTIONS: &[(&str, &str)] = &[
    ("site.init", "建立站点"),
    ("site.settings", "修改站点设置"),
    ("records.import", "批量导入"),
    ("unit.save", "保存单位"),
    ("unit.guide", "修改公开指南"),
    ("person.invite", "邀请人员"),
    ("person.enter", "首次登录"),
    ("person.reset", "重置密码"),
    ("person.password", "修改密码"),
    ("person.roles", "调整角色"),
    ("person.leave", "休假交接"),
    ("person.return", "销假"),
    ("person.handover", "离岗交接"),
    ("person.sign-in", "登录"),
    ("person.sign-out", "退出"),
    ("person.lock", "多次登录失败，锁定账号"),
    ("document.draft", "起草"),
    ("document.edit", "修改"),
    ("document.attach", "添加附件"),
    ("document.detach", "删除附件"),
    ("document.submit", "提交审核"),
    ("document.review", "审核通过"),
    ("document.clear", "保密审查通过"),
    ("document.return", "退回"),
    ("document.approve", "签发"),
    ("document.withdraw", "撤下"),
    ("document.repeal", "废止"),
    ("request.submit", "网上提交申请"),
    ("request.register", "登记申请"),
    ("request.event", "记录办理环节"),
    ("request.reply", "答复"),
    ("request.confirm", "确认收到"),
    ("request.correct", "更正登记"),
    ("request.amend", "更正申请人信息或申请内容"),
    ("request.assign", "指定经办人"),
    ("applicant.read", "查看申请人信息"),
    ("applicant.erase", "销毁申请人信息"),
    ("case.record", "登记复议诉讼"),
    ("case.close", "登记复议诉讼结果"),
    ("entry.record", "登记台账"),
    ("entry.end", "登记台账事项结束"),
    ("decision.record", "登记行政决定"),
    ("decision.correct", "更正行政决定的登记"),
    ("decision.withdraw", "撤回行政决定的登记"),
    ("fee-income.save", "登记行政事业性收费收入"),
    ("report.publish", "公布年度报告"),
    ("calendar.load", "导入放假安排"),
    ("database.upgrade", "升级数据库"),
    ("database.restore", "从备份恢复"),
];

/// How an action reads in Chinese; an unknown one reads as its key.
pub fn action_label(action: &str) -> &str {
    ACTIONS
        .iter()
        .find(|(key, _)| *key == action)
        .map_or(action, |(_, label)| label)
}
