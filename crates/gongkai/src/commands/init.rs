//! `gongkai init`: the first site, unit and administrator of a deployment.

use crate::cli;
use crate::failure::Failure;
use crate::output::{self, tell};
use crate::place::Named;
use crate::runtime;
use office::people::{Grant, Role};
use office::permissions::Actor;
use office::records::{Record, UnitRecord};
use office::units::UnitKind;
use store::import::{ImportError, records_of};
use store::people::{Invitation, invite};
use store::{Store, units};

/// Makes what is missing and prints the code of the first sign-in.
pub fn run(args: &cli::Init) -> Result<(), Failure> {
    let named = args.place.named()?;
    let reasons = office::units::check(&args.name, None);
    if !reasons.is_empty() {
        return Err(store::StoreError::NotAllowed(reasons).into());
    }
    let code = runtime::run(async {
        if let Named::Data(folder) = &named {
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::unwritable(&folder.display().to_string(), &error))?;
        }
        let store = Store::open(named.options(true)).await?;
        let code = fill(&store, args).await;
        store.db.close().await;
        code
    })?;
    tell(&format!(
        "已建立站点“{}”。管理员账号 {}，首次登录码如下（七天内有效，只显示这一次）：",
        args.name, args.account
    ));
    output::print(&format!("{code}\n"))
}

async fn fill(store: &Store, args: &cli::Init) -> Result<String, Failure> {
    let mut settings = store.settings().await?;
    if !settings.site_name.is_empty() && settings.site_name != args.name {
        return Err(Failure::failed(format!(
            "这里已有站点“{}”，没有改动。要新建另一个站点，请在配置文件里写不同的 site。",
            settings.site_name
        )));
    }
    let operator = Actor::operator();
    let unit = match units::all(store)
        .await?
        .into_iter()
        .find(|it| it.name == args.name)
    {
        Some(unit) => unit.id,
        None => {
            let unit = UnitRecord {
                id: "government".to_owned(),
                name: args.name.clone(),
                kind: UnitKind::Government,
                parent: None,
                code: None,
            };
            let id = unit.id.clone();
            let made = records_of(store, &operator, vec![(1, Record::Unit(unit))], "init").await;
            made.map_err(|error| match error {
                ImportError::Lines(told) => Failure::failed(
                    told.into_iter()
                        .map(|it| it.text)
                        .collect::<Vec<_>>()
                        .join("\n"),
                ),
                ImportError::Store(error) => error.into(),
            })?;
            id
        }
    };
    settings.site_name.clone_from(&args.name);
    settings.organizer.clone_from(&args.name);
    if let Some(region) = &args.region {
        settings.region.clone_from(region);
    }
    store.save_settings(&operator, &settings).await?;
    let grants = vec![Grant {
        role: Role::Administrator,
        unit: unit.clone(),
    }];
    let invitation = Invitation {
        account: args.account.clone(),
        name: "系统管理员".to_owned(),
        unit,
        grants,
    };
    let (_, code) = invite(store, &operator, &invitation).await?;
    Ok(code)
}
