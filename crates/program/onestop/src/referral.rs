//! A referral as the server sees it: two centers, hours, and letters it cannot open. Whose case it
//! is stands in the letters alone.

mod letter;

pub use letter::{Arrived, KeptLetter, Moving, move_side};

use crate::{Receipt, Refusal, rules::HOUR};
use kernel::{Instant, Span};
use seal::{
    Hash,
    id::{DeviceId, TeamId},
    letter::Side,
};
use sha2::{Digest, Sha256};

/// Letters a referral holds: an answer, a few questions, and that it is done.
pub const LETTERS: u32 = 40;

/// What a referral is for. The server has to know: figures go to those who count, and what the law
/// asks to be told does not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Help at another center, with her consent.
    Referral = 1,
    /// What the law asks to be told.
    Duty = 2,
    /// A line for the figures.
    Figures = 3,
}

impl Purpose {
    /// All three, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Referral, Self::Duty, Self::Figures];

    /// 1 to 3.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The purpose of a number.
    ///
    /// # Errors
    /// `form_broken` outside 1 to 3.
    pub fn of_number(number: u8) -> Result<Self, Refusal> {
        let found = Self::ALL.into_iter().find(|one| one.number() == number);
        found.ok_or(Refusal::Seal(seal::Refusal::FormBroken))
    }

    /// Whether it goes back unanswered. What the law asks to be told stays told, and figures are
    /// answered by nobody.
    const fn goes_back(self) -> bool {
        matches!(self, Self::Referral)
    }
}

/// Where a referral stands, as far as the server can tell. Whether it was accepted or rejected
/// stands in the answer, which it cannot open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The receiver has not written.
    Waiting,
    /// It was not answered in time.
    WentBack,
    /// The receiver has written.
    Answered,
    /// She or the sender has ended it.
    Ended,
}

/// A referral that is kept. It has no `Debug`: it holds a referral's number's end.
#[derive(Clone, Copy)]
pub struct Known {
    /// What it is for.
    pub purpose: Purpose,
    /// Who sent it.
    pub sender: TeamId,
    /// To whom.
    pub receiver: TeamId,
    /// SHA-256 of the token that ends it.
    pub end_hash: Hash,
    /// The full hour it came in.
    pub sent_at: Instant,
    /// The full hour of the receiver's first letter.
    pub answered_at: Option<Instant>,
    /// The full hour it was ended.
    pub ended_at: Option<Instant>,
}

/// The last letter of a referral.
#[derive(Clone, Copy)]
pub struct Last {
    /// From 1.
    pub number: u32,
    /// Of its ciphertext.
    pub closed_hash: Hash,
    /// The device that wrote it.
    pub by: DeviceId,
}

/// A letter to be kept: what is decided from.
#[derive(Clone, Copy)]
pub struct Letter {
    /// From 1.
    pub number: u32,
    /// Of its ciphertext.
    pub closed_hash: Hash,
    /// The device that wrote it.
    pub by: DeviceId,
}

/// A referral that is sent: what is decided from.
#[derive(Clone, Copy)]
pub struct Opening {
    /// What it is for.
    pub purpose: Purpose,
    /// Who sends it.
    pub sender: TeamId,
    /// To whom.
    pub receiver: TeamId,
    /// SHA-256 of the token that ends it.
    pub end_hash: Hash,
    /// Its first letter.
    pub letter: Letter,
}

/// What the pack says of the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// A center that helps.
    Helps,
    /// A center that counts, and does nothing else.
    Counts,
}

impl Opening {
    /// Whether to keep it. `first` is the first letter that is kept under this number.
    ///
    /// # Errors
    /// [`Refusal::ReferralToItself`], [`Refusal::ReferralElsewhere`] for figures to a center that
    /// does not count and for anything else to one that does, [`Refusal::VersionGap`] for another
    /// first letter, [`Refusal::ReferralTaken`] for a number that has another referral,
    /// [`Refusal::ReferralEnded`].
    pub fn send(
        &self,
        known: Option<(&Known, Option<&Last>)>,
        receiver: Receiver,
    ) -> Result<Receipt, Refusal> {
        if let Some((known, first)) = known {
            let same = known.purpose == self.purpose
                && known.sender == self.sender
                && known.receiver == self.receiver
                && known.end_hash == self.end_hash;
            return match first {
                _ if !same => Err(Refusal::ReferralTaken),
                // Its letters are gone with it.
                _ if known.ended_at.is_some() => Err(Refusal::ReferralEnded),
                Some(first) if is_same(first, &self.letter) => Ok(Receipt::Same),
                _ => Err(Refusal::ReferralTaken),
            };
        }
        if self.sender == self.receiver {
            return Err(Refusal::ReferralToItself);
        }
        let counts = receiver == Receiver::Counts;
        if counts != (self.purpose == Purpose::Figures) {
            return Err(Refusal::ReferralElsewhere);
        }
        if self.letter.number == 1 { Ok(Receipt::New) } else { Err(Refusal::VersionGap) }
    }
}

fn is_same(last: &Last, letter: &Letter) -> bool {
    last.number == letter.number && last.closed_hash == letter.closed_hash && last.by == letter.by
}

/// When an unanswered referral goes back: the first full hour at which as many hours have passed in
/// any case. The minute it was sent is not kept, so it is never less than what was promised.
pub fn goes_back_at(sent_at: Instant, answer_hours: u16) -> Instant {
    sent_at.rounded_to_hour() + Span::hours(i64::from(answer_hours)) + HOUR
}

impl Known {
    /// Which of the two a center is; `None` for every other.
    pub fn side(&self, team: TeamId) -> Option<Side> {
        match team {
            team if team == self.sender => Some(Side::Sender),
            team if team == self.receiver => Some(Side::Receiver),
            _ => None,
        }
    }

    /// When it goes back unanswered; `None` for what does not.
    pub fn goes_back_at(&self, answer_hours: u16) -> Option<Instant> {
        self.purpose.goes_back().then(|| goes_back_at(self.sent_at, answer_hours))
    }

    /// Where it stands at this moment, where a receiver has so many hours.
    pub fn state(&self, now: Instant, answer_hours: u16) -> State {
        let back = self.goes_back_at(answer_hours).is_some_and(|back| now >= back);
        match (self.ended_at, self.answered_at) {
            (Some(_), _) => State::Ended,
            (None, Some(_)) => State::Answered,
            (None, None) if back => State::WentBack,
            (None, None) => State::Waiting,
        }
    }

    /// Whether to keep one more letter, from this side. `at` is the letter that is kept under its
    /// number, `last` the last one there is.
    ///
    /// # Errors
    /// [`Refusal::ReferralEnded`], [`Refusal::ReferralWentBack`] for a first answer that comes too
    /// late, [`Refusal::VersionTaken`], [`Refusal::VersionGap`], [`Refusal::ReferralFull`].
    pub fn write(
        &self,
        letter: &Letter,
        (at, last): (Option<&Last>, u32),
        (now, answer_hours): (Instant, u16),
    ) -> Result<Receipt, Refusal> {
        let state = self.state(now, answer_hours);
        if state == State::Ended {
            return Err(Refusal::ReferralEnded);
        }
        if at.is_some_and(|kept| is_same(kept, letter)) {
            return Ok(Receipt::Same);
        }
        if state == State::WentBack {
            return Err(Refusal::ReferralWentBack);
        }
        if letter.number <= last {
            return Err(Refusal::VersionTaken);
        }
        if letter.number - last > 1 {
            return Err(Refusal::VersionGap);
        }
        if letter.number > LETTERS { Err(Refusal::ReferralFull) } else { Ok(Receipt::New) }
    }

    /// Whether this token ends it. A token is 32 random bytes and its hash no secret, so nothing is
    /// learned from how long this takes.
    pub fn is_ended_by(&self, token: &[u8; 32]) -> bool {
        end_hash(token) == self.end_hash
    }
}

/// What is kept of the token that ends a referral.
pub fn end_hash(token: &[u8; 32]) -> Hash {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests;
