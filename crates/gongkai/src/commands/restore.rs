//! `gongkai restore FROM`: a backup into an empty database.

use crate::cli;
use crate::failure::Failure;
use crate::output::tell;
use crate::place::Named;
use crate::runtime;

/// Restores and verifies.
pub fn run(args: &cli::Restore) -> Result<(), Failure> {
    let named = args.place.named()?;
    if !args.from.is_dir() {
        return Err(Failure::usage(format!(
            "没有备份目录 {}，请核对路径。",
            args.from.display()
        )));
    }
    let faults = runtime::run(async {
        if let Named::Data(folder) = &named {
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::unwritable(&folder.display().to_string(), &error))?;
        }
        let store = store::backup::restore(&args.from, named.options(true)).await?;
        let faults = store.verify().await;
        store.db.close().await;
        Ok(faults?)
    })?;
    for fault in &faults {
        tell(&fault.text);
    }
    if faults.is_empty() {
        tell("恢复完成，核对无误。");
        Ok(())
    } else {
        Err(Failure::failed(format!(
            "恢复完成，但核对发现 {} 处问题：备份时就有，请逐项处理。",
            faults.len()
        )))
    }
}
