//! `cli.md`: the command line.

use super::Page;
use crate::help;
use crate::language::Language;
use clap::{Arg, Command};

pub(super) fn text() -> String {
    let mut page = Page::new(
        "命令行",
        "说明随语言环境（`LC_ALL`、`LC_MESSAGES`、`LANG`）用中文或英文，没有设时用中文。供程序读的内容单独写在标准输出，其余写在标准错误。退出码：0 成功；1 事情本身没有办成（核对有问题、导入被拒绝、没有这个单位、事件文件内容不对）；2 用法不对，或文件打不开。",
    );
    let mut root = help::command(Language::Chinese);
    root.build();
    commands(&mut page, &mut root);
    page.0
}

fn commands(page: &mut Page, parent: &mut Command) {
    for command in parent.get_subcommands_mut().filter(|it| !it.is_hide_set()) {
        let usage = command.render_usage().to_string();
        let usage = usage.trim().trim_start_matches("Usage:").trim().to_owned();
        if command.has_subcommands() {
            commands(page, command);
            continue;
        }
        // `gongkai calendar show [OPTIONS] <YEAR>`: the words before the first bracket are the name.
        let name: Vec<&str> = usage
            .split_whitespace()
            .take_while(|word| !word.starts_with(['[', '<', '-']))
            .collect();
        page.heading(&format!("`{}`", name.join(" ")));
        let about = command.get_about().map(ToString::to_string);
        page.paragraph(&format!("{}。", about.unwrap_or_default()));
        page.code("text", &usage.replace("[OPTIONS]", "[选项]"));
        let rows: Vec<_> = command
            .get_arguments()
            .filter(|arg| arg.get_id() != "help")
            .map(|arg| {
                [
                    format!("`{}`", written(arg)),
                    arg.get_help().map(ToString::to_string).unwrap_or_default(),
                ]
            })
            .collect();
        if !rows.is_empty() {
            page.table(["参数", "含义"], rows);
        }
    }
}

fn written(arg: &Arg) -> String {
    let values = arg
        .get_value_names()
        .filter(|_| arg.get_action().takes_values())
        .map(|names| {
            names
                .iter()
                .map(|name| name.to_string())
                .collect::<Vec<_>>()
                .join(" ")
        });
    match (arg.get_long(), values) {
        (Some(long), Some(values)) => format!("--{long} {values}"),
        (Some(long), None) => format!("--{long}"),
        (None, values) => values.unwrap_or_default(),
    }
}
