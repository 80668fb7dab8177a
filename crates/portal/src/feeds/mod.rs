//! What machines read of the public side: the Atom feed, the sitemap, and what robots may do.

use crate::app::App;
use crate::error::Result;
use crate::extract::Visitor;
use crate::pick::{self, Asked};
use crate::urls;
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::fmt::Write as _;
use store::documents::{Filter, Listed, list_public};

/// Entries of the feed.
const FEED_SIZE: u32 = 50;
/// Documents in one file of the sitemap, small enough for the page cache; more make an index of files.
const SITEMAP_SIZE: u32 = 4000;

const XML: &str = "application/xml; charset=utf-8";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/feed.atom", get(feed))
        .route("/sitemap.xml", get(sitemap))
        .route("/robots.txt", get(robots))
}

fn answer(kind: &'static str, body: String) -> Response {
    let mut response = body.into_response();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// Text for an XML element or attribute. Characters that XML cannot hold are left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// The address of the site as others must write it; without a domain, paths stay relative.
fn origin(visitor: &Visitor) -> String {
    let domain = xml(&visitor.shell.site.settings.site_domain);
    match (domain.is_empty(), visitor.app.options().secure_cookies) {
        (true, _) => String::new(),
        (false, true) => format!("https://{domain}"),
        (false, false) => format!("http://{domain}"),
    }
}

fn updated(listed: &Listed) -> String {
    let day = listed.published_on.unwrap_or(listed.written_on);
    format!("{day}T00:00:00+08:00")
}

async fn feed(visitor: Visitor) -> Result {
    let found = list_public(visitor.store(), &Filter::default(), 1, FEED_SIZE).await?;
    let origin = origin(&visitor);
    let settings = &visitor.shell.site.settings;
    let name = if settings.site_name.is_empty() {
        "政府信息公开"
    } else {
        settings.site_name.as_str()
    };
    // Ids must stay when the site moves: they are made of its code, not of its address.
    let site = match settings.site_id_code.as_str() {
        "" => visitor.store().site(),
        code => code,
    };
    let newest = found.items.first().map_or_else(
        || format!("{}T00:00:00+08:00", visitor.shell.today),
        updated,
    );
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n",
    );
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "<title>{} 最新公开</title>\n<id>urn:gongkai:{}</id>\n<updated>{newest}</updated>\n<author><name>{}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{origin}{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{origin}/documents\"/>",
        xml(name),
        urls::encode(site),
        xml(name),
        urls::FEED,
    );
    if settings.demo {
        out.push_str("<subtitle>演示数据，不是真实的政府信息</subtitle>\n");
    }
    for listed in &found.items {
        let _ = writeln!(
            out,
            "<entry><title>{}</title><id>urn:gongkai:{}:document:{}</id><updated>{}</updated><published>{}</published><author><name>{}</name></author><category term=\"{}\" label=\"{}\"/><link rel=\"alternate\" type=\"text/html\" href=\"{origin}{}\"/><summary>{}</summary></entry>",
            xml(&listed.title),
            urls::encode(site),
            urls::encode(&listed.id),
            updated(listed),
            updated(listed),
            xml(&listed.unit_name),
            listed.kind.key(),
            listed.kind.label(),
            xml(&urls::document(&listed.id)),
            xml(listed.number.as_deref().unwrap_or(&listed.title)),
        );
    }
    out.push_str("</feed>\n");
    Ok(answer("application/atom+xml; charset=utf-8", out))
}

async fn sitemap(visitor: Visitor, asked: Asked) -> Result {
    let origin = origin(&visitor);
    let page = pick::page(asked.text("page"));
    let found = list_public(visitor.store(), &Filter::default(), page, SITEMAP_SIZE).await?;
    if asked.text("page").is_empty() && found.total > i64::from(SITEMAP_SIZE) {
        let files = found.total.unsigned_abs().div_ceil(u64::from(SITEMAP_SIZE));
        return Ok(answer(XML, sitemap_index(&origin, files)));
    }
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut line = |path: &str, day: Option<String>| {
        let changed = day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "<url><loc>{origin}{}</loc>{changed}</url>", xml(path));
    };
    if page == 1 {
        for path in [
            urls::HOME,
            urls::DOCUMENTS,
            urls::UNITS,
            urls::REPORTS,
            urls::REQUEST_NEW,
        ] {
            line(path, None);
        }
        for unit in &visitor.shell.site.units {
            line(&urls::unit(&unit.id), None);
        }
    }
    for listed in &found.items {
        let day = listed.published_on.map(|day| day.to_string());
        line(&urls::document(&listed.id), day);
    }
    out.push_str("</urlset>\n");
    Ok(answer(XML, out))
}

fn sitemap_index(origin: &str, files: u64) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for file in 1..=files {
        let _ = writeln!(
            out,
            "<sitemap><loc>{origin}/sitemap.xml?page={file}</loc></sitemap>"
        );
    }
    out.push_str("</sitemapindex>\n");
    out
}

async fn robots(visitor: Visitor) -> Result {
    let rules = if visitor.shell.site.settings.demo {
        // Invented records are for nobody's index.
        "User-agent: *\nDisallow: /\n".to_owned()
    } else {
        format!(
            "User-agent: *\nDisallow: /office\nDisallow: /search\nDisallow: /display\nDisallow: /requests/track\n\nSitemap: {}/sitemap.xml\n",
            origin(&visitor)
        )
    };
    Ok(answer("text/plain; charset=utf-8", rules))
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_cannot_break_out_of_an_element() {
        assert_eq!(
            super::xml("<a & \"b\">\u{1}"),
            "&lt;a &amp; &quot;b&quot;&gt;"
        );
    }
}
