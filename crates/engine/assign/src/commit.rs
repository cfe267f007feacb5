//! What has started stays: legs leave the plan for good when their team must go.

use crate::chain::Head;
use crate::dispatch::Committed;
use crate::night::{RequestNo, TeamNo};
use crate::plan::{Plan, Standing};

impl Plan {
    /// Commits a team to its next leg if it must leave by now.
    pub(crate) fn commit_due(&mut self, team: TeamNo, now_s: i32) -> Option<Committed> {
        let chain = &mut self.chains[team.0 as usize];
        let slot = *chain.slots.first()?;
        let walk_s = self.table.seconds(chain.head.place, slot.place);
        let leave_s = slot.begin_s - walk_s;
        if leave_s > now_s {
            return None;
        }
        if chain.head.load == 0 {
            chain.walked_s += walk_s;
        }
        chain.slots.remove(0);
        chain.head =
            Head { place: slot.place, leave_s: slot.leave_s, load: slot.load, shares: slot.shares };
        chain.settle(&self.trips, &self.table);
        let request = slot.stop.request();
        let meets = slot.stop.is_pickup();
        self.standing[request.0 as usize] =
            if meets { Standing::Aboard(team) } else { Standing::Closed };
        Some(Committed { team, request, meets, leave_s, begin_s: slot.begin_s })
    }

    /// A team that has not left yet leaves now at the earliest.
    pub(crate) fn wait_until(&mut self, team: TeamNo, now_s: i32) {
        let chain = &mut self.chains[team.0 as usize];
        if chain.head.leave_s < now_s {
            chain.head.leave_s = now_s;
            chain.settle(&self.trips, &self.table);
        }
    }

    /// No longer the plan's to serve.
    pub(crate) fn close(&mut self, request: RequestNo) {
        self.unserved.retain(|&other| other != request);
        self.standing[request.0 as usize] = Standing::Closed;
    }

    /// Moves the windows of the doors ahead, and the end of the shift, to where they can be kept.
    pub(crate) fn forgive(&mut self, team: TeamNo) {
        let chain = &mut self.chains[team.0 as usize];
        for slot in &chain.slots {
            let trip = &mut self.trips[slot.stop.request().0 as usize];
            trip.home_by_s = trip.home_by_s.max(slot.begin_s);
        }
        if let Some(last) = chain.slots.last() {
            let back_s = last.leave_s + self.table.seconds(last.place, chain.post);
            chain.off_s = chain.off_s.max(back_s);
        }
        chain.settle(&self.trips, &self.table);
    }
}
