//! What every answer says to the browser beside itself.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::app::App;

/// For answers of the interface: nothing in them is ever a page.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// For pages. Scripts are allowed by the page itself, by their hashes in its `meta` element; what
/// a `meta` element cannot say is said here. The map draws in a worker made from a blob.
const PAGE_POLICY: &str = "object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data: blob:; \
     worker-src 'self' blob:; media-src 'self' blob:; manifest-src 'self'";
/// The page on which somebody may leave a name: where matching is on, it asks other houses, too.
const REPORT: [&str; 2] = ["report", "report.html"];

/// The same policy for a page that may reach more than the city.
pub(crate) fn page_policy(connect: &str) -> String {
    PAGE_POLICY.replace("connect-src 'self'", &format!("connect-src {connect}"))
}
const PERMISSIONS: &str = "geolocation=(self), screen-wake-lock=(self), \
     publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), \
     microphone=(), payment=(), usb=(), bluetooth=()";

/// Adds them.
pub(crate) async fn add(State(app): State<App>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let report = REPORT.contains(&request.uri().path().trim_matches('/'));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let farther = app.inner().matching.as_ref().filter(|_| report);
    if let Some(policy) = farther.and_then(|matching| matching.connect.as_ref()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    }
    let mut say = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    say(header::CONTENT_SECURITY_POLICY, if api { API_POLICY } else { PAGE_POLICY });
    say(header::REFERRER_POLICY, "no-referrer");
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::X_FRAME_OPTIONS, "DENY");
    say(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    say(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if api {
        // Views are private unless their handler said otherwise.
        say(header::CACHE_CONTROL, "no-store");
    }
    if app.secure() {
        say(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
