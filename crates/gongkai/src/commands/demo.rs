//! `gongkai demo`: the demo county, made if it is not there, and served.

use crate::cli;
use crate::demo::{self, Accounts};
use crate::failure::Failure;
use crate::output::{self, tell};
use crate::runtime;
use crate::serving::{Serving, listen, serve};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use store::{Clock, OpenOptions, Store};

/// Serves until asked to stop; prints the address and the accounts once all is there.
pub fn run(args: &cli::Demo) -> Result<(), Failure> {
    runtime::log("warn");
    runtime::serve(async {
        // The port first: nobody waits for a county that cannot be served.
        let listener = listen(args.listen).await?;
        let (store, accounts) = county(&args.data).await?;
        let address = listener.local_addr().unwrap_or(args.listen);
        output::print(&format!("http://{address}/\n{}", accounts.text()))?;
        let serving = Serving {
            listen: address,
            page_cache: !args.no_page_cache,
            // The demo is served on this machine without HTTPS.
            secure_cookies: false,
            trusted_proxies: Vec::new(),
        };
        serve(store, serving, listener).await
    })
}

/// Opens the county of a folder, making it first if the folder is not there or empty.
async fn county(data: &Path) -> Result<(Store, Accounts), Failure> {
    if data.join("gongkai.db").exists() {
        let options = OpenOptions {
            create: false,
            ..OpenOptions::embedded(data, Clock::system())
        };
        let store = Store::open(options).await?;
        if !store.settings().await?.demo {
            store.db.close().await;
            return Err(Failure::failed(format!(
                "{} 里是真实数据，不是演示数据，没有启动。演示请用 --data 另写一个目录，真实数据请用 serve。",
                data.display()
            )));
        }
        return Ok((store, demo::accounts()));
    }
    let empty = match std::fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(Failure::unreadable(data, &error)),
    };
    if !empty {
        return Err(Failure::failed(format!(
            "{} 里有别的文件，不会把演示数据写进去。请用 --data 另写一个目录。",
            data.display()
        )));
    }
    make(data).await
}

/// Makes the county under another name, so that a half-made one is never taken for the whole.
async fn make(data: &Path) -> Result<(Store, Accounts), Failure> {
    let part = beside(data)?;
    let what = data.display().to_string();
    let unwritable = |error: std::io::Error| Failure::unwritable(&what, &error);
    if part.exists() {
        // Left by a run that was killed.
        std::fs::remove_dir_all(&part).map_err(unwritable)?;
    }
    tell(&format!("正在生成演示数据，存放在 {what} ……"));
    let store = Store::embedded(&part, Clock::system()).await?;
    let made = demo::build(&store, store.today()).await;
    store.db.close().await;
    let accounts = match made {
        Ok(accounts) => accounts,
        Err(error) => {
            let _ = std::fs::remove_dir_all(&part);
            return Err(error.into());
        }
    };
    if data.exists() {
        std::fs::remove_dir(data).map_err(unwritable)?;
    }
    std::fs::rename(&part, data).map_err(unwritable)?;
    tell("演示数据已生成。");
    let store = Store::embedded(data, Clock::system()).await?;
    Ok((store, accounts))
}

fn beside(data: &Path) -> Result<PathBuf, Failure> {
    let Some(name) = data.file_name() else {
        return Err(Failure::usage(format!(
            "“{}”不能作为演示数据目录，请写明目录名。",
            data.display()
        )));
    };
    let mut name: OsString = name.to_os_string();
    name.push(".part");
    Ok(data.with_file_name(name))
}
