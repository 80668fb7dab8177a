//! Reading and checking beside the threads that serve pages: how much is taken, how many at once,
//! how long.

use super::download::{self, Download};
use crate::app::App;
use crate::error::{PortalError, Result};
use document::Limits;
use report::{Checkup, Reading};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Largest file, in bytes.
pub const FILE_LIMIT: usize = 10 << 20;
/// Longest text, in characters.
pub const TEXT_LIMIT: usize = 1 << 20;
/// Reports from one address in a quarter of an hour; an office behind one address has many people.
pub const TIMES: i64 = 60;
/// The window of that limit.
pub const WINDOW_MS: i64 = 15 * 60 * 1000;

/// Uploads that are held in memory at once.
const UPLOADS: usize = 16;
/// Reports that are worked on at once: the pages of the site need the processors, too.
const AT_ONCE: usize = 2;
/// How long one waits for a place.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long one report may take, the waiting included.
const TIME: Duration = Duration::from_secs(20);

/// Places for those whose reports are checked.
pub(crate) struct Checker {
    uploads: Arc<Semaphore>,
    work: Arc<Semaphore>,
    limits: Limits,
}

/// A report that was checked.
pub(super) struct Examined {
    pub reading: Reading,
    pub checkup: Checkup,
    /// What the visitor takes home, where that was asked for.
    pub downloads: Vec<Download>,
}

impl Checker {
    pub(crate) fn new(pdf_child: Option<PathBuf>) -> Checker {
        Checker {
            uploads: Arc::new(Semaphore::new(UPLOADS)),
            work: Arc::new(Semaphore::new(AT_ONCE)),
            limits: Limits {
                bytes: FILE_LIMIT as u64,
                unpacked: 32 << 20,
                text: TEXT_LIMIT,
                lines: 50_000,
                cells: 50_000,
                // Antiword and pdftotext take a tenth of a second; an office suite that has to be
                // started first is for the command line.
                external: Duration::from_secs(4),
                pdf_child,
                ..Limits::default()
            },
        }
    }

    /// A place in memory for what is sent.
    ///
    /// # Errors
    /// None is free.
    pub(super) async fn upload(&self) -> Result<OwnedSemaphorePermit> {
        place(&self.uploads, PATIENCE).await
    }

    /// Does work that takes the processor; whoever gives up waiting does not free the place before
    /// the work has ended.
    ///
    /// # Errors
    /// No place is free, or the work takes too long.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Limits) -> T + Send + 'static,
    ) -> Result<T> {
        let limits = self.limits.clone();
        let all = async {
            let place = place(&self.work, PATIENCE).await?;
            let done = tokio::task::spawn_blocking(move || {
                let _place = place;
                work(&limits)
            });
            done.await.map_err(|_| {
                PortalError::Unreadable(
                    "校验这份文件时程序出错了，没有结果；请把文件另存为 docx 或 txt 后再试。"
                        .into(),
                )
            })
        };
        timeout(TIME, all).await.unwrap_or_else(|_| {
            let text = format!(
                "校验超过 {} 秒，已停止；请确认文件只是一份年度报告，或者用命令行 gongkai check 校验。",
                TIME.as_secs()
            );
            Err(PortalError::Unreadable(text))
        })
    }
}

async fn place(places: &Arc<Semaphore>, patience: Duration) -> Result<OwnedSemaphorePermit> {
    match timeout(patience, Arc::clone(places).acquire_owned()).await {
        Ok(Ok(place)) => Ok(place),
        _ => Err(PortalError::Busy(
            "同时校验的人太多，请一分钟后再试；文件没有保存。".into(),
        )),
    }
}

/// Reads a file that was sent and checks the report in it. `takes_home`: files of the
/// result are wanted, too, of a Word file a copy with comments.
///
/// # Errors
/// It cannot be read, takes too long, or no place is free.
pub(super) async fn file(
    app: &App,
    name: String,
    bytes: bytes::Bytes,
    takes_home: bool,
) -> Result<Examined> {
    if bytes.len() > FILE_LIMIT {
        return Err(PortalError::TooLarge);
    }
    if bytes.is_empty() {
        return Err(PortalError::Unreadable(
            "文件是空的（0 字节），没有可以校验的内容；请核对后重新选择。".into(),
        ));
    }
    let begun = app.store().now_ms();
    let size = bytes.len();
    let kind = document::kind(&name, &bytes).ok();
    let done = app
        .checker()
        .work(move |limits| {
            let content = document::read(&name, &bytes, limits)
                .map_err(|error| PortalError::Unreadable(format!("{error}。")))?;
            let reading = report::read(&content, &name);
            let checkup = report::check(&reading);
            let downloads = if takes_home {
                let commented = (kind == Some(document::Kind::Docx))
                    .then(|| download::commented(&bytes, &content, &reading, &checkup))
                    .flatten();
                download::all(&reading, &checkup, commented.as_deref())?
            } else {
                Vec::new()
            };
            Ok(Examined {
                reading,
                checkup,
                downloads,
            })
        })
        .await;
    note(app.store(), begun, size, kind);
    done?
}

/// What is known of it afterwards.
fn note(store: &Store, begun: i64, bytes: usize, kind: Option<document::Kind>) {
    let ms = store.now_ms() - begun;
    tracing::info!(bytes, ?kind, ms, "a report was checked");
}

/// The name of a file as it may be shown and its kind be told by: without folders, without signs
/// that steer, not endless.
pub(super) fn plain_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: Vec<char> = last
        .chars()
        .filter(|c| !c.is_control() && !is_steering(*c))
        .collect();
    // The ending is at the end.
    let from = shown.len().saturating_sub(120);
    shown.iter().skip(from).collect()
}

/// Signs that turn the direction of writing or cannot be seen.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_plain() {
        for (sent, shown) in [
            ("年报.docx", "年报.docx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\报告\\a.txt", "a.txt"),
            ("a\u{202E}txt.exe\n", "atxt.exe"),
            ("", ""),
        ] {
            assert_eq!(plain_name(sent), shown);
        }
        let long = format!("{}.docx", "长".repeat(500));
        let shown = plain_name(&long);
        assert_eq!(shown.chars().count(), 120);
        assert!(shown.ends_with(".docx"));
    }

    #[tokio::test]
    async fn nobody_waits_for_ever_and_a_place_is_free_again_when_the_work_ends() {
        let checker = Checker::new(None);
        let soon = Duration::from_millis(20);
        let held = place(&checker.work, soon).await.unwrap();
        let other = place(&checker.work, soon).await.unwrap();
        let refused = place(&checker.work, soon).await;
        assert!(matches!(refused, Err(PortalError::Busy(_))));
        drop((held, other));
        for _ in 0..=AT_ONCE {
            assert!(matches!(checker.work(|_| 1).await, Ok(1)));
        }
        let broken = checker.work(|_| -> u8 { panic!("no word of this") }).await;
        assert!(matches!(broken, Err(PortalError::Unreadable(text)) if !text.contains("word")));
        assert_eq!(checker.work.available_permits(), AT_ONCE);
    }
}
