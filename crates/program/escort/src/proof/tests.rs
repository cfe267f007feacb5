use super::{Proof, changes_at};
use kernel::{Instant, Secret};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vector {
    secret: String,
    unix_s: i64,
    index: u8,
    number: u8,
    ko: String,
    en: String,
}

fn secret_of(hex: &str) -> Secret<[u8; 32]> {
    let digit = |at: usize| (hex.as_bytes()[at] as char).to_digit(16).unwrap() as u8;
    Secret::new(std::array::from_fn(|at| digit(at * 2) * 16 + digit(at * 2 + 1)))
}

#[test]
fn every_implementation_shows_the_same_word_and_number() {
    // Computed with another library in another language.
    let vectors: Vec<Vector> =
        serde_json::from_str(include_str!("../../vectors/proof.json")).unwrap();
    assert!(vectors.len() >= 28);
    for vector in vectors {
        let at = Instant::from_millis(vector.unix_s * 1_000);
        let proof = Proof::at(&secret_of(&vector.secret), at);
        assert_eq!(proof, Proof { index: vector.index, number: vector.number });
        assert_eq!((proof.word().ko, proof.word().en), (&*vector.ko, &*vector.en));
    }
}

#[test]
fn the_pair_holds_for_one_minute() {
    let at = |millis| Instant::from_millis(millis);
    assert_eq!(changes_at(at(0)), at(60_000));
    assert_eq!(changes_at(at(59_999)), at(60_000));
    assert_eq!(changes_at(at(60_000)), at(120_000));
    let secret = Secret::new([7; 32]);
    assert_eq!(Proof::at(&secret, at(120_000)), Proof::at(&secret, at(179_999)));
    assert_ne!(Proof::at(&secret, at(120_000)), Proof::at(&secret, at(180_000)));
}

#[test]
fn two_secrets_rarely_show_the_same() {
    let shown = |byte: u8| Proof::at(&Secret::new([byte; 32]), Instant::from_millis(0));
    let all: std::collections::HashSet<_> = (0..=255).map(shown).collect();
    assert!(all.len() > 250, "{} of 256 secrets can be told apart", all.len());
}

proptest! {
    #[test]
    fn clocks_may_differ_by_a_minute_and_no_more(key: [u8; 32], unix_s in 0_i64..4_000_000_000) {
        let secret = Secret::new(key);
        let now = Instant::from_millis(unix_s * 1_000);
        let shifted = |seconds: i64| Proof::at(&secret, Instant::from_millis((unix_s + seconds) * 1_000));
        prop_assert!(shifted(0).matches(&secret, now));
        prop_assert!(shifted(-60).matches(&secret, now));
        prop_assert!(shifted(60).matches(&secret, now));
        let near = [shifted(-60), shifted(0), shifted(60)];
        for far in [shifted(-120), shifted(120)] {
            prop_assert_eq!(far.matches(&secret, now), near.contains(&far));
        }
        prop_assert!((10..=99).contains(&shifted(0).number));
    }
}
