//! What a fuzzer begins from: the bytes of the test vectors, which are mostly refused, and what this
//! house writes itself. Files of seeds are made by `cargo run -p decoders --example seeds`.

mod vectors;

use crate::key::{PUBLIC, SIGNER, dice, held};
use rand::Rng;
use seal::{
    custody::{Action, Event, HOUR_MS, leaf},
    directory::{DeviceEntry, Entry, Head, Service, TeamKeyEntry},
    id::{DeviceId, TeamId},
};
use vectors::{Section, matching, seal as section};

/// What decoders begin from that take what was made apart: which bytes, and what to do to them.
fn drawn(seed: u64) -> Vec<Vec<u8>> {
    let mut rng = dice(seed);
    let one = |length: usize| {
        let mut bytes = vec![0; length];
        rng.fill_bytes(&mut bytes);
        bytes
    };
    let drawn = [8, 16, 24, 40, 64, 96, 128, 200].map(one);
    [Vec::new(), vec![0; 64], vec![1; 64], vec![2; 64]].into_iter().chain(drawn).collect()
}

/// A field with its length before it.
fn framed(field: &[u8]) -> Vec<u8> {
    [&(field.len() as u16).to_be_bytes()[..], field].concat()
}

/// What stands under one of these names anywhere in these sections.
fn all(sections: &[Section], names: &[&str]) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = sections.iter().flat_map(|one| one.named(names)).collect();
    found.sort();
    found.dedup();
    found
}

pub(crate) fn words() -> Vec<Vec<u8>> {
    all(&[section("words"), section("mailbox"), section("device")], &["words"])
}

pub(crate) fn consent() -> Vec<Vec<u8>> {
    all(&[section("consent"), section("knock")], &["consent"])
}

pub(crate) fn event() -> Vec<Vec<u8>> {
    all(&[section("custody")], &["event"])
}

pub(crate) fn head() -> Vec<Vec<u8>> {
    all(&[section("directory"), section("custody")], &["head"])
}

pub(crate) fn entry() -> Vec<Vec<u8>> {
    all(&[section("directory")], &["entry"])
}

pub(crate) fn manifest() -> Vec<Vec<u8>> {
    all(&[section("report"), section("written"), section("knock")], &["manifest"])
}

pub(crate) fn share() -> Vec<Vec<u8>> {
    let shares = all(&[section("recovery")], &["shares"]);
    let pairs = shares.windows(2).map(|two| two.iter().flat_map(|one| framed(one)).collect());
    pairs.chain(shares.clone()).chain(drawn(1)).collect()
}

pub(crate) fn wraps() -> Vec<Vec<u8>> {
    let mut each = all(&[section("wraps"), section("letters")], &["wraps"]);
    each.extend(all(&[section("team")], &["closed"]));
    let joined = section("wraps").named(&["wraps"]).concat();
    let eight = joined.get(..8 * 1_168).unwrap_or_default().to_vec();
    let one_by_one =
        [&[8][..], &eight.chunks(1_168).flat_map(framed).collect::<Vec<u8>>()].concat();
    each.into_iter().chain([eight, one_by_one]).chain(drawn(2)).collect()
}

pub(crate) fn key() -> Vec<Vec<u8>> {
    let found = all(&[section("wraps"), section("mailbox")], &["public_key", "private_key"]);
    found.into_iter().chain([PUBLIC.bytes().to_vec()]).collect()
}

pub(crate) fn knock() -> Vec<Vec<u8>> {
    let (case, mut inside) = ([1; 16], Vec::new());
    for consent in consent() {
        // Case, column, consent, signature; the consent names the same case, the team and its key.
        let mut form = [&case[..], &[5], &consent, &[7; 64]].concat();
        for (at, field) in [(34, &case[..]), (50, &[2; 16]), (66, &3_u32.to_be_bytes())] {
            if let Some(part) = form.get_mut(at..at + field.len()) {
                part.copy_from_slice(field);
            }
        }
        inside.push(form);
    }
    inside.into_iter().chain(all(&[section("knock")], &["knock"])).collect()
}

pub(crate) fn content() -> Vec<Vec<u8>> {
    let said = b"what happened";
    let mut seeds = drawn(3);
    for (length, size) in
        [(13_u32, 0_u16), (13, 1), (0, 0), (16_380, 0), (16_381, 1), (u32::MAX, 6)]
    {
        let front = [&length.to_be_bytes()[..], &size.to_be_bytes(), &[0, 100]].concat();
        seeds.push([&front[..], &framed(said)].concat());
    }
    seeds
}

pub(crate) fn file() -> Vec<Vec<u8>> {
    let mut seeds = drawn(4);
    for (length, size) in [(13_u64, 65_536_u32), (0, 65_536), (65_529, 67_584), (u64::MAX, 65_536)]
    {
        let front = [&length.to_be_bytes()[..], &[1, 0], &size.to_be_bytes()].concat();
        seeds.push([&front[..], &framed(b"a photograph")].concat());
    }
    seeds
}

pub(crate) fn proof() -> Vec<Vec<u8>> {
    drawn(5)
}

pub(crate) fn signature() -> Vec<Vec<u8>> {
    let head = Head { size: 5, root: [3; 32], at: 7 };
    let fields = [framed(&SIGNER.public()), framed(&head.sign(&SIGNER))].concat();
    let (size, at) = (head.size.to_be_bytes(), head.at.to_be_bytes());
    let mut seeds = drawn(6);
    seeds.push([&size[..], &head.root, &at, &[0], &fields].concat());
    for who in [0, 0b1, 0b101, 0b1_0101, 0b11, 0b1100_0001, u8::MAX] {
        seeds.push([&size[..], &head.root, &at, &[1, who]].concat());
    }
    seeds
}

pub(crate) fn identifier() -> Vec<Vec<u8>> {
    let numbered = |number: u8, first: &[u8], second: &[u8]| {
        [&[number][..], &1990_u16.to_be_bytes(), &framed(first), second].concat()
    };
    let found = matching("identifiers");
    let of = |operation: &str, number: u8, first: &str, second: &str| -> Vec<Vec<u8>> {
        found
            .cases(operation)
            .map(|case| {
                let field =
                    |name: &str| case["inputs"][name].as_str().unwrap_or_default().to_owned();
                numbered(number, field(first).as_bytes(), field(second).as_bytes())
            })
            .collect()
    };
    [
        of("phone", 0, "", "text"),
        of("plate", 1, "", "text"),
        of("handle", 2, "platform", "text"),
        of("person", 3, "name", "workplace"),
    ]
    .concat()
}

pub(crate) fn answer() -> Vec<Vec<u8>> {
    let found = all(&[matching("holders")], &["answers", "blind", "blinded", "keys"]);
    found.into_iter().chain(drawn(7)).collect()
}

pub(crate) fn ceremony() -> Vec<Vec<u8>> {
    drawn(8)
}

pub(crate) fn left() -> Vec<Vec<u8>> {
    let mut seeds = drawn(9);
    for case in matching("levels").cases("check") {
        let field = |name: &str| vectors::hex(&case["inputs"][name]).unwrap_or_default();
        let people = case["inputs"]["people"].as_u64().unwrap_or_default() as u8;
        let commitments = case["inputs"]["commitments"].as_array();
        let commitments: Vec<Vec<u8>> =
            commitments.into_iter().flatten().filter_map(vectors::hex).collect();
        let front = [people, commitments.len() as u8];
        seeds.push([&front[..], &commitments.concat(), &field("x"), &field("y")].concat());
    }
    seeds.push([&[0, 8, 0, 255, 0][..], b"by night"].concat());
    seeds
}

pub(crate) fn token() -> Vec<Vec<u8>> {
    let found = all(&[matching("tokens"), matching("limits")], &["blinded", "spending"]);
    found.into_iter().chain(drawn(10)).collect()
}

pub(crate) fn report() -> Vec<Vec<u8>> {
    drawn(11)
}

pub(crate) fn note() -> Vec<Vec<u8>> {
    let event = |seq, action, team, device| {
        let (leaf, at) = (leaf(&[1; 16], &[2; 32]), 498_611 * HOUR_MS);
        held(Event { seq, leaf, action, team, device, at, reason_hash: [0; 32] }.bytes())
    };
    let (hers, device) = ((TeamId::HERSELF, Event::HERS), (TeamId([3; 16]), DeviceId([4; 16])));
    let mut seeds = Vec::new();
    for (seq, action, (team, by)) in [
        (1, Action::Received, hers),
        (2, Action::Opened, device),
        (3, Action::Deleted, hers),
        (2, Action::Received, device),
    ] {
        let before = framed(&event(1, Action::Received, hers.0, hers.1));
        let form = framed(&event(seq, action, team, by));
        seeds.push([&[0, 1][..], &form, &before, &[0, 1, 2, 3, 4, 5, 6, 7]].concat());
    }
    seeds
}

pub(crate) fn log() -> Vec<Vec<u8>> {
    let (from, to) = (1_794_999_000_000, 1_796_000_000_000);
    let (public_key, team) = (PUBLIC.bytes(), TeamId([1; 16]));
    let device = |number: u8| {
        let (device, signing_key) = (DeviceId([number; 16]), SIGNER.public());
        DeviceEntry { team, device, signing_key, public_key, valid_from: from, valid_to: to }.into()
    };
    let key = |epoch| {
        let service = Service::Counsel;
        TeamKeyEntry { team, epoch, service, public_key, valid_from: from, valid_to: to }.into()
    };
    let line = |entries: &[Entry]| -> Vec<u8> {
        let each = entries.iter().map(|one| [&[1][..], &framed(&held(one.bytes()))].concat());
        each.collect::<Vec<_>>().concat()
    };
    vec![
        line(&[device(1), key(1)]),
        line(&[device(1), device(2), key(1), key(2)]),
        line(&[key(1), key(3), device(1)]),
        line(&[]),
    ]
}

pub(crate) fn letter() -> Vec<Vec<u8>> {
    drawn(12)
}

pub(crate) fn session() -> Vec<Vec<u8>> {
    let periods = ["2026", "2026-Q3", "2026-11"].map(|text| text.as_bytes().to_vec());
    let fresh = (1_u32 << 31).to_be_bytes();
    let lengths = [65_536_u64, 67_584, 1 << 20, (1 << 20) + 1];
    let lengths = lengths.map(|length| [&fresh[..], &length.to_be_bytes(), &[0; 12]].concat());
    periods.into_iter().chain(lengths).chain(drawn(13)).collect()
}

pub(crate) fn text() -> Vec<Vec<u8>> {
    let texts = ["\"\"", "\"AA\"", "\"_-8\"", "\"AA==\"", "\"A\"", "\"\\u0041A\"", "7"];
    let mut seeds: Vec<Vec<u8>> = texts.map(|text| text.as_bytes().to_vec()).into();
    seeds.push(format!("\"{}\"", "A".repeat(43)).into_bytes());
    seeds
}

pub(crate) fn bodies() -> Vec<Vec<u8>> {
    let fields = "{\"manifest\":\"AA\",\"signature\":\"AA\",\"compartments\":[{\"closed\":\"AA\",\
        \"wraps\":[\"AA\"]}],\"knocks\":[{\"center\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"epoch\":1,\
        \"knock\":\"AA\"}],\"case\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"kind\":13,\"version\":1,\
        \"wraps\":[\"AA\"],\"closed\":\"AA\",\"at\":3600000,\"moved\":[],\"entry\":\"AA\"}";
    (0..crate::wire::BODIES.len())
        .flat_map(|which| {
            [fields, "{}", "[]"].map(|text| [&[which as u8], text.as_bytes()].concat())
        })
        .collect()
}
