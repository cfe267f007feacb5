use super::{compare::Seen, list::File, *};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::BTreeMap,
    io::Write,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

const NOW: Instant = Instant::from_millis(1_795_000_000_000);
const PAGE: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A page as a server has it.
#[derive(Clone)]
struct Page {
    bytes: Vec<u8>,
    /// What those get who take it compressed, before it is.
    compressed: Vec<u8>,
    mime: &'static str,
    leads_to: Option<&'static str>,
}

impl Page {
    fn of(text: &str, mime: &'static str) -> Self {
        let bytes = text.as_bytes().to_vec();
        Self { compressed: bytes.clone(), bytes, mime, leads_to: None }
    }
}

type Pages = BTreeMap<&'static str, Page>;

fn pages() -> Pages {
    BTreeMap::from([
        ("/", Page::of("<!doctype html>home", PAGE)),
        ("/report", Page::of("<!doctype html>the page where she writes", PAGE)),
        ("/sw.js", Page::of("self.onfetch = null", SCRIPT)),
        ("/unkept/report-1.js", Page::of("seal(what, forWhom)", SCRIPT)),
    ])
}

fn list(pages: &Pages) -> List {
    let file = |(path, page): (&&str, &Page)| File {
        path: (*path).to_owned(),
        mime: page.mime.to_owned(),
        bytes: page.bytes.len() as u64,
        sha256: list::hash_of(&page.bytes),
    };
    List(pages.iter().map(file).collect())
}

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn signed(edition: u64, pages: &Pages, keys: &[u8]) -> Signed {
    let mut signed = Signed::new(edition, NOW, list(pages));
    for number in keys {
        signed.add(&key(*number));
    }
    signed
}

/// A server that has these pages, and its address.
struct Served {
    pages: Arc<Mutex<Pages>>,
    url: String,
}

async fn answer(State(pages): State<Arc<Mutex<Pages>>>, asked: Request) -> Response {
    let found = pages.lock().unwrap().get(asked.uri().path()).cloned();
    let Some(page) = found else { return StatusCode::NOT_FOUND.into_response() };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, page.mime.parse().unwrap());
    if let Some(elsewhere) = page.leads_to {
        headers.insert(header::REFRESH, elsewhere.parse().unwrap());
    }
    let takes = asked.headers().get(header::ACCEPT_ENCODING).unwrap();
    if takes != "gzip" {
        return (headers, Body::from(page.bytes)).into_response();
    }
    headers.insert(header::CONTENT_ENCODING, "gzip".parse().unwrap());
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&page.compressed).unwrap();
    (headers, Body::from(packed.finish().unwrap())).into_response()
}

impl Served {
    async fn start() -> Self {
        let pages = Arc::new(Mutex::new(pages()));
        let listening = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listening.local_addr().unwrap());
        let routes = Router::new().fallback(answer).with_state(Arc::clone(&pages));
        tokio::spawn(async move { axum::serve(listening, routes).await.unwrap() });
        Self { pages, url }
    }

    /// Changes the pages, and says what is found wrong then.
    async fn after(&self, change: impl FnOnce(&mut Pages)) -> Vec<String> {
        let before = self.pages.lock().unwrap().clone();
        change(&mut self.pages.lock().unwrap());
        let seen = Seen::at(&self.url, &list(&pages())).await.unwrap();
        *self.pages.lock().unwrap() = before;
        let signed = signed(1, &pages(), &[1]);
        let report = serde_json::to_value(seen.report(&signed, Vec::new())).unwrap();
        let said = |wrong: &serde_json::Value| {
            format!("{} {}", wrong["path"].as_str().unwrap(), wrong["what"].as_str().unwrap())
        };
        let wrong: Vec<String> = report["wrong"].as_array().unwrap().iter().map(said).collect();
        assert_eq!(report["whole"], wrong.is_empty());
        assert_eq!(seen.first_wrong().is_some(), !wrong.is_empty());
        wrong
    }
}

fn page<'a>(pages: &'a mut Pages, path: &str) -> &'a mut Page {
    pages.get_mut(path).unwrap()
}

#[tokio::test]
async fn one_byte_changed_is_named_by_its_file() {
    let served = Served::start().await;
    assert!(served.after(|_| {}).await.is_empty());
    let one_byte = |pages: &mut Pages| {
        let page = page(pages, "/unkept/report-1.js");
        page.bytes[0] ^= 1;
        page.compressed[0] ^= 1;
    };
    assert_eq!(served.after(one_byte).await, ["/unkept/report-1.js changed"]);
    let for_browsers = |pages: &mut Pages| page(pages, "/report").compressed[20] ^= 1;
    assert_eq!(served.after(for_browsers).await, ["/report changed_compressed"]);
    let longer = |pages: &mut Pages| page(pages, "/report").compressed.extend([b' '; 9]);
    assert_eq!(served.after(longer).await, ["/report changed_compressed"]);
    assert!(served.after(|_| {}).await.is_empty(), "and it is whole again");
}

#[tokio::test]
async fn what_is_gone_leads_elsewhere_or_is_called_another_type_is_named() {
    let served = Served::start().await;
    let gone = served.after(|pages| drop(pages.remove("/sw.js"))).await;
    assert_eq!(gone, ["/sw.js missing"]);
    let elsewhere = |pages: &mut Pages| page(pages, "/report").leads_to = Some("0; url=//x");
    assert_eq!(served.after(elsewhere).await, ["/report leads_elsewhere"]);
    let as_page = |pages: &mut Pages| page(pages, "/unkept/report-1.js").mime = PAGE;
    assert_eq!(served.after(as_page).await, ["/unkept/report-1.js another_type"]);
    let two = |pages: &mut Pages| {
        page(pages, "/sw.js").bytes.push(b' ');
        pages.remove("/");
    };
    assert_eq!(served.after(two).await, ["/ missing", "/sw.js changed"]);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_an_alarm_too() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let seen = Seen::at(&format!("http://{nobody}"), &list(&pages())).await.unwrap();
    assert_eq!(seen.first_wrong().unwrap().to_string(), "/ could not be looked at");
    for no_address in ["city.example.org", "ftp://city.example.org", "https://city/report", ""] {
        assert!(Seen::at(no_address, &list(&pages())).await.is_err(), "{no_address}");
    }
}

#[test]
fn a_file_more_and_a_file_less_are_named_when_two_builds_are_compared() {
    let (listed, mut more, mut less) = (list(&pages()), pages(), pages());
    let said = |own: &Pages| {
        let seen = Seen::here(&list(own), &listed);
        seen.first_wrong().map(ToString::to_string)
    };
    assert_eq!(said(&pages()), None);
    more.insert("/unkept/more.js", Page::of("listen()", SCRIPT));
    assert_eq!(said(&more).unwrap(), "/unkept/more.js is in no list");
    less.remove("/report");
    assert_eq!(said(&less).unwrap(), "/report is missing");
}

#[test]
fn a_list_is_believed_when_enough_of_the_known_keys_have_signed_it() {
    let public = |number: u8| key(number).verifying_key().to_bytes();
    let two = signed(1, &pages(), &[1, 2]);
    assert_eq!(two.by(&[public(1), public(2)], 2).unwrap().len(), 2);
    assert_eq!(two.by(&[public(1), public(3)], 1).unwrap().len(), 1);
    let refused = |needed, keys: &[[u8; 32]]| two.by(keys, needed).err().unwrap().to_string();
    assert!(refused(2, &[public(1), public(3)]).starts_with("signature_wrong"));
    assert!(refused(2, &[public(1), public(1)]).contains("--needed"), "one key is one");
    assert!(refused(0, &[public(1)]).contains("--needed"));
    let twice = signed(1, &pages(), &[1, 1]);
    assert!(twice.by(&[public(1), public(2)], 2).is_err());
}

#[test]
fn every_field_is_under_the_signature() {
    let public = key(1).verifying_key().to_bytes();
    let whole = serde_json::to_value(signed(7, &pages(), &[1])).unwrap();
    let read = |value: &serde_json::Value| Signed::read(value.to_string().as_bytes());
    assert!(read(&whole).unwrap().by(&[public], 1).is_ok());
    let file = |field: &str| format!("/list/1/{field}");
    for (at, other) in [
        ("/edition".to_owned(), 8.into()),
        ("/made_at".to_owned(), 1.into()),
        (file("path"), "/repors".into()),
        (file("mime"), SCRIPT.into()),
        (file("bytes"), 1.into()),
        (file("sha256"), "A".repeat(43).into()),
        ("/signatures/0/signature".to_owned(), "A".repeat(86).into()),
    ] {
        let mut changed = whole.clone();
        *changed.pointer_mut(&at).unwrap() = other;
        assert!(read(&changed).unwrap().by(&[public], 1).is_err(), "{at}");
    }
    let mut fewer = whole.clone();
    fewer["list"].as_array_mut().unwrap().pop();
    assert!(read(&fewer).unwrap().by(&[public], 1).is_err());
    for (at, other) in [("/v", 2.into()), ("/waylight", "custody".into()), ("/list", "[]".into())] {
        let mut another: serde_json::Value = whole.clone();
        *another.pointer_mut(at).unwrap() = other;
        assert!(read(&another).is_err(), "{at}");
    }
    let mut disordered = whole;
    disordered["list"].as_array_mut().unwrap().swap(0, 1);
    assert!(read(&disordered).is_err());
}

#[test]
fn an_old_list_is_refused_and_two_of_one_edition_are_an_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let memory = folder.path().join("memory.json");
    let remembered = |signed: &Signed| remember(&memory, signed).map_err(|why| why.to_string());
    let mut others = pages();
    others.insert("/more", Page::of("more", PAGE));
    assert_eq!(remembered(&signed(7, &pages(), &[1])), Ok(()));
    assert_eq!(remembered(&signed(7, &pages(), &[1, 2])), Ok(()), "one more has signed it");
    assert!(remembered(&signed(6, &pages(), &[1])).unwrap_err().starts_with("list_older"));
    let disagree = remembered(&signed(7, &others, &[1])).unwrap_err();
    assert!(disagree.starts_with("lists_disagree"), "{disagree}");
    assert_eq!(remembered(&signed(8, &others, &[1])), Ok(()));
    assert!(remembered(&signed(7, &pages(), &[1])).is_err());
    fs::write(&memory, "{}").unwrap();
    assert!(remembered(&signed(9, &pages(), &[1])).unwrap_err().contains("damaged"));
}
