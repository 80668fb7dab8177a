//! `gongkai verify`: whether what is stored still holds together.

use crate::cli::Place;
use crate::failure::Failure;
use crate::output::{self, tell};
use crate::runtime;

/// Prints every fault; exit 1 when there is one.
pub fn run(place: &Place) -> Result<(), Failure> {
    let named = place.named()?;
    let (faults, head) = runtime::run(async {
        let store = named.open().await?;
        let done = async {
            let faults = store.verify().await?;
            Ok::<_, Failure>((faults, store.journal_head().await?.0))
        };
        let done = done.await;
        store.db.close().await;
        done
    })?;
    for fault in &faults {
        let place = match fault.seq {
            Some(seq) if fault.table == "journal" => format!("日志第 {seq} 条"),
            Some(seq) => format!("{} {}（日志第 {seq} 条）", fault.table, fault.record),
            None => format!("{} {}", fault.table, fault.record),
        };
        output::print(&format!("{place}：{}\n", fault.text))?;
    }
    if faults.is_empty() {
        tell(&format!("核对无误：日志 {head} 条，链条完整。"));
        Ok(())
    } else {
        Err(Failure::failed(format!(
            "核对发现 {} 处问题。请停止写入，保留现场，用最近的备份核对。",
            faults.len()
        )))
    }
}
