//! The words of `--help` in both languages, in one table.

use crate::cli::Cli;
use crate::language::Language;
use clap::{Arg, ArgAction, Command, CommandFactory};

/// A place in the command line (`command`, `command subcommand`, `command.argument`; `*.argument`
/// for one that means the same everywhere), Chinese, English.
type Words = (&'static str, &'static str, &'static str);

const TABLE: &[Words] = &[
    (
        "",
        "政府信息公开：公布、答复、统计、报告",
        "Open government information: publish, answer, count, report",
    ),
    ("*.help", "显示说明", "Print help"),
    ("*.version", "显示版本", "Print version"),
    (
        "*.data",
        "数据目录（内嵌数据库；没有就新建，自带一个站点）",
        "Data folder (embedded database, made with one site if absent)",
    ),
    ("*.config", "配置文件（TOML）", "Configuration file (TOML)"),
    (
        "demo",
        "启动演示县：没有数据就先生成，显示地址和演示账号",
        "Serve the demo county, making it first if absent; prints address and accounts",
    ),
    (
        "demo.data",
        "演示数据目录，不写为 ./gongkai-demo",
        "Folder of the demo's data, ./gongkai-demo unless told",
    ),
    (
        "*.listen",
        "监听地址和端口，不写为 127.0.0.1:8086（serve 以配置文件为先）",
        "Address and port, 127.0.0.1:8086 unless told (for serve, after the configuration file)",
    ),
    ("*.no_page_cache", "不用页面缓存", "Build every page anew"),
    (
        "serve",
        "启动网站和后台",
        "Serve the site and the back office",
    ),
    (
        "init",
        "建立站点、首个单位和系统管理员，显示首次登录码",
        "Make the site, its first unit and administrator; prints the code of the first sign-in",
    ),
    (
        "init.name",
        "站点所属人民政府的全称，也是首个单位的名称",
        "Full name of the government: of the site and of its first unit",
    ),
    (
        "init.account",
        "管理员账号，不写为 admin",
        "Account of the administrator, admin unless told",
    ),
    (
        "init.region",
        "另有地方性假日的地区，例如 ningxia",
        "Region with holidays of its own, such as ningxia",
    ),
    (
        "doctor",
        "逐项检查部署：数据库、密钥、目录、日历、磁盘、时钟",
        "Examine a deployment: database, key, folders, calendar, disk, clock",
    ),
    (
        "check",
        "检查年度报告：核对每个数与其他数的关系",
        "Check annual reports: every relation between their figures",
    ),
    (
        "check.paths",
        "文件或目录（连同下级目录），- 为标准输入；可以写几个",
        "Files or folders with what is below them, - for standard input",
    ),
    (
        "check.format",
        "text、json、sarif 或 html，不写为 text",
        "text, json, sarif or html, text unless told",
    ),
    (
        "check.output",
        "结果写入文件；是目录时写入其中的 check.*，批注本也放在里面",
        "Write to this file; if it is a folder, to check.* in it, and the annotated copies too",
    ),
    (
        "check.previous",
        "上一年度的报告：文件或目录，按单位和年度配对",
        "Reports of the year before: a file or a folder, paired by unit and year",
    ),
    (
        "check.children",
        "下级单位的报告所在目录，核对汇总数",
        "Folder with the reports of the units below, to check the sums",
    ),
    (
        "check.copies",
        "比较这些报告的文字，与上年或其他单位大段雷同的并排列出",
        "Compare the texts of these reports and show long shared passages side by side",
    ),
    (
        "check.select",
        "只报告这些规则：名称、代码或代码的开头，逗号分隔",
        "Report only these rules: names, codes or the beginnings of codes, with commas between",
    ),
    (
        "check.ignore",
        "不报告这些规则，写法同上",
        "Do not report these rules, written likewise",
    ),
    (
        "check.config",
        "检查的配置文件（TOML）：规则、级别、限额",
        "Configuration of the checker (TOML): rules, levels, limits",
    ),
    (
        "check.waivers",
        "豁免文件（TOML）：规则、位置、理由、何人、何时",
        "Waivers (TOML): rule, place, reason, who, when",
    ),
    (
        "check.annotate",
        "另存带批注的 .docx（原名.annotated.docx）",
        "Write copies of .docx files with comments (NAME.annotated.docx)",
    ),
    (
        "read",
        "把一份年度报告读成结构化的数据",
        "Read one annual report into typed figures",
    ),
    (
        "read.path",
        "报告文件，- 为标准输入",
        "File of the report, - for standard input",
    ),
    ("read.format", "json，不写为 json", "json, also unless told"),
    (
        "rule",
        "说明一条规则，不写名称则列出全部规则",
        "Explain a rule, or list all of them",
    ),
    (
        "rule.rule",
        "规则的名称或代码，例如 T101",
        "Name or code of the rule, such as T101",
    ),
    (
        "pdf-child",
        "从标准输入读 PDF，写出文字（供本程序自己调用）",
        "Read a PDF from standard input and write its text (for this program's own use)",
    ),
    (
        "clock",
        "按事件推算一件申请的全部期限，逐日写明依据（JSON）",
        "Replay the events of a request: every deadline with its steps (JSON)",
    ),
    (
        "clock.file",
        "事件文件（JSON），- 为标准输入",
        "File of events (JSON), - for standard input",
    ),
    (
        "fee",
        "按国办函〔2020〕109号计算信息处理费",
        "Processing fee by 国办函〔2020〕109号, with the arithmetic",
    ),
    (
        "fee requests",
        "按件：同一申请人一个自然月内申请的件数",
        "By requests: those of one applicant in a calendar month",
    ),
    ("fee requests.count", "件数", "How many requests"),
    (
        "fee pages",
        "按量：一件申请公开的页数",
        "By pages: those disclosed for one request",
    ),
    ("fee pages.count", "页数", "How many pages"),
    (
        "calendar",
        "工作日历：查看一年，或导入放假安排",
        "The working-day calendar: show a year, or load a holiday notice",
    ),
    (
        "calendar show",
        "列出一年的放假和调休（不写 --data、--config 时为内置日历）",
        "Days off and make-up days of a year (of the built-in calendar without --data or --config)",
    ),
    ("calendar show.year", "年份", "Year"),
    (
        "calendar show.region",
        "加上这个地区的假日",
        "Add the holidays of this region",
    ),
    (
        "calendar load",
        "导入放假安排，重算在办申请的期限",
        "Load a holiday notice and reckon the open requests anew",
    ),
    (
        "calendar load.file",
        "每行“日期 off|work 名称”，- 为标准输入",
        "One `date off|work name` a line, - for standard input",
    ),
    (
        "calendar load.region",
        "只在这个地区放假，例如 ningxia；不写为全国",
        "Holidays of this region only, such as ningxia; national unless told",
    ),
    (
        "import",
        "导入记录（JSON Lines），全部成功或全不导入",
        "Bring records in (JSON Lines), all or nothing",
    ),
    (
        "import.file",
        "一行一个对象，- 为标准输入",
        "One object a line, - for standard input",
    ),
    (
        "export",
        "导出记录（JSON Lines）",
        "Hand records out (JSON Lines)",
    ),
    ("export.year", "只要这一年的", "Only those of this year"),
    (
        "export.public",
        "只要公众可见的",
        "Only what the public may see",
    ),
    (
        "*.output",
        "写入文件，不写为标准输出",
        "Write to a file instead of standard output",
    ),
    (
        "report",
        "从记录统计年度报告",
        "Compile an annual report from the records",
    ),
    ("report.unit", "单位编号或全称", "Unit, by id or full name"),
    ("report.year", "年度", "Year"),
    (
        "report.edition",
        "格式：stats2014、trial2019、format2021；不写按年度",
        "Form: stats2014, trial2019, format2021; by the year unless told",
    ),
    ("report.roll_up", "汇总下级单位", "Count the units below in"),
    (
        "report.format",
        "json、html 或 docx，不写为 json",
        "json, html or docx, json unless told",
    ),
    (
        "backup",
        "在线备份到一个新目录",
        "Back up into a new folder while people work",
    ),
    (
        "backup.output",
        "备份目录，不写为数据（配置）目录下的 backups/日期-时间",
        "Folder of the backup, backups/date-time beside the data or configuration unless told",
    ),
    (
        "restore",
        "把备份恢复到空的数据库",
        "Restore a backup into an empty database",
    ),
    ("restore.from", "备份目录", "Folder of the backup"),
    (
        "verify",
        "核对日志链、附件、单位树和记录版本",
        "Check the journal's chain, attachments, the tree of units and versions of records",
    ),
    (
        "migrate",
        "升级数据库结构（先备份）",
        "Bring the schema up to date, after a copy of the old state",
    ),
    (
        "generate-reference",
        "生成参考文档",
        "Write the reference documents",
    ),
    (
        "generate-reference.output",
        "输出目录",
        "Folder to write to",
    ),
];

const EXIT: (&str, &str) = (
    "退出码：0 成功；1 事情本身没有办成；2 用法不对，或文件打不开。",
    "Exit codes: 0 done; 1 the thing itself failed; 2 wrong usage, or a file cannot be opened.",
);

fn entry(place: &str) -> Option<&'static Words> {
    TABLE.iter().find(|(key, _, _)| *key == place)
}

/// The words of a place, or of the argument of this name everywhere.
fn words(command: &str, argument: Option<&str>, language: Language) -> &'static str {
    let found = match argument {
        None => entry(command),
        Some(name) => entry(&format!("{command}.{name}")).or_else(|| entry(&format!("*.{name}"))),
    };
    found.map_or("", |(_, chinese, english)| match language {
        Language::Chinese => chinese,
        Language::English => english,
    })
}

/// The command line with its help in a language.
pub fn command(language: Language) -> Command {
    let after = match language {
        Language::Chinese => EXIT.0,
        Language::English => EXIT.1,
    };
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version);
    let root = Cli::command()
        .disable_version_flag(true)
        .arg(version)
        .after_help(after);
    localize(root, "", language)
}

fn localize(command: Command, place: &str, language: Language) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help);
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help)
        .about(words(place, None, language))
        .mut_args(|arg| {
            let text = words(place, Some(arg.get_id().as_str()), language);
            let heading = match (language, arg.is_positional()) {
                (Language::Chinese, true) => Some("参数"),
                (Language::Chinese, false) => Some("选项"),
                (Language::English, _) => None,
            };
            // Defaults and possible values stand in the words themselves.
            let arg = match arg.get_action().takes_values() {
                true => arg
                    .help(text)
                    .hide_default_value(true)
                    .hide_possible_values(true),
                false => arg.help(text),
            };
            match heading {
                Some(heading) => arg.help_heading(heading),
                None => arg,
            }
        });
    if language == Language::Chinese {
        command = command
            .subcommand_help_heading("命令")
            .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}");
    }
    let below: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in below {
        let inner = if place.is_empty() {
            name.clone()
        } else {
            format!("{place} {name}")
        };
        command = command.mut_subcommand(name, |sub| localize(sub, &inner, language));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every place of the command line, with the key that its words come from.
    fn used(
        command: &Command,
        place: &str,
        found: &mut BTreeSet<String>,
        missing: &mut Vec<String>,
    ) {
        let mut want = |keys: Vec<String>| match keys.iter().find(|key| entry(key).is_some()) {
            Some(key) => {
                found.insert(key.clone());
            }
            None => missing.push(keys[0].clone()),
        };
        want(vec![place.to_owned()]);
        for arg in command.get_arguments() {
            want(vec![
                format!("{place}.{}", arg.get_id()),
                format!("*.{}", arg.get_id()),
            ]);
        }
        for sub in command.get_subcommands() {
            let inner = format!("{place} {}", sub.get_name());
            used(sub, inner.trim(), found, missing);
        }
    }

    #[test]
    fn every_place_has_words_in_both_languages_and_none_is_stale() {
        let (mut found, mut missing) = (BTreeSet::new(), Vec::new());
        used(&command(Language::Chinese), "", &mut found, &mut missing);
        assert!(missing.is_empty(), "without words: {missing:?}");
        for (key, chinese, english) in TABLE {
            assert!(found.contains(*key), "{key} is nowhere in the command line");
            assert!(!chinese.is_empty() && !english.is_empty(), "{key}");
            assert!(!chinese.is_ascii(), "{key}: {chinese}");
        }
        let keys: BTreeSet<_> = TABLE.iter().map(|(key, _, _)| key).collect();
        assert_eq!(keys.len(), TABLE.len(), "a key stands twice");
    }

    #[test]
    fn clap_finds_no_fault_in_either_language() {
        for language in [Language::Chinese, Language::English] {
            command(language).debug_assert();
        }
    }
}
