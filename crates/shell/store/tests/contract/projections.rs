//! Lists say what the journal says.

use crate::city::{City, NIGHT, in_every_database};
use alarm::alarm::{Command, Grade, Press, Source};
use alarm::{Alarm, Outcome};
use escort::{CancelReason, Canceller, DeclineReason, Event, Lapse, Request, TurnedAwayReason};
use haven::store::Store as Haven;
use kernel::{Actor, Aggregate, DistrictCode, Id, Instant, Language, Span, person::Gender};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::sync::Mutex;
use store::{Context, Failure, Listed, Stopped, Store, TableDigest};
use volunteer::{person::Person, team::Team};

fn district(code: &str) -> DistrictCode {
    DistrictCode::try_from(code.to_owned()).unwrap()
}

async fn give<A>(
    store: &Store,
    id: u128,
    command: A::Command,
    rules: &A::Rules,
    at: Instant,
) -> bool
where
    A: Aggregate + 'static,
{
    let given = store
        .transact("test::give", async |tx| {
            let context = Context::new(Actor::Operator, at);
            tx.act::<A>(Id::from_bits(id), command, rules, &context).await.map(drop)
        })
        .await;
    match given {
        Ok(()) => true,
        Err(Stopped::Refused(_)) => false,
        Err(Stopped::Failed(failure)) => panic!("{failure}"),
    }
}

/// Events appended as they are: the projections must follow whatever the journal holds.
async fn happen<A>(store: &Store, id: u128, events: &[A::Event], rules: &A::Rules, at: Instant)
where
    A: Aggregate + 'static,
{
    store
        .transact("test::happen", async |tx| {
            let loaded = tx.load::<A>(Id::from_bits(id)).await?;
            let context = Context::new(Actor::Operator, at);
            tx.append::<A>(Id::from_bits(id), loaded.version, events, &context, rules).await?;
            Ok::<_, Failure>(())
        })
        .await
        .unwrap();
}

fn asked(wanted_at: Instant, code: &str) -> Event {
    Event::Asked {
        channel: escort::Channel::Web,
        district: district(code),
        meeting_place: Id::from_bits(1),
        wanted_at,
        people: 1,
        private: Some(Id::from_bits(2)),
        language: Language::Ko,
        promise: None,
        shares: false,
        from_anywhere: false,
    }
}

fn press(code: &str, source: Source) -> Command {
    Command::Raise(Press {
        source,
        grade: Grade::HelpNow,
        district: district(code),
        first_at: NIGHT,
        silent: false,
        location: None,
    })
}

/// A seeded night of everything, refusals and all.
async fn a_night(store: &Store, seed: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    for minute in 0..150 {
        let moment = Moment {
            at: NIGHT + Span::minutes(minute),
            id: random.random_range(1..8),
            district: district(["gwanak", "mapo"][random.random_range(0..2)]),
        };
        match random.random_range(0..9) {
            0 => something_with_an_alarm(store, &moment, &mut random).await,
            1 => something_in_a_store(store, &moment, &mut random).await,
            2 => somebody_enrols(store, &moment).await,
            3 => something_with_a_team(store, &moment, &mut random).await,
            _ => something_on_a_walk(store, &moment, &mut random).await,
        }
    }
}

struct Moment {
    at: Instant,
    id: u128,
    district: DistrictCode,
}

async fn something_with_an_alarm(store: &Store, moment: &Moment, random: &mut StdRng) {
    let command = match random.random_range(0..4) {
        0 | 1 => press(moment.district.as_str(), Source::Citizen),
        2 => Command::Acknowledge,
        _ => Command::Close { outcome: Outcome::ALL[0] },
    };
    give::<Alarm>(store, moment.id, command, &alarm::Rules::default(), moment.at).await;
}

async fn something_in_a_store(store: &Store, moment: &Moment, random: &mut StdRng) {
    use haven::store::Command;
    let person = Id::from_bits(moment.id);
    let place = Id::from_bits(moment.id);
    for command in [
        Command::List { place, district: moment.district.clone() },
        Command::Enlist,
        Command::Train { person },
        Command::StartShift { person },
        Command::Drill { person },
        Command::CheckSign { visible: random.random() },
        Command::StartRefuge,
    ] {
        if random.random_bool(0.8) {
            give::<Haven>(store, moment.id, command, &haven::Rules::default(), moment.at).await;
        }
    }
}

async fn somebody_enrols(store: &Store, moment: &Moment) {
    use volunteer::person::Command;
    let gender = [Gender::Woman, Gender::Man][(moment.id % 2) as usize];
    let until = moment.at + Span::days(90);
    for command in [
        Command::Enrol { gender },
        Command::PassRecordCheck { until },
        Command::CompleteTraining { until },
    ] {
        give::<Person>(store, moment.id, command, &volunteer::Rules::default(), moment.at).await;
    }
}

async fn something_with_a_team(store: &Store, moment: &Moment, random: &mut StdRng) {
    use volunteer::team::Command;
    let standing = async |bits: u128| {
        let person = Id::from_bits(bits);
        store.load::<Person>(person).await.unwrap().state.standing(person)
    };
    let (one, other) = (standing(moment.id).await, standing(moment.id % 7 + 1).await);
    let (Some(one), Some(other)) = (one, other) else { return };
    let (standings, walk) = ([one, other], Id::from_bits(moment.id));
    for command in [
        Command::Form { standings, district: moment.district.clone() },
        Command::GoOnDuty { standings, post: Some(Id::from_bits(3)) },
        Command::Engage { walk, standings },
        Command::Release { walk, walked: true },
    ] {
        if random.random_bool(0.8) {
            give::<Team>(store, moment.id, command, &volunteer::Rules::default(), moment.at).await;
        }
    }
}

async fn something_on_a_walk(store: &Store, moment: &Moment, random: &mut StdRng) {
    let version = store.load::<Request>(Id::from_bits(moment.id)).await.unwrap().version;
    let team = Id::from_bits(4);
    let event = match random.random_range(0..11) {
        _ if version == 0 => asked(moment.at + Span::minutes(30), moment.district.as_str()),
        0 => Event::Seen,
        1 => Event::Offered { team, walk_seconds: 240, proof: None },
        2 => Event::Accepted { team },
        3 => Event::Overdue { what: Lapse::ALL[0] },
        4 => Event::EscalatedToAllDesks,
        5 => Event::HandedOver { to: district("mapo") },
        6 => Event::Declined { team, reason: DeclineReason::ALL[0] },
        7 => Event::TroubleRaised { alarm: Id::from_bits(5) },
        8 => Event::Cancelled { by: Canceller::Team(team), reason: CancelReason::ALL[0] },
        9 => Event::LookedInto,
        _ => Event::SetOff,
    };
    happen::<Request>(store, moment.id, &[event], &escort::Rules::default(), moment.at).await;
}

async fn same_as_folded<A: Aggregate>(store: &Store, listed: Vec<Listed<A>>) -> usize {
    for one in &listed {
        let loaded = store.load::<A>(one.id).await.unwrap();
        assert_eq!((&one.state, one.version), (&loaded.state, loaded.version), "{:?}", one.id);
        let last = store.stream::<A>(one.id).await.unwrap().pop().unwrap();
        assert_eq!((one.number, one.at), (last.number, last.at));
    }
    listed.len()
}

async fn spoil(city: &City) {
    city.behind_its_back(
        "update haven set sign_visible = 1 - coalesce(sign_visible, 0); \
         delete from volunteer_team where id = (select id from volunteer_team order by id limit 1); \
         update escort set district = 'elsewhere';",
    )
    .await;
}

#[test]
fn every_list_is_reproduced_byte_for_byte_from_the_journal_alone() {
    let digests: Mutex<Vec<Vec<TableDigest>>> = Mutex::default();
    in_every_database(async |city| {
        let store = city.open().await;
        a_night(&store, 7).await;
        let standing = store.projection_digest().await.unwrap();
        assert!(standing.iter().filter(|table| table.rows > 1).count() >= 5, "{standing:?}");

        let checked = store.check_projections().await.unwrap();
        assert_eq!((checked.differing(), &checked.after), (vec![], &standing));
        let rebuilt = store.rebuild().await.unwrap();
        assert_eq!((rebuilt.differing(), &rebuilt.after), (vec![], &standing));

        spoil(city).await;
        let spoiled = ["escort", "haven", "volunteer_team"];
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
fn every_list_shows_the_states_the_streams_fold_to() {
    in_every_database(async |city| {
        let store = city.open().await;
        for seed in 0..3 {
            a_night(&store, seed).await;
        }
        let mut listed = 0;
        listed += same_as_folded(&store, store.desk_queue(None).await.unwrap()).await;
        listed += same_as_folded(&store, store.open_alarms(None).await.unwrap()).await;
        for one in [
            same_as_folded(&store, store.havens(None).await.unwrap()).await,
            same_as_folded(&store, store.teams(None).await.unwrap()).await,
            same_as_folded(&store, store.volunteers().await.unwrap()).await,
        ] {
            assert!(one > 0);
            listed += one;
        }
        assert!(listed > 15, "{listed}");
    });
}

#[test]
fn a_desk_sees_its_own_walks_and_those_carried_to_every_desk() {
    in_every_database(async |city| {
        let store = city.open().await;
        let rules = escort::Rules::default();
        happen::<Request>(&store, 1, &[asked(NIGHT + Span::minutes(50), "gwanak")], &rules, NIGHT)
            .await;
        happen::<Request>(&store, 2, &[asked(NIGHT, "gwanak"), Event::Seen], &rules, NIGHT).await;
        happen::<Request>(&store, 3, &[asked(NIGHT, "mapo")], &rules, NIGHT).await;
        let escalated = [asked(NIGHT, "mapo"), Event::EscalatedToAllDesks];
        happen::<Request>(&store, 4, &escalated, &rules, NIGHT + Span::minutes(1)).await;
        let handed = [asked(NIGHT, "mapo"), Event::HandedOver { to: district("gwanak") }];
        happen::<Request>(&store, 5, &handed, &rules, NIGHT).await;
        let turned_away = [Event::TurnedAway {
            reason: TurnedAwayReason::OutOfReach,
            channel: escort::Channel::Web,
            district: district("gwanak"),
            meeting_place: Id::from_bits(1),
            unmet: None,
        }];
        happen::<Request>(&store, 6, &turned_away, &rules, NIGHT).await;

        let gwanak = district("gwanak");
        let queue = store.desk_queue(Some(&gwanak)).await.unwrap();
        // Unseen first, then by when they are wanted.
        assert_eq!(queue.iter().map(|one| one.id.bits()).collect::<Vec<_>>(), [4, 5, 1, 2]);
        assert_eq!(queue[0].last("escalated_to_all_desks"), Some(NIGHT + Span::minutes(1)));
        assert_eq!(queue[0].history.len(), 2);

        let night = store.escorts_since(NIGHT, Some(&gwanak)).await.unwrap();
        assert_eq!(night.len(), 4);
        let one = store.escort(Id::from_bits(6)).await.unwrap().unwrap();
        assert_eq!(one.state.turned_away, Some(TurnedAwayReason::OutOfReach));
        assert!(store.escort(Id::from_bits(60)).await.unwrap().is_none());

        let until = NIGHT + Span::hours(1);
        let counts = store.walk_counts(NIGHT, until, None).await.unwrap();
        let away: Vec<_> = counts.iter().filter(|count| count.turned_away.is_some()).collect();
        assert!(matches!(&away[..], [one] if one.walks == 1
            && one.turned_away == Some(TurnedAwayReason::OutOfReach)));
        assert_eq!(counts.iter().map(|count| count.walks).sum::<u64>(), 6);
        let mapo = store.walk_counts(NIGHT, until, Some(&district("mapo"))).await.unwrap();
        assert_eq!(mapo.iter().map(|count| count.walks).sum::<u64>(), 2);
        assert!(store.walk_counts(until, until, None).await.unwrap().is_empty());
    });
}

#[test]
fn a_desk_sees_the_most_urgent_alarm_first_and_a_closed_one_not_at_all() {
    in_every_database(async |city| {
        let store = city.open().await;
        let rules = alarm::Rules::default();
        let team = Source::Team(Id::from_bits(3));
        give::<Alarm>(&store, 1, press("gwanak", Source::Citizen), &rules, NIGHT).await;
        give::<Alarm>(&store, 2, press("gwanak", team), &rules, NIGHT).await;
        give::<Alarm>(&store, 3, press("mapo", Source::Citizen), &rules, NIGHT).await;
        give::<Alarm>(&store, 4, press("gwanak", Source::Citizen), &rules, NIGHT).await;
        give::<Alarm>(&store, 4, Command::Acknowledge, &rules, NIGHT).await;
        give::<Alarm>(&store, 4, Command::Close { outcome: Outcome::Test }, &rules, NIGHT).await;
        let gwanak = district("gwanak");
        let ids = async || {
            let open = store.open_alarms(Some(&gwanak)).await.unwrap();
            open.iter().map(|one| one.id.bits()).collect::<Vec<_>>()
        };
        assert_eq!(ids().await, [2, 1]);
        // Mapo's alarm is not seen for twenty seconds: it rings everywhere.
        let late = NIGHT + Span::seconds(20);
        for due in store.due(late, 10).await.unwrap() {
            let elapsed = store
                .transact("test::elapse", async |tx| tx.elapse::<Alarm>(&due, &rules, late).await);
            elapsed.await.unwrap();
        }
        assert_eq!(ids().await, [2, 1, 3]);
        assert_eq!(store.alarms_since(NIGHT, Some(&gwanak)).await.unwrap().len(), 3);
        assert_eq!(store.alarm(Id::from_bits(4)).await.unwrap().unwrap().history.len(), 3);
    });
}
