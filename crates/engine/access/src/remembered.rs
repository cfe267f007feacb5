//! What the policies have said before. They never change while they are held and see nothing but
//! what they are asked, so the same question has the same answer: a desk's list asks it of every
//! walk of the city again and again.

use crate::{Action, Verdict, What, Who};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Questions kept at most, twice over: some megabytes. Fifty desks and three hundred walks under
/// way are 15,000.
const KEPT: usize = 30_000;

type Question = (Action, Who, What);

/// Answers by question: those given since the last turn, and those of the turn before.
#[derive(Default)]
struct Answers {
    given: HashMap<Question, Verdict>,
    before: HashMap<Question, Verdict>,
}

/// Shared by everybody who asks.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<Answers>);

impl Remembered {
    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was answered, or what `ask` answers now.
    pub(crate) fn or_ask(
        &self,
        (who, action, what): (&Who, Action, &What),
        ask: impl FnOnce() -> Verdict,
    ) -> Verdict {
        let question = (action, who.clone(), what.clone());
        {
            let mut answers = self.answers();
            if let Some(known) = answers.given.get(&question) {
                return *known;
            }
            if let Some(known) = answers.before.remove(&question) {
                answers.note(question, known);
                return known;
            }
        }
        let answer = ask();
        self.answers().note(question, answer);
        answer
    }

    /// How many questions are kept.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        let answers = self.answers();
        answers.given.len() + answers.before.len()
    }
}

impl Answers {
    fn note(&mut self, question: Question, answer: Verdict) {
        if self.given.len() >= KEPT {
            self.before = std::mem::take(&mut self.given);
        }
        self.given.insert(question, answer);
    }
}

#[cfg(test)]
mod tests;
