//! Every command in every state, before the night and in it.

use super::*;
use crate::told::{Way, table};

fn shown(states: &[Way<'_, Command>]) -> String {
    let commands = [
        ("open", open()),
        ("1 signs up", sign_up(1)),
        ("3 signs up", sign_up(3)),
        ("2 withdraws", withdraw(2)),
        ("4 answers the call for 2", answer(2, 4)),
        ("2 offers the place", offer(2)),
        ("2 keeps the place", Command::RetractSwap { person: Id::from_bits(2) }),
        ("4 takes the place of 2", accept(2, 4)),
        ("pair 1 and 2", pair(1, 1, 2)),
        ("part team 1", Command::Part { team: Id::from_bits(1) }),
        ("1 checks in", check_in(1)),
        ("2 checks in", check_in(2)),
        ("2 noted as absent", absent(2)),
        ("call off", Command::CallOff { reason: CallOffReason::Weather }),
    ];
    table::<Shift>(states, &commands)
}

#[test]
fn every_command_in_every_state_before_anybody_has_dropped_out() {
    let off = [(0, open()), (0, Command::CallOff { reason: CallOffReason::Weather })];
    let states = shown(&[
        ("nothing", &[]),
        ("open", &[(0, open())]),
        ("1 and 2 signed up", &[(0, open()), (0, sign_up(1)), (0, sign_up(2))]),
        ("1 and 2 paired", &paired()),
        ("called off", &off),
    ]);
    insta::assert_snapshot!(states, @r#"
    nothing
      open -> opened
      refused, volunteer.no-such-shift: 1 signs up; 3 signs up; 2 withdraws; 4 answers the call for 2; 2 offers the place; 2 keeps the place; 4 takes the place of 2; pair 1 and 2; part team 1; 1 checks in; 2 checks in; 2 noted as absent; call off
    open (crew-short after 0 min, end after 3060 min)
      1 signs up -> signed_up
      3 signs up -> signed_up
      call off -> called_off
      changes nothing: part team 1
      refused, volunteer.already-opened: open
      refused, volunteer.not-called: 4 answers the call for 2
      refused, volunteer.not-in-crew: 2 withdraws; 2 offers the place; 2 keeps the place; pair 1 and 2; 1 checks in; 2 checks in; 2 noted as absent
      refused, volunteer.not-offered: 4 takes the place of 2
    1 and 2 signed up (end after 3060 min)
      3 signs up -> signed_up
      2 withdraws -> withdrew
      2 offers the place -> swap_offered
      pair 1 and 2 -> paired
      call off -> called_off
      changes nothing: 1 signs up; 2 keeps the place; part team 1
      refused, volunteer.already-opened: open
      refused, volunteer.not-begun: 2 noted as absent
      refused, volunteer.not-called: 4 answers the call for 2
      refused, volunteer.not-offered: 4 takes the place of 2
      refused, volunteer.not-paired: 1 checks in; 2 checks in
    1 and 2 paired (no-show after 2895 min, end after 3060 min)
      3 signs up -> signed_up
      2 withdraws -> parted, withdrew
      2 offers the place -> swap_offered
      part team 1 -> parted
      call off -> called_off
      changes nothing: 1 signs up; 2 keeps the place; pair 1 and 2
      refused, volunteer.already-opened: open
      refused, volunteer.not-begun: 2 noted as absent
      refused, volunteer.not-called: 4 answers the call for 2
      refused, volunteer.not-offered: 4 takes the place of 2
      refused, volunteer.too-early: 1 checks in; 2 checks in
    called off
      changes nothing: call off
      refused, volunteer.already-opened: open
      refused, volunteer.shift-over: 1 signs up; 3 signs up; 2 withdraws; 4 answers the call for 2; 2 offers the place; 2 keeps the place; 4 takes the place of 2; pair 1 and 2; part team 1; 1 checks in; 2 checks in; 2 noted as absent
    "#);
}

#[test]
fn every_command_in_every_state_of_the_day_itself() {
    let states = shown(&[
        ("2 dropped out", &then(&[(TODAY, withdraw(2))])),
        ("2 offers the place", &then(&[(TODAY, offer(2))])),
        ("1 is here", &then(&[(BEGINS, check_in(1))])),
        ("2 has not come", &then(&[(BEGINS + 1, absent(2))])),
        ("team 1 is ready", &then(&[(BEGINS, check_in(1)), (BEGINS + 5, check_in(2))])),
    ]);
    insta::assert_snapshot!(states, @r#"
    2 dropped out (crew-short after 0 min, replacement after 2340 min, end after 3060 min)
      3 signs up -> signed_up
      4 answers the call for 2 -> replacement_found
      call off -> called_off
      changes nothing: 1 signs up; part team 1
      refused, volunteer.already-opened: open
      refused, volunteer.not-in-crew: 2 withdraws; 2 offers the place; 2 keeps the place; pair 1 and 2; 2 checks in; 2 noted as absent
      refused, volunteer.not-offered: 4 takes the place of 2
      refused, volunteer.not-paired: 1 checks in
    2 offers the place (no-show after 2895 min, end after 3060 min)
      3 signs up -> signed_up
      2 withdraws -> parted, dropped_out, replacement_called
      2 keeps the place -> swap_retracted
      4 takes the place of 2 -> parted, swapped
      part team 1 -> parted
      call off -> called_off
      changes nothing: 1 signs up; 2 offers the place; pair 1 and 2
      refused, volunteer.already-opened: open
      refused, volunteer.not-begun: 2 noted as absent
      refused, volunteer.not-called: 4 answers the call for 2
      refused, volunteer.too-early: 1 checks in; 2 checks in
    1 is here (no-show after 2895 min, end after 3060 min)
      3 signs up -> signed_up
      2 withdraws -> parted, dropped_out, replacement_called
      part team 1 -> parted
      2 checks in -> checked_in, team_ready
      2 noted as absent -> no_show, replacement_called
      call off -> called_off
      changes nothing: 1 signs up; 2 keeps the place; pair 1 and 2; 1 checks in
      refused, volunteer.already-opened: open
      refused, volunteer.not-called: 4 answers the call for 2
      refused, volunteer.not-offered: 2 offers the place; 4 takes the place of 2
    2 has not come (crew-short after 0 min, replacement after 2941 min, no-show after 2895 min, end after 3060 min)
      3 signs up -> signed_up
      2 withdraws -> parted, dropped_out
      4 answers the call for 2 -> parted, replacement_found
      part team 1 -> parted
      1 checks in -> checked_in
      2 checks in -> checked_in
      call off -> called_off
      changes nothing: 1 signs up; 2 keeps the place; pair 1 and 2; 2 noted as absent
      refused, volunteer.already-opened: open
      refused, volunteer.not-offered: 2 offers the place; 4 takes the place of 2
    team 1 is ready (end after 3060 min)
      3 signs up -> signed_up
      call off -> called_off
      changes nothing: 1 signs up; 2 keeps the place; pair 1 and 2; 1 checks in; 2 checks in
      refused, volunteer.already-here: 2 offers the place
      refused, volunteer.already-opened: open
      refused, volunteer.not-called: 4 answers the call for 2
      refused, volunteer.not-offered: 4 takes the place of 2
      refused, volunteer.team-is-ready: 2 withdraws; part team 1; 2 noted as absent
    "#);
}
