//! Every route, with a body it can read, so that the answer is about who asks and not about what.

use super::stage::{About, Stage};
use crate::city::place;
use serde_json::{Value, json};

/// One route.
pub struct Act {
    pub method: &'static str,
    pub path: &'static str,
    /// What `{id}` in it names.
    pub about: Option<About>,
    /// Whether doing it changes what another asker would find.
    pub changes: bool,
    pub body: fn(&Stage, &str) -> Value,
}

impl Act {
    pub fn uri(&self, id: &str) -> String {
        let nothing = super::people::nothing(self.path);
        let nobody = nothing.as_deref().unwrap_or(NO_NOTE);
        match self.path {
            "/api/route/options" => format!("{}?from=37.48,126.92&to=37.47,126.93", self.path),
            path => path
                .replace("{id}", if id.is_empty() { nobody } else { id })
                .replace("{code}", "gwanak")
                .replace("{z}", "14")
                .replace("{x}", "1")
                .replace("{y}", "1.mvt"),
        }
    }
}

/// The id of a note that nobody has left.
const NO_NOTE: &str = "prv_00000000000000000000000001";
pub const GET: &str = "GET";
pub const POST: &str = "POST";
const NONE: fn(&Stage, &str) -> Value = |_, _| json!({});

/// A route that names nothing, reads or does nothing that lasts for others.
pub fn plain(method: &'static str, path: &'static str) -> Act {
    Act { method, path, about: None, changes: false, body: NONE }
}

fn of(about: About, method: &'static str, path: &'static str) -> Act {
    Act { about: Some(about), ..plain(method, path) }
}

impl Act {
    pub fn changing(self) -> Self {
        Self { changes: true, ..self }
    }
    pub fn with(self, body: fn(&Stage, &str) -> Value) -> Self {
        Self { body, ..self }
    }
}

pub fn acts() -> Vec<Act> {
    let mut all = everybody();
    all.extend(super::people::acts());
    all.extend(super::onestop::acts());
    all.extend(sessions());
    all.extend(walks());
    all.extend(alarms());
    all.extend(screens());
    all.extend(seats());
    all.extend(demo());
    all
}

fn everybody() -> Vec<Act> {
    vec![
        plain(GET, "/api/city"),
        plain(GET, "/api/environment/places"),
        plain(GET, "/api/route/options"),
        plain(GET, "/api/haven/near"),
        plain(GET, "/api/health"),
        plain(GET, "/tiles/{z}/{x}/{y}"),
    ]
}

fn sessions() -> Vec<Act> {
    vec![
        plain(GET, "/api/session"),
        plain("DELETE", "/api/session").changing(),
        plain(POST, "/api/session/enroll").with(|_, _| json!({ "code": "none" })),
        plain(POST, "/api/session/enroll/finish").with(ceremony),
        plain(POST, "/api/session/passkey/start"),
        plain(POST, "/api/session/passkey/finish").with(ceremony),
        plain(POST, "/api/session/confirm/start"),
        plain(POST, "/api/session/confirm/finish").with(ceremony),
        plain(POST, "/api/session/role")
            .changing()
            .with(|_, role| json!({ "role": Stage::wire_role(role).unwrap_or("dispatcher") })),
    ]
}

fn ceremony(_: &Stage, _: &str) -> Value {
    json!({ "ceremony": "none", "credential": {} })
}

fn walks() -> Vec<Act> {
    let walk = |method, path| of(About::Walk, method, path);
    vec![
        // Not more from one place than a group of friends.
        plain(POST, "/api/escort/quotes").with(|_, _| json!({ "meeting_place": place(3) })),
        plain(POST, "/api/escort/requests").changing().with(|_, _| crate::city::wish()),
        walk(GET, "/api/escort/requests/{id}"),
        walk(GET, "/api/escort/requests/{id}/live"),
        walk(POST, "/api/escort/requests/{id}/trouble"),
        walk(POST, "/api/escort/requests/{id}/cancel")
            .changing()
            .with(|_, _| json!({ "reason": "unsaid" })),
        plain(POST, "/api/escort/calls").with(|_, _| crate::city::wish()),
        walk(GET, "/api/escort/requests/{id}/for-desk"),
        walk(POST, "/api/escort/requests/{id}/see"),
        walk(GET, "/api/escort/requests/{id}/teams"),
        walk(POST, "/api/escort/requests/{id}/offer"),
        walk(POST, "/api/escort/requests/{id}/hand-over")
            .changing()
            .with(|_, _| json!({ "district": "dongjak" })),
        walk(POST, "/api/escort/requests/{id}/take-over").with(|_, _| json!({ "epoch": 2 })),
        plain(POST, "/api/escort/walk-ups")
            .changing()
            .with(|_, _| json!({ "meeting_place": place(1) })),
        walk(POST, "/api/escort/requests/{id}/accept"),
        walk(POST, "/api/escort/requests/{id}/decline").with(|_, _| json!({ "reason": "other" })),
        walk(POST, "/api/escort/requests/{id}/set-off").changing(),
        walk(POST, "/api/escort/requests/{id}/arrive").changing(),
        walk(POST, "/api/escort/requests/{id}/meet").changing(),
        walk(POST, "/api/escort/requests/{id}/walk").changing(),
        walk(POST, "/api/escort/requests/{id}/home").changing(),
        walk(POST, "/api/escort/requests/{id}/stand-down")
            .changing()
            .with(|_, _| json!({ "reason": "unsaid" })),
    ]
}

fn alarms() -> Vec<Act> {
    let alarm = |method, path| of(About::Alarm, method, path);
    vec![
        plain(POST, "/api/alarm/alarms"),
        alarm(GET, "/api/alarm/alarms/{id}"),
        alarm(GET, "/api/alarm/alarms/{id}/live"),
        alarm(POST, "/api/alarm/alarms/{id}/retract").changing(),
        alarm(POST, "/api/alarm/alarms/{id}/locations").with(|_, _| {
            json!({ "locations": [{
                "at": { "lat": 37.48, "lon": 126.93 }, "source": "gps", "seen_at": 1_800_000_000_000_i64,
            }] })
        }),
        alarm(POST, "/api/alarm/alarms/{id}/grade").with(|_, _| json!({ "grade": "help_now" })),
        alarm(GET, "/api/alarm/alarms/{id}/for-desk"),
        alarm(POST, "/api/alarm/alarms/{id}/acknowledge"),
        alarm(POST, "/api/alarm/alarms/{id}/close")
            .changing()
            .with(|_, _| json!({ "outcome": "helped" })),
    ]
}

fn screens() -> Vec<Act> {
    vec![
        plain(GET, "/api/desk/board"),
        plain(GET, "/api/desk/live"),
        plain(GET, "/api/desk/handover"),
        plain(POST, "/api/desk/take-over"),
        plain(POST, "/api/desk/notes").with(|_, _| json!({ "text": "teams are tired" })),
        // A note is its own desk's; of this id there is none at any.
        plain(POST, "/api/desk/notes/{id}/put-away"),
        plain(GET, "/api/desk/city"),
        plain(GET, "/api/desk/city/live"),
        plain(GET, "/api/desk/city/{code}"),
        plain(GET, "/api/team"),
        plain(GET, "/api/team/live"),
        plain(POST, "/api/volunteer/duty").with(|_, _| json!({ "on": true })),
        plain(POST, "/api/volunteer/position")
            .with(|_, _| json!({ "at": { "lat": 37.4, "lon": 126.9 }, "accuracy_m": 5 })),
        plain(GET, "/api/haven/till"),
        plain(GET, "/api/haven/till/live"),
        plain(POST, "/api/haven/till/shift")
            .with(|stage, _| json!({ "person": stage.clerk, "on": true })),
        plain(POST, "/api/haven/till/drill").with(|stage, _| json!({ "person": stage.clerk })),
    ]
}

fn seats() -> Vec<Act> {
    let seat = |method, path| of(About::Seat, method, path);
    vec![
        plain(GET, "/api/seats"),
        plain(GET, "/api/seats/live"),
        plain(POST, "/api/seats")
            .with(|_, _| json!({ "shown_as": "Gwanak desk 8", "roles": ["dispatcher"] })),
        of(About::Session, POST, "/api/seats/sessions/{id}/end").changing(),
        seat(POST, "/api/seats/{id}/end").changing(),
        seat(POST, "/api/seats/{id}/pair"),
        seat(POST, "/api/seats/{id}/roles")
            .changing()
            .with(|_, _| json!({ "roles": ["analyst", "dispatcher"] })),
        seat(POST, "/api/seats/{id}/close").changing(),
    ]
}

fn demo() -> Vec<Act> {
    vec![
        plain(GET, "/api/demo"),
        plain(POST, "/api/demo/sign-in").changing().with(|_, _| json!({ "part": "team-07" })),
        plain(POST, "/api/demo/confirm"),
        plain(GET, "/api/demo/clock"),
        plain(POST, "/api/demo/clock"),
    ]
}
