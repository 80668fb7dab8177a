//! `configuration.md`: the keys of a configuration file.

use super::Page;
use crate::config::KEYS;

pub(super) fn text() -> String {
    let mut page = Page::new(
        "配置文件",
        "`gongkai … --config 文件` 用 TOML 写的配置文件。相对路径从配置文件所在目录算起。不认识的项是错误。改好后用 `gongkai doctor --config 文件` 检查。站点名称、地区、联系方式等在后台设置里，不在这里。",
    );
    page.heading("各项");
    let rows = KEYS
        .iter()
        .map(|(key, default, meaning)| {
            [
                format!("`{key}`"),
                (*default).to_owned(),
                (*meaning).to_owned(),
            ]
        })
        .collect();
    page.table(["项", "不写时", "含义"], rows);
    page.heading("例子");
    page.code(
        "toml",
        "database = \"postgres://gongkai:密码@127.0.0.1:5432/gongkai\"\nfiles = \"/var/lib/gongkai/files\"\nmaster-key = \"/etc/gongkai/master.key\"\nlisten = \"127.0.0.1:8086\"\ntrusted-proxies = [\"127.0.0.1\"]",
    );
    page.heading("数据目录");
    page.paragraph("`--data 目录` 不用配置文件：数据库是 `gongkai.db`，附件在 `files/`，主密钥是 `master.key`，站点编号是 `default`，没有就新建。`serve --data` 只用于试用：登录凭证不要求 HTTPS。");
    page.heading("日志");
    page.paragraph("日志写到标准错误，多少由环境变量 `RUST_LOG` 决定，例如 `RUST_LOG=debug`。");
    page.0
}
