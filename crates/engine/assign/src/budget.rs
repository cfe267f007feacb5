//! How long an improvement may take. The clock is the caller's: a closure, so that tests step it.

/// When to stop.
#[derive(Clone, Copy)]
pub enum Budget<'a> {
    /// After so many rounds: the same seed then gives the same plan on every machine.
    Rounds(u64),
    /// When `clock` says that `seconds` have passed. It is read every few rounds.
    Seconds {
        /// How long, from the first reading of the clock.
        seconds: f64,
        /// Seconds from any instant, never running back.
        clock: &'a dyn Fn() -> f64,
    },
}

impl Budget<'_> {
    /// What the clock says; 0 where rounds are counted.
    pub(crate) fn now_s(self) -> f64 {
        match self {
            Self::Rounds(_) => 0.0,
            Self::Seconds { clock, .. } => clock(),
        }
    }

    /// What is left of a budget that began at `start_s`.
    pub(crate) fn since(self, start_s: f64) -> Self {
        match self {
            Self::Rounds(_) => self,
            Self::Seconds { seconds, clock } => {
                Self::Seconds { seconds: seconds - (clock() - start_s), clock }
            }
        }
    }
}

/// A budget being spent.
pub(crate) struct Spending<'a> {
    budget: Budget<'a>,
    start_s: f64,
    rounds: u64,
    share: f64,
}

/// A round takes some tens of microseconds; reading a clock in each would cost a hundredth of it.
const ROUNDS_PER_READING: u64 = 8;

impl<'a> Spending<'a> {
    pub(crate) fn new(budget: Budget<'a>) -> Self {
        Self { budget, start_s: budget.now_s(), rounds: 0, share: 0.0 }
    }

    /// Goes on to the next round: the share of the budget already spent, `None` when it is all.
    pub(crate) fn next(&mut self) -> Option<f64> {
        self.share = match self.budget {
            Budget::Rounds(rounds) => self.rounds as f64 / rounds.max(1) as f64,
            Budget::Seconds { seconds, clock }
                if self.rounds.is_multiple_of(ROUNDS_PER_READING) =>
            {
                if seconds > 0.0 {
                    (clock() - self.start_s) / seconds
                } else {
                    1.0
                }
            }
            Budget::Seconds { .. } => self.share,
        };
        if matches!(self.budget, Budget::Rounds(0)) {
            self.share = 1.0;
        }
        self.rounds += 1;
        (self.share < 1.0).then_some(self.share)
    }

    pub(crate) fn rounds(&self) -> u64 {
        self.rounds
    }
}

#[cfg(test)]
mod tests;
