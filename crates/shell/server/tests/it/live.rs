//! Feeds: told now, told when something has changed, silent otherwise.

use crate::city::{City, Phone};
use axum::{body::Body, http::Request};
use futures::StreamExt;
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};
use tower::ServiceExt;

/// An open feed and what it has said.
pub struct Feed {
    body: std::pin::Pin<Box<axum::body::BodyDataStream>>,
    heard: String,
}

impl Feed {
    pub async fn open(city: &City, phone: &Phone, path: &str) -> Self {
        let mut request = Request::get(path);
        if let Some(cookie) = &phone.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(bearer) = &phone.bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        let response =
            city.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: Box::pin(response.into_body().into_data_stream()), heard: String::new() }
    }

    /// The next event: its id and its view.
    pub async fn next(&mut self) -> (u64, Value) {
        let (_, number, view) = self.event().await;
        (number, view)
    }

    /// The same with its name; a change has one, a whole view has none.
    pub async fn event(&mut self) -> (Option<String>, u64, Value) {
        let next = async {
            loop {
                if let Some(end) = self.heard.find("\n\n") {
                    let event: String = self.heard.drain(..end + 2).collect();
                    let line = |name: &str| {
                        event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
                    };
                    if let (Some(id), Some(data)) = (line("id:"), line("data:")) {
                        let view = serde_json::from_str(data).unwrap();
                        return (line("event:").map(str::to_owned), id.parse().unwrap(), view);
                    }
                    continue;
                }
                let bytes = self.body.next().await.unwrap().unwrap();
                self.heard.push_str(std::str::from_utf8(&bytes).unwrap());
            }
        };
        tokio::time::timeout(Duration::from_secs(20), next).await.unwrap()
    }

    /// Waits until the feed says that it is over and ends. Less long than the fifteen seconds after
    /// which every feed looks again by itself: only a bell can have told it.
    pub async fn over(mut self) {
        let over = async {
            while let Some(bytes) = self.body.next().await {
                self.heard.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
            }
        };
        tokio::time::timeout(Duration::from_secs(10), over).await.unwrap();
        assert!(self.heard.contains("event: over"), "{}", self.heard);
    }
}

#[tokio::test]
async fn a_desk_hears_of_an_alarm_and_of_a_walk_without_touching_anything() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    city.team_at("07", 200.0).await;
    let mut feed = Feed::open(&city, &desk, "/api/desk/live").await;
    let (name, before, board) = feed.event().await;
    assert_eq!(name, None, "the whole board first");
    assert!(board["alarms"].as_array().unwrap().is_empty());
    city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
    let (name, number, change) = feed.event().await;
    assert_eq!(name.as_deref(), Some("change"));
    assert!(number > before);
    assert_eq!(change["since"], json!(before));
    assert_eq!(change["alarms"].as_array().unwrap().len(), 1);
    assert_eq!(change.get("teams"), None, "what has not changed is not told again");
    city.ask().await;
    let (_, later, change) = feed.event().await;
    assert!(later > number);
    assert_eq!(change["since"], json!(number));
    assert_eq!(change["walks"][0]["stage"], "sent");
    assert_eq!(change["tonight"]["web"], json!(1));
    assert_eq!(change.get("alarms"), None);
}

/// A board and what has been told of it since.
struct Told {
    number: u64,
    rows: BTreeMap<(&'static str, String), Value>,
}

impl Told {
    fn whole(board: &Value) -> Self {
        let mut told = Self { number: board["number"].as_u64().unwrap(), rows: BTreeMap::new() };
        told.put(board);
        told
    }

    fn put(&mut self, from: &Value) {
        for list in ["alarms", "walks", "teams"] {
            for row in from.get(list).and_then(Value::as_array).into_iter().flatten() {
                self.rows.insert((list, row["id"].as_str().unwrap().to_owned()), row.clone());
            }
        }
    }

    fn take(&mut self, change: &Value) {
        assert_eq!(change["since"].as_u64(), Some(self.number), "nothing is skipped");
        let number = change["number"].as_u64().unwrap();
        assert!(number >= self.number, "the journal does not go back");
        self.number = number;
        for gone in change.get("gone").and_then(Value::as_array).into_iter().flatten() {
            self.rows.retain(|(_, id), _| Some(id.as_str()) != gone.as_str());
        }
        self.put(change);
    }
}

#[tokio::test]
async fn two_desks_are_told_the_same_whatever_a_third_does() {
    let city = City::new().await;
    let (one, two) = (city.seat("desk-gwanak-1").await, city.seat("desk-gwanak-2").await);
    let acting = city.seat("desk-gwanak-2").await;
    let team = city.team_at("07", 200.0).await;
    let mut feeds = Vec::new();
    for desk in [&one, &two] {
        let mut feed = Feed::open(&city, desk, "/api/desk/live").await;
        let told = Told::whole(&feed.event().await.2);
        feeds.push((feed, told));
    }
    let (_, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&acting, &at("for-desk")).await.ok();
    city.post(&acting, &at("offer"), json!({})).await.ok();
    for verb in ["accept", "set-off", "arrive", "meet", "walk", "home"] {
        city.post(&team, &at(verb), json!({})).await.ok();
    }
    city.post(&acting, "/api/desk/take-over", json!({})).await.ok();
    // Whoever reads now from the database knows how it stands.
    let board = city.get(&acting, "/api/desk/board").await.ok().body;
    let stands = Told::whole(&board);
    for (feed, told) in &mut feeds {
        let mut watch = Value::Null;
        while told.number < stands.number {
            let (_, _, change) = feed.event().await;
            told.take(&change);
            watch = change.get("watch").cloned().unwrap_or(watch);
        }
        assert_eq!(told.rows, stands.rows);
        assert_eq!(watch, board["watch"]);
    }
}

#[tokio::test]
async fn she_sees_each_receipt_without_touching_the_page() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    city.team_at("07", 200.0).await;
    let (phone, walk) = city.ask().await;
    let mut feed = Feed::open(&city, &phone, &format!("/api/escort/requests/{walk}/live")).await;
    assert_eq!(feed.next().await.1["stage"], "sent");
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    assert_eq!(feed.next().await.1["stage"], "seen");
    city.post(&desk, &format!("/api/escort/requests/{walk}/offer"), json!({})).await.ok();
    assert_eq!(feed.next().await.1["stage"], "offered");
}

#[tokio::test]
async fn a_feed_is_silent_about_what_its_reader_does_not_see() {
    let city = City::new().await;
    let team = city.team_at("07", 200.0).await;
    let mut feed = Feed::open(&city, &team, "/api/team/live").await;
    assert_eq!(feed.next().await.1["duty"], "on");
    // Somebody else's alarm rings the bell, and is nothing to this team.
    city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
    city.post(&team, "/api/alarm/alarms", json!({})).await.ok();
    let (_, screen) = feed.next().await;
    assert!(screen["alarm"].is_object(), "the first news is its own alarm");
}

#[tokio::test]
async fn a_teams_feed_tells_its_own_offer_among_what_others_do() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 200.0).await;
    let mut feed = Feed::open(&city, &team, "/api/team/live").await;
    assert_eq!(feed.next().await.1["duty"], "on");
    // Nobody's yet: the bell rings, and there is nothing to draw for this team.
    let (_, walk) = city.ask().await;
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    tokio::time::sleep(Duration::from_millis(300)).await;
    city.post(&desk, &format!("/api/escort/requests/{walk}/offer"), json!({})).await.ok();
    let (_, screen) = feed.next().await;
    assert_eq!(
        (&screen["walk"]["id"], &screen["walk"]["stage"]),
        (&json!(walk), &json!("offered"))
    );
    city.post(&team, &format!("/api/escort/requests/{walk}/decline"), json!({"reason": "resting"}))
        .await
        .ok();
    assert_eq!(feed.next().await.1["walk"], Value::Null, "and that it is somebody else's now");
}
