//! Who asks and what it is about, and how Cedar is told.

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression};
use kernel::{DistrictCode, Id, id};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    str::FromStr,
};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Nobody we know, and nobody who has to be known.
    Citizen,
    /// The holder of the token of one walk: its requester.
    Requester(Id<id::Escort>),
    /// The holder of the token of one alarm: its sender.
    Sender(Id<id::Alarm>),
    /// The holder of the token of one application.
    Applicant(Id<id::Application>),
    /// The holder of the token of one helper's own page.
    Helper(Id<id::Person>),
    /// Whoever was shown one walk, and watches it to its end.
    Watcher(Id<id::Escort>),
    /// A team on its phone.
    Team(Id<id::Team>),
    /// A patrol on its phone.
    Patrol {
        /// Its seat.
        seat: Id<id::Person>,
        /// The district it walks in.
        district: DistrictCode,
    },
    /// A store's till.
    Till(Id<id::Haven>),
    /// A dispatcher at a district's desk.
    Dispatcher {
        /// Who.
        person: Id<id::Person>,
        /// Whose desk.
        district: DistrictCode,
    },
    /// A supervisor of all districts.
    Supervisor {
        /// Who.
        person: Id<id::Person>,
        /// Where the seat is kept.
        district: DistrictCode,
    },
    /// The programme manager of a district.
    Programme {
        /// Who.
        person: Id<id::Person>,
        /// Which district's.
        district: DistrictCode,
    },
    /// An analyst of a district's figures.
    Analyst {
        /// Who.
        person: Id<id::Person>,
        /// Which district's.
        district: DistrictCode,
    },
    /// The administrator of a district's seats.
    Administrator {
        /// Who.
        person: Id<id::Person>,
        /// Which district's.
        district: DistrictCode,
    },
    /// A caseworker of one center of the one-stop network.
    Caseworker {
        /// Who.
        person: Id<id::Person>,
        /// Whose people she is one of.
        center: Id<id::Center>,
    },
    /// A caseworker of one center who also approves what colleagues plan.
    CaseSupervisor {
        /// Who.
        person: Id<id::Person>,
        /// Whose people she is one of.
        center: Id<id::Center>,
    },
    /// Somebody at a center that takes referrals only.
    ServicePartner {
        /// Who.
        person: Id<id::Person>,
        /// Whose people she is one of.
        center: Id<id::Center>,
    },
    /// The duty officer of the city.
    Duty(Id<id::Person>),
    /// Whoever is at the machine's own command line.
    Operator(Id<id::Person>),
    /// A screen of the demonstration.
    Demo(Id<id::Device>),
}

/// Where a walk stands, as far as it matters for who may know what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// It is offered to a team, which has not taken it.
    Offered,
    /// The two sides have not proved themselves yet.
    BeforeMet,
    /// They have met, and are together.
    Met,
    /// It is over.
    Ended,
}

impl Stage {
    const fn text(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::BeforeMet => "before-met",
            Self::Met => "met",
            Self::Ended => "ended",
        }
    }
}

/// What it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// The service itself.
    City,
    /// Somebody's asking to join.
    Application(Id<id::Application>),
    /// A helper's own page.
    Helper(Id<id::Person>),
    /// A walk home.
    Walk {
        /// Which.
        walk: Id<id::Escort>,
        /// The districts whose desks it is or was with.
        districts: Vec<DistrictCode>,
        /// Whether it rings at every desk.
        rings_everywhere: bool,
        /// The team it is offered to or taken by.
        team: Option<Id<id::Team>>,
        /// Teams it was offered to before.
        passed: Vec<Id<id::Team>>,
        /// Where it stands.
        stage: Stage,
    },
    /// A call for help.
    Alarm {
        /// Which.
        alarm: Id<id::Alarm>,
        /// The districts whose desks it is or was with.
        districts: Vec<DistrictCode>,
        /// Whether it rings at every desk.
        rings_everywhere: bool,
        /// The team that raised it, if one did.
        team: Option<Id<id::Team>>,
        /// The store whose till raised it, if one did.
        till: Option<Id<id::Haven>>,
    },
    /// A Patrol House.
    Store {
        /// Which.
        haven: Id<id::Haven>,
        /// Whose desk hears its alarms.
        district: DistrictCode,
    },
    /// A team's night.
    Shift {
        /// Whose.
        team: Id<id::Team>,
        /// The desk it belongs to.
        district: DistrictCode,
    },
    /// A seat, with its sessions and devices.
    Seat {
        /// Which.
        seat: Id<id::Person>,
        /// The district it belongs to.
        district: DistrictCode,
        /// Whether it is a phone or till paired by a code, rather than somebody's with a passkey.
        device: bool,
        /// Whether it is one at a center, which only the operator gives.
        casework: bool,
    },
    /// A district as a whole.
    District(DistrictCode),
    /// A center of the one-stop network.
    Center(Id<id::Center>),
}

impl Who {
    /// The schema's type for it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Citizen => "Citizen",
            Self::Requester(_) | Self::Sender(_) | Self::Applicant(_) | Self::Helper(_) => "Bearer",
            Self::Watcher(_) => "Watcher",
            Self::Team(_) => "Team",
            Self::Patrol { .. } => "Patrol",
            Self::Till(_) => "Till",
            Self::Dispatcher { .. } => "Dispatcher",
            Self::Supervisor { .. } => "Supervisor",
            Self::Programme { .. } => "Programme",
            Self::Analyst { .. } => "Analyst",
            Self::Administrator { .. } => "Administrator",
            Self::Caseworker { .. } => "Caseworker",
            Self::CaseSupervisor { .. } => "CaseSupervisor",
            Self::ServicePartner { .. } => "ServicePartner",
            Self::Duty(_) => "Duty",
            Self::Operator(_) => "Operator",
            Self::Demo(_) => "Demo",
        }
    }
}

impl What {
    /// The schema's type for it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::City => "City",
            Self::Application(_) => "Application",
            Self::Helper(_) => "Helper",
            Self::Walk { .. } => "Walk",
            Self::Alarm { .. } => "Alarm",
            Self::Store { .. } => "Store",
            Self::Shift { .. } => "Shift",
            Self::Seat { .. } => "Seat",
            Self::District(_) => "District",
            Self::Center(_) => "Center",
        }
    }
}

/// The entity types of the schema, read once.
pub(crate) struct Names(BTreeMap<&'static str, EntityTypeName>);

const TYPES: [&str; 28] = [
    "Action",
    "Citizen",
    "Bearer",
    "Watcher",
    "Team",
    "Patrol",
    "Till",
    "Dispatcher",
    "Supervisor",
    "Programme",
    "Analyst",
    "Administrator",
    "Caseworker",
    "CaseSupervisor",
    "ServicePartner",
    "Duty",
    "Operator",
    "Demo",
    "City",
    "Walk",
    "Alarm",
    "Store",
    "Shift",
    "Application",
    "Helper",
    "Seat",
    "District",
    "Center",
];

type Attributes = Vec<(&'static str, RestrictedExpression)>;

fn text(value: &impl ToString) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_string())
}

fn texts(values: &[DistrictCode]) -> RestrictedExpression {
    RestrictedExpression::new_set(values.iter().map(text))
}

impl Names {
    pub(crate) fn new() -> Result<Self, String> {
        let read = |name: &'static str| match EntityTypeName::from_str(name) {
            Ok(read) => Ok((name, read)),
            Err(wrong) => Err(wrong.to_string()),
        };
        Ok(Self(TYPES.into_iter().map(read).collect::<Result<_, _>>()?))
    }

    pub(crate) fn uid(&self, kind: &str, id: &impl ToString) -> Option<EntityUid> {
        let kind = self.0.get(kind)?.clone();
        Some(EntityUid::from_type_name_and_id(kind, EntityId::new(id.to_string())))
    }

    fn reference(&self, kind: &str, id: &impl ToString) -> Option<RestrictedExpression> {
        Some(RestrictedExpression::new_entity_uid(self.uid(kind, id)?))
    }

    fn entity(&self, kind: &str, id: &impl ToString, attributes: Attributes) -> Option<Entity> {
        let attributes: HashMap<String, RestrictedExpression> =
            attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Entity::new(self.uid(kind, id)?, attributes, HashSet::new()).ok()
    }

    pub(crate) fn principal(&self, who: &Who) -> Option<Entity> {
        let kind = who.kind();
        match who {
            Who::Citizen => self.entity(kind, &"anybody", vec![]),
            // The token's thing is all that is known of its holder.
            Who::Applicant(asked) => self.entity(kind, asked, vec![("of", text(asked))]),
            Who::Helper(person) => self.entity(kind, person, vec![("of", text(person))]),
            Who::Requester(walk) | Who::Watcher(walk) => {
                self.entity(kind, walk, vec![("of", text(walk))])
            }
            Who::Sender(alarm) => self.entity(kind, alarm, vec![("of", text(alarm))]),
            Who::Team(team) => self.entity(kind, team, vec![]),
            Who::Till(haven) => self.entity(kind, haven, vec![]),
            Who::Patrol { seat, district } => {
                self.entity(kind, seat, vec![("district", text(district))])
            }
            Who::Dispatcher { person, district }
            | Who::Supervisor { person, district }
            | Who::Programme { person, district }
            | Who::Analyst { person, district }
            | Who::Administrator { person, district } => {
                let attributes = vec![("seat", text(person)), ("district", text(district))];
                self.entity(kind, person, attributes)
            }
            Who::Caseworker { person, center }
            | Who::CaseSupervisor { person, center }
            | Who::ServicePartner { person, center } => {
                let attributes = vec![("seat", text(person)), ("center", text(center))];
                self.entity(kind, person, attributes)
            }
            Who::Duty(person) | Who::Operator(person) => self.entity(kind, person, vec![]),
            Who::Demo(device) => self.entity(kind, device, vec![]),
        }
    }

    pub(crate) fn resource(&self, what: &What) -> Option<Entity> {
        match what {
            What::City => self.entity("City", &"city", vec![]),
            What::Application(asked) => {
                self.entity("Application", asked, vec![("id", text(asked))])
            }
            What::Helper(person) => self.entity("Helper", person, vec![("id", text(person))]),
            What::Walk { walk, districts, rings_everywhere, team, passed, stage } => {
                let passed: Option<Vec<_>> =
                    passed.iter().map(|team| self.reference("Team", team)).collect();
                let mut attributes = vec![
                    ("id", text(walk)),
                    ("districts", texts(districts)),
                    ("rings_everywhere", RestrictedExpression::new_bool(*rings_everywhere)),
                    ("passed", RestrictedExpression::new_set(passed?)),
                    ("stage", text(&stage.text())),
                ];
                if let Some(team) = team {
                    attributes.push(("team", self.reference("Team", team)?));
                }
                self.entity("Walk", walk, attributes)
            }
            What::Alarm { alarm, districts, rings_everywhere, team, till } => {
                let mut attributes = vec![
                    ("id", text(alarm)),
                    ("districts", texts(districts)),
                    ("rings_everywhere", RestrictedExpression::new_bool(*rings_everywhere)),
                ];
                if let Some(team) = team {
                    attributes.push(("team", self.reference("Team", team)?));
                }
                if let Some(till) = till {
                    attributes.push(("till", self.reference("Till", till)?));
                }
                self.entity("Alarm", alarm, attributes)
            }
            What::Store { haven, district } => {
                let till = self.reference("Till", haven)?;
                self.entity("Store", haven, vec![("till", till), ("district", text(district))])
            }
            What::Shift { team, district } => {
                let own = self.reference("Team", team)?;
                self.entity("Shift", team, vec![("team", own), ("district", text(district))])
            }
            What::Seat { seat, district, device, casework } => {
                let attributes = vec![
                    ("id", text(seat)),
                    ("district", text(district)),
                    ("device", RestrictedExpression::new_bool(*device)),
                    ("casework", RestrictedExpression::new_bool(*casework)),
                ];
                self.entity("Seat", seat, attributes)
            }
            What::District(code) => self.entity("District", code, vec![("code", text(code))]),
            What::Center(center) => self.entity("Center", center, vec![("id", text(center))]),
        }
    }
}
