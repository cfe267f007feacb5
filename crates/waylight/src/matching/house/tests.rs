use super::*;
use axum::{body::Body, routing::post};
use http_body_util::BodyExt;
use tower::ServiceExt;

const CITY: &str = "https://walk.example.org";

fn routes() -> Router {
    let echo = post(async |Told(number): Told<u8>| Json(number));
    let slow = post(async || std::future::pending::<()>().await);
    let pages = Router::new().route("/v1/pages", echo.clone()).route("/v1/slow", slow);
    let services = Router::new().route("/v1/services", echo);
    let services = services.layer(middleware::from_fn(asked_by_no_page));
    let routes = for_pages_of(city(CITY).unwrap(), pages).merge(services);
    around(routes, Duration::from_millis(300))
}

async fn ask(method: Method, path: &str, origin: Option<&str>, body: String) -> Response {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    routes().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
}

async fn code(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    let problem: Problem = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(problem.status, status);
    (status, problem.code)
}

fn allowed(answer: &Response) -> Option<&str> {
    let header = answer.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    header.map(|origin| origin.to_str().unwrap())
}

#[tokio::test]
async fn pages_of_the_city_ask_and_no_others() {
    let answer = ask(Method::POST, "/v1/pages", Some(CITY), "7".to_owned()).await;
    assert_eq!((answer.status(), allowed(&answer)), (StatusCode::OK, Some(CITY)));
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    let before = ask(Method::OPTIONS, "/v1/pages", Some(CITY), String::new()).await;
    assert_eq!((before.status(), allowed(&before)), (StatusCode::NO_CONTENT, Some(CITY)));
    assert_eq!(before.headers()[header::ACCESS_CONTROL_ALLOW_HEADERS], "content-type");
    for foreign in ["https://walk.example.org.evil", "https://other.example.org", "null"] {
        for method in [Method::POST, Method::OPTIONS] {
            let answer = ask(method, "/v1/pages", Some(foreign), "7".to_owned()).await;
            assert_eq!(allowed(&answer), None);
            assert_eq!(code(answer).await, (403, "request.foreign-origin".to_owned()));
        }
    }
    let none = ask(Method::POST, "/v1/pages", None, "7".to_owned()).await;
    assert_eq!((none.status(), allowed(&none)), (StatusCode::OK, None));
}

#[tokio::test]
async fn services_ask_where_no_page_may() {
    let service = ask(Method::POST, "/v1/services", None, "7".to_owned()).await;
    assert_eq!(service.status(), StatusCode::OK);
    let page = ask(Method::POST, "/v1/services", Some(CITY), "7".to_owned()).await;
    assert_eq!(allowed(&page), None);
    assert_eq!(code(page).await.0, 403);
}

#[tokio::test]
async fn what_cannot_be_answered_is_a_problem_that_repeats_nothing() {
    let of = async |method, path, body: &str| {
        code(ask(method, path, Some(CITY), body.to_owned()).await).await
    };
    let (post, path) = (Method::POST, "/v1/pages");
    let said = |status, code: &str| (status, code.to_owned());
    let broken = of(post.clone(), path, "canary").await;
    assert_eq!(broken, said(400, "request.not-understood"));
    let long = of(post.clone(), path, &" ".repeat(BODY_BYTES + 1)).await;
    assert_eq!(long, said(413, "request.too-large"));
    assert_eq!(of(Method::GET, path, "").await, said(405, "request.no-such-method"));
    assert_eq!(of(post, "/v1/none", "").await, said(404, "request.no-such-thing"));
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let answer = ask(Method::POST, "/v1/slow", Some(CITY), String::new()).await;
    assert_eq!(allowed(&answer), None, "it was told outside");
    assert_eq!(code(answer).await, (504, "request.timed-out".to_owned()));
}

#[test]
fn a_city_is_an_origin() {
    for bad in ["walk.example.org", "https://walk.example.org/", "", "https://"] {
        assert!(city(bad).is_err(), "{bad}");
    }
}
