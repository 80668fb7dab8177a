//! What the address of a page asks for: a unit, a year, a page of a list.

use crate::app::Site;
use crate::error::Result;
use crate::views::{Choice, FormErrors};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use office::permissions::{Action, Actor};
use std::collections::HashMap;
use std::convert::Infallible;
use store::StoreError;

/// A unit and everything above it, itself first.
pub fn lineage(site: &Site, unit: &str) -> Vec<String> {
    let mut line = Vec::new();
    let mut next = site.unit(unit);
    while let Some(unit) = next {
        // A tree as deep as it has units is a ring; it ends here.
        if line.len() > site.units.len() {
            break;
        }
        line.push(unit.id.clone());
        next = unit.parent.as_deref().and_then(|above| site.unit(above));
    }
    line
}

/// The units in which the actor may do something, in the order of the tree.
pub fn units(site: &Site, actor: &Actor, action: Action) -> Vec<Choice> {
    site.units
        .iter()
        .filter(|unit| actor.can(action, &lineage(site, &unit.id)))
        .map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str()))
        .collect()
}

/// What was asked for if it is among the choices, else the first of them.
pub fn chosen(choices: &[Choice], asked: &str) -> String {
    choices
        .iter()
        .find(|choice| choice.value == asked)
        .or_else(|| choices.first())
        .map(|choice| choice.value.clone())
        .unwrap_or_default()
}

/// A year as it is typed; none when it is empty or no year that records can be of.
pub fn year(text: &str) -> Option<i16> {
    text.trim()
        .parse()
        .ok()
        .filter(|year| (1949..=2200).contains(year))
}

/// A page number; the first where none is given.
pub fn page(text: &str) -> u32 {
    text.parse()
        .unwrap_or(1)
        .clamp(1, store::documents::PAGE_LIMIT)
}

/// What the address asks for: the values of its query, empty where nothing is asked.
#[derive(Debug, Clone, Default)]
pub struct Asked(HashMap<String, String>);

impl Asked {
    /// The value of this name, without spaces around it.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &S,
    ) -> std::result::Result<Asked, Infallible> {
        // Later ones of a name count; what cannot be read counts as not asked.
        let read = Query::<HashMap<String, String>>::try_from_uri(&parts.uri);
        Ok(Asked(read.map(|query| query.0).unwrap_or_default()))
    }
}

/// The errors to show at a form, or the error itself when it is not about what was typed.
///
/// # Errors
/// Every error that is no refusal by the rules of the office.
pub fn form_errors(error: StoreError) -> Result<FormErrors> {
    match error {
        StoreError::NotAllowed(reasons) => Ok(FormErrors::from(reasons)),
        other => Err(other.into()),
    }
}
