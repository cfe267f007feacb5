use super::*;
use crate::told::{START, Told, after, table};

const DAY: i64 = 24 * 60;

fn note(days: i64) -> Command {
    Command::Note {
        district: "gwanak".to_owned().try_into().unwrap(),
        spot: Spot::Private(Id::from_bits(3)),
        reason: Reason::HelperHurt,
        until: after(days * DAY),
    }
}

#[test]
fn every_command_in_every_state() {
    let expired = [(0, note(7)), (7 * DAY, Command::Elapsed(Lapse::Expiry))];
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nothing", &[]),
        ("holds for 7 days", &[(0, note(7))]),
        ("lifted", &[(0, note(7)), (DAY, Command::Lift)]),
        ("expired", &expired),
    ];
    let commands = [
        ("note for 7 days", note(7)),
        ("note for 91 days", note(91)),
        ("renew until day 30", Command::Renew { until: after(30 * DAY) }),
        ("renew until day 98", Command::Renew { until: after(98 * DAY) }),
        ("lift", Command::Lift),
    ];
    insta::assert_snapshot!(table::<NoGo>(states, &commands), @r#"
    nothing
      note for 7 days -> noted
      refused, volunteer.no-such-note: renew until day 30; renew until day 98; lift
      refused, volunteer.note-until: note for 91 days
    holds for 7 days (expiry after 10080 min)
      renew until day 30 -> renewed
      lift -> lifted
      refused, volunteer.already-noted: note for 7 days; note for 91 days
      refused, volunteer.note-until: renew until day 98
    lifted
      changes nothing: lift
      refused, volunteer.already-noted: note for 7 days; note for 91 days
      refused, volunteer.note-ended: renew until day 30; renew until day 98
    expired
      changes nothing: lift
      refused, volunteer.already-noted: note for 7 days; note for 91 days
      refused, volunteer.note-ended: renew until day 30; renew until day 98
    "#);
}

#[test]
fn what_nobody_renews_is_forgotten() {
    let mut told = Told::<NoGo>::after(&[(0, note(7))]);
    assert!(told.state.holds(after(7 * DAY - 1)));
    assert!(!told.state.holds(after(7 * DAY)), "although no timer has fired");
    let late = Command::Renew { until: after(20 * DAY) };
    assert_eq!(told.clone().give_at(7 * DAY, late.clone()), Err("volunteer.note-ended"));
    assert_eq!(told.clone().fire_at(7 * DAY), ["expired"]);
    told.give_at(6 * DAY, late).unwrap();
    assert_eq!(told.fire_at(7 * DAY), [""; 0]);
    assert!(told.state.holds(told.now) && START < told.now);
    assert_eq!(told.reread(), told.state);
}
