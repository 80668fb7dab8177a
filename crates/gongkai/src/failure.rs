//! How a command ends when it does not succeed.

use store::StoreError;

/// A message in Chinese and the exit code that goes with it.
#[derive(Debug)]
pub struct Failure {
    /// What was found, what was expected, what to do; empty when it was told already.
    pub text: String,
    /// See the crate's documentation.
    pub code: u8,
}

impl Failure {
    /// The thing itself failed.
    pub fn failed(text: impl Into<String>) -> Failure {
        Failure {
            text: text.into(),
            code: 1,
        }
    }

    /// Wrong usage, or an input that cannot be opened.
    pub fn usage(text: impl Into<String>) -> Failure {
        Failure {
            text: text.into(),
            code: 2,
        }
    }

    /// Somebody asked to end; `code` is 128 and the number of the signal.
    pub fn interrupted(code: u8) -> Failure {
        Failure {
            text: "已按要求中断，没有做完；没有留下写了一半的文件。".to_owned(),
            code,
        }
    }

    /// An input file that cannot be opened or read.
    pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Failure {
        Failure::usage(unreadable(path, error))
    }

    /// An output that cannot be written.
    pub fn unwritable(what: &str, error: &std::io::Error) -> Failure {
        let why = match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                "磁盘空间已满".to_owned()
            }
            std::io::ErrorKind::FileTooLarge => "文件超过系统限制的大小".to_owned(),
            std::io::ErrorKind::PermissionDenied => "没有写入权限".to_owned(),
            std::io::ErrorKind::NotFound => "没有这个目录".to_owned(),
            _ => error.to_string(),
        };
        Failure::failed(format!(
            "{what} 写不进去：{why}。请检查目录、权限和磁盘空间后重试。"
        ))
    }
}

/// Why a file or folder cannot be opened or read, and what to do.
pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!("打不开 {path}：没有这个文件。请核对路径。"),
        ErrorKind::PermissionDenied => format!("打不开 {path}：没有读取权限。请检查权限。"),
        ErrorKind::IsADirectory => format!("打不开 {path}：这是目录，不是文件。请核对路径。"),
        ErrorKind::InvalidData => {
            format!("打不开 {path}：不是 UTF-8 编码的文字。请另存为 UTF-8 编码。")
        }
        _ => format!("打不开 {path}：{error}。请核对路径。"),
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match error {
            // Several reasons stand under each other, as a form would show them.
            StoreError::NotAllowed(reasons) if reasons.len() > 1 => Failure::failed(
                reasons
                    .iter()
                    .map(|reason| reason.text.as_str())
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            other => Failure::failed(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::Reason;

    #[test]
    fn reasons_stand_under_each_other() {
        let failure = Failure::from(StoreError::NotAllowed(vec![
            Reason::new("a", "第一。"),
            Reason::new("b", "第二。"),
        ]));
        assert_eq!((failure.text.as_str(), failure.code), ("第一。\n第二。", 1));
    }
}
