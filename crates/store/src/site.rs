//! The site: one government with its own tree of units, journal and settings.

use crate::Store;
use crate::args;
use crate::db::Connection;
use crate::error::{Result, StoreError};
use crate::tx::{Done, Tx};
use crate::units;
use office::Reason;
use office::permissions::{Action, Actor};
use serde::{Deserialize, Serialize};

const INSERT: &str = "INSERT INTO site (id, name, settings, head_seq, head_hash, created_at) \
    VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT (id) DO NOTHING";
const SETTINGS: &str = "SELECT settings FROM site WHERE id = $1";
const UPDATE: &str = "UPDATE site SET name = $2, settings = $3 WHERE id = $1";
const SITES: &str = "SELECT id FROM site ORDER BY id";

/// What a government sets for its site. A missing field has its default, so that an older
/// database opens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Name of the site, `SiteName` of the column tags.
    pub site_name: String,
    /// Domain, `SiteDomain` of the column tags.
    pub site_domain: String,
    /// 政府网站标识码: ten digits, `SiteIDCode` of the column tags.
    pub site_id_code: String,
    /// 主办单位.
    pub organizer: String,
    /// 承办单位.
    pub operator: String,
    /// Contact telephone.
    pub phone: String,
    /// Contact e-mail.
    pub email: String,
    /// ICP filing number.
    pub icp: String,
    /// Filing number of the public security organ.
    pub police: String,
    /// Region whose holidays count beside the national ones, empty for none.
    pub region: String,
    /// Whether the records are invented; every page then says so.
    pub demo: bool,
    /// Tells whether the master key fits this database; not a secret.
    pub key_check: String,
}

/// Longest setting, in characters.
const SETTING_LIMIT: usize = 100;

impl Settings {
    /// What stands against these settings, with the field of each reason.
    pub fn check(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut wrong = |field, code, text: String| reasons.push(Reason::at(field, code, text));
        for (field, text) in [
            ("site_name", &self.site_name),
            ("site_domain", &self.site_domain),
            ("organizer", &self.organizer),
            ("operator", &self.operator),
            ("phone", &self.phone),
            ("email", &self.email),
            ("icp", &self.icp),
            ("police", &self.police),
        ] {
            let length = text.chars().count();
            if length > SETTING_LIMIT || text.contains(char::is_control) {
                let text =
                    format!("这一项应为一行、最多 {SETTING_LIMIT} 个字，现有 {length} 个字。");
                wrong(field, "setting-malformed", text);
            }
        }
        let code = &self.site_id_code;
        if !code.is_empty() && (code.len() != 10 || !code.bytes().all(|b| b.is_ascii_digit())) {
            let text = format!("政府网站标识码“{code}”不对，应为 10 位数字；还没有的请空着。");
            wrong("site_id_code", "site-id-code-malformed", text);
        }
        if !self.site_domain.is_empty()
            && !self
                .site_domain
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-.:".contains(&b))
        {
            let text = format!(
                "域名“{}”不对，只写主机名，如 www.example.gov.cn，不带 http 和斜线。",
                self.site_domain
            );
            wrong("site_domain", "site-domain-malformed", text);
        }
        if !self.email.is_empty() && !self.email.contains('@') {
            let text = format!("电子邮箱“{}”不对，应有 @。", self.email);
            wrong("email", "email-malformed", text);
        }
        if self.region.len() > 40
            || !self
                .region
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-')
        {
            let text = format!(
                "地区“{}”不对，应为小写字母，如 ningxia；只用全国安排的请空着。",
                self.region
            );
            wrong("region", "region-malformed", text);
        }
        reasons
    }
}

impl Store {
    /// The site's settings.
    pub async fn settings(&self) -> Result<Settings> {
        let row = self
            .db
            .one(SETTINGS, args![self.site()])
            .await?
            .ok_or_else(|| self.no_site())?;
        parse(&row.text(0)?, self.site())
    }

    /// Changes the site's settings; the key's mark stays as it is.
    ///
    /// # Errors
    /// No right at a head of the tree; a setting that is none ([`Settings::check`]).
    pub async fn save_settings(&self, actor: &Actor, settings: &Settings) -> Result<i64> {
        let mut tx = self.begin(actor).await?;
        units::authorize_at_a_head(&mut tx, actor, Action::SiteManage).await?;
        let reasons = settings.check();
        if !reasons.is_empty() {
            return Err(reasons.into());
        }
        let row = tx
            .one(SETTINGS, args![self.site()])
            .await?
            .ok_or_else(|| self.no_site())?;
        let old = parse(&row.text(0)?, self.site())?;
        let new = Settings {
            key_check: old.key_check.clone(),
            ..settings.clone()
        };
        let text = encode(&new)?;
        tx.execute(UPDATE, args![self.site(), &new.site_name, text])
            .await?;
        let mut detail = serde_json::json!({ "fields": changed(&old, &new)? });
        if old.region != new.region {
            // The region's holidays count: every open request is reckoned anew with the change.
            let calendar = crate::calendar::effective_in(&mut tx).await?;
            let moved = crate::requests::recompute(&mut tx, &calendar).await?;
            detail["moved"] = moved.len().into();
        }
        tx.commit(Done {
            action: "site.settings",
            noun: "site",
            record: self.site(),
            detail,
        })
        .await
    }

    /// Ids of all sites in this database.
    pub async fn sites(&self) -> Result<Vec<String>> {
        self.db
            .all(SITES, args![])
            .await?
            .iter()
            .map(|row| row.text(0))
            .collect()
    }

    fn no_site(&self) -> StoreError {
        StoreError::NotFound {
            noun: "site",
            id: self.site().to_string(),
        }
    }

    async fn check_key(&self) -> Result<bool> {
        let Some(row) = self.db.one(SETTINGS, args![self.site()]).await? else {
            return Ok(false);
        };
        if parse(&row.text(0)?, self.site())?.key_check != self.keys.mark() {
            return Err(StoreError::Crypto(
                "主密钥与这个数据库不相符，申请人信息将无法打开。请放回原来的密钥文件".into(),
            ));
        }
        Ok(true)
    }

    /// Makes the site if `create` and there is none; checks that the master key is the one the
    /// site was made with. Returns whether it was made.
    pub(crate) async fn open_site(&self, create: bool) -> Result<bool> {
        if self.check_key().await? {
            return Ok(false);
        }
        if !create {
            return Err(self.no_site());
        }
        let mut connection: Connection = self.db.writing().await?;
        let settings = Settings {
            key_check: self.keys.mark(),
            ..Settings::default()
        };
        let values = args![self.site(), "", encode(&settings)?, self.clock.now_ms()];
        if connection.execute(INSERT, values).await? == 0 {
            // Another program that started at the same moment made it.
            connection.rollback().await?;
            self.check_key().await?;
            return Ok(false);
        }
        let tx = Tx::on(self.clone(), connection, &Actor::operator()).await?;
        let detail = serde_json::json!({ "program": env!("CARGO_PKG_VERSION") });
        tx.commit(Done {
            action: "site.init",
            noun: "site",
            record: self.site(),
            detail,
        })
        .await?;
        Ok(true)
    }
}

impl Tx {
    /// The site's settings as this action sees them.
    pub(crate) async fn settings(&mut self) -> Result<Settings> {
        let site = self.site().to_string();
        let row = self.one(SETTINGS, args![site.as_str()]).await?;
        let row = row.ok_or_else(|| StoreError::not_found("site", site.as_str()))?;
        parse(&row.text(0)?, &site)
    }
}

fn parse(text: &str, site: &str) -> Result<Settings> {
    serde_json::from_str(text).map_err(|_| StoreError::inconsistent("site", "settings", site))
}

fn encode(settings: &Settings) -> Result<String> {
    serde_json::to_string(settings)
        .map_err(|error| StoreError::Backup(format!("设置无法写成 JSON:{error}")))
}

/// Names of the fields that differ; the journal does not repeat their values.
fn changed(old: &Settings, new: &Settings) -> Result<Vec<String>> {
    let fields = |settings: &Settings| {
        serde_json::to_value(settings)
            .map_err(|error| StoreError::Backup(format!("设置无法写成 JSON:{error}")))
    };
    let (old, new) = (fields(old)?, fields(new)?);
    let names = new.as_object().into_iter().flatten();
    Ok(names
        .filter(|(name, value)| old.get(name) != Some(value))
        .map(|(n, _)| n.clone())
        .collect())
}
