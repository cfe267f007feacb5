//! Referrals and letters as they are kept: for what decides about them, and for whoever may read them.

use ::onestop::referral::{Known, Last, Purpose, State};
use kernel::Instant;
use seal::{
    id::{DeviceId, TeamId},
    letter::Side,
    wrap::WRAP_BYTES,
};
use store::{Failure, LetterMove, SealedLetter, SealedReferral, WholeReferral};
use wire::onestop::{Bytes, Exact, KeptLetter, MoveMade, Referral, ReferralState};

/// A referral as it is kept.
pub(super) fn known(kept: &SealedReferral) -> Result<Known, Failure> {
    // What was taken reads.
    let purpose = Purpose::of_number(kept.purpose).map_err(|_changed| Failure::Sealed)?;
    Ok(Known {
        purpose,
        sender: TeamId(kept.sender),
        receiver: TeamId(kept.receiver),
        end_hash: kept.end_hash,
        sent_at: kept.sent_at,
        answered_at: kept.answered_at,
        ended_at: kept.ended_at,
    })
}

/// A letter as it is kept.
pub(super) fn last(kept: &SealedLetter) -> Last {
    Last { number: kept.number, closed_hash: kept.closed_hash, by: DeviceId(kept.device) }
}

/// A referral as one of its two centers gets it.
pub(super) fn referral(
    whole: WholeReferral,
    known: &Known,
    side: Side,
    (now, hours): (Instant, u16),
) -> Referral {
    let WholeReferral { referral, letters, moves } = whole;
    let state = known.state(now, hours);
    // What went back is no longer its receiver's to read.
    let hidden = state == State::WentBack && side == Side::Receiver;
    let letters = letters.into_iter().filter(|_| !hidden).map(|one| letter(one, &moves));
    Referral {
        referral: Exact(referral.id),
        purpose: referral.purpose,
        from: Exact(referral.sender),
        to: Exact(referral.receiver),
        state: stands(state),
        sent_at: referral.sent_at,
        goes_back_at: known.goes_back_at(hours),
        answered_at: referral.answered_at,
        ended_at: referral.ended_at,
        letters: letters.collect(),
    }
}

const fn stands(state: State) -> ReferralState {
    match state {
        State::Waiting => ReferralState::Waiting,
        State::WentBack => ReferralState::WentBack,
        State::Answered => ReferralState::Answered,
        State::Ended => ReferralState::Ended,
    }
}

fn letter(one: SealedLetter, moves: &[LetterMove]) -> KeptLetter {
    let made = |moved: &LetterMove| MoveMade {
        wraps_before: Exact(moved.wraps_before),
        author: Some(Exact(moved.device)),
        signature: Bytes(moved.signature.clone()),
    };
    KeptLetter {
        number: one.number,
        closed: Bytes(one.closed),
        wraps: one.wraps.chunks(WRAP_BYTES).map(|wrap| Bytes(wrap.to_vec())).collect(),
        device: Exact(one.device),
        signature: Bytes(one.signature),
        written_at: one.written_at,
        moves: moves.iter().filter(|moved| moved.number == one.number).map(made).collect(),
    }
}
