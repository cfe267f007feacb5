//! What the store holds beside the journal, read for the invariants that need it.

use super::house::Open;
use super::invariants::Standing;
use kernel::{Id, Instant, id};
use std::collections::{BTreeMap, BTreeSet};
use store::{Due, Failure};

/// Deadlines read at most: three for everything that can be live in a city.
const DEADLINES: u32 = 100_000;
/// Later than any deadline.
const LATER: Instant = Instant::from_millis(i64::MAX);

fn name(due: &Due) -> Option<String> {
    Some(match super::chronicle::prefix(&due.stream)? {
        "esc" => Id::<id::Escort>::from_bits(due.id_bits).to_string(),
        "alm" => Id::<id::Alarm>::from_bits(due.id_bits).to_string(),
        "tem" => Id::<id::Team>::from_bits(due.id_bits).to_string(),
        _ => return None,
    })
}

/// Reads it. `alarms` that are self-tests are on no list.
pub(super) async fn read(
    open: &Open,
    now: Instant,
    is_test: impl Fn(&str) -> bool,
) -> Result<Standing, Failure> {
    let mut standing = Standing::default();
    for due in open.store.due(LATER, DEADLINES).await? {
        let Some(name) = name(&due) else { continue };
        if due.due_at <= now {
            standing.overdue.push(format!("{name} {}", due.name));
        }
        let soonest = standing.deadlines.entry(name).or_insert(due.due_at);
        *soonest = (*soonest).min(due.due_at);
    }
    let walks = open.store.desk_queue(None).await?;
    standing.walks = walks.into_iter().map(|one| one.id.to_string()).collect();
    let alarms = open.store.open_alarms(None).await?;
    let alarms = alarms.into_iter().map(|one| one.id.to_string());
    standing.alarms = alarms.filter(|id| !is_test(id)).collect::<BTreeSet<_>>();
    let teams = open.store.teams(None).await?;
    let engaged = teams
        .into_iter()
        .filter_map(|one| one.state.walk().map(|walk| (one.id.to_string(), walk.to_string())));
    standing.engaged = engaged.collect::<BTreeMap<_, _>>();
    Ok(standing)
}

/// Reads the whole record as an auditor would: its chain, and every list made anew beside it.
pub(super) async fn audit(open: &Open, standing: &mut Standing) -> Result<String, Failure> {
    let verified = open.store.verify(&[]).await?;
    if let Some(broken) = verified.broken {
        standing.unsound.push(format!("event {}: {:?}", broken.number, broken.what));
    }
    let lists = open.store.check_projections().await?;
    standing.unsound.extend(lists.differing().into_iter().map(|table| format!("list {table}")));
    Ok(verified.hash)
}
