//! What is going on, folded from the journal into memory: the lists behind the board, the team's
//! screen and the havens. Nothing is ever written here; a restart folds it again.

mod touched;

use crate::{app::App, story::Story};
use ::alarm::{Alarm, DeskWatch};
use ::escort::Request;
use ::haven::Store as Haven;
use ::patrol::{Round, Sighting, round};
use ::volunteer::{Attendance, NoGo, Team, Watch, attendance::Mute, no_go};
use kernel::{Aggregate, Id, Instant, Span, id};
use std::collections::HashMap;
use store::{Failure, Listed, Recorded, Store};
use tokio::sync::RwLockReadGuard;
use touched::{Touch, Touched};

/// How long what has ended stays in memory.
const KEPT: Span = Span::hours(24);
/// Events read at a time.
const PAGE: u32 = 1_000;

/// Everything live, and what ended within a day.
#[derive(Debug, Default)]
pub struct Night {
    /// The journal number this is true at.
    pub number: u64,
    /// Walks.
    pub walks: HashMap<Id<id::Escort>, Story<Request>>,
    /// Alarms.
    pub alarms: HashMap<Id<id::Alarm>, Story<Alarm>>,
    /// Teams that have not parted.
    pub teams: HashMap<Id<id::Team>, Story<Team>>,
    /// Stores that have not left the programme.
    pub havens: HashMap<Id<id::Haven>, Story<Haven>>,
    /// Everybody who is on duty or wants to be left alone.
    pub attendances: HashMap<Id<id::Person>, Story<Attendance>>,
    /// Watches over helpers that run or ring.
    pub helper_watches: HashMap<Id<id::Watch>, Story<Watch>>,
    /// Notes to keep away that hold.
    pub no_gos: HashMap<Id<id::NoGo>, Story<NoGo>>,
    /// Rounds under way.
    pub rounds: HashMap<Id<id::Round>, Story<Round>>,
    /// Sightings nobody has closed.
    pub sightings: HashMap<Id<id::Sighting>, Story<Sighting>>,
    /// The watch over each desk that somebody has ever kept.
    pub desk_watches: HashMap<Id<id::DeskWatch>, Story<DeskWatch>>,
    touched: Touched,
    forgot_at: Instant,
}

fn take<A: Aggregate>(
    stories: &mut HashMap<Id<A::Kind>, Story<A>>,
    recorded: &Recorded,
) -> Result<bool, Failure> {
    let Some(id) = recorded.id::<A>() else { return Ok(false) };
    stories.entry(id).or_insert_with(|| Story::unheard(id, recorded.at)).take(recorded)?;
    Ok(true)
}

impl Night {
    /// Takes in one event.
    fn take(&mut self, recorded: &Recorded) -> Result<(), Failure> {
        let walk = recorded.id::<Request>();
        let had_by = walk.and_then(|walk| Touch::with(self.walks.get(&walk)));
        let _known = take(&mut self.walks, recorded)?
            || take(&mut self.alarms, recorded)?
            || take(&mut self.teams, recorded)?
            || take(&mut self.havens, recorded)?
            || take(&mut self.attendances, recorded)?
            || take(&mut self.helper_watches, recorded)?
            || take(&mut self.no_gos, recorded)?
            || take(&mut self.rounds, recorded)?
            || take(&mut self.sightings, recorded)?
            || take(&mut self.desk_watches, recorded)?;
        let touch = match walk {
            Some(walk) => Touch::Walk([had_by, Touch::with(self.walks.get(&walk))]),
            None => Touch::of(recorded),
        };
        self.touched.remember(recorded.number, touch);
        self.number = recorded.number;
        Ok(())
    }

    /// Whether anything after `number` can have changed the screen of a team.
    pub fn concerns(&self, team: Id<id::Team>, number: u64) -> bool {
        self.touched.concerns(team, number)
    }

    /// Lets go of what has been over for a day.
    fn forget(&mut self, now: Instant) {
        if now.since(self.forgot_at) < Span::minutes(10) {
            return;
        }
        self.forgot_at = now;
        let fresh = |at: Instant| now.since(at) < KEPT;
        self.walks.retain(|_, walk| walk.state.stage.live() || fresh(walk.at));
        self.alarms.retain(|_, alarm| alarm.state.open() || fresh(alarm.at));
        self.teams.retain(|_, team| team.state.duty != ::volunteer::team::Duty::Disbanded);
        self.havens.retain(|_, haven| haven.state.stage != ::haven::store::Stage::Retired);
        self.helper_watches.retain(|_, one| one.state.open());
        self.no_gos.retain(|_, one| one.state.stage == no_go::Stage::Holds);
        self.rounds.retain(|_, one| one.state.stage == round::Stage::Walking);
        self.sightings.retain(|_, one| one.state.open());
        self.attendances.retain(|_, one| one.state.turn.is_some() || one.state.mute != Mute::Off);
    }

    /// Whether an offer may reach both of a team now: nobody off duty or muted is asked.
    pub fn reachable(&self, team: &Story<Team>, now: Instant) -> bool {
        let reached = |person: &Id<id::Person>| {
            let known = self.attendances.get(person);
            known.is_some_and(|one| one.state.reachable(team.id, now).is_ok())
        };
        team.state.members.is_some_and(|members| members.iter().all(reached))
    }

    /// The open alarm of a source, if it has one.
    pub fn open_alarm(&self, source: ::alarm::alarm::Source) -> Option<&Story<Alarm>> {
        self.alarms
            .values()
            .filter(|alarm| alarm.state.open() && alarm.state.source == Some(source))
            .max_by_key(|alarm| alarm.number)
    }
}

/// The lists as of now; what happens while they are read is taken in afterwards.
pub(crate) async fn begin(
    store: &Store,
    desks: &[Id<id::DeskWatch>],
    now: Instant,
) -> Result<Night, Failure> {
    fn by_id<A: Aggregate>(listed: Vec<Listed<A>>) -> HashMap<Id<A::Kind>, Story<A>> {
        listed.into_iter().map(|one| (one.id, Story::listed(one))).collect()
    }
    async fn told<A: Aggregate>(
        store: &Store,
        listed: Vec<Listed<A>>,
    ) -> Result<HashMap<Id<A::Kind>, Story<A>>, Failure> {
        let mut stories = HashMap::new();
        for one in listed {
            if let Some(story) = Story::of(one.id, store.stream::<A>(one.id).await?)? {
                stories.insert(one.id, story);
            }
        }
        Ok(stories)
    }
    let number = *store.head().borrow();
    let mut desk_watches = HashMap::new();
    for desk in desks {
        if let Some(story) = Story::of(*desk, store.stream::<DeskWatch>(*desk).await?)? {
            desk_watches.insert(*desk, story);
        }
    }
    Ok(Night {
        number,
        walks: told(store, store.escorts_since(now - KEPT, None).await?).await?,
        alarms: told(store, store.open_alarms(None).await?).await?,
        teams: by_id(store.teams(None).await?),
        havens: by_id(store.havens(None).await?),
        attendances: by_id(store.attendances().await?),
        helper_watches: by_id(store.open_watches().await?),
        no_gos: by_id(store.no_gos().await?),
        rounds: by_id(store.open_rounds().await?),
        sightings: by_id(store.open_sightings().await?),
        desk_watches,
        touched: Touched::since(number),
        forgot_at: Instant::default(),
    })
}

impl App {
    /// What is going on as of the last commit.
    pub(crate) async fn night(&self) -> Result<RwLockReadGuard<'_, Night>, Failure> {
        let head = *self.store().head().borrow();
        {
            let night = self.inner().night.read().await;
            if night.number >= head {
                return Ok(night);
            }
        }
        let mut night = self.inner().night.write().await;
        loop {
            let page = self.store().read_after(night.number, PAGE).await?;
            for recorded in &page {
                night.take(recorded)?;
            }
            if page.len() < PAGE as usize {
                break;
            }
        }
        night.forget(self.now());
        Ok(night.downgrade())
    }
}
