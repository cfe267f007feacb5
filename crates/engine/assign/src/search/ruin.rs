//! Ruin: strings cut out of the chains around one request.

use super::Search;
use crate::night::{RequestNo, TeamNo};
use crate::plan::Standing;

impl Search<'_> {
    /// Cuts strings out of the chains around one request.
    pub(super) fn ruin(&mut self) {
        self.removed.clear();
        let seed = self.seed();
        let served = self.open.len() - self.plan.unserved.len();
        let mean = (served / self.plan.chains.len().max(1)).max(1);
        let longest = self.tuning.string.min(mean.max(1) + 1);
        let strings_most = (4 * self.tuning.removed) / (1 + longest);
        let strings = 1 + self.dice.below(strings_most.max(1));
        let mut cut = 0;
        let near = self.near.requests(seed).len();
        for nth in 0..=near {
            if cut == strings {
                break;
            }
            let request = match nth.checked_sub(1) {
                None => seed,
                Some(at) => self.near.requests(seed)[at],
            };
            let Some(team) = self.plan.planned(request) else { continue };
            if self.undo.stamp[team.0 as usize] == self.round {
                continue;
            }
            self.cut(team, request, longest);
            cut += 1;
        }
        // An unserved seed whose neighbors are all unserved too: its teams at least are tried.
        if cut == 0 {
            let teams: Vec<TeamNo> = self.near.teams(seed).to_vec();
            for team in teams {
                self.touch(team);
            }
        }
    }

    fn seed(&mut self) -> RequestNo {
        let unserved = self.plan.unserved.len();
        if unserved > 0 && self.dice.chance(self.tuning.from_unserved) {
            return self.plan.unserved[self.dice.below(unserved)];
        }
        self.open[self.dice.below(self.open.len())]
    }

    /// Takes a string of at most `longest` requests, one of them `through`, out of a chain.
    fn cut(&mut self, team: TeamNo, through: RequestNo, longest: usize) {
        self.touch(team);
        let first = self.removed.len();
        self.removed.extend(self.plan.movable(team));
        // People on board are not movable; their slots are no pickups, so they are not listed.
        let count = self.removed.len() - first;
        let length = 1 + self.dice.below(longest.min(count));
        let at = self.removed[first..].iter().position(|&r| r == through).unwrap_or(0);
        let earliest = (at + 1).saturating_sub(length);
        let latest = at.min(count - length);
        let start = earliest + self.dice.below(latest - earliest + 1);
        // With a gap in the string now and then: some in its middle stay.
        self.removed.truncate(first + start + length);
        self.removed.drain(first..first + start);
        if length > 2 && self.dice.chance(300) {
            let stays = 1 + self.dice.below(length - 2);
            self.removed.remove(first + stays);
        }
        for &request in &self.removed[first..] {
            self.plan.standing[request.0 as usize] = Standing::Unserved;
        }
        let gone = &self.removed[first..];
        self.plan.take(team, |request| gone.contains(&request));
    }
}
