//! `gongkai backup`: a backup while people work.

use crate::cli;
use crate::failure::Failure;
use crate::output::{self, tell};
use crate::runtime;
use std::path::PathBuf;

/// Writes a backup and prints its folder.
pub fn run(args: &cli::Backup) -> Result<(), Failure> {
    let named = args.place.named()?;
    let backup = runtime::run(async {
        let store = named.open().await?;
        let folder = args
            .output
            .clone()
            .unwrap_or_else(|| named.folder().join("backups").join(stamp(store.now_ms())));
        let backup = store.backup(&folder).await;
        store.db.close().await;
        Ok(backup?)
    })?;
    let rows: u64 = backup.manifest.tables.values().map(|part| part.rows).sum();
    tell(&format!(
        "备份完成：{} 张表 {rows} 行，附件 {} 个。",
        backup.manifest.tables.len(),
        backup.manifest.files.len()
    ));
    tell(&format!(
        "主密钥另存在 {}：没有它，申请人信息打不开；请与备份分开保管。",
        backup.key.display()
    ));
    output::print(&format!("{}\n", backup.folder.display()))?;
    if backup.manifest.lost.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "有 {} 个附件丢失或被改动，不在备份里：\n{}\n请运行 verify 核对，并从更早的备份找回。",
        backup.manifest.lost.len(),
        backup.manifest.lost.join("\n")
    )))
}

/// `20260102-150405`, Chinese time.
fn stamp(ms: i64) -> PathBuf {
    let shifted = jiff::Timestamp::from_millisecond(ms.saturating_add(8 * 60 * 60 * 1000));
    let text = shifted.map_or_else(
        |_| ms.to_string(),
        |at| at.strftime("%Y%m%d-%H%M%S").to_string(),
    );
    PathBuf::from(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_stamp_is_chinese_time() {
        // 2024-02-28 16:00:00 UTC.
        assert_eq!(
            super::stamp(1_709_136_000_000).to_str(),
            Some("20240229-000000")
        );
    }
}
