//! What a browser throws away after somebody has left: its cache, and nothing a walk or a seat needs.

use super::browser::NOBODY;
use crate::city::City;
use axum::http::StatusCode;

#[tokio::test]
async fn leaving_empties_the_cache_and_signs_nobody_out() {
    let city = City::new().await;
    let forgotten = city.get(&NOBODY, "/away/forget").await;
    assert_eq!(forgotten.status, StatusCode::NO_CONTENT);
    assert_eq!(forgotten.headers["clear-site-data"], "\"cache\"");
    assert_eq!(forgotten.headers["cache-control"], "no-store");
    assert!(forgotten.headers.get("set-cookie").is_none());
    // The page people leave to does not wait for it, nor does anything the street side answers.
    for path in ["/away", "/", "/api/city", "/api/onestop/challenge"] {
        let answer = city.get(&NOBODY, path).await;
        assert!(answer.headers.get("clear-site-data").is_none(), "{path}");
    }
    let desk = city.seat("desk-gwanak-1").await;
    city.get(&desk, "/away/forget").await;
    city.get(&desk, "/api/desk/board").await.ok();
}
