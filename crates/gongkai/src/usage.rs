//! Help that was asked for, and what was typed wrong.

use crate::language::Language;
use crate::output;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::process::ExitCode;

/// Prints help or says what was typed wrong, and gives the exit code.
pub fn answer(error: &Error, language: Language) -> ExitCode {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match output::print(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => ExitCode::from(failure.code),
        },
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::tell(text.trim_end());
            ExitCode::from(2)
        }
        _ => {
            let told = match language {
                Language::English => text,
                Language::Chinese => chinese(error),
            };
            output::tell(told.trim_end());
            ExitCode::from(2)
        }
    }
}

fn chinese(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let mut text = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识“{argument}”。"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "没有“{}”这个命令。",
                context(error, ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingSubcommand => "后面还应有一个命令。".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}。"),
        ErrorKind::ArgumentConflict => format!(
            "“{argument}”不能与“{}”同时使用。",
            context(error, ContextKind::PriorArg)
        ),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少值。"),
        ErrorKind::InvalidValue => format!("“{argument}”没有“{value}”这个值。"),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string);
            format!(
                "“{argument}”的值“{value}”不对：{}。",
                why.unwrap_or_else(|| "请核对".to_owned())
            )
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("“{argument}”的值个数不对。")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 编码的文字。".to_owned(),
        _ => format!("命令写得不对：{}", error.render()),
    };
    let known = context(error, ContextKind::ValidValue);
    if !known.is_empty() {
        text.push_str(&format!("可用的有 {known}。"));
    }
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    if let Some(near) = near
        .map(|kind| context(error, kind))
        .iter()
        .find(|it| !it.is_empty())
    {
        text.push_str(&format!("是不是“{near}”？"));
    }
    let usage = context(error, ContextKind::Usage);
    if !usage.is_empty() {
        text.push_str(&format!(
            "\n\n{}",
            usage.trim().replace("Usage: ", "用法：")
        ));
    }
    text.push_str("\n\n加上 --help 可以查看说明。");
    text
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
