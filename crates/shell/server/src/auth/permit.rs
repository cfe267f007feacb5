//! Whether somebody may do something to a thing: asked of the policies, never decided here. What
//! one may not do to a thing is not there for one: every no is the same 404 as for an id that
//! never was.

use super::{Bearer, Dispatcher, Keeper, Seat, SeatOf, Supervisor, Team, Till, Who};
use crate::{app::App, problem::Turned, story::Story};
use ::alarm::{Alarm, alarm::Reach as AlarmReach, alarm::Source};
use ::escort::{Reach, Request, Stage};
use access::{Action, What};
use kernel::{Aggregate, DistrictCode, Id, id};

impl From<&Dispatcher> for access::Who {
    fn from(desk: &Dispatcher) -> Self {
        Self::Dispatcher { person: desk.person, district: desk.district.clone() }
    }
}
impl From<&Supervisor> for access::Who {
    fn from(supervisor: &Supervisor) -> Self {
        Self::Supervisor { person: supervisor.person, district: supervisor.district.clone() }
    }
}
impl From<&Team> for access::Who {
    fn from(team: &Team) -> Self {
        Self::Team(team.team)
    }
}

impl From<&Till> for access::Who {
    fn from(till: &Till) -> Self {
        Self::Till(till.haven)
    }
}

impl From<&Keeper> for access::Who {
    fn from(keeper: &Keeper) -> Self {
        let (person, district) = (keeper.person, keeper.district.clone());
        match keeper.of {
            SeatOf::Dispatcher => Self::Dispatcher { person, district },
            SeatOf::Supervisor => Self::Supervisor { person, district },
            SeatOf::Programme => Self::Programme { person, district },
            SeatOf::Analyst => Self::Analyst { person, district },
            SeatOf::Administrator => Self::Administrator { person, district },
            SeatOf::Team { team } => Self::Team(team),
            SeatOf::Haven { haven } => Self::Till(haven),
            SeatOf::Patrol => Self::Patrol { seat: person, district },
            SeatOf::Caseworker { center } => Self::Caseworker { person, center },
            SeatOf::ServicePartner { center } => Self::ServicePartner { person, center },
            SeatOf::CaseSupervisor { center } => Self::CaseSupervisor { person, center },
        }
    }
}

/// Whoever holds the token of a walk is its requester.
pub fn requester(app: &App, bearer: Option<&Bearer>, walk: Id<id::Escort>) -> access::Who {
    if app.bearer().fits(bearer, walk) {
        access::Who::Requester(walk)
    } else {
        access::Who::Citizen
    }
}

/// Whoever holds the token of an alarm is its sender; a team or till is known by its session.
pub fn sender(app: &App, bearer: Option<&Bearer>, who: &Who, alarm: Id<id::Alarm>) -> access::Who {
    match who {
        _ if app.bearer().fits(bearer, alarm) => access::Who::Sender(alarm),
        Who::Team(team) => team.into(),
        Who::Till(till) => till.into(),
        Who::Nobody | Who::Dispatcher(_) | Who::Supervisor(_) | Who::Patrol | Who::Office => {
            access::Who::Citizen
        }
    }
}

/// Whoever holds the token of an application follows it.
pub fn applicant(app: &App, bearer: Option<&Bearer>, asked: Id<id::Application>) -> access::Who {
    if app.bearer().fits(bearer, asked) {
        access::Who::Applicant(asked)
    } else {
        access::Who::Citizen
    }
}

/// Whoever holds the token of a helper's page is that helper.
pub fn helper(app: &App, bearer: Option<&Bearer>, person: Id<id::Person>) -> access::Who {
    if app.bearer().fits(bearer, person) {
        access::Who::Helper(person)
    } else {
        access::Who::Citizen
    }
}

/// Every district whose desk it is or was with: by the journal, and by who of which desk has had
/// it in hand.
fn districts<A: Aggregate>(app: &App, story: &Story<A>) -> Vec<DistrictCode> {
    let dispatchers = story.desks.dispatchers.iter();
    let mut all: Vec<DistrictCode> = dispatchers
        .filter_map(|person| app.seats().district(*person))
        .chain(story.desks.districts.iter().cloned())
        .collect();
    all.sort();
    all.dedup();
    all
}

/// Where a walk stands, as far as it matters for who may know what.
const fn stage(stage: Stage) -> access::Stage {
    match stage {
        Stage::Offered => access::Stage::Offered,
        Stage::Met | Stage::Walking => access::Stage::Met,
        Stage::Home | Stage::Cancelled | Stage::Refused => access::Stage::Ended,
        Stage::Nothing
        | Stage::Sent
        | Stage::HandedOver
        | Stage::Seen
        | Stage::Accepted
        | Stage::OnTheWay
        | Stage::Arrived => access::Stage::BeforeMet,
    }
}

fn walk_as_asked(app: &App, story: &Story<Request>) -> What {
    What::Walk {
        walk: story.id,
        districts: districts(app, story),
        rings_everywhere: story.state.reach > Reach::OwnDesk,
        team: story.state.team(),
        passed: story.state.passed.iter().map(|passed| passed.team).collect(),
        stage: stage(story.state.stage),
    }
}

fn alarm_as_asked(app: &App, story: &Story<Alarm>) -> What {
    let (team, till) = match story.state.source {
        Some(Source::Team(team)) => (Some(team), None),
        Some(Source::Haven(haven)) => (None, Some(haven)),
        _ => (None, None),
    };
    What::Alarm {
        alarm: story.id,
        districts: districts(app, story),
        rings_everywhere: story.state.reach > AlarmReach::OwnDesk,
        team,
        till,
    }
}

impl App {
    /// Whether `who` may do `action` to a walk.
    pub(crate) fn may_walk(
        &self,
        who: impl Into<access::Who>,
        action: Action,
        story: &Story<Request>,
    ) -> bool {
        self.access().decide(&who.into(), action, &walk_as_asked(self, story)).allowed()
    }

    /// Whether `who` may do `action` to an alarm.
    pub(crate) fn may_alarm(
        &self,
        who: impl Into<access::Who>,
        action: Action,
        story: &Story<Alarm>,
    ) -> bool {
        self.access().decide(&who.into(), action, &alarm_as_asked(self, story)).allowed()
    }

    /// The walk, if `who` may do `action` to it; otherwise there is none.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`], and failures of the store.
    pub(crate) async fn walk_for(
        &self,
        who: impl Into<access::Who>,
        action: Action,
        walk: Id<id::Escort>,
    ) -> Result<Story<Request>, Turned> {
        let story = self.known::<Request>(walk).await?;
        if self.may_walk(who, action, &story) { Ok(story) } else { Err(Turned::NoSuchThing) }
    }

    /// The alarm, if `who` may do `action` to it; otherwise there is none.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`], and failures of the store.
    pub(crate) async fn alarm_for(
        &self,
        who: impl Into<access::Who>,
        action: Action,
        alarm: Id<id::Alarm>,
    ) -> Result<Story<Alarm>, Turned> {
        let story = self.known::<Alarm>(alarm).await?;
        if self.may_alarm(who, action, &story) { Ok(story) } else { Err(Turned::NoSuchThing) }
    }

    /// Whether `who` may do `action` to a thing that needs no looking up.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] when the policies do not permit it.
    pub(crate) fn may(&self, who: &access::Who, action: Action, what: &What) -> Result<(), Turned> {
        let allowed = self.access().decide(who, action, what).allowed();
        if allowed { Ok(()) } else { Err(Turned::NoSuchThing) }
    }

    /// Whether `who` may do `action` to a seat.
    pub(crate) fn may_seat(&self, who: &Keeper, action: Action, seat: &Seat) -> bool {
        let what = What::Seat {
            seat: seat.id,
            district: seat.district.clone(),
            device: seat.of.device(),
            casework: seat.held.iter().any(|of| of.journaled().casework()),
        };
        self.access().decide(&who.into(), action, &what).allowed()
    }

    /// The seat, if `who` may do `action` to it; otherwise there is none.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`].
    pub(crate) fn seat_for(
        &self,
        who: &Keeper,
        action: Action,
        seat: Id<id::Person>,
    ) -> Result<Seat, Turned> {
        let found = self.seats().get(seat).filter(|seat| self.may_seat(who, action, seat));
        found.ok_or(Turned::NoSuchThing)
    }

    /// Whether `who` may do `action` to a district as a whole.
    pub(crate) fn may_district(
        &self,
        who: &Keeper,
        action: Action,
        district: &DistrictCode,
    ) -> bool {
        let what = What::District(district.clone());
        self.access().decide(&who.into(), action, &what).allowed()
    }

    /// What is done to the service itself.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] when the policies do not permit it.
    pub(crate) fn may_city(
        &self,
        who: impl Into<access::Who>,
        action: Action,
    ) -> Result<(), Turned> {
        let allowed = self.access().decide(&who.into(), action, &What::City).allowed();
        if allowed { Ok(()) } else { Err(Turned::NoSuchThing) }
    }

    /// What a till or a team does on its own screen, where its session says which one it is.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] when the policies do not permit it.
    pub(crate) fn may_own(
        &self,
        who: impl Into<access::Who>,
        action: Action,
    ) -> Result<(), Turned> {
        let who = who.into();
        let district = || self.district_at(None);
        let what = match &who {
            access::Who::Team(team) => What::Shift { team: *team, district: district() },
            access::Who::Till(haven) => What::Store { haven: *haven, district: district() },
            _ => What::City,
        };
        let allowed = self.access().decide(&who, action, &what).allowed();
        if allowed { Ok(()) } else { Err(Turned::NoSuchThing) }
    }
}
