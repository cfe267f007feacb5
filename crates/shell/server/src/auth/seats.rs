//! The seats people sign in to: a place at a desk, a team's shared phone, a store's till. What is
//! shown of a seat is never a person's name but for the first names a team is met by and the names
//! a till's own staff tap; those are private rows.

use kernel::{Actor, DistrictCode, Id, Instant, Secret, Span, id};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};
use store::{Failure, StaffMember, Store, Tx};
use wire::session::Role;

/// The kind of the private row with a seat's label.
const LABEL: &str = "staff.seat";
/// How long a label is kept: for as long as the seat is; a sealed row needs some date.
const KEPT: Span = Span::days(3_650);

/// What a seat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "seat")]
pub enum SeatOf {
    /// A dispatcher's place at the desk of the seat's district.
    Dispatcher,
    /// A supervisor of all districts.
    Supervisor,
    /// The shared phone of a team.
    Team {
        /// Which.
        team: Id<id::Team>,
    },
    /// The till of a store.
    Haven {
        /// Which.
        haven: Id<id::Haven>,
    },
    /// The shared phone of a patrol of the seat's district.
    Patrol,
    /// The programme manager of the seat's district.
    Programme,
    /// An analyst of the district's figures.
    Analyst,
    /// The administrator of the district's seats.
    Administrator,
    /// A caseworker of a center of the one-stop network.
    Caseworker {
        /// Which.
        center: Id<id::Center>,
    },
    /// Somebody at a center that takes referrals only.
    ServicePartner {
        /// Which.
        center: Id<id::Center>,
    },
    /// A caseworker who also approves what colleagues plan.
    CaseSupervisor {
        /// Which.
        center: Id<id::Center>,
    },
}

impl SeatOf {
    /// The role as screens know it.
    pub const fn role(self) -> Role {
        match self {
            Self::Dispatcher => Role::Dispatcher,
            Self::Supervisor => Role::Supervisor,
            Self::Team { .. } => Role::Team,
            Self::Haven { .. } => Role::Haven,
            Self::Patrol => Role::Patrol,
            Self::Programme => Role::Programme,
            Self::Analyst => Role::Analyst,
            Self::Administrator => Role::Administrator,
            Self::Caseworker { .. } => Role::Caseworker,
            Self::ServicePartner { .. } => Role::ServicePartner,
            Self::CaseSupervisor { .. } => Role::CaseSupervisor,
        }
    }

    /// The role as policies and the journal know it.
    pub const fn journaled(self) -> access::Role {
        match self {
            Self::Dispatcher => access::Role::Dispatcher,
            Self::Supervisor => access::Role::Supervisor,
            Self::Team { .. } => access::Role::Team,
            Self::Haven { .. } => access::Role::Haven,
            Self::Patrol => access::Role::Patrol,
            Self::Programme => access::Role::Programme,
            Self::Analyst => access::Role::Analyst,
            Self::Administrator => access::Role::Administrator,
            Self::Caseworker { .. } => access::Role::Caseworker,
            Self::ServicePartner { .. } => access::Role::ServicePartner,
            Self::CaseSupervisor { .. } => access::Role::CaseSupervisor,
        }
    }

    /// Whether it is a phone or till paired by a code, rather than somebody's with a passkey.
    pub const fn device(self) -> bool {
        self.journaled().device()
    }

    /// The center one works at from this seat, if it is one's at a center.
    pub const fn center(self) -> Option<Id<id::Center>> {
        match self {
            Self::Caseworker { center }
            | Self::ServicePartner { center }
            | Self::CaseSupervisor { center } => Some(center),
            _ => None,
        }
    }

    /// What a role is that names nothing else: every one but a team's, a till's and a center's.
    pub const fn of_role(role: Role) -> Option<Self> {
        match role {
            Role::Dispatcher => Some(Self::Dispatcher),
            Role::Supervisor => Some(Self::Supervisor),
            Role::Patrol => Some(Self::Patrol),
            Role::Programme => Some(Self::Programme),
            Role::Analyst => Some(Self::Analyst),
            Role::Administrator => Some(Self::Administrator),
            Role::Team
            | Role::Haven
            | Role::Caseworker
            | Role::ServicePartner
            | Role::CaseSupervisor => None,
        }
    }

    /// Who acts from this seat, as the journal knows it.
    pub const fn actor(self, seat: Id<id::Person>) -> Actor {
        match self {
            Self::Dispatcher => Actor::Desk(seat),
            Self::Team { team } => Actor::Team(team),
            Self::Haven { haven } => Actor::Haven(haven),
            Self::Supervisor
            | Self::Patrol
            | Self::Programme
            | Self::Analyst
            | Self::Administrator
            | Self::Caseworker { .. }
            | Self::ServicePartner { .. }
            | Self::CaseSupervisor { .. } => Actor::Seat(seat),
        }
    }
}

/// Reads what a record of the staff may be: a list, or one alone, as it was kept at first.
pub fn held(roles: &str) -> Vec<SeatOf> {
    serde_json::from_str::<Vec<SeatOf>>(roles)
        .or_else(|_one| serde_json::from_str::<SeatOf>(roles).map(|one| vec![one]))
        .unwrap_or_default()
}

/// Somebody who taps her name at a till.
#[derive(Clone, Serialize, Deserialize)]
pub struct Clerk {
    /// Who.
    pub person: Id<id::Person>,
    /// What colleagues call her.
    pub name: String,
}

/// What is shown of a seat. Has no `Debug`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Label {
    /// `Gwanak desk 2`, `team 07`, the store's name.
    pub shown_as: String,
    /// A team's number.
    #[serde(default)]
    pub call_sign: String,
    /// A team's two first names.
    #[serde(default)]
    pub first_names: Vec<String>,
    /// A till's staff.
    #[serde(default)]
    pub clerks: Vec<Clerk>,
}

/// A seat.
#[derive(Clone)]
pub struct Seat {
    /// Its id, under which a dispatcher appears in the journal.
    pub id: Id<id::Person>,
    /// What it is; of several, what one signs in to it as.
    pub of: SeatOf,
    /// Everything one may sign in to it as, `of` among it. One session is for one of them.
    pub held: Vec<SeatOf>,
    /// The district it belongs to.
    pub district: DistrictCode,
    /// What is shown of it.
    pub label: Label,
}

type ById = HashMap<Id<id::Person>, Seat>;

/// Every seat, and those of teams and tills by what they are: boards ask for hundreds at a time.
#[derive(Default)]
struct Known {
    all: Arc<ById>,
    named: HashMap<SeatOf, Id<id::Person>>,
}

/// All seats, in memory.
#[derive(Default)]
pub struct Seats {
    known: RwLock<Known>,
}

impl Seats {
    /// Reads them all.
    pub async fn load(&self, store: &Store, now: Instant) -> Result<(), Failure> {
        let mut all = ById::new();
        for member in store.staff().await? {
            let StaffMember { id, roles, district, name, active, .. } = member;
            let (Some(row), Some(district), true) = (name, district, active) else { continue };
            let held = held(&roles);
            let Some(of) = held.first().copied() else { continue };
            let label = store.private_get(row, LABEL, now).await?;
            let label = label
                .and_then(|bytes| serde_json::from_slice(bytes.expose()).ok())
                .unwrap_or_default();
            all.insert(id, Seat { id, of, held, district, label });
        }
        let named = all.values().map(|seat| (seat.of, seat.id));
        let named = named
            .filter(|(of, _)| matches!(of, SeatOf::Team { .. } | SeatOf::Haven { .. }))
            .collect();
        let known = Known { all: Arc::new(all), named };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// Keeps a seat, new or changed. [`Seats::load`] makes it known.
    pub async fn put(tx: &mut Tx, seat: &Seat, now: Instant) -> Result<(), Failure> {
        let bytes = serde_json::to_vec(&seat.label).map_err(Failure::Unwritable)?;
        let name = tx.private_put(LABEL, &Secret::new(bytes), now + KEPT).await?;
        tx.staff_put(&StaffMember {
            id: seat.id,
            roles: serde_json::to_string(&seat.held).map_err(Failure::Unwritable)?,
            district: Some(seat.district.clone()),
            name: Some(name),
            active: true,
            created_at: now,
        })
        .await
    }

    /// All of them, as of now.
    pub fn all(&self) -> Arc<ById> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner).all)
    }

    /// One of them.
    pub fn get(&self, id: Id<id::Person>) -> Option<Seat> {
        self.all().get(&id).cloned()
    }

    /// The district of a dispatcher's seat.
    pub fn district(&self, id: Id<id::Person>) -> Option<DistrictCode> {
        self.all().get(&id).map(|seat| seat.district.clone())
    }

    /// The seat that is a team's or a till's.
    fn seat_of(&self, of: SeatOf) -> Option<Id<id::Person>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).named.get(&of).copied()
    }

    fn label_of(&self, of: SeatOf) -> Option<Label> {
        self.all().get(&self.seat_of(of)?).map(|seat| seat.label.clone())
    }

    /// What is shown of a team; empty for one without a phone.
    pub fn team(&self, team: Id<id::Team>) -> Label {
        self.label_of(SeatOf::Team { team }).unwrap_or_default()
    }

    /// Whether a phone is signed in as this team.
    pub fn has_phone(&self, team: Id<id::Team>) -> bool {
        self.seat_of(SeatOf::Team { team }).is_some()
    }

    /// The teams and patrols of a district that have a phone, with the first names of their two.
    pub fn teams_in(&self, district: &DistrictCode) -> Vec<(Id<id::Team>, Vec<String>)> {
        let all = self.all();
        let here = all.values().filter(|seat| seat.district == *district);
        let team = |seat: &Seat| match seat.of {
            SeatOf::Team { team } => Some((team, seat.label.first_names.clone())),
            SeatOf::Patrol => {
                let team = crate::roster::patrol_team(seat.id);
                Some((team, seat.label.first_names.clone()))
            }
            _ => None,
        };
        here.filter_map(team).collect()
    }

    /// The phone that goes with a vest of a district.
    pub fn of_vest(&self, district: &DistrictCode, call_sign: &str) -> Option<Seat> {
        let all = self.all();
        let mut phones = all.values().filter(|seat| matches!(seat.of, SeatOf::Team { .. }));
        let here = |seat: &&Seat| seat.district == *district && seat.label.call_sign == call_sign;
        phones.find(here).cloned()
    }

    /// What is shown of a till; empty for a store without one.
    pub fn till(&self, haven: Id<id::Haven>) -> Label {
        self.label_of(SeatOf::Haven { haven }).unwrap_or_default()
    }

    /// Who did it, as a desk may read it: a seat, never a name.
    pub fn shown(&self, actor: Actor) -> String {
        let known = match actor {
            Actor::Citizen => return "citizen".to_owned(),
            Actor::Clock => return "clock".to_owned(),
            Actor::Relay => return "relay".to_owned(),
            Actor::Operator => return "operator".to_owned(),
            Actor::Desk(person) => {
                return self.get(person).map_or_else(|| "desk".to_owned(), |s| s.label.shown_as);
            }
            Actor::Seat(seat) => self.get(seat).map(|seat| seat.label.shown_as).unwrap_or_default(),
            Actor::Team(team) => self.team(team).shown_as,
            Actor::Haven(haven) => self.till(haven).shown_as,
        };
        if known.is_empty() { "unknown seat".to_owned() } else { known }
    }
}
