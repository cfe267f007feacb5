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
}

impl SeatOf {
    /// The role as screens know it.
    pub const fn role(self) -> Role {
        match self {
            Self::Dispatcher => Role::Dispatcher,
            Self::Team { .. } => Role::Team,
            Self::Haven { .. } => Role::Haven,
        }
    }
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
    /// What it is.
    pub of: SeatOf,
    /// The district it belongs to.
    pub district: DistrictCode,
    /// What is shown of it.
    pub label: Label,
}

type ById = HashMap<Id<id::Person>, Seat>;

/// Every seat, by its id and by what it is: a board names hundreds of teams.
#[derive(Default)]
struct Known {
    all: Arc<ById>,
    labels: HashMap<SeatOf, Label>,
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
            let Ok(of) = serde_json::from_str::<SeatOf>(&roles) else { continue };
            let label = store.private_get(row, LABEL, now).await?;
            let label = label
                .and_then(|bytes| serde_json::from_slice(bytes.expose()).ok())
                .unwrap_or_default();
            all.insert(id, Seat { id, of, district, label });
        }
        let labels = all.values().map(|seat| (seat.of, seat.label.clone())).collect();
        let known = Known { all: Arc::new(all), labels };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// Keeps a seat, new or changed. [`Seats::load`] makes it known.
    pub async fn put(tx: &mut Tx, seat: &Seat, now: Instant) -> Result<(), Failure> {
        let bytes = serde_json::to_vec(&seat.label).map_err(Failure::Unwritable)?;
        let name = tx.private_put(LABEL, &Secret::new(bytes), now + KEPT).await?;
        tx.staff_put(&StaffMember {
            id: seat.id,
            roles: serde_json::to_string(&seat.of).map_err(Failure::Unwritable)?,
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

    fn label_of(&self, of: SeatOf) -> Option<Label> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).labels.get(&of).cloned()
    }

    /// What is shown of a team; empty for one without a phone.
    pub fn team(&self, team: Id<id::Team>) -> Label {
        self.label_of(SeatOf::Team { team }).unwrap_or_default()
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
            Actor::Team(team) => self.team(team).shown_as,
            Actor::Haven(haven) => self.till(haven).shown_as,
        };
        if known.is_empty() { "unknown seat".to_owned() } else { known }
    }
}
