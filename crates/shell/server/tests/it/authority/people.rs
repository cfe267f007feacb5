//! The routes of those who help: who asks, and not about what. Applications, helpers' pages and
//! nights are opened by tokens nobody in the table holds; so for everybody they are not there.

use super::acts::{Act, GET, POST, plain};
use crate::city::place;
use serde_json::json;

/// An id of nothing, of the kind the path asks for.
pub fn nothing(path: &str) -> Option<String> {
    const KINDS: [(&str, &str); 10] = [
        ("/applications/", "app"),
        ("/people/", "per"),
        ("/nights/", "shf"),
        ("/debriefs/", "deb"),
        ("/watches/", "wat"),
        ("/no-go/", "nog"),
        ("/beats/", "bea"),
        ("/rounds/", "rnd"),
        ("/sightings/", "sig"),
        ("/defects/", "dct"),
    ];
    let known = KINDS.iter().find(|(part, _)| path.contains(part));
    known.map(|(_, prefix)| format!("{prefix}_{}1", "0".repeat(25)))
}

fn person() -> String {
    nothing("/people/").unwrap_or_default()
}

fn night() -> String {
    nothing("/nights/").unwrap_or_default()
}

pub fn acts() -> Vec<Act> {
    let mut all = helpers();
    all.extend(manager());
    all.extend(team());
    all.extend(patrol());
    all
}

fn helpers() -> Vec<Act> {
    let own = |path| plain(POST, path).with(|_, _| json!({ "night": night() }));
    vec![
        plain(POST, "/api/volunteer/applications").changing().with(|_, _| {
            json!({
                "district": "gwanak", "engagement": "volunteer", "first_name": "지수",
                "phone": "010-5550-1212",
            })
        }),
        plain(GET, "/api/volunteer/applications/{id}"),
        plain(POST, "/api/volunteer/applications/{id}/withdraw"),
        plain(GET, "/api/volunteer/people/{id}"),
        plain(GET, "/api/volunteer/people/{id}/hours"),
        own("/api/volunteer/people/{id}/sign-up"),
        own("/api/volunteer/people/{id}/step-back"),
        own("/api/volunteer/people/{id}/offer-swap"),
        own("/api/volunteer/people/{id}/keep"),
        plain(POST, "/api/volunteer/people/{id}/take")
            .with(|_, _| json!({ "night": night(), "from": person(), "kind": "swap" })),
        own("/api/volunteer/people/{id}/check-in"),
        plain(POST, "/api/volunteer/people/{id}/mute").with(|_, _| json!({ "muted": true })),
        plain(POST, "/api/volunteer/people/{id}/way-home"),
        plain(POST, "/api/volunteer/people/{id}/well"),
        plain(POST, "/api/volunteer/people/{id}/home"),
    ]
}

fn manager() -> Vec<Act> {
    vec![
        plain(GET, "/api/crew"),
        plain(GET, "/api/crew/live"),
        plain(POST, "/api/volunteer/applications/{id}/invite")
            .with(|_, _| json!({ "at": 1_900_000_000_000_i64 })),
        plain(POST, "/api/volunteer/applications/{id}/interviewed"),
        plain(POST, "/api/volunteer/applications/{id}/accept")
            .with(|_, _| json!({ "gender": "woman", "engagement": "volunteer" })),
        plain(POST, "/api/volunteer/applications/{id}/decline")
            .with(|_, _| json!({ "reason": "hours" })),
        plain(POST, "/api/volunteer/people/{id}/papers")
            .with(|_, _| json!({ "paper": "training", "until": "2027-10-31" })),
        plain(POST, "/api/volunteer/people/{id}/suspend")
            .with(|_, _| json!({ "reason": "own_wish" })),
        plain(POST, "/api/volunteer/people/{id}/reinstate"),
        plain(POST, "/api/volunteer/people/{id}/leave"),
        plain(POST, "/api/volunteer/people/{id}/hours")
            .with(|_, _| json!({ "from": 0, "until": 0, "reason": "not_worked" })),
        plain(GET, "/api/volunteer/people/{id}/statement"),
        plain(POST, "/api/volunteer/debriefs/{id}").with(|_, _| json!({ "step": "hold" })),
        plain(POST, "/api/volunteer/nights")
            .changing()
            .with(|_, _| json!({ "date": "2026-12-01", "crew_min": 4 })),
        plain(GET, "/api/volunteer/nights/{id}/proposal"),
        plain(POST, "/api/volunteer/nights/{id}/pair")
            .with(|_, _| json!({ "members": [person(), person()] })),
        plain(POST, "/api/volunteer/nights/{id}/part")
            .with(|_, _| json!({ "team": format!("tem_{}1", "0".repeat(25)) })),
        plain(POST, "/api/volunteer/nights/{id}/absent").with(|_, _| json!({ "person": person() })),
        plain(POST, "/api/volunteer/nights/{id}/call-off")
            .with(|_, _| json!({ "reason": "weather" })),
        plain(GET, "/api/patrol/beats"),
        plain(POST, "/api/patrol/beats")
            .with(|_, _| json!({ "around": place(1), "radius_m": 300 })),
        plain(POST, "/api/patrol/beats/{id}/retire"),
        plain(GET, "/api/environment/defects"),
        plain(POST, "/api/environment/defects/{id}/close")
            .with(|_, _| json!({ "outcome": "repaired" })),
    ]
}

fn team() -> Vec<Act> {
    vec![
        plain(POST, "/api/volunteer/mute")
            .with(|_, _| json!({ "person": person(), "muted": true })),
        plain(GET, "/api/volunteer/load"),
        plain(POST, "/api/volunteer/watch").changing(),
        plain(POST, "/api/volunteer/watch/well"),
        plain(POST, "/api/volunteer/watch/end"),
        plain(POST, "/api/volunteer/no-go")
            .changing()
            .with(|_, _| json!({ "place": place(1), "reason": "dog", "days": 3 })),
        plain(POST, "/api/volunteer/no-go/{id}/lift"),
        plain(POST, "/api/volunteer/watches/{id}/acknowledge"),
        plain(POST, "/api/volunteer/watches/{id}/close")
            .with(|_, _| json!({ "outcome": "reached" })),
    ]
}

fn patrol() -> Vec<Act> {
    vec![
        plain(GET, "/api/patrol"),
        plain(POST, "/api/patrol/rounds")
            .with(|_, _| json!({ "beat": nothing("/beats/"), "minutes": 60 })),
        plain(POST, "/api/patrol/rounds/{id}/end")
            .with(|_, _| json!({ "finished": true, "segments": [] })),
        plain(POST, "/api/patrol/sightings")
            .changing()
            .with(|_, _| json!({ "kind": "lamp_out", "place": place(1), "first_at": 0 })),
        plain(POST, "/api/patrol/sightings/{id}/hand-over").with(|_, _| json!({ "to": "desk" })),
        plain(POST, "/api/patrol/sightings/{id}/acknowledge"),
        plain(POST, "/api/patrol/sightings/{id}/close")
            .with(|_, _| json!({ "outcome": "seen_to" })),
    ]
}
