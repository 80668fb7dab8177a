//! People, their accounts and the roles they hold in a part of the tree of units.

use crate::Reason;
use statute::keyed;

keyed! {
    /// What a person does in a unit. One person may hold several, each in its own part of the tree.
    Role, "角色" {
        Clerk = "clerk", "经办";
        Reviewer = "reviewer", "审核";
        SecrecyReviewer = "secrecy-reviewer", "保密审查";
        Approver = "approver", "签发";
        DisclosureOffice = "disclosure-office", "政务公开办";
        Administrator = "administrator", "系统管理";
        Auditor = "auditor", "审计（只读）";
    }
}

keyed! {
    /// Whether an account can be used.
    AccountState, "账号状态" {
        Invited = "invited", "已邀请，未首次登录";
        Active = "active", "在岗";
        OnLeave = "on-leave", "休假，由他人代办";
        Left = "left", "已离岗";
    }
}

/// One who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Our own id.
    pub id: String,
    /// Account name, unique in the site.
    pub account: String,
    /// Name as colleagues read it.
    pub name: String,
    /// The unit the person belongs to.
    pub unit: String,
    /// Whether the account can be used.
    pub state: AccountState,
    /// Who does the work meanwhile, when on leave.
    pub stand_in: Option<String>,
    /// Journal entry that last changed it.
    pub seq: i64,
}

/// A role in a unit and all units below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Head of the part of the tree in which it holds.
    pub unit: String,
}

/// Failed sign-ins before an account is locked (GB/T 22239 身份鉴别 b asks for a limit; the
/// figure is custom, see shared law notes on privacy §5).
pub const FAILURES_BEFORE_LOCK: i64 = 5;
/// How long a lock lasts, in milliseconds: 15 minutes.
pub const LOCK_MS: i64 = 15 * 60 * 1000;
/// A session ends after this long without use, in milliseconds: 30 minutes.
pub const SESSION_IDLE_MS: i64 = 30 * 60 * 1000;
/// A session ends after this long in any case, in milliseconds: 12 hours.
pub const SESSION_MAX_MS: i64 = 12 * 60 * 60 * 1000;
/// An invitation or reset code can be used for this long, in milliseconds: 7 days.
pub const INVITATION_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Longest password taken, in bytes: longer input is refused before it is hashed.
pub const PASSWORD_LIMIT: usize = 256;

/// What stands against an account name: 2 to 40 letters, digits, `.`, `-`, `_`.
pub fn check_account(account: &str) -> Vec<Reason> {
    let fits = (2..=40).contains(&account.len())
        && account
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    if fits {
        Vec::new()
    } else {
        vec![Reason::at(
            "account",
            "account-malformed",
            format!("账号“{account}”不合格式：应为 2 到 40 位字母、数字、点、横线或下划线。"),
        )]
    }
}

/// What stands against a new password: at least 10 characters of at least 2 kinds, and not the
/// account itself (GB/T 22239 身份鉴别 a asks for complexity).
pub fn check_password(password: &str, account: &str) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let length = password.chars().count();
    if length < 10 {
        reasons.push(Reason::at(
            "password",
            "password-short",
            format!("密码只有 {length} 位，至少 10 位，请加长。"),
        ));
    }
    if password.len() > PASSWORD_LIMIT {
        reasons.push(Reason::at(
            "password",
            "password-long",
            "密码过长，最多 256 个字节。",
        ));
    }
    let kinds = [
        password.chars().any(|c| c.is_ascii_lowercase()),
        password.chars().any(|c| c.is_ascii_uppercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_ascii_alphanumeric()),
    ];
    if kinds.iter().filter(|kind| **kind).count() < 2 {
        reasons.push(Reason::at(
            "password",
            "password-plain",
            "密码只有一类字符，应至少包含大写字母、小写字母、数字、符号中的两类。",
        ));
    }
    if !account.is_empty() && password.to_lowercase().contains(&account.to_lowercase()) {
        reasons.push(Reason::at(
            "password",
            "password-account",
            "密码里含有账号，请换一个。",
        ));
    }
    reasons
}
