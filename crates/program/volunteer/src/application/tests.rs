use super::*;
use crate::told::{START, Told, after, table};

const DAY: i64 = 24 * 60;

fn apply() -> Command {
    Command::Apply {
        district: "gwanak".to_owned().try_into().unwrap(),
        engagement: Engagement::Volunteer,
        private: Id::from_bits(7),
    }
}

fn accept() -> Command {
    Command::Accept {
        person: Id::from_bits(1),
        gender: Gender::Woman,
        engagement: Engagement::Paid,
    }
}

fn invite() -> Command {
    Command::Invite { at: after(3 * DAY) }
}

#[test]
fn every_command_in_every_state() {
    let interviewed = [(0, apply()), (DAY, invite()), (3 * DAY, Command::NoteInterview)];
    let mut accepted = interviewed.to_vec();
    accepted.push((3 * DAY, accept()));
    let declined = [(0, apply()), (DAY, Command::Decline { reason: DeclineReason::NoPlace })];
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nothing", &[]),
        ("applied", &[(0, apply())]),
        ("invited for day 3", &[(0, apply()), (DAY, invite())]),
        ("interviewed", &interviewed),
        ("accepted", &accepted),
        ("declined", &declined),
        ("withdrawn", &[(0, apply()), (DAY, Command::Withdraw)]),
    ];
    let commands = [
        ("apply", apply()),
        ("invite for day 3", invite()),
        ("invite for day 9", Command::Invite { at: after(9 * DAY) }),
        ("note the interview", Command::NoteInterview),
        ("accept", accept()),
        ("decline", Command::Decline { reason: DeclineReason::NoPlace }),
        ("withdraw", Command::Withdraw),
    ];
    insta::assert_snapshot!(table::<Application>(states, &commands), @r#"
    nothing
      apply -> applied
      refused, volunteer.no-such-application: invite for day 3; invite for day 9; note the interview; accept; decline; withdraw
    applied (unanswered after 10080 min)
      invite for day 3 -> invited
      invite for day 9 -> invited
      decline -> declined
      withdraw -> withdrawn
      refused, volunteer.already-applied: apply
      refused, volunteer.not-interviewed: accept
      refused, volunteer.not-invited: note the interview
    invited for day 3 (unanswered after 14400 min)
      invite for day 9 -> invited
      note the interview -> interviewed
      decline -> declined
      withdraw -> withdrawn
      changes nothing: invite for day 3
      refused, volunteer.already-applied: apply
      refused, volunteer.not-interviewed: accept
    interviewed (unanswered after 14400 min)
      invite for day 9 -> invited
      accept -> accepted
      decline -> declined
      withdraw -> withdrawn
      changes nothing: note the interview
      refused, volunteer.already-applied: apply
      refused, volunteer.interview-passed: invite for day 3
    accepted
      changes nothing: accept
      refused, volunteer.application-ended: apply; invite for day 3; invite for day 9; note the interview; decline; withdraw
    declined
      changes nothing: decline
      refused, volunteer.application-ended: apply; invite for day 3; invite for day 9; note the interview; accept; withdraw
    withdrawn
      changes nothing: withdraw
      refused, volunteer.application-ended: apply; invite for day 3; invite for day 9; note the interview; accept; decline
    "#);
}

#[test]
fn whoever_is_not_answered_is_brought_up_every_week() {
    let mut told = Told::<Application>::after(&[(0, apply())]);
    assert_eq!(told.fire_at(7 * DAY - 1), [""; 0]);
    assert_eq!(told.fire_at(7 * DAY), ["reminded"]);
    assert_eq!(told.fire_at(14 * DAY), ["reminded"]);
    let in_a_month = Command::Invite { at: after(44 * DAY) };
    told.give(in_a_month).unwrap();
    assert_eq!(told.fire_at(50 * DAY), [""; 0], "an invitation waits from the interview on");
    assert_eq!(told.fire_at(51 * DAY), ["reminded"]);
    told.give(Command::Decline { reason: DeclineReason::DidNotCome }).unwrap();
    assert!(told.state.deadlines(&told.rules).is_empty());
    assert_eq!(told.reread(), told.state);
}

#[test]
fn what_a_declined_applicant_wrote_is_forgotten_after_a_month() {
    let mut told = Told::<Application>::after(&[(0, apply())]);
    assert_eq!(told.state.erase_at(&told.rules), None);
    told.give(Command::Withdraw).unwrap();
    assert_eq!(told.state.erase_at(&told.rules), Some(START + told.rules.application_kept()));
}
