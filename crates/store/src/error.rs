//! What can go wrong in the store, each with a Chinese sentence that says what was found and what
//! to do. "Not found" of a look-up is `Ok(None)`; [`StoreError::NotFound`] is for an action on a
//! record that must exist.

use office::Reason;
use office::permissions::Action;

/// Short for a result of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process or action holds the database longer than the waiting time.
    #[error(
        "数据库正被其他操作占用，等待超时，没有写入任何内容。请稍候再试；如果一直如此，请检查是否有别的程序打开了数据库文件。"
    )]
    Locked,
    /// The disk, quota or page limit is used up.
    #[error("磁盘空间已满，本次操作没有写入，已有数据不受影响。请清理磁盘或扩容后重试。")]
    Full,
    /// The system refused a write for another reason: a limit on the size of files, a fault.
    #[error(
        "数据库写不进磁盘：磁盘已满、超过文件大小限制，或磁盘有故障。本次操作没有写入，已有数据不受影响。请检查磁盘空间、限制和硬件后重试。"
    )]
    Unwritten,
    /// The database or its folder cannot be written.
    #[error("数据库是只读的，不能写入。请检查数据目录和数据库账号的写权限。")]
    ReadOnly,
    /// The database server does not answer or refuses us.
    #[error("连接不上数据库：{0}。请检查数据库服务是否运行，地址、账号和密码是否正确。")]
    Unreachable(String),
    /// There is no database where one was expected.
    #[error("没有找到数据库：{0}。请检查路径，或先运行初始化命令建立数据库。")]
    Missing(String),
    /// The file is not a database or its pages are broken.
    #[error("数据库文件损坏或不是本系统的数据库：{0}。请停止写入，用最近的备份恢复。")]
    Damaged(String),
    /// The record was changed since the form was made.
    #[error("这条记录（{noun}）已被别人修改，本次没有保存。请刷新页面，核对最新内容后再改。")]
    Stale {
        /// The room of the record.
        noun: &'static str,
    },
    /// A unique key exists already.
    #[error("已有相同的记录（{table}：{columns}），没有重复保存。请核对编号或名称。")]
    Duplicate {
        /// The table.
        table: String,
        /// The columns of the key, or the name of the index.
        columns: String,
    },
    /// A reference points to nothing, or would after the change.
    #[error("引用的记录不存在或仍被其他记录引用，没有保存：{0}。请先核对相关记录。")]
    Dangling(String),
    /// Stored data contradicts its meaning.
    #[error(
        "数据库内容不一致：表 {table} 的 {column} 列，记录“{record}”。请运行校验命令，并用备份核对。"
    )]
    Inconsistent {
        /// The table, as far as known.
        table: String,
        /// The column.
        column: String,
        /// Id of the record, as far as known.
        record: String,
    },
    /// The database was written by a newer program.
    #[error("数据库版本是 {found}，本程序只认识到 {known}。请改用新版本程序，不要用旧程序打开。")]
    NewerSchema {
        /// Version in the database.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// A schema change failed or cannot be made.
    #[error("升级数据库失败：{0}。数据库保持原样，请保留现场并查看日志。")]
    Migration(String),
    /// The rules of the office are against it.
    #[error("不能这样做：{}", texts(.0))]
    NotAllowed(Vec<Reason>),
    /// The actor has no role for this here.
    #[error("您在这个单位没有“{}”的权限。如确需办理，请联系系统管理员调整角色。", .0.label())]
    Forbidden(Action),
    /// An action on a record that does not exist.
    #[error("没有找到{}“{id}”。可能已被删除，或链接、编号有误，请核对。", word(.noun))]
    NotFound {
        /// The room of the record.
        noun: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// A key is missing or wrong, or sealed bytes were changed.
    #[error("加密数据处理失败：{0}。")]
    Crypto(String),
    /// A file could not be read or written.
    #[error("文件读写失败（{what}）：{source}。请检查目录是否存在、权限和磁盘空间。")]
    Io {
        /// What was being done.
        what: String,
        /// The system's answer.
        source: std::io::Error,
    },
    /// A backup cannot be read or does not fit.
    #[error("备份不可用：{0}。没有恢复任何内容，请换一份完整的备份。")]
    Backup(String),
    /// Anything unforeseen of the database.
    #[error("数据库出错：{0}。请查看日志；如果反复出现，请联系维护人员。")]
    Other(#[source] sqlx::Error),
}

/// The word people read for a room of the store.
fn word(noun: &'static str) -> &'static str {
    match noun {
        "unit" => "单位",
        "document" => "文件",
        "attachment" => "附件",
        "request" => "申请",
        "applicant" => "申请人",
        "case" => "案件",
        "entry" => "台账记录",
        "person" => "人员",
        "site" => "站点",
        _ => "这条记录",
    }
}

fn texts(reasons: &[Reason]) -> String {
    reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect::<Vec<_>>()
        .join("")
}

impl StoreError {
    /// Stored data that contradicts its meaning, named so that an operator can find it.
    pub fn inconsistent(
        table: impl Into<String>,
        column: impl Into<String>,
        record: impl Into<String>,
    ) -> StoreError {
        StoreError::Inconsistent {
            table: table.into(),
            column: column.into(),
            record: record.into(),
        }
    }

    /// An action on a record that does not exist.
    pub fn not_found(noun: &'static str, id: impl Into<String>) -> StoreError {
        StoreError::NotFound {
            noun,
            id: id.into(),
        }
    }

    /// A single reason of the whole action.
    pub fn refused(code: &'static str, text: impl Into<String>) -> StoreError {
        StoreError::NotAllowed(vec![Reason::new(code, text)])
    }

    /// No role for this.
    pub fn forbidden(action: Action) -> StoreError {
        StoreError::Forbidden(action)
    }

    /// The file error while doing `what`; a full disk and a missing right keep their own names.
    pub fn io(what: impl Into<String>, source: std::io::Error) -> StoreError {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::Full,
            std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
            _ => StoreError::Io {
                what: what.into(),
                source,
            },
        }
    }
}

impl From<Vec<Reason>> for StoreError {
    fn from(reasons: Vec<Reason>) -> StoreError {
        StoreError::NotAllowed(reasons)
    }
}

impl From<Reason> for StoreError {
    fn from(reason: Reason) -> StoreError {
        StoreError::NotAllowed(vec![reason])
    }
}

/// Names an error of SQLite by its result code (<https://sqlite.org/rescode.html>).
pub(crate) fn from_sqlite(error: sqlx::Error) -> StoreError {
    let sqlx::Error::Database(fault) = &error else {
        return match error {
            // The only waiting line in SQLite is the one for the writer.
            sqlx::Error::PoolTimedOut => StoreError::Locked,
            sqlx::Error::Io(source) => StoreError::io("SQLite", source),
            other => StoreError::Other(other),
        };
    };
    let code: i32 = fault.code().and_then(|code| code.parse().ok()).unwrap_or(0);
    let message = fault.message().to_string();
    match (code & 0xff, code) {
        (5 | 6, _) => StoreError::Locked,
        (13, _) => StoreError::Full,
        // Write, sync, truncate, shared memory.
        (10, 778 | 1034 | 1546 | 4874) => StoreError::Unwritten,
        (8, _) => StoreError::ReadOnly,
        (14, _) => StoreError::Missing(message),
        (11 | 26, _) => StoreError::Damaged(message),
        (19, 1555 | 2067) => sqlite_duplicate(&message),
        (19, 787) => StoreError::Dangling(message),
        _ => StoreError::Other(error),
    }
}

/// `UNIQUE constraint failed: person.site, person.account` names table and columns.
fn sqlite_duplicate(message: &str) -> StoreError {
    let list = message.rsplit(": ").next().unwrap_or_default();
    let mut table = String::new();
    let mut columns = Vec::new();
    for name in list.split(", ") {
        match name.split_once('.') {
            Some((of, column)) => {
                table = of.to_string();
                columns.push(column);
            }
            None => columns.push(name),
        }
    }
    StoreError::Duplicate {
        table,
        columns: columns.join(", "),
    }
}

/// Names an error of PostgreSQL by its SQLSTATE.
pub(crate) fn from_postgres(error: sqlx::Error) -> StoreError {
    let sqlx::Error::Database(fault) = &error else {
        return match error {
            sqlx::Error::PoolTimedOut => StoreError::Unreachable("等待连接超时".into()),
            sqlx::Error::Io(source) => StoreError::Unreachable(source.to_string()),
            sqlx::Error::Tls(source) => StoreError::Unreachable(source.to_string()),
            sqlx::Error::Configuration(source) => StoreError::Unreachable(source.to_string()),
            other => StoreError::Other(other),
        };
    };
    let code = fault.code().unwrap_or_default().to_string();
    let message = fault.message().to_string();
    match code.as_str() {
        "55P03" | "40001" | "40P01" | "57014" => StoreError::Locked,
        "53100" | "54000" => StoreError::Full,
        "25006" | "42501" => StoreError::ReadOnly,
        "3D000" => StoreError::Missing(message),
        "XX001" | "XX002" => StoreError::Damaged(message),
        "23505" => StoreError::Duplicate {
            table: fault.table().unwrap_or_default().to_string(),
            columns: fault.constraint().unwrap_or_default().to_string(),
        },
        "23503" => StoreError::Dangling(message),
        code if code.starts_with("08")
            || code.starts_with("28")
            || code.starts_with("57P")
            || code == "53300" =>
        {
            StoreError::Unreachable(message)
        }
        _ => StoreError::Other(error),
    }
}
