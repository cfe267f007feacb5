//! Who goes home when: the night's plan, drawn from the seed ten minutes at a time, so that it can
//! be taken up anywhere (after a skip, after a restart) and is always the same plan.

use crate::chance::Chance;
use kernel::{Instant, Language, Span, Zone};

/// The plan is drawn in pieces of this length.
pub const PIECE: Span = Span::minutes(10);

/// How a person calls off, presses or goes through with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// She waits and walks home.
    Patient,
    /// She calls off this long after asking, unless they have met by then.
    CallsOff(Span),
    /// On the way she presses the alarm by mistake and takes it back.
    PressesByMistake,
    /// On the way she needs help.
    NeedsHelp,
}

/// One person's way home.
#[derive(Clone, Debug, PartialEq)]
pub struct Outing {
    /// Names it for ever: seeds, moments and number in it.
    pub key: String,
    /// When she asks.
    pub at: Instant,
    /// She rings the desk instead of using the page.
    pub by_phone: bool,
    /// How many walk.
    pub people: u8,
    /// What the team may call her, if she says. Invented.
    pub first_name: Option<String>,
    /// She tells the team her address in person.
    pub keeps_home: bool,
    /// Her button was pressed twice, or her network stuttered.
    pub stutters: bool,
    /// What comes between.
    pub mood: Mood,
    /// The language she reads.
    pub language: Language,
    /// Her own stream of chance for everything else.
    pub chance_seed: u64,
}

/// Somebody, nowhere near a walk, presses the alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// Names it for ever.
    pub key: String,
    /// When.
    pub at: Instant,
    /// By mistake: taken back after some seconds.
    pub by_mistake: bool,
    /// Her own stream of chance.
    pub chance_seed: u64,
}

/// Walks asked for in an hour, by the local minute of the day. The sum of a night is about 47:
/// Seoul walks 1,400 a night over 25 desks.
fn asked_in_an_hour(minute: u16) -> f64 {
    match minute {
        1290..1320 => 10.0, // 21:30
        1320..1380 => 16.0, // 22:00
        1380..1440 => 18.0, // 23:00
        0..30 => 12.0,      // 00:00
        30..60 => 4.0,      // 00:30: too late to book, and turned away
        _ => 0.4,
    }
}

/// Presses of the alarm in an hour, away from any walk.
fn pressed_in_an_hour(minute: u16) -> f64 {
    match minute {
        1200..1440 | 0..180 => 0.8,
        _ => 0.1,
    }
}

const FIRST_NAMES: [&str; 12] = [
    "가온", "나래", "다솜", "라온", "마루", "보름", "새론", "아라", "이든", "초롱", "하늘", "Robin",
];

/// The start of the piece this moment lies in.
pub fn piece_of(at: Instant) -> Instant {
    Instant::from_millis(at.millis() - at.millis().rem_euclid(PIECE.as_millis()))
}

/// Who asks for a walk in the piece that begins at `piece`, in order. `rate` is how many districts
/// live there, or how much busier a night is: 1.0 are about 47 walks.
pub fn outings(seed: u64, zone: &Zone, piece: Instant, rate: f64) -> Vec<Outing> {
    let minute = zone.local(piece).minute;
    moments(seed, "outing", piece, asked_in_an_hour(minute) * rate)
        .into_iter()
        .enumerate()
        .map(|(number, (at, mut chance))| {
            let mood = match chance.unit() {
                share if share < 0.08 => {
                    Mood::CallsOff(Span::seconds(30 + chance.waiting_s(240.0) as i64))
                }
                share if share < 0.11 => Mood::PressesByMistake,
                share if share < 0.12 => Mood::NeedsHelp,
                _ => Mood::Patient,
            };
            let named = chance.happens(0.7);
            let name = chance.pick(&FIRST_NAMES).map(|name| (*name).to_owned());
            Outing {
                key: format!("outing-{seed}-{}-{number}", piece.millis()),
                at,
                by_phone: chance.happens(0.3),
                people: if chance.happens(0.12) { 2 } else { 1 },
                first_name: name.filter(|_| named),
                keeps_home: chance.happens(0.12),
                stutters: chance.happens(0.06),
                mood,
                language: if chance.happens(0.06) { Language::En } else { Language::Ko },
                chance_seed: chance.bits(),
            }
        })
        .collect()
}

/// Who is just coming out of a station when somebody opens the demo, so that the desk is alive
/// within seconds. A restart in the same piece sends out the same people, whose asks have the same
/// keys: nobody asks twice.
pub fn opening(seed: u64, now: Instant) -> Vec<Outing> {
    let piece = piece_of(now);
    let mut chance = Chance::of(seed, &format!("opening-{}", piece.millis()));
    [(3, false), (20, true), (45, false)]
        .into_iter()
        .enumerate()
        .map(|(number, (after_s, by_phone))| Outing {
            key: format!("opening-{seed}-{}-{number}", piece.millis()),
            at: now + Span::seconds(after_s),
            by_phone,
            people: 1,
            first_name: chance.pick(&FIRST_NAMES).map(|name| (*name).to_owned()),
            keeps_home: false,
            stutters: false,
            mood: Mood::Patient,
            language: Language::Ko,
            chance_seed: chance.bits(),
        })
        .collect()
}

/// Who presses the alarm in the piece that begins at `piece`, away from any walk; `rate` as above.
pub fn presses(seed: u64, zone: &Zone, piece: Instant, rate: f64) -> Vec<Press> {
    let minute = zone.local(piece).minute;
    moments(seed, "press", piece, pressed_in_an_hour(minute) * rate)
        .into_iter()
        .enumerate()
        .map(|(number, (at, mut chance))| Press {
            key: format!("press-{seed}-{}-{number}", piece.millis()),
            at,
            by_mistake: chance.happens(0.6),
            chance_seed: chance.bits(),
        })
        .collect()
}

/// Independent moments within a piece at this rate, each with a stream of its own.
fn moments(seed: u64, what: &str, piece: Instant, an_hour: f64) -> Vec<(Instant, Chance)> {
    let mut chance = Chance::of(seed, &format!("{what}-{}", piece.millis()));
    let mut at = piece;
    let mut found = Vec::new();
    loop {
        at = at + Span::millis((chance.waiting_s(3_600.0 / an_hour) * 1_000.0) as i64);
        if at >= piece + PIECE {
            return found;
        }
        let own = Chance::of(chance.bits(), what);
        found.push((at, own));
    }
}

#[cfg(test)]
mod tests;
