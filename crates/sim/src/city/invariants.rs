//! What holds in every city at every moment. Each invariant has a name and a sentence; each can
//! be broken, and a test breaks it.

use super::chronicle::{Chronicle, Stage, Walk};
use super::diary::Diary;
use kernel::{Instant, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the store holds beside the journal at one moment.
#[derive(Debug, Default)]
pub struct Standing {
    /// Streams with a deadline, by printed id, and the soonest of each.
    pub deadlines: BTreeMap<String, Instant>,
    /// Live walks as the desks' lists have them.
    pub walks: BTreeSet<String>,
    /// Open alarms as the desks' lists have them.
    pub alarms: BTreeSet<String>,
    /// The walk each engaged team is on, as the lists have it.
    pub engaged: BTreeMap<String, String>,
    /// Deadlines that have come and have not lapsed.
    pub overdue: Vec<String>,
    /// The journal does not verify, or a list is not what it says: what was found.
    pub unsound: Vec<String>,
}

/// Everything an invariant may look at.
pub struct City<'a> {
    /// What the journal tells.
    pub chronicle: &'a Chronicle,
    /// What people lived through.
    pub diary: &'a Diary,
    /// What the store holds; `None` between full looks.
    pub standing: Option<&'a Standing>,
    /// How long things may be quiet.
    pub rules: &'a server::Rules,
    /// Now.
    pub now: Instant,
    /// Whether the night is over.
    pub over: bool,
}

/// One of them.
pub struct Invariant {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// What breaks it, if something does.
    pub broken: fn(&City<'_>) -> Option<String>,
}

/// One that was broken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    /// Its name.
    pub invariant: &'static str,
    /// What it says.
    pub says: &'static str,
    /// Ids of what broke it.
    pub what: String,
    /// When.
    pub at: Instant,
}

/// All of them. Those that need what the store holds are asked each minute, the others after
/// every event.
pub const ALL: [Invariant; 13] = [
    Invariant {
        name: "one_walk_one_team",
        says: "never two teams on one walk, nor one team on two",
        broken: one_walk_one_team,
    },
    Invariant {
        name: "nobody_unscreened",
        says: "no walk goes to somebody whose record check or training does not hold",
        broken: |city| city.chronicle.unscreened.first().cloned(),
    },
    Invariant {
        name: "steps_in_order",
        says: "a walk takes its steps in order",
        broken: |city| {
            live(city).find_map(|(id, walk)| Some(format!("{id}: {}", walk.astray.clone()?)))
        },
    },
    Invariant {
        name: "time_goes_forward",
        says: "no event happened before the one before it",
        broken: |city| city.chronicle.backward.first().cloned(),
    },
    Invariant {
        name: "nothing_personal",
        says: "no name, address or free text is in the journal",
        broken: |city| city.chronicle.personal.first().cloned(),
    },
    Invariant {
        name: "promise_stands",
        says: "what she was promised on her phone is what the journal says",
        broken: |city| city.diary.other_promise(city.chronicle),
    },
    Invariant {
        name: "silence_escalates",
        says: "nothing is quiet for longer than its deadlines allow",
        broken: silence_escalates,
    },
    Invariant {
        name: "everything_is_owned",
        says: "everything unfinished has a deadline",
        broken: everything_is_owned,
    },
    Invariant {
        name: "deadlines_lapse",
        says: "a deadline that has come has lapsed",
        broken: |city| city.standing?.overdue.first().cloned(),
    },
    Invariant {
        name: "lists_agree",
        says: "what desks see on their lists is what the journal says",
        broken: lists_agree,
    },
    Invariant {
        name: "record_is_sound",
        says: "the journal verifies and every list can be made from it again",
        broken: |city| city.standing?.unsound.first().cloned(),
    },
    Invariant {
        name: "everybody_is_home",
        says: "when the night is over nobody is still waiting",
        broken: everybody_is_home,
    },
    Invariant {
        name: "counts_agree",
        says: "what people lived through is in the journal",
        broken: counts_agree,
    },
];

/// The first that is broken.
pub fn broken(city: &City<'_>) -> Option<Broken> {
    ALL.iter().find_map(|invariant| {
        let what = (invariant.broken)(city)?;
        Some(Broken { invariant: invariant.name, says: invariant.says, what, at: city.now })
    })
}

/// What was acknowledged and is not in the journal. Asked after every answer.
pub fn lost(diary: &mut Diary, chronicle: &Chronicle, now: Instant) -> Option<Broken> {
    let one = diary.missing(chronicle)?;
    Some(Broken {
        invariant: "nothing_acknowledged_is_lost",
        says: "what was acknowledged to somebody is in the journal",
        what: format!("{} {:?}", one.of, one.steps),
        at: now,
    })
}

fn live<'a>(city: &City<'a>) -> impl Iterator<Item = (&'a String, &'a Walk)> + use<'a> {
    let walks = &city.chronicle.walks;
    city.chronicle.live.iter().filter_map(move |id| walks.get_key_value(id))
}

fn one_walk_one_team(city: &City<'_>) -> Option<String> {
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, walk) in live(city) {
        let Some(team) = walk.team.as_deref() else { continue };
        if let Some(other) = taken.insert(team, id) {
            return Some(format!("{team} on {other} and {id}"));
        }
        let engaged = city.chronicle.teams.get(team).and_then(|team| team.engaged.as_deref());
        if engaged != Some(id.as_str()) {
            return Some(format!("{id} has {team}, which is on {engaged:?}"));
        }
    }
    let idle = city.chronicle.teams.iter().find(|(team, told)| {
        told.engaged.as_ref().is_some_and(|walk| taken.get(team.as_str()) != Some(&walk.as_str()))
    });
    idle.map(|(team, told)| format!("{team} is kept for {:?}", told.engaged))
}

/// One second for a clock that is asked between its ticks.
const SLACK: Span = Span::seconds(1);

/// How long a live walk may be quiet at most.
fn quiet(walk: &Walk, rules: &escort::Rules) -> Instant {
    let seconds = |seconds: u16| Span::seconds(i64::from(seconds));
    let again =
        seconds(rules.overdue_again_seconds).max(Span::minutes(rules.looked_again_minutes.into()));
    let walked = Span::seconds(walk.walk_seconds);
    let last = walk.last_at;
    match walk.stage {
        Stage::Sent => last + seconds(rules.ring_again_seconds),
        // A walk for later waits for its lead time.
        Stage::Seen => {
            last.max(walk.wanted_at - rules.lead_time()) + seconds(rules.ring_again_seconds)
        }
        Stage::Offered => last + rules.offer_lapse(),
        Stage::Accepted => {
            (last + again.max(seconds(rules.set_off_seconds))).max(walk.wanted_at - walked)
        }
        Stage::OnTheWay => last + (walked + seconds(rules.way_margin_seconds)).max(again),
        Stage::Arrived => {
            last.max(walk.wanted_at) + again.max(seconds(rules.meeting_overdue_seconds))
        }
        Stage::Met => last + again.max(seconds(rules.start_overdue_seconds)),
        _ => {
            let home = walk.expected_minutes + i64::from(rules.walk_home_margin_minutes);
            last + again.max(Span::minutes(home))
        }
    }
}

fn silence_escalates(city: &City<'_>) -> Option<String> {
    let late = live(city).find(|(_, walk)| quiet(walk, &city.rules.escort) + SLACK < city.now);
    if let Some((id, walk)) = late {
        return Some(format!("{id} is {:?} and quiet since {}", walk.stage, walk.last_at.millis()));
    }
    let rules = &city.rules.alarm;
    city.chronicle.open.iter().find_map(|id| {
        let alarm = city.chronicle.alarms.get(id)?;
        let may = if alarm.seen_at.is_none() { rules.ring_again() } else { rules.still_open() };
        (alarm.last_at + may + SLACK < city.now).then(|| format!("{id} is quiet"))
    })
}

fn everything_is_owned(city: &City<'_>) -> Option<String> {
    let standing = city.standing?;
    let unfinished = city.chronicle.live.iter().chain(&city.chronicle.open);
    let mut unowned = unfinished.filter(|id| !standing.deadlines.contains_key(*id));
    unowned.next().map(|id| format!("{id} has no deadline"))
}

fn lists_agree(city: &City<'_>) -> Option<String> {
    let standing = city.standing?;
    let differ = |told: &BTreeSet<String>, listed: &BTreeSet<String>| {
        told.symmetric_difference(listed).next().cloned()
    };
    if let Some(id) = differ(&city.chronicle.live, &standing.walks) {
        return Some(format!("{id} is in one of journal and list"));
    }
    if let Some(id) = differ(&city.chronicle.open, &standing.alarms) {
        return Some(format!("{id} is in one of journal and list"));
    }
    let told: BTreeMap<&String, &String> = city
        .chronicle
        .teams
        .iter()
        .filter_map(|(team, told)| Some((team, told.engaged.as_ref()?)))
        .collect();
    let listed: BTreeMap<&String, &String> = standing.engaged.iter().collect();
    (told != listed).then(|| "teams are engaged otherwise than listed".to_owned())
}

fn everybody_is_home(city: &City<'_>) -> Option<String> {
    if !city.over {
        return None;
    }
    let mut unfinished = city.chronicle.live.iter().chain(&city.chronicle.open);
    unfinished.next().map(|id| format!("{id} is unfinished"))
}

/// Every walk somebody was told of, every alarm that was acknowledged, every homecoming a phone
/// showed: all of them in the journal, and no home the journal does not know.
fn counts_agree(city: &City<'_>) -> Option<String> {
    if !city.over {
        return None;
    }
    let unknown = city.diary.walks.iter().find_map(|(id, lived)| {
        let told = city.chronicle.walks.get(id);
        let agrees = told.is_some_and(|told| {
            (!lived.home || told.home_at.is_some())
                && lived.turned_away.is_some() == (told.stage == Stage::TurnedAway)
        });
        (!agrees).then(|| format!("{id} was lived through otherwise"))
    });
    let alarms = || city.diary.alarms.iter().find(|id| !city.chronicle.alarms.contains_key(*id));
    unknown.or_else(|| alarms().map(|id| format!("{id} was acknowledged")))
}

#[cfg(test)]
mod tests;
