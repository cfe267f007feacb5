use super::*;
use kernel::Span;
use rand::{SeedableRng, rngs::ChaCha20Rng};
use seal::{directory::Service, key::PrivateKey};

const NOON: Instant = Instant::from_millis(1_795_000_000_000);
const CENTER: TeamId = TeamId([1; 16]);
const OTHER: TeamId = TeamId([2; 16]);
/// The number of counseling.
const COUNSEL: u8 = 1;
const FORM: Refusal = Refusal::Seal(seal::Refusal::FormBroken);

fn public() -> [u8; 1_216] {
    PrivateKey::draw(&mut ChaCha20Rng::seed_from_u64(1)).unwrap().public().bytes()
}

/// A key of a center, valid from so many hours from now on for a week.
fn key(team: TeamId, epoch: u32, from_hours: i64) -> Vec<u8> {
    let from = NOON + Span::hours(from_hours);
    let entry = TeamKeyEntry {
        team,
        epoch,
        service: Service::Counsel,
        public_key: public(),
        valid_from: seal_time(from),
        valid_to: seal_time(from + Span::days(7)),
    };
    Entry::from(entry).bytes().unwrap()
}

fn device(team: TeamId, device: u8, from_hours: i64) -> Vec<u8> {
    let from = NOON + Span::hours(from_hours);
    let entry = DeviceEntry {
        team,
        device: DeviceId([device; 16]),
        signing_key: [device; 32],
        public_key: public(),
        valid_from: seal_time(from),
        valid_to: seal_time(from + Span::days(7)),
    };
    Entry::from(entry).bytes().unwrap()
}

fn log(entries: &[Vec<u8>]) -> Log {
    let mut log = Log::default();
    for entry in entries {
        log.push(entry.clone()).unwrap();
    }
    log
}

fn epochs(found: &[TeamKeyAt<'_>]) -> Vec<(u8, u32)> {
    found.iter().map(|one| (one.key.team.0[0], one.key.epoch)).collect()
}

#[test]
fn of_each_center_the_newest_key_counts_that_is_valid_now_and_in_the_head() {
    let log = log(&[
        key(CENTER, 1, -100),
        key(OTHER, 1, -1),
        key(CENTER, 2, -50),
        key(CENTER, 3, 1),
        key(OTHER, 2, -1),
    ]);
    assert_eq!(epochs(&log.current(5, NOON)), [(1, 2), (2, 2)]);
    assert_eq!(epochs(&log.current(2, NOON)), [(1, 1), (2, 1)], "of the first two entries");
    assert_eq!(epochs(&log.current(5, NOON + Span::days(30))), []);
    assert_eq!((log.last_epoch(CENTER), log.last_epoch(TeamId([3; 16]))), (3, 0));
}

#[test]
fn the_door_is_open_while_a_center_of_the_city_has_a_key_in_a_fresh_head() {
    let log = log(&[key(CENTER, 1, -1)]);
    let head = log.head(NOON);
    let here = |team| team == CENTER;
    let door = |head: &Head, hours| log.door(Some(head), here, NOON + Span::hours(hours));
    assert_eq!([door(&head, 0), door(&head, 72)], [Door::Open; 2]);
    assert_eq!(door(&head, 73), Door::Closed, "the head is too old");
    assert_eq!(log.door(None, here, NOON), Door::Closed, "no head is witnessed");
    assert_eq!(log.door(Some(&head), |_| false, NOON), Door::Closed, "no center of this city");
    let later = log.head(NOON + Span::days(8));
    assert_eq!(log.door(Some(&later), here, NOON + Span::days(8)), Door::Closed, "its key ended");
    let empty = Log::default().head(NOON);
    assert_eq!(log.door(Some(&empty), here, NOON), Door::Closed, "it came after the head");
}

#[test]
fn every_entry_is_proven_in_the_head_it_came_with_and_in_every_later_one() {
    let entries: Vec<_> = (1..=9).map(|epoch| key(CENTER, epoch, -1)).collect();
    for size in 1..=entries.len() {
        let head = log(&entries[..size]).head(NOON);
        let log = log(&entries);
        for (index, entry) in entries[..size].iter().enumerate() {
            let proof = log.prove(index, size);
            assert!(head.take(entry, index as u64, &proof, seal_time(NOON)).is_ok());
        }
    }
}

#[test]
fn a_center_takes_its_own_next_key_and_no_other() {
    let log = log(&[key(CENTER, 1, -1)]);
    let take = |bytes: &[u8], service| log.take_team_key(CENTER, service, bytes, NOON).map(|_| ());
    assert_eq!(take(&key(CENTER, 2, 0), COUNSEL), Ok(()));
    assert_eq!(take(&key(CENTER, 1, 0), COUNSEL), Err(Refusal::EpochTaken));
    assert_eq!(take(&key(CENTER, 3, 0), COUNSEL), Err(Refusal::EpochGap));
    assert_eq!(take(&key(OTHER, 1, 0), COUNSEL), Err(FORM), "another's");
    assert_eq!(take(&key(CENTER, 2, 0), 5), Err(FORM), "another service");
    assert_eq!(take(&device(CENTER, 1, 0), COUNSEL), Err(FORM), "a device");
    let ended = Err(Refusal::Seal(seal::Refusal::EntryNotValidNow));
    assert_eq!(take(&key(CENTER, 2, -200), COUNSEL), ended);
    assert_eq!(take(&key(CENTER, 2, 1), COUNSEL), ended, "it begins later");
    let mut broken = key(CENTER, 2, 0);
    broken[22..22 + 1_216].fill(0xff);
    assert_eq!(take(&broken, COUNSEL), Err(Refusal::Seal(seal::Refusal::KeyNotWhole)));
}

#[test]
fn a_device_enters_once_and_works_for_its_center_while_it_is_valid() {
    let log = log(&[device(CENTER, 1, -1), device(OTHER, 2, -1), device(CENTER, 3, 1)]);
    let take = |bytes: &[u8]| log.take_device(CENTER, bytes, NOON).map(|_| ());
    assert_eq!(take(&device(CENTER, 4, 0)), Ok(()));
    assert_eq!(take(&device(CENTER, 1, 0)), Err(Refusal::DeviceTaken));
    assert_eq!(take(&device(CENTER, 2, 0)), Err(Refusal::DeviceTaken), "wherever it is");
    assert_eq!(take(&device(OTHER, 5, 0)), Err(FORM));
    assert_eq!(take(&key(CENTER, 1, 0)), Err(FORM));
    let works = |device, at| log.device(CENTER, DeviceId([device; 16]), at).map(|_| ());
    assert_eq!(works(1, NOON), Ok(()));
    for (one, at) in [(2, NOON), (3, NOON), (9, NOON), (1, NOON + Span::days(8))] {
        assert_eq!(works(one, at), Err(Refusal::DeviceNotValid));
    }
    assert!(log.has(&device(CENTER, 1, -1)) && !log.has(&device(CENTER, 1, 0)));
}
