//! What other words do when a sighting has news: what is broken becomes a defect of the register,
//! what is repaired closes the sighting, and what was of use counts for those who noticed it.

use crate::app::App;
use ::environment::{Defect, defect};
use ::patrol::{
    Sighting,
    sighting::{self, Command, Event, Receiver, Spotter},
};
use ::volunteer::{Ledger, Team, ledger};
use kernel::{Actor, Id, Instant};
use store::{Context, Failure, Recorded};

/// Carries what a sighting or a defect tells to whom it concerns.
pub(crate) async fn carry(app: &App, recorded: &Recorded) -> Result<(), Failure> {
    if recorded.id::<Defect>().is_some() {
        return repaired(app, recorded).await;
    }
    if recorded.id::<Sighting>().is_none() {
        return Ok(());
    }
    match recorded.decode::<Sighting>()? {
        Event::HandedOver { to: Receiver::Environment(part) } => note(app, recorded, part).await,
        Event::Closed { outcome } if outcome.of_use() => count(app, recorded).await,
        _ => Ok(()),
    }
}

const fn part_of(part: sighting::Defect) -> defect::Part {
    match part {
        sighting::Defect::Lamp => defect::Part::Lamp,
        sighting::Defect::Camera => defect::Part::Camera,
        sighting::Defect::Bell => defect::Part::Bell,
        sighting::Defect::Sign => defect::Part::Sign,
        sighting::Defect::Ground => defect::Part::Ground,
        sighting::Defect::View => defect::Part::View,
        sighting::Defect::Building => defect::Part::Building,
    }
}

/// The register takes what is broken, and says so in the same transaction: it has it from then on.
/// A defect is known by its sighting, so told twice it is one.
async fn note(app: &App, recorded: &Recorded, part: sighting::Defect) -> Result<(), Failure> {
    let id = recorded.id_bits;
    app.store()
        .transact("patrol::to_register", async |tx| {
            let known = tx.load::<Sighting>(Id::from_bits(id)).await?.state;
            let (Some(spot), Some(district)) = (known.spot, known.district) else { return Ok(()) };
            let spot = match spot {
                sighting::Spot::Place(place) => defect::Spot::Place(place),
                sighting::Spot::Private(row) => defect::Spot::Private(row),
            };
            let context = Context::new(Actor::Relay, app.now()).in_district(district.clone());
            let noticed_at = known.first_at.unwrap_or(Instant::default());
            let command = defect::Command::Note { part: part_of(part), district, spot, noticed_at };
            let rules = &app.pack().rules;
            settled(
                tx.act::<Defect>(Id::from_bits(id), command, &rules.environment, &context).await,
            )?;
            let has = Command::Acknowledge;
            settled(tx.act::<Sighting>(Id::from_bits(id), has, &rules.patrol, &context).await)
        })
        .await
}

/// What became of a defect became of its sighting.
async fn repaired(app: &App, recorded: &Recorded) -> Result<(), Failure> {
    let defect::Event::Closed { outcome } = recorded.decode::<Defect>()? else { return Ok(()) };
    let outcome = match outcome {
        defect::Outcome::Repaired => sighting::Outcome::Repaired,
        defect::Outcome::NothingThere => sighting::Outcome::NothingThere,
        defect::Outcome::KnownAlready => sighting::Outcome::KnownAlready,
    };
    let context = Context::new(Actor::Relay, app.now());
    let closed = app
        .store()
        .transact("patrol::repaired", async |tx| {
            let command = Command::Close { outcome };
            super::sighting::act(app, tx, Id::from_bits(recorded.id_bits), command, &context).await
        })
        .await;
    match closed {
        Err(crate::problem::Turned::Failed(failure)) => Err(failure),
        // Closed by a person meanwhile, or never a sighting: nothing is left to say.
        _ => Ok(()),
    }
}

/// A report of use counts once for each of the two.
async fn count(app: &App, recorded: &Recorded) -> Result<(), Failure> {
    let Some(sighting) = recorded.id::<Sighting>() else { return Ok(()) };
    let context = Context::new(Actor::Relay, app.now());
    app.store()
        .transact("patrol::count", async |tx| {
            let people = match tx.load::<Sighting>(sighting).await?.state.by {
                Some(Spotter::Team(team)) => {
                    tx.load::<Team>(team).await?.state.members.map_or(vec![], |two| two.to_vec())
                }
                Some(Spotter::Person(person)) => vec![person],
                None => Vec::new(),
            };
            for person in people {
                let command = ledger::Command::CountReport { sighting };
                let rules = &app.pack().rules.volunteer;
                settled(tx.act::<Ledger>(person, command, rules, &context).await)?;
            }
            Ok(())
        })
        .await
}

/// A refusal here means there is nothing to carry any more.
fn settled<T, R: std::fmt::Debug>(acted: Result<T, store::Stopped<R>>) -> Result<(), Failure> {
    match acted {
        Ok(_) | Err(store::Stopped::Refused(_)) => Ok(()),
        Err(store::Stopped::Failed(failure)) => Err(failure),
    }
}
