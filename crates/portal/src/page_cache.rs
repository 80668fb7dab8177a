//! Finished pages for anonymous readers. A page is given out of here only while the journal of the
//! site stands where it stood before the page was made, and that is read anew for every request: a
//! withdrawal shows in the very next request, whichever process or node made it.

use crate::app::App;
use crate::scope::{DISPLAY, FLASH, SESSION, cookie};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, SET_COOKIE, VARY};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use statute::Date;
use std::sync::Arc;
use store::Store;
use tokio::sync::{mpsc, oneshot};

/// All pages together, in bytes.
const CAPACITY: u64 = 16 << 20;
/// Largest page that is kept, in bytes.
const PAGE_LIMIT: usize = 1 << 20;
/// Longest address whose page is kept; longer ones are searches nobody repeats.
const KEY_LIMIT: usize = 512;

/// A finished page.
struct Kept {
    /// The journal's head before it was made.
    head: i64,
    /// The day it was made for: a document dated today appears at midnight without an entry.
    day: Date,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Box<str>, Arc<Kept>> for Weight {
    fn weight(&self, key: &Box<str>, kept: &Arc<Kept>) -> u64 {
        // The headers of our pages take about a kilobyte.
        (key.len() + kept.body.len() + 1024) as u64
    }
}

/// Finished pages by type size and address.
type Pages = Cache<Box<str>, Arc<Kept>, Weight>;
/// One that waits for the head of the journal.
type Asking = oneshot::Sender<Option<i64>>;

/// The cache, or nothing when it is switched off.
pub(crate) struct PageCache(Option<(Pages, Head)>);

impl PageCache {
    pub(crate) fn new(store: Store, on: bool) -> PageCache {
        PageCache(on.then(|| {
            (
                Cache::with_weighter(1024, CAPACITY, Weight),
                Head::new(store),
            )
        }))
    }
}

/// Reads the head of the journal for many requests at once: every request is answered by a reading
/// that began after it had come, and while one runs the next ones gather.
struct Head {
    store: Store,
    waiting: mpsc::UnboundedSender<Asking>,
    queue: std::sync::Mutex<Option<mpsc::UnboundedReceiver<Asking>>>,
}

impl Head {
    fn new(store: Store) -> Head {
        let (waiting, queue) = mpsc::unbounded_channel();
        Head {
            store,
            waiting,
            queue: std::sync::Mutex::new(Some(queue)),
        }
    }

    /// The newest entry; none when it cannot be read, and then nothing is served from here.
    async fn read(&self) -> Option<i64> {
        let taken = self.queue.lock().ok().and_then(|mut queue| queue.take());
        if let Some(queue) = taken {
            tokio::spawn(answer(self.store.clone(), queue));
        }
        let (tell, told) = oneshot::channel();
        self.waiting.send(tell).ok()?;
        told.await.ok()?
    }
}

async fn answer(store: Store, mut queue: mpsc::UnboundedReceiver<Asking>) {
    let mut asking = Vec::new();
    while queue.recv_many(&mut asking, 1024).await > 0 {
        let head = store.journal_head().await.ok().map(|(head, _)| head);
        for tell in asking.drain(..) {
            // Whoever went away does not need it.
            let _ = tell.send(head);
        }
    }
}

/// What the cookies of a request mean for the cache: none when the page is made for one person.
/// Type size is read exactly as the page reads it: a cookie that only looks like it must not put
/// small pages where those in large type are looked up.
fn large_type(app: &App, headers: &HeaderMap) -> Option<bool> {
    for value in headers.get_all(COOKIE) {
        let text = value.to_str().ok()?;
        for pair in text.split(';') {
            let name = pair.trim_start().split('=').next().unwrap_or_default();
            if matches!(
                name.strip_prefix("__Host-").unwrap_or(name),
                SESSION | FLASH
            ) {
                return None;
            }
        }
    }
    Some(cookie(app, headers, DISPLAY).is_some())
}

fn key_of(app: &App, request: &Request) -> Option<Box<str>> {
    let address = request.uri().path_and_query()?.as_str();
    let path = request.uri().path();
    let kept = request.method() == Method::GET
        && address.len() <= KEY_LIMIT
        && !path.starts_with("/office")
        && !path.starts_with("/files/")
        && !path.starts_with("/assets/")
        && !path.starts_with("/display");
    if !kept {
        return None;
    }
    let mark = if large_type(app, request.headers())? {
        'L'
    } else {
        'N'
    };
    let mut key = String::with_capacity(address.len() + 1);
    key.push(mark);
    key.push_str(address);
    Some(key.into_boxed_str())
}

/// The outermost layer.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let PageCache(Some((pages, head))) = app.cache() else {
        return next.run(request).await;
    };
    let Some(key) = key_of(&app, &request) else {
        return next.run(request).await;
    };
    let Some(head) = head.read().await else {
        return next.run(request).await;
    };
    let day = app.store().today();
    if let Some(kept) = pages.get(&key)
        && kept.head == head
        && kept.day == day
    {
        let mut response = Response::new(Body::from(kept.body.clone()));
        *response.headers_mut() = kept.headers.clone();
        return response;
    }
    let response = next.run(request).await;
    if !may_keep(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if bytes.len() <= PAGE_LIMIT {
        let kept = Kept {
            head,
            day,
            headers: parts.headers.clone(),
            body: bytes.clone(),
        };
        pages.insert(key, Arc::new(kept));
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whole pages, feeds and the API's answers that set no cookie; nothing that streams, varies or is
/// one person's (a form with its secret, a receipt).
fn may_keep(response: &Response) -> bool {
    let headers = response.headers();
    let kind = headers.get(CONTENT_TYPE).map(|kind| kind.as_bytes());
    let page = kind.is_some_and(|kind| {
        [
            &b"text/html"[..],
            b"application/atom+xml",
            b"application/xml",
            b"application/json",
            b"text/plain",
        ]
        .iter()
        .any(|start| kind.starts_with(start))
    });
    response.status() == StatusCode::OK
        && page
        && !headers.contains_key(SET_COOKIE)
        && headers
            .get(CACHE_CONTROL)
            .is_none_or(|value| !value.as_bytes().starts_with(b"no-store"))
        && !headers.contains_key(VARY)
        && http_body::Body::size_hint(response.body())
            .upper()
            .is_some_and(|size| size <= PAGE_LIMIT as u64)
}
