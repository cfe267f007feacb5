//! Referrals and their letters: kept as they came, told to their two centers, and gone without a byte
//! once somebody ends them. What centers can do is kept as they said it last.

use crate::city::{City, NIGHT, count, in_every_database};
use kernel::{Instant, Span};
use std::fs;
use store::{CenterSaid, Failure, LetterMove, SealedLetter, SealedReferral, Store};

const HOUR: Instant = NIGHT.rounded_to_hour();
const SENDER: [u8; 16] = [1; 16];
const RECEIVER: [u8; 16] = [2; 16];

fn referral(id: u8, hours: i64) -> SealedReferral {
    SealedReferral {
        id: [id; 16],
        purpose: 1,
        sender: SENDER,
        receiver: RECEIVER,
        end_hash: [9; 32],
        sent_at: HOUR + Span::hours(hours),
        answered_at: None,
        ended_at: None,
    }
}

/// Bytes that stand nowhere else.
fn noise(seed: u8, length: usize) -> Vec<u8> {
    let mut state = u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()
    };
    std::iter::repeat_with(&mut next).flatten().take(length).collect()
}

fn letter(number: u32, seed: u8) -> SealedLetter {
    SealedLetter {
        number,
        closed: noise(seed, 16_400),
        closed_hash: [seed; 32],
        wraps: noise(seed ^ 0x55, 2_336),
        device: [seed; 16],
        signature: noise(seed, 64),
        written_at: HOUR,
    }
}

async fn put(store: &Store, one: &SealedReferral, letters: &[SealedLetter]) {
    store
        .transact("test::referral", async |tx| {
            tx.referral_put(one).await?;
            for letter in letters {
                tx.letter_put(&one.id, letter).await?;
            }
            Ok::<_, Failure>(())
        })
        .await
        .unwrap();
}

#[test]
fn a_referral_is_told_to_its_two_centers_the_newest_first_and_to_no_third() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (first, second) = (referral(1, 0), referral(2, 5));
        put(&store, &first, &[letter(1, 11), letter(2, 12)]).await;
        put(&store, &second, &[letter(1, 13)]).await;
        for (center, sends) in [(SENDER, true), (RECEIVER, false)] {
            let (sent, received) = store.referrals(&center).await.unwrap();
            let (own, other) = if sends { (sent, received) } else { (received, sent) };
            assert!(other.is_empty());
            assert!(own[0].referral == second && own[1].referral == first);
            assert!(own[1].letters == [letter(1, 11), letter(2, 12)]);
        }
        let (sent, received) = store.referrals(&[3; 16]).await.unwrap();
        assert!(sent.is_empty() && received.is_empty());
        let answered = store.transact("test::answer", async |tx| {
            tx.referral_answered(&first.id, HOUR).await?;
            tx.referral_answered(&first.id, HOUR + Span::hours(9)).await?;
            Ok::<_, Failure>((tx.referral(&first.id).await?, tx.referral(&[7; 16]).await?))
        });
        let (kept, none) = answered.await.unwrap();
        assert_eq!(kept.unwrap().answered_at, Some(HOUR), "the first time stays");
        assert!(none.is_none());
    });
}

#[test]
fn a_wrap_that_moves_stands_in_its_place_with_who_did_it() {
    in_every_database(async |city| {
        let store = city.open().await;
        put(&store, &referral(1, 0), &[letter(1, 11), letter(2, 12)]).await;
        let moved = |seed: u8| LetterMove {
            number: 2,
            wraps_before: [seed; 32],
            device: [seed; 16],
            signature: noise(seed, 64),
        };
        store
            .transact("test::move", async |tx| {
                for seed in [21, 22] {
                    tx.letter_rewrap(&[1; 16], &moved(seed), &noise(seed, 2_336)).await?;
                }
                Ok::<_, Failure>(())
            })
            .await
            .unwrap();
        let (sent, _) = store.referrals(&SENDER).await.unwrap();
        assert!(sent[0].moves == [moved(21), moved(22)]);
        assert_eq!(sent[0].letters[1].wraps, noise(22, 2_336));
        assert_eq!(sent[0].letters[0].wraps, letter(1, 11).wraps);
    });
}

/// Every byte below the city's folder.
fn on_disk(city: &City) -> Vec<u8> {
    let files = fs::read_dir(city.dir.path()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn of_a_referral_that_has_ended_nothing_is_left_but_that_there_was_one() {
    in_every_database(async |city| {
        let store = city.open().await;
        put(&store, &referral(1, 0), &[letter(1, 11)]).await;
        put(&store, &referral(2, 0), &[letter(1, 13)]).await;
        let needle = letter(1, 11).closed[8_000..8_032].to_vec();
        let held = |city: &City| on_disk(city).windows(32).any(|part| part == needle);
        let before = held(city);
        store
            .transact("test::end", async |tx| {
                tx.referral_end(&[1; 16], HOUR).await?;
                tx.referral_end(&[1; 16], HOUR + Span::hours(3)).await
            })
            .await
            .unwrap();
        store.scrub().await.unwrap();
        assert!(!held(city), "on SQLite it was there before: {before}");
        assert_eq!(count(city, "onestop_letter").await, 1);
        let (sent, _) = store.referrals(&SENDER).await.unwrap();
        let ended = sent.iter().find(|one| one.referral.id == [1; 16]).unwrap();
        assert_eq!(ended.referral.ended_at, Some(HOUR), "the first time stays");
        assert!(ended.letters.is_empty());
    });
}

#[test]
fn a_table_holds_no_minute_and_no_referral_to_itself() {
    in_every_database(async |city| {
        let store = city.open().await;
        let minute = SealedReferral { sent_at: HOUR + Span::minutes(1), ..referral(1, 0) };
        let itself = SealedReferral { receiver: SENDER, ..referral(1, 0) };
        for wrong in [minute, itself] {
            let put = store.transact("test::wrong", async |tx| tx.referral_put(&wrong).await);
            assert!(put.await.is_err());
        }
    });
}

#[test]
fn what_a_center_can_do_is_what_it_said_last() {
    in_every_database(async |city| {
        let store = city.open().await;
        let said = |beds, hours| CenterSaid {
            center: RECEIVER,
            capabilities: vec!["counseling".to_owned(), "safe_stay".to_owned()],
            languages: vec!["ko".to_owned()],
            access: Vec::new(),
            beds_free: beds,
            said_at: HOUR + Span::hours(hours),
        };
        assert!(store.services().await.unwrap().is_empty());
        for one in [said(Some(2), 0), said(None, 3)] {
            store.transact("test::say", async |tx| tx.service_put(&one).await).await.unwrap();
        }
        assert_eq!(store.services().await.unwrap(), [said(None, 3)]);
    });
}
