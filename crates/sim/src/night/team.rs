//! A team of two with one phone: on duty, asked, walking there, walking home.

use super::Scene;
use super::ground::{lat_lon, point, way};
use super::phone::{Phone, Trouble};
use super::stroll::Stroll;
use super::watch::Look;
use crate::chance::Chance;
use kernel::{DistrictCode, Id, Instant, Point, Span, id};
use std::sync::Arc;
use std::time::Duration;
use wire::escort::{Decline, DeclineReason, ForTeam, Stage, WalkUp};
use wire::volunteer::{Duty, Position, SetDuty, TeamScreen};

/// How they look at their screen.
const LOOK: Look =
    Look { often: Span::seconds(4), idle: Span::minutes(3), least: Duration::from_millis(300) };

/// What a team will do about what its screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Will {
    Accept,
    Decline(DeclineReason),
    /// The phone is in the pocket: the offer lapses.
    Miss,
    Go(&'static str),
}

struct Pair {
    scene: Arc<Scene>,
    part: String,
    phone: Phone,
    chance: Chance,
    at: Point,
    told_at: Option<Instant>,
    /// The stage last seen of which walk, what they will do about it, and when.
    stage: Option<(Id<id::Escort>, Stage, Will, Instant)>,
    stroll: Option<(Stroll, Instant)>,
    next_walk_up: Instant,
}

/// Plays the seat for as long as nobody real sits there.
pub(crate) async fn play(scene: Arc<Scene>, part: String, desk: Option<DistrictCode>) {
    let (phone, mut chance) = (scene.phone(&part), scene.chance(&part));
    let post = match &desk {
        Some(desk) => scene.ground.post_of(desk.as_str(), &mut chance),
        None => scene.ground.somewhere(&mut chance),
    };
    let at = post.map_or(Point { lat: 0.0, lon: 0.0 }, |m| m.at);
    let watch = scene.watch.clone();
    let next_walk_up = watch.now() + Span::seconds(chance.waiting_s(9_000.0) as i64);
    let mut pair = Pair {
        scene,
        part,
        phone,
        chance,
        at,
        told_at: None,
        stage: None,
        stroll: None,
        next_walk_up,
    };
    // Nobody comes on duty in the same second as everybody else; who has been out for a while when
    // the night is first looked at is there almost at once.
    let out = on_shift(pair.scene.ground.zone.local(watch.now()).minute);
    let spread_s = pair.chance.below(if out { 10 } else { 90 });
    watch.wait(Span::seconds(spread_s as i64), Duration::ZERO).await;
    let mut seated = false;
    loop {
        watch.news(LOOK, pair.means_to()).await;
        if !watch.plays(&pair.part) {
            (seated, pair.stage, pair.stroll) = (false, None, None);
            continue;
        }
        if !seated {
            let key = format!("{:x}", pair.chance.bits());
            seated = pair.phone.sit_down(&pair.part, &pair.scene.pass, &key).await.is_ok();
            if !seated {
                continue;
            }
        }
        if let Err(trouble) = pair.look().await {
            tracing::debug!(%trouble, part = %pair.part, "a simulated team was refused");
            seated = !matches!(trouble, Trouble::Refused { status: 401 | 403, .. });
        }
    }
}

/// Whether teams are out at this local minute of the day: a shift around the booking hours.
fn on_shift(minute: u16) -> bool {
    !(75..21 * 60 + 20).contains(&minute)
}

impl Pair {
    /// When they will do something though nothing is told them; `None` when they only wait.
    fn means_to(&self) -> Option<Instant> {
        let now = self.scene.watch.now();
        if let Some((stroll, since)) = &self.stroll {
            let told = self.told_at.map_or(now, |told| told + self.scene.tell_every);
            return Some(told.min(*since + stroll.takes()));
        }
        match self.stage {
            Some((_, _, Will::Miss, _)) | None => None,
            // What was to be done is done or was refused: they look what became of it.
            Some((.., at)) => Some(at.max(now + Span::seconds(5))),
        }
    }

    async fn look(&mut self) -> Result<(), Trouble> {
        let screen: TeamScreen = self.phone.get("/api/team").await?;
        self.scene.watch.hear(&screen.team.to_string());
        let now = self.scene.watch.now();
        let on_shift = on_shift(self.scene.ground.zone.local(now).minute);
        match (screen.walk, screen.duty) {
            (Some(walk), _) => self.attend(&walk, now).await,
            (None, Duty::Off) if on_shift => self.set_duty(true, now).await,
            (None, Duty::On) if !on_shift => self.set_duty(false, now).await,
            (None, Duty::Off) => Ok(()),
            (None, _) => self.stand(now).await,
        }
    }

    fn key(&mut self) -> String {
        format!("{:x}", self.chance.bits())
    }

    async fn set_duty(&mut self, on: bool, now: Instant) -> Result<(), Trouble> {
        let key = self.key();
        self.phone.tell("/api/volunteer/duty", &key, &SetDuty { on }).await?;
        if on { self.tell_place(now, Span::ZERO).await } else { Ok(()) }
    }

    /// Waits for an offer; now and then somebody on the street simply asks.
    async fn stand(&mut self, now: Instant) -> Result<(), Trouble> {
        (self.stage, self.stroll) = (None, None);
        self.tell_place(now, self.scene.tell_standing).await?;
        if now < self.next_walk_up {
            return Ok(());
        }
        self.next_walk_up = now + Span::seconds(self.chance.waiting_s(9_000.0) as i64);
        let key = self.key();
        let asked = WalkUp { meeting_place: None, people: 1 };
        self.phone.tell("/api/escort/walk-ups", &key, &asked).await
    }

    async fn attend(&mut self, walk: &ForTeam, now: Instant) -> Result<(), Trouble> {
        if matches!(walk.stage, Stage::OnTheWay | Stage::Walking) {
            return self.walk_on(walk, now).await;
        }
        self.stroll = None;
        self.tell_place(now, self.scene.tell_standing).await?;
        let known = self.stage.filter(|(id, stage, ..)| (*id, *stage) == (walk.id, walk.stage));
        let (will, from) =
            known.map_or_else(|| self.decide(walk, now), |(.., will, at)| (will, at));
        self.stage = Some((walk.id, walk.stage, will, from));
        if now < from {
            return Ok(());
        }
        let path = format!("/api/escort/requests/{}", walk.id);
        let key = self.key();
        match will {
            Will::Miss => Ok(()),
            Will::Accept => self.phone.tell(&format!("{path}/accept"), &key, &()).await,
            Will::Decline(reason) => {
                self.phone.tell(&format!("{path}/decline"), &key, &Decline { reason }).await
            }
            Will::Go(verb) => self.phone.tell(&format!("{path}/{verb}"), &key, &()).await,
        }
    }

    /// What they will do about a stage they see for the first time, and when.
    fn decide(&mut self, walk: &ForTeam, now: Instant) -> (Will, Instant) {
        let (will, least_s, spread_s) = match walk.stage {
            Stage::Offered => match self.chance.unit() {
                share if share < 0.05 => (Will::Miss, 0, 0),
                share if share < 0.10 => (Will::Decline(DeclineReason::Resting), 8, 20),
                share if share < 0.12 => (Will::Decline(DeclineReason::TooFar), 8, 20),
                _ => (Will::Accept, 5, 24),
            },
            Stage::Accepted => (Will::Go("set-off"), 5, 20),
            Stage::Arrived => (Will::Go("meet"), 15, 50),
            Stage::Met => (Will::Go("walk"), 4, 10),
            _ => (Will::Miss, 0, 0),
        };
        (will, now + Span::seconds(least_s + self.chance.below(spread_s + 1) as i64))
    }

    /// Walks to the meeting place, or to the door.
    async fn walk_on(&mut self, walk: &ForTeam, now: Instant) -> Result<(), Trouble> {
        let (stroll, since) = match self.stroll.take() {
            Some(under_way) => under_way,
            None => (self.set_out(walk, now).await, now),
        };
        let walked = now.since(since);
        self.at = stroll.after(walked);
        let there = walked >= stroll.takes();
        self.stroll = Some((stroll, since));
        self.tell_place(now, self.scene.tell_every).await?;
        if !there {
            return Ok(());
        }
        self.stroll = None;
        let verb = if walk.stage == Stage::Walking { "home" } else { "arrive" };
        let key = self.key();
        let done =
            self.phone.tell(&format!("/api/escort/requests/{}/{verb}", walk.id), &key, &()).await;
        if done.as_ref().is_err_and(Trouble::may_retry) {
            // Still there: the next look finds the stroll walked to its end.
            self.stroll = Some((Stroll::straight(self.at, self.at), now));
        }
        done
    }

    async fn set_out(&mut self, walk: &ForTeam, now: Instant) -> Stroll {
        let to = match (walk.stage, &walk.home) {
            (Stage::Walking, Some(home)) => point(home.at),
            // She told them in person.
            (Stage::Walking, None) => self.scene.ground.some_way_off(self.at, &mut self.chance),
            _ => point(walk.meeting_place.at),
        };
        let found = way(&self.phone, self.at, to, now).await;
        found.unwrap_or_else(|| Stroll::by_guess(self.at, to))
    }

    async fn tell_place(&mut self, now: Instant, every: Span) -> Result<(), Trouble> {
        if self.told_at.is_some_and(|told| now.since(told) < every) {
            return Ok(());
        }
        self.told_at = Some(now);
        let accuracy_m = 5 + self.chance.below(20) as u32;
        let here = Position { at: lat_lon(self.at), accuracy_m };
        let key = self.key();
        self.phone.tell("/api/volunteer/position", &key, &here).await
    }
}
