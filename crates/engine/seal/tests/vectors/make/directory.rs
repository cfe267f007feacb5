mod trees;

use super::{Made, Section, cut, flip, hex, more, private, signer, with};
use seal::{
    Refusal,
    directory::{
        DeviceEntry, Entry, HEAD_AGE_MS, HEAD_AHEAD_MS, Head, Service, TeamKeyEntry, merkle,
    },
    id::{DeviceId, TeamId},
};
use serde_json::{Value, json};
use trees::list;

pub(super) fn made() -> Made {
    let mut section = Section::new("directory");
    trees::made(&mut section);
    forms(&mut section)?;
    used(&mut section)?;
    Ok(section)
}

fn entry(team: u8) -> Result<Entry, Refusal> {
    Ok(Entry::TeamKey(TeamKeyEntry {
        team: TeamId([team; 16]),
        epoch: 3,
        service: Service::Legal,
        public_key: private(1)?.public().bytes(),
        valid_from: 1_790_000_000_000,
        valid_to: 1_800_000_000_000,
    }))
}

fn device() -> Result<Entry, Refusal> {
    Ok(Entry::Device(DeviceEntry {
        team: TeamId([3; 16]),
        device: DeviceId(*b"a device's bytes"),
        signing_key: signer(7).public(),
        public_key: private(2)?.public().bytes(),
        valid_from: 1_790_000_000_000,
        valid_to: 1_800_000_000_000,
    }))
}

fn fields(entry: &Entry) -> Value {
    match entry {
        Entry::TeamKey(entry) => json!({
            "form": 1, "team": hex(&entry.team.0), "epoch": entry.epoch,
            "service": entry.service.number(), "public_key": hex(&entry.public_key),
            "valid_from": entry.valid_from, "valid_to": entry.valid_to,
        }),
        Entry::Device(entry) => json!({
            "form": 2, "team": hex(&entry.team.0), "device": hex(&entry.device.0),
            "signing_key": hex(&entry.signing_key), "public_key": hex(&entry.public_key),
            "valid_from": entry.valid_from, "valid_to": entry.valid_to,
        }),
    }
}

fn forms(section: &mut Section) -> Result<(), Refusal> {
    let entry = entry(3)?;
    let named = section.keep("entry", &entry.bytes()?);
    section.gives(["entry", "the form", "read_entry"], &json!({ "entry": named }), fields(&entry));
    let patched = |at: usize, new: &str, after: usize| {
        let rest = entry.bytes().unwrap_or_default();
        let rest = rest.get(after..).unwrap_or_default();
        json!({ "join": [cut(&named, at), new, hex(rest)] })
    };
    for (name, says, value) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&named, 1_253)),
        ("long", "a byte too many", more(&named, "00")),
        ("form-0", "no such form", flip(&named, &[7])),
        ("form-2", "a team's key called a device", flip(&named, &[6, 7])),
        ("form-3", "a form of later", flip(&named, &[6])),
        ("service-0", "no such service", patched(21, "00", 22)),
        ("service-7", "no such service", patched(21, "07", 22)),
        (
            "team-0",
            "that is herself, and no team",
            patched(1, "00000000000000000000000000000000", 17),
        ),
        ("epoch-0", "epochs count from 1", patched(17, "00000000", 21)),
        ("never-valid", "it ends when it begins", patched(1_246, "000001a0c4506c00", 1_254)),
        ("backwards", "it ends before it begins", patched(1_246, "0000000000000001", 1_254)),
    ] {
        let head = [&format!("entry-{name}"), says, "read_entry"];
        section.refuses(head, &json!({ "entry": value }), Refusal::FormBroken);
    }
    of_device(section)?;
    let head = Head { size: 5, root: [7; 32], at: 1_795_000_000_000 };
    let bytes = hex(&head.bytes());
    let gives = json!({ "size": head.size, "root": hex(&head.root), "at": head.at });
    section.gives(["head", "the form", "read_head"], &json!({ "head": bytes }), gives);
    for (name, says, value) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&bytes, 48)),
        ("long", "a byte too many", more(&bytes, "00")),
        ("form-0", "no such form", flip(&bytes, &[7])),
    ] {
        let head = [&format!("head-{name}"), says, "read_head"];
        section.refuses(head, &json!({ "head": value }), Refusal::FormBroken);
    }
    Ok(())
}

fn of_device(section: &mut Section) -> Result<(), Refusal> {
    let bytes = device()?.bytes()?;
    let named = section.keep("device", &bytes);
    let gives = fields(&device()?);
    section.gives(["device", "a device", "read_entry"], &json!({ "entry": named }), gives);
    let patched = |at: usize, new: &str, after: usize| json!({ "join": [cut(&named, at), new, hex(bytes.get(after..).unwrap_or_default())] });
    for (name, says, value) in [
        ("short", "a byte missing", cut(&named, 1_296)),
        ("shorter", "as long as a team's key", cut(&named, 1_254)),
        ("long", "a byte too many", more(&named, "00")),
        ("form-1", "a device called a team's key", flip(&named, &[6, 7])),
        ("team-0", "that is herself, who has no device", patched(1, &"00".repeat(16), 17)),
        ("never-valid", "it ends when it begins", patched(1_289, "000001a0c4506c00", 1_297)),
        ("backwards", "it ends before it begins", patched(1_289, "0000000000000001", 1_297)),
    ] {
        let head = [&format!("device-{name}"), says, "read_entry"];
        section.refuses(head, &json!({ "entry": value }), Refusal::FormBroken);
    }
    Ok(())
}

/// The log is signer 1, the witnesses 2 to 4, nobody 5.
fn witnessed(head: &Head, seeds: &[u64]) -> Value {
    let by = |seed: &u64| json!({ "key": hex(&signer(*seed).public()), "signature": hex(&head.sign(&signer(*seed))) });
    seeds.iter().map(by).collect()
}

fn signed(head: &Head) -> [(&'static str, Value); 3] {
    [
        ("head", hex(&head.bytes())),
        ("signature", hex(&head.sign(&signer(1)))),
        ("witnesses", witnessed(head, &[2, 3])),
    ]
}

fn used(section: &mut Section) -> Result<(), Refusal> {
    let mut leaves = Vec::new();
    for team in 1..=7 {
        // The sixth is a device.
        let entry = if team == 6 { device() } else { entry(team) };
        leaves.push(merkle::leaf(&entry?.bytes()?));
    }
    let [first_five @ .., _, _] = leaves.as_slice() else { return Ok(()) };
    let before = Head { size: 5, root: merkle::root(first_five), at: 1_791_000_000_000 };
    let now = Head { size: 7, root: merkle::root(&leaves), at: 1_795_000_000_000 };
    let keys: Value = (2..=4).map(|seed| hex(&signer(seed).public())).collect();
    let mut good = json!({
        "log_key": hex(&signer(1).public()), "witness_keys": keys,
        "entry": { "named": "entry" }, "index": 2, "proof": list(&merkle::prove_inclusion(&leaves, 2)),
        "head": "", "signature": "", "witnesses": [],
        "used": null, "consistency": [], "now": 1_795_000_000_001_u64,
    });
    good = with(&good, signed(&now));
    let gives = fields(&entry(3)?);
    section.gives(["use", "everything holds", "use"], &good, gives.clone());
    let proof = list(&merkle::prove_consistency(&leaves, 5));
    let after = with(&good, [("used", hex(&before.bytes())), ("consistency", proof)]);
    section.gives(["use-after", "and the log was only added to", "use"], &after, gives.clone());
    let again = with(&good, [("used", hex(&now.bytes()))]);
    section.gives(["use-again", "the same head again", "use"], &again, gives.clone());
    let late = with(&good, [("witnesses", witnessed(&now, &[5, 4, 3]))]);
    section.gives(["use-others", "an unknown witness does no harm", "use"], &late, gives.clone());
    for (name, at) in [("first", 1_790_000_000_000_u64), ("last", 1_799_999_999_999)] {
        let inputs = with(&with(&good, signed(&Head { at, ..now })), [("now", json!(at))]);
        let head =
            [&format!("use-{name}-moment"), "valid from that moment, until before the end", "use"];
        section.gives(head, &inputs, gives.clone());
    }
    let of_device = [
        ("entry", json!({ "named": "device" })),
        ("index", json!(5)),
        ("proof", list(&merkle::prove_inclusion(&leaves, 5))),
    ];
    let of_device = with(&good, of_device);
    either(section, &good, &of_device)?;
    aged(section, &after, &before, &now, &gives);
    one_signature(section, &now);
    unsigned(section, &good, &now);
    histories(section, &after, &before, &now);
    misplaced(section, &good, &now)
}

/// Entries of both forms are leaves of one log; who expects one refuses the other.
fn either(section: &mut Section, key: &Value, device: &Value) -> Result<(), Refusal> {
    let (of_key, of_device) = (fields(&entry(3)?), fields(&self::device()?));
    section.gives(["use-of-device", "a device", "use"], device, of_device.clone());
    section.gives(["use-key", "a team's key, as expected", "use_team_key"], key, of_key);
    section.gives(["use-device", "a device, as expected", "use_device"], device, of_device);
    let broken = Refusal::FormBroken;
    let head = ["use-key-is-device", "a device is no team's key", "use_team_key"];
    section.refuses(head, device, broken);
    let head = ["use-device-is-key", "a team's key is no device", "use_device"];
    section.refuses(head, key, broken);
    Ok(())
}

/// A head has a greatest age, and is not of the future.
fn aged(section: &mut Section, after: &Value, before: &Head, now: &Head, gives: &Value) {
    let at = now.at;
    let (oldest, newest) = (at + HEAD_AGE_MS, at - HEAD_AHEAD_MS);
    for (name, says, moment) in [
        ("oldest", "72 hours are not too old", oldest),
        ("newest", "10 minutes ahead are a clock's", newest),
    ] {
        let inputs = with(after, [("now", json!(moment))]);
        section.gives([&format!("use-{name}"), says, "use"], &inputs, gives.clone());
    }
    let refusal = Refusal::HeadTooOld;
    for (name, says, moment) in [
        ("too-old", "a millisecond more", oldest + 1),
        ("long-ago", "weeks", at + 10 * HEAD_AGE_MS),
        ("ahead", "of the future", newest - 1),
        ("far-ahead", "before the entry's time, too", 0),
    ] {
        let inputs = with(after, [("now", json!(moment))]);
        section.refuses([&format!("use-{name}"), says, "use"], &inputs, refusal);
    }
    let old = with(after, [("now", json!(oldest + 1))]);
    let other = hex(&Head { root: [1; 32], ..*before }.bytes());
    let later = hex(&Head { at: at + 1, ..*before }.bytes());
    for (name, says, inputs, refusal) in [
        (
            "older",
            "older than one used, said first",
            with(&old, [("used", later)]),
            Refusal::HeadOlder,
        ),
        (
            "disagree",
            "two histories, said first",
            with(&old, [("used", other)]),
            Refusal::HeadsDisagree,
        ),
        (
            "missing",
            "said before the entry is looked for",
            with(&old, [("proof", json!([]))]),
            refusal,
        ),
    ] {
        section.refuses([&format!("use-too-old-{name}"), says, "use"], &inputs, refusal);
    }
}

/// One signature of a head, the log's or a witness's.
fn one_signature(section: &mut Section, head: &Head) {
    let (bytes, signature) = (hex(&head.bytes()), hex(&head.sign(&signer(2))));
    let key = hex(&signer(2).public());
    let good = json!({ "head": bytes, "key": key, "signature": signature });
    section.gives(["witnessed", "one witness", "witnessed"], &good, json!({}));
    let other = hex(&Head { at: head.at + 1, ..*head }.bytes());
    for (name, says, field, value) in [
        ("head", "another head", "head", other),
        ("key", "another witness", "key", hex(&signer(3).public())),
        ("flip", "a bit of the signature", "signature", flip(&signature, &[64])),
        ("none", "not signed", "signature", json!("")),
    ] {
        let inputs = with(&good, [(field, value)]);
        let head = [&format!("witnessed-{name}"), says, "witnessed"];
        section.refuses(head, &inputs, Refusal::SignatureWrong);
    }
    let broken = with(&good, [("head", cut(&bytes, 48)), ("signature", json!(""))]);
    let head = ["witnessed-broken", "the form is looked at first", "witnessed"];
    section.refuses(head, &broken, Refusal::FormBroken);
}

fn unsigned(section: &mut Section, good: &Value, now: &Head) {
    let signature = good.get("signature").cloned().unwrap_or_default();
    let other = Head { at: now.at + 1, ..*now };
    for (name, says, field, value) in [
        ("flip", "a bit of the signature", "signature", flip(&signature, &[400])),
        ("none", "not signed", "signature", json!("")),
        ("other", "signed by a witness", "signature", hex(&now.sign(&signer(2)))),
        ("log", "another log", "log_key", hex(&signer(5).public())),
        ("head", "the head of another moment", "head", hex(&other.bytes())),
    ] {
        let inputs = with(good, [(field, value)]);
        section.refuses(
            [&format!("use-unsigned-{name}"), says, "use"],
            &inputs,
            Refusal::HeadNotSigned,
        );
    }
    let signed = |key: u64, by: u64| json!({ "key": hex(&signer(key).public()), "signature": hex(&now.sign(&signer(by))) });
    for (name, says, witnesses) in [
        ("none", "nobody", json!([])),
        ("one", "one", witnessed(now, &[2])),
        ("twice", "one, twice", witnessed(now, &[3, 3])),
        ("unknown", "one known and two unknown", witnessed(now, &[2, 5, 6])),
        ("log", "the log is no witness", witnessed(now, &[2, 1])),
        ("exchanged", "each with the other's signature", json!([signed(2, 3), signed(3, 2)])),
        ("other-head", "of another head", witnessed(&other, &[2, 3])),
    ] {
        let inputs = with(good, [("witnesses", witnesses)]);
        section.refuses(
            [&format!("use-witness-{name}"), says, "use"],
            &inputs,
            Refusal::TooFewWitnesses,
        );
    }
    let doubled = json!([hex(&signer(2).public()), hex(&signer(2).public())]);
    let inputs = with(good, [("witness_keys", doubled), ("witnesses", witnessed(now, &[2, 2]))]);
    let head = ["use-witness-doubled", "a key named twice is one witness", "use"];
    section.refuses(head, &inputs, Refusal::TooFewWitnesses);
}

fn histories(section: &mut Section, after: &Value, before: &Head, now: &Head) {
    let using = |head: &Head| with(after, [("used", hex(&head.bytes()))]);
    for (name, says, head) in [
        ("size", "a larger one was used", Head { size: 8, ..*now }),
        ("at", "a later one was used", Head { at: now.at + 1, ..*before }),
    ] {
        section.refuses(
            [&format!("use-older-{name}"), says, "use"],
            &using(&head),
            Refusal::HeadOlder,
        );
    }
    for (name, says, inputs) in [
        ("root", "another history was used", using(&Head { root: [1; 32], ..*before })),
        ("size", "one of another size was used", using(&Head { size: 4, ..*before })),
        ("none", "no proof", with(after, [("consistency", json!([]))])),
        (
            "same",
            "one size, two roots",
            with(&using(&Head { root: [1; 32], ..*now }), [("consistency", json!([]))]),
        ),
        ("same-proof", "the same head, and a proof", using(now)),
    ] {
        section.refuses(
            [&format!("use-disagree-{name}"), says, "use"],
            &inputs,
            Refusal::HeadsDisagree,
        );
    }
}

fn misplaced(section: &mut Section, good: &Value, now: &Head) -> Result<(), Refusal> {
    let other = hex(&entry(4)?.bytes()?);
    for (name, says, inputs) in [
        ("entry", "another entry", with(good, [("entry", other)])),
        ("index", "another place", with(good, [("index", json!(3))])),
        ("proof", "no proof", with(good, [("proof", json!([]))])),
        ("head", "the head of another tree", with(good, signed(&Head { root: [1; 32], ..*now }))),
        (
            "key",
            "a bit of the key",
            with(good, [("entry", flip(&json!({ "named": "entry" }), &[5_000]))]),
        ),
    ] {
        section.refuses(
            [&format!("use-missing-{name}"), says, "use"],
            &inputs,
            Refusal::EntryNotIncluded,
        );
    }
    for (name, says, moment) in [
        ("yet", "not yet", 1_789_999_999_999_u64),
        ("ended", "it ends at that moment", 1_800_000_000_000),
        ("long-ended", "long ago", 1_900_000_000_000),
    ] {
        let inputs = with(good, signed(&Head { at: moment, ..*now }));
        let inputs = with(&inputs, [("now", json!(moment))]);
        section.refuses(
            [&format!("use-not-valid-{name}"), says, "use"],
            &inputs,
            Refusal::EntryNotValidNow,
        );
    }
    for (name, says, field, value) in [
        ("entry", "looked at before the signature", "entry", json!("01")),
        ("head", "looked at before the signature", "head", json!("01")),
    ] {
        let inputs = with(good, [(field, value), ("signature", json!(""))]);
        section.refuses([&format!("use-broken-{name}"), says, "use"], &inputs, Refusal::FormBroken);
    }
    Ok(())
}
