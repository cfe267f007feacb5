//! What a helper lives through, over all the aggregates of this word: each step is what the server
//! does in one transaction.

#![expect(clippy::unwrap_used, reason = "a journey that cannot be told is a failed test")]

use kernel::{Aggregate, Fact, Id, Instant, Refusal, Span, Zone, id, person::Gender};
use volunteer::{
    Application, Attendance, Calendar, Candidate, Debrief, Engagement, Ledger, Person, Rules,
    Seniority, Shift, Standing, Team, Term, Watch, application, attendance, debrief, ledger, pair,
    person, shift, team, watch,
};

/// What a stream answered: the names of its events, or the code it refused with.
type Answer = Result<Vec<&'static str>, &'static str>;

fn give<A: Aggregate<Rules = Rules>>(state: &mut A, command: A::Command, now: Instant) -> Answer {
    let events = state.decide(command, &Rules::default(), now).map_err(Refusal::code)?;
    for event in &events {
        state.apply(event, now);
    }
    Ok(events.iter().map(Fact::name).collect())
}

/// Gives what every deadline due by now gives, as the clock does.
fn fire<A: Aggregate<Rules = Rules>>(state: &mut A, now: Instant) -> Vec<&'static str> {
    let mut fired = Vec::new();
    while let Some(due) =
        state.deadlines(&Rules::default()).into_iter().find(|one| one.due_at <= now)
    {
        fired.extend(give(state, A::elapsed(due.name).unwrap(), now).unwrap());
    }
    fired
}

fn seoul() -> Zone {
    Zone::named("Asia/Seoul").unwrap()
}

fn at(local: &str) -> Instant {
    seoul().moment(local).unwrap()
}

fn gwanak() -> kernel::DistrictCode {
    "gwanak".to_owned().try_into().unwrap()
}

fn who(number: u128) -> Id<id::Person> {
    Id::from_bits(number)
}

fn enrolled(gender: Gender, record_check_until: Instant) -> Person {
    let now = at("2026-03-02T09:00");
    let mut one = Person::default();
    give(&mut one, person::Command::Enrol { gender }, now).unwrap();
    let check = person::Command::PassRecordCheck { until: record_check_until };
    give(&mut one, check, now).unwrap();
    let training = person::Command::CompleteTraining { until: at("2027-03-01T00:00") };
    give(&mut one, training, now).unwrap();
    one
}

fn standing(person: &Person, number: u128) -> Standing {
    person.standing(who(number)).unwrap()
}

/// Tuesday's shift with persons 1 and 2 signed up.
fn tuesday() -> Shift {
    let opened_on = at("2026-11-10T12:00");
    let calendar = Calendar::default();
    let night = calendar.nights("2026-11-24".to_owned().try_into().unwrap()).next().unwrap();
    let (starts_at, ends_at) = night.moments(&seoul()).unwrap();
    let night =
        shift::Night { district: gwanak(), starts_at, ends_at, crew_min: 2, posts: Vec::new() };
    let mut shift = Shift::default();
    give(&mut shift, shift::Command::Open(night), opened_on).unwrap();
    for number in [1, 2] {
        give(&mut shift, shift::Command::SignUp { person: who(number) }, opened_on).unwrap();
    }
    shift
}

#[test]
fn from_the_application_to_the_first_walk() {
    let monday = at("2026-03-02T09:00");
    let mut asked = Application::default();
    let apply = application::Command::Apply {
        district: gwanak(),
        engagement: Engagement::Volunteer,
        private: Id::from_bits(9),
    };
    give(&mut asked, apply, monday).unwrap();
    assert_eq!(fire(&mut asked, monday + Span::days(7)), ["reminded"], "nobody is left waiting");
    let invite = application::Command::Invite { at: at("2026-03-11T14:00") };
    give(&mut asked, invite, at("2026-03-09T10:00")).unwrap();
    let held = at("2026-03-11T15:00");
    give(&mut asked, application::Command::NoteInterview, held).unwrap();

    // Accepting, enrolling and opening the ledger are one transaction.
    let (person, gender, engagement) = (who(1), Gender::Woman, Engagement::Paid);
    let accept = application::Command::Accept { person, gender, engagement };
    let (mut one, mut hours) = (Person::default(), Ledger::default());
    assert_eq!(give(&mut asked, accept, held), Ok(vec!["accepted"]));
    give(&mut one, person::Command::Enrol { gender }, held).unwrap();
    give(&mut hours, ledger::Command::Engage { person, engagement }, held).unwrap();

    // She has no papers yet, and the team says which is missing.
    let other = standing(&enrolled(Gender::Man, at("2027-03-01T00:00")), 2);
    let form = |one: &Person| team::Command::Form {
        standings: [one.standing(person).unwrap(), other],
        district: gwanak(),
    };
    let mut walkers = Team::default();
    let refused = give(&mut walkers, form(&one), held);
    assert_eq!(refused, Err("volunteer.lack-no-record-check"));
    let check = person::Command::PassRecordCheck { until: at("2027-03-11T00:00") };
    give(&mut one, check, at("2026-03-20T10:00")).unwrap();
    let trained = at("2026-03-24T18:00");
    let refused = give(&mut walkers, form(&one), trained);
    assert_eq!(refused, Err("volunteer.lack-no-training"));
    let training = person::Command::CompleteTraining { until: at("2027-03-24T00:00") };
    give(&mut one, training, trained).unwrap();
    assert_eq!(give(&mut walkers, form(&one), trained), Ok(vec!["formed"]));

    // On duty, and a walk is offered.
    let evening = at("2026-03-24T22:00");
    let standings = [standing(&one, 1), other];
    let on_duty = team::Command::GoOnDuty { standings, post: None };
    give(&mut walkers, on_duty, evening).unwrap();
    let since = hours.engaged_since.unwrap();
    let term = Term::of(engagement, since, &Rules::default(), &seoul(), evening);
    let week_left = hours.week_left(&Rules::default(), &seoul(), evening);
    let mut duty = Attendance::default();
    let clock_in = attendance::Command::ClockIn {
        team: Id::from_bits(5),
        standing: standings[0],
        term,
        week_left,
    };
    give(&mut duty, clock_in, evening).unwrap();
    assert_eq!(duty.reachable(Id::from_bits(5), evening), Ok(()));
    let engage = team::Command::Engage { walk: Id::from_bits(6), standings };
    assert_eq!(give(&mut walkers, engage, evening), Ok(vec!["engaged"]));

    // What she worked comes from the journal, and is paid.
    let home = at("2026-03-25T01:00");
    let clock_out = attendance::Command::ClockOut { team: Id::from_bits(5), ended_at: home };
    give(&mut duty, clock_out, home).unwrap();
    give(&mut hours, ledger::Command::Credit { from: evening, until: home }, home).unwrap();
    let march =
        hours.statement("2026-03".to_owned().try_into().unwrap(), &Rules::default(), &seoul());
    assert_eq!((march.paid_minutes, march.pay.0), (180, 3 * 15_480));
}

#[test]
fn a_record_check_that_ran_out_is_refused_at_the_engagement_by_its_name() {
    let runs_out = at("2026-11-24T23:00");
    let two = [
        standing(&enrolled(Gender::Woman, runs_out), 1),
        standing(&enrolled(Gender::Man, at("2027-03-01T00:00")), 2),
    ];
    let evening = at("2026-11-24T22:00");
    let mut walkers = Team::default();
    give(&mut walkers, team::Command::Form { standings: two, district: gwanak() }, evening)
        .unwrap();
    let on_duty = team::Command::GoOnDuty { standings: two, post: None };
    give(&mut walkers, on_duty, evening).unwrap();
    let engage = |walk| team::Command::Engage { walk: Id::from_bits(walk), standings: two };
    let before = give(&mut walkers.clone(), engage(1), runs_out - Span::minutes(1));
    assert_eq!(before, Ok(vec!["engaged"]));
    let after = give(&mut walkers, engage(1), runs_out);
    assert_eq!(after, Err("volunteer.lack-record-check-expired"));
    let warned = two[0].runs_out_soon(&Rules::default(), at("2026-11-01T12:00"));
    assert_eq!(warned.len(), 1, "and it was told in time");
}

#[test]
fn two_exchange_their_nights_in_one_transaction() {
    let (mut first, mut second) = (tuesday(), tuesday());
    let now = at("2026-11-12T12:00");
    give(&mut second, shift::Command::Withdraw { person: who(2) }, now).unwrap();
    give(&mut second, shift::Command::SignUp { person: who(3) }, now).unwrap();
    let two = standing(&enrolled(Gender::Woman, at("2027-02-01T00:00")), 2);
    let three = standing(&enrolled(Gender::Man, at("2027-02-01T00:00")), 3);
    let offer =
        |from, to| shift::Command::OfferSwap { person: who(from), to: shift::SwapTo::One(who(to)) };
    give(&mut first, offer(2, 3), now).unwrap();
    give(&mut second, offer(3, 2), now).unwrap();
    let accept = |from, standing| shift::Command::AcceptSwap { from: who(from), standing };
    assert_eq!(give(&mut first, accept(2, three), now), Ok(vec!["swapped"]));
    assert_eq!(give(&mut second, accept(3, two), now), Ok(vec!["swapped"]));
    assert!(first.seat(who(3)).is_some() && first.seat(who(2)).is_none());
    assert!(second.seat(who(2)).is_some() && second.seat(who(3)).is_none());
}

#[test]
fn a_drop_out_on_the_day_is_replaced_before_the_night_begins() {
    let papers = at("2027-02-01T00:00");
    let woman = standing(&enrolled(Gender::Woman, papers), 1);
    let man = standing(&enrolled(Gender::Man, papers), 2);
    let newcomer = standing(&enrolled(Gender::Woman, papers), 3);
    let candidate = |standing, since: &str| Candidate {
        standing,
        seniority: Seniority::of(at(since), &Rules::default(), at("2026-11-24T12:00")),
    };
    let mut shift = tuesday();
    let two = [candidate(woman, "2026-03-02T00:00"), candidate(man, "2026-11-01T00:00")];
    let proposed = pair(&two, &Rules::default(), shift.starts_at.unwrap());
    let make =
        |team, standings| shift::Command::Pair { team: Id::from_bits(team), standings, post: None };
    give(&mut shift, make(1, proposed.pairs[0]), at("2026-11-23T18:00")).unwrap();

    let afternoon = at("2026-11-24T15:00");
    let dropped = give(&mut shift, shift::Command::Withdraw { person: who(2) }, afternoon);
    assert_eq!(dropped, Ok(vec!["parted", "dropped_out", "replacement_called"]));
    let answer = shift::Command::AnswerCall { missing: who(2), standing: newcomer };
    give(&mut shift, answer, at("2026-11-24T15:20")).unwrap();
    give(&mut shift, make(2, [woman, newcomer]), at("2026-11-24T15:21")).unwrap();
    let check_in = |number| shift::Command::CheckIn { person: who(number) };
    give(&mut shift, check_in(1), at("2026-11-24T21:50")).unwrap();
    let ready = give(&mut shift, check_in(3), at("2026-11-24T21:55"));
    assert_eq!(ready, Ok(vec!["checked_in", "team_ready"]));
    assert_eq!(fire(&mut shift, at("2026-11-25T01:00")), ["closed"]);
}

#[test]
fn after_a_teams_own_alarm_both_are_owed_a_talk_and_one_may_decline() {
    let closed = at("2026-11-24T23:30");
    let mut talks = [Debrief::default(), Debrief::default()];
    for (talk, number) in talks.iter_mut().zip([1, 2]) {
        let after = debrief::Incident::Alarm(Id::from_bits(4));
        let owe = debrief::Command::Owe { person: who(number), district: gwanak(), after };
        assert_eq!(give(talk, owe.clone(), closed), Ok(vec!["owed"]));
        assert_eq!(give(talk, owe, closed), Ok(vec![]), "the relay may say it twice");
    }
    let [hers, his] = &mut talks;
    give(his, debrief::Command::Waive, closed).unwrap();
    give(hers, debrief::Command::Arrange { at: at("2026-11-25T14:00") }, closed).unwrap();
    assert_eq!(fire(his, closed + Span::days(10)), [""; 0]);
    assert_eq!(fire(hers, at("2026-11-27T23:30")), ["fell_overdue"], "arranged and not held");
    give(hers, debrief::Command::Hold, at("2026-11-28T14:00")).unwrap();
    assert!(!hers.open());
}

#[test]
fn a_helper_who_does_not_come_home_is_looked_for() {
    let off_duty = at("2026-11-25T01:00");
    let mut way = Watch::default();
    let start = watch::Command::Start {
        who: watch::Watched::Person(who(1)),
        purpose: watch::Purpose::WayHome,
        district: gwanak(),
        minutes: Some(25),
    };
    give(&mut way, start, off_duty).unwrap();
    assert_eq!(fire(&mut way, off_duty + Span::minutes(25)), ["asked"]);
    assert_eq!(fire(&mut way, off_duty + Span::minutes(27)), ["fell_overdue"]);
    assert_eq!(fire(&mut way, off_duty + Span::minutes(28)), ["escalated_to_duty"]);
    let now = off_duty + Span::minutes(29);
    give(&mut way, watch::Command::Acknowledge, now).unwrap();
    let found = watch::Command::Close { outcome: watch::Outcome::FoundWell };
    assert_eq!(give(&mut way, found, now + Span::minutes(15)), Ok(vec!["ended"]));
}
