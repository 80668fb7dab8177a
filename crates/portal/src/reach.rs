//! What somebody may do where, asked of the units that are in memory: for showing and hiding
//! buttons and choices. The store asks again in the transaction; that answer is the one that counts.

use crate::app::Site;
use crate::extract::Office;
use crate::pick;
use office::permissions::{Action, Actor};
use std::collections::BTreeMap;
use store::{Store, StoreError};

/// Whether the actor may do this in the unit.
pub fn may(actor: &Actor, site: &Site, action: Action, unit: &str) -> bool {
    actor.can(action, &pick::lineage(site, unit))
}

/// Whether the actor may do this at a head of the tree: what concerns the whole site (its calendar,
/// its journal) is for nobody whose right ends below it.
pub fn may_at_a_head(actor: &Actor, site: &Site, action: Action) -> bool {
    let mut heads = site.units.iter().filter(|unit| unit.parent.is_none());
    heads.any(|head| actor.can(action, std::slice::from_ref(&head.id)))
}

/// Refuses with 403 whoever may not do this at a head of the tree.
///
/// # Errors
/// [`StoreError::Forbidden`].
pub fn needs_at_a_head(office: &Office, action: Action) -> store::Result<()> {
    if may_at_a_head(&office.actor, &office.shell.site, action) {
        Ok(())
    } else {
        Err(StoreError::forbidden(action))
    }
}

/// Names of the people of these ids; `public` and `operator` have names of their own.
///
/// # Errors
/// Those of the store.
pub async fn names<'a>(
    store: &Store,
    ids: impl Iterator<Item = &'a str>,
) -> store::Result<BTreeMap<String, String>> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for id in ids {
        if names.contains_key(id) {
            continue;
        }
        let name = match id {
            "public" => "公众（网上）".to_owned(),
            office::permissions::OPERATOR => "运维（命令行）".to_owned(),
            id => match store::people::find(store, id).await? {
                Some(person) => person.name,
                None => id.to_owned(),
            },
        };
        names.insert(id.to_owned(), name);
    }
    Ok(names)
}

/// A name out of [`names`], empty for nobody.
pub fn name_of(names: &BTreeMap<String, String>, id: Option<&str>) -> String {
    id.and_then(|id| names.get(id)).cloned().unwrap_or_default()
}
