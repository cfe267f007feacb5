use super::*;

const NOON: Instant = Instant::from_millis(1_795_000_000_000);

fn key(byte: u8) -> Secret<[u8; 32]> {
    Secret::new([byte; 32])
}

#[test]
fn a_challenge_is_good_for_ten_minutes() {
    let given = give(&key(1), NOON);
    let at = |seconds| check(&key(1), &given, NOON + Span::seconds(seconds));
    assert_eq!([at(0), at(599), at(-60)], [Ok(()); 3]);
    assert_eq!([at(600), at(-61), at(86_400)], [Err(Refusal::ChallengeStale); 3]);
}

#[test]
fn a_challenge_that_was_never_given_is_none() {
    let given = give(&key(1), NOON);
    assert_eq!(check(&key(2), &given, NOON), Err(Refusal::ChallengeStale));
    for at in 0..CHALLENGE_BYTES {
        let mut changed = given;
        changed[at] ^= 1;
        assert_eq!(check(&key(1), &changed, NOON), Err(Refusal::ChallengeStale), "byte {at}");
    }
}
