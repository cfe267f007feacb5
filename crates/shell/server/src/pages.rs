//! The screens themselves, from inside the binary. What a browser opens by name is a page; what
//! is no page of ours is told so in plain words, with a way back.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::borrow::Cow;

use crate::problem::Turned;

/// What a page asks for once somebody has left, or deleted what she wrote.
const FORGET: &str = "/away/forget";

/// Answers everything that no other route does.
pub(crate) async fn page(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/tiles/") {
        return Turned::NoSuchThing.into_response();
    }
    if path == FORGET {
        return forget();
    }
    match screens::file(path) {
        Some(page) => answer(page, request.headers()),
        None => not_here(),
    }
}

fn answer(page: screens::Page, asked: &HeaderMap) -> Response {
    let has = |name, wanted: &str| {
        asked
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .is_some_and(|text| text.split(',').any(|part| part.trim().starts_with(wanted)))
    };
    let etag = HeaderValue::from_str(&page.etag).ok();
    let keep = match (page.unkept, page.immutable) {
        (true, _) => "no-store",
        (false, true) => "public, max-age=31536000, immutable",
        (false, false) => "no-cache",
    };
    let unchanged = has(header::IF_NONE_MATCH, &page.etag);
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match page.gzip.filter(|_| has(header::ACCEPT_ENCODING, "gzip")) {
            Some(packed) => {
                let mut response = Response::new(body(packed));
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                response
            }
            None => Response::new(body(page.bytes)),
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(etag) = etag {
        headers.insert(header::ETAG, etag);
    }
    response
}

/// Empties what the browser has cached of this origin. `"cache"` and nothing more: `"cookies"` would
/// sign out whoever works on this computer, and `"storage"` would lose a walk under way, the page that
/// works without a network, and the language. A path of its own, because a browser holds an answer back
/// until it has emptied its cache, and neither leaving nor deleting may wait for that.
fn forget() -> Response {
    let clear = (header::HeaderName::from_static("clear-site-data"), "\"cache\"");
    let kept = (header::CACHE_CONTROL, "no-store");
    (StatusCode::NO_CONTENT, [clear, kept]).into_response()
}

fn body(bytes: Cow<'static, [u8]>) -> Body {
    match bytes {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

fn not_here() -> Response {
    let page = "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\">\
                <meta name=\"viewport\" content=\"width=device-width\"><title>Waylight</title>\
                <p>여기에는 아무것도 없어요. <a href=\"/\">처음으로</a></p>\
                <p lang=\"en\">There is nothing here. <a href=\"/\">Back to the start</a></p>";
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page)
        .into_response()
}
