//! What every request shares: the store, the options, and what was read of the site at its newest
//! journal entry.

use crate::Options;
use crate::check::Checker;
use crate::error::{PortalError, Result};
use crate::page_cache::PageCache;
use office::units::Unit;
use statute::calendar::Calendar;
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use store::site::Settings;

/// The portal of one site. Clones share everything.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    options: Options,
    cache: PageCache,
    checker: Checker,
    site: Mutex<Option<Arc<Site>>>,
}

/// What pages need of the site again and again. Every change of it is a journal entry, so what was
/// read at the newest entry is what is there.
#[derive(Debug)]
pub struct Site {
    /// The journal's head when this was read.
    pub head: i64,
    /// The settings.
    pub settings: Settings,
    /// Every unit, in order.
    pub units: Vec<Unit>,
    /// The working-day calendar.
    pub calendar: Calendar,
}

impl Site {
    /// The unit of this id.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The name of the unit of this id, empty when there is none.
    pub fn unit_name(&self, id: &str) -> &str {
        self.unit(id).map_or("", |unit| unit.name.as_str())
    }
}

impl App {
    /// The portal over a store.
    pub fn new(store: Store, options: Options) -> App {
        let cache = PageCache::new(store.clone(), options.page_cache);
        let checker = Checker::new(options.pdf_child.clone());
        App(Arc::new(Inner {
            store,
            options,
            cache,
            checker,
            site: Mutex::new(None),
        }))
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The options.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    pub(crate) fn cache(&self) -> &PageCache {
        &self.0.cache
    }

    pub(crate) fn checker(&self) -> &Checker {
        &self.0.checker
    }

    /// The site as it is at the newest journal entry.
    pub async fn site(&self) -> Result<Arc<Site>> {
        let store = self.store();
        let (head, _) = store.journal_head().await?;
        if let Some(site) = self.known_site().filter(|site| site.head == head) {
            return Ok(site);
        }
        // Read after the head: what is newer than its number is only read again.
        let site = Arc::new(Site {
            head,
            settings: store.settings().await?,
            units: store::units::all(store).await?,
            calendar: store::calendar::effective(store).await?,
        });
        *self.0.site.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&site));
        Ok(site)
    }

    fn known_site(&self) -> Option<Arc<Site>> {
        let known = self.0.site.lock().unwrap_or_else(PoisonError::into_inner);
        known.clone()
    }

    /// Counts a knock of `who` (a hash) at a door; refuses the one after `limit` in `window_ms`.
    pub async fn limit(&self, door: &str, who: &str, window_ms: i64, limit: i64) -> Result<()> {
        if self.store().allow(door, who, window_ms, limit).await? {
            return Ok(());
        }
        let left = window_ms - self.store().now_ms().rem_euclid(window_ms.max(1));
        Err(PortalError::TooMany {
            retry_after: left / 1000 + 1,
        })
    }
}
