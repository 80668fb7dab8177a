//! `gongkai migrate`: the schema brought up to date.

use crate::cli::Place;
use crate::failure::Failure;
use crate::output::tell;
use crate::runtime;
use store::StoreError;

/// Opening brings the schema up to date, after a copy of the old state; this says so.
pub fn run(place: &Place) -> Result<(), Failure> {
    runtime::log("info");
    let named = place.named()?;
    let (from, to) = runtime::run(async {
        let from = match store::open::schema(&named.options(false)).await {
            Ok(found) => found,
            // A data folder that is missing is made.
            Err(StoreError::Missing(_)) => 0,
            Err(error) => return Err(error.into()),
        };
        let store = named.open().await?;
        let to = store::migrate::version(&store.db).await;
        store.db.close().await;
        Ok((from, to?))
    })?;
    tell(&told(from, to));
    Ok(())
}

fn told(from: i64, to: i64) -> String {
    if from == to {
        format!("数据库结构是第 {to} 版，已是最新，没有改动。")
    } else if from == 0 {
        format!("数据库结构新建为第 {to} 版，已是最新。")
    } else {
        format!("数据库结构从第 {from} 版升级到第 {to} 版，已是最新。")
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn an_upgrade_says_from_where_to_where() {
        assert_eq!(told(2, 5), "数据库结构从第 2 版升级到第 5 版，已是最新。");
        assert!(told(0, 5).contains("新建为第 5 版"));
        assert!(told(5, 5).contains("没有改动"));
    }
}
