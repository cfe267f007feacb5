//! Recreate by regret: first whoever would lose most by having to go elsewhere.

use super::Search;
use crate::fit::Fit;
use crate::night::{RequestNo, TeamNo};

/// Somebody to be put back, with the cheapest place and the next chain's.
struct Choice {
    request: RequestNo,
    was_served: bool,
    first: Option<(TeamNo, Fit)>,
    second: Option<(TeamNo, i32)>,
}

impl Choice {
    /// What going elsewhere would cost more; nothing comes before having one place only.
    fn regret(&self) -> i64 {
        match (self.first, self.second) {
            (Some((_, first)), Some((_, second))) => i64::from(second) - i64::from(first.cost),
            (Some((_, first)), None) => (1 << 40) - i64::from(first.cost),
            (None, _) => i64::MIN,
        }
    }

    fn offer(&mut self, team: TeamNo, fit: Fit) {
        if self.first.is_none_or(|(_, first)| fit.cost < first.cost) {
            self.second = self.first.map(|(team, first)| (team, first.cost));
            self.first = Some((team, fit));
        } else if self.second.is_none_or(|(_, second)| fit.cost < second) {
            self.second = Some((team, fit.cost));
        }
    }

    fn rests_on(&self, team: TeamNo) -> bool {
        self.first.is_some_and(|(first, _)| first == team)
            || self.second.is_some_and(|(second, _)| second == team)
    }
}

impl Search<'_> {
    /// Puts everybody back who fits, the greatest regret first.
    pub(super) fn recreate_by_regret(&mut self) {
        let removed = self.removed.iter().map(|&request| (request, true));
        let before = self.plan.unserved.iter().map(|&request| (request, false));
        let bank: Vec<(RequestNo, bool)> = removed.chain(before).collect();
        self.plan.unserved.clear();
        let mut choices: Vec<Choice> =
            bank.into_iter().map(|(request, served)| self.choose(request, served)).collect();
        while let Some(at) = most(&choices) {
            let choice = choices.swap_remove(at);
            let Some((team, fit)) = choice.first else { break };
            self.touch(team);
            self.plan.put(choice.request, team, fit);
            for choice in &mut choices {
                if choice.rests_on(team) {
                    *choice = self.choose(choice.request, choice.was_served);
                } else {
                    self.offer(choice, team);
                }
            }
        }
        for choice in choices {
            self.absent[choice.request.0 as usize] += 1;
            self.plan.unserved.push(choice.request);
        }
    }

    fn choose(&mut self, request: RequestNo, was_served: bool) -> Choice {
        let mut choice = Choice { request, was_served, first: None, second: None };
        for at in 0..self.undo.chains.len() {
            let team = self.undo.chains[at].0;
            self.offer(&mut choice, team);
        }
        if was_served {
            self.look_around(request);
            for &team in &self.around {
                self.offer(&mut choice, team);
            }
        }
        choice
    }

    fn offer(&self, choice: &mut Choice, team: TeamNo) {
        let plan = &*self.plan;
        let limit = choice.second.map_or(i32::MAX, |(_, cost)| cost);
        let fitting = plan.fitting(plan.trip(choice.request));
        if let Some(fit) = fitting.best(plan.chain(team), limit, || false) {
            choice.offer(team, fit);
        }
    }
}

/// Whose regret is greatest, of those with a place at all.
fn most(choices: &[Choice]) -> Option<usize> {
    let with_place = choices.iter().enumerate().filter(|(_, choice)| choice.first.is_some());
    with_place.max_by_key(|(_, choice)| choice.regret()).map(|(at, _)| at)
}
