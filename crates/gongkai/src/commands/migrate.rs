//! `gongkai migrate`: the schema brought up to date.

use crate::cli::Place;
use crate::failure::Failure;
use crate::output::tell;
use crate::runtime;

/// Opening brings the schema up to date, after a copy of the old state; this says so.
pub fn run(place: &Place) -> Result<(), Failure> {
    runtime::log("info");
    let named = place.named()?;
    let version = runtime::run(async {
        let store = named.open().await?;
        let version = store::migrate::version(&store.db).await;
        store.db.close().await;
        Ok(version?)
    })?;
    tell(&format!("数据库结构是第 {version} 版，已是最新。"));
    Ok(())
}
