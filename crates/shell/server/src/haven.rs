//! Patrol Houses: for her (open, ready, how far) and for the till.

pub mod near;
pub mod till;

use crate::{
    app::App,
    ground::{Ground, HavenListed},
    night::Night,
};
use ::haven::{Gap, Readiness, Store};
use kernel::Instant;

/// A store as the programme knows it, if it has ever had to do with it.
pub(crate) fn member<'a>(night: &'a Night, listed: &HavenListed) -> Option<&'a Store> {
    let by_id = night.havens.get(&listed.id).map(|story| &story.state);
    by_id.or_else(|| {
        let by_place =
            |story: &&crate::story::Story<Store>| story.state.place == Some(listed.place);
        night.havens.values().find(by_place).map(|story| &story.state)
    })
}

/// Ready or not as it is told, at a moment.
pub(crate) fn readiness(
    app: &App,
    store: Option<&Store>,
    at: Instant,
) -> (wire::haven::Readiness, Vec<Gap>) {
    use wire::haven::Readiness as W;
    let Some(store) = store else { return (W::Unknown, vec![Gap::NotEnlisted]) };
    match store.readiness(at, &app.pack().rules.haven) {
        Readiness::Ready => (W::Ready, Vec::new()),
        Readiness::NotReady(gaps) => {
            let unknown = [Gap::NotEnlisted, Gap::HoursUnknown, Gap::Suspended, Gap::Retired];
            let told = if gaps.contains(&Gap::Closed) {
                W::Closed
            } else if gaps.iter().any(|gap| unknown.contains(gap)) {
                W::Unknown
            } else {
                W::OpenOnly
            };
            (told, gaps)
        }
    }
}

impl App {
    /// Which of the ground's havens are ready at a moment, in its order.
    pub(crate) fn ready_havens(&self, night: &Night, ground: &Ground, at: Instant) -> Vec<bool> {
        ground
            .havens
            .iter()
            .map(|listed| {
                readiness(self, member(night, listed), at).0 == wire::haven::Readiness::Ready
            })
            .collect()
    }
}
