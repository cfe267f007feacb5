use super::*;
use crate::Refusal as No;

const SENT: Instant = Instant::from_millis(1_795_770_000_000);
const SENDER: TeamId = TeamId([1; 16]);
const RECEIVER: TeamId = TeamId([2; 16]);
const HOURS: u16 = 24;

fn known() -> Known {
    Known {
        purpose: Purpose::Referral,
        sender: SENDER,
        receiver: RECEIVER,
        end_hash: end_hash(&[7; 32]),
        sent_at: SENT,
        answered_at: None,
        ended_at: None,
    }
}

fn letter(number: u32, fill: u8) -> Letter {
    Letter { number, closed_hash: [fill; 32], by: DeviceId([9; 16]) }
}

fn kept(number: u32, fill: u8) -> Last {
    Last { number, closed_hash: [fill; 32], by: DeviceId([9; 16]) }
}

fn opening() -> Opening {
    let Known { purpose, sender, receiver, end_hash, .. } = known();
    Opening { purpose, sender, receiver, end_hash, letter: letter(1, 1) }
}

#[test]
fn a_referral_is_kept_once_and_the_same_again_is_the_same() {
    let sends = |opening: Opening| opening.send(None, Receiver::Helps);
    assert_eq!(sends(opening()), Ok(Receipt::New));
    let (known, first) = (known(), kept(1, 1));
    let again = |opening: Opening, known: &Known, first: Option<&Last>| {
        opening.send(Some((known, first)), Receiver::Helps)
    };
    assert_eq!(again(opening(), &known, Some(&first)), Ok(Receipt::Same));
    for other in [
        Opening { purpose: Purpose::Duty, ..opening() },
        Opening { sender: TeamId([3; 16]), ..opening() },
        Opening { receiver: TeamId([3; 16]), ..opening() },
        Opening { end_hash: [0; 32], ..opening() },
        Opening { letter: letter(1, 2), ..opening() },
    ] {
        assert_eq!(again(other, &known, Some(&first)), Err(No::ReferralTaken));
    }
    let ended = Known { ended_at: Some(SENT), ..known };
    assert_eq!(again(opening(), &ended, None), Err(No::ReferralEnded));
}

#[test]
fn it_goes_to_another_center_and_figures_to_those_who_count_alone() {
    let itself = Opening { receiver: SENDER, ..opening() };
    assert_eq!(itself.send(None, Receiver::Helps), Err(No::ReferralToItself));
    for (purpose, to, taken) in [
        (Purpose::Referral, Receiver::Helps, true),
        (Purpose::Duty, Receiver::Helps, true),
        (Purpose::Figures, Receiver::Helps, false),
        (Purpose::Referral, Receiver::Counts, false),
        (Purpose::Duty, Receiver::Counts, false),
        (Purpose::Figures, Receiver::Counts, true),
    ] {
        let sent = Opening { purpose, ..opening() }.send(None, to);
        let answer = if taken { Ok(Receipt::New) } else { Err(No::ReferralElsewhere) };
        assert_eq!(sent, answer, "{purpose:?} to {to:?}");
    }
    let second = Opening { letter: letter(2, 1), ..opening() };
    assert_eq!(second.send(None, Receiver::Helps), Err(No::VersionGap));
}

#[test]
fn letters_come_one_after_the_other_and_none_twice() {
    let now = (SENT, HOURS);
    let writes = |letter: Letter, at: Option<&Last>, last| known().write(&letter, (at, last), now);
    assert_eq!(writes(letter(2, 2), None, 1), Ok(Receipt::New));
    assert_eq!(writes(letter(2, 2), Some(&kept(2, 2)), 2), Ok(Receipt::Same));
    // A repeat of an older one is a repeat all the same.
    assert_eq!(writes(letter(2, 2), Some(&kept(2, 2)), 5), Ok(Receipt::Same));
    assert_eq!(writes(letter(2, 3), Some(&kept(2, 2)), 2), Err(No::VersionTaken));
    assert_eq!(writes(letter(4, 2), None, 2), Err(No::VersionGap));
    assert_eq!(writes(letter(0, 2), None, 2), Err(No::VersionTaken));
    assert_eq!(writes(letter(LETTERS, 2), None, LETTERS - 1), Ok(Receipt::New));
    assert_eq!(writes(letter(LETTERS + 1, 2), None, LETTERS), Err(No::ReferralFull));
    let other = Letter { by: DeviceId([8; 16]), ..letter(2, 2) };
    assert_eq!(writes(other, Some(&kept(2, 2)), 2), Err(No::VersionTaken));
}

#[test]
fn unanswered_it_goes_back_after_a_whole_day_and_no_minute_earlier() {
    // Sent in the last minute of an hour, whose beginning is all that is kept of it.
    let sent = SENT + Span::minutes(59);
    let back = goes_back_at(sent, HOURS);
    assert_eq!(back, SENT + Span::hours(25));
    assert!(back.since(sent) >= Span::hours(24));
    let known = known();
    let before = back - Span::seconds(1);
    assert_eq!(known.state(before, HOURS), State::Waiting);
    assert_eq!(known.state(back, HOURS), State::WentBack);
    let answers = |known: &Known, now| known.write(&letter(2, 2), (None, 1), (now, HOURS));
    assert_eq!(answers(&known, before), Ok(Receipt::New));
    assert_eq!(answers(&known, back), Err(No::ReferralWentBack));
    // Once answered it stays: being done may take weeks.
    let answered = Known { answered_at: Some(SENT), ..known };
    let weeks = SENT + Span::days(40);
    assert_eq!(answered.state(weeks, HOURS), State::Answered);
    let done = answered.write(&letter(3, 3), (None, 2), (weeks, HOURS));
    assert_eq!(done, Ok(Receipt::New));
}

#[test]
fn what_the_law_asks_and_what_is_counted_does_not_go_back() {
    for purpose in [Purpose::Duty, Purpose::Figures] {
        let known = Known { purpose, ..known() };
        assert_eq!(known.state(SENT + Span::days(9), HOURS), State::Waiting);
    }
}

#[test]
fn whoever_has_the_token_ends_it_and_nothing_is_written_after() {
    let known = known();
    assert!(known.is_ended_by(&[7; 32]) && !known.is_ended_by(&[8; 32]));
    let ended = Known { ended_at: Some(SENT), answered_at: Some(SENT), ..known };
    assert_eq!(ended.state(SENT, HOURS), State::Ended);
    let at = kept(2, 2);
    let again = ended.write(&letter(2, 2), (Some(&at), 2), (SENT, HOURS));
    assert_eq!(again, Err(No::ReferralEnded), "not even a repeat");
}

#[test]
fn only_two_centers_have_to_do_with_it() {
    let known = known();
    assert_eq!(known.side(SENDER), Some(Side::Sender));
    assert_eq!(known.side(RECEIVER), Some(Side::Receiver));
    assert_eq!(known.side(TeamId([3; 16])), None);
}

#[test]
fn a_purpose_is_one_of_three() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::of_number(purpose.number()), Ok(purpose));
    }
    assert!(Purpose::of_number(0).is_err() && Purpose::of_number(4).is_err());
}
