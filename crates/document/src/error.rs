//! Why a file could not be read.

/// Why a file could not be read: what was found, what was expected, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Something is larger than its limit.
    #[error("{what}超过上限（{limit}），没有读取；请拆分文件，或确认它是不是年度报告")]
    TooLarge {
        /// What is too large, as “文件”, “表格的列数”.
        what: &'static str,
        /// The limit with its unit, as “20 MB”.
        limit: String,
    },
    /// Neither text nor a file of a known kind.
    #[error(
        "这不是文本文件：含有大量控制字符或空字节；请提供 txt、md、html、docx、doc、pdf 或 xlsx 文件"
    )]
    NotText,
    /// The kind is known, the inside is broken.
    #[error("{kind} 文件已损坏：{why}；请用原来的软件打开并另存一份，或向提供者重新索取")]
    Damaged {
        /// Kind of the file, as “docx”.
        kind: &'static str,
        /// What is broken.
        why: String,
    },
    /// The file wants a password.
    #[error("{kind} 文件已加密，无法读取；请去掉密码后另存一份")]
    Encrypted {
        /// Kind of the file.
        kind: &'static str,
    },
    /// No program is installed that reads this kind.
    #[error(
        "读取 {kind} 文件要借助外部程序，没有找到其中任何一个：{programs}；请安装其一，或把文件另存为 docx 后再检查"
    )]
    NoConverter {
        /// Kind of the file.
        kind: &'static str,
        /// Programs that would do, as “antiword、catdoc、LibreOffice”.
        programs: &'static str,
    },
    /// The program for this kind failed.
    #[error("外部程序 {program} 未能转换该文件：{why}；请把文件另存为 docx 或 txt 后再检查")]
    ConverterFailed {
        /// Name of the program.
        program: String,
        /// What it said.
        why: String,
    },
    /// The program for this kind took too long and was stopped.
    #[error(
        "外部程序 {program} 没有在时限（{seconds} 秒）内完成，已停止；请把文件另存为 docx 或 txt 后再检查"
    )]
    Timeout {
        /// Name of the program.
        program: String,
        /// Seconds that it had; where nothing was left for it, those of all programs together.
        seconds: u64,
    },
    /// This process was told to end while the program ran.
    #[error("读取被中断，外部程序 {program} 随之停止，文件没有读完；需要时请重新运行")]
    Interrupted {
        /// Name of the program.
        program: String,
    },
    /// A PDF of pictures.
    #[error(
        "PDF 共 {pages} 页，都没有文字，应是扫描件；扫描件不作猜测，请提供可选中文字的 PDF 或 Word 原件"
    )]
    Scanned {
        /// Number of pages.
        pages: u32,
    },
    /// A packed file that is neither docx nor xlsx, or the like.
    #[error("认不出文件的种类；请提供 txt、md、html、docx、doc、pdf 或 xlsx 文件")]
    UnknownKind,
    /// A kind that is known and not read.
    #[error("不支持 {kind} 文件；{hint}")]
    Unsupported {
        /// Kind of the file.
        kind: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
}

/// Most characters of a name or a value out of a file that a message repeats.
const REPEATED: usize = 120;

impl ReadError {
    /// A broken file. What `why` repeats of the file is cut short and cannot steer a terminal.
    pub(crate) fn damaged(kind: &'static str, why: &str) -> ReadError {
        ReadError::Damaged {
            kind,
            why: harmless(why),
        }
    }
}

/// Text out of a file or a program for a message: one line, not long, nothing that a terminal
/// obeys or that turns the direction of writing.
pub(crate) fn harmless(text: &str) -> String {
    let steers = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    let mut kept = text.chars().filter(|c| !steers(c));
    let mut out: String = kept.by_ref().take(REPEATED).collect();
    if kept.next().is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_short_and_harmless() {
        let check = |why: &str, expect: &str| {
            let message = ReadError::damaged("docx", why).to_string();
            assert!(
                message.starts_with(&format!("docx 文件已损坏：{expect}；")),
                "{message}"
            );
        };
        check("找不到工作表“二”", "找不到工作表“二”");
        check("a\u{1b}[31m\nb\u{202e}c\u{9b}", "a[31mbc");
        let long = "长".repeat(REPEATED);
        check(&long, &long);
        check(&(long.clone() + "了"), &(long + "…"));
    }
}
