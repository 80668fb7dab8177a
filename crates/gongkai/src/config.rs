//! The configuration file of a deployment. `docs/reference/configuration.md` is written from
//! [`KEYS`]; a key that stands not there is an error.

use crate::cli::LISTEN;
use crate::failure::Failure;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use store::{Clock, DatabaseUrl, KeySource, OpenOptions};
use toml::{Table, Value};

/// Key, default as written, meaning.
pub const KEYS: &[(&str, &str, &str)] = &[
    (
        "database",
        "（必填）",
        "数据库：SQLite 文件的路径，或 `postgres://用户:密码@主机:端口/库名`",
    ),
    ("site", "`\"default\"`", "站点编号；一个库可以有多个站点"),
    ("files", "`\"files\"`", "附件目录"),
    (
        "master-key",
        "`\"master.key\"`",
        "主密钥文件（64 位十六进制数），申请人信息用它加密；请另存一份，不要放进备份",
    ),
    ("listen", "`\"127.0.0.1:8086\"`", "监听地址和端口"),
    (
        "trusted-proxies",
        "`[]`",
        "可信反向代理的 IP 地址；只有它们转来的访问者地址才算数",
    ),
    (
        "secure-cookies",
        "`true`",
        "登录凭证只经 HTTPS 传送；只在没有 HTTPS 的内网试用时关闭",
    ),
    (
        "page-cache",
        "`true`",
        "是否缓存公开页面；撤下即时生效，与它无关",
    ),
];

/// A deployment.
#[derive(Clone, PartialEq, Eq)]
pub struct Config {
    /// Folder of the file, which relative paths start from.
    pub folder: PathBuf,
    /// Where the records are.
    pub database: DatabaseUrl,
    /// Which government.
    pub site: String,
    /// Where attachments lie.
    pub files: PathBuf,
    /// The file with the master key.
    pub master_key: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Proxies whose word on the visitor's address counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether cookies go over HTTPS only.
    pub secure_cookies: bool,
    /// Whether public pages are kept.
    pub page_cache: bool,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("folder", &self.folder)
            .field("database", &shown(&self.database))
            .field("site", &self.site)
            .field("files", &self.files)
            .field("master_key", &self.master_key)
            .field("listen", &self.listen)
            .field("trusted_proxies", &self.trusted_proxies)
            .field("secure_cookies", &self.secure_cookies)
            .field("page_cache", &self.page_cache)
            .finish()
    }
}

/// The address of a database without its password.
pub fn shown(database: &DatabaseUrl) -> String {
    let url = match database {
        DatabaseUrl::Sqlite(path) => return path.display().to_string(),
        DatabaseUrl::Postgres(url) => url,
    };
    // Parameters may hold a password as well.
    let plain = url.split(['?', '#']).next().unwrap_or_default();
    match (plain.split_once("://"), plain.rsplit_once('@')) {
        (Some((scheme, _)), Some((before, host))) => {
            let user = before
                .split_once("://")
                .map_or("", |(_, user)| user)
                .split(':')
                .next()
                .unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        _ => plain.to_owned(),
    }
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// Wrong usage: a file that cannot be opened, and every key that is unknown or has a wrong
    /// value.
    pub fn read(path: &Path) -> Result<Config, Failure> {
        let text =
            std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
        let folder = match path.parent() {
            Some(parent) if parent != Path::new("") => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        Config::parse(&text, folder).map_err(|problems| {
            Failure::usage(format!(
                "配置文件 {} 有 {} 处问题：\n{}",
                path.display(),
                problems.len(),
                problems.join("\n")
            ))
        })
    }

    fn parse(text: &str, folder: PathBuf) -> Result<Config, Vec<String>> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error
                .span()
                .and_then(|span| text.get(..span.start))
                .map_or(1, |before| before.matches('\n').count() + 1);
            // The library's own message quotes the line, which may hold a password.
            vec![format!("第 {line} 行不是合法的 TOML：{}", error.message())]
        })?;
        let mut fields = Fields {
            table: &table,
            problems: Vec::new(),
        };
        for key in table.keys() {
            if !KEYS.iter().any(|(known, _, _)| known == key) {
                let known: Vec<_> = KEYS.iter().map(|(known, _, _)| *known).collect();
                fields.problems.push(format!(
                    "没有“{key}”这一项，可用的有 {}。",
                    known.join("、")
                ));
            }
        }
        let database = fields.text("database").unwrap_or_default();
        if database.is_empty() {
            fields
                .problems
                .push("缺少“database”，应为 SQLite 文件的路径或 postgres://… 的地址。".to_owned());
        }
        let listen = fields.parsed("listen", LISTEN, "“IP 地址：端口”，例如 127.0.0.1:8086");
        let config = Config {
            database: database_in(&folder, &database),
            site: fields.text("site").unwrap_or_else(|| "default".to_owned()),
            files: folder.join(fields.text("files").unwrap_or_else(|| "files".to_owned())),
            master_key: folder.join(
                fields
                    .text("master-key")
                    .unwrap_or_else(|| "master.key".to_owned()),
            ),
            listen: listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8086))),
            trusted_proxies: fields.addresses("trusted-proxies"),
            secure_cookies: fields.flag("secure-cookies", true),
            page_cache: fields.flag("page-cache", true),
            folder,
        };
        if fields.problems.is_empty() {
            Ok(config)
        } else {
            Err(fields.problems)
        }
    }

    /// How to open the records.
    pub fn options(&self, create: bool) -> OpenOptions {
        OpenOptions {
            url: self.database.clone(),
            site: self.site.clone(),
            clock: Clock::system(),
            master_key: KeySource::File(self.master_key.clone()),
            files_dir: self.files.clone(),
            create,
            max_page_count: None,
        }
    }
}

fn database_in(folder: &Path, text: &str) -> DatabaseUrl {
    match DatabaseUrl::from_str(text) {
        Ok(DatabaseUrl::Sqlite(path)) => DatabaseUrl::Sqlite(folder.join(path)),
        Ok(server) => server,
        Err(never) => match never {},
    }
}

struct Fields<'a> {
    table: &'a Table,
    problems: Vec<String>,
}

impl Fields<'_> {
    fn text(&mut self, key: &str) -> Option<String> {
        match self.table.get(key)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            _ => {
                self.problems
                    .push(format!("“{key}”应为不空的文字，例如 {key} = \"…\"。"));
                None
            }
        }
    }

    fn parsed<T: FromStr>(&mut self, key: &str, default: &str, expected: &str) -> Option<T> {
        let text = match self.table.get(key) {
            None => default.to_owned(),
            Some(_) => self.text(key)?,
        };
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.problems
                .push(format!("“{key}”的值“{text}”不对，应为{expected}。"));
        }
        parsed
    }

    fn flag(&mut self, key: &str, default: bool) -> bool {
        match self.table.get(key) {
            None => default,
            Some(Value::Boolean(flag)) => *flag,
            Some(_) => {
                self.problems
                    .push(format!("“{key}”应为 true 或 false（不加引号）。"));
                default
            }
        }
    }

    fn addresses(&mut self, key: &str) -> Vec<IpAddr> {
        let Some(value) = self.table.get(key) else {
            return Vec::new();
        };
        let list: Option<Vec<IpAddr>> = value.as_array().and_then(|items| {
            items
                .iter()
                .map(|item| item.as_str().and_then(|text| text.parse().ok()))
                .collect()
        });
        list.unwrap_or_else(|| {
            self.problems
                .push(format!("“{key}”应为 IP 地址的列表，例如 [\"10.0.0.2\"]。"));
            Vec::new()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, Vec<String>> {
        Config::parse(text, PathBuf::from("/etc/gongkai"))
    }

    #[test]
    fn paths_start_from_the_folder_of_the_file() {
        let config = parse("database = \"gongkai.db\"").unwrap();
        assert_eq!(
            config.database,
            DatabaseUrl::Sqlite("/etc/gongkai/gongkai.db".into())
        );
        assert_eq!(config.files, Path::new("/etc/gongkai/files"));
        assert_eq!(config.listen.to_string(), LISTEN);
        assert!(config.secure_cookies && config.page_cache);
        let config = parse("database = \"/var/lib/g.db\"\nmaster-key = \"/secret/key\"").unwrap();
        assert_eq!(config.database, DatabaseUrl::Sqlite("/var/lib/g.db".into()));
        assert_eq!(config.master_key, Path::new("/secret/key"));
    }

    #[test]
    fn every_wrong_key_and_value_is_said() {
        let problems = parse(
            "datbase = \"x\"\nlisten = \"8086\"\nsecure-cookies = \"no\"\ntrusted-proxies = [1]",
        )
        .unwrap_err();
        for part in [
            "datbase",
            "缺少“database”",
            "8086",
            "secure-cookies",
            "trusted-proxies",
        ] {
            assert!(
                problems.iter().any(|it| it.contains(part)),
                "{part}: {problems:?}"
            );
        }
        let broken = parse("database = \"a\"\nsite = ").unwrap_err();
        assert!(broken[0].starts_with("第 2 行"), "{broken:?}");
    }

    #[test]
    fn a_password_is_never_shown() {
        let config = parse("database = \"postgres://u:s3cret@db:5432/g?password=s3cret\"").unwrap();
        let text = format!("{config:?}");
        assert!(!text.contains("s3cret"), "{text}");
        assert!(text.contains("postgres://u:***@db:5432/g"), "{text}");
    }

    #[test]
    fn every_key_of_the_table_is_read() {
        let text = "database = \"d\"\nsite = \"s\"\nfiles = \"f\"\nmaster-key = \"k\"\n\
            listen = \"0.0.0.0:1\"\ntrusted-proxies = [\"10.0.0.2\"]\nsecure-cookies = false\n\
            page-cache = false";
        let config = parse(text).unwrap();
        assert_eq!(config.site, "s");
        assert_eq!(config.files, Path::new("/etc/gongkai/f"));
        assert_eq!(config.listen.port(), 1);
        assert_eq!(config.trusted_proxies.len(), 1);
        assert!(!config.secure_cookies && !config.page_cache);
        for (key, _, _) in KEYS {
            assert!(text.contains(key), "{key} is in no test");
        }
    }
}
