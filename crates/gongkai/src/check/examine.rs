//! One file: opened, read, checked, judged.

use crate::check::settings::Settings;
use crate::check::waivers::Waived;
use crate::failure;
use crate::interrupt;
use content::{Block, Content, Run};
use document::Limits;
use report::{Checked, Finding, Reading};
use std::io::Read;
use std::path::Path;

/// What checking one file gave.
#[derive(Debug, Clone, Default)]
pub struct Examined {
    /// Its number among the files, from 1; 0 for the waivers file.
    pub number: usize,
    /// The path as it was given.
    pub source: String,
    /// Whether it is a report; the waivers file has findings too.
    pub is_report: bool,
    /// Why the file could not be opened, if it could not.
    pub unopened: Option<String>,
    /// What the report is, if it could be read.
    pub head: Option<Head>,
    /// What is to be reported.
    pub findings: Vec<Finding>,
    /// What a waiver answers for.
    pub waived: Vec<Waived>,
    /// The relations that were examined.
    pub checked: Vec<Checked>,
}

/// Of whom and when a report is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Title.
    pub title: String,
    /// The unit.
    pub unit: Option<String>,
    /// The year.
    pub year: Option<i16>,
    /// The form.
    pub edition: statute::editions::Edition,
}

/// The bytes of a file.
pub enum Bytes {
    /// All of them.
    Whole(Vec<u8>),
    /// More than are read.
    TooMany,
}

/// The bounds of reading, with this program as the reader of PDF where no other is at hand.
pub fn limits() -> Limits {
    Limits {
        pdf_child: std::env::current_exe().ok(),
        ..Limits::default()
    }
}

/// The bytes of a file, `-` for standard input.
pub fn open(path: &Path, limits: &Limits) -> std::io::Result<Bytes> {
    let mut bytes = Vec::new();
    let most = limits.bytes.saturating_add(1);
    if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(path)?;
        // A folder opens on some systems, and reading it says little.
        if file.metadata()?.is_dir() {
            return Err(std::io::ErrorKind::IsADirectory.into());
        }
        file.take(most).read_to_end(&mut bytes)?;
    }
    Ok(if bytes.len() as u64 > limits.bytes {
        Bytes::TooMany
    } else {
        Bytes::Whole(bytes)
    })
}

/// A file that was read: what it holds and what checking found, before anything is left out.
pub struct Opened {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they hold.
    pub content: Content,
    /// The report in it.
    pub reading: Reading,
}

/// Reads a file into a report.
///
/// # Errors
/// What stands for it when it could not be read: a finding, or that it could not be opened.
pub fn read(path: &Path, settings: &Settings) -> Result<Opened, Box<Examined>> {
    let source = path.display().to_string();
    let unread = |why: &str| {
        Box::new(Examined {
            source: source.clone(),
            is_report: true,
            findings: vec![report::file_unreadable(why)],
            ..Examined::default()
        })
    };
    if interrupt::told() {
        return Err(unread("已按要求中断，没有检查"));
    }
    let bytes = match open(path, &settings.limits) {
        Ok(Bytes::Whole(bytes)) => bytes,
        Ok(Bytes::TooMany) => {
            let most = settings.limits.bytes >> 20;
            return Err(unread(&format!(
                "文件超过上限（{most} MB），请拆分文件，或确认它是不是年度报告"
            )));
        }
        Err(error) => {
            let remark = failure::unreadable(path, &error);
            return Err(Box::new(Examined {
                unopened: Some(remark),
                ..*unread(&why(&error))
            }));
        }
    };
    match document::read(&source, &bytes, &settings.limits) {
        // Nothing that was checked is not nothing that is wrong.
        Ok(content) if is_blank(&content) => {
            Err(unread("文件里没有文字；请确认文件完整，图片里的字不能检查"))
        }
        Ok(content) => {
            let reading = report::read(&content, &source);
            Ok(Opened {
                bytes,
                content,
                reading,
            })
        }
        Err(error) => Err(unread(&error.to_string())),
    }
}

fn is_blank(content: &Content) -> bool {
    let blank = |runs: &[Run]| runs.iter().all(|run| run.text.trim().is_empty());
    content.title.trim().is_empty()
        && content.blocks.iter().all(|block| match block {
            Block::Paragraph(runs) | Block::Heading { runs, .. } => blank(runs),
            Block::Table(table) => table
                .rows
                .iter()
                .flatten()
                .all(|cell| cell.text().trim().is_empty()),
        })
}

fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "没有这个文件，请核对路径".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限，请检查文件的权限".to_owned(),
        std::io::ErrorKind::IsADirectory => "这是目录，不是文件，请核对路径".to_owned(),
        _ => format!("打不开（{error}），请检查文件"),
    }
}

impl Opened {
    /// Checks the report.
    pub fn examine(&self) -> Examined {
        let report = &self.reading.report;
        let checkup = report::check(&self.reading);
        Examined {
            number: 0,
            source: report.source.clone(),
            is_report: true,
            unopened: None,
            head: Some(Head {
                title: report.title.clone(),
                unit: report.unit.clone(),
                year: report.year,
                edition: report.edition,
            }),
            findings: checkup.findings,
            waived: Vec::new(),
            checked: checkup.checked,
        }
    }
}
