//! The state × command table, and the walk's promises under random nights.

use super::{Request, Stage};
use crate::*;
use kernel::{Aggregate, DistrictCode, Fact, Id, Instant, Language, Refusal, Span, id};
use proptest::prelude::*;
use std::collections::BTreeMap;

mod journeys;

pub(super) fn team(number: u128) -> Id<id::Team> {
    Id::from_bits(number)
}

pub(super) fn district(code: &str) -> DistrictCode {
    code.to_owned().try_into().unwrap()
}

/// A local time of the night of Tuesday 24 November 2026 in Seoul.
pub(super) fn at(local: &str) -> Instant {
    Rules::default().zone.moment(&format!("2026-11-{local}")).unwrap()
}

pub(super) fn ask(when: When, outlook: Outlook) -> Command {
    Command::Ask {
        channel: Channel::Web,
        district: district("gwanak"),
        meeting_place: Id::from_bits(1),
        when,
        people: 1,
        private: Some(Id::from_bits(2)),
        language: Language::Ko,
        shares: false,
        from_anywhere: false,
        outlook,
    }
}

/// A team four minutes away: seen, offered, accepted and walked, 310 s.
pub(super) const FREE: Outlook =
    Outlook::Team { walk_seconds: 240, in_seconds: 310, walks_before: 0 };

pub(super) fn ask_now() -> Command {
    ask(When::Now, FREE)
}

pub(super) fn offer(number: u128) -> Command {
    Command::Offer { team: team(number), walk_seconds: 240, proof: Some(Id::from_bits(3)) }
}

fn walk_up() -> Command {
    Command::WalkUp {
        team: team(1),
        district: district("gwanak"),
        meeting_place: Id::from_bits(1),
        people: 1,
        private: None,
        language: Language::En,
    }
}

/// One request, its clock, and all that happened to it.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub request: Request,
    pub rules: Rules,
    pub now: Instant,
    pub log: Vec<(Event, Instant)>,
}

impl Walk {
    pub fn new(now: Instant) -> Self {
        Self { request: Request::default(), rules: Rules::default(), now, log: Vec::new() }
    }

    pub fn give(&mut self, command: Command) -> Result<Vec<&'static str>, &'static str> {
        let events = self.request.decide(command, &self.rules, self.now).map_err(Refusal::code)?;
        for event in &events {
            self.request.apply(event, self.now);
            self.log.push((event.clone(), self.now));
        }
        Ok(events.iter().map(Fact::name).collect())
    }

    pub fn give_all(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.give(command.clone()).unwrap_or_else(|no| panic!("{command:?}: {no}"));
        }
    }

    pub fn wait(&mut self, seconds: i64) {
        self.now = self.now + Span::seconds(seconds);
    }

    /// Fires every deadline that is due, as the store does after a crash.
    pub fn fire(&mut self) -> Vec<&'static str> {
        let mut fired = Vec::new();
        for _ in 0..5 {
            let due = self.request.deadlines(&self.rules);
            let Some(due) = due.into_iter().find(|one| one.due_at <= self.now) else {
                return fired;
            };
            let command = Request::elapsed(due.name).unwrap();
            fired.extend(self.give(command).unwrap());
        }
        panic!("a deadline fires without end at {:?}", self.request.stage);
    }
}

/// A request standing at this stage, with team 1 on it where there is one.
fn standing_at(stage: Stage) -> Walk {
    let one = team(1);
    let to_the_door = [
        (Stage::Sent, ask_now()),
        (Stage::Seen, Command::See),
        (Stage::Offered, offer(1)),
        (Stage::Accepted, Command::Accept { team: one }),
        (Stage::OnTheWay, Command::SetOff { team: one }),
        (Stage::Arrived, Command::Arrive { team: one }),
        (Stage::Met, Command::Meet { confirmed_by: Confirmer::Team(one) }),
        (Stage::Walking, Command::StartWalking { team: one, walk_minutes: Some(12) }),
        (Stage::Home, Command::ArriveHome { confirmed_by: Confirmer::Team(one) }),
    ];
    let mut walk = Walk::new(at("24T22:40"));
    match stage {
        Stage::Nothing => {}
        Stage::HandedOver => {
            walk.give_all([ask_now(), Command::HandOver { to: district("dongjak") }]);
        }
        Stage::Cancelled => walk.give_all([
            ask_now(),
            Command::Cancel { by: Canceller::Requester, reason: CancelReason::Unsaid },
        ]),
        Stage::Refused => {
            walk.now = at("24T12:00");
            walk.give_all([ask_now()]);
        }
        _ => {
            let count = to_the_door.iter().position(|(reached, _)| *reached == stage).unwrap();
            walk.give_all(to_the_door.into_iter().take(count + 1).map(|(_, command)| command));
        }
    }
    assert_eq!(walk.request.stage, stage);
    walk
}

fn every_command() -> Vec<(&'static str, Command)> {
    let one = team(1);
    vec![
        ("ask", ask_now()),
        ("walk up", walk_up()),
        ("see", Command::See),
        ("hand over to Dongjak", Command::HandOver { to: district("dongjak") }),
        ("look into", Command::LookInto),
        ("offer to team 1", offer(1)),
        ("offer to team 2", offer(2)),
        ("team 1 declines", Command::Decline { team: one, reason: DeclineReason::TooFar }),
        ("team 1 accepts", Command::Accept { team: one }),
        ("team 2 accepts", Command::Accept { team: team(2) }),
        ("team 1 stands down", Command::StandDown { team: one, reason: StandDownReason::Unwell }),
        ("team 1 sets off", Command::SetOff { team: one }),
        ("team 1 arrives", Command::Arrive { team: one }),
        ("team 1 meets her", Command::Meet { confirmed_by: Confirmer::Team(one) }),
        ("team 1 starts walking", Command::StartWalking { team: one, walk_minutes: Some(12) }),
        ("she is home", Command::ArriveHome { confirmed_by: Confirmer::Requester }),
        (
            "she calls it off",
            Command::Cancel { by: Canceller::Requester, reason: CancelReason::OtherWay },
        ),
        (
            "team 1 calls it off",
            Command::Cancel { by: Canceller::Team(one), reason: CancelReason::NotFound },
        ),
        ("an alarm is raised", Command::RaiseTrouble { alarm: Id::from_bits(9) }),
    ]
}

/// The whole machine, for a reader: what each command does in each state.
fn table() -> String {
    let mut lines = Vec::new();
    for &stage in Stage::ALL {
        let walk = standing_at(stage);
        let deadline = match walk.request.deadlines(&walk.rules).first() {
            Some(due) => {
                format!("{} after {} s", due.name, due.due_at.since(walk.now).as_seconds())
            }
            None => "no deadline".to_owned(),
        };
        lines.push(format!("{} ({deadline})", stage.code().trim_start_matches("stage.")));
        let mut rest: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (command, given) in every_command() {
            match walk.clone().give(given) {
                Ok(events) if events.is_empty() => {
                    rest.entry("changes nothing".to_owned()).or_default().push(command);
                }
                Ok(events) => lines.push(format!("  {command} -> {}", events.join(", "))),
                Err(code) => {
                    let code = code.trim_start_matches("escort.");
                    rest.entry(format!("refused, {code}")).or_default().push(command);
                }
            }
        }
        lines
            .extend(rest.iter().map(|(answer, given)| format!("  {answer}: {}", given.join("; "))));
    }
    lines.join("\n")
}

#[test]
#[expect(clippy::too_many_lines, reason = "the table is the test")]
fn every_command_in_every_state() {
    insta::assert_snapshot!(table(), @r#"
    nothing (no deadline)
      ask -> asked
      walk up -> asked, accepted, met
      refused, no-such-request: see; hand over to Dongjak; look into; offer to team 1; offer to team 2; team 1 declines; team 1 accepts; team 2 accepts; team 1 stands down; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking; she is home; she calls it off; team 1 calls it off; an alarm is raised
    sent (unseen after 20 s)
      see -> seen
      hand over to Dongjak -> handed_over
      look into -> seen
      she calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask
      refused, already-asked: walk up
      refused, not-seen-yet: offer to team 1; offer to team 2
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 1 declines; team 1 accepts; team 2 accepts; team 1 stands down; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking; team 1 calls it off
    handed-over (unseen after 20 s)
      see -> seen
      look into -> seen
      she calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; hand over to Dongjak
      refused, already-asked: walk up
      refused, not-seen-yet: offer to team 1; offer to team 2
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 1 declines; team 1 accepts; team 2 accepts; team 1 stands down; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking; team 1 calls it off
    seen (unassigned after 60 s)
      hand over to Dongjak -> handed_over
      look into -> looked_into
      offer to team 1 -> offered
      offer to team 2 -> offered
      she calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; see
      refused, already-asked: walk up
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 1 declines; team 1 accepts; team 2 accepts; team 1 stands down; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking; team 1 calls it off
    offered (offer after 60 s)
      team 1 declines -> declined
      team 1 accepts -> accepted
      team 1 stands down -> stood_down
      she calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; offer to team 1
      refused, already-asked: walk up
      refused, already-offered: offer to team 2
      refused, not-accepted-yet: team 1 sets off
      refused, not-arrived-yet: team 1 meets her; team 1 calls it off
      refused, not-met-yet: team 1 starts walking
      refused, not-on-the-way-yet: team 1 arrives
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 2 accepts
      refused, team-is-coming: hand over to Dongjak
    accepted (set-off after 180 s)
      team 1 stands down -> stood_down
      team 1 sets off -> set_off
      she calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; offer to team 1; team 1 accepts
      refused, already-asked: walk up
      refused, already-taken: offer to team 2; team 1 declines
      refused, not-arrived-yet: team 1 meets her; team 1 calls it off
      refused, not-met-yet: team 1 starts walking
      refused, not-on-the-way-yet: team 1 arrives
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 2 accepts
      refused, team-is-coming: hand over to Dongjak
    on-the-way (way after 540 s)
      team 1 stands down -> stood_down
      team 1 arrives -> arrived
      she calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; offer to team 1; team 1 accepts; team 1 sets off
      refused, already-asked: walk up
      refused, already-taken: offer to team 2; team 1 declines
      refused, not-arrived-yet: team 1 meets her; team 1 calls it off
      refused, not-met-yet: team 1 starts walking
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 2 accepts
      refused, team-is-coming: hand over to Dongjak
    arrived (meeting after 600 s)
      team 1 stands down -> stood_down
      team 1 meets her -> met
      she calls it off -> cancelled
      team 1 calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; offer to team 1; team 1 accepts; team 1 sets off; team 1 arrives
      refused, already-asked: walk up
      refused, already-taken: offer to team 2; team 1 declines
      refused, not-met-yet: team 1 starts walking
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 2 accepts
      refused, team-is-coming: hand over to Dongjak
    met (start after 300 s)
      team 1 starts walking -> walking_started
      she calls it off -> cancelled
      team 1 calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; offer to team 1; team 1 accepts; team 1 sets off; team 1 arrives; team 1 meets her
      refused, already-asked: walk up
      refused, already-met: team 1 stands down
      refused, already-taken: offer to team 2; team 1 declines
      refused, not-walking-yet: she is home
      refused, not-your-walk: team 2 accepts
      refused, team-is-coming: hand over to Dongjak
    walking (walk after 1500 s)
      she is home -> arrived_home
      she calls it off -> cancelled
      team 1 calls it off -> cancelled
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; offer to team 1; team 1 accepts; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking
      refused, already-asked: walk up
      refused, already-met: team 1 stands down
      refused, already-taken: offer to team 2; team 1 declines
      refused, not-your-walk: team 2 accepts
      refused, team-is-coming: hand over to Dongjak
    home (no deadline)
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; she is home
      refused, already-asked: walk up
      refused, ended: hand over to Dongjak; offer to team 1; offer to team 2; team 1 declines; team 1 accepts; team 2 accepts; team 1 stands down; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking; she calls it off; team 1 calls it off
    cancelled (no deadline)
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into; she calls it off; team 1 calls it off
      refused, already-asked: walk up
      refused, ended: hand over to Dongjak; offer to team 1; offer to team 2; team 1 declines; team 1 accepts; team 2 accepts; team 1 stands down; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking; she is home
    refused (no deadline)
      an alarm is raised -> trouble_raised
      changes nothing: ask; see; look into
      refused, already-asked: walk up
      refused, ended: hand over to Dongjak; offer to team 1; offer to team 2; team 1 declines; team 1 accepts; team 2 accepts; team 1 stands down; team 1 sets off; team 1 arrives; team 1 meets her; team 1 starts walking; she is home; she calls it off; team 1 calls it off
    "#);
}

#[test]
fn in_every_live_state_exactly_one_deadline_runs_and_in_no_other() {
    for &stage in Stage::ALL {
        let walk = standing_at(stage);
        let deadlines = walk.request.deadlines(&walk.rules);
        assert_eq!(deadlines.len(), usize::from(stage.live()), "{stage:?}");
        for deadline in deadlines {
            assert!(Request::elapsed(deadline.name).is_some(), "{}", deadline.name);
            assert!(deadline.due_at > walk.now, "{stage:?} would ring at once");
        }
    }
    assert!(Request::elapsed("gone").is_none());
}

fn any_command() -> impl Strategy<Value = Command> {
    let teams = (1_u128..4).prop_map(team);
    prop_oneof![
        2 => Just(ask_now()),
        1 => Just(walk_up()),
        3 => Just(Command::See),
        1 => prop_oneof![Just("gwanak"), Just("dongjak")]
            .prop_map(|code| Command::HandOver { to: district(code) }),
        2 => Just(Command::LookInto),
        8 => (1_u128..4).prop_map(offer),
        2 => teams.clone().prop_map(|team| Command::Decline { team, reason: DeclineReason::TooFar }),
        8 => teams.clone().prop_map(|team| Command::Accept { team }),
        1 => teams.clone()
            .prop_map(|team| Command::StandDown { team, reason: StandDownReason::Unsaid }),
        6 => teams.clone().prop_map(|team| Command::SetOff { team }),
        6 => teams.clone().prop_map(|team| Command::Arrive { team }),
        6 => teams.clone()
            .prop_map(|team| Command::Meet { confirmed_by: Confirmer::Team(team) }),
        2 => Just(Command::Meet { confirmed_by: Confirmer::Requester }),
        6 => (teams.clone(), proptest::option::of(any::<u16>()))
            .prop_map(|(team, walk_minutes)| Command::StartWalking { team, walk_minutes }),
        4 => teams.clone()
            .prop_map(|team| Command::ArriveHome { confirmed_by: Confirmer::Team(team) }),
        1 => Just(Command::Cancel { by: Canceller::Requester, reason: CancelReason::Unsaid }),
        1 => teams.prop_map(|team| Command::Cancel {
            by: Canceller::Team(team),
            reason: CancelReason::NotFound,
        }),
        1 => Just(Command::RaiseTrouble { alarm: Id::from_bits(9) }),
        6 => proptest::sample::select(Lapse::ALL.to_vec()).prop_map(Command::Elapsed),
    ]
}

/// Who holds the walk, read from the log alone: the oracle for "never two teams".
fn holder(log: &[(Event, Instant)]) -> Option<Id<id::Team>> {
    let mut holder: Option<Id<id::Team>> = None;
    for (event, _) in log {
        match event {
            Event::Offered { team, .. } => {
                assert_eq!(holder, None, "offered while another team holds it");
                holder = Some(*team);
            }
            Event::Accepted { team } => {
                assert!(holder.is_none_or(|held| held == *team), "taken from under a team");
                holder = Some(*team);
            }
            Event::Lapsed { team }
            | Event::Declined { team, .. }
            | Event::StoodDown { team, .. } => {
                assert_eq!(holder, Some(*team), "somebody else let it go");
                holder = None;
            }
            _ => {}
        }
    }
    holder
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn whatever_comes_in_whatever_order_nobody_is_forgotten(
        steps in proptest::collection::vec((any_command(), 0_i64..200, any::<bool>()), 1..60),
    ) {
        let mut walk = Walk::new(at("24T22:00"));
        walk.give_all([ask_now()]);
        for (command, seconds, timers_run) in steps {
            walk.wait(seconds);
            if timers_run {
                walk.fire();
            }
            let before = walk.request.clone();
            if let (Command::Accept { team }, Some(until)) =
                (&command, before.offer_until(&walk.rules))
                && before.team() == Some(*team)
            {
                let answer = walk.request.decide(command.clone(), &walk.rules, walk.now);
                prop_assert_eq!(answer.is_ok(), walk.now < until, "only the time decides");
            }
            let refused = walk.give(command).is_err();
            let now = &walk.request;
            if refused {
                prop_assert_eq!(&before, now, "a refusal changes nothing");
            }
            prop_assert_eq!(now.deadlines(&walk.rules).len(), usize::from(now.stage.live()));
            let has_team = holder(&walk.log);
            prop_assert_eq!(has_team, now.team());
            prop_assert_eq!(
                now.stage.live() && now.stage >= Stage::Offered,
                now.stage.live() && has_team.is_some()
            );
            if before.stage.ended() {
                prop_assert_eq!(before.stage, now.stage, "what is over stays over");
            }
        }
        // What the journal keeps is enough to know all of it.
        let kept = serde_json::to_string(&walk.log).unwrap();
        let read: Vec<(Event, Instant)> = serde_json::from_str(&kept).unwrap();
        let mut again = Request::default();
        for (event, at) in &read {
            again.apply(event, *at);
        }
        prop_assert_eq!(again, walk.request.clone());
        // And once the timers run, the next ring always lies ahead.
        walk.fire();
        for deadline in walk.request.deadlines(&walk.rules) {
            prop_assert!(deadline.due_at > walk.now);
        }
    }
}
