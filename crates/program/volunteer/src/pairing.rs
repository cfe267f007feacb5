//! Who goes with whom: as many teams of two as the rules allow, one veteran with one newcomer in
//! as many of them as possible.

use crate::{Lack, Rules, Standing};
use kernel::{Id, Instant, Span, id, person::Gender};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Whether somebody knows the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seniority {
    /// Has served as long as the rules ask of a veteran.
    Veteran,
    /// Has not.
    Newcomer,
}

impl Seniority {
    /// Of somebody who serves since `since`.
    pub fn of(since: Instant, rules: &Rules, now: Instant) -> Self {
        if now.since(since) >= Span::days(rules.veteran_days.into()) {
            Self::Veteran
        } else {
            Self::Newcomer
        }
    }
}

/// Somebody who could go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// As the volunteer register knows her or him.
    pub standing: Standing,
    /// Whether she or he knows the work.
    pub seniority: Seniority,
}

/// Why somebody is in no team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alone {
    /// May not go out.
    Lacks(Lack),
    /// Nobody is left to go with.
    NobodyLeft,
    /// Only men are left, and a team needs a woman.
    NoWomanLeft,
}

impl Alone {
    /// One of each code, for catalogues and tables.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::NobodyLeft, Self::NoWomanLeft];
        all.extend(Lack::ALL.map(Self::Lacks));
        all
    }

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lacks(lack) => lack.code(),
            Self::NobodyLeft => "volunteer.alone-nobody-left",
            Self::NoWomanLeft => "volunteer.alone-no-woman-left",
        }
    }
}

/// The teams proposed, and who is left with the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// The teams, those with a veteran and a newcomer first.
    pub pairs: Vec<[Standing; 2]>,
    /// Everybody else, in the order given.
    pub alone: Vec<(Id<id::Person>, Alone)>,
}

/// Those of one kind, in the order given.
type Queue = VecDeque<Standing>;

/// The fit, by what the rules look at.
#[derive(Default)]
struct Crew {
    veteran_women: Queue,
    new_women: Queue,
    veteran_others: Queue,
    new_others: Queue,
}

impl Crew {
    fn place(&mut self, one: Candidate, rules: &Rules) {
        // Without the rule nobody's gender matters, and everybody stands in the women's queues.
        let counts = !rules.woman_required || one.standing.gender == Gender::Woman;
        let queue = match (counts, one.seniority) {
            (true, Seniority::Veteran) => &mut self.veteran_women,
            (true, Seniority::Newcomer) => &mut self.new_women,
            (false, Seniority::Veteran) => &mut self.veteran_others,
            (false, Seniority::Newcomer) => &mut self.new_others,
        };
        queue.push_back(one.standing);
    }

    /// How many teams of two women, one veteran and one newcomer, to make first. A woman who goes
    /// with a man makes one more team possible, so while men wait the mixed teams of women cost;
    /// among so few people trying each number is quick and obvious.
    fn mixed_women(&self) -> usize {
        let [vw, nw, vo, no] =
            [&self.veteran_women, &self.new_women, &self.veteran_others, &self.new_others]
                .map(VecDeque::len);
        let worth = |among_women: usize| {
            let with_others = (vw - among_women).min(no) + (nw - among_women).min(vo);
            let women = vw + nw - 2 * among_women - with_others;
            let others = vo + no - with_others;
            let same = women.min(others) + women.saturating_sub(others) / 2;
            (among_women + with_others + same, among_women + with_others)
        };
        // Of equals the fewest: more teams then have somebody of each kind.
        (0..=vw.min(nw)).rev().max_by_key(|count| worth(*count)).unwrap_or(0)
    }
}

/// Takes a pair from two queues, if both have somebody.
fn couple(first: &mut Queue, second: &mut Queue) -> Option<[Standing; 2]> {
    if first.is_empty() || second.is_empty() {
        return None;
    }
    Some([first.pop_front()?, second.pop_front()?])
}

/// Makes as many teams as possible of those who may go out at `at`, then as many of them as
/// possible of a veteran and a newcomer. Whoever stands earlier in `people` is placed earlier, so
/// the last to sign up is the one left over.
pub fn pair(people: &[Candidate], rules: &Rules, at: Instant) -> Pairing {
    let mut crew = Crew::default();
    let mut pairing = Pairing::default();
    let mut lacking = Vec::new();
    for one in people {
        match one.standing.lacks(at).first() {
            Some(lack) => lacking.push((one.standing.person, Alone::Lacks(*lack))),
            None => crew.place(*one, rules),
        }
    }
    let mixed = crew.mixed_women();
    let Crew { mut veteran_women, mut new_women, mut veteran_others, mut new_others } = crew;
    let pairs = &mut pairing.pairs;
    for _ in 0..mixed {
        pairs.extend(couple(&mut veteran_women, &mut new_women));
    }
    while let Some(two) = couple(&mut veteran_women, &mut new_others) {
        pairs.push(two);
    }
    while let Some(two) = couple(&mut new_women, &mut veteran_others) {
        pairs.push(two);
    }
    // What is left has no mixed team in it: first a woman with somebody else, then two women.
    let order = |queue: Queue, other: Queue| {
        let mut all: Vec<Standing> = queue.into_iter().chain(other).collect();
        let place = |one: &Standing| people.iter().position(|p| p.standing.person == one.person);
        all.sort_by_key(place);
        Queue::from(all)
    };
    let mut women = order(veteran_women, new_women);
    let mut others = order(veteran_others, new_others);
    while let Some(two) = couple(&mut women, &mut others) {
        pairs.push(two);
    }
    let (two_by_two, last) = women.make_contiguous().as_chunks::<2>();
    pairs.extend_from_slice(two_by_two);
    let why = |one: &Standing| match one.gender {
        Gender::Woman => Alone::NobodyLeft,
        _ if others.len() > 1 => Alone::NoWomanLeft,
        _ => Alone::NobodyLeft,
    };
    let left = last.iter().chain(&others).map(|one| (one.person, why(one)));
    pairing.alone = lacking.into_iter().chain(left).collect();
    pairing
        .alone
        .sort_by_key(|(person, _)| people.iter().position(|p| p.standing.person == *person));
    pairing
}

#[cfg(test)]
mod tests;
