use super::{Made, Section, cut, dice, flip, hex, more, private};
use seal::{Refusal, id::TeamId, recovery, team::Epoch};
use serde_json::{Value, json};

const EPOCH: Epoch = Epoch { team: TeamId(*b"a team's 16 byte"), number: 3 };

fn shares(epoch: Epoch, key: u64, seed: u64) -> Result<[Value; 3], Refusal> {
    let shares = recovery::split(epoch, &private(key)?, &mut dice(seed))?;
    Ok(shares.map(|share| hex(&share.expose())))
}

pub(super) fn made() -> Made {
    let mut section = Section::new("recovery");
    let [a, b, c] = &shares(EPOCH, 1, 2)?;
    let [other_a, other_b, _] = &shares(EPOCH, 3, 4)?;
    let [later_a, later_b, _] = &shares(Epoch { number: 4, ..EPOCH }, 1, 2)?;
    let [again_a, again_b, _] = &shares(EPOCH, 1, 9)?;
    let [_, theirs_b, _] = &shares(Epoch { team: TeamId([9; 16]), ..EPOCH }, 1, 2)?;
    let gives =
        json!({ "team": hex(&EPOCH.team.0), "epoch": 3, "seed": hex(private(1)?.seed().expose()) });
    let of = |shares: &[&Value]| json!({ "shares": shares });
    for (name, shares) in [
        ("one-two", of(&[a, b])),
        ("three-one", of(&[c, a])),
        ("two-three", of(&[b, c])),
        ("all", of(&[a, b, c])),
        ("all-turned", of(&[c, a, b])),
    ] {
        section.gives([name, "two of three, in any order, or all", "join"], &shares, gives.clone());
    }
    let mut refused = |refusal: Refusal, cases: &[(&str, &str, &[&Value])]| {
        for (name, says, shares) in cases {
            section.refuses([name, says, "join"], &of(shares), refusal);
        }
    };
    refused(Refusal::TooFewShares, &[("none", "no share", &[]), ("one", "one share", &[b])]);
    refused(
        Refusal::SameShareTwice,
        &[
            ("twice", "the same share twice", &[a, a]),
            ("twice-of-three", "the same share twice, and another", &[a, b, a]),
            ("four", "four shares are one twice", &[a, b, c, a]),
            ("same-x", "two first shares of two sharings", &[a, again_a]),
            ("same-x-other-epoch", "looked at before the epoch", &[a, later_a]),
            ("same-x-other-key", "of two keys", &[a, other_a]),
        ],
    );
    let flips: Vec<Value> = [22 * 8, 22 * 8 + 300, 61 * 8 + 7].map(|bit| flip(b, &[bit])).into();
    let [first, middle, last] = flips.as_slice() else { return Ok(section) };
    let renumbered = flip(b, &[21 * 8 + 7]);
    refused(
        Refusal::SharesDoNotFit,
        &[
            ("other-epoch", "shares of two epochs", &[a, later_b]),
            ("other-team", "shares of two teams", &[a, theirs_b]),
            ("other-key", "shares of two keys", &[a, other_b]),
            ("other-sharing", "of two sharings of one key", &[a, again_b]),
            ("other-third", "a third that does not agree", &[a, other_b, c]),
            ("flip-first", "a bit of the first byte", &[a, first]),
            ("flip-middle", "a bit in the middle", &[a, middle]),
            ("flip-last", "the last bit of the check bytes", &[a, last]),
            ("flip-of-three", "a bit of one of three", &[a, middle, c]),
            ("two-alike", "the same bit of two of three", &[a, middle, &flip(c, &[22 * 8 + 300])]),
            (
                "two-alike-first",
                "of the other two",
                &[&flip(a, &[22 * 8 + 300]), b, &flip(c, &[22 * 8 + 300])],
            ),
            ("renumbered", "the second share calls itself the third", &[a, &renumbered]),
        ],
    );
    broken(&mut section, a, b);
    Ok(section)
}

fn broken(section: &mut Section, a: &Value, b: &Value) {
    let refusal = Refusal::FormBroken;
    for (name, says, share) in [
        ("short", "a byte missing", cut(b, 61)),
        ("long", "a byte too many", more(b, "00")),
        ("empty", "nothing", json!("")),
        ("form-0", "no such form", flip(b, &[7])),
        ("x-0", "at 0 stands the secret itself", flip(b, &[21 * 8 + 6])),
        ("x-6", "there are three", flip(b, &[21 * 8 + 5])),
        ("x-high", "there are three", flip(b, &[21 * 8])),
    ] {
        let head = [&format!("broken-{name}"), says, "join"];
        section.refuses(head, &json!({ "shares": [a, share] }), refusal);
    }
    let inputs = json!({ "shares": [cut(b, 61)] });
    let head = ["broken-alone", "forms are looked at before the count", "join"];
    section.refuses(head, &inputs, refusal);
}
