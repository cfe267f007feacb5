//! One stream read whole: the state, and who did what when.

use crate::{app::App, problem::Turned};
use kernel::{Actor, Aggregate, DistrictCode, Id, Instant, id};
use std::{collections::BTreeSet, sync::Arc};
use store::{Failure, Listed, Recorded};

/// An aggregate with its history.
#[derive(Clone, Debug)]
pub struct Story<A: Aggregate> {
    /// Whose it is.
    pub id: Id<A::Kind>,
    /// Where it stands.
    pub state: A,
    /// The district it belongs to.
    pub district: Option<DistrictCode>,
    /// The journal number of its newest event.
    pub number: u64,
    /// When that was.
    pub at: Instant,
    /// What happened, oldest first. Empty for what is only listed (teams, stores). Shared: a board
    /// takes a story out of the night as often as anybody looks.
    pub told: Arc<Vec<Recorded>>,
    /// Whose desks it is or was with, and who of them has had it in hand. Shared like `told`: a plan
    /// takes thousands of teams out of the night.
    pub desks: Arc<Desks>,
}

/// Whose desks something is or was with, by the journal.
#[derive(Clone, Debug, Default)]
pub struct Desks {
    /// Every district it was told of.
    pub districts: BTreeSet<DistrictCode>,
    /// Every dispatcher who has had it in hand.
    pub dispatchers: BTreeSet<Id<id::Person>>,
}

impl Desks {
    /// Whether an event tells of a desk or somebody at one that is not known yet.
    fn would_take(&self, recorded: &Recorded) -> bool {
        let district = recorded.district.as_ref();
        let new_person =
            matches!(recorded.actor, Actor::Desk(person) if !self.dispatchers.contains(&person));
        new_person || district.is_some_and(|district| !self.districts.contains(district))
    }

    fn take(&mut self, recorded: &Recorded) {
        self.districts.extend(recorded.district.clone());
        if let Actor::Desk(person) = recorded.actor {
            self.dispatchers.insert(person);
        }
    }
}

impl<A: Aggregate> Story<A> {
    /// Folds a stream; `None` if nothing has ever happened in it.
    pub fn of(id: Id<A::Kind>, told: Vec<Recorded>) -> Result<Option<Self>, Failure> {
        let mut state = A::default();
        let (mut district, mut desks) = (None, Desks::default());
        for recorded in &told {
            state.apply(&recorded.decode::<A>()?, recorded.at);
            desks.take(recorded);
            if recorded.district.is_some() {
                district.clone_from(&recorded.district);
            }
        }
        let Some(last) = told.last() else { return Ok(None) };
        let (number, at, desks) = (last.number, last.at, Arc::new(desks));
        Ok(Some(Self { id, state, district, number, at, told: Arc::new(told), desks }))
    }

    /// Before its first event, which is about to be taken in.
    pub fn unheard(id: Id<A::Kind>, at: Instant) -> Self {
        let (told, desks) = (Arc::default(), Arc::default());
        Self { id, state: A::default(), district: None, number: 0, at, told, desks }
    }

    /// What is only listed, without its history.
    pub fn listed(listed: Listed<A>) -> Self {
        let Listed { id, state, number, at, district, .. } = listed;
        let desks = Desks { districts: district.iter().cloned().collect(), ..Desks::default() };
        Self { id, state, district, number, at, told: Arc::default(), desks: Arc::new(desks) }
    }

    /// Takes in the next event; one that is known already changes nothing.
    pub fn take(&mut self, recorded: &Recorded) -> Result<(), Failure> {
        if recorded.number <= self.number {
            return Ok(());
        }
        self.state.apply(&recorded.decode::<A>()?, recorded.at);
        if recorded.district.is_some() {
            self.district.clone_from(&recorded.district);
        }
        (self.number, self.at) = (recorded.number, recorded.at);
        Arc::make_mut(&mut self.told).push(recorded.clone());
        if self.desks.would_take(recorded) {
            Arc::make_mut(&mut self.desks).take(recorded);
        }
        Ok(())
    }

    /// When the first event of this name happened.
    pub fn first(&self, name: &str) -> Option<&Recorded> {
        self.told.iter().find(|recorded| recorded.name == name)
    }

    /// When the last event of this name happened.
    pub fn last(&self, name: &str) -> Option<&Recorded> {
        self.told.iter().rev().find(|recorded| recorded.name == name)
    }
}

impl App {
    /// The story of one aggregate.
    pub(crate) async fn story<A: Aggregate>(
        &self,
        id: Id<A::Kind>,
    ) -> Result<Option<Story<A>>, Failure> {
        Story::of(id, self.store().stream::<A>(id).await?)
    }

    /// The same, where not being there is the end of it.
    pub(crate) async fn known<A: Aggregate>(&self, id: Id<A::Kind>) -> Result<Story<A>, Turned> {
        self.story::<A>(id).await?.ok_or(Turned::NoSuchThing)
    }
}
