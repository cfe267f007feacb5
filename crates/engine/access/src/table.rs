//! The policies as the table they amount to: who, in which situation, may do what. Reviewed as a
//! whole whenever a policy changes.

use crate::{Access, Action, Stage, What, Who};
use kernel::{DistrictCode, Id};
use std::fmt;

/// Somebody, and whether what they ask about is theirs.
struct Situation {
    column: &'static str,
    who: Who,
    /// A walk, an alarm, a store, a shift, a seat, a district, an application, a helper's page and a
    /// center as they are to this asker.
    things: [What; 9],
}

const OWN: u128 = 1;
const OTHER: u128 = 2;
/// A seat that is no asker's own.
const COLLEAGUE: u128 = 7;

fn district(code: &str) -> Vec<DistrictCode> {
    DistrictCode::try_from(code.to_owned()).into_iter().collect()
}

/// A seat: whether it is a device's, whether a caseworker's.
fn seat(number: u128, district: &DistrictCode, (device, casework): (bool, bool)) -> What {
    What::Seat { seat: Id::from_bits(number), district: district.clone(), device, casework }
}

/// The things of district `here`, of the team and the store numbered `number`.
fn things(number: u128, here: &str, rings_everywhere: bool, stage: Stage) -> Option<[What; 9]> {
    let districts = district(here);
    let one = districts.first()?.clone();
    Some([
        What::Walk {
            walk: Id::from_bits(number),
            districts: districts.clone(),
            rings_everywhere,
            team: Some(Id::from_bits(number)),
            passed: Vec::new(),
            stage,
        },
        What::Alarm {
            alarm: Id::from_bits(number),
            districts,
            rings_everywhere,
            team: Some(Id::from_bits(number)),
            till: Some(Id::from_bits(number)),
        },
        What::Store { haven: Id::from_bits(number), district: one.clone() },
        What::Shift { team: Id::from_bits(number), district: one.clone() },
        seat(COLLEAGUE, &one, (true, false)),
        What::District(one),
        What::Application(Id::from_bits(number)),
        What::Helper(Id::from_bits(number)),
        What::Center(Id::from_bits(number)),
    ])
}

/// The same, of a walk the team let pass.
fn passed_by(number: u128, stage: Stage) -> Option<[What; 9]> {
    let mut all = things(OTHER, "gwanak", false, stage)?;
    if let What::Walk { passed, .. } = &mut all[0] {
        passed.push(Id::from_bits(number));
    }
    Some(all)
}

/// Things of another district `here`, where the seat is somebody's with a passkey: the asker's own
/// or a colleague's.
fn passkey_seat(seat: u128, here: &str) -> Option<[What; 9]> {
    let mut all = things(OTHER, here, false, Stage::BeforeMet)?;
    all[4] = self::seat(seat, district(here).first()?, (false, false));
    Some(all)
}

/// The same, where the seat is a caseworker's; the center is that of number `center`.
fn caseworker_seat(seat: u128, here: &str, center: u128) -> Option<[What; 9]> {
    let mut all = passkey_seat(seat, here)?;
    all[4] = self::seat(seat, district(here).first()?, (false, true));
    all[8] = What::Center(Id::from_bits(center));
    Some(all)
}

fn street() -> Option<Vec<(&'static str, Who, [What; 9])>> {
    let own = |stage| things(OWN, "gwanak", false, stage);
    let other = |stage| things(OTHER, "gwanak", false, stage);
    let team = Who::Team(Id::from_bits(OWN));
    let till = Who::Till(Id::from_bits(OWN));
    let requester = Who::Requester(Id::from_bits(OWN));
    let sender = Who::Sender(Id::from_bits(OWN));
    let watcher = Who::Watcher(Id::from_bits(OWN));
    let patrol =
        Who::Patrol { seat: Id::from_bits(OWN), district: district("gwanak").first()?.clone() };
    let applicant = Who::Applicant(Id::from_bits(OWN));
    let helper = Who::Helper(Id::from_bits(OWN));
    let before = Stage::BeforeMet;
    Some(vec![
        ("citizen", Who::Citizen, other(before)?),
        ("requester, own walk", requester.clone(), own(before)?),
        ("requester, own walk ended", requester.clone(), own(Stage::Ended)?),
        ("requester, another's", requester, other(before)?),
        ("sender, own alarm", sender.clone(), own(before)?),
        ("sender, another's", sender, other(before)?),
        ("watcher, walk she was shown", watcher.clone(), own(Stage::Met)?),
        ("watcher, that walk ended", watcher.clone(), own(Stage::Ended)?),
        ("watcher, another's", watcher, other(Stage::Met)?),
        ("team, walk offered to it", team.clone(), own(Stage::Offered)?),
        ("team, own walk before met", team.clone(), own(before)?),
        ("team, own walk once met", team.clone(), own(Stage::Met)?),
        ("team, own walk ended", team.clone(), own(Stage::Ended)?),
        ("team, walk it let pass", team.clone(), passed_by(OWN, before)?),
        ("team, that walk ended", team.clone(), passed_by(OWN, Stage::Ended)?),
        ("team, another's", team, other(Stage::Met)?),
        ("applicant, own application", applicant.clone(), own(before)?),
        ("applicant, another's", applicant, other(before)?),
        ("helper, own page", helper.clone(), own(before)?),
        ("helper, another's", helper, other(before)?),
        ("patrol, own district", patrol.clone(), other(before)?),
        ("patrol, another district", patrol, things(OTHER, "dongjak", true, before)?),
        ("till, own store", till.clone(), own(before)?),
        ("till, another's", till, other(before)?),
    ])
}

fn offices() -> Option<Vec<(&'static str, Who, [What; 9])>> {
    let other = |stage| things(OTHER, "gwanak", false, stage);
    let abroad = |rings| things(OTHER, "dongjak", rings, Stage::BeforeMet);
    let here = district("gwanak").first()?.clone();
    let person = Id::from_bits(OWN);
    let desk = Who::Dispatcher { person, district: here.clone() };
    let supervisor = Who::Supervisor { person, district: here.clone() };
    let programme = Who::Programme { person, district: here.clone() };
    let analyst = Who::Analyst { person, district: here.clone() };
    let administrator = Who::Administrator { person, district: here };
    let duty = Who::Duty(person);
    let before = Stage::BeforeMet;
    let colleague = || passkey_seat(COLLEAGUE, "gwanak");
    let own_seat = || passkey_seat(OWN, "gwanak");
    let caseworker = |seat, center| caseworker_seat(seat, "gwanak", center);
    Some(vec![
        ("desk, own district", desk.clone(), other(before)?),
        ("desk, own district, ended", desk.clone(), other(Stage::Ended)?),
        ("desk, another district", desk.clone(), abroad(false)?),
        ("desk, rings everywhere", desk.clone(), abroad(true)?),
        ("desk, a colleague's seat", desk.clone(), colleague()?),
        ("desk, own seat", desk, own_seat()?),
        ("supervisor", supervisor.clone(), abroad(true)?),
        ("supervisor, own seat", supervisor, own_seat()?),
        ("programme, own district", programme.clone(), other(before)?),
        ("programme, another district", programme.clone(), abroad(true)?),
        ("programme, a colleague's seat", programme.clone(), colleague()?),
        ("programme, own seat", programme, own_seat()?),
        ("analyst, own district", analyst.clone(), other(before)?),
        ("analyst, another district", analyst.clone(), abroad(true)?),
        ("analyst, own seat", analyst, own_seat()?),
        ("administrator, own district", administrator.clone(), other(before)?),
        ("administrator, another district", administrator.clone(), abroad(true)?),
        ("administrator, a colleague's seat", administrator.clone(), colleague()?),
        (
            "administrator, a caseworker's seat",
            administrator.clone(),
            caseworker(COLLEAGUE, OTHER)?,
        ),
        ("administrator, own seat", administrator, own_seat()?),
        ("duty officer", duty.clone(), other(before)?),
        ("duty officer, ended", duty, other(Stage::Ended)?),
        ("operator", Who::Operator(person), other(before)?),
        ("demo screen", Who::Demo(Id::from_bits(OWN)), other(before)?),
    ])
}

/// Those who work at a center of the one-stop network.
fn centers() -> Option<Vec<(&'static str, Who, [What; 9])>> {
    let person = Id::from_bits(OWN);
    let at_center = Who::Caseworker { person, center: Id::from_bits(OWN) };
    let approves = Who::CaseSupervisor { person, center: Id::from_bits(OWN) };
    let partner = Who::ServicePartner { person, center: Id::from_bits(OWN) };
    let caseworker = |seat, center| caseworker_seat(seat, "gwanak", center);
    Some(vec![
        ("caseworker, own center", at_center.clone(), caseworker(COLLEAGUE, OWN)?),
        ("caseworker, another center", at_center.clone(), caseworker(COLLEAGUE, OTHER)?),
        ("caseworker, own seat", at_center, caseworker(OWN, OTHER)?),
        ("case supervisor, own center", approves.clone(), caseworker(COLLEAGUE, OWN)?),
        ("case supervisor, another center", approves.clone(), caseworker(COLLEAGUE, OTHER)?),
        ("case supervisor, own seat", approves, caseworker(OWN, OTHER)?),
        ("service partner, own center", partner.clone(), caseworker(COLLEAGUE, OWN)?),
        ("service partner, another center", partner.clone(), caseworker(COLLEAGUE, OTHER)?),
        ("service partner, own seat", partner, caseworker(OWN, OTHER)?),
    ])
}

/// The role × action table: a row per action, a column per situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    columns: Vec<&'static str>,
    rows: Vec<(Action, Vec<bool>)>,
}

/// The table these policies amount to.
pub fn table(access: &Access) -> Table {
    let all = street().into_iter().chain(offices()).chain(centers()).flatten();
    let situations: Vec<Situation> =
        all.map(|(column, who, things)| Situation { column, who, things }).collect();
    let row = |action| {
        let cells = situations.iter().map(|situation| may(access, situation, action));
        (action, cells.collect())
    };
    Table {
        columns: situations.iter().map(|situation| situation.column).collect(),
        rows: Action::ALL.into_iter().map(row).collect(),
    }
}

/// Whether the action is allowed on whichever thing it is about.
fn may(access: &Access, situation: &Situation, action: Action) -> bool {
    let about = situation.things.iter().chain(std::iter::once(&What::City));
    about.into_iter().any(|what| access.decide(&situation.who, action, what).allowed())
}

impl Table {
    /// The cells in which another table differs: `escort.view × citizen`.
    pub fn turned(&self, other: &Self) -> Vec<String> {
        let mut turned = Vec::new();
        for ((action, mine), (_, theirs)) in self.rows.iter().zip(&other.rows) {
            let cells = self.columns.iter().zip(mine.iter().zip(theirs));
            let differ = cells.filter(|(_, (mine, theirs))| mine != theirs);
            turned.extend(differ.map(|(column, _)| format!("{} × {column}", action.name())));
        }
        turned
    }
}

impl fmt::Display for Table {
    /// One numbered column per situation, one row per action; `✔` where it is allowed on the thing
    /// the action is about, `✘` where it is hidden.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, column) in self.columns.iter().enumerate() {
            writeln!(f, "{:>2} {column}", number + 1)?;
        }
        write!(f, "{:22}", "")?;
        for number in 1..=self.columns.len() {
            write!(f, "{number:>3}")?;
        }
        writeln!(f)?;
        for (action, cells) in &self.rows {
            write!(f, "{:22}", action.name())?;
            for cell in cells {
                write!(f, "  {}", if *cell { '✔' } else { '✘' })?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
