//! What somebody may do where, asked of the units that are in memory: for showing and hiding
//! buttons and choices. The store asks again in the transaction; that answer is the one that counts.

use crate::app::Site;
use crate::views::Choice;
use office::permissions::{Action, Actor};
use office::units::Unit;
use std::collections::BTreeMap;
use store::Store;

/// The unit and everything above it, nearest first.
pub fn lineage(site: &Site, unit: &str) -> Vec<String> {
    let mut line: Vec<String> = Vec::new();
    let mut next = Some(unit.to_owned());
    while let Some(id) = next {
        // A tree cannot loop; a damaged one must not hang a page.
        if line.contains(&id) {
            break;
        }
        next = site.unit(&id).and_then(|unit| unit.parent.clone());
        line.push(id);
    }
    line
}

/// Whether the actor may do this in the unit.
pub fn may(actor: &Actor, site: &Site, action: Action, unit: &str) -> bool {
    actor.can(action, &lineage(site, unit))
}

/// The units in which the actor may do this, in the order of the tree.
pub fn units<'a>(actor: &Actor, site: &'a Site, action: Action) -> Vec<&'a Unit> {
    site.units
        .iter()
        .filter(|unit| may(actor, site, action, &unit.id))
        .collect()
}

/// [`units`] as choices of a form.
pub fn unit_choices(actor: &Actor, site: &Site, action: Action) -> Vec<Choice> {
    units(actor, site, action)
        .into_iter()
        .map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str()))
        .collect()
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
            "operator" => "运维（命令行）".to_owned(),
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
