//! Opening the records that `--data` or `--config` names.

use crate::cli::Place;
use crate::config::Config;
use crate::failure::Failure;
use crate::output::tell;
use std::path::{Path, PathBuf};
use store::{Clock, DatabaseUrl, OpenOptions, Store};

/// What `--data` or `--config` names.
#[derive(Debug, Clone)]
pub enum Named {
    /// A data folder.
    Data(PathBuf),
    /// A configured deployment.
    Config(Box<Config>),
}

impl Place {
    /// Whether records were named at all.
    pub fn is_named(&self) -> bool {
        self.data.is_some() || self.config.is_some()
    }

    /// What was named.
    pub fn named(&self) -> Result<Named, Failure> {
        match (&self.data, &self.config) {
            (Some(data), None) => Ok(Named::Data(data.clone())),
            (None, Some(file)) => Ok(Named::Config(Box::new(Config::read(file)?))),
            (Some(_), Some(_)) => Err(Failure::usage(
                "--data 与 --config 只能写一个：前者是数据目录，后者是配置文件。",
            )),
            (None, None) => Err(Failure::usage(
                "没有说明用哪里的数据。请加 --data 目录（内嵌数据库，没有就新建），或 --config 配置文件。",
            )),
        }
    }

    /// Opens the records.
    pub async fn open(&self) -> Result<Store, Failure> {
        self.named()?.open().await
    }
}

impl Named {
    /// The folder that what belongs to the deployment lies in.
    pub fn folder(&self) -> &Path {
        match self {
            Named::Data(folder) => folder,
            Named::Config(config) => &config.folder,
        }
    }

    /// How to open it; `create` also makes what is missing.
    pub fn options(&self, create: bool) -> OpenOptions {
        match self {
            Named::Data(folder) => OpenOptions {
                create,
                ..OpenOptions::embedded(folder, Clock::system())
            },
            Named::Config(config) => config.options(create),
        }
    }

    /// Opens it. A data folder is made if it is missing; a deployment must have been made by
    /// `init`.
    pub async fn open(&self) -> Result<Store, Failure> {
        match self {
            Named::Data(folder) => {
                let url = self.options(false).url;
                let fresh = matches!(&url, DatabaseUrl::Sqlite(file) if !file.exists());
                let store = Store::embedded(folder, Clock::system()).await?;
                if fresh {
                    tell(&format!("已新建数据目录 {}。", folder.display()));
                }
                Ok(store)
            }
            Named::Config(config) => Ok(Store::open(config.options(false)).await?),
        }
    }
}
