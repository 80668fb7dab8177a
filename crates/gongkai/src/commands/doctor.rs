//! `gongkai doctor`: a deployment, examined point by point.

use super::calendar::coming;
use crate::cli::Place;
use crate::config::shown;
use crate::failure::Failure;
use crate::output::{self, tell};
use crate::place::Named;
use crate::runtime;
use std::path::Path;
use store::db::Engine;
use store::journal::Filter;
use store::{OpenOptions, Store};

/// Less free room than this is a fault: a backup or an upgrade would fill the disk. In bytes.
const LEAST_ROOM: u64 = 256 * 1024 * 1024;
/// Less free room than this deserves a look. In bytes.
const LITTLE_ROOM: u64 = 2 * 1024 * 1024 * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Good,
    Look,
    Bad,
}

struct Finding {
    mark: Mark,
    text: String,
}

fn good(text: impl Into<String>) -> Finding {
    Finding {
        mark: Mark::Good,
        text: text.into(),
    }
}

fn look(text: impl Into<String>) -> Finding {
    Finding {
        mark: Mark::Look,
        text: text.into(),
    }
}

fn bad(text: impl Into<String>) -> Finding {
    Finding {
        mark: Mark::Bad,
        text: text.into(),
    }
}

/// Prints one line a point; exit 1 when something must be put right. Nothing is made.
pub fn run(place: &Place) -> Result<(), Failure> {
    let named = place.named()?;
    let findings = runtime::run(async { Ok(examine(&named).await) })?;
    for finding in &findings {
        let mark = match finding.mark {
            Mark::Good => "正常",
            Mark::Look => "留意",
            Mark::Bad => "错误",
        };
        output::print(&format!("{mark}  {}\n", finding.text))?;
    }
    let count = |mark| findings.iter().filter(|it| it.mark == mark).count();
    let (bad, look) = (count(Mark::Bad), count(Mark::Look));
    if bad > 0 {
        return Err(Failure::failed(format!(
            "{bad} 处错误须改正，{look} 处请留意。"
        )));
    }
    tell(&format!("没有错误，{look} 处请留意。"));
    Ok(())
}

async fn examine(named: &Named) -> Vec<Finding> {
    let options = named.options(false);
    let mut findings = Vec::new();
    if let Named::Config(config) = named
        && !config.secure_cookies
    {
        findings.push(look("secure-cookies 关闭：登录凭证可能经 HTTP 明文传送。"));
    }
    // Opening would upgrade an old schema; an examination changes nothing.
    let known = store::migrate::newest();
    match store::open::schema(&options).await {
        Ok(found) if (1..known).contains(&found) => {
            findings.push(bad(format!(
                "数据库结构是第 {found} 版，本程序要第 {known} 版。请先备份，再运行 migrate 升级；其余记录未检查。"
            )));
            findings.extend(folders(named, &options));
            return findings;
        }
        // What else is wrong is said by opening.
        _ => {}
    }
    match Store::open(options.clone()).await {
        Err(error) => findings.push(bad(format!("数据库 {}：{error}", shown(&options.url)))),
        Ok(store) => {
            findings.push(good(format!("数据库 {} 可以打开。", shown(&options.url))));
            findings.push(good("主密钥与数据库相符。"));
            let points = records(&store).await;
            store.db.close().await;
            match points {
                Ok(points) => findings.extend(points),
                Err(failure) => findings.push(bad(failure.text)),
            }
        }
    }
    findings.extend(folders(named, &options));
    findings
}

async fn records(store: &Store) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    let version = store::migrate::version(&store.db).await?;
    findings.push(good(format!("数据库结构第 {version} 版，是最新的。")));
    findings.push(durability(store).await?);
    let settings = store.settings().await?;
    findings.push(if settings.site_name.is_empty() {
        look("站点还没有名称：请运行 init，或在后台设置里填写。")
    } else {
        good(format!("站点“{}”。", settings.site_name))
    });
    let calendar = store::calendar::effective(store).await?;
    let today = store.today();
    for year in [today.year(), coming(today).year()] {
        let covered = calendar.covered_years().contains(&year);
        findings.push(match covered {
            true => good(format!("{year} 年的放假安排已有。")),
            // The notice of the coming year appears in October or November.
            false if year == today.year() => bad(format!(
                "没有 {year} 年的放假安排，期限会算错。请用 calendar load 导入。"
            )),
            false => look(format!(
                "还没有 {year} 年的放假安排，跨年的期限会带提示。通知公布后请用 calendar load 导入。"
            )),
        });
    }
    findings.push(clock(store).await?);
    Ok(findings)
}

async fn durability(store: &Store) -> Result<Finding, Failure> {
    let found = store.db.durability().await?;
    let wanted: &[(&str, &str)] = match store.db.engine() {
        Engine::Sqlite => &[("writer.journal_mode", "wal"), ("writer.synchronous", "2")],
        Engine::Postgres => &[
            ("synchronous_commit", "on"),
            ("fsync", "on"),
            ("full_page_writes", "on"),
        ],
    };
    let wrong: Vec<String> = wanted
        .iter()
        .filter_map(|(setting, value)| {
            let is = found.get(*setting).map(String::as_str);
            // A server that does not show a setting to this account is not accused.
            is.filter(|is| is != value)
                .map(|is| format!("{setting} 应为 {value}，实为 {is}"))
        })
        .collect();
    Ok(if wrong.is_empty() {
        good("提交即落盘的设置齐全。")
    } else {
        bad(format!("断电可能丢失已确认的数据：{}。", wrong.join("；")))
    })
}

/// The clock against the newest journal entry: one that runs behind gives wrong days.
async fn clock(store: &Store) -> Result<Finding, Failure> {
    let newest = store.journal_page(None, 1, &Filter::default()).await?;
    let now = store.now_ms();
    Ok(match newest.first() {
        Some(entry) if entry.at > now + 60_000 => bad(format!(
            "系统时间早于日志最后一条 {} 秒，期限会算错。请校准系统时间。",
            (entry.at - now) / 1000
        )),
        _ => good(format!("系统时间可信，今天是 {}。", store.today())),
    })
}

fn folders(named: &Named, options: &OpenOptions) -> Vec<Finding> {
    let files = options.files_dir.as_path();
    let mut findings = vec![match writable(files) {
        Ok(()) => good(format!("附件目录 {} 可写。", files.display())),
        Err(error) => bad(format!(
            "附件目录 {} 写不进去（{error}）。请建好目录并给运行账号写权限。",
            files.display()
        )),
    }];
    let folder = nearest(files).unwrap_or(named.folder());
    findings.push(match room(folder) {
        Some(free) if free < LEAST_ROOM => bad(format!(
            "磁盘只剩 {} MB，请立即清理或扩容。",
            free / 1024 / 1024
        )),
        Some(free) if free < LITTLE_ROOM => {
            look(format!("磁盘剩 {} MB，请安排扩容。", free / 1024 / 1024))
        }
        Some(free) => good(format!("磁盘剩 {} GB。", free / 1024 / 1024 / 1024)),
        None => look("查不到磁盘剩余空间。"),
    });
    findings
}

/// The folder itself, or the nearest above it that exists.
fn nearest(folder: &Path) -> Option<&Path> {
    folder
        .ancestors()
        .map(|it| {
            if it == Path::new("") {
                Path::new(".")
            } else {
                it
            }
        })
        .find(|it| it.is_dir())
}

/// Whether a file can be made there. A folder that is missing is made with the first file, so the
/// one above it counts.
fn writable(folder: &Path) -> std::io::Result<()> {
    let folder = nearest(folder).ok_or(std::io::ErrorKind::NotFound)?;
    let probe = folder.join(format!(".gongkai-doctor-{}", std::process::id()));
    std::fs::File::create_new(&probe)?;
    std::fs::remove_file(&probe)
}

/// Free room for this account, in bytes.
#[cfg(unix)]
fn room(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    found.f_bavail.checked_mul(found.f_frsize)
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<u64> {
    None
}
