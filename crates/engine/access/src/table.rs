//! The policies as the table they amount to: who, in which situation, may do what. Reviewed as a
//! whole whenever a policy changes.

use crate::{Access, Action, Stage, Verdict, What, Who};
use kernel::{DistrictCode, Id};
use std::fmt::Write;

/// Somebody, and whether what they ask about is theirs.
struct Situation {
    column: &'static str,
    who: Who,
    /// A walk, an alarm, a store and a shift as they are to this asker.
    things: [What; 4],
}

const OWN: u128 = 1;
const OTHER: u128 = 2;

fn district(code: &str) -> Vec<DistrictCode> {
    DistrictCode::try_from(code.to_owned()).into_iter().collect()
}

/// The things of district `here`, of the team and the store numbered `number`.
fn things(number: u128, here: &str, rings_everywhere: bool, stage: Stage) -> Option<[What; 4]> {
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
        What::Shift { team: Id::from_bits(number), district: one },
    ])
}

/// The same, of a walk the team let pass.
fn passed_by(number: u128) -> Option<[What; 4]> {
    let mut all = things(OTHER, "gwanak", false, Stage::BeforeMet)?;
    if let What::Walk { passed, .. } = &mut all[0] {
        passed.push(Id::from_bits(number));
    }
    Some(all)
}

fn situations() -> Option<Vec<Situation>> {
    let own = |stage| things(OWN, "gwanak", false, stage);
    let other = |stage| things(OTHER, "gwanak", false, stage);
    let team = Who::Team(Id::from_bits(OWN));
    let till = Who::Till(Id::from_bits(OWN));
    let requester = Who::Requester(Id::from_bits(OWN));
    let sender = Who::Sender(Id::from_bits(OWN));
    let desk = Who::Dispatcher {
        person: Id::from_bits(OWN),
        district: district("gwanak").first()?.clone(),
    };
    let duty = Who::Duty(Id::from_bits(OWN));
    let before = Stage::BeforeMet;
    let rows = [
        ("citizen", Who::Citizen, other(before)?),
        ("requester, own walk", requester.clone(), own(before)?),
        ("requester, own walk ended", requester.clone(), own(Stage::Ended)?),
        ("requester, another's", requester, other(before)?),
        ("sender, own alarm", sender.clone(), own(before)?),
        ("sender, another's", sender, other(before)?),
        ("team, walk offered to it", team.clone(), own(Stage::Offered)?),
        ("team, own walk before met", team.clone(), own(before)?),
        ("team, own walk once met", team.clone(), own(Stage::Met)?),
        ("team, own walk ended", team.clone(), own(Stage::Ended)?),
        ("team, walk it let pass", team.clone(), passed_by(OWN)?),
        ("team, another's", team, other(Stage::Met)?),
        ("till, own store", till.clone(), own(before)?),
        ("till, another's", till, other(before)?),
        ("desk, own district", desk.clone(), other(before)?),
        ("desk, own district, ended", desk.clone(), other(Stage::Ended)?),
        ("desk, another district", desk.clone(), things(OTHER, "dongjak", false, before)?),
        ("desk, rings everywhere", desk, things(OTHER, "dongjak", true, before)?),
        ("duty officer", duty.clone(), other(before)?),
        ("duty officer, ended", duty, other(Stage::Ended)?),
        ("operator", Who::Operator(Id::from_bits(OWN)), other(before)?),
        ("demo screen", Who::Demo(Id::from_bits(OWN)), other(before)?),
        ("supervisor", Who::Supervisor(Id::from_bits(OWN)), other(before)?),
    ];
    let build = |(column, who, things)| Situation { column, who, things };
    Some(rows.into_iter().map(build).collect())
}

/// The role × action table: one numbered column per situation, one row per action; `✔` where it
/// is allowed on the thing the action is about, `·` where it is hidden.
pub fn table(access: &Access) -> String {
    let situations = situations().unwrap_or_default();
    let mut text = String::new();
    // Writing to a string cannot fail.
    for (number, situation) in situations.iter().enumerate() {
        let _ = writeln!(text, "{:>2} {}", number + 1, situation.column);
    }
    let _ = write!(text, "{:22}", "");
    for number in 1..=situations.len() {
        let _ = write!(text, "{number:>3}");
    }
    text.push('\n');
    for action in Action::ALL {
        let _ = write!(text, "{:22}", action.name());
        for situation in &situations {
            let cell = match may(access, situation, action) {
                Verdict::Allowed => '✔',
                Verdict::Hidden => '·',
            };
            let _ = write!(text, "{cell:>3}");
        }
        text.push('\n');
    }
    text
}

/// Whether the action is allowed on whichever thing it is about.
fn may(access: &Access, situation: &Situation, action: Action) -> Verdict {
    let city = std::iter::once(&What::City);
    let allowed = situation
        .things
        .iter()
        .chain(city)
        .any(|what| access.decide(&situation.who, action, what).allowed());
    if allowed { Verdict::Allowed } else { Verdict::Hidden }
}
