//! Lists of those who help say what the journal says: applications, nights, hours, watches, talks,
//! notes; beats, rounds, sightings, and what is broken in the street.

use crate::city::{NIGHT, in_every_database};
use environment::{Defect, defect};
use kernel::{Actor, Aggregate, DistrictCode, Id, Instant, Span, person::Gender};
use patrol::{Beat, Round, Segment, Sighting, beat, round, sighting};
use std::{collections::BTreeSet, sync::Mutex};
use store::{Context, Stopped, Store, TableDigest};
use volunteer::{
    Application, Attendance, Debrief, Engagement, Ledger, NoGo, Person, Shift, Term, Watch,
    application, attendance, debrief, ledger, no_go, person, shift, watch,
};

fn gwanak() -> DistrictCode {
    DistrictCode::try_from("gwanak".to_owned()).unwrap()
}

async fn give<A>(store: &Store, id: u128, command: A::Command, at: Instant)
where
    A: Aggregate + 'static,
    A::Rules: Default,
{
    let given = store
        .transact("test::give", async |tx| {
            let context = Context::new(Actor::Operator, at).in_district(gwanak());
            tx.act::<A>(Id::from_bits(id), command, &A::Rules::default(), &context).await.map(drop)
        })
        .await;
    match given {
        Ok(()) => {}
        Err(Stopped::Refused(refused)) => panic!("{refused:?}"),
        Err(Stopped::Failed(failure)) => panic!("{failure}"),
    }
}

async fn people(store: &Store) {
    for bits in 1..5 {
        let gender = if bits % 2 == 1 { Gender::Woman } else { Gender::Man };
        let until = NIGHT + Span::days(90);
        give::<Person>(store, bits, person::Command::Enrol { gender }, NIGHT).await;
        give::<Person>(store, bits, person::Command::PassRecordCheck { until }, NIGHT).await;
        give::<Person>(store, bits, person::Command::CompleteTraining { until }, NIGHT).await;
        let engagement = Engagement::ALL[(bits % 2) as usize];
        let person = Id::from_bits(bits);
        give::<Ledger>(store, bits, ledger::Command::Engage { person, engagement }, NIGHT).await;
    }
    for bits in 1..4 {
        let private = Id::from_bits(70 + bits);
        let engagement = Engagement::Volunteer;
        let apply = application::Command::Apply { district: gwanak(), engagement, private };
        give::<Application>(store, bits, apply, NIGHT + Span::minutes(bits as i64)).await;
    }
    let at = NIGHT + Span::days(1);
    give::<Application>(store, 2, application::Command::Invite { at }, NIGHT).await;
    give::<Application>(store, 2, application::Command::NoteInterview, at).await;
    let (person, gender, engagement) = (Id::from_bits(2), Gender::Man, Engagement::Paid);
    let accept = application::Command::Accept { person, gender, engagement };
    give::<Application>(store, 2, accept, at).await;
    give::<Application>(store, 3, application::Command::Withdraw, NIGHT).await;
}

async fn a_night(store: &Store) {
    let standing = async |bits: u128| {
        let person = Id::from_bits(bits);
        store.load::<Person>(person).await.unwrap().state.standing(person).unwrap()
    };
    let (starts_at, ends_at) = (NIGHT + Span::hours(2), NIGHT + Span::hours(5));
    let night = shift::Night { district: gwanak(), starts_at, ends_at, crew_min: 4, posts: vec![] };
    give::<Shift>(store, 1, shift::Command::Open(night), NIGHT).await;
    for bits in 1..4 {
        let person = Id::from_bits(bits);
        give::<Shift>(store, 1, shift::Command::SignUp { person }, NIGHT).await;
    }
    let team = Id::from_bits(5);
    let standings = [standing(1).await, standing(2).await];
    give::<Shift>(store, 1, shift::Command::Pair { team, standings, post: None }, NIGHT).await;
    let withdraw = shift::Command::Withdraw { person: Id::from_bits(3) };
    give::<Shift>(store, 1, withdraw, NIGHT).await;
    for (bits, standing) in [(1, standings[0]), (2, standings[1])] {
        let (term, week_left) = (Term::Open, None);
        let clock_in = attendance::Command::ClockIn { team, standing, term, week_left };
        give::<Attendance>(store, bits, clock_in, starts_at).await;
    }
    let clock_out = attendance::Command::ClockOut { team, ended_at: ends_at };
    give::<Attendance>(store, 2, clock_out, ends_at).await;
    let credit = ledger::Command::Credit { from: starts_at, until: ends_at };
    give::<Ledger>(store, 2, credit, ends_at).await;
    give::<Attendance>(store, 3, attendance::Command::Mute { until: Some(ends_at) }, NIGHT).await;
    give::<Attendance>(store, 4, attendance::Command::Mute { until: None }, NIGHT).await;
}

async fn care(store: &Store) {
    for (bits, minutes) in [(1_u128, 10), (2, 20)] {
        let who = watch::Watched::Person(Id::from_bits(bits));
        let start = watch::Command::Start {
            who,
            purpose: watch::Purpose::WayHome,
            district: gwanak(),
            minutes: Some(minutes),
        };
        give::<Watch>(store, bits, start, NIGHT).await;
        let owe = debrief::Command::Owe {
            person: Id::from_bits(bits),
            district: gwanak(),
            after: debrief::Incident::Alarm(Id::from_bits(9)),
        };
        give::<Debrief>(store, bits, owe, NIGHT).await;
        let note = no_go::Command::Note {
            district: gwanak(),
            spot: no_go::Spot::Place(Id::from_bits(bits)),
            reason: no_go::Reason::Dog,
            until: NIGHT + Span::days(3),
        };
        give::<NoGo>(store, bits, note, NIGHT).await;
    }
    give::<Watch>(store, 2, watch::Command::End, NIGHT).await;
    give::<Debrief>(store, 2, debrief::Command::Waive, NIGHT).await;
    give::<NoGo>(store, 2, no_go::Command::Lift, NIGHT).await;
}

async fn patrols(store: &Store) {
    let segments: BTreeSet<Segment> = (1..6).map(Segment).collect();
    for bits in 1..3 {
        let draw = beat::Command::Draw { district: gwanak(), segments: segments.clone() };
        give::<Beat>(store, bits, draw, NIGHT).await;
        let standing = async |bits: u128| {
            let person = Id::from_bits(bits);
            store.load::<Person>(person).await.unwrap().state.standing(person).unwrap()
        };
        let start = round::Start {
            beat: Id::from_bits(bits),
            district: gwanak(),
            segments: segments.clone(),
            team: Id::from_bits(6),
            standings: [standing(1).await, standing(2).await],
        };
        give::<Round>(store, bits, round::Command::Start(start), NIGHT).await;
        let notice = sighting::Notice {
            kind: [sighting::Kind::LampOut, sighting::Kind::Violence][(bits % 2) as usize],
            by: sighting::Spotter::Team(Id::from_bits(6)),
            round: None,
            district: gwanak(),
            spot: sighting::Spot::Place(Id::from_bits(1)),
            attached: None,
            first_at: NIGHT,
        };
        give::<Sighting>(store, bits, sighting::Command::Note(notice), NIGHT).await;
        let note = defect::Command::Note {
            part: defect::Part::Lamp,
            district: gwanak(),
            spot: defect::Spot::Place(Id::from_bits(1)),
            noticed_at: NIGHT,
        };
        give::<Defect>(store, bits, note, NIGHT).await;
    }
    let end = round::Command::End { finished: true, segments };
    give::<Round>(store, 2, end, NIGHT + Span::hours(1)).await;
    give::<Beat>(store, 2, beat::Command::Retire, NIGHT).await;
    let outcome = sighting::Outcome::SeenTo;
    give::<Sighting>(store, 2, sighting::Command::Close { outcome }, NIGHT).await;
    let outcome = defect::Outcome::Repaired;
    give::<Defect>(store, 2, defect::Command::Close { outcome }, NIGHT).await;
}

async fn everything(store: &Store) {
    people(store).await;
    a_night(store).await;
    care(store).await;
    patrols(store).await;
}

#[test]
fn every_list_of_those_who_help_is_reproduced_byte_for_byte_from_the_journal_alone() {
    let digests: Mutex<Vec<Vec<TableDigest>>> = Mutex::default();
    in_every_database(async |city| {
        let store = city.open().await;
        everything(&store).await;
        let standing = store.projection_digest().await.unwrap();
        let filled = |word: &str| {
            let of = standing.iter().filter(|table| table.table.starts_with(word));
            of.filter(|table| table.rows > 0).count()
        };
        // Teams are formed elsewhere; every other table has rows.
        assert_eq!((filled("volunteer_"), filled("patrol_")), (8, 3), "{standing:?}");
        assert_eq!(filled("environment_defect"), 1);
        city.behind_its_back(
            "update volunteer_attendance set is_out = 1 - is_out; \
             delete from patrol_sighting where is_open = 1; \
             update volunteer_shift set crew = 0;",
        )
        .await;
        let spoiled = ["volunteer_attendance", "volunteer_shift", "patrol_sighting"];
        assert_eq!(store.check_projections().await.unwrap().differing(), spoiled);
        assert_eq!(store.rebuild().await.unwrap().differing(), spoiled);
        assert_eq!(store.projection_digest().await.unwrap(), standing);
        digests.lock().unwrap().push(standing);
    });
    // And the same bytes on both databases.
    let digests = digests.into_inner().unwrap();
    assert!(digests.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn what_is_over_is_on_no_list_and_what_waits_is_in_the_order_it_waits() {
    in_every_database(async |city| {
        let store = city.open().await;
        everything(&store).await;
        let here = gwanak();
        let elsewhere = DistrictCode::try_from("mapo".to_owned()).unwrap();
        let bits = |ids: Vec<u128>| ids;
        let open = store.open_applications(&here).await.unwrap();
        assert_eq!(bits(open.iter().map(|one| one.id.bits()).collect()), [1]);
        assert!(store.open_applications(&elsewhere).await.unwrap().is_empty());
        let accepted = store.application_of(Id::from_bits(2)).await.unwrap().unwrap();
        assert_eq!(accepted.id.bits(), 2);
        assert_eq!(store.accepted_applications(&here).await.unwrap().len(), 1);
        for listed in store.attendances().await.unwrap() {
            let folded = store.load::<Attendance>(listed.id).await.unwrap();
            assert_eq!((&listed.state, listed.version), (&folded.state, folded.version));
        }
        let out: Vec<u128> =
            store.attendances().await.unwrap().iter().map(|one| one.id.bits()).collect();
        assert_eq!(out, [1, 3, 4], "out, muted for a while, muted until she says so");
        let nights = store.open_nights(&here).await.unwrap();
        assert_eq!((nights.len(), nights[0].state.crew.len()), (1, 2));
        assert_eq!(store.open_watches().await.unwrap().len(), 1);
        assert_eq!(store.open_debriefs(&here).await.unwrap().len(), 1);
        assert_eq!(store.no_gos().await.unwrap().len(), 1);
        assert_eq!(store.beats(&here).await.unwrap().len(), 1);
        assert_eq!(store.open_rounds().await.unwrap().len(), 1);
        assert_eq!(store.rounds_since(&here, NIGHT).await.unwrap().len(), 2);
        assert_eq!(store.open_sightings().await.unwrap().len(), 1);
        assert_eq!(store.open_defects(&here).await.unwrap().len(), 1);
        assert!(store.open_defects(&elsewhere).await.unwrap().is_empty());
    });
}
