use super::*;
use kernel::{Actor, Id, id};
use serde_json::json;

/// Writes events as the journal would.
pub(in crate::city) struct Scribe {
    pub(in crate::city) chronicle: Chronicle,
    pub(in crate::city) now: Instant,
}

pub(in crate::city) fn esc(bits: u128) -> String {
    Id::<id::Escort>::from_bits(bits).to_string()
}

pub(in crate::city) fn tem(bits: u128) -> String {
    Id::<id::Team>::from_bits(bits).to_string()
}

pub(in crate::city) fn per(bits: u128) -> String {
    Id::<id::Person>::from_bits(bits).to_string()
}

impl Scribe {
    pub(in crate::city) fn new() -> Self {
        Self { chronicle: Chronicle::default(), now: Instant::from_millis(1_000_000) }
    }

    pub(in crate::city) fn after(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now + Span::seconds(seconds);
        self
    }

    #[expect(clippy::needless_pass_by_value, reason = "a test writes the fields where it calls")]
    pub(in crate::city) fn write(
        &mut self,
        (stream, bits): (&str, u128),
        name: &str,
        fields: Value,
    ) -> &mut Self {
        let body = if fields.is_null() { json!(name) } else { json!({ name: fields }) };
        self.chronicle.take(&Recorded {
            number: self.chronicle.number + 1,
            stream: stream.to_owned(),
            id_bits: bits,
            version: 1,
            name: name.to_owned(),
            event_version: 1,
            at: self.now,
            actor: Actor::Citizen,
            district: None,
            body: body.to_string(),
        });
        self
    }

    pub(in crate::city) fn walk(&mut self, bits: u128, name: &str, fields: Value) -> &mut Self {
        self.write(("escort.request", bits), name, fields)
    }

    pub(in crate::city) fn ask(&mut self, bits: u128) -> &mut Self {
        let wanted = self.now.millis();
        self.walk(
            bits,
            "asked",
            json!({ "channel": "web", "wanted_at": wanted,
            "promise": { "meet_by": wanted + 600_000, "team_walk_seconds": 300 } }),
        )
    }

    /// A team of two whose papers hold for a day, but for the second's training.
    pub(in crate::city) fn team(&mut self, bits: u128, training_for: Span) -> &mut Self {
        let day = (self.now + Span::days(1)).millis();
        for person in [10 * bits, 10 * bits + 1] {
            let training =
                if person == 10 * bits { day } else { (self.now + training_for).millis() };
            self.write(
                ("volunteer.person", person),
                "record_check_passed",
                json!({ "until": day }),
            );
            self.write(
                ("volunteer.person", person),
                "training_completed",
                json!({ "until": training }),
            );
        }
        let members = json!({ "members": [per(10 * bits), per(10 * bits + 1)] });
        self.write(("volunteer.team", bits), "formed", members)
    }

    pub(in crate::city) fn engage(&mut self, team: u128, walk: u128) -> &mut Self {
        self.write(("volunteer.team", team), "engaged", json!({ "walk": esc(walk) }))
    }

    pub(in crate::city) fn offer(&mut self, walk: u128, team: u128) -> &mut Self {
        let offered = json!({ "team": tem(team), "walk_seconds": 240 });
        self.walk(walk, "seen", Value::Null).walk(walk, "offered", offered).engage(team, walk)
    }
}

#[test]
fn a_walk_is_told_from_the_asking_to_the_door() {
    let mut scribe = Scribe::new();
    scribe.team(5, Span::days(1)).ask(1).after(10).offer(1, 5).after(20);
    scribe.walk(1, "accepted", json!({ "team": tem(5) })).walk(1, "set_off", Value::Null);
    scribe.after(200).walk(1, "arrived", Value::Null).after(30);
    scribe.walk(1, "met", json!({ "confirmed_by": "requester" }));
    scribe.walk(1, "walking_started", json!({ "expected_minutes": 10 })).after(500);
    scribe.walk(1, "arrived_home", json!({ "confirmed_by": "requester" }));
    let walk = &scribe.chronicle.walks[&esc(1)];
    assert_eq!((walk.stage, walk.astray.as_deref()), (Stage::Home, None));
    assert_eq!(walk.waited(), Some(Span::seconds(260)));
    assert_eq!(walk.expected_minutes, 10);
    assert!(scribe.chronicle.live.is_empty() && scribe.chronicle.unscreened.is_empty());
}

#[test]
fn a_walk_met_before_anybody_accepted_is_astray() {
    let mut scribe = Scribe::new();
    scribe.ask(1).walk(1, "met", Value::Null);
    let astray = scribe.chronicle.walks[&esc(1)].astray.clone();
    assert_eq!(astray.as_deref(), Some("met after Sent"));
}

#[test]
fn only_the_last_fifty_events_are_told_and_without_their_bodies() {
    let mut scribe = Scribe::new();
    for bits in 0..60 {
        scribe.ask(bits);
    }
    assert_eq!(scribe.chronicle.last.len(), TOLD);
    assert!(scribe.chronicle.last.iter().all(|line| !line.contains("meet_by")));
}
