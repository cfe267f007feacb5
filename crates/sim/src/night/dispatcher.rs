//! A dispatcher at the desk: alarms first, then the phone, then asks from the page. One thing at
//! a time, at a person's speed.

use super::citizen::way_of;
use super::phone::{Phone, Trouble};
use super::watch::Look;
use super::{Caller, Scene, desk_bell, help_bell};
use crate::chance::Chance;
use kernel::{Id, Instant, Span, id};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use wire::alarm::{AlarmForDesk, Close, Grade, Outcome};
use wire::desk::{AlarmItem, Board, WalkItem};
use wire::escort::{Asked, Candidate, Candidates, ForDesk, Offer, Stage, TakeCall};

/// How she looks at the board.
const LOOK: Look =
    Look { often: Span::seconds(2), idle: Span::seconds(45), least: Duration::from_millis(120) };
/// She sends nobody who would be on the way for longer, seconds.
const SENDS_WITHIN_S: u32 = 1_800;
/// Who was promised to be met later than this from now is left to the plan, unless it has a team
/// that goes to her next.
const LEFT_TO_THE_PLAN: Span = Span::minutes(15);
/// Whoever found nobody to send looks again after so long, seconds: from, to.
const LOOKS_AGAIN_S: (i64, i64) = (50, 90);
/// From one thing to the next.
const BREATH: Span = Span::seconds(2);

/// What she means to do about something on the board, and from when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Matter {
    Acknowledge(Id<id::Alarm>),
    Close(Id<id::Alarm>),
    Open(Id<id::Escort>),
    Send(Id<id::Escort>),
}

struct Desk {
    scene: Arc<Scene>,
    part: String,
    phone: Phone,
    chance: Chance,
    /// When she will be ready for each matter she has noticed.
    noticed: BTreeMap<Matter, Instant>,
}

/// Plays the seat for as long as nobody real sits there.
pub(crate) async fn play(scene: Arc<Scene>, part: String) {
    let (phone, chance) = (scene.phone(&part), scene.chance(&part));
    let mut desk = Desk { scene, part, phone, chance, noticed: BTreeMap::new() };
    desk.scene.watch.hear("telephone");
    desk.scene.watch.hear("desk");
    let (mut seated, mut next) = (false, None);
    loop {
        let watch = desk.scene.watch.clone();
        watch.news(LOOK, next).await;
        next = Some(watch.now() + BREATH);
        if !watch.plays(&desk.part) {
            seated = false;
            continue;
        }
        if !seated {
            let key = format!("{:x}", desk.chance.bits());
            seated = desk.phone.sit_down(&desk.part, &desk.scene.pass, &key).await.is_ok();
            continue;
        }
        match desk.work().await {
            // One thing at a time: whatever else is there she sees at the next look.
            Ok(true) => {}
            Ok(false) => next = desk.noticed.values().min().copied(),
            Err(trouble) => {
                tracing::debug!(%trouble, part = %desk.part, "a simulated dispatcher was refused");
                seated = !matches!(trouble, Trouble::Refused { status: 401 | 403, .. });
            }
        }
    }
}

impl Desk {
    /// Looks at the board and does the one most urgent thing she is ready for; whether there was
    /// one.
    async fn work(&mut self) -> Result<bool, Trouble> {
        let board: Board = self.phone.get("/api/desk/board").await?;
        self.scene.watch.hear(&desk_bell(&board.district));
        for one in near(&board) {
            self.scene.watch.hear(&help_bell(one));
        }
        let now = self.scene.watch.now();
        self.notice(&board, now);
        let ready = self.noticed.iter().filter(|(_, at)| **at <= now).map(|(matter, _)| *matter);
        if let Some(matter) = ready.min() {
            self.noticed.remove(&matter);
            return self.attend(matter, &board).await.map(|()| true);
        }
        if let Some(caller) = self.scene.pick_up(now, &board.district) {
            return self.take_call(caller).await.map(|()| true);
        }
        Ok(false)
    }

    /// Remembers what is new on the board, each with her own time to react; forgets what is gone.
    fn notice(&mut self, board: &Board, now: Instant) {
        let mut open: Vec<(Matter, (i64, i64))> = Vec::new();
        open.extend(board.alarms.iter().map(alarm_matter));
        let near: Vec<&str> = near(board).collect();
        // A desk across the city has nobody to send: it leaves the walk to those around it.
        let ours = |item: &&WalkItem| {
            item.with_district.as_deref().is_none_or(|district| near.contains(&district))
        };
        open.extend(board.walks.iter().filter(ours).filter_map(walk_matter));
        self.noticed.retain(|matter, _| open.iter().any(|(known, _)| known == matter));
        for (matter, (least_s, most_s)) in open {
            let spread = usize::try_from(most_s - least_s).unwrap_or(0);
            let reaction = Span::seconds(least_s + self.chance.below(spread + 1) as i64);
            self.noticed.entry(matter).or_insert(now + reaction);
        }
    }

    /// Remembers to look again whether there is somebody to send.
    fn notice_again(&mut self, walk: Id<id::Escort>, now: Instant) {
        let (least_s, most_s) = LOOKS_AGAIN_S;
        let pause_s = least_s + self.chance.below((most_s - least_s) as usize) as i64;
        self.noticed.insert(Matter::Send(walk), now + Span::seconds(pause_s));
    }

    async fn attend(&mut self, matter: Matter, board: &Board) -> Result<(), Trouble> {
        let key = format!("{:x}", self.chance.bits());
        match matter {
            Matter::Acknowledge(alarm) => {
                let path = format!("/api/alarm/alarms/{alarm}");
                let _opened: AlarmForDesk = self.phone.get(&format!("{path}/for-desk")).await?;
                self.phone.tell(&format!("{path}/acknowledge"), &key, &()).await
            }
            Matter::Close(alarm) => {
                let item = board.alarms.iter().find(|item| item.id == alarm);
                let outcome = item.map_or(Outcome::Fine, |item| self.outcome(item));
                let path = format!("/api/alarm/alarms/{alarm}/close");
                self.phone.tell(&path, &key, &Close { outcome }).await
            }
            Matter::Open(walk) => {
                // Opening it is what makes it seen.
                let path = format!("/api/escort/requests/{walk}/for-desk");
                self.phone.get::<ForDesk>(&path).await.map(drop)
            }
            Matter::Send(walk) => self.send_somebody(walk, board).await,
        }
    }

    /// The team the plan has for her, else the nearest free one that has not said no; nobody, if
    /// nobody is free and near, or the plan has time.
    async fn send_somebody(&mut self, walk: Id<id::Escort>, board: &Board) -> Result<(), Trouble> {
        let now = self.scene.watch.now();
        let key = format!("{:x}", self.chance.bits());
        self.notice_again(walk, now);
        let path = format!("/api/escort/requests/{walk}");
        let free: Candidates = self.phone.get(&format!("{path}/teams")).await?;
        let item = board.walks.iter().find(|item| item.id == walk);
        let meet_by = item.and_then(|item| item.meet_by);
        let later = meet_by.is_some_and(|by| now + LEFT_TO_THE_PLAN < by);
        let sent = |team: &&Candidate| {
            team.planned || (!later && !team.declined && team.walk_seconds <= SENDS_WITHIN_S)
        };
        let Some(best) = free.teams.iter().find(sent) else {
            return Ok(());
        };
        self.phone
            .tell(&format!("{path}/offer"), &key, &Offer { team: Some(best.team), epoch: None })
            .await
    }

    fn outcome(&mut self, item: &AlarmItem) -> Outcome {
        if item.duress {
            return Outcome::Police;
        }
        if item.retracted_at.is_some() {
            return if self.chance.happens(0.9) { Outcome::Mistake } else { Outcome::Fine };
        }
        let choices = match item.grade {
            Grade::PoliceNow => [Outcome::Police, Outcome::Police, Outcome::Helped],
            Grade::Sheltering => [Outcome::Helped, Outcome::Helped, Outcome::Police],
            Grade::ComeAndLook => [Outcome::Helped, Outcome::Fine, Outcome::NotFound],
            Grade::HelpNow => [Outcome::Helped, Outcome::Police, Outcome::NotFound],
        };
        self.chance.pick(&choices).copied().unwrap_or(Outcome::Helped)
    }

    /// Listens, types, reads back: 16 to 34 seconds, alarms waiting only as long as the call.
    async fn take_call(&mut self, caller: Caller) -> Result<(), Trouble> {
        let outing = caller.outing;
        let mut voice = Chance::of(outing.chance_seed, "walk");
        let Some((meeting, home)) = way_of(&self.scene, &self.phone, &mut voice).await else {
            return Ok(());
        };
        let talk = Span::seconds(16 + voice.below(19) as i64);
        self.scene.watch.wait(talk, Duration::ZERO).await;
        let call = TakeCall {
            meeting_place: meeting.place,
            wanted_at: None,
            home: (!outing.keeps_home).then_some(home),
            people: outing.people,
            first_name: outing.first_name,
            phone: Some(format!("02-0000-{:04}", voice.below(10_000))),
            language: outing.language,
            shares: false,
            from_anywhere: false,
        };
        self.phone.post::<TakeCall, Asked>("/api/escort/calls", &outing.key, &call).await.map(drop)
    }
}

/// The districts whose walks she looks at when they ring beyond their own desk: hers and those
/// next door.
fn near(board: &Board) -> impl Iterator<Item = &str> {
    let next_door = board.districts.iter().filter(|one| one.next_door);
    next_door.map(|one| one.code.as_str()).chain([board.district.as_str()])
}

fn alarm_matter(item: &AlarmItem) -> (Matter, (i64, i64)) {
    if item.seen_at.is_none() {
        (Matter::Acknowledge(item.id), (4, 13))
    } else {
        (Matter::Close(item.id), (70, 320))
    }
}

fn walk_matter(item: &WalkItem) -> Option<(Matter, (i64, i64))> {
    match item.stage {
        // What rings at every desk is first of all its own desk's.
        Stage::Sent if item.with_district.is_some() => Some((Matter::Open(item.id), (15, 45))),
        Stage::Seen if item.with_district.is_some() => Some((Matter::Send(item.id), LOOKS_AGAIN_S)),
        Stage::Sent => Some((Matter::Open(item.id), (4, 14))),
        Stage::Seen => Some((Matter::Send(item.id), (5, 16))),
        _ => None,
    }
}
