//! `gongkai import FILE.jsonl`: records in, all or nothing.

use super::is_standard_input;
use crate::cli;
use crate::failure::Failure;
use crate::output::tell;
use crate::runtime;
use office::permissions::Actor;
use std::io::BufReader;
use store::import::{ImportError, Imported, Told, lines};

/// Imports a file; what is late or incomplete is listed on standard error.
pub fn run(args: &cli::Import) -> Result<(), Failure> {
    let named = args.place.named()?;
    // The file first: a mistyped name makes no database.
    let file = if is_standard_input(&args.file) {
        None
    } else {
        let open =
            std::fs::File::open(&args.file).and_then(|file| match file.metadata()?.is_dir() {
                true => Err(std::io::Error::other("这是目录，应为文件")),
                false => Ok(file),
            });
        Some(open.map_err(|error| Failure::unreadable(&args.file, &error))?)
    };
    let imported = runtime::run(async {
        let store = named.open().await?;
        let actor = Actor::operator();
        let imported = match file {
            Some(file) => lines(&store, &actor, BufReader::with_capacity(1 << 16, file)).await,
            None => lines(&store, &actor, std::io::stdin().lock()).await,
        };
        store.db.close().await;
        imported.map_err(refused)
    })?;
    told(&imported.remarks);
    tell(&summary(&imported));
    Ok(())
}

fn refused(error: ImportError) -> Failure {
    match &error {
        ImportError::Lines(problems) => {
            told(problems);
            Failure::failed(error.to_string())
        }
        ImportError::Store(_) => match error {
            ImportError::Store(error) => error.into(),
            other => Failure::failed(other.to_string()),
        },
    }
}

fn told(lines: &[Told]) {
    for told in lines {
        tell(&format!("第 {} 行：{}", told.line, told.text));
    }
}

fn summary(imported: &Imported) -> String {
    let label = |noun: &str| match noun {
        "unit" => "单位",
        "document" => "文件",
        "decision" => "行政处理决定",
        "fee-income" => "收费收入",
        "request" => "申请",
        "case" => "复议诉讼",
        _ => "台账",
    };
    let parts: Vec<String> = imported
        .new
        .iter()
        .map(|(noun, count)| format!("{} {count} 条", label(noun)))
        .collect();
    let new: usize = imported.new.values().sum();
    let mut text = format!("已导入 {new} 条");
    if !parts.is_empty() {
        text.push_str(&format!("（{}）", parts.join("，")));
    }
    if imported.same > 0 {
        text.push_str(&format!("；{} 条已有且内容相同，未重复导入", imported.same));
    }
    if !imported.remarks.is_empty() {
        text.push_str(&format!("；{} 处提示请核对", imported.remarks.len()));
    }
    text.push('。');
    text
}
